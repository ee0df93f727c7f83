"""From a file's text to a folder of the corpus: what is proposed, written, refused, and what a killed run leaves."""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CorpusError, InputError, ParseError, UnreadableFileError
from corpus.intake.add import Overrides, Proposal, prepare, write
from corpus.intake.folder import remove_document, set_status, superseded_by, write_document
from corpus.intake.metafile import meta_toml, with_status
from corpus.intake.region import RegionFinder
from corpus.intake.slug import LONGEST, check_slug, suggest_slug
from corpus.intake.types import FileText
from corpus.load import DEFAULT_ROOT, load_corpus, load_document, load_metadata
from corpus.places import load_gazetteer
from corpus.types import Metadata

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
NOWHERE = "督学管理办法\n第一条 为了规范，制定本办法。\n第二条 督学要入校。\n第三条 学校要配合。\n"


@pytest.fixture(scope="module")
def regions() -> RegionFinder:
    return RegionFinder(load_gazetteer())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A corpus of one document."""
    shutil.copytree(DEFAULT_ROOT / "dazu", tmp_path / "documents" / "dazu")
    return tmp_path / "documents"


def offered(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def prepared(
    path: Path, text: FileText, root: Path, regions: RegionFinder, overrides: Overrides | None = None
) -> Proposal:
    return prepare(path, text, load_metadata(root), regions, overrides or Overrides())


def notice(tmp_path: Path, root: Path, regions: RegionFinder, overrides: Overrides | None = None) -> Proposal:
    path = offered(tmp_path, "通知.txt", TEXT.encode())
    return prepared(path, FileText(TEXT, "txt"), root, regions, overrides)


def listing(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_a_text_file_is_its_own_source(tmp_path: Path, root: Path, regions: RegionFinder) -> None:
    before = listing(root)
    proposal = notice(tmp_path, root, regions)
    assert listing(root) == before
    folder = write(proposal, root)
    assert folder == root / "lishui-2022"
    assert sorted(p.name for p in folder.iterdir()) == ["meta.toml", "source.txt"]
    assert (folder / "source.txt").read_bytes() == TEXT.encode()
    document = load_corpus(root).by_id["lishui-2022"]
    assert document == proposal.document
    assert document.meta == Metadata(
        id="lishui-2022", region="丽水市", aliases=("丽水", "Lishui City", "Lishui"), level="city", genre="通知",
        access="public", sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        title="丽水市教育局关于做好2022年责任督学挂牌督导工作的通知", issuer="丽水市教育局",
        number="丽教督〔2022〕3号", date=datetime.date(2022, 3, 15),
    )  # fmt: skip
    assert {m.label for m in document.measures if m.kind == "measure"} == {"（一）", "（二）", "（三）"}
    assert {k: v for k, v in listing(root).items() if not k.startswith("lishui")} == before


def test_every_value_says_whence_it_comes(tmp_path: Path, root: Path, regions: RegionFinder) -> None:
    proposal = notice(tmp_path, root, regions, Overrides(genre="工作通知"))
    origins = {o.field: (o.where, o.quote) for o in proposal.origins}
    assert origins["number"] == ("text", "丽教督〔2022〕3号")
    assert origins["date"] == ("text", "2022年3月15日")
    assert origins["access"] == ("text", "此件主动公开")
    assert origins["genre"] == ("given", "") and proposal.meta.genre == "工作通知"
    assert origins["level"] == ("derived", "") and origins["status"] == ("nowhere", "")
    margin = prepared(
        offered(tmp_path, "a.pdf", b"%PDF"),
        FileText(TEXT.replace("丽教督〔2022〕3号\n", ""), "pdf", margins=("丽教督〔2022〕3号",)), root, regions,
    )  # fmt: skip
    assert {o.field: (o.where, o.quote) for o in margin.origins}["number"] == ("margin", "丽教督〔2022〕3号")


@pytest.mark.parametrize(
    ("name", "kind"), [("公文.docx", "docx"), ("公文.PDF", "pdf"), ("公文", "scan"), ("公文.wps", "doc")]
)
def test_the_original_is_kept_beside_byte_for_byte(
    tmp_path: Path, root: Path, regions: RegionFinder, name: str, kind: str
) -> None:
    data = bytes(range(256))
    path = offered(tmp_path, name, data)
    proposal = prepared(path, FileText(TEXT, kind), root, regions)  # type: ignore[arg-type]
    folder = write(proposal, root)
    expected = {
        "公文.docx": "original.docx",
        "公文.PDF": "original.pdf",
        "公文": "original.pdf",
        "公文.wps": "original.wps",
    }
    meta = load_document(folder).meta
    assert meta.original == expected[name]
    assert (folder / expected[name]).read_bytes() == data
    assert (folder / "source.txt").read_text(encoding="utf-8") == TEXT
    assert meta.original_sha256 == hashlib.sha256(data).hexdigest()
    assert meta.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "big5"])
def test_a_text_in_another_encoding_keeps_its_original(
    tmp_path: Path, root: Path, regions: RegionFinder, encoding: str
) -> None:
    text = TEXT if encoding != "big5" else "督學管理辦法\n第一條 督學要入校。\n"
    data = text.encode(encoding, errors="replace")
    proposal = prepared(
        offered(tmp_path, "a.txt", data), FileText(text, "txt"), root, regions, Overrides(region="丽水市")
    )
    folder = write(proposal, root)
    assert ((folder / "original.txt").read_bytes(), (folder / "source.txt").read_text("utf-8")) == (data, text)


def test_windows_line_ends_stay_in_the_source(tmp_path: Path, root: Path, regions: RegionFinder) -> None:
    data = TEXT.replace("\n", "\r\n").encode()
    proposal = prepared(offered(tmp_path, "a.txt", data), FileText(TEXT, "txt"), root, regions)
    assert proposal.original is None and proposal.source == data
    assert (write(proposal, root) / "source.txt").read_bytes() == data
    assert load_corpus(root).by_id["lishui-2022"].clean.text == notice(tmp_path, tmp_path, regions).document.clean.text


def test_what_a_reader_took_out_keeps_the_original(tmp_path: Path, root: Path, regions: RegionFinder) -> None:
    data = b"\xef\xbb\xbf" + TEXT.encode()
    proposal = prepared(offered(tmp_path, "a.txt", data), FileText(TEXT, "txt"), root, regions)
    assert (proposal.source, proposal.original) == (TEXT.encode(), data)


def test_a_text_without_a_region_is_not_written_before_one_is_given(
    tmp_path: Path, root: Path, regions: RegionFinder
) -> None:
    path = offered(tmp_path, "a.txt", NOWHERE.encode())
    proposal = prepared(path, FileText(NOWHERE, "txt"), root, regions)
    assert proposal.missing == ("region", "level") and proposal.meta.region == "未注明"
    before = listing(root)
    with pytest.raises(InputError, match="--region"):
        write(proposal, root)
    assert listing(root) == before
    given = prepared(path, FileText(NOWHERE, "txt"), root, regions, Overrides(region="丽水市"))
    assert (given.missing, given.meta.level, given.meta.id) == ((), "city", "lishui")
    unknown = prepared(path, FileText(NOWHERE, "txt"), root, regions, Overrides(region="某新设镇"))
    assert unknown.missing == ("level",)
    with pytest.raises(InputError, match="--level.*county"):
        write(unknown, root)
    known = prepared(path, FileText(NOWHERE, "txt"), root, regions, Overrides(region="某新设镇", level="county"))
    assert write(known, root).name == "mouxinshezhen"


def test_a_text_that_says_nothing_of_itself_is_called_a_document(
    tmp_path: Path, root: Path, regions: RegionFinder
) -> None:
    text = "督学要经常到学校去。\n学校要配合督学。\n"
    path = offered(tmp_path, "a.txt", text.encode())
    proposal = prepared(path, FileText(text, "txt"), root, regions, Overrides(region="丽水市"))
    assert (proposal.meta.title, proposal.meta.genre, proposal.meta.access) == (None, "文件", "unmarked")
    assert [w for w in proposal.warnings if "no title" in w] and [w for w in proposal.warnings if "no numbering" in w]
    assert load_document(write(proposal, root)).meta.name == "丽水市文件"


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "../x",
        "a/b",
        "Dazu",
        "a b",
        "-a",
        "1a",
        "大足",
        "a" * (LONGEST + 1),
        ".a",
        "a.b",
        "con",
        "nul",
        "a\n",
        "a\0",
    ],
)
def test_a_bad_id_is_refused(tmp_path: Path, root: Path, regions: RegionFinder, slug: str) -> None:
    with pytest.raises(InputError, match="the id") as caught:
        notice(tmp_path, root, regions, Overrides(id=slug))
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 250
    with pytest.raises(InputError, match="the id"):
        write_document(root, slug, {})


def test_an_id_that_is_taken_is_refused(tmp_path: Path, root: Path, regions: RegionFinder) -> None:
    with pytest.raises(InputError, match="'dazu' is taken.*--id"):
        notice(tmp_path, root, regions, Overrides(id="dazu"))
    proposal = notice(tmp_path, root, regions)
    write(proposal, root)
    before = listing(root)
    with pytest.raises(InputError, match="'lishui-2022' is taken"):
        write(proposal, root)
    assert listing(root) == before


def test_proposed_ids_are_free_ones() -> None:
    date = datetime.date(2021, 1, 1)
    assert suggest_slug("大足", date, ()) == "dazu-2021"
    assert suggest_slug("重庆", None, ()) == "chongqing"
    assert suggest_slug("大足", date, ("dazu-2021", "dazu-2021-2")) == "dazu-2021-3"
    assert suggest_slug("", None, ()) == "wenjian" and suggest_slug("123", None, ()) == "wenjian"


@given(st.text(max_size=300), st.one_of(st.none(), st.dates()))
def test_every_proposed_id_can_be_one(name: str, date: datetime.date | None) -> None:
    assert check_slug(suggest_slug(name, date, ("wenjian",)))


def test_the_same_content_is_not_added_twice(tmp_path: Path, root: Path, regions: RegionFinder) -> None:
    with pytest.raises(InputError, match="'x.txt' has the same content as the document 'dazu'"):
        data = (root / "dazu" / "source.txt").read_bytes()
        prepared(offered(tmp_path, "x.txt", data), FileText(data.decode(), "txt"), root, regions)
    docx = offered(tmp_path, "a.docx", b"PK")
    write(prepared(docx, FileText(TEXT, "docx"), root, regions), root)
    again = offered(tmp_path, "b.docx", b"PK")
    with pytest.raises(InputError, match="same content as the document 'lishui-2022'"):
        prepared(again, FileText(TEXT + "另读\n", "docx"), root, regions)
    with pytest.raises(InputError, match="same content as the document 'lishui-2022'"):
        notice(tmp_path, root, regions)


def test_a_revised_version_is_pointed_out(tmp_path: Path, root: Path, regions: RegionFinder) -> None:
    write(notice(tmp_path, root, regions), root)
    text = TEXT.replace("2次", "3次")
    proposal = prepared(offered(tmp_path, "b.txt", text.encode()), FileText(text, "txt"), root, regions)
    assert proposal.meta.id == "lishui-2022-2"
    assert [w for w in proposal.warnings if "dudao corpus diff lishui-2022" in w]


def test_a_label_looser_than_the_mark_is_pointed_out(tmp_path: Path, root: Path, regions: RegionFinder) -> None:
    text = TEXT.replace("此件主动公开", "此件不公开")
    path = offered(tmp_path, "b.txt", text.encode())
    strict = prepared(path, FileText(text, "txt"), root, regions)
    assert strict.meta.access == "internal" and not [w for w in strict.warnings if "此件不公开" in w]
    loose = prepared(path, FileText(text, "txt"), root, regions, Overrides(access="public"))
    assert loose.meta.access == "public" and [w for w in loose.warnings if "此件不公开" in w]


def test_a_public_mark_in_a_picture_is_pointed_out(tmp_path: Path, root: Path, regions: RegionFinder) -> None:
    path = offered(tmp_path, "a.pdf", b"%PDF")
    assert [w for w in prepared(path, FileText(TEXT, "scan"), root, regions).warnings if "picture" in w]
    assert not [w for w in prepared(path, FileText(TEXT, "pdf"), root, regions).warnings if "picture" in w]
    given = prepared(path, FileText(TEXT, "scan"), root, regions, Overrides(access="public"))
    assert not [w for w in given.warnings if "picture" in w]


def test_warnings_of_the_reader_come_first(tmp_path: Path, root: Path, regions: RegionFinder) -> None:
    path = offered(tmp_path, "a.pdf", b"%PDF")
    proposal = prepared(path, FileText(TEXT, "pdf", warnings=("page 3 has two columns",)), root, regions)
    assert proposal.warnings[0] == "page 3 has two columns"


@pytest.mark.parametrize("name", ["../../etc/x.txt", "督" * 80 + ".txt", "a.txt/../b.txt"])
def test_a_name_is_never_part_of_a_path(tmp_path: Path, root: Path, regions: RegionFinder, name: str) -> None:
    path = offered(tmp_path, "real.txt", TEXT.encode())
    with pytest.raises(UnreadableFileError) as caught:
        prepared(tmp_path / "gone" / name, FileText(TEXT, "txt"), root, regions)
    assert "\n" not in str(caught.value)
    assert write(prepared(path, FileText(TEXT, "txt"), root, regions), root).parent == root


def test_a_file_without_text_is_one_sentence(tmp_path: Path, root: Path, regions: RegionFinder) -> None:
    with pytest.raises(ParseError, match="'a.pdf'"):
        prepared(offered(tmp_path, "a.pdf", b"%PDF"), FileText(" \n", "pdf"), root, regions)
    with pytest.raises(UnreadableFileError, match="'a.pdf'"):
        prepared(offered(tmp_path, "a.pdf", b"%PDF"), FileText("督\ud800导", "pdf"), root, regions)


def test_the_first_document_makes_the_folder(tmp_path: Path, regions: RegionFinder) -> None:
    root = tmp_path / "new" / "documents"
    write(notice(tmp_path, root, regions), root)
    assert list(load_corpus(root).by_id) == ["lishui-2022"]


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, regions: RegionFinder) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(CorpusError, match="DUDAO_CORPUS"):
        write(notice(tmp_path, tmp_path / "none", regions), tmp_path / "file")


def test_what_does_not_load_is_not_left_behind(root: Path) -> None:
    before = listing(root)
    with pytest.raises(CorpusError):
        write_document(root, "bad", {"source.txt": b"x", "meta.toml": b"region = 1"})
    assert listing(root) == before and [p.name for p in root.iterdir()] == ["dazu"]


CHILD = """
import os, signal, sys
from pathlib import Path
from corpus.intake import folder

action, copies = sys.argv[1], [Path(name) for name in sys.argv[2:]]

def killed_after(left):
    def counted(real):
        def call(*args, **kwargs):
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)
        return call
    for name in ("fsync", "rename", "replace", "unlink", "mkdir", "rmdir"):
        setattr(os, name, counted(getattr(os, name)))

def act(root):
    if action == "remove":
        folder.remove_document(root, "dazu")
    elif action == "status":
        folder.set_status(root, "dazu", "repealed")
    else:
        files = {name: (root / "dazu" / name).read_bytes() for name in ("source.txt", "meta.toml")}
        folder.write_document(root, "second", files)

for steps, root in enumerate(copies):
    child = os.fork()
    if child == 0:
        killed_after(steps)
        act(root)
        os._exit(0)
    print(os.waitpid(child, 0)[1])
"""


@pytest.mark.integration
@pytest.mark.parametrize("action", ["write", "remove", "status"])
def test_a_killed_run_leaves_the_corpus_as_it_was_or_as_it_will_be(root: Path, action: str) -> None:
    shutil.copytree(root / "dazu", root / "other")
    before, after = {"dazu", "other"}, {"write": {"dazu", "other", "second"}, "remove": {"other"}}
    copies = [shutil.copytree(root, root.parent / f"{action}-{steps}") for steps in range(12)]
    command = [sys.executable, "-c", CHILD, action, *map(str, copies)]
    statuses = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert len(statuses) == len(copies) and statuses.count("9") >= 2 and statuses[-1] == "0"
    for copy, status in zip(copies, statuses, strict=True):
        metas = {document.meta.id: document.meta for document in load_corpus(copy).documents}
        wanted = (after.get(action, before),) if status == "0" else (before, after.get(action, before))
        assert set(metas) in wanted
        if action == "status":
            assert metas["dazu"].status in (("repealed",) if status == "0" else ("in force", "repealed"))


def test_what_a_killed_run_left_is_cleared_a_day_later(tmp_path: Path, root: Path, regions: RegionFinder) -> None:
    for name in (".adding-1", ".removing-dazu-2", ".adding-3"):
        shutil.copytree(root / "dazu", root / name)
    for name in (".adding-1", ".removing-dazu-2"):
        os.utime(root / name, (1, 1))
    write(notice(tmp_path, root, regions), root)
    assert sorted(p.name for p in root.iterdir()) == [".adding-3", "dazu", "lishui-2022"]


def test_removing(root: Path) -> None:
    shutil.copytree(root / "dazu", root / "second")
    assert remove_document(root, "second") == ()
    assert [p.name for p in root.iterdir()] == ["dazu"]


@pytest.mark.parametrize("name", ["nowhere", "", ".", "..", "../documents/dazu", "dazu/", "DAZU"])
def test_removing_what_is_not_there(root: Path, name: str) -> None:
    before = listing(root)
    with pytest.raises(InputError, match="dudao corpus list"):
        remove_document(root, name)
    assert listing(root) == before


def test_removing_a_successor_leaves_no_name_behind(root: Path) -> None:
    shutil.copytree(root / "dazu", root / "new")
    set_status(root, "dazu", "superseded", "new")
    assert superseded_by(root, "new") == ("dazu",)
    assert remove_document(root, "new") == ("dazu",)
    meta = load_corpus(root).by_id["dazu"].meta
    assert (meta.status, meta.superseded_by) == ("superseded", None)


def test_statuses(root: Path) -> None:
    shutil.copytree(root / "dazu", root / "new")
    path = root / "dazu" / "meta.toml"
    first = path.read_text(encoding="utf-8")
    path.write_text("# a note by hand\n" + first, encoding="utf-8")
    set_status(root, "dazu", "superseded", "new")
    assert load_document(root / "dazu").meta.superseded_by == "new"
    set_status(root, "dazu", "draft")
    assert (load_document(root / "dazu").meta.status, load_document(root / "dazu").meta.superseded_by) == (
        "draft",
        None,
    )
    set_status(root, "dazu", "in force")
    assert path.read_text(encoding="utf-8") == "# a note by hand\n" + first
    assert sorted(p.name for p in (root / "dazu").iterdir()) == ["meta.toml", "source.txt"]


@pytest.mark.parametrize(
    ("document", "by", "words"),
    [
        ("nowhere", None, "dudao corpus list"),
        ("dazu", "nowhere", "'nowhere'"),
        ("dazu", "dazu", "cannot be superseded"),
    ],
)
def test_a_status_that_does_not_fit(root: Path, document: str, by: str | None, words: str) -> None:
    before = listing(root)
    with pytest.raises(InputError, match=words):
        set_status(root, document, "superseded", by)
    assert listing(root) == before


def test_two_documents_cannot_supersede_each_other(root: Path) -> None:
    shutil.copytree(root / "dazu", root / "new")
    set_status(root, "dazu", "superseded", "new")
    with pytest.raises(InputError, match="supersedes itself"):
        set_status(root, "new", "superseded", "dazu")
    with pytest.raises(InputError, match="--by"):
        set_status(root, "new", "repealed", "dazu")


def test_a_status_over_several_lines_is_changed_by_hand() -> None:
    with pytest.raises(CorpusError, match="by hand"):
        with_status('status = """\nrepealed"""\n', "draft", None)


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(_texts, _texts, st.lists(_texts, max_size=4), st.dates())
def test_metadata_reads_back_as_it_was_written(
    title: str, number: str, aliases: list[str], date: datetime.date
) -> None:
    meta = Metadata(
        id="a", region="某县", aliases=tuple(aliases), level="county", genre="办法", access="internal",
        sha256="0" * 64,
        title=title, number=number, date=date, status="draft",
    )  # fmt: skip
    text = meta_toml(meta)
    read = tomllib.loads(text)
    assert {k: tuple(v) if isinstance(v, list) else v for k, v in read.items()} == {
        "title": title, "number": number, "date": date, "region": "某县", "level": "county", "genre": "办法",
        "access": "internal", "sha256": "0" * 64, "status": "draft",
        **({"aliases": tuple(aliases)} if aliases else {}),
    }  # fmt: skip
    assert tomllib.loads(with_status(text, "repealed", None)) == {**read, "status": "repealed"}
