"""``distance: {of: ...}``: how far apart the members of a group are, added up over its pairs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Self, cast

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray, short_of
from vermegroup.domain.declare import Entry, as_written
from vermegroup.domain.findings import Finding
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Renaming, Role, Sense
from vermegroup.domain.model import Expression, Model, both
from vermegroup.domain.pair_weights import PairWeights
from vermegroup.domain.plan import Plan, most_seats
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import N_, Message, N_several, Template, _, joined, ngettext
from vermegroup.language.terms import groups_of, people_of
from vermegroup.rules.arithmetic.metrics import sum_of_pairs, sums_over_pairs
from vermegroup.rules.arithmetic.partners import MOST_LOOKED_AT, Partners, likely_sizes, partners_of
from vermegroup.rules.selectors.distances import Distances, InFile, distances_of

_MOST, _LEAST = "most", "least"
# Up to so many people it is looked who may sit with whom at all: 4 MB.
_MOST_COMPARED = 2_000


@dataclass(frozen=True, slots=True)
class Distance(Kind):
    """The sum over a group's pairs of how far apart two members are, in whole numbers.

    ``of`` says what is measured and in which unit; all is in thousandths of it (of a file: in its
    own smallest unit), rounded once for each pair. As a rule: at least ``at_least``, at most
    ``at_most`` in each group, no two members further apart than ``each_at_most``. As a preference:
    the least in total, or the most where it is :class:`MostDistance` (maximally diverse grouping:
    Lotfi & Cerveny, A final-exam-scheduling package, J. Opl. Res. Soc. 42, 1991).
    """

    kind: ClassVar[str] = "distance"
    anonymous: ClassVar[bool] = False
    of_pairs: ClassVar[bool] = True

    of: Distances
    wish: str | None = None
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    each_at_most: Fraction | None = None

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        of = _measured(entry)
        wishes = [wish for wish in (_MOST, _LEAST) if entry.flag(wish)]
        limits = {limit: entry.decimal(limit) for limit in _LIMITS}
        limited = any(limit is not None for limit in limits.values())
        if role is Role.RULE and not limited:
            entry.refuse(_NEEDS_LIMIT, _LIMIT_HINT)
        elif len(wishes) > 1 or not (wishes or limited):
            entry.refuse(_NEEDS_WISH, _WISH_HINT)
        return cast(Self, distance(of, wishes[0] if wishes else None, **limits))

    def written(self) -> object:
        limits = {limit: getattr(self, limit) for limit in _LIMITS}
        plain: dict[str, object] = {"of": self.of.written()}
        plain |= {self.wish: True} if self.wish else {}
        plain |= {key: as_written(limit) for key, limit in limits.items() if limit is not None}
        return {"distance": plain}

    def either(self) -> tuple[str, ...]:
        return self.of.either()

    def numbers(self) -> tuple[str, ...]:
        return self.of.numbers()

    def categories(self) -> tuple[str, ...]:
        return self.of.categories()

    def sets(self) -> tuple[str, ...]:
        return self.of.sets()

    def places(self) -> tuple[str, ...]:
        return self.of.places()

    def pair_weights(self) -> tuple[PairWeights, ...]:
        return self.of.pair_weights()

    def notices(self, roster: Roster) -> tuple[Finding, ...]:
        return self.of.notices(roster)

    def renamed(self, names: Renaming) -> Kind:
        return replace(self, of=self.of.renamed(names))

    def suited(self, roster: Roster) -> Kind:
        return replace(self, of=self.of.suited(roster))

    def sentence(self, role: Role) -> Message:
        if role is Role.PREFERENCE:
            form = _WISHED_MOST if self.sense is Sense.MOST else _WISHED_LEAST
            return form.filled(what=self.of.called())
        forms = zip(_LIMITS, (_AT_LEAST, _AT_MOST, _EACH), strict=True)
        limits = ((getattr(self, limit), form) for limit, form in forms)
        said = [
            form.filled(what=self.of.called(), limit=self._amount(limit))
            for limit, form in limits
            if limit is not None
        ]
        return said[0] if len(said) == 1 else joined(said, "; ")

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Distances between members added up in each group, in the whole numbers of ``of``."""
        del plan
        return sums_over_pairs(seating, self.of.metric(roster).between)

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """What a group's sum lacks or has too much, and every pair's distance beyond the limit."""
        short = np.zeros(seating.groups, dtype=np.int64)
        if self.at_least is not None or self.at_most is not None:
            sums = self.measure(roster, plan, seating)
            short += short_of(sums, self._least)
            short += short_of(-sums, -self._most) if self.at_most is not None else 0
        if self.each_at_most is not None:
            short += self._too_far(roster, seating)
        return short

    def _too_far(self, roster: Roster, seating: Seating) -> IntArray:
        metric, furthest = self.of.metric(roster), self._furthest

        def beyond(ones: IntArray, others: IntArray) -> IntArray:
            return np.maximum(0, metric.between(ones, others) - furthest)

        return sums_over_pairs(seating, beyond)

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        apart = self._apart(roster, members)
        furthest = int(apart.max(initial=0))
        if self.each_at_most is not None and furthest > self._furthest:
            far = members[(apart > self._furthest).any(axis=1)]
            told = _(
                "its members are up to {furthest} from each other, not {limit}",
                furthest=self._amount(self.in_units(roster, plan, furthest)),
                limit=self._amount(self.each_at_most),
            )
            return told, tuple(far.tolist())
        total = int(apart.sum()) // 2
        limit = self.at_least if total < self._least else self.at_most
        told = _(
            "its distances add up to {value}, not {limit}",
            value=self._amount(self.in_units(roster, plan, total)),
            limit=self._amount(limit or Fraction(0)),
        )
        return told, tuple(members.tolist())

    def in_units(self, roster: Roster, plan: Plan, value: int) -> Fraction:
        del roster, plan
        return Fraction(value, self.of.per_unit())

    def unit(self) -> str:
        return self.of.unit

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        return _(
            "{amount} between pairs in all", amount=self._amount(self.in_units(roster, plan, value))
        )

    def in_one_group(self, roster: Roster, plan: Plan, old: int, new: int) -> Message:
        before, after = (float(self.in_units(roster, plan, value)) for value in (old, new))
        change = Template("{old} → {new}").filled(old=before, new=after)
        return _("{amount} between pairs in all", amount=self.of.amount(change, one=False))

    def _amount(self, value: Fraction) -> Message:
        return self.of.amount(float(value), one=value == 1)

    # what is known by arithmetic ---------------------------------------------------------------
    def bound(self, roster: Roster, plan: Plan) -> int:
        return self._best(roster, plan, most=self.sense is Sense.MOST)

    def _best(self, roster: Roster, plan: Plan, *, most: bool) -> int:
        """The most, or the least, that all groups' sums can come to."""
        partners = self._partners(roster, plan, most=most)
        found = [partners.best(plan, most=most)] if partners is not None else []
        if not most:
            return max(found, default=0)
        sizes = likely_sizes(len(roster), plan, most=True)
        pairs = sum(size * (size - 1) // 2 for size in sizes)
        known = self.of.greatest(roster, plan)
        found += [pairs * self.of.metric(roster).furthest(), *([] if known is None else [known])]
        return min(found)

    def _partners(self, roster: Roster, plan: Plan, *, most: bool) -> Partners | None:
        """Everybody's best partners; None where there are too many people to look at."""
        kinds = self.of.metric(roster).kinds()
        largest = plan.largest if plan.sizes is None else max(plan.sizes, default=1)
        if kinds is None or len(kinds[1]) * max(len(kinds[1]), largest) > MOST_LOOKED_AT:
            return None
        what = ("partners", self.of, largest, most)
        return roster.known(what, lambda: partners_of(*kinds, largest - 1, most=most))

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        if self.at_least is not None:
            best = self._best(roster, plan, most=True)
            if best < self._least * plan.groups:
                return self._cannot(_TOO_LITTLE, roster, plan, best, self.at_least)
        if self.at_most is not None:
            best = self._best(roster, plan, most=False)
            if best > self._most * plan.groups:
                return self._cannot(_TOO_MUCH, roster, plan, best, self.at_most)
        return self._too_scattered(roster, plan) if self.each_at_most is not None else None

    def _cannot(
        self, form: Template, roster: Roster, plan: Plan, best: int, limit: Fraction
    ) -> Message:
        return form.filled(
            plan.groups,
            best=self._amount(self.in_units(roster, plan, best)),
            groups=groups_of(plan.groups),
            limit=self._amount(limit * plan.groups),
        )

    def _too_scattered(self, roster: Roster, plan: Plan) -> Message | None:
        """Who is near to so few that no group can have them, or more far apart than groups."""
        if len(roster) > _MOST_COMPARED:
            return None
        many_near, scattered = roster.known(("near", self), lambda: self._near(roster))
        lonely = int((many_near < plan.smallest).sum())
        if lonely and (plan.everyone or len(roster) - lonely < plan.smallest * plan.groups):
            return ngettext(
                "{people} has too few others within {limit} to make a group",
                "{people} have too few others within {limit} to make a group",
                lonely,
                people=people_of(lonely),
                limit=self._amount(self.each_at_most or Fraction(0)),
            )
        if not plan.everyone or scattered <= plan.groups:
            return None
        return ngettext(
            "{people} are all further than {limit} from each other, but there is only {groups}",
            "{people} are all further than {limit} from each other, but there are only {groups}",
            plan.groups,
            people=people_of(scattered),
            limit=self._amount(self.each_at_most or Fraction(0)),
            groups=groups_of(plan.groups),
        )

    def _near(self, roster: Roster) -> tuple[IntArray, int]:
        """How many everybody may sit with, themselves included, (n,), and how many are all far."""
        near: BoolArray = self._apart(roster, np.arange(len(roster))) <= self._furthest
        np.fill_diagonal(near, val=True)
        return near.sum(axis=1), _mutually_far(near)

    # what is demanded of a model ---------------------------------------------------------------
    def reach(self, roster: Roster, plan: Plan) -> int:
        """The pairs that fit into a model, and anybody's distances to everybody."""
        pairs = most_seats(len(roster), plan) * min(plan.largest, len(roster)) // 2
        return self.of.metric(roster).furthest() * (pairs + len(roster))

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        del plan
        if self.at_least is not None:
            model.limit(self._sum(roster, model, group, most=True), at_least=self._least)
        if self.at_most is not None:
            model.limit(self._sum(roster, model, group, most=False), at_most=self._most)
        if self.each_at_most is None:
            return
        too_far = np.triu(self._apart(roster, model.people) > self._furthest, 1)
        for person in np.flatnonzero(too_far.any(axis=1)).tolist():
            far = model.count(too_far[person], group)
            model.limit(far, at_most=0, when=model.seated(person, group))

    def require_spared(
        self, roster: Roster, plan: Plan, model: Model, group: int, when: Expression
    ) -> None:
        """Without a member the sum loses that member's distances; the other limits cannot break."""
        del plan
        if self.at_least is None:
            return
        apart = self._apart(roster, model.people)
        total = sum_of_pairs(model, group, apart, most=True)
        for place in range(len(apart)):
            spared = both(model, model.seated(place, group), when)
            left = total - model.total(apart[place], group)
            model.limit(left, at_least=self._least, when=spared)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        del plan
        return self._sum(roster, model, group, most=self.sense is Sense.MOST)

    def _sum(self, roster: Roster, model: Model, group: int, *, most: bool) -> Expression:
        return sum_of_pairs(model, group, self._apart(roster, model.people), most=most)

    def _apart(self, roster: Roster, people: IntArray) -> IntArray:
        """How far these people are from each other, (m, m)."""
        return self.of.metric(roster).between(people[:, None], people[None, :])

    @property
    def _least(self) -> int:
        """``at_least`` in whole numbers, rounded up: sums reach both or neither."""
        return -((-(self.at_least or Fraction(0)) * self.of.per_unit()) // 1)

    @property
    def _most(self) -> int:
        return (self.at_most or Fraction(0)) * self.of.per_unit() // 1

    @property
    def _furthest(self) -> int:
        return (self.each_at_most or Fraction(0)) * self.of.per_unit() // 1


@dataclass(frozen=True, slots=True)
class MostDistance(Distance):
    """The same where the most in total is wished for."""

    sense: ClassVar[Sense] = Sense.MOST


def distance(
    of: Distances,
    wish: str | None = None,
    at_least: Fraction | None = None,
    at_most: Fraction | None = None,
    each_at_most: Fraction | None = None,
) -> Distance:
    """The kind with the sense that suits it; without a word its only limit tells which it is."""
    lower_alone = at_least is not None and at_most is None and each_at_most is None
    most = wish == _MOST or (wish is None and lower_alone)
    return (MostDistance if most else Distance)(of, wish, at_least, at_most, each_at_most)


def _measured(entry: Entry) -> Distances:
    """What stands behind ``of``: a file, the municipality, or traits with or without weights."""
    weights = entry.pair_weights("of")
    if weights is not None:
        return InFile(weights)
    traits = entry.weights("of")
    if not traits:
        entry.refuse(_NEEDS_OF, _WISH_HINT, key="of")
    return distances_of(traits)


def _mutually_far(near: BoolArray) -> int:
    """So many people at least of whom no two may sit together, found greedily."""
    left, found = np.ones(len(near), dtype=bool), 0
    for person in np.argsort(near.sum(axis=1), kind="stable").tolist():
        if left[person]:
            found += 1
            left &= ~near[person]
    return found


_LIMITS = ("at_least", "at_most", "each_at_most")
_WISHED_MOST = N_("Members of a group are as far apart as possible ({what})")
_WISHED_LEAST = N_("Members of a group are as near to each other as possible ({what})")
_AT_LEAST = N_("In every group the distances between members add up to at least {limit} ({what})")
_AT_MOST = N_("In every group the distances between members add up to at most {limit} ({what})")
_EACH = N_("No two members of a group are more than {limit} apart ({what})")
_TOO_LITTLE = N_several(
    "distances cannot add up to more than {best} in all, but {groups} needs {limit}",
    "distances cannot add up to more than {best} in all, but {groups} need {limit}",
)
_TOO_MUCH = N_several(
    "distances add up to at least {best} in all, but {groups} may have {limit}",
    "distances add up to at least {best} in all, but {groups} may have {limit}",
)
_NEEDS_OF = _("distance needs to know what is measured")
_NEEDS_WISH = _("Among the preferences, distance is either most or least")
_WISH_HINT = _("For example {{of: [years, profession], most}}, or {{of: municipality, least}}")
_NEEDS_LIMIT = _("Among the rules, distance needs a limit")
_LIMIT_HINT = _(
    "For example {{of: municipality, each_at_most: 100}}; or at_least and at_most for the sum"
)
