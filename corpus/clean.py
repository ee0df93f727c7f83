"""Layout repair: raw text to clean text, one named rule for each kind of defect.

No rule changes a word. Words are corrected only by reviewed errata. Every raw code point ends up either in the
clean text or in an `Edit` that names the rule which dropped it, so nothing is lost unaccounted.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from corpus.errors import ParseError
from corpus.markers import read_marker
from corpus.script import fold, fold_aligned
from corpus.types import CleanText, Edit, Erratum

_TERMINAL = "。！？；：:;!?…"
_CLOSING = "”’」』）)】〕》"
_PROSE = re.compile(r"[，。；、,;]")
_PAGE_NUMBER = re.compile(
    r"[-—–－ ]*(?:第?\d{1,4}页?|\d{1,4}/\d{1,4})[-—–－ ]*|[-—–－ ]*第\d{1,4}页[共/]?.{0,3}\d{1,4}页?"
)
_FURNITURE = frozenset(
    "印发通知 方案全文 通知全文 正文 全文 打印 关闭 打印本页 关闭窗口 返回顶部 分享到 收藏 字体大小".split()
)
_STRAY = re.compile(r"[|｜_=*#~·•\-]{1,3}")
_GLUED = re.compile(r"(?<=[。；;])([一二三四五六七八九十]{1,3}、[^，。；：,;:\s]{2,20})$")
_NOTE_END = re.compile(r"[(〔]责任单位:[^。]*[)〕]$")
_GAP = re.compile(r"[ \t\u00a0\u3000]+")
_MIN_REPEAT_LINES, _MIN_REPEAT_CHARS = 3, 200
_FULL_LINE, _WRAPPED_SHARE = 0.85, 0.6
_FEWEST_WRAPPED, _NARROWEST_WRAPPED, _WIDEST_WRAPPED = 8, 40, 120  # lines; widths in half-width columns


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def clean_text(raw: str, errata: tuple[Erratum, ...] = ()) -> CleanText:
    """Return the clean layer of `raw` with the map back to it.

    :raises ParseError: an erratum's raw wording does not stand in the text, or no text is left.
    """
    lines, edits = _read_lines(raw)
    for rule, unwanted in (
        ("page-number", _page_numbers(lines)),
        ("web-furniture", _web_furniture(lines)),
        ("stray-mark", [i for i, line in enumerate(lines) if _STRAY.fullmatch(line.text)]),
    ):
        lines, more = _drop_lines(lines, unwanted, rule)
        edits += more
    lines, more = _drop_lines(lines, _repeated_block(lines), "repeat")
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


def _read_lines(raw: str) -> tuple[list[_Line], list[Edit]]:
    """Split into lines without their margins; blank lines and margins become edits."""
    lines: list[_Line] = []
    edits: list[Edit] = []
    at = 0
    for piece in re.split(r"(?<=\n)", raw):
        body = piece.rstrip("\r\n")
        text = body.strip()
        start = at + (len(body) - len(body.lstrip()) if text else 0)
        end = start + len(text)
        if text:
            edits += [Edit(a, b, "", "margin") for a, b in ((at, start), (end, at + len(body))) if a < b]
            lines.append(_Line(start, end, text))
        elif body:
            edits.append(Edit(at, at + len(body), "", "margin"))
        at += len(piece)
    return lines, edits


def _drop_lines(lines: list[_Line], unwanted: list[int], rule: str) -> tuple[list[_Line], list[Edit]]:
    drop = set(unwanted)
    edits = [Edit(lines[i].start, lines[i].end, "", rule) for i in sorted(drop)]
    return [line for i, line in enumerate(lines) if i not in drop], edits


def _page_numbers(lines: list[_Line]) -> list[int]:
    """Lines that hold a page number alone, as in — 4 — or 第4页; never the first or only line."""
    return [i for i, line in enumerate(lines) if i and _PAGE_NUMBER.fullmatch(fold(line.text))]


def _web_furniture(lines: list[_Line]) -> list[int]:
    """Captions that sites print around a text."""
    return [i for i, line in enumerate(lines) if len(line.text) <= 6 and fold(line.text) in _FURNITURE]


def _repeated_block(lines: list[_Line]) -> list[int]:
    """The lines at the end of the text that repeat, without a gap, a run of lines before them."""
    texts = [line.text for line in lines]
    for size in range(len(texts) // 2, _MIN_REPEAT_LINES - 1, -1):
        tail = texts[-size:]
        if texts[-2 * size : -size] == tail and sum(map(len, tail)) >= _MIN_REPEAT_CHARS:
            return list(range(len(texts) - size, len(texts)))
    return []


def _spacing(line: _Line) -> list[Edit]:
    """Spaces that typesetting leaves around digits, Latin letters and marks; one space stays between two Han runs."""
    edits = []
    for match in _GAP.finditer(line.text):
        before, after = line.text[match.start() - 1], line.text[match.end()]
        keep = " " if _is_han(before) and _is_han(after) or before.isascii() and after.isascii() else ""
        if match.end() - match.start() > 1 and not keep:
            keep = " "  # a column gap, not typesetting
        if keep != match.group():
            edits.append(Edit(line.start + match.start(), line.start + match.end(), keep, "spacing"))
    return edits


def _is_han(char: str) -> bool:
    return unicodedata.category(char) == "Lo"


def _split_glued_headings(lines: list[_Line]) -> tuple[list[_Line], list[Edit]]:
    """Split off a part heading glued to the end of a paragraph, where no line begins with that part number."""
    at_line_start = {m.label for line in lines if (m := read_marker(line.text)) and m.level == "han"}
    out: list[_Line] = []
    edits = []
    for line in lines:
        match = _GLUED.search(line.text)
        if match and (marker := read_marker(match[1])) and marker.label not in at_line_start:
            at = line.start + match.start(1)
            edits.append(Edit(at, at, "\n", "glued-heading"))
            out.append(_Line(line.start, at, line.text[: match.start(1)]))
            line = _Line(at, line.end, match[1])
        out.append(line)
    return out, edits


def _line_breaks(raw: str, lines: list[_Line]) -> list[Edit]:
    """Between two kept lines: one line break, or none where the second line continues the first."""
    widths = [_width(line.text) for line in lines]
    full = _full_width(widths)
    edits: list[Edit] = []
    if not lines:
        return edits
    edits += _newlines(raw, 0, lines[0].start, 0)
    for before, after in zip(lines, lines[1:], strict=False):
        joined = _continues(before.text, after.text, full)
        edits += _newlines(raw, before.end, after.start, 0 if joined else 1, "wrapped-line" if joined else "blank-line")
    edits += _newlines(raw, lines[-1].end, len(raw), 0)
    return edits


def _newlines(raw: str, start: int, end: int, keep: int, rule: str = "blank-line") -> list[Edit]:
    """Drop the line breaks in raw [start, end) but the first `keep`."""
    at = [i for i in range(start, end) if raw[i] in "\r\n"]
    kept = [i for i in at if raw[i] == "\n"][:keep]
    return [Edit(i, i + 1, "", rule) for i in at if i not in kept]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _full_width(widths: list[int]) -> int | None:
    """The width from which a line counts as full, where most lines are broken at one width; else None."""
    if len(widths) < _FEWEST_WRAPPED:
        return None
    widest = sorted(widths)[int(len(widths) * 0.95)]
    full = int(widest * _FULL_LINE)
    share = sum(w >= full for w in widths) / len(widths)
    return full if share >= _WRAPPED_SHARE and _NARROWEST_WRAPPED <= widest <= _WIDEST_WRAPPED else None


def _continues(before: str, after: str, full: int | None) -> bool:
    """Whether the line `after` goes on with the sentence or paragraph of the line `before`."""
    marker = read_marker(after)
    if marker and marker.level != "item" or after.startswith("——"):
        return False
    if re.match(r"[（(〔]此件", after) or _opens_note(after) and before[-1] in _TERMINAL:
        return False
    if full is not None:
        return _width(before) >= full
    ends = before.rstrip(_CLOSING)[-1:] in _TERMINAL or _NOTE_END.search(fold_aligned(before))
    if ends and not _open_bracket(before):
        return False
    heading = read_marker(before)
    body = before[heading.length :] if heading else before
    return bool(_PROSE.search(body)) and not _is_heading(before)


def _opens_note(line: str) -> bool:
    return bool(re.match(r"[(〔]责任单位", fold_aligned(line[:8])))


def _open_bracket(text: str) -> bool:
    folded = unicodedata.normalize("NFKC", text)
    return folded.count("(") > folded.count(")") or text.count("《") > text.count("》")


def _is_heading(line: str) -> bool:
    """A marked line without a sentence in it, such as (二)科學高效運轉,最佳化教育督導運行機制."""
    marker = read_marker(line)
    return bool(marker) and len(line) <= 40 and not re.search(r"[。；;]", line) and line[-1] not in "，,、"


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
