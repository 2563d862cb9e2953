"""Several preferences of one importance: their values are weighed and added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import ClassVar, Self

import numpy as np

from vermegroup.domain.arrays import IntArray, plus, times
from vermegroup.domain.findings import Finding
from vermegroup.domain.grouping import EarlierGroups, Seating
from vermegroup.domain.kind import Entry, Kind, Renaming, Role, Sense, as_written
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Plan, Window
from vermegroup.domain.roster import Roster
from vermegroup.language.phrase import Phrase, joined, phrase


@dataclass(frozen=True, slots=True)
class Tier(Kind):
    """Preferences weighed against each other: ``weights`` are per unit of each one's value.

    Less is better; what a preference wants most of counts negatively. Where all want most it is
    :class:`TierOfMost`, and more is better. Never read by its own name: see ``tiers_section``.
    """

    kind: ClassVar[str] = "tier"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.PREFERENCE})
    sense: ClassVar[Sense] = Sense.LEAST

    kinds: tuple[Kind, ...]
    weights: tuple[Fraction, ...]

    @property
    def anonymous(self) -> bool:  # type: ignore[override]
        """Whether all of them are."""
        return all(kind.anonymous for kind in self.kinds)

    @property
    def compares(self) -> bool:  # type: ignore[override]
        """Whether any of them does."""
        return any(kind.compares for kind in self.kinds)

    @property
    def asks_number(self) -> bool:  # type: ignore[override]
        """Whether any of them does."""
        return any(kind.asks_number for kind in self.kinds)

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        del role
        entry.refuse(_A_LIST)
        return cls((), ())

    def written(self) -> object:
        return [_weighted(kind.written(), weight) for kind, weight in self.weighed()]

    def weighed(self) -> tuple[tuple[Kind, Fraction], ...]:
        return tuple(zip(self.kinds, self.weights, strict=True))

    def categories(self) -> tuple[str, ...]:
        return _all(kind.categories() for kind in self.kinds)

    def numbers(self) -> tuple[str, ...]:
        return _all(kind.numbers() for kind in self.kinds)

    def sets(self) -> tuple[str, ...]:
        return _all(kind.sets() for kind in self.kinds)

    def either(self) -> tuple[str, ...]:
        return _all(kind.either() for kind in self.kinds)

    def links(self) -> tuple[str, ...]:
        return _all(kind.links() for kind in self.kinds)

    def ids(self) -> tuple[str, ...]:
        return _all(kind.ids() for kind in self.kinds)

    def named(self) -> tuple[tuple[str, str], ...]:
        return tuple(pair for kind in self.kinds for pair in kind.named())

    def earlier(self) -> tuple[EarlierGroups, ...]:
        return tuple(own for kind in self.kinds for own in kind.earlier())

    def renamed(self, names: Renaming) -> Kind:
        return tier_of([kind.renamed(names) for kind in self.kinds], self.weights)

    def suited(self, roster: Roster) -> Kind:
        return tier_of([kind.suited(roster) for kind in self.kinds], self.weights)

    def without(self, gone: frozenset[str]) -> Kind | None:
        left = [(kind.without(gone), weight) for kind, weight in self.weighed()]
        kept = [(kind, weight) for kind, weight in left if kind is not None]
        return tier_of([kind for kind, _ in kept], [own for _, own in kept]) if kept else None

    def among(self, rules: tuple[Kind, ...]) -> Kind:
        return tier_of([kind.among(rules) for kind in self.kinds], self.weights)

    def leans_on(self, other: Kind) -> bool:
        return any(kind.leans_on(other) for kind in self.kinds)

    def notices(self, roster: Roster) -> tuple[Finding, ...]:
        return tuple(finding for kind in self.kinds for finding in kind.notices(roster))

    def sentence(self, role: Role) -> Phrase:
        parts = [
            _with_weight(kind.sentence(role), weight, told=len(set(self.weights)) > 1)
            for kind, weight in self.weighed()
        ]
        return phrase(
            "Weighed together: {parts}",
            "Yhdessä punnittuna: {parts}",
            "Sammanvägt: {parts}",
            parts=joined(parts),
        )

    def in_common(self, roster: Roster, members: IntArray) -> Mapping[str, tuple[str, ...]]:
        shared: dict[str, tuple[str, ...]] = {}
        for kind in self.kinds:
            shared.update(kind.in_common(roster, members))
        return shared

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        total = np.zeros(seating.groups, dtype=np.int64)
        for kind, factor in self._signed(roster, plan):
            total = plus(total, times(kind.measure(roster, plan, seating), factor))
        return total

    def base(self, roster: Roster) -> int:
        # Factors need a plan only for kinds that are refused here.
        plan = Plan(1, 1, 1)
        return sum(factor * kind.base(roster) for kind, factor in self._signed(roster, plan))

    def in_units(self, roster: Roster, plan: Plan, value: int) -> Fraction:
        return value * self._unit(roster, plan)

    def bound(self, roster: Roster, plan: Plan) -> int:
        return sum(factor * kind.bound(roster, plan) for kind, factor in self._signed(roster, plan))

    def reach(self, roster: Roster, plan: Plan) -> int:
        signed = self._signed(roster, plan)
        return sum(abs(factor) * kind.reach(roster, plan) for kind, factor in signed)

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...] | None:
        """Those of all: at its bound, each preference is at its own."""
        if value != self.bound(roster, plan):
            return None
        found: list[Window] = []
        for kind in self.kinds:
            windows = kind.windows(roster, plan, kind.bound(roster, plan))
            if windows is None:
                return None
            found += windows
        return tuple(found)

    def lacks(self, roster: Roster, plan: Plan, members: IntArray) -> IntArray:
        found = [kind.lacks(roster, plan, members) for kind in self.kinds]
        return np.unique(np.concatenate([*found, np.empty(0, dtype=np.int64)]))

    def layering(self) -> str | None:
        found = (kind.layering() for kind in self.kinds)
        return next((trait for trait in found if trait is not None), None)

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        for kind in self.kinds:
            kind.require(roster, plan, model, group)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        total: Expression = model.new_amount(0)
        for kind, factor in self._signed(roster, plan):
            total = total + kind.express(roster, plan, model, group) * factor
        return total

    def _signed(self, roster: Roster, plan: Plan) -> list[tuple[Kind, int]]:
        """The preferences with their factors, negative where they want the other way."""
        unit = self._unit(roster, plan)
        return [
            (kind, int(weight * kind.in_units(roster, plan, 1) / unit) * self._way(kind))
            for kind, weight in self.weighed()
        ]

    def _way(self, kind: Kind) -> int:
        return kind.sense.value * self.sense.value

    def _unit(self, roster: Roster, plan: Plan) -> Fraction:
        """The largest number of which each preference's weighted unit is a multiple."""
        units = [weight * kind.in_units(roster, plan, 1) for kind, weight in self.weighed()]
        common = lcm(*(unit.denominator for unit in units))
        return Fraction(gcd(*(int(unit * common) for unit in units)) or 1, common)


@dataclass(frozen=True, slots=True)
class TierOfMost(Tier):
    """A tier of preferences that all want most."""

    sense: ClassVar[Sense] = Sense.MOST


def tier_of(kinds: Sequence[Kind], weights: Sequence[Fraction]) -> Tier:
    """The tier of some preferences, with the sense that suits them."""
    most = all(kind.sense is Sense.MOST for kind in kinds)
    return (TierOfMost if most else Tier)(tuple(kinds), tuple(weights))


def _with_weight(sentence: Phrase, weight: Fraction, *, told: bool) -> Phrase:
    if not told:
        return sentence
    return phrase(
        "{sentence} (weight {weight})",
        "{sentence} (paino {weight})",
        "{sentence} (vikt {weight})",
        sentence=sentence,
        weight=weight,
    )


def _weighted(entry: object, weight: Fraction) -> object:
    if weight == 1:
        return entry
    plain = dict(entry) if isinstance(entry, dict) else {str(entry): None}
    return {**plain, "weight": int(weight) if weight.denominator == 1 else as_written(weight)}


def _all(traits: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(trait for own in traits for trait in own))


_A_LIST = Phrase(
    "A tier is written as a list of preferences",
    "Samanarvoiset toiveet kirjoitetaan luettelona",
    "Önskemål av samma vikt skrivs som en lista",
)
