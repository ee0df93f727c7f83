"""Typeset sheets as PDF, by reportlab with the standard Chinese font, which is named and not embedded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.corpus.intake.typeset import HEIGHT, WIDTH, Run, Sheet

FONT = "STSong-Light"
INVISIBLE = 3


def open_canvas(
    path: Path, size: tuple[float, float] = (WIDTH, HEIGHT), lock: StandardEncryption | None = None
) -> Canvas:
    """A canvas whose font is ready."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return Canvas(str(path), pagesize=size, encrypt=lock, invariant=1)


def width(char: str) -> float:
    """The advance of a character of the font in em."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return float(pdfmetrics.stringWidth(char, FONT, 1))


def draw_run(canvas: Canvas, run: Run, height: float = HEIGHT, mode: int = 0) -> None:
    """One run of text in a rendering mode of PDF."""
    text = canvas.beginText(run.x, height - run.y)
    text.setFont(FONT, run.size)
    text.setTextRenderMode(mode)
    text.textOut(run.text)
    canvas.drawText(text)


def draw_sheet(canvas: Canvas, sheet: Sheet, mode: int = 0) -> None:
    """A page; bold text is drawn twice, a third of a point apart."""
    for run in sheet.runs:
        draw_run(canvas, run, mode=mode)
        if run.bold:
            draw_run(canvas, Run(run.text, run.x + 0.33, run.y, run.size), mode=mode)
    for x0, y0, x1, y1 in sheet.lines:
        canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)
    canvas.showPage()


def draw_pdf(path: Path, sheets: Sequence[Sheet], lock: StandardEncryption | None = None) -> Path:
    """All sheets in one file."""
    canvas = open_canvas(path, lock=lock)
    for sheet in sheets:
        draw_sheet(canvas, sheet)
    canvas.save()
    return path
