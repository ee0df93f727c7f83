"""Reading files of older word processors (.doc, .wps, .rtf) by way of LibreOffice, where that is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from corpus.errors import UnreadableFileError
from corpus.intake.types import FileText, Progress
from corpus.intake.word import read_docx

TIMEOUT = 50.0  # seconds; less than a file may take in all, so that this says what was too slow
_PROGRAMS = ("soffice", "libreoffice")
# no macro runs, no link of the document is followed, whatever the document asks for
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>2</value></prop></item>
</oor:items>
"""


class Converter(Protocol):
    """Turns a file of an older kind into .docx."""

    def __call__(self, source: Path, folder: Path) -> Path:
        """Write a .docx of `source` into `folder` and return it.

        :raises UnreadableFileError: there is no program for it, or it cannot read the file.
        """


def read_office(path: Path, progress: Progress | None = None, convert: Converter | None = None) -> FileText:
    """Return the text of a .doc, .wps or .rtf file.

    :raises UnreadableFileError: LibreOffice is not installed, too slow, or cannot read the file.
    """
    with tempfile.TemporaryDirectory(prefix="dudao-") as name:
        # a name of our own: the file's may begin with a dash or hold what a shell or a URL would read
        source = Path(name) / f"source{_suffix(path)}"
        shutil.copyfile(path, source)
        try:
            text = read_docx((convert or libreoffice)(source, Path(name) / "out"))
        except UnreadableFileError as error:
            raise UnreadableFileError(str(error).replace(repr(source.name), repr(path.name))) from error
    return replace(text, kind="doc")


def libreoffice(source: Path, folder: Path, timeout: float = TIMEOUT) -> Path:
    """Convert `source` with LibreOffice, in a profile of its own that runs no macro and follows no link.

    :raises UnreadableFileError: see `Converter`.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise UnreadableFileError(
            f"{source.name!r} is of a kind that only LibreOffice reads, which is not installed: install the package "
            "libreoffice-writer, or save the file as .docx"
        )
    profile = folder.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    command = [program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"]
    command += [f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "docx", "--outdir", str(folder)]
    output = _run([*command, str(source)], source.name, timeout)
    made = folder / f"{source.stem}.docx"
    if not made.exists():
        said = " ".join(output.split())[-200:] or "it said nothing"
        raise UnreadableFileError(
            f"LibreOffice could not read {source.name!r} ({said}): take off its password or save it as .docx"
        )
    return made


def _run(command: list[str], name: str, timeout: float) -> str:
    """Run a program to its end and return what it printed.

    What it starts stays in the group of this process, which `corpus.intake.child` ends as a whole.
    """
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout,
            check=False,
        )
    except OSError as error:
        raise UnreadableFileError(f"LibreOffice does not start ({error}): install it once more") from error
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(
            f"LibreOffice did not read {name!r} within {timeout:.0f} s: save it as .docx"
        ) from error
    return done.stdout.decode("utf-8", errors="replace")


def _suffix(path: Path) -> str:
    """The ending by which LibreOffice chooses its filter; one that says nothing is taken for .doc."""
    suffix = path.suffix.lower()
    return suffix if suffix in (".doc", ".dot", ".wps", ".wpt", ".rtf", ".xml") else ".doc"
