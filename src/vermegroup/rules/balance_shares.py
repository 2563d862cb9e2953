"""``balance: T`` where the roster has T as named values or as sets: groups have alike shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, ClassVar

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.declare import Decimal, Trait
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role, Total
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import MOST_WEIGHTS, Plan, Window
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.language.terms import amount_from, trait_name, value_name
from vermegroup.rules.arithmetic.means import Means, furthest, means_of


@dataclass(frozen=True, slots=True)
class BalanceOfShares(Kind):
    """How far a value's share in a group is from its share among all, where it is furthest.

    As a rule: at most ``at_most`` percentage points. As a preference: as little as possible. A
    group's measure is its largest distance as ``group_means`` has it. ``many`` says that a
    participant may have several values. Never read as such: :class:`Balance` becomes it where the
    roster's trait is no number.
    """

    kind: ClassVar[str] = "balance"
    compares: ClassVar[bool] = True
    total: ClassVar[Total] = Total.WORST
    outlives_absence: ClassVar[bool] = False

    trait: Annotated[str, Trait()]
    at_most: Annotated[Fraction | None, Decimal()] = None
    many: bool = False

    def categories(self) -> tuple[str, ...]:
        return () if self.many else (self.trait,)

    def sets(self) -> tuple[str, ...]:
        return (self.trait,) if self.many else ()

    def sentence(self, role: Role) -> Message:
        if role is Role.PREFERENCE:
            return _(
                "The share of each value is as alike in all groups as possible ({trait})",
                trait=trait_name(self.trait),
            )
        most = self.at_most or Fraction(0)
        return ngettext(
            "In every group each value's share is at most {n} percentage point from its share "
            "among all ({trait})",
            "In every group each value's share is at most {n} percentage points from its share "
            "among all ({trait})",
            1 if most == 1 else 2,
            n=most,
            trait=trait_name(self.trait),
        )

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """The largest distance of a share in each group from everybody's, see the class."""
        off, sizes = self._off(roster, seating), seating.sizes()
        return means_of(len(roster), 0, plan).distances(off, sizes)

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """By what distance the share that is furthest is past the limit."""
        off, sizes = self._off(roster, seating), seating.sizes()
        return means_of(len(roster), 0, plan).past(off, sizes, self._limit(roster))

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        del plan
        alone = Seating(members, np.zeros(len(members), dtype=np.int64), 1)
        _sizes, values, here = self._counted(roster, alone)
        counts = roster.value_counts(self.trait)
        in_group = np.zeros(len(counts), dtype=np.int64)
        in_group[values] = here
        value = int(np.abs(in_group * len(roster) - counts * len(members)).argmax())
        sentence = _(
            "its share of {value} is {own} %, and {all} % among all",
            value=value_name(self.trait, roster.valued(self.trait).values[value]),
            own=100 * int(in_group[value]) / max(1, len(members)),
            all=100 * int(counts[value]) / len(roster),
        )
        return sentence, tuple(members.tolist())

    def in_units(self, roster: Roster, plan: Plan, value: int) -> Fraction:
        """In percentage points."""
        return 100 * means_of(len(roster), 0, plan).quotient(value) / len(roster)

    def unit(self) -> str:
        return "percentage points"

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        most = float(self.in_units(roster, plan, value))
        return ngettext(
            "at most {n} percentage point from the share among all",
            "at most {n} percentage points from the share among all",
            1 if most == 1 else 2,
            n=most,
        )

    def in_one_group(self, roster: Roster, plan: Plan, old: int, new: int) -> Message:
        values = (float(self.in_units(roster, plan, value)) for value in (old, new))
        return _(
            "its share that is furthest off is {change} percentage points from that among all",
            change=amount_from(self.trait, *values),
        )

    def bound(self, roster: Roster, plan: Plan) -> int:
        counts = set(roster.value_counts(self.trait).tolist())
        sizes = tuple(set(plan.sizes or ()))
        return max((m.rounding_bound(sizes) for m in self._each(roster, plan, counts)), default=0)

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...] | None:
        counts = roster.value_counts(self.trait).tolist()
        if len(counts) * len(roster) > MOST_WEIGHTS:
            return None
        everybody = np.arange(len(roster))
        return tuple(
            means.window(self._weights(roster, code, everybody), value)
            for code, means in enumerate(self._each(roster, plan, counts))
        )

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        limit = self._limit(roster)
        for means, weights in self._compared(roster, plan, model):
            means.require(model, group, weights, limit)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        return furthest(model, group, self._compared(roster, plan, model))

    def _compared(self, roster: Roster, plan: Plan, model: Model) -> list[tuple[Means, IntArray]]:
        """Everybody's share of a value and who has it in the model.

        Of the values that nobody there has, the commonest is furthest from its share in any group.
        """
        counts = roster.value_counts(self.trait)
        here = np.unique(roster.valued(self.trait).held(model.people)[1])
        absent = np.setdiff1d(np.flatnonzero(counts), here)
        codes = [*here.tolist(), *absent[np.argsort(-counts[absent], kind="stable")][:1].tolist()]
        means = self._each(roster, plan, counts[codes].tolist())
        weights = (self._weights(roster, code, model.people) for code in codes)
        return list(zip(means, weights, strict=True))

    def _each(self, roster: Roster, plan: Plan, counts: Iterable[int]) -> Iterator[Means]:
        return (means_of(len(roster), count, plan) for count in counts)

    def _weights(self, roster: Roster, value: int, people: IntArray) -> IntArray:
        return roster.valued(self.trait).having(value, people).astype(np.int64)

    def _off(self, roster: Roster, seating: Seating) -> IntArray:
        """How far off each group is, as ``group_means`` has it, by the value that is furthest."""
        counts, sizes = roster.value_counts(self.trait), seating.sizes()
        group, value, here = self._counted(roster, seating)
        present = np.abs(len(roster) * here - sizes[group] * counts[value])
        lacking = sizes * _commonest_lacking(group, value, counts, seating.groups)
        off: IntArray = lacking.astype(np.int64)
        np.maximum.at(off, group, present)
        return off

    def _counted(self, roster: Roster, seating: Seating) -> tuple[IntArray, IntArray, IntArray]:
        """Groups and values that occur in them, and how many members have each."""
        width = len(roster.valued(self.trait).values)
        seat, value = roster.valued(self.trait).held(seating.people)
        keys, here = np.unique(seating.group[seat] * width + value, return_counts=True)
        return keys // max(1, width), keys % max(1, width), here.astype(np.int64)

    def _limit(self, roster: Roster) -> Fraction:
        """``at_most`` as ``group_means`` counts: in people, for all together."""
        return (self.at_most or Fraction(0)) / 100 * len(roster)


def _commonest_lacking(group: IntArray, value: IntArray, counts: IntArray, groups: int) -> IntArray:
    """How many people have the commonest value that a group lacks, (groups,)."""
    rank = np.empty(len(counts), dtype=np.int64)
    rank[np.argsort(-counts, kind="stable")] = np.arange(len(counts))
    order = np.lexsort((rank[value], group))
    having = np.bincount(group, minlength=groups)
    nth = np.arange(len(group)) - np.repeat(np.cumsum(having) - having, having)
    # The ranks that a group has run 0, 1, 2, … up to the first that it lacks.
    first = having.astype(np.int64)
    skipped = rank[value][order] != nth
    np.minimum.at(first, group[order][skipped], nth[skipped])
    falling = np.append(np.sort(counts)[::-1], 0)
    return np.asarray(falling[first])
