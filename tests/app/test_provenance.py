"""What every export says of where it comes from, and the public export that is refused."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.exports.provenance import provenance, strictest
from app.wording import wording
from corpus.errors import InputError
from corpus.load import load_corpus

_MADE = datetime(2026, 11, 21, 9, 5)


def test_an_export_says_its_date_its_index_and_its_strictest_label() -> None:
    found = provenance(load_corpus(), ["hainan", "dazu", "hainan"], ["f" * 64, "f" * 64], _MADE)
    assert found.access == "internal"
    assert found.lines(wording(None)) == (
        "导出时间：2026-11-21 09:05",
        "索引版本：" + "f" * 12,
        "公开属性（按所引文件中最严的）：此件不公开",
    )


def test_a_public_export_of_internal_text_is_refused_and_says_which() -> None:
    corpus = load_corpus()
    with pytest.raises(InputError, match="'dazu'"):
        provenance(corpus, ["hainan", "dazu"], ["f"], _MADE, public=True)
    assert provenance(corpus, ["hainan", "weihai"], ["f"], _MADE, public=True).access == "unmarked"
    assert provenance(corpus, [], ["f"], _MADE, public=True).access is None


def test_the_strictest_label() -> None:
    assert strictest(("public", "internal", "unmarked")) == "internal"
    assert strictest(("public", "unmarked")) == "unmarked"
    assert strictest(()) is None
