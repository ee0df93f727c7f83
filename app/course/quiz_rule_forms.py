"""Questions about whose rule it is: one of four rules, one of four places, several rules, true or false, matching."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.course.quiz_bench import Bench, mean, quoted
from app.course.quiz_rules import Rule, rules_of
from app.course.quiz_truth import plain
from app.course.quiz_types import BLANK, RIGHT, WRONG, Option, Pair, Question
from app.types import Citation

_WRONG_OPTIONS = 3
_STATEMENTS = 4
_PAIRS = (3, 4)  # where three places are chosen, and where more are


def rule_questions(bench: Bench, document_ids: Sequence[str]) -> Iterator[Question]:
    """Yield every question about whose rule a sentence is, over the chosen documents."""
    rules = [rule for document_id in document_ids for rule in rules_of(bench, document_id)]
    for rule in rules:
        yield from _which_rule(bench, rule, rules)
        yield from _which_place(bench, rule, document_ids)
        yield from _judge(bench, rule, document_ids)
    for document_id in document_ids:
        yield from _which_rules(bench, document_id, rules)
    yield from _matchings(bench, rules, document_ids)


def _foreign(bench: Bench, rule: Rule, rules: Sequence[Rule], what: str) -> list[Rule]:
    """Rules of other documents that the rule's own document has nothing like: of its topics first, then the likest."""
    home = rule.measure.document_id
    mixed = bench.picker.shuffled(f"{what} {rule.id}", [r for r in rules if r.foreign_to(home)], lambda r: r.id)
    return sorted(mixed, key=lambda r: -_near(rule, r))


def _near(rule: Rule, other: Rule) -> float:
    """How near another document's rule is, 0 to 1: on the same topic, and in like words."""
    same = bool(set(rule.topics) & set(other.topics))
    return round((0.55 if same else 0.25) + other.likeness(rule.measure.document_id), 1)


def _apart(found: Sequence[Rule], count: int) -> list[Rule]:
    """The first of the rules, no two in the same words and no more than two of one document."""
    kept: list[Rule] = []
    for rule in found:
        home = sum(k.measure.document_id == rule.measure.document_id for k in kept)
        if home < 2 and all(plain(k.text) != plain(rule.text) for k in kept):
            kept.append(rule)
    return kept[:count]


def _option(rule: Rule, right: bool, near: float = 0.0) -> Option:
    return Option(rule.text, right, rule.measure.id, near)


def _cited(bench: Bench, rule: Rule) -> Citation:
    return bench.cite(rule.measure, rule.span)


def _about(rules: Sequence[Rule]) -> str:
    """The topic that the rules share, to lead in with; nothing where they share none."""
    shared = [t for t in rules[0].topics if all(t in r.topics for r in rules)]
    return f"关于“{shared[0]}”，" if shared else ""


def _which_rule(bench: Bench, rule: Rule, rules: Sequence[Rule]) -> Iterator[Question]:
    wrong = _apart(_foreign(bench, rule, rules, "which rule"), _WRONG_OPTIONS)
    if len(wrong) < _WRONG_OPTIONS:
        return
    marked = [_option(rule, True), *(_option(r, False, _near(rule, r)) for r in wrong)]
    options = bench.picker.shuffled(f"which rule options {rule.id}", marked, lambda o: o.text)
    stem = f"{_about([rule, *wrong])}下列表述中，出自{bench.label(rule.measure.document_id)}的是{BLANK}。"
    citations = [_cited(bench, rule), *(_cited(bench, r) for r in wrong)]
    reason = f"原文为{quoted(citations[0])}。{bench.origins(rule.measure, options)}"
    near = mean([o.near for o in options if not o.right])
    yield bench.make("single", "rule", rule.id, rule.measure, stem, citations, reason, near, options=options)


def _which_place(bench: Bench, rule: Rule, document_ids: Sequence[str]) -> Iterator[Question]:
    home = rule.measure.document_id
    others = [d for d in document_ids if rule.foreign_to(d)]
    if len(others) < _WRONG_OPTIONS or not rule.own:
        return
    mixed = bench.picker.shuffled(f"which place {rule.id}", others, str)
    wrong = sorted(mixed, key=lambda d: -rule.likeness(d))[:_WRONG_OPTIONS]
    order = {d: n for n, d in enumerate(document_ids)}
    shown = sorted([home, *wrong], key=lambda d: order[d])
    options = [Option(bench.label(d), d == home, near=0.0 if d == home else 0.4 + rule.likeness(d)) for d in shown]
    citation = _cited(bench, rule)
    stem = f"“{rule.text}”，这一表述出自{BLANK}。"
    reason = f"见{citation.official}：{quoted(citation)}。其余各项的文件中没有这一表述。"
    near = mean([o.near for o in options if not o.right])
    yield bench.make("single", "rule", rule.id, rule.measure, stem, [citation], reason, near, place="", options=options)


def _judge(bench: Bench, rule: Rule, document_ids: Sequence[str]) -> Iterator[Question]:
    home = rule.measure.document_id
    others = [d for d in document_ids if rule.foreign_to(d)]
    holds = bench.picker.number(f"rule holds {rule.id}") < 0.5
    if not others or not rule.own:
        return
    place = home if holds else max(others, key=lambda d: (rule.likeness(d), d))
    citation = _cited(bench, rule)
    stem = f"“{rule.text}”，这一表述出自{bench.label(place)}。"
    told = "" if holds else f"{bench.label(place)}中没有这一表述。"
    reason = f"该表述见{citation.official}：{quoted(citation)}。{told}"
    yield bench.make(
        "judge", "rule", rule.id, rule.measure, stem, [citation], reason, 0.35 + rule.likeness(place) * (not holds),
        place=place, answers=[RIGHT if holds else WRONG],
    )  # fmt: skip


def _which_rules(bench: Bench, document_id: str, rules: Sequence[Rule]) -> Iterator[Question]:
    """Two or three of four statements: sets of a document's own rules, none used twice, with others' among them."""
    own = [r for r in rules if r.measure.document_id == document_id]
    foreign = [r for r in rules if r.foreign_to(document_id)]
    mixed = bench.picker.shuffled(f"which rules {document_id}", own, lambda r: r.id)
    used: set[str] = set()
    at = 0
    while at + 2 <= len(mixed):
        size = 2 + bench.picker.index(f"which rules size {document_id} {at}", 2)
        right = mixed[at : at + size]
        at += size
        left = [r for r in foreign if r.id not in used]
        near = sorted(left, key=lambda r: -max(_near(k, r) for k in right))
        wrong = _apart(near, _STATEMENTS - len(right))
        if len(right) + len(wrong) < _STATEMENTS:
            return
        used |= {r.id for r in wrong}
        yield _which_of(bench, document_id, right, wrong)


def _which_of(bench: Bench, document_id: str, right: Sequence[Rule], wrong: Sequence[Rule]) -> Question:
    name = "rules=" + ",".join(sorted(r.id for r in (*right, *wrong)))
    marked = [_option(r, True) for r in right]
    marked += [_option(r, False, max(_near(k, r) for k in right)) for r in wrong]
    options = bench.picker.shuffled(f"options {name}", marked, lambda o: o.text)
    citations = [_cited(bench, r) for r in (*right, *wrong)]
    stem = f"下列表述中，出自{bench.label(document_id)}的有{BLANK}。"
    key = "".join(letter for letter, o in zip("ABCDEF", options, strict=False) if o.right)
    measure = right[0].measure
    reason = f"{'、'.join(key)}项为该文件原文。{bench.origins(measure, options)}"
    near = mean([o.near for o in options if not o.right])
    return bench.make("multiple", "rule", name, measure, stem, citations, reason, near, options=options)


def _matchings(bench: Bench, rules: Sequence[Rule], document_ids: Sequence[str]) -> Iterator[Question]:
    """Rules of several places, each of which no other of these places has: as many as can be made without repeating."""
    left = bench.picker.shuffled("matching", [r for r in rules if r.own], lambda r: r.id)
    while True:
        taken = _unlike(left, document_ids)
        if len(taken) < max(_PAIRS[0], min(_PAIRS[1], len(document_ids))):
            return
        yield _matching(bench, taken)
        left = [r for r in left if r not in taken]


def _unlike(rules: Sequence[Rule], document_ids: Sequence[str]) -> list[Rule]:
    """One rule each of as many documents as possible, pairwise foreign; first come, first taken."""
    best: list[Rule] = []
    for first in rules:
        taken = [first]
        for rule in rules:
            homes = {t.measure.document_id for t in taken}
            if rule.measure.document_id not in homes and all(_mutual(rule, t) for t in taken):
                taken.append(rule)
            if len(taken) == min(_PAIRS[1], len(document_ids)):
                return taken
        best = max(best, taken, key=len)
    return best


def _mutual(a: Rule, b: Rule) -> bool:
    return a.foreign_to(b.measure.document_id) and b.foreign_to(a.measure.document_id)


def _matching(bench: Bench, taken: Sequence[Rule]) -> Question:
    name = "match=" + ",".join(sorted(r.id for r in taken))
    pairs = [Pair(r.text, bench.label(r.measure.document_id), r.measure.id) for r in taken]
    pairs = bench.picker.shuffled(f"pairs {name}", pairs, lambda p: p.left)
    by_text = {r.text: r for r in taken}
    citations = [_cited(bench, by_text[p.left]) for p in pairs]
    near = 0.3 + mean([a.likeness(b.measure.document_id) for a in taken for b in taken if a is not b])
    reason = "；".join(f"{n}见{c.official}" for n, c in enumerate(citations, start=1)) + "。"
    stem = "将下列表述与其所出自的文件配对。"
    return bench.make("match", "rule", name, taken[0].measure, stem, citations, reason, near, place="", pairs=pairs)
