"""Who is in which group."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from vermegroup.domain.arrays import IntArray, sums_by_group
from vermegroup.domain.persons import Persons

WAITLIST = -1
# An empty seat, where groups are rows of members.
NOBODY = -1
_WAITING = frozenset(
    (
        *("", "waitlist", "on the waitlist", "waiting list", "waiting", "none", "no group"),
        *("wait", "wait list", "waitlisted", "queue", "queued", "in queue", "in the queue"),
        *("pending", "unassigned", "not assigned", "ungrouped", "unplaced", "not placed", "tbd"),
        *("to be decided", "undecided", "maybe", "missing", "without a group"),
        *("jonotuslista", "jonotuslistalla", "jono", "jonossa", "jonottaa", "jonoon"),
        *("ei ryhmää", "ei mitään", "ilman ryhmää", "ei vielä ryhmää", "ei ryhmässä", "ryhmätön"),
        *("odottaa", "odottaa ryhmää", "odottaa paikkaa", "odotus", "odotuslista"),
        *("odotuslistalla", "varasija", "varasijalla", "varalla", "ryhmä puuttuu", "puuttuu"),
        *("ei sijoitettu", "sijoittamatta", "ehkä"),
        *("väntelista", "väntelistan", "på väntelistan", "väntar", "väntar på grupp"),
        *("väntar på plats", "kö", "i kö", "i kön", "köar", "köplats", "ingen", "ingen grupp"),
        *("utan grupp", "saknar grupp", "saknas", "reserv", "reservplats", "oplacerad"),
        *("ej placerad", "inte placerad", "kanske"),
    )
)
_PLACE_IN_QUEUE = re.compile(r"(?: \(?[0-9]{1,4}\)?)?[ ?.!…]*$")


@dataclass(frozen=True, slots=True)
class Seating:
    """Members listed seat by seat: seat ``i`` of group ``group[i]`` is taken by ``people[i]``.

    This is what a rule judges. Candidate groups may share people, so that many alternatives can
    be judged at once; in a grouping every person has at most one seat. ``names`` are the groups'
    ids as people see them, where they have any yet.
    """

    people: IntArray
    group: IntArray
    groups: int
    names: tuple[str, ...] = ()

    def sizes(self) -> IntArray:
        """Members per group, shape (groups,)."""
        return np.bincount(self.group, minlength=self.groups).astype(np.int64)

    def total(self, weights: IntArray) -> IntArray:
        """Sum of a weight (n,) over the members of each group, shape (groups,), exactly."""
        return sums_by_group(weights[self.people], self.group, self.groups)

    def one_absent(self, seats: IntArray | None = None) -> Seating:
        """For each of some seats, or of all, its group without that member.

        Group ``i`` of the result is the group of the i-th of these seats with that seat empty.
        """
        seats = np.arange(len(self.people)) if seats is None else seats
        order = np.argsort(self.group, kind="stable")
        sizes = self.sizes()
        first = np.cumsum(sizes) - sizes
        mates = sizes[self.group[seats]]
        # Every seat meets every seat of its own group, itself included.
        absent = np.repeat(np.arange(len(seats)), mates)
        nth = np.arange(len(absent)) - np.repeat(np.cumsum(mates) - mates, mates)
        present = order[first[self.group[seats[absent]]] + nth]
        kept = present != seats[absent]
        return Seating(self.people[present[kept]], absent[kept], len(seats))


@dataclass(frozen=True, slots=True)
class EarlierGroups:
    """Who was together before: the ids of each group in a file, those of one group in a tuple.

    ``file`` is what the rulebook calls it, and ``names`` are what it calls the groups. ``persons``
    are all of them as the file tells, until it is known who they are on a roster.
    """

    file: str
    groups: tuple[tuple[str, ...], ...]
    sha256: str = field(default="", compare=False)
    names: tuple[str, ...] = field(default=(), compare=False)
    persons: Persons | None = field(default=None, compare=False, repr=False)

    def renamed(self, person: Callable[[str], str], file: Callable[[str], str]) -> EarlierGroups:
        """The same groups by other ids, in a file of another name."""
        groups = tuple(tuple(map(person, ids)) for ids in self.groups)
        return replace(self, file=file(self.file), groups=groups, names=(), persons=None)


@dataclass(frozen=True, slots=True)
class Grouping:
    """A grouping of n participants: ``group_of[p]`` is a group's index, or WAITLIST.

    ``names`` are the groups' ids as people see them (G01, G02, …), one for each group; see
    :func:`grouping_of` for the usual ones. As it is read from a file, ``further`` holds each
    (participant, group) beyond the first of somebody who is in several.

    Raises:
        ValueError: ``group_of`` is no array of whole numbers of shape (n,), or holds others than
            WAITLIST and the indices of ``names``; or two groups have one name, or one has none.
    """

    group_of: IntArray
    names: tuple[str, ...] = field(default=())
    further: tuple[tuple[int, int], ...] = ()
    # Filled when it is first asked for: sorting a large roster by groups takes a while.
    _seating: list[Seating] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what no judge could make sense of."""
        group_of = np.asarray(self.group_of)
        if group_of.ndim != 1 or not (group_of.dtype.kind in "iu" or not len(group_of)):
            raise ValueError(
                f"group_of has shape {group_of.shape} and type {group_of.dtype}: it must hold one "
                "whole number for each participant"
            )
        group_of = group_of.astype(np.int64, copy=False)
        low, high = int(group_of.min(initial=0)), int(group_of.max(initial=WAITLIST))
        if low < WAITLIST:
            raise ValueError(f"group {low} is neither a group's index nor WAITLIST ({WAITLIST})")
        names = tuple(self.names)
        if high >= len(names):
            raise ValueError(f"group {high} has no name: there are {len(names)} names")
        texts = all(issubclass(sort, str) for sort in set(map(type, names)))
        if not (texts and all(map(str.strip, names))):
            raise ValueError("every group must have a name that is a text and not blank")
        if len(set(names)) < len(names):
            raise ValueError(f"two groups are called {Counter(names).most_common(1)[0][0]}")
        object.__setattr__(self, "group_of", group_of)
        object.__setattr__(self, "names", names)

    @property
    def groups(self) -> int:
        """The number of groups."""
        return len(self.names)

    def seating(self) -> Seating:
        """Every placed person's seat, group by group and in roster order within a group."""
        if not self._seating:
            placed = np.flatnonzero(self.group_of != WAITLIST)
            order = placed[np.argsort(self.group_of[placed], kind="stable")]
            self._seating.append(Seating(order, self.group_of[order], self.groups, self.names))
        return self._seating[0]

    def members(self, group: int) -> IntArray:
        """The participants of one group, in roster order."""
        seating = self.seating()
        first, last = np.searchsorted(seating.group, [group, group + 1])
        return seating.people[first:last].copy()

    def waitlist(self) -> IntArray:
        """The participants left unplaced, in roster order."""
        return np.flatnonzero(self.group_of == WAITLIST)


def group_names(count: int) -> tuple[str, ...]:
    """G01, G02, … with as many digits as the count needs, at least two."""
    width = max(2, len(str(count)))
    return tuple(map(f"G%0{width}d".__mod__, range(1, count + 1)))


def usual_number(name: str) -> int | None:
    """The number in a usual name, however it is written: 3 for G03, g3 and 3."""
    found = re.fullmatch(r"[gG]?0*([1-9][0-9]{0,8})", name.strip())
    return int(found[1]) if found else None


def group_key(name: str) -> str:
    """What the spellings of a group's name have in common."""
    number = usual_number(name)
    return f"g{number}" if number is not None else " ".join(name.split()).casefold()


def means_waiting(name: str) -> bool:
    """Whether what stands for a group's name says that there is none, as reports put it or people.

    A blank one does, too, and so does a question mark, or a place in the queue: "Jonossa (3)".
    """
    return _PLACE_IN_QUEUE.sub("", " ".join(name.split()).casefold()) in _WAITING


def is_usual(name: str) -> bool:
    """Whether a text may stand for a group that a run has formed, or for having none."""
    return means_waiting(name) or usual_number(name) is not None


def numbered(group_of: npt.ArrayLike) -> Grouping:
    """A grouping told by numbers alone: each one from 0 on that occurs is a group, called so.

    What other tools and clusterings give; WAITLIST (-1) is nobody's group.

    Raises:
        ValueError: they are no whole numbers of shape (n,), or some are less than WAITLIST.
    """
    numbers = np.asarray(group_of)
    if numbers.dtype.kind not in "iu":
        return Grouping(numbers)  # which says why not
    values, codes = np.unique(numbers, return_inverse=True)
    waiting = int((values < 0).sum())
    if waiting > (values == WAITLIST).sum():
        raise ValueError(f"group {values[0]} is neither a group's number nor WAITLIST ({WAITLIST})")
    return Grouping(codes.reshape(numbers.shape) - waiting, tuple(map(str, values[waiting:])))


def grouping_of(group_of: IntArray, names: Sequence[str] | None = None) -> Grouping:
    """A grouping with the usual names, one for each index in use."""
    count = int(group_of.max(initial=WAITLIST)) + 1
    return Grouping(group_of, tuple(names) if names is not None else group_names(count))
