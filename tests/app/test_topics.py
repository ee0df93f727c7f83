"""The topic map: held to alignments made by hand, to wordings of other offices, and to documents it never saw."""

from __future__ import annotations

import datetime
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.assemble import model_of
from app.assistant import Assistant
from app.settings import Settings
from app.topics.align import AHEAD, BY_PART, BY_SENTENCE, BY_TITLE, NEAR, topic_map
from app.topics.closeness import closeness, measure_closeness
from app.topics.definitions import Definitions, Override, load_definitions, load_overrides
from app.topics.sentences import rules_on
from app.topics.types import TopicMap
from app.topics_command import topics_to_list
from corpus.errors import CorpusError
from corpus.glossary import load_taiwan_words
from corpus.load import Corpus, load_corpus
from index.open import open_index
from index.search_text import SearchText
from tests.corpus.golden import kind_text
from tests.corpus.make import parsed

GOLD = Path(__file__).parents[1] / "gold" / "topics"
NAMES = (
    "机构设置 督导职能 成员单位 督政 督学 评估监测 方式方法 报告 反馈 整改 复查 激励 约谈 通报 问责 督学配备 督学聘用 "
    "培训 队伍监督 法治 条件保障 信息化 研究 组织领导"
).split()
Pairs = set[tuple[str, str]]


def pairs(found: TopicMap) -> Pairs:
    names = {t.id: t.name for t in found.topics}
    return {(names[p.topic], p.measure) for p in found.placements}


def gold(name: str) -> Pairs:
    rows = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))["topics"]
    return {(row["topic"], measure) for row in rows for measure in row["measure_ids"]}


def figures(found: Pairs, right: Pairs) -> tuple[float, float]:
    """Precision and recall."""
    both = len(found & right)
    return both / len(found), both / len(right)


def rows_of(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions()


@pytest.fixture(scope="module")
def folded() -> SearchText:
    return SearchText(load_taiwan_words())


def test_the_topics_are_those_named_in_their_order(definitions: Definitions) -> None:
    assert [d.topic.name for d in definitions.topics] == NAMES
    assert all(d.topic.scope and d.terms and d.headings and d.sentences for d in definitions.topics)


# The readers of A and B agree with each other to 0.970 and 0.952: nothing can agree with both much better.
@pytest.mark.parametrize(("reader", "least"), [("A", 0.95), ("B", 0.94)])
@pytest.mark.parametrize("overrides", ["without", "with"])
def test_the_rules_agree_with_the_alignments_by_hand(reader: str, least: float, overrides: str) -> None:
    found = pairs(topic_map(load_corpus(), overrides=() if overrides == "without" else None))
    precision, recall = figures(found, gold(reader))
    told = f"topics against {reader}, {overrides} overrides: precision {precision:.3f}, recall {recall:.3f}"
    sys.stdout.write(f"\n{told}\n")
    assert precision >= least and recall >= least, told


def test_the_figures_in_the_documentation_are_those_measured() -> None:
    text = (GOLD.parents[2] / "docs" / "trainers.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([AB]) \| (\d+ \| [\d.]+ \| [\d.]+) \|$", text, flags=re.M))
    found = pairs(topic_map(load_corpus()))
    for reader in ("A", "B"):
        precision, recall = figures(found, gold(reader))
        assert rows[reader] == f"{len(gold(reader))} | {precision:.3f} | {recall:.3f}"


def test_a_heading_in_the_wording_of_another_office_names_its_topic_alone(
    definitions: Definitions, folded: SearchText
) -> None:
    rows = rows_of("headings.tsv")
    assert len(rows) == 90
    for heading, topic in rows:
        found = [d.topic.name for d in definitions.topics if any(p.search(folded(heading)) for p in d.headings)]
        assert found == [topic], heading


def test_a_sentence_of_an_article_rules_on_its_topic_alone(definitions: Definitions, folded: SearchText) -> None:
    rows = rows_of("sentences.tsv")
    assert len(rows) == 83
    for sentence, topic in rows:
        found = {d.topic.name for d in definitions.topics if rules_on(d, folded(sentence), article=True)}
        assert found == {topic} - {""}, sentence


def test_the_articles_of_a_regulation_find_their_place() -> None:
    found = pairs(topic_map(Corpus((parsed(kind_text("regulation")),)), overrides=()))
    assert found == {
        ("督政", "t/2"),
        ("督学", "t/2"),
        ("机构设置", "t/4"),
        ("督学聘用", "t/5"),
        ("督学聘用", "t/6"),
        ("督学聘用", "t/6-1"),
        ("督导职能", "t/7"),
        ("问责", "t/8"),
        ("方式方法", "t/9"),
        ("方式方法", "t/10"),
        ("反馈", "t/10"),
        ("整改", "t/11"),
        ("问责", "t/12"),
    }


def test_the_sections_of_a_notice_find_their_place_by_their_part_or_by_the_title() -> None:
    document = parsed(kind_text("notice"))
    titled = replace(document, meta=replace(document.meta, title="关于做好2024年学校督导工作的通知"))
    found = topic_map(Corpus((titled,)), overrides=())
    assert pairs(found) >= {("组织领导", "t/p3.1"), ("组织领导", "t/p3.2"), ("督学", "t/p2.1"), ("督学", "t/p2.2")}
    assert {p.confidence for p in found.placements if p.measure == "t/p2.1"} == {BY_TITLE}
    assert found.topics_of("t/p1") == () and found.topics_of("t/0") == ()


def test_the_map_reads_both_ways_in_order() -> None:
    corpus = load_corpus()
    found = topic_map(corpus, overrides=())
    rows = list(corpus.measures)
    for topic in found.topics:
        ids = found.measures_of(topic.id)
        assert list(ids) == sorted(ids, key=rows.index)
        assert all(topic.id in found.topics_of(i) for i in ids)
    assert found.topics_of("weihai/16") == ("interviews", "notices")
    assert found.topics_of("tangshan/0") == ()


def test_a_placement_says_what_it_rests_on() -> None:
    found = {(p.topic, p.measure): p for p in topic_map(load_corpus(), overrides=()).placements}
    assert found["interviews", "tangshan/15"].why == "标题“严肃约谈制度”"
    assert found["governments", "dazu/9"].why == "上级标题“扎实开展督政工作”"
    by_sentence = found["digital", "xiushan/19"]
    assert by_sentence.confidence == BY_SENTENCE and by_sentence.why.startswith("正文“完善教育督导信息化平台")


def test_json_lists_every_topic_with_its_measures() -> None:
    listed = topics_to_list(topic_map(load_corpus(), overrides=()))
    assert [row["topic"] for row in listed] == NAMES
    assert listed[NAMES.index("培训")]["measure_ids"] == [
        "dazu/2",
        "hainan/18",
        "tangshan/20",
        "weihai/8",
        "xiushan/17",
    ]


def test_an_override_adds_takes_away_and_says_who_ruled() -> None:
    day = datetime.date(2026, 11, 21)
    given = (
        Override("dazu/1", "interviews", True, "试", day),
        Override("tangshan/15", "interviews", False, "试", day),
        Override("gone/3", "interviews", True, "不在库中", day),
        Override("gone/3", "reports", False, "不在库中", day),
    )
    found = topic_map(load_corpus(), overrides=given)
    assert found.measures_of("interviews") == ("dazu/1", "hainan/13", "weihai/16", "xiushan/13")
    placed = next(p for p in found.placements if p.measure == "dazu/1" and p.topic == "interviews")
    assert (placed.confidence, placed.why) == (1.0, "人工审定（2026-11-21）：试")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[override]]\nmeasure = "a/1"\ntopic = "x"\nserves = true\nreason = "r"\nreviewed = 2026-01-01', "'x'"),
        ('[[override]]\nmeasure = "a"\ntopic = "law"\nserves = true\nreason = "r"\nreviewed = 2026-01-01', "measure"),
        ('[[override]]\nmeasure = "a/1"\ntopic = "law"\nserves = true\nreason = ""\nreviewed = 2026-01-01', "reason"),
        ("[[override]", "does not read"),
        (
            2 * '[[override]]\nmeasure = "a/1"\ntopic = "law"\nserves = true\nreason = "r"\nreviewed = 2026-01-01\n',
            "rules twice",
        ),
    ],
)
def test_overrides_at_fault_are_refused(text: str, complaint: str, tmp_path: Path, definitions: Definitions) -> None:
    path = tmp_path / "overrides.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=complaint):
        load_overrides(definitions, path)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[topic]]\nid = "a"\nname = "甲"\nscope = "s"\nheadings = ["("]', "'\\('"),
        ('[[topic]]\nid = "a"\nname = "甲"\nscope = "s"\ncolour = 1', "colour"),
        ('[[topic]]\nid = "a"\nname = "甲"\nscope = "s"\n[[topic]]\nid = "b"\nname = "甲"\nscope = "s"', "'甲' twice"),
    ],
)
def test_definitions_at_fault_are_refused(text: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=complaint):
        load_definitions(path)


def test_no_rule_names_a_document_or_a_place() -> None:
    text = (GOLD.parents[2] / "app" / "topics" / "topics.toml").read_text(encoding="utf-8")
    names = [n for d in load_corpus().documents for n in (d.meta.id, d.meta.region, *d.meta.aliases) if len(n) > 1]
    assert [name for name in names if name in text] == []


def test_closeness_leaves_a_measure_out_of_the_middle_it_is_compared_with() -> None:
    vectors = np.array([[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9], [0.95, 0.0]], np.float32)
    sure = {("x", "a"), ("x", "b"), ("y", "c"), ("y", "d"), ("z", "c")}
    near = closeness(vectors, ["a", "b", "c", "d", "e"], sure)
    assert near.topics == ("x", "y", "z")
    assert [near.best(m)[0] for m in "abde"] == ["x", "x", "y", "x"]
    assert near.best("c")[0] == "y"
    assert near.cosines[2, 2] == -1, "a topic whose only sure measure is this one says nothing of it"


@pytest.mark.integration
def test_vectors_alone_would_place_measures_where_their_wording_does(assistant: Assistant, ready: Settings) -> None:
    """What the thresholds let through is nearly always right, and no text that rules on nothing gets through."""
    corpus = assistant.corpus
    index = open_index(ready.index_root, corpus, model_of(ready)[1], ready.index)
    worded = topic_map(corpus, overrides=())
    sure = {(p.topic, p.measure) for p in worded.placements if p.confidence >= BY_PART}
    near = measure_closeness(index, sure)
    assert topic_map(corpus, index, overrides=()) == worded, "wording places every measure of the five that rules"
    index.close()
    plain = [m for m in near.measures if near.best(m)[1] >= NEAR and near.best(m)[2] >= AHEAD]
    placed = [m for m in plain if any(m == measure for _, measure in sure)]
    right = [m for m in placed if (near.best(m)[0], m) in sure]
    told = f"{len(plain)} of {len(near.measures)} measures stand plainly nearest to a topic: {len(right)} rightly"
    sys.stdout.write(f"\n{told}\n")
    assert len(right) / len(placed) >= 0.95 and len(placed) >= 60, told
    assert [m for m in plain if m not in placed and not worded.topics_of(m)] == [], told
