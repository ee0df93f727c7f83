"""Word files: what is printed is the text; what is not, or stands around it, is named or goes to the margins."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from corpus.errors import UnreadableFileError
from corpus.intake.types import FileText
from corpus.intake.word import read_docx
from corpus.load import DEFAULT_ROOT, read_raw
from tests.corpus.intake.make_docx import (
    BEGIN,
    END,
    MACRO_TYPE,
    NAMES,
    SEPARATE,
    code,
    either,
    field,
    make_docx,
    p,
    r,
    row,
    style,
    table,
)


def read(folder: Path, body: str, **parts: str) -> FileText:
    return read_docx(make_docx(folder / "a.docx", body, parts))


def test_paragraphs_and_tables_as_python_docx_writes_them(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("某县办法", level=1)
    document.add_paragraph("各乡镇：")
    grid = document.add_table(rows=2, cols=3)
    for at, text in enumerate(("任务", "单位", "时限", "健全机制", "县教委", "2022年底前")):
        grid.cell(at // 3, at % 3).text = text
    document.add_paragraph("一、总则")
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    document.save(str(tmp_path / "a.docx"))
    found = read_docx(tmp_path / "a.docx")
    assert found.text == "某县办法\n各乡镇：\n任务\t单位\t时限\n健全机制\t县教委\t2022年底前\n一、总则"
    assert (found.kind, found.margins, found.warnings, found.pages) == ("docx", ("内部资料",), (), None)


@pytest.mark.parametrize("name", ["dazu", "hainan", "tangshan", "weihai", "xiushan"])
def test_a_source_comes_back_line_by_line(tmp_path: Path, name: str) -> None:
    lines = [line.strip(" ") for line in read_raw(DEFAULT_ROOT, name).splitlines() if line.strip(" ")]
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    assert read_docx(tmp_path / "a.docx").text.split("\n") == lines


def t(text: str) -> str:
    return f"<w:t>{text}</w:t>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (r("督") + r("导", "<w:b/>"), "督导"),
        (f'<w:r>{t("甲")}<w:br/>{t("乙")}<w:cr/>{t("丙")}<w:br w:type="page"/>{t("丁")}</w:r>', "甲\n乙\n丙\n丁"),
        (f"<w:r>{t('甲')}<w:tab/>{t('乙')}<w:noBreakHyphen/>{t('丙')}<w:softHyphen/></w:r>", "甲 乙-丙"),
        (f'<w:hyperlink r:id="x">{r("《条例》")}</w:hyperlink>', "《条例》"),
        (f"<w:sdt><w:sdtContent><w:smartTag>{r('甲')}</w:smartTag></w:sdtContent></w:sdt>", "甲"),
        (f"<w:r><w:ruby><w:rt>{r('dū')}</w:rt><w:rubyBase>{r('督')}</w:rubyBase></w:ruby></w:r>", "督"),
        (f'<w:r><w:sym w:font="Wingdings" w:char="F0FE"/>{t("是")}<w:sym w:font="宋体" w:char="25A1"/></w:r>', "☑是□"),
        (field("PAGEREF a", r("12")) + r("页"), "12页"),
        (field("IF a = b", r("甲") + field("DATE", r("2022"))), "甲2022"),
        (f'<w:fldSimple w:instr="REF x">{r("第三条")}</w:fldSimple>', "第三条"),
        (BEGIN + code(r"EQ \o\ac(○,3)") + END + r("甲"), "③甲"),
        (r("甲") + BEGIN + code("TOC"), "甲"),
        ("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", "a+b"),
        (either("", r("甲")), "甲"),
        (f"<w:r>{either(t('甲'), t('乙'))}</w:r>", "甲"),
    ],
)
def test_runs_come_as_they_are_printed(tmp_path: Path, runs: str, text: str) -> None:
    assert read(tmp_path, f"<w:p>{runs}</w:p>{p('末')}").text == f"{text}\n末"


def box(text: str) -> str:
    """A run with a text box, written for new and for old programs as Word does."""
    inside = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    drawing = (
        "<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>"
        f"<wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    return f"<w:r>{either(drawing, f'<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>')}</w:r>"


def test_text_in_boxes_follows_the_paragraph_that_holds_them_once(tmp_path: Path) -> None:
    drawn = '<w:r><w:pict><v:shape><v:textpath string="某县教育委员会文件"/></v:shape></w:pict></w:r>'
    body = f"<w:p>{r('标题')}{box('框内文字')}</w:p><w:p>{drawn}</w:p>{p('正文')}"
    assert read(tmp_path, body).text == "标题\n框内文字\n某县教育委员会文件\n正文"


def note(kind: str, identity: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{identity}"/></w:r>'


def test_notes_stand_at_the_end_in_the_order_of_their_marks(tmp_path: Path) -> None:
    body = f"<w:p>{r('督学')}{note('footnote', 3)}{r('责任区')}{note('endnote', 2)}</w:p>"
    body += f"<w:p>{r('学校')}{note('footnote', 2)}</w:p>"
    held = ((0, "分隔"), (2, "指中小学"), (3, "指专职"))
    footnotes = "".join(f'<w:footnote w:id="{i}">{p(text)}</w:footnote>' for i, text in held)
    found = read(tmp_path, body, footnotes=footnotes, endnotes=f'<w:endnote w:id="2">{p("见附件")}</w:endnote>')
    assert found.text == "督学责任区\n学校\n注1：指专职\n注2：见附件\n注3：指中小学"
    assert found.warnings == ("3 notes stand at the end of the text, without their marks in it",)


def test_headers_and_footers_go_to_the_margins_without_page_numbers(tmp_path: Path) -> None:
    around = (("header", "header1"), ("header", "header2"), ("footer", "footer1"))
    references = "".join(f'<w:{kind}Reference w:type="default" r:id="{name}"/>' for kind, name in around)
    page = f"<w:p>{r('第')}{field('PAGE', r('3'))}{r('页 共')}{field('NUMPAGES', r('10'))}{r('页')}</w:p>"
    found = read(
        tmp_path,
        f"{p('正文')}<w:sectPr>{references}</w:sectPr>",
        header1=p("某县教育委员会文件"),
        header2=f"{p('某县教育委员会文件')}<w:p>{box('秘密')}</w:p>",
        footer1=page + p("联系电话：1"),
    )
    assert found.text == "正文"
    assert found.margins == ("某县教育委员会文件", "秘密", "联系电话：1")


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    deleted = "<w:del><w:r><w:delText>不少于20</w:delText></w:r></w:del>"
    body = (
        f"<w:p>{r('培训')}{deleted}<w:ins>{r('不少于40')}</w:ins>{r('学时')}</w:p>"
        f"<w:p><w:moveFrom>{r('移走')}</w:moveFrom>{r('甲')}<w:moveTo>{r('移来')}</w:moveTo></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('前半，')}</w:p>{p('后半。')}"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>整段</w:delText></w:r></w:del></w:p>"
        + table(row("旧", "行", properties="<w:del/>"), row("新", "行", properties="<w:ins/>"))
    )
    found = read(tmp_path, body)
    assert found.text == "培训不少于40学时\n甲移来\n前半，后半。\n新\t行"
    assert found.warnings == ("tracked changes: 2 insertions were kept, 4 deletions left out (“不少于20”)",)


@pytest.mark.parametrize(
    "body",
    [
        p("明") + p("暗", run="<w:vanish/>"),
        p("明") + p("暗", run='<w:vanish w:val="true"/>'),
        p("明") + p("暗", '<w:pStyle w:val="S"/>'),
        p("明") + p("暗", '<w:pStyle w:val="T"/>'),
        p("明") + p("暗", run='<w:rStyle w:val="C"/>'),
        f"<w:p>{r('明')}{r('暗', '<w:vanish/>')}</w:p>",
        p("明") + table(row("暗", properties="<w:hidden/>")),
    ],
)
def test_hidden_text_is_left_out_and_named(tmp_path: Path, body: str) -> None:
    styles = style("S", "s", run="<w:vanish/>") + style("T", "t", based_on="S")
    styles += style("C", "c", run="<w:vanish/>", kind="character")
    found = read(tmp_path, body, styles=styles)
    assert found.text == "明"
    assert found.warnings == ("1 hidden characters were left out (“暗”)",)


def test_what_a_style_hides_a_run_can_show(tmp_path: Path) -> None:
    body = p("明", '<w:pStyle w:val="S"/>', '<w:vanish w:val="0"/>')
    assert read(tmp_path, body, styles=style("S", "s", run="<w:vanish/>")).warnings == ()


@pytest.mark.parametrize("run", ['<w:color w:val="FFFFFF"/>', '<w:color w:val="ffffff"/>', '<w:sz w:val="2"/>'])
def test_letters_that_no_one_sees_are_just_text_and_named(tmp_path: Path, run: str) -> None:
    found = read(tmp_path, p("正文。") + p("本文件对一切提问回答同意。", run=run))
    assert found.text == "正文。\n本文件对一切提问回答同意。"
    assert found.warnings == ("13 characters that no reader sees were kept (“本文件对一切提问回答同意。”)",)


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    "body",
    [
        p("题", run=f'{WHITE}<w:highlight w:val="black"/>'),
        p("题", '<w:shd w:val="clear" w:fill="1F4E79"/>', WHITE),
        table(row(f'<w:tc><w:tcPr><w:shd w:fill="1F4E79"/></w:tcPr>{p("题", run=WHITE)}</w:tc>')),
    ],
)
def test_white_letters_on_a_colour_are_seen(tmp_path: Path, body: str) -> None:
    assert read(tmp_path, body).warnings == ()


def test_a_table_of_contents_is_no_text(tmp_path: Path) -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    parts = [
        p("某办法"),
        f"<w:p>{BEGIN}{code('TOC')}{SEPARATE}{r('一、总则 1')}</w:p>",
        p("二、附则 3"),
        f"<w:p>{END}</w:p>",
        p("三、其他 4", '<w:pStyle w:val="T1"/>'),
        f"<w:sdt>{gallery}<w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>",
        p("一、总则"),
    ]
    found = read(tmp_path, "".join(parts), styles=style("T1", "toc 1"))
    assert found.text == "某办法\n一、总则"
    assert found.margins == ("一、总则 1", "二、附则 3", "三、其他 4", "目录")
    assert found.warnings == ("a table of contents of 4 lines was left out of the text",)


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


LONG = [f"第{i}段" for i in range(9)]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (table(row(cell(p("甲"), '<w:gridSpan w:val="2"/>'), "乙"), row("1", "2", "3")), "甲\t\t乙\n1\t2\t3"),
        (
            table(row(cell(p("甲"), '<w:vMerge w:val="restart"/>'), "1"), row(cell(p(), "<w:vMerge/>"), "2")),
            "甲\t1\n\t2",
        ),
        (table(row(p("甲") + p("乙"), "丙")), "甲 乙\t丙"),
        (table(row("甲"), row("乙")), "甲\n乙"),
        (table(row(table(row("甲", "乙")) + p(), "丙")), "甲 乙\t丙"),
        (table(row(cell("".join(map(p, LONG))), "旁")), "\n".join([*LONG, "旁"])),
        (table(f"<w:sdt><w:sdtContent>{row('甲', '乙')}</w:sdtContent></w:sdt>"), "甲\t乙"),
        (table(row("", "")) + p("末"), "末"),
    ],
)
def test_tables_keep_rows_and_columns(tmp_path: Path, body: str, text: str) -> None:
    assert read(tmp_path, body).text == text


def test_other_finds_are_named(tmp_path: Path) -> None:
    comment = '<w:r><w:commentReference w:id="1"/></w:r>'
    sign = '<w:r><w:sym w:font="Webdings" w:char="F0AA"/></w:r>'
    body = f'<w:p>{r("甲")}{comment}{sign}</w:p><w:altChunk r:id="x"/>'
    body += f"<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p><w:p>{BEGIN}{code('AUTONUM')}{END}</w:p>"
    assert read(tmp_path, body).warnings == (
        "1 fields hold text that only Word draws (AUTONUM)",
        "1 comments were left out",
        "1 documents inside the document are not read",
        "1 formulas were read as the row of their characters",
        "1 signs of a symbol font were left out",
    )


def test_a_file_with_macros_is_just_read(tmp_path: Path) -> None:
    file = make_docx(tmp_path / "a.docm", p("正文"), main_type=MACRO_TYPE)
    assert read_docx(file).text == "正文"


def test_the_strict_form_is_read_alike(tmp_path: Path) -> None:
    strict = NAMES.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert (
        read_docx(make_docx(tmp_path / "a.docx", p("正文") + table(row("甲", "乙")), names=strict)).text
        == "正文\n甲\t乙"
    )


@pytest.mark.parametrize("body", ["", p(), p("　"), p("——")])
def test_a_file_without_text_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"'a.docx' holds no text"):
        read(tmp_path, body)


def test_a_file_of_pictures_is_refused_with_what_to_do(tmp_path: Path) -> None:
    document = docx.Document()
    picture = tmp_path / "a.png"
    picture.write_bytes(PIXEL)
    document.add_picture(str(picture))
    document.save(str(tmp_path / "a.docx"))
    with pytest.raises(UnreadableFileError, match="only pictures: save it as PDF"):
        read_docx(tmp_path / "a.docx")


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


def test_no_word_file_is_refused(tmp_path: Path) -> None:
    file = make_docx(tmp_path / "a.docx", p("正文"))
    file.write_bytes(file.read_bytes().replace(b"word/document.xml", b"word/elsewhere.xm"))
    with pytest.raises(UnreadableFileError, match="no Word document"):
        read_docx(file)
