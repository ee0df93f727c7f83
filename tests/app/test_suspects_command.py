"""`dudao corpus suspects`: lines to read, and JSON."""

from __future__ import annotations

import json

import pytest

from app.cli import main


def test_the_lines_name_document_line_and_string(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "suspects"]) == 0
    lines = capsys.readouterr().out.splitlines()
    junk = next(line for line in lines if "[騙灶嬸轎]" in line)
    assert junk.startswith("hainan:15 ") and junk.endswith("(erratum)")
    assert lines[-1].startswith(f"{len(lines) - 1} suspects, 7 of them corrected by an erratum")


def test_json_of_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "suspects", "hainan", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["document_id"] for row in rows} == {"hainan"}
    assert set(rows[0]) == {"document_id", "line", "before", "text", "after", "score", "reviewed"}


def test_an_unknown_document_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "suspects", "nowhere"]) == 2
    assert "no document 'nowhere'" in capsys.readouterr().err
