"""Charts as inline SVG: plain functions from numbers to markup, no script and no outside resource."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_ROW = 22
_LABEL = 126
_PANEL = 124
# width and height of a chart with axes, and left, top, width and height of what it plots
_SIZE = 420, 260
_PLOT = 52, 14, 350, 196


@dataclass(frozen=True, slots=True)
class Bar:
    """A value in [0, 1] with its 95 % interval; value None draws a dash."""

    value: float | None
    low: float = 0.0
    high: float = 0.0


def bar_panels(titles: Sequence[str], rows: Sequence[tuple[str, Sequence[Bar]]]) -> str:
    """Return one panel of horizontal bars a title, with one row a label; whiskers are the intervals.

    The panels are charts of their own, so that a narrow page sets them one below the other.
    """
    panels = (_panel(title, [(label, bars[n]) for label, bars in rows]) for n, title in enumerate(titles))
    return f'<div class="panels">{"".join(panels)}</div>'


def _panel(title: str, rows: Sequence[tuple[str, Bar]]) -> str:
    body = [_text(_LABEL, 14, title, "t")]
    for n, (label, bar) in enumerate(rows, start=1):
        y = n * _ROW + 4
        body += [_text(_LABEL - 8, y + 13, label, "e"), _bar(_LABEL, y, bar)]
    return _svg(_LABEL + _PANEL, _ROW * (len(rows) + 1) + 8, body, f"{title}: bars with 95 % intervals")


def _bar(x: float, y: float, bar: Bar) -> str:
    scale = _PANEL - 36
    if bar.value is None:
        return _text(x, y + 13, "–", "n")
    middle = y + 9
    return (
        f'<rect class="track" x="{x}" y="{y + 2}" width="{scale}" height="14"/>'
        f'<rect class="bar" x="{x}" y="{y + 2}" width="{bar.value * scale:.1f}" height="14"/>'
        f'<line class="whisker" x1="{x + bar.low * scale:.1f}" y1="{middle}" '
        f'x2="{x + bar.high * scale:.1f}" y2="{middle}"/>' + _text(x + scale + 5, y + 13, f"{bar.value:.2f}", "n")
    )


def step_chart(points: Sequence[tuple[float, float]], x_title: str, y_title: str, mark: float | None = None) -> str:
    """Return a step curve over [0, 1] x [0, 1]; `mark` draws a vertical line, such as today's coverage."""
    left, top, w, h = _PLOT
    body = _axes(left, top, w, h, x_title, y_title)
    path, before = [], 0.0
    for x, y in points:
        path.append(f"{left + before * w:.1f},{top + (1 - y) * h:.1f} {left + x * w:.1f},{top + (1 - y) * h:.1f}")
        before = x
    if path:
        body.append(f'<polyline class="curve" points="{" ".join(path)}"/>')
    if mark is not None:
        x = left + mark * w
        body.append(f'<line class="mark" x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{top + h}"/>')
        body.append(_text(x - 4, top + 10, f"{mark:.2f}", "n e"))
    return _svg(*_SIZE, body, f"{y_title} over {x_title}")


def line_chart(
    points: Sequence[tuple[float, float]], x_title: str, y_title: str, dot: tuple[float, float] | None = None
) -> str:
    """Return a curve through points of [0, 1] x [0, 1]; `dot` marks one place, such as where a run stands."""
    left, top, w, h = _PLOT
    body = _axes(left, top, w, h, x_title, y_title)
    path = [f"{left + x * w:.1f},{top + (1 - y) * h:.1f}" for x, y in points]
    if path:
        body.append(f'<polyline class="curve" points="{" ".join(path)}"/>')
    if dot is not None:
        x, y = left + dot[0] * w, top + (1 - dot[1]) * h
        body.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
        body.append(_text(x - 8, y + 20, f"{dot[0]:.2f} / {dot[1]:.2f}", "n e"))
    return _svg(*_SIZE, body, f"{y_title} over {x_title}")


def _axes(left: int, top: int, w: int, h: int, x_title: str, y_title: str) -> list[str]:
    body = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = left + tick * w, top + (1 - tick) * h
        body.append(f'<line class="grid" x1="{left}" y1="{y:.1f}" x2="{left + w}" y2="{y:.1f}"/>')
        body.append(_text(left - 6, y + 4, f"{tick:g}", "e"))
        body.append(_text(x, top + h + 16, f"{tick:g}", "m"))
    body.append(_text(left + w / 2, top + h + 36, x_title, "m"))
    body.append(f'<g transform="rotate(-90 14 {top + h / 2})">{_text(14, top + h / 2, y_title, "m")}</g>')
    return body


def histogram(values: Sequence[float], unit: str, bins: int = 24) -> str:
    """Return a histogram in equal bins from 0 to the largest value, counts on the bars' axis."""
    left, top, w, h = _PLOT
    counts, step = bin_counts(values, bins)
    most = max(counts, default=0)
    body = [f'<line class="grid" x1="{left}" y1="{top + h}" x2="{left + w}" y2="{top + h}"/>']
    for n, count in enumerate(counts):
        bar = count / most * h if most else 0
        x, y = left + n * w / bins, top + h - bar
        title = f"<title>{n * step:.4g} to {(n + 1) * step:.4g} {escape(unit)}: {count}</title>"
        body.append(
            f'<rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{w / bins - 1:.1f}" height="{bar:.1f}">{title}</rect>'
        )
    for part in (0.0, 0.5, 1.0):
        body.append(_text(left + part * w, top + h + 16, _number(part * step * bins), "m"))
    body.append(_text(left - 6, top + 10, str(most), "e"))
    body.append(_text(left + w / 2, top + h + 36, unit, "m"))
    return _svg(*_SIZE, body, f"Histogram in {unit}")


def bin_counts(values: Sequence[float], bins: int) -> tuple[list[int], float]:
    """Return how many values fall in each of `bins` equal bins from 0 on, and the width of a bin."""
    top = max(values, default=0.0)
    step = top / bins if top > 0 else 1.0
    counts = [0] * bins
    for value in values:
        counts[min(max(math.ceil(value / step) - 1, 0), bins - 1)] += 1
    return counts, step


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _text(x: float, y: float, text: str, css: str) -> str:
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def _svg(width: float, height: float, body: Sequence[str], label: str) -> str:
    head = f'<svg role="img" aria-label="{escape(label, quote=True)}" viewBox="0 0 {width} {height}" width="{width}">'
    return f"{head}{''.join(body)}</svg>"
