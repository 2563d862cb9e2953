"""What is left of the old groups, asked of the rules: which could stay, and what became of them."""

from __future__ import annotations

from functools import cache

import numpy as np

from vermegroup.grouping import WAITLIST
from vermegroup.phrase import Phrase, people_of, phrase
from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.rebalancing.stage import Stage
from vermegroup.roster import IntArray
from vermegroup.solver.candidate_groups import padded, seating_of_rows


class OldGroups:
    """The old groups of one stage, by number; people are positions among those who are here."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._groups = max(1, stage.after.groups)
        self._part_of = np.zeros(len(stage.here), dtype=np.int64)
        for place, part in enumerate(stage.parts):
            self._part_of[part.people] = place
        self.fault = cache(self._fault)
        self.dissolved = cache(self._dissolved)

    def rules_of(self, person: int) -> tuple[Problem, Plan, IntArray]:
        """The problem and the plan of somebody's part, and who is in it."""
        part = self._stage.parts[self._part_of[person]]
        return part.problem, part.problem.plan(self._groups, everyone=False), part.people

    def called(self, name: str) -> int | None:
        """The old group of a name."""
        names = self._stage.before.names
        return names.index(name) if name in names else None

    def goes_whole(self, old: int) -> bool:
        """Whether all who are left of it, several people, have the same new group."""
        homes = self._homes(old)
        return len(homes) > 1 and homes[0] != WAITLIST and bool((homes == homes[0]).all())

    def can_do_without(self, old: int, person: int) -> bool:
        """Whether it keeps the rules without this member, and so do those who stay in it."""
        members = self._stage.before.members(old)
        rest = (members[members != person], members[self._stays(old)])
        return all(len(own) and self._breach(own) is None for own in rest)

    def _fault(self, old: int) -> Phrase | None:
        """Why what is left of an old group cannot stay as it is; None where it could."""
        members = self._stage.before.members(old)
        if not len(members):
            return None
        smallest = min(self.rules_of(own)[1].smallest for own in members.tolist())
        name = self._stage.before.names[old]
        if len(members) < smallest:
            return phrase(
                "{name} has only {people} left",
                "Ryhmässä {name} on jäljellä vain {people}",
                "I {name} finns bara {people} kvar",
                name=name,
                people=people_of(len(members)),
            )
        breach = self._breach(members)
        if breach is None:
            return None
        return phrase(
            "{name} cannot stay as it is: {breach}",
            "{name} ei voi jatkaa sellaisenaan: {breach}",
            "{name} kan inte fortsätta som den är: {breach}",
            name=name,
            breach=breach,
        )

    def _dissolved(self, old: int) -> Phrase | None:
        """That nobody is left in a group that could have stayed, and which one could not."""
        if self._stays(old).any() or self.goes_whole(old):
            return None
        needy = (self._needy(home) for home in self._homes(old).tolist() if home != WAITLIST)
        why = next((own for own in needy if own is not None), None)
        form = _DISSOLVED if why is None else _DISSOLVED_FOR
        return phrase(form.en, form.fi, form.sv, name=self._stage.before.names[old], needy=why)

    def _needy(self, home: int) -> Phrase | None:
        old = self.called(self._stage.after.names[home])
        return None if old is None else self.fault(old)

    def _homes(self, old: int) -> IntArray:
        """The new group of each one who is left of an old group, shape (members,)."""
        return self._stage.after.group_of[self._stage.before.members(old)]

    def _stays(self, old: int) -> np.ndarray:
        """Which of those who are left have a new group of the same name, shape (members,)."""
        names = [*self._stage.after.names, None]
        name = self._stage.before.names[old]
        return np.array([names[home] == name for home in self._homes(old).tolist()], dtype=bool)

    def _breach(self, members: IntArray) -> Phrase | None:
        """What these people break as a group; those of several parts, the whole roster's rules."""
        problem, plan, people = self.rules_of(int(members[0]))
        if not np.isin(members, people).all():
            problem, people = self._stage.problem, np.arange(len(self._stage.here))
        own = np.searchsorted(people, members)
        seating = seating_of_rows(padded([own], len(own)))
        for rule in problem.rulebook.rules:
            if not rule.asks_number and rule.shortfall(problem.roster, plan, seating).any():
                return rule.breach(problem.roster, plan, own)[0]
        return None


_DISSOLVED = Phrase("{name} is dissolved", "Ryhmä {name} hajotetaan", "{name} upplöses")
_DISSOLVED_FOR = Phrase(
    "{needy}; {name} is dissolved",
    "{needy}; ryhmä {name} hajotetaan",
    "{needy}; {name} upplöses",
)
