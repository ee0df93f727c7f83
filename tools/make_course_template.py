"""Write app/course/template.pptx, the master of a course's slides: python -m tools.make_course_template."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Cm, Emu

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

TARGET = Path(__file__).resolve().parents[1] / "app" / "course" / "template.pptx"
LATIN, HEAD, BODY = "Arial", "微软雅黑", "微软雅黑"
COLOURS = {
    "dk1": "1B2430", "lt1": "FFFFFF", "dk2": "9C1F17", "lt2": "F4F1EC", "accent1": "9C1F17", "accent2": "1D4F8C",
    "accent3": "566072", "accent4": "B98A2F", "accent5": "3F7D58", "accent6": "6B4E8C", "hlink": "1D4F8C",
    "folHlink": "566072",
}  # fmt: skip
WIDTH, HEIGHT = Cm(33.867), Cm(19.05)
# kept of the layouts that python-pptx starts with: their index, our name, where title and body stand (cm)
LAYOUTS = (
    (0, "封面", (3.0, 5.6, 27.8, 4.2), (3.0, 10.4, 27.8, 5.2)),
    (1, "专题", (1.7, 0.9, 30.4, 1.7), (1.7, 3.2, 30.4, 13.7)),
    (5, "对比", (1.7, 0.9, 30.4, 1.7), None),
)
FOOT, NUMBER = (1.7, 17.75, 26.0, 0.8), (28.6, 17.75, 3.5, 0.8)
_NS = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'


def main() -> None:
    """Write the template."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    master = deck.slide_master
    _theme(master)
    kept = [deck.slide_layouts[n] for n, *_ in LAYOUTS]
    for layout in list(deck.slide_layouts):
        if layout not in kept:
            deck.slide_layouts.remove(layout)
    _master(master)
    for layout, (_, name, title, body) in zip(kept, LAYOUTS, strict=True):
        _layout(layout, name, title, body)
    properties = deck.core_properties
    properties.title = properties.author = properties.last_modified_by = ""
    deck.save(str(TARGET))
    print(TARGET)


def _theme(master: Any) -> None:  # noqa: ANN401  # parts of python-pptx are not typed
    """Our colours, and Chinese fonts of the system."""
    part = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
    theme = etree.fromstring(part.blob)
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    theme.set("name", "督导问策")
    for name, colour in COLOURS.items():
        for element in theme.iterfind(f".//a:clrScheme/a:{name}", space):
            for child in list(element):
                element.remove(child)
            etree.SubElement(element, f"{{{space['a']}}}srgbClr").set("val", colour)
    for kind, font in (("majorFont", HEAD), ("minorFont", BODY)):
        for tag, value in (("latin", LATIN), ("ea", font)):
            for element in theme.iterfind(f".//a:{kind}/a:{tag}", space):
                element.set("typeface", value)
        for element in theme.iterfind(f".//a:{kind}/a:font", space):
            if element.get("script") == "Hans":
                element.set("typeface", font)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _master(master: Any) -> None:  # noqa: ANN401
    """A line of seal red above the foot and one beside the title; sizes of letters; no bullets."""
    for shape in list(master.placeholders):
        kind = str(shape.placeholder_format.type)
        if "TITLE" in kind:
            _place(shape, LAYOUTS[1][2])
        elif "BODY" in kind:
            _place(shape, LAYOUTS[1][3])
        elif "SLIDE_NUMBER" in kind:
            _place(shape, NUMBER)
        elif "FOOTER" in kind:
            _place(shape, FOOT)
        else:
            shape._element.getparent().remove(shape._element)
    tree = master.shapes._spTree
    tree.insert(2, _bar(901, "印色", Cm(0), Cm(0), Cm(0.55), HEIGHT, "accent1"))
    tree.insert(3, _bar(902, "题线", Cm(1.7), Cm(2.75), Cm(30.4), Cm(0.05), "accent1"))
    tree.insert(4, _bar(903, "底线", Cm(1.7), Cm(17.55), Cm(30.4), Cm(0.02), "accent3"))
    styles = master._element.find(qn("p:txStyles"))
    for style, size, colour in ((qn("p:titleStyle"), 2800, "accent1"), (qn("p:bodyStyle"), 2000, "tx1")):
        for level in styles.find(style):
            _level(level, size, colour)


def _level(level: Any, size: int, colour: str) -> None:  # noqa: ANN401
    """One level of a text style: no bullet, no indent, one size."""
    if not level.tag.endswith("pPr"):
        return
    for name, value in (("marL", "0"), ("indent", "0"), ("algn", "l")):
        level.set(name, value)
    for tag in ("a:buChar", "a:buFont", "a:buNone", "a:spcBef", "a:buAutoNum"):
        for element in level.findall(qn(tag)):
            level.remove(element)
    run = level.find(qn("a:defRPr"))
    if run is None:
        return
    run.addprevious(parse_xml(f"<a:buNone {_NS}/>"))
    run.set("sz", str(size))
    fill = run.find(qn("a:solidFill"))
    if fill is not None:
        run.remove(fill)
    run.insert(0, parse_xml(f'<a:solidFill {_NS}><a:schemeClr val="{colour}"/></a:solidFill>'))


def _layout(layout: Any, name: str, title: tuple[float, ...], body: tuple[float, ...] | None) -> None:  # noqa: ANN401
    layout.name = name
    for shape in list(layout.placeholders):
        kind = str(shape.placeholder_format.type)
        if "TITLE" in kind and "SUB" not in kind:
            _place(shape, title)
            _anchor(shape, "b" if name == "封面" else "ctr", 4000 if name == "封面" else 2800)
        elif "SLIDE_NUMBER" in kind:
            _place(shape, NUMBER)
        elif "FOOTER" in kind:
            _place(shape, FOOT)
        elif "DATE" in kind or body is None:
            shape._element.getparent().remove(shape._element)
        else:
            _place(shape, body)
            _anchor(shape, "t", 1800 if name == "封面" else 2000)


def _anchor(shape: Any, anchor: str, size: int) -> None:  # noqa: ANN401
    """Where text stands in its box and how large it is; boxes neither grow nor shrink by themselves."""
    frame = shape._element.find(qn("p:txBody"))
    box = frame.find(qn("a:bodyPr"))
    box.set("anchor", anchor)
    for child in list(box):
        box.remove(child)
    box.append(parse_xml(f"<a:noAutofit {_NS}/>"))
    styles = frame.find(qn("a:lstStyle"))
    for child in list(styles):
        styles.remove(child)
    styles.append(
        parse_xml(f'<a:lvl1pPr {_NS} marL="0" indent="0" algn="l"><a:buNone/><a:defRPr sz="{size}"/></a:lvl1pPr>')
    )


def _place(shape: Any, box: tuple[float, ...] | None) -> None:  # noqa: ANN401
    assert box is not None
    shape.left, shape.top, shape.width, shape.height = (Cm(v) for v in box)


def _bar(number: int, name: str, left: Emu, top: Emu, width: Emu, height: Emu, colour: str) -> Any:  # noqa: ANN401
    return parse_xml(
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        f"<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


if __name__ == "__main__":
    main()
