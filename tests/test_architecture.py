"""Imports go one way: corpus <- index <- app <- eval. See docs/architecture.md."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("corpus", "index", "app", "eval")
HEAVY = frozenset({"llama_index", "torch", "chromadb", "sentence_transformers", "transformers", "gradio", "fastapi"})
# what answers a question, what it is made of and written as, what was said of it, and what the page asks of `eval`
ANSWERS = frozenset(
    (
        "agents answering assemble assistant ask_kinds citation compose decide evaluation feedback follow further "
        "logistic phrases places question quoting rank read_question rules settings types weights wire"
    ).split()
)


def files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports_of(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted name of every module that a file imports, wherever in it; `from a import b` gives a and a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported(path: Path) -> set[str]:
    return set(imports_of(ast.parse(path.read_text(encoding="utf-8"))))


def tops(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


@pytest.mark.parametrize("package", LAYERS)
def test_no_layer_imports_a_later_one(package: str) -> None:
    later = set(LAYERS[LAYERS.index(package) + 1 :]) | {"tests", "tools"}
    assert files(package), package
    assert {str(p.relative_to(ROOT)): sorted(tops(p) & later) for p in files(package) if tops(p) & later} == {}


def test_corpus_knows_no_heavy_library() -> None:
    assert {p.name: tops(p) & HEAVY for p in files("corpus") if tops(p) & HEAVY} == {}


@pytest.mark.parametrize(("library", "package"), [("chromadb", "index"), ("gradio", "app"), ("fastapi", "app")])
def test_a_library_is_known_in_one_layer_alone(library: str, package: str) -> None:
    users = {layer for layer in LAYERS for p in files(layer) if library in tops(p)}
    assert users == {package}


def test_models_are_loaded_in_two_files() -> None:
    users = [str(p.relative_to(ROOT)) for layer in LAYERS for p in files(layer) if "sentence_transformers" in tops(p)]
    assert users == ["index/embedding.py", "index/rerank.py"]


def test_eval_takes_from_app_only_what_answers() -> None:
    modules = {name.split(".")[1] for p in files("eval") for name in imported(p) if name.startswith("app.")}
    assert modules - ANSWERS == set()
    assert {path.stem for path in files("app")} >= ANSWERS, "a module of this list is gone: take it off"


def test_nothing_imports_eval_as_a_module() -> None:
    """`import eval.x` would bind the name `eval` and hide the built-in."""
    for path in [p for layer in (*LAYERS, "tests", "tools") for p in files(layer)]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                bound = [a.asname or a.name.split(".")[0] for a in node.names]
                assert "eval" not in bound, path
            if isinstance(node, ast.ImportFrom):
                assert "eval" not in [a.asname or a.name for a in node.names], path


def test_the_reader_of_imports_sees_every_form() -> None:
    source = "import a.b as c\nfrom d.e import f\ndef g():\n    from h import i\n    import j, k.l\n"
    assert set(imports_of(ast.parse(source))) == {"a.b", "d.e", "d.e.f", "h", "h.i", "j", "k.l"}


def test_llama_index_settings_stay_untouched() -> None:
    for path in files("index"):
        assert "llama_index.core.Settings" not in imported(path), path
