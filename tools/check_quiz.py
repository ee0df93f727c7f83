"""Prove quizzes against the gold of facts and the text: python -m tools.check_quiz [FILE…] [--seeds N] [--size N].

FILE: quizzes as `dudao course quiz --json` prints them; without any, quizzes of all topics and places are made, none
of which repeats a question of another. Nothing of the quiz's own making is used for the proof: only the gold, the clean
text, and what the questions themselves say.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from corpus.load import Corpus, load_corpus
from corpus.numerals import parse_numeral
from corpus.script import fold
from corpus.types import Measure

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold" / "facts"
BLANK = "（　　）"
LETTERS = "ABCDEF"
RIGHT, WRONG = "正确", "错误"
VALUES = ("ratio", "percent", "count", "duration", "frequency", "date")
ALIKE = 0.72  # likeness of a foreign rule to a sentence of the place asked, from which it could be that place's too
_COLLECTIVE = re.compile(r"成员单位|有关部门|有关单位|各.{0,4}部门")

Row = dict[str, Any]


def bare(text: str) -> str:
    """Text for comparison: one script, one width, no marks but those inside numbers."""
    kept = re.sub(r"[^\w%:~]", "", fold(text))
    return re.sub(r"(?<!\d)[:~]|[:~](?!\d)", "", kept)


@dataclass(frozen=True)
class Proof:
    """The gold and the texts that questions are held against."""

    corpus: Corpus
    gold: dict[str, list[Row]]

    @cached_property
    def texts(self) -> dict[str, str]:
        """Whole documents, bare."""
        return {d.meta.id: bare(d.clean.text) for d in self.corpus.documents}

    @cached_property
    def labels(self) -> dict[str, str]:
        """Document ids by every name that a question may give a document: place and genre."""
        found = {}
        for document in self.corpus.documents:
            for name in (document.meta.region, *document.meta.aliases):
                found[f"{name}{document.meta.genre}"] = document.meta.id
        return found

    def facts(self, measure_id: str, kinds: Sequence[str]) -> list[Row]:
        """The gold facts of a measure."""
        return [f for f in self.gold.get(measure_id, []) if f["kind"] in kinds]

    def facts_of(self, document_id: str, kinds: Sequence[str]) -> list[Row]:
        """The gold facts of a document."""
        return [f for m in self.corpus.by_id[document_id].measures for f in self.facts(m.id, kinds)]

    def units(self, measure_id: str) -> list[str]:
        """The responsible units of a measure, bare."""
        return [bare(f["quote"]) for f in self.facts(measure_id, ["unit"])]


def load_proof(corpus: Corpus | None = None, gold: Path = GOLD) -> Proof:
    """Return the gold and the texts."""
    held: dict[str, list[Row]] = {}
    for path in sorted(gold.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            fact = json.loads(line)
            held.setdefault(fact["measure"], []).append(fact)
    return Proof(corpus or load_corpus(), held)


def faults(proof: Proof, quiz: Row) -> list[str]:
    """Return what is wrong with a quiz, each with the id of its question; nothing where all is proven."""
    found = []
    for question in quiz["questions"]:
        try:
            said = [*_form(question), *_citations(proof, question), *_ABOUT[question["about"]](proof, question)]
        except (KeyError, IndexError, ValueError, StopIteration) as error:
            said = [f"cannot be read ({type(error).__name__}: {error})"]
        found += [f"{question.get('id')}: {fault}: {question.get('stem')}" for fault in said]
    return found + _same(quiz["questions"])


def content(question: Row) -> tuple[str, ...]:
    """What makes two questions one: what is asked, and what is right."""
    right = sorted(bare(o["text"]) for o in question["options"] if o["right"])
    pairs = sorted(bare(p["left"]) for p in question["pairs"])
    return (question["kind"], bare(question["stem"]), *right, *pairs)


def _same(questions: Sequence[Row]) -> list[str]:
    seen: dict[tuple[str, ...], str] = {}
    found = []
    for question in questions:
        key = content(question)
        if key in seen:
            found.append(f"{question['id']}: the same question as {seen[key]}: {question['stem']}")
        seen[key] = question["id"]
    return found


def _form(question: Row) -> Iterator[str]:
    """The form of each kind, and that the printed key is the key."""
    kind = question["kind"]
    if kind in ("single", "multiple"):
        yield from _form_of_choice(question)
    elif kind == "judge" and question["answers"] not in ([RIGHT], [WRONG]):
        yield "a judgement is neither right nor wrong"
    elif kind == "fill" and (not all(question["answers"]) or not question["answers"] or BLANK not in question["stem"]):
        yield "a blank has no answer or no place"
    elif kind == "match":
        yield from _form_of_matching(question)
    if not question["citations"] or not question["reason"]:
        yield "no citation or no reason"


def _form_of_choice(question: Row) -> Iterator[str]:
    options = question["options"]
    right = [n for n, o in enumerate(options) if o["right"]]
    if len({bare(o["text"]) for o in options}) < len(options):
        yield "two options are the same"
    if question["key"] != "".join(LETTERS[n] for n in right):
        yield "the printed key is not the key"
    fits = len(right) == 1 if question["kind"] == "single" else 2 <= len(right) < len(options)
    if not 4 <= len(options) <= 6 or not fits:
        yield "the options are too few, or too many of them are right"


def _form_of_matching(question: Row) -> Iterator[str]:
    lefts, rights = [[p[side] for p in question["pairs"]] for side in ("left", "right")]
    if not 3 <= len(lefts) <= 6 or len(set(lefts)) < len(lefts) or len(set(rights)) < len(rights):
        yield "a matching has too few pairs, or two of its sides are the same"
    if sorted(question["rights"]) != sorted(rights):
        yield "a matching shows other sides than its pairs have"
    order = {right: LETTERS[n] for n, right in enumerate(question["rights"])}
    if question["key"] != "，".join(f"{n}—{order[p['right']]}" for n, p in enumerate(question["pairs"], start=1)):
        yield "the printed key is not the key"


def _citations(proof: Proof, question: Row) -> Iterator[str]:
    for row in question["citations"]:
        measure = proof.corpus.measures[row["measure_id"]]
        document_id, _, number = row["measure_id"].partition("/")
        if measure.text[row["start"] : row["end"]] != row["quote"] or not row["quote"].strip():
            yield "a quote does not stand in its measure"
        if row["link"] != f"/doc/{document_id}?mark={number}:{row['start']}-{row['end']}#{number}":
            yield "a permalink leads elsewhere"
        meta = proof.corpus.by_id[document_id].meta
        if (meta.title or meta.region) not in row["official"]:
            yield "an official citation names another document"
    if not any(row["measure_id"] == question["measure"] for row in question["citations"]):
        yield "no citation is of the measure asked"


def _asked(proof: Proof, question: Row) -> tuple[str, str]:
    """The document that a stem names, and the stem behind that name without its last mark."""
    match = re.fullmatch(r"按照(?P<label>[^，]+)，(?P<said>.+?)。?", question["stem"], flags=re.S)
    if match is None:
        raise ValueError("the stem names no document")
    document_id = proof.labels[match["label"]]
    if document_id != question["place"]:
        raise ValueError("the stem names another document than the question")
    return document_id, match["said"]


def _number(words: str) -> str:
    """A value in one form: digits, a:b, or the words themselves."""
    plain = bare(words)
    value = parse_numeral(plain)
    return plain if value is None else str(value)


def _values(proof: Proof, question: Row) -> Iterator[str]:
    """A value in its place in the text is right; no other value in that place stands in the document."""
    document_id, said = ("", "") if question["kind"] == "multiple" else _asked(proof, question)
    own = bare(proof.corpus.measures[question["measure"]].text)
    if question["kind"] == "multiple":
        yield from _statements(proof, question)
    elif question["kind"] == "judge":
        holds = bare(said) in own
        if holds != (question["answers"] == [RIGHT]) or (not holds and bare(said) in proof.texts[document_id]):
            yield "the judgement is not what the text says"
    else:
        yield from _value(proof, question, document_id, said, own)


def _value(proof: Proof, question: Row, document_id: str, said: str, own: str) -> Iterator[str]:
    if said.count(BLANK) != 1:
        raise ValueError("a stem needs one blank")
    rights = [o["text"] for o in question["options"] if o["right"]] or question["answers"][:1]
    if any(bare(said.replace(BLANK, words)) not in own for words in rights):
        yield "the key does not stand in the measure"
    fact = _gold_of(proof, question, rights[0])
    if fact is None:
        yield "no fact of the gold has the key's value"
        return
    for words in question["answers"][1:]:
        if _number(words.replace("比", ":").rstrip("年")) not in _forms(rights[0]):
            yield f"the accepted answer {words!r} is another value"
    for option in question["options"]:
        if not option["right"] and _could_hold(proof, document_id, said, fact, option["text"]):
            yield f"the wrong option {option['text']!r} could be right"


def _forms(words: str) -> set[str]:
    """Wordings of one value."""
    plain = _number(words)
    signs = {plain.replace("~", sign) for sign in ("", "至", "到", "~", "-")}
    return {plain, plain.rstrip("年"), *signs}


def _gold_of(proof: Proof, question: Row, words: str) -> Row | None:
    """The fact of the gold that holds the key: same value, its quote within the cited words."""
    cited = "".join(bare(c["quote"]) for c in question["citations"] if c["measure_id"] == question["measure"])
    for fact in proof.facts(question["measure"], VALUES):
        whole = f"{fact.get('value', '')}~{fact['to']}" if "to" in fact else str(fact.get("value", ""))
        values = {whole, fact.get("period", ""), _date(whole, fact.get("precision", ""))}
        if bare(fact["quote"]) in cited and _number(words) in values | {bare(v) for v in values}:
            return fact
    return None


def _date(value: str, precision: str) -> str:
    parts = value.split("-")
    said = f"{parts[0]}年" + (f"{int(parts[1])}月" if len(parts) > 1 and parts[1] else "")
    return said + ("底" if precision == "year end" else "")


def _could_hold(proof: Proof, document_id: str, said: str, fact: Row, words: str) -> bool:
    """Whether other words fit the blank by the text, or by a fact of the gold that counts the same thing."""
    before, after = (bare(part) for part in said.split(BLANK))
    if before[-8:] + bare(words) + after[:8] in proof.texts[document_id]:
        return True
    if _number(words) in (_number(str(fact.get("value", ""))), fact.get("period")):
        return True
    counted = bare(fact.get("of", ""))
    for other in proof.facts_of(document_id, [fact["kind"]]):
        same = counted and bare(other.get("of", "")) and (counted in bare(other["of"]) or bare(other["of"]) in counted)
        if same and _number(words) in (str(other.get("value", "")), other.get("period", "")):
            return True
    return False


def _statements(proof: Proof, question: Row) -> Iterator[str]:
    """A statement is right where the place's document has it, letter for letter."""
    match = re.search(r"(?:符合|出自)(?P<label>.+?)的(?:有|是)", question["stem"])
    if match is None:
        raise ValueError("the stem names no document")
    document_id = proof.labels[match["label"]]
    if document_id != question["place"]:
        yield "the stem names another document than the question"
    for option in question["options"]:
        if (bare(option["text"]) in proof.texts[document_id]) != option["right"]:
            yield f"the statement {option['text']!r} is marked wrongly"
        if not option["right"] and question["about"] == "rule" and _is_alike(proof, document_id, option["text"]):
            yield f"the statement {option['text']!r} could be that place's too"


def _is_alike(proof: Proof, document_id: str, text: str) -> bool:
    words = bare(text)
    for sentence in re.split(r"[。;；\n]", proof.corpus.by_id[document_id].clean.text):
        other = bare(sentence)
        if other and SequenceMatcher(None, words, other, autojunk=False).ratio() > ALIKE:
            return True
    return False


def _units(proof: Proof, question: Row) -> Iterator[str]:
    """Responsible units are those of the gold, all of them and no other."""
    document_id, said = _asked(proof, question)
    if said.startswith("下列措施中"):
        yield from _measures_of_unit(proof, question, document_id, said)
        return
    measure = proof.corpus.measures[question["measure"]]
    if f"“{bare(measure.heading)}”" not in re.sub(r"“([^”]*)”", lambda m: f"“{bare(m[1])}”", said):
        yield "the stem names another measure"
    units = proof.units(measure.id)
    leads = [bare(f["quote"]) for f in proof.facts(measure.id, ["unit"]) if f.get("lead")]
    wanted = leads if "牵头单位" in said else units
    if question["kind"] == "judge":
        unit = re.match(r"(.+?)是“", said)
        holds = unit is not None and bare(unit[1]) in units
        if holds != (question["answers"] == [RIGHT]):
            yield "the judgement is not what the note says"
        if unit and not holds and _could_be_meant(measure, units, unit[1]):
            yield "the unit judged wrong could be meant"
    elif question["kind"] == "fill":
        yield from _filled_units(said, question["answers"], units, wanted)
    else:
        yield from _chosen_units(question, measure, units, wanted, "不属于" in said)


def _filled_units(said: str, answers: Sequence[str], units: Sequence[str], wanted: Sequence[str]) -> Iterator[str]:
    if {bare(answer) for answer in answers} - set(wanted) or len({bare(a) for a in answers}) != 1:
        yield "the blank takes what the note does not say"
    listed = re.search(r"责任单位除(.+?)外", said)
    rest = [bare(unit) for unit in re.split("、", listed[1])] if listed else []
    left = [unit for unit in units if unit not in rest and unit != bare(answers[0])]
    if "牵头单位" not in said and left:
        yield "another unit fits the blank"
    if "牵头单位" in said and len(wanted) != 1:
        yield "not one unit leads"


def _chosen_units(
    question: Row, measure: Measure, units: Sequence[str], wanted: Sequence[str], negative: bool
) -> Iterator[str]:
    for option in question["options"]:
        named = bare(option["text"]) in wanted
        if named == negative and option["right"] or named != negative and not option["right"]:
            yield f"the option {option['text']!r} is marked wrongly"
        elsewhere = bare(option["text"]) not in units
        if elsewhere and _could_be_meant(measure, units, option["text"]):
            yield f"the option {option['text']!r} could be meant by the note"
    if question["kind"] == "multiple" and {bare(o["text"]) for o in question["options"] if o["right"]} != set(wanted):
        yield "not all units are among the right options"


def _could_be_meant(measure: Measure, units: Sequence[str], unit: str) -> bool:
    """Whether an office that the note does not name could be among those it means, or stands in the measure's text."""
    own = bare(unit)
    if any(own in name or name in own for name in units):
        return True
    end = measure.note.start if measure.note else len(measure.text)
    return own in bare(measure.text[:end]) or any(_COLLECTIVE.search(name) for name in (*units, own))


def _measures_of_unit(proof: Proof, question: Row, document_id: str, said: str) -> Iterator[str]:
    match = re.search(r"以(.+?)为责任单位", said)
    unit = bare(match[1]) if match else ""
    headed = {bare(m.heading): m for m in proof.corpus.by_id[document_id].measures}
    for option in question["options"]:
        measure = headed[bare(option["text"])]
        units = proof.units(measure.id)
        if (unit in units) != option["right"]:
            yield f"the measure {option['text']!r} is marked wrongly"
        if not option["right"] and _could_be_meant(measure, units, unit):
            yield f"the unit could be meant by the note of {option['text']!r}"


def _documents(proof: Proof, question: Row) -> Iterator[str]:
    """A title in its place in the text is right; no other title stands there."""
    document_id, said = _asked(proof, question)
    own = bare(proof.corpus.measures[question["measure"]].text)
    titles = {bare(f["title"]) for f in proof.facts(question["measure"], ["document"])}
    if question["kind"] == "judge":
        if (bare(said) in own) != (question["answers"] == [RIGHT]):
            yield "the judgement is not what the text says"
        return
    for option in question["options"]:
        filled = bare(said.replace(BLANK, option["text"]))
        if (filled in proof.texts[document_id]) != option["right"] or (bare(option["text"]) in titles) != option[
            "right"
        ]:
            yield f"the title {option['text']!r} is marked wrongly"


def _rules(proof: Proof, question: Row) -> Iterator[str]:
    """A rule stands in the documents that it is said to come from, and in no other that is offered."""
    if question["kind"] == "match":
        yield from _matching(proof, question)
    elif question["kind"] == "judge":
        match = re.fullmatch(r"“(?P<rule>.+)”，这一表述出自(?P<label>[^”]+)。", question["stem"], flags=re.S)
        if match is None:
            raise ValueError("the stem is not a rule and a document")
        document_id = proof.labels[match["label"]]
        holds = bare(match["rule"]) in proof.texts[document_id]
        if holds != (question["answers"] == [RIGHT]):
            yield "the judgement is not what the text says"
        if not holds and _is_alike(proof, document_id, match["rule"]):
            yield "the document has a rule like it"
    elif "这一表述出自" in question["stem"]:
        rule = question["stem"].partition("”，这一表述出自")[0].removeprefix("“")
        for option in question["options"]:
            yield from _place(proof, rule, option)
    else:
        yield from _statements(proof, question)


def _place(proof: Proof, rule: str, option: Row) -> Iterator[str]:
    document_id = proof.labels[option["text"]]
    if (bare(rule) in proof.texts[document_id]) != option["right"]:
        yield f"the place {option['text']!r} is marked wrongly"
    elif not option["right"] and _is_alike(proof, document_id, rule):
        yield f"the place {option['text']!r} has a rule like it"


def _matching(proof: Proof, question: Row) -> Iterator[str]:
    for pair in question["pairs"]:
        for right in question["rights"]:
            yield from _place(proof, pair["left"], {"text": right, "right": right == pair["right"]})


_ABOUT = {
    "value": _values,
    "period": _values,
    "deadline": _values,
    "unit": _units,
    "lead": _units,
    "document": _documents,
    "rule": _rules,
}


def main() -> int:
    """Check the files, or quizzes made here; 1 where anything is at fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seeds", type=int, default=5, help="how many seeds, from 1")
    parser.add_argument("--size", type=int, default=100, help="questions a quiz")
    options = parser.parse_args()
    proof = load_proof()
    quizzes = [json.loads(path.read_text(encoding="utf-8")) for path in options.files]
    quizzes = quizzes or made(proof.corpus, options.seeds, options.size)
    found = [fault for quiz in quizzes for fault in faults(proof, quiz)]
    for fault in found:
        print(fault)
    count = sum(len(quiz["questions"]) for quiz in quizzes)
    distinct = len({content(q) for quiz in quizzes for q in quiz["questions"]})
    print(f"{count} questions in {len(quizzes)} quizzes, {distinct} of them different: {len(found)} faults")
    return 1 if found else 0


def made(corpus: Corpus, seeds: int, size: int) -> list[Row]:
    """Return a quiz of all topics and places for each seed from 1, none of which repeats a question of another."""
    from app.course.quiz import make_quiz
    from app.course.quiz_types import Question
    from app.course.quiz_wire import quiz_to_dict
    from app.topics.align import topic_map

    topics = topic_map(corpus)
    asked: list[Question] = []
    quizzes = []
    for seed in range(1, seeds + 1):
        ids = [t.id for t in topics.topics]
        quiz = make_quiz(corpus, topics, ids, list(corpus.by_id), seed, size, without=asked)
        asked += quiz.questions
        quizzes.append(quiz_to_dict(quiz))
    return quizzes


if __name__ == "__main__":
    sys.exit(main())
