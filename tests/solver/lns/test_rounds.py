"""Rounds of neighbourhoods: the result does not depend on where they are solved, or on losses."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Event

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from tests.solver.tuning import tuned
from vermegroup.domain.findings import InputError
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.domain.problem import Problem
from vermegroup.judge.auditor import audit
from vermegroup.language.messages import Message
from vermegroup.solver import search as executing
from vermegroup.solver import strategy
from vermegroup.solver.cpsat import Answer, Status
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

RULES = """
rules: [different: municipality, place_everyone]
preferences: [different: subject, resilient: 1]
"""


def people(count: int = 240) -> Problem:
    """People of few subjects, so that a deal repeats some in most groups."""
    chance = random.Random(1)
    return problem_from(
        [
            Person(f"Town {chance.randrange(60)}", chance.randrange(30), chance.choice("aaabbcd"))
            for _ in range(count)
        ],
        RULES,
    )


@pytest.fixture(autouse=True, scope="module")
def _without_exchanges() -> Iterator[None]:
    """Exchanges leave nothing for neighbourhoods to do on this roster."""
    with pytest.MonkeyPatch.context() as patch:
        none = {"exchange_effort": 0.0, "exchange_each": 0.0}
        patch.setattr(strategy, "PARAMS", tuned(strategy=none))
        yield


class Refusing(Executor):
    """An executor whose workers are lost: some before they start, and some at work."""

    def __init__(self) -> None:
        self.asked = 0

    def submit(self, fn: Callable[..., object], /, *args: object, **kwargs: object) -> Future:
        self.asked += 1
        lost = BrokenProcessPool("a worker was lost")
        if self.asked % 5 == 0:
            raise ConnectionError("the cluster is gone")
        if self.asked % 3 == 0:
            raise lost
        future: Future = Future()
        future.set_exception(lost) if self.asked % 3 == 1 else future.set_result(fn(*args))
        return future


@pytest.fixture(scope="module")
def alone() -> Outcome:
    outcome = form(people(), Limits(seconds=300))
    assert outcome.deterministic
    assert outcome.grouping is not None
    return outcome


def same(one: Outcome, other: Outcome) -> bool:
    assert one.grouping is not None
    assert other.grouping is not None
    return np.array_equal(one.grouping.group_of, other.grouping.group_of)


def test_an_executor_of_the_callers_own_changes_nothing(alone: Outcome) -> None:
    with ThreadPoolExecutor(2) as executor:
        assert same(form(people(), Limits(seconds=300, executor=executor)), alone)


def test_processes_change_nothing(alone: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executing, "PARAMS", tuned(search={"pool_round": 2}))
    assert same(form(people(), Limits(seconds=300, workers=2)), alone)


def test_lost_workers_change_nothing(alone: Outcome) -> None:
    executor = Refusing()
    assert same(form(people(), Limits(seconds=300, executor=executor)), alone)
    assert executor.asked > 5


class Garbled(Executor):
    """An executor whose workers send something else than what they were asked for."""

    def __init__(self, sent: object) -> None:
        self.sent = sent

    def submit(self, fn: Callable[..., object], /, *args: object, **kwargs: object) -> Future:
        future: Future = Future()
        future.set_result(self.sent)
        return future


@pytest.mark.parametrize(
    "sent",
    [
        *(None, "no answer", [1, 2], Answer("optimal"), Answer(Status.OPTIMAL)),
        *(Answer(Status.OPTIMAL, np.zeros(3, dtype=np.int64)), Answer(Status.FEASIBLE, [1, 2])),
        *(Answer(Status.OPTIMAL, np.array(["x"])), Answer(Status.UNKNOWN, np.zeros(3))),
    ],
    ids=repr,
)
def test_what_is_no_answer_is_the_clusters_fault(sent: object) -> None:
    with pytest.raises(InputError, match="no answer") as refused:
        form(people(), Limits(seconds=300, executor=Garbled(sent)))
    assert refused.value.findings[0].column == "--executor"


def test_a_search_asked_to_stop_before_it_begins_ends_at_once() -> None:
    stop = Event()
    stop.set()
    outcome = form(people(), Limits(seconds=300, stop=stop))
    assert not outcome.deterministic
    assert outcome.verdict in (Verdict.FORMED, Verdict.UNDECIDED)


class Impatient:
    """A listener who asks for an end once a preference is being improved."""

    def __init__(self) -> None:
        self.stop = Event()
        self.gaps: list[float] = []

    def trying(self, groups: int) -> None:
        pass

    def stage(self, name: str, left: float) -> None:
        pass

    def pursuing(self, preference: Message, gap: float) -> None:
        self.gaps.append(gap)

    def done(self, count: int, total: int, left: float) -> None:
        if self.gaps:
            self.stop.set()


def test_a_search_that_is_stopped_has_the_best_plan_so_far(alone: Outcome) -> None:
    listener = Impatient()
    outcome = form(people(), Limits(seconds=300, stop=listener.stop), listener)
    assert (outcome.verdict, outcome.deterministic) == (Verdict.FORMED, False)
    assert outcome.grouping is not None
    assert audit(outcome.problem, outcome.grouping).valid
    assert all(gap > 0 for gap in listener.gaps)
    first, best = outcome.preferences[1], alone.preferences[1]
    assert first.value >= best.value
    assert first.bound == best.bound
