"""Where chains begin: at the grouping that was formed, and at those of other seeds like it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from vermegroup.domain.design import Among, DrawRequest, Sizes
from vermegroup.domain.grouping import Grouping
from vermegroup.domain.outcome import Outcome
from vermegroup.domain.problem import Problem
from vermegroup.evidence.standards import Standard, meets
from vermegroup.judge.auditor import keeps_rules
from vermegroup.solver.search import Limits
from vermegroup.solver.solution import promised

Form = Callable[[Problem, Limits], Outcome]
"""What forms groups of a roster that nothing splits."""
_FURTHER = 3
_LEAST_EFFORT = 0.25


def starts_like(
    problem: Problem,
    formed: Grouping,
    standards: Sequence[Standard],
    asked: DrawRequest,
    limits: Limits,
    form: Form,
) -> tuple[Grouping, ...]:
    """The grouping itself first, and what other seeds come to, as far as it qualifies.

    Each has the same number of groups, of the same sizes where these are fixed, and the same people
    waiting, keeps all rules and meets the standards. What was left of the effort is shared out; a
    search that has none left has this one start.
    """
    if formed.groups < 2:
        return (formed,)
    aim = _with_count(problem, formed.groups)
    if asked.among is Among.VALID:
        aim = aim.bare()
    found = [formed]
    for grouping in _formed_otherwise(aim, limits, form):
        alike = _is_alike(problem, grouping, formed, asked.sizes)
        if alike and keeps_rules(problem, grouping) and meets(problem, grouping, standards):
            found.append(grouping)
    return tuple(found)


def _formed_otherwise(aim: Problem, limits: Limits, form: Form) -> Iterator[Grouping]:
    """The groupings of other seeds, which follow from the run's own.

    All of them together take no more effort than was made so far, or a little.
    """
    worked = limits.effort - limits.left()
    effort = min(limits.left(), max(worked, _FURTHER * _LEAST_EFFORT)) / _FURTHER
    for seed in np.random.SeedSequence(limits.seed).generate_state(_FURTHER).tolist():
        if effort < _LEAST_EFFORT or limits.stop.is_set():
            return
        own = replace(limits.only(effort), seed=seed // 2)
        grouping = form(aim, own).grouping
        if grouping is not None:
            yield grouping


def _with_count(problem: Problem, groups: int) -> Problem:
    book = problem.rulebook
    spec = replace(book.groups, fewest=groups, most=groups)
    return replace(problem, rulebook=replace(book, groups=spec))


def _is_alike(problem: Problem, one: Grouping, other: Grouping, sizes: Sizes) -> bool:
    if one.groups != other.groups or one.waitlist().tolist() != other.waitlist().tolist():
        return False
    return sizes is Sizes.VARYING or _sizes(problem, one) == _sizes(problem, other)


def _sizes(problem: Problem, grouping: Grouping) -> tuple[list[int], list[int]]:
    """The groups' sizes, and those of the groups of everybody who has one of a certain name."""
    sizes = grouping.seating().sizes()
    bound = [int(sizes[grouping.group_of[person]]) for person in promised(problem)]
    return sorted(sizes.tolist()), bound
