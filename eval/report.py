"""A run as one HTML page that needs nothing else, and as a Markdown summary."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from corpus.load import Corpus
from eval.charts import Bar, bar_panels, histogram, step_chart
from eval.diff import Comparison
from eval.diff_table import format_comparison
from eval.figures import correct
from eval.report_rows import worst_section
from eval.rows import ROWS_FILE, read_rows
from eval.run import SUMMARY_FILE
from eval.table import SHORT_NAMES, figure_rows, show, slice_table, speed_rows
from eval.types import Row

HTML_FILE, MARKDOWN_FILE = "report.html", "summary.md"
_PANELS = ("hit@5", "citation_f1", "nugget_recall", "correct")
_RUN_KEYS = ("config", "split", "index_fingerprint", "questions_sha256", "corpus_sha256", "code_sha256", "python")


def read_run(folder: Path) -> tuple[tuple[Row, ...], dict[str, Any]]:
    """Read the rows and the summary of a finished run.

    :raises InputError: the folder holds no finished run.
    """
    try:
        summary = json.loads((folder / SUMMARY_FILE).read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise InputError(
            f"the folder {str(folder)!r} holds no finished run: `dudao eval run --out {folder}` makes one"
        ) from error
    return read_rows(folder / ROWS_FILE), summary


def write_report(folder: Path, corpus: Corpus, comparison: Comparison | None = None) -> tuple[Path, Path]:
    """Write report.html and summary.md into the run's folder; return their paths.

    comparison: against an earlier run (A), printed as one more section.
    :raises InputError: the folder holds no finished run or cannot be written.
    """
    rows, summary = read_run(folder)
    page, text = folder / HTML_FILE, folder / MARKDOWN_FILE
    try:
        page.write_text(html_report(rows, summary, corpus, comparison), encoding="utf-8")
        text.write_text(markdown_report(summary, comparison), encoding="utf-8")
    except OSError as error:
        raise InputError(f"the folder {str(folder)!r} cannot be written: {error}") from error
    return page, text


def html_report(
    rows: Sequence[Row], summary: Mapping[str, Any], corpus: Corpus, comparison: Comparison | None = None
) -> str:
    """Return the page: figures, charts by slice, risk–coverage, latency, comparison and the worst questions."""
    style = files("eval").joinpath("report.css").read_text(encoding="utf-8")
    counts = summary["counts"]
    sections = [
        f"<h1>Evaluation report</h1><p>{counts['questions']} questions, {counts['answerable']} of them answerable, "
        f"{sum(map(correct, rows))} without fault.</p>",
        _section("Run", _pairs(_run_pairs(summary))),
        _section("Figures", _table(("figure", "value", "95 % interval", "over"), figure_rows(summary))),
        _section("Speed and size", _table(("", ""), speed_rows(summary))),
        *_beside(summary),
        *(_slice_section(summary, slicing) for slicing in summary["slices"]),
        _section("Risk over coverage", _risk_note() + _risk_chart(summary)),
        _section("Latency of a warm answer", _latency_chart(rows)),
    ]
    if comparison is not None:
        sections.append(_section("Against an earlier run (A)", f"<pre>{escape(format_comparison(comparison))}</pre>"))
    sections.append(worst_section(rows, corpus))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Evaluation report</title>'
        f'<meta name="viewport" content="width=device-width"><style>{style}</style></head>'
        f"<body><main>{''.join(sections)}</main></body></html>\n"
    )


def markdown_report(summary: Mapping[str, Any], comparison: Comparison | None = None) -> str:
    """Return the summary as Markdown: figures, speed, main figures by kind and language, and the comparison."""
    run = "\n".join(f"- {name}: `{value}`" for name, value in _run_pairs(summary))
    blocks = [
        "# Evaluation",
        run,
        _markdown_table(("figure", "value", "95 % interval", "over"), figure_rows(summary)),
        _markdown_table(("speed and size", ""), speed_rows(summary)),
        *(f"```text\n{slice_table(summary, slicing)}\n```" for slicing in ("kind", "lang")),
    ]
    if comparison is not None:
        blocks += ["## Against an earlier run (A)", f"```text\n{format_comparison(comparison)}```"]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _run_pairs(summary: Mapping[str, Any]) -> list[tuple[str, str]]:
    run = summary.get("run", {})
    return [(name, str(run[name])) for name in _RUN_KEYS if run.get(name) is not None]


def _beside(summary: Mapping[str, Any]) -> list[str]:
    beside = summary.get("beside")
    if not beside:
        return []
    names = list(next(iter(beside.values())))
    rows = [(config, *(show(figures[name]) for name in names)) for config, figures in beside.items()]
    head = ("configuration", *(SHORT_NAMES.get(name, name) for name in names))
    return [_section("Beside other configurations", _table(head, rows))]


def _slice_section(summary: Mapping[str, Any], slicing: str) -> str:
    parts = summary["slices"][slicing]
    rows = [(f"{key} ({part['n']})", [_bar(part, name) for name in _PANELS]) for key, part in parts.items()]
    return _section(f"By {slicing}", bar_panels(_PANELS, rows))


def _bar(part: Mapping[str, Any], name: str) -> Bar:
    found = part["intervals"].get(name)
    return Bar(found["value"], found["low"], found["high"]) if found else Bar(None)


def _risk_note() -> str:
    return (
        "<p>If questions were answered in order of confidence with the first measure retrieved: share answered, and "
        "share of these that would be wrong. The line is what this run answered.</p>"
    )


def _risk_chart(summary: Mapping[str, Any]) -> str:
    counts = summary["counts"]
    answered = counts["questions"] - counts["abstained"] - counts["refused"]
    mark = answered / counts["questions"] if counts["questions"] else None
    points = [(x, y) for x, y in summary["risk_coverage"]["points"]]
    return step_chart(points, "coverage", "risk", mark)


def _latency_chart(rows: Sequence[Row]) -> str:
    return histogram([r.answer["timing_ms"]["total"] for r in rows if r.error is None and not r.found.cold], "ms")


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def _pairs(pairs: Sequence[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in pairs) + "</dl>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)
    return f"<div class=scroll><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"


def _markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
