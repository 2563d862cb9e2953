"""What the oracle says of inputs that a person can judge at a glance."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.oracle.answers import Answer, Case, Oracle
from tests.oracle.chance import random_case
from tests.oracle.meanings import Groups, Members
from tests.oracle.written import lies_in, stretch_of

ROSTER = """\
id,municipality,years,role,times,wishes
A,Turku,0,mentee,ma;ti,B
B,Turku,4,mentor,ti;ke,A;C
C,Oulu,10,mentee,ma;ti;ke,
D,Lahti,15,mentee,ke,A
"""
EARLIER = "id,group\nA,G1\nB,G1\nC,G2\nD,G2\n"
ALL = (0, 1, 2, 3)


def oracle_of(rulebook: str, roster: str = ROSTER) -> Oracle:
    return Answer(Case(rulebook, roster, {"earlier.csv": EARLIER})).parts[""]


@pytest.mark.parametrize(
    ("rule", "kept", "broken"),
    [
        ("{different: municipality}", (0, 2, 3), (0, 1, 2)),
        ("{different: municipality, at_most: 2}", ALL, None),
        ("{same: municipality}", (0, 1), (1, 2)),
        ("{include: {role: mentor}}", (0, 1), (0, 2, 3)),
        ("{include: {role: mentor, exactly: 0}}", (0, 2, 3), (0, 1)),
        ("{include: {years: 4-10, at_most: 1}}", (0, 1, 3), (1, 2)),
        ("{include: {experience: new, at_least: 2}}", (0, 1, 2), (0, 2, 3)),
        ("{include: {experience: [mid, experienced], at_least: 2}}", (2, 3), (0, 1)),
        ("{ratio: {role: mentee, per: mentor, at_least: 1, at_most: 2}}", (0, 1, 2), ALL),
        ("{ratio: {role: mentee, per: mentor, at_least: 2}}", (0, 2), (0, 1)),
        ("{not_alone: {role: mentee}}", (0, 2), (0, 1)),
        ("{together: [A, C]}", (0, 1, 2), (1, 2)),
        ("{together: [[A, B], [B, D]]}", (0, 1, 3), (0, 1, 2)),
        ("{together: municipality}", (0, 1, 2), (1, 2)),
        ("{apart: [A, C]}", (0, 1, 3), (0, 2)),
        ("{apart: municipality}", (0, 2, 3), (0, 1)),
        ("{common: times}", (0, 1, 2), ALL),
        ("{common: times, at_least: 2}", (0, 2), (0, 1)),
        ("{spread: years, at_least: 20}", (0, 1, 2), (0, 1)),
        ("{spread: times, at_least: 3}", (0, 1), (1, 3)),
        ("{balance: years, at_most: 0.25}", (1, 2), (0, 1)),  # 7 and 2 from 7.25
        ("{balance: role, at_most: 25}", (0, 1), None),
        ("{balance: role, at_most: 24.9}", ALL, (0, 1)),
        ("{strangers: earlier.csv}", (0, 2), (0, 1)),
        ("{resilient: 1}", (0, 1, 2), (0, 1)),
    ],
)
def test_a_rule_about_single_groups(rule: str, kept: Members, broken: Members | None) -> None:
    oracle = oracle_of(f"groups: {{size: 2-4}}\nrules: [{rule}]\n")
    assert oracle.keeps_rules((kept,))
    assert broken is None or not oracle.keeps_rules((broken,))


@pytest.mark.parametrize(
    ("wish", "groups", "value"),
    [
        ("different: municipality", ((0, 1), (2, 3)), 1),
        ("same: municipality", ((0, 1), (2, 3)), 3),
        ("include: {role: mentor, exactly: 1}", ((0, 1), (2, 3)), 1),
        ("ratio: {role: mentee, per: mentor, at_most: 1}", ((0, 1, 2, 3),), 2),
        ("not_alone: {role: mentee}", ((0, 1), (2, 3)), 1),
        ("together: [A, B, C]", ((0, 1), (2, 3)), 1),
        ("apart: [A, B, C]", ((0, 1), (2, 3)), 2),
        ("apart: [A, B, C]", ((0, 3),), 3),
        ("common: times", ((0, 1), (2, 3)), 2),
        ("spread: years", ((0, 1, 2), (3,)), 20),
        ("spread: role", ((0, 1), (2, 3)), 3),
        ("balance: years", ((0, 1), (2, 3)), Fraction(21, 4)),
        ("balance: role", ((0, 1), (2, 3)), 25),
        ("strangers: earlier.csv", ((0, 1), (2, 3)), 2),
        ("keep: earlier.csv", ((0, 1, 2),), 1),
        ("resilient: 1", ((0, 1, 2),), 1),
        ("wishes: wishes", ((0, 1, 2),), 3),
        ("even_sizes", ((0, 1, 2), ()), 2),
    ],
)
def test_a_preferences_value(wish: str, groups: Groups, value: Fraction) -> None:
    written = wish if wish == "even_sizes" else f"{{{wish}}}"
    oracle = oracle_of(f"groups: {{size: 2-4}}\npreferences: [place_everyone, {written}]\n")
    waiting = 4 - sum(map(len, groups))
    assert oracle.values(groups) == (waiting, value)


def test_sizes_are_even_among_those_who_are_placed() -> None:
    oracle = oracle_of("groups: {size: 2-3}\nrules: [even_sizes, {apart: [C, D]}]\n")
    assert oracle.keeps_rules(((0, 1, 2),))
    assert oracle.values(((0, 1),)) == (2,)


def test_a_tier_is_weighed_and_the_place_and_the_size_come_first() -> None:
    book = (
        "groups: {size: 2-4, prefer: 3}\n"
        "preferences: [{spread: years, weight: 0.5}, {different: municipality, weight: 2}]\n"
    )
    oracle = oracle_of(book)
    assert [wish.kind for wish in oracle.wishes] == ["place_everyone", "size", "tier"]
    assert oracle.values(((0, 1, 2),)) == (1, 0, 2 - 10)
    assert oracle.best() == (0, 1, 2 - Fraction(4 + 10 + 15 + 6 + 11 + 5, 2))


def test_people_who_are_pinned_sit_in_groups_of_those_names() -> None:
    book = "groups: {size: 2}\nrules: [{pin: {A: G2, B: g02}}, {pin: {C: Team A}}]\n"
    oracle = oracle_of(book)
    assert oracle.keeps_rules(((0, 1), (2, 3)))
    assert not oracle.keeps_rules(((0, 1),))
    assert not oracle.keeps_rules(((0, 2), (1, 3)))
    assert oracle.keeps_names({"A": "G02", "B": "G02", "C": "team a"})
    assert not oracle.keeps_names({"A": "G01", "B": "G02", "C": "Team A"})
    assert not oracle_of("groups: {size: 2}\nrules: [{pin: {A: G03}}]\n").possible


def test_every_allowed_number_of_groups_counts() -> None:
    best = "groups: {size: 2-4, prefer: 4}\nrules: [{same: role}]\n"
    assert oracle_of(best).best() == (1, 1)
    assert not oracle_of(best.replace("prefer: 4", "count: 2")).possible
    rows = ROSTER + "E,Salo,3,mentor,ma,\n"
    assert set(oracle_of(best, rows).all_costs) == {1, 2}
    assert oracle_of(best, rows).best() == (0, 3)


def test_parts_form_their_groups_apart_and_may_wait_where_they_can() -> None:
    rows = ROSTER.replace("id,", "unit,id,").replace("\nA", "\nred,A").replace("\nB", "\nred,B")
    rows = rows.replace("\nC", "\nred,C").replace("\nD", "\nblue,D")
    split = "split_by: unit\ngroups: {size: 2-3}\n"
    assert Answer(Case(split, rows, {})).possible
    assert not Answer(Case(split + "rules: [place_everyone]\n", rows, {})).possible
    part = "parts: {red: {groups: {size: 3}, rules: [{pin: {A: Team}}, place_everyone]}}\n"
    assert Answer(Case(split + part, rows, {})).possible
    assert not Answer(Case(split + "rules: [{pin: {A: G1, D: G1}}]\n", rows, {})).possible


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("below 5", "4.75", "5"),
        ("at most 5", "5", "5.25"),
        ("over 5", "5.25", "5"),
        ("5 or more", "5", "4.75"),
        ("5-7.5", "7.5", "7.75"),
    ],
)
def test_ranges(text: str, inside: str, outside: str) -> None:
    stretch = stretch_of(text)
    assert stretch is not None
    assert lies_in(Fraction(inside), stretch)
    assert not lies_in(Fraction(outside), stretch)


def test_equal_seeds_draw_equal_cases_and_others_others() -> None:
    assert random_case(7) == random_case(7)
    assert random_case(7) != random_case(8)


def test_about_half_of_the_cases_are_possible() -> None:
    possible = sum(Answer(random_case(seed)).possible for seed in range(1, 101))
    assert 30 < possible < 70
