"""The tokenizer of multilingual-e5-small, rebuilt from the vocabulary that the model file carries.

SentencePiece unigram pieces with `nmt_nfkc` normalisation (Kudo, SentencePiece, 2018) become a `tokenizers`
pipeline: normalise, put a marker before every word, find the most probable pieces, wrap in `<s> … </s>`.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from tokenizers import AddedToken, Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from index.q4file import Vocabulary

# A private-use character that stands in for a code point which must pass NFKC unchanged.
STAND_IN = 0xF800


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """Return the tokenizer; truncation and padding are left to whoever loads it."""
    pieces = vocabulary.pieces
    tokenizer = Tokenizer(
        Unigram(list(zip(pieces, vocabulary.scores, strict=True)), unk_id=vocabulary.unk, byte_fallback=False)
    )
    tokenizer.normalizer = build_normalizer(vocabulary)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = pieces[vocabulary.bos], pieces[vocabulary.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    special = [pieces[i] for i in (vocabulary.bos, vocabulary.pad, vocabulary.eos, vocabulary.unk)]
    tokenizer.add_special_tokens([AddedToken(token, normalized=False, special=True) for token in special])
    return tokenizer


def build_normalizer(vocabulary: Vocabulary) -> normalizers.Sequence:
    """NFKC with the exceptions that the file's table makes, then single spaces and none at the end.

    The table is one of code points; NFKC also composes sequences, as the model's own training did.
    """
    kept = kept_unchanged(vocabulary)
    stand_ins = {code: chr(STAND_IN + i) for i, code in enumerate(kept)}
    steps: list[normalizers.Normalizer] = [
        normalizers.Replace(Regex(character_class(codes)), text)
        for text, codes in sorted(exceptions_to_nfkc(vocabulary.replacements).items())
    ]
    steps += [normalizers.Replace(chr(code), stand_in) for code, stand_in in stand_ins.items()]
    steps.append(normalizers.NFKC())
    steps += [normalizers.Replace(stand_in, chr(code)) for code, stand_in in stand_ins.items()]
    steps += [normalizers.Replace(Regex(" {2,}"), " "), normalizers.Strip(left=False, right=True)]
    return normalizers.Sequence(steps)


def exceptions_to_nfkc(replacements: Mapping[int, str]) -> dict[str, list[int]]:
    """Group, by what stands for them, the code points for which the table says something else than NFKC.

    These are control characters, which vanish, and line ends and invisible separators, which become a space.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for code, text in sorted(replacements.items()):
        if unicodedata.normalize("NFKC", chr(code)) != text:
            groups[text].append(code)
    return dict(groups)


def kept_unchanged(vocabulary: Vocabulary) -> list[int]:
    """List the code points that the vocabulary knows and NFKC would change against the table (～, U+FF5E)."""
    single = sorted(ord(piece) for piece in vocabulary.pieces if len(piece) == 1)
    return [
        code
        for code in single
        if code not in vocabulary.replacements and unicodedata.normalize("NFKC", chr(code)) != chr(code)
    ]


def character_class(codes: Iterable[int]) -> str:
    """Write a regular expression that matches any one of `codes`."""
    return "[" + "".join(f"\\x{{{code:X}}}" for code in codes) + "]"
