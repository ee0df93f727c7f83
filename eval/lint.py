"""What is wrong with a set of questions before any system is asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from corpus.load import Corpus
from corpus.types import Metadata
from eval.load import unknown_measures
from eval.metrics import jaccard
from eval.normalise import holds, normalise
from eval.split import split_of
from eval.types import Question

# Character bigrams shared of all; one changed character in twenty leaves 0.83.
NEAR = 0.7
_NOT_A_WORD = re.compile(r"\W")


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of one question; `rule` names the check, `about` what it found."""

    rule: str
    question_id: str
    message: str
    about: str = ""

    def __str__(self) -> str:
        return f"{self.question_id}: {self.rule}: {self.message}"


def lint(questions: Sequence[Question], corpus: Corpus) -> tuple[Finding, ...]:
    """Return every fault, in order of the questions; duplicates come last."""
    found = [finding for question in questions for finding in _lint_one(question, corpus)]
    return (*found, *repeated_ids(questions), *near_duplicates(questions))


def lint_one_more(question: Question, before: Sequence[Question], corpus: Corpus) -> tuple[Finding, ...]:
    """Return the faults of one question beside those that are there already, whose own faults are left out."""
    taken = [f for f in repeated_ids([*before, question]) if f.question_id == question.id]
    pairs = (finding for other in before if (finding := near_duplicate(other, question)))
    return (*_lint_one(question, corpus), *taken[-1:], *pairs)


def _lint_one(question: Question, corpus: Corpus) -> Iterable[Finding]:
    for field, ids in unknown_measures(question, corpus.measures).items():
        for measure_id in ids:
            message = f"{field} names {measure_id!r}, which does not exist"
            yield Finding("unknown-id", question.id, message, measure_id)
    yield from _lint_answerable(question)
    for measure_id in set(question.gold) & set(question.ok):
        yield Finding("gold-and-ok", question.id, f"{measure_id!r} is both gold and ok", measure_id)
    yield from _lint_nuggets(question, corpus)


def _lint_answerable(question: Question) -> Iterable[Finding]:
    if not question.question.strip():
        yield Finding("empty-question", question.id, "the question is empty")
    if question.answerable and not question.gold:
        yield Finding("answerable-without-gold", question.id, "it is answerable but names no gold measure")
    if question.answerable and not question.nuggets:
        yield Finding("answerable-without-nugget", question.id, "it is answerable but names no nugget")
    if not question.answerable and question.gold:
        message = f"it is unanswerable but names gold {question.gold[0]!r}"
        yield Finding("unanswerable-with-gold", question.id, message, question.gold[0])


def _lint_nuggets(question: Question, corpus: Corpus) -> Iterable[Finding]:
    texts = gold_texts(question, corpus)
    for wordings in question.nuggets:
        if question.answerable and not texts:
            continue  # said already: it names no gold
        if not any(holds(text, wording) for text in texts for wording in wordings):
            wanted = " / ".join(wordings)
            yield Finding("nugget-not-in-gold", question.id, f"no gold measure holds {wanted!r}", wanted)
    rightful = (*texts, *(corpus.measures[i].text for i in question.ok if question.answerable and i in corpus.measures))
    for wording in question.anti:
        if any(holds(text, wording) for text in rightful):
            message = f"a gold or ok measure holds the contradicting wording {wording!r}"
            yield Finding("anti-in-gold", question.id, message, wording)
        if any(holds(nugget, wording) for wordings in question.nuggets for nugget in wordings):
            yield Finding(
                "anti-in-nugget", question.id, f"a nugget holds the contradicting wording {wording!r}", wording
            )


def gold_texts(question: Question, corpus: Corpus) -> tuple[str, ...]:
    """Return what a right answer may quote or state: each gold measure's text and its document's metadata."""
    measures = [corpus.measures[i] for i in question.gold if i in corpus.measures]
    documents = dict.fromkeys(m.document_id for m in measures)
    return (*(m.text for m in measures), *(_facts(corpus.by_id[d].meta) for d in documents))


def _facts(meta: Metadata) -> str:
    date = f"{meta.date.year}年{meta.date.month}月{meta.date.day}日" if meta.date else ""
    return " ".join(filter(None, (meta.name, meta.issuer, meta.number, date, meta.region, *meta.aliases)))


def repeated_ids(questions: Sequence[Question]) -> list[Finding]:
    """Return the questions whose id an earlier one has."""
    seen: set[str] = set()
    found = []
    for question in questions:
        if question.id in seen:
            found.append(Finding("duplicate-id", question.id, "another question has this id"))
        seen.add(question.id)
    return found


def near_duplicates(questions: Sequence[Question], at_least: float = NEAR) -> list[Finding]:
    """Return pairs of questions that are the same, or nearly so on both sides of the split.

    Compared are the character bigrams of the last question and of its history, after `normalise` and without
    punctuation, where the gold is the same too (唐山督学 and 大足督学 are two questions). A pair across the split lets
    what was tuned on leak into what is tested on: give both one group. Within a group the same question may stand in
    both scripts, since that is a wording of its own.
    """
    words = [_words(question) for question in questions]
    grams = [_bigrams(w) for w in words]
    of_words: dict[str, list[int]] = {}
    of_gold: dict[frozenset[str], dict[str, list[int]]] = {}
    for n, question in enumerate(questions):
        of_words.setdefault(words[n], []).append(n)
        of_gold.setdefault(frozenset(question.gold), {}).setdefault(split_of(question.group), []).append(n)
    found = []
    for rows in of_words.values():
        for a, b in combinations(rows, 2):
            found += [(a, b, finding) for finding in _same(questions[a], questions[b])]
    for sides in of_gold.values():
        for one, other in combinations(sides.values(), 2):
            for i, j in product(one, other):
                if words[i] != words[j] and _alike(grams[i], grams[j]) >= at_least:
                    a, b = sorted((i, j))
                    found.append((a, b, _near(questions[a], questions[b])))
    return [finding for _, _, finding in sorted(found, key=lambda entry: entry[:2])]


def near_duplicate(a: Question, b: Question, at_least: float = NEAR) -> Finding | None:
    """Return what `near_duplicates` says of two questions, None where they are no pair."""
    words_a, words_b = _words(a), _words(b)
    if words_a == words_b:
        return next(iter(_same(a, b)), None)
    if _apart(a, b) and _alike(_bigrams(words_a), _bigrams(words_b)) >= at_least:
        return _near(a, b)
    return None


def leaks(training: Sequence[Question], tested: Sequence[Question], at_least: float = NEAR) -> list[Finding]:
    """Return the training questions that are the same as a tested one, or nearly so with the same gold.

    Groups do not matter here: all of `training` is learned from.
    """
    keys = [(question, _words(question), _bigrams(_words(question))) for question in tested]
    of_words: dict[str, list[Question]] = {}
    of_gold: dict[frozenset[str], list[tuple[Question, str, frozenset[str]]]] = {}
    for key in keys:
        of_words.setdefault(key[1], []).append(key[0])
        of_gold.setdefault(frozenset(key[0].gold), []).append(key)
    found = []
    for question in training:
        words, grams = _words(question), _bigrams(_words(question))
        alike = of_gold.get(frozenset(question.gold), [])
        near = [o for o, other, pairs in alike if other != words and _alike(grams, pairs) >= at_least]
        for leaked in (*of_words.get(words, ()), *near):
            message = f"nearly the same as {leaked.id}, which is tested on"
            found.append(Finding("leak", question.id, message, leaked.id))
    return found


def _same(a: Question, b: Question) -> list[Finding]:
    if a.group == b.group and (a.history, a.question) != (b.history, b.question):
        return []
    return [Finding("duplicate-question", b.id, f"it asks the same as {a.id}", a.id)]


def _near(a: Question, b: Question) -> Finding:
    message = f"nearly the same as {a.id}, which is in the other split: give both one group"
    return Finding("near-duplicate-across-splits", b.id, message, f"{a.id} ({a.group})")


def _apart(a: Question, b: Question) -> bool:
    return split_of(a.group) != split_of(b.group) and set(a.gold) == set(b.gold)


def _words(question: Question) -> str:
    return "|".join(_NOT_A_WORD.sub("", normalise(text)) for text in (*question.history, question.question))


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _alike(a: Collection[str], b: Collection[str]) -> float:
    # sets of very different size cannot share most of their bigrams
    if not a or not b or min(len(a), len(b)) < NEAR * max(len(a), len(b)):
        return 0.0
    return jaccard(a, b)
