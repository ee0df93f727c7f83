"""The documentation agrees with what it documents."""

import re
from pathlib import Path

import pytest

from app.settings import Settings, read_settings
from corpus.check import check_document
from corpus.load import DEFAULT_ROOT, load_corpus, read_raw

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh.md")
PAGES = (
    *READMES,
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/architecture.md",
    "docs/intake.md",
    "docs/page.md",
    "docs/sources.md",
    "docs/trainers.md",
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code_of(text: str) -> list[str]:
    """Inline code and the lines of code blocks."""
    inside = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.M | re.S)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return [line.strip() for block in inside for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", rest)


def make_targets(text: str) -> set[str]:
    calls = [re.match(r"make ([a-z]+)\b", code) for code in code_of(text)]
    return {match[1] for match in calls if match}


def headings(text: str) -> list[str]:
    return re.findall(r"^## (.+)$", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S), flags=re.M)


def links(text: str) -> list[str]:
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    return [target.split("#")[0] for target in targets if not re.match(r"[a-z]+://|#", target)]


@pytest.mark.parametrize("name", (*READMES, "CONTRIBUTING.md"))
def test_commands_named_are_targets_of_the_makefile(name: str) -> None:
    offered = set(re.findall(r"^([a-z]+):", read("Makefile"), flags=re.M))
    assert make_targets(read(name)) - offered == set()


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_come_first(name: str) -> None:
    first = re.findall(r"^```\n(.*?)^```", read(name), flags=re.M | re.S)[0].splitlines()
    assert [line.split("#")[0].strip() for line in first] == ["make chat", "make test"]


@pytest.mark.parametrize("name", READMES)
def test_every_setting_is_explained_and_no_other(name: str) -> None:
    fields = [f.description or "" for f in Settings.model_fields.values()]
    settings = set(re.findall(r"DUDAO_[A-Z]+", " ".join(fields)))
    assert len(settings) >= 5
    assert set(re.findall(r"^\| `(DUDAO_[A-Z]+)` \|", read(name), flags=re.M)) == settings


@pytest.mark.parametrize("name", READMES)
def test_defaults_named_are_those_of_the_code(name: str) -> None:
    rows = dict(re.findall(r"^\| `(DUDAO_[A-Z]+)` \| `([^`]+)` \|", read(name), flags=re.M))
    settings = read_settings({})
    found = {"DUDAO_DATA": str(settings.data), "DUDAO_HOST": settings.host, "DUDAO_PORT": str(settings.port)}
    assert {key: rows[key] for key in found} == found
    assert (ROOT / rows["DUDAO_CORPUS"]).resolve() == settings.corpus.resolve()


def test_both_readmes_have_the_same_headings_and_tables() -> None:
    english, chinese = map(read, READMES)
    assert len(headings(english)) == len(headings(chinese)) >= 8
    rows = [[len(re.findall(r"^\|", part, flags=re.M)) for part in text.split("\n## ")] for text in (english, chinese)]
    assert rows[0] == rows[1]
    blocks = [[b for b in code_of(text) if b.startswith("dudao ")] for text in (english, chinese)]
    assert len(blocks[0]) == len(blocks[1])


@pytest.mark.parametrize("name", PAGES)
def test_linked_files_exist(name: str) -> None:
    folder = (ROOT / name).parent
    assert [link for link in links(read(name)) if not (folder / link).exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_the_picture_has_a_description(name: str) -> None:
    assert re.search(r"!\[[^\]]{20,}\]\(docs/images/chat\.png\)", read(name))


@pytest.mark.parametrize("name", READMES)
def test_the_table_of_documents_is_that_of_the_corpus(name: str) -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| [^|]*?(public|internal|unmarked)[^|]* \| (\d+) \|$", read(name), flags=re.M)
    documents = load_corpus().documents
    held = [(d.meta.id, d.meta.access, str(sum(m.kind == "measure" for m in d.measures))) for d in documents]
    assert sorted(rows) == sorted(held)


@pytest.mark.parametrize("name", READMES)
def test_the_answer_shown_quotes_the_documents(name: str) -> None:
    shown = re.search(r"^\$ \.venv/bin/dudao ask .*?^```", read(name), flags=re.M | re.S)
    assert shown
    quotes = re.findall(r"^(?:答：)?[^：\n]+：(.+?)\[\d+\]$", shown[0], flags=re.M)
    texts = [m.text for m in load_corpus().measures.values()]
    assert quotes
    assert [quote for quote in quotes if not any(quote.split("：", 1)[-1] in text for text in texts)] == []


@pytest.mark.parametrize("name", READMES)
def test_the_figures_have_their_place(name: str) -> None:
    assert re.search(r"^<!-- figures -->\n.+?\n<!-- /figures -->$", read(name), flags=re.M | re.S)


def test_the_changelog_has_an_unreleased_section() -> None:
    assert headings(read("CHANGELOG.md"))[0] == "[Unreleased]"
    entries = read("CHANGELOG.md").split("## [Unreleased]")[1].split("\n## ")[0]
    assert re.search(r"^### Added\n- ", entries, flags=re.M)


@pytest.mark.parametrize("package", ("corpus", "index", "app", "eval"))
def test_every_module_stands_in_the_architecture(package: str) -> None:
    section = read("docs/architecture.md").split(f"\n### {package}\n")[1].split("\n### ")[0]
    listed = set(re.findall(r"^\| `(\w+\.py)` \|", section, flags=re.M))
    assert listed == {p.name for p in (ROOT / package).glob("*.py")} - {"__init__.py"}


def test_the_accounting_of_the_sources_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d,]+) \| ([\d,]+) \| (.+) \|$", read("docs/sources.md"), flags=re.M)
    corpus = load_corpus()
    assert sorted(row[0] for row in rows) == sorted(corpus.by_id)
    for name, raw, kept, dropped in rows:
        found = check_document(corpus.by_id[name], read_raw(DEFAULT_ROOT, name))
        stated = {rule: number(n) for rule, n in re.findall(r"([a-z-]+) ([\d,]+)", dropped)}
        assert (number(raw), number(kept)) == (found.raw, found.kept), name
        assert stated == {rule: n for rule, n in found.dropped if n}, name


def number(text: str) -> int:
    return int(text.replace(",", ""))


def test_every_rule_named_for_the_sources_is_a_rule() -> None:
    text = read("docs/sources.md")
    rules = {e.rule for d in load_corpus().documents for e in d.clean.edits}
    named = set(re.findall(r"`([a-z]+-[a-z]+|margin|repeat|spacing)`", text))
    assert named - rules == set()
    assert rules - named == {"erratum"}


def test_every_document_has_its_section_of_defects() -> None:
    assert set(load_corpus().by_id) <= set(headings(read("docs/sources.md")))
