"""`dudao corpus facts`: lines to read, JSON to work with, and one sentence where the id is wrong."""

from __future__ import annotations

import json

import pytest

from app import cli
from app.facts_command import stated_value
from corpus.facts import Fact
from corpus.types import Span

HERE = Span(0, 1)


def test_a_measure_s_facts_are_printed_with_their_values(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["corpus", "facts", "weihai/6"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines] == ["duration", "percent", "unit", "unit"]
    assert "不超过3年 = ≤3年  (退休时间)" in lines[0]
    assert "不低于30% = ≥30%  (专职督学)" in lines[1]
    assert lines[2].endswith("教育分局 = lead") and lines[3].endswith("党群工作部")


def test_json_quotes_the_measure(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["corpus", "facts", "dazu/end", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["kind"], row["quote"]) for row in rows] == [
        ("copies", "市政府教育督导委员会办公室"),
        ("copies", "区政府教育督导委员会成员单位"),
        ("own_date", "2021年3月15日"),
    ]
    assert rows[0]["order"] == 1 and rows[2]["value"] == "2021-03-15"
    assert all(row["measure"] == "dazu/end" and row["end"] - row["start"] == len(row["quote"]) for row in rows)


def test_a_document_and_the_whole_corpus_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["corpus", "facts", "tangshan", "--json"]) == 0
    tangshan = json.loads(capsys.readouterr().out)
    assert cli.main(["corpus", "facts", "--json"]) == 0
    everything = json.loads(capsys.readouterr().out)
    assert len(everything) > len(tangshan) == len([r for r in everything if r["measure"].startswith("tangshan/")]) > 20
    assert not [row for row in tangshan if row["kind"] == "unit"]


def test_an_unknown_id_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["corpus", "facts", "nowhere/1"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and "'nowhere/1'" in err and "dudao corpus list" in err


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (Fact("duration", "3", "年", "=", HERE, to="5"), "3~5年"),
        (Fact("frequency", "40", "学时", ">=", HERE, period="年"), "≥40学时/年"),
        (Fact("frequency", "", "", "=", HERE, period="年"), "/年"),
        (Fact("date", "2025", "", "by", HERE, precision="year end"), "by 2025 year end"),
        (Fact("date", "2021-03-15", "", "at", HERE, precision="day"), "2021-03-15"),
        (Fact("document", "教育督导条例", "", "=", HERE, number="国务院令第624号"), "教育督导条例 国务院令第624号"),
        (Fact("unit", "教育分局", "", "=", HERE, order=1, lead=True), "lead"),
    ],
)
def test_a_value_in_few_signs(fact: Fact, told: str) -> None:
    assert stated_value(fact) == told
