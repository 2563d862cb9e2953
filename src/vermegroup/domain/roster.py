"""The participants, column by column.

After intake everything here is clean: ids are unique strings, categories are codes, numbers are
whole ticks. Nothing downstream parses, strips or guesses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from vermegroup.domain.arrays import BoolArray, IntArray, in_order
from vermegroup.language.catalogues import ENGLISH, Language
from vermegroup.language.messages import Message, Who

if TYPE_CHECKING:
    import pandas as pd


Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True)
class Categories:
    """A trait with named values: ``values[codes[p]]`` is what participant ``p`` has.

    ``codes`` has shape (n,); ``header`` is the column as the roster's author wrote it. ``places``
    says where each value is, where distances are asked for: degrees north and east, shape
    (len(values), 2).
    """

    codes: IntArray
    values: tuple[str, ...]
    header: str
    places: npt.NDArray[np.float64] | None = None

    def counts(self) -> IntArray:
        """How many participants have each value, shape (len(values),)."""
        return np.bincount(self.codes, minlength=len(self.values)).astype(np.int64)

    def code(self, value: str) -> int:
        """The code of a value; -1, which nobody has, for an unknown one."""
        return self.values.index(value) if value in self.values else -1

    def held(self, people: IntArray) -> tuple[IntArray, IntArray]:
        """Every (place in ``people``, value) of which the person there has the value."""
        return np.arange(len(people)), self.codes[people]

    def having(self, value: int, people: IntArray) -> BoolArray:
        """Which of these people have a value, shape (len(people),)."""
        return np.asarray(self.codes[people] == value)

    def most_held(self) -> int:
        """The most values that one participant has."""
        return 1

    def subset(self, positions: IntArray) -> Categories:
        """The same trait of some participants; the values stay, those that nobody has too."""
        return replace(self, codes=self.codes[positions])


@dataclass(frozen=True, slots=True)
class Numbers:
    """A numeric trait in whole ticks, so that sums and proofs are exact.

    Participant ``p`` has ``ticks[p] / per_unit`` of the unit (years, say); shape (n,). Some have
    been ``rounded`` to so many decimals; None where all are as written.
    """

    ticks: IntArray
    per_unit: int
    header: str
    rounded: int | None = None

    def subset(self, positions: IntArray) -> Numbers:
        """The same trait of some participants."""
        return replace(self, ticks=self.ticks[positions])


@dataclass(frozen=True, slots=True)
class Sets:
    """A trait of which a participant may have several values: free times, languages.

    ``member[p, v]`` says whether participant ``p`` has ``values[v]``; shape (n, len(values)).
    """

    member: BoolArray
    values: tuple[str, ...]
    header: str

    def counts(self) -> IntArray:
        """How many participants have each value, shape (len(values),)."""
        return np.asarray(np.count_nonzero(self.member, axis=0), dtype=np.int64)

    def held(self, people: IntArray) -> tuple[IntArray, IntArray]:
        """Every (place in ``people``, value) of which the person there has the value."""
        places, codes = np.nonzero(self.member[people])
        return places.astype(np.int64), codes.astype(np.int64)

    def having(self, value: int, people: IntArray) -> BoolArray:
        """Which of these people have a value, shape (len(people),)."""
        return np.asarray(self.member[people, value])

    def most_held(self) -> int:
        """The most values that one participant has."""
        return int(self.member.sum(axis=1).max(initial=0))

    def subset(self, positions: IntArray) -> Sets:
        """The same trait of some participants; the values stay, those that nobody has too."""
        return replace(self, member=self.member[positions])


@dataclass(frozen=True, slots=True)
class Links:
    """A trait that names other participants, such as whom someone wishes to be with.

    ``pairs`` (m, 2) leads from a participant to one it names; none twice, none to itself.
    ``unknown`` are the texts that are nobody's id.
    """

    pairs: IntArray
    unknown: tuple[str, ...]
    header: str

    def subset(self, place: IntArray) -> Links:
        """The links among some participants; ``place`` (n,) is where each now stands, or -1."""
        pairs = place[self.pairs]
        return replace(self, pairs=pairs[(pairs >= 0).all(axis=1)])


@dataclass(frozen=True, slots=True)
class Turns:
    """A trait that tells whose turn comes first: the lowest ``turn`` (n,)."""

    turn: IntArray
    header: str

    def subset(self, positions: IntArray) -> Turns:
        """The same trait of some participants."""
        return replace(self, turn=self.turn[positions])


@dataclass(frozen=True, slots=True)
class Table:
    """The roster as its author wrote it, kept so that it can be written again unchanged.

    ``cells`` holds every row below the header as text, those set aside included; ``row_numbers``
    are the rows a spreadsheet shows for them. ``sha256`` is that of the file's bytes.
    ``headings`` are the header's rows as written, one to three; the columns of ``cells`` have names
    that do not repeat. ``language`` is that of the headers, and ``group`` the column of the
    groups: one that is there, whose cells new groups replace, or one to be added. ``ids`` is the
    column of ids where some were made up: one that is there, whose blank cells they fill, or one
    to be added; "" where there is nothing to write.
    """

    name: str
    cells: pd.DataFrame
    row_numbers: IntArray
    delimiter: str = ","
    encoding: str = "utf-8"
    newline: str = "\n"
    sha256: str = ""
    headings: tuple[tuple[str, ...], ...] = ()
    language: Language = ENGLISH
    group: str = "group"
    ids: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was read and is no participant: cancelled, or merged into another row.

    ``row`` is the row a spreadsheet shows; ``merged_into`` the row of the same person that counts.
    ``id`` is the id in it, or one made up, of who is no participant.
    """

    row: int
    reason: Message
    merged_into: int | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """n participants with their traits.

    ``ids`` has shape (n,); ``rows`` (n,) leads from a participant to a row of ``table``.
    ``categories``, ``numbers``, ``sets`` and ``links`` hold the traits by their canonical names.
    The rows ``set_aside`` stay in the table, and are told in the order of their rows.
    ``part`` says that these are some of a larger roster's participants, who form groups apart.
    ``orders`` holds the traits that tell whose turn comes first. ``answered`` tells when whoever is
    in each row of the table signed up, in seconds, or None where not all tell it; reading that
    takes a while, so it waits until it is asked for.
    Where somebody may belong to several groups, ``person`` (n,) leads from each seat to the first
    one of the same person (:mod:`vermegroup.domain.seats`); it is empty where everyone has one.
    """

    ids: npt.NDArray[np.object_]
    categories: Mapping[str, Categories]
    numbers: Mapping[str, Numbers]
    table: Table
    rows: IntArray
    labels: npt.NDArray[np.object_] = field(default_factory=lambda: np.empty(0, dtype=object))
    set_aside: tuple[SetAside, ...] = ()
    sets: Mapping[str, Sets] = field(default_factory=dict)
    links: Mapping[str, Links] = field(default_factory=dict)
    part: bool = False
    orders: Mapping[str, Turns] = field(default_factory=dict)
    answered: Callable[[], IntArray | None] | None = None
    person: IntArray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    # Filled when an id is first looked up: rules that name people ask for every group anew.
    _place: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _facts: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.ids)

    def __getstate__(self) -> list[object]:
        """All but what is worked out anew where it is needed: it may be larger than the roster."""
        worked_out = ("_place", "_facts")
        names = [each.name for each in fields(self)]
        return [{} if name in worked_out else getattr(self, name) for name in names]

    def known(self, what: Hashable, work: Callable[[], Fact]) -> Fact:
        """What depends on these participants alone, worked out once however often it is asked."""
        if what not in self._facts:
            self._facts[what] = work()
        fact: Fact = self._facts[what]
        return fact

    def valued(self, trait: str) -> Categories | Sets:
        """A trait with values, one or several for each participant."""
        return self.sets.get(trait) or self.categories[trait]

    def sort_of(self, trait: str) -> str:
        """Where a trait is: ``numbers``, ``sets`` or ``categories``; numbers go before names."""
        if trait in self.numbers:
            return "numbers"
        return "sets" if trait in self.sets else "categories"

    def value_counts(self, trait: str) -> IntArray:
        """How many participants have each value of such a trait, shape (values,)."""
        return self.known(("counts", trait), self.valued(trait).counts)

    def rising(self, trait: str) -> IntArray:
        """The ticks of a numeric trait in rising order, shape (n,)."""
        return self.known(("in order", trait), lambda: in_order(self.numbers[trait].ticks))

    def with_at_most(self, trait: str, most: int) -> int:
        """How many participants are left if only ``most`` of each value are."""
        rising, below = self.known(("rising", trait), lambda: _rising(self.value_counts(trait)))
        cut = int(np.searchsorted(rising, most))
        return int(below[cut]) + (len(rising) - cut) * most

    @property
    def has_further_seats(self) -> bool:
        """Whether somebody stands here several times."""
        return len(self.person) > 0

    def person_of(self) -> IntArray:
        """The first seat of the person in each seat, shape (n,)."""
        return self.person if self.has_further_seats else np.arange(len(self))

    def further(self) -> BoolArray:
        """Which seats are another one of somebody, shape (n,)."""
        return np.asarray(self.person_of() != np.arange(len(self)))

    @property
    def people(self) -> int:
        """How many people there are, each counted once."""
        return len(self) - int(self.further().sum()) if self.has_further_seats else len(self)

    def seats_of(self, ids: Sequence[str]) -> tuple[IntArray, IntArray]:
        """All seats of these ids, and for each which of the ids has it; unknown ids have none."""
        first = self.positions(ids)
        known = np.flatnonzero(first >= 0)
        if not self.has_further_seats:
            return first[known], known
        order = np.argsort(self.person, kind="stable")
        low = np.searchsorted(self.person[order], first[known])
        times = np.searchsorted(self.person[order], first[known], side="right") - low
        nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        return order[np.repeat(low, times) + nth], np.repeat(known, times)

    def positions(self, ids: Sequence[str]) -> IntArray:
        """Where these ids stand first, shape (len(ids),); -1 for an id that nobody has."""
        if not self._place:
            # Further seats stand behind the first ones.
            every = map(str, self.ids[: self.people].tolist())
            self._place.update(zip(every, range(self.people), strict=True))
        return np.array([self._place.get(id_, -1) for id_ in ids], dtype=np.int64)

    def signed_up(self) -> IntArray:
        """The order in which they signed up, (n,): by the time of answer, or else by their rows."""
        times = None if self.answered is None else self.answered()
        keys = [self.rows] if times is None else [self.rows, times[self.rows]]
        return np.argsort(np.lexsort(keys))

    def gone(self) -> frozenset[str]:
        """The ids of those who are set aside, and do not take part by another row."""
        aside = (row.id for row in self.set_aside if row.id)
        return frozenset(aside).difference(map(str, self.ids))

    def subset(self, positions: IntArray) -> Roster:
        """Some of the participants, in the order of ``positions``; the table stays whole."""
        place = np.full(len(self), -1, dtype=np.int64)
        place[positions] = np.arange(len(positions))
        return replace(
            self,
            ids=self.ids[positions],
            categories={name: trait.subset(positions) for name, trait in self.categories.items()},
            numbers={name: trait.subset(positions) for name, trait in self.numbers.items()},
            sets={name: trait.subset(positions) for name, trait in self.sets.items()},
            links={name: trait.subset(place) for name, trait in self.links.items()},
            rows=self.rows[positions],
            labels=self.labels[positions] if len(self.labels) else self.labels,
            part=True,
            orders={name: trait.subset(positions) for name, trait in self.orders.items()},
            person=_persons(self.person, positions, place),
        )

    def with_categories(self, name: str, categories: Categories) -> Roster:
        """The same participants with one more trait, such as a band of experience."""
        return replace(self, categories={**self.categories, name: categories})


def labels_of(roster: Roster) -> list[str]:
    """What people call each participant: the roster's labels, or the ids where it has none."""
    labels = roster.labels if len(roster.labels) == len(roster) else roster.ids
    if all(labels.tolist()):
        return list(map(str, labels.tolist()))
    return [str(label or id_) for label, id_ in zip(labels, roster.ids, strict=True)]


def called_by(roster: Roster, people: IntArray) -> list[Who]:
    """Some participants by their ids, each cited by what people call them."""
    if len(roster.labels) != len(roster):
        return [Who(str(id_)) for id_ in roster.ids[people]]
    pairs = zip(roster.ids[people].tolist(), roster.labels[people].tolist(), strict=True)
    return [Who(str(id_), str(label)) for id_, label in pairs]


def value_key(value: str) -> str:
    """What two spellings of a value have in common: case, spaces and Unicode forms do not count."""
    return unicodedata.normalize("NFC", " ".join(value.split())).casefold()


def group_spelling(name: str) -> str:
    """What two spellings of a group's name share: 2 is 2.0 as well, as spreadsheets write it."""
    key = value_key(name)
    number = _WHOLE.fullmatch(key)
    return number[1] if number else key


_WHOLE = re.compile(r"([0-9]+)[.,]0{1,6}")


def _persons(person: IntArray, positions: IntArray, place: IntArray) -> IntArray:
    """The first seats among some of the seats; empty where everyone has one."""
    if not len(person):
        return person
    first = place[person[positions]]
    first = np.where(first < 0, np.arange(len(positions)), first)
    return first if (first != np.arange(len(positions))).any() else first[:0]


def _rising(counts: IntArray) -> tuple[IntArray, IntArray]:
    """Counts in rising order, and how much those before each add up to."""
    rising = np.sort(counts)
    return rising, np.concatenate([[0], np.cumsum(rising)])
