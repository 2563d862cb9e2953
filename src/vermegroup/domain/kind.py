"""The faces of a rule kind: what every kind knows of itself, by who asks for it.

A kind is written once and asked by everyone, and nobody knows a kind by name. The solver hands a
kind its :class:`Model`; so kinds build constraints without importing a solver.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum, StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Self

import numpy as np

from vermegroup.domain.arrays import IntArray, sum_of
from vermegroup.domain.declare import Entry, Trait, needed, options_of
from vermegroup.domain.findings import Finding
from vermegroup.domain.grouping import EarlierGroups, Seating
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.pair_weights import PairWeights
from vermegroup.domain.plan import Breach, Cap, Margin, Plan, Quota, Window, most_seats
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, Template, joined


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
    """What is to stand for an id, for a trait's value, for a group's name, a file and a trait.

    ``value`` is asked with the trait first, as it was called before. ``earlier`` tells of a whole
    earlier file at once; without it the others are asked one by one.
    """

    person: Callable[[str], str]
    value: Callable[[str, str], str]
    group: Callable[[str], str]
    file: Callable[[str], str]
    earlier: Callable[[EarlierGroups], EarlierGroups] | None = None
    trait: Callable[[str], str] = str


class Judged(ABC):
    """What a kind asks for and how a grouping is judged by it.

    Rulebooks ask it for its fields, intake for the traits that it needs, the report for its words,
    the audit for its check; rebalancing and the search for the value of a grouping. A *measure* is
    the number a preference counts in each group; a *shortfall* is how far a group is from keeping
    the rule (0: it keeps it). The scale of a value is the same for all numbers of groups.

    ``seats_everyone`` marks the rule that leaves nobody on the waitlist, ``limits_size`` the one
    that says how large groups may be; ``anonymous`` says that it looks at traits only, so that
    people with the same traits are interchangeable; ``outlives_absence`` that it is asked of a
    group when a member is absent, too; ``compares`` that it judges a group by everybody's mean or
    by the number of groups, and not by its members alone; ``asks_number`` that it does so by the
    number; ``knows_seats`` that it may do so where people are in several groups;
    ``sizes_alone`` that it looks at nothing but how many people sit in each group;
    ``hereditary`` that a group of two or more which breaks the rule breaks it whoever joins;
    ``of_pairs`` that a group's measure is the sum of its pairs', each judged as a group of two, so
    that a search may keep what everybody adds to every group;
    ``holds_in_meetings`` that it must hold at a single meeting, too, where others are wished for;
    ``in_section`` that it stands in a section of its own, and not among the entries;
    ``others`` are the rules that it asks a group to keep in more cases than they do themselves.
    """

    kind: ClassVar[str]
    roles: ClassVar[frozenset[Role]] = frozenset(Role)
    sense: ClassVar[Sense] = Sense.LEAST
    total: ClassVar[Total] = Total.SUM
    seats_everyone: ClassVar[bool] = False
    limits_size: ClassVar[bool] = False
    outlives_absence: ClassVar[bool] = True
    anonymous: ClassVar[bool] = True
    compares: ClassVar[bool] = False
    asks_number: ClassVar[bool] = False
    knows_seats: ClassVar[bool] = False
    sizes_alone: ClassVar[bool] = False
    hereditary: ClassVar[bool] = False
    of_pairs: ClassVar[bool] = False
    holds_in_meetings: ClassVar[bool] = False
    in_section: ClassVar[bool] = False
    others: tuple[Kind, ...] = ()

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        """Take the kind's fields from a rulebook's entry."""
        given: dict[str, Any] = {}
        for field, option in options_of(cls).items():
            given[field] = option.read(entry, field)
            if given[field] is None and option.lacking and role is Role.RULE:
                entry.refuse(*option.lacking, key=field)
        return cls(**{field: value for field, value in given.items() if value is not None})

    def written(self) -> object:
        """The entry as it would stand in a rulebook: a word, or a mapping of plain values."""
        instance: Any = self
        usual = {field.name: field.default for field in fields(instance)}
        main, beside = [], {}
        for field, option in options_of(type(self)).items():
            value = getattr(self, field)
            if option.main:
                main.append(option.written(value))
            elif value != usual[field]:
                beside[field] = option.written(value)
        return {self.kind: main[0], **beside} if main else self.kind

    def categories(self) -> tuple[str, ...]:
        """The traits it needs as named values."""
        return self._traits("categories")

    def numbers(self) -> tuple[str, ...]:
        """The traits it needs as numbers."""
        return self._traits("numbers")

    def sets(self) -> tuple[str, ...]:
        """The traits it needs as sets of values, such as free times."""
        return self._traits("sets")

    def either(self) -> tuple[str, ...]:
        """The traits it takes as they come: as numbers, as named values or as sets of values."""
        return self._traits("either")

    def links(self) -> tuple[str, ...]:
        """The traits it needs as names of other participants, such as wishes."""
        return self._traits("links")

    def orders(self) -> tuple[str, ...]:
        """The traits it needs as an order: whose turn comes first."""
        return self._traits("orders")

    def places(self) -> tuple[str, ...]:
        """The named traits, among ``categories``, of whose values it must know where they are."""
        return ()

    def _traits(self, face: str) -> tuple[str, ...]:
        return tuple(getattr(self, field) for field in needed(type(self), face))

    def earlier(self) -> tuple[EarlierGroups, ...]:
        """The earlier groupings it looks back on."""
        return ()

    def pair_weights(self) -> tuple[PairWeights, ...]:
        """What files tell it of pairs of people."""
        return ()

    def ids(self) -> tuple[str, ...]:
        """The participants it names, so that unknown ids can be found."""
        return ()

    def named(self) -> tuple[tuple[str, str], ...]:
        """The values it names, each with its trait, so that misspelt ones can be found."""
        return ()

    def parts_by(self) -> tuple[tuple[str, Template], ...]:
        """Traits by whose values it parts people, each with how to part them from those in cells.

        The hint has a place for the ``column``.
        """
        return ()

    def contradicts(self, other: Kind) -> Message | None:
        """Why no group can keep both this rule and another, as far as that needs no roster."""
        del other
        return None

    def notices(self, roster: Roster) -> tuple[Finding, ...]:
        """What people should know of how it meets this roster, and that stops nothing."""
        del roster
        return ()

    def weighed(self) -> tuple[tuple[Kind, Fraction], ...]:
        """The preferences it weighs against each other, with their weights, where it is a tier."""
        return ()

    @abstractmethod
    def sentence(self, role: Role) -> Message:
        """What it asks for, in words for people."""

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
    ) -> tuple[Message, tuple[int, ...]]:
        """Why a group with these members breaks the rule, and who is concerned."""
        del roster, plan
        return self.sentence(Role.RULE), tuple(members.tolist())

    def lacked(self, roster: Roster, plan: Plan, members: IntArray) -> Message | None:
        """Whom a group that breaks the rule goes without; None where it is not about that.

        To stand after "G11 meets without": "2 experienced people".
        """
        del roster, plan, members
        return None

    def overall(self, roster: Roster, plan: Plan, seating: Seating) -> Breach | None:
        """A breach by the grouping as a whole, for a rule that is not about single groups."""
        del roster, plan, seating
        return None

    def welcome(
        self, roster: Roster, plan: Plan, members: IntArray, newcomers: IntArray
    ) -> Message | None:
        """What a group of these members has that newcomers lack, if it is worth a word.

        To stand after "G11 has": "2 experienced people".
        """
        del roster, plan, members, newcomers
        return None

    def nobody_like(self, roster: Roster, members: IntArray, newcomers: IntArray) -> Message | None:
        """Of whom a group of these members has nobody yet, so that newcomers fit into it.

        To stand after "and": "no one else from Kuopio".
        """
        del roster, members, newcomers
        return None

    def in_common(self, roster: Roster, members: IntArray) -> Mapping[str, tuple[str, ...]]:
        """What the members of a group share and should be told, by trait: their free hours."""
        del roster, members
        return {}

    def named_groups(self, roster: Roster) -> Mapping[int, str]:
        """The names that the groups of some participants must have: none of them may wait."""
        del roster
        return {}

    def tied(self, roster: Roster) -> tuple[IntArray, ...]:
        """Those of whom a group must have all or none, as a rule."""
        del roster
        return ()

    def turns(self, roster: Roster) -> tuple[IntArray, ...]:
        """When each participant's turn is, (n,), less being earlier, where it puts some first."""
        del roster
        return ()

    def must_sit(self, roster: Roster) -> IntArray:
        """The seats that may not stay empty, beside those of named groups."""
        del roster
        return np.empty(0, dtype=np.int64)

    def groups_each(self, roster: Roster) -> IntArray:
        """In how many groups each participant may be by this rule, shape (n,)."""
        return np.ones(len(roster), dtype=np.int64)

    def leads(self, roster: Roster, people: IntArray) -> IntArray:
        """Which places among ``people`` are of those who lead a group by this rule."""
        del roster, people
        return np.empty(0, dtype=np.int64)

    def in_one_seat(self, roster: Roster) -> IntArray:
        """Whom it names in one group alone, as often as it does: first seats."""
        del roster
        return np.empty(0, dtype=np.int64)

    def base(self, roster: Roster) -> int:
        """What a preference's value is before any group is counted."""
        del roster
        return 0

    def value_of(self, roster: Roster, plan: Plan, seating: Seating) -> int:
        """A preference's value over all groups, a whole number in the kind's own scale."""
        measures = self.measure(roster, plan, seating)
        if self.total is Total.SUM:
            return self.base(roster) + sum_of(measures)
        return int(measures.max(initial=0))

    def in_units(self, roster: Roster, plan: Plan, value: int) -> Fraction:
        """A value in the unit people think in: years, people, groups."""
        del roster, plan
        return Fraction(value)

    def unit(self) -> str:
        """What :meth:`in_units` counts, as programs are told, in English: years, people, groups.

        A trait of the roster's own that has no unit is its own.
        """
        return "people"

    def beside(self, roster: Roster, plan: Plan, value: int, bound: int) -> tuple[Fraction, ...]:
        """A value and its bound in that unit, to be compared with each other."""
        return self.in_units(roster, plan, value), self.in_units(roster, plan, bound)

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        """A value in words, with its unit: "948 years of difference"."""
        return Template("{n}").filled(n=float(self.in_units(roster, plan, value)))

    def in_one_group(self, roster: Roster, plan: Plan, old: int, new: int) -> Message:
        """What the measure of one group was, and what it would be: "50 → 77 years"."""
        values = (self.in_words(roster, plan, value) for value in (old, new))
        return joined(values, " → ")


class Bounded(ABC):
    """What arithmetic knows of a kind before any search, and proves by counting.

    Diagnosis asks it why a number of groups is impossible, the judge how good a value can be, and
    the search when to stop. ``zero_is_rule`` says that a preference of value 0 is the same as the
    rule kept in every group.
    """

    zero_is_rule: ClassVar[bool] = False

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
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

    def spared_at_most(self, roster: Roster, plan: Plan) -> int:
        """In how many groups the rule can hold whoever is absent, by counting."""
        del roster
        return plan.groups

    def rivals(self, roster: Roster) -> tuple[IntArray, ...]:
        """Codes (n,), -1 for none, of which no group that keeps the rule has two alike."""
        del roster
        return ()

    @abstractmethod
    def bound(self, roster: Roster, plan: Plan) -> int:
        """The best value that anything could reach under this plan."""

    def bounds(self, roster: Roster, plan: Plan, numbers: IntArray) -> IntArray:
        """The bounds with so many groups each, of sizes that are open, shape (numbers,)."""
        plans = (replace(plan, groups=groups) for groups in numbers.tolist())
        return np.array([self.bound(roster, each) for each in plans])

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...] | None:
        """Windows that hold in every group exactly when ``value`` is reached; None if unknown."""
        del roster, plan, value
        return None

    def layering(self) -> str | None:
        """The numeric trait of whose every layer each group has one, once the bound is reached."""
        return None

    def is_rule_at(self, roster: Roster, plan: Plan, value: int) -> bool:
        """Whether a preference of this value is the same as the rule kept in every group."""
        del roster, plan
        return self.zero_is_rule and value == 0


class Modelled(ABC):
    """What a kind demands of a model: the solver asks it, and so does a rule about other rules."""

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        """Demand the rule of one group; nothing for what is a preference only."""
        del roster, plan, model, group

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

    def reach(self, roster: Roster, plan: Plan) -> int:
        """What all that it counts in a model comes to at most: a model has room for ``WORD``.

        Groups may be any that the plan's sizes allow, and there as many as they allow. What is
        told on a coarser scale where there is no room need not be counted.
        """
        return most_seats(len(roster), plan) * plan.largest


class Hinted:
    """What helps the solver to a good start: nothing goes wrong without it."""

    def keeps_apart(self) -> str | None:
        """The named trait of which a group takes few of each value: the deal goes round by it."""
        return None

    def gathers(self) -> str | None:
        """The trait of sets of which a group's members must share a value: the deal goes by it."""
        return None

    def lacks(self, roster: Roster, plan: Plan, members: IntArray) -> IntArray:
        """People outside a group that breaks the rule whom it cannot do without."""
        del roster, plan, members
        return np.empty(0, dtype=np.int64)


class Kind(Judged, Bounded, Modelled, Hinted):
    """One kind of rule or preference, with the values of its fields: a frozen dataclass.

    A new kind says ``kind``, ``sentence``, ``measure``, ``bound`` and ``express``, and declares its
    fields (:mod:`vermegroup.domain.declare`); a rule says ``require`` as well, and all say whatever
    else is not as it stands here. Besides, a kind says what becomes of it elsewhere: on another
    roster, under other names, beside other rules.
    """

    def without(self, gone: frozenset[str]) -> Kind | None:
        """The kind once these ids are not there; None where nothing is left of it."""
        del gone
        return self

    def renamed(self, names: Renaming) -> Kind:
        """The kind where people, traits, values, groups and files are called otherwise."""
        options = options_of(type(self)).items()
        traits = [field for field, option in options if isinstance(option, Trait)]
        called = {field: names.trait(getattr(self, field)) for field in traits}
        instance: Any = self  # every kind is a dataclass
        return replace(instance, **called) if called else self

    def suited(self, roster: Roster) -> Kind:
        """The kind as it is for this roster, once it is known what sort a trait is of."""
        del roster
        return self

    def among(self, rules: tuple[Kind, ...]) -> Kind:
        """The kind once it knows the rules of the rulebook it stands in."""
        del rules
        return self
