"""Scoring measures and sentences for a question: named features, and their weights learned by `eval.calibrate`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from llama_index.core.schema import QueryBundle
from numpy.typing import NDArray

from app.question import ParsedQuestion
from app.weights import Weights
from index.concepts import Concepts
from index.evidence import Evidence
from index.late import LateScores
from index.lexical import lexical_terms
from index.nodes import MEASURE
from index.open import OpenIndex
from index.retriever import CANDIDATES, HybridRetriever

Floats = NDArray[np.float32]

FEATURES = (
    "dense_clause", "dense_sentence", "bm25_clause", "bm25_sentence", "bm25_expanded", "terms_measure",
    "terms_sentence", "concepts_measure", "concepts_sentence", "concepts_heading", "terms_heading", "value_sentence",
    "value_missing", "run_sentence", "front_matter", "front_asked", "other_year", "units_asked", "context", "closing",
    "late", "late_rules",
)  # fmt: skip
SENTENCE_FEATURES = (
    "dense", "bm25", "concepts", "value", "run", "note_asked", "note", "heading", "terms", "agent_asked", "context",
    "first", "late", "late_rules",
)  # fmt: skip
# who acts is said with 由…, 会同…, 任… or …负责
AGENT = re.compile(
    r"由[^,。]{2,40}?(?:进行|组织|担任|负责|研究|提出|把关|确定|颁发|开展|实施|予以|牵头|统筹|对)|会同|担任|任[^职命务期]{0,12}主任|负责|统一归口|联合组织"
)
_LATE_SCALE = 5.0  # brings both scores of late interaction to the size of the other features
FUNCTION_CHARS = frozenset(
    "的了在是有与和及或被把将对向从到给让使为我你他它其每各几多不要能会该得由以于所就也都还又再才最很吗呢上下里个这那么什"
)


@dataclass(frozen=True, slots=True)
class Scored:
    """Feature rows of all measures for one question.

    features: float32, shape (n measures, len(FEATURES)). rank: their weighted sums, shape (n,).
    sentences: float32, shape (k sentences, len(SENTENCE_FEATURES)). sentence_rank: their weighted sums, shape (k,).
    cosine_*: highest cosine of a clause or sentence of each measure, shape (n,).
    allowed: measures in the scope of the question.
    """

    features: Floats
    rank: Floats
    sentences: Floats
    sentence_rank: Floats
    cosine_clause: Floats
    cosine_sentence: Floats
    allowed: NDArray[np.bool_]


class Scorer:
    """Computes features from an open index; holds nothing of a question."""

    def __init__(self, index: OpenIndex, concepts: Concepts, evidence: Evidence, weights: Weights) -> None:
        self._index = index
        self._weights = weights
        self._concepts = concepts
        self._evidence = evidence
        self._documents = np.array(evidence.document_ids)
        fronts = [m.endswith("/0") for m in evidence.measure_ids]
        self._front = np.array(fronts, np.float32)
        self._closing = np.array([m.endswith("/end") for m in evidence.measure_ids], np.float32)
        sentences = index.units.sentences
        noted = {s.measure_id for s in sentences if s.note}
        self._notes = np.array([s.note for s in sentences], np.float32)
        self._headings = np.array([s.heading for s in sentences], np.float32)
        self._measure_rows = _rows_of_terms(evidence.measure_terms)
        self._heading_rows = _rows_of_terms(evidence.heading_terms)
        self._sentence_term_rows = _rows_of_terms(evidence.sentence_terms)
        self._sentence_rows = _rows_of_terms([frozenset(_runs([s.search], 3)) for s in sentences])
        self._agents = np.array([bool(AGENT.search(s.search)) for s in sentences], np.float32)
        self._first = np.array([s.span.start == 0 for s in sentences], np.float32)
        self._has_units = np.array([m in noted for m in evidence.measure_ids], np.float32)

    def score(self, question: ParsedQuestion, vector: Floats, late: LateScores) -> Scored:
        """Return the features of every measure, and which of them were retrieved.

        vector: unit length, shape (dim,). late: what late interaction says of each sentence.
        """
        e, index = self._evidence, self._index
        cos_s, cos_c = index.sentence_vectors @ vector, index.clause_vectors @ vector
        dense_s, dense_c = _standard(cos_s), _standard(cos_c)
        terms = lexical_terms(question.topic)
        content = [t for t in dict.fromkeys(terms) if not FUNCTION_CHARS & set(t)]
        bm_s, bm_c = index.sentence_terms.score(terms), index.clause_terms.score(terms)
        scale_s = max(sum(index.sentence_terms.weight(t) for t in set(terms)), 1e-6)
        scale_c = max(sum(index.clause_terms.weight(t) for t in set(terms)), 1e-6)
        con_s, con_m, con_h = self._concept_coverage(question)
        value_s = self._value_rows(question)
        sentences = np.stack(
            [
                dense_s,
                bm_s / scale_s,
                con_s,
                value_s,
                self._longest_run(question),
                self._notes * float("responsible" in question.kinds),
                self._notes,
                self._headings,
                index.sentence_terms.score(content) / scale_s,
                self._agents * float("who" in question.kinds),
                self._context_of_sentences(question),
                self._first,
                late.order / _LATE_SCALE,
                late.rules / _LATE_SCALE,
            ],
            axis=1,
        ).astype(np.float32)
        sentence = sentences @ self._weights.sentence
        starts, columns = e.sentence_start, {}
        best = _best_rows(sentence, starts)
        columns["dense_clause"] = np.maximum.reduceat(dense_c, e.clause_start)
        columns["dense_sentence"] = np.maximum.reduceat(dense_s, starts)
        columns["bm25_clause"] = np.maximum.reduceat(bm_c, e.clause_start) / scale_c
        columns["bm25_sentence"] = np.maximum.reduceat(bm_s, starts) / scale_s
        columns["bm25_expanded"] = self._expanded(question)
        weights = [index.clause_terms.weight(t) for t in content]
        columns["terms_measure"] = self._covered(content, weights, self._measure_rows)
        columns["terms_sentence"] = self._covered(content, weights, self._sentence_term_rows, len(sentence))[best]
        columns["terms_heading"] = self._covered(content, weights, self._heading_rows)
        columns["concepts_measure"], columns["concepts_heading"] = con_m, con_h
        columns["concepts_sentence"] = np.maximum.reduceat(con_s, starts)
        value_m = np.maximum.reduceat(value_s, starts)
        columns["run_sentence"] = sentences[best, SENTENCE_FEATURES.index("run")]
        wanted = float(bool(question.wants))
        columns["value_sentence"] = value_s[best]
        columns["value_missing"] = wanted * (1 - value_m)
        docfact = float("docfact" in question.kinds)
        columns["front_matter"] = self._front * (1 - docfact)
        columns["front_asked"] = self._front * docfact
        columns["closing"] = self._closing
        columns["other_year"] = self._other_year(question.years)
        columns["units_asked"] = self._has_units * float("responsible" in question.kinds)
        columns["context"] = self._context(question)
        columns["late"] = np.maximum.reduceat(late.order, starts) / _LATE_SCALE
        columns["late_rules"] = np.maximum.reduceat(late.rules, starts) / _LATE_SCALE
        allowed = self._retrieved(question, vector, cos_s, late.order)
        features = np.stack([columns[f] for f in FEATURES], axis=1).astype(np.float32)
        return Scored(
            features=features,
            rank=features @ self._weights.rank,
            sentences=sentences,
            sentence_rank=sentence,
            cosine_clause=np.maximum.reduceat(cos_c, e.clause_start),
            cosine_sentence=np.maximum.reduceat(cos_s, starts),
            allowed=allowed,
        )

    def _retrieved(self, question: ParsedQuestion, vector: Floats, cosines: Floats, late: Floats) -> NDArray[np.bool_]:
        """The measures in scope that clauses or single sentences bring up."""
        policies = question.documents or question.scope
        inside = np.isin(self._documents, policies) if policies else np.ones(len(self._documents), bool)
        bundle = QueryBundle(query_str=question.query, embedding=vector.tolist())
        nodes = HybridRetriever(self._index, policies).retrieve(bundle)
        found = np.zeros(len(self._documents), bool)
        found[[self._evidence.row_of[node.metadata[MEASURE]] for node in nodes]] = True
        for scores in (cosines, late):
            sentences = np.where(inside[self._evidence.sentence_measure], scores, -np.inf)
            found[self._evidence.sentence_measure[np.argsort(-sentences, kind="stable")[:CANDIDATES]]] = True
        for number in question.numbers:  # a clause asked for by number is a candidate whatever it says
            found[[r for d in policies if (r := self._evidence.row_of.get(f"{d}/{number}")) is not None]] = True
        return np.asarray(found & inside)

    def _concept_coverage(self, question: ParsedQuestion) -> tuple[Floats, Floats, Floats]:
        e = self._evidence
        if not question.concepts:
            zero = np.zeros(len(e.measure_ids), np.float32)
            return np.zeros(len(e.sentence_measure), np.float32), zero, zero
        rows = [h.concept for h in question.concepts]
        weights = np.array([h.weight for h in question.concepts], np.float32) * e.concept_idf[rows]
        total = float(weights.sum()) + 1e-6
        return tuple(  # type: ignore[return-value]
            (table[:, rows] @ weights) / total
            for table in (e.sentence_concepts, e.measure_concepts, e.heading_concepts)
        )

    def _value_rows(self, question: ParsedQuestion) -> Floats:
        facts = self._evidence.facts
        if not question.wants:
            return np.zeros(len(facts), np.float32)
        return np.fromiter(
            (any(w.met_by(f) for f in row for w in question.wants) if row else False for row in facts),
            np.float32,
            len(facts),
        )

    def _longest_run(self, question: ParsedQuestion) -> Floats:
        """Length of the longest run of the topic that stands in each sentence, counted from 3 to 8; over 8."""
        sentences = self._index.units.sentences
        pieces = [run for run in question.topic.split() if len(run) >= 3 and not run.isascii()]
        out = np.zeros(len(sentences), np.float32)
        rows = sorted({i for g in _runs(pieces, 3) for i in self._sentence_rows.get(g, ())})
        for n in range(3, 9):
            if n > 3:
                grams = _runs(pieces, n)
                rows = [i for i in rows if any(g in sentences[i].search for g in grams)]
            if not rows:
                break
            out[rows] = n
        return np.asarray(out / 8, np.float32)

    def _expanded(self, question: ParsedQuestion) -> Floats:
        wordings = self._concepts.wordings(h.concept for h in question.concepts)
        terms = {t for w in wordings for t in lexical_terms(w)}
        scores = self._index.clause_terms.score(terms)
        top = float(scores.max()) if len(scores) else 0.0
        best = np.maximum.reduceat(scores, self._evidence.clause_start)
        return np.asarray(best / max(top, 1e-6), np.float32)

    def _covered(
        self, terms: Sequence[str], weights: Sequence[float], rows: Mapping[str, list[int]], count: int = 0
    ) -> Floats:
        """Share of the terms, by weight, that each measure holds, or each of `count` rows."""
        out = np.zeros(count or len(self._documents), np.float32)
        total = sum(weights)
        if not total:
            return out
        for term, weight in zip(terms, weights, strict=True):
            if term in rows:
                out[rows[term]] += weight
        return np.asarray(out / total, np.float32)

    def _context(self, question: ParsedQuestion) -> Floats:
        """How well a measure fits the topic that a follow-up carries over."""
        terms = lexical_terms(question.context)
        content = [t for t in dict.fromkeys(terms) if not FUNCTION_CHARS & set(t)]
        weights = [self._index.clause_terms.weight(t) for t in content]
        return self._covered(content, weights, self._measure_rows)

    def _context_of_sentences(self, question: ParsedQuestion) -> Floats:
        terms = lexical_terms(question.context)
        total = max(sum(self._index.sentence_terms.weight(t) for t in set(terms)), 1e-6)
        return np.asarray(self._index.sentence_terms.score(terms) / total, np.float32)

    def _other_year(self, years: Sequence[int]) -> Floats:
        if not years:
            return np.zeros(len(self._evidence.years), np.float32)
        return np.array([not set(years) & stated for stated in self._evidence.years], np.float32)


def _runs(pieces: Iterable[str], n: int) -> set[str]:
    """Every run of `n` characters."""
    return {piece[i : i + n] for piece in pieces for i in range(len(piece) - n + 1)}


def _rows_of_terms(rows: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    out: dict[str, list[int]] = {}
    for row, terms in enumerate(rows):
        for term in terms:
            out.setdefault(term, []).append(row)
    return out


def _standard(scores: Floats) -> Floats:
    """Scores as standard scores over the whole corpus, so that questions are comparable."""
    out: Floats = (scores - scores.mean()) / (scores.std() + 1e-6)
    return out


def _best_rows(scores: Floats, starts: NDArray[np.int32]) -> NDArray[np.int64]:
    """The row of the highest score of each segment, the first of equal ones."""
    lengths = np.diff(starts, append=len(scores))
    highest = np.repeat(np.maximum.reduceat(scores, starts), lengths)
    rows = np.where(scores == highest, np.arange(len(scores)), len(scores))
    return np.asarray(np.minimum.reduceat(rows, starts), np.int64)
