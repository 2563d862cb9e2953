"""How an impossible roster is planted, and people to plant it with.

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
from tests.diagnosis.oracle import EVERYONE, Labels
from vermegroup.domain.problem import Problem

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
        return replace(self, rules=tuple(other for other in self.rules if other != rule))


def _entry(rule: str) -> str:
    return rule if rule == EVERYONE else f"{{{rule}}}"


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
    return [Person(f"Town {place}", year, "Art", ("mo 16",)) for place, year in enumerate(years)]


def shuffled(people: Sequence[Person]) -> tuple[Person, ...]:
    """In an order that says nothing of who they are."""
    found = list(people)
    random.Random(len(found)).shuffle(found)
    return tuple(found)


def from_town(people: Sequence[Person], town: str, which: slice) -> list[Person]:
    """The same people, some of them from one town."""
    found = list(people)
    found[which] = [replace(person, municipality=town) for person in found[which]]
    return found


def of_subject(people: Sequence[Person], subject: str, which: slice) -> list[Person]:
    """The same people, some of them with another subject, or in another role."""
    found = list(people)
    found[which] = [replace(person, subject=subject) for person in found[which]]
    return found


def free_at(people: Sequence[Person], hours: Sequence[str], which: slice) -> list[Person]:
    """The same people, some of them free at other hours."""
    found = list(people)
    found[which] = [replace(person, hours=tuple(hours)) for person in found[which]]
    return found


def ids(*places: int) -> str:
    """The ids of people by place, as a list in a rulebook."""
    return f"[{', '.join(f'SYN-{place + 1:03d}' for place in places)}]"


def recruits(years: int, count: int) -> tuple[Person, ...]:
    return tuple(Person(f"Elsewhere {place}", years, "Art", ("mo 16",)) for place in range(count))
