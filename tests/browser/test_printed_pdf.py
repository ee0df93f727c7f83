"""PDF files as Chromium prints them: fonts embedded in part, one glyph for several characters, headers and footers."""

import html
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from corpus.clean import clean_text
from corpus.intake.pdf import pdf_reader, read_pdf
from corpus.intake.recognise import FakeRecogniser
from corpus.load import load_corpus
from corpus.parse import parse_document

pytestmark = pytest.mark.browser

STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm }
body { font: 16pt/28pt 'Noto Serif CJK SC'; text-align: justify; margin: 0 }
p { text-indent: 2em; margin: 0 }
td { border: 1px solid; padding: 3pt; text-indent: 0 }
"""
HEADER = "<div style='font-size: 9pt; width: 100%; text-align: center'>教育督导文件汇编</div>"
FOOTER = (
    "<div style='font-size: 9pt; margin-left: 90%'><span class=pageNumber></span>/<span class=totalPages></span></div>"
)


def printed(browser: Browser, body: str, path: Path, framed: bool = False) -> Path:
    page = browser.new_page()
    page.set_content(f"<style>{STYLE}</style>{body}")
    page.pdf(
        path=str(path),
        prefer_css_page_size=True,
        display_header_footer=framed,
        header_template=HEADER,
        footer_template=FOOTER,
    )
    page.close()
    return path


def paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ["xiushan", "tangshan", "hainan", "weihai", "dazu"])
def test_a_printed_document_of_the_corpus_has_the_same_measures(name: str, browser: Browser, tmp_path: Path) -> None:
    document = load_corpus().by_id[name]
    text = read_pdf(printed(browser, paragraphs(document.clean.text), tmp_path / "a.pdf", framed=True))
    again = parse_document(document.meta, clean_text(text.text))
    assert [(m.id, bare(m.text)) for m in again.measures] == [(m.id, bare(m.text)) for m in document.measures]
    pages = text.pages or 0
    assert pages > 4
    assert text.margins == ("教育督导文件汇编", *(f"{number}/{pages}" for number in range(1, pages + 1)))
    assert text.warnings == ()


def test_columns_and_tables_of_a_printed_page(browser: Browser, tmp_path: Path) -> None:
    texts = [f"{number}.责任督学应当如实记录发现的问题，督促学校限期整改，并报告督导机构。" for number in range(1, 13)]
    rows = (
        "<tr><td>一级指标<td>二级指标<td colspan=2>评分"
        "<tr><td rowspan=2>队伍建设<td>按比例配备责任督学，逐步扩大专职督学比例<td>10<td>自评"
        "<tr><td>督学培训<td>5<td>"
    )
    columns = "<div style='columns: 3; column-gap: 20pt; font-size: 9pt; line-height: 14pt'>"
    table = f"<table style='width: 100%; border-collapse: collapse'>{rows}</table>"
    head = "<div style='text-align: center; margin-bottom: 30pt'>简报</div>"
    body = f"{head}{columns}{paragraphs(chr(10).join(texts))}</div>{table}"
    text = read_pdf(printed(browser, body, tmp_path / "a.pdf"))
    assert text.text.split("\n") == [
        "简报",
        *texts,
        "一级指标\t二级指标\t评分",
        "队伍建设\t按比例配备责任督学，逐步扩大专职督学比例\t10\t自评",
        "\t督学培训\t5",
    ]


def test_one_glyph_for_several_characters_is_all_of_them(browser: Browser, tmp_path: Path) -> None:
    text = "——第一项。Office for Efficient Supervision, 3ﬁ."
    assert read_pdf(printed(browser, paragraphs(text), tmp_path / "a.pdf")).text == text.replace("ﬁ", "fi")


def test_fonts_that_do_not_say_what_they_draw_are_recognised(browser: Browser, tmp_path: Path) -> None:
    path = printed(browser, paragraphs("责任督学应当如实记录发现的问题，督促学校限期整改。" * 4), tmp_path / "a.pdf")
    data, count = re.subn(rb"/ToUnicode", b"/ToUnicodX", path.read_bytes())
    assert count
    path.write_bytes(data)
    fake = FakeRecogniser([()])
    with pytest.raises(Exception, match="no text was found"):
        pdf_reader(recognise=fake)(path)
    assert fake.asked == 1
