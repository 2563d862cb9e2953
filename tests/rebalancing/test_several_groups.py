"""Rebalancing people who may be in several groups, tiny: every grouping there is, is tried."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from tests.by_day import todays
from tests.test_in_groups_against_brute_force import Case, case_of, mean
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.rebalance import RebalanceRequest, rebalance_groups
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.outcome import Verdict
from vermegroup.domain.problem import problem_of
from vermegroup.intake.pipeline import ReadOptions, roster_from
from vermegroup.judge.auditor import audit
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

Group = tuple[int, ...]
Values = tuple[int, ...]
HELD = ("different", "apart", "together")


def _drawn(number: int) -> tuple[Case, list[frozenset[int]], random.Random]:
    """A case of at most seven people, of whom the last may be new, with groups of the others."""
    draw = random.Random(f"several {number}")
    case = case_of(number)
    while len(case.units) > 7:
        number += 1000
        case = case_of(number)
    low, high = case.sizes
    case = replace(case, most=2, count=None, sizes=(low, min(high, low + 1)))
    case = replace(case, prefer=case.prefer and min(case.prefer, case.sizes[1]))
    people = len(case.units)
    count = draw.choice([1, 2, 2, 3])
    homes = [draw.sample(range(count), 1) for _ in range(people)]
    for mentor in range(case.mentors):
        homes[mentor] = draw.sample(range(count), draw.randint(1, min(2, count)))
    valid = [*_groupings(case, range(people), case.keeps)]
    if valid and draw.random() < 0.7:
        groups = [frozenset(group) for group in draw.choice(valid)]
    else:
        groups = [frozenset(p for p, own in enumerate(homes) if g in own) for g in range(count)]
    return case, [group for group in groups if group], draw


def _groupings(
    case: Case, people: range | list[int], keeps: Callable[[Group], bool]
) -> Iterator[list[Group]]:
    """Everything that gives everyone a group, and nobody more than are allowed."""
    candidates = [
        group
        for size in range(case.sizes[0], case.sizes[1] + 1)
        for group in combinations(people, size)
        if keeps(group)
    ]
    room = dict(enumerate(case.caps()))

    def chosen(at: int, taken: list[Group]) -> Iterator[list[Group]]:
        if at == len(candidates):
            if set(people) == {person for group in taken for person in group}:
                yield [*taken]
            return
        yield from chosen(at + 1, taken)
        group, times = candidates[at], 0
        while all(room[person] for person in group):
            times += 1
            for person in group:
                room[person] -= 1
            taken.append(group)
            yield from chosen(at + 1, taken)
        for _ in range(times):
            taken.pop()
            for person in group:
                room[person] += 1

    yield from chosen(0, [])


def _without(case: Case, gone: list[int], kinds: tuple[str, ...] = ("",)) -> Case:
    """The case with the rules of some kinds; one that names somebody who is gone says nothing."""
    names = {f"P{person}" for person in gone}
    rules = (rule for rule in case.rules if rule.startswith(kinds))
    pairs = (
        (rule, rule.startswith("together") and any(n in rule for n in names)) for rule in rules
    )
    return replace(case, rules=tuple(rule for rule, silent in pairs if not silent))


def _bonds(groups: list[frozenset[int]]) -> set[frozenset[int]]:
    return {frozenset(pair) for group in groups for pair in combinations(sorted(group), 2)}


def _values(case: Case, old: list[frozenset[int]], groups: list[Group]) -> Values:
    """Bonds broken, groups touched, new bonds, and then the preferences; less is better."""
    now, before = [frozenset(group) for group in groups], _bonds(old)
    known, left = set().union(*old), [*now]
    stay = 0
    for group in old:
        if group in left:
            left.remove(group)
            stay += 1
    new = sum(bool(pair & known) for pair in _bonds(now) - before)
    costs = [sum(each) for each in zip(*map(case.costs, groups), strict=True)]
    at, people = case.quota_preferences(), {person for group in groups for person in group}
    further = sum(map(len, groups)) - len(people)
    order = (len(before - _bonds(now)), len(old) - stay, new)
    return (*order, *costs[:at], further, *costs[at:])


def _rebalanced(
    folder: Path, case: Case, old: list[frozenset[int]], new: list[int], **asked: tuple[str, ...]
) -> ReportedOutcome:
    header, *rows = case.roster().splitlines()
    lines, joining = [f"{header},group"], [header]
    for person, row in enumerate(rows):
        if person in new:
            joining.append(row)
            continue
        cell = ", ".join(f"G{at + 1:02d}" for at, group in enumerate(old) if person in group)
        lines.append(f'{row},"{cell}"')
    groups, book, more = folder / "groups.csv", folder / "rules.yaml", folder / "new.csv"
    groups.write_text("\n".join(lines) + "\n", encoding="utf-8")
    more.write_text("\n".join(joining) + "\n", encoding="utf-8")
    book.write_text(case.rulebook(), encoding="utf-8")
    request = RebalanceRequest(str(groups), joining=str(more) if new else None, **asked)
    return rebalance_groups(request, RulebookChoice(rules=book), Limits(seconds=60))


def _groups(answer: ReportedOutcome) -> list[Group]:
    outcome = answer.outcome
    assert outcome.grouping is not None
    ids = [int(str(id_)[1:]) for id_ in outcome.problem.roster.ids]
    found = outcome.grouping
    return [
        tuple(sorted(ids[seat] for seat in found.members(group))) for group in range(found.groups)
    ]


@pytest.mark.parametrize("block", todays(range(10)))
def test_who_leaves_and_joins_breaks_as_few_bonds_as_can_be(block: int, tmp_path: Path) -> None:
    verdicts = dict.fromkeys(Verdict, 0)
    for number in range(block, 300, 10):
        case, old, draw = _drawn(number)
        everybody = range(len(case.units))
        people = [person for person in everybody if any(person in group for group in old)]
        new = [p for p in (everybody[-1],) if len(people) < len(everybody) or draw.random() < 0.5]
        old = [group - set(new) for group in old]
        left = draw.sample([p for p in everybody if p not in new], draw.choice([0, 1, 1]))
        if not (new or left) or not any(old):
            continue
        rest = [group - set(left) for group in old if group - set(left)]
        here = [person for person in everybody if person not in left]
        told = f"case {number}\n{case.roster()}{case.rulebook()}{old} left {left} new {new}"
        gone = tuple(f"P{person}" for person in left)
        answer = _rebalanced(tmp_path, case, [group for group in old if group], new, left=gone)
        outcome = answer.outcome
        verdict = outcome.verdict
        verdicts[verdict] += 1
        ways = [
            _values(case, rest, groups)
            for groups in _groupings(case, here, _without(case, left).keeps)
        ]
        if not ways:
            assert verdict is Verdict.IMPOSSIBLE, told
            continue
        assert verdict is Verdict.FORMED, told
        best, found = min(ways), _values(case, rest, _groups(answer))
        assert found == best, f"{told}\nbest {best}\nfound {found} {_groups(answer)}"
        assert outcome.grouping is not None
        assert audit(outcome.problem, outcome.grouping).valid, told
        rebalance = answer.report.rebalance
        assert rebalance is not None
        assert rebalance.proven, told
        assert rebalance.bonds.before == len(_bonds(rest)), told
        assert (rebalance.bonds.broken, rebalance.touched) == best[:2], told
        assert all(standing.proven for standing in outcome.preferences), told
        costs = [each.value * each.preference.sense.value for each in outcome.preferences]
        assert costs == [*best[3:]], told
    assert verdicts[Verdict.FORMED] > 3


@pytest.mark.parametrize("block", todays(range(5)))
def test_a_meeting_breaks_as_few_bonds_as_can_be(block: int, tmp_path: Path) -> None:
    verdicts = dict.fromkeys(Verdict, 0)
    for number in range(block, 150, 5):
        case, old, draw = _drawn(number)
        people = [p for p in range(len(case.units)) if any(p in group for group in old)]
        if len(people) < len(case.units):
            continue
        away = draw.sample(people, draw.choice([1, 1, 2]))
        rest = [group - set(away) for group in old if group - set(away)]
        here = [person for person in people if person not in away]
        told = f"case {number}\n{case.roster()}{case.rulebook()}{old} absent {away}"
        absent = tuple(f"P{person}" for person in away)
        answer = _rebalanced(tmp_path, case, old, [], absent=absent)
        verdict = answer.outcome.verdict
        verdicts[verdict] += 1
        ways = [
            _values(case, rest, groups)[:3]
            for groups in _groupings(case, here, _without(case, away, HELD).keeps)
        ]
        if not ways:
            assert verdict is Verdict.IMPOSSIBLE, told
            continue
        assert verdict is Verdict.FORMED, told
        found = _values(case, rest, _groups(answer))[:3]
        assert found == min(ways), f"{told}\nbest {min(ways)}\nfound {found} {_groups(answer)}"
        assert answer.report.rebalance is not None
        assert answer.report.rebalance.proven, told
        assert answer.report.meeting is not None
        assert {each.person for each in answer.report.meeting.absent} == set(absent), told
    assert verdicts[Verdict.FORMED] > 3


@pytest.mark.parametrize("block", todays(range(3)))
def test_means_are_as_close_as_can_be_to_that_of_all_people(block: int, tmp_path: Path) -> None:
    """Whoever is in several groups counts in each, and once in everybody's mean."""
    formed = 0
    for number in range(block, 90, 3):
        case, _old, _draw = _drawn(number)
        case = replace(case, prefer=None, preferences=())
        rules = f"{case.rulebook()}preferences:\n  - balance: years\n"
        ways = [*_groupings(case, range(len(case.units)), case.keeps)]
        book = rulebook_from_text(rules, "test")
        file = tmp_path / "roster.csv"
        file.write_text(case.roster(), encoding="utf-8")
        roster, _ = roster_from(file, ReadOptions(book))
        outcome = form(problem_of(roster, book), Limits(seconds=30))
        told, verdict = f"case {number}\n{case.roster()}{rules}", outcome.verdict
        if not ways:
            assert verdict is Verdict.IMPOSSIBLE, told
            continue
        formed += 1
        assert verdict is Verdict.FORMED, told
        best = min(
            (sum(map(len, way)), max(abs(mean(case, g) - mean(case, _all(case))) for g in way))
            for way in ways
        )
        _few, balance = outcome.preferences
        assert outcome.audit is not None
        roster = outcome.problem.roster
        found = balance.preference.in_units(roster, outcome.audit.plan, balance.value)
        assert found == best[1], told
        assert balance.proven, told
    assert formed > 3


def _all(case: Case) -> range:
    return range(len(case.units))
