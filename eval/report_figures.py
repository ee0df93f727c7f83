"""The figures of a run as HTML: tiles, tables, and charts by slice, of confidence and of latency."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.load import Corpus
from corpus.types import Metadata
from eval.charts import Bar, bar_panels, histogram, line_chart, step_chart
from eval.report_parts import note, pairs, section, table, tiles
from eval.table import SHORT_NAMES, figure_rows, show, wording_rows
from eval.types import Row
from eval.words import Words

_PANELS = ("hit@5", "citation_f1", "nugget_recall", "correct")
_TILES = (
    ("tile_correct", "correct"),
    ("tile_hit", "hit@5"),
    ("tile_cited", "citation_precision"),
    ("tile_nuggets", "nugget_recall"),
    ("tile_abstained", "abstention_recall"),
    ("tile_over", "over_abstention"),
    ("tile_quotes", "quote_fidelity"),
)
_SPEED = (
    "startup_ms", "asking_ms", "latency_cold_ms", "latency_p50_ms", "latency_p95_ms", "latency_p99_ms",
    "answer_chars_p50", "one_document_chars_p50",
)  # fmt: skip
_RUN = (
    "config", "split", "policies", "files", "index_fingerprint", "questions_sha256", "corpus_sha256", "code_sha256",
    "model", "settings", "packages", "python", "machine", "jobs",
)  # fmt: skip


def tiles_of(summary: Mapping[str, Any], words: Words) -> str:
    """Return the figures that matter most, large, each with its interval."""
    found = summary["intervals"]
    rows = [
        (words(key), f"{100 * found[name]['value']:.1f} %", _percent_span(found[name]))
        for key, name in _TILES
        if name in found
    ]
    spent = summary["latency_p50_ms"]
    return tiles([*rows, (words("tile_latency"), "–" if spent is None else f"{spent:.0f}", "p50")])


def _percent_span(found: Mapping[str, Any]) -> str:
    return f"{100 * found['low']:.1f} – {100 * found['high']:.1f}"


def figures_section(summary: Mapping[str, Any], words: Words) -> str:
    """Return every figure with what it means, its interval and what it was counted over."""
    head = tuple(words(key) for key in ("figure", "value", "interval", "over"))
    rows = [(f"{name}\n{words.figures[name]}", *cells) for name, *cells in figure_rows(summary)]
    return section(words("figures"), table(head, rows))


def trust_section(summary: Mapping[str, Any], words: Words) -> str:
    """Return what must be 0: leaks, answers that differ, wrong quotes; and how many questions were refused."""
    counts = summary["counts"]
    access, again = summary.get("access"), summary.get("repeats")
    leaks = str(counts["leaks"])
    if access:
        leaks = words("narrowed", leaking=counts["leaks"], asked=access["asked"])
    rows = [(words("leaks"), leaks)]
    if again:
        told = words("again", differing=len(again["differing"]), questions=again["questions"], runs=again["runs"])
        rows.append((words("differing"), told))
    rows += [(words(name), str(counts[name])) for name in ("wrong_quotes", "refused")]
    return section(words("trust"), table(("", ""), rows))


def speed_section(summary: Mapping[str, Any], rows: Sequence[Row], words: Words) -> str:
    """Return the times, cold and warm, with the histogram of the warm ones."""
    cells = [(words(name), "–" if summary.get(name) is None else f"{summary[name]:.1f}") for name in _SPEED]
    warm = [r.answer["timing_ms"]["total"] for r in rows if r.error is None and not r.found.cold]
    chart = f"<h3>{words('latency')}</h3>{histogram(warm, words('ms'))}"
    return section(words("speed"), f'<div class="beside">{table(("", ""), cells)}<div>{chart}</div></div>')


def wordings_section(summary: Mapping[str, Any], words: Words) -> str:
    """Return how the wordings of one question compare; empty where no question has several."""
    robust = summary["robustness"]
    if not robust["groups"]:
        return ""
    named = (("hit@5", "hit_5"), ("citation_recall", "citation_recall"), ("correct", "correct"))
    rows = [(words.figures[name], show(robust[f"worst_{key}"]), show(robust[f"mean_{key}"])) for name, key in named]
    rows.append((words("agreement"), "", show(robust["citation_agreement"])))
    body = note(words("wordings_note", groups=robust["groups"])) + table(("", words("worst"), words("mean")), rows)
    plain = words("plain")
    head = (words("wording"), "n", "hit@5", plain, SHORT_NAMES["citation_recall"], plain, "correct", plain)
    named_rows = [(words.named(wording), *cells) for wording, *cells in wording_rows(robust)]
    return section(words("wordings"), body + (table(head, named_rows) if named_rows else ""))


def beside_section(summary: Mapping[str, Any], words: Words) -> str:
    """Return other configurations asked the same; empty where none was."""
    beside = summary.get("beside")
    if not beside:
        return ""
    names = list(next(iter(beside.values())))
    rows = [(words.named(config), *(show(figures[name]) for name in names)) for config, figures in beside.items()]
    head = (words("configuration"), *(SHORT_NAMES.get(name, name) for name in names))
    return section(words("beside"), table(head, rows))


def slice_sections(summary: Mapping[str, Any], corpus: Corpus, words: Words) -> str:
    """Return a section of charts for each slicing; documents are named by the shortest name of their region."""
    regions = {document.meta.id: _short(document.meta) for document in corpus.documents}
    sections: list[str] = []
    for slicing, parts in summary["slices"].items():
        rows = [
            (f"{regions.get(key, words.named(key))} ({part['n']})", [_bar(part, name) for name in _PANELS])
            for key, part in parts.items()
        ]
        said = note(words("slices_note")) if not sections else ""
        sections.append(section(words.slicings[slicing], said + bar_panels(_PANELS, rows)))
    return "".join(sections)


def _short(meta: Metadata) -> str:
    # a single character, such as that of a province, says little by itself
    return min((name for name in (meta.region, *meta.aliases) if len(name) > 1), key=len, default=meta.id)


def _bar(part: Mapping[str, Any], name: str) -> Bar:
    found = part["intervals"].get(name)
    return Bar(found["value"], found["low"], found["high"]) if found else Bar(None)


def curves_section(summary: Mapping[str, Any], words: Words) -> str:
    """Return risk over coverage, and precision over recall of abstaining."""
    counts, risk, curve = summary["counts"], summary["risk_coverage"], summary["abstention_curve"]
    answered = counts["questions"] - counts["abstained"] - counts["refused"]
    mark = answered / counts["questions"] if counts["questions"] else None
    recall, precision = summary["abstention_recall"], summary["abstention_precision"]
    dot = (recall, precision) if recall is not None and precision is not None else None
    left = step_chart([(x, y) for x, y in risk["points"]], words("coverage"), words("risk"), mark)
    right = line_chart([(x, y) for x, y in curve["points"]], words("recall"), words("precision"), dot)
    notes = note(words("risk_note", area=show(risk["area"])))
    notes += note(words("abstention_note", precision=show(curve["average_precision"])))
    return section(words("curves"), f'{notes}<div class="panels">{left}{right}</div>')


def run_section(summary: Mapping[str, Any], words: Words) -> str:
    """Return what the run was a run of."""
    run = summary.get("run", {})
    rows = [(words(name), _shown(run[name], words)) for name in _RUN if run.get(name)]
    return section(words("run"), pairs(rows))


def _shown(value: Any, words: Words) -> str:  # noqa: ANN401
    if isinstance(value, Mapping):
        return ", ".join(f"{k} {v if isinstance(v, str) else json.dumps(v)}" for k, v in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else words.named(str(value))
