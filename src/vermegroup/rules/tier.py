"""Several preferences of one importance: their values are weighed and added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import wraps
from itertools import chain
from math import gcd, lcm
from typing import Any, ClassVar, Self

import numpy as np

from vermegroup.domain.arrays import IntArray, plus, times
from vermegroup.domain.declare import Entry, as_written
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role, Sense
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Plan, Window
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, joined
from vermegroup.language.terms import quoted


@dataclass(frozen=True, slots=True)
class Tier(Kind):
    """Preferences weighed against each other: ``weights`` are per unit of each one's value.

    Less is better; what a preference wants most of counts negatively. Where all want most it is
    :class:`TierOfMost`, and more is better. Never read by its own name. What is neither written
    here nor declared in ``JOINED`` and ``REMADE`` is asked of rules only.
    """

    kind: ClassVar[str] = "tier"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.PREFERENCE})
    sense: ClassVar[Sense] = Sense.LEAST

    kinds: tuple[Kind, ...]
    weights: tuple[Fraction, ...]

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        del role
        entry.refuse(_A_LIST)
        return cls((), ())

    def written(self) -> object:
        return [_weighted(kind.written(), weight) for kind, weight in self.weighed()]

    def weighed(self) -> tuple[tuple[Kind, Fraction], ...]:
        return tuple(zip(self.kinds, self.weights, strict=True))

    def sentence(self, role: Role) -> Message:
        parts = [
            _with_weight(kind.sentence(role), weight, shown=len(set(self.weights)) > 1)
            for kind, weight in self.weighed()
        ]
        return _("Weighed together: {parts}", parts=joined(parts))

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


def _each(values: Iterable[Iterable[Any]]) -> tuple[Any, ...]:
    return tuple(chain(*values))


def _once(values: Iterable[Iterable[Any]]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(chain(*values)))


def _merged(shared: Iterable[Mapping[str, tuple[str, ...]]]) -> Mapping[str, tuple[str, ...]]:
    return dict(chain(*(mapping.items() for mapping in shared)))


def _people(found: Iterable[IntArray]) -> IntArray:
    return np.unique(np.concatenate([*found, np.empty(0, dtype=np.int64)]))


def _first(traits: Iterable[str | None]) -> str | None:
    return next(filter(None, traits), None)


_TRAITS = ("categories", "numbers", "sets", "either", "links", "orders", "places")
# The faces that a tier has by asking each of its preferences, and how the answers are joined.
JOINED: Mapping[str, Callable[[Iterable[Any]], object]] = {
    **dict.fromkeys(_TRAITS, _once),
    **dict.fromkeys(("ids", "others"), _once),
    **dict.fromkeys(("named", "earlier", "pair_weights", "notices", "parts_by"), _each),
    **dict.fromkeys(("compares", "asks_number"), any),
    "anonymous": all,
    "of_pairs": all,
    "in_common": _merged,
    "turns": _each,
    **dict.fromkeys(("lacks", "leads", "in_one_seat"), _people),
    "layering": _first,
}
# The faces by which each of its preferences becomes another, or none, and the tier with it.
REMADE = ("renamed", "suited", "among", "without")


def _asking(face: str, joined: Callable[[Iterable[Any]], object]) -> object:
    asked = getattr(Kind, face)
    if not callable(asked):
        return property(lambda tier: joined(getattr(kind, face) for kind in tier.kinds))

    @wraps(asked)
    def ask(tier: Tier, *given: object) -> object:
        return joined(getattr(kind, face)(*given) for kind in tier.kinds)

    return ask


def _remaking(face: str) -> object:
    @wraps(getattr(Kind, face))
    def remake(tier: Tier, *given: object) -> Tier | None:
        made = [(getattr(kind, face)(*given), weight) for kind, weight in tier.weighed()]
        left = [pair for pair in made if pair[0] is not None]
        return tier_of(*zip(*left, strict=True)) if left else None

    return remake


for _face, _how in JOINED.items():
    setattr(Tier, _face, _asking(_face, _how))
for _face in REMADE:
    setattr(Tier, _face, _remaking(_face))


def tier_of(kinds: Sequence[Kind], weights: Sequence[Fraction]) -> Tier:
    """The tier of some preferences, with the sense that suits them."""
    most = all(kind.sense is Sense.MOST for kind in kinds)
    return (TierOfMost if most else Tier)(tuple(kinds), tuple(weights))


def _with_weight(sentence: Message, weight: Fraction, *, shown: bool) -> Message:
    if not shown:
        return quoted(sentence)
    return _("“{sentence}” (weight {weight})", sentence=sentence, weight=weight)


def _weighted(entry: object, weight: Fraction) -> object:
    if weight == 1:
        return entry
    plain = dict(entry) if isinstance(entry, dict) else {str(entry): None}
    return {**plain, "weight": int(weight) if weight.denominator == 1 else as_written(weight)}


_A_LIST = _("A tier is written as a list of preferences")
