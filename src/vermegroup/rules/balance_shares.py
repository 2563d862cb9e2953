"""``balance: T`` where the roster has T as named values or as sets: groups have alike shares."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

import numpy as np

from vermegroup.entry import Entry
from vermegroup.grouping import Seating
from vermegroup.kind import Kind, Role, Total
from vermegroup.model import Expression, Model
from vermegroup.phrase import Phrase, phrase
from vermegroup.plan import Plan, Window
from vermegroup.roster import IntArray, Roster
from vermegroup.rules.group_means import common_size, rounding_bound
from vermegroup.rules.trait_names import trait_name, value_name
from vermegroup.rules.values_held import (
    MOST_WEIGHTS,
    held,
    holder_counts,
    holders,
    values_of,
)


@dataclass(frozen=True, slots=True)
class BalanceOfShares(Kind):
    """How far a value's share in a group is from its share among all, where it is furthest.

    As a rule: at most ``at_most`` percentage points. As a preference: as little as possible. A
    group's measure is its largest distance in units of 1 / (n * common size), a whole number:
    |common / s * (n * count - s * everybody's count)| for a group of s. ``many`` says that a
    participant may have several values. Never read as such: :class:`Balance` becomes it where the
    roster's trait is no number.
    """

    kind: ClassVar[str] = "balance"
    compares: ClassVar[bool] = True
    total: ClassVar[Total] = Total.WORST
    outlives_absence: ClassVar[bool] = False

    trait: str
    at_most: Fraction | None = None
    many: bool = False

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        del role
        return cls(entry.trait(), entry.decimal("at_most"))

    def written(self) -> object:
        plain: dict[str, object] = {"balance": self.trait}
        return plain if self.at_most is None else {**plain, "at_most": float(self.at_most)}

    def categories(self) -> tuple[str, ...]:
        return () if self.many else (self.trait,)

    def sets(self) -> tuple[str, ...]:
        return (self.trait,) if self.many else ()

    def sentence(self, role: Role) -> Phrase:
        if role is Role.PREFERENCE:
            return phrase(
                "The groups' shares of each value are as alike as possible: {trait}",
                "Kunkin arvon osuus on eri ryhmissä mahdollisimman samanlainen: {trait}",
                "Varje värdes andel är så lika som möjligt i grupperna: {trait}",
                trait=trait_name(self.trait),
            )
        return phrase(
            "In every group each value's share is at most {most} percentage points from its share "
            "among all: {trait}",
            "Jokaisessa ryhmässä kunkin arvon osuus poikkeaa enintään {most} prosenttiyksikköä "
            "sen osuudesta kaikista: {trait}",
            "I varje grupp avviker varje värdes andel högst {most} procentenheter från dess andel "
            "bland alla: {trait}",
            trait=trait_name(self.trait),
            most=float(self.at_most or 0),
        )

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """The largest distance of a share in each group from everybody's, see the class."""
        counts = holder_counts(roster, self.trait)
        here, common = self._counted(roster, seating), common_size(plan)
        sizes = np.maximum(1, seating.sizes())
        furthest = np.zeros(seating.groups, dtype=np.int64)
        for value, count in enumerate(counts.tolist()):
            off = np.abs(len(roster) * here[:, value] - sizes * count)
            furthest = np.maximum(furthest, -(-off * common // sizes))
        return furthest

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        return np.maximum(0, self.measure(roster, plan, seating) - self._limit(roster, plan))

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Phrase, tuple[int, ...]]:
        del plan
        alone = Seating(members, np.zeros(len(members), dtype=np.int64), 1)
        own = self._counted(roster, alone)[0] / max(1, len(members))
        everybody = holder_counts(roster, self.trait) / len(roster)
        value = int(np.abs(own - everybody).argmax())
        sentence = phrase(
            "its share of {value} is {own} %, and {all} % among all",
            "osuus {value} on siinä {own} % ja kaikista {all} %",
            "andelen {value} är {own} % i den och {all} % bland alla",
            value=value_name(self.trait, values_of(roster, self.trait)[value]),
            own=float(100 * own[value]),
            all=float(100 * everybody[value]),
        )
        return sentence, tuple(members.tolist())

    def in_units(self, roster: Roster, plan: Plan, value: int) -> Fraction:
        """In percentage points."""
        return Fraction(100 * value, self._scale(roster, plan))

    def told(self, roster: Roster, plan: Plan, value: int) -> Phrase:
        return phrase(
            "at most {v} percentage points from the share among all",
            "enintään {v} prosenttiyksikköä osuudesta kaikista",
            "högst {v} procentenheter från andelen bland alla",
            v=float(self.in_units(roster, plan, value)),
        )

    def bound(self, roster: Roster, plan: Plan) -> int:
        counts = holder_counts(roster, self.trait).tolist()
        return max((rounding_bound(len(roster), count, plan) for count in counts), default=0)

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...] | None:
        counts = holder_counts(roster, self.trait).tolist()
        if len(counts) * len(roster) > MOST_WEIGHTS:
            return None
        n, common, everybody = len(roster), common_size(plan), np.arange(len(roster))
        found = []
        for code, count in enumerate(counts):
            low, high = {}, {}
            for size in range(plan.smallest, plan.largest + 1):
                room = value * size // common
                low[size] = -((room - size * count) // n)
                high[size] = (room + size * count) // n
            weights = holders(roster, self.trait, code, everybody).astype(np.int64)
            found.append(Window(weights, low, high))
        return tuple(found)

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        model.limit(self.express(roster, plan, model, group), at_most=self._limit(roster, plan))

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        n, common = len(roster), common_size(plan)
        off = model.new_amount(common * n)
        for value, count in enumerate(holder_counts(roster, self.trait).tolist()):
            here = model.count(holders(roster, self.trait, value, model.people), group)
            middle = common * count
            for size in model.sizes_possible(group):
                factor = common // size * n
                model.limit_at_size(off - here * factor, group, size, at_least=-middle)
                model.limit_at_size(off + here * factor, group, size, at_least=middle)
        return off

    def _counted(self, roster: Roster, seating: Seating) -> IntArray:
        """How many members have each value, shape (groups, values)."""
        width = len(values_of(roster, self.trait))
        seat, value = held(roster, self.trait, seating.people)
        keys = seating.group[seat] * width + value
        return np.bincount(keys, minlength=seating.groups * width).reshape(seating.groups, width)

    def _scale(self, roster: Roster, plan: Plan) -> int:
        return len(roster) * common_size(plan)

    def _limit(self, roster: Roster, plan: Plan) -> int:
        return int((self.at_most or Fraction(0)) / 100 * self._scale(roster, plan))
