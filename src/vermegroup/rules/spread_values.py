"""``spread: T`` where the roster has T as named values or as sets: a group has many of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray, distinct
from vermegroup.domain.declare import Trait, Whole
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role, Sense
from vermegroup.domain.model import Expression, Model, any_of, both
from vermegroup.domain.plan import MOST_WEIGHTS, Plan, Window, most_groups
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.language.terms import groups_of, trait_name


@dataclass(frozen=True, slots=True)
class SpreadOfValues(Kind):
    """The number of different values that the members of a group have.

    As a rule: at least ``at_least`` in each group. As a preference: the most in total. ``many``
    says that a participant may have several values. Never read as such: :class:`Spread` becomes
    it where the roster's trait is no number.
    """

    kind: ClassVar[str] = "spread"
    sense: ClassVar[Sense] = Sense.MOST

    trait: Annotated[str, Trait()]
    at_least: Annotated[int | None, Whole()] = None
    many: bool = False

    def categories(self) -> tuple[str, ...]:
        return () if self.many else (self.trait,)

    def sets(self) -> tuple[str, ...]:
        return (self.trait,) if self.many else ()

    def sentence(self, role: Role) -> Message:
        if role is Role.PREFERENCE:
            return _(
                "Each group has as many different values of {trait} as possible",
                trait=trait_name(self.trait),
            )
        return ngettext(
            "Every group has at least {n} value of {trait}",
            "Every group has at least {n} different values of {trait}",
            self.at_least or 0,
            trait=trait_name(self.trait),
        )

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Different values in each group."""
        del plan
        width = len(roster.valued(self.trait).values)
        seat, value = roster.valued(self.trait).held(seating.people)
        present = distinct(seating.group[seat] * width + value)
        return np.bincount(present // max(1, width), minlength=seating.groups).astype(np.int64)

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        return np.maximum(0, (self.at_least or 0) - self.measure(roster, plan, seating))

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        alone = Seating(members, np.zeros(len(members), dtype=np.int64), 1)
        sentence = ngettext(
            "its members have only {n} value of {trait}, not {least}",
            "its members have only {n} different values of {trait}, not {least}",
            int(self.measure(roster, plan, alone)[0]),
            least=self.at_least or 0,
            trait=trait_name(self.trait),
        )
        return sentence, tuple(members.tolist())

    def unit(self) -> str:
        return "values"

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        del roster
        return ngettext(
            "{n} value of {trait} in {groups}, added up",
            "{n} different values of {trait} in {groups}, added up",
            value,
            trait=trait_name(self.trait),
            groups=groups_of(plan.groups),
        )

    def in_one_group(self, roster: Roster, plan: Plan, old: int, new: int) -> Message:
        del roster, plan
        return ngettext(
            "{old} → {n} value of {trait}",
            "{old} → {n} different values of {trait}",
            new,
            old=old,
            trait=trait_name(self.trait),
        )

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        best, needed = self.bound(roster, plan), (self.at_least or 0) * plan.groups
        if best >= needed:
            return None
        return ngettext(
            "{groups} can have at most {n} value of {trait} when each counts once in each group, "
            "and it takes {need}",
            "{groups} can have at most {n} different values of {trait} when each counts once in "
            "each group, and it takes {need}",
            best,
            groups=groups_of(plan.groups),
            trait=trait_name(self.trait),
            need=needed,
        )

    def bound(self, roster: Roster, plan: Plan) -> int:
        counts = roster.value_counts(self.trait)
        return greatest_cover(counts, self._brought(roster, plan)).most

    def reach(self, roster: Roster, plan: Plan) -> int:
        return most_groups(len(roster), plan) * len(roster.valued(self.trait).values)

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...] | None:
        counts = roster.value_counts(self.trait)
        if not plan.everyone or len(counts) * len(roster) > MOST_WEIGHTS:
            return None
        if value == int(np.minimum(counts, plan.groups).sum()):
            return tuple(self._once_or_everywhere(roster, plan, counts))
        cover = greatest_cover(counts, self._brought(roster, plan))
        if self.many or plan.sizes is None or value != cover.most:
            return None
        return tuple(self._at_the_cut(roster, plan, counts, cover.common))

    def _once_or_everywhere(self, roster: Roster, plan: Plan, counts: IntArray) -> Iterator[Window]:
        """A value stands once in a group where it is rare, and in every group where it is not."""
        sizes = range(plan.smallest, plan.largest + 1)
        for value, count in enumerate(counts.tolist()):
            if count > 1:
                low = int(count >= plan.groups)
                high = {size: 1 if count <= plan.groups else size for size in sizes}
                yield Window(self._weights(roster, value), dict.fromkeys(sizes, low), high)

    def _at_the_cut(
        self, roster: Roster, plan: Plan, counts: IntArray, common: int
    ) -> Iterator[Window]:
        """Where sizes limit: small groups have common values only, large ones have them all."""
        sizes = sorted(set(plan.sizes or ()))
        chosen = set(commonest(counts, common).tolist())
        for value, count in enumerate(counts.tolist()):
            if not count:
                continue
            if value in chosen:
                low = {size: int(size >= common) for size in sizes}
                high = {size: 1 if size <= common else size for size in sizes}
            else:
                low = dict.fromkeys(sizes, 0)
                high = {size: int(size > common) for size in sizes}
            yield Window(self._weights(roster, value), low, high)

    def _weights(self, roster: Roster, value: int) -> IntArray:
        everybody = np.arange(len(roster))
        return roster.valued(self.trait).having(value, everybody).astype(np.int64)

    def _brought(self, roster: Roster, plan: Plan) -> IntArray:
        """The most values that the members of each group can have: even sizes bring most."""
        if plan.sizes is not None:
            sizes = np.asarray(plan.sizes)
        else:
            seated = min(len(roster), plan.groups * plan.largest)
            low, larger = divmod(seated, plan.groups)
            sizes = low + (np.arange(plan.groups) < larger)
        return sizes * roster.valued(self.trait).most_held()

    def keeps_apart(self) -> str | None:
        return None if self.many else self.trait

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        model.limit(self.express(roster, plan, model, group), at_least=self.at_least)

    def require_spared(
        self, roster: Roster, plan: Plan, model: Model, group: int, when: Expression
    ) -> None:
        """Without a member, what others have too is left of that member's values."""
        del plan
        once = dict(self._present(roster, model, group, 1))
        twice = dict(self._present(roster, model, group, 2))
        nothing = model.new_amount(0)
        for held, who in self._alike(roster, model.people):
            left = nothing
            for value, present in once.items():
                left = left + (twice[value] if value in held else present)
            spared = both(model, any_of(model, who, group), when)
            model.limit(left, at_least=self.at_least, when=spared)

    def _alike(self, roster: Roster, people: IntArray) -> Iterator[tuple[set[int], BoolArray]]:
        """Sets of values, and who of some people has just these, as a mask."""
        places, values = roster.valued(self.trait).held(people)
        member = np.zeros((len(people), len(roster.valued(self.trait).values)), dtype=bool)
        member[places, values] = True
        kinds, kind = np.unique(member, axis=0, return_inverse=True)
        for place, held in enumerate(kinds):
            who: BoolArray = kind.reshape(-1) == place
            yield set(np.flatnonzero(held).tolist()), who

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        del plan
        different: Expression = model.new_amount(0)
        for _value, present in self._present(roster, model, group, 1):
            different = different + present
        return different

    def _present(
        self, roster: Roster, model: Model, group: int, times: int
    ) -> Iterator[tuple[int, Expression]]:
        """For each value a choice that may be 1 if so many members have it."""
        _rest, values = roster.valued(self.trait).held(model.people)
        for value in np.unique(values).tolist():
            having = model.count(roster.valued(self.trait).having(value, model.people), group)
            present = model.new_choice()
            model.limit(having - present * times, at_least=0)
            yield value, present


@dataclass(frozen=True, slots=True)
class Cover:
    """``most`` values at best; then groups that bring ``common`` or fewer have only common ones.

    The ``common`` commonest values stand in every group that can bring so many.
    """

    most: int
    common: int


def greatest_cover(counts: IntArray, brought: Sequence[int] | IntArray) -> Cover:
    """The best that can be where ``counts`` people have each value and groups bring so many.

    It is a flow from values to groups: a value goes at most once to a group, and to no more groups
    than people have it; a group has at most as many values as its members bring. The greatest flow
    is the least cut (Ford and Fulkerson, 1956). Here a cut is told by the number of values that
    count by groups rather than by people, the commonest ones; so all cuts are looked at.
    """
    falling = np.sort(counts)[::-1]
    rest = int(falling.sum()) - np.concatenate([[0], np.cumsum(falling)])
    taken = np.bincount(np.minimum(brought, len(counts)), minlength=len(counts) + 1)
    # In groups: min(i, brought) summed over them rises by the groups that bring i or more.
    reach = np.cumsum(taken[::-1])[::-1][1:]
    cuts = rest + np.concatenate([[0], np.cumsum(reach)])
    # Of equal cuts the one by the fewest groups: it says least about groups that bring little.
    common = int(np.flatnonzero(cuts == cuts.min())[0])
    return Cover(int(cuts.min()), common)


def commonest(counts: IntArray, how_many: int) -> IntArray:
    """The codes of the commonest values."""
    return np.argsort(-counts, kind="stable")[:how_many]
