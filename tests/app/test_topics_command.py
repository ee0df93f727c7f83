"""`dudao topics` with an index, and without one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import cli
from tests.app.test_topics import NAMES


@pytest.fixture
def no_index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DUDAO_DATA", str(tmp_path))


def test_without_an_index_the_topics_go_by_wording_alone_and_say_so(
    no_index: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["topics", "--json"]) == 0
    out, err = capsys.readouterr()
    listed = json.loads(out)
    assert [row["topic"] for row in listed] == NAMES
    assert all(set(row) == {"topic", "measure_ids"} and row["measure_ids"] for row in listed)
    assert err.startswith("dudao: topics by wording alone, without the index: ") and len(err.splitlines()) == 1


def test_the_table_names_every_document_under_every_topic(no_index: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["topics"]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("约谈（4）")
    assert [line.split() for line in lines[at + 1 : at + 6]] == [
        ["dazu", "未检出"],
        ["hainan", "13"],
        ["tangshan", "15"],
        ["weihai", "16"],
        ["xiushan", "13"],
    ]
    assert lines[-1] == "未归入任何专题（3）：hainan/p1.2 tangshan/p1 weihai/1"


def test_why_tells_how_sure_and_on_what_ground(no_index: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["topics", "--why"]) == 0
    assert "约谈\ttangshan/15\t0.98\t标题“严肃约谈制度”" in capsys.readouterr().out.splitlines()


@pytest.mark.integration
def test_with_the_index_it_says_the_same_and_nothing_beside(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cli.main(["topics", "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == "" and len(json.loads(out)) == 24
