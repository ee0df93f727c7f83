"""Layout repair: raw text to clean text, one named rule for each kind of defect.

No rule changes a word. Words are corrected only by reviewed errata. Every raw code point ends up either in the
clean text or in an `Edit` that names the rule which dropped it, so nothing is lost unaccounted.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from corpus.errors import ParseError
from corpus.layout import RawLine, contents, page_numbers, repeated_block, stray_marks, web_furniture
from corpus.linebreaks import joins
from corpus.markers import is_table_row, read_marker
from corpus.types import CleanText, Edit, Erratum

_GLUED = re.compile(r"(?<=[。；;])([一二三四五六七八九十]{1,3}、[^，。；：,;:\s]{2,20})$")
_GAP = re.compile(r"[ \t\u00a0\u3000]+")
_UNWANTED = (
    ("page-number", page_numbers),
    ("web-furniture", web_furniture),
    ("stray-mark", stray_marks),
    ("repeat", repeated_block),
    ("contents", contents),
)


def clean_text(raw: str, errata: tuple[Erratum, ...] = ()) -> CleanText:
    """Return the clean layer of `raw` with the map back to it.

    :raises ParseError: an erratum's raw wording does not stand in the text, or no text is left.
    """
    lines, edits = _read_lines(raw)
    for rule, unwanted in _UNWANTED:
        lines, more = _drop_lines(lines, unwanted(lines), rule)
        edits += more
    edits += [edit for line in lines for edit in _spacing(line)]
    lines, more = _split_glued_headings(lines)
    edits += more
    edits += _line_breaks(raw, lines)
    edits += _errata_edits(raw, errata, edits)
    return apply_edits(raw, edits)


def apply_edits(raw: str, edits: list[Edit]) -> CleanText:
    """Apply `edits` to `raw`; edits of length 0 insert.

    :raises ParseError: two edits overlap, or nothing is left.
    """
    ordered = sorted(edits, key=lambda e: (e.start, e.end))
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for edit in ordered:
        if edit.start < at:
            raise ParseError(f"the rule {edit.rule!r} overlaps another at raw offset {edit.start}")
        pieces += (raw[at : edit.start], edit.replacement)
        offsets += range(at, edit.start)
        offsets += [min(edit.start, len(raw) - 1)] * len(edit.replacement)
        at = edit.end
    pieces.append(raw[at:])
    offsets += range(at, len(raw))
    text = "".join(pieces)
    if not text.strip():
        raise ParseError("the source holds no text")
    return CleanText(text, tuple(offsets), tuple(ordered))


def touched_errata(clean: CleanText, start: int, end: int) -> tuple[Edit, ...]:
    """Return the errata inside clean [start, end), so that a citation can show the raw wording."""
    if start >= end:
        return ()
    first, last = clean.raw_offsets[start], clean.raw_offsets[end - 1]
    return tuple(e for e in clean.edits if e.rule == "erratum" and first <= e.start <= last)


def _read_lines(raw: str) -> tuple[list[RawLine], list[Edit]]:
    """Split into lines without their margins; blank lines and margins become edits."""
    lines: list[RawLine] = []
    edits: list[Edit] = []
    at = 0
    for piece in re.split(r"(?<=\n)", raw):
        body = piece.rstrip("\r\n")
        text = body.strip()
        start = at + (len(body) - len(body.lstrip()) if text else 0)
        end = start + len(text)
        if text:
            edits += [Edit(a, b, "", "margin") for a, b in ((at, start), (end, at + len(body))) if a < b]
            lines.append(RawLine(start, end, text))
        elif body:
            edits.append(Edit(at, at + len(body), "", "margin"))
        at += len(piece)
    return lines, edits


def _drop_lines(lines: list[RawLine], unwanted: list[int], rule: str) -> tuple[list[RawLine], list[Edit]]:
    drop = set(unwanted)
    edits = [Edit(lines[i].start, lines[i].end, "", rule) for i in sorted(drop)]
    return [line for i, line in enumerate(lines) if i not in drop], edits


def _spacing(line: RawLine) -> list[Edit]:
    """Spaces that typesetting leaves around digits, Latin letters and marks.

    One space stays between two Han runs, and one tab between two cells of a table's row.
    """
    edits = []
    row = is_table_row(line.text)
    for match in _GAP.finditer(line.text):
        before, after = line.text[match.start() - 1], line.text[match.end()]
        keep = " " if _is_han(before) and _is_han(after) or before.isascii() and after.isascii() else ""
        if match.end() - match.start() > 1 and not keep:
            keep = " "  # a column gap, not typesetting
        if row and "\t" in match.group():
            keep = "\t"
        if keep != match.group():
            edits.append(Edit(line.start + match.start(), line.start + match.end(), keep, "spacing"))
    return edits


def _is_han(char: str) -> bool:
    return unicodedata.category(char) == "Lo"


def _split_glued_headings(lines: list[RawLine]) -> tuple[list[RawLine], list[Edit]]:
    """Split off a part heading glued to the end of a paragraph, where no line begins with that part number."""
    at_line_start = {m.label for line in lines if (m := read_marker(line.text)) and m.level == "han"}
    out: list[RawLine] = []
    edits = []
    for line in lines:
        match = _GLUED.search(line.text)
        if match and (marker := read_marker(match[1])) and marker.label not in at_line_start:
            at = line.start + match.start(1)
            edits.append(Edit(at, at, "\n", "glued-heading"))
            out.append(RawLine(line.start, at, line.text[: match.start(1)]))
            line = RawLine(at, line.end, match[1])
        out.append(line)
    return out, edits


def _line_breaks(raw: str, lines: list[RawLine]) -> list[Edit]:
    """Between two kept lines: one line break, or none where the second line continues the first."""
    if not lines:
        return []
    edits = _newlines(raw, 0, lines[0].start, 0)
    joined = joins([line.text for line in lines])
    for before, after, join in zip(lines, lines[1:], joined, strict=False):
        edits += _newlines(raw, before.end, after.start, 0 if join else 1, "wrapped-line" if join else "blank-line")
    return edits + _newlines(raw, lines[-1].end, len(raw), 0)


def _newlines(raw: str, start: int, end: int, keep: int, rule: str = "blank-line") -> list[Edit]:
    """Drop the line breaks in raw [start, end) but the first `keep`."""
    at = [i for i in range(start, end) if raw[i] in "\r\n"]
    kept = [i for i in at if raw[i] == "\n"][:keep]
    return [Edit(i, i + 1, "", rule) for i in at if i not in kept]


def _errata_edits(raw: str, errata: tuple[Erratum, ...], edits: list[Edit]) -> list[Edit]:
    """The smallest replacement for every standing of an erratum's wording outside what was dropped."""
    dropped = sorted((e.start, e.end) for e in edits if e.end > e.start)
    starts = [start for start, _ in dropped]
    out = []
    for erratum in errata:
        found = [m.start() for m in re.finditer(re.escape(erratum.raw), raw)]
        if not found:
            raise ParseError(f"erratum {erratum.raw!r} does not stand in the source: correct errata.toml")
        head = _common_prefix(erratum.raw, erratum.corrected)
        tail = _common_prefix(erratum.raw[head:][::-1], erratum.corrected[head:][::-1])
        for at in found:
            start, end = at + head, at + len(erratum.raw) - tail
            inside = bisect_right(starts, start) - 1
            if inside < 0 or dropped[inside][1] <= start:
                new = erratum.corrected[head : len(erratum.corrected) - tail]
                out.append(Edit(start, end, new, "erratum", erratum.raw))
    return out


def _common_prefix(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
