"""``include: {T: value, at_least/at_most/exactly: m}``: a quota for a value in every group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from vermegroup.grouping import Seating
from vermegroup.kind import Entry, Expression, Kind, Margin, Model, Plan, Role
from vermegroup.phrase import Phrase, groups_of, phrase
from vermegroup.roster import BoolArray, IntArray, Roster
from vermegroup.rules.trait_names import trait_name, value_name


@dataclass(frozen=True, slots=True)
class Include(Kind):
    """At least ``at_least`` and at most ``at_most`` members have ``value``.

    As a preference: the smallest shortfall, in people added up over the groups.
    """

    kind: ClassVar[str] = "include"
    zero_is_rule: ClassVar[bool] = True

    trait: str
    value: str
    at_least: int = 0
    at_most: int | None = None

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        del role
        trait, value = entry.trait_and_options()
        exactly = entry.whole("exactly")
        at_least, at_most = entry.whole("at_least"), entry.whole("at_most")
        if exactly is not None:
            if at_least is not None or at_most is not None:
                entry.refuse(_EXACTLY_ALONE, key="exactly")
            return cls(trait, str(value), exactly, exactly)
        if at_least is None and at_most is None:
            at_least = 1
        if at_most is not None and at_most < (at_least or 0):
            entry.refuse(_CROSSED, key="at_most")
        return cls(trait, str(value), at_least or 0, at_most)

    def written(self) -> object:
        plain: dict[str, object] = {self.trait: self.value}
        if self.at_most is not None and self.at_least == self.at_most:
            return {"include": {**plain, "exactly": self.at_most}}
        if self.at_least or self.at_most is None:
            plain["at_least"] = self.at_least
        if self.at_most is not None:
            plain["at_most"] = self.at_most
        return {"include": plain}

    def categories(self) -> tuple[str, ...]:
        return (self.trait,)

    def named(self) -> tuple[tuple[str, str], ...]:
        return ((self.trait, self.value),)

    def sentence(self, role: Role) -> Phrase:
        what = phrase(
            "{trait}: {value}",
            "{trait}: {value}",
            "{trait}: {value}",
            trait=trait_name(self.trait),
            value=value_name(self.trait, self.value),
        )
        if role is Role.PREFERENCE:
            return phrase(
                "Where possible, {quota} in each group ({what})",
                "Mahdollisuuksien mukaan ryhmässä {quota} ({what})",
                "Om möjligt {quota} i varje grupp ({what})",
                quota=self._quota(),
                what=what,
            )
        return phrase(
            "Every group has {quota} ({what})",
            "Jokaisessa ryhmässä on {quota} ({what})",
            "Varje grupp har {quota} ({what})",
            quota=self._quota(),
            what=what,
        )

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Members short of the quota, or above it, in each group."""
        del plan
        having = self._who(roster, seating.people)
        counts = np.bincount(seating.group[having], minlength=seating.groups).astype(np.int64)
        return self._short(counts) + self._over(counts)

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Phrase, tuple[int, ...]]:
        del plan
        having = members[self._who(roster, members)]
        sentence = phrase(
            "it has {count} ({trait}: {value}), not {quota}",
            "siinä on {count} ({trait}: {value}), ei {quota}",
            "den har {count} ({trait}: {value}), inte {quota}",
            count=len(having),
            trait=trait_name(self.trait),
            value=value_name(self.trait, self.value),
            quota=self._quota(),
        )
        return sentence, tuple((having if len(having) > self.at_least else members).tolist())

    def certificate(self, roster: Roster, plan: Plan) -> Phrase | None:
        count, k = self._count(roster), plan.groups
        if count < k * self.at_least:
            return phrase(
                "{groups} need {need} people with {trait}: {value}, and there are {count}",
                "{groups} tarvitsee {need} henkilöä ({trait}: {value}), ja heitä on {count}",
                "{groups} behöver {need} personer ({trait}: {value}), och de är {count}",
                groups=groups_of(k),
                need=k * self.at_least,
                trait=trait_name(self.trait),
                value=value_name(self.trait, self.value),
                count=count,
            )
        if plan.everyone and self.at_most is not None and count > k * self.at_most:
            return phrase(
                "{groups} can take {room} people with {trait}: {value}, and there are {count}",
                "{groups} voi ottaa {room} henkilöä ({trait}: {value}), ja heitä on {count}",
                "{groups} kan ta {room} personer ({trait}: {value}), och de är {count}",
                groups=groups_of(k),
                room=k * self.at_most,
                trait=trait_name(self.trait),
                value=value_name(self.trait, self.value),
                count=count,
            )
        return None

    def margin(self, roster: Roster, plan: Plan) -> Margin:
        count, k = self._count(roster), plan.groups
        spare = count - k * self.at_least
        room = spare if self.at_most is None else min(spare, k * self.at_most - count)
        sentence = phrase(
            "{count} people ({trait}: {value}) for {groups}, {spare} to spare",
            "{count} henkilöä ({trait}: {value}), {groups}: varalla {spare}",
            "{count} personer ({trait}: {value}) för {groups}, {spare} i reserv",
            count=count,
            trait=trait_name(self.trait),
            value=value_name(self.trait, self.value),
            groups=groups_of(k),
            spare=spare,
        )
        return Margin(room, sentence)

    def bound(self, roster: Roster, plan: Plan) -> int:
        count, k = self._count(roster), plan.groups
        short = max(0, k * self.at_least - count)
        over = 0 if self.at_most is None else max(0, count - k * self.at_most)
        return short + (over if plan.everyone else 0)

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        del plan
        having = model.count(self._who(roster, model.people), group)
        model.limit(having, at_least=self.at_least or None, at_most=self.at_most)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        del plan
        who = self._who(roster, model.people)
        having = model.count(who, group)
        off: Expression = model.new_amount(self.at_least)
        model.limit(off + having, at_least=self.at_least)
        if self.at_most is None:
            return off
        over = model.new_amount(max(0, int(who.sum()) - self.at_most))
        model.limit(over - having, at_least=-self.at_most)
        return off + over

    def _who(self, roster: Roster, people: IntArray) -> BoolArray:
        trait = roster.categories[self.trait]
        having: BoolArray = trait.codes[people] == trait.code(self.value)
        return having

    def _count(self, roster: Roster) -> int:
        return int(self._who(roster, np.arange(len(roster))).sum())

    def _short(self, counts: IntArray) -> IntArray:
        return np.maximum(0, self.at_least - counts)

    def _over(self, counts: IntArray) -> IntArray:
        if self.at_most is None:
            return np.zeros_like(counts)
        return np.maximum(0, counts - self.at_most)

    def _quota(self) -> Phrase:
        if self.at_most is None:
            return phrase("at least {m}", "vähintään {m}", "minst {m}", m=self.at_least)
        if self.at_least == self.at_most:
            return phrase("exactly {m}", "tasan {m}", "exakt {m}", m=self.at_most)
        if self.at_least == 0:
            return phrase("at most {m}", "enintään {m}", "högst {m}", m=self.at_most)
        return phrase("{a} to {b}", "{a}–{b}", "{a}–{b}", a=self.at_least, b=self.at_most)


_EXACTLY_ALONE = Phrase(
    "exactly stands alone, without at_least or at_most",
    "exactly esiintyy yksin, ilman kohtia at_least tai at_most",
    "exactly står ensamt, utan at_least eller at_most",
)
_CROSSED = Phrase(
    "at_most is below at_least",
    "at_most on pienempi kuin at_least",
    "at_most är mindre än at_least",
)
