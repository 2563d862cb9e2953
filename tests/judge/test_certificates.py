"""What every group needs, added up over several rules: told just where it is too much."""

from __future__ import annotations

import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.problem import Problem
from vermegroup.judge.certificates import MOST_QUOTAS, Certificates

RED = "{include: {subject: red, at_least: 2}}"
BLUE = "{include: {subject: blue, at_least: 1}}"
APART = "{different: municipality}"
TWO_OF_A_TOWN = "{different: municipality, at_most: 2}"


def people(*kinds: tuple[str, str, int]) -> list[Person]:
    """So many of each subject and town."""
    return [Person(town, 5, subject) for subject, town, many in kinds for _ in range(many)]


def problem(roster: list[Person], sizes: str, *rules: str) -> Problem:
    return problem_from(roster, f"groups: {{size: {sizes}}}\nrules: [{', '.join(rules)}]\n")


def kinds_of(case: Problem, groups: int) -> tuple[str, ...] | None:
    """The kinds of the rules that the first proof speaks of, if there is one."""
    proof = Certificates(case).of(case.plan(groups))
    return None if proof is None else tuple(rule.kind for rule in proof.rules)


ANYWHERE = people(*((colour, f"{colour} {at}", 1) for colour in ("red", "blue") for at in range(8)))


@pytest.mark.parametrize(
    ("sizes", "rules", "expected"),
    [
        ("2", (RED, BLUE), ("include", "include")),  # two and one are more than two
        ("2-3", (RED, BLUE), None),
        ("2", (RED,), None),
        ("2-3", (RED, "{include: {subject: blue, at_least: 2}}"), ("include", "include")),
        ("2-4", (RED, "{include: {subject: blue, at_least: 2}}"), None),
        # The same people are not counted twice.
        ("2", (RED, "{include: {subject: [red, blue], at_least: 2}}"), None),
        ("2", (RED, "{include: {subject: red, at_least: 1}}"), None),
    ],
)
def test_quotas_of_different_people_add_up(sizes: str, rules: tuple[str, ...], expected) -> None:
    case = problem(ANYWHERE, sizes, *rules)
    assert [kinds_of(case, groups) for groups in (1, 2, 3)] == [expected] * 3


def test_three_quotas_add_up_where_no_two_are_too_much() -> None:
    roster = [*ANYWHERE, *people(("green", "G", 4))]
    three = (RED, BLUE, "{include: {subject: green, at_least: 1}}")
    assert kinds_of(problem(roster, "2-3", *three), 2) == ("include",) * 3
    assert kinds_of(problem(roster, "2-4", *three), 2) is None


def test_one_rule_that_rules_a_number_out_is_told_before_several() -> None:
    case = problem(people(("red", "R", 3), ("blue", "B", 3)), "2", RED, BLUE)
    assert kinds_of(case, 2) == ("include",)  # three of the four who are needed
    assert kinds_of(case, 1) == ("include", "include")


@pytest.mark.parametrize(
    ("towns", "rules", "expected"),
    [
        # Four red people of two towns: k groups can seat k of each town, and need 2 k.
        ((("red", "R", 2), ("red", "S", 2)), (RED, APART), (None, None, "include")),
        ((("red", "R", 3), ("red", "S", 1)), (RED, APART), (None, "different", "include")),
        ((("red", "R", 4),), (RED, APART), ("different", "different", "include")),
        ((("red", "R", 4),), (RED, TWO_OF_A_TOWN), (None, None, "include")),
        ((("red", "R", 7),), (RED, TWO_OF_A_TOWN), (None, None, None)),
        # Those of two quotas take the seats of one town from each other.
        (
            (("red", "R", 2), ("red", "S", 2), ("blue", "R", 2)),
            (RED, BLUE, APART),
            ("different", "different", "include"),
        ),
        (
            (("red", "R", 2), ("red", "S", 2), ("blue", "T", 2)),
            (RED, BLUE, APART),
            (None, None, "include"),
        ),
    ],
)
def test_quotas_need_seats_under_a_cap(towns, rules, expected) -> None:
    others = people(*(("green", f"G{at}", 1) for at in range(8)))
    case = problem([*people(*towns), *others], "2-4", *rules)
    found = [kinds_of(case, groups) for groups in (1, 2, 3)]
    assert tuple(None if kinds is None else kinds[-1] for kinds in found) == expected
    several = [kinds for kinds in found if kinds is not None and kinds[-1] == "different"]
    assert several == [("include",) * (len(rules) - 1) + ("different",)] * len(several)


def test_so_many_quotas_are_counted_together_and_no_more() -> None:
    colours = [f"colour {at}" for at in range(MOST_QUOTAS + 1)]
    roster = people(*((colour, colour, 2) for colour in colours))
    rules = [f"{{include: {{subject: {colour}, at_least: 1}}}}" for colour in colours]
    assert (
        kinds_of(problem(roster, f"2-{MOST_QUOTAS - 1}", *rules), 2) == ("include",) * MOST_QUOTAS
    )
    assert kinds_of(problem(roster, f"2-{MOST_QUOTAS}", *rules), 2) is None
