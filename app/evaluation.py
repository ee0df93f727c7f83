"""What the page asks of evaluation: runs, reports and new questions; and a fake of it for tests and screenshots.

`app` never imports `eval`: whoever puts the application together hands in what keeps to this Protocol.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

State = Literal["running", "finished", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose; `size`: how many questions it holds, None for what holds none."""

    key: str
    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What a run may be made of, and what a new question may be; the first of each is the usual one."""

    sets: tuple[Choice, ...]
    splits: tuple[Choice, ...]
    configs: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    langs: tuple[Choice, ...]
    styles: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """A run to be made, by keys of `Choices`."""

    sets: tuple[str, ...]
    split: str
    config: str


@dataclass(frozen=True, slots=True)
class RunInfo:
    """A run that was begun.

    at: local time it was begun, ISO 8601. sets, split, config: names as shown. total: questions, 0 until they are
    counted. correct: share without fault, in [0, 1], None before the end. failure: which sentence of the page says
    why it failed, empty where it did not.
    """

    name: str
    at: str
    sets: str
    split: str
    config: str
    state: State
    done: int
    total: int
    correct: float | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A clause offered as gold."""

    measure_id: str
    document: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A question being written: the fields of a question file, and `file`, the name of the set it goes to."""

    file: str
    question: str
    kind: str
    lang: str
    style: str
    group: str = ""
    history: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()
    ok: tuple[str, ...] = ()
    nuggets: tuple[tuple[str, ...], ...] = ()
    anti: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not done: the key of the page's sentence, and what it is about."""

    key: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A question that was appended to a set, by its id."""

    id: str
    file: str


class Evaluation(Protocol):
    """Evaluation as the page sees it. Names are in `language`; nothing here waits for a run."""

    def choices(self, language: str) -> Choices:
        """Return what may be chosen."""

    def runs(self, language: str) -> tuple[RunInfo, ...]:
        """Return the runs that were begun, the newest first."""

    def start(self, order: Order) -> Refusal | None:
        """Begin a run; one at a time."""

    def resume(self, name: str) -> Refusal | None:
        """Go on with a run that was stopped."""

    def cancel(self) -> None:
        """Stop the run in progress, where there is one; what was asked is kept."""

    def report(self, name: str, against: str, language: str) -> str | Refusal:
        """Return the report of a finished run as an HTML page, compared with the run `against` unless that is empty."""

    def search(self, question: str, history: Sequence[str]) -> tuple[Found, ...] | Refusal:
        """Return the clauses nearest to a question."""

    def clause(self, measure_id: str) -> Found | None:
        """Return the clause of an id."""

    def check(self, draft: Draft) -> tuple[Refusal, ...]:
        """Return everything that is wrong with a draft."""

    def keep(self, draft: Draft) -> Kept | tuple[Refusal, ...]:
        """Append a draft to its set, unless something is wrong with it."""


@dataclass(slots=True)
class FakeEvaluation:
    """One set, two configurations, and runs that stand still until they are told to go on."""

    made: list[RunInfo] = field(default_factory=list)
    kept: list[Draft] = field(default_factory=list)
    clauses: Mapping[str, Found] = field(default_factory=dict)

    def choices(self, language: str) -> Choices:
        """See `Evaluation.choices`."""
        configs = (Choice("dudao", "本系统"), Choice("bm25-only", "只按字面检索（BM25）"))
        return Choices(
            (Choice("staff", "区县督导办", 199),),
            (Choice("all", "全部"), Choice("dev", "调整用")),
            configs,
            (Choice("who", "谁负责"), Choice("not_ruled", "未作规定")),
            (Choice("zh-Hans", "简体"), Choice("en", "英文")),
            (Choice("formal", "书面"), Choice("typo", "错别字")),
        )

    def runs(self, language: str) -> tuple[RunInfo, ...]:
        """See `Evaluation.runs`."""
        return tuple(reversed(self.made))

    def start(self, order: Order) -> Refusal | None:
        """See `Evaluation.start`."""
        if not order.sets:
            return Refusal("eval_no_set")
        if any(run.state == "running" for run in self.made):
            return Refusal("eval_busy")
        name = f"run-{len(self.made) + 1}"
        at = f"2026-01-0{len(self.made) + 1}T09:00:00+08:00"
        config = next(choice.name for choice in self.choices("").configs if choice.key == order.config)
        self.made.append(RunInfo(name, at, "区县督导办", "全部", config, "running", 60, 199))
        return None

    def resume(self, name: str) -> Refusal | None:
        """See `Evaluation.resume`."""
        return self._become(name, "stopped", "running", 60)

    def cancel(self) -> None:
        """See `Evaluation.cancel`."""
        for run in self.made:
            self._become(run.name, "running", "stopped", run.done)

    def finish(self) -> None:
        """Bring the run in progress to its end."""
        for run in self.made:
            self._become(run.name, "running", "finished", run.total, 0.89)

    def _become(
        self, name: str, before: State, after: State, done: int, correct: float | None = None
    ) -> Refusal | None:
        for n, run in enumerate(self.made):
            if (run.name, run.state) == (name, before):
                self.made[n] = RunInfo(
                    run.name, run.at, run.sets, run.split, run.config, after, done, run.total, correct
                )
                return None
        return Refusal("eval_no_run", name)

    def report(self, name: str, against: str, language: str) -> str | Refusal:
        """See `Evaluation.report`."""
        if name not in {run.name for run in self.made if run.state == "finished"}:
            return Refusal("eval_no_run", name)
        return f"<!doctype html><title>{name}</title><h1>{name}</h1><p>{against}</p>"

    def search(self, question: str, history: Sequence[str]) -> tuple[Found, ...] | Refusal:
        """See `Evaluation.search`."""
        return tuple(self.clauses.values()) if question.strip() else Refusal("failure_empty")

    def clause(self, measure_id: str) -> Found | None:
        """See `Evaluation.clause`."""
        return self.clauses.get(measure_id)

    def check(self, draft: Draft) -> tuple[Refusal, ...]:
        """See `Evaluation.check`."""
        texts = [self.clauses[i].text for i in draft.gold if i in self.clauses]
        missing = [w for w in draft.nuggets if not any(wording in text for wording in w for text in texts)]
        return tuple(Refusal("eval_rule_nugget_not_in_gold", " / ".join(w)) for w in missing)

    def keep(self, draft: Draft) -> Kept | tuple[Refusal, ...]:
        """See `Evaluation.keep`."""
        if found := self.check(draft):
            return found
        self.kept.append(draft)
        return Kept(f"q{len(self.kept):03d}", draft.file)
