"""A corpus in which every word that a page shows is an attack, and an engine that answers from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.answering import FakeAnswering
from app.types import Answer, AnswerPart, Citation
from corpus.load import Corpus, load_corpus
from corpus.types import Heading, Measure, Metadata, PolicyDocument, Span

ATTACKS = (
    "<img src=x onerror=window.hacked=1>",
    "<script>window.hacked=1</script>",
    "[点这里](javascript:window.hacked=1)",
    "![](http://attacker.example/?q=1)",
    "<svg onload=window.hacked=1>",
    "${window.hacked=1} {{constructor}} `window.hacked=1`",
    "$$\\frac{1}{2}$$ \\(x\\)",
    '" onmouseover="window.hacked=1" x="',
    "' autofocus onfocus='window.hacked=1' x='",
    "</textarea></style></title><iframe srcdoc='<script>parent.hacked=1</script>'>",
)
PAYLOAD = "约谈" + " ".join(ATTACKS)
# What none of these may leave behind anywhere on a page of ours.
INJECTED = "img[src='x'], [onerror], [onload], [onmouseover], [onfocus], iframe, math, .katex, [href^='javascript:']"


def hostile_corpus() -> Corpus:
    """Return the five documents with an attack in each field that a page shows."""
    documents = load_corpus().documents
    return Corpus(tuple(_hostile(document, n) for n, document in enumerate(documents)))


def _hostile(document: PolicyDocument, n: int) -> PolicyDocument:
    first = document.measures[1]
    text = f"{PAYLOAD}不少于40学时，占比不低于{n + 20}%，由{ATTACKS[0]}局负责，于2025年底前完成。"
    units = (Span(0, len(PAYLOAD)),)
    changed = replace(
        first, text=text, label="", heading=PAYLOAD, units=units, leads=units, note=None, items=(), references=()
    )
    measures = tuple(changed if m is first else m for m in document.measures)
    return replace(
        document, meta=_meta(document.meta, n), measures=measures, parts=tuple(map(_heading, document.parts))
    )


def _meta(meta: Metadata, n: int) -> Metadata:
    name = f"{n}{PAYLOAD}"
    facts = {"title": name, "region": name, "aliases": (name,), "issuer": name, "number": name, "genre": name}
    standing = {"status": "superseded", "superseded_by": "hainan"} if meta.id == "tangshan" else {}
    return replace(meta, **facts, **standing)  # type: ignore[arg-type]


def _heading(heading: Heading) -> Heading:
    return replace(heading, title=PAYLOAD, sections=tuple(map(_heading, heading.sections)))


class HostileAnswering:
    """Compares the places in a table of attacks; a question with 没有 is abstained on."""

    def __init__(self) -> None:
        self.corpus = hostile_corpus()
        self._fake = FakeAnswering(load_corpus())

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        """See `Answering.ask`."""
        measures = [document.measures[1] for document in self.corpus.documents]
        cited = tuple(_cited(measure) for measure in measures)
        abstained = "没有" in question
        parts = [part for n, _ in enumerate(measures, start=1) for part in _row(n)]
        answer = self._fake.ask("谁负责约谈？")
        return replace(
            answer,
            parts=(AnswerPart("phrase", PAYLOAD),) if abstained else tuple(parts),
            citations=() if abstained else cited,
            nearest=cited if abstained else (),
            abstained=abstained,
            compared=not abstained,
            understood=PAYLOAD,
            index_fingerprint=ATTACKS[0],
        )


def _cited(measure: Measure) -> Citation:
    end = len(PAYLOAD)
    return Citation(measure.id, PAYLOAD, PAYLOAD, 0, end, (PAYLOAD,), PAYLOAD)


def _row(n: int) -> list[AnswerPart]:
    end = AnswerPart("phrase", "\n")
    return [AnswerPart("fact", PAYLOAD), AnswerPart("phrase", "："), AnswerPart("quote", PAYLOAD, n, ((0, 9),)), end]
