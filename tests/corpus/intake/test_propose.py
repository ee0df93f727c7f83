"""What a text states of itself: the five documents as hand-set, and document kinds written for the test."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from corpus.clean import clean_text
from corpus.intake.pdf import read_pdf
from corpus.intake.propose import Proposed, propose
from corpus.intake.region import RegionFinder
from corpus.intake.types import FileKind
from corpus.load import DEFAULT_ROOT, Corpus, load_corpus, read_raw
from corpus.places import load_gazetteer
from tests.corpus.intake.draw_pdf import draw_pdf, width
from tests.corpus.intake.typeset import styled, typeset

ISSUERS_IN_THE_TEXT = {"xiushan", "hainan", "dazu"}  # weihai and tangshan are not signed


@pytest.fixture(scope="module")
def regions() -> RegionFinder:
    return RegionFinder(load_gazetteer())


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def read(regions: RegionFinder, text: str, margins: tuple[str, ...] = (), kind: FileKind = "txt") -> Proposed:
    return propose(text, clean_text(text), margins, kind, regions)


def values(found: Proposed) -> dict[str, object]:
    """The values alone; of the region its name and level."""
    out: dict[str, object] = {}
    for name in ("title", "issuer", "number", "date", "genre", "access", "status"):
        value = getattr(found, name)
        out[name] = value.value if value else None
    region = found.region.value if found.region else None
    return out | {"region": region.name if region else None, "level": region.level if region else None}


@pytest.mark.parametrize("document", ["xiushan", "tangshan", "hainan", "weihai", "dazu"])
def test_the_five_documents_as_hand_set(regions: RegionFinder, corpus: Corpus, document: str) -> None:
    meta = corpus.by_id[document].meta
    found = read(regions, read_raw(DEFAULT_ROOT, document))
    hand = {
        name: getattr(meta, name)
        for name in ("title", "issuer", "number", "date", "genre", "access", "status", "region", "level")
    }
    assert values(found) == hand


@pytest.mark.integration
@pytest.mark.parametrize("document", ["hainan", "dazu"])
def test_the_same_from_printed_pages(regions: RegionFinder, corpus: Corpus, tmp_path: Path, document: str) -> None:
    sheets = typeset(list(styled(read_raw(DEFAULT_ROOT, document))), width)
    text = read_pdf(draw_pdf(tmp_path / "a.pdf", sheets))
    assert len(text.margins) == len(sheets), "page numbers are margins"
    found = propose(text.text, clean_text(text.text), text.margins, text.kind, regions)
    meta = corpus.by_id[document].meta
    for name, value in values(found).items():
        assert value == getattr(meta, name), name


@pytest.mark.parametrize("document", ["xiushan", "tangshan", "hainan", "dazu"])
def test_aliases_are_among_the_hand_set_ones(regions: RegionFinder, corpus: Corpus, document: str) -> None:
    region = read(regions, read_raw(DEFAULT_ROOT, document)).region
    assert region and len(region.value.aliases) >= 2
    assert set(region.value.aliases) <= {*corpus.by_id[document].meta.aliases, corpus.by_id[document].meta.region}


@pytest.mark.parametrize("document", ["xiushan", "tangshan", "hainan", "weihai", "dazu"])
def test_every_wording_stands_where_it_is_said_to(regions: RegionFinder, document: str) -> None:
    raw = read_raw(DEFAULT_ROOT, document)
    text = clean_text(raw).text
    found = read(regions, raw)
    for name in ("title", "issuer", "number", "date", "region", "genre", "access"):
        value = getattr(found, name)
        if value and value.start is not None:
            assert text[value.start :].startswith(value.quote), name


ORDER = """中华人民共和国国务院令
第624号
《教育督导条例》已经2012年8月29日国务院第215次常务会议通过，现予公布，自2012年10月1日起施行。
总　理
2012年9月9日
教育督导条例
第一章　总则
第一条　为了保证教育法律的贯彻执行，制定本条例。
第二条　本条例适用于教育督导。
"""
PROMULGATED = """教育督导条例
（2012年8月29日国务院第215次常务会议通过　2012年9月9日中华人民共和国国务院令第624号公布　自2012年10月1日起施行）
第一章　总则
第一条　为了保证教育法律的贯彻执行，制定本条例。
"""
NOTICE = """丽水市教育局文件
丽教督[2022]3号
丽水市教育局
关于做好2022年责任督学挂牌督导工作的通知
各县（市、区）教育局，各直属学校：
为做好工作，现通知如下。
一、总体要求
按照《关于某事的意见》（教督〔2016〕1号）要求办理，自2022年4月1日起施行。
附件：1.登记表
丽水市教育局
二〇二二年三月十五日
（此件主动公开）
抄送：市政府办公室。
丽水市教育局办公室                2022年3月18日印发
"""
DRAFT = """丽水市督学管理办法
（征求意见稿）
第一条　为规范督学管理，结合我市实际，制定本办法。
第二条　本办法所称督学，是指受聘任的人员。
"""
WEB = """索引号：A01/2021-001    发文字号：浙教督〔2021〕7号
发布机构：浙江省教育厅    成文日期：2021-05-06    有效性：废止
浙江省教育厅关于印发《浙江省中小学校责任督学挂牌督导规程》的通知
各市、县（市、区）教育局：
现将《浙江省中小学校责任督学挂牌督导规程》印发给你们，请遵照执行。
浙江省教育厅
2021年5月6日
浙江省中小学校责任督学挂牌督导规程
第一条 为了规范，制定本规程。
第二条 责任督学由教育督导机构聘任。
"""
REPEALING = """北京市人民政府教育督导室关于废止《督学聘任暂行办法》的决定
京政教督〔2020〕第5号
经研究，决定废止《督学聘任暂行办法》（京教督〔2009〕8号）。
北京市人民政府教育督导室
2020年12月01日
"""
JOINT = """中共景宁畲族自治县委办公室
景宁畲族自治县人民政府办公室
关于加强教育督导工作的实施意见
景委办〔2019〕4号
各乡镇：
提出如下意见。
一、目标
到2020年完成。
"""
TRADITIONAL = """大足教發〔２０２１〕２０號
重慶市大足區教育委員會
關於印發２０２１年教育督導工作要點的通知
各直屬單位：
現將《２０２１年教育督導工作要點》印發給你們。
重慶市大足區教育委員會
２０２１年３月１５日
（此件不公開）
２０２１年教育督導工作要點
一、加強領導
"""
CASES: dict[str, tuple[str, dict[str, object]]] = {
    "an order with a regulation": (
        ORDER,
        {
            "title": "教育督导条例", "issuer": "国务院", "number": "中华人民共和国国务院令第624号",
            "date": datetime.date(2012, 9, 9), "region": "全国", "level": "nation", "genre": "条例",
        },
    ),
    "a regulation with the note of promulgation": (
        PROMULGATED,
        {
            "title": "教育督导条例", "issuer": "国务院", "number": "中华人民共和国国务院令第624号",
            "date": datetime.date(2012, 9, 9), "region": "全国", "level": "nation", "genre": "条例",
        },
    ),
    "a notice with its own clauses": (
        NOTICE,
        {
            "title": "丽水市教育局关于做好2022年责任督学挂牌督导工作的通知", "issuer": "丽水市教育局",
            "number": "丽教督〔2022〕3号", "date": datetime.date(2022, 3, 15), "region": "丽水市", "level": "city",
            "genre": "通知", "access": "public",
        },
    ),
    "a draft": (
        DRAFT,
        {
            "title": "丽水市督学管理办法（征求意见稿）", "region": "丽水市", "level": "city", "genre": "管理办法",
            "status": "draft",
        },
    ),
    "a page that says it is repealed": (
        WEB,
        {
            "title": "浙江省中小学校责任督学挂牌督导规程", "issuer": "浙江省教育厅", "number": "浙教督〔2021〕7号",
            "date": datetime.date(2021, 5, 6), "region": "浙江省", "level": "province", "genre": "规程",
            "status": "repealed",
        },
    ),
    "a decision that repeals another": (
        REPEALING,
        {
            "title": "北京市人民政府教育督导室关于废止《督学聘任暂行办法》的决定",
            "issuer": "北京市人民政府教育督导室",
            "number": "京政教督〔2020〕第5号", "date": datetime.date(2020, 12, 1), "region": "北京市",
            "level": "province", "genre": "决定", "status": "in force",
        },
    ),
    "two issuers": (
        JOINT,
        {
            "title": "中共景宁畲族自治县委办公室 景宁畲族自治县人民政府办公室关于加强教育督导工作的实施意见",
            "issuer": "中共景宁畲族自治县委办公室 景宁畲族自治县人民政府办公室", "number": "景委办〔2019〕4号",
            "region": "景宁畲族自治县", "level": "county", "genre": "实施意见",
        },
    ),
    "traditional and full-width": (
        TRADITIONAL,
        {
            "title": "２０２１年教育督導工作要點", "issuer": "重慶市大足區教育委員會",
            "number": "大足教發〔2021〕20號",
            "date": datetime.date(2021, 3, 15), "region": "重庆市大足区", "level": "district", "genre": "工作要点",
            "access": "internal",
        },
    ),
    "nothing but prose": ("督学要经常到学校去。\n学校要配合督学。\n", {}),
}  # fmt: skip
NOTHING = dict.fromkeys(("title", "issuer", "number", "date", "genre", "region", "level")) | {
    "access": "unmarked", "status": "in force",
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_document_kinds(regions: RegionFinder, name: str) -> None:
    text, stated = CASES[name]
    assert values(read(regions, text)) == {**NOTHING, **stated}


BODY = "丽水市教育督导工作要点\n一、加强领导\n各地要重视。\n"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("二〇二一年三月十五日", (2021, 3, 15)), ("二○二一年三月十五日", (2021, 3, 15)), ("二О二一年十二月三十一日",
        (2021, 12, 31)),
        ("２０２１年３月１５日", (2021, 3, 15)), ("2021 年 3 月 5 日", (2021, 3, 5)), ("二〇二二年十月二十日",
        (2022, 10, 20)),
        ("2021年13月45日", None), ("2021年2月30日", None), ("2021年3月", None), ("2021年3月15日至4月15日", None),
    ],
)  # fmt: skip
def test_dates_of_signature(regions: RegionFinder, line: str, date: tuple[int, int, int] | None) -> None:
    found = read(regions, f"丽水市教育局\n{line}\n{BODY}").date
    assert (found.value if found else None) == (datetime.date(*date) if date else None)


def test_the_signature_goes_before_the_printing_note(regions: RegionFinder) -> None:
    printed = "丽水市教育局办公室 2021年3月18日印发\n"
    found = read(regions, f"{BODY}{printed}")
    assert found.date and found.date.value == datetime.date(2021, 3, 18)
    found = read(regions, f"{BODY}丽水市教育局\n2021年3月15日\n{printed}")
    assert found.date and found.date.value == datetime.date(2021, 3, 15)


@pytest.mark.parametrize(
    ("wording", "number"),
    [
        ("丽教督〔2021〕20号", "丽教督〔2021〕20号"), ("丽教督［2021］20号", "丽教督〔2021〕20号"),
        ("丽教督(2021)20号", "丽教督〔2021〕20号"), ("丽教督【2021】20 号", "丽教督〔2021〕20号"),
        ("丽教督〔2021〕20号    签发人：张三", "丽教督〔2021〕20号"), ("发文字号：丽教督〔2021〕20号",
        "丽教督〔2021〕20号"),
        ("文号\t丽教督〔2021〕20号\t公开属性\t主动公开", "丽教督〔2021〕20号"),
        ("根据《意见》（厅字〔2020〕1号）等文件，制定本要点。", None), ("《某意见》（厅字〔2020〕1号）", None),
        ("1.《某意见》（厅字〔2020〕1号）", None), ("丽教督2021年20号", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["head", "margin", "end"])
def test_numbers(regions: RegionFinder, wording: str, number: str | None, place: str) -> None:
    text = {"head": f"{wording}\n{BODY}", "margin": BODY, "end": f"{BODY}{wording}\n"}[place]
    found = read(regions, text, (wording,) if place == "margin" else ()).number
    assert (found.value if found else None) == number
    if found:
        assert (found.start is None) == (place == "margin")


@pytest.mark.parametrize(
    ("issuer", "region", "level"),
    [
        ("重庆市大足区教育委员会", "重庆市大足区", "district"), ("中共海南省委办公厅", "海南省", "province"),
        ("凉山州人民政府", "凉山彝族自治州", "city"), ("中共秀山县委办公室", "秀山土家族苗族自治县", "county"),
        ("上海市浦东新区教育局", "上海市浦东新区", "district"), ("威海经济技术开发区管理委员会", "威海经济技术开发区",
        "zone"),
        ("海南省洋浦经济开发区管理委员会", "海南省洋浦经济开发区", "zone"), ("昆山市教育局", "昆山市", "county"),
        ("新疆维吾尔自治区教育厅", "新疆维吾尔自治区", "province"), ("教育部办公厅", "全国", "nation"),
        ("国务院教育督导委员会办公室", "全国", "nation"), ("北京师范大学", None, None), ("某某镇人民政府", None, None),
    ],
)  # fmt: skip
def test_regions_of_issuers(regions: RegionFinder, issuer: str, region: str | None, level: str | None) -> None:
    found = regions.of_issuer(issuer)
    assert (found.name if found else None, found.level if found else None) == (region, level)


def test_a_region_given_by_name(regions: RegionFinder) -> None:
    assert regions.named("全国").level == "nation"
    assert (regions.named("丽水").name, regions.named("丽水市").level) == ("丽水市", "city")
    assert (regions.named("某新设镇").name, regions.named("某新设镇").level) == ("某新设镇", "")
    assert regions.named("平湖新县").aliases == ("平湖新",)
    assert regions.named("教育局").aliases == ()


def test_the_menu_of_a_site_is_no_mark(regions: RegionFinder) -> None:
    menu = ("首页", "政府信息公开", "主动公开", "依申请公开")
    assert read(regions, BODY, menu, "html").access.value == "unmarked"
    assert read(regions, BODY, menu, "pdf").access.value == "internal"
    assert read(regions, BODY, (*menu, "（此件不公开）"), "html").access.value == "internal"
    assert read(regions, BODY, (*menu, "公开属性：主动公开"), "html").access.value == "public"
    assert read(regions, BODY, (*menu, "文号\t无\t公开方式\t主动公开"), "html").access.value == "public"


def test_a_mark_in_the_margin_counts(regions: RegionFinder) -> None:
    found = read(regions, "（此件公开发布）\n" + BODY, ("秘密★1年",), "pdf").access
    assert (found.value, found.start, found.quote) == ("internal", None, "秘密★1年")


@pytest.mark.parametrize(
    "caption",
    ["通知公告", "政策文件", "2021年5月6日", "丽水市教育局文件", "丽教督〔2021〕2号", "机密★1年", "各直属学校："],
)
def test_what_stands_above_a_title_is_not_in_it(regions: RegionFinder, caption: str) -> None:
    title = read(regions, f"{caption}\n{BODY}").title
    assert title and title.value == "丽水市教育督导工作要点"


def test_a_title_over_three_lines(regions: RegionFinder) -> None:
    text = "丽水市教育局\n关于进一步深化新时代教育督导体制机制\n改革的实施意见\n一、加强领导\n"
    title = read(regions, text).title
    assert title and title.value == "丽水市教育局关于进一步深化新时代教育督导体制机制改革的实施意见"
    assert title.quote == text.rsplit("\n", 2)[0]


def test_a_remark_below_a_title_belongs_to_it(regions: RegionFinder) -> None:
    named = "丽水市督学管理办法（试行）"
    for printed in ("丽水市督学管理办法（试行）", "丽水市督学管理办法\n（试行）", "丽水市督学\n管理办法\n（试行）"):
        text = (
            f"丽水市教育局\n关于印发《{named}》的通知\n各县教育局：\n现印发给你们。\n{printed}\n第一条 督学要入校。\n"
        )
        title = read(regions, text).title
        assert title and (title.value, title.quote) == (named, printed)


def test_an_issued_text_that_is_not_there_leaves_the_notice(regions: RegionFinder) -> None:
    text = (
        "丽水市教育局关于印发《丽水市督学管理办法》的通知\n各县教育局：\n现印发给你们。\n丽水市教育局\n2021年3月15日\n"
    )
    title = read(regions, text).title
    assert title and title.value == "丽水市教育局关于印发《丽水市督学管理办法》的通知"


def test_hostile_lines_end() -> None:
    regions = RegionFinder(load_gazetteer())
    for text in (
        "（" * 300_000,
        "关于" * 150_000,
        "二" * 300_000,
        "市" * 300_000,
        "号〔2021〕" * 40_000,
        " 公 开 " * 60_000,
    ):
        assert values(read(regions, f"题\n{text}\n")) == NOTHING
