"""Edits that are tried many at once come out as the audit judges each by itself."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from tests.judge.test_options import breaches, drawn, parted
from vermegroup.domain.grouping import NOBODY, WAITLIST
from vermegroup.domain.kind import Kind
from vermegroup.judge.auditor import audit
from vermegroup.judge.edits import Desk, Edits
from vermegroup.rules.registry import KINDS

TRIED = 8


def some_edits(desk: Desk, chance: random.Random) -> Edits:
    """Edits of up to three people each: to any group, to the waitlist, to a new group."""
    people = np.full((TRIED, 3), NOBODY, dtype=np.int64)
    targets = np.full((TRIED, 3), WAITLIST, dtype=np.int64)
    for row in range(TRIED):
        count = chance.randint(0, min(3, len(desk.problem.roster)))
        people[row, :count] = chance.sample(range(len(desk.problem.roster)), count)
        targets[row, :count] = [chance.randint(-1, desk.grouping.groups) for _ in range(count)]
    return Edits(people, targets)


def test_every_rule_and_preference_is_as_the_audit_says(tmp_path: Path) -> None:
    judged = 0
    for number in range(150):
        found = drawn(number, tmp_path)
        if found is None or found[1].split or not found[2].groups:
            continue
        problem, _, grouping = found
        desk = Desk(problem, grouping)
        edits = some_edits(desk, random.Random(number))
        tried, costs, bonds = desk.tried(edits), desk.costs(edits), desk.bonds_broken(edits)
        before = tuple(grouping.group_of.tolist())
        for row in range(TRIED):
            homes = grouping.group_of.copy()
            for person, target in edits.seats(row):
                homes[person] = target
            assert bonds[row] == parted(before, tuple(homes.tolist())), number
            after = desk.after(edits, row)
            if not after.groups:
                continue
            audited = audit(problem, after)
            assert tried.broken[row] == breaches(audited), number
            amounts = [sum(b.amount for b in each.breaches) for each in audited.rules]
            assert [int(short[row]) for short in tried.short] == amounts, number
            for cost, standing in zip(costs, audited.preferences, strict=True):
                assert cost[row] == standing.value * standing.preference.sense.value, number
            judged += 1
    assert judged > 500


def test_a_rule_of_the_whole_grouping_is_known_by_a_face() -> None:
    """Else each edit is judged by the whole grouping: right, and slow on a large roster."""
    whole = [kind for kind in KINDS if kind.overall is not Kind.overall]
    assert whole
    for kind in whole:
        assert kind.seats_everyone or kind.named_groups is not Kind.named_groups
