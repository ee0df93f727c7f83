"""A small corpus and answers made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.types import Answer, AnswerPart, Citation, Timing
from corpus.errors import InputError
from corpus.load import Corpus
from corpus.types import CleanText, Measure, Metadata, PolicyDocument
from eval.types import Found, Question, Row

TEXTS = {
    "a/1": "（一）督学按学生1∶1000的比例配备。",
    "a/2": "（二）督学每年培训不少于四十学时。",
    "b/1": "1.由县政府约谈，15个工作日内整改。",
    "b/2": "2.经费占百分之二十。",
}


def small_corpus() -> Corpus:
    return Corpus(tuple(_document(i) for i in ("a", "b")))


def _document(document_id: str) -> PolicyDocument:
    texts = {i: text for i, text in TEXTS.items() if i.startswith(document_id)}
    clean = "".join(texts.values())
    measures, start = [], 0
    for measure_id, text in texts.items():
        measures.append(Measure(measure_id, document_id, "measure", "1.", "标题", (), start, text))
        start += len(text)
    meta = Metadata(document_id, f"{document_id}县", (), "county", "措施", "public", "0" * 64, number="〔2021〕19号")
    return PolicyDocument(meta, CleanText(clean, tuple(range(len(clean))), ()), (), tuple(measures))


def cite(measure_id: str, quote: str) -> Citation:
    start = TEXTS[measure_id].index(quote)
    return Citation(measure_id, f"《{measure_id}》", quote, start, start + len(quote))


def answer(
    question: str = "q",
    citations: Sequence[Citation] = (),
    retrieved: Sequence[str] = (),
    abstained: bool = False,
    confidence: float = 0.9,
    fingerprint: str = "f1",
    nearest: Sequence[Citation] = (),
    total: float = 1.0,
) -> Answer:
    parts = tuple(AnswerPart("quote", c.quote, n) for n, c in enumerate(citations, start=1))
    if abstained:
        parts = (AnswerPart("phrase", "本库文件未见规定。"),)
    return Answer(
        question, parts, abstained, tuple(citations), tuple(nearest), tuple(retrieved),
        Timing(total, 0.5, 0.3, 0.2), fingerprint, None, confidence,
    )  # fmt: skip


def question(id: str = "q1", **fields: Any) -> Question:  # noqa: ANN401
    base: dict[str, Any] = {
        "group": id, "kind": "number", "lang": "zh-Hans", "style": "formal", "question": f"问题{id}", "history": (),
        "gold": ("a/1",), "ok": (), "nuggets": (), "anti": (), "answerable": True,
    }  # fmt: skip
    return Question(id=id, **{**base, **fields})


def row(id: str = "q1", found: Found | None = None, error: str | None = None, **fields: Any) -> Row:  # noqa: ANN401
    asked = {name: fields.pop(name) for name in list(fields) if name in Question.__dataclass_fields__}
    data = {
        "abstained": False, "confidence": 0.9, "citations": [], "retrieved": [], "answer": "",
        "timing_ms": {"total": 1.0}, "index_fingerprint": "f1", **fields,
    }  # fmt: skip
    return Row(question(id, **asked), {} if error else data, found or Found(), error)


class Scripted:
    """Answers from a dict of question text to Answer; an unknown question is refused, narrowed ones abstained on."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.corpus = small_corpus()
        self.answers = answers
        self.asked: list[str] = []

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        self.asked.append(question)
        if question not in self.answers:
            raise InputError(f"refused: {question!r}")
        return answer(question, abstained=True) if policies else self.answers[question]
