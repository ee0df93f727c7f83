"""Reading page images: `read_image`, and the scanned pages of any other file, kept so that reading can go on."""

from __future__ import annotations

import hashlib
import struct
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image as Pictures
from PIL import ImageOps

from corpus.errors import UnreadableFileError
from corpus.intake.page_text import read_pages
from corpus.intake.recognise import Image, RapidRecogniser, Recogniser
from corpus.intake.scan_cache import ScanCache, ScannedPage
from corpus.intake.scan_page import scan_layout
from corpus.intake.types import FileReader, FileText, Progress

A4_WIDTH = 595.3  # points
LARGEST_SHORT_SIDE = 2400  # pixels; more shows nothing more of a page of text
# what Pillow raises on damaged images
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, struct.error)
_MOST_FRAMES = 500
_LIKELY_WIDTHS = (200.0, 2000.0)  # points, between which the resolution that an image states is believed


class Scans:
    """The scanned pages of one file: from the cache where they are kept there, else recognised."""

    def __init__(self, path: Path, cache: Path | None, recognise: Recogniser) -> None:
        self._path = path
        self._cache_folder = cache
        self._cache: ScanCache | None = None
        self._recognise = recognise

    def page(self, number: int, render: Callable[[], tuple[Image, float]]) -> ScannedPage:
        """Return page `number`; `render` gives its image and its width in points, and is called only where needed."""
        if self._cache_folder is not None and self._cache is None:
            self._cache = ScanCache(self._cache_folder, _sha256(self._path), self._recognise.name)
        if self._cache is not None and (kept := self._cache.get(number)) is not None:
            return kept
        page = ScannedPage(*scan_layout(number, *render(), self._recognise))
        if self._cache is not None:
            self._cache.put(number, page)
        return page


def read_image(path: Path, progress: Progress | None = None) -> FileText:
    """Read an image of a page (PNG, JPEG, TIFF of several pages, BMP, WebP), without keeping recognised pages."""
    return image_reader()(path, progress)


def image_reader(cache: Path | None = None, recognise: Recogniser | None = None) -> FileReader:
    """Return a reader of page images that keeps recognised pages below the folder `cache`."""
    recogniser = recognise or RapidRecogniser()

    def read(path: Path, progress: Progress | None = None) -> FileText:
        scans = Scans(path, cache, recogniser)
        pages: list[ScannedPage] = []
        picture, count = _open(path)
        with picture:
            for index in range(count):
                pages.append(scans.page(index + 1, partial(_frame, path, picture, index)))
                if progress:
                    progress(index + 1, count)
        text, margins = read_pages(page.layout for page in pages)
        if not text:
            raise UnreadableFileError(f"no text was recognised in {path.name!r}: scan the page once more")
        told = [warning for page in pages for warning in page.warnings]
        told.append(recognised_note(range(1, len(pages) + 1)))
        return FileText(text, "image", margins, len(pages), tuple(told))

    return read


def recognised_note(numbers: Sequence[int]) -> str:
    """The sentence that names the pages whose text was recognised from pictures."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"recognised from pictures: page {named}; compare the text with the original"


def as_pixels(picture: Pictures.Image) -> Image:
    """Return a picture as pixels: upright by its EXIF tag, on white where it is transparent, no larger than useful."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith(("I", "F")):  # 16 and 32 bits of grey
        grey = np.asarray(upright, np.float64)
        upright = Pictures.fromarray((grey * (255 / max(float(grey.max()), 1.0))).astype(np.uint8))
    if upright.has_transparency_data:
        layer = upright.convert("RGBA")
        upright = Pictures.alpha_composite(Pictures.new("RGBA", layer.size, "white"), layer)
    excess = min(upright.size) / LARGEST_SHORT_SIDE
    if excess > 1:
        upright = upright.resize((round(upright.width / excess), round(upright.height / excess)))
    return np.ascontiguousarray(np.asarray(upright.convert("RGB"), np.uint8)[:, :, ::-1])


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Pillow's errors as ours; `name` tells the picture."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of tags that do not concern the pixels
        warnings.simplefilter("error", Pictures.DecompressionBombWarning)
        try:
            yield
        except (Pictures.DecompressionBombWarning, Pictures.DecompressionBombError) as error:
            raise UnreadableFileError(f"{name} is too large an image ({error}): scan it at 200 dpi") from error
        except _DAMAGE as error:
            raise UnreadableFileError(f"{name} is no image that can be read ({error}): save it as PNG") from error


def _open(path: Path) -> tuple[Pictures.Image, int]:
    """The image, and how many pages it holds."""
    with readable(repr(path.name)):
        picture = Pictures.open(path)
        count = int(getattr(picture, "n_frames", 1))
    if count > _MOST_FRAMES:
        picture.close()
        raise UnreadableFileError(f"{path.name!r} holds {count} pages, at most {_MOST_FRAMES} are read: split it")
    return picture, count


def _frame(path: Path, picture: Pictures.Image, index: int) -> tuple[Image, float]:
    with readable(repr(path.name)):
        picture.seek(index)
        return as_pixels(picture), _width(picture)


def _width(picture: Pictures.Image) -> float:
    """The width of the page in points: by the resolution that the file states if likely, else that of A4."""
    stated = picture.info.get("dpi")
    if stated and float(stated[0]) > 0:
        width = picture.width / float(stated[0]) * 72
        if _LIKELY_WIDTHS[0] <= width <= _LIKELY_WIDTHS[1]:
            return width
    return A4_WIDTH * picture.width / min(picture.size)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
