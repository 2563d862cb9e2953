"""The same people give the same groups in any order; the seed chooses among equally good ones."""

from __future__ import annotations

import random
from itertools import takewhile
from pathlib import Path

import pytest

from tests.by_day import todays
from vermegroup import Limits
from vermegroup.app.form import form_groups
from vermegroup.app.inputs import RulebookChoice
from vermegroup.domain.outcome import Outcome
from vermegroup.sampling import sample

WISHED = """
groups: {size: 3-5}
rules: [{different: municipality}, place_everyone]
preferences: [{wishes: wishes}, {spread: years}]
"""
ORDERS = SEEDS = 20


def roster(case: int) -> list[str]:
    """The lines of a synthetic roster, each with a few wishes."""
    chance = random.Random(case)
    people = chance.choice([12, 15, 23, 30, 44, 64])
    shape = ("pilot", "loose", "tight")[case % 3]
    header, *rows = sample(people, shape, case).csv().splitlines()
    ids = [row.split(",")[0] for row in rows]
    wished = (";".join(chance.sample(ids, 2)) for _ in rows)
    return [f"{header},wishes", *(f"{row},{wish}" for row, wish in zip(rows, wished, strict=True))]


def formed(lines: list[str], folder: Path, rules: Path | None = None, seed: int = 1) -> Outcome:
    file = folder / "roster.csv"
    file.write_text("\n".join([*lines, ""]), "utf-8")
    limits = Limits(seed=seed, effort=2.0)
    return form_groups(str(file), RulebookChoice(rules), limits).outcome


def groups(outcome: Outcome) -> dict[str, str]:
    """Each one's group by name."""
    found = outcome.grouping
    if found is None:
        return {}
    names = (*found.names, "")
    ids = outcome.problem.roster.ids.tolist()
    return {id_: names[group] for id_, group in zip(ids, found.group_of.tolist(), strict=True)}


def together(outcome: Outcome) -> frozenset[frozenset[str]]:
    """Who sits with whom, whatever the groups are called."""
    found: dict[str, set[str]] = {}
    for id_, group in groups(outcome).items():
        found.setdefault(group, set()).add(id_)
    return frozenset(map(frozenset, found.values()))


def values(outcome: Outcome) -> list[tuple[int, int, bool]]:
    return [(line.value, line.bound, line.proven) for line in outcome.preferences]


def proven(outcome: Outcome) -> list[tuple[int, int, bool]]:
    """The values that are shown to be the best, up to the first that is not."""
    return list(takewhile(lambda line: line[2], values(outcome)))


@pytest.mark.parametrize("case", todays(range(50), 10))
def test_the_order_of_rows_changes_nothing(case: int, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(WISHED, "utf-8")
    asked = None if case % 2 else rules
    header, *rows = roster(case)
    first = formed([header, *rows], tmp_path, asked)
    assert first.deterministic
    for order in range(ORDERS if asked is None else 3):
        random.Random(order).shuffle(rows)
        found = formed([header, *rows], tmp_path, asked)
        assert groups(found) == groups(first)
        assert values(found) == values(first)
        assert found.group_counts == first.group_counts


@pytest.mark.parametrize("fives", todays(range(10)))
def test_another_seed_chooses_another_of_equally_good_groupings(fives: int, tmp_path: Path) -> None:
    """Of five rosters; some allow but one best grouping."""
    several, rosters = 0, range(5 * fives, 5 * fives + 5)
    for case in rosters:
        found = [formed(roster(case), tmp_path, seed=seed) for seed in range(1, 5)]
        for lines in zip(*map(proven, found), strict=False):
            assert len(set(lines)) == 1
        several += len(set(map(together, found))) > 1
    assert several >= 3
