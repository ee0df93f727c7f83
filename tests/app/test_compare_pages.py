"""The pages and files of the matrix and of the tables of facts, asked for as a browser does."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import openpyxl
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.compare.facts import TABLES
from app.compare.routes import add_compare_routes
from app.guard import content_policy
from app.material import gather_material
from app.wording import COOKIE
from corpus.load import Corpus, load_corpus
from tests.corpus.make import parsed

_HOSTILE = (
    "第一章　总则\n"
    "第一条　督学由<script>alert(1)</script>聘任，任期不超过3年。（责任单位：=cmd|' /C calc'!A0、＝1+1）\n"
    '第二条　=HYPERLINK("http://x.example","y")约谈{{7*7}}。\n'
    "第三条　@SUM(A1)每年培训不少于40学时，见《=1+1》。\n"
    "第四条　<i>督学</i>于2025年底前完成。\n"
)


def client_of(corpus: Corpus) -> TestClient:
    app = FastAPI()
    made = datetime(2026, 11, 21, 9, 5, tzinfo=UTC)
    add_compare_routes(app, replace(gather_material(corpus), index="f" * 64), lambda: made)
    return TestClient(app, base_url="http://127.0.0.1:7860")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with client_of(load_corpus()) as client:
        yield client


@pytest.fixture(scope="module")
def hostile() -> Iterator[TestClient]:
    document = parsed(_HOSTILE)
    name = replace(document.meta, title='<b>"=某</b>办法', region="=1+1")
    with client_of(Corpus((replace(document, meta=name),))) as client:
        yield client


class _Counter(HTMLParser):
    """Counts elements, and holds the addresses of links."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: dict[str, int] = {}
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def read(html: str) -> _Counter:
    counter = _Counter()
    counter.feed(html)
    return counter


@pytest.mark.parametrize("address", ["/compare", "/compare?view=values", "/facts", *(f"/facts/{n}" for n in TABLES)])
def test_a_page_is_whole_and_asks_nothing_of_others(client: TestClient, address: str) -> None:
    reply = client.get(address)
    assert reply.status_code == 200
    found = read(reply.text)
    assert found.tags["table"] == 1 and found.tags["tr"] > 5
    assert all(link.startswith(("/", "#")) for link in found.links)
    assert "督导问策" in reply.text and 'aria-current="page"' in reply.text


def test_the_matrix_links_each_quote_to_where_it_stands(client: TestClient) -> None:
    html = client.get("/compare?topic=interviews").text
    assert html.count("<tr") == 2
    text = load_corpus().measures["tangshan/15"].text
    match = re.search(r'href="/doc/tangshan\?mark=15:(\d+)-(\d+)#15">([^<]+)<', html)
    assert match and text[int(match[1]) : int(match[2])] == match[3]
    assert "未检出" in html and 'title="唐山市实施方案（原文无标题）第15项">第15项</a>' in html


def test_a_placement_that_does_not_rest_on_the_measures_own_wording_is_said_to_be_in_doubt(client: TestClient) -> None:
    document = parsed("一、督导内容\n（一）安全管理。检查校门。\n（二）作业管理。检查公示。\n")
    titled = replace(document, meta=replace(document.meta, title="关于做好学校督导工作的通知"))
    with client_of(Corpus((titled,))) as other:
        assert other.get("/compare").text.count("归类待核：文件标题") == 2
        book = openpyxl.load_workbook(io.BytesIO(other.get("/compare.xlsx?topic=schools").content))
    assert "（归类待核：文件标题）" in str(book["条文"]["B2"].value)
    assert "归类待核" not in client.get("/compare").text


def test_values_alone_are_shown_with_what_differs_marked(client: TestClient) -> None:
    html = client.get("/compare?view=values&topic=staffing").text
    marked = re.findall(r"<mark[^>]*>.*?</mark>", html.split("<table")[1])
    assert [re.sub("<[^>]*>", "", m) for m in marked] == ["不低於20%", "不低于30%"]


def test_two_places_are_shown_word_by_word(client: TestClient) -> None:
    html = client.get("/compare?view=pair&left=tangshan&right=hainan&topic=interviews").text
    heads = re.findall(r"<th scope=\"col\".*?</th>", html)
    assert [re.sub("<[^>]*>", "", h) for h in heads] == ["专题", "唐山", "海南"]
    assert "<mark>组织部门" not in html and "<mark>組織部門和" in html


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/compare?topic=nothing", 404, "没有所选的专题"),
        ("/compare?place=nowhere", 404, "没有所选的专题"),
        ("/compare?view=pair&left=dazu&right=dazu", 400, "请选两个不同的地区"),
        ("/compare.xlsx?view=pair&left=dazu&right=dazu", 404, "没有所选的专题"),
        ("/compare.csv?topic=nothing", 404, "没有所选的专题"),
        ("/facts/nothing", 404, "没有所选的专题"),
        ("/facts/nothing.csv", 404, "没有所选的专题"),
        ("/facts/units?place=nowhere", 404, "没有所选的专题"),
        ("/facts/units?q=没有这个词", 200, "没有符合的行"),
        ("/compare.xlsx?public=1", 409, "不能导出公开版"),
        ("/facts/cited.csv?public=1", 409, "不能导出公开版"),
        ("/compare.xlsx?public=1&view=pair&left=dazu&right=hainan", 409, "不能导出公开版"),
    ],
)
def test_what_cannot_be_shown_is_said_in_one_sentence(
    client: TestClient, address: str, status: int, sentence: str
) -> None:
    reply = client.get(address)
    assert reply.status_code == status and sentence in reply.text


def test_a_public_export_of_text_that_is_not_internal_is_made(client: TestClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get("/compare.xlsx?public=1&place=hainan&place=weihai").content))
    assert [c.value for c in book.worksheets[0][1]] == ["专题", "海南", "威海经开区"]
    told = [row[0].value for row in book["说明"].rows]
    assert "公开属性（按所引文件中最严的）：未标注" in told


def test_the_workbook_of_the_matrix_has_clauses_and_values_with_links(client: TestClient) -> None:
    reply = client.get("/compare.xlsx")
    assert "filename*=UTF-8''" in reply.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(reply.content))
    assert book.sheetnames == ["条文", "只看数值", "说明"]
    sheet = book["条文"]
    assert sheet.freeze_panes == "B2" and sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "约谈")
    assert row[1].value == "未检出"
    link = row[3].hyperlink
    assert link and str(link.target).startswith("http://127.0.0.1:7860/doc/tangshan?mark=15:")
    assert str(row[3].value).endswith("\n唐山市实施方案（原文无标题）第15项")
    told = [r[0].value for r in book["说明"].rows]
    assert told[1:] == [
        "导出时间：2026-11-21 09:05",
        "索引版本：" + "f" * 12,
        "公开属性（按所引文件中最严的）：此件不公开",
    ]
    topics = {row[0].value for row in sheet.iter_rows(min_row=2)}
    assert len(topics) == 24


def test_values_that_differ_are_filled_in_the_workbook(client: TestClient) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/compare.xlsx").content))["只看数值"]
    filled = {
        str(cell.value).split("\n")[0]
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.fill.fgColor.rgb == "00FFF3CC"
    }
    assert {"專職督學：不低於20%", "专职督学：不低于30%", "退休时间：不超过3年"} <= filled
    assert "学校数：1:5" not in filled
    row = next(row for row in sheet.iter_rows(min_row=2, values_only=True) if row[0] == "约谈")
    assert (row[1], row[3]) == ("未检出", "无数值")


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_a_workbook_and_a_csv_with_the_same_rows(client: TestClient, name: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/facts/{name}.xlsx").content)).worksheets[0]
    reply = client.get(f"/facts/{name}.csv")
    assert reply.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"), newline="")))
    table = rows[: rows.index([])]
    assert len(table) == sheet.max_row
    width = sheet.max_column
    assert table[0][:width] == [cell.value for cell in sheet[1]]
    assert any("http://127.0.0.1:7860/doc/" in field for field in table[1][width:])
    assert [row[0] for row in rows[rows.index([]) + 1 :]][1] == "索引版本：" + "f" * 12


def test_a_table_is_narrowed_by_place_and_search_on_page_and_in_file(client: TestClient) -> None:
    query = "place=hainan&q=省教育厅 约谈"
    assert read(client.get(f"/facts/units?{query}").text).tags["tr"] == 2
    data = client.get(f"/facts/units.csv?{query}").content.decode("utf-8-sig")
    assert "嚴肅約談制度" in data and "秀山" not in data


def test_the_page_speaks_the_language_of_its_reader(client: TestClient) -> None:
    client.cookies.set(COOKIE, "en")
    try:
        assert "Topics by place" in client.get("/compare").text
        assert "Responsible" in client.get("/compare?view=values").text
    finally:
        client.cookies.clear()


@pytest.mark.parametrize("address", ["/compare", "/compare?view=values", *(f"/facts/{name}" for name in TABLES)])
def test_words_of_a_document_are_never_markup(hostile: TestClient, address: str) -> None:
    html = hostile.get(address).text
    assert "<script>alert" not in html and "<b>" not in html and "<i>" not in html and "{{" not in html
    assert read(html).tags["script"] == 1
    assert html.count("&lt;") > 0


def test_words_typed_into_the_search_are_never_markup(client: TestClient) -> None:
    html = client.get('/facts/units?q="><script>alert(1)</script>').text
    assert "<script>alert" not in html and "&lt;script&gt;" in html


@pytest.mark.parametrize("address", ["/compare", *(f"/facts/{name}" for name in TABLES)])
def test_no_cell_of_a_file_is_a_formula(hostile: TestClient, address: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(hostile.get(f"{address}.xlsx").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert cells and all(cell.data_type in ("s", "n", "inlineStr") for cell in cells)
    data = hostile.get(f"{address}.csv").content.decode("utf-8-sig")
    fields = [field for row in csv.reader(io.StringIO(data, newline="")) for field in row]
    assert not [field for field in fields if field.lstrip()[:1] in tuple("=+-@＝＋－＠")]
    assert any(field.startswith("'") for field in fields)


def test_only_a_page_that_is_served_with_a_form_may_send_one(client: TestClient) -> None:
    assert "form-action 'self'" in content_policy(client.get("/compare").content)
    assert "form-action 'none'" in content_policy(b'<form class="why"></form><form action="http://x.example/"></form>')
