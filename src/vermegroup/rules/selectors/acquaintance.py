"""Who was together before: the pairs of earlier groupings, met again in new groups.

A pair that was together in several of the files counts once for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Annotated, ClassVar

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray, sums_by_group
from vermegroup.domain.declare import Entry, Option
from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.grouping import EarlierGroups, Seating
from vermegroup.domain.kind import Kind, Renaming
from vermegroup.domain.plan import Plan
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, ngettext
from vermegroup.language.terms import people_of
from vermegroup.rules.selectors.pairs import pairs_of

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """The groups of one or more earlier files."""

    files: tuple[EarlierGroups, ...]
    # The roster last asked about with its codes: a search asks about one roster a million times.
    _last: list[tuple[Roster, tuple[IntArray, ...]]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    def renamed(self, names: Renaming) -> Acquaintance:
        """The same groups by other ids."""
        if names.earlier is not None:
            return Acquaintance(tuple(map(names.earlier, self.files)))
        return Acquaintance(
            tuple(earlier.renamed(names.person, names.file) for earlier in self.files)
        )

    def codes(self, roster: Roster) -> tuple[IntArray, ...]:
        """For each file each participant's group there (n,), NOBODY for those not in it.

        A file in which somebody is in several groups gives several, each group in one of them.
        """
        for known, codes in self._last:
            if known is roster:
                return codes
        codes = tuple(layer for earlier in self.files for layer in _codes(earlier, roster))
        self._last[:] = [(roster, codes)]
        return codes

    def met_again(self, roster: Roster, seating: Seating) -> IntArray:
        """How many pairs of each group were together before, shape (groups,)."""
        met = np.zeros(seating.groups, dtype=np.int64)
        for codes in self.codes(roster):
            group, _, count = _cells(codes, seating)
            met += sums_by_group(pairs_of(count), group, seating.groups)
        return met

    def reunited(self, roster: Roster, members: IntArray) -> IntArray:
        """Those members of a group who were together with another of them before."""
        found = np.zeros(len(members), dtype=bool)
        for codes in self.codes(roster):
            earlier = codes[members]
            values, counts = np.unique(earlier, return_counts=True)
            found |= np.isin(earlier, values[(counts > 1) & (values != NOBODY)])
        return members[found]

    def mates(self, roster: Roster, members: IntArray) -> IntArray:
        """Those outside a group who were together with one of its members before."""
        wanted = np.zeros(len(roster), dtype=bool)
        for codes in self.codes(roster):
            earlier = np.unique(codes[members])
            wanted |= np.isin(codes, earlier[earlier != NOBODY])
        wanted[members] = False
        return np.flatnonzero(wanted)

    def sizes(self, roster: Roster) -> IntArray:
        """How many of each earlier group are on the roster, file by file."""
        sizes = [np.bincount(codes[codes != NOBODY]) for codes in self.codes(roster)]
        return np.concatenate([*sizes, np.empty(0, dtype=np.int64)]).astype(np.int64)

    def crowds(self, roster: Roster, people: IntArray) -> Iterator[BoolArray]:
        """The people of each earlier group, as a mask, where at least two are among these."""
        for codes in self.codes(roster):
            earlier = codes[people]
            values, counts = np.unique(earlier, return_counts=True)
            for value in values[(counts > 1) & (values != NOBODY)].tolist():
                mask: BoolArray = earlier == value
                yield mask

    def notices(self, roster: Roster) -> tuple[Finding, ...]:
        """How many people of each file are not on the roster."""
        found = []
        for earlier in self.files:
            gone = sum(int((roster.positions(ids) < 0).sum()) for ids in earlier.groups)
            if gone:
                found.append(_gone(earlier, gone))
        return tuple(found)


@dataclass(frozen=True)
class Files(Option):
    """The groups in one or more files; ``only`` says that it is to be one."""

    main: ClassVar[bool] = True
    only: Message | None = None

    def read(self, entry: Entry, key: str) -> Acquaintance:
        """Who was together in them."""
        del key
        files = entry.earlier_groups()
        if self.only is not None and len(files) > 1:
            entry.refuse(self.only)
        return Acquaintance(files if self.only is None else files[:1])

    def written(self, value: object) -> object:
        """The file's name, or the files' names."""
        names = [earlier.file for earlier in value.files] if isinstance(value, Acquaintance) else []
        if self.only is not None and not names:
            return None
        return names[0] if len(names) == 1 else names


@dataclass(frozen=True, slots=True)
class OfEarlier(Kind):
    """A kind that counts, in each group, the pairs who were together before."""

    anonymous: ClassVar[bool] = False
    of_pairs: ClassVar[bool] = True

    before: Annotated[Acquaintance, Files()]

    def earlier(self) -> tuple[EarlierGroups, ...]:
        return self.before.files

    def renamed(self, names: Renaming) -> Kind:
        return replace(self, before=self.before.renamed(names))

    def notices(self, roster: Roster) -> tuple[Finding, ...]:
        return self.before.notices(roster)

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        del plan
        return self.before.met_again(roster, seating)


def _codes(earlier: EarlierGroups, roster: Roster) -> list[IntArray]:
    """Each participant's group in layers, so that everyone is in one group at most in each."""
    layers: list[IntArray] = [np.full(len(roster), NOBODY, dtype=np.int64)]
    for group, ids in enumerate(earlier.groups):
        seats, _ = roster.seats_of(ids)
        free = (codes for codes in layers if (codes[seats] == NOBODY).all())
        codes = next(free, None)
        if codes is None:
            codes = np.full(len(roster), NOBODY, dtype=np.int64)
            layers.append(codes)
        codes[seats] = group
    return layers


def _cells(codes: IntArray, seating: Seating) -> tuple[IntArray, IntArray, IntArray]:
    """Which earlier groups are in which groups, and with how many members."""
    earlier = codes[seating.people]
    known = earlier != NOBODY
    width = int(codes.max(initial=0)) + 1
    keys, counts = np.unique(seating.group[known] * width + earlier[known], return_counts=True)
    return keys // width, keys % width, counts.astype(np.int64)


def _gone(earlier: EarlierGroups, gone: int) -> Finding:
    return Finding(
        Severity.NOTICE,
        ngettext(
            "{people} in the earlier groups is not on the roster, and is left out of account",
            "{people} in the earlier groups are not on the roster, and are left out of account",
            gone,
            people=people_of(gone),
        ),
        file=earlier.file,
    )
