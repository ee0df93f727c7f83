"""The access label of a text, read from its marks: 此件公开发布, 主动公开, 此件不公开, 依申请公开, 内部资料, 秘密★1年.

Only marks count: a line of their own, a note in brackets, a field (公开属性：…), a chunk of a header line. Running
prose does not (督导报告应主动公开), nor do words in quotation marks. Matching is done on folded text without white
space, since marks are typeset apart, in traditional letters and in full width. 不公开 contains 公开, and what is in
doubt is not public: of two marks the stricter holds, and one that a negation precedes is turned into its contrary.

Marks follow GB/T 9704-2012 (份号, 密级, 附注) and the three kinds of the Regulations on Open Government Information:
主动公开, 依申请公开, 不予公开.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.script import fold_aligned
from corpus.types import Access, Span

_THIS = r"(?:(?:此|本|该)(?:件|文|文件|文稿|材料|资料)|以上内容)"
_NOT_OPEN = (
    r"(?:依法)?(?:不|不予|不宜|不得|不能|不应|不可|不许|不对外|不向社会|不主动|暂不|暂不予|暂缓|未经批准不得|非|未|免|免予|免于)"
    r"(?:主动|对外|向社会|全文)?公开(?:发布|发表|传播|转载)?"
)
_ON_REQUEST = r"(?:依|按|依照|根据)(?:法)?申请公开"
_WITHIN = (
    r"(?:(?:仅|只|仅限|限|限于|仅供|供|限制)[^,。;:]{0,12}?内部?|内部)"
    r"(?:使用|公开|传阅|发行|参考|资料|文件|材料|掌握|交流|刊物|阅办|情况)"
)
_KEEP = (
    r"(?:请|务必|须)?(?:注意保存|注意保密|妥善保管|妥善保存|阅后收回|阅后销毁)"
    r"|(?:请勿|严禁|切勿|不得|禁止)(?:外传|翻印|扩散|对外提供)"
)
_SECRET = r"(?:绝密|机密|秘密|内部)(?:级|件)?(?:[★☆*].{0,12})?"
_REACH = r"发至.{1,12}(?:级|部门|单位)"
_INTERNAL = re.compile(
    rf"(?:{_THIS}(?:属|为|系|是)?)?"
    rf"(?:{_NOT_OPEN}|{_ON_REQUEST}|{_WITHIN}|{_SECRET}|{_REACH}|(?:删减|摘要|脱密|脱敏|部分)后?公开)"
    rf"(?:[,;、]?(?:{_KEEP}))*|{_KEEP}"
)
_PUBLIC = re.compile(
    rf"{_THIS}(?:属|为|系|是)?(?:于)?(?:可|可以|予以)?(?:全文)?(?:主动公开|公开发布|公开发表|向社会公开|对外公开|公开)"
    r"|向社会(?:主动)?公开"
)
_BARE_PUBLIC = re.compile(r"(?:全文)?主动公开")
_PUBLIC_VALUE = re.compile(r"(?:全文|依法)?(?:主动公开|公开发布|公开|(?:面)?向(?:全)?社会(?:公开)?|对外公开)")
_CLOSED_WORDS = re.compile(
    r"[不非未免勿禁暂缓](?:予|于|宜|得|能|应|可|许|对外|向社会|主动|止|缓)*(?:主动|对外|向社会|全文)?公开|申请公开"
    r"|内部|内使用|秘密|机密|绝密|保密|外传|删减|脱密|脱敏"
)
_NEGATED = re.compile(r"(?:[不非未免勿禁缓]|[不免]予|免于|不[宜得能应可许]|不对外|不向社会|禁止)$")
_LABELS = (
    r"(?:(?:政府信息|政务|信息|是否)?公开(?:属性|方式|类别|类型|形式|选项|性质|范围|程度|状态|标识|级别)?"
    r"|是否(?:主动|对外)?公开|主动公开|密级|保密(?:级别|等级|期限))"
)
_LABEL = re.compile(rf"{_LABELS}:")
_LABEL_CELL = re.compile(rf"(?:(?<=[\s|])|^){_LABELS}\t", re.M)
_BRACKETED = re.compile(r"[(〔\[【{<]([^()〔〕\[\]【】{}<>]{2,60})[)〕\]】}>]")
_QUOTED = re.compile(r"“[^”]{0,80}”|‘[^’]{0,80}’|「[^」]{0,80}」|『[^』]{0,80}』|\"[^\"]{0,80}\"|《[^》]{0,80}》")
_WRAPPING, _QUOTES = "()〔〕[]【】{}<>。.,;:!-—*★ ", '“”‘’「」『』"'
_CHUNK = re.compile(r"(?:[^\s|]|[ ](?![ \t\u3000|]))+")
_BOX, _TICK = "□☐○◯", "☑☒√✓✔■●"
_OPTION = re.compile(r"主动公开|(?:依|按)申请公开|(?:不|不予|免予|非)公开|内部(?:公开|使用)?")
_BEFORE_NOTE = re.compile(r"(?:|.{0,40}(?:日|号|年|级|印发|份))")  # what may stand before a bracketed note in its line
_HEADER_LINES = 20  # a bare 主动公开 counts this near to the first or last line, where no heading of the text reads so


@dataclass(frozen=True, slots=True)
class AccessMark:
    """A mark that stands in a text. text: as printed; start: its offset."""

    access: Access
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class _Squeezed:
    """Folded text without white space. at: offset in the text of each code point."""

    text: str
    at: tuple[int, ...]

    def printed(self, source: str, start: int, end: int) -> tuple[str, int]:
        first, last = self.at[start], self.at[end - 1]
        return source[first : last + 1], first


def read_access(text: str) -> Access:
    """Return the label that the marks of `text` give; the strictest where they differ, `unmarked` without any."""
    return strictest(mark.access for mark in find_access(text))


def strictest(labels: Iterator[Access]) -> Access:
    """Return the strictest of some labels, `unmarked` for none."""
    given = set(labels)
    return "internal" if "internal" in given else "public" if "public" in given else "unmarked"


def find_access(text: str) -> tuple[AccessMark, ...]:
    """Return the marks of access in `text`, in reading order."""
    folded = _LABEL_CELL.sub(lambda m: f"{m.group()[:-1]}:", fold_aligned(text))
    quoted = [Span(*m.span()) for m in _QUOTED.finditer(folded)]
    lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", folded) if m.group().strip()]
    found: list[AccessMark] = []
    for n, line in enumerate(lines):
        near_an_end = n < _HEADER_LINES or n >= len(lines) - _HEADER_LINES
        found += _in_line(text, folded, line, near_an_end)
    found += _in_brackets(text, folded, quoted, lines)
    return tuple(sorted(dict.fromkeys(found), key=lambda mark: (mark.start, mark.access)))


def _squeeze(folded: str, span: Span) -> _Squeezed:
    at = tuple(i for i in range(span.start, span.end) if not folded[i].isspace() and folded[i] not in "\u200b\ufeff")
    return _Squeezed("".join(folded[i] for i in at), at)


def _in_line(source: str, folded: str, line: Span, near_an_end: bool) -> list[AccessMark]:
    squeezed = _squeeze(folded, line)
    if _is_form(squeezed.text):
        return _ticked(source, squeezed)
    found = _whole(source, folded, line, near_an_end)
    if not found:
        chunks = [Span(line.start + m.start(), line.start + m.end()) for m in _CHUNK.finditer(line.of(folded))]
        if len(chunks) > 1:
            found = [mark for chunk in chunks for mark in _whole(source, folded, chunk, near_an_end)]
    found += _fields(source, folded, squeezed)
    return _doubted(found, squeezed.text)


def _whole(source: str, folded: str, span: Span, near_an_end: bool) -> list[AccessMark]:
    """The mark that fills `span`, brackets and closing stops aside."""
    squeezed = _squeeze(folded, span)
    bare = squeezed.text.strip(_WRAPPING + _QUOTES)
    if not bare:
        return []
    start = squeezed.text.index(bare)
    printed, at = squeezed.printed(source, start, start + len(bare))
    if _INTERNAL.fullmatch(bare) or _speaks_of_itself(bare) and _CLOSED_WORDS.search(bare):
        return [AccessMark("internal", printed, at)]
    quoted = squeezed.text.strip(_WRAPPING) != bare
    if not quoted and (_PUBLIC.fullmatch(bare) or near_an_end and _BARE_PUBLIC.fullmatch(bare)):
        return [AccessMark("internal" if _negated(folded, at) else "public", printed, at)]
    return []


def _speaks_of_itself(bare: str) -> bool:
    return len(bare) <= 60 and re.match(_THIS, bare) is not None


def _negated(folded: str, at: int) -> bool:
    """Whether the text before `at` ends in a negation, line breaks and spaces aside."""
    before = "".join(folded[max(0, at - 40) : at].split()).rstrip(_WRAPPING)
    return _NEGATED.search(before) is not None


def _doubted(found: list[AccessMark], line: str) -> list[AccessMark]:
    """A public mark in a line that also speaks of what is not public is none."""
    if not _CLOSED_WORDS.search(line):
        return found
    return [AccessMark("internal", m.text, m.start) if m.access == "public" else m for m in found]


def _fields(source: str, folded: str, squeezed: _Squeezed) -> list[AccessMark]:
    found = []
    for label in _LABEL.finditer(squeezed.text):
        before = squeezed.at[label.start()] - 1
        if before >= 0 and not (folded[before].isspace() or folded[before] in "|;([【〔"):
            continue
        value = squeezed.text[label.end() : _value_end(squeezed, label.end())].strip(_WRAPPING)
        access = _value(label.group(), value)
        if access and value:
            end = squeezed.text.index(value, label.end()) + len(value)
            printed, at = squeezed.printed(source, label.start(), end)
            found.append(AccessMark(access, printed, at))
    return found


def _value_end(squeezed: _Squeezed, start: int) -> int:
    """Where the value of a field ends: at a bar, a semicolon, or the gap before the next field's label."""
    gap = len(squeezed.text)
    for i in range(start, len(squeezed.text)):
        if squeezed.text[i] in "|;":
            return i
        if squeezed.text[i] == ":":
            return gap
        if i > start and squeezed.at[i] - squeezed.at[i - 1] > 1:
            gap = i
    return len(squeezed.text)


def _value(label: str, value: str) -> Access | None:
    if "密" in label:
        return "internal" if re.match(r"绝密|机密|秘密|内部", value) else None
    if _CLOSED_WORDS.search(value) or value in ("否", "不") or _INTERNAL.fullmatch(value):
        return "internal"
    yes = label.startswith(("是否", "主动")) and value == "是"
    return "public" if yes or _PUBLIC_VALUE.fullmatch(value) else None


def _is_form(line: str) -> bool:
    """Whether the line is a list of options with boxes, and nothing else."""
    if not any(c in line for c in _BOX + _TICK) or not _OPTION.search(line):
        return False
    return not _OPTION.sub("", _LABEL.sub("", line)).strip(_BOX + _TICK + _WRAPPING + "、/|")


def _ticked(source: str, squeezed: _Squeezed) -> list[AccessMark]:
    """A list of options with boxes: the ticked one counts; where none is seen to be, the strictest."""
    line = squeezed.text
    options = list(_OPTION.finditer(line))
    first_box = min(i for i, c in enumerate(line) if c in _BOX + _TICK)
    leads = first_box < options[0].start()
    ticked = []
    for option in options:
        beside = line[option.start() - 1 : option.start()] if leads else line[option.end() :].lstrip("(")[:1]
        if beside and beside in _TICK:
            ticked.append(option)
    if not ticked and any(c in line for c in _TICK):
        ticked = options
    return [
        AccessMark("public" if option.group() == "主动公开" else "internal", *squeezed.printed(source, *option.span()))
        for option in ticked
    ]


def _in_brackets(source: str, folded: str, quoted: list[Span], lines: list[Span]) -> list[AccessMark]:
    """Notes in brackets, also where one is broken over two lines."""
    squeezed = _squeeze(folded, Span(0, len(folded)))
    found = []
    for match in _BRACKETED.finditer(squeezed.text):
        start, end = squeezed.at[match.start()], squeezed.at[match.end() - 1] + 1
        if any(q.start <= start and end <= q.end for q in quoted):
            continue
        pieces = [piece.strip(_WRAPPING + _QUOTES) for piece in re.split(r"[,;。、]", match[1])]
        printed, at = squeezed.printed(source, *match.span(1))
        whole = match[1].strip(_WRAPPING)
        if any(map(_INTERNAL.fullmatch, pieces)) or _speaks_of_itself(whole) and _CLOSED_WORDS.search(whole):
            found.append(AccessMark("internal", printed, at))
        elif any(_PUBLIC.fullmatch(p) or _BARE_PUBLIC.fullmatch(p) for p in pieces) and _is_note(
            folded, lines, start, end
        ):
            doubted = _CLOSED_WORDS.search(whole) or _negated(folded, start)
            found.append(AccessMark("internal" if doubted else "public", printed, at))
    return found


def _is_note(folded: str, lines: list[Span], start: int, end: int) -> bool:
    """Whether the bracket closes its line, and nothing but a date, a number or the like stands before it."""
    first = next(line for line in lines if line.start <= start < line.end)
    last = next(line for line in lines if line.start < end <= line.end)
    before = "".join(folded[first.start : start].split())
    after = "".join(folded[end : last.end].split()).strip(_WRAPPING)
    return not after and _BEFORE_NOTE.fullmatch(before) is not None
