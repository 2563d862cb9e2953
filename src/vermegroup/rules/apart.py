"""``apart``: the people of each list, or of each value of a trait, sit in different groups.

So do those whom the cells of a column name, ``apart: {from: COLUMN}``, and whoever names them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.declare import Entry
from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role, Sense
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Margin, Plan
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import N_, Message, Template, _, ngettext
from vermegroup.language.terms import groups_of, people_of, trait_name
from vermegroup.rules.selectors.pairs import OfPairs, knots, lists_named, pairs_of, read_pairs
from vermegroup.rules.together import Together
from vermegroup.rules.wishes import named_nobody


@dataclass(frozen=True, slots=True)
class Apart(OfPairs):
    """As a rule: a group has at most one of them. As a preference: the most pairs kept apart.

    Pairs start out apart, and each group takes away those that meet in it.
    """

    kind: ClassVar[str] = "apart"
    holds_in_meetings: ClassVar[bool] = True
    hereditary: ClassVar[bool] = True
    sense: ClassVar[Sense] = Sense.MOST
    of_pairs: ClassVar[bool] = True

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        del role
        return cls(read_pairs(entry, column=True))

    def notices(self, roster: Roster) -> tuple[Finding, ...]:
        links = None if self.pairs.names is None else roster.links[self.pairs.names]
        return () if links is None else named_nobody(_NOBODY, links, Severity.WARNING)

    def parts_by(self) -> tuple[tuple[str, Template], ...]:
        return () if self.pairs.trait is None else ((self.pairs.trait, _FROM),)

    def contradicts(self, other: Kind) -> Message | None:
        if not isinstance(other, Together):
            return None
        knot_of = {id_: knot for knot in knots(other.pairs.lists) for id_ in knot}
        for ids in self.pairs.lists:
            met: dict[tuple[str, ...], str] = {}
            for id_ in ids:
                mate = met.setdefault(knot_of.get(id_, (id_,)), id_)
                if mate != id_:
                    return _("{pair} are to be both together and apart", pair=[mate, id_])
        return None

    def sentence(self, role: Role) -> Message:
        wished = role is Role.PREFERENCE
        if self.pairs.trait is not None:
            form = _TRAIT_WISHED if wished else _TRAIT_RULED
            name = trait_name(self.pairs.trait)
            return form.filled(trait=name)
        if self.pairs.names is not None:
            form = _NAMES_WISHED if wished else _NAMES_RULED
            return form.filled(trait=trait_name(self.pairs.names))
        if len(self.pairs.lists) == 1:
            form = _ONE_WISHED if wished else _ONE_RULED
        else:
            form = _SEVERAL_WISHED if wished else _SEVERAL_RULED
        return form.filled(lists=lists_named(self.pairs.lists))

    def base(self, roster: Roster) -> int:
        return self.pairs.count(roster)

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Pairs that meet in each group, taken away."""
        return -self.shortfall(roster, plan, seating)

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        del plan
        crowded = self.pairs.crowded(roster, seating)
        return crowded.added_up(pairs_of(crowded.count), seating.groups)

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        del plan
        alone = Seating(members, np.zeros(len(members), dtype=np.int64), 1)
        crowded = self.pairs.crowded(roster, alone)
        met = crowded.crowd[crowded.count > 1]
        concerned = np.concatenate([self.pairs.members(roster, crowd) for crowd in met.tolist()])
        people = np.intersect1d(members, concerned)
        sentence = _("{people} should be in different groups", people=people_of(len(people)))
        return sentence, tuple(people.tolist())

    def unit(self) -> str:
        return "pairs"

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        del plan
        return _("{n} of {m} pairs apart", n=value, m=self.pairs.count(roster))

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        sizes = self.pairs.sizes(roster)
        largest = int(sizes.max(initial=0))
        if plan.everyone and largest > plan.groups:
            return ngettext(
                "{people} must all be in different groups, but there is only {groups}",
                "{people} must all be in different groups, but there are only {groups}",
                plan.groups,
                people=people_of(largest),
                groups=groups_of(plan.groups),
            )
        if self.pairs.trait is None:
            return None
        seats = int(np.minimum(sizes, plan.groups).sum())
        if seats >= plan.smallest * plan.groups:
            return None
        return ngettext(
            "{groups} needs at least {people}, but only {seats} can be kept apart",
            "{groups} need at least {people}, but only {seats} can be kept apart",
            plan.groups,
            groups=groups_of(plan.groups),
            people=people_of(plan.smallest * plan.groups),
            seats=seats,
        )

    def margin(self, roster: Roster, plan: Plan) -> Margin:
        largest = int(self.pairs.sizes(roster).max(initial=0))
        if largest < _TWO:
            return Margin(plan.groups - largest, _NO_ONE_APART)
        sentence = ngettext(
            "at most {people} must be kept apart, and there is {groups}",
            "at most {people} must be kept apart, and there are {groups}",
            plan.groups,
            people=people_of(largest),
            groups=groups_of(plan.groups),
        )
        return Margin(plan.groups - largest, sentence)

    def bound(self, roster: Roster, plan: Plan) -> int:
        """A crowd larger than the number of groups meets least when it is spread evenly."""
        total = self.pairs.count(roster)
        if not plan.everyone:
            return total
        full, larger = np.divmod(self.pairs.sizes(roster), plan.groups)
        met = larger * pairs_of(full + 1) + (plan.groups - larger) * pairs_of(full)
        return total - int(met.sum())

    def is_rule_at(self, roster: Roster, plan: Plan, value: int) -> bool:
        del plan
        return value == self.pairs.count(roster)

    def keeps_apart(self) -> str | None:
        return self.pairs.trait

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        del plan
        for who in self._crowds(roster, model):
            model.limit(model.count(who, group), at_most=1)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        """The pairs among c people are at least jc - j(j + 1) / 2 for every j, and one is exact."""
        del plan
        apart: Expression = model.new_amount(0)
        for who in self._crowds(roster, model):
            most = min(int(who.sum()), model.largest)
            met = model.new_amount(most * (most - 1) // 2)
            count = model.count(who, group)
            for j in range(1, most):
                model.limit(met - count * j, at_least=-(j * (j + 1) // 2))
            apart = apart - met
        return apart

    def _crowds(self, roster: Roster, model: Model) -> list[BoolArray]:
        """The crowds with several people in the model."""
        crowds = (who for _rest, who in self.pairs.in_model(roster, model.people))
        return [who for who in crowds if who.sum() > 1]


_ONE_RULED = N_("{lists} are in different groups")
_ONE_WISHED = N_("Where possible, {lists} are in different groups")
_SEVERAL_RULED = N_("These are in different groups: {lists}")
_SEVERAL_WISHED = N_("Where possible, these are in different groups: {lists}")
_TWO = 2
_NO_ONE_APART = _("there is nobody who must be kept apart from another")
_NAMES_RULED = N_("Nobody is in a group with someone whom one of them is to avoid ({trait})")
_NAMES_WISHED = N_(
    "As few as possible are in a group with someone whom one of them is to avoid ({trait})"
)
_FROM = N_("To keep people apart from those in their cells: apart: {{from: {column}}}")
_NOBODY = N_(
    "Names of people to avoid that mean nobody on the roster, or several, do not count ({n}): "
    "{names}"
)
_TRAIT_RULED = N_("No two people with the same {trait} are in one group")
_TRAIT_WISHED = N_("As many pairs as possible with the same {trait} are kept apart")
