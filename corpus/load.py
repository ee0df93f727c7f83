"""Reading the corpus folder: one sub-folder a document with source.txt, meta.toml and, where needed, errata.toml.

Sub-folders whose names begin with a full stop are being written or taken away and are no documents.
"""

from __future__ import annotations

import datetime
import hashlib
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.clean import clean_text
from corpus.errors import CorpusError, ParseError, SourceChangedError
from corpus.parse import parse_document
from corpus.script import fold
from corpus.types import Access, Erratum, Heading, Measure, Metadata, PolicyDocument, Status

_Model = TypeVar("_Model", bound=BaseModel)

DEFAULT_ROOT = Path(__file__).parent / "documents"


class _MetaFile(BaseModel):
    """The border check of meta.toml: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")

    region: str
    aliases: tuple[str, ...] = ()
    level: str
    genre: str
    access: Access
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: datetime.date | None = None
    status: Status = "in force"
    superseded_by: str | None = None
    original: str | None = Field(None, pattern=r"^original\.[a-z0-9]{1,8}$")
    original_sha256: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.superseded_by is not None and self.status != "superseded":
            raise ValueError('superseded_by is set, so status must be "superseded"')
        if (self.original is None) != (self.original_sha256 is None):
            raise ValueError("original and original_sha256 are set together or not at all")
        return self


class _ErratumEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    raw: str = Field(min_length=1)
    corrected: str
    reason: str
    check: str


@dataclass(frozen=True)
class Corpus:
    """All documents, in order of their ids."""

    documents: tuple[PolicyDocument, ...]

    @cached_property
    def by_id(self) -> dict[str, PolicyDocument]:
        """Documents by id."""
        return {d.meta.id: d for d in self.documents}

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Measures by id, in reading order."""
        return {m.id: m for d in self.documents for m in d.measures}

    @cached_property
    def headings(self) -> dict[str, Heading]:
        """Parts, sections and attachments by id."""
        return {h.id: h for d in self.documents for p in d.parts for h in p.walk()}

    @cached_property
    def titles(self) -> dict[str, tuple[PolicyDocument, ...]]:
        """Documents by folded title; those without a title are left out."""
        found: dict[str, tuple[PolicyDocument, ...]] = {}
        for document in self.documents:
            if document.meta.title:
                title = fold(document.meta.title)
                found[title] = (*found.get(title, ()), document)
        return found

    @property
    def sha256(self) -> str:
        """Fingerprint of every source with its metadata, errata and clean text."""
        digest = hashlib.sha256()
        for document in self.documents:
            digest.update(repr((document.meta, document.clean.text)).encode())
        return digest.hexdigest()


def load_corpus(root: Path = DEFAULT_ROOT) -> Corpus:
    """Load every document below `root`.

    :raises CorpusError: `root` holds no document, or one of them is at fault.
    """
    folders = _folders(root, "meta.toml")
    orphans = sorted(set(_folders(root, "source.txt")) - set(folders))
    if orphans:
        raise CorpusError(f"the document folder {orphans[0].name!r} has no meta.toml: write one beside its source.txt")
    if not folders:
        raise CorpusError(f"no document in {str(root)!r}: each needs a folder with source.txt and meta.toml")
    corpus = Corpus(tuple(load_document(folder) for folder in folders))
    _check_successors([document.meta for document in corpus.documents])
    return corpus


def load_metadata(root: Path) -> tuple[Metadata, ...]:
    """Return the metadata of every document below `root`, in order of their ids, without reading any text.

    :raises CorpusError: a meta.toml does not read.
    """
    return tuple(_read_meta(folder) for folder in _folders(root, "meta.toml"))


def _folders(root: Path, name: str) -> list[Path]:
    return sorted(p.parent for p in root.glob(f"*/{name}") if not p.parent.name.startswith("."))


def _check_successors(metas: list[Metadata]) -> None:
    ids = {meta.id for meta in metas}
    for meta in metas:
        if meta.superseded_by == meta.id or meta.superseded_by not in ids | {None}:
            raise CorpusError(
                f"document {meta.id!r}: superseded_by names {meta.superseded_by!r}, which is no other document of the "
                f"corpus: run `dudao corpus status {meta.id} superseded --by ID`, or without --by"
            )


def load_document(folder: Path) -> PolicyDocument:
    """Load and parse one document.

    :raises SourceChangedError: source.txt or the original file is missing or differs from its sha256 in meta.toml.
    :raises CorpusError: meta.toml or errata.toml does not read, or the text does not parse.
    """
    meta = _read_meta(folder)
    raw = _read_source(folder, meta.sha256)
    if meta.original and meta.original_sha256:
        _read_checked(folder, meta.original, meta.original_sha256)
    try:
        return parse_document(meta, clean_text(raw, _read_errata(folder)))
    except ParseError as error:
        raise ParseError(f"document {meta.id!r}: {error}") from error


def read_raw(root: Path, document_id: str) -> str:
    """Return the raw text of a document without any check."""
    return (root / document_id / "source.txt").read_text(encoding="utf-8")


def _read_meta(folder: Path) -> Metadata:
    entry = _validated(_MetaFile, _read_toml(folder / "meta.toml"), folder / "meta.toml")
    return Metadata(id=folder.name, **entry.model_dump())


def _read_source(folder: Path, sha256: str) -> str:
    data = _read_checked(folder, "source.txt", sha256)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParseError(f"document {folder.name!r}: source.txt is not UTF-8 at byte {error.start}") from error


def _read_checked(folder: Path, name: str, sha256: str) -> bytes:
    try:
        data = (folder / name).read_bytes()
    except OSError as error:
        raise SourceChangedError(
            f"document {folder.name!r}: {name} cannot be read ({error.strerror}): restore the file"
        ) from error
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise SourceChangedError(
            f"document {folder.name!r}: {name} has sha256 {found[:12]}…, meta.toml records {sha256[:12]}…: "
            "restore the file, or add the new version as a document of its own"
        )
    return data


def _read_errata(folder: Path) -> tuple[Erratum, ...]:
    path = folder / "errata.toml"
    if not path.exists():
        return ()
    rows = _read_toml(path).get("erratum", [])
    return tuple(Erratum(**_validated(_ErratumEntry, row, path).model_dump()) for row in rows)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CorpusError(f"{path.parent.name}/{path.name} does not read: {error}") from error


def _validated(model: type[_Model], row: object, path: Path) -> _Model:
    try:
        return model.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise CorpusError(f"{path.parent.name}/{path.name}: {where!r}: {first['msg']}") from error
