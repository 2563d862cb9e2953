"""Options and fixes against brute force: every edit of a handful of people, judged anew."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest

from tests.by_day import todays
from tests.oracle.answers import Answer, Oracle
from tests.oracle.chance import random_case
from tests.oracle.judging import Refused, problem_from
from vermegroup.app.audit import judge_groups
from vermegroup.app.inputs import RulebookChoice
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Move
from vermegroup.domain.grouping import WAITLIST, Grouping, group_names
from vermegroup.domain.outcome import Audit
from vermegroup.domain.problem import Problem
from vermegroup.domain.split import parts_of
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


def edits_of(
    grouping: Grouping, person: int, *, waits: bool = False
) -> Iterator[tuple[int, Homes, tuple[int, ...]]]:
    """Each way into another group, or the queue: who moves, and the homes after it."""
    homes = tuple(grouping.group_of.tolist())
    places = [*range(grouping.groups), *([WAITLIST] if waits else [])]
    for group in places:
        if group != homes[person]:
            yield 1, changed(homes, {person: group}), (person,)
    for group in places:
        for other, home in enumerate(homes):
            if home == group != homes[person] and other != person:
                yield 2, changed(homes, {person: group, other: homes[person]}), (person, other)


def judged_by(
    oracle: Oracle, grouping: Grouping, moved: int, to: Homes
) -> tuple[bool, object, int, int, Homes]:
    """Whether the oracle finds every rule kept, and what an option is ranked by."""
    there = changed_to(to, grouping)
    homes = tuple(grouping.group_of.tolist())
    return keeps(oracle, there), oracle.costs_of(members_of(there)), parted(homes, to), moved, to


def changed_to(homes: Homes, grouping: Grouping) -> Grouping:
    """The groups once people have other homes, of which one may be new."""
    return grouping_from(homes, (*grouping.names, "G99"))


def new_groups_of(grouping: Grouping, person: int, size: int) -> Iterator[tuple[int, Homes]]:
    """Each group of a size that somebody could begin, but with all of one that is there already."""
    homes = tuple(grouping.group_of.tolist())
    there = [set(members) for members in members_of(grouping)]
    everybody = [other for other in range(len(homes)) if other != person]
    for others in combinations(everybody, size - 1):
        if not any(members <= {person, *others} for members in there):
            yield size, changed(homes, dict.fromkeys((person, *others), grouping.groups))


def changed(homes: Homes, moves: dict[int, int]) -> Homes:
    return tuple(moves.get(person, home) for person, home in enumerate(homes))


def brought_home(codes: IntArray, to: Homes, moved: Sequence[int]) -> bool:
    """Whether some people are in groups with others, and only with others of their own part."""
    groups = [
        [code for code, home in zip(codes.tolist(), to, strict=True) if home == to[person]]
        for person in moved
        if to[person] != WAITLIST
    ]
    return all(len(own) > 1 and len(set(own)) == 1 for own in groups)


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
    groups = members_of(grouping)
    return (
        oracle.book.allows(len(groups)) and oracle.keeps_rules(groups) and oracle.keeps_names(names)
    )


def members_of(grouping: Grouping) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(grouping.members(group).tolist()) for group in range(grouping.groups))


def fewest_moved(problem: Problem, grouping: Grouping, *, waits: bool = False) -> int | None:
    """The fewest people, one or two, who go to other groups so that every rule holds."""
    homes = tuple(grouping.group_of.tolist())
    people, groups = range(len(homes)), range(-waits, grouping.groups)
    for count in (1, 2):
        for who in combinations(people, count):
            for to in product(groups, repeat=count):
                wanted = changed(homes, dict(zip(who, to, strict=True)))
                if any(wanted[person] == homes[person] for person in who):
                    continue
                if set(wanted) == {WAITLIST}:
                    continue
                if audit(problem.bare(), grouping_from(wanted, grouping.names)).valid:
                    return count
    return None


def after(problem: Problem, grouping: Grouping, moves: Sequence[Move]) -> Grouping:
    return grouping_from(homes_after(problem, grouping, moves), grouping.names)


def homes_after(problem: Problem, grouping: Grouping, moves: Sequence[Move]) -> Homes:
    """Where everybody is after some moves."""
    homes = list(grouping.group_of.tolist())
    places = {name: place for place, name in enumerate(grouping.names)}
    for move in moves:  # a name of no group is that of a new one
        target = places.get(move.target, grouping.groups) if move.target else WAITLIST
        homes[int(problem.roster.positions([move.person])[0])] = target
    return tuple(homes)


@pytest.mark.parametrize("batch", todays(range(6), 3))
def test_options_are_all_that_keep_the_rules_in_the_right_order(batch: int, tmp_path: Path) -> None:
    """Of six times 150 cases more than 650 are judged: the others are refused, or split."""
    told = judged = news = waiting = 0
    for number in range(batch * CASES, (batch + 1) * CASES):
        found = drawn(number, tmp_path)
        if found is None or found[1].split or not found[2].groups:
            continue
        problem, answer, grouping = found
        (oracle,) = answer.parts.values()
        person, judged = number % len(problem.roster), judged + 1
        homes = tuple(grouping.group_of.tolist())
        spec = problem.rulebook.groups
        waits = not problem.rulebook.everyone and sum(home != WAITLIST for home in homes) > 1
        way = partial(judged_by, oracle, grouping)
        ways = [way(moved, to) for moved, to, _ in edits_of(grouping, person, waits=waits)]
        new = []
        if spec.most is None or grouping.groups < spec.most:
            new = [way(*each) for each in new_groups_of(grouping, person, spec.smallest)]
        options = options_for(problem, grouping, person, most=1000)
        answered = [homes_after(problem, grouping, option.moves) for option in options.options]
        assert options.more == 0
        begun = sorted((way for way in new if way[0]), key=lambda way: way[1:4])[:1]
        right = sorted((way for way in [*ways, *begun] if way[0]), key=lambda way: way[1:4])
        if right:
            told, news = told + 1, news + len(begun)
            waiting += any(way[4][person] == WAITLIST for way in right)
            assert options.kept, number
            assert answered == [way[4] for way in right], number
            assert [option.bonds for option in options.options] == [way[2] for way in right]
        else:
            assert not options.kept, number
            counts, begun_so = (
                {to: breaches(audit(problem, changed_to(to, grouping))) for *_, to in each}
                for each in (ways, new)
            )
            fewest = min((*counts.values(), *begun_so.values()), default=0)
            best = [to for to, n in begun_so.items() if n == fewest]
            assert sum(to in best for to in answered) == bool(best), number
            old = sorted(to for to in answered if to not in best)
            assert old == sorted(to for to, n in counts.items() if n == fewest), number
    assert min(told, judged, waiting) > 0  # of so few people hardly any can begin a group
    print(told, judged, news, waiting)


def test_options_of_a_split_roster_are_those_of_the_own_part(tmp_path: Path) -> None:
    told = swapped = 0
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
        value = problem.roster.categories[split.by].values[codes[person]]
        own, now = (
            [
                name
                for part in audit(problem, each).parts
                if part.value == value
                for name in part.grouping.names
            ]
            for each in (left, grouping)
        )
        mixed = {breach.group for breach in audit(problem, grouping).rules[0].breaches}
        at_home = homes[person] not in mixed
        (part,) = (part for part in parts_of(problem) if part.value == value)
        spec, waits = part.problem.rulebook.groups, not part.problem.rulebook.everyone
        waits = waits and sum(homes[each] != WAITLIST for each in part.people.tolist()) > 1
        ways = {
            to: breaches(audit(problem, changed_to(to, grouping)))
            for _, to, who in edits_of(grouping, person, waits=waits)
            if (at_home if to[person] == WAITLIST else grouping.names[to[person]] in own)
            if len(who) == 1 or (at_home and codes[who[1]] == codes[person])
        }
        others = [
            (to, who, breaches(audit(problem, changed_to(to, grouping))))
            for _, to, who in edits_of(grouping, person)
            if len(who) == 2 and codes[who[1]] != codes[person]
        ]
        homely = {to: count for to, who, count in others if brought_home(codes, to, who)}
        assert all(count for to, _, count in others if to not in homely), number
        ways |= homely
        new = {
            to: breaches(audit(problem, changed_to(to, grouping)))
            for _, to in new_groups_of(grouping, person, spec.smallest)
            if at_home and (spec.most is None or len(now) < spec.most)
            for others in [np.flatnonzero(np.array(to) != homes).tolist()]
            if all(codes[each] == codes[person] and homes[each] not in mixed for each in others)
        }
        options = options_for(problem, grouping, person, most=1000)
        answered = {homes_after(problem, grouping, option.moves) for option in options.options}
        fewest = min((*ways.values(), *new.values()), default=0)
        best = {to for to, count in new.items() if count == fewest}
        assert len(answered & best) == bool(best), number
        assert answered - best == {to for to, count in ways.items() if count == fewest}, number
        assert options.kept == (bool(ways or new) and not fewest), number
        told, swapped = told + bool(ways), swapped + len(answered & set(homely))
    assert told > 25
    assert swapped


@pytest.mark.parametrize("batch", todays(range(2), 2))
def test_fixes_move_as_few_people_as_any_and_the_audit_confirms_them(
    batch: int, tmp_path: Path
) -> None:
    told = queued = 0
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
        with_queue = fewest_moved(problem, grouping, waits=not problem.rulebook.everyone)
        assert all(len(fix.moves) == with_queue for fix in fixes if fix.cheapest), number
        waiting = [fix for fix in fixes if not all(move.target for move in fix.moves)]
        if least is not None:
            assert fixes, number
            assert {len(fix.moves) for fix in fixes} == {least}, number
            assert not waiting, number
        elif not waiting:
            assert all(not fix.cheapest and len(fix.moves) > 2 for fix in fixes), number
            assert fixes or not with_queue, number
        else:
            assert {len(fix.moves) for fix in fixes} == {with_queue}, number
            queued += 1
    assert told > 10
    assert queued


def read_groups_from(folder: Path, rows: str, rules: str) -> tuple[Problem, Grouping]:
    roster, book = folder / "groups.csv", folder / "rules.yaml"
    roster.write_text(rows, encoding="utf-8")
    book.write_text(rules, encoding="utf-8")
    outcome = judge_groups(str(roster), RulebookChoice(rules=book)).outcome
    assert outcome.grouping is not None
    return outcome.problem, outcome.grouping


def position(problem: Problem, id_: str) -> int:
    return int(problem.roster.positions([id_])[0])


def repairs_told(folder: Path, rows: str, rules: str) -> list[list[tuple[str, str]]]:
    problem, grouping = read_groups_from(folder, rows, rules)
    fixes = fixes_of(problem, grouping, audit(problem, grouping))
    return [[(move.person, move.target) for move in fix.moves] for fix in fixes]


def test_a_new_group_is_one_that_parts_the_fewest(tmp_path: Path) -> None:
    rows = "id,group\n" + "".join(f"p{at},G0{1 + at % 2}\n" for at in range(10))
    rules = "groups: {size: 3-5}\nrules: [place_everyone]\n"
    problem, grouping = read_groups_from(tmp_path, rows, rules)
    homes = tuple(grouping.group_of.tolist())
    (begun,) = (
        homes_after(problem, grouping, option.moves)
        for option in options_for(problem, grouping, 0, most=1000).options
        if option.new_group
    )
    ways = {
        to: parted(homes, to)
        for _, to in new_groups_of(grouping, 0, 3)
        if audit(problem, changed_to(to, grouping)).valid
    }
    assert ways[begun] == min(ways.values())


def test_no_new_group_is_told_that_is_an_old_one_under_another_name(tmp_path: Path) -> None:
    rows = "id,years,group\na,1,G01\nb,2,G01\nc,3,G03\n" + "".join(
        f"{id_},4,{group}\n" for id_, group in zip("defghi", ["G02", "G03"] * 3, strict=True)
    )
    rules = "groups: {size: 3-4}\nrules: [place_everyone]\n"
    problem, grouping = read_groups_from(tmp_path, rows, rules)
    for person in ("a", "b"):
        found = options_for(problem, grouping, position(problem, person))
        assert found.options
        assert not any(option.new_group for option in found.options)
    begun = options_for(problem, grouping, position(problem, "d"), most=1000)
    assert not any({"a", "b"} <= {move.person for move in each.moves} for each in begun.options)


SPLIT = "split_by: ammatti\ngroups: {size: 3}\nrules: [place_everyone]\n"
CROSSED = """tunnus,ammatti,ryhmä
aino,hoitaja,G01\nbo,hoitaja,G01\ncia,lääkäri,G01
dan,lääkäri,G02\neva,lääkäri,G02\nfia,hoitaja,G02
"""


def test_two_in_each_others_parts_are_told_to_swap(tmp_path: Path) -> None:
    problem, grouping = read_groups_from(tmp_path, CROSSED, SPLIT)
    for one, other in (("cia", "fia"), ("fia", "cia")):
        found = options_for(problem, grouping, position(problem, one))
        assert found.kept
        assert [[m.person for m in each.moves][1] for each in found.options] == [other]
        assert found.options[0].bonds == 4
    assert not options_for(problem, grouping, position(problem, "aino")).kept
    assert repairs_told(tmp_path, CROSSED, SPLIT) == [[("cia", "G02"), ("fia", "G01")]]


def test_no_swap_is_told_where_a_group_would_mix_parts_even_then(tmp_path: Path) -> None:
    rows = CROSSED.replace("aino,hoitaja", "aino,kätilö")
    problem, grouping = read_groups_from(tmp_path, rows, SPLIT)
    for one in ("cia", "dan", "eva"):
        assert not options_for(problem, grouping, position(problem, one)).kept
    assert repairs_told(tmp_path, rows, SPLIT) == []


def test_the_queue_is_a_repair_where_it_is_the_only_one_and_the_rulebook_has_it(
    tmp_path: Path,
) -> None:
    rows = "id,kommun,grupp\na,Åbo,G01\nb,Esbo,G01\nc,Åbo,G01\nd,Vasa,G01\n"
    rules = "groups: {size: 3-5}\nrules: [{different: kommun}]\npreferences: [place_everyone]\n"
    assert repairs_told(tmp_path, rows, rules) == [[("a", "")], [("c", "")]]
    two = rows + "e,Lahtis,G02\nf,Borgå,G02\ng,Hangö,G02\n"
    assert all(moves[0][1] for moves in repairs_told(tmp_path, two, rules))
    everyone = rules.replace("]\npreferences: [", ", ")
    assert repairs_told(tmp_path, rows, everyone) == []
