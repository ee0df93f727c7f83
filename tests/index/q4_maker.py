"""A tiny model file in the format of `index.q4file`, with random weights that are the same on every run."""

import struct
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.q4file import BLOCK

HIDDEN, LAYERS, HEADS, FFN, POSITIONS, TYPES = 32, 1, 2, 64, 16, 2
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "约谈", "约", "谈", "督", "学", "～", "1", "2", "a", "b", "▁a", "，")
SCORES = (0.0, 0.0, 0.0, 0.0, -2.0, -3.0, -6.0, -6.0, -5.0, -5.0, -7.0, -4.0, -4.0, -4.0, -4.5, -3.5, -4.0)
VOCAB = 18
# A control character vanishes, a line end becomes a space, a full-width digit is what NFKC makes of it.
REPLACEMENTS = {0x01: "", 0x0A: " ", 0x200B: " ", 0x3000: " ", 0xFF11: "1"}


def make_q4_file() -> bytes:
    """Return a whole file; its directory names every tensor of a BERT of one layer."""
    tensors = list(_tensors(np.random.default_rng(7)))
    head = b"E5S1" + struct.pack("<I", 1)
    head += struct.pack("<7ifi", HIDDEN, LAYERS, HEADS, FFN, VOCAB, POSITIONS, TYPES, 1e-12, BLOCK)
    head += _vocabulary() + _replacements() + struct.pack("<i", len(tensors))
    at = len(head) + sum(2 + len(name) + 1 + 4 + 8 + 8 for name, *_ in tensors)
    body = b""
    for name, dtype, elements, raw in tensors:
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", dtype, elements, at + len(body), len(raw))
        body += raw
    return head + body


def pack_blocks(weights: NDArray[np.float32]) -> bytes:
    """Quantise rows of 32 weights to four-bit blocks, the way the format says."""
    packed = b""
    for row in weights.reshape(-1, BLOCK):
        scale = np.float16(np.abs(row).max() / 7 or 1)
        nibbles = np.clip(np.round(row / np.float32(scale)) + 8, 0, 15).astype(np.uint8)
        packed += scale.tobytes() + (nibbles[:16] | (nibbles[16:] << 4)).astype(np.uint8).tobytes()
    return packed


def _vocabulary() -> bytes:
    blob = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, blob)]).astype("<u4")
    ids = struct.pack("<5i", len(PIECES), 0, 2, 1, 3)
    whole = b"".join(blob)
    return ids + struct.pack("<Q", len(whole)) + offsets.tobytes() + np.array(SCORES, "<f4").tobytes() + whole


def _replacements() -> bytes:
    table = b"".join(
        struct.pack(f"<IB{len(text)}I", code, len(text), *map(ord, text)) for code, text in REPLACEMENTS.items()
    )
    return struct.pack("<iI", len(REPLACEMENTS), len(table)) + table


def _tensors(random: np.random.Generator) -> Iterable[tuple[str, int, int, bytes]]:
    def full(name: str, *size: int) -> tuple[str, int, int, bytes]:
        values = random.normal(1.0 if name.endswith("ln.w") else 0.0, 0.1, size).astype("<f4")
        return name, 0, values.size, values.tobytes()

    def four_bit(name: str, *size: int) -> tuple[str, int, int, bytes]:
        values = random.normal(0.0, 0.2, size).astype(np.float32)
        return name, 1, values.size, pack_blocks(values)

    yield four_bit("emb.word", VOCAB, HIDDEN)
    yield full("emb.pos", POSITIONS, HIDDEN)
    yield full("emb.type", TYPES, HIDDEN)
    yield full("emb.ln.w", HIDDEN)
    yield full("emb.ln.b", HIDDEN)
    sides = {"q": (32, 32), "k": (32, 32), "v": (32, 32), "ao": (32, 32), "fi": (64, 32), "fo": (32, 64)}
    for name, size in sides.items():
        yield four_bit(f"l0.{name}.w", *size)
        yield full(f"l0.{name}.b", size[0])
    for name in ("aln", "oln"):
        yield full(f"l0.{name}.w", HIDDEN)
        yield full(f"l0.{name}.b", HIDDEN)
