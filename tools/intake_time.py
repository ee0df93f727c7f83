"""How long adding a Word file takes beyond its embedding: `python tools/intake_time.py` (about a minute).

A notice of as many pages as asked for is generated, pages counted as GB/T 9704-2012 sets them (22 lines of 28
characters), added by `dudao corpus add FILE --yes` and then built into a copy of the current index. Everything counts
but loading the model and the calls that turn texts into vectors, which are shown by themselves.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docx import Document

from app.assemble import build_embedder
from app.settings import Settings, read_settings
from corpus.load import DEFAULT_ROOT, load_corpus
from corpus.numerals import format_numeral
from index.build import build_index
from index.embedding import Embedder, Vectors
from index.late import QueryTokens

_PAGE = 22 * 28  # characters
_MEASURE = (
    "建立第{n}类学校责任督学挂牌督导制度。每学期安排责任督学到第{n}类学校开展督导不少于{a}次，每名督学每年接受培训不少于{b}学时，"
    "督导结束后{c}个工作日内向学校反馈意见，学校应当在{d}日内报告整改情况。对整改不力的，由督导机构约谈学校主要负责人，约谈结果"
    "抄送有关部门，作为第{n}类学校年度考核、评优评先和干部任免的依据。（责任单位：市教育局、市财政局、各县区人民政府）"
)


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock and of the processor, child processes that have ended included."""

    wall: float
    cpu: float

    @staticmethod
    def now() -> Spent:
        """Return what has been spent so far; differences count."""
        used = os.times()
        return Spent(used.elapsed, used.user + used.system + used.children_user + used.children_system)

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.wall - other.wall, self.cpu - other.cpu)

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.cpu + other.cpu)


class TimedEmbedder:
    """An embedder that counts what it spends on passages."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self.name, self.dim, self.spent = inner.name, inner.dim, Spent(0.0, 0.0)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each query."""
        return self._inner.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each passage."""
        start = Spent.now()
        vectors = self._inner.embed_passages(texts)
        self.spent += Spent.now() - start
        return vectors

    @property
    def token_dim(self) -> int:
        """Length of a token's vector."""
        return self._inner.token_dim

    def read_query(self, text: str) -> tuple[Vectors, QueryTokens]:
        """Return the row of one query and its tokens."""
        return self._inner.read_query(text)

    def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """Return the row of each passage and its tokens."""
        start = Spent.now()
        read = self._inner.read_passages(texts)
        self.spent += Spent.now() - start
        return read


def write_notice(path: Path, pages: int) -> int:
    """Write a notice of about `pages` pages as a Word file; return its characters."""
    lines = ["丽教督〔2022〕8号", "丽水市教育局", "关于责任督学挂牌督导工作的实施意见", "各县（市、区）教育局："]
    n = part = 0
    while sum(map(len, lines)) < pages * _PAGE:
        if n % 10 == 0:
            part += 1
            lines.append(f"{format_numeral(part)}、第{part}类督导事项")
        n += 1
        lines.append(
            f"（{format_numeral(n)}）" + _MEASURE.format(n=n, a=n % 5 + 1, b=n % 40 + 10, c=n % 9 + 2, d=n % 30 + 10)
        )
    lines += ["丽水市教育局", "2022年5月10日", "（此件主动公开）"]
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return sum(map(len, lines))


def main() -> None:
    """Print the seconds of each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=30)
    pages = parser.parse_args().pages
    os.environ.setdefault("TQDM_DISABLE", "1")  # before torch is loaded, as the command line does
    given = read_settings()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = _copy_of(given, folder)
        embedder = build_embedder(settings)
        build_index(settings.index_root, load_corpus(settings.corpus), embedder, settings.index)
        file = folder / "通知.docx"
        characters = write_notice(file, pages)
        adding = _timed_add(file, settings)
        start = Spent.now()
        timed = TimedEmbedder(build_embedder(settings))
        loading = Spent.now() - start
        start = Spent.now()
        corpus = load_corpus(settings.corpus)
        manifest, built = build_index(settings.index_root, corpus, timed, settings.index)
        building = Spent.now() - start - timed.spent
    assert built
    print(f"{pages} pages, {characters} characters, {manifest.embedded} texts embedded anew; {os.cpu_count()} cores")
    rows = {
        "reading, proposing, writing": adding,
        "building the index": building,
        "beyond embedding": adding + building,
        "loading the model": loading,
        "embedding": timed.spent,
    }
    for label, spent in rows.items():
        print(f"{label:28} {spent.wall:6.1f} s, {spent.cpu:6.1f} s of processor time")


def _copy_of(given: Settings, folder: Path) -> Settings:
    """Settings of a folder of their own with the five documents, the same model and a copy of the current index."""
    shutil.copytree(DEFAULT_ROOT, folder / "documents")
    data = folder / "data"
    data.mkdir()
    if not given.model:
        (data / "models").symlink_to((given.data / "models").resolve(), target_is_directory=True)
    if given.index_root.is_dir():
        shutil.copytree(given.index_root, data / "index", ignore=shutil.ignore_patterns("building-*"))
    return given.model_copy(update={"data": data, "corpus": folder / "documents"})


def _timed_add(file: Path, settings: Settings) -> Spent:
    """What is spent on `dudao corpus add FILE --yes`, the start of the program included."""
    environment = {**os.environ, "DUDAO_CORPUS": str(settings.corpus), "DUDAO_DATA": str(settings.data)}
    start = Spent.now()
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "corpus", "add", str(file), "--yes"],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(done.stderr)
    return Spent.now() - start


if __name__ == "__main__":
    main()
