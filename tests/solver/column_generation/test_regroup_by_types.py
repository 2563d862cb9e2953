"""Regrouping by types where the types are no help, or their plan finds not enough people.

Held against trying everything, which is told in ``trying_all``.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from tests.builders import oracle_of, problem_from
from tests.solver.column_generation.test_regroup import BOOKS, random_case
from tests.solver.column_generation.trying_all import best_rank
from tests.solver.tuning import tuned
from vermegroup.domain.bonds import Policy
from vermegroup.solver.column_generation import fragment_types, realise, regroup
from vermegroup.solver.column_generation.fragments import fragments_of
from vermegroup.solver.column_generation.realise import Realised
from vermegroup.solver.column_generation.regroup import _mended, _untouched, regroup_by_types
from vermegroup.solver.column_generation.task import Ask, Regrouped, sizes_that_fit
from vermegroup.solver.search import Limits, Search

NOBODY = np.empty(0, dtype=np.int64)


class Case:
    """Some people in groups that need not be valid, and the best that trying everything finds."""

    def __init__(self, number: int, book: str, policy: Policy) -> None:
        self.roster, self.before = roster, before = random_case(number)
        problem, oracle = problem_from(roster, BOOKS[book]), oracle_of(roster, BOOKS[book])
        everybody = np.arange(len(roster))
        (sizes,) = sizes_that_fit(problem, len(everybody))
        fragments = fragments_of(np.array(before), max(1, sizes.stop - 1), NOBODY)
        self.ask = Ask(problem, everybody, fragments, policy, sizes)
        self.valid = set(oracle.groups())
        whole = policy is Policy.MERGE
        self.best = best_rank(oracle, self.before, whole=whole)

    def check(self, found: Regrouped) -> None:
        """Every group is valid, none of those that stay whole is torn, and no claim is too bold."""
        groups = [np.flatnonzero(found.group_of == group) for group in range(found.groups)]
        assert all(tuple(group.tolist()) in self.valid for group in groups)
        if self.ask.policy is Policy.MERGE:
            for fragment in self.ask.fragments.members():
                assert len(set(found.group_of[fragment].tolist())) == 1
        assert found.rank() >= self.best
        assert not found.proven or found.rank() == self.best
        assert found.waiting_bound <= self.best[0]
        assert found.waiting > self.best[0] or found.broken_bound <= self.best[1]


def cases(policy: Policy, many: int = 12) -> Iterator[Case]:
    yield from (Case(number, book, policy) for number in range(many) for book in BOOKS)


def fragments(case: Case, people: np.ndarray) -> int:
    return len(set(case.ask.fragments.fragment_of[people].tolist()))


@pytest.mark.parametrize("policy", Policy)
def test_without_types_what_can_stay_stays_and_the_others_are_settled(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few fragments at a time: where all of them are few, nothing better can be found at all."""
    monkeypatch.setattr(fragment_types, "PARAMS", tuned(columns={"most_types": -1}))
    at_once = 0
    for case in cases(policy):
        stays = _untouched(case.ask)
        assert all(
            tuple(sorted(group[group >= 0].tolist())) in case.valid for group in stays.groups
        )
        found = regroup_by_types(case.ask, Search(Limits(60)))
        case.check(found)
        assert not found.proven
        if 0 < fragments(case, stays.open) <= 3 and len(stays.groups) <= 5:
            at_once += 1
            assert found.rank() == case.best
    assert at_once >= 5


@pytest.mark.parametrize("policy", Policy)
def test_whoever_finds_no_place_in_the_plan_is_settled(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One try at filling each pattern, so that many fail."""
    hasty = tuned(columns={"filled": 1, "ejections": 0, "realise_tries": 1, "fresh": 0.0})
    for module in (realise, regroup):
        monkeypatch.setattr(module, "PARAMS", hasty)
    opened: list[int] = []
    seated: list[int] = []
    mended = regroup._mended

    def watched(ask: Ask, realised: Realised, search: Search) -> list[np.ndarray]:
        groups = mended(ask, realised, search)
        opened.append(len(realised.open))
        seated.append(sum(map(len, groups)) - int((realised.groups >= 0).sum()))
        return groups

    monkeypatch.setattr(regroup, "_mended", watched)
    for case in cases(policy, 30 if policy is Policy.MERGE else 12):
        case.check(regroup_by_types(case.ask, Search(Limits(60))))
    assert sum(many > 0 for many in opened) >= 5
    assert sum(many > 0 for many in seated) >= 3


@pytest.mark.parametrize("policy", Policy)
def test_a_whole_plan_that_is_torn_up_is_mended_to_the_best(policy: Policy) -> None:
    """With everybody open and few fragments, mending is the exact model of all of them."""
    exact = 0
    for case in cases(policy):
        everybody = np.arange(len(case.roster))
        if fragments(case, everybody) > 3:
            continue
        exact += 1
        nothing = Realised(np.full((0, case.ask.sizes[-1]), -1), everybody)
        groups = _mended(case.ask, nothing, Search(Limits(60)))
        assert sum(map(len, groups)) == len(everybody) - case.best[0]
        assert all(tuple(sorted(group.tolist())) in case.valid for group in groups)
    assert exact >= 5


@pytest.mark.parametrize("policy", Policy)
def test_once_time_is_up_what_can_stay_stays_and_the_others_wait(policy: Policy) -> None:
    for case in cases(policy):
        found = regroup_by_types(case.ask, Search(Limits(0.0)))
        case.check(found)
        assert not found.proven
        assert found.waiting == len(_untouched(case.ask).open)
