"""``priority: T``: who is placed first where somebody must wait."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Annotated, ClassVar

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.declare import Trait
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Plan, Window
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.language.terms import trait_name

# Values are below this, so that a model has room for them, and for several added up.
_ROOM = 2**40


@dataclass(frozen=True, slots=True)
class Priority(Kind):
    """Whoever has more of a number, an earlier time, or a yes, waits only after the others.

    People with the same value are a class. The fewest of the first class wait, then of the second,
    and so on: lexicographic, which a sum says exactly where a person of one class weighs more than
    all of the later ones. Such weights grow as the product of the classes' sizes; where there is no
    room for it (of 64 people with 64 values), classes that stand next to each other count as one,
    as small as there is room for. Those of the last class count for nothing: how many wait is what
    ``place_everyone`` is about. Among people who count alike the order is settled last, after all
    preferences: see :func:`vermegroup.domain.problem.queue_of`.
    """

    kind: ClassVar[str] = "priority"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.PREFERENCE})
    anonymous: ClassVar[bool] = False

    trait: Annotated[str, Trait("orders")]

    def sentence(self, role: Role) -> Message:
        del role
        return _(
            "Where somebody must wait, {trait} decides who is placed first",
            trait=trait_name(self.trait),
        )

    def turns(self, roster: Roster) -> tuple[IntArray, ...]:
        return (roster.orders[self.trait].turn,)

    def base(self, roster: Roster) -> int:
        return int(self._weights(roster).sum())

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Each group takes its members off the waitlist."""
        del plan
        return -seating.total(self._weights(roster))

    def beside(self, roster: Roster, plan: Plan, value: int, bound: int) -> tuple[Fraction, ...]:
        """How many wait of those before whom nobody waits who comes earlier in turn."""
        weights = self._of_blocks(self._blocks(roster))
        first = next((weight for weight in weights if 0 < weight <= value), 1)
        return Fraction(value // first), Fraction(bound // first)

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        del plan
        if not value:
            return _("nobody waits who comes before others")
        blocks = self._blocks(roster)
        sizes, weights = [*np.bincount(blocks).tolist()], self._of_blocks(blocks)
        first = next(at for at, weight in enumerate(weights) if value >= weight)
        return ngettext(
            "{n} waits of the {m} in turn after the first {before}",
            "{n} wait of the {m} in turn after the first {before}",
            value // weights[first],
            m=sizes[first],
            before=sum(sizes[:first]),
        )

    def bound(self, roster: Roster, plan: Plan) -> int:
        """As many wait as there are no seats for: the last ones."""
        waiting = max(0, len(roster) - plan.groups * plan.largest)
        weights = np.sort(self._weights(roster))
        return int(weights[:waiting].sum())

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...] | None:
        del roster
        return () if plan.everyone and value == 0 else None

    def reach(self, roster: Roster, plan: Plan) -> int:
        del plan
        return 2 * self.base(roster)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        del plan
        placed: Expression = model.new_amount(0)
        weights = self._weights(roster)[model.people]
        for weight in np.unique(weights[weights > 0]).tolist():
            placed = placed + model.count(weights == weight, group) * weight
        return placed * -1

    def _weights(self, roster: Roster) -> IntArray:
        """What it costs that each one waits, shape (n,)."""
        return roster.known((self, "weights"), lambda: self._weighed(roster))

    def _weighed(self, roster: Roster) -> IntArray:
        blocks = self._blocks(roster)
        return np.array(self._of_blocks(blocks), dtype=np.int64)[blocks]

    def _blocks(self, roster: Roster) -> IntArray:
        """Which people count alike, shape (n,), the first ones 0: as few as there is room for."""
        turn = roster.orders[self.trait].turn
        least = 1
        while True:
            blocks = _joined(turn, least)
            if prod(np.bincount(blocks)[:-1] + 1, start=1) < _ROOM:
                return blocks
            least *= 2

    def _of_blocks(self, blocks: IntArray) -> list[int]:
        """The weight of each block: more than all later ones come to."""
        sizes = np.bincount(blocks).tolist()
        later = ((size + 1 for size in sizes[at + 1 : -1]) for at in range(len(sizes) - 1))
        return [*(prod(each) for each in later), 0]


def _joined(turn: IntArray, least: int) -> IntArray:
    """Classes (n,), each joined with the next ones until it has so many people at least."""
    classes = np.unique(turn, return_inverse=True)[1]
    block, people, block_of = 0, 0, []
    for size in np.bincount(classes).tolist():
        block_of.append(block)
        people += size
        if people >= least:
            block, people = block + 1, 0
    return np.array(block_of or [0], dtype=np.int64)[classes]
