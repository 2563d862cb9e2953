"""Distances of means: exact, in order and told apart, whatever the sizes; in models too."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from vermegroup.domain.grouping import Seating
from vermegroup.domain.plan import Plan
from vermegroup.rules.arithmetic.means import Means, furthest, means_of
from vermegroup.solver.assignment.neighbourhood import Neighbourhood
from vermegroup.solver.cpsat import Status, solve
from vermegroup.solver.search import Limits, Search

PLANS = [Plan(2, 2, 3), Plan(2, 3, 5), Plan(3, 10, 32), Plan(3, 10, 43), Plan(2, 2, 10_000)]


def group_of(chance: random.Random, weights: list[int]) -> list[int]:
    return chance.sample(weights, chance.randint(1, len(weights)))


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("reach", [1, 40, 10**6, 10**12])
def test_distances_keep_the_order_of_means_and_tell_them(plan: Plan, reach: int) -> None:
    chance = random.Random(f"{plan} {reach}")
    for people in (2, 7, 60, 400):
        weights = [chance.randint(-reach, reach) for _ in range(people)]
        means = means_of(people, sum(weights), plan)
        groups = [group_of(chance, weights) for _ in range(30)]
        totals = np.array([sum(group) for group in groups], dtype=np.int64)
        sizes = np.array([len(group) for group in groups])
        exact = [abs(Fraction(sum(group), len(group)) * people - sum(weights)) for group in groups]
        found = means.distances(means.off(totals, sizes), sizes).tolist()
        assert [means.quotient(distance) for distance in found] == exact
        assert found == [means.distance(sum(group), len(group)) for group in groups]
        order = sorted(range(30), key=lambda at: exact[at])
        assert [found[at] for at in order] == sorted(found)
        for limit in (Fraction(0), exact[0], exact[1] + Fraction(1, 10**9), Fraction(-1)):
            past = means.past(means.off(totals, sizes), sizes, limit).tolist()
            assert [amount > 0 for amount in past] == [distance > limit for distance in exact]
            assert min(past) >= 0


@pytest.mark.parametrize("plan", PLANS)
def test_windows_hold_just_where_a_distance_is_not_passed(plan: Plan) -> None:
    chance = random.Random(str(plan))
    weights = [chance.randint(-(10**9), 10**9) for _ in range(60)]
    means = means_of(60, sum(weights), plan)
    for size in (plan.smallest, plan.smallest + 1, min(60, plan.largest)):
        group = chance.sample(weights, size)
        distance = means.distance(sum(group), size)
        for limit in (distance - 1, distance, distance + 1, 2 * distance):
            window = means.window(np.array(weights), limit)
            within = window.low[size] <= sum(group) <= window.high[size]
            assert within == (distance <= limit)


@pytest.mark.parametrize(("low", "high"), [(2, 4), (3, 5), (2, 7), (4, 4), (2, 10_000)])
@pytest.mark.parametrize("reach", [3, 10**4, 10**9, 10**12])
def test_a_model_tells_the_distance(low: int, high: int, reach: int) -> None:
    chance = random.Random(f"{low} {high} {reach}")
    weights = np.array([chance.randint(-reach, reach) for _ in range(24)])
    means = Means(24, int(weights.sum()), low, high)
    for _ in range(6):
        people = np.array(chance.sample(range(24), chance.randint(low, min(high, 6))))
        distance = means.distance(int(weights[people].sum()), len(people))
        assert modelled(means, weights, people) == distance


def modelled(means: Means, weights: np.ndarray, people: np.ndarray) -> int:
    plan = Plan(1, means.smallest, means.largest)
    model = Neighbourhood(people, 1, plan, None, everyone=True)
    model.minimise(furthest(model, 0, [(means, weights[people])]))
    answer = solve(model.cp, Search(Limits()), effort=5)
    assert answer.status is Status.OPTIMAL
    assert answer.objective is not None
    return answer.objective


@pytest.mark.parametrize(
    ("smallest", "largest", "reach"), [(2, 7, 10**12), (2, 10_000, 10**12), (6, 7, 10**11)]
)
def test_a_model_without_room_tells_less_than_the_distance_and_keeps_the_order(
    smallest: int, largest: int, reach: int
) -> None:
    chance = random.Random(largest)
    weights = np.array([chance.randint(-reach, reach) for _ in range(9_000)])
    means = Means(9_000, int(weights.sum()), smallest, largest)
    plan = Plan(2, smallest, largest)
    for _ in range(6):
        people = np.array(chance.sample(range(9_000), 12))
        found = []
        for group in range(2):
            model = Neighbourhood(people, 2, plan, None, everyone=True)
            for place in range(12):
                model.seat(place, place % 2)
            model.minimise(furthest(model, group, [(means, weights[people])]))
            answer = solve(model.cp, Search(Limits()), effort=5)
            assert answer.status is Status.OPTIMAL
            distance = means.distance(int(weights[people[group::2]].sum()), 6)
            found.append((distance, answer.objective or 0))
        assert all(0 < value < distance for distance, value in found)
        assert [value for _, value in sorted(found)] == sorted(value for _, value in found)


def test_a_rule_on_means_is_kept_in_the_model_where_the_check_says_so() -> None:
    chance = random.Random(3)
    weights = np.array([chance.randint(-(10**12), 10**12) for _ in range(30)])
    plan = Plan(1, 2, 40)
    means = means_of(30, int(weights.sum()), plan)
    answers = set()
    for _ in range(20):
        people = np.array(chance.sample(range(30), chance.randint(2, 8)))
        seating = Seating(people, np.zeros(len(people), dtype=np.int64), 1)
        off = means.off(seating.total(weights), seating.sizes())
        exact = Fraction(int(off[0]), len(people))
        for limit in (exact, exact - Fraction(1, 10**6), Fraction(30 * 10**12, 4)):
            model = Neighbourhood(people, 1, plan, None, everyone=True)
            means.require(model, 0, weights[people], limit)
            kept = solve(model.cp, Search(Limits()), effort=5).status is not Status.INFEASIBLE
            assert kept == (exact <= limit) == (not means.past(off, seating.sizes(), limit)[0])
            answers.add(kept)
    assert answers == {True, False}
