"""Every raw character of the five documents is kept or dropped by a rule, and no word changes."""

from __future__ import annotations

import pytest

from corpus.check import check_document
from corpus.clean import touched_errata
from corpus.load import DEFAULT_ROOT, Corpus, load_corpus, read_raw

DOCUMENTS = ("xiushan", "tangshan", "hainan", "weihai", "dazu")
JUNK = ("定良擊", "斷殼艱", "騙灶嬸轎", "戀櫃煉晚", "膠項習", "和禁", "愉院微")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_nothing_is_lost_unaccounted(corpus: Corpus, document_id: str) -> None:
    account = check_document(corpus.by_id[document_id], read_raw(DEFAULT_ROOT, document_id))
    assert (account.unaccounted, account.outside_tree) == (0, 0)
    assert account.raw == account.kept + sum(count for _, count in account.dropped)


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_every_raw_offset_is_kept_or_dropped_never_both(corpus: Corpus, document_id: str) -> None:
    raw, clean = read_raw(DEFAULT_ROOT, document_id), corpus.by_id[document_id].clean
    dropped = [i for edit in clean.edits for i in range(edit.start, edit.end)]
    assert len(dropped) == len(set(dropped))
    inserted = sum(len(edit.replacement) for edit in clean.edits)
    assert len(clean.text) - inserted + len(dropped) == len(raw)
    assert set(dropped) | set(clean.raw_offsets) == set(range(len(raw)))


def test_accounting_notices_a_character_that_no_rule_took(corpus: Corpus) -> None:
    raw = read_raw(DEFAULT_ROOT, "dazu")
    assert check_document(corpus.by_id["dazu"], raw + "督").unaccounted == 1


@pytest.mark.parametrize("document_id", ["xiushan", "dazu"])
def test_layout_repair_drops_white_space_alone(corpus: Corpus, document_id: str) -> None:
    assert squeezed(corpus.by_id[document_id].clean.text) == squeezed(read_raw(DEFAULT_ROOT, document_id))


def test_tangshan_loses_its_stray_mark_alone(corpus: Corpus) -> None:
    raw = squeezed(read_raw(DEFAULT_ROOT, "tangshan"))
    assert raw.count("|") == 1
    assert squeezed(corpus.by_id["tangshan"].clean.text) == raw.removesuffix("|")


def test_weihai_loses_its_page_number_alone(corpus: Corpus) -> None:
    raw = squeezed(read_raw(DEFAULT_ROOT, "weihai"))
    assert raw.count("—4—") == 1
    assert squeezed(corpus.by_id["weihai"].clean.text) == raw.replace("—4—", "")


def test_hainan_loses_captions_junk_and_the_second_printing(corpus: Corpus) -> None:
    raw = squeezed(read_raw(DEFAULT_ROOT, "hainan"))
    raw = raw.removeprefix("印發通知").replace("方案全文", "", 1)
    for junk in JUNK:
        assert raw.count(junk) == 1, junk
        raw = raw.replace(junk, "")
    second = raw.rindex("2.依法落實教育督導職能。")
    assert raw[:second].endswith(raw[second:]), "the tail repeats what stands right before it"
    assert squeezed(corpus.by_id["hainan"].clean.text) == raw[:second]


def test_hainan_errata_lead_back_to_the_raw_wording(corpus: Corpus) -> None:
    raw, clean = read_raw(DEFAULT_ROOT, "hainan"), corpus.by_id["hainan"].clean
    errata = [edit for edit in clean.edits if edit.rule == "erratum"]
    assert [raw[e.start : e.end] for e in errata] == list(JUNK)
    for edit in errata:
        assert not any(junk in clean.text for junk in JUNK)
        after = clean.raw_offsets.index(edit.end)
        assert clean.raw_offsets[after - 1] == edit.start - 1
        assert raw[edit.start : edit.end] in edit.wording
        assert touched_errata(clean, after - 1, after + 1) == (edit,)
        assert touched_errata(clean, after + 1, after + 3) == ()


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_raw_offsets_lead_back_to_the_same_character(corpus: Corpus, document_id: str) -> None:
    raw, clean = read_raw(DEFAULT_ROOT, document_id), corpus.by_id[document_id].clean
    assert len(clean.raw_offsets) == len(clean.text)
    assert list(clean.raw_offsets) == sorted(clean.raw_offsets)
    differing = [(raw[o], c) for o, c in zip(clean.raw_offsets, clean.text, strict=True) if raw[o] != c]
    assert len(differing) == sum(len(e.replacement) for e in clean.edits if e.replacement != raw[e.start : e.end][:1])
