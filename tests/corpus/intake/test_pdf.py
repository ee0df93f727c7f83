"""PDF files made by reportlab: layouts, locks, damage, invisible text, pages that are pictures."""

import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from corpus.clean import clean_text
from corpus.errors import UnreadableFileError
from corpus.intake.pdf import MOST_PAGES, pdf_reader, read_pdf
from corpus.intake.recognise import FakeRecogniser, Seen
from corpus.load import load_corpus
from corpus.parse import parse_document
from tests.corpus.intake.draw_image import draw_image, save_scan
from tests.corpus.intake.draw_pdf import INVISIBLE, draw_pdf, draw_run, draw_sheet, open_canvas, width
from tests.corpus.intake.page_cases import CASES, LONG, SHORT, Case
from tests.corpus.intake.typeset import HEIGHT, LEFT, WIDTH, Run, Sheet, styled, typeset

DOCUMENTS = ("xiushan", "tangshan", "hainan", "weihai", "dazu")


def sheets(*texts: str) -> list[Sheet]:
    return typeset([("body", text) for text in texts], width, numbered=False)


def recognised(*texts: str) -> FakeRecogniser:
    """Gives one line for each page, in pixels of 200 dpi."""
    return FakeRecogniser(
        [
            (Seen(text, 0.99, ((300, 400), (300 + 44 * len(text), 400), (300 + 44 * len(text), 444), (300, 444))),)
            for text in texts
        ]
    )


def never() -> FakeRecogniser:
    return FakeRecogniser([()])


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_layout_reads_as_a_person_reads_it(case: Case, tmp_path: Path) -> None:
    fake = never()
    text = pdf_reader(recognise=fake)(draw_pdf(tmp_path / "a.pdf", case.sheets))
    assert tuple(text.text.split("\n")) == case.text
    assert (text.margins, text.pages, text.kind, text.warnings) == (case.margins, len(case.sheets), "pdf", ())
    assert fake.asked == 0


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_typeset_document_of_the_corpus_has_the_same_measures(name: str, tmp_path: Path) -> None:
    document = load_corpus().by_id[name]
    text = read_pdf(draw_pdf(tmp_path / "a.pdf", typeset(styled(document.clean.text), width)))
    assert [bare(line) for line in text.text.split("\n")] == [bare(line) for line in document.clean.text.split("\n")]
    again = parse_document(document.meta, clean_text(text.text))
    assert {m.id: bare(m.text) for m in again.measures} == {m.id: bare(m.text) for m in document.measures}
    assert [m.id for m in again.measures] == [m.id for m in document.measures]
    assert text.warnings == ()


def test_progress_counts_the_pages(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    path = draw_pdf(tmp_path / "a.pdf", sheets(*[LONG * 6] * 4))
    read_pdf(path, lambda done, total: steps.append((done, total)))
    assert steps == [(number, len(steps)) for number in range(1, len(steps) + 1)]
    assert len(steps) >= 3


@pytest.mark.parametrize("strength", [40, 128])
def test_a_file_locked_by_a_password_is_refused(strength: int, tmp_path: Path) -> None:
    lock = StandardEncryption("geheim", "owner", strength=strength)
    with pytest.raises(UnreadableFileError, match="'a.pdf' is locked by a password: save it without one"):
        read_pdf(draw_pdf(tmp_path / "a.pdf", sheets(SHORT), lock))


@pytest.mark.parametrize("strength", [40, 128])
def test_a_file_that_only_forbids_copying_is_read(strength: int, tmp_path: Path) -> None:
    lock = StandardEncryption("", "owner", canPrint=0, canCopy=0, strength=strength)
    assert read_pdf(draw_pdf(tmp_path / "a.pdf", sheets(SHORT), lock)).text == SHORT


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + bytes(range(256)) * 40,
        b"%PDF-1.4\n%%EOF\n",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF",
        b"",
    ],
    ids=["garbage", "nothing", "no pages", "empty"],
)
def test_a_broken_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(UnreadableFileError, match=r"'a.pdf' is (no PDF or a broken one|a PDF without pages)"):
        read_pdf(tmp_path / "a.pdf")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_pdf(tmp_path / "a.pdf")


def test_a_file_without_its_end_is_warned_of(tmp_path: Path) -> None:
    whole = draw_pdf(tmp_path / "whole.pdf", sheets(LONG)).read_bytes()
    assert read_pdf(tmp_path / "whole.pdf").warnings == ()
    (tmp_path / "cut.pdf").write_bytes(whole[: whole.rindex(b"%%EOF")])
    text = read_pdf(tmp_path / "cut.pdf")
    assert text.text == LONG
    assert text.warnings == ("the end of the file is missing: pages or words may be lacking",)


@pytest.mark.parametrize("share", [10, 50, 90])
def test_a_file_that_was_cut_off_is_refused_or_warned_of(share: int, tmp_path: Path) -> None:
    path = draw_pdf(tmp_path / "a.pdf", sheets(*[LONG * 6] * 4))
    path.write_bytes(path.read_bytes()[: path.stat().st_size * share // 100])
    with pytest.raises(UnreadableFileError, match="'a.pdf' is no PDF or a broken one"):
        read_pdf(path)


def test_ten_thousand_pages_are_refused_at_once(tmp_path: Path) -> None:
    kids = b" ".join(b"3 0 R" for _ in range(10_000))
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"2 0 obj<</Type/Pages/Count 10000/Kids[" + kids + b"]>>endobj",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj",
    ]
    path = tmp_path / "long.pdf"
    path.write_bytes(b"%PDF-1.4\n" + b"\n".join(parts) + b"\ntrailer<</Root 1 0 R>>\n%%EOF")
    with pytest.raises(
        UnreadableFileError, match=f"'long.pdf' has 10000 pages, at most {MOST_PAGES} are read: split it"
    ):
        read_pdf(path)


@pytest.mark.integration
@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited so on Linux alone")
def test_a_stream_that_unpacks_to_gigabytes_ends_within_the_limit(tmp_path: Path) -> None:
    """The child has 2 GB; whatever the library does, reading ends with a sentence or with the child, and soon."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**24) for _ in range(256)) + packer.flush()
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj",
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream endobj",
    ]
    path = tmp_path / "bomb.pdf"
    path.write_bytes(b"%PDF-1.4\n" + b"\n".join(parts) + b"\ntrailer<</Root 1 0 R>>\n%%EOF")
    code = (
        "import resource, sys, pathlib\n"
        "resource.setrlimit(resource.RLIMIT_DATA, (2 << 30, 2 << 30))\n"
        "from corpus.intake.pdf import read_pdf\n"
        "read_pdf(pathlib.Path(sys.argv[1]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, timeout=120)
    assert done.returncode != 0
    assert done.returncode < 0 or "UnreadableFileError" in done.stderr or "MemoryError" in done.stderr


def test_a_page_that_is_broken_is_left_out_and_told(tmp_path: Path) -> None:
    path = draw_pdf(tmp_path / "a.pdf", [*sheets(LONG), *sheets(SHORT)])
    path.write_bytes(path.read_bytes().replace(b"/Type /Page\n", b"/Type /Pagx\n", 1))
    text = read_pdf(path)
    assert (text.text, text.pages) == (SHORT, 2)
    assert text.warnings == ("page 1 is broken and was left out (Failed to load page.)",)


def drawn(path: Path, height: float = HEIGHT, **modes: list[Run]) -> Path:
    """One page; runs drawn `shown` and `hidden`."""
    canvas = open_canvas(path)
    for name, runs in modes.items():
        for run in runs:
            draw_run(canvas, run, height, INVISIBLE if name == "hidden" else 0)
    canvas.showPage()
    canvas.save()
    return path


def test_text_that_is_not_to_be_seen_is_put_aside_and_told(tmp_path: Path) -> None:
    (sheet,) = sheets(LONG)
    text = read_pdf(drawn(tmp_path / "a.pdf", shown=sheet.runs, hidden=[Run("此处隐藏的文字", LEFT, 600)]))
    assert text.text == LONG
    assert text.margins == ("此处隐藏的文字",)
    assert text.warnings == ("page 1: text that is not to be seen was put aside, '此处隐藏的文字'",)


def scanned_page(path: Path, layer: list[Run], type_installed: None, shown: list[Run] | None = None) -> Path:
    """A picture of a page that covers it, with text drawn invisibly over it."""
    canvas = open_canvas(path)
    picture = path.with_suffix(".png")
    draw_image(sheets(LONG)[0], 72).save(picture)
    canvas.drawImage(str(picture), 0, 0, WIDTH, HEIGHT)
    for run in layer:
        draw_run(canvas, run, mode=INVISIBLE)
    for run in shown or []:
        draw_run(canvas, run)
    canvas.showPage()
    canvas.save()
    return path


def test_an_invisible_layer_over_a_picture_is_its_text(tmp_path: Path, type_installed: None) -> None:
    fake = never()
    text = pdf_reader(recognise=fake)(scanned_page(tmp_path / "a.pdf", sheets(LONG)[0].runs, type_installed))
    assert (text.text, text.kind, fake.asked) == (LONG, "pdf", 0)
    assert text.warnings == ("page 1: the text is an invisible layer over a picture; compare it with the picture",)


def test_a_page_that_is_a_picture_with_a_stamp_is_recognised(tmp_path: Path, type_installed: None) -> None:
    path = scanned_page(tmp_path / "a.pdf", [], type_installed, [Run("第3号档案，共十页，复印件", LEFT, 40, 9)])
    text = pdf_reader(recognise=recognised("图上的文字。"))(path)
    assert (text.text, text.kind) == ("图上的文字。", "scan")


def test_text_pages_are_read_and_picture_pages_recognised(tmp_path: Path, type_installed: None) -> None:
    image = tmp_path / "page.png"
    draw_image(sheets(SHORT)[0], 72).save(image)
    canvas = open_canvas(tmp_path / "a.pdf")
    for number in range(1, 5):
        if number in (2, 3):
            canvas.drawImage(str(image), 0, 0, WIDTH, HEIGHT)
            canvas.showPage()
        else:
            draw_sheet(canvas, sheets(f"第{number}部分。{LONG}")[0])
    canvas.save()
    fake = recognised("第二页的图。", "第三页的图。")
    text = pdf_reader(tmp_path / "kept", fake)(tmp_path / "a.pdf")
    assert text.text.split("\n") == [f"第1部分。{LONG}", "第二页的图。", "第三页的图。", f"第4部分。{LONG}"]
    assert (text.kind, text.pages, fake.asked) == ("pdf", 4, 2)
    assert text.warnings == ("recognised from pictures: page 2–3; compare the text with the original",)
    again = never()
    assert pdf_reader(tmp_path / "kept", again)(tmp_path / "a.pdf") == text
    assert again.asked == 0


def test_a_scan_that_was_interrupted_goes_on(tmp_path: Path, type_installed: None) -> None:
    images = [draw_image(sheet, 72) for sheet in sheets(*[LONG * 6] * 3)]
    path = save_scan(tmp_path / "a.pdf", images, 72)

    def interrupt(done: int, total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    texts = [f"图上第{number}页。" for number in range(1, len(images) + 1)]
    with pytest.raises(KeyboardInterrupt):
        pdf_reader(tmp_path / "kept", recognised(texts[0]))(path, interrupt)
    rest = recognised(*texts[1:])
    assert pdf_reader(tmp_path / "kept", rest)(path).text.split("\n") == texts
    assert rest.asked == len(images) - 1


def test_a_blank_page_is_not_recognised(tmp_path: Path) -> None:
    canvas = open_canvas(tmp_path / "a.pdf")
    draw_sheet(canvas, sheets(LONG)[0])
    canvas.showPage()
    canvas.save()
    fake = never()
    text = pdf_reader(recognise=fake)(tmp_path / "a.pdf")
    assert (text.text, text.pages, fake.asked) == (LONG, 2, 0)


def test_a_file_without_text_or_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no text was found on the 1 pages of 'a.pdf'"):
        pdf_reader(recognise=never())(drawn(tmp_path / "a.pdf"))


def test_a_page_whose_fonts_give_no_meaning_is_recognised(tmp_path: Path) -> None:
    (sheet,) = sheets(LONG)
    private = "".join(chr(0xE000 + number) for number in range(20))
    path = drawn(tmp_path / "a.pdf", shown=[*sheet.runs, Run(private, LEFT, 400)])
    text = pdf_reader(recognise=recognised("图上的文字。"))(path)
    assert text.text == "图上的文字。"
    assert any("page 1: its fonts give no meaning to 20 of" in warning for warning in text.warnings)


def test_few_characters_without_meaning_are_shown_as_such(tmp_path: Path) -> None:
    (sheet,) = sheets(LONG)
    path = drawn(tmp_path / "a.pdf", shown=[*sheet.runs, Run("附件\ue001说明", LEFT + 32, 400)])
    text = read_pdf(path)
    assert text.text.split("\n") == [LONG, "附件\ufffd说明"]
    assert text.warnings == ("page 1: 1 characters have no meaning and stand as \ufffd",)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_shown_turned_is_read_as_shown(turn: int, tmp_path: Path) -> None:
    canvas = open_canvas(tmp_path / "a.pdf")  # reportlab gives a turned page the other shape by itself
    canvas.setPageRotation(turn)
    width_, height = (HEIGHT, WIDTH) if turn % 180 else (WIDTH, HEIGHT)
    canvas.translate(*{0: (0, 0), 90: (width_, 0), 180: (width_, height), 270: (0, height)}[turn])
    canvas.rotate(turn)
    draw_sheet(canvas, typeset([("body", LONG)], width)[0])
    canvas.save()
    text = read_pdf(tmp_path / "a.pdf")
    assert (text.text, text.margins) == (LONG, ("—1—",))


def test_a_watermark_is_put_aside_and_told(tmp_path: Path) -> None:
    canvas = open_canvas(tmp_path / "a.pdf")
    canvas.saveState()
    canvas.translate(150, 300)
    canvas.rotate(40)
    draw_run(canvas, Run("内部资料", 0, 0, 60), height=0)
    canvas.restoreState()
    draw_sheet(canvas, sheets(LONG)[0])
    canvas.save()
    text = read_pdf(tmp_path / "a.pdf")
    assert (text.text, text.margins) == (LONG, ("内部资料",))
    assert text.warnings == ("page 1: text at an angle was put aside, '内部资料'",)


def test_text_beyond_the_edge_of_the_page_is_put_aside(tmp_path: Path) -> None:
    (sheet,) = sheets(LONG)
    text = read_pdf(drawn(tmp_path / "a.pdf", shown=[*sheet.runs, Run("页外文字", LEFT, HEIGHT + 100)]))
    assert (text.text, text.margins) == (LONG, ("页外文字",))
