"""Retrieval metrics as ir-measures computes them; `eval.metrics` holds the same by hand, tests compare the two."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import ir_measures

from eval.metrics import distinct

GOLD, OK = 2, 1


def retrieval_figures(retrieved: Sequence[str], gold: Collection[str], ok: Collection[str]) -> dict[str, float]:
    """Return hit_1, hit_3, hit_5, hit_10, recall_5, rr_10 and ndcg_10 of one ranked list.

    Relevance is 2 for gold and 1 for ok; hits, recall and reciprocal rank count gold alone. Without gold, all 0.
    """
    grades = dict.fromkeys(ok, OK) | dict.fromkeys(gold, GOLD)
    qrels = [ir_measures.Qrel("q", measure_id, grade) for measure_id, grade in grades.items()]
    ids = distinct(retrieved)
    run = [ir_measures.ScoredDoc("q", measure_id, float(len(ids) - n)) for n, measure_id in enumerate(ids)]
    asked = _asked()
    if not gold:
        return dict.fromkeys(asked, 0.0)
    values = {m.measure: float(m.value) for m in ir_measures.iter_calc(list(asked.values()), qrels, run)}
    return {name: values[measure] for name, measure in asked.items()}


def _asked() -> dict[str, Any]:
    success, rr = ir_measures.Success(rel=GOLD), ir_measures.RR(rel=GOLD)
    hits = {f"hit_{k}": success @ k for k in (1, 3, 5, 10)}
    return hits | {
        "recall_5": ir_measures.R(rel=GOLD) @ 5,
        "rr_10": rr @ 10,
        "ndcg_10": ir_measures.nDCG @ 10,
    }
