"""``place_everyone``: nobody is left in the queue; as a preference, as few as possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Breach, Plan, Window
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.language.terms import groups_of, people_of


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

    def suited(self, roster: Roster) -> Kind:
        return PlaceEachPerson() if roster.has_further_seats else self

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


@dataclass(frozen=True, slots=True)
class PlaceEachPerson(PlaceEveryone):
    """The same where somebody has several seats, of which only the first must be filled.

    So seats may stay empty though everyone is placed, and bounds take none of them for filled.
    """

    # Everyone is placed, but not every seat is filled, which is what others ask.
    seats_everyone: ClassVar[bool] = False
    sizes_alone: ClassVar[bool] = False
    anonymous: ClassVar[bool] = False

    def suited(self, roster: Roster) -> Kind:
        return self if roster.has_further_seats else PlaceEveryone()

    def base(self, roster: Roster) -> int:
        return roster.people

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Each group takes those off the waitlist who have their first seat in it."""
        del plan
        return -seating.total(_first(roster).astype(np.int64))

    def overall(self, roster: Roster, plan: Plan, seating: Seating) -> Breach | None:
        del plan
        waiting = np.setdiff1d(self.must_sit(roster), seating.people)
        if not len(waiting):
            return None
        sentence = _("{people} left without a group", people=people_of(len(waiting)))
        return Breach(None, len(waiting), tuple(waiting.tolist()), sentence)

    def must_sit(self, roster: Roster) -> IntArray:
        return np.flatnonzero(_first(roster))

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        """Those who must have a seat need room for them."""
        if roster.people <= plan.groups * plan.largest:
            return None
        return ngettext(
            "{groups} of at most {high} has room for {people}, but there are {n}",
            "{groups} of at most {high} have room for {people}, but there are {n}",
            plan.groups,
            groups=groups_of(plan.groups),
            high=plan.largest,
            people=people_of(plan.largest * plan.groups),
            n=roster.people,
        )

    def bound(self, roster: Roster, plan: Plan) -> int:
        return max(0, roster.people - plan.groups * plan.largest)

    def bounds(self, roster: Roster, plan: Plan, numbers: IntArray) -> IntArray:
        return np.maximum(0, roster.people - numbers * plan.largest)

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...] | None:
        del roster, plan, value
        return None

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        del plan
        return model.count(_first(roster)[model.people], group) * -1


def _first(roster: Roster) -> BoolArray:
    return ~roster.further()
