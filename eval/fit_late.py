"""Learning the late-interaction head (index/late.py) from questions whose gold sentences are known.

Two losses are summed: among all sentences in scope those that hold a nugget of the gold come first in order (InfoNCE,
van den Oord et al. 2018), and the sentence of a document that most likely rules says whether the document rules on the
question (logistic loss), so that questions that no document rules on are learned from too. The projection starts from
the principal axes of the sentences' token states.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from index.late import STEEPNESS, TEMPERATURE, LateHead

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

DIM = 128
_AXES = 384  # principal axes that are learned on; the rest of a state is noise at this number of questions
STEPS, _BATCH, _SHARE = 12_000, 32, 0.08  # share: of the sentences that a step sees beside the gold ones
_DROPPED, _RIDGE = 0.1, 1e-3
_RATES = (2e-3, 1e-2, 5e-2)  # of the projection, of what is read of words, of scale and shift
# of `index.late.READINGS`: what learning begins at, and what lets it move as fast as the projection
_BEGIN, _SHARPNESS = (0.5, 0.5, -2.0, 0.6), (10.0, 10.0, 10.0, 1.0)


@dataclass(frozen=True, slots=True)
class LateExample:
    """states: of the question's tokens, shape (tokens, width). gold: rows of the sentences that answer.

    near: rows of other sentences of gold measures and of measures that may be cited; neither right nor wrong.
    documents: rows of the documents in scope, each with whether it rules on the question; those in doubt left out.
    """

    states: Floats
    gold: Ints
    near: Ints
    documents: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class LateSentences:
    """states: of each sentence's tokens. document: row of the document of each sentence, shape (sentences,)."""

    states: Sequence[Floats]
    document: Ints


class _Space:
    """Sentence states in the space of their principal axes."""

    def __init__(self, sentences: LateSentences) -> None:
        joined = np.concatenate(list(sentences.states))
        self.mean = joined.mean(axis=0)
        _, vectors = np.linalg.eigh(np.cov(joined, rowvar=False))
        self.axes = np.ascontiguousarray(vectors[:, ::-1][:, :_AXES].T.astype(np.float32))
        self.rows = torch.from_numpy(self.into(joined))
        self.lengths = np.array([len(s) for s in sentences.states])
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])

    def into(self, states: Floats) -> Floats:
        return np.asarray((states - self.mean) @ self.axes.T, np.float32)


def fit_late(
    sentences: LateSentences, examples: Sequence[LateExample], model: str, seed: int = 0, steps: int = STEPS
) -> LateHead:
    """Return the head learned from `examples`. model: fingerprint of the model that the states are of."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    space = _Space(sentences)
    queries = [torch.from_numpy(space.into(e.states)) for e in examples]
    axes = len(space.axes)
    projection = torch.eye(axes)[: min(DIM, axes)].clone().requires_grad_()
    readings, biases = torch.zeros(len(_BEGIN), axes, requires_grad=True), torch.tensor(_BEGIN, requires_grad=True)
    odds = torch.tensor([10.0, -6.0], requires_grad=True)
    optimiser = torch.optim.Adam([{"params": [projection]}, {"params": [readings, biases]}, {"params": [odds]}])
    for step in range(steps):
        for group, rate in zip(optimiser.param_groups, _RATES, strict=True):
            group["lr"] = rate * min(1.0, (step + 1) / 20) * max(0.02, 1 - step / steps)
        drawn = rng.choice(len(examples), min(_BATCH, len(examples)), replace=False)
        batch = [examples[i] for i in drawn]
        seen = _seen(rng, batch, len(space.lengths))
        order, rules = _scores([queries[i] for i in drawn], space, seen, projection, readings, biases, odds)
        loss = _loss(order, rules, batch, seen, sentences.document) + _RIDGE * (readings**2).sum()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    learned = readings.detach().numpy() * np.array(_SHARPNESS)[:, None] @ space.axes
    return LateHead(
        mean=space.mean.astype(np.float32),
        projection=np.asarray(projection.detach().numpy() @ space.axes, np.float32),
        readings=np.asarray(learned, np.float32),
        biases=np.asarray(biases.detach().numpy() - learned @ space.mean, np.float32),
        scale=float(odds[0].detach()),
        shift=float(odds[1].detach()),
        model=model,
    )


def _seen(rng: np.random.Generator, batch: Sequence[LateExample], count: int) -> Ints:
    """The sentences of one step: a random share of all, and every gold one."""
    keep = rng.random(count) < _SHARE
    for example in batch:
        keep[example.gold] = True
    return np.flatnonzero(keep)


def _scores(
    queries: Sequence[torch.Tensor],
    space: _Space,
    seen: Ints,
    projection: torch.Tensor,
    readings: torch.Tensor,
    biases: torch.Tensor,
    odds: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Order and log-odds of ruling (index/late.py), each of shape (questions, sentences seen)."""
    lengths = space.lengths[seen]
    rows = np.concatenate([np.arange(a, a + n) for a, n in zip(space.starts[seen], lengths, strict=True)])
    tokens = functional.normalize(space.rows[torch.from_numpy(rows)] @ projection.T, dim=-1)
    joined = torch.cat(list(queries))
    asked = functional.normalize(joined @ projection.T, dim=-1)
    matches = asked @ tokens.T
    # the nearest tokens are picked from the one product: gathering their vectors takes three times as long
    cosines = matches.gather(1, _nearest(matches.detach(), lengths))
    share, ruling, price, bar = (joined @ readings.T * torch.tensor(_SHARPNESS) + biases).T
    kept = torch.rand(len(joined)) > _DROPPED
    owner = torch.repeat_interleave(torch.arange(len(queries)), torch.tensor([len(q) for q in queries]))
    missed = torch.sigmoid(STEEPNESS * (bar[:, None] - cosines))
    cost = _per_question(functional.softplus(price) * kept, owner, len(queries)) @ missed
    means = [
        weight / weight.sum(1, keepdim=True).clamp_min(1e-6) @ cosines
        for weight in (_per_question(functional.softplus(raw) * kept, owner, len(queries)) for raw in (share, ruling))
    ]
    return means[0] / TEMPERATURE, odds[0] * means[1] + odds[1] - cost


def _per_question(values: torch.Tensor, owner: torch.Tensor, count: int) -> torch.Tensor:
    """Values of tokens, each in the row of the question that owns it; shape (count, tokens)."""
    out = torch.zeros(count, len(values))
    out[owner, torch.arange(len(values))] = values
    return out


def _nearest(matches: torch.Tensor, lengths: Ints) -> torch.Tensor:
    """The row of the token of each sentence that is nearest to each token asked; shape (tokens asked, sentences)."""
    out, at = [], 0
    for length in lengths.tolist():
        out.append(matches[:, at : at + length].argmax(1) + at)
        at += length
    return torch.stack(out, 1)


def _loss(
    order: torch.Tensor, rules: torch.Tensor, batch: Sequence[LateExample], seen: Ints, document: Ints
) -> torch.Tensor:
    place = {int(row): column for column, row in enumerate(seen)}
    documents = document[seen]
    choices, logits, labels = [], [], []
    for near_row, rules_row, example in zip(order, rules, batch, strict=True):
        gold = [place[int(i)] for i in example.gold]
        near = [place[int(i)] for i in example.near if int(i) in place]
        usable = np.isin(documents, [d for d, _ in example.documents])
        usable[near] = False
        usable[gold] = True
        if gold:
            within = near_row[torch.from_numpy(usable)]
            choices.append(torch.logsumexp(within, 0) - torch.logsumexp(near_row[gold], 0))
        for number, ruling in example.documents:
            columns = [c for c in gold if documents[c] == number] if ruling else np.flatnonzero(documents == number)
            if len(columns):
                logits.append(rules_row[torch.as_tensor(columns)].max())
                labels.append(float(ruling))
    total = torch.stack(choices).mean() if choices else torch.zeros(())
    if logits:
        total = total + functional.binary_cross_entropy_with_logits(torch.stack(logits), torch.tensor(labels))
    return total
