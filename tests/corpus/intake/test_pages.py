"""Reading order, margins and paragraphs, on pages that no file holds."""

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.intake.page_glyphs import ordinary, unreadable
from corpus.intake.page_layout import Glyph, Layout, Piece, Rule, upright
from corpus.intake.page_text import read_pages
from tests.corpus.intake.page_cases import CASES, LONG, SHORT, Case
from tests.corpus.intake.typeset import BODY, HEIGHT, LEFT, MEASURE, WIDTH, Run, Sheet, broken, half, typeset


def pieces(run: Run) -> list[Piece]:
    out, x = [], run.x
    for char in run.text:
        wide = half(char) * run.size
        out.append(Piece(char, x, run.y - 0.88 * run.size, x + wide, run.y + 0.12 * run.size, run.size))
        x += wide
    return out


def layout(number: int, sheet: Sheet) -> Layout:
    bold = [Run(run.text, run.x + 0.33, run.y, run.size) for run in sheet.runs if run.bold]
    placed = tuple(piece for run in (*sheet.runs, *bold) for piece in pieces(run))
    return Layout(number, WIDTH, HEIGHT, placed, tuple(Rule(*line) for line in sheet.lines))


def read(*sheets: Sheet) -> tuple[str, tuple[str, ...]]:
    return read_pages(layout(number, sheet) for number, sheet in enumerate(sheets, start=1))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_reads_as_a_person_reads_it(case: Case) -> None:
    text, margins = read(*case.sheets)
    assert tuple(text.split("\n")) == case.text
    assert margins == case.margins


def row(*parts: tuple[str, float], y: float = 200, size: float = BODY) -> Layout:
    runs = [Run(text, x, y, size) for text, x in parts]
    return Layout(1, WIDTH, HEIGHT, tuple(piece for run in runs for piece in pieces(run)))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((("督 导 责 任 区", 80),), "督导责任区"),  # letterspaced by real spaces
        ((("教育督导机构改革 具体落实措施", 80),), "教育督导机构改革 具体落实措施"),  # a space that is meant
        ((("到 2022 年不少于 40 学时", 80),), "到2022年不少于40学时"),
        ((("Education", 80), ("Office", 156)), "Education Office"),  # words apart without a space between
        ((("20", 80), ("21年", 97)), "2021年"),
        ((("甲单位", 80), ("乙单位", 300)), "甲单位 乙单位"),
        ((("目", 80), ("录", 160)), "目录"),
    ],
)
def test_spaces_that_typesetting_makes_are_not_text(parts: tuple[tuple[str, float], ...], expected: str) -> None:
    assert read_pages([row(*parts)])[0] == expected


def test_a_character_drawn_twice_at_one_place_is_one_and_a_doubled_one_is_two() -> None:
    placed = pieces(Run("督导督导", 80, 200))
    shadow = [Piece(p.text, p.left + 0.5, p.top + 0.5, p.right + 0.5, p.bottom + 0.5, p.size) for p in placed]
    assert read_pages([Layout(1, WIDTH, HEIGHT, (*placed, *shadow))])[0] == "督导督导"


def numbered(texts: Sequence[str], top: Sequence[str] = ()) -> tuple[str, tuple[str, ...]]:
    """One page for each text at the foot, with a full body."""
    sheets = [typeset([("body", LONG * 7)], numbered=False)[0] for _ in texts]
    for at, sheet in enumerate(sheets):
        if texts[at]:
            sheet.runs.append(Run(texts[at], 290, 790, 12))
        if top:
            sheet.runs.insert(0, Run(top[at], 240, 60, 12))
    return read(*sheets)


@pytest.mark.parametrize(
    "texts",
    [
        ("1", "2", "3"),
        ("第17页", "第18页", "第19页"),
        ("- 1 -", "- 2 -", "- 3 -"),
        ("1/3", "2/3", "3/3"),
        ("第1页 共3页", "第2页 共3页", "第3页 共3页"),
    ],
)
def test_page_numbers_are_margins(texts: Sequence[str]) -> None:
    text, margins = numbered(texts)
    assert text == "\n".join([LONG * 7] * 3)
    assert len(margins) == 3


def test_numbers_that_do_not_count_the_pages_are_text() -> None:
    text, margins = numbered(("2021", "45", "7"))
    assert margins == ()
    assert [line for line in text.split("\n") if line.isdigit()] == ["2021", "45", "7"]


def test_headers_that_alternate_and_headers_with_the_page_number_are_margins() -> None:
    headers = ("督导条例 第1页", "文件汇编 第2页", "督导条例 第3页", "文件汇编 第4页")
    text, margins = numbered(("1", "2", "3", "4"), headers)
    assert text == "\n".join([LONG * 7] * 4)
    assert margins[:2] == ("督导条例 第1页", "1")


def test_a_header_with_numbers_of_its_own_and_that_of_the_page_is_a_margin() -> None:
    text, margins = numbered(("",) * 3, tuple(f"第2章 督导机构 {number}" for number in (1, 2, 3)))
    assert text == "\n".join([LONG * 7] * 3)
    assert len(margins) == 3


def test_characters_too_small_to_be_seen_are_put_aside() -> None:
    glyphs = [Glyph("督", 100, 500, 16, 16), Glyph("导", 116, 500, 16, 16), Glyph("x", 200, 300, 0.1, 0.0)]
    assert read_pages([upright(1, WIDTH, HEIGHT, glyphs)[0]]) == ("督导", ("x",))


def test_a_large_line_at_the_head_of_every_page_is_a_title() -> None:
    sheets = [Sheet([Run("督导检查表", 200, 70, 22), *typeset([("body", LONG * 4)])[0].runs[:-1]]) for _ in range(3)]
    text, margins = read(*sheets)
    assert text.count("督导检查表") == 3
    assert margins == ()


def test_two_facing_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    left, right = (typeset([("body", f"{n}.{LONG}{SHORT}"), ("body", LONG * 2)])[0].runs for n in (1, 2))
    right[-1] = Run("— 2 —", LEFT, right[-1].y, 14)
    moved = [Run(run.text, run.x + WIDTH, run.y, run.size) for run in right]
    page = layout(1, Sheet([*left, *moved]))
    text, margins = read_pages([Layout(1, 2 * WIDTH, HEIGHT, page.pieces)])
    assert text.split("\n") == [f"1.{LONG}{SHORT}", LONG * 2, f"2.{LONG}{SHORT}", LONG * 2]
    assert margins == ("—1— —2—",)


def test_a_rule_parts_paragraphs_and_an_underline_does_not() -> None:
    runs = [Run(text, LEFT + 32 * (at == 0), 200 + at * 28, BODY) for at, text in enumerate(broken(LONG, 28, 2, half))]
    under = [(LEFT, 203.0, LEFT + MEASURE, 203.0)]
    assert read(Sheet(runs, under))[0] == LONG
    between = [(LEFT, 208.0, LEFT + MEASURE, 208.0)]
    assert len(read(Sheet(runs, between))[0].split("\n")) == 2


def test_a_drawing_of_many_lines_is_no_table() -> None:
    lines = [(100.0 + x * 8, 300.0, 100.0 + x * 8, 700.0) for x in range(45)]
    lines += [(100.0, 300.0 + y * 0.25, 452.0, 300.0 + y * 0.25) for y in range(1600)]
    assert read(Sheet([Run("图一督导流程", 240, 500)], lines))[0] == "图一督导流程"


@pytest.mark.parametrize("turn", range(4))
def test_a_page_drawn_in_another_direction_is_turned(turn: int) -> None:
    glyphs = []
    for run in typeset([("body", LONG)])[0].runs:
        x = run.x
        for char in run.text:
            wide = half(char) * run.size
            at = ((x, HEIGHT - run.y), (run.y, x), (WIDTH - x, run.y), (HEIGHT - run.y, WIDTH - x))[turn]
            glyphs.append(Glyph(char, *at, wide, run.size, turn * math.pi / 2))
            x += wide
    glyphs.append(Glyph("密", 300, 300, 40, 40, math.pi / 4 + turn * math.pi / 2))
    box = (WIDTH, HEIGHT) if turn % 2 == 0 else (HEIGHT, WIDTH)
    page, turned = upright(1, *box, glyphs, ())
    assert (round(page.width), round(page.height), turned) == (595, 842, turn != 0)
    assert read_pages([page]) == (LONG, ("—1—", "密"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 25), st.integers(0, 40), st.sampled_from([9.0, 10.5, 16.0, 22.0])),
        unique_by=lambda place: place[:2],
        max_size=40,
    )
)
def test_no_character_is_lost_or_doubled(places: list[tuple[int, int, float]]) -> None:
    chars = iter(chr(0x4E00 + number) for number in range(1000))
    placed = []
    for column, line, size in places:
        text = "".join(islice(chars, 1 + (column + line) % 5))
        placed += pieces(Run(text, 30 + column * 21, 20 + line * 20, size))
    text, margins = read_pages([Layout(1, WIDTH, HEIGHT, tuple(placed))])
    assert Counter("".join("".join((text, *margins)).split())) == Counter(piece.text for piece in placed)


def test_code_points_of_other_blocks_that_look_alike_become_ordinary() -> None:
    assert "".join(map(ordinary, "⼯作⻓⻅ﬁ︵︶豈")) == "工作长见fi（）豈"
    simplified = [c for c in map(chr, range(0x2E80, 0x2EF4)) if "SIMPLIFIED" in unicodedata.name(c, "")]
    assert len(simplified) > 20
    assert [c for c in simplified if ordinary(c) == c] == []


@pytest.mark.parametrize(
    ("char", "bad"),
    [("\ue000", True), ("\ufffd", True), ("\x01", True), ("\t", False), ("督", False), ("𠀀", False)],
)
def test_characters_without_meaning(char: str, bad: bool) -> None:
    assert unreadable(char) is bad
