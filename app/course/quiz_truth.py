"""Whether something that is put into a question would be true of the document asked: by its facts and by its text."""

from __future__ import annotations

import re
from functools import cached_property

from app.course.quiz_text import Cloze
from corpus.facts import facts_of
from corpus.glossary import load_taiwan_words
from corpus.load import Corpus
from corpus.script import fold
from corpus.sentences import split_sentences
from corpus.types import Fact, Measure
from index.search_text import SearchText

_AROUND = 5  # letters on each side that make a value's place in the text its own
_RUN = 6  # letters in a row that two rules have in common by more than chance
_NEARLY_ALL = 0.8  # share of documents that makes a run of letters a set phrase
# A unit that stands for others that it does not name: each of them may be meant.
_COLLECTIVE = re.compile(r"成员单位|各.*(?:部门|单位|科室)|有关(?:部门|单位)|(?:部门|单位)$")


class Truth:
    """The facts and the folded text of every document of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    @cached_property
    def facts(self) -> dict[str, tuple[Fact, ...]]:
        """Facts by measure id."""
        return {m.id: facts_of(m) for m in self.corpus.measures.values()}

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {d.meta.id: plain(d.clean.text) for d in self.corpus.documents}

    @cached_property
    def _mainland(self) -> SearchText:
        return SearchText(load_taiwan_words())

    @cached_property
    def _bodies(self) -> dict[str, str]:
        return {m.id: plain(m.text[: m.note.start] if m.note else m.text) for m in self.corpus.measures.values()}

    @cached_property
    def _sentences(self) -> dict[str, tuple[frozenset[str], ...]]:
        """The pairs of letters of every two neighbouring sentences, by document."""
        found: dict[str, tuple[frozenset[str], ...]] = {}
        for document in self.corpus.documents:
            groups: list[frozenset[str]] = []
            for measure in document.measures:
                texts = [self._mainland(plain(s.of(measure.text))) for s in split_sentences(measure.text)]
                groups += [pairs_of(a + b) for a, b in zip(texts, [*texts[1:], ""], strict=True)]
            found[document.meta.id] = tuple(groups)
        return found

    def could_hold(self, measure: Measure, fact: Fact, stretch: Cloze, words: str, value: str) -> bool:
        """Whether `words` in the place of the asked ones could be right in the measure's document.

        value: the value of `words` as a fact would hold it.
        """
        before, after = plain(stretch.before)[-_AROUND:], plain(stretch.after)[:_AROUND]
        if before + plain(words) + after in self._texts[measure.document_id]:
            return True
        if fact.kind == "date":
            return False  # what a date is for is said by the words around it alone
        own = self.corpus.by_id[measure.document_id].measures
        others = ((m, f) for m in own for f in self.facts[m.id] if f != fact and f.kind == fact.kind)
        return any(value in (f.value, f.period) and self._same_thing(measure, fact, m, f) for m, f in others)

    def _same_thing(self, measure: Measure, fact: Fact, other: Measure, found: Fact) -> bool:
        """Whether two facts count the same thing; where the words for it are not known, whether they stand together."""
        if fact.of is None or found.of is None:
            return measure.id == other.id and abs(fact.span.start - found.span.start) < 60
        a, b = plain(fact.of.of(measure.text)), plain(found.of.of(other.text))
        return a in b or b in a

    def could_be_responsible(self, measure: Measure, unit: str) -> bool:
        """Whether an office could be counted among the responsible units of a measure."""
        named = [plain(span.of(measure.text)) for span in measure.units]
        own = plain(unit)
        if _COLLECTIVE.search(own):
            return True
        if any(own in name or name in own for name in named):
            return True
        if own in self._bodies[measure.id]:
            return True
        return any(_COLLECTIVE.search(name) for name in named)

    def stated(self, document_id: str, words: str) -> bool:
        """Whether a document states `words`, whatever the script and the marks."""
        return plain(words) in self._texts[document_id]

    def shared_run(self, document_id: str, words: str) -> bool:
        """Whether a document has six letters of `words` in a row that are no set phrase of nearly all documents."""
        text = plain(words)
        runs = {text[i : i + _RUN] for i in range(len(text) - _RUN + 1)}
        most = max(3, round(_NEARLY_ALL * len(self._texts)))
        shared = (run for run in runs if run in self._texts[document_id])
        return any(sum(run in held for held in self._texts.values()) < most for run in shared)

    def likeness(self, document_id: str, words: str) -> float:
        """Return the largest share of the pairs of letters of `words` that two neighbouring sentences hold, 0 to 1."""
        pairs = pairs_of(self._mainland(plain(words)))
        if not pairs:
            return 1.0
        return max((len(pairs & held) / len(pairs) for held in self._sentences[document_id]), default=0.0)


def plain(text: str) -> str:
    """Return text for comparison: folded, without punctuation but for the colon of a ratio and the sign of a range."""
    return re.sub(r"[^\w:~%]|(?<!\d):|:(?!\d)|~(?!\d)", "", fold(text))


def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters of a text."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
