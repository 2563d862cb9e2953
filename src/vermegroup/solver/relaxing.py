"""Column generation: candidate groups are found as the relaxation asks for them.

Desaulniers, Desrosiers, Solomon, *Column Generation* (2005). The relaxation of this kind of set
partitioning is tight: of 64 people with a tenth absent its bound is within a bond or two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vermegroup.roster import BoolArray, IntArray
from vermegroup.solver.limits import Search
from vermegroup.solver.packing import Relaxation
from vermegroup.solver.pricing import Pricing, TooManyError, empty
from vermegroup.solver.remains import BROKEN

_SEEDS = 12_000
_LOOKED_AT = 200_000
_ADDED = 400
_TRIES = 20
_TOLERANCE = 4
"""Parts by which a column may be below nothing and not be asked for: what rounding comes to."""

Judge = Callable[[IntArray], BoolArray]


@dataclass(slots=True)
class Known:
    """Columns judged valid so far, each once, with their costs."""

    columns: IntArray
    costs: IntArray
    _seen: set[bytes]

    @classmethod
    def none(cls, width: int) -> Known:
        """No columns yet."""
        return cls(empty(width), np.empty(0, dtype=np.int64), set())

    def add(self, columns: IntArray, costs: IntArray) -> tuple[IntArray, IntArray]:
        """Add columns; those that are new, with their costs."""
        fresh = [at for at, row in enumerate(columns) if row.tobytes() not in self._seen]
        columns, costs = columns[fresh], costs[fresh]
        self._seen.update(row.tobytes() for row in columns)
        self.columns = np.concatenate([self.columns, columns])
        self.costs = np.concatenate([self.costs, costs])
        return columns, costs


@dataclass(frozen=True, slots=True)
class Prices:
    """What people pay (n,), and the total that no answer can be below; both in parts."""

    paid: IntArray
    bound: int


def seeds(pricing: Pricing, judge: Judge, known: Known) -> None:
    """Begin with the candidates that break fewest bonds, as many as are soon looked through."""
    nothing = np.zeros(pricing.remains.people, dtype=np.int64)
    half_bond = int(pricing.remains.weights[BROKEN])
    found = empty(known.columns.shape[1])
    for halves in range(1, 64):
        try:
            limit = (half_bond * halves - 1) * 1024
            found = pricing.below(nothing, limit, _SEEDS)
        except TooManyError:
            break
    found = found[judge(found)]
    known.add(found, pricing.remains.costs(found))


def prices(
    pricing: Pricing, judge: Judge, known: Known, relaxation: Relaxation, search: Search
) -> Prices | None:
    """Solve the relaxation over all valid columns; None where time or room did not suffice."""
    while not search.expired():
        paid = relaxation.paid()
        if paid is None:
            return None
        found = _asked_for(pricing, judge, known, paid)
        if found is None:
            return None
        if not len(found):
            most_groups = len(paid) // max(1, pricing.sizes.start)
            return Prices(paid, int(paid.sum()) - _TOLERANCE * most_groups)
        costs = pricing.remains.costs(found)
        order = np.argsort(pricing.reduced(found, costs, paid), kind="stable")[:_ADDED]
        relaxation.add(*known.add(found[order], costs[order]))
    return None


def _asked_for(pricing: Pricing, judge: Judge, known: Known, paid: IntArray) -> IntArray | None:
    """Some valid columns below nothing, none where there are none, None where there are too many.

    Those furthest below come first: there are fewer of them.
    """
    lowest, highest = pricing.least(paid), -_TOLERANCE
    limit = highest
    for _ in range(_TRIES):
        try:
            found = pricing.below(paid, limit, _LOOKED_AT)
        except TooManyError:
            highest, limit = limit, (lowest + limit) // 2
            continue
        found = found[judge(found)]
        own = pricing.reduced(found, pricing.remains.costs(found), paid)
        found = found[own < -_TOLERANCE]
        if len(found) or limit == -_TOLERANCE:
            return found
        lowest, limit = limit, (limit + highest) // 2
    return None
