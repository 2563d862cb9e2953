"""Impossible by roles, quotas and values: too many, too few, or too much alike."""

from __future__ import annotations

from tests.brute_force import Person
from tests.diagnosis.oracle import EVERYONE, RESILIENT, SIZE
from tests.diagnosis.planting import (
    DIFFERENT,
    EXPERIENCED,
    NEW,
    Planted,
    from_town,
    mixed,
    of_subject,
    recruits,
    shuffled,
)

MENTORS = "include: {at_most: 1, subject: Mentor}"
ONE_MENTOR = "include: {exactly: 1, subject: Mentor}"


def many_mentors(
    people: int, *, size: str = "4-5", wider: str | None = "3-5", quota: str = MENTORS
) -> Planted:
    """One mentor more than there can be groups, each with one at most."""
    smallest = int(size[0])
    most = people // smallest
    assert people % smallest, "one less must make as many groups"
    roster = of_subject(mixed(people, people // 2, people // 2), "Mentor", slice(0, most + 1))
    return Planted(
        f"too many mentors, {people}, {quota}",
        shuffled(roster),
        frozenset({SIZE, quota, EVERYONE}),
        rules=(DIFFERENT, quota, EVERYONE),
        size=size,
        waiting=1,
        witnesses={"size": {"size": wider}} if wider else {},
    )


def crowded_quotas(people: int) -> Planted:
    """Two new and two experienced people are asked for in groups of three; some may wait."""
    two_new = "include: {at_least: 2, experience: new}"
    two_experienced = "include: {at_least: 2, experience: experienced}"
    return Planted(
        "quotas beyond the group",
        shuffled(mixed(people, people // 2, people - people // 2)),
        frozenset({SIZE, two_new, two_experienced}),
        rules=(DIFFERENT, two_new, two_experienced),
        size="3",
        witnesses={"size": {"size": "4-6"}},
    )


def ratio_of(mentors: int, mentees: int, limit: str, *, waiting: int) -> Planted:
    """Mentors and mentees of whom one sort is too many."""
    rule = f"ratio: {{{limit}, per: Mentor, subject: Mentee}}"
    roster = mixed(mentors + mentees, (mentors + mentees) // 2, mentors)
    roster = of_subject(of_subject(roster, "Mentee", slice(None)), "Mentor", slice(0, mentors))
    sort = "Mentee" if "at_least" in limit else "Mentor"
    newcomers = tuple(Person(f"Elsewhere {place}", 7, sort) for place in range(3))
    return Planted(
        f"{mentees} mentees for {mentors} mentors, {limit}",
        shuffled(roster),
        frozenset({rule, EVERYONE}),
        rules=(DIFFERENT, rule, EVERYONE),
        size="3-9",
        waiting=waiting,
        witnesses={"recruit": {"more": newcomers}},
    )


def sole_musician(people: int) -> Planted:
    """One musician, who is not to be the only one in a group."""
    rule = "not_alone: {subject: Music}"
    roster = of_subject(mixed(people, people // 2, people - people // 2), "Music", slice(0, 1))
    return Planted(
        "a sole musician",
        shuffled(roster),
        frozenset({rule, EVERYONE}),
        rules=(DIFFERENT, NEW, EXPERIENCED, rule, EVERYONE),
        waiting=1,
        witnesses={"recruit": {"more": (Person("Elsewhere", 1, "Music"),)}},
    )


def no_reserve(groups: int, *, size: str = "4-5", wider: str | None = "4-6") -> Planted:
    """Groups that survive an absence need two new people each, and one is missing."""
    largest = int(size[-1])
    people = largest * groups
    return Planted(
        f"one new person too few in reserve, {people}",
        shuffled(mixed(people, 2 * groups - 1, people // 2)),
        frozenset({SIZE, NEW, RESILIENT, EVERYONE}),
        rules=(DIFFERENT, NEW, RESILIENT, EVERYONE),
        size=size,
        waiting=largest,
        witnesses={
            "recruit": {"more": recruits(1, largest)},
            **({"size": {"size": wider}} if wider else {}),
        },
    )


def small_town(people: int) -> Planted:
    """Groups are to be within a town, and one town has two people only."""
    rule = "same: municipality"
    roster = from_town(mixed(people, people // 2, people - people // 2), "Turku", slice(None))
    return Planted(
        "a town too small for a group",
        shuffled(from_town(roster, "Kemi", slice(people // 2 - 1, people // 2 + 1))),
        frozenset({SIZE, rule, EVERYONE}),
        rules=(rule, NEW, EXPERIENCED, EVERYONE),
        waiting=2,
        witnesses={"size": {"size": "2-5"}, "recruit": {"more": (Person("Kemi", 20),)}},
    )


def alike_in_years(people: int) -> Planted:
    """All have so nearly the same experience that no group of five differs enough."""
    roster = [Person(f"Town {place}", place % 4) for place in range(people)]
    return Planted(
        "years too much alike",
        tuple(roster),
        frozenset({SIZE, "at_least: 20.0, spread: years"}),
        rules=(DIFFERENT, "at_least: 20.0, spread: years", EVERYONE),
        witnesses={"size": {"size": "6-9"}},
    )
