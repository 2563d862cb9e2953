"""Options and moves of people in several groups, tiny: every edit is tried in plain Python."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.by_day import todays
from tests.test_in_groups_against_brute_force import Case, case_of
from vermegroup.app.audit import judge_groups
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.move import MoveRequest, move_people
from vermegroup.domain.bonds import Move
from vermegroup.domain.findings import InputError
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.outcome import Audit, Verdict
from vermegroup.domain.problem import Problem, problem_of
from vermegroup.intake.pipeline import ReadOptions, roster_from
from vermegroup.judge.auditor import audit
from vermegroup.judge.fixes import fixes_of
from vermegroup.judge.options import options_for
from vermegroup.judge.several_groups import in_best_seats
from vermegroup.rulebooks.read import rulebook_from_text

Groups = dict[str, frozenset[int]]
NAMED: dict[str, Callable[[Groups], bool]] = {
    "together: [P0, P4]": lambda groups: any({0, 4} <= own for own in groups.values()),
    "together: [P0, P1, P4]": lambda groups: any({0, 1, 4} <= own for own in groups.values()),
    "pin: {P0: G01}": lambda groups: 0 in groups.get("G01", ()),
    "pin: {P0: G02, P3: G01}": lambda groups: (
        0 in groups.get("G02", ()) and 3 in groups.get("G01", ())
    ),
}


def _drawn(number: int) -> tuple[Case, str | None, Groups]:
    """A case with at most one rule that names people with several seats, and a grouping of it."""
    draw = random.Random(f"edits {number}")
    case, named = case_of(number), draw.choice([None, *NAMED])
    people = len(case.units)
    if people < 5 or (named and ("P1" in named and case.mentors == 1)):
        named = None
    count = draw.choice([2, 2, 3])
    case = replace(case, count=None, sizes=(2, max(4, case.sizes[1])))
    case = replace(case, prefer=None if case.prefer is None else 2, rules=case.rules[:2])
    homes = [draw.sample(range(count), 1) for _ in range(people)]
    for mentor in range(case.mentors):
        homes[mentor] = draw.sample(range(count), draw.randint(1, min(case.most, count)))
    if draw.random() < 0.15:
        homes[draw.randrange(people)] = []
    groups = {
        f"G{group + 1:02d}": frozenset(at for at, own in enumerate(homes) if group in own)
        for group in range(count)
    }
    return case, named, {name: own for name, own in groups.items() if own}


def _book(case: Case, named: str | None) -> str:
    return case.rulebook().replace("rules:\n", f"rules:\n  - {named}\n" if named else "rules:\n", 1)


def _problem(case: Case, named: str | None, groups: Groups, folder: Path) -> Problem | None:
    try:
        book = rulebook_from_text(_book(case, named), "test")
        file = folder / "roster.csv"
        file.write_text(case.roster(), encoding="utf-8")
        roster, _ = roster_from(file, ReadOptions(book))
        return problem_of(roster, book, _people(case, groups))
    except InputError:
        return None


def _people(case: Case, groups: Groups) -> Grouping:
    """A grouping of people, as one that is read."""
    homes = [[at for at, own in enumerate(groups.values()) if p in own] for p in _all(case)]
    first = [own[0] if own else WAITLIST for own in homes]
    further = tuple((person, group) for person, own in enumerate(homes) for group in own[1:])
    return Grouping(np.array(first, dtype=np.int64), tuple(groups), further)


def _all(case: Case) -> range:
    return range(len(case.units))


def _keeps(case: Case, named: str | None, groups: Groups) -> bool:
    taken = [sum(person in own for own in groups.values()) for person in _all(case)]
    return (
        all(case.sizes[0] <= len(own) <= case.sizes[1] for own in groups.values())
        and all(case.keeps(tuple(sorted(own))) for own in groups.values())
        and all(1 <= n <= most for n, most in zip(taken, case.caps(), strict=True))
        and (named is None or NAMED[named](groups))
    )


def _costs(case: Case, groups: Groups) -> tuple[int, ...]:
    costs = [case.costs(tuple(sorted(own))) for own in groups.values()]
    taken = [sum(person in own for own in groups.values()) for person in _all(case)]
    at, further = case.quota_preferences(), sum(max(0, n - 1) for n in taken)
    total = tuple(map(sum, zip(*costs, strict=True)))
    return (*total[:at], further, *total[at:])


def _bonds(groups: Groups) -> set[frozenset[int]]:
    return {frozenset((a, b)) for own in groups.values() for a in own for b in own if a < b}


def _changed(groups: Groups, steps: list[tuple[int, str, str]]) -> Groups:
    after = {name: set(own) for name, own in groups.items()}
    for person, origin, target in steps:
        after.get(origin, set()).discard(person)
        after.setdefault(target, set()).add(person) if target else None
    return {name: frozenset(own) for name, own in after.items() if own}


def _edits(case: Case, groups: Groups, person: int) -> Iterator[list[tuple[int, str, str]]]:
    """Every way of a person into another group, alone or in the place of one of its members."""
    own = [name for name, members in groups.items() if person in members]
    more = [""] if len(own) < case.caps()[person] or not own else []
    for origin in (*own, *more):
        for target in (name for name in groups if name not in own):
            yield [(person, origin, target)]
            for other in groups[target]:
                if not origin or other not in groups[origin]:
                    yield [(person, origin, target), (other, target, origin)]


def _steps(moves: tuple[Move, ...]) -> list[tuple[int, str, str]]:
    return [(int(move.person[1:]), move.origin, move.target) for move in moves]


def _breaches(audited: Audit) -> int:
    return sum(len(standing.breaches) for standing in audited.rules)


@pytest.mark.parametrize("block", todays(range(8)))
def test_options_of_people_in_several_groups_are_all_there_are(block: int, tmp_path: Path) -> None:
    kept = broken = 0
    for number in range(block, 480, 8):
        case, named, groups = _drawn(number)
        problem = _problem(case, named, groups, tmp_path)
        if problem is None or not problem.roster.has_further_seats:
            continue
        told = f"case {number}\n{case.roster()}{_book(case, named)}\n{groups}"
        grouping, before = in_best_seats(problem, _people(case, groups)), _bonds(groups)
        assert audit(problem, grouping).valid == _keeps(case, named, groups), told
        person = number % (case.mentors if number % 3 else len(case.units))
        ways = [(steps, _changed(groups, steps)) for steps in _edits(case, groups, person)]
        found = options_for(problem, grouping, person, most=1000)
        answers = [_steps(option.moves) for option in found.options]
        right = sorted(
            (_costs(case, after), len(before - _bonds(after)), len(steps))
            for steps, after in ways
            if _keeps(case, named, after)
        )
        assert found.kept == bool(right), told
        if right:
            kept += 1
            after = [_changed(groups, steps) for steps in answers]
            given = [
                (_costs(case, own), len(before - _bonds(own)), len(steps))
                for own, steps in zip(after, answers, strict=True)
            ]
            assert given == right, told
            assert all(_keeps(case, named, own) for own in after), told
            assert len({str(steps) for steps in answers}) == len(answers), told
            assert [option.bonds for option in found.options] == [key[1] for key in right], told
        elif ways:
            broken += 1
            counts = {
                str(steps): _breaches(audit(problem, in_best_seats(problem, _people(case, after))))
                for steps, after in ways
            }
            fewest = min(counts.values())
            assert sorted(map(str, answers)) == sorted(
                steps for steps, count in counts.items() if count == fewest
            ), told
    assert kept > 3
    assert broken > 5


@pytest.mark.parametrize("block", todays(range(4)))
def test_repairs_of_people_in_several_groups_are_the_cheapest(block: int, tmp_path: Path) -> None:
    mended = none = 0
    for number in range(block, 240, 4):
        case, named, groups = _drawn(number)
        problem = _problem(case, named, groups, tmp_path)
        if problem is None or not problem.roster.has_further_seats:
            continue
        grouping = in_best_seats(problem, _people(case, groups))
        audited = audit(problem, grouping)
        if audited.valid:
            continue
        told = f"case {number}\n{case.roster()}{_book(case, named)}\n{groups}"
        ways = [steps for person in _all(case) for steps in _edits(case, groups, person)]
        ways += [
            [(person, name, "")]
            for person in _all(case)
            for name, own in groups.items()
            if person in own
        ]
        right = [steps for steps in ways if _keeps(case, named, _changed(groups, steps))]
        fixes = fixes_of(problem, grouping, audited)
        assert all(_keeps(case, named, _changed(groups, _steps(f.moves))) for f in fixes), told
        fewest = min(map(len, right), default=0)
        assert {len(fix.moves) for fix in fixes} == ({fewest} if right else set()), told
        mended, none = mended + bool(right), none + (not right)
    assert mended > 3
    assert none


@pytest.mark.parametrize("block", todays(range(5)))
def test_moves_of_people_in_several_groups_are_judged(block: int, tmp_path: Path) -> None:
    verdicts = dict.fromkeys(Verdict, 0)
    for number in range(block, 200, 5):
        case, named, groups = _drawn(number)
        problem = _problem(case, named, groups, tmp_path)
        if problem is None or not problem.roster.has_further_seats:
            continue
        draw = random.Random(number)
        ways = [*_edits(case, groups, number % len(case.units))]
        if not ways:
            continue
        steps = draw.choice(ways)
        calls = [f"P{p}@{a or '-'}={b or '-'}" for p, a, b in steps]
        if len(steps) == 1 and sum(steps[0][0] in own for own in groups.values()) < 2:
            calls = [f"P{steps[0][0]}={steps[0][2]}"] if steps[0][1] else calls
        rows = case.roster().splitlines()
        cells = [", ".join(name for name, own in groups.items() if p in own) for p in _all(case)]
        hand, book = tmp_path / "hand.csv", tmp_path / "rules.yaml"
        lines = [f'{row},"{cell}"' for row, cell in zip(rows[1:], cells, strict=True)]
        hand.write_text("\n".join([f"{rows[0]},group", *lines]) + "\n", encoding="utf-8")
        book.write_text(_book(case, named), encoding="utf-8")
        answer = move_people(MoveRequest(str(hand), tuple(calls)), RulebookChoice(rules=book))
        outcome, after = answer.outcome, _changed(groups, steps)
        told = f"case {number}\n{hand.read_text(encoding='utf-8')}{_book(case, named)}\n{calls}"
        verdict = Verdict.FORMED if _keeps(case, named, after) else Verdict.INVALID
        assert outcome.verdict is verdict, told
        verdicts[verdict] += 1
        grouping, ids = outcome.grouping, outcome.problem.roster.ids
        assert grouping is not None
        found = {
            name: frozenset(int(ids[seat][1:]) for seat in grouping.members(group).tolist())
            for group, name in enumerate(grouping.names)
        }
        assert found == after, told
        rebalance = answer.report.rebalance
        assert rebalance is not None
        before = _bonds(groups)
        assert rebalance.bonds.broken == len(before - _bonds(after)), told
        assert rebalance.bonds.new == len(_bonds(after) - before), told
        moved = {step for step in steps if step[1] != step[2]}
        assert {*_steps(rebalance.moves)} == moved, told
    assert verdicts[Verdict.INVALID] > 3


def test_the_place_of_a_mentee_without_a_group_is_a_repair(tmp_path: Path) -> None:
    hand, book = tmp_path / "hand.csv", tmp_path / "rules.yaml"
    rows = "tunnus;ryhmä;rooli\nmia;G01, G02;mentori\nal;G01;akt\nbo;;akt\ndi;G02;akt\n"
    rules = (
        "groups: {size: 2-3}\nin_groups: {rooli: mentori, at_most: 2}\n"
        "rules: [{include: {rooli: mentori, exactly: 1}}, place_everyone]\n"
    )
    hand.write_text(rows, encoding="utf-8")
    book.write_text(rules, encoding="utf-8")
    outcome = judge_groups(str(hand), RulebookChoice(rules=book)).outcome
    assert outcome.why_not is not None
    told = [repair.change["moves"] for repair in outcome.why_not.repairs]
    assert told == [{"bo": "G01"}, {"bo": "G02"}]
    for repair in outcome.why_not.repairs:
        _, _, _, move, *_ = repair.command.split()
        after = move_people(MoveRequest(str(hand), (move,)), RulebookChoice(rules=book))
        assert after.outcome.verdict is Verdict.FORMED
    book.write_text(rules.replace("2-3", "2"), encoding="utf-8")
    assert judge_groups(str(hand), RulebookChoice(rules=book)).outcome.why_not is None
