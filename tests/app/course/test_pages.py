"""The pages of courses over HTTP: what they show, keep, refuse and give to download."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.answering import FakeAnswering
from app.course.files import KINDS
from app.course.store import ListedCourses
from app.feedback import ListedFeedback
from app.server import create_app
from corpus.load import Corpus

HOSTILE = "<script>alert(1)</script>&\"' {{x}} `y`"


@pytest.fixture(scope="module")
def courses() -> ListedCourses:
    return ListedCourses()


@pytest.fixture(scope="module")
def client(corpus: Corpus, courses: ListedCourses) -> Iterator[TestClient]:
    app = create_app(FakeAnswering(corpus), ListedFeedback(), courses=courses)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture(autouse=True)
def empty(courses: ListedCourses) -> None:
    courses.held.clear()


def body(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    given = {
        "name": "约谈专题",
        "topics": ["interviews", "notices"],
        "places": ["hainan", "tangshan", "xiushan"],
        "size": 12,
    }
    return {**given, **changes}


def saved(client: TestClient, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    reply = client.post("/course/save", json=body(**changes))
    assert reply.status_code == 200, reply.text
    row: dict[str, Any] = reply.json()
    return row


def test_a_course_is_saved_opened_copied_and_deleted(client: TestClient, courses: ListedCourses) -> None:
    assert "还没有保存的课程" in client.get("/course").text
    kept = saved(client, notes={"interviews": "注"})
    assert kept["labels"]["hainan"] == "海南省实施方案" and kept["version"] == 1
    page = client.get(f"/course/{kept['id']}").text
    state = json.loads(html.unescape(re.search(r'data-course="([^"]*)"', page)[1]))  # type: ignore[index]
    assert state == kept
    copied = client.post(f"/course/{kept['id']}/copy").json()
    assert (
        copied["id"] != kept["id"] and copied["name"] == "约谈专题 （副本）" and copied["notes"] == {"interviews": "注"}
    )
    assert len(courses.held) == 2
    assert client.post(f"/course/{kept['id']}/delete").json() == {"deleted": kept["id"]}
    assert client.get(f"/course/{kept['id']}").status_code == 404
    listed = client.get("/course").text
    assert "约谈专题 （副本）" in listed and "2 个专题，3 个地区" in listed


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "请填写课程名称。"),
        ({"notes": {"interviews": "注" * 100_000}}, "这条笔记有 100000 字，最多保存 20000 字，请删减后再保存。"),
        ({"size": 9999}, "题数须在 1 到 500 之间，卷号须在 0 到 999999 之间。"),
        ({"id": "nothing"}, "没有这门课程，可能已被删除。"),
    ],
)
def test_what_is_refused_gets_one_plain_sentence(client: TestClient, change: dict[str, Any], sentence: str) -> None:
    reply = client.post("/course/save", json=body(**change))
    assert reply.status_code in (400, 404)
    assert reply.json() == {"error": sentence}


def test_a_course_changed_elsewhere_is_said_so(client: TestClient) -> None:
    kept = saved(client)
    saved(client, id=kept["id"], version=1, name="他人所改")
    reply = client.post("/course/save", json=body(id=kept["id"], version=1))
    assert reply.status_code == 409 and reply.json()["error"] == "这门课程已在别处修改，请重新打开后再改。"


def test_the_sentence_is_in_the_page_s_language(client: TestClient) -> None:
    client.cookies.set("dudao_language", "en")
    try:
        assert client.post("/course/save", json=body(name="")).json() == {"error": "Give the course a name."}
    finally:
        client.cookies.clear()


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_is_made_with_its_name_and_type(client: TestClient, kind: str) -> None:
    kept = saved(client)
    reply = client.get(f"/course/{kept['id']}/file/{kind}")
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith(KINDS[kind].media.split(";")[0])
    assert KINDS[kind].suffix in reply.headers["content-disposition"]
    if KINDS[kind].suffix in (".docx", ".pptx", ".xlsx"):
        assert zipfile.ZipFile(io.BytesIO(reply.content)).testzip() is None
    else:
        assert len(reply.content.decode("utf-8")) > 2000


def test_a_file_of_nothing_chosen_is_refused(client: TestClient) -> None:
    kept = saved(client, topics=[], places=[])
    reply = client.get(f"/course/{kept['id']}/file/handout")
    assert reply.status_code == 400 and reply.json() == {"error": "请至少选择一个专题和一个地区。"}


def test_a_public_file_of_an_internal_text_is_refused(client: TestClient) -> None:
    kept = saved(client, places=["dazu", "hainan"], topics=["governments"])
    reply = client.get(f"/course/{kept['id']}/file/slides?public=true")
    assert reply.status_code == 400
    assert reply.json()["error"].startswith("大足区的文件注明不公开，不能用于公开发布")
    assert client.get(f"/course/{kept['id']}/file/slides?public=false").status_code == 200


def test_a_document_removed_after_the_course_was_made(client: TestClient, courses: ListedCourses) -> None:
    """The course opens and names it; exports leave it out and say so."""
    kept = saved(client)
    held = courses.held[kept["id"]]
    courses.held[kept["id"]] = type(held)(
        held.id, held.name, held.topics, ("oldtown", *held.places), (("oldtown", "旧城区实施方案"), *held.labels),
        (), 1, 12, held.version, held.changed,
    )  # fmt: skip
    page = client.get(f"/course/{kept['id']}").text
    assert "下列内容已不在文件库中，导出时不收入：旧城区实施方案" in page
    made = client.get(f"/course/{kept['id']}/file/handout")
    text = zipfile.ZipFile(io.BytesIO(made.content)).read("word/document.xml").decode()
    assert "旧城区实施方案" in text and "海南省" in text
    again = client.post("/course/save", json=body(id=kept["id"], version=kept["version"], places=["oldtown", "hainan"]))
    assert again.json()["labels"]["oldtown"] == "旧城区实施方案", "its name is not lost when the course is saved again"


def test_the_clauses_of_a_topic_are_shown_place_by_place(client: TestClient) -> None:
    shown = client.get("/course/clauses/interviews?places=tangshan,dazu").text
    assert "对县级政府的约谈" in shown and "文件中未检出专门规定" in shown
    assert re.search(r'href="/doc/tangshan\?mark=15:\d+-\d+#15"', shown)
    assert client.get("/course/clauses/interviews?places=").status_code == 400
    assert client.get("/course/clauses/nothing?places=hainan").status_code == 400


def test_words_of_users_are_escaped_everywhere(client: TestClient) -> None:
    kept = saved(client, name=HOSTILE, notes={"interviews": HOSTILE})
    for address in ("/course", f"/course/{kept['id']}", f"/course/{kept['id']}/quiz"):
        text = client.get(address).text
        assert "<script>alert" not in text and "{{x}}" not in text
    refused = client.get(f"/course/clauses/{HOSTILE.replace('/', '')}?places=hainan").text
    assert "<script>" not in refused


@pytest.mark.parametrize("address", ["/course", "/course/new"])
def test_pages_run_their_own_scripts_alone(client: TestClient, address: str) -> None:
    reply = client.get(address)
    assert reply.status_code == 200
    policy = reply.headers["content-security-policy"]
    assert "script-src 'self';" in policy and "http" not in policy
    assert not re.search(r"https?://", reply.text)
    assert 'aria-current="page">备课</a>' in reply.text


def test_the_quiz_page_holds_what_it_marks_with_and_keeps_nothing(client: TestClient, courses: ListedCourses) -> None:
    kept = saved(client)
    page = client.get(f"/course/{kept['id']}/quiz").text
    cards = [json.loads(html.unescape(found)) for found in re.findall(r'data-question="([^"]*)"', page)]
    assert len(cards) == 12
    assert all(card["key"] and card["reason"] and card["citations"] for card in cards)
    assert "作答只留在本页" in page and 'action="' not in page
    assert client.get(f"/course/{kept['id']}/quiz").text.count("data-question") == 12
    assert courses.held[kept["id"]].version == 1


def test_a_quiz_of_nothing_is_a_sentence(client: TestClient) -> None:
    kept = saved(client, topics=[])
    reply = client.get(f"/course/{kept['id']}/quiz")
    assert reply.status_code == 400 and "请至少选择一个专题和一个地区。" in reply.text


def test_a_file_of_courses_that_fails_is_a_sentence(corpus: Corpus) -> None:
    app = create_app(FakeAnswering(corpus), ListedFeedback(), courses=ListedCourses(failing=True))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert client.get("/course").status_code == 503
        reply = client.post("/course/save", json=body())
        assert reply.status_code == 503 and reply.json()["error"].startswith("课程暂时不能读取或保存")


def test_an_unknown_field_or_kind_is_refused(client: TestClient) -> None:
    assert client.post("/course/save", json=body(owner="x")).status_code == 422
    kept = saved(client)
    assert client.get(f"/course/{kept['id']}/file/exe").json() == {"error": "没有这种格式的文件。"}
