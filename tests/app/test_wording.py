"""The page's texts: three languages, the same keys, and none that is never shown."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from app import messages
from app.compare.facts import TABLES
from app.compare.matrix_page import View
from app.evaluation import State
from app.feedback import Reason, Value
from app.script_view import Script
from app.wording import LANGUAGES, wording
from corpus.script import fold
from corpus.types import Access, Status

APP = Path(__file__).resolve().parents[2] / "app"
ROWS: dict[str, list[str]] = tomllib.loads((APP / "texts.toml").read_text(encoding="utf-8"))
# Traditional sets its quotation marks in its own way.
QUOTES = str.maketrans("「」", "“”")
# Keys that are put together from a value: the prefix, and what may follow it.
MADE = {
    "access_": get_args(Access),
    "status_": tuple(status.replace(" ", "_") for status in get_args(Status)),
    "script_": get_args(Script),
    "vote_": get_args(Value),
    "reason_": get_args(Reason),
    "cmp_view_": get_args(View),
    "cmp_table_": tuple(TABLES),
    "cmp_fact_": ("ratio", "percent", "count", "duration", "frequency"),
    "cmp_bound_": ("by", "before", "from", "at"),
    "eval_state_": get_args(State),
    "eval_rule_": tuple(name for key in ROWS for _, found, name in [key.partition("eval_rule_")] if found),
}


def sources() -> str:
    files = [*APP.rglob("*.py"), *APP.rglob("*.js")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("key", ROWS)
def test_every_text_stands_in_three_languages_fit_for_html(key: str) -> None:
    row = ROWS[key]
    assert len(row) == len(LANGUAGES)
    assert all(text.strip() and not set('<>&"{}\\') & set(text) for text in row)
    assert not re.search("[\u4e00-\u9fff]", re.sub("本库文件未见规定|那威海呢？|谁负责约谈？", "", row[2]))


@pytest.mark.parametrize("key", ROWS)
def test_the_traditional_text_says_what_the_simplified_says(key: str) -> None:
    simplified, traditional, _ = ROWS[key]
    assert fold(traditional.translate(QUOTES)) == fold(simplified)


def test_no_text_is_left_over() -> None:
    # `eval` names the sentences of its tab by their keys
    tab = [(APP.parent / "eval" / name).read_text(encoding="utf-8") for name in ("desk.py", "drafts.py")]
    code = "\n".join((sources(), *tab))
    made = {prefix + end for prefix, ends in MADE.items() for end in ends}
    assert made <= set(ROWS)
    unused = [key for key in ROWS if key not in made and not re.search(rf"[\"'`]{key}[\"'`]", code)]
    assert unused == []


def test_every_key_asked_for_has_its_text() -> None:
    asked = set(re.findall(r"\b(?:words|word|wording\([^)]*\))\(\"(\w+)\"", sources()))
    assert len(asked) > 30
    assert asked - set(MADE) - set(ROWS) == set()
    assert {key for _, key in messages._KEYS} | {messages.UNFORESEEN} <= set(ROWS)


def test_an_unknown_language_is_simplified_chinese() -> None:
    assert wording("tlh") is wording(None) is wording(["en"]) is wording("zh-Hans")
    assert wording("zh-Hant")("send") == "發送"
