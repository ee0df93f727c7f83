"""The command line: exit status, one sentence for each fault, and what `--json` promises."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest

from app import cli
from corpus.load import DEFAULT_ROOT, Corpus
from index.embedding import HashEmbedder

TOO_LONG = "督" * 10_000


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line sets what libraries read; each test gets its own and gives it back."""
    for name in [name for name in os.environ if name.startswith("DUDAO_") and name != "DUDAO_MODEL"]:
        monkeypatch.delenv(name)
    for name in ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_PROGRESS_BARS", "TRANSFORMERS_NO_ADVISORY_WARNINGS", "TQDM_DISABLE"):
        monkeypatch.setenv(name, "1")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that must fail; return its one sentence."""
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and "Traceback" not in err
    (line,) = err.splitlines()
    assert line.startswith("dudao: ") and len(line) < 400
    return line


@pytest.mark.parametrize("question", ["", "   ", "\x00\x07", "🙂", TOO_LONG])
def test_a_refused_question(capsys: pytest.CaptureFixture[str], question: str) -> None:
    assert "the question" in refused(capsys, "ask", question)


@pytest.mark.parametrize("name", ["nowhere", "tangshan/99", "../tangshan", ""])
def test_an_unknown_document_or_measure(capsys: pytest.CaptureFixture[str], name: str) -> None:
    line = refused(capsys, "corpus", "show", name)
    assert repr(name) in line and "dudao corpus list" in line


def test_no_model(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, empty: Path) -> None:
    monkeypatch.setenv("DUDAO_DATA", str(empty))
    monkeypatch.delenv("DUDAO_MODEL", raising=False)
    assert "dudao model prepare" in refused(capsys, "ask", "谁负责约谈？")


@pytest.mark.parametrize("arguments", [("index", "status"), ("index", "verify")])
def test_no_index(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, empty: Path, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DUDAO_DATA", str(empty))
    assert "dudao index build" in refused(capsys, *arguments)


@pytest.mark.parametrize(("name", "value"), [("DUDAO_PORT", "abc"), ("DUDAO_PORT", "70000"), ("DUDAO_COLOUR", "red")])
def test_a_setting_that_does_not_fit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert name in refused(capsys, "corpus", "list")


@pytest.mark.parametrize("arguments", [("corpus", "check"), ("corpus", "list"), ("corpus", "show", "tangshan/15")])
def test_a_changed_source(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    shutil.copytree(DEFAULT_ROOT, tmp_path / "documents")
    monkeypatch.setenv("DUDAO_CORPUS", str(tmp_path / "documents"))
    source = tmp_path / "documents" / "tangshan" / "source.txt"
    source.write_bytes(source.read_bytes().replace("约谈".encode(), "约坛".encode(), 1))
    line = refused(capsys, *arguments)
    assert "'tangshan'" in line and "sha256" in line and "restore" in line


def test_a_port_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = refused(capsys, "serve", "--port", str(port))
    assert str(port) in line and "--port" in line


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])
def test_an_address_that_others_reach_is_refused(capsys: pytest.CaptureFixture[str], host: str) -> None:
    line = refused(capsys, "serve", "--host", host)
    assert repr(host) in line and "127.0.0.1 only" in line and "accounts" in line


def test_an_index_that_cannot_be_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, empty: Path
) -> None:
    monkeypatch.setattr("app.index_commands.build_embedder", lambda settings: HashEmbedder())
    monkeypatch.setattr("app.index_commands.model_of", lambda settings: ("", HashEmbedder().name))
    monkeypatch.setenv("DUDAO_DATA", str(empty))
    (empty / "index").write_text("in the way", encoding="utf-8")
    assert "DUDAO_DATA" in refused(capsys, "index", "build")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere: no folder without write permission")
def test_no_write_permission(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, empty: Path) -> None:
    monkeypatch.setattr("app.index_commands.build_embedder", lambda settings: HashEmbedder())
    monkeypatch.setenv("DUDAO_DATA", str(empty))
    empty.chmod(0o555)
    assert "write permission" in refused(capsys, "index", "build")


@pytest.mark.parametrize("arguments", [(), ("nothing",), ("ask",), ("corpus",), ("serve", "--port", "x")])
def test_a_command_that_does_not_parse(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2 and "usage: dudao" in capsys.readouterr().err


def test_corpus_commands(capsys: pytest.CaptureFixture[str], corpus: Corpus) -> None:
    assert cli.main(["corpus", "list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in listed] == [
        ["dazu", "21"], ["hainan", "22"], ["tangshan", "25"], ["weihai", "20"], ["xiushan", "20"]
    ]  # fmt: skip
    assert cli.main(["corpus", "show", "tangshan/15"]) == 0
    assert corpus.measures["tangshan/15"].text in capsys.readouterr().out
    assert cli.main(["corpus", "show", "weihai/5"]) == 0
    assert "lead: 财政金融局" in capsys.readouterr().out
    assert cli.main(["corpus", "show", "dazu"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 23
    assert cli.main(["corpus", "check"]) == 0
    assert capsys.readouterr().out.count("unaccounted 0") == 5
