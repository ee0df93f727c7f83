"""A reader of Moodle's GIFT format after its grammar, so that exports are not read by what wrote them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ESCAPE = re.compile(r"\\([\\~=#{}:])")


@dataclass
class GiftQuestion:
    """A question: its title, its stem with [] for the answers, what kind its answers make it, and its feedback."""

    title: str
    stem: str
    kind: str
    answers: list[tuple[float, str]] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    feedback: str = ""


def parse(text: str) -> list[GiftQuestion]:
    """Read a file; ValueError where it breaks the grammar."""
    kept = "\n".join(line for line in text.split("\n") if not line.startswith("//"))
    blocks = [block.strip() for block in re.split(r"\n[ \t]*\n", kept) if block.strip()]
    return [_question(block) for block in blocks if not block.startswith("$CATEGORY:")]


def _question(block: str) -> GiftQuestion:
    match = re.fullmatch(r"::(?P<title>(?:\\.|[^:\\])*)::(?P<rest>.*)", block, flags=re.S)
    if match is None:
        raise ValueError(f"no title: {block[:40]}")
    rest = match["rest"]
    opened, closed = _only(rest, "{"), _only(rest, "}")
    if opened > closed:
        raise ValueError("braces in the wrong order")
    stem = _plain(rest[:opened]) + "[]" + _plain(rest[closed + 1 :])
    inner = rest[opened + 1 : closed].strip()
    body, mark, feedback = inner.partition("####")
    question = GiftQuestion(_plain(match["title"]), stem.strip(), "", feedback=_plain(feedback.strip()) if mark else "")
    _read_answers(question, body.strip())
    return question


def _only(text: str, sign: str) -> int:
    places = [m.start() for m in re.finditer(rf"(?<!\\){re.escape(sign)}", text)]
    if len(places) != 1:
        raise ValueError(f"{len(places)} of {sign}: {text[:60]}")
    return places[0]


def _read_answers(question: GiftQuestion, body: str) -> None:
    if body in ("TRUE", "T", "FALSE", "F"):
        question.kind = "truefalse"
        question.answers = [(100.0, "true" if body.startswith("T") else "false")]
        return
    parts = re.split(r"(?<!\\)(?=[=~])", body)
    if parts[0].strip():
        raise ValueError(f"text before the first answer: {parts[0]!r}")
    for part in parts[1:]:
        sign, words = part[0], part[1:].strip()
        weighed = re.match(r"%(-?\d+(?:\.\d+)?)%", words)
        share = float(weighed[1]) if weighed else 100.0 if sign == "=" else 0.0
        words = words[weighed.end() :] if weighed else words
        if "->" in words:
            left, _, right = words.partition("->")
            question.pairs.append((_plain(left.strip()), _plain(right.strip())))
        else:
            question.answers.append((share, _plain(words)))
    question.kind = _kind(question, parts[1:])


def _kind(question: GiftQuestion, parts: list[str]) -> str:
    if question.pairs:
        if len(question.pairs) < 3 or question.answers:
            raise ValueError("a matching needs three pairs and nothing else")
        return "matching"
    if all(part.startswith("=") for part in parts):
        return "shortanswer"
    total = sum(share for share, _ in question.answers if share > 0)
    if abs(total - 100) > 0.01:
        raise ValueError(f"the shares of the mark make {total}")
    return "multichoice"


def _plain(text: str) -> str:
    loose = re.search(r"(?<!\\)[~=#{}]", text)
    if loose:
        raise ValueError(f"{loose[0]!r} is not escaped: {text[:60]}")
    return _ESCAPE.sub(r"\1", text)
