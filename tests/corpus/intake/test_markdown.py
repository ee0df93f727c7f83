"""Markdown files: the marks go, the words and the numbers stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UnreadableFileError
from corpus.intake.markdown import read_markdown
from corpus.intake.types import FileText
from corpus.load import DEFAULT_ROOT, read_raw


def found(folder: Path, source: str) -> FileText:
    file = folder / "a.md"
    file.write_text(source, encoding="utf-8")
    return read_markdown(file)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# 某县办法 #\n\n## 一、总则", "某县办法\n一、总则"),
        ("某办法\n====\n正文", "某办法\n正文"),
        ("*督导*和**督学**、***都要***", "督导和督学、都要"),
        ("**一、总体要求。**以改革为契机，**抓落实。**各校", "一、总体要求。以改革为契机，抓落实。各校"),
        ("姓名____，比例1\\*5", "姓名____，比例1*5"),
        ("见[《教育督导条例》](https://example.org 'x')。", "见《教育督导条例》。"),
        ("见[条例][1]。\n\n[1]: https://example.org", "见条例。"),
        ("甲\n乙  \n丙\\\n丁<br>戊", "甲\n乙\n丙\n丁\n戊"),
        ("1. 甲\n2. 乙\n4. 丁", "1.甲\n2.乙\n4.丁"),
        ("1. 甲\n1. 乙\n1. 丙", "1.甲\n2.乙\n3.丙"),
        ("3) 甲\n   续\n4) 乙", "3)甲\n续\n4)乙"),
        ("- 甲\n- 乙\n  1. 丙", "甲\n乙\n1.丙"),
        ("> 引文\n> 第二行", "引文\n第二行"),
        ("甲 <!-- 批注 --> 乙\n\n<!--\n整段\n-->\n\n丙", "甲  乙\n丙"),
        ("| 任务 | 单位 |\n|---|:-:|\n| 一 | **县教委** |\n| 二 | |", "任务\t单位\n一\t县教委\n二"),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", "甲\t乙"),
        ("```\n代码 **原样**\n```", "代码 **原样**"),
        ("    缩进的一段", "缩进的一段"),
        ("甲&nbsp;乙 &lt;5%", "甲\u00a0乙 <5%"),
        ("正文[^1]。\n\n[^1]: 注释一个", "正文[^1]。\n[^1]: 注释一个"),
        ("甲\n\n---\n\n乙", "甲\n乙"),
    ],
)
def test_marks_go_and_words_stay(tmp_path: Path, source: str, text: str) -> None:
    assert found(tmp_path, source).text == text


def test_front_matter_goes_to_the_margins(tmp_path: Path) -> None:
    read = found(tmp_path, "---\ntitle: 某办法\n发文日期: 2022-01-01\ntags:\n  - 督导\n---\n\n# 正文\n")
    assert read.text == "正文"
    assert read.margins == ("title: 某办法", "发文日期: 2022-01-01", "tags:", "  - 督导")


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    read = found(tmp_path, "---\n\n各区县：现将办法印发给你们。\n\n---\n\n正文\n")
    assert read.text == "各区县：现将办法印发给你们。\n正文"
    assert read.margins == ()


def test_pictures_and_struck_words_are_named(tmp_path: Path) -> None:
    read = found(tmp_path, "甲![流程图](a.png) ~~乙~~")
    assert read.text == "甲流程图 乙"
    assert [w.split()[:2] for w in read.warnings] == [["1", "pictures"], ["1", "passages"]]


def test_quotes_nested_deep_are_not_lost(tmp_path: Path) -> None:
    assert "深处" in found(tmp_path, ">" * 60 + " 深处\n").text


@pytest.mark.parametrize("name", ["dazu", "hainan", "tangshan", "xiushan"])
def test_a_source_saved_as_markdown_keeps_its_lines(tmp_path: Path, name: str) -> None:
    """Spaces at the margins and, where a digit begins a line, after its number are layout."""
    raw = read_raw(DEFAULT_ROOT, name)
    lines = ["".join(line.split()) for line in raw.splitlines() if line.strip()]
    assert ["".join(line.split()) for line in found(tmp_path, raw).text.splitlines()] == lines


def test_a_file_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="holds no text"):
        found(tmp_path, "---\ntitle: x\n---\n<!-- nur dies -->\n")
