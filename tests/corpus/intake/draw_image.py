"""Typeset sheets as page images, as a scanner gives them, in the Noto fonts of `tools/install_browser.sh`."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.corpus.intake.typeset import HEIGHT, WIDTH, Sheet

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
DPI = 200


@cache
def font_file(family: str, bold: bool = False) -> tuple[str, int]:
    """File and index of a font.

    :raises FileNotFoundError: it is not installed.
    """
    style = "Bold" if bold else "Regular"
    fc_match = shutil.which("fc-match")
    if fc_match is None:
        raise FileNotFoundError("fc-match is not installed")
    asked = [fc_match, "--format", "%{family}\n%{file}\n%{index}", f"{family}:style={style}"]
    found, file, index = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split("\n")
    if family not in found:
        raise FileNotFoundError(f"the font {family} is not installed; tools/install_browser.sh installs it")
    return file, int(index)


@cache
def font(family: str, pixels: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The font in a size."""
    file, index = font_file(family, bold)
    return ImageFont.truetype(file, pixels, index=index)


def width(char: str) -> float:
    """The advance of a character of the serif font in em."""
    return font(SERIF, 200).getlength(char) / 200


def draw_image(sheet: Sheet, dpi: int = DPI, family: str = SERIF) -> Image.Image:
    """A clean page, grey."""
    scale = dpi / 72
    image = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    draw = ImageDraw.Draw(image)
    for run in sheet.runs:
        type_ = font(family, round(run.size * scale), run.bold)
        draw.text((run.x * scale, run.y * scale), run.text, font=type_, fill=0, anchor="ls")
    for x0, y0, x1, y1 in sheet.lines:
        draw.line([(x0 * scale, y0 * scale), (x1 * scale, y1 * scale)], fill=0, width=max(round(0.7 * scale), 1))
    return image


def worn(image: Image.Image, seed: int) -> Image.Image:
    """The page as a poor scan: half a degree askew, grey and unevenly lit, speckled and noisy."""
    rng = np.random.default_rng(seed)
    askew = image.rotate(0.5 if seed % 2 else -0.5, resample=Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(askew, np.float32) * 0.72 + 40
    grey += np.linspace(-12, 12, grey.shape[0], dtype=np.float32)[:, None]
    grey += rng.normal(0, 12, grey.shape)
    grey[rng.random(grey.shape) < 0.0005] = 30
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def save_scan(path: Path, images: Sequence[Image.Image], dpi: int = DPI) -> Path:
    """Images as a PDF that holds nothing else."""
    images[0].save(path, format="PDF", save_all=True, append_images=list(images[1:]), resolution=dpi)
    return path
