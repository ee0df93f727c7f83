"""Document pages: script, source file, cross references, and the names of downloads."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.access import may_read
from app.answering import FakeAnswering
from app.docpage import document_html
from app.download import attachment, file_name
from app.feedback import ListedFeedback
from app.measure_html import text_html
from app.script_view import fold_pairs, in_script, read_script
from app.server import create_app
from app.source_file import source_file
from app.wording import wording
from corpus.errors import SourceChangedError
from corpus.load import DEFAULT_ROOT, Corpus, load_corpus
from corpus.script import fold, fold_aligned
from corpus.types import Reference, Span

WORDS = wording("zh-Hans")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the corpus in which the source file of weihai was changed after it was recorded."""
    copy = tmp_path_factory.mktemp("corpus") / "documents"
    shutil.copytree(DEFAULT_ROOT, copy)
    (copy / "weihai" / "source.txt").write_text("另一份", encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def client(root: Path, corpus: Corpus) -> Iterator[TestClient]:
    with TestClient(create_app(FakeAnswering(corpus), ListedFeedback(), root), base_url="http://127.0.0.1") as client:
        yield client


def test_spans_hold_in_every_script(corpus: Corpus) -> None:
    for measure in corpus.measures.values():
        for script in ("hans", "hant"):
            shown = in_script(measure.text, read_script(script))
            assert len(shown) == len(measure.text)
            assert fold(shown) == fold(measure.text)


@given(st.text())
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(in_script(text, "hans")) == len(in_script(text, "hant")) == len(text)
    assert in_script(text, "source") == text


@pytest.mark.parametrize(("value", "script"), [("hans", "hans"), ("hant", "hant"), ("x", "source"), (None, "source")])
def test_a_link_names_the_script(value: str | None, script: str) -> None:
    assert read_script(value) == script


def test_the_page_shows_another_script_and_marks_the_same_words(corpus: Corpus) -> None:
    text = corpus.measures["hainan/16"].text
    shown = document_html(corpus, "hainan", WORDS, "16:20-30", "hans")
    marked = re.findall("<mark>(.*?)</mark>", shown)
    assert marked == [in_script(text, "hans")[20:30]]
    assert marked != [text[20:30]]
    assert 'lang="zh-Hans"' in shown and "引用时以原文为准" in shown
    assert f"<dd>{corpus.by_id['hainan'].meta.number}</dd>" in shown


def test_links_to_other_scripts_keep_the_mark(corpus: Corpus) -> None:
    shown = document_html(corpus, "hainan", WORDS, "16:20-30", "hant")
    links = re.findall(r'<nav class="scripts"[^>]*>(.*?)</nav>', shown)[0]
    assert re.findall('href="([^"]+)"', links) == [
        "/doc/hainan?mark=16:20-30#16",
        "/doc/hainan?script=hans&amp;mark=16:20-30#16",
        "/doc/hainan?script=hant&amp;mark=16:20-30#16",
    ]
    assert links.count("aria-current") == 1


def test_fold_pairs_fold_as_the_search_layer_does(corpus: Corpus) -> None:
    pairs = fold_pairs()
    assert len(pairs) > 6000 and len(pairs) % 2 == 0
    table = dict(zip(pairs[::2], pairs[1::2], strict=True))
    letters = {c for m in corpus.measures.values() for c in m.text if "\u4e00" <= c <= "\u9fff"}
    assert {c for c in letters if table.get(c, c) != fold_aligned(c)} == set()


def test_references_become_links(corpus: Corpus) -> None:
    measure = corpus.measures["tangshan/15"]
    spans = (
        Reference(Span(0, 3), "tangshan/16"),
        Reference(Span(5, 8), "tangshan/p4.1"),
        Reference(Span(10, 12), "hainan/p2"),
        Reference(Span(14, 16), None),
    )
    shown = text_html(corpus, replace(measure, references=spans), None, ())
    assert 'href="/doc/tangshan#16" data-clause="tangshan/16"' in shown
    assert 'href="/doc/hainan#p2">' in shown
    assert shown.count("<a ") == 3
    assert re.sub("<[^>]+>", "", shown) == measure.text


def test_a_reference_to_several_units_is_one_link_to_the_first(corpus: Corpus) -> None:
    measure = corpus.measures["tangshan/15"]
    both = (Reference(Span(5, 8), "tangshan/13"), Reference(Span(5, 8), "tangshan/14"))
    shown = text_html(corpus, replace(measure, references=both), None, ())
    assert re.findall('<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', shown) == [("/doc/tangshan#13", measure.text[5:8])]


def test_another_document_that_is_named_is_a_link_and_so_is_its_unit(corpus: Corpus) -> None:
    title = corpus.by_id["weihai"].meta.title
    words = f"依照《{title}》第（六）项办理，另见《教育督导条例》第三条。"
    measure = replace(corpus.measures["tangshan/15"], label="", heading="", text=words, note=None, references=())
    shown = text_html(corpus, measure, Span(0, 6), ())
    links = re.findall('<a [^>]*href="([^"]+)"([^>]*)>(.*?)</a>', shown)
    assert [(address, "data-clause" in more) for address, more, _ in links] == [
        ("/doc/weihai", False),
        ("/doc/weihai", False),
        ("/doc/weihai#6", True),
    ], "the mark ends inside the title"
    assert "".join(text for *_, text in links) == f"《{title}》第（六）项"
    assert re.sub("<[^>]+>", "", shown) == words


@pytest.mark.parametrize("document_id", ["xiushan", "dazu"])
def test_the_source_file_comes_byte_for_byte_under_its_chinese_name(
    client: TestClient, root: Path, document_id: str
) -> None:
    reply = client.get(f"/doc/{document_id}/source")
    recorded = load_corpus().by_id[document_id].meta
    assert reply.status_code == 200
    assert hashlib.sha256(reply.content).hexdigest() == recorded.sha256
    assert reply.content == (root / document_id / "source.txt").read_bytes()
    disposition = reply.headers["content-disposition"]
    assert disposition.isascii()
    name = unquote(disposition.split("UTF-8''")[1])
    assert (recorded.title or "") in name and name.endswith(".txt")
    assert reply.headers["content-type"] == "application/octet-stream"
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_a_changed_source_file_is_not_given(client: TestClient) -> None:
    reply = client.get("/doc/weihai/source")
    assert reply.status_code == 409
    assert "来源文件与登记的不一致" in reply.text and "另一份" not in reply.text


def test_an_unknown_document_has_no_source(client: TestClient) -> None:
    assert client.get("/doc/nowhere/source").status_code == 404


def test_the_original_is_given_where_there_is_one(corpus: Corpus, tmp_path: Path) -> None:
    folder = tmp_path / "xiushan"
    folder.mkdir()
    (folder / "文件.docx").write_bytes(b"PK")
    sha256 = hashlib.sha256(b"PK").hexdigest()
    meta = replace(corpus.by_id["xiushan"].meta, original="文件.docx", original_sha256=sha256)
    found = source_file(tmp_path, meta)
    assert found.data == b"PK" and found.name.endswith("（秀山委办发〔2021〕19号）.docx")
    with pytest.raises(SourceChangedError, match="no name of a file"):
        source_file(tmp_path, replace(meta, original="../xiushan/文件.docx"))
    with pytest.raises(SourceChangedError, match="cannot be read"):
        source_file(tmp_path, replace(meta, original="无.docx"))
    with pytest.raises(SourceChangedError, match="recorded sha256"):
        source_file(tmp_path, replace(meta, original_sha256="0" * 64))


def test_every_label_is_let_through_until_there_are_accounts(corpus: Corpus) -> None:
    assert all(may_read(d.meta) for d in corpus.documents)


@given(st.text(max_size=300))
def test_any_text_makes_a_name_that_every_system_takes(stem: str) -> None:
    name = file_name(stem, ".docx")
    assert name.endswith(".docx") and 5 < len(name) <= 90
    assert not set('<>:"/\\|?*\n\r\0') & set(name)
    assert not name.startswith((".", " "))
    header = attachment(name)
    assert header.isascii() and "\n" not in header
    assert unquote(header.split("UTF-8''")[1]) == name


@pytest.mark.parametrize("stem", ["con", "NUL", "com1.a", "", "..", "/"])
def test_names_of_devices_and_folders_are_none(stem: str) -> None:
    assert file_name(stem, ".md").startswith("dudao")
