"""The tab of evaluation over HTTP: its page, its refusals, and that nothing of it is there where it is not wanted."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.answering import FakeAnswering
from app.evaluation import Draft, FakeEvaluation, Found, Refusal
from app.feedback import ListedFeedback
from app.server import create_app
from corpus.load import load_corpus

CLAUSES = {
    "tangshan/15": Found("tangshan/15", "唐山市", "15.", "对县级政府的约谈"),
    "nowhere/1": Found("nowhere/1", "别处", "1.", "不给看"),
}
DRAFT = {
    "file": "mine", "question": "谁约谈？", "kind": "who", "lang": "zh-Hans", "style": "formal", "group": "",
    "gold": ["tangshan/15"], "nuggets": [["约谈", "面谈"]],
}  # fmt: skip


@pytest.fixture
def evaluation() -> FakeEvaluation:
    return FakeEvaluation(clauses=CLAUSES)


@pytest.fixture
def client(evaluation: FakeEvaluation) -> Iterator[TestClient]:
    app = create_app(FakeAnswering(load_corpus()), ListedFeedback(), evaluation=evaluation)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def order(**fields: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"sets": ["staff"], "split": "all", "config": "dudao", **fields}


def test_without_evaluation_there_is_no_tab() -> None:
    app = create_app(FakeAnswering(load_corpus()), ListedFeedback())
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert client.get("/eval").status_code == 404
        assert 'href=\\"/eval\\"' not in client.get("/config").text


def test_the_tab_stands_beside_the_chat(client: TestClient) -> None:
    assert 'href=\\"/eval\\"' in client.get("/config").text
    reply = client.get("/eval")
    assert reply.status_code == 200
    assert '<a href="/eval" aria-current="page">评测</a>' in reply.text
    assert "区县督导办 <small>199 题</small>" in reply.text
    assert re.findall("<script[^>]*>", reply.text) == ['<script type="module" src="/page/eval.js">']
    assert "script-src 'self';" in reply.headers["content-security-policy"]
    for name in ("eval.js", "eval_new.js", "eval.css"):
        assert client.get(f"/page/{name}").status_code == 200


def test_a_run_is_begun_refused_cancelled_and_gone_on_with(client: TestClient) -> None:
    assert client.post("/eval/start", json=order()).json() == {"refused": ""}
    second = client.post("/eval/start", json=order())
    assert (second.status_code, second.json()) == (409, {"refused": "有一次评测正在进行，请等它做完，或先取消它。"})
    assert client.post("/eval/start", json=order(sets=[])).json() == {"refused": "请至少选一组题目。"}
    (run,) = client.get("/eval/runs").json()["runs"]
    assert (run["state"], run["done"], run["total"], run["correct"]) == ("running", 60, 199, None)
    client.post("/eval/cancel", json={})
    assert client.get("/eval/runs").json()["runs"][0]["state"] == "stopped"
    assert client.post("/eval/resume", json={"name": "run-1"}).json() == {"refused": ""}
    assert client.post("/eval/resume", json={"name": "run-9"}).status_code == 409


def test_a_report_is_a_page_and_a_missing_one_a_sentence(client: TestClient, evaluation: FakeEvaluation) -> None:
    client.post("/eval/start", json=order())
    missing = client.get("/eval/report/run-1")
    assert missing.status_code == 404
    assert "没有这次评测，或它还没有做完。" in missing.text
    evaluation.finish()
    assert "<p>run-0</p>" in client.get("/eval/report/run-1?against=run-0").text
    policy = client.get("/eval/report/run-1").headers["content-security-policy"]
    assert "script-src 'none'" in policy


def test_clauses_of_documents_that_may_not_be_read_are_not_offered(client: TestClient) -> None:
    found = client.post("/eval/clauses", json={"question": "谁约谈？"}).json()["clauses"]
    assert [clause["measure_id"] for clause in found] == ["tangshan/15"]
    assert client.get("/eval/clause/nowhere/1").json() == {"clauses": []}
    assert len(client.get("/eval/clause/tangshan/15").json()["clauses"]) == 1
    empty = client.post("/eval/clauses", json={"question": " "})
    assert (empty.status_code, empty.json()["refused"][:6]) == (409, "请先输入要查")


def test_a_question_is_checked_and_kept(client: TestClient, evaluation: FakeEvaluation) -> None:
    wrong = {**DRAFT, "nuggets": [["<b>"]]}
    assert client.post("/eval/check", json=wrong).json() == {"faults": ["所选条款里没有这个要点：<b>"]}
    refused = client.post("/eval/keep", json=wrong)
    assert (refused.status_code, evaluation.kept) == (409, [])
    assert client.post("/eval/keep", json=DRAFT).json() == {"faults": [], "id": "q001", "file": "mine"}
    assert evaluation.kept == [
        Draft("mine", "谁约谈？", "who", "zh-Hans", "formal", gold=("tangshan/15",), nuggets=(("约谈", "面谈"),))
    ]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/eval/start", {"sets": "staff"}),
        ("/eval/start", {**order(), "out": "/etc"}),
        ("/eval/resume", {"name": "x" * 300}),
        ("/eval/keep", {**DRAFT, "nuggets": [["x"]] * 60}),
    ],
)
def test_what_no_form_sends_is_refused(client: TestClient, path: str, body: dict[str, Any]) -> None:
    assert client.post(path, json=body).status_code == 422


def test_another_site_begins_nothing(client: TestClient, evaluation: FakeEvaluation) -> None:
    reply = client.post("/eval/start", json=order(), headers={"origin": "http://elsewhere.example"})
    assert (reply.status_code, evaluation.made) == (403, [])


class Slow(FakeEvaluation):
    """A report that takes until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.go = threading.Event(), threading.Event()

    def report(self, name: str, against: str, language: str) -> str | Refusal:
        self.asked.set()
        assert self.go.wait(20)
        return "<!doctype html>"


def test_a_report_that_takes_time_holds_nobody_up() -> None:
    slow = Slow()
    app = create_app(FakeAnswering(load_corpus()), ListedFeedback(), evaluation=slow)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        reading = threading.Thread(target=client.get, args=("/eval/report/x",))
        reading.start()
        assert slow.asked.wait(20)
        assert client.get("/healthz").status_code == 200
        slow.go.set()
        reading.join(20)
        assert not reading.is_alive()
