"""`dudao topics`: which measures rule on which topic, as a table to read or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from app.material_opened import open_material
from app.settings import Settings
from app.topics.types import TopicMap
from corpus.load import Corpus


def topics(args: argparse.Namespace, settings: Settings) -> int:
    """Print every topic with its measures; with --why also how sure each placement is and what it rests on."""
    material = open_material(settings)
    found = material.topics
    if args.json:
        print(json.dumps(topics_to_list(found), ensure_ascii=False, indent=1))
        return 0
    for line in _why_lines(found) if args.why else _lines(found, material.corpus):
        print(line)
    return 0


def topics_to_list(found: TopicMap) -> list[dict[str, object]]:
    """Return the topics in their order, each with the ids of its measures in document order."""
    return [{"topic": t.name, "measure_ids": list(found.measures_of(t.id))} for t in found.topics]


def _lines(found: TopicMap, corpus: Corpus) -> Iterator[str]:
    for topic in found.topics:
        measures = [corpus.measures[m] for m in found.measures_of(topic.id)]
        yield f"{topic.name}（{len(measures)}）"
        for document in corpus.documents:
            ids = [m.id.partition("/")[2] for m in measures if m.document_id == document.meta.id]
            yield f"    {document.meta.id:12} {' '.join(ids) or '未检出'}"
    placed = {p.measure for p in found.placements}
    left = [m.id for m in corpus.measures.values() if m.id not in placed and m.kind not in ("front", "closing")]
    yield f"未归入任何专题（{len(left)}）：{' '.join(left) or '无'}"


def _why_lines(found: TopicMap) -> Iterator[str]:
    names = {t.id: t.name for t in found.topics}
    for p in found.placements:
        yield f"{names[p.topic]}\t{p.measure}\t{p.confidence:.2f}\t{p.why}"
