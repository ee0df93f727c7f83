import json
from pathlib import Path

import ir_measures
import pytest

from corpus.errors import InputError
from eval.export import qrels_lines, run_lines, write_dataset, write_trec
from eval.load import load_questions
from eval.new import choose, parse_nuggets, write_question
from tests.eval.fakes import Scripted, answer, question, row, small_corpus

CORPUS = small_corpus()


def test_trec_lines() -> None:
    assert qrels_lines([question(ok=("b/1", "a/1")), question("q2", answerable=False, gold=(), ok=("a/1",))]) == [
        "q1 0 a/1 2",
        "q1 0 b/1 1",
    ]
    assert run_lines([row(retrieved=["a/1", "b/1", "a/1"])]) == ["q1 Q0 a/1 1 2 dudao", "q1 Q0 b/1 2 1 dudao"]


def test_the_trec_files_score_elsewhere(tmp_path: Path) -> None:
    write_trec(tmp_path, [question()], [row(retrieved=["b/1", "a/1"])])
    qrels = list(ir_measures.read_trec_qrels(str(tmp_path / "qrels.txt")))  # type: ignore[no-untyped-call]
    run = list(ir_measures.read_trec_run(str(tmp_path / "run.txt")))  # type: ignore[no-untyped-call]
    assert ir_measures.calc_aggregate([ir_measures.RR(rel=2)], qrels, run) == {ir_measures.RR(rel=2): 0.5}


def test_the_dataset_folder_holds_every_question_once(tmp_path: Path) -> None:
    questions = [question(f"q{n}", question=f"问{n}") for n in range(20)]
    written = write_dataset(tmp_path, questions, CORPUS)
    assert [p.name for p in written] == ["README.md", "dev.jsonl", "test.jsonl", "corpus.jsonl"]
    back = load_questions([tmp_path / "dev.jsonl", tmp_path / "test.jsonl"], CORPUS.measures).questions
    assert sorted(back, key=lambda q: int(q.id[1:])) == questions
    assert len((tmp_path / "corpus.jsonl").read_text(encoding="utf-8").splitlines()) == 4
    assert (tmp_path / "README.md").read_text(encoding="utf-8").startswith("---\nlanguage: [zh, en]")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        write_trec(tmp_path / "file" / "x", [question()])


def test_gold_is_chosen_by_number_or_id() -> None:
    assert choose("2 a/2 b/1", ["a/1", "b/1"]) == ("b/1", "a/2")
    assert choose("", ["a/1"]) == ()
    with pytest.raises(InputError, match="no number 3"):
        choose("3", ["a/1"])
    assert parse_nuggets("九个 / 9个; 县政府;") == (("九个", "9个"), ("县政府",))


def new_question(tmp_path: Path, *lines: str) -> tuple[list[str], Path]:
    typed, said, path = iter(lines), list[str](), tmp_path / "mine.jsonl"
    engine = Scripted({"配多少？": answer(retrieved=["a/1", "b/1"])})
    write_question(engine, path, lambda prompt: next(typed), said.append)
    return said, path


def test_a_new_question_is_led_through_and_kept(tmp_path: Path) -> None:
    said, path = new_question(tmp_path, "配多少？", "", "1", "2", "1:1000", "1:500; 1:5", "", "", "ratio", "", "", "y")
    assert said[0].startswith("1. a/1  （一）督学按")
    (kept,) = load_questions([path], CORPUS.measures).questions
    assert kept.anti == ("1:500", "1:5")
    assert (kept.id, kept.group, kept.gold, kept.ok, kept.nuggets) == (
        "q001",
        "q001",
        ("a/1",),
        ("b/1",),
        (("1:1000",),),
    )


def test_a_new_question_shows_its_faults_and_can_be_given_up(tmp_path: Path) -> None:
    said, path = new_question(tmp_path, "配多少？", "", "1", "", "十个", "", "", "", "ratio", "", "", "n")
    assert said[-1] == "q001: nugget-not-in-gold: no gold measure holds '十个'"
    assert not path.exists()


def test_a_question_of_another_file_is_not_written_again(tmp_path: Path) -> None:
    typed = iter(("配多少？", "", "1", "", "1:1000", "", "", "", "ratio", "", "", "n"))
    said: list[str] = []
    engine = Scripted({"配多少？": answer(retrieved=["a/1", "b/1"])})
    other = question("z1", question="配多少", nuggets=(("1:1000",),))
    write_question(engine, tmp_path / "mine.jsonl", lambda prompt: next(typed), said.append, [other])
    assert said[-1] == "q001: duplicate-question: it asks the same as z1"


def test_the_card_names_the_size(tmp_path: Path) -> None:
    many = [question(f"q{n}") for n in range(1_000)]
    for questions, size in ((many[:2], "n<1K"), (many, "1K<n<10K")):
        write_dataset(tmp_path, questions, CORPUS)
        assert f"size_categories: [{size}]" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_ids_go_on_from_the_highest(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text(
        json.dumps({"id": "b007", "kind": "who", "lang": "en", "question": "Who?", "answerable": False}) + "\n",
        encoding="utf-8",
    )
    _, path = new_question(tmp_path, "配多少？", "", "", "", "", "", "", "off_topic", "", "", "y")
    assert load_questions([path], ()).questions[1].id == "b008"
