"""Recognising the lines of a page image. rapidocr is the only way; the fake for tests stands beside it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UnreadableFileError

if TYPE_CHECKING:
    from rapidocr import RapidOCR

Image = NDArray[np.uint8]
"""Shape (height, width, 3), blue, green, red."""
Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]

_DETECTION, _RECOGNITION = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_DETECTED_SIDE = 1280  # pixels: the longer side of the image in which lines are looked for
_LARGEST_SIDE = 6000
_MOST_THREADS = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """A line as recognised. score: from 0 to 1; corners: pixels, from the upper left one clockwise."""

    text: str
    score: float
    corners: Corners


class Recogniser(Protocol):
    """Finds and reads the lines of an image.

    name: changes whenever the same image might be read otherwise; part of the key under which pages are kept.
    """

    name: str

    def __call__(self, image: Image) -> tuple[Seen, ...]:
        """Return the lines, in no order."""
        ...

    def line(self, image: Image) -> tuple[str, float]:
        """Return the text and the score of an image that shows one line and nothing else."""
        ...


class RapidRecogniser:
    """PP-OCRv6 small, with the model files that the package `rapidocr` carries; nothing is ever fetched."""

    def __init__(self) -> None:
        self.name = f"rapidocr {version('rapidocr')} {_DETECTED_SIDE}"
        self._engine: RapidOCR | None = None

    def __call__(self, image: Image) -> tuple[Seen, ...]:
        """Return the lines, in no order.

        :raises UnreadableFileError: the package or its models cannot be loaded.
        """
        found = self._loaded()(image, use_det=True)
        boxes, texts, scores = (getattr(found, name, None) for name in ("boxes", "txts", "scores"))
        if boxes is None or texts is None or scores is None:  # the image holds no line
            return ()
        lines = zip(texts, scores, boxes.tolist(), strict=True)
        return tuple(Seen(text, float(score), _corners(box)) for text, score, box in lines)

    def line(self, image: Image) -> tuple[str, float]:
        """Return the text and the score of an image that shows one line and nothing else."""
        found = self._loaded()(image, use_det=False)
        texts, scores = getattr(found, "txts", None), getattr(found, "scores", None)
        return (str(texts[0]), float(scores[0])) if texts and scores else ("", 0.0)

    def _loaded(self) -> RapidOCR:
        if self._engine is None:
            self._engine = _load()
        return self._engine


class FakeRecogniser:
    """Gives for each image what it was told to, and counts how often it was asked. lines: given for single ones."""

    def __init__(self, pages: Sequence[tuple[Seen, ...]], name: str = "fake", lines: Sequence[str] = ()) -> None:
        self.name = name
        self.asked = 0
        self._pages = list(pages)
        self._lines = list(lines)

    def __call__(self, image: Image) -> tuple[Seen, ...]:
        """Return the lines of the next page; the last page's again and again."""
        self.asked += 1
        return self._pages[min(self.asked, len(self._pages)) - 1]

    def line(self, image: Image) -> tuple[str, float]:
        """Return the next of the single lines with a score of 1; nothing where there is none left."""
        return (self._lines.pop(0), 1.0) if self._lines else ("", 0.0)


def _corners(box: list[list[float]]) -> Corners:
    a, b, c, d = ((float(x), float(y)) for x, y in box)
    return a, b, c, d


def _models() -> Path:
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise UnreadableFileError("page images cannot be read: the package rapidocr is missing, run `make setup`")
    return Path(spec.origin).parent / "models"


def _load() -> RapidOCR:
    models = _models()
    for name in (_DETECTION, _RECOGNITION):
        if not (models / name).is_file():  # the package would try to download it
            raise UnreadableFileError(f"page images cannot be read: rapidocr came without {name}, run `make setup`")
    from rapidocr import RapidOCR

    threads = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1, _MOST_THREADS)
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": _LARGEST_SIDE,
            "Global.text_score": 0.0,  # what is hard to read is told, not dropped
            "Det.model_path": str(models / _DETECTION),
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTED_SIDE,
            "Rec.model_path": str(models / _RECOGNITION),
            "Rec.rec_batch_num": 1,  # lines of different length in one batch are padded, which costs more time
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
