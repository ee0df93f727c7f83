import pytest

from eval.normalise import holds, normalise, without_marks
from eval.quantity import Quantity, as_stated, quantities, quantity_scores


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("百分之二十", "20%"),
        ("百分之20", "20％"),
        ("百分之二点五", "2.5%"),
        ("三分之一", "1/3"),
        ("1∶5", "1:5"),
        ("1：5", "1:5"),
        ("一比五", "1 : 5"),
        ("四十学时", "40学时"),
        ("二○二一年", "二〇二一年"),
        ("二〇二一年", "2021年"),
        ("兩個月", "2个月"),
        ("督導機構", "督导机构"),
        ("第 十 三 条", "第13条"),
        ("ＡＢ", "ab"),
    ],
)
def test_equal_after_normalising(text: str, same: str) -> None:
    assert normalise(text) == normalise(same)


@pytest.mark.parametrize("text", ["", "督学", "20%", "不少于40学时", "1/3以上"])
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "wording", "expected"),
    [
        ("共19个责任区", "9个", False),
        ("共9个责任区", "9个", True),
        ("按1∶50配备", "1:5", False),
        ("按1∶5配备", "1：5", True),
        ("按11:5配备", "1:5", False),
        ("占百分之二点五", "5%", False),
        ("占9.5个百分点", "9", False),
        ("占2.5%。", "2.5%", True),
        ("每年四十学时", "40 学时", True),
        ("任何文字", "  ", False),
        ("", "9个", False),
    ],
)
def test_a_number_at_the_edge_is_a_whole_number(text: str, wording: str, expected: bool) -> None:
    assert holds(text, wording) is expected


def test_marks_are_taken_out_but_document_numbers_stay() -> None:
    assert without_marks("约谈[1]。见〔2021〕19号[12]") == "约谈。见〔2021〕19号"


def test_quantities_with_comparator_value_and_unit() -> None:
    assert quantities("不少于四十学时") == (Quantity("≥", "40", "学时"),)
    assert quantities("15个工作日内整改") == (Quantity("≤", "15", "工作日"),)
    assert quantities("三分之一以上") == (Quantity("≥", "1/3", ""),)
    assert quantities("按1∶5，占20%") == (Quantity("", "1:5", ""), Quantity("", "20%", ""))
    assert quantities("每月不得少于1次") == quantities("每月不少于1次") == (Quantity("≥", "1", "次"),)
    assert quantities("不得超过3年") == quantities("不能多于3年") == (Quantity("≤", "3", "年"),)
    assert quantities("少于1次") == (Quantity("<", "1", "次"),)
    assert quantities("共九个") == (Quantity("", "9", "个"),)
    assert quantities("没有数目") == ()


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("每年不少于40学时[1]", 1),
        ("每年不超过40学时[1]", 0),  # another comparator
        ("每年40学时", 0),  # no comparator
        ("不少于40课时", 0),  # another unit
        ("不少于140学时", 0),  # another value
        ("", 0),
    ],
)
def test_quantities_match_in_value_unit_and_comparator(answer: str, right: int) -> None:
    assert quantity_scores(answer, [["不少于40学时", "至少四十学时"], ["由县政府"]]) == (1, right)


def test_the_clause_gives_what_a_nugget_leaves_out() -> None:
    texts = ["每年培训不少于四十学时。"]
    assert as_stated("40", texts) == ((Quantity("≥", "40", "学时"),),)
    assert as_stated("40学时", ["别处没有"]) == ((Quantity("", "40", "学时"),),)
    assert as_stated("0学时", texts) == ((Quantity("", "0", "学时"),),), "a cut number is none of the clause's"
    for answer, right in (("不少于40学时", 1), ("不超过40学时", 0), ("40学时", 0), ("不少于40小时", 0)):
        assert quantity_scores(answer, [["40"]], texts) == (1, right), answer


def test_of_two_clauses_either_may_be_stated() -> None:
    texts = ["不少于2次", "至多2次"]
    assert [quantity_scores(answer, [["2次"]], texts)[1] for answer in ("至少2次", "不超过2次", "2次")] == [1, 1, 0]
