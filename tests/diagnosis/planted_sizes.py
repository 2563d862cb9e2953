"""Impossible by the sizes of groups and how many of some sort there are."""

from __future__ import annotations

from dataclasses import replace

from tests.brute_force import Person
from tests.diagnosis.oracle import COUNT, EVERYONE, SIZE
from tests.diagnosis.planting import (
    DIFFERENT,
    EXPERIENCED,
    NEW,
    Planted,
    from_town,
    mixed,
    recruits,
    shuffled,
)


def few_experienced(people: int, *, size: str = "3-5", wider: str = "3-6") -> Planted:
    """One experienced person too few for the fewest groups that hold everyone."""
    largest = int(size[-1])
    fewest = -(-people // largest)
    roster = mixed(people, people // 2, fewest - 1)
    # Some of those between have just over nine years.
    roster[-2:] = [replace(person, years=9) for person in roster[-2:]]
    return Planted(
        f"too few experienced people, {people}",
        shuffled(roster),
        frozenset({SIZE, EXPERIENCED, EVERYONE}),
        size=size,
        waiting=people - largest * (fewest - 1),
        witnesses={
            "size": {"size": wider},
            "band": {"experienced": "9 or more"},
            # One more makes a group more where the others are full.
            "recruit": {"more": recruits(30, 2 if people % largest == 0 else 1)},
        },
    )


def few_new(people: int, *, size: str = "3-5") -> Planted:
    """One new person too few for the fewest groups that hold everyone."""
    largest = int(size[-1])
    fewest = -(-people // largest)
    roster = mixed(people, fewest - 1, people // 2)
    return Planted(
        f"too few new people, {people}",
        shuffled(roster),
        frozenset({SIZE, NEW, EVERYONE}),
        size=size,
        waiting=people - largest * (fewest - 1),
        witnesses={
            "band": {"new": "below 6"},
            "recruit": {"more": recruits(1, 2 if people % largest == 0 else 1)},
        },
    )


def frequent_town(people: int, *, size: str = "3-5", wider: str = "2-5") -> Planted:
    """One more person from a town than there can be groups, half of them new."""
    smallest = int(size[0])
    most, new = people // smallest, people // 2
    first = new - (most + 1) // 2
    roster = from_town(mixed(people, new, people - new), "Espoo", slice(first, first + most + 1))
    return Planted(
        f"a town too frequent, {people}",
        shuffled(roster),
        frozenset({SIZE, DIFFERENT, EVERYONE}),
        size=size,
        # Where sizes come out even, one person less is one group less for that town.
        waiting=2 if people % smallest == 0 else 1,
        witnesses={"size": {"size": wider}},
    )


def indivisible(people: int, size: str, *, wider: str, more: int) -> Planted:
    """No number of groups of these sizes holds just so many people."""
    smallest, _, largest = size.partition("-")
    seats = people // int(smallest) * int(largest or smallest)
    newcomers = tuple(Person(f"Elsewhere {place}", 2 + 10 * (place % 2)) for place in range(more))
    return Planted(
        f"{people} people in groups of {size}",
        shuffled(mixed(people, people // 2, people - people // 2)),
        frozenset({SIZE, EVERYONE}),
        size=size,
        waiting=people - seats,
        witnesses={"size": {"size": wider}, "recruit": {"more": newcomers}},
    )


def few_groups(people: int, count: int, *, enough: int) -> Planted:
    """The number of groups that is asked for has too little room."""
    return Planted(
        f"room for {5 * count} of {people}",
        shuffled(mixed(people, people // 2, people - people // 2)),
        frozenset({SIZE, COUNT, EVERYONE}),
        count=count,
        waiting=people - 5 * count,
        witnesses={"count": {"count": enough}, "size": {"size": "3-9"}},
    )


def many_groups(people: int, count: int) -> Planted:
    """More groups are asked for than there are people for."""
    missing = 3 * count - people
    newcomers = tuple(Person(f"Elsewhere {place}", place % 2 * 20) for place in range(missing))
    return Planted(
        f"{count} groups of {people}",
        shuffled(mixed(people, people // 2, people - people // 2)),
        frozenset({SIZE, COUNT}),
        count=count,
        witnesses={
            "count": {"count": people // 3},
            "size": {"size": "2-5"},
            "recruit": {"more": newcomers},
        },
    )


def groups_without_experience(people: int, count: int, *, size: str = "3-5") -> Planted:
    """One experienced person too few for the number of groups that is asked for."""
    return Planted(
        f"{count - 1} experienced people for {count} groups",
        shuffled(mixed(people, people // 2, count - 1)),
        frozenset({COUNT, EXPERIENCED}),
        size=size,
        count=count,
        witnesses={"count": {"count": count - 1}, "recruit": {"more": recruits(20, 1)}},
    )
