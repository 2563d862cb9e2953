"""The faces of a rule kind: what every kind knows of itself, and the entry it is read from.

A kind is written once and asked by everyone: the reader for its fields, the report for its
sentence, diagnosis for its arithmetic, the audit for its check, the solver for its constraints.
None of them knows a kind by name. The solver hands a kind its :class:`Model`; so kinds build
constraints without importing a solver.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from fractions import Fraction
from typing import ClassVar, Protocol, Self

import numpy as np

from vermegroup.domain.arrays import IntArray, sum_of
from vermegroup.domain.findings import Finding
from vermegroup.domain.grouping import EarlierGroups, Seating
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Breach, Cap, Margin, Plan, Quota, Window, most_seats
from vermegroup.domain.roster import Roster
from vermegroup.language.phrase import Phrase, exactly, phrase


def as_written(number: Fraction) -> float | str:
    """A decimal number as it would stand in an entry; a text where a float would lose digits."""
    plain, text = float(number), exactly(number, "en")
    return plain if repr(plain) in (text, f"{text}.0") else text


class Entry(Protocol):
    """One entry of a rulebook while it is read: it notes every fault with its line and key."""

    def main(self) -> object:
        """What stands behind the kind's own name; None for a bare word."""

    def trait(self) -> str:
        """The main value as the name of a trait."""

    def trait_and_options(self) -> tuple[str, object]:
        """The one key of a mapping that is no option, and its value: ``{experience: new}``."""

    def whole(self, key: str, *, at_least: int = 0) -> int | None:
        """An option that is a whole number, or None where it was not given."""

    def decimal(self, key: str) -> Fraction | None:
        """An option that is a number, or None where it was not given."""

    def text(self, key: str, choices: Iterable[str] = ()) -> str | None:
        """An option that is a word, or None where it was not given."""

    def earlier_groups(self) -> tuple[EarlierGroups, ...]:
        """The groupings in the files that the main value names: one file, or a list of them."""

    def refuse(
        self, message: Phrase, hint: Phrase | None = None, *, key: str | None = None
    ) -> None:
        """Note a fault of this entry."""

    def findings(self) -> tuple[Finding, ...]:
        """The faults noted so far."""


class Role(StrEnum):
    """A rule must hold; a preference should, in order of importance."""

    RULE = "rule"
    PREFERENCE = "preference"


class Sense(Enum):
    """Which way a preference's value gets better."""

    LEAST = 1
    MOST = -1


class Total(Enum):
    """How the groups' measures make up a preference's value."""

    SUM = "sum"
    WORST = "worst"


@dataclass(frozen=True, slots=True)
class Renaming:
    """What is to stand for a person's id, for a trait's value, for a group's name and for a file.

    ``value`` is asked with the trait first.
    """

    person: Callable[[str], str]
    value: Callable[[str, str], str]
    group: Callable[[str], str]
    file: Callable[[str], str]


class Kind(ABC):
    """One kind of rule or preference, with the values of its fields.

    Subclasses are frozen dataclasses. A *measure* is the number a preference counts in each
    group; a *shortfall* is how far a group is from keeping the rule (0: it keeps it).
    ``seats_everyone`` marks the rule that leaves nobody on the waitlist, ``limits_size`` the one
    that says how large groups may be; ``zero_is_rule`` says that a preference of value 0 is the
    same as the rule kept in every group; ``anonymous`` that it looks at traits only, so that people
    with the same traits are interchangeable; ``outlives_absence`` that it is asked of a group when
    a member is absent, too; ``compares`` that it judges a group by everybody's mean or by the
    number of groups, and not by its members alone; ``asks_number`` that it does so by the number;
    ``sizes_alone`` that it looks at nothing but how many people sit in each group. The scale of a
    value is the same for all numbers of groups.
    """

    kind: ClassVar[str]
    roles: ClassVar[frozenset[Role]] = frozenset(Role)
    sense: ClassVar[Sense] = Sense.LEAST
    total: ClassVar[Total] = Total.SUM
    seats_everyone: ClassVar[bool] = False
    limits_size: ClassVar[bool] = False
    zero_is_rule: ClassVar[bool] = False
    outlives_absence: ClassVar[bool] = True
    anonymous: ClassVar[bool] = True
    compares: ClassVar[bool] = False
    asks_number: ClassVar[bool] = False
    sizes_alone: ClassVar[bool] = False

    # fields -------------------------------------------------------------------------------
    @classmethod
    @abstractmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        """Take the kind's fields from a rulebook's entry."""

    @abstractmethod
    def written(self) -> object:
        """The entry as it would stand in a rulebook: a word, or a mapping of plain values."""

    def categories(self) -> tuple[str, ...]:
        """The traits it needs as named values."""
        return ()

    def numbers(self) -> tuple[str, ...]:
        """The traits it needs as numbers."""
        return ()

    def sets(self) -> tuple[str, ...]:
        """The traits it needs as sets of values, such as free times."""
        return ()

    def either(self) -> tuple[str, ...]:
        """The traits it takes as they come: as numbers, as named values or as sets of values."""
        return ()

    def links(self) -> tuple[str, ...]:
        """The traits it needs as names of other participants, such as wishes."""
        return ()

    def earlier(self) -> tuple[EarlierGroups, ...]:
        """The earlier groupings it looks back on."""
        return ()

    def suited(self, roster: Roster) -> Kind:
        """The kind as it is for this roster, once it is known what sort a trait is of."""
        del roster
        return self

    def notices(self, roster: Roster) -> tuple[Finding, ...]:
        """What people should know of how it meets this roster, and that stops nothing."""
        del roster
        return ()

    def ids(self) -> tuple[str, ...]:
        """The participants it names, so that unknown ids can be found."""
        return ()

    def without(self, gone: frozenset[str]) -> Kind | None:
        """The kind once these ids are not there; None where nothing is left of it."""
        del gone
        return self

    def renamed(self, names: Renaming) -> Kind:
        """The kind where people, values, groups and files are called otherwise."""
        del names
        return self

    def among(self, rules: tuple[Kind, ...]) -> Kind:
        """The kind once it knows the rules of the rulebook it stands in."""
        del rules
        return self

    def leans_on(self, other: Kind) -> bool:
        """Whether it asks of groups that they keep the other rule in more cases than it does."""
        del other
        return False

    def contradicts(self, other: Kind) -> Phrase | None:
        """Why no group can keep both this rule and another, as far as that needs no roster."""
        del other
        return None

    def weighed(self) -> tuple[tuple[Kind, Fraction], ...]:
        """The preferences it weighs against each other, with their weights, where it is a tier."""
        return ()

    # the sentence -------------------------------------------------------------------------
    @abstractmethod
    def sentence(self, role: Role) -> Phrase:
        """What it asks for, in words for people."""

    # the check ----------------------------------------------------------------------------
    @abstractmethod
    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """What a preference counts in each group, shape (groups,).

        Exactly: where 64 bits do not hold it, in Python's own integers (an array of objects).
        """

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """How far each group is from keeping the rule, shape (groups,); 0 where it is kept."""
        return self.measure(roster, plan, seating)

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Phrase, tuple[int, ...]]:
        """Why a group with these members breaks the rule, and who is concerned."""
        del roster, plan
        return self.sentence(Role.RULE), tuple(members.tolist())

    def welcome(
        self, roster: Roster, plan: Plan, members: IntArray, newcomers: IntArray
    ) -> Phrase | None:
        """What makes newcomers fit into a group of these members, if it is worth a word.

        To stand after "G11 has": "no one from Kuopio".
        """
        del roster, plan, members, newcomers
        return None

    def overall(self, roster: Roster, plan: Plan, seating: Seating) -> Breach | None:
        """A breach by the grouping as a whole, for a rule that is not about single groups."""
        del roster, plan, seating
        return None

    def named_groups(self, roster: Roster) -> Mapping[int, str]:
        """The names that the groups of some participants must have in the end."""
        del roster
        return {}

    def must_be_seated(self, roster: Roster) -> IntArray:
        """The participants whom it does not leave on the waitlist."""
        del roster
        return np.empty(0, dtype=np.int64)

    def in_common(self, roster: Roster, members: IntArray) -> Mapping[str, tuple[str, ...]]:
        """What the members of a group share and should be told, by trait: their free hours."""
        del roster, members
        return {}

    def value_of(self, roster: Roster, plan: Plan, seating: Seating) -> int:
        """A preference's value over all groups, a whole number in the kind's own scale."""
        measures = self.measure(roster, plan, seating)
        if self.total is Total.SUM:
            return self.base(roster) + sum_of(measures)
        return int(measures.max(initial=0))

    def base(self, roster: Roster) -> int:
        """What a preference's value is before any group is counted."""
        del roster
        return 0

    def named(self) -> tuple[tuple[str, str], ...]:
        """The values it names, each with its trait, so that misspelt ones can be found."""
        return ()

    def in_units(self, roster: Roster, plan: Plan, value: int) -> Fraction:
        """A value in the unit people think in: years, people, groups."""
        del roster, plan
        return Fraction(value)

    def told(self, roster: Roster, plan: Plan, value: int) -> Phrase:
        """A value in words, with its unit: "948 years of difference"."""
        return phrase("{v}", "{v}", "{v}", v=float(self.in_units(roster, plan, value)))

    # the arithmetic -----------------------------------------------------------------------
    def certificate(self, roster: Roster, plan: Plan) -> Phrase | None:
        """A proof by counting that the rule rules out this number of groups, if there is one."""
        del roster, plan
        return None

    def margin(self, roster: Roster, plan: Plan) -> Margin | None:
        """How much room the rule has left with this number of groups."""
        del roster, plan
        return None

    def quota(self, roster: Roster) -> Quota | None:
        """The people of whom it demands a number in every group, so that demands can be added."""
        del roster
        return None

    def cap(self) -> Cap | None:
        """The named trait of whose every value it allows a group a number of people."""
        return None

    @abstractmethod
    def bound(self, roster: Roster, plan: Plan) -> int:
        """The best value that anything could reach under this plan."""

    def reach(self, roster: Roster, plan: Plan) -> int:
        """What all that it counts in a model comes to at most: a model has room for ``WORD``.

        Groups may be any that the plan's sizes allow, and there as many as they allow. What is
        told on a coarser scale where there is no room need not be counted.
        """
        return most_seats(len(roster), plan) * plan.largest

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...] | None:
        """Windows that hold in every group exactly when ``value`` is reached; None if unknown."""
        del roster, plan, value
        return None

    def is_rule_at(self, roster: Roster, plan: Plan, value: int) -> bool:
        """Whether a preference of this value is the same as the rule kept in every group."""
        del roster, plan
        return self.zero_is_rule and value == 0

    def lacks(self, roster: Roster, plan: Plan, members: IntArray) -> IntArray:
        """People outside a group that breaks the rule whom it cannot do without."""
        del roster, plan, members
        return np.empty(0, dtype=np.int64)

    def spared_at_most(self, roster: Roster, plan: Plan) -> int:
        """In how many groups the rule can hold whoever is absent, by counting."""
        del roster
        return plan.groups

    def keeps_apart(self) -> str | None:
        """The named trait of which a group takes few of each value: the deal goes round by it."""
        return None

    def clashes(self, roster: Roster) -> tuple[IntArray, ...]:
        """Codes (n,) of which a group takes no two alike, -1 for none: the deal minds them."""
        del roster
        return ()

    def rivals(self, roster: Roster) -> tuple[IntArray, ...]:
        """Codes (n,), -1 for none, of which no group that keeps the rule has two alike."""
        return self.clashes(roster)

    def gathers(self) -> str | None:
        """The trait of sets of which a group's members must share a value: the deal goes by it."""
        return None

    def layering(self) -> str | None:
        """The numeric trait of whose every layer each group has one, once the bound is reached."""
        return None

    # the constraints ----------------------------------------------------------------------
    @abstractmethod
    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        """Demand the rule of one group."""

    def require_spared(
        self, roster: Roster, plan: Plan, model: Model, group: int, when: Expression
    ) -> None:
        """Demand, when a choice is 1, that the rule holds whoever of the group is absent.

        Nothing to do for a rule that smaller groups keep if the whole one does.
        """
        del roster, plan, model, group, when

    @abstractmethod
    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        """The group's measure: never better than the truth, and at best the truth."""
