"""Older word processors' files: LibreOffice is called with a profile of its own, and every failure is one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import UnreadableFileError
from corpus.intake.office import libreoffice, read_office
from corpus.intake.word import read_docx
from tests.corpus.intake.make_docx import abstract, level, make_docx, n, num, p, row, table

needs_posix = pytest.mark.skipif(os.name != "posix", reason="the fake LibreOffice is a script with a first line #!")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "-通知 '1'.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0")
    return file


def fake_soffice(folder: Path, body: str, monkeypatch: pytest.MonkeyPatch, name: str = "soffice") -> None:
    """Put a program of that name first on the path; `body` is Python with the arguments in `args`."""
    program = folder / "bin" / name
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nimport os, pathlib, shutil, sys, time\nargs = sys.argv[1:]\n{body}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))


CONVERT = """
out = pathlib.Path(args[args.index("--outdir") + 1])
out.mkdir(exist_ok=True)
shutil.copy({made!r}, out / (pathlib.Path(args[-1]).stem + ".docx"))
pathlib.Path({log!r}).write_text("\\n".join(args))
profile = next(a for a in args if a.startswith("-env:UserInstallation=file://"))
shutil.copy(profile.split("file://")[1] + "/user/registrymodifications.xcu", {log!r} + ".settings")
"""


@needs_posix
@pytest.mark.parametrize("program", ["soffice", "libreoffice"])
def test_a_file_is_converted_and_read(
    tmp_path: Path, source: Path, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, log = make_docx(tmp_path / "made.docx", p("一、总则")), tmp_path / "log"
    fake_soffice(tmp_path, CONVERT.format(made=str(made), log=str(log)), monkeypatch, program)
    found = read_office(source)
    assert (found.text, found.kind) == ("一、总则", "doc")
    arguments = log.read_text().splitlines()
    assert "--headless" in arguments and arguments[arguments.index("--convert-to") + 1] == "docx"
    assert Path(arguments[-1]).name == "source.doc", "the file's own name never reaches the program"
    settings = log.with_name("log.settings").read_text()
    assert "DisableMacrosExecution" in settings and "Link" in settings
    assert not Path(arguments[-1]).exists(), "nothing is left behind"


def test_without_libreoffice_the_message_says_what_to_install(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFileError, match=r"通知.*install the package libreoffice-writer, or save .* as .docx"):
        read_office(source)


@needs_posix
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("print('Error: source file could not be loaded')", "could not read .*通知.*source file could not be loaded"),
        ("sys.exit(3)", "could not read .*it said nothing"),
        ("os.abort()", "could not read"),
    ],
)
def test_a_file_that_libreoffice_cannot_read(
    tmp_path: Path, source: Path, body: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_soffice(tmp_path, body, monkeypatch)
    with pytest.raises(UnreadableFileError, match=said) as caught:
        read_office(source)
    assert "\n" not in str(caught.value)


@needs_posix
def test_a_conversion_that_does_not_end(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_soffice(tmp_path, "time.sleep(600)", monkeypatch)
    with pytest.raises(UnreadableFileError, match="did not read .*通知.*within 0 s"):
        libreoffice(source, tmp_path / "out", timeout=0.1)


@needs_posix
def test_a_program_that_does_not_start(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_soffice(tmp_path, "", monkeypatch)
    program = tmp_path / "bin" / "soffice"
    program.write_text("#!/no/such/interpreter\n")
    with pytest.raises(UnreadableFileError, match="LibreOffice does not start"):
        read_office(source)


def test_a_converter_that_makes_no_word_file_is_named_with_the_files_own_name(tmp_path: Path, source: Path) -> None:
    def convert(source: Path, folder: Path) -> Path:
        folder.mkdir()
        shutil.copyfile(source, folder / "source.docx")
        return folder / "source.docx"

    with pytest.raises(UnreadableFileError, match=r"'source.docx' is damaged"):
        read_office(source, convert=convert)


@pytest.mark.integration
@pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")),
    reason="LibreOffice is not installed: install libreoffice-writer to check the real conversion",
)
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_the_real_libreoffice(tmp_path: Path, kind: str) -> None:
    numbering = abstract(0, level(0, "decimal", "%1."), level(1, "upperLetter", "%2)")) + num(1, 0)
    body = (
        p("plan") + p("one", n(1)) + p("sub", n(1, 1)) + p("two", n(1)) + table(row("a", "b"), row("c", "d")) + p("末")
    )
    made = make_docx(tmp_path / "made.docx", body, {"numbering": numbering})
    program = shutil.which("soffice") or shutil.which("libreoffice") or ""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", kind, "--outdir", str(tmp_path), str(made)]
    subprocess.run(command, capture_output=True, check=True, timeout=100)
    assert read_office(tmp_path / f"made.{kind}").text == read_docx(made).text
