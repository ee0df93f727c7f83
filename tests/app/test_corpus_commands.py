"""`dudao corpus add`, `diff`, `status`, `remove` and `list`: what they print, write and refuse."""

from __future__ import annotations

import json
import shutil
import sys
from io import StringIO
from pathlib import Path

import pytest

from app import cli
from corpus.load import DEFAULT_ROOT, load_corpus
from index.embedding import HashEmbedder
from index.manifest import current_folder, read_manifest

pytestmark = pytest.mark.integration  # files are read in a child process

TEXT = """丽教督〔2022〕3号
丽水市教育局
关于做好2022年责任督学挂牌督导工作的通知
各县（市、区）教育局：
现通知如下。
一、总体要求
（一）每月入校不少于2次。
（二）每年培训不少于40学时。
（三）发现问题要及时报告。
丽水市教育局
2022年3月15日
（此件主动公开）
"""
OTHER = "督学管理办法\n第一条 为了规范，制定本办法。\n第二条 督学要入校。\n第三条 学校要配合。\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of two documents, which the command line works on."""
    folder = tmp_path / "documents"
    for name in ("dazu", "xiushan"):
        shutil.copytree(DEFAULT_ROOT / name, folder / name)
    monkeypatch.setenv("DUDAO_CORPUS", str(folder))
    monkeypatch.setenv("DUDAO_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sys, "stdin", StringIO())
    return folder


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> tuple[str, str]:
    """Run a command; return what it printed and what it complained of."""
    assert cli.main([str(argument) for argument in arguments]) == status
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return out, err


def listing(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, answer: str | None) -> list[str]:
    """Answer every question with `answer`, None for end of file; return the questions that are asked."""
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", ask)
    return asked


def test_a_proposal_shows_whence_and_writes_nothing(
    capsys: pytest.CaptureFixture[str], root: Path, notice: Path
) -> None:
    before = listing(root)
    out, err = run(capsys, "corpus", "add", notice)
    assert listing(root) == before and err == ""
    lines = out.splitlines()
    assert lines[0] == "== 通知.txt (txt)"
    assert "number   丽教督〔2022〕3号  <- “丽教督〔2022〕3号”" in lines
    assert "access   public  <- “此件主动公开”" in lines
    assert "status   in force  <- not stated" in lines
    assert "  lishui-2022/2   （二）每年培训不少于40学时" in lines
    assert lines[-2:] == ["proposed 通知.txt -> lishui-2022", "nothing is written without --yes"]


def test_adding_with_yes(capsys: pytest.CaptureFixture[str], root: Path, notice: Path) -> None:
    out, _ = run(capsys, "corpus", "add", notice, "--yes")
    assert "dudao index build" in out
    assert load_corpus(root).by_id["lishui-2022"].meta.number == "丽教督〔2022〕3号"
    out, _ = run(capsys, "corpus", "show", "lishui-2022/2")
    assert "每年培训不少于40学时" in out and "（丽教督〔2022〕3号）（二）" in out


def test_options_go_before_the_text(capsys: pytest.CaptureFixture[str], root: Path, notice: Path) -> None:
    options = {
        "id": "mine", "title": "某通知", "issuer": "某局", "number": "某〔2020〕1号", "date": "2020-02-29",
        "region": "丽水市莲都区", "level": "district", "genre": "要求", "access": "internal", "status": "draft",
    }  # fmt: skip
    given = [part for name, value in options.items() for part in (f"--{name}", value)]
    out, _ = run(capsys, "corpus", "add", notice, *given, "--yes")
    meta = load_corpus(root).by_id["mine"].meta
    for name, value in options.items():
        assert str(getattr(meta, name)) == value
        assert f"{name:8} {value}  <- as given" in out.splitlines()


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("是", True), ("", False), ("n", False), (None, False)])
def test_at_a_terminal_it_asks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, root: Path, notice: Path,
    answer: str | None, written: bool,
) -> None:  # fmt: skip
    asked = at_a_terminal(monkeypatch, answer)
    run(capsys, "corpus", "add", notice)
    assert asked == ["是否写入？[y/N] "]
    assert (root / "lishui-2022").exists() == written


def test_one_bad_file_never_stops_the_others(
    capsys: pytest.CaptureFixture[str], root: Path, notice: Path, tmp_path: Path
) -> None:
    empty, broken, last = tmp_path / "空.txt", tmp_path / "坏.docx", tmp_path / "办法.txt"
    empty.write_bytes(b"")
    broken.write_bytes(b"PK\x03\x04 broken")
    last.write_text(OTHER, encoding="utf-8")
    gone = tmp_path / "没有.pdf"
    out, err = run(
        capsys, "corpus", "add", empty, notice, broken, gone, notice, last, "--region", "丽水市", "--yes", status=1
    )
    assert {"lishui", "lishui-2022"} < set(load_corpus(root).by_id)
    report = [line.split() for line in out.splitlines() if line.startswith(("written ", "failed "))]
    assert [row[:2] for row in report] == [
        ["failed", "空.txt"], ["written", "通知.txt"], ["failed", "坏.docx"], ["failed", "没有.pdf"],
        ["failed", "通知.txt"], ["written", "办法.txt"],
    ]  # fmt: skip
    complaints = err.splitlines()
    assert len(complaints) == 4 and all(line.startswith("dudao: ") for line in complaints)
    assert [name for name in ("空.txt", "坏.docx", "没有.pdf", "通知.txt") if name not in err] == []


@pytest.mark.parametrize("name", ["督" * 80 + ".txt", "a b'\"$.txt", "--yes.txt", "通知.TXT", "通知"])
def test_names_of_files(capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    run(capsys, "corpus", "add", tmp_path / "sub" / ".." / name, "--yes")
    assert sorted(p.name for p in root.iterdir()) == ["dazu", "lishui-2022", "xiushan"]
    assert sorted(p.name for p in (root / "lishui-2022").iterdir()) == ["meta.toml", "source.txt"]


def test_a_folder_is_no_file(capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path) -> None:
    _, err = run(capsys, "corpus", "add", tmp_path, "--yes", status=1)
    assert "is a folder" in err


def test_a_document_that_is_there_is_not_added_again(
    capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path
) -> None:
    before = listing(root)
    copy = shutil.copy(root / "dazu" / "source.txt", tmp_path / "x.txt")
    _, err = run(capsys, "corpus", "add", copy, "--yes", status=1)
    assert "same content as the document 'dazu'" in err and listing(root) == before


def test_a_region_is_asked_for(capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path) -> None:
    path = tmp_path / "办法.txt"
    path.write_text(OTHER, encoding="utf-8")
    before = listing(root)
    out, _ = run(capsys, "corpus", "add", path)
    assert "  ! the text states no region: give it with --region" in out.splitlines()
    _, err = run(capsys, "corpus", "add", path, "--yes", status=1)
    assert "--region" in err and listing(root) == before
    run(capsys, "corpus", "add", path, "--region", "丽水市", "--yes")
    assert load_corpus(root).by_id["lishui"].meta.level == "city"


@pytest.mark.parametrize(
    ("options", "word"),
    [(("--date", "2021-13-01"), "2021-13-01"), (("--id", "../x"), "'../x'"), (("--id", "dazu"), "'dazu' is taken")],
)
def test_bad_options(
    capsys: pytest.CaptureFixture[str], root: Path, notice: Path, options: tuple[str, str], word: str
) -> None:
    before = listing(root)
    _, err = run(capsys, "corpus", "add", notice, *options, "--yes", status=2 if options[0] == "--date" else 1)
    assert word in err and len(err.splitlines()) == 1 and listing(root) == before


@pytest.mark.parametrize("option", ["--id", "--title", "--number"])
def test_what_belongs_to_one_document_is_refused_for_two(
    capsys: pytest.CaptureFixture[str], root: Path, notice: Path, option: str
) -> None:
    _, err = run(capsys, "corpus", "add", notice, notice, option, "x", status=2)
    assert option in err


def test_building_at_once_embeds_the_new_document_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, root: Path, notice: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr("app.index_commands.build_embedder", lambda settings: HashEmbedder())
    monkeypatch.setattr("app.index_commands.model_of", lambda settings: ("", HashEmbedder().name))
    run(capsys, "index", "build")
    first = read_manifest(current_folder(tmp_path / "data" / "index"))
    out, _ = run(capsys, "corpus", "add", notice, "--yes", "--build")
    second = read_manifest(current_folder(tmp_path / "data" / "index"))
    assert second.documents == 3 and 0 < second.embedded < first.embedded
    assert f"{second.embedded} texts embedded anew" in out


def test_diff_of_a_document_and_a_file(
    capsys: pytest.CaptureFixture[str], root: Path, notice: Path, tmp_path: Path
) -> None:
    run(capsys, "corpus", "add", notice, "--yes")
    revised = tmp_path / "修订.txt"
    revised.write_text(
        TEXT.replace("2次", "3次").replace("（三）发现", "（三）督学培训要建立档案。\n（四）发现"), encoding="utf-8"
    )
    out, _ = run(capsys, "corpus", "diff", "lishui-2022", revised)
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines == [
        "changed （一） 每月入校不少于[-2-]{+3+}次。", "new （三） {+督学培训要建立档案。+}",
        "moved （三） -> （四） 发现问题要及时报告。", "1 changed, 1 moved, 1 new, 0 gone, 4 unchanged",
    ]  # fmt: skip
    out, _ = run(capsys, "corpus", "diff", revised, "lishui-2022", "--json")
    data = json.loads(out)
    assert list(data) == ["old", "new", "units"] and (data["old"], data["new"]) == (str(revised), "lishui-2022")
    changed = next(unit for unit in data["units"] if unit["kind"] == "changed")
    assert changed["old"] == {"number": "1", "kind": "measure", "label": "（一）"}
    assert changed["pieces"] == [["=", "每月入校不少于"], ["-", "3"], ["+", "2"], ["=", "次。"]]


@pytest.mark.parametrize("name", ["nowhere", "nowhere.txt", "../dazu"])
def test_diff_of_what_is_not_there(capsys: pytest.CaptureFixture[str], root: Path, name: str) -> None:
    _, err = run(capsys, "corpus", "diff", "dazu", name, status=2)
    assert repr(name) in err and "dudao corpus list" in err


def test_status_and_list(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    out, _ = run(capsys, "corpus", "status", "dazu", "superseded", "--by", "xiushan")
    assert "dudao index build" in out
    out, _ = run(capsys, "corpus", "list")
    (row,) = [line for line in out.splitlines() if line.startswith("dazu ")]
    assert "superseded" in row and "已被《深化新时代教育督导体制机制改革具体落实措施》" in row
    out, _ = run(capsys, "corpus", "show", "dazu/1")
    assert "〔已被《深化" in out
    run(capsys, "corpus", "status", "dazu", "in-force")
    out, _ = run(capsys, "corpus", "list")
    assert "〔" not in next(line for line in out.splitlines() if line.startswith("dazu "))
    assert listing(root) == {
        f"{name}/{file.name}": file.read_bytes()
        for name in ("dazu", "xiushan")
        for file in (DEFAULT_ROOT / name).iterdir()
    }


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("nowhere", "draft"), "'nowhere'"), (("dazu", "superseded", "--by", "dazu"), "cannot be superseded"),
        (("dazu", "repealed", "--by", "xiushan"), "--by"),
    ],
)  # fmt: skip
def test_a_status_that_does_not_fit(
    capsys: pytest.CaptureFixture[str], root: Path, arguments: tuple[str, ...], word: str
) -> None:
    _, err = run(capsys, "corpus", "status", *arguments, status=2)
    assert word in err


def test_removing_asks_first(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    run(capsys, "corpus", "status", "xiushan", "superseded", "--by", "dazu")
    before = listing(root)
    out, _ = run(capsys, "corpus", "remove", "dazu")
    assert "'xiushan' is superseded by it" in out and "--yes" in out and listing(root) == before
    asked = at_a_terminal(monkeypatch, "n")
    run(capsys, "corpus", "remove", "dazu")
    assert asked == ["是否删除？[y/N] "] and listing(root) == before
    out, _ = run(capsys, "corpus", "remove", "dazu", "--yes")
    assert "dudao index build" in out and [p.name for p in root.iterdir()] == ["xiushan"]
    assert load_corpus(root).by_id["xiushan"].meta.superseded_by is None


@pytest.mark.parametrize("name", ["nowhere", "..", ""])
def test_removing_what_is_not_there(capsys: pytest.CaptureFixture[str], root: Path, name: str) -> None:
    _, err = run(capsys, "corpus", "remove", name, "--yes", status=2)
    assert "dudao corpus list" in err
