"""The naive twin of rebalancing: every way of seating a handful of people anew, judged plainly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from tests.oracle.answers import Oracle
from tests.oracle.meanings import Groups, Members

Rank = tuple[int, int, int, int]


def best_rank(oracle: Oracle, before: Sequence[int], *, whole: bool, in_turn: bool = False) -> Rank:
    """The least people waiting, bonds broken, groups touched and new bonds, in this order.

    ``before`` is each one's old group, -1 for none; two who had none make no new bond that counts.
    With ``whole`` what is left of an old group stays together, or waits together. ``in_turn``: who
    had no group is placed in the order of the rows, before groups touched are counted.
    """
    valid = set(oracle.groups())
    units = units_of(before)
    found = [
        groups
        for groups in seatings(oracle.world.all(), valid)
        if not whole or all(together(unit, groups) for unit in units)
    ]

    def order(groups: Groups) -> tuple[object, ...]:
        waiting, broken, *rest = rank(before, groups)
        return waiting, broken, late(before, groups) if in_turn else (), *rest

    return rank(before, min(found, key=order))


def late(before: Sequence[int], groups: Groups) -> tuple[int, ...]:
    """The places of those who wait, those without an old group last; the later, the less."""
    if -1 not in before:
        return ()
    seated = {person for group in groups for person in group}
    order = sorted(range(len(before)), key=lambda person: (before[person] == -1, person))
    return tuple(-place for place, person in enumerate(order) if person not in seated)


def seatings(rest: Members, valid: set[Members]) -> Iterator[Groups]:
    """Every choice of valid groups that share nobody; the others wait."""
    if not rest:
        yield ()
        return
    first, others = rest[0], rest[1:]
    yield from seatings(others, valid)
    for size in range(len(others) + 1):
        for mates in combinations(others, size):
            if (first, *mates) in valid:
                left = tuple(person for person in others if person not in mates)
                for groups in seatings(left, valid):
                    yield ((first, *mates), *groups)


def units_of(before: Sequence[int]) -> list[Members]:
    return [
        tuple(person for person, home in enumerate(before) if home == group)
        for group in sorted(set(before) - {-1})
    ]


def together(unit: Members, groups: Groups) -> bool:
    homes = {next((g for g in groups if person in g), None) for person in unit}
    return len(homes) == 1


def rank(before: Sequence[int], groups: Groups) -> Rank:
    seated = {person: number for number, group in enumerate(groups) for person in group}
    people = range(len(before))
    old = [p for p in combinations(people, 2) if before[p[0]] == before[p[1]] != -1]
    now = [p for p in combinations(people, 2) if p[0] in seated and p[1] in seated]
    now = [p for p in now if seated[p[0]] == seated[p[1]]]
    now = [p for p in now if not before[p[0]] == before[p[1]] == -1]
    return (
        len(before) - len(seated),
        len(set(old) - set(now)),
        sum(unit not in groups for unit in units_of(before)),
        len(set(now) - set(old)),
    )
