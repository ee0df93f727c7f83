"""The character error rate of recognition on a scan made from a source text: `python -m tools.ocr_cer [DOCUMENT…]`.

The text is typeset as GB/T 9704-2012 sets it, drawn at 200 dpi and saved as a PDF of images, once clean and once worn:
half a degree askew, grey, unevenly lit, speckled and noisy. The rate is the edit distance between what was read and
what was set, without white space, over the characters that were set; page numbers are read into the margins.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from corpus.intake.pdf import pdf_reader
from corpus.intake.recognise import RapidRecogniser, Recogniser
from corpus.intake.types import FileText
from corpus.load import DEFAULT_ROOT, read_raw
from tests.corpus.intake.draw_image import draw_image, save_scan, width, worn
from tests.corpus.intake.typeset import Sheet, styled, typeset


@dataclass(frozen=True)
class Measured:
    """What reading one scan came to. wrong: edits; characters: of the text that was set."""

    text: FileText
    wrong: int
    characters: int
    edits: tuple[str, ...]
    seconds: float

    @property
    def rate(self) -> float:
        """Edits for each character."""
        return self.wrong / self.characters


def sheets_of(document: str) -> list[Sheet]:
    """The pages of a document of the corpus as they are printed."""
    return typeset(styled(read_raw(DEFAULT_ROOT, document)), width)


def measure(document: str, poor: bool, folder: Path, recogniser: Recogniser) -> Measured:
    """Draw, read and compare one document of the corpus; `poor` draws a worn scan."""
    raw = read_raw(DEFAULT_ROOT, document)
    images = [draw_image(sheet) for sheet in sheets_of(document)]
    if poor:
        images = [worn(image, seed) for seed, image in enumerate(images)]
    scan = save_scan(folder / f"{document}-{'worn' if poor else 'clean'}.pdf", images)
    started = time.perf_counter()
    text = pdf_reader(recognise=recogniser)(scan)
    seconds = time.perf_counter() - started
    was_set, was_read = "".join(raw.split()), "".join(text.text.split())
    edits = [
        f"{op.tag} {was_set[max(op.src_pos - 4, 0) : op.src_pos + 5]!r} {was_read[op.dest_pos : op.dest_pos + 1]!r}"
        for op in Levenshtein.editops(was_set, was_read)
    ]
    return Measured(text, len(edits), len(was_set), tuple(edits), seconds)


def main(documents: list[str]) -> None:
    """Print one row for each document and kind of scan, and what was read otherwise."""
    recogniser = RapidRecogniser()
    with tempfile.TemporaryDirectory() as folder:
        for document in documents or ["dazu"]:
            for poor in (False, True):
                found = measure(document, poor, Path(folder), recogniser)
                pages = found.text.pages or 1
                print(
                    f"{document:10} {'worn' if poor else 'clean':6} {found.rate:8.3%}  {found.wrong} of "
                    f"{found.characters}  {pages} pages  {found.seconds / pages:.1f} s a page"
                )
                for edit in found.edits[:20]:
                    print(f"    {edit}")


if __name__ == "__main__":
    main(sys.argv[1:])
