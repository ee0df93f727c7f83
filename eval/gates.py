"""Gates: named sets of bounds that a run's summary must keep, from gates.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.errors import InputError

GATES_FILE = Path(__file__).parent / "gates.toml"


class _Bound(BaseModel):
    """The border check of a bound in gates.toml."""

    model_config = ConfigDict(extra="forbid")

    min: float | None = None
    max: float | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """What a figure must keep to; `figure` is a key of summary.json, `counts.…` for one of its totals."""

    figure: str
    min: float | None
    max: float | None

    def __str__(self) -> str:
        low = f" >= {self.min:g}" if self.min is not None else ""
        high = f" <= {self.max:g}" if self.max is not None else ""
        return f"{self.figure}{low}{high}"


def load_gate(name: str, path: Path = GATES_FILE) -> tuple[Bound, ...]:
    """Read the gate `name`.

    :raises InputError: the file does not read, or has no such gate.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        gates = TypeAdapter(dict[str, dict[str, _Bound]]).validate_python(table)
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise InputError(f"the gates file {path.name} does not read: {error}") from error
    if name not in gates:
        raise InputError(f"no gate {name!r} in {path.name}: it has {', '.join(gates) or 'none'}")
    return tuple(Bound(figure, bound.min, bound.max) for figure, bound in gates[name].items())


def missed(summary: Mapping[str, Any], gate: tuple[Bound, ...]) -> tuple[str, ...]:
    """Return one sentence for every bound that the summary does not keep; a figure without a value keeps none.

    :raises InputError: a bound names a figure that no summary has.
    """
    return tuple(sentence for bound in gate if (sentence := _missed(summary, bound)))


def _missed(summary: Mapping[str, Any], bound: Bound) -> str | None:
    section, _, key = bound.figure.rpartition(".")
    try:
        found = (summary[section] if section else summary)[key]
    except KeyError as error:
        raise InputError(f"the gate names {bound.figure!r}, which no summary has") from error
    if found is None:
        return f"{bound}: nothing to count"
    if (bound.min is not None and found < bound.min) or (bound.max is not None and found > bound.max):
        return f"{bound}: it is {found:.4g}"
    return None
