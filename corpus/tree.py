"""From numbered lines to nodes: headings with what hangs below them, and the units of citation in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.attachments import RECORD, Attachment, signature_start
from corpus.markers import Level, Marker
from corpus.notes import closes_with_note
from corpus.numbering import LONGEST_HEADING, RANKS, Line
from corpus.script import fold_aligned
from corpus.types import MeasureKind

_NUMBERED: frozenset[Level] = frozenset(("han", "paren", "digit"))
_MOST_NUMBERED_HEADINGS = 2  # deeper numbers are items of the section, where no level runs on


@dataclass(slots=True)
class Node:
    """A heading, a unit of citation, or both.

    unit: whether it has text of its own; below: ids of the units right under it. head_end: where a heading's line ends.
    """

    id: str
    kind: MeasureKind
    marker: Marker | None
    start: int
    end: int
    path: tuple[str, ...] = ()
    label: str = ""
    title: str = ""
    head_end: int = 0
    unit: bool = False
    below: list[str] = field(default_factory=list)
    sections: list[Node] = field(default_factory=list)


class Ids:
    """Gives out ids; one that was given out before gets a count, as in `t/5~2`."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def give(self, wanted: str) -> str:
        """Return `wanted`, or `wanted~n` for the nth that asks for it."""
        count = self._given[wanted] = self._given.get(wanted, 0) + 1
        return wanted if count == 1 else self.give(f"{wanted}~{count}")


@dataclass(slots=True)
class Scope:
    """Text that is numbered by itself: the document's own, or one attachment.

    prefix: what its ids begin with, `t/` or `t/a1.`. level: whose numbers count its measures.
    """

    prefix: str
    first: Node
    level: Level | None
    headings: list[Node] = field(default_factory=list)
    root: Node | None = None


def grow(scope: Scope, lines: Sequence[Line], ids: Ids, closing: str | None) -> list[Node]:
    """Walk the lines once; return the units of citation in reading order and fill the scope's headings.

    closing: the id of what follows the last measure (a paragraph after its note, signature, record of copies); None
        where that belongs to the text.
    """
    units = [scope.first]
    stack: list[Node] = [scope.root] if scope.root else []
    current, noted = scope.first, False
    last = max((i for i, line in enumerate(lines) if line.marker), default=-1)
    signed = signature_start(lines, last) if closing else None
    for i, line in enumerate(lines):
        opened = _open(scope, stack, line, ids)
        if opened:
            current = opened
            units.append(current)
        elif closing and i > last and current.kind in ("measure", "part", "section"):
            if i == signed or noted and current.kind == "measure" or RECORD.match(fold_aligned(line.text)):
                current = Node(ids.give(closing), "closing", None, line.start, line.end)
                units.append(current)
        current.end = line.end
        noted = closes_with_note(line.text.rstrip())
        current.unit = current.unit or _has_text(current, line)
    above = {i for unit in units for i in unit.path}
    kept = [unit for unit in units if unit.unit or unit.kind != "front" and unit.id not in above]
    _hang(kept, scope)
    return kept


def attachment_scope(document: str, attachment: Attachment, level: Level | None, ids: Ids) -> Scope:
    """Return the scope of an attachment: one node is heading and unit of what stands before its first number."""
    caption = attachment.lines[0]
    head = attachment.lines[attachment.head - 1].end
    node = Node(
        id=ids.give(f"{document}/a{attachment.number}"),
        kind="attachment",
        marker=None,
        start=caption.start,
        end=head,
        label=attachment.label,
        title=attachment.title,
        head_end=head,
    )
    return Scope(f"{node.id}.", node, level, [node], node)


def _open(scope: Scope, stack: list[Node], line: Line, ids: Ids) -> Node | None:
    """The node that a line opens, put where it belongs; None for a line that goes on."""
    marker = line.marker
    if marker is None:
        return None
    if marker.level == scope.level:
        number = f"{marker.number}-{marker.sub}" if marker.sub else str(marker.number)
        path = tuple(node.id for node in stack)
        return Node(ids.give(scope.prefix + number), "measure", marker, line.start, line.end, path, marker.label)
    if marker.level not in _heading_levels(scope.level):
        return None
    rank = RANKS.index(marker.level)
    floor = 1 if scope.root else 0
    while len(stack) > floor and _rank(stack[-1]) >= rank:
        stack.pop()
    if scope.level is None and sum(_is_numbered(node) for node in stack) >= _MOST_NUMBERED_HEADINGS:
        return None
    above = stack[floor:]
    siblings = above[-1].sections if above else scope.root.sections if scope.root else scope.headings
    place = len(siblings) + 1
    wanted = f"{above[-1].id}.{place}" if above else f"{scope.prefix}p{place}"
    path = tuple(node.id for node in stack)
    kind: MeasureKind = "section" if above else "part"
    node = Node(ids.give(wanted), kind, marker, line.start, line.end, path, marker.label, head_end=line.end)
    siblings.append(node)
    stack.append(node)
    return node


def _heading_levels(level: Level | None) -> tuple[Level, ...]:
    if level is None:
        return RANKS
    return RANKS[: RANKS.index("han" if level == "article" else level)]


def _rank(node: Node) -> int:
    return RANKS.index(node.marker.level) if node.marker else -1


def _is_numbered(node: Node) -> bool:
    return node.marker is not None and node.marker.level in _NUMBERED


def _has_text(node: Node, line: Line) -> bool:
    """Whether `line` gives a node text of its own; a heading alone on its line gives none."""
    if node.kind not in ("part", "section", "attachment"):
        return True
    if node.kind == "attachment":
        return line.end > node.head_end
    return line.start != node.start or len(line.text) > LONGEST_HEADING or "。" in line.text[:-1]


def _hang(units: Sequence[Node], scope: Scope) -> None:
    """Tell each heading which units stand below it; a heading with text of its own but no parent holds itself."""
    by_id = {node.id: node for heading in scope.headings for node in walk(heading)}
    for unit in units:
        holder = by_id.get(unit.path[-1]) if unit.path else by_id.get(unit.id)
        if holder:
            holder.below.append(unit.id)


def walk(node: Node) -> Iterator[Node]:
    """Yield a heading and every heading below it, in reading order."""
    yield node
    for section in node.sections:
        yield from walk(section)
