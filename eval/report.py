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
from eval import report_figures as figures
from eval.beside import format_beside
from eval.diff import Comparison
from eval.diff_table import format_comparison
from eval.figures import correct
from eval.report_diff import changes_section, comparison_section
from eval.report_parts import note
from eval.report_rows import worst_section
from eval.rows import ROWS_FILE, read_rows
from eval.run import SUMMARY_FILE
from eval.table import (
    WORDING_HEAD,
    figure_rows,
    robust_rows,
    slice_table,
    speed_rows,
    trust_rows,
    wording_rows,
)
from eval.types import Row
from eval.words import Words, words

HTML_FILE, MARKDOWN_FILE = "report.html", "summary.md"
_LOCALES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en"}
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


def write_report(
    folder: Path, corpus: Corpus, comparison: Comparison | None = None, language: str = "en"
) -> tuple[Path, Path]:
    """Write report.html, in `language`, and summary.md into the run's folder; return their paths.

    comparison: against an earlier run (A), printed as one more section.
    :raises InputError: the folder holds no finished run or cannot be written.
    """
    rows, summary = read_run(folder)
    page, text = folder / HTML_FILE, folder / MARKDOWN_FILE
    try:
        page.write_text(html_report(rows, summary, corpus, comparison, words(language)), encoding="utf-8")
        text.write_text(markdown_report(summary, comparison), encoding="utf-8")
    except OSError as error:
        raise InputError(f"the folder {str(folder)!r} cannot be written: {error}") from error
    return page, text


def html_report(
    rows: Sequence[Row],
    summary: Mapping[str, Any],
    corpus: Corpus,
    comparison: Comparison | None = None,
    texts: Words | None = None,
) -> str:
    """Return the page: figures, charts by slice, confidence, latency, comparison and the worst questions.

    texts: of the page's language; default: English.
    """
    texts = texts or words("en")
    counts = summary["counts"]
    lead = texts(
        "lead",
        questions=counts["questions"],
        answerable=counts["answerable"],
        unanswerable=counts["unanswerable"],
        correct=sum(map(correct, rows)),
    )
    compared = "" if comparison is None else comparison_section(comparison, texts)
    changed = "" if comparison is None else changes_section(comparison, texts)
    body = (
        f"<h1>{escape(texts('title'))}</h1>{note(lead)}",
        figures.tiles_of(summary, texts),
        compared,
        figures.figures_section(summary, texts),
        figures.trust_section(summary, texts),
        figures.speed_section(summary, rows, texts),
        figures.beside_section(summary, texts),
        figures.wordings_section(summary, texts),
        figures.slice_sections(summary, corpus, texts),
        figures.curves_section(summary, texts),
        changed,
        worst_section(rows, corpus, texts),
        figures.run_section(summary, texts),
    )
    style = files("eval").joinpath("report.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="{_LOCALES[texts.language]}"><head><meta charset="utf-8">'
        f'<title>{escape(texts("title"))}</title><meta name="viewport" content="width=device-width">'
        f"<style>{style}</style></head><body><main>{''.join(body)}</main></body></html>\n"
    )


def markdown_report(summary: Mapping[str, Any], comparison: Comparison | None = None) -> str:
    """Return the summary as Markdown: figures, speed, wordings, main figures by kind, language and configuration.

    comparison: comes last.
    """
    run = summary.get("run", {})
    blocks = [
        "# Evaluation",
        "\n".join(f"- {name}: `{run[name]}`" for name in _RUN_KEYS if run.get(name) is not None),
        _markdown_table(("figure", "value", "95 % interval", "over"), figure_rows(summary)),
        _markdown_table(("speed and size", ""), speed_rows(summary)),
        _markdown_table(("access and determinism", ""), trust) if (trust := trust_rows(summary)) else "",
        *_robustness(summary["robustness"]),
        *(f"```text\n{slice_table(summary, slicing)}\n```" for slicing in ("kind", "lang")),
        f"```text\n{format_beside(beside)}```" if (beside := summary.get("beside")) else "",
    ]
    if comparison is not None:
        blocks += ["## Against an earlier run (A)", f"```text\n{format_comparison(comparison)}```"]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _robustness(robust: Mapping[str, Any]) -> list[str]:
    """Tables of what wordings of one question have in common, and of each wording beside the plain one."""
    blocks = []
    if robust["groups"]:
        blocks.append(_markdown_table((f"wordings of {robust['groups']} questions", ""), robust_rows(robust)))
    if robust["wordings"]:
        blocks.append(_markdown_table(WORDING_HEAD, wording_rows(robust)))
    return blocks


def _markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
