"""Impossible by who is to be with whom, and who is not."""

from __future__ import annotations

from dataclasses import replace

from tests.brute_force import Person
from tests.diagnosis.oracle import COUNT, EVERYONE, SIZE
from tests.diagnosis.planting import (
    DIFFERENT,
    EXPERIENCED,
    NEW,
    Planted,
    ids,
    mixed,
    of_subject,
    shuffled,
)


def many_apart(people: int) -> Planted:
    """One more who are to be apart from each other than there can be groups."""
    most = people // 3
    rule = f"apart: [{ids(*range(most + 1))}]"
    return Planted(
        f"{most + 1} people apart in {most} groups",
        tuple(mixed(people, people // 2, people - people // 2)),
        frozenset({SIZE, rule, EVERYONE}),
        rules=(DIFFERENT, rule, EVERYONE),
        waiting=2 if people % 3 == 0 else 1,
        witnesses={"size": {"size": "2-5"}},
    )


def triangle_apart(people: int) -> Planted:
    """Three who are apart in pairs, and two groups; no list alone is too long."""
    rule = f"apart: [{ids(0, 1)}, {ids(1, 2)}, {ids(0, 2)}]"
    return Planted(
        "a triangle of people apart in two groups",
        tuple(mixed(people, people // 2, people - people // 2)),
        frozenset({COUNT, rule, EVERYONE}),
        rules=(DIFFERENT, NEW, EXPERIENCED, rule, EVERYONE),
        size="3-9",
        count=2,
        waiting=1,
        witnesses={"count": {"count": 3}},
    )


def team_too_large(people: int) -> Planted:
    """Six of one team belong together in groups of five at most."""
    rule = "together: subject"
    return Planted(
        "a team larger than a group",
        shuffled(_teams(people, first=6)),
        frozenset({SIZE, rule, EVERYONE}),
        rules=(rule, EVERYONE),
        waiting=6,
        witnesses={"size": {"size": "3-6"}},
    )


def _teams(people: int, first: int) -> list[Person]:
    """The first team has so many people, all others two."""
    found = mixed(people, people // 2, people - people // 2)
    teams = [0] * first + [1 + place // 2 for place in range(people - first)]
    return [
        replace(person, subject=f"Team {team}") for person, team in zip(found, teams, strict=True)
    ]


def chain_together(people: int) -> Planted:
    """A team of three and a list of four make six who belong together: one sits in both."""
    by_list = f"together: [{ids(2, 3, 4, 5)}]"
    roster = mixed(people, people // 2, people - people // 2)
    roster = [replace(p, subject=f"Alone {place}") for place, p in enumerate(roster)]
    return Planted(
        "a chain of six people together",
        tuple(of_subject(roster, "Team", slice(0, 3))),
        frozenset({SIZE, "together: subject", by_list, EVERYONE}),
        rules=(DIFFERENT, "together: subject", by_list, EVERYONE),
        waiting=6,
        witnesses={"size": {"size": "3-6"}},
    )


def chain_together_and_apart(people: int) -> Planted:
    """The ends of a chain of teams and lists are to be apart."""
    by_list, ends = f"together: [{ids(2, 3)}]", f"apart: [{ids(0, 4)}]"
    roster = mixed(people, people // 2, people - people // 2)
    roster = [replace(p, subject=f"Alone {place}") for place, p in enumerate(roster)]
    roster = of_subject(of_subject(roster, "Team", slice(0, 3)), "Other team", slice(3, 5))
    return Planted(
        "the ends of a chain apart",
        tuple(roster),
        frozenset({"together: subject", by_list, ends, EVERYONE}),
        rules=(DIFFERENT, "together: subject", by_list, ends, EVERYONE),
        size="3-6",
        waiting=5,
    )


def neighbours_together(people: int) -> Planted:
    """Two from the same town belong together, and towns are to be different."""
    rule = f"together: [{ids(0, people - 1)}]"
    roster = mixed(people, people // 2, people - people // 2)
    roster[0], roster[-1] = (replace(roster[at], municipality="Salo") for at in (0, -1))
    return Planted(
        "neighbours together",
        tuple(roster),
        frozenset({DIFFERENT, rule, EVERYONE}),
        rules=(DIFFERENT, NEW, EXPERIENCED, rule, EVERYONE),
        waiting=2,
    )


def neighbours_pinned(people: int) -> Planted:
    """Two from the same town are promised one group, and towns are to be different."""
    rule = f"pin: {{SYN-001: G01, SYN-{people:03d}: G01}}"
    roster = mixed(people, people // 2, people - people // 2)
    roster[0], roster[-1] = (replace(roster[at], municipality="Salo") for at in (0, -1))
    return Planted(
        "neighbours promised one group",
        tuple(roster),
        frozenset({DIFFERENT, rule}),
        rules=(DIFFERENT, NEW, EXPERIENCED, rule, EVERYONE),
    )


def experience_in_pairs(groups: int, *, size: str = "3-5") -> Planted:
    """Enough experienced people for all groups, but two of them belong together."""
    people = int(size[-1]) * groups - 1
    roster = mixed(people, people // 2, groups)
    rule = f"together: [{ids(people // 2, people // 2 + 1)}]"
    return Planted(
        f"experienced people in pairs, {people}",
        tuple(roster),
        frozenset({SIZE, EXPERIENCED, rule, EVERYONE}),
        rules=(DIFFERENT, NEW, EXPERIENCED, rule, EVERYONE),
        size=size,
        waiting=int(size[-1]) - 1,
        witnesses={"recruit": {"more": (Person("Elsewhere", 20),)}},
    )


def full_team(people: int) -> Planted:
    """Five who belong together fill a group, and none of them is new."""
    rule = f"together: [{ids(*range(people - 5, people))}]"
    return Planted(
        "a full team without anyone new",
        tuple(mixed(people, people - 5, 5)),
        frozenset({SIZE, NEW, rule, EVERYONE}),
        rules=(DIFFERENT, NEW, rule, EVERYONE),
        waiting=5,
        witnesses={"size": {"size": "2-6"}},
    )
