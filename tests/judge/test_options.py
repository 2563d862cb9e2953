"""Options and fixes against brute force: every edit of a handful of people, judged anew."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest

from tests.by_day import todays
from tests.oracle.answers import Answer, Oracle
from tests.oracle.chance import random_case
from tests.oracle.judging import Refused, problem_from
from vermegroup.domain.bonds import Move
from vermegroup.domain.grouping import WAITLIST, Grouping, group_names
from vermegroup.domain.outcome import Audit
from vermegroup.domain.problem import Problem
from vermegroup.judge.auditor import audit
from vermegroup.judge.fixes import fixes_of
from vermegroup.judge.options import options_for

CASES = 150
Homes = tuple[int, ...]


def drawn(number: int, folder: Path) -> tuple[Problem, Answer, Grouping] | None:
    """A problem of up to eight people with a grouping as a hand leaves it; None if it is faulty."""
    case = random_case(f"edit {number}")
    try:
        problem = problem_from(case, folder)
    except Refused:
        return None
    chance, people = random.Random(number), len(problem.roster)
    answer = Answer(case)
    homes: list[int] = [WAITLIST] * people
    valid = [oracle for oracle in answer.parts.values() if not answer.split]
    found = next(iter(valid[0].groupings()), None) if valid and chance.random() < 0.85 else None
    if found is not None:
        for group, members in enumerate(found):
            for person in members:
                homes[person] = group
        if chance.random() < 0.5:
            homes[chance.randrange(people)] = chance.randrange(-1, len(found))
    else:
        groups = max(1, people // chance.choice((2, 3, 3)))
        homes = [chance.randrange(-(chance.random() < 0.2), groups) for _ in range(people)]
    return problem, answer, grouping_from(tuple(homes), group_names(people))


def grouping_from(homes: Homes, names: tuple[str, ...]) -> Grouping:
    """A grouping of those groups alone in which somebody sits."""
    used = sorted(set(homes) - {WAITLIST})
    group_of = [used.index(home) if home in used else WAITLIST for home in homes]
    return Grouping(np.array(group_of, dtype=np.int64), tuple(names[home] for home in used))


def edits_of(grouping: Grouping, person: int) -> Iterator[tuple[int, Homes, tuple[int, ...]]]:
    """Each way into another group: who moves, and the homes after it."""
    homes = tuple(grouping.group_of.tolist())
    for group in range(grouping.groups):
        if group != homes[person]:
            yield 1, changed(homes, {person: group}), (person,)
    for group in range(grouping.groups):
        for other, home in enumerate(homes):
            if home == group != homes[person]:
                yield 2, changed(homes, {person: group, other: homes[person]}), (person, other)


def changed(homes: Homes, moves: dict[int, int]) -> Homes:
    return tuple(moves.get(person, home) for person, home in enumerate(homes))


def parted(before: Homes, after: Homes) -> int:
    pairs = [(a, b) for b in range(len(before)) for a in range(b)]
    return sum(before[a] == before[b] != WAITLIST and after[a] != after[b] for a, b in pairs) + sum(
        before[a] == before[b] != WAITLIST and after[a] == after[b] == WAITLIST for a, b in pairs
    )


def breaches(audited: Audit) -> int:
    own = sum(len(standing.breaches) for standing in audited.rules)
    return own + sum(breaches(part.audit) for part in audited.parts)


def keeps(oracle: Oracle, grouping: Grouping) -> bool:
    """Whether the oracle finds every rule kept."""
    ids = [person["id"] for person in oracle.world.people]
    names = {
        id_: grouping.names[home]
        for id_, home in zip(ids, grouping.group_of.tolist(), strict=True)
        if home != WAITLIST
    }
    return oracle.keeps_rules(members_of(grouping)) and oracle.keeps_names(names)


def members_of(grouping: Grouping) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(grouping.members(group).tolist()) for group in range(grouping.groups))


def fewest_moved(problem: Problem, grouping: Grouping) -> int | None:
    """The fewest people, one or two, who go to other groups so that every rule holds."""
    homes = tuple(grouping.group_of.tolist())
    people, groups = range(len(homes)), range(grouping.groups)
    for count in (1, 2):
        for who in combinations(people, count):
            for to in product(groups, repeat=count):
                wanted = changed(homes, dict(zip(who, to, strict=True)))
                if any(wanted[person] == homes[person] for person in who):
                    continue
                if audit(problem.bare(), grouping_from(wanted, grouping.names)).valid:
                    return count
    return None


def after(problem: Problem, grouping: Grouping, moves: Sequence[Move]) -> Grouping:
    return grouping_from(homes_after(problem, grouping, moves), grouping.names)


def homes_after(problem: Problem, grouping: Grouping, moves: Sequence[Move]) -> Homes:
    """Where everybody is after some moves."""
    homes = list(grouping.group_of.tolist())
    for move in moves:
        target = grouping.names.index(move.target) if move.target else WAITLIST
        homes[int(problem.roster.positions([move.person])[0])] = target
    return tuple(homes)


@pytest.mark.parametrize("batch", todays(range(6), 3))
def test_options_are_all_that_keep_the_rules_in_the_right_order(batch: int, tmp_path: Path) -> None:
    """Of six times 150 cases more than 650 are judged: the others are refused, or split."""
    told = judged = 0
    for number in range(batch * CASES, (batch + 1) * CASES):
        found = drawn(number, tmp_path)
        if found is None or found[1].split or not found[2].groups:
            continue
        problem, answer, grouping = found
        (oracle,) = answer.parts.values()
        person, judged = number % len(problem.roster), judged + 1
        homes = tuple(grouping.group_of.tolist())
        ways = [
            (
                keeps(oracle, after := grouping_from(to, grouping.names)),
                oracle.costs_of(members_of(after)),
                parted(homes, to),
                moved,
                to,
                after,
            )
            for moved, to, _ in edits_of(grouping, person)
        ]
        options = options_for(problem, grouping, person, most=1000)
        answered = [homes_after(problem, grouping, option.moves) for option in options.options]
        assert options.more == 0
        right = sorted((way for way in ways if way[0]), key=lambda way: way[1:4])
        if right:
            told += 1
            assert options.kept, number
            assert answered == [way[4] for way in right], number
            assert [option.bonds for option in options.options] == [way[2] for way in right]
        else:
            assert not options.kept, number
            counts = {way[4]: breaches(audit(problem, way[5])) for way in ways}
            fewest = min(counts.values(), default=0)
            assert sorted(answered) == sorted(to for to, n in counts.items() if n == fewest), number
    assert told > 15
    assert judged > 100


def test_options_of_a_split_roster_are_those_of_the_own_part(tmp_path: Path) -> None:
    told = 0
    for number in range(4 * CASES):
        found = drawn(number, tmp_path)
        if found is None or not found[1].split:
            continue
        problem, _, grouping = found
        person, split = number % len(problem.roster), problem.rulebook.split
        assert split is not None
        codes = problem.roster.categories[split.by].codes
        homes = tuple(grouping.group_of.tolist())
        left = grouping_from(changed(homes, {person: WAITLIST}), grouping.names)
        own = {
            name
            for part in audit(problem, left).parts
            if part.value == problem.roster.categories[split.by].values[codes[person]]
            for name in part.grouping.names
        }
        mixed = {breach.group for breach in audit(problem, grouping).rules[0].breaches}
        at_home = homes[person] not in mixed
        ways = {
            to: breaches(audit(problem, grouping_from(to, grouping.names)))
            for _, to, who in edits_of(grouping, person)
            if grouping.names[to[person]] in own
            and (len(who) == 1 or (at_home and codes[who[1]] == codes[person]))
        }
        options = options_for(problem, grouping, person, most=1000)
        answered = {homes_after(problem, grouping, option.moves) for option in options.options}
        fewest = min(ways.values(), default=0)
        assert answered == {to for to, count in ways.items() if count == fewest}, number
        assert options.kept == (bool(ways) and not fewest), number
        told += bool(ways)
    assert told > 25


@pytest.mark.parametrize("batch", todays(range(2), 2))
def test_fixes_move_as_few_people_as_any_and_the_audit_confirms_them(
    batch: int, tmp_path: Path
) -> None:
    told = 0
    for number in range(batch * CASES, (batch + 1) * CASES):
        found = drawn(number, tmp_path)
        if found is None or not found[2].groups:
            continue
        problem, answer, grouping = found
        audited = audit(problem, grouping)
        fixes = fixes_of(problem, grouping, audited)
        if audited.valid:
            assert not fixes
            continue
        if answer.split:
            for fix in fixes:
                judged = audit(problem, after(problem, grouping, fix.moves))
                assert all(s.satisfied for s in judged.rules)
                assert all(p.audit.valid for p in judged.parts if p.value == fix.part), number
            continue
        assert all(audit(problem, after(problem, grouping, fix.moves)).valid for fix in fixes)
        least = fewest_moved(problem, grouping)
        told += least is not None
        if least is None:
            assert all(not fix.cheapest and len(fix.moves) > 2 for fix in fixes), number
        else:
            assert fixes, number
            assert {len(fix.moves) for fix in fixes} == {least}, number
    assert told > 10
