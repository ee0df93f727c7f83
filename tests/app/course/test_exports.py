"""Exports of courses and quizzes, opened by readers that did not write them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Cm

from app.course.contents import Contents, make_contents
from app.course.fit import LINE, Box
from app.course.handout import handout
from app.course.quiz_docx import quiz_docx
from app.course.quiz_gift import quiz_gift, share
from app.course.quiz_moodle import quiz_moodle
from app.course.quiz_types import RIGHT, Option, Quiz
from app.course.quiz_xlsx import HEADINGS, quiz_xlsx
from app.course.slide_layout import Block, pages_of
from app.course.slides import slides
from app.course.types import Course
from app.material import Material, gather_material
from app.wording import wording
from corpus.errors import CourseRefusedError, InputError
from corpus.load import Corpus
from tests.app.course import gift

MADE = datetime(2026, 11, 22, 9, 30)
FACTS = ("导出时间：2026-11-22 09:30", "索引版本：abc", "公开属性：未标注")
NOTE = "先讲约谈对象。\n=1+1 <b>不是标记</b> & \x07铃"


@pytest.fixture(scope="module")
def material(corpus: Corpus) -> Material:
    return gather_material(corpus)


def course_of(material: Material, topics: list[str] | None = None, places: list[str] | None = None) -> Course:
    return Course(
        "", "督导改革专题", tuple(topics if topics is not None else [t.id for t in material.topics.topics]),
        tuple(places if places is not None else list(material.corpus.by_id)), (("gone", "某市工作要点"),),
        (("interviews", NOTE),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def contents(material: Material) -> Contents:
    return make_contents(material, course_of(material), MADE)


@pytest.fixture(scope="module")
def printed(contents: Contents) -> Any:  # noqa: ANN401
    return Document(io.BytesIO(handout(contents, wording(None), MADE)))


@pytest.fixture(scope="module")
def deck(contents: Contents) -> Any:  # noqa: ANN401
    return Presentation(io.BytesIO(slides(contents, wording(None), MADE)))


# --- contents ---------------------------------------------------------------------------------------------------------


def test_every_quote_of_a_course_stands_in_its_measure(contents: Contents, corpus: Corpus) -> None:
    quotes = [q for part in contents.parts for q in part.quotes]
    assert len(quotes) > 100
    for quoted in quotes:
        for citation in (*quoted.own, *quoted.key):
            assert corpus.measures[citation.measure_id].text[citation.start : citation.end] == citation.quote
            assert citation.quote.strip() == citation.quote != ""


def test_contents_keep_the_order_chosen(material: Material) -> None:
    made = make_contents(material, course_of(material, ["research", "interviews"], ["weihai", "dazu"]), MADE)
    assert [p.topic.id for p in made.parts] == ["research", "interviews"]
    assert made.names == ("威海经开区", "大足区")
    assert [len(place) for place in made.parts[1].by_place] == [1, 0]


def test_what_is_gone_is_left_out_and_named(material: Material) -> None:
    made = make_contents(material, course_of(material, ["interviews", "old"], ["gone", "hainan"]), MADE)
    assert made.gone == ("某市工作要点", "old")
    assert made.names == ("海南省",)
    document = Document(io.BytesIO(handout(made, wording(None), MADE)))
    assert any("某市工作要点" in p.text and "未收入" in p.text for p in document.paragraphs)
    shown = Presentation(io.BytesIO(slides(made, wording(None), MADE)))
    assert "某市工作要点" in shown.slides[0].placeholders[1].text_frame.text


@pytest.mark.parametrize(
    ("topics", "places", "key"),
    [([], ["hainan"], "course_nothing_chosen"), (["interviews"], [], "course_nothing_chosen"),
     (["interviews"], ["gone"], "course_nothing_left"), (["old"], ["hainan"], "course_nothing_left")],
)  # fmt: skip
def test_a_course_of_nothing_is_refused(material: Material, topics: list[str], places: list[str], key: str) -> None:
    with pytest.raises(CourseRefusedError) as refused:
        make_contents(material, course_of(material, topics, places), MADE)
    assert refused.value.key == key


def test_a_public_export_of_an_internal_document_is_refused(material: Material) -> None:
    with pytest.raises(InputError, match="dazu"):
        make_contents(material, course_of(material), MADE, public=True)
    made = make_contents(material, course_of(material, None, ["hainan"]), MADE, public=True)
    assert made.origin.access == "public"


def test_the_strictest_label_and_the_index_stand_on_every_export(contents: Contents, printed: Any, deck: Any) -> None:  # noqa: ANN401
    assert contents.origin.access == "internal"
    lines = contents.origin.lines(wording(None))
    foot = printed.sections[0].footer.paragraphs[0].text
    assert all(line in foot for line in lines)
    for slide in deck.slides:
        assert any(all(line in s.text_frame.text for line in lines) for s in slide.shapes if s.has_text_frame)


def test_terms_are_those_that_the_quotes_hold(contents: Contents) -> None:
    terms = {t.entry.term: t.places for t in contents.terms}
    assert set(terms["联络员"]) == {"tangshan", "xiushan"}
    assert set(terms["督学回避"]) == {"xiushan"}
    assert all(t.entry.topic != "其他" for t in contents.terms)


# --- handout ----------------------------------------------------------------------------------------------------------


def test_the_handout_has_all_its_parts(printed: Any, contents: Contents) -> None:  # noqa: ANN401
    heads = [p.text for p in printed.paragraphs if p.style.name == "Heading 1"]
    assert heads[0] == "一、机构设置" and heads[-3:] == ["二十五、对比表", "二十六、术语表", "二十七、文件来源"]
    assert len(heads) == len(contents.parts) + 3
    comparison, terms = printed.tables
    assert [c.text for c in comparison.rows[0].cells] == ["专题", *contents.names]
    assert len(comparison.rows) == len(contents.parts) + 1 and len(terms.rows) == len(contents.terms) + 1
    assert all(cell.text.strip() for row in comparison.rows for cell in row.cells), "no empty cell"
    assert any("未检出" in c.text for c in comparison.columns[1].cells)


def test_every_clause_is_quoted_with_its_citation(printed: Any, contents: Contents) -> None:  # noqa: ANN401
    texts = [p.text for p in printed.paragraphs]
    for part in contents.parts:
        for quoted in part.quotes:
            assert "……".join(c.quote for c in quoted.own) in texts
            assert any(t.startswith(f"——{quoted.official}") for t in texts)


def test_the_contents_are_filled_in_and_lead_to_their_headings(printed: Any) -> None:  # noqa: ANN401
    body = printed.element.body
    links = [(n.get(qn("w:anchor")), n.text) for n in body.iter(qn("w:hyperlink"))]
    heads = {}
    for paragraph in printed.paragraphs:
        for mark in paragraph._p.iter(qn("w:bookmarkStart")):
            heads[mark.get(qn("w:name"))] = paragraph.text
    assert len(links) == 27
    assert all(heads[anchor] == text for anchor, text in links)
    codes = [n.text for n in body.iter(qn("w:instrText"))]
    assert len(codes) == 1 and codes[0].strip().startswith("TOC")
    kinds = [n.get(qn("w:fldCharType")) for n in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_notes_are_text_and_nothing_else(printed: Any) -> None:  # noqa: ANN401
    texts = [p.text for p in printed.paragraphs]
    assert "先讲约谈对象。" in texts
    assert "=1+1 <b>不是标记</b> & 铃" in texts


def test_chinese_letters_have_chinese_fonts(printed: Any) -> None:  # noqa: ANN401
    fonts = printed.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "宋体"
    assert printed.styles["Heading 1"].element.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"


# --- slides -----------------------------------------------------------------------------------------------------------


def test_the_slides_use_our_master(deck: Any) -> None:  # noqa: ANN401
    assert [layout.name for layout in deck.slide_layouts] == ["封面", "专题", "对比"]
    assert deck.slide_width == Cm(33.867)
    assert {slide.slide_layout.name for slide in deck.slides} == {"封面", "专题", "对比"}


def test_every_topic_has_a_slide_with_quotes_and_citations(deck: Any, contents: Contents) -> None:  # noqa: ANN401
    by_title: dict[str, str] = {}
    for slide in deck.slides:
        title = slide.shapes.title.text_frame.text.removesuffix("（续）")
        texts = [s.text_frame.text for s in slide.placeholders if s.placeholder_format.idx == 1]
        by_title[title] = by_title.get(title, "") + "\n".join(texts)
    for part in contents.parts:
        shown = re.sub(r"……\n|\s|（续）", "", by_title[part.topic.name])
        for quoted in part.quotes:
            assert f"——{quoted.official}".replace(" ", "") in shown
            assert all(re.sub(r"\s", "", c.quote)[:20] in shown for c in quoted.key)


def test_no_slide_holds_more_than_its_boxes_take(deck: Any) -> None:  # noqa: ANN401
    """Heights are reckoned anew from the file: sizes, exact line heights and gaps as they stand in it."""
    for slide in deck.slides:
        for shape in slide.placeholders:
            if shape.placeholder_format.idx != 1:
                continue
            columns = int(shape.text_frame._txBody.bodyPr.get("numCol", "1"))
            width = shape.width / 360000 / columns - 0.6
            height = 0.0
            for paragraph in shape.text_frame.paragraphs:
                for run in paragraph.runs:
                    letters = sum(0.6 if ord(c) < 0x2E80 and c not in "—…“”‘’·" else 1 for c in run.text)
                    lines = -(-letters * run.font.size.cm // (width - run.font.size.cm))
                    height += max(1, lines) * paragraph.line_spacing.cm
                height += paragraph.space_after.cm if paragraph.space_after else 0
            assert height / columns <= shape.height / 360000, slide.shapes.title.text_frame.text


def test_tables_of_slides_stay_on_their_slides(deck: Any, contents: Contents) -> None:  # noqa: ANN401
    tables = [(s, slide) for slide in deck.slides for s in slide.shapes if s.has_table]
    assert tables
    for shape, _ in tables:
        assert shape.top.cm + sum(row.height.cm for row in shape.table.rows) <= 17.6
    firsts = [row.cells[0].text for shape, _ in tables for row in list(shape.table.rows)[1:]]
    assert [f for f in firsts if "（续）" not in f] == [p.topic.name for p in contents.parts]


def test_speakers_have_the_note_and_the_whole_clauses(deck: Any) -> None:  # noqa: ANN401
    slide = next(s for s in deck.slides if s.shapes.title.text_frame.text == "约谈")
    notes = slide.notes_slide.notes_text_frame.text
    assert notes.startswith("备课笔记") and "先讲约谈对象。" in notes and "铃" in notes
    assert "约谈要针对问题、严肃认真、严格程序" in notes and "唐山市实施方案（原文无标题）第15项" in notes


def test_a_long_quote_goes_on_over_further_slides() -> None:
    text = "对整改不到位的单位，要发督办单，限期整改。" * 60
    pages = pages_of([Block("某市", text, "——某文件")])
    assert len(pages) >= 2
    blocks = [b for page in pages for b in page]
    assert "".join(b.quote.removesuffix("……") if n < len(blocks) - 1 else b.quote for n, b in enumerate(blocks)) == text
    assert [b.source for b in blocks] == [""] * (len(blocks) - 1) + ["——某文件"]
    assert all(sum(b.height for b in page) <= 13.2 for page in pages)


def test_a_sentence_without_marks_is_cut_anywhere() -> None:
    box = Box(10, 2)
    pieces = box.pieces("督" * 500, 20)
    assert "".join(pieces) == "督" * 500 and len(pieces) > 5
    assert all(box.takes(p, 20) <= 2 for p in pieces)
    assert box.takes("督", 20) == pytest.approx(20 * LINE / 28.35)


# --- quiz -------------------------------------------------------------------------------------------------------------


def test_the_printed_quiz_keeps_its_key_apart(quiz: Quiz) -> None:
    document = Document(io.BytesIO(quiz_docx(quiz, FACTS, MADE)))
    texts = [p.text for p in document.paragraphs]
    at = next(n for n, t in enumerate(texts) if t.endswith("参考答案与解析"))
    asked, answered = "\n".join(texts[:at]).replace("\u00a0\u00a0", "\u3000"), "\n".join(texts[at:])
    assert "答案：" not in asked and "解析：" not in asked
    for n, question in enumerate(quiz.questions, start=1):
        assert f"{n}. {question.stem}" in asked
        assert f"{n}. 答案：{question.key}" in answered
        assert f"解析：{question.reason}" in answered
        assert question.citations[0].official in answered
    assert all(fact in answered for fact in FACTS)


def test_gift_keeps_to_its_grammar_and_says_the_same(quiz: Quiz) -> None:
    text = quiz_gift(quiz, FACTS).decode("utf-8")
    assert all(f"// {fact}" in text for fact in FACTS)
    read = gift.parse(text)
    assert len(read) == len(quiz.questions)
    kinds = {
        "single": "multichoice",
        "multiple": "multichoice",
        "judge": "truefalse",
        "fill": "shortanswer",
        "match": "matching",
    }
    for found, question in zip(read, quiz.questions, strict=True):
        assert found.kind == kinds[question.kind]
        assert question.spelled_reason in found.feedback and question.citations[0].official in found.feedback
        if question.kind in ("single", "multiple"):
            assert found.stem == question.stem + "[]"
            assert {text for share, text in found.answers if share > 0} == {o.text for o in question.options if o.right}
            assert {text for share, text in found.answers if share <= 0} == {
                o.text for o in question.options if not o.right
            }
        elif question.kind == "judge":
            assert found.answers == [(100.0, "true" if question.answers == (RIGHT,) else "false")]
        elif question.kind == "fill":
            assert [text for _, text in found.answers] == list(question.answers)
            assert found.stem.replace("[]", "（　　）") == question.stem
        else:
            assert found.pairs == [(p.left, p.right) for p in question.pairs]


def test_the_reader_of_gift_refuses_what_breaks_the_grammar() -> None:
    for broken in (
        "no title {=a ~b}",
        "::t:: stem {=a ~b",
        "::t:: a = b {TRUE}",
        "::t::x {~%50%a ~%-100%b}",
        "::t::x {=a -> b}",
    ):
        with pytest.raises(ValueError):
            gift.parse(broken)


def test_special_letters_are_text_in_gift(quiz: Quiz) -> None:
    question = next(q for q in quiz.questions if q.kind == "single")
    nasty = r"a=b ~c #d {e} :f \g -> h"
    options = tuple(Option(nasty if o.right else o.text, o.right) for o in question.options)
    changed = type(question)(
        **{**{f: getattr(question, f) for f in question.__slots__}, "options": options, "stem": nasty}
    )
    found = gift.parse(quiz_gift(Quiz("x", 1, (changed,)), ()).decode())[0]
    assert found.stem == nasty.replace("->", "－>") + "[]"
    assert [text for share, text in found.answers if share > 0] == [nasty.replace("->", "－>")]


def test_shares_of_the_mark_are_those_that_moodle_knows() -> None:
    assert [share(1, n) for n in (1, 2, 3, 4)] == ["100", "50", "33.33333", "25"]
    assert share(-1, 3) == "-33.33333"


def test_moodle_xml_has_the_structure_that_moodle_reads(quiz: Quiz) -> None:
    root = etree.fromstring(quiz_moodle(quiz, FACTS))
    assert root.tag == "quiz" and isinstance(root[0], etree._Comment)
    category, *questions = root.findall("question")
    assert category.get("type") == "category" and len(questions) == len(quiz.questions)
    for element, question in zip(questions, quiz.questions, strict=True):
        assert element.findtext("name/text")
        assert question.stem in (element.findtext("questiontext/text") or "")
        assert element.findtext("idnumber") == question.id
        answers = [(a.get("fraction") or "", a.findtext("text") or "") for a in element.findall("answer")]
        if question.kind in ("single", "multiple"):
            assert element.get("type") == "multichoice"
            assert element.findtext("single") == str(question.kind == "single").lower()
            rights = [t for f, t in answers if float(f) > 0]
            assert rights == [f"<p>{o.text}</p>" for o in question.options if o.right]
            assert sum(float(f) for f, _ in answers if float(f) > 0) == pytest.approx(100, abs=0.01)
        elif question.kind == "judge":
            held = question.answers == (RIGHT,)
            assert answers == [("100" if held else "0", "true"), ("0" if held else "100", "false")]
        elif question.kind == "fill":
            assert [t for _, t in answers] == list(question.answers) and {f for f, _ in answers} == {"100"}
        else:
            pairs = [(s.findtext("text"), s.findtext("answer/text")) for s in element.findall("subquestion")]
            assert pairs == [(f"<p>{p.left}</p>", p.right) for p in question.pairs]


def test_the_spreadsheet_has_the_columns_that_test_sites_import(quiz: Quiz) -> None:
    book = load_workbook(io.BytesIO(quiz_xlsx(quiz, FACTS, MADE, "http://127.0.0.1:7860")))
    sheet = book["试题"]
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert tuple(rows[0]) == HEADINGS == (
        "题型", "题干", "选项A", "选项B", "选项C", "选项D", "选项E", "选项F", "答案", "解析", "难度", "出处",
    )  # fmt: skip
    assert len(rows) == len(quiz.questions) + 1
    for row, question in zip(rows[1:], quiz.questions, strict=True):
        assert str(row[1]).startswith(question.stem)
        if question.kind in ("single", "multiple"):
            picked = [row[2 + "ABCDEF".index(letter)] for letter in str(row[8])]
            assert picked == [o.text for o in question.options if o.right]
        assert row[11] and row[9] == question.reason and row[10] in ("易", "中", "难")
    link = sheet.cell(2, 12).hyperlink
    assert link is not None and str(link.target).startswith("http://127.0.0.1:7860/doc/")
    said = [cell.value for row in book["说明"].iter_rows() for cell in row]
    assert all(fact in said for fact in FACTS)


def test_a_reason_is_spelled_where_options_are_shuffled(quiz: Quiz) -> None:
    question = next(q for q in quiz.questions if q.kind == "single" and re.search("[A-F]项", q.reason))
    assert not re.search("[A-F]项", question.spelled_reason)


@pytest.mark.parametrize("kind", ["handout", "slides", "quiz"])
def test_files_hold_no_part_that_reaches_elsewhere(kind: str, contents: Contents, quiz: Quiz) -> None:
    made = {
        "handout": lambda: handout(contents, wording(None), MADE),
        "slides": lambda: slides(contents, wording(None), MADE),
        "quiz": lambda: quiz_docx(quiz, FACTS, MADE),
    }[kind]()
    with zipfile.ZipFile(io.BytesIO(made)) as held:
        relations = "".join(held.read(n).decode() for n in held.namelist() if n.endswith(".rels"))
    assert 'TargetMode="External"' not in relations


@pytest.mark.parametrize("title", ["=1+1", "＝HYPERLINK(1)", "+2", "@x", "-3"])
def test_a_title_is_no_formula_in_the_spreadsheet(quiz: Quiz, title: str) -> None:
    book = load_workbook(io.BytesIO(quiz_xlsx(Quiz(title, 1, quiz.questions[:2]), (title,), MADE)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert title in [cell.value for cell in cells]
    assert all(cell.data_type == "s" for cell in cells)
