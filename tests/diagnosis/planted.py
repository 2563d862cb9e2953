"""Impossible rosters, each for one known reason.

Every roster is built so that one set of rules cannot hold together, and nothing else stands in
the way: without any one rule of that set, all the others can be kept. So that set is the only
smallest conflict there is. Rules are told by the labels of :mod:`tests.diagnosis.oracle`.

``witnesses`` are repairs that work, by kind, as fields of the planted roster to be changed:
another size, another number of groups, another threshold, more people. Where a kind is missing,
nothing is said about it. All people are invented.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tests.brute_force import Person
from tests.builders import problem_from
from tests.diagnosis.oracle import COUNT, EVERYONE, RESILIENT, SIZE, Labels
from vermegroup.problem import Problem

DIFFERENT = "different: municipality"
NEW = "include: {at_least: 1, experience: new}"
EXPERIENCED = "include: {at_least: 1, experience: experienced}"
NEW_FROM, EXPERIENCED_FROM = "below 5", "10 or more"


@dataclass(frozen=True)
class Planted:
    """A roster and rules that cannot all be kept, and which of the rules are to blame.

    ``rules`` are entries of a rulebook, each on one line and written as its label. ``repairs``
    are kinds of repair that are known to exist: ``waitlist`` (``waiting`` people at least),
    ``relax`` (any one of the conflict's rules), and those of ``witnesses``: ``size``, ``count``,
    ``band``, ``recruit``.
    """

    name: str
    people: tuple[Person, ...]
    conflict: Labels
    rules: tuple[str, ...] = (DIFFERENT, NEW, EXPERIENCED, EVERYONE)
    size: str = "3-5"
    count: int | str | None = None
    new: str = NEW_FROM
    experienced: str = EXPERIENCED_FROM
    waiting: int | None = None
    witnesses: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @property
    def repairs(self) -> frozenset[str]:
        """The kinds of repair that are known to exist."""
        waitlist = ["waitlist"] if self.waiting is not None else []
        return frozenset(["relax", *waitlist, *self.witnesses])

    def rulebook(self) -> str:
        """The rulebook as YAML, with no preferences."""
        counted = "" if self.count is None else f", count: {self.count}"
        lines = [
            f"groups: {{size: {self.size}{counted}}}",
            f"bands: {{experience: {{new: {self.new}, experienced: {self.experienced}}}}}",
            "rules:",
            *(f"  - {_entry(rule)}" for rule in self.rules),
        ]
        return "\n".join(lines) + "\n"

    def problem(self) -> Problem:
        """The roster under all of its rules."""
        return problem_from(self.people, self.rulebook())

    def repaired(self, kind: str) -> Planted:
        """The planted roster with a repair that is known to work."""
        if kind == "waitlist":
            return self.without(EVERYONE)
        changes = dict(self.witnesses[kind])
        more = changes.pop("more", ())
        return replace(self, **changes, people=(*self.people, *more))

    def without(self, rule: str) -> Planted:
        """The same with one rule less."""
        assert rule in self.rules
        return replace(self, rules=tuple(own for own in self.rules if own != rule))


def _entry(rule: str) -> str:
    return rule if rule == EVERYONE else f"{{{rule}}}"


# people -----------------------------------------------------------------------------------------
def mixed(people: int, new: int, experienced: int) -> list[Person]:
    """So many new and experienced people, the others between; no two from the same town.

    All free at the same hour, and of one subject.
    """
    between = people - new - experienced
    years = [
        *(place % 5 for place in range(new)),
        *(10 + place % 17 for place in range(experienced)),
        *(5 + place % 3 for place in range(between)),
    ]
    return [Person(f"Town {place}", own, "Art", ("mo 16",)) for place, own in enumerate(years)]


def shuffled(people: Sequence[Person]) -> tuple[Person, ...]:
    """In an order that says nothing of who they are."""
    found = list(people)
    random.Random(len(found)).shuffle(found)
    return tuple(found)


def from_town(people: Sequence[Person], town: str, which: slice) -> list[Person]:
    """The same people, some of them from one town."""
    found = list(people)
    found[which] = [replace(own, municipality=town) for own in found[which]]
    return found


def of_subject(people: Sequence[Person], subject: str, which: slice) -> list[Person]:
    """The same people, some of them with another subject, or in another role."""
    found = list(people)
    found[which] = [replace(own, subject=subject) for own in found[which]]
    return found


def free_at(people: Sequence[Person], hours: Sequence[str], which: slice) -> list[Person]:
    """The same people, some of them free at other hours."""
    found = list(people)
    found[which] = [replace(own, hours=tuple(hours)) for own in found[which]]
    return found


def ids(*places: int) -> str:
    """The ids of people by place, as a list in a rulebook."""
    return f"[{', '.join(f'SYN-{place + 1:03d}' for place in places)}]"


def _recruits(years: int, count: int) -> tuple[Person, ...]:
    return tuple(Person(f"Elsewhere {place}", years, "Art", ("mo 16",)) for place in range(count))


# counting: one rule, the sizes and that everyone has a place --------------------------------------
def few_experienced(people: int, *, size: str = "3-5", wider: str = "3-6") -> Planted:
    """One experienced person too few for the fewest groups that hold everyone."""
    largest = int(size[-1])
    fewest = -(-people // largest)
    own = mixed(people, people // 2, fewest - 1)
    # Some of those between have just over nine years.
    own[-2:] = [replace(person, years=9) for person in own[-2:]]
    return Planted(
        f"too few experienced people, {people}",
        shuffled(own),
        frozenset({SIZE, EXPERIENCED, EVERYONE}),
        size=size,
        waiting=people - largest * (fewest - 1),
        witnesses={
            "size": {"size": wider},
            "band": {"experienced": "9 or more"},
            # One more makes a group more where the others are full.
            "recruit": {"more": _recruits(30, 2 if people % largest == 0 else 1)},
        },
    )


def few_new(people: int, *, size: str = "3-5") -> Planted:
    """One new person too few for the fewest groups that hold everyone."""
    largest = int(size[-1])
    fewest = -(-people // largest)
    own = mixed(people, fewest - 1, people // 2)
    return Planted(
        f"too few new people, {people}",
        shuffled(own),
        frozenset({SIZE, NEW, EVERYONE}),
        size=size,
        waiting=people - largest * (fewest - 1),
        witnesses={
            "band": {"new": "below 6"},
            "recruit": {"more": _recruits(1, 2 if people % largest == 0 else 1)},
        },
    )


def frequent_town(people: int, *, size: str = "3-5", wider: str = "2-5") -> Planted:
    """One more person from a town than there can be groups, half of them new."""
    smallest = int(size[0])
    most, new = people // smallest, people // 2
    first = new - (most + 1) // 2
    own = from_town(mixed(people, new, people - new), "Espoo", slice(first, first + most + 1))
    return Planted(
        f"a town too frequent, {people}",
        shuffled(own),
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
        witnesses={"count": {"count": count - 1}, "recruit": {"more": _recruits(20, 1)}},
    )


# counting: roles and quotas -----------------------------------------------------------------------
MENTORS = "include: {at_most: 1, subject: Mentor}"
ONE_MENTOR = "include: {exactly: 1, subject: Mentor}"


def many_mentors(
    people: int, *, size: str = "4-5", wider: str | None = "3-5", quota: str = MENTORS
) -> Planted:
    """One mentor more than there can be groups, each with one at most."""
    smallest = int(size[0])
    most = people // smallest
    assert people % smallest, "one less must make as many groups"
    own = of_subject(mixed(people, people // 2, people // 2), "Mentor", slice(0, most + 1))
    return Planted(
        f"too many mentors, {people}, {quota}",
        shuffled(own),
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
    own = mixed(mentors + mentees, (mentors + mentees) // 2, mentors)
    own = of_subject(of_subject(own, "Mentee", slice(None)), "Mentor", slice(0, mentors))
    sort = "Mentee" if "at_least" in limit else "Mentor"
    newcomers = tuple(Person(f"Elsewhere {place}", 7, sort) for place in range(3))
    return Planted(
        f"{mentees} mentees for {mentors} mentors, {limit}",
        shuffled(own),
        frozenset({rule, EVERYONE}),
        rules=(DIFFERENT, rule, EVERYONE),
        size="3-9",
        waiting=waiting,
        witnesses={"recruit": {"more": newcomers}},
    )


def sole_musician(people: int) -> Planted:
    """One musician, who is not to be the only one in a group."""
    rule = "not_alone: {subject: Music}"
    own = of_subject(mixed(people, people // 2, people - people // 2), "Music", slice(0, 1))
    return Planted(
        "a sole musician",
        shuffled(own),
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
            "recruit": {"more": _recruits(1, largest)},
            **({"size": {"size": wider}} if wider else {}),
        },
    )


def small_town(people: int) -> Planted:
    """Groups are to be within a town, and one town has two people only."""
    rule = "same: municipality"
    own = from_town(mixed(people, people // 2, people - people // 2), "Turku", slice(None))
    return Planted(
        "a town too small for a group",
        shuffled(from_town(own, "Kemi", slice(people // 2 - 1, people // 2 + 1))),
        frozenset({SIZE, rule, EVERYONE}),
        rules=(rule, NEW, EXPERIENCED, EVERYONE),
        waiting=2,
        witnesses={"size": {"size": "2-5"}, "recruit": {"more": (Person("Kemi", 20),)}},
    )


def alike_in_years(people: int) -> Planted:
    """All have so nearly the same experience that no group of five differs enough."""
    own = [Person(f"Town {place}", place % 4) for place in range(people)]
    return Planted(
        "years too much alike",
        tuple(own),
        frozenset({SIZE, "at_least: 20.0, spread: years"}),
        rules=(DIFFERENT, "at_least: 20.0, spread: years", EVERYONE),
        witnesses={"size": {"size": "6-9"}},
    )


# who is with whom ---------------------------------------------------------------------------------
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
    return [replace(own, subject=f"Team {team}") for own, team in zip(found, teams, strict=True)]


def chain_together(people: int) -> Planted:
    """A team of three and a list of four make six who belong together: one sits in both."""
    by_list = f"together: [{ids(2, 3, 4, 5)}]"
    own = mixed(people, people // 2, people - people // 2)
    own = [replace(p, subject=f"Alone {place}") for place, p in enumerate(own)]
    return Planted(
        "a chain of six people together",
        tuple(of_subject(own, "Team", slice(0, 3))),
        frozenset({SIZE, "together: subject", by_list, EVERYONE}),
        rules=(DIFFERENT, "together: subject", by_list, EVERYONE),
        waiting=6,
        witnesses={"size": {"size": "3-6"}},
    )


def chain_together_and_apart(people: int) -> Planted:
    """The ends of a chain of teams and lists are to be apart."""
    by_list, ends = f"together: [{ids(2, 3)}]", f"apart: [{ids(0, 4)}]"
    own = mixed(people, people // 2, people - people // 2)
    own = [replace(p, subject=f"Alone {place}") for place, p in enumerate(own)]
    own = of_subject(of_subject(own, "Team", slice(0, 3)), "Other team", slice(3, 5))
    return Planted(
        "the ends of a chain apart",
        tuple(own),
        frozenset({"together: subject", by_list, ends, EVERYONE}),
        rules=(DIFFERENT, "together: subject", by_list, ends, EVERYONE),
        size="3-6",
        waiting=5,
    )


def neighbours_together(people: int) -> Planted:
    """Two from the same town belong together, and towns are to be different."""
    rule = f"together: [{ids(0, people - 1)}]"
    own = mixed(people, people // 2, people - people // 2)
    own[0], own[-1] = (replace(own[at], municipality="Salo") for at in (0, -1))
    return Planted(
        "neighbours together",
        tuple(own),
        frozenset({DIFFERENT, rule, EVERYONE}),
        rules=(DIFFERENT, NEW, EXPERIENCED, rule, EVERYONE),
        waiting=2,
    )


def neighbours_pinned(people: int) -> Planted:
    """Two from the same town are promised one group, and towns are to be different."""
    rule = f"pin: {{SYN-001: G01, SYN-{people:03d}: G01}}"
    own = mixed(people, people // 2, people - people // 2)
    own[0], own[-1] = (replace(own[at], municipality="Salo") for at in (0, -1))
    return Planted(
        "neighbours promised one group",
        tuple(own),
        frozenset({DIFFERENT, rule}),
        rules=(DIFFERENT, NEW, EXPERIENCED, rule, EVERYONE),
    )


def experience_in_pairs(groups: int, *, size: str = "3-5") -> Planted:
    """Enough experienced people for all groups, but two of them belong together."""
    people = int(size[-1]) * groups - 1
    own = mixed(people, people // 2, groups)
    rule = f"together: [{ids(people // 2, people // 2 + 1)}]"
    return Planted(
        f"experienced people in pairs, {people}",
        tuple(own),
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


# what goes with what ------------------------------------------------------------------------------
def one_town_has_both(people: int) -> Planted:
    """All new and all experienced people are from one town; no group can have both.

    Some may wait, but no group is possible at all.
    """
    third = people // 3
    own = from_town(mixed(people, third, third), "Oulu", slice(0, 2 * third))
    return Planted(
        f"new and experienced people from one town, {people}",
        shuffled(own),
        frozenset({DIFFERENT, NEW, EXPERIENCED}),
        rules=(DIFFERENT, NEW, EXPERIENCED),
        witnesses={"recruit": {"more": _recruits(1, 1)}},
    )


def town_of_the_new(groups: int) -> Planted:
    """All new people are from Oulu, and so is one of the experienced, who are enough in all.

    A group's new person takes its only place for Oulu, so the experienced one has to come from
    elsewhere; there is one too few of those for the number of groups that is asked for.
    """
    people = 4 * groups
    own = mixed(people, groups, groups)
    return Planted(
        f"new people and one experienced from one town, {people}",
        shuffled(from_town(own, "Oulu", slice(0, groups + 1))),
        frozenset({COUNT, DIFFERENT, NEW, EXPERIENCED}),
        rules=(DIFFERENT, NEW, EXPERIENCED),
        count=groups,
        witnesses={"count": {"count": groups - 1}, "recruit": {"more": _recruits(20, 1)}},
    )


def no_hour_for_both(people: int) -> Planted:
    """New people are free on other days than experienced ones; no group is possible at all."""
    own = mixed(people, people // 2, people - people // 2)
    return Planted(
        f"no free time for new and experienced people, {people}",
        shuffled(free_at(own, ("tu 17", "we 17"), slice(0, people // 2))),
        frozenset({"common: hours", NEW, EXPERIENCED}),
        rules=(DIFFERENT, NEW, EXPERIENCED, "common: hours"),
    )


def hours_of_two(people: int) -> Planted:
    """Everyone shares each free time with one other person, and groups are of three."""
    own = [
        replace(person, hours=(f"day {place}", f"day {(place + 1) % people}"))
        for place, person in enumerate(mixed(people, people // 2, people - people // 2))
    ]
    return Planted(
        f"free times that no three share, {people}",
        shuffled(own),
        frozenset({SIZE, "common: hours"}),
        rules=(DIFFERENT, "common: hours", EVERYONE),
        witnesses={"size": {"size": "2-5"}},
    )


def lonely_hour(people: int) -> Planted:
    """One person is free when nobody else is."""
    own = free_at(
        mixed(people, people // 2, people - people // 2),
        ("su 7",),
        slice(people // 2, people // 2 + 1),
    )
    return Planted(
        f"one person free at another time, {people}",
        shuffled(own),
        frozenset({SIZE, "common: hours", EVERYONE}),
        rules=(DIFFERENT, "common: hours", EVERYONE),
        waiting=1,
    )


def hours_do_not_divide(people: int) -> Planted:
    """Seven can only on a day of their own, and groups have four or five members."""
    own = free_at(mixed(people, people // 2, people - people // 2), ("fr 8",), slice(0, 7))
    return Planted(
        f"seven free on one day in groups of 4-5, {people}",
        shuffled(own),
        frozenset({SIZE, "common: hours", EVERYONE}),
        rules=(DIFFERENT, "common: hours", EVERYONE),
        size="4-5",
        waiting=2,
        witnesses={"size": {"size": "3-5"}},
    )


def hour_without_experience(people: int) -> Planted:
    """On one day there are six people and one of them is experienced: two groups need two."""
    own = mixed(people, people // 2, people - people // 2)
    own = free_at(own, ("fr 8",), slice(people // 2 - 5, people // 2 + 1))
    return Planted(
        f"one experienced person on a day of two groups, {people}",
        shuffled(own),
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
    own = of_subject(mixed(people, people // 2, people - people // 2), "Music", slice(0, 4))
    return Planted(
        "a subject without experience",
        shuffled(own),
        frozenset({"same: subject", EXPERIENCED, EVERYONE}),
        rules=(DIFFERENT, "same: subject", EXPERIENCED, EVERYONE),
        waiting=4,
        witnesses={"recruit": {"more": (Person("Elsewhere", 20, "Music"),)}},
    )


def alone_by_town(people: int, neighbours: int = 3) -> Planted:
    """Nobody from Kemi is to be the only one, and towns are to be different."""
    rule = "not_alone: {municipality: Kemi}"
    own = mixed(people, people // 2, people - people // 2)
    return Planted(
        "townspeople neither alone nor together",
        shuffled(from_town(own, "Kemi", slice(0, neighbours))),
        frozenset({DIFFERENT, rule, EVERYONE}),
        rules=(DIFFERENT, EXPERIENCED, rule, EVERYONE),
        waiting=neighbours,
    )


def alone_by_quota(people: int, musicians: int = 3) -> Planted:
    """Musicians are to be one at most, and not the only one."""
    most, rule = "include: {at_most: 1, subject: Music}", "not_alone: {subject: Music}"
    own = mixed(people, people // 2, people - people // 2)
    return Planted(
        "musicians neither alone nor two",
        shuffled(of_subject(own, "Music", slice(0, musicians))),
        frozenset({most, rule, EVERYONE}),
        rules=(DIFFERENT, NEW, most, rule, EVERYONE),
        waiting=musicians,
    )


PLANTED: tuple[Planted, ...] = (
    few_experienced(12),
    few_experienced(44),
    few_experienced(64),
    few_experienced(200),
    few_new(50),
    few_new(1000),
    frequent_town(31),
    frequent_town(500),
    indivisible(13, "7-8", wider="6-8", more=1),
    indivisible(19, "5-6", wider="4-6", more=1),
    indivisible(50, "4", wider="4-5", more=2),
    few_groups(60, 10, enough=14),
    few_groups(300, 50, enough=70),
    many_groups(25, 10),
    groups_without_experience(80, 20),
    many_mentors(22),
    many_mentors(26, quota=ONE_MENTOR),
    crowded_quotas(12),
    ratio_of(5, 14, "at_least: 3", waiting=1),
    ratio_of(3, 19, "at_most: 6", waiting=1),
    sole_musician(24),
    no_reserve(6),
    small_town(14),
    alike_in_years(30),
    many_apart(20),
    triangle_apart(12),
    team_too_large(14),
    chain_together(20),
    chain_together_and_apart(21),
    neighbours_together(30),
    neighbours_pinned(16),
    experience_in_pairs(4),
    full_team(15),
    one_town_has_both(12),
    one_town_has_both(60),
    town_of_the_new(5),
    town_of_the_new(50),
    town_of_the_new(250),
    no_hour_for_both(40),
    hours_of_two(18),
    lonely_hour(25),
    hours_do_not_divide(25),
    hour_without_experience(26),
    subject_without_experience(16),
    alone_by_town(18),
    alone_by_quota(17),
)

SMALL: tuple[Planted, ...] = (
    few_experienced(6, size="2-3", wider="2-6"),
    few_new(8, size="2-3"),
    frequent_town(7),
    indivisible(7, "5-6", wider="4-7", more=3),
    few_groups(8, 1, enough=2),
    many_groups(8, 3),
    groups_without_experience(8, 3, size="2-5"),
    many_mentors(7, size="2-3", wider=None),
    crowded_quotas(6),
    ratio_of(2, 5, "at_least: 3", waiting=1),
    ratio_of(1, 7, "at_most: 6", waiting=1),
    sole_musician(7),
    no_reserve(2, size="2-3", wider=None),
    small_town(6),
    alike_in_years(6),
    many_apart(8),
    triangle_apart(9),
    team_too_large(9),
    chain_together(9),
    chain_together_and_apart(8),
    neighbours_together(8),
    neighbours_pinned(8),
    experience_in_pairs(2, size="2-4"),
    full_team(8),
    one_town_has_both(6),
    town_of_the_new(2),
    no_hour_for_both(6),
    hours_of_two(6),
    lonely_hour(7),
    subject_without_experience(8),
    alone_by_town(8, 2),
    alone_by_quota(8, 2),
)
"""Twins for brute force, of nine people at most."""
