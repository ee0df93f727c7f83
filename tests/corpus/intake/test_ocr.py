"""Page images: what is recognised, kept, turned and told. The real models read; most tests have a fake."""

import math
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

from corpus.errors import UnreadableFileError
from corpus.intake.ocr import as_pixels, image_reader, recognised_note
from corpus.intake.page_text import read_pages
from corpus.intake.recognise import FakeRecogniser, RapidRecogniser, Seen
from corpus.intake.scan_cache import ScanCache, ScannedPage
from corpus.intake.scan_page import scan_layout
from tests.corpus.intake.draw_image import draw_image, width, worn
from tests.corpus.intake.page_cases import LONG, SHORT, dense_table, table, two_columns
from tests.corpus.intake.typeset import typeset
from tools.ocr_cer import measure, sheets_of

BAR = 0.005
LINES = ("督导检查的结果应当公开。", "整改情况应当复查。")


def seen(text: str, x: float = 100, y: float = 400, em: float = 22, score: float = 0.99, slope: float = 0.0) -> Seen:
    """A line whose upper left corner stands at (x, y), in pixels."""
    across, down = len(text) * em, em
    turn = np.array([[math.cos(slope), -math.sin(slope)], [math.sin(slope), math.cos(slope)]])
    a, b, c, d = ((turn @ corner) + (x, y) for corner in np.array([(0, 0), (across, 0), (across, down), (0, down)]))
    return Seen(text, score, ((a[0], a[1]), (b[0], b[1]), (c[0], c[1]), (d[0], d[1])))


def page(*texts: str) -> tuple[Seen, ...]:
    return tuple(seen(text, y=400 + at * 40) for at, text in enumerate(texts))


def colons(text: str) -> str:
    """The text with one kind of colon: recognition cannot tell that of a ratio."""
    return text.replace("：", ":")


def blank(path: Path, pages: int = 1, mode: str = "L") -> Path:
    images = [Image.new(mode, (827, 1170), "white") for _ in range(pages)]
    images[0].save(path, save_all=pages > 1, append_images=images[1:]) if pages > 1 else images[0].save(path)
    return path


@pytest.mark.integration
@pytest.mark.parametrize("poor", [False, True], ids=["clean", "worn"])
def test_a_scan_of_a_whole_document_is_read_within_the_bar(
    poor: bool, tmp_path: Path, recogniser: RapidRecogniser, capsys: pytest.CaptureFixture[str]
) -> None:
    found = measure("dazu", poor, tmp_path, recogniser)
    with capsys.disabled():
        kind = "worn" if poor else "clean"
        sys.stdout.write(f"\nCER of dazu, {kind}: {found.rate:.3%} ({found.wrong} of {found.characters})\n")
    assert found.characters > 2800
    assert found.rate <= BAR, found.edits
    assert found.text.kind == "scan"
    assert found.text.pages == len(sheets_of("dazu"))


@pytest.mark.integration
def test_a_page_image_reads_as_its_text_and_nothing_is_fetched_or_printed(
    tmp_path: Path, recogniser: RapidRecogniser, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    texts = [f"（一）{LONG}", "——自身建设方面，健全管理体制，配强队伍。", "——督政方面，督促各镇街履行职责。", SHORT]
    sheet = typeset([("title", "二〇二一年督导工作要点"), *(("body", text) for text in texts)], width)[0]
    path = tmp_path / "page.png"
    draw_image(sheet).save(path, dpi=(200, 200))
    text = image_reader(recognise=RapidRecogniser())(path)
    assert colons(text.text).split("\n") == ["二〇二一年督导工作要点", *map(colons, texts)]
    assert (text.kind, text.pages, text.margins) == ("image", 1, ("-1-",))
    assert capfd.readouterr() == ("", "")


@pytest.mark.integration
def test_columns_and_tables_of_a_worn_scan_keep_their_order(tmp_path: Path, recogniser: RapidRecogniser) -> None:
    cases = (two_columns(9), table(), dense_table())
    images = [worn(draw_image(sheet), 1) for case in cases for sheet in case.sheets]
    images[0].save(tmp_path / "pages.tif", save_all=True, append_images=images[1:], dpi=(200, 200))
    text = image_reader(recognise=recogniser)(tmp_path / "pages.tif").text
    assert colons(text).split("\n") == [colons(line) for case in cases for line in case.text]


@pytest.mark.integration
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_on_its_side_or_head_is_turned(quarters: int, tmp_path: Path, recogniser: RapidRecogniser) -> None:
    upright = draw_image(typeset([("body", LONG)], width)[0]).crop((150, 250, 1500, 900))
    upright.rotate(90 * quarters, expand=True).save(tmp_path / "page.png")
    text = image_reader(recognise=recogniser)(tmp_path / "page.png")
    assert colons(text.text) == colons(LONG)
    assert f"page 1 was turned by {(4 - quarters) * 90} degrees to be read" in text.warnings


@pytest.mark.integration
def test_a_long_image_of_a_scrolled_screen_is_read_in_parts(tmp_path: Path, recogniser: RapidRecogniser) -> None:
    texts = [f"{number}.{SHORT}" for number in range(1, 25)]
    strips = [draw_image(sheet, 96) for sheet in typeset([("body", text) for text in texts], width, numbered=False)]
    strips = [strip.crop((80, 130, 700, 980)) for strip in strips]
    screen = Image.new("L", (620, 850 * len(strips)), 255)
    for at, strip in enumerate(strips):
        screen.paste(strip, (0, 850 * at))
    screen.save(tmp_path / "screen.png")
    text = image_reader(recognise=recogniser)(tmp_path / "screen.png").text
    assert text.split("\n") == texts


def test_a_run_that_was_interrupted_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = blank(tmp_path / "three.tif", 3)
    pages = [page(f"第{number}页的正文在这里") for number in "一二三"]
    first = FakeRecogniser(pages)

    def interrupt(done: int, total: int) -> None:
        assert total == 3
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        image_reader(tmp_path / "kept", first)(path, interrupt)
    assert first.asked == 2
    second, steps = FakeRecogniser(pages[2:]), []
    text = image_reader(tmp_path / "kept", second)(path, lambda done, total: steps.append((done, total)))
    assert second.asked == 1
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert text == image_reader(None, FakeRecogniser(pages))(path)
    assert [text.text.count(f"第{number}页") for number in "一二三"] == [1, 1, 1]


def test_kept_pages_are_those_of_the_same_bytes_and_recogniser(tmp_path: Path) -> None:
    path = blank(tmp_path / "page.png")
    for name, folder, asked in (("a", "kept", 1), ("a", "kept", 0), ("b", "kept", 1), ("a", "other", 1)):
        fake = FakeRecogniser([page(*LINES)], name)
        image_reader(tmp_path / folder, fake)(path)
        assert fake.asked == asked, name
    Image.new("L", (828, 1170), "white").save(path)
    fake = FakeRecogniser([page(*LINES)], "a")
    image_reader(tmp_path / "other", fake)(path)
    assert fake.asked == 1


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"made_by": "fake 1"}', b"\xff\xfe", b'{"made_by": 1, "page": {}}']
)
def test_a_kept_page_that_was_cut_off_is_read_anew(content: bytes, tmp_path: Path) -> None:
    path = blank(tmp_path / "page.png")
    image_reader(tmp_path / "kept", FakeRecogniser([page(*LINES)]))(path)
    (kept,) = (tmp_path / "kept").rglob("*.json")
    kept.write_bytes(content)
    fake = FakeRecogniser([page(*LINES)])
    assert image_reader(tmp_path / "kept", fake)(path).text.split("\n") == list(LINES)
    assert fake.asked == 1


def test_a_kept_page_is_the_page(tmp_path: Path) -> None:
    layout, warnings = scan_layout(3, np.full((800, 600, 3), 255, np.uint8), 595, FakeRecogniser([page(*LINES)]))
    cache = ScanCache(tmp_path, "0" * 64, "fake")
    assert cache.get(3) is None
    cache.put(3, ScannedPage(layout, (*warnings, "督")))
    assert cache.get(3) == ScannedPage(layout, (*warnings, "督"))
    assert cache.get(4) is None


def test_what_is_hard_to_read_is_put_aside_and_told(tmp_path: Path) -> None:
    lines = (seen(LINES[0]), seen("盖章处。", y=500, score=0.3))
    text = image_reader(recognise=FakeRecogniser([lines]))(blank(tmp_path / "page.png"))
    assert text.text == LINES[0]
    assert text.margins == ("盖章处。",)
    assert "page 1: '盖章处。' was hard to read and put aside" in text.warnings


def ruled(ink: Sequence[tuple[int, int, int, int]]) -> NDArray[np.uint8]:
    """A table of two cells, 600 x 100 pixels each, at (100, 300), with black boxes for characters."""
    image = np.full((1169, 1654, 3), 255, np.uint8)
    for x in (100, 700, 1300):
        image[300:403, x : x + 3] = 0
    for y in (300, 400):
        image[y : y + 3, 100:1303] = 0
    for left, top, right, bottom in ink:
        image[top:bottom, left:right] = 0
    return image


def test_ink_of_a_cell_in_which_no_line_was_seen_is_read_by_itself() -> None:
    title = seen("督导检查的结果应当公开。", 300, 100, 40)
    image = ruled([(150, 330, 165, 360), (500, 385, 503, 388)])  # a character, and a speck
    layout, _ = scan_layout(1, image, 595, FakeRecogniser([(title,)], lines=["7", "speck"]))
    assert read_pages([layout])[0].split("\n") == [title.text, "7"]


def test_a_line_read_over_two_cells_is_read_anew_in_each() -> None:
    over = seen("序号督导责任区名称", 500, 330, 44)
    image = ruled([(510, 335, 690, 365), (710, 335, 890, 365)])
    parted, _ = scan_layout(1, image, 595, FakeRecogniser([(over,)], lines=["序号", "督导责任区名称"]))
    assert read_pages([parted])[0] == "序号\t督导责任区名称"
    failed, _ = scan_layout(1, image, 595, FakeRecogniser([(over,)], lines=["序号"]))
    assert read_pages([failed])[0].strip() == over.text


@pytest.mark.parametrize("degrees", [-3.0, 0.5, 3.0])
def test_lines_of_a_page_askew_are_made_level(degrees: float) -> None:
    """Two columns whose lines would else fall into each other's rows."""
    slope = math.radians(degrees)
    lines = []
    for row in range(6):
        for column, name in enumerate("甲乙"):
            x, y = 200 + column * 700, 400 + row * 80
            turned = (x * math.cos(slope) - y * math.sin(slope), x * math.sin(slope) + y * math.cos(slope))
            lines.append(seen(f"{name}栏第{'一二三四五六'[row]}行的文字写满这一栏"[:12], *turned, 44, slope=slope))
    layout, _ = scan_layout(1, np.full((2339, 1654, 3), 255, np.uint8), 595, FakeRecogniser([tuple(lines)]))
    tops = {piece.text[:4]: piece.top for piece in layout.pieces}
    for name in "一二三四五六":
        assert tops[f"甲栏第{name}"] == pytest.approx(tops[f"乙栏第{name}"], abs=0.5)


@pytest.mark.parametrize(
    ("mode", "suffix"),
    [(mode, kind) for kind in ("png", "tif") for mode in ("1", "L", "P", "RGB", "RGBA", "I;16", "LA")]
    + [("CMYK", "tif")],
)
def test_every_kind_of_pixel_becomes_black_on_white(mode: str, suffix: str, tmp_path: Path) -> None:
    grey = np.full((80, 60), 255, np.uint8)
    grey[20:40, 20:40] = 0
    deep = grey.astype(np.uint16) * 257
    picture = Image.fromarray(deep) if mode == "I;16" else Image.fromarray(grey).convert(mode)
    if mode in ("RGBA", "LA"):
        picture.putalpha(Image.fromarray(255 - grey))  # black on nothing
    path = tmp_path / f"page.{suffix}"
    picture.save(path)
    with Image.open(path) as opened:
        pixels = as_pixels(opened)
    assert pixels.shape == (80, 60, 3)
    assert pixels[30, 30].max() < 10
    assert pixels[5, 5].min() > 245


def test_a_photograph_stands_upright_and_is_no_larger_than_useful() -> None:
    picture = Image.new("L", (6000, 9000), 255)
    picture.paste(0, (0, 0, 6000, 900))
    exif = picture.getexif()
    exif[274] = 6  # the camera was turned to the right
    pixels = as_pixels(picture)
    assert pixels.shape == (2400, 3600, 3)
    assert (pixels[:, :300].max(), pixels[:, -300:].min()) in ((255, 0), (0, 255))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "is no image that can be read"),
        ("b.jpg", b"\xff\xd8\xff\xe0" + b"junk" * 20, "is no image that can be read"),
        ("c.tif", b"II*\0\x08\0\0\0", "is no image that can be read"),
    ],
)
def test_a_broken_image_is_refused(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFileError, match=says):
        image_reader(recognise=FakeRecogniser([page(*LINES)]))(tmp_path / name)


def test_an_image_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.jpg"
    Image.effect_noise((600, 800), 60).save(path)
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(UnreadableFileError, match="'page.jpg' is no image that can be read"):
        image_reader(recognise=FakeRecogniser([page(*LINES)]))(path)


def test_an_image_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (20000, 20000)).save(path)
    assert path.stat().st_size < 100_000
    with pytest.raises(UnreadableFileError, match="'bomb.png' is too large an image"):
        image_reader(recognise=FakeRecogniser([page(*LINES)]))(path)


def test_an_image_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.tif"
    with TiffImagePlugin.AppendingTiffWriter(str(path)) as out:
        for _ in range(501):
            Image.new("1", (8, 8)).save(out, format="TIFF")
            out.newFrame()
    with pytest.raises(UnreadableFileError, match="holds 501 pages, at most 500 are read: split it"):
        image_reader(recognise=FakeRecogniser([page(*LINES)]))(path)


def test_an_image_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no text was recognised in 'page.png'"):
        image_reader(recognise=FakeRecogniser([()]))(blank(tmp_path / "page.png"))


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (15, 15)])
def test_a_picture_too_small_for_text_is_told(shape: tuple[int, int]) -> None:
    fake = FakeRecogniser([page(*LINES)])
    layout, warnings = scan_layout(4, np.zeros((*shape, 3), np.uint8), 595, fake)
    assert (layout.pieces, fake.asked) == ((), 0)
    assert warnings == ("page 4 is a picture too small to hold text",)


@pytest.mark.integration
def test_the_real_recogniser_finds_nothing_on_a_blank_page(recogniser: RapidRecogniser) -> None:
    assert recogniser(np.full((400, 300, 3), 255, np.uint8)) == ()


@pytest.mark.parametrize(("numbers", "named"), [([1], "1"), ([1, 2, 3], "1–3"), ([2, 4, 5, 9], "2, 4–5, 9")])
def test_pages_are_named_in_runs(numbers: Sequence[int], named: str) -> None:
    assert recognised_note(numbers) == f"recognised from pictures: page {named}; compare the text with the original"
