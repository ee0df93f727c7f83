"""Learning the late-interaction head (index/late.py) from questions whose gold sentences are known.

Two losses are summed: among all sentences in scope those that hold a nugget of the gold score highest (InfoNCE, van
den Oord et al. 2018), and the best sentence of a document says whether the document rules on the question (logistic
loss), so that questions that no document rules on are learned from too. The projection starts from the principal
axes of the sentences' token states.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from index.late import LateHead

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

DIM = 128
_AXES = 384  # principal axes that are learned on; the rest of a state is noise at this number of questions
STEPS, _BATCH, _SHARE = 10_000, 32, 0.08  # share: of the sentences that a step sees beside the gold ones
_TEMPERATURE, _DROPPED, _RIDGE = 0.05, 0.1, 1e-3
_RATES = (2e-3, 1e-2, 5e-2)  # of the projection, of the weights of words, of scale and shift


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
    weight, bias = torch.zeros(axes, requires_grad=True), torch.tensor(0.5, requires_grad=True)
    odds = torch.tensor([10.0, -6.0], requires_grad=True)
    optimiser = torch.optim.Adam([{"params": [projection]}, {"params": [weight, bias]}, {"params": [odds]}])
    for step in range(steps):
        for group, rate in zip(optimiser.param_groups, _RATES, strict=True):
            group["lr"] = rate * min(1.0, (step + 1) / 20) * max(0.02, 1 - step / steps)
        drawn = rng.choice(len(examples), min(_BATCH, len(examples)), replace=False)
        batch = [examples[i] for i in drawn]
        seen = _seen(rng, batch, len(space.lengths))
        scores = _scores([queries[i] for i in drawn], space, seen, projection, weight, bias)
        loss = _loss(scores, batch, seen, sentences.document, odds) + _RIDGE * (weight**2).sum()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    learned = weight.detach().numpy() * _SHARPNESS
    return LateHead(
        mean=space.mean.astype(np.float32),
        projection=np.asarray(projection.detach().numpy() @ space.axes, np.float32),
        weight=np.asarray(learned @ space.axes, np.float32),
        bias=float(bias.detach()) - float(learned @ space.axes @ space.mean),
        scale=float(odds[0].detach()),
        shift=float(odds[1].detach()),
        model=model,
    )


_SHARPNESS = 10.0  # lets the weights of words move as fast as the projection


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
    weight: torch.Tensor,
    bias: torch.Tensor,
) -> torch.Tensor:
    """Scores of shape (questions, sentences seen)."""
    lengths = space.lengths[seen]
    rows = np.concatenate([np.arange(a, a + n) for a, n in zip(space.starts[seen], lengths, strict=True)])
    tokens = functional.normalize(space.rows[torch.from_numpy(rows)] @ projection.T, dim=-1)
    joined = torch.cat(list(queries))
    asked = functional.normalize(joined @ projection.T, dim=-1)
    shares = functional.softplus(joined @ weight * _SHARPNESS + bias)
    shares = shares * (torch.rand_like(shares) > _DROPPED)
    matches = asked @ tokens.T
    # the nearest tokens are picked from the one product: gathering their vectors takes three times as long
    cosines = matches.gather(1, _nearest(matches.detach(), lengths))
    spread = torch.zeros(len(queries), len(joined))
    owner = torch.repeat_interleave(torch.arange(len(queries)), torch.tensor([len(q) for q in queries]))
    spread[owner, torch.arange(len(joined))] = shares
    return (spread / spread.sum(1, keepdim=True).clamp_min(1e-6)) @ cosines


def _nearest(matches: torch.Tensor, lengths: Ints) -> torch.Tensor:
    """The row of the token of each sentence that is nearest to each token asked; shape (tokens asked, sentences)."""
    out, at = [], 0
    for length in lengths.tolist():
        out.append(matches[:, at : at + length].argmax(1) + at)
        at += length
    return torch.stack(out, 1)


def _loss(
    scores: torch.Tensor, batch: Sequence[LateExample], seen: Ints, document: Ints, odds: torch.Tensor
) -> torch.Tensor:
    place = {int(row): column for column, row in enumerate(seen)}
    documents = document[seen]
    choices, logits, labels = [], [], []
    for row, example in zip(scores, batch, strict=True):
        gold = [place[int(i)] for i in example.gold]
        near = [place[int(i)] for i in example.near if int(i) in place]
        usable = np.isin(documents, [d for d, _ in example.documents])
        usable[near] = False
        usable[gold] = True
        if gold:
            within = row[torch.from_numpy(usable)] / _TEMPERATURE
            choices.append(torch.logsumexp(within, 0) - torch.logsumexp(row[gold] / _TEMPERATURE, 0))
        for number, rules in example.documents:
            columns = [c for c in gold if documents[c] == number] if rules else np.flatnonzero(documents == number)
            if len(columns):
                logits.append(odds[0] * row[torch.as_tensor(columns)].max() + odds[1])
                labels.append(float(rules))
    total = torch.stack(choices).mean() if choices else torch.zeros(())
    if logits:
        total = total + functional.binary_cross_entropy_with_logits(torch.stack(logits), torch.tensor(labels))
    return total
