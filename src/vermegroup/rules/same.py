"""``same: T``: all members of a group share the value; ``split_by`` keeps parts apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.declare import Entry, Trait
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Margin, Plan
from vermegroup.domain.roster import Roster
from vermegroup.language.phrase import (
    Phrase,
    between,
    groups_of,
    people_of,
    phrase,
    trait_name,
    value_name,
    verb,
)
from vermegroup.rules.different import Different


@dataclass(frozen=True, slots=True)
class Same(Kind):
    """One value of ``trait`` in each group; as a preference: the fewest values.

    The measure is the number of values in a group, so that the best value is one for each group.
    """

    kind: ClassVar[str] = "same"

    trait: Annotated[str, Trait("categories")]

    def sentence(self, role: Role) -> Phrase:
        if role is Role.PREFERENCE:
            return phrase(
                "As far as possible, members of a group have the same {trait}",
                "Ryhmän jäsenillä on mahdollisuuksien mukaan sama {trait}",
                "Medlemmarna i en grupp har så långt möjligt samma {trait}",
                trait=trait_name(self.trait),
            )
        return phrase(
            "All members of a group have the same {trait}",
            "Ryhmän kaikilla jäsenillä on sama {trait}",
            "Alla medlemmar i en grupp har samma {trait}",
            trait=trait_name(self.trait),
        )

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """How many values each group has."""
        del plan
        trait = roster.categories[self.trait]
        values = np.unique(seating.group * len(trait.values) + trait.codes[seating.people])
        counts = np.bincount(values // len(trait.values), minlength=seating.groups)
        return counts.astype(np.int64)

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        return np.maximum(0, self.measure(roster, plan, seating) - 1)

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Phrase, tuple[int, ...]]:
        """Those who have another value than most."""
        del plan
        trait = roster.categories[self.trait]
        codes, counts = np.unique(trait.codes[members], return_counts=True)
        others = members[trait.codes[members] != codes[counts.argmax()]]
        sentence = phrase(
            "more than one {trait}: {values}",
            "useampi kuin yksi {trait}: {values}",
            "mer än en {trait}: {values}",
            trait=trait_name(self.trait),
            values=[value_name(self.trait, trait.values[code]) for code in codes],
        )
        return sentence, tuple(others.tolist())

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Phrase:
        del roster
        if value == plan.groups:
            return Phrase("one in each group", "jokaisessa ryhmässä yksi", "en i varje grupp")
        return phrase(
            "{n} values in {groups}",
            "ryhmissä yhteensä {n} arvoa ({groups})",
            "{n} värden i {groups}",
            n=value,
            groups=groups_of(plan.groups),
        )

    def certificate(self, roster: Roster, plan: Plan) -> Phrase | None:
        """People of one value are cut into groups of their own."""
        fewest, most = self._groups_apart(roster, plan)
        uncut = np.flatnonzero(fewest > most)
        if plan.everyone and len(uncut):
            return self._uncut(roster, plan, int(uncut[0]))
        if plan.everyone and fewest.sum() > plan.groups:
            return phrase(
                "groups within one {trait} take at least {need} groups, and there {are} {k}",
                "yhteinen {trait} vaatii vähintään {need} ryhmää, ja ryhmiä on {k}",
                "grupper med samma {trait} blir minst {need}, och det ska vara {k}",
                trait=trait_name(self.trait),
                need=int(fewest.sum()),
                k=plan.groups,
                are=verb(plan.groups, "is", "are"),
            )
        if most.sum() < plan.groups:
            return phrase(
                "groups within one {trait} can be {most} at most, and there {are} {k}",
                "ryhmiä, joissa on yhteinen {trait}, voi syntyä enintään {most}, ja ryhmiä on {k}",
                "grupper med samma {trait} kan bli högst {most}, och det ska vara {k}",
                trait=trait_name(self.trait),
                most=int(most.sum()),
                k=plan.groups,
                are=verb(plan.groups, "is", "are"),
            )
        return None

    def _uncut(self, roster: Roster, plan: Plan, code: int) -> Phrase:
        trait = roster.categories[self.trait]
        return phrase(
            "{people} with {trait} {value} cannot be cut into groups of {sizes}",
            "{people} ({trait}: {value}) ei jakaudu {sizes} hengen ryhmiin",
            "{people} ({trait}: {value}) kan inte delas i grupper på {sizes}",
            people=people_of(int(trait.counts()[code])),
            trait=trait_name(self.trait),
            value=value_name(self.trait, trait.values[code]),
            sizes=_sizes(plan),
        )

    def margin(self, roster: Roster, plan: Plan) -> Margin | None:
        fewest, most = self._groups_apart(roster, plan)
        sentence = phrase(
            "groups within one {trait} can number {range}",
            "ryhmiä, joissa on yhteinen {trait}, voi olla {range}",
            "grupper med samma {trait} kan vara {range} till antalet",
            trait=trait_name(self.trait),
            range=between(int(fewest.sum()), int(most.sum())),
        )
        return Margin(None, sentence)

    def bound(self, roster: Roster, plan: Plan) -> int:
        """Each group has a value, and c people of one value are in c / largest groups or more."""
        fewest, _ = self._groups_apart(roster, plan)
        return max(plan.groups, int(fewest.sum())) if plan.everyone else plan.groups

    def is_rule_at(self, roster: Roster, plan: Plan, value: int) -> bool:
        del roster
        return value == plan.groups

    def contradicts(self, other: Kind) -> Phrase | None:
        if isinstance(other, Different) and (other.trait, other.at_most) == (self.trait, 1):
            return phrase(
                "{trait} cannot be both the same and different within a group",
                "{trait} ei voi ryhmässä olla sekä sama että eri",
                "{trait} kan inte vara både samma och olika inom en grupp",
                trait=trait_name(self.trait),
            )
        return None

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        model.limit(self.express(roster, plan, model, group), at_most=1)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        codes = roster.categories[self.trait].codes[model.people]
        values: Expression = model.new_amount(0)
        for code in np.unique(codes):
            present = model.new_choice()
            model.limit(model.count(codes == code, group) - present * plan.largest, at_most=0)
            values = values + present
        return values

    def _groups_apart(self, roster: Roster, plan: Plan) -> tuple[IntArray, IntArray]:
        """The fewest and the most groups that the people of each value make by themselves."""
        counts = roster.value_counts(self.trait)
        return -(-counts // plan.largest), counts // plan.smallest


def _sizes(plan: Plan) -> str:
    same = plan.smallest == plan.largest
    return str(plan.smallest) if same else f"{plan.smallest}–{plan.largest}"


@dataclass(frozen=True, slots=True)
class SplitBy(Same):
    """Like ``same``, but known beforehand: the parts are solved apart, each by its own rules.

    So only a grouping that comes from elsewhere can break it.
    """

    kind: ClassVar[str] = "split_by"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.RULE})

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        """Not written as an entry: it stands in the section ``split_by``."""
        del role
        trait = entry.trait()
        entry.refuse(
            Phrase(
                "split_by is not an entry of the list, but a line of its own at the top level",
                "split_by ei ole luettelon kohta vaan oma rivinsä tiedoston ylimmällä tasolla",
                "split_by är ingen post i listan, utan en egen rad på filens översta nivå",
            ),
            phrase(
                "Write it without dash and indent: split_by: {trait}",
                "Kirjoita se ilman viivaa ja sisennystä: split_by: {trait}",
                "Skriv den utan streck och indrag: split_by: {trait}",
                trait=trait or "profession",
            ),
        )
        return cls(trait)

    def sentence(self, role: Role) -> Phrase:
        del role
        return phrase(
            "Groups are formed apart (divided by {trait}), and no group is mixed",
            "Ryhmät muodostetaan erikseen (jakoperuste: {trait}), eikä sekaryhmiä ole",
            "Grupperna bildas var för sig (indelning: {trait}), och ingen grupp är blandad",
            trait=trait_name(self.trait),
        )

    def margin(self, roster: Roster, plan: Plan) -> Margin | None:
        """None: how many groups there can be is for each part to say."""
        del roster, plan
        return None
