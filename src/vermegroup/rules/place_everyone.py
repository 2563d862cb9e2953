"""``place_everyone``: nobody is left in the queue; as a preference, as few as possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Breach, Plan, Window
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _
from vermegroup.language.terms import people_of


@dataclass(frozen=True, slots=True)
class PlaceEveryone(Kind):
    """As a preference its value is the number of people left in the queue.

    The model seats everyone by itself where the plan says so.
    """

    kind: ClassVar[str] = "place_everyone"
    holds_in_meetings: ClassVar[bool] = True
    seats_everyone: ClassVar[bool] = True
    sizes_alone: ClassVar[bool] = True
    outlives_absence: ClassVar[bool] = False

    def sentence(self, role: Role) -> Message:
        if role is Role.PREFERENCE:
            return _("As few people as possible are left in the queue")
        return _("Everyone is placed in a group")

    def base(self, roster: Roster) -> int:
        return len(roster)

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Each group takes its members off the waitlist."""
        del roster, plan
        return -seating.sizes()

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """No single group breaks it: see ``overall``."""
        del roster, plan
        return np.zeros(seating.groups, dtype=np.int64)

    def overall(self, roster: Roster, plan: Plan, seating: Seating) -> Breach | None:
        del plan
        seated = np.zeros(len(roster), dtype=bool)
        seated[seating.people] = True
        waiting = np.flatnonzero(~seated)
        if not len(waiting):
            return None
        sentence = _("{people} left without a group", people=people_of(len(waiting)))
        return Breach(None, len(waiting), tuple(waiting.tolist()), sentence)

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        return _("{people} in the queue", people=people_of(value))

    def bound(self, roster: Roster, plan: Plan) -> int:
        return max(0, len(roster) - plan.groups * plan.largest)

    def bounds(self, roster: Roster, plan: Plan, numbers: IntArray) -> IntArray:
        return np.maximum(0, len(roster) - numbers * plan.largest)

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...] | None:
        del roster
        return () if plan.everyone and value == 0 else None

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        del roster, plan
        return model.size(group) * -1
