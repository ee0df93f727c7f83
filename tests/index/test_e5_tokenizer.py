import pytest
from tokenizers import Tokenizer

from index.e5_tokenizer import build_tokenizer, exceptions_to_nfkc, kept_unchanged
from index.q4file import parse_q4
from tests.index.q4_maker import make_q4_file

VOCABULARY = parse_q4(make_q4_file()).vocabulary


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return build_tokenizer(VOCABULARY)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("约谈", ["▁", "约谈"]),
        ("a b", ["▁a", "▁", "b"]),
        ("a \u3000 \u200b b", ["▁a", "▁", "b"]),
        ("约\x01谈", ["▁", "约谈"]),
        ("a\n", ["▁a"]),
        ("1～２", ["▁", "1", "～", "2"]),
        ("督?学", ["▁", "督", "<unk>", "学"]),
        ("", []),
    ],
)
def test_text_is_normalised_and_cut_to_pieces(tokenizer: Tokenizer, text: str, pieces: list[str]) -> None:
    encoding = tokenizer.encode(text)
    known = [p if p in VOCABULARY.pieces else "<unk>" for p in encoding.tokens]
    assert known == ["<s>", *pieces, "</s>"]
    assert encoding.ids[0] == VOCABULARY.bos and encoding.ids[-1] == VOCABULARY.eos


def test_only_what_differs_from_nfkc_is_an_exception() -> None:
    assert exceptions_to_nfkc(VOCABULARY.replacements) == {"": [0x01], " ": [0x0A, 0x200B]}
    assert kept_unchanged(VOCABULARY) == [ord("，"), ord("～")]
