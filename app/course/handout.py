"""The handout of a course as a Word document: title page, contents, clauses by topic, comparison, terms, sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.course.contents import Contents, Quoted, TopicPart
from app.course.word import WordFile
from app.wording import Wording
from corpus.numerals import format_numeral

_NOTHING = "未检出"
_MOST_COLUMNS = 5  # places beside one another in the comparison; more make a further table
_SYNONYMS = 4
_LAST = ("对比表", "术语表", "文件来源")


def handout(contents: Contents, words: Wording, made: datetime) -> bytes:
    """Return the bytes of the .docx file."""
    facts = contents.origin.lines(words)
    file = WordFile(contents.course.name, made, " · ".join(facts))
    _title_page(file, contents, facts)
    body = _Body(file, contents)
    file.text("目　录", "Title")
    file.contents(body.headings())
    file.page_break()
    body.write()
    return file.bytes()


def _title_page(file: WordFile, contents: Contents, facts: Sequence[str]) -> None:
    for _ in range(5):
        file.text("")
    file.text(contents.course.name, "Title", "center")
    file.text("督学培训讲义", align="center")
    file.text("")
    file.text(f"专题：{'、'.join(p.topic.name for p in contents.parts)}", align="center")
    file.text(f"地区：{'、'.join(contents.names)}", align="center")
    file.text("")
    for fact in facts:
        file.text(fact, "Source", "center")
    if contents.gone:
        file.text(f"下列内容已不在文件库中，未收入本讲义：{'、'.join(contents.gone)}", "Source", "center")
    file.page_break()


class _Body:
    """The text behind the contents. What it will be headed by is known before it is written."""

    def __init__(self, file: WordFile, contents: Contents) -> None:
        self._file = file
        self._contents = contents

    def headings(self) -> list[str]:
        """Return the headings of the first level in order."""
        names = [*(part.topic.name for part in self._contents.parts), *_LAST]
        return [_numbered(n, name) for n, name in enumerate(names, start=1)]

    def write(self) -> None:
        """Write all of it."""
        for n, part in enumerate(self._contents.parts, start=1):
            self._part(n, part)
        comparison, terms, sources = self.headings()[-len(_LAST) :]
        self._file.turn(landscape=True)
        self._file.heading(comparison, 1)
        self._comparison()
        self._file.turn(landscape=False)
        self._file.heading(terms, 1)
        self._terms()
        self._file.heading(sources, 1)
        for n, source in enumerate(self._contents.sources, start=1):
            self._file.text(f"{n}. {source}")

    def _places(self, part: TopicPart) -> list[tuple[str, tuple[Quoted, ...]]]:
        return list(zip(self._contents.names, part.by_place, strict=True))

    def _part(self, n: int, part: TopicPart) -> None:
        self._file.heading(_numbered(n, part.topic.name), 1)
        if part.note:
            self._file.heading("备课笔记", 3)
            for line in part.note.split("\n"):
                self._file.text(line)
        silent = []
        for name, quotes in self._places(part):
            if not quotes:
                silent.append(name)
                continue
            self._file.heading(name, 2)
            for quoted in quotes:
                self._quote(quoted)
        if silent:
            self._file.text(f"{'、'.join(silent)}：文件中{_NOTHING}专门规定。", "Source")

    def _quote(self, quoted: Quoted) -> None:
        if quoted.measure.heading:
            self._file.heading(_head(quoted), 3)
        self._file.text("……".join(c.quote for c in quoted.own), "Clause")
        raw = "".join(f"「{wording}」" for c in quoted.own for wording in c.errata)
        errata = f"（引文含勘误，来源网页原作{raw}）" if raw else ""
        self._file.text(f"——{quoted.official}{errata}", "Source")

    def _comparison(self) -> None:
        """Topics down, places across; where there are many places, several tables."""
        names = self._contents.names
        for start in range(0, len(names), _MOST_COLUMNS):
            shown = range(start, min(start + _MOST_COLUMNS, len(names)))
            rows = [[part.topic.name, *(_cell(part.by_place[n]) for n in shown)] for part in self._contents.parts]
            self._file.table(["专题", *(names[n] for n in shown)], rows, [1.3, *(3.0 for _ in shown)])

    def _terms(self) -> None:
        """The terms that occur, with what else they are called and where they occur."""
        if not self._contents.terms:
            self._file.text("本讲义所引条款中没有术语表所收的术语。")
            return
        rows = [
            [t.entry.term, "、".join(t.entry.synonyms[:_SYNONYMS]), "、".join(map(self._contents.name_of, t.places))]
            for t in self._contents.terms
        ]
        self._file.table(["术语", "又称", "见于"], rows, [2.2, 3.6, 3.2])


def _head(quoted: Quoted) -> str:
    return f"{quoted.measure.label}{quoted.measure.heading}"


def _cell(quotes: Sequence[Quoted]) -> str:
    """What a place says, each quote with its place in the document."""
    if not quotes:
        return _NOTHING
    return "\n".join(f"{'……'.join(_line(c.quote) for c in q.key)}{_where(q)}" for q in quotes)


def _where(quoted: Quoted) -> str:
    label = quoted.measure.label.rstrip(".．、")
    return f"（{label.strip('（）()')}）" if label else ""


def _line(text: str) -> str:
    return text.replace("\n", "")


def _numbered(n: int, name: str) -> str:
    return f"{format_numeral(n)}、{name}"
