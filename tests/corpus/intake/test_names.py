"""Names that come from outside lead nowhere else and fit every file system."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.intake.names import MAX_BYTES, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("通知.docx", "通知.docx"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/etc/cron.d/x", "x"),
        ("C:\\文件\\通知.doc", "通知.doc"),
        ("folder/", "folder"),
        ("..", "document"),
        ("", "document"),
        ("///", "document"),
        (".bashrc", "bashrc"),
        ("-rf.txt", "rf.txt"),
        ("~$通知.docx", "$通知.docx"),
        ("a\0b\nc.txt", "abc.txt"),
        ("通知\u202efdp.txt", "通知fdp.txt"),
        ('a<b>c:"d"|?*.txt', "a_b_c__d____.txt"),
        ("con.txt", "_con.txt"),
        ("NUL", "_NUL"),
        ("通知 . ", "通知"),
        ("  通　知  .txt", "通 知.txt"),
        ("e\u0301.txt", "é.txt"),
        ("\ud800.txt", "txt"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_name_of_300_chinese_characters_keeps_its_ending(tmp_path: Path) -> None:
    safe = safe_name("督" * 300 + ".docx")
    assert safe == "督" * 78 + ".docx"
    assert len(safe.encode()) <= MAX_BYTES
    (tmp_path / safe).write_text("x")


def test_an_ending_that_is_none_is_cut_too() -> None:
    assert safe_name("a." + "督" * 300) == "a." + "督" * 79


@given(st.text(max_size=400))
def test_any_name_can_be_written_and_stays_in_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= MAX_BYTES
    assert Path(safe).name == safe and safe not in (".", "..") and not safe.startswith((".", "-"))
    assert safe.isprintable()
    assert safe_name(safe) == safe
