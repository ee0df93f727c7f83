"""Access labels: marks count, prose does not, and what is in doubt is not public."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from corpus.intake.access import find_access, read_access
from corpus.load import DEFAULT_ROOT, load_corpus, read_raw
from corpus.types import Access

PROSE = "为进一步加强教育督导工作，结合我市实际，制定本办法。\n一、总体要求\n（一）督导报告应向社会公布，接受监督。\n"
PUBLIC = (
    "此件公开发布", "（此件公开发布）", "(此件公開發布)", "（此件主动公开）", "主动公开", "【此件主动公开】",
    "（此件　公开　发布）", "公开属性：主动公开", "公開屬性：主動公開", "信息公开属性: 主动公开", "公开方式：公开",
    "公开范围：面向全社会", "是否公开：是", "是否主动公开：是", "主动公开：是", "2021年4月15日（此件公开发布）",
    "大足教发〔2021〕20号    主动公开", "索引号：A01  公开属性：主动公开  发布日期：2021-03-15",
    "公开属性：☑主动公开 □依申请公开 □不予公开", "公开方式：主动公开√ 依申请公开□", "此件可向社会公开",
    "（联系人：张三，此件公开发布）", "（此件\n公开发布）", "此 件 公 开 发 布", "公开类别：主动公开 | 文号：1",
    "索引号\tA01\t公开属性\t主动公开", "公开方式\t主动公开\n",
)  # fmt: skip
INTERNAL = (
    "此件不公开", "（此件不公开）", "（此件 不 公开）", "此件　不　公　开", "（此件不予公开）", "不予公开",
    "（此件依申请公开）", "依申请公开", "按申请公开", "公开属性：依申请公开", "公開屬性：不予公開",
    "公开方式：不公开", "内部资料", "內部資料", "内部使用", "内部", "（内部文件）", "内部资料  注意保存",
    "内部资料，请勿外传", "仅供内部参考", "仅限系统内部使用", "仅供督导系统内使用", "注意保密", "严禁外传", "秘密",
    "机密★3年", "機密★１年", "绝密", "秘密★", "密级：秘密", "密级：内部", "秘密★1年    特急    签发人：张三",
    "此件发至县级", "此件不宜公开", "此件暂不公开", "此件不对外公开", "此件不得向社会公开", "此件免予公开",
    "此件删减后公开", "不公开发布", "此件不公开发布", "此件不主动公开", "此件原则上不公开，确需公开的须经批准",
    "是否公开：否", "是否主动公开：否", "公开：否", "公开范围：系统内部", "公开属性：□主动公开 ☑依申请公开 □不予公开",
    "公开方式：主动公开□ 依申请公开√", "□主动公开 √不予公开", "（此件\n不公开）", "（联系人：张三；此件不公开）",
    "本件不公开。", "公开属性：主动公开 依申请公开 不予公开", "不予\n主动公开", "“此件不公开”",
    "公开属性\t依申请公开\t文号\t无",
)  # fmt: skip
UNMARKED = (
    "督导报告应主动公开", "督导报告应主动公开。", "督导结果要依法主动公开，接受社会监督。", "（三）主动公开督导报告",
    "凡文末注有“此件不公开”的，按内部文件管理。", "附注应写明“（此件公开发布）”。",
    "各单位应当在文末注明（此件公开发布）", "关于加强学校内部管理的意见", "3.健全内部治理结构", "建立内部控制制度",
    "一、主动公开", "1.依申请公开的办理", "《某市教育局政府信息依申请公开工作办法》",
    "涉及国家秘密的，按有关规定执行。", "公开属性：", "公开属性：未定",
    "公开属性：主动公开/依申请公开/不公开（择一）", "密级：无", "密级：公开",
    "公开方式：□主动公开 □依申请公开 □不予公开", "此件不\n公开发布", "此件公", "开展区域内交流", "● 主动公开督导报告",
    "■ 主动公开和依申请公开工作", "3.公开方式：主动公开。", "转载", "保密", "非公开发行", "要公开发布年度报告",
    "公开、公平、公正", "校务公开", "信息公开",
)  # fmt: skip
CASES = [(t, "public") for t in PUBLIC] + [(t, "internal") for t in INTERNAL] + [(t, "unmarked") for t in UNMARKED]
AMBIGUOUS = {"公开属性：主动公开/依申请公开/不公开（择一）", "此件不\n公开发布"}


@pytest.mark.parametrize(("mark", "label"), CASES)
@pytest.mark.parametrize("around", ["{}", PROSE + "{}\n" + PROSE, "{}\n" + PROSE, PROSE + "{}"])
def test_the_table_of_marks(mark: str, label: Access, around: str) -> None:
    text = around.format(mark)
    found = read_access(text)
    if mark in AMBIGUOUS:
        assert found != "public"
        return
    assert found == label
    for each in find_access(text):
        assert text[each.start :].startswith(each.text)


def test_the_five_documents_keep_their_labels() -> None:
    for document in load_corpus().documents:
        assert read_access(read_raw(DEFAULT_ROOT, document.meta.id)) == document.meta.access, document.meta.id
        assert read_access(document.clean.text) == document.meta.access, document.meta.id


@pytest.mark.parametrize("first", PUBLIC)
@pytest.mark.parametrize("second", ["（此件不公开）", "公开属性：依申请公开", "秘密★1年", "内部资料"])
def test_of_two_marks_the_stricter_holds(first: str, second: str) -> None:
    assert read_access(f"{first}\n{PROSE}{second}") == "internal"
    assert read_access(f"{second}\n{PROSE}{first}") == "internal"


def test_a_bare_word_deep_in_a_text_is_a_heading() -> None:
    body = "\n".join(f"第{n}条 应当公开。" for n in range(40))
    assert read_access(f"{body}\n主动公开\n{body}") == "unmarked"
    assert read_access(f"{body}\n（此件主动公开）\n{body}") == "public"


def test_an_empty_text_is_unmarked() -> None:
    assert (read_access(""), read_access(" \n\u3000\n")) == ("unmarked", "unmarked")


def test_a_megabyte_of_brackets_ends() -> None:
    assert read_access("（" * 500_000 + "“" * 500_000) == "unmarked"


_TO_TAIWAN = OpenCC("s2t")
_FULL = {chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)}


@st.composite
def _typeset(draw: st.DrawFn, marks: tuple[str, ...]) -> str:
    """A mark as typesetting may leave it: traditional, full-width, spaced."""
    mark = draw(st.sampled_from(marks))
    if draw(st.booleans()):
        mark = _TO_TAIWAN.convert(mark)
    if draw(st.booleans()):
        mark = "".join(_FULL.get(c, c) for c in mark)
    gap = draw(st.sampled_from(["", " ", "\u3000"]))
    return gap.join(mark)


_lines = st.lists(st.sampled_from([*PROSE.splitlines(), "", *UNMARKED, *PUBLIC]), max_size=8)


@given(before=_lines, mark=_typeset(INTERNAL), after=_lines)
def test_never_public_where_an_internal_mark_stands(before: list[str], mark: str, after: list[str]) -> None:
    assert read_access("\n".join([*before, mark, *after])) == "internal"


@given(before=_lines, after=_lines)
def test_never_public_without_a_public_mark(before: list[str], after: list[str]) -> None:
    lines = [line for line in (*before, *after) if line not in PUBLIC]
    if not AMBIGUOUS & set(lines):
        assert read_access("\n".join(lines)) == "unmarked"


@given(st.text(alphabet="此件不予主动公开发布内部秘密（）()：:“”《》☑□ \n\u3000，。依申请", max_size=80))
def test_any_text_gets_one_label_and_marks_that_stand_in_it(text: str) -> None:
    marks = find_access(text)
    assert all(text[m.start :].startswith(m.text) for m in marks)
    assert (read_access(text) == "unmarked") == (not marks)
