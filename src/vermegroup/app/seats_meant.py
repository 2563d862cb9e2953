"""Which place of somebody in several groups a call means: "V-016@G01" is the one in G01."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.grouping import WAITLIST, Grouping, group_key
from vermegroup.domain.roster import Roster, called_by
from vermegroup.language.messages import N_, Message, Template, Who, _, either

NO_GROUP = "-"


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of a grouping; ``names`` are its groups as a call may name them."""

    roster: Roster
    grouping: Grouping
    names: Sequence[str]

    def parted(self, text: str) -> tuple[str, str | None]:
        """Whom a text means, and in which group; None where it says nothing of that."""
        person, at, group = text.rpartition("@")
        if not (at and person and self.roster.has_further_seats):
            return text, None
        known = group == NO_GROUP or group_key(group) in map(group_key, self.names)
        return (person.rstrip(), group.strip()) if known else (text, None)

    def found(self, people: Sequence[int], groups: Sequence[str | None], option: str) -> list[int]:
        """The seat of each of these people in the group meant.

        Raises InputError where it is not clear which one that is, or there is none; every fault.
        """
        if not self.roster.has_further_seats:
            return list(people)
        asked = zip(people, groups, strict=True)
        found = [self._seat(person, group, option) for person, group in asked]
        faults = [each for each in found if isinstance(each, Finding)]
        seats = [each for each in found if isinstance(each, int)]
        faults += [
            _fault(_TWICE, self._who(seat), option)
            for seat in dict.fromkeys(seats)
            if seats.count(seat) > 1
        ]
        if faults:
            raise InputError(faults)
        return seats

    def refuse_twice(self, group_of: np.ndarray, names: Sequence[str], option: str) -> None:
        """Raise InputError where somebody would be in one group twice."""
        person = self.roster.person_of()
        placed = np.flatnonzero(group_of != WAITLIST)
        pairs, counts = np.unique([person[placed], group_of[placed]], axis=1, return_counts=True)
        faults = [
            _fault(_THERE, self._who(seat), option, group=names[group])
            for seat, group in pairs[:, counts > 1].T.tolist()
        ]
        if faults:
            raise InputError(faults)

    def _seat(self, person: int, group: str | None, option: str) -> int | Finding:
        own = np.flatnonzero(self.roster.person_of() == person)
        home = self.grouping.group_of[own]
        taken, free = own[home != WAITLIST], own[home == WAITLIST]
        if group is None:
            if len(taken) > 1:
                return _fault(_WHICH, self._who(person), option, self._either(person, taken))
            return int(own[0] if not len(taken) else taken[0])
        keys = [*map(group_key, self.names), NO_GROUP]
        wanted = keys.index(NO_GROUP if group == NO_GROUP else group_key(group))
        if group == NO_GROUP:
            return int(free[0]) if len(free) else _fault(_FULL, self._who(person), option)
        there = own[home == wanted]
        if not len(there):
            return _fault(_NOT_THERE, self._who(person), option, group=group)
        return int(there[0])

    def _either(self, person: int, taken: np.ndarray) -> Message:
        id_, names = str(self.roster.ids[person]), [*self.names]
        groups = sorted(self.grouping.group_of[taken].tolist())
        told = [_AT.filled(own=id_, group=names[group]) for group in groups]
        return _("Write {seats}", seats=either(told))

    def _who(self, seat: int) -> Who:
        return called_by(self.roster, np.array([seat]))[0]


def _fault(
    form: Template, who: Who, option: str, hint: Message | None = None, **told: str
) -> Finding:
    message = form.filled(who=who, own=who, **told)
    return Finding(Severity.ERROR, message, column=option, value=str(who), hint=hint)


_AT = Template("{own}@{group}")
_WHICH = N_("{who} is in several groups, and it is not clear which of them is meant")
_FULL = N_("{who} may not be in any more groups")
_NOT_THERE = N_("{who} is not in {group}")
_THERE = N_("{who} is in {group} already")
_TWICE = N_("{own} is mentioned twice")
