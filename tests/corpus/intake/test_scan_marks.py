"""Marks of recognised lines."""

import pytest

from corpus.intake.scan_marks import set_marks


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("(此件不公开)", "（此件不公开）"),
        ("责任单位:教育局,各镇街;学校(园)", "责任单位：教育局，各镇街；学校（园）"),
        ("(1)建立制度", "（1）建立制度"),
        ("（1)建立制度", "（1）建立制度"),
        ("比例为1:5,不低于3,000人", "比例为1:5，不低于3,000人"),
        ("e-mail: office@example.org, tel. 1", "e-mail: office@example.org, tel. 1"),
        ("厅字[2021]1号", "厅字〔2021〕1号"),
        ("大足教发(2021) 20号", "大足教发〔2021〕20号"),
        ("瓊辦發【2021】13號", "瓊辦發〔2021〕13號"),
        ("[责任单位：县教委]", "〔责任单位：县教委〕"),
        ("二0二一年", "二〇二一年"),
        ("二OO九年", "二〇〇九年"),
        ("100所学校", "100所学校"),
        ("通知》く办法>的", "通知》〈办法〉的"),
        ("ひらがなくの", "ひらがなくの"),
        ("督学-督政", "督学——督政"),
        ("—加强领导", "——加强领导"),
        ("——加强领导", "——加强领导"),
        ("3-5年一轮", "3-5年一轮"),
        ("2021 年 3 月", "2021年3月"),
        ("Education Office 督导", "Education Office督导"),
        ("", ""),
    ],
)
def test_marks_become_those_of_chinese_type(seen: str, meant: str) -> None:
    assert set_marks(seen) == meant
    assert set_marks(meant) == meant
