"""The golden tree of a document: what is compared, and how the files are read and written."""

from __future__ import annotations

import json
from pathlib import Path

from corpus.types import Heading, Measure, PolicyDocument

FOLDER = Path(__file__).parents[1] / "golden"
KINDS = Path(__file__).parent / "kinds"
ENDS = 12


def tree(document: PolicyDocument) -> dict[str, object]:
    """Return the tree of `document` as JSON values: parts, units of citation, warnings."""
    return {
        "document": document.meta.id,
        "numbered": sum(m.kind == "measure" for m in document.measures),
        "units_of_citation": len(document.measures),
        "warnings": list(document.warnings),
        "parts": [_heading(part) for part in document.parts],
        "measures": [_measure(measure) for measure in document.measures],
    }


def golden_text(document: PolicyDocument) -> str:
    """Return the content of the golden file of `document`."""
    return json.dumps(tree(document), ensure_ascii=False, indent=1) + "\n"


def golden_path(document_id: str) -> Path:
    """Return where the golden file of a document stands."""
    return FOLDER / f"{document_id}.json"


def kinds() -> list[str]:
    """Return the names of the documents written for the tests; each has its golden tree beside it."""
    return sorted(path.stem for path in KINDS.glob("*.txt"))


def kind_text(name: str) -> str:
    """Return the raw text of a document written for the tests."""
    return (KINDS / f"{name}.txt").read_text(encoding="utf-8")


def _heading(heading: Heading) -> dict[str, object]:
    return {
        "id": heading.id,
        "label": heading.label,
        "title": heading.title,
        "measures": list(heading.measure_ids),
        "sections": [_heading(section) for section in heading.sections],
    }


def _measure(measure: Measure) -> dict[str, object]:
    return {
        "id": measure.id,
        "kind": measure.kind,
        "label": measure.label,
        "heading": measure.heading,
        "path": list(measure.path),
        "length": len(measure.text),
        "begins": measure.text[:ENDS],
        "ends": measure.text[-ENDS:],
        "units": [unit.of(measure.text) for unit in measure.units],
        "leads": [unit.of(measure.text) for unit in measure.leads],
        "items": [f"{'  ' * (item.depth - 1)}{item.label}" for item in measure.items],
        "references": [f"{r.span.of(measure.text)} -> {r.target}" for r in measure.references],
    }
