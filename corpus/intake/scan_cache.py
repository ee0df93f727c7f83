"""Recognised pages kept on disk, so that reading a long scan goes on where it was interrupted."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.intake.page_layout import Layout, Piece, Rule

_FORM = 1  # raised when a page is read otherwise by the same recogniser


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as recognised, with what a person should look at."""

    layout: Layout
    warnings: tuple[str, ...] = ()


class ScanCache:
    """Pages of one file: one JSON file a page, below a folder named by the file's sha256."""

    def __init__(self, folder: Path, sha256: str, recogniser: str) -> None:
        self._folder = folder / sha256
        self._made_by = f"{recogniser} {_FORM}"

    def get(self, number: int) -> ScannedPage | None:
        """Return page `number`, or None where it is not kept, was cut off in writing or was read by other means."""
        try:
            data = json.loads(self._path(number).read_text(encoding="utf-8"))
            return _page(data["page"]) if data["made_by"] == self._made_by else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, number: int, page: ScannedPage) -> None:
        """Keep page `number`. It is there whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(number)
        unfinished = path.with_suffix(f".{os.getpid()}.tmp")
        unfinished.write_text(json.dumps({"made_by": self._made_by, "page": asdict(page)}, ensure_ascii=False), "utf-8")
        os.replace(unfinished, path)

    def _path(self, number: int) -> Path:
        return self._folder / f"page-{number:04d}.json"


def _page(data: dict[str, Any]) -> ScannedPage:
    layout = data["layout"]
    return ScannedPage(
        Layout(
            layout["number"],
            layout["width"],
            layout["height"],
            tuple(Piece(**piece) for piece in layout["pieces"]),
            tuple(Rule(**rule) for rule in layout["rules"]),
            tuple(layout["aside"]),
        ),
        tuple(data["warnings"]),
    )
