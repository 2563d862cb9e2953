"""``wishes: T``: as many wishes to be with someone as possible are granted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.declare import Trait
from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role, Sense
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Plan, most_groups
from vermegroup.domain.roster import Links, Roster
from vermegroup.language.messages import N_, Message, Template, _
from vermegroup.language.terms import trait_name

# So many unknown names are listed in a notice, the others are counted.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Wishes(Kind):
    """The most granted wishes: ``trait`` names the participants whom one would like to be with.

    Two who wish for each other have two wishes.
    """

    kind: ClassVar[str] = "wishes"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.PREFERENCE})
    sense: ClassVar[Sense] = Sense.MOST
    anonymous: ClassVar[bool] = False
    of_pairs: ClassVar[bool] = True

    trait: Annotated[str, Trait("links")]

    def notices(self, roster: Roster) -> tuple[Finding, ...]:
        return named_nobody(_NOBODY, roster.links[self.trait], Severity.NOTICE)

    def sentence(self, role: Role) -> Message:
        del role
        return _(
            "As many wishes as possible to be with someone are granted ({trait})",
            trait=trait_name(self.trait),
        )

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Wishes granted within each group."""
        del plan
        n = len(roster)
        wishing, wished = roster.links[self.trait].pairs.T
        taken = np.sort(seating.group * n + seating.people)
        by_person = np.argsort(seating.people, kind="stable")
        people = seating.people[by_person]
        low = np.searchsorted(people, wishing)
        times = np.searchsorted(people, wishing, side="right") - low
        nth = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
        group = seating.group[by_person[np.repeat(low, times) + nth]]
        wanted = group * n + np.repeat(wished, times)
        place = np.minimum(np.searchsorted(taken, wanted), max(0, len(taken) - 1))
        granted = group[taken[place] == wanted] if len(taken) else group
        return np.bincount(granted, minlength=seating.groups).astype(np.int64)

    def unit(self) -> str:
        return "wishes"

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        del plan
        return _("{n} of {m} wishes", n=value, m=len(roster.links[self.trait].pairs))

    def bound(self, roster: Roster, plan: Plan) -> int:
        """Nobody can sit with more people than the largest group has besides."""
        largest = plan.largest if plan.sizes is None else max(plan.sizes)
        wishes = np.bincount(roster.links[self.trait].pairs[:, 0], minlength=1)
        return int(np.minimum(wishes, largest - 1).sum())

    def reach(self, roster: Roster, plan: Plan) -> int:
        return most_groups(len(roster), plan) * len(roster.links[self.trait].pairs)

    def lacks(self, roster: Roster, plan: Plan, members: IntArray) -> IntArray:
        """Those whom a member wishes for, or who wish for one."""
        del plan
        wishing, wished = roster.links[self.trait].pairs.T
        found = [wished[np.isin(wishing, members)], wishing[np.isin(wished, members)]]
        return np.setdiff1d(np.concatenate(found), members)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        del plan
        position = {person: place for place, person in enumerate(model.people.tolist())}
        granted: Expression = model.new_amount(0)
        for wishing, wished in roster.links[self.trait].pairs.tolist():
            if wishing in position and wished in position:
                both = model.new_choice()
                for person in (wishing, wished):
                    seated = model.seated(position[person], group)
                    model.limit(seated - both, at_least=0)
                granted = granted + both
        return granted


def named_nobody(message: Template, links: Links, severity: Severity) -> tuple[Finding, ...]:
    """What is to say where cells of a column name nobody on the roster, or one of several."""
    unknown = links.unknown
    if not unknown:
        return ()
    names = "; ".join(unknown[:NAMED]) + (" …" if len(unknown) > NAMED else "")
    return (Finding(severity, message.filled(n=len(unknown), names=names), column=links.header),)


_NOBODY = N_("Wishes that mean nobody on the roster, or several, do not count ({n}): {names}")
