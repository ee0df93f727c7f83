"""What one answer to one question is worth."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import fields

from app.types import Answer, AnswerPart, Citation
from corpus.load import Corpus
from corpus.script import fold
from corpus.types import Metadata
from eval.metrics import citation_scores, first_rank
from eval.normalise import holds, without_marks
from eval.quantity import quantity_scores
from eval.retrieval import retrieval_figures
from eval.types import Found, Question


def score(
    question: Question,
    answer: Answer,
    corpus: Corpus,
    facts: Collection[str],
    policies: Sequence[str] = (),
    cold: bool = False,
) -> Found:
    """Score an answer against its question and the corpus.

    facts: what `stated_facts` returns for the corpus.
    policies: the document ids that the question was narrowed to; empty means all.
    An abstention finds no nugget, whatever its text or its nearest clauses hold.
    """
    text = "" if answer.abstained else without_marks(answer.text)
    cited = {citation.measure_id for citation in answer.citations}
    scores = citation_scores(cited, question.gold, question.ok)
    found, missed = nuggets(text, question.nuggets)
    gold = [corpus.measures[i].text for i in question.gold if i in corpus.measures]
    quantities, quantities_right = quantity_scores(text, question.nuggets, gold)
    shown = (*answer.citations, *answer.nearest)
    right = sum(quote_is_right(citation, corpus) for citation in shown)
    claimed, supported, phrased = support(answer, corpus, facts)
    return Found(
        rank=first_rank(answer.retrieved, question.gold),
        **retrieval_figures(answer.retrieved, question.gold, question.ok),
        cited=len(cited),
        cited_right=len(cited & {*question.gold, *question.ok}),
        gold_cited=len(cited & set(question.gold)),
        citation_precision=scores.precision,
        citation_recall=scores.recall,
        citation_f1=scores.f1,
        nuggets_found=found,
        nuggets_missed=missed,
        anti_found=tuple(wording for wording in question.anti if holds(text, wording)),
        quantities=quantities,
        quantities_right=quantities_right,
        quotes=len(shown),
        quotes_right=right,
        quote_ok=right == len(shown),
        claimed=claimed,
        supported=supported,
        phrased=phrased,
        leaks=len(leaked(answer, policies)),
        cold=cold,
    )


def nuggets(text: str, wanted: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the nuggets found in `text` and those missed, each named by the wording found or its first one."""
    found, missed = [], []
    for wordings in wanted:
        held = next((wording for wording in wordings if holds(text, wording)), None)
        if held is None:
            missed.append(wordings[0])
        else:
            found.append(held)
    return tuple(found), tuple(missed)


def quote_is_right(citation: Citation, corpus: Corpus) -> bool:
    """Quote fidelity: the quote is not empty and equals code points [start, end) of the measure's clean text."""
    measure = corpus.measures.get(citation.measure_id)
    if measure is None or not 0 <= citation.start < citation.end <= len(measure.text):
        return False
    return measure.text[citation.start : citation.end] == citation.quote


def support(answer: Answer, corpus: Corpus, facts: Collection[str]) -> tuple[int, int, int]:
    """Return code points of the answer that state something, of these verified ones, and of fixed phrases.

    A quote is verified where it stands within the faithful quote that its mark names, a fact where it stands in a
    field of a document's metadata or in the heading of a measure. White space and punctuation are not counted.
    """
    claimed = supported = phrased = 0
    for part in answer.parts:
        size = sum(map(str.isalnum, part.text))
        if part.kind == "phrase":
            phrased += size
            continue
        claimed += size
        if part.kind == "quote":
            verified = _quote_verified(part, answer.citations, corpus)
        else:
            verified = any(_bare(part.text) in fact for fact in facts)
        supported += size if verified else 0
    return claimed, supported, phrased


def _quote_verified(part: AnswerPart, citations: Sequence[Citation], corpus: Corpus) -> bool:
    if part.mark is None or not 1 <= part.mark <= len(citations):
        return False
    citation = citations[part.mark - 1]
    return part.text in citation.quote and quote_is_right(citation, corpus)


def stated_facts(corpus: Corpus) -> frozenset[str]:
    """Return what the corpus states besides clause text: fields of metadata and headings, folded, words only."""
    facts = {fact for document in corpus.documents for fact in _meta_facts(document.meta)}
    facts |= {measure.heading for measure in corpus.measures.values()}
    facts |= {heading.title for heading in corpus.headings.values()}
    return frozenset(_bare(fact) for fact in facts if fact)


def _meta_facts(meta: Metadata) -> Collection[str]:
    out = [meta.name, *(f"{alias}{meta.region}" for alias in meta.aliases)]  # a region may be given with its other name
    for field in fields(meta):
        value = getattr(meta, field.name)
        if isinstance(value, datetime.date):
            out += [value.isoformat(), f"{value.year}年{value.month}月{value.day}日"]
        elif isinstance(value, tuple):
            out += value
        elif value is not None:
            out.append(str(value))
    return out


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def leaked(answer: Answer, policies: Sequence[str]) -> tuple[str, ...]:
    """Return the measures shown, cited or retrieved from documents outside `policies` (empty: none can leak)."""
    shown = [citation.measure_id for citation in (*answer.citations, *answer.nearest)]
    ids = dict.fromkeys([*shown, *answer.retrieved])
    return tuple(i for i in ids if policies and i.split("/")[0] not in policies)
