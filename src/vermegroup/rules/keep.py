"""``keep: FILE``: as many bonds of a previous grouping as possible survive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.kind import Role, Sense
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Plan
from vermegroup.domain.roster import Roster
from vermegroup.language.phrase import Phrase, phrase
from vermegroup.rules.selectors.acquaintance import Acquaintance, Files, OfEarlier
from vermegroup.rules.selectors.pairs import pairs_of


@dataclass(frozen=True, slots=True)
class Keep(OfEarlier):
    """The most pairs that were in one group and still are."""

    kind: ClassVar[str] = "keep"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.PREFERENCE})
    sense: ClassVar[Sense] = Sense.MOST

    before: Annotated[Acquaintance, Files(only=_ONE_FILE)]

    def sentence(self, role: Role) -> Phrase:
        del role
        return phrase(
            "As many people as possible stay together with those of their earlier group ({file})",
            "Mahdollisimman moni pysyy yhdessä aiemman ryhmänsä jäsenten kanssa ({file})",
            "Så många som möjligt får vara kvar med dem i sin tidigare grupp ({file})",
            file=[earlier.file for earlier in self.before.files],
        )

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Phrase:
        del plan
        return phrase(
            "{n} of {m} bonds kept",
            "{n}/{m} sidoksesta säilyy",
            "{n} av {m} band består",
            n=value,
            m=int(pairs_of(self.before.sizes(roster)).sum()),
        )

    def bound(self, roster: Roster, plan: Plan) -> int:
        """An earlier group keeps most in groups as large as can be; and groups have so many pairs.

        Where sizes are open, the most uneven ones have the most pairs.
        """
        largest = plan.largest if plan.sizes is None else max(plan.sizes)
        whole, rest = np.divmod(self.before.sizes(roster), largest)
        kept = int((whole * (largest * (largest - 1) // 2) + pairs_of(rest)).sum())
        if plan.sizes is None:
            return kept
        return min(kept, int(pairs_of(np.asarray(plan.sizes)).sum()))

    def lacks(self, roster: Roster, plan: Plan, members: IntArray) -> IntArray:
        del plan
        return self.before.mates(roster, members)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        """The j-th person of an earlier group to come makes j - 1 pairs."""
        del plan
        kept: Expression = model.new_amount(0)
        for who in self.before.crowds(roster, model.people):
            steps = [model.new_choice() for _ in range(min(int(who.sum()), model.largest))]
            left = model.count(who, group)
            for place, step in enumerate(steps):
                left = left - step
                kept = kept + step * place
                if place:
                    model.limit(steps[place - 1] - step, at_least=0)
            model.limit(left, at_least=0)
        return kept


_ONE_FILE = Phrase(
    "keep takes one file, that of the previous grouping",
    "keep tarvitsee yhden tiedoston, edellisen ryhmittelyn",
    "keep tar en fil, den med den föregående indelningen",
)
