"""Questions about responsible units: who is responsible, who leads, who is not among them, what an office is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.course.quiz_bench import Bench, mean
from app.course.quiz_text import measure_title, printed
from app.course.quiz_truth import plain
from app.course.quiz_types import BLANK, LETTERS, RIGHT, WRONG, Option, Question
from app.types import Citation
from corpus.types import Measure

_WRONG_OPTIONS = 3
_MOST_OPTIONS = 5
_LISTED_CAP = 5  # units of a note that a blank or a list may have


@dataclass(frozen=True, slots=True)
class _Note:
    """A responsibility note: its measure, the units as printed, and offices that are certainly not among them."""

    measure: Measure
    units: tuple[str, ...]
    leads: tuple[str, ...]
    others: tuple[Option, ...]

    @property
    def name(self) -> str:
        return f"“{measure_title(self.measure)}”"


def unit_questions(bench: Bench, document_id: str) -> Iterator[Question]:
    """Yield every question about the responsible units that a document names."""
    titles = [measure_title(m) for m in bench.corpus.by_id[document_id].measures]
    for measure in bench.measures_of(document_id):
        if not measure.units or not measure.note or titles.count(measure_title(measure)) > 1:
            continue
        note = _note(bench, measure)
        yield from _who(bench, note)
        yield from _who_all(bench, note)
        yield from _who_not(bench, note)
        yield from _judge(bench, note)
        yield from _fill(bench, note)
        yield from _lead(bench, note)
    yield from _what(bench, document_id)


def _note(bench: Bench, measure: Measure) -> _Note:
    units = tuple(printed(u.of(measure.text)) for u in measure.units)
    leads = tuple(printed(u.of(measure.text)) for u in measure.leads)
    return _Note(measure, units, leads, _others(bench, measure))


def _others(bench: Bench, measure: Measure) -> tuple[Option, ...]:
    """Offices that sibling measures name and this one's note cannot mean, the nearest first."""
    found: dict[str, Option] = {}
    for other in bench.corpus.by_id[measure.document_id].measures:
        for span in other.units:
            unit = printed(span.of(other.text))
            if bench.truth.could_be_responsible(measure, unit):
                continue
            near = 0.8 if other.path == measure.path else 0.55
            if unit not in found or found[unit].near < near:
                found[unit] = Option(unit, False, other.id, near)
    return tuple(sorted(found.values(), key=lambda o: (-o.near, o.text)))


def _others_chosen(bench: Bench, note: _Note, what: str, count: int) -> list[Option]:
    mixed = bench.picker.shuffled(f"{what} {note.measure.id}", note.others, lambda o: o.text)
    return sorted(mixed, key=lambda o: -o.near)[:count]


def _shuffled(bench: Bench, note: _Note, what: str, options: Sequence[Option]) -> list[Option]:
    return bench.picker.shuffled(f"{what} options {note.measure.id}", options, lambda o: o.text)


def _citation(bench: Bench, note: _Note) -> Citation:
    assert note.measure.note is not None, "a note was read"
    return bench.cite(note.measure, note.measure.note)


def _where(bench: Bench, note: _Note) -> str:
    return f"按照{bench.label(note.measure.document_id)}"


def _told(bench: Bench, note: _Note, options: Sequence[Option] = ()) -> str:
    """What the note says, and what the wrong offices are responsible for."""
    said = f"该项末尾注明{_noted(note.measure)}。"
    groups: dict[str, list[str]] = {}
    for letter, option in zip(LETTERS, options, strict=False):
        if not option.right and option.source:
            groups.setdefault(option.source, []).append(letter)
    for source, letters in groups.items():
        said += f"{'、'.join(letters)}项是“{measure_title(bench.corpus.measures[source])}”的责任单位。"
    return said


def _noted(measure: Measure) -> str:
    """The words of a responsibility note without its brackets, quoted."""
    assert measure.note is not None, "a note was read"
    return f"“{measure.note.of(measure.text).replace(chr(10), '').strip()[1:-1]}”"


def _telling(note: _Note) -> list[int]:
    """Which units are offices by name: 各市县 among them would be told by its form."""
    return [n for n, unit in enumerate(note.units) if not unit.startswith("各")] or [0]


def _claim(note: _Note) -> str:
    return f"{note.measure.id}:unit"


def _who(bench: Bench, note: _Note) -> Iterator[Question]:
    """The one office responsible, or the first of several."""
    wrong = _others_chosen(bench, note, "who", _WRONG_OPTIONS)
    if len(wrong) < _WRONG_OPTIONS:
        return
    right = note.units[bench.picker.one(f"who {note.measure.id}", _telling(note))]
    source = Option(right, True, note.measure.id)
    options = _shuffled(bench, note, "who", [source, *wrong])
    only = len(note.units) == 1
    asked = f"{note.name}的责任单位是" if only else f"下列单位中，属于{note.name}责任单位的是"
    stem = f"{_where(bench, note)}，{asked}{BLANK}。"
    yield bench.make(
        "single", "unit", _claim(note), note.measure, stem, [_citation(bench, note)],
        _told(bench, note, options), mean([o.near for o in wrong]), options=options,
    )  # fmt: skip


def _who_all(bench: Bench, note: _Note) -> Iterator[Question]:
    """All of several offices among others."""
    if not 2 <= len(note.units) < _MOST_OPTIONS:
        return
    wrong = _others_chosen(bench, note, "all", _MOST_OPTIONS - len(note.units))
    if not wrong or len(note.units) + len(wrong) < 4:
        return
    right = [Option(unit, True, note.measure.id) for unit in note.units]
    options = _shuffled(bench, note, "all", [*right, *wrong])
    stem = f"{_where(bench, note)}，{note.name}的责任单位有{BLANK}。"
    yield bench.make(
        "multiple", "unit", _claim(note), note.measure, stem, [_citation(bench, note)],
        _told(bench, note, options), mean([o.near for o in wrong]), options=options,
    )  # fmt: skip


def _who_not(bench: Bench, note: _Note) -> Iterator[Question]:
    """The one office that is not among them."""
    wrong = _others_chosen(bench, note, "not", 1)
    if len(note.units) < _WRONG_OPTIONS or not wrong:
        return
    listed = bench.picker.shuffled(f"not {note.measure.id}", note.units, str)[:_WRONG_OPTIONS]
    # here the key is the office that is not responsible
    options = [Option(unit, False, note.measure.id, 0.6) for unit in listed]
    options.append(Option(wrong[0].text, True, wrong[0].source))
    options = _shuffled(bench, note, "not", options)
    stem = f"{_where(bench, note)}，下列单位中，不属于{note.name}责任单位的是{BLANK}。"
    source = bench.corpus.measures[wrong[0].source]
    reason = f"{_told(bench, note)}“{wrong[0].text}”是“{measure_title(source)}”的责任单位。"
    yield bench.make(
        "single", "unit", _claim(note), note.measure, stem, [_citation(bench, note)], reason, wrong[0].near,
        options=options,
    )  # fmt: skip


def _judge(bench: Bench, note: _Note) -> Iterator[Question]:
    """Whether an office is among them."""
    wrong = _others_chosen(bench, note, "judge", 2)
    if not wrong:
        return
    holds = bench.picker.number(f"unit holds {note.measure.id}") < 0.5
    other = bench.picker.one(f"unit judge {note.measure.id}", wrong)
    unit = bench.picker.one(f"unit judged {note.measure.id}", note.units) if holds else other.text
    among = "的责任单位之一" if len(note.units) > 1 else "的责任单位"
    stem = f"{_where(bench, note)}，{unit}是{note.name}{among}。"
    reason = _told(bench, note)
    if not holds:
        reason += f"“{unit}”是“{measure_title(bench.corpus.measures[other.source])}”的责任单位，不是本项的责任单位。"
    yield bench.make(
        "judge", "unit", _claim(note), note.measure, stem, [_citation(bench, note)], reason, other.near,
        answers=[RIGHT if holds else WRONG],
    )  # fmt: skip


def _fill(bench: Bench, note: _Note) -> Iterator[Question]:
    """The office that a list of the others leaves out."""
    if len(note.units) > _LISTED_CAP:
        return
    left_out = bench.picker.one(f"unit blank {note.measure.id}", _telling(note))
    rest = [unit for n, unit in enumerate(note.units) if n != left_out]
    if not rest:
        stem = f"{_where(bench, note)}，{note.name}的责任单位是{BLANK}。"
    else:
        stem = f"{_where(bench, note)}，{note.name}的责任单位除{'、'.join(rest)}外，还有{BLANK}。"
    yield bench.make(
        "fill", "unit", _claim(note), note.measure, stem, [_citation(bench, note)], _told(bench, note),
        mean([o.near for o in note.others[:_WRONG_OPTIONS]]), answers=_wordings(note, left_out),
    )  # fmt: skip


def _wordings(note: _Note, n: int) -> list[str]:
    """The unit as a question prints it and as the document does."""
    return list(dict.fromkeys((note.units[n], note.measure.units[n].of(note.measure.text))))


def _lead(bench: Bench, note: _Note) -> Iterator[Question]:
    """Which of the responsible units leads, where the document says so."""
    if len(note.leads) != 1 or len(note.units) < 2:
        return
    lead = note.leads[0]
    stem = f"{_where(bench, note)}，{note.name}由多个单位负责，其中牵头单位是{BLANK}。"
    citations = [_citation(bench, note), *_rule_of_leads(bench, note)]
    reason = f"{_told(bench, note)}牵头单位为{lead}。"
    rest = [Option(unit, False, note.measure.id, 0.9) for unit in note.units if unit != lead]
    wrong = [*rest, *_others_chosen(bench, note, "lead", _WRONG_OPTIONS)][:_WRONG_OPTIONS]
    n = note.units.index(lead)
    claim = f"{note.measure.id}:lead"
    yield bench.make(
        "fill", "lead", claim, note.measure, stem, citations, reason, 0.7, answers=_wordings(note, n)
    )  # fmt: skip
    if len(wrong) == _WRONG_OPTIONS:
        options = _shuffled(bench, note, "lead", [Option(lead, True, note.measure.id), *wrong])
        yield bench.make(
            "single", "lead", claim, note.measure, stem, citations, reason, mean([o.near for o in wrong]),
            options=options,
        )  # fmt: skip


def _rule_of_leads(bench: Bench, note: _Note) -> list[Citation]:
    """Where an earlier note says which unit leads in all later ones."""
    for measure in bench.corpus.by_id[note.measure.document_id].measures:
        if measure.note and "牵头单位" in (text := measure.note.of(measure.text)) and measure.id != note.measure.id:
            if plain("下同") in plain(text):
                return [bench.cite(measure, measure.note)]
    return []


def _what(bench: Bench, document_id: str) -> Iterator[Question]:
    """Which measure an office is responsible for: one of four headings."""
    measures = [m for m in bench.measures_of(document_id) if m.units and m.note and m.heading]
    named: dict[str, list[Measure]] = {}
    for measure in measures:
        for span in measure.units:
            named.setdefault(printed(span.of(measure.text)), []).append(measure)
    for unit, held in sorted(named.items()):
        rest = [m for m in measures if not bench.truth.could_be_responsible(m, unit)]
        for measure in held:
            yield from _one_of_headings(bench, unit, measure, rest)


def _one_of_headings(bench: Bench, unit: str, measure: Measure, rest: Sequence[Measure]) -> Iterator[Question]:
    name = f"what {unit} {measure.id}"
    mixed = bench.picker.shuffled(name, rest, lambda m: m.id)
    wrong = sorted(mixed, key=lambda m: m.path != measure.path)[:_WRONG_OPTIONS]
    if len(wrong) < _WRONG_OPTIONS:
        return
    options = [Option(measure_title(m), False, m.id, 0.7 if m.path == measure.path else 0.5) for m in wrong]
    near = mean([o.near for o in options])
    options = bench.picker.shuffled(
        name + " options", [Option(measure_title(measure), True, measure.id), *options], lambda o: o.text
    )
    assert measure.note is not None
    citation = bench.cite(measure, measure.note)
    among = "之一" if len(measure.units) > 1 else ""
    stem = f"按照{bench.label(measure.document_id)}，下列措施中，以{unit}为责任单位{among}的是{BLANK}。"
    reason = f"“{measure_title(measure)}”末尾注明{_noted(measure)}，其余各项的责任单位均不含{unit}。"
    yield bench.make(
        "single", "unit", f"{measure.id}:unit", measure, stem, [citation], reason, near, options=options
    )  # fmt: skip
