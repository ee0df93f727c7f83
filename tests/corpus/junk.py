"""Strings put into words, as a site does that guards its text: `python -m tests.corpus.junk` prints what is found.

The constants of corpus/suspects.py are read off its table: of all settings that raise at most two false alarms a
document on the documents other than hainan as they stand, the one that finds most of the strings put in. hainan, whose
junk is real, takes no part in the choice.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from functools import cache

from corpus.clean import clean_text
from corpus.load import DEFAULT_ROOT, load_corpus, read_raw
from corpus.script import fold_aligned
from corpus.surprise import HAN, CharacterModel
from corpus.suspects import LEAST_SCORE, USUAL_SURPRISE, strange
from corpus.types import Span
from corpus.wordlist import known_words

CHOSEN_ON = ("dazu", "tangshan", "weihai", "xiushan")
COMMON, IN_USE = 2500, 6500  # characters by how often the word list holds them
LENGTHS = range(2, 7)
FALSE_ALARMS = 2  # a document


@cache
def texts() -> dict[str, str]:
    """Return the five documents, layout repaired, without errata, folded."""
    ids = [d.meta.id for d in load_corpus().documents]
    return {i: fold_aligned(clean_text(read_raw(DEFAULT_ROOT, i)).text) for i in ids}


@cache
def model_for(document_id: str) -> CharacterModel:
    """Return the model that knows every document but one."""
    words = [fold_aligned(word) for word in known_words()]
    return CharacterModel([*words, *(text for i, text in texts().items() if i != document_id)])


@cache
def pools() -> tuple[str, str]:
    """Return common and rare characters."""
    counts: dict[str, int] = {}
    for word in known_words():
        for char in "".join(HAN.findall(word)):
            counts[char] = counts.get(char, 0) + 1
    ranked = sorted(counts, key=lambda c: (-counts[c], c))[:IN_USE]
    return "".join(ranked[:COMMON]), "".join(ranked[COMMON:])


def with_junk(text: str, seed: int, count: int = 60) -> tuple[str, list[Span]]:
    """Return `text` with `count` strings of two to six random characters inside its words, and where they stand."""
    chance = random.Random(seed)
    inside = [m.start() + k for m in HAN.finditer(text) for k in range(1, len(m.group()))]
    out, spans, at, length = [], [], 0, 0
    for place in sorted(chance.sample(inside, count)):
        pool = chance.choice(pools())
        junk = "".join(chance.choice(pool) for _ in range(chance.choice(LENGTHS)))
        out += [text[at:place], junk]
        length += place - at + len(junk)
        spans.append(Span(length - len(junk), length))
        at = place
    return "".join([*out, text[at:]]), spans


def found(document_id: str, text: str, usual: float, least: float) -> list[tuple[Span, float]]:
    """Return the suspects of a text under the model for `document_id`."""
    return list(strange(model_for(document_id), text, usual, least))


def recall(usual: float, least: float, seeds: Sequence[int], lengths: Sequence[int] = LENGTHS) -> float:
    """Return the share of the strings put in, of the given lengths, that a suspect touches."""
    hit = put = 0
    for document_id in CHOSEN_ON:
        for seed in seeds:
            text, spans = with_junk(texts()[document_id], seed)
            suspects = [span for span, _ in found(document_id, text, usual, least)]
            spans = [s for s in spans if s.end - s.start in lengths]
            put += len(spans)
            hit += sum(any(a.start < s.end and s.start < a.end for a in suspects) for s in spans)
    return hit / put


def least_score(usual: float) -> float:
    """Return the score, to a tenth, above which the documents chosen on raise no more than the allowed alarms."""
    scores = sorted((s for i in CHOSEN_ON for _, s in found(i, texts()[i], usual, 1.0)), reverse=True)
    return int(scores[FALSE_ALARMS * len(CHOSEN_ON)] * 10 + 1) / 10


def main() -> None:
    """Print the table that the constants are read off, and the figures of the constants."""
    seeds = range(5)
    for usual in (3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 6.5):
        least = least_score(usual)
        by_length = " ".join(f"{n}:{recall(usual, least, seeds, [n]):.3f}" for n in LENGTHS)
        share = recall(usual, least, seeds)
        sys.stdout.write(f"usual {usual}: least {least:.1f}, recall {share:.4f}  {by_length}\n")
    alarms = {i: len(found(i, texts()[i], USUAL_SURPRISE, LEAST_SCORE)) for i in texts()}
    share = recall(USUAL_SURPRISE, LEAST_SCORE, seeds)
    sys.stdout.write(f"chosen {USUAL_SURPRISE}, {LEAST_SCORE}: recall {share:.4f}, suspects {alarms}\n")


if __name__ == "__main__":
    main()
