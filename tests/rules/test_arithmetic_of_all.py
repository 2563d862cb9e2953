"""Every kind's arithmetic, held against all groupings of a few people that the oracle judges.

No solver has a part in it. What is told by counting must be true, and not idle: of each kind it is
now and then all that there is to tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain, combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from tests.oracle.answers import Answer, Oracle, Wish
from tests.oracle.chance import case_of_kind
from tests.oracle.judging import Refused, problem_from
from tests.oracle.meanings import Groups, Meaning, Members
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Total
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.rules.spread import Spread
from vermegroup.solver.goals import outside

SEEDS = range(60)
BOTH = (
    *("size", "different", "same", "include", "ratio", "not_alone", "together", "apart", "common"),
    *("spread", "balance", "distance", "strangers", "even_sizes"),
)
ALL = sorted({*BOTH, "pin", "resilient", "keep", "wishes", "place_everyone", "tier"})
every_rule = pytest.mark.parametrize("name", [*BOTH, "pin", "place_everyone", "resilient"])
every_wish = pytest.mark.parametrize(
    "name", [*BOTH, "resilient", "keep", "wishes", "place_everyone", "tier"]
)


@dataclass(frozen=True)
class Small:
    """A few people with all their groupings, and what a kind means among them."""

    problem: Problem
    oracle: Oracle
    kind: Kind
    means: Meaning | Wish

    @cached_property
    def groupings(self) -> list[Groups]:
        """Those of the sizes allowed, with people waiting or not; of a kind that knows of other
        rules those that keep them.
        """
        rules = self.oracle.book.rules if self.kind.kind == "resilient" else ()
        bare = self.oracle.with_book(
            rules=tuple(entry for entry in rules if entry[0] != "resilient")
        )
        return list(bare.groupings())

    @cached_property
    def plans(self) -> list[tuple[Plan, list[Groups]]]:
        """Plans without sizes and with them, each with the groupings that it speaks of."""
        found: list[tuple[Plan, list[Groups]]] = []
        for groups in range(1, len(self.problem.roster) + 1):
            some = [grouping for grouping in self.groupings if len(grouping) == groups]
            full = [
                grouping for grouping in some if sum(map(len, grouping)) == len(self.problem.roster)
            ]
            plan = self.problem.plan(groups)
            found += [(replace(plan, everyone=False), some), (replace(plan, everyone=True), full)]
            for sizes in sorted({_sizes(grouping) for grouping in full}):
                of_these = [grouping for grouping in full if _sizes(grouping) == sizes]
                found.append((replace(plan, everyone=True, sizes=sizes), of_these))
        return found

    @cached_property
    def anyone(self) -> list[Members]:
        """Every set of people."""
        people = range(len(self.problem.roster))
        return list(chain(*(combinations(people, size) for size in range(1, len(people) + 1))))

    def value(self, plan: Plan, groups: Groups) -> int:
        placed = replace(plan, placed=sum(map(len, groups)))
        return self.kind.value_of(self.problem.roster, placed, _seating(groups))

    def cost(self, plan: Plan, groups: Groups) -> int:
        return self.kind.sense.value * self.value(plan, groups)

    def keeps(self, groups: Groups) -> bool:
        """Whether a grouping keeps the rule."""
        assert isinstance(self.means, Meaning)
        if self.means.keeps_all is None:
            return all(map(self.means.keeps, groups))
        numbered = len(groups) >= self.oracle.highest_number
        return numbered and self.means.keeps_all(groups)


def _sizes(groups: Groups) -> tuple[int, ...]:
    return tuple(sorted(map(len, groups), reverse=True))


def _seating(groups: Sequence[Members]) -> Seating:
    people = np.array([person for group in groups for person in group], dtype=np.int64)
    group = np.repeat(np.arange(len(groups)), [len(members) for members in groups])
    return Seating(people, group, len(groups))


@lru_cache(maxsize=1_000)
def _read(name: str, seed: int) -> tuple[Problem, Oracle] | None:
    case = case_of_kind(name, seed)
    with TemporaryDirectory() as folder:
        try:
            return problem_from(case, Path(folder)), Answer(case).parts[""]
        except Refused:
            return None


def ruled(name: str) -> Iterator[Small]:
    """Small cases with a kind as a rule."""
    for problem, oracle in filter(None, (_read(name, seed) for seed in SEEDS)):
        for at, rule in enumerate(problem.rulebook.rules):
            if rule.kind == name and not rule.limits_size:
                yield Small(problem, oracle, rule, oracle.rules[at - 1])
            elif rule.kind == name:
                yield Small(problem, oracle, rule, _sized(oracle.book.smallest, rule))


def _sized(smallest: int, rule: Kind) -> Meaning:
    return Meaning(lambda group: smallest <= len(group) <= rule.largest)


def wished(name: str) -> Iterator[Small]:
    """Small cases with a kind as a preference."""
    for problem, oracle in filter(None, (_read(name, seed) for seed in SEEDS)):
        for kind, wish in zip(problem.rulebook.preferences, oracle.wishes, strict=True):
            if kind.kind == name:
                yield Small(problem, oracle, kind, wish)


@every_rule
def test_a_group_falls_short_where_it_does_not_do_as_the_words_say(name: str) -> None:
    for small in ruled(name):
        if small.means.keeps_all is not None:
            continue
        short = small.kind.shortfall(
            small.problem.roster, small.problem.plan(1), _seating(small.anyone)
        )
        for members, amount in zip(small.anyone, short.tolist(), strict=True):
            assert (amount == 0) == small.means.keeps(members), (small.kind, members)
            assert amount >= 0


@every_rule
def test_a_grouping_keeps_a_rule_about_all_groups_where_the_words_say_so(name: str) -> None:
    for small in ruled(name):
        roster, seated = (
            small.problem.roster,
            set(small.kind.named_groups(small.problem.roster)),
        )
        for groups in small.groupings if small.means.keeps_all is not None else ():
            seating = _seating(groups)
            plan = small.problem.plan(len(groups), placed=len(seating.people))
            kept = not small.kind.shortfall(roster, plan, seating).any()
            kept = kept and (name == "pin" or small.kind.overall(roster, plan, seating) is None)
            kept = kept and seated <= set(seating.people.tolist())
            assert kept == small.means.keeps_all(groups), (small.kind, groups)


@every_wish
def test_a_value_is_what_the_words_say(name: str) -> None:
    for small in wished(name):
        for plan, some in small.plans:
            for groups in some[:: max(1, len(some) // 15)]:
                value = small.kind.in_units(small.problem.roster, plan, small.value(plan, groups))
                assert value == small.means.value(groups), (small.kind, groups)


def exact_proofs(name: str) -> Counter[str]:
    """How often what is told by counting is all there is to tell; fails where it is not true."""
    counts: Counter[str] = Counter()
    for small in ruled(name):
        for plan, some in small.plans:
            if plan.sizes is None:
                _proofs(small, plan, some, counts)
    for small in wished(name):
        for plan, some in small.plans:
            if some:
                _bounds(small, plan, some, counts)
    return counts


def _proofs(small: Small, plan: Plan, some: Sequence[Groups], counts: Counter[str]) -> None:
    roster, kind = small.problem.roster, small.kind
    kept = [groups for groups in some if small.keeps(groups)]
    proof = kind.certificate(roster, plan)
    assert proof is None or not kept, (kind, plan, proof)
    counts["impossible"] += proof is not None
    margin, quota = kind.margin(roster, plan), kind.quota(roster)
    if kept and plan.everyone and margin is not None and margin.slack is not None:
        assert margin.slack >= 0, (kind, plan)
    if quota is not None:
        having = [sum(quota.who[list(group)].tolist()) for groups in kept for group in groups]
        assert min(having, default=quota.at_least) >= quota.at_least
    if kept and margin is not None and margin.reserve is not None:
        who = np.ones(len(roster), dtype=bool) if quota is None else quota.who
        away = max(int(who.sum() - who[list(chain(*groups))].sum()) for groups in kept)
        assert away < margin.reserve.absences, (kind, plan)
        counts["reserve"] += away == margin.reserve.absences - 1
    if cap := kind.cap():
        codes = roster.categories[cap.trait].codes
        assert all(
            np.bincount(codes[list(members)]).max() <= cap.at_most for members in chain(*kept)
        )
    for codes in kind.rivals(roster):
        for group in chain(*kept):
            known = [code for code in codes[list(group)].tolist() if code >= 0]
            assert len(set(known)) == len(known), (kind, group)


def _bounds(small: Small, plan: Plan, some: Sequence[Groups], counts: Counter[str]) -> None:
    kind, roster = small.kind, small.problem.roster
    costs = {groups: small.cost(plan, groups) for groups in some}
    bound = kind.bound(roster, plan)
    best, cost = min(costs.values()), bound * kind.sense.value
    assert cost <= best, (kind, plan)
    counts["bound"] += cost == best
    if kind.total is Total.SUM:
        assert max(map(abs, costs.values())) <= kind.reach(roster, plan)
    for value in {bound, *(found * kind.sense.value for found in costs.values())}:
        reached = {groups for groups, found in costs.items() if found == value * kind.sense.value}
        windows = kind.windows(roster, plan, value)
        if windows is not None:
            counts["windows"] += bool(reached)
            if kind.total is Total.WORST:
                reached = {groups for groups, found in costs.items() if found <= value}
            inside = {groups for groups in some if not outside(windows, _seating(groups)).any()}
            assert inside == reached, (kind, plan, value)
        if kind.is_rule_at(roster, plan, value):
            counts["rule"] += bool(reached)
            seatings = {groups: _seating(groups) for groups in some}
            kept = {
                g
                for g, seating in seatings.items()
                if not kind.shortfall(roster, plan, seating).any()
            }
            assert kept == reached, (kind, plan, value)
    if plan.sizes is not None and (spread := _spread_of(small)):
        _bound_in_layers(small, spread, plan, some, counts)
    for other in kind.others:
        _spared(small, other, plan, some, counts)


def _spread_of(small: Small) -> Spread | None:
    """The spread of the trait that a kind balances, if it is a number."""
    trait = getattr(small.kind, "trait", None)
    by_layers = small.kind.kind == "balance" and trait in small.problem.roster.numbers
    return Spread(trait) if by_layers else None


def _bound_in_layers(
    small: Small, spread: Spread, plan: Plan, some: Sequence[Groups], counts: Counter[str]
) -> None:
    roster = small.problem.roster
    most = spread.bound(roster, plan)
    layered = replace(plan, layered=frozenset({spread.trait}))
    costs = [
        small.cost(plan, groups)
        for groups in some
        if spread.value_of(roster, plan, _seating(groups)) == most
    ]
    bound = small.kind.bound(roster, layered)
    assert bound <= min(costs), (small.kind, layered)
    counts["bound in layers"] += bound == min(costs)


def _spared(
    small: Small, other: Kind, plan: Plan, some: Sequence[Groups], counts: Counter[str]
) -> None:
    """In how many groups the other rule holds whoever is absent."""

    def spared(groups: Groups) -> int:
        absent = _seating(groups).one_absent()
        broken = other.shortfall(small.problem.roster, plan, absent) > 0
        return len(groups) - len(set(_seating(groups).group[broken].tolist()))

    most = max(map(spared, some))
    assert most <= other.spared_at_most(small.problem.roster, plan), (other, plan)
    counts["spared"] += most == other.spared_at_most(small.problem.roster, plan)


# What is told of each kind in some of these cases, and is all that there is to tell.
TOLD = {
    "apart": {"bound", "impossible", "rule"},
    "balance": {"bound", "bound in layers", "windows"},
    "common": {"bound", "impossible"},
    "different": {"bound", "impossible", "rule"},
    "distance": {"bound", "impossible"},
    "even_sizes": {"bound", "rule", "windows"},
    "include": {"bound", "impossible", "reserve", "rule"},
    "keep": {"bound"},
    "not_alone": {"bound", "impossible", "rule"},
    "pin": {"impossible"},
    "place_everyone": {"bound", "windows"},
    "ratio": {"bound", "impossible", "rule"},
    "resilient": {"bound", "rule", "spared"},
    "same": {"bound", "impossible", "rule"},
    "size": {"bound", "impossible", "reserve", "windows"},
    "spread": {"bound", "impossible", "windows"},
    "strangers": {"bound", "impossible", "rule"},
    "tier": {"bound", "spared", "windows"},
    "together": {"bound", "impossible", "rule"},
    "wishes": {"bound"},
}


@pytest.mark.parametrize("name", ALL)
def test_what_is_told_by_counting_is_true_and_not_idle(name: str) -> None:
    assert {sort for sort, often in exact_proofs(name).items() if often} == TOLD[name]
