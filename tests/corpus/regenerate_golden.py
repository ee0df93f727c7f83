"""Write the golden trees anew: `python -m tests.corpus.regenerate_golden` from the project's root.

Then read `git diff tests/golden` against corpus/documents/*/source.txt before committing: the files are what the tree
ought to be, not what the parser happens to give.
"""

from __future__ import annotations

from corpus.load import load_corpus
from tests.corpus.golden import golden_path, golden_text


def main() -> None:
    """Write one file a document."""
    for document in load_corpus().documents:
        golden_path(document.meta.id).write_text(golden_text(document), encoding="utf-8")


if __name__ == "__main__":
    main()
