"""Bounds on balance beside the same argument in plain Python, and shares beside plain counting."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import roster_of
from vermegroup.domain.grouping import Seating
from vermegroup.domain.plan import Plan
from vermegroup.domain.roster import Roster
from vermegroup.rules.balance import Balance
from vermegroup.rules.balance_shares import BalanceOfShares

SIZES = [(3, 3), (2, 2, 2), (4, 3), (3, 2, 2), (3, 3, 3, 3), (4, 4, 4), (5, 5, 4, 4), (6, 6)]


def of_years(years: list[int]) -> Roster:
    return roster_of([Person("Town", year, "Subject") for year in years])


def fair(years: list[int]) -> Fraction:
    return Fraction(sum(years), len(years))


def off(years: list[int], size: int, total: Fraction | int) -> Fraction:
    return abs(Fraction(total, size) - fair(years))


def by_rounding(years: list[int], sizes: tuple[int, ...]) -> Fraction:
    """Totals are whole: of one size some group is above its share and some below."""
    found = []
    for size in set(sizes):
        share = fair(years) * size
        ends = [off(years, size, floor(share)), off(years, size, ceil(share))]
        found.append(max(ends) if len(set(sizes)) == 1 else min(ends))
    return max(found)


def by_extremes(years: list[int], sizes: tuple[int, ...]) -> Iterator[Fraction]:
    """Whoever is highest sits with the lowest at best, and the other way round."""
    if len(set(sizes)) == 1:
        rising, size = sorted(years), sizes[0]
        high, low = rising[-1] + sum(rising[: size - 1]), rising[0] + sum(rising[1 - size :])
        if Fraction(high, size) > fair(years):
            yield off(years, size, high)
        if Fraction(low, size) < fair(years):
            yield off(years, size, low)


def by_layers(years: list[int], sizes: tuple[int, ...]) -> Iterator[Fraction]:
    """The j lowest of a layer with the j highest of all others, and the other way round."""
    seats = sorted(
        ((size - 1 - 2 * seat, size) for size in sizes for seat in range(size)), reverse=True
    )
    falling = sorted(years, reverse=True)
    layers: dict[int, list[int]] = {}
    for (weight, _), number in zip(seats, falling, strict=True):
        layers.setdefault(weight, []).append(number)
    for size in set(sizes):
        group = [layers[size - 1 - 2 * seat] for seat in range(size)]
        for anchor in range(size):
            others = [layer for place, layer in enumerate(group) if place != anchor]
            for j in range(1, sizes.count(size) + 1):
                most = sum(group[anchor][-j:]) + sum(sum(layer[:j]) for layer in others)
                least = sum(group[anchor][:j]) + sum(sum(layer[-j:]) for layer in others)
                if Fraction(most // j, size) < fair(years):
                    yield off(years, size, most // j)
                if Fraction(-(-least // j), size) > fair(years):
                    yield off(years, size, -(-least // j))


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("layered", [False, True])
def test_the_bound_is_the_best_of_its_arguments(sizes: tuple[int, ...], layered: bool) -> None:
    chance = random.Random(f"{sizes} {layered}")
    rounded = set()
    for _ in range(40):
        least, most = chance.choice((0, 7)), chance.choice((1, 5, 60))
        years = [least + chance.choice((0, chance.randint(0, most))) for _ in range(sum(sizes))]
        roster = of_years(years)
        traits = frozenset({"years"}) if layered else frozenset()
        plan = Plan(len(sizes), min(sizes), max(sizes), sizes=sizes, layered=traits)
        kind = Balance("years")
        forced = (by_layers if layered else by_extremes)(years, sizes)
        expected = max([by_rounding(years, sizes), *forced])
        assert kind.in_units(roster, plan, kind.bound(roster, plan)) == expected
        rounded.add(expected == by_rounding(years, sizes))
        assert kind.bound(roster, Plan(len(sizes), 2, 9)) == 0
    assert rounded == {True, False} or (len(set(sizes)) > 1 and not layered)


def shares(people: list[Person], many: bool) -> list[set[str]]:
    return [set(person.hours) if many else {person.subject} for person in people]


def furthest(people: list[Person], group: list[int], many: bool) -> Fraction:
    """How far a value's share in a group is from its share among all, in percentage points."""
    held = shares(people, many)
    return 100 * max(
        abs(
            Fraction(sum(value in held[p] for p in group), len(group))
            - Fraction(sum(value in values for values in held), len(people))
        )
        for value in set.union(*held)
    )


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("seed", range(25))
def test_shares_are_as_far_off_as_plain_counting_says(many: bool, seed: int) -> None:
    chance = random.Random(f"{many} {seed}")
    count = chance.randint(2, 14)
    people = [
        Person(
            "Town",
            0,
            f"S{chance.randrange(5)}",
            tuple(chance.sample("abcde", chance.randint(1, 3))),
        )
        for _ in range(count)
    ]
    roster, plan = roster_of(people), Plan(2, 2, 6)
    order = chance.sample(range(count), count)
    cut = chance.randint(1, count - 1)
    groups = [order[:cut], order[cut:]]
    seating = Seating(np.array(order), np.repeat([0, 1], [cut, count - cut]), 2)
    kind = BalanceOfShares("hours" if many else "subject", many=many)
    exact = [furthest(people, group, many) for group in groups]
    found = kind.measure(roster, plan, seating).tolist()
    assert [kind.in_units(roster, plan, value) for value in found] == exact
    for limit in (exact[0], exact[0] - Fraction(1, 1000), Fraction(0), Fraction(100)):
        rule = BalanceOfShares(kind.trait, limit, many)
        broken = (rule.shortfall(roster, plan, seating) > 0).tolist()
        assert broken == [distance > limit for distance in exact]


@pytest.mark.parametrize(
    ("counts", "sizes", "expected"),
    [
        ((2, 4), (3, 3), Fraction(0)),
        ((3, 3), (3, 3), Fraction(50, 3)),  # one of three, two of three: 1/6 from a half
        ((1, 5), (3, 3), Fraction(50, 3)),
        ((3, 4), (4, 3), Fraction(200, 21)),  # 2 of 4 and 1 of 3 beside 3/7: 2/21 at best
        ((3, 4), None, Fraction(0)),
    ],
)
def test_the_bound_on_shares(counts, sizes, expected) -> None:
    people = [
        Person("T", 0, f"S{number}") for number, many in enumerate(counts) for _ in range(many)
    ]
    kind, roster = BalanceOfShares("subject"), roster_of(people)
    plan = Plan(2, 3, 4, sizes=sizes)
    assert kind.in_units(roster, plan, kind.bound(roster, plan)) == expected
