"""From the text of a file to a document of the corpus: first a proposal to look at, then its folder."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from corpus.check import check_document
from corpus.clean import clean_text
from corpus.errors import InputError, ParseError, UnreadableFileError
from corpus.intake.folder import taken, write_document
from corpus.intake.lines import Found
from corpus.intake.metafile import meta_toml
from corpus.intake.propose import Proposed, propose
from corpus.intake.region import Region, RegionFinder
from corpus.intake.slug import check_slug, suggest_slug
from corpus.intake.types import FileKind, FileText
from corpus.parse import parse_document
from corpus.places import LEVELS
from corpus.script import fold
from corpus.types import Access, Metadata, PolicyDocument, Status

Where = Literal["text", "margin", "given", "derived", "nowhere"]
_UNKNOWN = "未注明"
_PLAIN_GENRE = "文件"
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_STRICTNESS: dict[Access, int] = {"public": 0, "unmarked": 1, "internal": 2}


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a person says of a document; each goes before what the text states."""

    id: str | None = None
    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: datetime.date | None = None
    region: str | None = None
    level: str | None = None
    genre: str | None = None
    access: Access | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the value of a field of the metadata comes from; quote: the wording, empty unless it stands in the file."""

    field: str
    where: Where
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document that could be written.

    source: bytes of source.txt. original: bytes of the file as it came, None where they are `source`.
    missing: options that have to be given before it can be written (region, level).
    warnings: what a person should look at, each one sentence.
    """

    meta: Metadata
    origins: tuple[Origin, ...]
    document: PolicyDocument
    source: bytes
    original: bytes | None
    missing: tuple[str, ...]
    warnings: tuple[str, ...]


def prepare(
    path: Path, file_text: FileText, held: Sequence[Metadata], regions: RegionFinder, overrides: Overrides
) -> Proposal:
    """Return what adding the file `path`, read as `file_text`, beside the documents `held` would write.

    :raises InputError: the id is refused or taken, or a document has this content.
    :raises UnreadableFileError: the file is gone, or its text cannot be written as UTF-8.
    :raises ParseError: the text holds nothing.
    """
    data = _bytes_of(path)
    raw, source = _source(path, data, file_text)
    original = None if source == data else data
    _refuse_twin(path, data, source, held)
    try:
        clean = clean_text(raw)
    except ParseError as error:
        raise ParseError(f"{path.name!r}: {error}") from error
    found = propose(raw, clean, file_text.margins, file_text.kind, regions)
    region = regions.named(overrides.region) if overrides.region else found.region.value if found.region else None
    meta = _metadata(found, region, overrides)
    meta = replace(
        meta,
        id=_id(meta, region, overrides, [m.id for m in held]),
        sha256=_sha256(source),
        original=None if original is None else f"original{_suffix(path, file_text)}",
        original_sha256=None if original is None else _sha256(original),
    )
    document = parse_document(meta, clean)
    return Proposal(
        meta=meta,
        origins=_origins(found, overrides, meta),
        document=document,
        source=source,
        original=original,
        missing=tuple(name for name, value in (("region", region), ("level", meta.level)) if not value),
        warnings=(
            *file_text.warnings,
            *_of_access(found, overrides, file_text.kind),
            *_warnings(document, raw, held),
        ),
    )


def write(proposal: Proposal, root: Path) -> Path:
    """Write a proposed document below `root` and return its folder; nothing is left half written.

    :raises InputError: a field has to be given first, or the id is taken.
    :raises CorpusError: the folder cannot be written.
    """
    if proposal.missing:
        raise InputError(
            f"the text of {proposal.meta.id!r} states no {proposal.missing[0]}: give it with --{proposal.missing[0]}"
            + (f" ({', '.join(LEVELS)})" if proposal.missing[0] == "level" else "")
        )
    files = {"source.txt": proposal.source}
    if proposal.original is not None and proposal.meta.original:
        files[proposal.meta.original] = proposal.original
    return write_document(root, proposal.meta.id, {**files, "meta.toml": meta_toml(proposal.meta).encode()})


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"{path.name!r} cannot be read ({error.strerror}): check the file") from error


def _source(path: Path, data: bytes, file_text: FileText) -> tuple[str, bytes]:
    """The raw text and its bytes: the file itself where it is UTF-8 text that its reader left as it is."""
    if file_text.kind == "txt":
        try:
            raw = data.decode("utf-8")
        except UnicodeDecodeError:
            raw = ""
        if re.sub(r"\r\n?", "\n", raw) == file_text.text:
            return raw, data
    try:
        return file_text.text, file_text.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableFileError(
            f"{path.name!r} holds characters that are no text ({error.reason}): save it anew or as a text file"
        ) from error


def _refuse_twin(path: Path, data: bytes, source: bytes, held: Sequence[Metadata]) -> None:
    sums = {_sha256(data), _sha256(source)}
    for meta in held:
        if sums & {meta.sha256, meta.original_sha256}:
            raise InputError(f"{path.name!r} has the same content as the document {meta.id!r}: it is not added again")


def _metadata(found: Proposed, region: Region | None, given: Overrides) -> Metadata:
    level = given.level or (region.level if region else "")
    if level and level not in LEVELS:
        raise InputError(f"the level {level!r} is not known: there are {', '.join(LEVELS)}")
    return Metadata(
        id="",
        region=region.name if region else _UNKNOWN,
        aliases=region.aliases if region else (),
        level=level,
        genre=given.genre or _value(found.genre) or _PLAIN_GENRE,
        access=given.access or found.access.value,
        sha256="",
        title=given.title or _value(found.title),
        issuer=given.issuer or _value(found.issuer),
        number=given.number or _value(found.number),
        date=given.date or (found.date.value if found.date else None),
        status=given.status or found.status.value,
    )


def _value(found: Found[str] | None) -> str | None:
    return found.value if found else None


def _id(meta: Metadata, region: Region | None, given: Overrides, ids: Sequence[str]) -> str:
    if given.id is None:
        return suggest_slug(region.short if region else meta.genre, meta.date, ids)
    if check_slug(given.id) in ids:
        raise taken(given.id)
    return given.id


def _suffix(path: Path, file_text: FileText) -> str:
    suffix = path.suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ".pdf" if file_text.kind == "scan" else f".{file_text.kind}"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _origins(found: Proposed, given: Overrides, meta: Metadata) -> tuple[Origin, ...]:
    rows = [Origin("id", "given" if given.id else "derived")]
    for name in ("title", "issuer", "number", "date", "region", "genre", "access", "status"):
        value = getattr(found, name)
        if getattr(given, name):
            rows.append(Origin(name, "given"))
        elif value is not None and value.quote:
            rows.append(Origin(name, "text" if value.start is not None else "margin", value.quote))
        else:
            rows.append(Origin(name, "nowhere"))
        if name == "region":
            rows.append(Origin("level", "given" if given.level else "derived" if meta.level else "nowhere"))
            rows.append(Origin("aliases", "derived" if meta.aliases else "nowhere"))
    return tuple(rows)


def _of_access(found: Proposed, given: Overrides, kind: FileKind) -> tuple[str, ...]:
    read = found.access
    if given.access and _STRICTNESS[given.access] < _STRICTNESS[read.value]:
        mark = read.quote or "no mark"
        return (f"the text bears {mark!r}, the label given is {given.access!r}: make sure that it may be shown",)
    if not given.access and read.value == "public" and kind in ("scan", "image"):
        return (f"the mark {read.quote!r} was recognised from a picture: make sure that no 不 was overlooked",)
    return ()


def _warnings(document: PolicyDocument, raw: str, held: Sequence[Metadata]) -> tuple[str, ...]:
    meta, account = document.meta, check_document(document, raw)
    out = list(document.warnings)
    if account.unaccounted or account.outside_tree:
        out.append(
            f"{account.unaccounted} characters are lost by layout repair and {account.outside_tree} stand outside the "
            "tree: compare the tree with the file"
        )
    if meta.title is None:
        out.append("the text states no title: citations will name region and genre")
    for other in held:
        same_title = meta.title is not None and other.title is not None and fold(meta.title) == fold(other.title)
        if same_title and other.region == meta.region or meta.number is not None and meta.number == other.number:
            out.append(
                f"{other.id!r} has the same title or number: compare them with `dudao corpus diff {other.id} FILE`"
            )
    return tuple(out)
