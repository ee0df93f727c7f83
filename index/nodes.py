"""Clauses as llama-index nodes and back: the only module that knows both vocabularies."""

from __future__ import annotations

from llama_index.core.schema import BaseNode, TextNode

from corpus.types import Clause, Span

POLICY, MEASURE, START, END = "policy_id", "measure_id", "start", "end"


def to_node(clause: Clause, vector: list[float] | None) -> TextNode:
    """Return the node of a clause; its metadata are flat, as Chroma asks.

    `policy_id` and not `document_id`: llama-index overwrites `document_id` with its own.
    """
    metadata = {
        POLICY: clause.document_id,
        MEASURE: clause.measure_id,
        START: clause.span.start,
        END: clause.span.end,
    }
    return TextNode(id_=clause.id, text=clause.text, metadata=metadata, embedding=vector)


def from_node(node: BaseNode) -> Clause:
    """Return the clause of a node made by `to_node`."""
    meta = node.metadata
    return Clause(node.node_id, meta[MEASURE], meta[POLICY], Span(meta[START], meta[END]), node.get_content())
