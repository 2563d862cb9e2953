"""Groups get their names at the end, and those that were promised are kept."""

from __future__ import annotations

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.grouping import Grouping, group_key
from vermegroup.domain.outcome import Verdict
from vermegroup.judge.auditor import audit
from vermegroup.solver.form_parts import form
from vermegroup.solver.solution import named

PEOPLE = [Person(f"Town {number % 3}", number) for number in range(12)]


@pytest.mark.parametrize(
    ("promises", "names"),
    [
        ({}, "G01 G02 G03"),
        ({0: "G03"}, "G03 G01 G02"),
        ({0: "3", 4: "g1"}, "G03 G02 G01"),
        ({0: "Blue"}, "Blue G01 G02"),
        ({2: "Blue", 4: "G02"}, "G01 Blue G02"),
        ({0: "G17"}, "G17 G01 G02"),
        ({6: "G01"}, "G01 G02 G03"),
    ],
)
def test_promised_names_are_kept_and_the_others_follow_in_order(promises, names) -> None:
    """Two people in each of three groups, in the roster's order, and one who waits."""
    found = named(np.array([0, 0, 1, 1, 2, 2, -1]), 3, promises)
    assert [found.names[group] for group in found.group_of[:6:2]] == names.split()
    assert found.group_of[6] == -1
    assert len(set(found.names)) == 3


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("G03", "g3", True), ("3", "G003", True), ("Tiimi  A", "tiimi a", True), ("G3", "G30", False)],
)
def test_spellings_of_a_group_are_one_group(one: str, other: str, same: bool) -> None:
    assert (group_key(one) == group_key(other)) == same


def test_people_are_in_the_groups_that_were_settled() -> None:
    rules = "rules: [{pin: {SYN-012: G01, SYN-001: G03, SYN-005: Tiimi A}}, place_everyone]"
    outcome = form(problem_from(PEOPLE, "groups: {size: 3}\n" + rules))
    assert outcome.verdict is Verdict.FORMED
    assert outcome.grouping is not None
    names = [outcome.grouping.names[group] for group in outcome.grouping.group_of]
    assert (names[11], names[0], names[4]) == ("G01", "G03", "Tiimi A")


def test_numbers_go_through_all_parts_of_a_split_roster() -> None:
    rules = "rules: [{pin: {SYN-003: G01, SYN-001: G03}}, place_everyone]"
    outcome = form(problem_from(PEOPLE, f"split_by: municipality\ngroups: {{size: 4}}\n{rules}"))
    assert outcome.verdict is Verdict.FORMED
    assert outcome.grouping is not None
    names = [outcome.grouping.names[group] for group in outcome.grouping.group_of[:3]]
    assert names == ["G03", "G02", "G01"]
    assert [part.outcome.grouping.names for part in outcome.parts] == [("G03",), ("G02",), ("G01",)]


def test_the_audit_tells_who_is_not_where_it_was_settled() -> None:
    pins = "rules: [{pin: {SYN-001: G01, SYN-002: Blue, SYN-012: G02}}]"
    problem = problem_from(PEOPLE, "groups: {size: 3-4}\n" + pins)
    group_of = np.array([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, -1])
    judged = audit(problem, Grouping(group_of, ("g1", "G02", "Blue")))
    (breach,) = (breach for standing in judged.rules for breach in standing.breaches)
    assert breach.people == (1, 11)
    assert (
        str(breach.sentence)
        == "not in the group that was settled: SYN-002 (Blue) and SYN-012 (G02)"
    )
    group_of[[1, 8, 11]] = [2, 0, 1]
    assert audit(problem, Grouping(group_of, ("g1", "G02", "Blue"))).rules[1].satisfied


def test_whom_a_rule_seats_does_not_wait() -> None:
    """The deal leaves out the last ones, and mending never seats them."""
    pins = ", ".join(f"SYN-{number:03d}: G{number:02d}" for number in range(1, 41))
    text = f"groups: {{size: 3, count: 40}}\nrules: [{{pin: {{{pins}}}}}]\n"
    text += "preferences: [spread: years]"
    outcome = form(problem_from([Person("Town", number) for number in range(140)], text))
    assert outcome.verdict is Verdict.FORMED
    assert outcome.grouping is not None
    assert outcome.grouping.group_of[:40].tolist() == list(range(40))
