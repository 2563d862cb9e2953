"""People, rules and goals put into the model of a neighbourhood, its symmetry broken.

Groups of one size that differ in nothing else are interchangeable, so such people can be given
their groups beforehand. It cost nothing and made proofs on 50 to 64 people some hundred times
faster; ordering groups by weighted sums, the textbook way, made them slower.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.plan import Plan, Window
from vermegroup.domain.problem import Problem, must_be_seated
from vermegroup.solver.assignment.neighbourhood import Neighbourhood
from vermegroup.solver.goals import Goal


def seeds(
    windows: Sequence[Window], people: IntArray, sizes: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yields (position in ``people``, group) pairs that can be demanded without loss.

    ``sizes`` are the sizes of the groups, which must be interchangeable but for them.
    """
    for size in sorted(set(sizes), reverse=True):
        apart = _largest_apart(windows, people, size, set(sizes))
        groups = [group for group, group_size in enumerate(sizes) if group_size == size]
        if apart is not None and len(apart) <= len(groups):
            yield from zip(apart.tolist(), groups, strict=False)


def _largest_apart(
    windows: Sequence[Window], people: IntArray, size: int, sizes: set[int]
) -> IntArray | None:
    """The most people of whom each group of this size has at most one, and others none."""
    best: IntArray | None = None
    for mask, most in _bands(windows, people, sizes):
        if most[size] == 1 and all(most[other] == 0 for other in sizes - {size}):
            apart = np.flatnonzero(mask)
            if best is None or len(apart) > len(best):
                best = apart
    return best


def _bands(
    windows: Sequence[Window], people: IntArray, sizes: set[int]
) -> Iterator[tuple[BoolArray, dict[int, int]]]:
    """Sets of people with the most that a group of each size can have of them.

    These are the windows that count people, and the differences of two where one is nested in
    the other: at most high - low are in the outer and not in the inner.
    """
    counting = [w for w in windows if bool(np.isin(w.weights, (0, 1)).all())]
    masks = [window.weights[people] == 1 for window in counting]
    for index, (outer, mask) in enumerate(zip(counting, masks, strict=True)):
        yield mask, {size: outer.high.get(size, 0) for size in sizes}
        for inner, inner_mask in zip(counting[:index], masks[:index], strict=True):
            if not bool((inner_mask & ~mask).any()):
                most = {s: outer.high.get(s, 0) - inner.low.get(s, 0) for s in sizes}
                yield mask & ~inner_mask, most


def model_of(
    problem: Problem,
    plan: Plan,
    people: IntArray,
    groups: int,
    sizes: Sequence[int] | None,
    goals: Sequence[tuple[Goal, int]],
) -> Neighbourhood:
    """The model of ``people`` (m,) in ``groups`` groups, with all rules and with goals to keep.

    ``sizes`` must be in descending order. With each goal comes what the groups here must reach
    together; only goals that are not local look at it.
    """
    seated = np.isin(people, must_be_seated(problem))
    model = Neighbourhood(people, groups, plan, sizes, everyone=plan.everyone, seated=seated)
    model.order_sizes()
    for rule in problem.rulebook.rules:
        for group in range(groups):
            rule.require(problem.roster, plan, model, group)
    for goal, floor in goals:
        goal.enforce(model, floor)
    if sizes is not None:
        windows = [window for goal, _ in goals for window in goal.windows or ()]
        for person, group in seeds(windows, people, sizes):
            model.seat(person, group)
    return model
