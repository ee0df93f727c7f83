"""OFD files made part by part: layouts, templates, turned and hidden text, scans, damage and bombs."""

import io
from pathlib import Path

import pytest
from PIL import Image

from corpus.clean import clean_text
from corpus.errors import UnreadableFileError
from corpus.intake.ofd import MOST_PAGES, ofd_reader, read_ofd
from corpus.intake.ofd_package import resolve
from corpus.intake.ofd_page import shifts
from corpus.intake.read import read_file
from corpus.intake.recognise import FakeRecogniser, Seen
from corpus.load import load_corpus
from corpus.parse import parse_document
from tests.corpus.intake.draw_ofd import MM, draw_ofd, head, objects_of, page, text_object, write_ofd
from tests.corpus.intake.page_cases import CASES, LONG, SHORT, Case
from tests.corpus.intake.typeset import LEFT, Run, Sheet, styled, typeset


def sheets(*texts: str) -> list[Sheet]:
    return typeset([("body", text) for text in texts], numbered=False)


def code(text: str, attributes: str = "", text_attributes: str = 'X="0" Y="6"', boundary: str = "30 50 100 8") -> str:
    """One text object of 16 points, given by hand."""
    inside = f"<ofd:TextCode {text_attributes}>{text}</ofd:TextCode>"
    return f'<ofd:TextObject ID="5" Boundary="{boundary}" Size="5.6444" {attributes}>{inside}</ofd:TextObject>'


def read_objects(tmp_path: Path, objects: str, resources: str = "") -> str:
    return read_ofd(write_ofd(tmp_path / "a.ofd", [page(objects)], resources=resources)).text


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_layout_reads_as_a_person_reads_it(case: Case, tmp_path: Path) -> None:
    text = read_ofd(draw_ofd(tmp_path / "a.ofd", case.sheets))
    assert tuple(text.text.split("\n")) == case.text
    assert (text.margins, text.pages, text.kind, text.warnings) == (case.margins, len(case.sheets), "ofd", ())


@pytest.mark.parametrize("name", ["xiushan", "tangshan", "hainan", "weihai", "dazu"])
def test_a_typeset_document_of_the_corpus_has_the_same_measures(name: str, tmp_path: Path) -> None:
    document = load_corpus().by_id[name]
    text = read_file(draw_ofd(tmp_path / "a.ofd", typeset(styled(document.clean.text))))
    again = parse_document(document.meta, clean_text(text.text))
    assert [(m.id, bare(m.text)) for m in again.measures] == [(m.id, bare(m.text)) for m in document.measures]


def test_templates_are_margins_and_progress_counts_the_pages(tmp_path: Path) -> None:
    template = page(text_object(Run("大足区教育委员会文件", LEFT, 60)))
    pages = [page(objects_of(sheet), "77") for sheet in sheets(*[LONG * 6] * 4)]
    steps: list[tuple[int, int]] = []
    path = write_ofd(tmp_path / "a.ofd", pages, template)
    text = read_ofd(path, lambda done, total: steps.append((done, total)))
    assert text.text.split("\n") == [LONG * 6] * 4
    assert text.margins == ("大足区教育委员会文件",)
    assert steps == [(number, len(pages)) for number in range(1, len(pages) + 1)]


def test_a_template_that_no_page_uses_is_not_read_and_one_without_pages_text_is_the_text(tmp_path: Path) -> None:
    template = page(text_object(Run("督导检查表（空白）", LEFT, 200)))
    assert read_ofd(write_ofd(tmp_path / "a.ofd", [page(objects_of(sheets(LONG)[0]))], template)).margins == ()
    empty = read_ofd(write_ofd(tmp_path / "b.ofd", [page("", "77")], template))
    assert (empty.text, empty.margins) == ("督导检查表（空白）", ())


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        (code("督导", 'CTM="1 0 0 1 0 0"'), "督导"),
        (code("督导检查", 'CTM="0.5 0 0 0.5 0 0"', 'X="0" Y="6" DeltaX="g 3 5.6444"'), "督导检查"),
        (code("到2022年", "", 'X="0" Y="6" DeltaX="5.64 2.82 2.82 2.82 2.82"'), "到2022年"),
        (code("督导", "", 'X="0" Y="6" DeltaX="30"'), "督导"),  # far apart: one word all the same
        (code("&lt;办法&gt;A&amp;B"), "<办法>A&B"),
        (f"<ofd:PageBlock ID='3'>{code('块内文字')}</ofd:PageBlock>", "块内文字"),
        (code("督⻓⼯"), "督长工"),
        (code("甲", boundary="30 50 100 8") + code("乙", boundary="30 70 100 8"), "甲\n乙"),
    ],
)
def test_text_objects_in_every_form(objects: str, expected: str, tmp_path: Path) -> None:
    assert read_objects(tmp_path, objects) == expected


def test_several_codes_of_one_object_go_on_from_each_other(tmp_path: Path) -> None:
    first = '<ofd:TextCode X="0" Y="6" DeltaX="5.6444">督导</ofd:TextCode>'
    second = '<ofd:TextCode X="11.2888" DeltaX="5.6444">检查</ofd:TextCode>'
    third = '<ofd:TextCode X="0" Y="16" DeltaX="5.6444">说明</ofd:TextCode>'
    whole = f'<ofd:TextObject ID="5" Boundary="30 50 100 30" Size="5.6444">{first}{second}{third}</ofd:TextObject>'
    assert read_objects(tmp_path, whole) == "督导检查\n说明"


@pytest.mark.parametrize(
    ("turn", "boundary"),
    [("0 1 -1 0 0 0", "180 20 8 250"), ("0 -1 1 0 0 0", "20 280 8 250"), ("-1 0 0 -1 0 0", "180 250 9 9")],
)
def test_a_page_drawn_in_another_direction_is_turned(turn: str, boundary: str, tmp_path: Path) -> None:
    delta = 'X="0" Y="6" DeltaX="g 9 5.6444"'
    objects = code("责任督学应当如实记录", f'CTM="{turn}"', delta, boundary)
    assert read_objects(tmp_path, objects) == "责任督学应当如实记录"


def test_text_at_an_angle_and_text_not_to_be_seen_are_put_aside_and_told(tmp_path: Path) -> None:
    objects = objects_of(sheets(LONG)[0])
    objects += code("内部资料", 'CTM="0.7071 0.7071 -0.7071 0.7071 0 0"', boundary="60 120 60 60")
    objects += code("看不见", 'Visible="false"') + code("透明的", 'Alpha="0"')
    text = read_ofd(write_ofd(tmp_path / "a.ofd", [page(objects)]))
    assert (text.text, text.margins) == (LONG, ("内部资料", "看不见透明的"))
    assert text.warnings == (
        "page 1: text at an angle was put aside, '内部资料'",
        "page 1: text that is not to be seen was put aside, '看不见透明的'",
    )


def test_composite_graphics_are_drawn_where_they_stand(tmp_path: Path) -> None:
    unit = (
        f'<ofd:CompositeGraphicUnit ID="40" Width="100" Height="8"><ofd:Content>{code("组合图元", boundary="0 0 90 8")}'
    )
    resources = (
        f"<ofd:CompositeGraphicUnits>{unit}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    objects = code("上一行", boundary="30 50 90 8") + code("下一行", boundary="30 90 90 8")
    objects += '<ofd:CompositeObject ID="6" Boundary="30 70 100 8" ResourceID="40"/>'
    assert read_objects(tmp_path, objects, resources) == "上一行\n组合图元\n下一行"


def test_composites_that_hold_each_other_end(tmp_path: Path) -> None:
    again = '<ofd:CompositeObject ID="6" Boundary="0 0 9 9" ResourceID="40"/>' * 100
    unit = f'<ofd:CompositeGraphicUnit ID="40"><ofd:Content>{again}</ofd:Content></ofd:CompositeGraphicUnit>'
    with pytest.raises(UnreadableFileError, match="draws more than 200,000 objects"):
        read_objects(tmp_path, again, unit)


def test_a_page_that_is_a_picture_is_recognised_and_kept(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("L", (827, 1170), 255).save(picture, "PNG")
    file = "<ofd:MediaFile>scan.png</ofd:MediaFile>"
    media = f'<ofd:MultiMedias><ofd:MultiMedia ID="12" Type="Image">{file}</ofd:MultiMedia></ofd:MultiMedias>'
    image = '<ofd:ImageObject ID="4" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="12"/>'
    pages = [page(objects_of(sheets(LONG + SHORT)[0])), page(image)]
    path = write_ofd(tmp_path / "a.ofd", pages, resources=media, more={"Doc_0/Res/scan.png": picture.getvalue()})
    seen = Seen("图上的文字。", 0.9, ((155, 200), (287, 200), (287, 222), (155, 222)))
    for asked in (1, 0):
        fake = FakeRecogniser([(seen,)])
        text = ofd_reader(tmp_path / "kept", fake)(path)
        assert text.text.split("\n") == [LONG + SHORT, "图上的文字。"]
        assert text.warnings == ("recognised from pictures: page 2; compare the text with the original",)
        assert fake.asked == asked


def test_a_picture_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    media = '<ofd:MultiMedia ID="12"><ofd:MediaFile>scan.jb2</ofd:MediaFile></ofd:MultiMedia>'
    image = '<ofd:ImageObject ID="4" Boundary="0 0 210 297" ResourceID="12"/>'
    path = write_ofd(tmp_path / "a.ofd", [page(image)], resources=media, more={"Doc_0/Res/scan.jb2": b"\x97JB2"})
    with pytest.raises(UnreadableFileError, match=r"'Doc_0/Res/scan.jb2' in 'a.ofd' is no image that can be read"):
        ofd_reader(recognise=FakeRecogniser([()]))(path)


def test_a_page_part_that_is_missing_is_told(tmp_path: Path) -> None:
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in (0, 5))
    document = head("Document", f"<ofd:Pages>{listed}</ofd:Pages>").encode()
    text = read_ofd(
        write_ofd(tmp_path / "a.ofd", [page(objects_of(sheets(LONG)[0]))], more={"Doc_0/Document.xml": document})
    )
    assert text.text == LONG
    assert text.warnings == ("page 2 is missing and was left out (Doc_0/Pages/Page_5/Content.xml)",)


@pytest.mark.parametrize(
    ("part", "content", "says"),
    [
        ("OFD.xml", b"<OFD", "does not read as XML"),
        ("OFD.xml", b"<OFD/>", "'a.ofd' names no document in OFD.xml"),
        ("Doc_0/Document.xml", b"", "does not read as XML"),
        ("Doc_0/Document.xml", b"<Document/>", "'a.ofd' has 0 pages"),
        ("Encryptions.xml", b"<Encryptions/>", "'a.ofd' is encrypted: save it without protection"),
        ("Doc_0/Pages/Page_0/Content.xml", b"<Page/>", "no text was found on the 1 pages of 'a.ofd'"),
        (
            "Doc_0/Pages/Page_0/Content.xml",
            b'<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Page>&b;</Page>',
            "declares a document type",
        ),
        ("Doc_0/Document.xml", b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><Document/>', "declares a document type"),
        ("Doc_0/big.xml", b" " * 2**28, "is refused: 'Doc_0/big.xml' unpacks to 256 MB"),
    ],
)
def test_a_damaged_or_hostile_file_is_refused(part: str, content: bytes, says: str, tmp_path: Path) -> None:
    path = write_ofd(tmp_path / "a.ofd", [page(objects_of(sheets(LONG)[0]))], more={part: content})
    with pytest.raises(UnreadableFileError, match=says):
        read_ofd(path)


def test_what_is_no_archive_and_what_was_cut_off_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ofd").write_bytes(b"PK\x03\x04 and no more")
    whole = draw_ofd(tmp_path / "b.ofd", sheets(LONG)).read_bytes()
    (tmp_path / "b.ofd").write_bytes(whole[: len(whole) // 2])
    for name in ("a.ofd", "b.ofd"):
        with pytest.raises(UnreadableFileError, match=f"'{name}' is damaged"):
            read_ofd(tmp_path / name)


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    listed = '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>' * (MOST_PAGES + 1)
    document = head("Document", f"<ofd:Pages>{listed}</ofd:Pages>").encode()
    path = write_ofd(tmp_path / "a.ofd", [page("")], more={"Doc_0/Document.xml": document})
    with pytest.raises(UnreadableFileError, match=f"has {MOST_PAGES + 1} pages, 1 to {MOST_PAGES} are read: split it"):
        read_ofd(path)


def test_paths_stay_within_the_archive(tmp_path: Path) -> None:
    assert resolve("Doc_0/Document.xml", "Pages/P.xml") == "Doc_0/Pages/P.xml"
    assert resolve("Doc_0/Document.xml", "/Doc_0/P.xml") == "Doc_0/P.xml"
    assert resolve("Doc_0/Document.xml", "../../../etc/passwd") == "etc/passwd"
    assert resolve("", None) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, []),
        ("1 2.5", [1, 2.5]),
        ("g 3 1.5 2", [1.5, 1.5, 1.5, 2]),
        ("g 2", [0, 0]),
        ("g", []),
        ("x 1", [0, 1]),
        ("g -4 1", []),
        ("1e99", [0]),
    ],
)
def test_distances_of_characters(text: str | None, expected: list[float]) -> None:
    assert shifts(text) == expected


def test_distances_have_a_bound() -> None:
    assert len(shifts("g 999999999 1")) <= 20_000
    assert len(shifts("g 15000 1 " * 50)) <= 40_000


def test_pages_have_their_own_areas(tmp_path: Path) -> None:
    """A page of A5 whose origin is not the corner of the sheet: the number at its foot is a margin all the same."""
    text = Run("督导结果应当公开。", (100 + 30) / MM, (50 + 60) / MM)
    foot = Run("— 1 —", (100 + 60) / MM, (50 + 200) / MM, 12)
    path = write_ofd(tmp_path / "a.ofd", [page(objects_of(Sheet([text, foot])), area="100 50 148 210")])
    assert (read_ofd(path).text, read_ofd(path).margins) == ("督导结果应当公开。", ("—1—",))
