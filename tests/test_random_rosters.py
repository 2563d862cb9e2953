"""Two hundred random rosters of 8 to 200 people: formed, impossible or undecided, never else."""

from __future__ import annotations

import random

import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from tests.by_day import todays
from vermegroup.domain.outcome import Proof, Verdict
from vermegroup.judge.auditor import audit
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

ROSTERS = 200


def random_roster(seed: int) -> list[Person]:
    """Half are like sign-ups, the others lie at an edge of what is possible."""
    chance = random.Random(seed)
    people = chance.randint(8, 200)
    if seed % 2:
        return _at_an_edge(people, chance)
    towns = chance.randint(3, max(4, people // 2))
    return [
        Person(
            f"Town {int(towns * chance.random() ** chance.choice((1, 2)))}",
            int(chance.gammavariate(1.3, 9)),
        )
        for _ in range(people)
    ]


def _at_an_edge(people: int, chance: random.Random) -> list[Person]:
    """As many new, experienced or same-town people as groups, give or take one."""
    groups = chance.randint(-(-people // 5), people // 3)
    new = min(people, groups + chance.choice((-1, 0, 1)))
    experienced = min(people - new, groups + chance.choice((-1, 0, 1)))
    years = [chance.randint(0, 4) for _ in range(new)]
    years += [chance.randint(10, 35) for _ in range(experienced)]
    years += [chance.randint(5, 9) for _ in range(people - len(years))]
    crowd = groups + chance.choice((-1, 0, 1))
    towns = ["Crowded"] * crowd + [
        f"Town {chance.randrange(people)}" for _ in range(people - crowd)
    ]
    chance.shuffle(towns)
    return [Person(town, year) for town, year in zip(towns, years, strict=True)]


@pytest.mark.parametrize("seed", todays(range(ROSTERS), 3))
def test_every_answer_is_one_of_three_and_carries_its_proof(seed: int) -> None:
    outcome = form(problem_from(random_roster(seed)), Limits(seconds=3))
    table = outcome.group_counts
    if outcome.verdict is Verdict.FORMED:
        assert outcome.grouping is not None
        assert audit(outcome.problem, outcome.grouping).valid
        assert (outcome.grouping.group_of >= 0).all()
        for standing in outcome.preferences:
            better = (standing.bound - standing.value) * standing.preference.sense.value
            assert better <= 0, "a value beyond its bound"
    elif outcome.verdict is Verdict.IMPOSSIBLE:
        assert outcome.because is not None
        assert all(count.possible is False for count in table)
        assert all(count.proof in (Proof.ARITHMETIC, Proof.SEARCH) for count in table)
    else:
        assert outcome.verdict is Verdict.UNDECIDED
        assert any(count.possible is None for count in table)
