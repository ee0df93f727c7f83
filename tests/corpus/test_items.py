"""Sub-items: on lines of their own and inside a sentence, one inside the other."""

from __future__ import annotations

import pytest

from corpus.types import Measure
from tests.corpus.make import parsed


def measure(text: str) -> Measure:
    return next(m for m in parsed(f"1.甲。\n2.乙。\n3.{text}").measures if m.id == "t/3")


def items(text: str) -> list[tuple[int, str, str]]:
    unit = measure(text)
    return [(i.depth, i.label, i.span.of(unit.text)) for i in unit.items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("做到：\n——甲；\n——乙。", [(1, "——", "——甲；"), (1, "——", "——乙。")]),
        ("做到：\n（1）甲；\n（2）乙。", [(1, "（1）", "（1）甲；"), (1, "（2）", "（2）乙。")]),
        ("做到：\n1）甲；\n2）乙。", [(1, "1）", "1）甲；"), (1, "2）", "2）乙。")]),
        ("做到：\n①甲；\n②乙。", [(1, "①", "①甲；"), (1, "②", "②乙。")]),
        ("做到：（1）甲；（2）乙。此外照旧。", [(1, "（1）", "（1）甲；"), (1, "（2）", "（2）乙。")]),
        ("做到：一是甲；二是乙。此外照旧。", [(1, "一是", "一是甲；"), (1, "二是", "二是乙。")]),
        ("做到：①甲，②乙，③丙。", [(1, "①", "①甲，"), (1, "②", "②乙，"), (1, "③", "③丙。")]),
        (
            "做到：\n（1）甲：\n①子；\n②丑。\n（2）乙。",
            [(1, "（1）", "（1）甲：\n①子；\n②丑。"), (2, "①", "①子；"), (2, "②", "②丑。"), (1, "（2）", "（2）乙。")],
        ),
        (
            "做到：一是甲：（1）子；（2）丑；二是乙。",
            [
                (1, "一是", "一是甲：（1）子；（2）丑；"),
                (2, "（1）", "（1）子；"),
                (2, "（2）", "（2）丑；"),
                (1, "二是", "二是乙。"),
            ],
        ),
        (
            "做到：\n（1）甲，一是子，二是丑。\n（2）乙。",
            [
                (1, "（1）", "（1）甲，一是子，二是丑。"),
                (2, "一是", "一是子，"),
                (2, "二是", "二是丑。"),
                (1, "（2）", "（2）乙。"),
            ],
        ),
        ("做到：\n（1）甲；\n（2）乙。\n另起一段。", [(1, "（1）", "（1）甲；"), (1, "（2）", "（2）乙。")]),
        ("见第（1）项、第（2）项。", []),
        ("统一是必要的，唯一是它。", []),
        ("做到一是甲。", []),
        ("做到：\n（2）乙。", []),
        ("项目（2）先于（1）。", []),
    ],
)  # fmt: skip
def test_items(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert items(text) == expected


def test_digits_below_a_section_are_its_items() -> None:
    document = parsed(
        "方案\n一、甲\n（一）子。\n1.做好寅。\n2.做好卯。\n（二）丑。\n1.做辰。\n二、乙\n（一）午。做。\n"
    )
    first = next(m for m in document.measures if m.id == "t/p1.1")
    assert [i.span.of(first.text) for i in first.items] == ["1.做好寅。", "2.做好卯。"]


def test_the_number_of_the_measure_itself_is_no_item() -> None:
    document = parsed("办法\n（一）甲；做好。\n（二）乙。做好。\n（三）丙。做好。\n")
    assert [m.items for m in document.measures if m.kind == "measure"] == [(), (), ()]
