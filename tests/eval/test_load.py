import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import InputError
from eval.load import append_question, load_questions, question_of, question_to_dict, read_questions
from eval.split import in_split, split_of
from tests.eval.fakes import question

GOOD: dict[str, Any] = {"id": "q1", "kind": "who", "lang": "en", "question": "Who?", "answerable": True}


def write(folder: Path, *rows: object, name: str = "set.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows) + "\n", encoding="utf-8")
    return path


def test_defaults(tmp_path: Path) -> None:
    (found,) = load_questions([write(tmp_path, GOOD)], ()).questions
    assert (found.group, found.style, found.history, found.gold, found.nuggets) == ("q1", "formal", (), (), ())


def test_a_question_reads_back_from_its_row() -> None:
    asked = question(nuggets=(("九个", "9个"),), history=("前一问",), ok=("b/1",), anti=("没有",))
    assert question_of(question_to_dict(asked), "here") == asked


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"golden": []}, "line 2: field 'golden'"),
        ({"answerable": "yes"}, "line 2: field 'answerable'"),
        ({"nuggets": [[]]}, "line 2: field 'nuggets.0'"),
        ({"nuggets": ["九个"]}, "line 2: field 'nuggets.0'"),
        ({"gold": ["a/1", 2]}, "line 2: field 'gold.1'"),
        ({"id": "has space"}, "line 2: field 'id'"),
        ({"gold": ["a/99"]}, "line 2: field 'gold' of question 'q2': the measure 'a/99' does not exist"),
        ({"ok": ["nowhere/1"]}, "the measure 'nowhere/1' does not exist"),
        ({"id": "q1"}, "line 2: field 'id': 'q1' occurs already in set.jsonl, line 1"),
    ],
)
def test_a_malformed_row_is_named_by_file_line_and_field(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    path = write(tmp_path, GOOD, {**GOOD, "id": "q2", **change})
    with pytest.raises(InputError) as caught:
        load_questions([path], {"a/1"})
    assert message in str(caught.value)
    assert str(caught.value).startswith("set.jsonl, line 2")


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, {k: v for k, v in GOOD.items() if k != "lang"})
    with pytest.raises(InputError, match="line 1: field 'lang': Field required"):
        load_questions([path], ())


@pytest.mark.parametrize("line", ["{", "[1]", "null", "[" * 100_000])
def test_a_line_that_is_no_object(tmp_path: Path, line: str) -> None:
    with pytest.raises(InputError, match=r"set.jsonl, line 1: "):
        load_questions([write(tmp_path, line)], ())


def test_ids_are_unique_over_files(tmp_path: Path) -> None:
    paths = [write(tmp_path, GOOD), write(tmp_path, GOOD, name="other.jsonl")]
    with pytest.raises(InputError, match=r"other.jsonl, line 1: .* occurs already in set.jsonl, line 1"):
        load_questions(paths, ())


def test_a_missing_and_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not read"):
        load_questions([tmp_path / "none.jsonl"], ())
    with pytest.raises(InputError, match="no question in"):
        load_questions([write(tmp_path, "")], ())


def test_the_split_is_stable_and_goes_by_group() -> None:
    assert {g: split_of(g) for g in ("xs-zones", "a005", "b001")} == PINNED
    dev = [split_of(str(n)) for n in range(2000)].count("dev") / 2000
    assert 0.57 < dev < 0.63
    both = [question("q1", group="g"), question("q2", group="g")]
    assert len(in_split(both, "dev")) in (0, 2)
    assert in_split(both, "all") == tuple(both)


PINNED = {"xs-zones": "test", "a005": "dev", "b001": "test"}


def test_a_question_is_appended_as_a_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    append_question(path, question("q1"))
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    append_question(path, question("q2"))
    append_question(path, question("q3"))
    assert [q.id for _, q in read_questions(path)] == ["q1", "q2", "q3"]
