"""What the engine is learned from: questions as understood, and the late-interaction scores of their sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.assemble import build_parser, bundled_model
from app.decide import Decider
from app.question import ParsedQuestion
from app.rank import Scored, Scorer
from app.rules import RuleReader
from app.settings import read_settings
from app.weights import Weights
from corpus.glossary import load_glossary
from corpus.load import load_corpus
from eval.fit_late import LateExample, LateSentences, fit_late
from eval.fit_linear import FOLDS, fold_of
from eval.normalise import normalise
from eval.types import Question
from index.build import build_index
from index.concepts import Concepts
from index.embedding import SentenceTransformerEmbedder
from index.evidence import Evidence, gather_evidence
from index.late import (
    HEAD_FILE,
    LAYERS,
    STEEPNESS,
    TEMPERATURE,
    LateHead,
    LateScores,
    join_tokens,
    load_head,
    save_head,
)
from index.open import OpenIndex, open_index

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as understood: vector shape (dim,), states of its tokens, late: scores of each sentence."""

    question: Question
    parsed: ParsedQuestion
    vector: Floats
    states: Floats
    late: LateScores


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its features."""

    question: Question
    parsed: ParsedQuestion
    scored: Scored


class Bench:
    """The engine's parts, with weights that change.

    Its index is one of its own, without a head, so that it does not ask for what is yet to be learned.

    :raises DudaoError: the bundled model is missing or damaged, or the index cannot be written.
    """

    def __init__(self) -> None:
        settings = read_settings()
        self.corpus = load_corpus(settings.corpus)
        self.model = bundled_model(settings)
        self.embedder = SentenceTransformerEmbedder(str(settings.model_folder), f"headless:{self.model}", states=True)
        self.kept = settings.data / "calibrate"
        build_index(self.kept / "index", self.corpus, self.embedder, settings.index)
        self.index: OpenIndex = open_index(self.kept / "index", self.corpus, self.embedder.name, settings.index)
        self.concepts = Concepts(load_glossary(), self.index.search_text)
        self.evidence: Evidence = gather_evidence(self.corpus, self.index.units, self.concepts, self.index.search_text)
        self.parser = build_parser(self.corpus, self.index, self.concepts)

    def scorer(self, weights: Weights) -> Scorer:
        """Return a scorer with these weights."""
        return Scorer(self.index, self.concepts, self.evidence, weights)

    def decider(self, weights: Weights) -> Decider:
        """Return a decider with these weights."""
        rules = RuleReader(self.index, self.evidence)
        return Decider(self.corpus, rules, self.evidence, weights, self.concepts, self.index.search_text)

    def ask(self, questions: Sequence[Question]) -> list[Asked]:
        """Return the questions as understood, without scores of late interaction."""
        parsed = [self.parser.parse(q.question, q.history) for q in questions]
        vectors, states = self.embedder.read_states([p.query for p in parsed], "query")
        none = np.zeros(len(self.index.units.sentences), np.float32)
        nothing = LateScores(none, none)
        return [Asked(q, p, v, s, nothing) for q, p, v, s in zip(questions, parsed, vectors, states, strict=True)]

    def examples(self, asked: Sequence[Asked], weights: Weights) -> list[Example]:
        """Return the questions with their features."""
        scorer = self.scorer(weights)
        return [Example(a.question, a.parsed, scorer.score(a.parsed, a.vector, a.late)) for a in asked]

    def sentences_of(self, question: Question, measure_id: str) -> tuple[list[int], set[int]]:
        """Return the rows of a gold measure's sentences, and of those that hold a nugget."""
        row = self.evidence.row_of[measure_id]
        rows = list(self.evidence.sentences_of(row))
        nuggets = [normalise(w) for wordings in question.nuggets for w in wordings]
        text = self.corpus.measures[measure_id].text
        sentences = self.index.units.sentences
        holding = {i for i in rows if any(n in normalise(sentences[i].span.of(text)) for n in nuggets)}
        return rows, holding


def learn_late(bench: Bench, asked: Sequence[Asked], report: Callable[[str], None]) -> tuple[LateHead, list[Asked]]:
    """Return the head learned from all questions, and the questions with scores of heads that have not seen them.

    The heads are kept by what they were learned from, so that a run that was broken off goes on, and the small models
    can be learned again without them.
    """
    _, states = bench.embedder.read_states(bench.index.units.sentence_texts, "passage")
    documents = {d: n for n, d in enumerate(bench.corpus.by_id)}
    sentences = LateSentences(states, np.array([documents[s.document_id] for s in bench.index.units.sentences]))
    examples = [_late_example(bench, a, documents) for a in asked]
    kept = bench.kept / f"late-{_sum_of(sentences, examples)}"
    kept.mkdir(parents=True, exist_ok=True)
    folds = np.array([fold_of(a.question.group) for a in asked])
    unseen = list(asked)
    for fold in range(FOLDS):
        others = [e for e, f in zip(examples, folds, strict=True) if f != fold]
        head = _kept(kept / f"without-{fold}.npz", sentences, others, bench.model)
        table = join_tokens([head.tokens(s) for s in states])
        for i in np.flatnonzero(folds == fold).tolist():
            unseen[i] = replace(asked[i], late=table.score(head.query(asked[i].states)))
        report(f"late interaction: fold {fold + 1} of {FOLDS}")
    return _kept(kept / HEAD_FILE.name, sentences, examples, bench.model), unseen


def _kept(path: Path, sentences: LateSentences, examples: Sequence[LateExample], model: str) -> LateHead:
    """The head at `path`, learned first where there is none; written whole or not at all."""
    if not path.exists():
        partial = path.with_name("partial.npz")
        save_head(partial, fit_late(sentences, examples, model))
        partial.replace(path)
    return load_head(path)


def _sum_of(sentences: LateSentences, examples: Sequence[LateExample]) -> str:
    digest = hashlib.sha256(Path(fit_late.__code__.co_filename).read_bytes())
    digest.update(repr((LAYERS, TEMPERATURE, STEEPNESS)).encode())
    for states in sentences.states:
        digest.update(states.tobytes())
    for e in examples:
        for part in (e.states, e.gold, e.near):
            digest.update(part.tobytes())
        digest.update(repr(e.documents).encode())
    return digest.hexdigest()[:16]


def _late_example(bench: Bench, asked: Asked, documents: dict[str, int]) -> LateExample:
    question, parsed = asked.question, asked.parsed
    gold: set[int] = set()
    near: set[int] = set()
    for measure in (*question.gold, *question.ok):
        rows, holding = bench.sentences_of(question, measure)
        near.update(rows)
        if measure in question.gold:
            gold.update(holding or rows)
    ruling = {g.split("/")[0] for g in question.gold}
    doubtful = {o.split("/")[0] for o in question.ok} - ruling
    scope = () if parsed.uncovered and not parsed.documents else parsed.documents or tuple(documents)
    judged = tuple((documents[d], d in ruling) for d in scope if d not in doubtful)
    inside = {n for n, _ in judged}
    of = [documents[s.document_id] for s in bench.index.units.sentences]
    kept = [i for i in sorted(gold) if of[i] in inside]
    return LateExample(asked.states, np.array(kept, np.int64), np.array(sorted(near - gold), np.int64), judged)
