"""A safe group outlives any absence, a fragile one does not, and reserves end where they say."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import oracle_of, problem_from
from tests.by_day import todays
from tests.test_random_rosters import random_roster
from vermegroup.domain.grouping import Grouping, grouping_of
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Reserve
from vermegroup.domain.problem import Problem
from vermegroup.judge.auditor import audit
from vermegroup.judge.robustness import LARGEST_TRIED, Edge, edge_of
from vermegroup.rules.include import Include
from vermegroup.rules.selectors.ranges import Having
from vermegroup.rules.size import Size
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

RICH = """
groups: {size: 3-6}
rules:
  - include: {experience: new, at_least: 1}
  - include: {years: 10 or more, at_least: 1}
  - ratio: {experience: new, per: experienced, at_most: 2}
  - not_alone: {subject: Music}
  - different: municipality
    at_most: 2
  - common: hours
  - spread: years
    at_least: 20
"""
HOURS = ("mo 16", "tu 16", "we 16")


def formed(problem: Problem) -> tuple[Grouping, Edge] | None:
    outcome = form(problem, Limits(seconds=1))
    if outcome.grouping is None or outcome.audit is None:
        return None
    return outcome.grouping, edge_of(problem, outcome.grouping, outcome.audit)


def roster_with_groups(seed: int) -> tuple[list[Person], Grouping, Edge]:
    """The first of some random rosters that groups can be formed of."""
    for number in range(seed, 1000, 50):
        people = random_roster(number)
        found = formed(problem_from(people))
        if found is not None:
            return people, *found
    raise AssertionError


def needs_by_group(edge: Edge) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    first = np.searchsorted(edge.seating.group, np.arange(edge.seating.groups))
    for _, seats in edge.reliances():
        for seat, group in zip(seats.tolist(), edge.seating.group[seats].tolist(), strict=True):
            found.setdefault(group, set()).add(seat - int(first[group]))
    return found


def one_missing(group: Sequence[int]) -> Iterator[list[int]]:
    """The group without its first member, without its second, and so on."""
    return ([*group[:at], *group[at + 1 :]] for at in range(len(group)))


def keeps_the_default(group: Sequence[Person]) -> bool:
    towns = {person.municipality for person in group}
    new = any(person.years < 5 for person in group)
    experienced = any(person.years >= 10 for person in group)
    return 3 <= len(group) <= 5 and len(towns) == len(group) and new and experienced


def judged_alone(problem: Problem, members: Sequence[int]) -> bool:
    """The audit's word on a roster of these people only, in one group."""
    alone = Problem(problem.roster.subset(np.array(members)), problem.rulebook)
    return audit(alone, grouping_of(np.zeros(len(members), dtype=np.int64))).valid


def agree(edge: Edge, grouping: Grouping, valid) -> tuple[int, int]:
    """Compare with a judge of reduced groups; how many groups are safe, and how many fragile."""
    needs = needs_by_group(edge)
    for group in range(grouping.groups):
        members = grouping.members(group).tolist()
        broken = {at for at, rest in enumerate(one_missing(members)) if not valid(rest)}
        assert needs.get(group, set()) == broken
        assert edge.fragile()[group] == bool(broken)
        assert edge.safe()[group] == (not broken)
    return int(edge.safe().sum()), int(edge.fragile().sum())


@pytest.mark.parametrize("seed", todays(range(50), 3))
def test_only_the_absence_of_one_who_is_needed_breaks_a_group(seed: int) -> None:
    """Judged in plain Python, by the default rulebook's meaning."""
    people, grouping, edge = roster_with_groups(seed)
    agree(edge, grouping, lambda rest: keeps_the_default([people[p] for p in rest]))


def test_the_random_rosters_have_safe_and_fragile_groups() -> None:
    edges = [roster_with_groups(seed)[2] for seed in range(4)]
    assert sum(edge.safe().sum() for edge in edges) > 3
    assert sum(edge.fragile().sum() for edge in edges) > 3


def test_every_kind_of_rule_has_its_say() -> None:
    counts = np.zeros(2, dtype=np.int64)
    blamed: set[str] = set()
    for seed in range(25):
        problem = problem_from(many_sided(random.Random(seed)), RICH)
        found = formed(problem)
        if found is None:
            continue
        grouping, edge = found
        counts += agree(edge, grouping, lambda rest, whole=problem: judged_alone(whole, rest))
        blamed |= {
            problem.rulebook.rules[rule].kind for rule, seats in edge.reliances() if len(seats)
        }
    assert (counts > 3).all()
    assert blamed >= {"size", "include", "ratio", "not_alone", "spread"}


def many_sided(chance: random.Random) -> list[Person]:
    return [
        Person(
            f"Town {chance.randrange(6)}",
            chance.choice((1, 2, 3, 6, 8, 12, 15, 25)),
            chance.choice(("Music", "Art", "Art", "Crafts")),
            tuple(chance.sample(HOURS, 2)),
        )
        for _ in range(chance.randint(12, 30))
    ]


def test_a_group_that_breaks_a_rule_is_neither_safe_nor_fragile() -> None:
    people = [Person(f"Town {p}", years) for p, years in enumerate((1, 12, 7, 2, 3, 4, 6))]
    problem = problem_from(people)
    grouping = grouping_of(np.array([0, 0, 0, 1, 1, 1, 1]))
    edge = edge_of(problem, grouping, audit(problem, grouping))
    assert edge.tried.tolist() == [True, False]
    assert edge.fragile().tolist() == [True, False]
    assert edge.safe().tolist() == [False, False]


def test_a_group_too_large_to_try_is_left_out() -> None:
    people = [Person("Town", 1)] * (LARGEST_TRIED + 4)
    problem = problem_from(people, "groups: {size: 3-1000}\nrules: [place_everyone]\n")
    grouping = grouping_of(np.array([0, 0, 0, *[1] * (LARGEST_TRIED + 1)]))
    edge = edge_of(problem, grouping, audit(problem, grouping))
    assert edge.tried.tolist() == [True, False]
    assert needs_by_group(edge) == {0: {0, 1, 2}}


def test_nothing_depends_on_how_many_are_asked_about_at_once(monkeypatch) -> None:
    problem = problem_from(random_roster(4))
    found = formed(problem)
    assert found is not None
    grouping, whole = found
    monkeypatch.setattr("vermegroup.judge.robustness._AT_ONCE", 20)
    pieces = edge_of(problem, grouping, audit(problem, grouping))
    assert np.array_equal(whole.breaks, pieces.breaks)


# reserves ---------------------------------------------------------------------------------------
SMALL = "groups: {{size: 2-3}}\nrules:\n  - include: {{experience: new, {quota}}}\n{everyone}"


@pytest.mark.parametrize("quota", ["at_least: 1", "exactly: 1"])
@pytest.mark.parametrize("everyone", [True, False])
def test_once_the_reserve_is_absent_that_many_groups_are_impossible(
    quota: str, *, everyone: bool
) -> None:
    """Whoever of them it is; by brute force over every grouping of those who are left."""
    text = SMALL.format(quota=quota, everyone="  - place_everyone\n" if everyone else "")

    def possible(people: Sequence[Person], groups: int) -> bool:
        return groups in oracle_of(people, text).all_costs

    with_reserve, earlier = 0, 0
    for seed in range(20):
        chance = random.Random(seed)
        people = [Person("T", chance.choice((1, 1, 12))) for _ in range(chance.randint(3, 6))]
        problem = problem_from(people, text)
        for groups in range(1, 4):
            if not possible(people, groups):
                continue
            for who, reserve in reserves(problem, groups):
                with_reserve += 1
                gone = without(people, who, reserve.absences)
                assert not any(possible(rest, groups) for rest in gone)
                fewer = without(people, who, reserve.absences - 1)
                earlier += any(possible(rest, groups) for rest in fewer)
    assert with_reserve > 10
    assert earlier > with_reserve / 2, "the reserve ends where it is said to, and not long before"


def reserves(problem: Problem, groups: int) -> Iterator[tuple[list[int], Reserve]]:
    """What each rule has in reserve, and who belongs to it."""
    for rule in problem.rulebook.rules:
        margin = rule.margin(problem.roster, problem.plan(groups))
        if margin is not None and margin.reserve is not None:
            yield counted(rule, problem), margin.reserve


def counted(rule: Kind, problem: Problem) -> list[int]:
    everybody = np.arange(len(problem.roster))
    if isinstance(rule, Include):
        having = Having(rule.trait, rule.value).among(problem.roster, everybody)
        return everybody[having].tolist()
    assert isinstance(rule, Size)
    return everybody.tolist()


def without(people: Sequence[Person], who: list[int], absent: int) -> Iterator[list[Person]]:
    for gone in combinations(who, absent):
        yield [person for at, person in enumerate(people) if at not in gone]


@pytest.mark.parametrize("seed", range(20))
def test_on_a_larger_roster_the_rule_itself_then_rules_that_number_out(seed: int) -> None:
    people = random_roster(seed)
    problem = problem_from(people)
    for groups in range(len(people) // 5, len(people) // 3 + 1):
        plan = problem.plan(groups)
        for rule in problem.rulebook.rules:
            margin = rule.margin(problem.roster, plan)
            if margin is None or margin.reserve is None or margin.reserve.absences < 1:
                continue
            gone = counted(rule, problem)[: margin.reserve.absences]
            rest = [person for at, person in enumerate(people) if at not in gone]
            assert len(rest) == len(people) - margin.reserve.absences
            left = problem_from(rest)
            assert rule.certificate(left.roster, replace(plan, everyone=True)) is not None


def test_a_rule_that_absences_do_not_use_up_has_no_reserve() -> None:
    text = "rules:\n  - different: municipality\n  - include: {experience: new, at_most: 2}\n"
    problem = problem_from([Person("Town", 1), Person("Oulu", 12), Person("Kemi", 6)], text)
    assert [len(who) for who, _ in reserves(problem, 1)] == [3], "only the group size has one"
