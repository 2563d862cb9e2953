"""``split_by: T``: each value of a trait forms groups of its own, and none mixes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from vermegroup.entry import Entry
from vermegroup.kind import Role
from vermegroup.phrase import Phrase, phrase
from vermegroup.plan import Plan
from vermegroup.roster import Roster
from vermegroup.rules.same import Same
from vermegroup.rules.trait_names import trait_name
from vermegroup.standing import Margin


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

    def written(self) -> object:
        return {"split_by": self.trait}

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
