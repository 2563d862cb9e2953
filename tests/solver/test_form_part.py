"""The best is the best over all numbers of groups, not of the one that looked likeliest."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from tests.by_day import todays
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.domain.problem import Problem
from vermegroup.judge.auditor import audit
from vermegroup.judge.rivals import numbers_allowed
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

MENTORS = (
    [("mentor", 4), ("mentee", 8)],
    "groups: {{size: {size}, prefer: {prefer}}}\n"
    "rules: [{{include: {{subject: mentor, exactly: 1}}}}{more}]\n"
    "preferences: [place_everyone]\n",
)
UNITS = (
    [("red", 7), ("blue", 2)],
    "groups: {{size: {size}, prefer: {prefer}}}\n"
    "rules: [{{same: subject}}, place_everyone{more}]\n",
)
TOWNS = (
    [("Turku", 2), ("Oulu", 4)],
    "groups: {{size: {size}, prefer: {prefer}}}\n"
    "rules: [{{different: subject}}, even_sizes{more}]\n"
    "preferences: [place_everyone]\n",
)
WITHOUT_PREFER = (
    [("red", 5), ("blue", 3), ("green", 3)],
    "groups: {{size: {size}}}\n"
    "rules: [{{include: {{subject: red, at_least: 1}}}}{more}]\n"
    "preferences: [{{spread: years}}, even_sizes, {{balance: years}}]\n",
)
SIZES = (("2-3", 3), ("2-7", 4), ("3-5", 4), ("2-4", 2))
MORE = ("", ", {different: municipality}", ", {not_alone: {municipality: Town 1}}")
CASES = [
    (*base, *sizes, more)
    for base, sizes, more in product((MENTORS, UNITS, TOWNS, WITHOUT_PREFER), SIZES, MORE)
]


def problem_of(
    counts: list[tuple[str, int]], book: str, size: str, prefer: int, more: str
) -> Problem:
    subjects = [subject for subject, count in counts for _ in range(count)]
    people = [
        Person(f"Town {number % 6}", (7 * number) % 23, subject)
        for number, subject in enumerate(subjects)
    ]
    return problem_from(people, book.format(size=size, prefer=prefer, more=more))


def with_number(problem: Problem, groups: int) -> Problem:
    spec = replace(problem.rulebook.groups, fewest=groups, most=groups)
    return replace(problem, rulebook=replace(problem.rulebook, groups=spec))


def values(outcome: Outcome) -> tuple[int, ...]:
    """The preferences' values, less being better."""
    return tuple(
        standing.value * standing.preference.sense.value for standing in outcome.preferences
    )


@pytest.mark.parametrize(
    ("counts", "book", "size", "prefer", "more"), todays(CASES, 3, several=True)
)
def test_no_number_of_groups_does_better_than_the_free_one(
    counts: list[tuple[str, int]], book: str, size: str, prefer: int, more: str
) -> None:
    problem = problem_of(counts, book, size, prefer, more)
    free = form(problem, Limits(seconds=60))
    each = [form(with_number(problem, k), Limits(seconds=60)) for k in numbers_allowed(problem)]
    assert all(outcome.verdict in (Verdict.FORMED, Verdict.IMPOSSIBLE) for outcome in each)
    formed = [outcome for outcome in each if outcome.verdict is Verdict.FORMED]
    assert (free.verdict is Verdict.FORMED) == bool(formed)
    if formed:
        assert free.proven
        assert values(free) == min(map(values, formed))


@pytest.mark.parametrize(("counts", "book", "size", "prefer", "more"), CASES[::3])
def test_the_audit_calls_proven_only_what_no_other_number_betters(
    counts: list[tuple[str, int]], book: str, size: str, prefer: int, more: str
) -> None:
    problem = problem_of(counts, book, size, prefer, more)
    formed = [form(with_number(problem, k), Limits(seconds=60)) for k in numbers_allowed(problem)]
    found = [outcome for outcome in formed if outcome.verdict is Verdict.FORMED]
    best = min(map(values, found), default=())
    for outcome in found:
        assert outcome.grouping is not None
        for at, standing in enumerate(audit(problem, outcome.grouping).preferences):
            reached = standing.value * standing.preference.sense.value
            if values(outcome)[:at] == best[:at]:
                assert standing.bound * standing.preference.sense.value <= best[at]
                assert not standing.proven or reached == best[at]


def test_what_was_not_compared_is_said_of_one_number_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vermegroup.judge.rivals.MOST_LOOKS", 20)
    problem = problem_of(*WITHOUT_PREFER, "2-7", 4, "")
    outcome = form(problem, Limits(seconds=60))
    spread = next(
        standing for standing in outcome.preferences if standing.preference.kind == "spread"
    )
    assert spread.this_number
    assert not spread.proven
    assert not outcome.proven
