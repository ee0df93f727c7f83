"""Pages as offices lay them out, with the text that must be read from them: for every reader of pages in places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.corpus.intake.typeset import (
    BODY,
    BOTTOM,
    LEFT,
    MEASURE,
    TITLE,
    TOP,
    Run,
    Sheet,
    Style,
    broken,
    half,
    typeset,
)

SHORT = "责任督学应当持证进校，如实记录发现的问题，督促学校限期整改。"
LONG = "区教育督导机构要建立督学责任区，按照与学校数1：5的比例配备责任督学，每月到校不少于一次，督导结果向社会公开。"
SMALL = 10.5


@dataclass(frozen=True)
class Case:
    """Sheets, the lines that they must read as, and what must be found in the margins."""

    name: str
    sheets: tuple[Sheet, ...]
    text: tuple[str, ...]
    margins: tuple[str, ...] = ()


def paragraph(text: str, x: float, y: float, measure: float, size: float, pitch: float) -> tuple[list[Run], float]:
    """A paragraph set in by two characters, and the height of the line after it."""
    lines = broken(text, measure / size, 2.0, half)
    runs = [Run(line, x + (0 if at else 2 * size), y + at * pitch, size) for at, line in enumerate(lines)]
    return runs, y + len(lines) * pitch


def two_columns(lower: float) -> Case:
    """A title over two columns, the right one lower by so many points, and a paragraph over the full width below."""
    sheet = Sheet([Run("督导工作简报", 230, 90, TITLE)])
    texts = (f"一、{LONG}", SHORT, LONG, f"二、{SHORT}", LONG, SHORT)
    for x, y, half_of in ((70.0, 140.0, texts[:3]), (310.0, 140.0 + lower, texts[3:])):
        for text in half_of:
            runs, y = paragraph(text, x, y, 210, SMALL, 18)
            sheet.runs += runs
    below = f"编者按：{LONG}{SHORT}"
    sheet.runs += paragraph(below, 70, 480, 450, SMALL, 18)[0]
    return Case(f"two columns, one lower by {lower}", (sheet,), ("督导工作简报", *texts, below))


def red_header() -> Case:
    """Copy number, issuer in large type, number and signer, a rule, title, signature, record of copies."""
    right = LEFT + MEASURE
    runs = [
        Run("000123", LEFT, 80, 12),
        Run("大足区人民政府教育督导委员会文件", 82, 160, 28),
        Run("足教督发〔2021〕3号", LEFT + 16, 230),
        Run("签发人：张三", right - 7 * BODY, 230),
        Run("大足区人民政府教育督导委员会", 146, 300, TITLE),
        Run("关于印发督学责任区设置方案的通知", 124, 332, TITLE),
        Run("各镇人民政府、街道办事处：", LEFT, 390),
        Run("现将方案印发给你们，请认真贯彻执行。", LEFT + 32, 418),
        Run("大足区人民政府教育督导委员会", right - 16 * BODY, 500),
        Run("2021年3月15日", right - 11 * BODY, 528),
        Run("（此件公开发布）", LEFT + 32, 556),
        Run("抄送：市政府教育督导委员会办公室。", LEFT + 14, 740, 14),
        Run("大足区教育委员会办公室", LEFT + 14, 768, 14),
        Run("2021年3月15日印发", right - 9 * 14, 768, 14),
    ]
    rules = [(LEFT, y, right, y) for y in (245.0, 722.0, 748.0, 775.0)]
    return Case(
        "red header",
        (Sheet(runs, rules),),
        (
            "000123",
            "大足区人民政府教育督导委员会文件",
            "足教督发〔2021〕3号 签发人：张三",
            "大足区人民政府教育督导委员会关于印发督学责任区设置方案的通知",
            "各镇人民政府、街道办事处：",
            "现将方案印发给你们，请认真贯彻执行。",
            "大足区人民政府教育督导委员会",
            "2021年3月15日",
            "（此件公开发布）",
            "抄送：市政府教育督导委员会办公室。",
            "大足区教育委员会办公室 2021年3月15日印发",
        ),
    )


def bold_twice() -> Case:
    """A heading in imitated bold type, drawn twice a third of a point apart, with a doubled character of its own."""
    sheet = Sheet([Run("一、加强督导督导结果运用", LEFT + 32, TOP + 16, bold=True)])
    sheet.runs += paragraph(LONG, LEFT, TOP + 45, MEASURE, BODY, 28.35)[0]
    return Case("bold drawn twice", (sheet,), ("一、加强督导督导结果运用", LONG))


def running_header() -> Case:
    """Four pages under one header, numbered at alternate corners; a paragraph runs over each page break."""
    texts = [f"{number}.{LONG}{SHORT}{LONG}" for number in range(1, 22)]
    sheets = typeset([("body", text) for text in texts])
    for sheet in sheets:
        sheet.runs.insert(0, Run("教育督导文件汇编", 230, 60, SMALL))
    numbers = tuple(f"—{number}—" for number in range(1, len(sheets) + 1))
    return Case("running header", tuple(sheets), tuple(texts), ("教育督导文件汇编", *numbers))


def table() -> Case:
    """A ruled table with wrapped cells, a cell over two rows and one over the full width."""
    xs, ys = (LEFT, 130.0, 380.0, LEFT + MEASURE), (200.0, 226.0, 276.0, 302.0, 350.0)
    cells = (
        (0, 0, "指标"), (0, 1, "检查内容"), (0, 2, "责任单位"),
        (1, 0, "队伍"), (1, 1, SHORT), (1, 2, "教育督导室"),
        (2, 1, "督学培训每年不少于40学时"), (2, 2, "各责任区"),
        (3, 0, LONG),
    )  # fmt: skip
    sheet = Sheet([Run("附件", LEFT, 100), Run("督导检查表", 240, 150, TITLE), Run("表后说明。", LEFT + 32, 390)])
    for row, column, text in cells:
        right = xs[-1] if row == 3 else xs[column + 1]
        for at, line in enumerate(broken(text, (right - xs[column] - 8) / 12, 0, half)):
            sheet.runs.append(Run(line, xs[column] + 4, ys[row] + 18 + at * 16, 12))
    sheet.lines += [(xs[0], y, xs[-1], y) for at, y in enumerate(ys) if at != 2]
    sheet.lines += [(xs[1], ys[2], xs[-1], ys[2]), *((x, ys[0], x, ys[3]) for x in xs)]
    sheet.lines += [(xs[0], ys[3], xs[0], ys[4]), (xs[-1], ys[3], xs[-1], ys[4])]
    return Case(
        "table",
        (sheet,),
        (
            "附件",
            "督导检查表",
            "指标\t检查内容\t责任单位",
            f"队伍\t{SHORT}\t教育督导室",
            "\t督学培训每年不少于40学时\t各责任区",
            LONG,
            "表后说明。",
        ),
    )


def dense_table() -> Case:
    """A ruled table without air: cells filled to the line, numbers of one digit alone in theirs."""
    xs = (70.0, 95.0, 180.0, 330.0, 400.0, 525.0)
    schools = "大足中学、龙岗中学、城南小学、城北小学、实验幼儿园、机关幼儿园"
    rows = [("序号", "督导责任区名称", "所辖学校及幼儿园名称列表", "责任督学", "联系电话及地址")]
    for at, number in enumerate("一二三四五六七八九", start=1):
        rows.append((str(at), f"城区第{number}督导责任区", schools, "张三、李四", f"023-4372000{at}"))
    sheet = Sheet([Run("督学责任区划分表", 210, 120, TITLE)])
    y = 150.0
    for row in rows:
        cells = [broken(text, (xs[j + 1] - xs[j] - 4) / SMALL, 0, half) for j, text in enumerate(row)]
        for left, lines in zip(xs, cells, strict=False):
            sheet.runs += [Run(line, left + 2, y + 12 + at * 14, SMALL) for at, line in enumerate(lines)]
        sheet.lines.append((xs[0], y, xs[-1], y))
        y += max(map(len, cells)) * 14 + 6
    sheet.lines += [(xs[0], y, xs[-1], y), *((x, 150.0, x, y) for x in xs)]
    return Case("dense table", (sheet,), ("督学责任区划分表", *("\t".join(row) for row in rows)))


def unruled_table() -> Case:
    """Columns without lines, as a list of districts has them."""
    rows = (("序号", "责任区", "责任督学", "学校数"), ("1", "城区一片", "张三", "5"), ("2", "乡镇片", "李四", "4"))
    sheet = Sheet([Run("责任区名单", 240, 130, TITLE)])
    for at, row in enumerate(rows):
        sheet.runs += [Run(cell, x, 190 + at * 28.35) for cell, x in zip(row, (100, 170, 290, 420), strict=True)]
    return Case("table without lines", (sheet,), ("责任区名单", *("\t".join(row) for row in rows)))


def regulation() -> Case:
    """A regulation by chapters and articles, some of several paragraphs."""
    texts: Sequence[tuple[Style, str]] = (
        ("title", "大足区教育督导办法"),
        ("centre", "（2021年3月15日区政府常务会议通过）"),
        ("centre", "第一章　总则"),
        ("body", f"第一条　为了保证教育法律法规的实施，制定本办法。{LONG}"),
        ("body", f"第二条　{SHORT}"),
        ("body", f"前款所称责任督学，依照本办法第五条的规定聘任。{LONG}"),
        ("centre", "第二章　督学"),
        ("body", f"第三条　{LONG}{LONG}"),
        ("body", "（一）坚持原则，办事公道，品行端正；"),
        ("body", "（二）熟悉教育法律、法规、规章和国家教育方针政策。"),
        ("body", f"第四条　{SHORT}"),
    )
    sheets = typeset(texts, numbered=False)
    read = tuple(text.replace("　", " ") for _, text in texts)
    return Case("regulation", tuple(sheets), read)


def spread_title() -> Case:
    """A title of two characters far apart, and one in letterspaced type."""
    sheet = Sheet([Run("通", 230, 120, TITLE), Run("知", 320, 120, TITLE)])
    sheet.runs += [Run(char, 200 + at * 24, 180, BODY) for at, char in enumerate("督学责任区名单")]
    sheet.runs += paragraph(LONG, LEFT, 240, MEASURE, BODY, 28.35)[0]
    return Case("spread title", (sheet,), ("通知", "督学责任区名单", LONG))


def attachments() -> Case:
    """Two attachments that each begin at the head of a page: 附件 is no running header."""
    sheets = [
        Sheet([Run(f"附件{number}", LEFT, 110), Run(title, 200, 150, TITLE), Run(SHORT[:20], LEFT + 32, 220)])
        for number, title in ((1, "督学名单"), (2, "学校名单"))
    ]
    text = ("附件1", "督学名单", SHORT[:20], "附件2", "学校名单", SHORT[:20])
    return Case("attachments", tuple(sheets), text)


def footnote() -> Case:
    """A note at the foot of a page, below a paragraph that goes on overleaf."""
    sheets = typeset([("body", LONG * 18)], numbered=False)
    sheets[0].runs.append(Run("①本办法所称学校包括幼儿园。", LEFT, BOTTOM + 16, SMALL))
    return Case("footnote", tuple(sheets), (LONG * 18, "①本办法所称学校包括幼儿园。"))


CASES = (
    two_columns(0),
    two_columns(9),
    red_header(),
    bold_twice(),
    running_header(),
    table(),
    dense_table(),
    unruled_table(),
    regulation(),
    spread_title(),
    attachments(),
    footnote(),
)
