"""The matrix of topics by places, its values, the words that differ, and the tables of facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.compare.differ import differing
from app.compare.facts import TABLES, Asked, searched
from app.compare.matrix import make_matrix
from app.compare.types import CellOf, Matrix
from app.exports.table import Cell, Table, Value
from app.material import Material, gather_material
from app.wording import wording
from corpus.errors import InputError
from corpus.load import Corpus, load_corpus
from tests.corpus.make import parsed


@pytest.fixture(scope="module")
def material() -> Material:
    return gather_material(load_corpus())


@pytest.fixture(scope="module")
def matrix(material: Material) -> Matrix:
    return make_matrix(material)


def cell(matrix: Matrix, topic: str, document: str) -> CellOf:
    return matrix.cells[topic, document]


def values(matrix: Matrix, topic: str, document: str) -> list[tuple[str, bool]]:
    return [(v.citation.quote, v.differs) for v in cell(matrix, topic, document).values]


def plain(row: tuple[Value, ...]) -> list[str]:
    return [value.text if isinstance(value, Cell) else str(value) for value in row]


def test_every_topic_has_a_cell_for_every_place(matrix: Matrix) -> None:
    assert len(matrix.topics) == 24
    assert [p.name for p in matrix.places] == ["大足区", "海南", "唐山", "威海经开区", "秀山县"]
    assert len(matrix.cells) == 24 * 5
    assert all(matrix.cell(t, p) is not None for t in matrix.topics for p in matrix.places)


def test_a_cell_holds_the_deciding_words_with_their_citation(matrix: Matrix, material: Material) -> None:
    entry = cell(matrix, "interviews", "tangshan").entries[0]
    assert entry.official == "唐山市实施方案（原文无标题）第15项"
    assert "由市级教育督导机构会同与督导事项相关的部门联合组织开展" in entry.quotes[0].quote
    for held in matrix.cells.values():
        for one in held.entries:
            text = material.corpus.measures[one.measure.id].text
            assert one.quotes and all(text[q.start : q.end] == q.quote for q in one.quotes)
            assert all(q.official == one.official for q in one.quotes)


def test_a_place_that_does_not_rule_has_an_empty_cell(matrix: Matrix) -> None:
    assert cell(matrix, "interviews", "dazu") == CellOf()


def test_values_are_those_of_the_topics_own_sentences(matrix: Matrix) -> None:
    assert [v for v, _ in values(matrix, "appointment", "tangshan")] == ["不超过5年", "6个"]
    assert [v for v, _ in values(matrix, "staffing", "weihai")] == ["不低于30%"]
    assert values(matrix, "research", "hainan") == []


def test_a_value_differs_where_another_place_states_another_of_its_sort(matrix: Matrix) -> None:
    assert values(matrix, "staffing", "hainan") == [("1∶5", False), ("1∶1", False), ("不低於20%", True)]
    assert values(matrix, "staffing", "weihai") == [("不低于30%", True)]
    assert values(matrix, "staffing", "tangshan")[-1] == ("不低于1∶10", False), "no other place states that ratio"
    assert values(matrix, "training", "tangshan") == [("每年培训不少于40学时", False)]
    assert [d for _, d in values(matrix, "training", "weihai")] == [False], "in other words the same 40 hours"
    assert values(matrix, "schools", "weihai") == [("每学年要对所属学校办学情况开展一次", True)]
    assert ("每月不得少于1次", False) in values(matrix, "schools", "tangshan")
    assert {d for _, d in values(matrix, "functions", "weihai")} == {False}, "meetings are no supervision"


def test_lead_units_are_named_where_the_text_makes_them_lead(matrix: Matrix) -> None:
    assert cell(matrix, "conditions", "weihai").units[0].leads == ("财政金融局",)
    assert cell(matrix, "conditions", "xiushan").units[0].leads == ()
    assert cell(matrix, "conditions", "tangshan").units == ()


def test_topics_and_places_are_chosen_in_their_fixed_order(material: Material) -> None:
    chosen = make_matrix(material, ["interviews", "reports"], ["weihai", "hainan"])
    assert [t.id for t in chosen.topics] == ["reports", "interviews"]
    assert [p.document_id for p in chosen.places] == ["hainan", "weihai"]
    with pytest.raises(InputError, match="no topic 'x'"):
        make_matrix(material, ["x"])
    with pytest.raises(InputError, match="no document 'x'"):
        make_matrix(material, (), ["x"])


def test_documents_of_one_region_are_told_apart() -> None:
    first = parsed("一、甲\n1.一。\n2.二。\n")
    second = replace(first, meta=replace(first.meta, id="u", title="另一办法"))
    names = [p.name for p in make_matrix(gather_material(Corpus((first, second)))).places]
    assert len(set(names)) == 2


def marked(left: str, right: str) -> tuple[list[str], list[str]]:
    a, b = differing(left, right)
    return [s.of(left) for s in a], [s.of(right) for s in b]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("督学按1:5的比例配备", "督學按1∶5的比例配備。", ([], [])),
        ("教育督導機構設定，健全", "教育督导机构设置,健全", ([], [])),
        ("占比不低于20%", "占比不低于30%", (["20%"], ["30%"])),
        ("对县级政府的约谈", "对下一级政府的约谈", (["县"], ["下一"])),
        ("每年培训40学时", "每年培训", (["40学时"], [])),
        ("比例为1:5", "比例为1:10", (["1:5"], ["1:10"])),
        ("占20", "占20%", (["20"], ["20%"])),
        ("", "每年培训", ([], ["每年培训"])),
        ("", "", ([], [])),
        ("甲乙丙", "丁戊己", (["甲乙丙"], ["丁戊己"])),
    ],
)
def test_only_real_differences_of_words_are_marked(
    left: str, right: str, expected: tuple[list[str], list[str]]
) -> None:
    assert marked(left, right) == expected


def test_what_is_not_marked_is_the_same_on_both_sides() -> None:
    corpus = load_corpus()
    left, right = corpus.measures["hainan/13"].text, corpus.measures["tangshan/15"].text
    a, _ = marked(left, right)
    assert "組織部門和" in "".join(a) and "約談" not in a


def table(material: Material, name: str, **asked: object) -> Table:
    return TABLES[name](Asked(material, wording(None), **asked))  # type: ignore[arg-type]


def test_units_both_ways_hold_the_same_pairs(material: Material) -> None:
    by_measure, by_unit = table(material, "measures"), table(material, "units")
    assert len(by_unit.rows) == 139, "the responsible units of the gold of facts"
    assert sum(int(str(row[5])) for row in by_measure.rows) == 139
    first = plain(by_unit.rows[0])
    assert first[:3] == ["省教育廳", "海南", "23"]
    finance = next(plain(row) for row in by_measure.rows if "财政金融局" in plain(row)[3])
    assert finance[4] == "党政办公室、教育分局"


def test_spellings_of_one_name_are_one_unit(material: Material) -> None:
    rows = [plain(row) for row in table(material, "units").rows if "财政局" in plain(row)[0]]
    assert rows and {row[2] for row in rows} == {str(len(rows))}


def test_numbers_say_what_they_count_and_under_which_topic(material: Material) -> None:
    rows = [plain(row) for row in table(material, "numbers").rows]
    assert ["威海经开区", "占比", "专职督学", "不低于30%", "≥30%", "督学配备"] in [row[:6] for row in rows]
    assert ["海南", "频次", "綜合督導", "每年組織一次", "1次/年", "督导职能"] in [row[:6] for row in rows]
    assert not any(":" in row[4] for row in rows), "a spreadsheet would read 1:5 as a time of day"


def test_deadlines_stand_in_order_of_time(material: Material) -> None:
    rows = [plain(row) for row in table(material, "deadlines").rows]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert rows[-1][:4] == ["2025-12", "大足区", "截止", "到2025年底"]
    assert "达到国家义务教育优质均衡发展区评估标准" in rows[-1][4]


def test_a_document_called_by_its_short_name_counts_as_itself(material: Material) -> None:
    rows = [plain(row) for row in table(material, "cited").rows]
    opinion = [row for row in rows if "关于深化新时代教育督导体制机制改革的意见》" in row[0] and row[3] == "唐山"]
    assert [row[2] for row in opinion] == ["", "《意见》", "《意见》"]
    assert {row[1] for row in opinion} == {"厅字〔2020〕1号"}
    assert rows[0][5] == "6"


def test_tables_are_narrowed_to_documents_and_searched_whatever_the_script(material: Material) -> None:
    whole = table(material, "units")
    assert {plain(row)[1] for row in table(material, "units", documents=("weihai",)).rows} == {"威海经开区"}
    found = searched(whole, "省教育厅  约谈")
    assert [plain(row)[4] for row in found.rows] == ["13.嚴肅約談制度"]
    assert searched(whole, " ").rows == whole.rows
    assert searched(whole, "没有这个词").rows == ()


def test_every_row_leads_to_the_place_that_it_tells_of(material: Material) -> None:
    for name in TABLES:
        held = table(material, name, base="http://127.0.0.1:7860")
        assert held.rows
        for row in held.rows:
            links = [v.link for v in row if isinstance(v, Cell) and v.link]
            assert links and all(link.startswith("http://127.0.0.1:7860/doc/") for link in links)
