"""Reading in a child process: whatever the child does, this process goes on with one sentence."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from corpus.errors import UnreadableFileError
from corpus.intake import child
from corpus.intake.batch import read_all
from corpus.intake.child import Limits, read_in_child
from tests.corpus.intake.make_docx import make_docx, p

TEXT = "一、总体要求\n（一）健全机制。县教育局要健全教育督导机制。\n"

ROOT = str(Path(child.__file__).parents[2])

pytestmark = pytest.mark.integration


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def program(code: str) -> tuple[str, ...]:
    """A child that runs `code` instead of reading."""
    return ("-I", "-c", "import ctypes, json, os, subprocess, sys, time\n" + textwrap.dedent(code))


def refused(path: Path, code: str, *words: str, limits: Limits | None = None) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_in_child(path, limits=limits, program=program(code))
    message = str(caught.value)
    assert [word for word in ("'通知.txt'", *words) if word not in message] == []
    assert "\n" not in message


def test_a_file_comes_back_as_it_was_read(file: Path) -> None:
    found = read_in_child(file)
    assert (found.text, found.kind, found.margins, found.pages) == (TEXT, "txt", (), None)
    assert found.warnings == (() if sys.platform == "linux" else found.warnings[:1])


def test_a_name_that_no_encoding_holds(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"\xff-rf '\n.txt")
    try:
        file.write_text(TEXT, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert read_in_child(file).text == TEXT


def test_the_sentence_of_a_refusal_comes_through(tmp_path: Path) -> None:
    file = tmp_path / "通知.docx"
    file.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(UnreadableFileError, match=r"^'通知.docx' is damaged \(File is not a zip file\): fetch or save"):
        read_in_child(file)


def test_what_is_no_file_starts_no_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    with pytest.raises(UnreadableFileError, match="is a folder"):
        read_in_child(tmp_path)


def test_pages_are_reported_while_the_child_works(file: Path) -> None:
    pages: list[tuple[int, int]] = []
    code = """
        for done in (1, 1, 2, 3):
            print(json.dumps({"page": [done, 3]}), flush=True)
        print(json.dumps({"done": {"text": "x", "kind": "scan", "margins": ["a"], "pages": 3, "warnings": []}}))
    """
    found = read_in_child(file, lambda done, total: pages.append((done, total)), program=program(code))
    assert (found.text, found.kind, found.margins, found.pages) == ("x", "scan", ("a",), 3)
    assert pages == [(1, 3), (2, 3), (3, 3)], "a page counts once"


def test_a_crash_in_c(file: Path) -> None:
    refused(file, "ctypes.string_at(0)", "the reader of", "died (signal SIGSEGV)", "once more")


def test_a_crash_in_python(file: Path) -> None:
    refused(file, "raise KeyError('督学')", "died (status 1: KeyError: '督学')")


def test_an_end_without_a_word(file: Path) -> None:
    refused(file, "os._exit(7)", "died (status 7)")
    refused(file, "os.close(1); time.sleep(600)", "died (signal SIGKILL)")


@pytest.mark.parametrize(
    "line",
    ["督导", "{}x", '{"done": {"text": 1}}', '{"done": {"text": "", "kind": "exe"}}', '{"a": 1}', '{"page": ["a", 1]}'],
)
def test_what_is_no_result_is_refused(file: Path, line: str) -> None:
    refused(file, f"print({line!r}); sys.stdout.flush(); time.sleep(600)", "sent what is no text")


def test_a_result_without_an_end_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_LONGEST_LINE", 1000)
    refused(file, "print('x' * 5000, flush=True); time.sleep(600)", "sent what is no text")


def test_a_file_that_takes_too_long(file: Path) -> None:
    refused(file, "time.sleep(600)", "took longer than 0 s and was stopped", limits=Limits(seconds=0.05))


def test_a_page_that_takes_too_long(file: Path) -> None:
    code = "print(json.dumps({'page': [4, 9]}), flush=True); time.sleep(600)"
    refused(file, code, "page 5 of the 9 of", "longer than 0 s", limits=Limits(seconds=60, page_seconds=0.05))


def test_each_page_renews_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter(range(0, 10_000, 25))
    waits: list[float] = []

    class Lines(queue.Queue[bytes]):
        def get(self, block: bool = True, timeout: float | None = None) -> bytes:
            waits.append(timeout or 0)
            return super().get(block=False)

    lines = Lines()
    for line in (b'{"page": [1, 3]}', b'{"page": [2, 3]}', b'{"page": [2, 3]}', b'{"refused": "end"}'):
        lines.put(line)
    monkeypatch.setattr(time, "monotonic", lambda: next(now))
    with subprocess.Popen([sys.executable, "-c", ""]) as idle, pytest.raises(UnreadableFileError, match="end"):
        child._follow(idle, lines, "x", None, Limits())
    # 60 s from 0 on, asked at 25; 30 s from page 1 at 50, asked at 75; 30 s from page 2 at 100, asked at 125 and, since
    # a page counts once, at 150
    assert waits == [35, 5, 5, 0]


@pytest.mark.skipif(os.name != "posix", reason="groups of processes are ended otherwise elsewhere")
def test_what_the_child_started_ends_with_it(file: Path, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    code = f"""
        import pathlib
        helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], stdout=subprocess.DEVNULL)
        pathlib.Path({str(mark)!r}).write_text(str(helper.pid))
        print(json.dumps({{"page": [1, 2]}}), flush=True)
        time.sleep(600)
    """
    refused(file, code, "page 2 of the 2", limits=Limits(seconds=60, page_seconds=0.05))
    helper = int(mark.read_text())
    for _ in range(200):
        if not running(helper):
            return
        time.sleep(0.05)
    raise AssertionError(f"process {helper} still runs")


def running(process: int) -> bool:
    """Whether a process is there and no zombie that no one has waited for."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return state.stdout.strip()[:1] not in ("", "Z")


@pytest.mark.skipif(sys.platform != "linux", reason="memory can be limited on Linux alone")
def test_a_file_that_takes_too_much_memory(tmp_path: Path) -> None:
    file = tmp_path / "gross.txt"
    file.write_text("教育督导" * 1_500_000, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"'gross.txt' takes more than 80 MB of memory to read"):
        read_in_child(file, limits=Limits(memory=80 * 2**20))


@pytest.mark.skipif(sys.platform != "linux", reason="memory can be limited on Linux alone")
@pytest.mark.parametrize("words", ["MemoryError", "terminate called: std::bad_alloc", "fork: Cannot allocate memory"])
def test_a_death_of_lack_of_memory(file: Path, words: str) -> None:
    refused(file, f"print({words!r}, file=sys.stderr); os.abort()", "takes more than 2048 MB of memory")


@pytest.mark.skipif(sys.platform != "linux", reason="memory can be limited on Linux alone")
def test_the_limit_counts_what_a_process_takes_and_not_what_it_maps(file: Path) -> None:
    """Recognition maps more than it takes; the limit of the address space would stop it on a machine of many cores."""
    code = """
        sys.path.insert(0, ROOT)
        import mmap
        from corpus.intake.child import _limit
        _limit(int(sys.argv[2]))
        mapped = mmap.mmap(-1, 3 * 2**30, prot=mmap.PROT_READ, flags=mmap.MAP_PRIVATE)
        try:
            bytearray(2**30)
            found = "no limit"
        except MemoryError:
            found = "limited"
        print(json.dumps({"done": {"text": found, "kind": "txt"}}))
    """.replace("ROOT", repr(ROOT))
    found = read_in_child(file, limits=Limits(memory=2**29), program=program(code))
    assert found.text == "limited"


def test_libraries_may_print_what_they_like(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    code = """
        sys.path.insert(0, ROOT)
        from corpus.intake import child
        read = child.read_file
        def noisy(path, progress=None, cache=None):
            print("model loaded")
            os.write(1, b"from C")
            return read(path, progress)
        child.read_file = noisy
        child.main(sys.argv[1:])
    """.replace("ROOT", repr(ROOT))
    assert read_in_child(file, program=program(code)).text == TEXT


def test_bad_files_among_good_ones(tmp_path: Path, file: Path) -> None:
    word = make_docx(tmp_path / "b.docx", p("正文"))
    broken = tmp_path / "c.docx"
    broken.write_bytes(word.read_bytes()[:200])
    found = list(read_all([broken, file, tmp_path / "fehlt.pdf", word]))
    assert [one.text.text if one.text else None for one in found] == [None, TEXT, None, "正文"]
    assert all("'c.docx'" in str(one.error) or "'fehlt.pdf'" in str(one.error) for one in found if not one.text)


def test_recognised_pages_are_kept_for_the_next_run(tmp_path: Path) -> None:
    """A picture is read by the real recogniser once; the second reading takes the page from the folder."""
    picture = Image.new("L", (400, 120), 255)
    ImageDraw.Draw(picture).text((20, 40), "2021", fill=0, font_size=48)
    path, cache = tmp_path / "page.png", tmp_path / "ocr"
    picture.save(path)
    first = read_in_child(path, cache=cache)
    kept = [p for p in cache.rglob("*") if p.is_file()]
    assert "2021" in first.text and len(kept) == 1
    kept[0].write_bytes(kept[0].read_bytes().replace(b"2021", b"1999"))
    assert "1999" in read_in_child(path, cache=cache).text
