"""Real people in a plan of types: rules hold, nobody is lost, and the ejection chain finds seats.

The types do not see towns, of which no group may have two alike. So the plan is one of pairs of
old groups, and filling it is a perfect matching of those that share no town: tried out in full.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from tests.solver.tuning import tuned
from vermegroup.domain.bonds import Policy
from vermegroup.solver.column_generation import realise as realising
from vermegroup.solver.column_generation.fragment_types import types_of
from vermegroup.solver.column_generation.fragments import fragments_of
from vermegroup.solver.column_generation.realise import Realised, Realising, rows_of
from vermegroup.solver.column_generation.regroup import _typed
from vermegroup.solver.column_generation.task import Ask
from vermegroup.solver.column_generation.typed_model import TypedPlan
from vermegroup.solver.search import Limits, Search

PAIRS = 10
RULES = "groups: {{size: {size}}}\nrules: [{{different: municipality}}]\n"
NOBODY = np.empty(0, dtype=np.int64)


class Watched(Realising):
    """Counts how often a pattern is filled, or tried to be."""

    tries = 0

    def _filled(self, *asked: object) -> object:
        self.tries += 1
        return super()._filled(*asked)  # type: ignore[arg-type]


def towns_of(number: int) -> list[int]:
    """Old groups of two, so drawn that some matching exists of those with different towns."""
    chance = random.Random(number)
    fours = [chance.sample(range(7), 4) for _ in range(PAIRS // 2)]
    pairs = [four[at : at + 2] for four in fours for at in (0, 2)]
    chance.shuffle(pairs)
    return [town for pair in pairs for town in pair]


def ask_of(towns: Sequence[int], size: int, policy: Policy) -> Ask:
    people = [Person(f"Town {town}", 1) for town in towns]
    problem = problem_from(people, RULES.format(size=size))
    fragments = fragments_of(np.arange(len(towns)) // 2, size, NOBODY)
    return Ask(problem, np.arange(len(towns)), fragments, policy, range(size, size + 1))


def realised(ask: Ask, seed: int = 1) -> tuple[TypedPlan, Watched, Realised]:
    search = Search(Limits(60, seed=seed))
    types = types_of(ask)
    assert types is not None
    typed = _typed(types, ask, search)
    assert typed is not None
    watched = Watched(ask, types, search)
    return typed, watched, watched.realise(typed)


def clash(towns: Sequence[int], people: Sequence[int]) -> bool:
    return len({towns[person] for person in people}) < len(people)


def matchings(towns: Sequence[int], pairs: tuple[int, ...]) -> Iterator[list[tuple[int, int]]]:
    """Every way of joining all pairs two by two without a clash."""
    if not pairs:
        yield []
        return
    first, *others = pairs
    for other in others:
        if not clash(towns, [2 * first, 2 * first + 1, 2 * other, 2 * other + 1]):
            rest = tuple(person for person in others if person != other)
            yield from ([(first, other), *more] for more in matchings(towns, rest))


def check(towns: Sequence[int], found: Realised, typed: TypedPlan) -> None:
    groups = [group.tolist() for group in rows_of(found.groups)]
    assert not any(clash(towns, group) for group in groups)
    assert all(len(group) == 4 for group in groups)
    times = Counter([*(person for group in groups for person in group), *found.open.tolist()])
    assert set(times.values()) <= {1}
    assert len(times) == len(towns) - typed.people


@pytest.mark.parametrize("number", range(20))
def test_whole_groups_are_matched_where_they_can_be(number: int) -> None:
    towns = towns_of(number)
    typed, _, found = realised(ask_of(towns, 4, Policy.MERGE))
    check(towns, found, typed)
    assert any(matchings(towns, tuple(range(PAIRS))))
    assert not len(found.open)
    merged = {tuple(sorted({int(person) // 2 for person in row})) for row in rows_of(found.groups)}
    assert merged in [set(matching) for matching in matchings(towns, tuple(range(PAIRS)))]


def test_it_is_the_ejection_chain_that_matches_them(monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = [ask_of(towns_of(number), 4, Policy.MERGE) for number in range(20)]
    chains = [watched.tries > len(typed.groups) for typed, watched, _ in map(realised, tasks)]
    assert sum(chains) >= 5
    monkeypatch.setattr(realising, "PARAMS", tuned(columns={"ejections": 0}))
    alone = [realised(task) for task in tasks]
    assert all(watched.tries == len(typed.groups) for typed, watched, _ in alone)
    left = [bool(len(found.open)) for _, _, found in alone]
    assert left == chains  # where the chain was needed, and nowhere else


@pytest.mark.parametrize("number", range(10))
def test_where_there_is_no_matching_some_stay_open(number: int) -> None:
    """One more pair has the towns of all others, so that nobody can sit with it."""
    towns = [town % 4 for town in towns_of(number)]
    towns[1] = towns[0]  # two alike in one old group
    typed, watched, found = realised(ask_of(towns, 4, Policy.MERGE))
    check(towns, found, typed)
    assert watched.tries > len(typed.groups)
    assert not any(matchings(towns, tuple(range(PAIRS))))
    assert {0, 1} <= set(found.open.tolist())


def test_groups_are_taken_apart_as_planned_and_people_given_back_whole() -> None:
    """Trios of nine pairs: three of them are taken apart, and no trio may have a town twice."""
    chains = 0
    for number in range(20):
        towns = towns_of(number)[:18]
        typed, watched, found = realised(ask_of(towns, 3, Policy.MOVE), seed=number + 1)
        groups = [group.tolist() for group in rows_of(found.groups)]
        assert not any(clash(towns, group) for group in groups)
        seats = [person for group in groups for person in group]
        assert sorted([*seats, *found.open.tolist()]) == list(range(18))
        kept = sum(len({person // 2 for person in group}) == 2 for group in groups)
        assert typed.broken == 3
        assert len(found.open) or kept == 6
        chains += watched.tries > len(typed.groups)
    assert chains >= 3
