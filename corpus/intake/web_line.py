"""One line of a web page, with what tells policy text from what stands around it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page.

    links: how many characters of `text` stand in links; target: where the first of them leads.
    holder: number of the block in which the line stands beside others.
    zones: numbers of the blocks around it whose id or class says that they are furniture; outside: of those whose
        tag says so, which sites set with more care.
    hidden: the page does not show it; unseen: what of it is shown in white on nothing, or in letters of no size.
    row: a row of a table, its cells set apart by tabs.
    """

    text: str
    links: int = 0
    target: str = ""
    holder: int = 0
    zones: tuple[int, ...] = ()
    outside: tuple[int, ...] = ()
    heading: bool = False
    hidden: bool = False
    unseen: str = ""
    row: bool = False
