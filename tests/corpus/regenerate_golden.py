"""Write the golden trees anew: `python -m tests.corpus.regenerate_golden` from the project's root.

Then read `git diff tests/golden tests/corpus/kinds` against the texts before committing: the files are what the tree
ought to be, not what the parser happens to give.
"""

from __future__ import annotations

from corpus.load import load_corpus
from tests.corpus.golden import KINDS, golden_path, golden_text, kind_text, kinds
from tests.corpus.make import parsed


def main() -> None:
    """Write one file a document."""
    for document in load_corpus().documents:
        golden_path(document.meta.id).write_text(golden_text(document), encoding="utf-8")
    for name in kinds():
        (KINDS / f"{name}.json").write_text(golden_text(parsed(kind_text(name))), encoding="utf-8")


if __name__ == "__main__":
    main()
