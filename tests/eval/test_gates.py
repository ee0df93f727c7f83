from pathlib import Path

import pytest

from corpus.errors import InputError
from eval.gates import Bound, load_gate, missed
from eval.summary import summarise
from tests.eval.fakes import row

SUMMARY = {"hit@5": 0.9, "latency_p50_ms": 20.0, "anti_rate": None, "counts": {"leaks": 1}}


@pytest.mark.parametrize(
    ("bound", "sentence"),
    [
        (Bound("hit@5", 0.9, None), None),
        (Bound("hit@5", 0.95, None), "hit@5 >= 0.95: it is 0.9"),
        (Bound("latency_p50_ms", None, 10), "latency_p50_ms <= 10: it is 20"),
        (Bound("counts.leaks", None, 0), "counts.leaks <= 0: it is 1"),
        (Bound("anti_rate", None, 0), "anti_rate <= 0: nothing to count"),
    ],
)
def test_a_bound_that_is_not_kept_says_so(bound: Bound, sentence: str | None) -> None:
    assert missed(SUMMARY, (bound,)) == ((sentence,) if sentence else ())


def test_an_unknown_figure_is_refused() -> None:
    with pytest.raises(InputError, match="'hit@7', which no summary has"):
        missed(SUMMARY, (Bound("hit@7", 1, None),))


def test_the_committed_gates_name_figures_that_exist() -> None:
    for name in ("dev", "exact"):
        missed(summarise([row()]), load_gate(name))


def test_an_unknown_gate_and_a_torn_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gate 'prod'"):
        load_gate("prod")
    path = tmp_path / "gates.toml"
    for text in ("[dev", '[dev]\n"hit@5" = { least = 1 }', '[dev]\n"hit@5" = 0.9'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="does not read"):
            load_gate("dev", path)
