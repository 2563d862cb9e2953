"""Impossible because traits go together: experience and town, free time, subject."""

from __future__ import annotations

from dataclasses import replace

from tests.brute_force import Person
from tests.diagnosis.oracle import COUNT, EVERYONE, SIZE
from tests.diagnosis.planting import (
    DIFFERENT,
    EXPERIENCED,
    NEW,
    Planted,
    free_at,
    from_town,
    mixed,
    of_subject,
    recruits,
    shuffled,
)


def one_town_has_both(people: int) -> Planted:
    """All new and all experienced people are from one town; no group can have both.

    Some may wait, but no group is possible at all.
    """
    third = people // 3
    roster = from_town(mixed(people, third, third), "Oulu", slice(0, 2 * third))
    return Planted(
        f"new and experienced people from one town, {people}",
        shuffled(roster),
        frozenset({DIFFERENT, NEW, EXPERIENCED}),
        rules=(DIFFERENT, NEW, EXPERIENCED),
        witnesses={"recruit": {"more": recruits(1, 1)}},
    )


def town_of_the_new(groups: int) -> Planted:
    """All new people are from Oulu, and so is one of the experienced, who are enough in all.

    A group's new person takes its only place for Oulu, so the experienced one has to come from
    elsewhere; there is one too few of those for the number of groups that is asked for.
    """
    people = 4 * groups
    roster = mixed(people, groups, groups)
    return Planted(
        f"new people and one experienced from one town, {people}",
        shuffled(from_town(roster, "Oulu", slice(0, groups + 1))),
        frozenset({COUNT, DIFFERENT, NEW, EXPERIENCED}),
        rules=(DIFFERENT, NEW, EXPERIENCED),
        count=groups,
        witnesses={"count": {"count": groups - 1}, "recruit": {"more": recruits(20, 1)}},
    )


def no_hour_for_both(people: int) -> Planted:
    """New people are free on other days than experienced ones; no group is possible at all."""
    roster = mixed(people, people // 2, people - people // 2)
    return Planted(
        f"no free time for new and experienced people, {people}",
        shuffled(free_at(roster, ("tu 17", "we 17"), slice(0, people // 2))),
        frozenset({"common: hours", NEW, EXPERIENCED}),
        rules=(DIFFERENT, NEW, EXPERIENCED, "common: hours"),
    )


def hours_of_two(people: int) -> Planted:
    """Everyone shares each free time with one other person, and groups are of three."""
    roster = [
        replace(person, hours=(f"day {place}", f"day {(place + 1) % people}"))
        for place, person in enumerate(mixed(people, people // 2, people - people // 2))
    ]
    return Planted(
        f"free times that no three share, {people}",
        shuffled(roster),
        frozenset({SIZE, "common: hours"}),
        rules=(DIFFERENT, "common: hours", EVERYONE),
        witnesses={"size": {"size": "2-5"}},
    )


def lonely_hour(people: int) -> Planted:
    """One person is free when nobody else is."""
    roster = free_at(
        mixed(people, people // 2, people - people // 2),
        ("su 7",),
        slice(people // 2, people // 2 + 1),
    )
    return Planted(
        f"one person free at another time, {people}",
        shuffled(roster),
        frozenset({SIZE, "common: hours", EVERYONE}),
        rules=(DIFFERENT, "common: hours", EVERYONE),
        waiting=1,
    )


def hours_do_not_divide(people: int) -> Planted:
    """Seven can only on a day of their own, and groups have four or five members."""
    roster = free_at(mixed(people, people // 2, people - people // 2), ("fr 8",), slice(0, 7))
    return Planted(
        f"seven free on one day in groups of 4-5, {people}",
        shuffled(roster),
        frozenset({SIZE, "common: hours", EVERYONE}),
        rules=(DIFFERENT, "common: hours", EVERYONE),
        size="4-5",
        waiting=2,
        witnesses={"size": {"size": "3-5"}},
    )


def hour_without_experience(people: int) -> Planted:
    """On one day there are six people and one of them is experienced: two groups need two."""
    roster = mixed(people, people // 2, people - people // 2)
    roster = free_at(roster, ("fr 8",), slice(people // 2 - 5, people // 2 + 1))
    return Planted(
        f"one experienced person on a day of two groups, {people}",
        shuffled(roster),
        frozenset({SIZE, EXPERIENCED, "common: hours", EVERYONE}),
        rules=(DIFFERENT, EXPERIENCED, "common: hours", EVERYONE),
        waiting=1,
        witnesses={
            "size": {"size": "3-6"},
            "recruit": {"more": (Person("Elsewhere", 20, "Art", ("fr 8",)),)},
        },
    )


def subject_without_experience(people: int) -> Planted:
    """Groups are to be of one subject, and no musician is experienced."""
    roster = of_subject(mixed(people, people // 2, people - people // 2), "Music", slice(0, 4))
    return Planted(
        "a subject without experience",
        shuffled(roster),
        frozenset({"same: subject", EXPERIENCED, EVERYONE}),
        rules=(DIFFERENT, "same: subject", EXPERIENCED, EVERYONE),
        waiting=4,
        witnesses={"recruit": {"more": (Person("Elsewhere", 20, "Music"),)}},
    )


def alone_by_town(people: int, neighbours: int = 3) -> Planted:
    """Nobody from Kemi is to be the only one, and towns are to be different."""
    rule = "not_alone: {municipality: Kemi}"
    roster = mixed(people, people // 2, people - people // 2)
    return Planted(
        "townspeople neither alone nor together",
        shuffled(from_town(roster, "Kemi", slice(0, neighbours))),
        frozenset({DIFFERENT, rule, EVERYONE}),
        rules=(DIFFERENT, EXPERIENCED, rule, EVERYONE),
        waiting=neighbours,
    )


def alone_by_quota(people: int, musicians: int = 3) -> Planted:
    """Musicians are to be one at most, and not the only one."""
    most, rule = "include: {at_most: 1, subject: Music}", "not_alone: {subject: Music}"
    roster = mixed(people, people // 2, people - people // 2)
    return Planted(
        "musicians neither alone nor two",
        shuffled(of_subject(roster, "Music", slice(0, musicians))),
        frozenset({most, rule, EVERYONE}),
        rules=(DIFFERENT, NEW, most, rule, EVERYONE),
        waiting=musicians,
    )
