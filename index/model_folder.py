"""An ordinary sentence-transformers folder, written from a parsed model file without loading torch.

The layout is the one that every version of sentence-transformers reads: `modules.json` naming the encoder,
mean pooling and normalisation; the encoder as a `transformers` BERT with `model.safetensors` and
`tokenizer.json`.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from index.e5_tokenizer import build_tokenizer
from index.q4file import ModelShape, Q4File, Vocabulary, read_tensor

WEIGHTS = "model.safetensors"
# "document" stands beside "passage" because encode_document looks for it first.
PROMPTS = {"query": "query: ", "passage": "passage: ", "document": "passage: "}

# File name of a layer's part -> its name in a transformers BERT, and whether rows and columns are hidden or
# ffn wide.
LAYER_MATRICES = {
    "q": ("attention.self.query", "hh"),
    "k": ("attention.self.key", "hh"),
    "v": ("attention.self.value", "hh"),
    "ao": ("attention.output.dense", "hh"),
    "fi": ("intermediate.dense", "fh"),
    "fo": ("output.dense", "hf"),
}
LAYER_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def write_model_folder(file: Q4File, folder: Path) -> None:
    """Write the whole folder; the same file gives the same bytes.

    Weights are stored as float16, half the size of float32, and loaded as float32; the rounding is far
    below that of the four-bit weights.

    :raises ModelError: a tensor is missing or has another size.
    """
    tensors = {name: weights.astype(np.float16) for name, weights in named_tensors(file)}
    save_file(tensors, folder / WEIGHTS, metadata={"format": "pt"})
    (folder / WEIGHTS).chmod(0o644)
    build_tokenizer(file.vocabulary).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in json_files(file.shape, file.vocabulary).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def named_tensors(file: Q4File) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Yield every tensor of the encoder under its name in a transformers BERT.

    The pooler, which the file lacks and mean pooling never reads, is zero, so that loading misses nothing.
    """
    shape = file.shape
    width = {"h": shape.hidden, "f": shape.ffn}
    embeddings = {"word": shape.vocab, "pos": shape.positions, "type": shape.types}
    long_names = {"word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings"}
    for short, rows in embeddings.items():
        yield (
            f"embeddings.{long_names[short]}.weight",
            read_tensor(file, f"emb.{short}", (rows, shape.hidden)),
        )
    yield from _weight_and_bias(file, "emb.ln", "embeddings.LayerNorm", (shape.hidden,))
    for layer in range(shape.layers):
        to = f"encoder.layer.{layer}"
        for short, (name, sides) in LAYER_MATRICES.items():
            size = (width[sides[0]], width[sides[1]])
            yield from _weight_and_bias(file, f"l{layer}.{short}", f"{to}.{name}", size)
        for short, name in LAYER_NORMS.items():
            yield from _weight_and_bias(file, f"l{layer}.{short}", f"{to}.{name}", (shape.hidden,))
    yield "pooler.dense.weight", np.zeros((shape.hidden, shape.hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(shape.hidden, np.float32)


def _weight_and_bias(
    file: Q4File, short: str, name: str, size: tuple[int, ...]
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """A matrix of `size` (or a norm's vector) and the vector that is as long as its rows are many."""
    yield f"{name}.weight", read_tensor(file, f"{short}.w", size)
    yield f"{name}.bias", read_tensor(file, f"{short}.b", size[:1])


def json_files(shape: ModelShape, vocabulary: Vocabulary) -> dict[str, object]:
    """Map each JSON file of the folder to its content."""
    parts = [
        ("", "sentence_transformers.models.Transformer"),
        ("1_Pooling", "sentence_transformers.models.Pooling"),
        ("2_Normalize", "sentence_transformers.models.Normalize"),
    ]
    return {
        "config.json": _encoder_config(shape, vocabulary),
        "tokenizer_config.json": _tokenizer_config(shape, vocabulary),
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": kind} for i, (path, kind) in enumerate(parts)
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "2_Normalize/config.json": {},
    }


def _encoder_config(shape: ModelShape, vocabulary: Vocabulary) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.ffn,
        "hidden_act": "gelu",
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "vocab_size": shape.vocab,
        "layer_norm_eps": shape.eps,
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
        "pad_token_id": vocabulary.pad,
        "bos_token_id": vocabulary.bos,
        "eos_token_id": vocabulary.eos,
    }


def _tokenizer_config(shape: ModelShape, vocabulary: Vocabulary) -> dict[str, object]:
    pieces = vocabulary.pieces
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": shape.positions,
        "model_input_names": ["input_ids", "attention_mask"],
        "clean_up_tokenization_spaces": False,
        "bos_token": pieces[vocabulary.bos],
        "cls_token": pieces[vocabulary.bos],
        "eos_token": pieces[vocabulary.eos],
        "sep_token": pieces[vocabulary.eos],
        "pad_token": pieces[vocabulary.pad],
        "unk_token": pieces[vocabulary.unk],
    }
