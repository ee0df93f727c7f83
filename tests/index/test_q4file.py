import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ModelError
from index.q4file import parse_q4, read_tensor, unpack_blocks
from tests.index.q4_maker import HIDDEN, PIECES, REPLACEMENTS, VOCAB, make_q4_file, pack_blocks

DATA = make_q4_file()


def test_a_block_holds_weight_j_low_and_weight_j_plus_16_high() -> None:
    nibbles = bytes([0x08 | (0x0F << 4)]) + bytes([0x88] * 15)
    weights = unpack_blocks(np.float16(0.5).tobytes() + nibbles)
    assert weights.shape == (32,)
    assert (weights[0], weights[16]) == (0.0, 3.5)
    assert not weights[1:16].any() and not weights[17:].any()


@given(st.lists(st.floats(-2, 2, width=16), min_size=32, max_size=32))
def test_unpacked_weights_are_within_half_a_step(values: list[float]) -> None:
    weights = np.array(values, np.float32)
    step = float(np.abs(weights).max()) / 7 or 1.0
    assert np.abs(unpack_blocks(pack_blocks(weights)) - weights).max() <= 0.51 * step + 1e-6


def test_shape_and_vocabulary_are_read() -> None:
    file = parse_q4(DATA)
    assert (file.shape.hidden, file.shape.layers, file.shape.vocab) == (HIDDEN, 1, VOCAB)
    assert file.vocabulary.pieces == PIECES
    assert file.vocabulary.replacements == REPLACEMENTS
    assert (file.vocabulary.bos, file.vocabulary.pad, file.vocabulary.unk) == (0, 1, 3)
    assert read_tensor(file, "emb.word", (VOCAB, HIDDEN)).dtype == np.float32


def test_any_cut_is_an_error_of_its_own_kind() -> None:
    for size in range(0, len(DATA), 97):
        with pytest.raises(ModelError):
            file = parse_q4(DATA[:size])
            for name, entry in file.entries.items():
                read_tensor(file, name, (entry.elements,))


@pytest.mark.parametrize(
    ("at", "value", "words"),
    [(0, b"GGUF", "begins with"), (4, struct.pack("<I", 9), "version 9"), (40, b"\x10", "blocks of 16")],
)
def test_another_format_is_refused(at: int, value: bytes, words: str) -> None:
    with pytest.raises(ModelError, match=words):
        parse_q4(DATA[:at] + value + DATA[at + len(value) :])


def test_a_missing_or_misshapen_tensor_is_named() -> None:
    file = parse_q4(DATA)
    with pytest.raises(ModelError, match="l9.q.w"):
        read_tensor(file, "l9.q.w", (1,))
    with pytest.raises(ModelError, match="emb.pos"):
        read_tensor(file, "emb.pos", (3, 3))
