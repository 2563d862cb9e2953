"""A round: disjoint neighbourhoods, solved one by one or side by side, merged in their order.

All neighbourhoods of a round are chosen, and all random numbers drawn, before the first is solved.
Each is a model of its own and its solution a pure function of that model; so where it was solved,
and how many others were being solved meanwhile, makes no difference to the result.
"""

from __future__ import annotations

from asyncio import CancelledError
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.grouping import Seating
from vermegroup.language.messages import _
from vermegroup.solver.assignment.neighbourhood import Neighbourhood
from vermegroup.solver.cpsat import (
    Answer,
    Status,
    noted,
    packed,
    settings_for,
    solve,
    solve_packed,
)
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search


@dataclass(frozen=True, slots=True)
class Destroyed:
    """Some groups of a draft, largest first, and the ``people`` (m,) who may sit in them.

    ``before`` is how the groups are seated now.
    """

    groups: list[int]
    people: IntArray
    before: Seating
    model: Neighbourhood


def solve_each(
    tasks: Iterable[Destroyed], total: int, search: Search, effort: float
) -> Iterator[tuple[Destroyed, Answer]]:
    """Each task with its answer, in the order of the tasks; those the limit came before are left.

    Tasks are built as they are asked for; ``total`` is how many there will be.
    """
    with search.workshop.round(total) as executor:
        if executor is None:
            answered = _here(tasks, search, effort)
        else:
            answered = _elsewhere(tasks, search, effort, executor)
        for count, (task, answer) in enumerate(answered, 1):
            search.listener.done(count, total, search.left())
            yield task, answer


def _here(
    tasks: Iterable[Destroyed], search: Search, effort: float
) -> Iterator[tuple[Destroyed, Answer]]:
    for task in tasks:
        if search.expired():
            return
        yield task, solve(task.model.cp, search, effort=effort)


def _elsewhere(
    tasks: Iterable[Destroyed], search: Search, effort: float, executor: Executor
) -> Iterator[tuple[Destroyed, Answer]]:
    waiting: deque[tuple[Destroyed, Future[Answer]]] = deque()
    for task in tasks:
        if search.expired():
            break
        waiting.append((task, _sent(task, search, effort, executor)))
        if len(waiting) > search.workshop.ahead:
            first, future = waiting.popleft()
            yield first, _received(first, future, search, effort)
    for task, future in waiting:
        yield task, _received(task, future, search, effort)


def _sent(task: Destroyed, search: Search, effort: float, executor: Executor) -> Future[Answer]:
    settings = settings_for(search, search.limits.seed % 2**31, effort)
    model = packed(task.model.cp)
    try:
        return executor.submit(solve_packed, model, settings)
    except Exception as lost:  # as of an executor that has lost its workers, or a closed cluster
        future: Future[Answer] = Future()
        future.set_exception(lost)
        return future


def _received(task: Destroyed, future: Future[Answer], search: Search, effort: float) -> Answer:
    try:
        while not wait([future], timeout=PARAMS.search.poll).done:
            if search.expired():
                future.cancel()
                return Answer(Status.UNKNOWN)
        answer = future.result()
    except (Exception, CancelledError) as lost:
        # A worker was lost, or its cluster. What it would have found is found here as well.
        if isinstance(lost, BrokenExecutor):
            search.workshop.give_up()
        return solve(task.model.cp, search, effort=effort)
    if not _is_one(answer, task):
        raise InputError([_GARBLED])
    return noted(answer, search)


def _is_one(answer: object, task: Destroyed) -> bool:
    """Whether a worker answered at all: what comes back from elsewhere may be anything."""
    if not isinstance(answer, Answer) or not isinstance(answer.status, Status):
        return False
    values = answer.values
    if answer.status in (Status.INFEASIBLE, Status.UNKNOWN):
        return values is None
    shape = (len(task.model.cp.proto.variables),)
    return isinstance(values, np.ndarray) and values.dtype == np.int64 and values.shape == shape


_GARBLED = Finding(
    Severity.ERROR,
    _("A worker of the cluster sent something that is no answer"),
    column="--executor",
    hint=_("All workers need the same version of vermegroup and OR-Tools as this machine"),
)
