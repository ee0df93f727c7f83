"""Typeset sheets as OFD files, part by part as GB/T 33190-2016 names them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.corpus.intake.typeset import Run, Sheet, half

MM = 25.4 / 72
SPACE = "http://www.ofdspec.org/2016"


def head(name: str, inside: str, more: str = "") -> str:
    """A root element with its namespace."""
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} xmlns:ofd="{SPACE}"{more}>{inside}</ofd:{name}>'


def text_object(run: Run, attributes: str = "") -> str:
    """One line of text in its boundary, with the distances of its characters."""
    size = run.size * MM
    steps = [half(char) * size for char in run.text[:-1]]
    delta = f"g {len(steps)} {steps[0]:.4f}" if steps and len(set(steps)) == 1 else " ".join(f"{s:.4f}" for s in steps)
    wide = sum(half(char) for char in run.text) * size
    box = f"{run.x * MM:.4f} {run.y * MM - size:.4f} {wide:.4f} {1.2 * size:.4f}"
    code = f'<ofd:TextCode X="0" Y="{size:.4f}" DeltaX="{delta}">{escape(run.text)}</ofd:TextCode>'
    return f'<ofd:TextObject ID="9" Boundary="{box}" Font="1" Size="{size:.4f}"{attributes}>{code}</ofd:TextObject>'


def path_object(line: tuple[float, float, float, float]) -> str:
    """One stroke."""
    x0, y0, x1, y1 = (value * MM for value in line)
    box = f"{x0:.3f} {y0:.3f} {x1 - x0 + 0.3:.3f} {y1 - y0 + 0.3:.3f}"
    data = f"M 0 0 L {x1 - x0:.3f} {y1 - y0:.3f}"
    return f'<ofd:PathObject ID="8" Boundary="{box}"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def page(objects: str, template: str = "", area: str = "0 0 210 297") -> str:
    """A page's content."""
    used = f'<ofd:Template TemplateID="{template}"/>' if template else ""
    box = f"<ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area>" if area else ""
    return head("Page", f'{used}{box}<ofd:Content><ofd:Layer ID="2">{objects}</ofd:Layer></ofd:Content>')


def objects_of(sheet: Sheet) -> str:
    """All that a sheet draws."""
    bold = [Run(run.text, run.x + 0.33, run.y, run.size) for run in sheet.runs if run.bold]
    return "".join([*map(text_object, [*sheet.runs, *bold]), *map(path_object, sheet.lines)])


def write_ofd(
    path: Path, pages: Sequence[str], template: str = "", resources: str = "", more: Mapping[str, bytes] | None = None
) -> Path:
    """A file of pages; `more` adds parts or takes the place of others."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    templates = '<ofd:TemplatePage ID="77" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    named = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>" if resources else ""
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    common = f"<ofd:CommonData>{area}{named}{templates}</ofd:CommonData>"
    parts: dict[str, str | bytes] = {
        "OFD.xml": head("OFD", "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"),
        "Doc_0/Document.xml": head("Document", f"{common}<ofd:Pages>{listed}</ofd:Pages>"),
        **{f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)},
    }
    if template:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = template
    if resources:
        parts["Doc_0/DocumentRes.xml"] = head("Res", resources, ' BaseLoc="Res"')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | dict(more or {})).items():
            archive.writestr(name, content)
    return path


def draw_ofd(path: Path, sheets: Sequence[Sheet]) -> Path:
    """All sheets in one file."""
    return write_ofd(path, [page(objects_of(sheet)) for sheet in sheets])
