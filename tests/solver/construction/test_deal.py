"""The deal gives each group whom it would take in its turn, told step by step in plain Python."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.problem import Problem
from vermegroup.solver.construction import deal as dealing
from vermegroup.solver.construction.deal import deal
from vermegroup.solver.params import PARAMS

BOOK = """
groups: {size: 2-9}
rules: [{different: municipality}, {different: subject}, place_everyone]
preferences: [{spread: years}]
"""
ONE_TRAIT = BOOK.replace("{different: subject}, ", "")


def roster(seed: int, people: int) -> list[Person]:
    """People of whom many share a town, and the more so the larger it is."""
    chance = random.Random(seed)
    towns, years = chance.choice((3, 40, 400)), chance.choice((1, 30))
    return [
        Person(
            f"Town {int(towns * chance.random() ** 3)}",
            chance.randrange(years),
            f"Subject {chance.randrange(12)}",
        )
        for _ in range(people)
    ]


def in_turn(problem: Problem, groups: int, lookahead: int) -> list[int]:
    """The same by taking people one by one out of a list."""
    people, rest = len(problem.roster), len(problem.roster) % groups
    sizes = [people // groups + (group < rest) for group in range(groups)]
    ticks = problem.layered_ticks().tolist()
    traits = [problem.roster.categories[rule.trait] for rule in problem.rulebook.rules[1:-1]]
    keys = [{(at, trait.codes[p]) for at, trait in enumerate(traits)} for p in range(people)]
    falling = sorted(range(people), key=lambda person: -ticks[person])
    group_of, totals = [-1] * people, [0] * groups
    taken: list[set[tuple[int, int]]] = [set() for _ in range(groups)]
    for weight in range(max(sizes) - 1, -max(sizes), -1):
        layer = [g for g in range(groups) if weight in range(1 - sizes[g], sizes[g], 2)]
        if not layer:
            continue
        line, falling = falling[: len(layer)][::-1], falling[len(layer) :]
        mean = sum(totals[group] for group in layer) / len(layer)
        for group in sorted(layer, key=lambda group: -abs(totals[group] - mean)):
            low = totals[group] - mean < 0
            ahead = (line[::-1] if low else line)[:lookahead]
            person = next((p for p in ahead if taken[group].isdisjoint(keys[p])), ahead[0])
            line.remove(person)
            group_of[person] = group
        for group in layer:
            added = [p for p in range(people) if group_of[p] == group]
            taken[group] = set().union(*(keys[p] for p in added))
            totals[group] = sum(ticks[p] for p in added)
    return group_of


@pytest.mark.parametrize("book", [BOOK, ONE_TRAIT])
@pytest.mark.parametrize(("people", "groups"), [(7, 3), (60, 15), (403, 100), (700, 320), (900, 9)])
@pytest.mark.parametrize("lookahead", [64, 3])
@pytest.mark.parametrize("few", [0, 1_000])
def test_everybody_is_dealt_as_in_turn(
    book: str, people: int, groups: int, lookahead: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    params = replace(PARAMS.construction, lookahead=lookahead)
    monkeypatch.setattr(dealing, "PARAMS", replace(PARAMS, construction=params))
    monkeypatch.setattr(dealing, "_FEW", few)  # many groups are dealt to on arrays
    for seed in range(4):
        problem = problem_from(roster(seed, people), book.replace("2-9", f"2-{people}"))
        dealt = deal(problem, problem.plan(groups)).tolist()
        assert dealt == in_turn(problem, groups, lookahead)
