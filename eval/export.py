"""The question set and a run in the formats of other tools: TREC files and a folder that `datasets` loads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.errors import InputError
from corpus.load import Corpus
from eval.load import question_to_dict
from eval.retrieval import GOLD, OK
from eval.split import in_split
from eval.types import Question, Row

_CARD = """\
---
language: [zh, en]
license: apache-2.0
pretty_name: dudao questions
task_categories: [question-answering]
size_categories: [{size}]
configs:
- config_name: questions
  default: true
  data_files:
  - {{split: dev, path: dev.jsonl}}
  - {{split: test, path: test.jsonl}}
- config_name: corpus
  data_files:
  - {{split: corpus, path: corpus.jsonl}}
---
# dudao questions

{n} questions on {documents} Chinese policy documents on education supervision, with the measures that rule on
each (`gold`), those that may be cited too (`ok`), wordings that an answer must hold (`nuggets`) or must not
(`anti`), and whether the documents answer it at all (`answerable`). `corpus.jsonl` holds the measures by id.

The split is by SHA-256 of `group`, so the wordings of one question stay on one side. The questions are under the
Apache License 2.0; the policy texts are documents of public authorities.
"""


def qrels_lines(questions: Iterable[Question]) -> list[str]:
    """Return TREC qrels lines, `question 0 measure grade`: 2 for gold, 1 for ok; unanswerable ones have none."""
    lines = []
    for question in questions:
        grades = dict.fromkeys(question.ok, OK) | dict.fromkeys(question.gold, GOLD)
        if question.answerable:
            lines += [f"{question.id} 0 {measure_id} {grade}" for measure_id, grade in sorted(grades.items())]
    return lines


def run_lines(rows: Iterable[Row], tag: str = "dudao") -> list[str]:
    """Return TREC run lines, `question Q0 measure rank score tag`; the score falls by one from rank to rank."""
    lines = []
    for row in rows:
        retrieved = tuple(dict.fromkeys(row.answer.get("retrieved", ())))
        for rank, measure_id in enumerate(retrieved, start=1):
            lines.append(f"{row.question.id} Q0 {measure_id} {rank} {len(retrieved) - rank + 1} {tag}")
    return lines


def write_trec(out_dir: Path, questions: Sequence[Question], rows: Sequence[Row] = ()) -> tuple[Path, ...]:
    """Write qrels.txt, and run.txt where there are rows; return what was written.

    :raises InputError: the folder cannot be written.
    """
    files = {"qrels.txt": qrels_lines(questions)}
    if rows:
        files["run.txt"] = run_lines(rows)
    return _write(out_dir, {name: "".join(line + "\n" for line in lines) for name, lines in files.items()})


def write_dataset(out_dir: Path, questions: Sequence[Question], corpus: Corpus) -> tuple[Path, ...]:
    """Write a folder for `datasets.load_dataset(folder)`: a card, dev.jsonl, test.jsonl and corpus.jsonl.

    :raises InputError: the folder cannot be written.
    """
    files = {"README.md": _CARD.format(n=len(questions), size=_size(len(questions)), documents=len(corpus.documents))}
    for split in ("dev", "test"):
        files[f"{split}.jsonl"] = _jsonl(map(question_to_dict, in_split(questions, split)))
    files["corpus.jsonl"] = _jsonl(
        {"id": m.id, "document": m.document_id, "kind": m.kind, "label": m.label, "heading": m.heading, "text": m.text}
        for m in corpus.measures.values()
    )
    return _write(out_dir, files)


def _size(n: int) -> str:
    """The size as the hub's cards name it."""
    return "n<1K" if n < 1_000 else "1K<n<10K" if n < 10_000 else "10K<n<100K"


def _jsonl(rows: Iterable[dict[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write(out_dir: Path, files: dict[str, str]) -> tuple[Path, ...]:
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (out_dir / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"the folder {str(out_dir)!r} cannot be written: {error}") from error
    return tuple(out_dir / name for name in files)
