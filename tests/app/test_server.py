"""The application over HTTP: routes, headers, caps, and what it refuses to serve on."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app import server
from app.answering import FakeAnswering
from app.conversation import HISTORY_CAP, QUESTION_CAP
from app.feedback import ListedFeedback
from app.guard import BODY_CAP, WIDE_CAP, content_policy
from app.refusals import Refusals
from app.server import address, bind, create_app
from corpus.errors import ServerError
from corpus.load import load_corpus


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = create_app(FakeAnswering(load_corpus()), ListedFeedback())
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def test_healthz(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "documents": 5}


def test_the_page_has_its_title_and_reaches_for_nothing_elsewhere(client: TestClient) -> None:
    reply = client.get("/")
    assert reply.status_code == 200
    assert "督导问策" in reply.text
    policy = reply.headers["content-security-policy"]
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert "http" not in policy and "*" not in policy


def test_the_language_is_settled_before_gradio_starts(client: TestClient) -> None:
    reply = client.get("/")
    first = re.findall("<script[^>]*>", reply.text)[0]
    assert first == '<script src="/page/language.js">'
    assert int(reply.headers["content-length"]) == len(reply.content)
    assert client.head("/").status_code == 200
    assert "language.js" not in client.get("/doc/tangshan").text


@pytest.mark.parametrize("path", ["/", "/doc/tangshan", "/healthz", "/page/chat.css", "/nothing", "/config"])
def test_security_headers_are_on_every_response(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_there_are_no_api_docs(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404 or "swagger" not in reply.text.lower()


def test_a_document_page_runs_our_own_files_alone(client: TestClient) -> None:
    reply = client.get("/doc/hainan", params={"mark": "p1.1:0-8"})
    assert reply.status_code == 200
    assert 'id="p1.1"' in reply.text and "<mark>" in reply.text
    assert re.findall("<script[^>]*>", reply.text) == ['<script type="module" src="/page/doc.js">']
    assert "script-src 'self';" in reply.headers["content-security-policy"]


def test_unknown_documents_and_clauses_are_not_found_in_chinese(client: TestClient) -> None:
    for path in ("/doc/nowhere", "/clause/tangshan/99", "/doc/..%2f..%2fetc", "/page/../server.py"):
        reply = client.get(path)
        assert reply.status_code == 404, path
    assert "没有这份文件" in client.get("/doc/nowhere").text


def test_a_clause_comes_with_its_mark(client: TestClient) -> None:
    reply = client.get("/clause/tangshan/15?mark=12-21")
    assert "<mark>彻落实党的教育方针</mark>" in reply.text


def test_a_hostile_mark_marks_nothing(client: TestClient) -> None:
    reply = client.get("/doc/tangshan", params={"mark": "15:<script>alert(1)</script>"})
    assert reply.status_code == 200
    assert "<script>" not in reply.text and "<mark>" not in reply.text


def test_a_body_over_the_cap_is_refused_before_it_is_read(client: TestClient) -> None:
    big = client.post("/gradio_api/queue/join", content=b"x" * (BODY_CAP + 1))
    assert big.status_code == 413
    chunked = client.post("/gradio_api/queue/join", content=iter([b"x" * BODY_CAP, b"x"]))
    assert chunked.status_code >= 400


def test_a_name_that_is_not_this_machine_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/healthz", headers={"host": "localhost:7860"}).status_code == 200
    assert client.get("/healthz", headers={"host": "[::1]:7860"}).status_code == 200


def test_inline_scripts_run_by_hash_only() -> None:
    policy = content_policy(b"<script>a()</script><script src='/x.js'></script><script data-x>b()</script>")
    assert policy.count("'sha256-") == 2
    assert "script-src 'none'" in content_policy(b"<p>none</p><script src='//elsewhere/x.js'></script>")
    assert "script-src 'self';" in content_policy(b'<script type="module" src="/page/doc.js"></script>')


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org", ""])
def test_other_addresses_are_refused_with_the_reason(host: str) -> None:
    with pytest.raises(ServerError, match="accounts are not built yet"):
        bind(host, 0)


def test_a_port_in_use_is_named_with_the_option() -> None:
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        assert address(taken) == f"http://127.0.0.1:{port}"
        with pytest.raises(ServerError, match=rf"port {port} .*--port"):
            bind("localhost", port)


def test_an_impossible_port_is_refused() -> None:
    with pytest.raises(ServerError, match="--port"):
        bind("127.0.0.1", 70_000)


def test_ipv6_loopback_has_its_address() -> None:
    try:
        listener = bind("::1", 0)
    except ServerError:
        pytest.skip("this machine has no IPv6 loopback")
    with listener:
        assert listener.family == socket.AF_INET6
        assert address(listener).startswith("http://[::1]:")


@pytest.mark.parametrize("origin", ["http://attacker.example", "null", "http://127.0.0.1:8000", "http://[", ""])
def test_another_site_sends_nothing(client: TestClient, origin: str) -> None:
    assert client.post("/clipboard", json={"question": "问"}, headers={"origin": origin}).status_code == 403
    assert client.post("/clipboard", json={"question": "问"}, headers={"origin": "http://127.0.0.1"}).status_code == 409


def test_a_whole_conversation_may_be_longer_but_not_boundless(client: TestClient) -> None:
    assert client.post("/export/md", content=b"x" * (BODY_CAP + 1)).status_code == 422
    assert client.post("/export/md", content=b"x" * (WIDE_CAP + 1)).status_code == 413


def test_a_long_question_after_long_questions_is_let_through() -> None:
    question = "问" * QUESTION_CAP
    sent = json.dumps({"question": question, "history": [question] * HISTORY_CAP}, ensure_ascii=False)
    assert len(sent.encode()) < BODY_CAP


def test_all_that_the_browser_keeps_of_a_conversation_is_let_through() -> None:
    kept = re.search(r"LETTERS = ([\d_]+);", (Path(server.__file__).parent / "page/store.js").read_text())
    assert kept and 3 * int(kept[1]) < WIDE_CAP


PAGE = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/nothing", 404, "这里没有页面"),
        ("/doc/", 404, "这里没有页面"),
        ("/doc/tangshan/x", 404, "这里没有页面"),
        ("/turns", 404, "这里没有页面"),
        ("/gradio_api/file=/etc/passwd", 403, "这里没有页面"),
        ("/compare?view=" + "x" * 300, 422, "网址中有一项读不出来"),
        ("/facts/units.docx", 422, "网址中有一项读不出来"),
        ("/doc/nowhere", 404, "没有这份文件"),
    ],
)
def test_a_reader_is_told_in_a_sentence_what_is_no_page(
    client: TestClient, path: str, status: int, sentence: str
) -> None:
    reply = client.get(path, headers=PAGE)
    assert reply.status_code == status
    assert sentence in reply.text and '<a href="/">' in reply.text and "detail" not in reply.text
    assert "default-src 'none'" in reply.headers["content-security-policy"]


def test_scripts_get_their_answers_as_they_are(client: TestClient) -> None:
    assert client.get("/nothing").json() == {"detail": "Not Found"}
    assert client.post("/turns", json={}, headers=PAGE).headers["content-type"] == "application/json"


def test_a_page_that_breaks_is_a_sentence_too(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    reply = TestClient(Refusals(broken)).get("/doc/tangshan", headers=PAGE | {"cookie": "dudao_language=en"})
    assert reply.status_code == 500 and "cannot be used" in reply.text and "secret" not in reply.text
    assert "secret detail" in caplog.text
