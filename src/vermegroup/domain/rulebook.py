"""The rules and preferences of one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.kind import Kind, Renaming, Role
from vermegroup.domain.pair_weights import PairWeights
from vermegroup.domain.roster import Roster, value_key
from vermegroup.language.value_words import only_one_meant

REFUSE = "refuse"
LATEST = "latest"


@dataclass(frozen=True, slots=True)
class GroupSpec:
    """How large groups may be, how large they are wished, and how many there may be.

    ``fewest`` and ``most`` limit the number of groups; None leaves it to the arithmetic.
    """

    smallest: int = 3
    largest: int = 5
    prefer: int | None = 4
    fewest: int | None = None
    most: int | None = None

    def written(self) -> dict[str, object]:
        """The section ``groups`` as plain values."""
        plain: dict[str, object] = {"size": self.sizes()}
        if self.prefer is not None:
            plain["prefer"] = self.prefer
        counted = self.fewest is not None and self.most is not None
        return {**plain, "count": _range(self.fewest, self.most) if counted else "auto"}

    def sizes(self) -> object:
        """The sizes as a rulebook has them: a number, or a range."""
        return _range(self.smallest, self.largest)


def _range(low: int | None, high: int | None) -> object:
    return low if low == high else f"{low}-{high}"


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of a numeric trait: from ``low`` (inclusive) to ``high`` (exclusive).

    None is open. Both are in the trait's unit.
    """

    name: str
    low: Fraction | None
    high: Fraction | None
    written: str


@dataclass(frozen=True, slots=True)
class BandSet:
    """The bands that make a named trait (``experience``) of a numeric one (``years``)."""

    trait: str
    of: str
    bands: tuple[Band, ...]

    def written(self) -> dict[str, str]:
        """The bands of the section as plain values."""
        of = {} if self.of == numeric_trait(self.trait) else {"of": self.of}
        return of | {band.name: band.written for band in self.bands}

    def renamed(self, names: Renaming) -> BandSet:
        """The same bands where traits are called otherwise."""
        return replace(self, trait=names.trait(self.trait), of=names.trait(self.of))


def numeric_trait(trait: str) -> str:
    """The numeric trait that is banded where ``of`` names none."""
    return _MEASURED_BY.get(trait, trait)


_MEASURED_BY = {"experience": "years"}


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules (must hold) and preferences (should, in this order) of one run.

    The group size stands first among the rules, as a rule like any other, and the preferred size
    among the preferences. ``origin`` names the file or profile, and ``sha256`` is that of the
    bytes read from a file. With a ``split`` its only rule is that groups do not mix the parts; all
    others are those of the parts.
    ``columns`` leads from a trait to the header of its column, where the rulebook says so, or to
    those of several that are the trait together.
    ``duplicates`` is what to do with an id that two people have: ``refuse``, or ``latest`` to let
    the latest row count. ``meetings`` is what holds at single meetings, where the rulebook says so.
    ``of_a_meeting`` marks the one that holds there. ``asked`` is the rulebook as it was before it
    was made to suit a roster, or a meeting.
    """

    groups: GroupSpec
    bands: tuple[BandSet, ...]
    rules: tuple[Kind, ...]
    preferences: tuple[Kind, ...]
    origin: str = "default"
    columns: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    duplicates: str = REFUSE
    split: Split | None = None
    meetings: Rulebook | None = None
    sha256: str = field(default="", compare=False)
    asked: Rulebook | None = field(default=None, compare=False, repr=False)
    of_a_meeting: bool = field(default=False, compare=False)

    @property
    def plain(self) -> dict[str, object]:
        """What was asked for as plain values, to be written again."""
        return (self.asked or self).written()

    def written(self) -> dict[str, object]:
        """What holds now as plain values: the sections of a rulebook."""
        split, book = self.split, self if self.split is None else self.split.others
        return {
            **({} if split is None else {"split_by": split.by}),
            "groups": self.groups.written(),
            "bands": {band_set.trait: band_set.written() for band_set in self.bands},
            **book.sections(),
            **book.lists(),
            **book.of_meetings(),
            **({} if split is None else split.written()),
            **({"columns": self._columns()} if self.columns else {}),
            **({} if self.duplicates == REFUSE else {"duplicates": self.duplicates}),
        }

    def _columns(self) -> dict[str, object]:
        headers = self.columns.items()
        return {trait: each if isinstance(each, str) else list(each) for trait, each in headers}

    def lists(self) -> dict[str, object]:
        """The rules and preferences as plain values; the size stands elsewhere."""
        kinds = {"rules": self.rules, "preferences": self.preferences}
        return {
            name: [kind.written() for kind in entries if not (kind.limits_size or kind.in_section)]
            for name, entries in kinds.items()
        }

    def of_meetings(self) -> dict[str, object]:
        """The section ``meetings`` as plain values; none where nothing was said of them."""
        book = self.meetings
        return {} if book is None else {"meetings": {"size": book.groups.sizes(), **book.lists()}}

    def sections(self) -> dict[str, object]:
        """The rules that have a section of their own, as plain values."""
        found: dict[str, object] = {}
        for rule in self.rules:
            written = rule.written()
            if rule.in_section and isinstance(written, dict):
                found |= written
        return found

    @property
    def several_groups(self) -> bool:
        """Whether somebody may belong to several groups."""
        return any(kind.in_section for kind in self.kinds())

    @property
    def everyone(self) -> bool:
        """Whether nobody may be left on the waitlist."""
        return any(rule.seats_everyone for rule in self.rules)

    def groups_each(self, roster: Roster) -> IntArray:
        """In how many groups each participant may be, shape (n,), once it suits the roster."""
        book = self if self.split is None else self.split.others
        allowed = np.ones(len(roster), dtype=np.int64)
        for rule in book.rules:
            allowed = np.maximum(allowed, rule.groups_each(roster))
        if self.split is not None:
            trait = roster.categories[self.split.by]
            keys = list(map(value_key, trait.values))
            for value, part in self.split.parts.items():
                codes = [code for code, key in enumerate(keys) if key == value_key(value)]
                here = np.isin(trait.codes, codes)
                allowed[here] = part.groups_each(roster)[here]
        return allowed

    def categories(self) -> frozenset[str]:
        """The traits that are needed as named values."""
        return frozenset(trait for kind in self.kinds() for trait in kind.categories())

    def numbers(self) -> frozenset[str]:
        """The traits that are needed as numbers."""
        return frozenset(trait for kind in self.kinds() for trait in kind.numbers())

    def sets(self) -> frozenset[str]:
        """The traits that are needed as sets of values."""
        return frozenset(trait for kind in self.kinds() for trait in kind.sets())

    def either(self) -> frozenset[str]:
        """The traits that are taken as they come: numbers, named values or sets of values."""
        return frozenset(trait for kind in self.kinds() for trait in kind.either())

    def links(self) -> frozenset[str]:
        """The traits that are needed as names of other participants."""
        return frozenset(trait for kind in self.kinds() for trait in kind.links())

    def orders(self) -> frozenset[str]:
        """The traits that are needed as an order."""
        return frozenset(trait for kind in self.kinds() for trait in kind.orders())

    def places(self) -> frozenset[str]:
        """The named traits whose values must be places that are known."""
        return frozenset(trait for kind in self.kinds() for trait in kind.places())

    def pair_weights(self) -> tuple[PairWeights, ...]:
        """What files tell of pairs of people, each file once."""
        found = (weights for kind in self.kinds() for weights in kind.pair_weights())
        return tuple(dict.fromkeys(found))

    def earlier(self) -> tuple[EarlierGroups, ...]:
        """The earlier groupings that rules look back on, each file once."""
        return tuple(dict.fromkeys(earlier for kind in self.kinds() for earlier in kind.earlier()))

    def suited(self, roster: Roster) -> Rulebook:
        """The same rules and preferences as they are for this roster."""
        rules = tuple(rule.suited(roster) for rule in self.rules)
        preferences = tuple(preference.suited(roster) for preference in self.preferences)
        return replace(
            self,
            rules=tuple(rule.among(rules) for rule in rules),
            preferences=tuple(preference.among(rules) for preference in preferences),
            split=None if self.split is None else self.split.suited(roster),
            meetings=None if self.meetings is None else self.meetings.suited(roster),
            asked=self.asked or self,
        )

    def under(self, rules: tuple[Kind, ...], *preferences: Kind) -> Rulebook:
        """The same rulebook with some of its rules and with other preferences."""
        return replace(
            self,
            rules=tuple(rule.among(rules) for rule in rules),
            preferences=tuple(preference.among(rules) for preference in preferences),
        )

    def without(self, gone: frozenset[str]) -> Rulebook:
        """The same rulebook where these ids are not there, and rules that name them say less."""
        if not any(id_ in gone for kind in self.kinds() for id_ in kind.ids()):
            return self
        rules = (rule.without(gone) for rule in self.rules)
        preferences = (preference.without(gone) for preference in self.preferences)
        book = self.under(
            tuple(rule for rule in rules if rule is not None),
            *(preference for preference in preferences if preference is not None),
        )
        split = None if self.split is None else self.split.without(gone)
        meetings = None if self.meetings is None else self.meetings.without(gone)
        return replace(book, split=split, meetings=meetings, asked=self.asked or self)

    def untold(self, missing: frozenset[str]) -> Rulebook:
        """The same rulebook without what asks for traits that nobody tells."""
        of = {bands.trait: bands.of for bands in self.bands}

        def told(kind: Kind) -> bool:
            asked = {*kind.categories(), *kind.numbers(), *kind.sets(), *kind.links()}
            asked |= {*kind.either(), *kind.orders()}
            return not missing & {*asked, *(of[trait] for trait in asked if trait in of)}

        book = self.under(tuple(filter(told, self.rules)), *filter(told, self.preferences))
        split = None if self.split is None or self.split.by in missing else self.split
        if split is not None:
            parts = {value: part.untold(missing) for value, part in split.parts.items()}
            split = replace(split, parts=parts, others=split.others.untold(missing))
        meetings = None if self.meetings is None else self.meetings.untold(missing)
        columns = {trait: header for trait, header in self.columns.items() if trait not in missing}
        asked = self.asked or self
        return replace(book, split=split, meetings=meetings, columns=columns, asked=asked)

    def in_meetings(self) -> Rulebook:
        """What holds at a single meeting, whose groups may be any number.

        Where the rulebook says nothing of meetings, the rules hold that say so of themselves; all
        others come before the preferences.
        """
        book = self.gentler() if self.meetings is None else self.meetings
        split = None if self.split is None else self.split.in_meetings()
        return replace(
            book,
            split=split,
            meetings=None,
            columns=self.columns,
            sha256=self.sha256,
            asked=self.asked or self,
            of_a_meeting=True,
        )

    def gentler(self) -> Rulebook:
        """The rulebook for meetings of which nothing else is said."""
        rules = tuple(rule for rule in self.rules if rule.holds_in_meetings)
        # Where everyone must be placed, the size is wished for first, as in every rulebook.
        cut = int(any(kind.limits_size for kind in self.preferences[:1]))
        first, last = self.preferences[:cut], self.preferences[cut:]
        book = self.under(rules, *first, *self.wished_beside(rules), *last)
        return replace(book, groups=replace(self.groups, fewest=None, most=None))

    def wished_beside(self, rules: tuple[Kind, ...]) -> tuple[Kind, ...]:
        """The rules that are not among some, as far as they can be preferences."""
        others = (rule for rule in self.rules if rule not in rules and not rule.limits_size)
        return tuple(rule for rule in others if Role.PREFERENCE in rule.roles)

    def renamed(self, names: Renaming) -> Rulebook:
        """The same rulebook where people, values, groups and files are called otherwise."""
        rules = tuple(rule.renamed(names) for rule in self.rules)
        preferences = (preference.renamed(names) for preference in self.preferences)
        book = self.under(rules, *preferences)
        split = None if self.split is None else self.split.renamed(names)
        meetings = None if self.meetings is None else self.meetings.renamed(names)
        asked = None if self.asked is None else self.asked.renamed(names)
        origin = names.file(self.origin)
        return replace(
            book,
            bands=tuple(band_set.renamed(names) for band_set in self.bands),
            columns={names.trait(trait): header for trait, header in self.columns.items()},
            split=split,
            origin=origin,
            meetings=meetings,
            asked=asked,
        )

    def kinds(self) -> tuple[Kind, ...]:
        """Rules first, then preferences in their order; then those of meetings and of the parts."""
        others = (kind for book in self.others() for kind in book.kinds())
        return (*self.rules, *self.preferences, *others)

    def others(self) -> tuple[Rulebook, ...]:
        """The rulebooks that stand in this one: that of meetings, and those of the parts."""
        meetings = () if self.meetings is None else (self.meetings,)
        return (*meetings, *(self.split.rulebooks() if self.split is not None else ()))


@dataclass(frozen=True, slots=True)
class Split:
    """Each value of the trait ``by`` forms its groups apart, under a rulebook of its own.

    ``parts`` leads from a value, as the rulebook's author wrote it, to its rulebook; ``others``
    is that of every value without a part.
    """

    by: str
    parts: Mapping[str, Rulebook]
    others: Rulebook

    def rulebooks(self) -> tuple[Rulebook, ...]:
        """The rulebooks of the parts, and then that of all other values."""
        return (*self.parts.values(), self.others)

    def without(self, gone: frozenset[str]) -> Split:
        """The same parts where these ids are not there."""
        parts = {value: rulebook.without(gone) for value, rulebook in self.parts.items()}
        return replace(self, parts=parts, others=self.others.without(gone))

    def in_meetings(self) -> Split:
        """The same parts by what holds in each at single meetings."""
        parts = {value: rulebook.in_meetings() for value, rulebook in self.parts.items()}
        return replace(self, parts=parts, others=self.others.in_meetings())

    def renamed(self, names: Renaming) -> Split:
        """The same parts where people, values, groups and files are called otherwise."""
        parts = {
            names.value(self.by, value): book.renamed(names) for value, book in self.parts.items()
        }
        others = self.others.renamed(names)
        return replace(self, by=names.trait(self.by), parts=parts, others=others)

    def written(self) -> dict[str, object]:
        """The section ``parts`` as plain values; none where no value has a part."""
        parts = {
            value: {
                "groups": book.groups.written(),
                **book.sections(),
                **book.lists(),
                **book.of_meetings(),
            }
            for value, book in self.parts.items()
        }
        return {"parts": parts} if parts else {}

    def suited(self, roster: Roster) -> Split:
        """The same parts with their rules as they are for this roster, and called as there."""
        values = roster.categories[self.by].values if self.by in roster.categories else ()
        parts = {
            self._called(value, values): rulebook.suited(roster)
            for value, rulebook in self.parts.items()
        }
        return replace(self, parts=parts, others=self.others.suited(roster))

    def _called(self, value: str, values: Sequence[str]) -> str:
        """What the roster calls a part; a word that another part has is that part's."""
        taken = {value_key(part) for part in self.parts}
        if value_key(value) in map(value_key, values):
            return value
        found = only_one_meant(self.by, value, values)
        return value if found is None or value_key(found) in taken else found
