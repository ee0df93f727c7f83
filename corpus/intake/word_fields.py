"""Fields of Word: a code that is not printed, and the result that is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_RINGED = re.compile(r"EQ\s+\\o\s*\\ac\s*\(\s*[^,，()]\s*[,，]\s*([^()]+?)\s*\)", re.I)
# their text is drawn from the code, no result is stored
_DRAWN = frozenset("ADVANCE AUTONUM AUTONUMLGL AUTONUMOUT EQ LISTNUM MACROBUTTON SYMBOL".split())


@dataclass(slots=True)
class _Field:
    code: str = ""
    result: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open at one place of the text; drawn: codes whose text is drawn and so was not read."""

    open: list[_Field] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)

    def mark(self, kind: str | None) -> str:
        """Take a field character (begin, separate, end); return text that the field's code alone holds."""
        if kind == "begin":
            self.open.append(_Field())
        elif kind == "separate" and self.open:
            self.open[-1].result = True
        elif kind == "end" and self.open:
            closed = self.open.pop()
            return "" if closed.result else self._drawn(closed.code)
        return ""

    def code(self, text: str) -> None:
        """Take a piece of a field's code."""
        if self.open and not self.open[-1].result:
            self.open[-1].code += text

    def end_paragraph(self) -> None:
        """Close fields whose code has not ended: a damaged field must not swallow the paragraphs after it."""
        while self.open and not self.open[-1].result:
            self.open.pop()

    @property
    def printed(self) -> bool:
        """Whether text at this place is printed."""
        return all(one.result for one in self.open)

    @property
    def contents(self) -> bool:
        """Whether this place is in a table of contents."""
        return any(one.code.split()[:1] == ["TOC"] for one in self.open)

    def _drawn(self, code: str) -> str:
        ringed = _RINGED.search(code)
        if ringed:
            return _ring(ringed[1])
        name = (code.split()[:1] or [""])[0].upper()
        if name in _DRAWN:
            self.drawn.append(name)
        return ""


def _ring(text: str) -> str:
    """A number in a ring as one character where there is one."""
    return chr(ord("①") + int(text) - 1) if text.isdecimal() and 1 <= int(text) <= 20 else text
