"""Write the pictures of a course in docs/images: python -m tools.course_pictures [--soffice PROGRAM] [--out DIR].

The page and its quiz are taken in Chromium; handout, slides and quiz are turned into pages by LibreOffice and pdftoppm,
where both are to be had, and some of their pages are set side by side.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.answering import FakeAnswering
from app.course.files import CourseFiles
from app.course.types import Course
from app.feedback import ListedFeedback
from app.material import Material
from app.material_opened import open_material
from app.server import address, bind, create_app, make_server
from app.settings import read_settings
from app.talk import local_time
from app.wording import wording

NAME = "教育督导问责专题研修"
TOPICS = ("约谈", "通报", "问责", "督学配备", "培训")
NOTE = "先讲约谈对象，再讲由谁组织、如何备案。讨论：本地由谁约谈学校负责人？"
# of each file: its pages shown, how many stand side by side, and dots an inch
SHEETS = {
    "handout": ((1, 2, 3, 4), 4, 55),
    "slides": ((1, 2, 3, 4, 9, 10), 3, 50),
    "quiz-docx": ((1, 2, 6, 7), 4, 55),
}


def main() -> None:
    """Take every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--soffice", default=shutil.which("soffice"), help="the program of LibreOffice")
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    material = open_material(read_settings())
    _take_pages(material, options.out)
    if options.soffice and shutil.which("pdftoppm"):
        _take_files(material, options.soffice, options.out)
    else:
        print("no pictures of files: LibreOffice or pdftoppm is not here", file=sys.stderr)


def _take_pages(material: Material, out: Path) -> None:
    ready = threading.Event()
    with bind("127.0.0.1", 0) as listener:
        url = address(listener)
        app = create_app(FakeAnswering(material.corpus), ListedFeedback(), material=material)
        server = make_server(app, lambda _: ready.set(), url)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        ready.wait(60)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 1000}).new_page()
            _prepare(page, url)
            _save(page, out / "course.png")
            page.locator("#try").click()
            _answer(page)
            _save(page, out / "course-quiz.png")
            browser.close()
        server.should_exit = True
        thread.join(15)


def _prepare(page: Page, url: str) -> None:
    page.goto(f"{url}/course/new")
    page.locator("#name").fill(NAME)
    for name in TOPICS:
        page.locator(f'input[name="topic"][data-name="{name}"]').check()
    page.locator('[data-every="place"]').click()
    page.locator("#topics summary").first.click()
    page.locator("#topics blockquote").first.wait_for()
    page.locator("#topics textarea").first.fill(NOTE)
    page.locator("#save").click()
    page.locator("#saved:text('已保存')").wait_for()
    page.mouse.move(0, 0)


def _answer(page: Page) -> None:
    """The first question of one answer rightly, the next one wrongly."""
    cards = page.locator('.question:has(input[type="radio"])')
    for n in (0, 1):
        card = cards.nth(n)
        key = page.evaluate("card => JSON.parse(card.dataset.question).key", card.element_handle())
        value = key if n else next(letter for letter in "AB" if letter != key)
        card.locator(f'input[value="{value}"]').check()
        card.get_by_role("button", name="判题").click()
        page.locator("#clause mark").first.wait_for()
    page.evaluate("scrollTo(0, 0)")
    page.mouse.move(0, 0)


def _take_files(material: Material, soffice: str, out: Path) -> None:
    ids = {t.name: t.id for t in material.topics.topics}
    chosen = tuple(ids[name] for name in TOPICS)
    course = Course("", NAME, chosen, tuple(material.corpus.by_id), notes=((ids["约谈"], NOTE),))
    files = CourseFiles(material)
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        for kind, (pages, across, dots) in SHEETS.items():
            made = files.make(course, kind, wording(None), local_time())
            source = folder / f"{kind}{Path(made.name).suffix}"
            source.write_bytes(made.data)
            convert = [soffice, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
            subprocess.run(convert, check=True, capture_output=True, timeout=240)
            prefix = folder / kind
            draw = ["pdftoppm", "-r", str(dots), "-png", str(source.with_suffix(".pdf")), str(prefix)]
            subprocess.run(draw, check=True, timeout=240)
            drawn = sorted(folder.glob(f"{kind}-*.png"))
            _sheet([drawn[n - 1] for n in pages if n <= len(drawn)], across, out / f"course-{kind}.png")


def _sheet(drawn: Sequence[Path], across: int, path: Path) -> None:
    """Pages side by side on grey."""
    images = [Image.open(p).convert("RGB") for p in drawn]
    width, height = max(i.width for i in images) + 8, max(i.height for i in images) + 8
    rows = -(-len(images) // across)
    sheet = Image.new("RGB", (width * min(across, len(images)), height * rows), (150, 156, 166))
    for n, image in enumerate(images):
        sheet.paste(image, (n % across * width + 4, n // across * height + 4))
    _small(sheet, path)


def _save(page: Page, path: Path) -> None:
    page.screenshot(path=path)
    _small(Image.open(path).convert("RGB"), path)


def _small(image: Image.Image, path: Path) -> None:
    """Save in 64 colours, which text and lines need no more of."""
    image.quantize(64).save(path, optimize=True)
    print(path)


if __name__ == "__main__":
    main()
