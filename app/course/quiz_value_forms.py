"""Questions about values: one of four, a blank, true or false, and which of several statements hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.course.quiz_bench import Bench, mean, quoted
from app.course.quiz_truth import plain
from app.course.quiz_types import BLANK, RIGHT, WRONG, Option, Question
from app.course.quiz_values import Claim, Rival, claims_of
from app.types import Citation
from corpus.numerals import parse_numeral

_WRONG_OPTIONS = 3
_STATEMENTS = 4
_STATEMENT_CAP = 90
_ORDER = ("周", "两周", "月", "季度", "学期", "半年", "学年", "年", "年度", "两年", "三年", "聘期", "任期")


def value_questions(bench: Bench, document_id: str) -> Iterator[Question]:
    """Yield every question about the values of a document that its rivals allow."""
    claims = [c for m in bench.measures_of(document_id) for c in claims_of(bench.truth, m)]
    seen: set[str] = set()
    for claim in claims:
        if claim.id in seen:
            continue
        seen.add(claim.id)
        yield from _single(bench, claim)
        yield _fill(bench, claim)
        yield from _judge(bench, claim)
    yield from _sets(bench, document_id, [c for c in claims if len(c.stretch.filled(c.stretch.asked)) < _STATEMENT_CAP])


def false_rivals(claim: Claim) -> tuple[Rival, ...]:
    """Return the rivals that make the statement false however it is read.

    不低于20% does not make 不低于15% false by the rules of logic, so a bound takes rivals on its far side alone.
    """
    return tuple(r for r in claim.rivals if _denies(claim, r.words))


def _denies(claim: Claim, words: str) -> bool:
    comparator = claim.fact.comparator
    if comparator in ("=", "at", "from", "~"):
        return True
    key, other = _size(claim, claim.stretch.asked), _size(claim, words)
    if key is None or other is None:
        return False
    return other > key if comparator in (">=", ">") else other < key


def _size(claim: Claim, words: str) -> float | None:
    """How much a value asks for: a ratio by its share, a period by how often, a date by its place in time."""
    folded = plain(words)
    if claim.about == "period":
        return -float(_ORDER.index(folded)) if folded in _ORDER else None
    if claim.about == "deadline":
        return float(folded[:4]) + (0.9 if "底" in folded else 0.5 if "月" in folded else 0.9)
    if ":" in folded:
        left, right = folded.split(":")
        return int(left) / int(right)
    number = parse_numeral(folded)
    return None if number is None else float(number)


def _single(bench: Bench, claim: Claim) -> Iterator[Question]:
    chosen = _chosen(bench, claim)
    if len(chosen) < _WRONG_OPTIONS:
        return
    key = Option(claim.stretch.asked, True, claim.measure.id)
    wrong = [Option(r.words, False, r.source, r.near) for r in chosen]
    options = _in_order(bench, claim, [key, *wrong])
    citation = bench.cite(claim.measure, claim.stretch.shown)
    reason = f"原文为{quoted(citation)}。{bench.origins(claim.measure, options)}"
    near = mean([r.near for r in chosen])
    yield bench.make(
        "single", claim.about, claim.id, claim.measure, _stem(bench, claim), [citation], reason, near, options=options
    )


def _chosen(bench: Bench, claim: Claim) -> list[Rival]:
    """Three rivals: those that documents state, the nearest before the others, then such as lie near."""
    ordered = bench.picker.shuffled(f"rivals {claim.id}", claim.rivals, lambda r: r.words)
    return sorted(ordered, key=lambda r: (not r.source, -r.near))[:_WRONG_OPTIONS]


def _in_order(bench: Bench, claim: Claim, options: Sequence[Option]) -> list[Option]:
    """Numbers and dates by size, as examiners set them; periods in an order of chance."""
    sizes = {o.text: _size(claim, o.text) for o in options}
    if claim.about == "period" or None in sizes.values() or "~" in plain(claim.stretch.asked):
        return bench.picker.shuffled(f"options {claim.id}", options, lambda o: o.text)
    sign = -1 if claim.fact.kind == "ratio" else 1
    return sorted(options, key=lambda o: (sign * (sizes[o.text] or 0), o.text))


def _fill(bench: Bench, claim: Claim) -> Question:
    citation = bench.cite(claim.measure, claim.stretch.shown)
    near = mean([r.near for r in claim.rivals[:_WRONG_OPTIONS]]) + 0.1
    return bench.make(
        "fill",
        claim.about,
        claim.id,
        claim.measure,
        _stem(bench, claim),
        [citation],
        f"原文为{quoted(citation)}。",
        near,
        answers=claim.accepted,
    )


def _judge(bench: Bench, claim: Claim) -> Iterator[Question]:
    rivals = false_rivals(claim)
    if not rivals:
        return
    rival = bench.picker.one(f"judge {claim.id}", rivals[:2])
    holds = bench.picker.number(f"holds {claim.id}") < 0.5
    citation = bench.cite(claim.measure, claim.stretch.shown)
    said = claim.stretch.filled(claim.stretch.asked if holds else rival.words)
    stem = f"按照{bench.label(claim.measure.document_id)}，{said}。"
    yield bench.make(
        "judge",
        claim.about,
        claim.id,
        claim.measure,
        stem,
        [citation],
        _judged(bench, claim, citation, None if holds else rival),
        rival.near,
        answers=[RIGHT if holds else WRONG],
    )


def _judged(bench: Bench, claim: Claim, citation: Citation, rival: Rival | None) -> str:
    if rival is None:
        return f"原文为{quoted(citation)}。"
    every = "每" if claim.about == "period" and claim.stretch.before.endswith("每") else ""
    told = f"题中“{every}{rival.words}”应为“{every}{claim.stretch.asked}”"
    said = f"原文为{quoted(citation)}，{told}。"
    source = bench.corpus.measures.get(rival.source)
    if source is None or source.document_id == claim.measure.document_id:
        return said
    return f"{said}“{every}{rival.words}”见于{bench.label(source.document_id)}。"


def _sets(bench: Bench, document_id: str, claims: Sequence[Claim]) -> Iterator[Question]:
    """Questions of four statements each, two or three of which hold; no claim is used twice."""
    mixed = _one_a_sentence(bench.picker.shuffled(f"sets {document_id}", claims, lambda c: c.id))
    for n in range(0, len(mixed) - _STATEMENTS + 1, _STATEMENTS):
        made = _set(bench, document_id, mixed[n : n + _STATEMENTS])
        if made:
            yield made


def _one_a_sentence(claims: Sequence[Claim]) -> list[Claim]:
    """The first claim of every sentence and of every value: two statements of one would tell of each other."""
    kept: list[Claim] = []
    for claim in claims:
        if not any(claim.id == other.id or _overlap(claim, other) for other in kept):
            kept.append(claim)
    return kept


def _overlap(a: Claim, b: Claim) -> bool:
    shown, other = a.stretch.shown, b.stretch.shown
    return a.measure.id == b.measure.id and shown.start < other.end and other.start < shown.end


def _set(bench: Bench, document_id: str, claims: Sequence[Claim]) -> Question | None:
    name = "set=" + ",".join(sorted(c.id for c in claims))
    deniable = [c for c in claims if false_rivals(c)]
    wrong = {c.id for c in deniable[: bench.picker.index(f"wrong {name}", 2) + 1]}
    if not wrong:
        return None
    rivals = {c.id: bench.picker.one(f"{name} {c.id}", false_rivals(c)[:2]) for c in claims if c.id in wrong}
    options = [_statement(c, rivals.get(c.id)) for c in claims]
    shown = bench.picker.shuffled(f"options {name}", list(zip(options, claims, strict=True)), lambda pair: pair[0].text)
    citations = [bench.cite(c.measure, c.stretch.shown) for _, c in shown]
    told = [
        f"{letter}项中“{rivals[c.id].words}”应为“{c.stretch.asked}”"
        for letter, (o, c) in zip("ABCDEF", shown, strict=False)
        if not o.right
    ]
    return bench.make(
        "multiple",
        "value",
        name,
        claims[0].measure,
        f"下列表述中，符合{bench.label(document_id)}的有{BLANK}。",
        citations,
        f"{'；'.join(told)}。其余各项与原文一致。",
        mean([r.near for r in rivals.values()]),
        options=[o for o, _ in shown],
    )


def _statement(claim: Claim, rival: Rival | None) -> Option:
    words = claim.stretch.filled(rival.words if rival else claim.stretch.asked)
    return Option(words, rival is None, claim.measure.id, rival.near if rival else 0.0)


def _stem(bench: Bench, claim: Claim) -> str:
    return f"按照{bench.label(claim.measure.document_id)}，{claim.stretch.filled(BLANK)}。"
