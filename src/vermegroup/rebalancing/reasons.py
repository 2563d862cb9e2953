"""Why somebody moves, in words that can be read out on the telephone.

The rules are asked: what the old group breaks as it is now, and what the new one has to offer.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Move
from vermegroup.domain.grouping import WAITLIST
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import labels_of
from vermegroup.language.phrase import LANGUAGES, Phrase, capital, people_of, phrase
from vermegroup.rebalancing.stage import Stage
from vermegroup.solver.column_generation.columns import padded, seating_of_rows


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
        return all(len(people) and self._breach(people) is None for people in rest)

    def _fault(self, old: int) -> Phrase | None:
        """Why what is left of an old group cannot stay as it is; None where it could."""
        members = self._stage.before.members(old)
        if not len(members):
            return None
        smallest = min(self.rules_of(person)[1].smallest for person in members.tolist())
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
        why = next((cause for cause in needy if cause is not None), None)
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
        places = np.searchsorted(people, members)
        seating = seating_of_rows(padded([places], len(places)))
        for rule in problem.rulebook.rules:
            if not rule.asks_number and rule.shortfall(problem.roster, plan, seating).any():
                return rule.breach(problem.roster, plan, places)[0]
        return None


_DISSOLVED = Phrase("{name} is dissolved", "Ryhmä {name} hajotetaan", "{name} upplöses")
_DISSOLVED_FOR = Phrase(
    "{needy}; {name} is dissolved",
    "{needy}; ryhmä {name} hajotetaan",
    "{needy}; {name} upplöses",
)


class Reasons:
    """The moves of one stage, each with its reason.

    ``joined`` are those of the whole roster who are new to the groups.
    """

    def __init__(self, stage: Stage, joined: IntArray, *, meeting: bool) -> None:
        self._stage, self._meeting = stage, meeting
        self._joined = np.isin(stage.here, joined)
        self._labels = labels_of(stage.problem.roster)
        self._old = OldGroups(stage)

    def moves(self) -> Iterator[Move]:
        """Everyone whose group has another name than before, in the order of the roster."""
        stage = self._stage
        for person in range(len(stage.here)):
            origin = _name(stage.before.names, stage.before.group_of[person])
            target = _name(stage.after.names, stage.after.group_of[person])
            if origin != target:
                yield Move(
                    str(stage.problem.roster.ids[person]),
                    self._labels[person],
                    origin,
                    target,
                    self._reason(person, origin, target),
                    self._meeting,
                )

    def _reason(self, person: int, origin: str, target: str) -> Phrase:
        if not target:
            return self._left_over(person, origin)
        why_leave = self._why_leave(person, origin, target)
        return _sentences([why_leave, self._why_there(person, target)])

    def _left_over(self, person: int, origin: str) -> Phrase:
        """Those whose own group could have stayed are told why it did not, if it is known."""
        parts = [self._no_place(person)]
        if origin:
            old = int(self._stage.before.group_of[person])
            cause = self._old.fault(old) or self._old.dissolved(old)
            parts = [cause or self._as_many(), *parts] if cause or self._stage.proven else parts
        return _sentences(parts)

    def _no_place(self, person: int) -> Phrase:
        """Any group that could take those who wait would make the plan better."""
        before, old = self._stage.before.group_of, self._stage.before.group_of[person]
        if not self._stage.proven:
            return _NONE_FOUND
        if self._stage.merges_only and old >= 0 and (before == old).sum() > 1:
            return _NOT_AS_A_WHOLE
        return _NO_GROUP

    def _why_leave(self, person: int, origin: str, target: str) -> Phrase:
        if not origin:
            return _JOINS if self._joined[person] else _WAITED
        old, host = int(self._stage.before.group_of[person]), self._old.called(target)
        fault = self._old.fault(old) or self._old.dissolved(old)
        if fault is not None:
            return fault
        needy = None if host is None else self._old.fault(host)
        if needy is None:
            return self._as_many()
        form = _NEEDY
        if self._old.goes_whole(old):
            form = _AS_A_WHOLE
        elif self._old.can_do_without(old, person):
            form = _CAN_DO_WITHOUT
        return phrase(form.en, form.fi, form.sv, needy=needy, origin=origin)

    def _as_many(self) -> Phrase:
        """Why the whole plan is as it is."""
        if not self._stage.proven:
            return _BEST_FOUND
        return _FEWEST_WHOLE if self._stage.merges_only else _FEWEST

    def _why_there(self, person: int, target: str) -> Phrase:
        stage = self._stage
        group = int(stage.after.group_of[person])
        members = stage.after.members(group)
        together = stage.before.group_of[members] == stage.before.group_of[person]
        if stage.before.group_of[person] < 0:
            together = members == person
        others, newcomers = members[~together], members[together]
        if not len(others):
            return phrase(
                "{target} is a new group, and keeps every rule",
                "{target} on uusi ryhmä, ja siinä kaikki säännöt toteutuvat",
                "{target} är en ny grupp där alla regler är uppfyllda",
                target=target,
            )
        problem, plan, _ = self._old.rules_of(person)
        offers: list[Phrase] = [_ROOM]
        for rule in problem.rulebook.rules:
            offer = rule.welcome(stage.problem.roster, plan, others, newcomers)
            if offer is not None and offer not in offers:
                offers.append(offer)
        return phrase(
            "{target} has {offers}",
            "Ryhmässä {target} on {offers}",
            "{target} har {offers}",
            target=target,
            offers=offers,
        )


def _name(names: tuple[str, ...], group: int) -> str:
    return names[group] if group >= 0 else ""


def _sentences(parts: list[Phrase]) -> Phrase:
    """Sentences one after the other, each with a capital letter and a full stop."""
    texts = (" ".join(f"{capital(part).in_(lang)}." for part in parts) for lang in LANGUAGES)
    return Phrase(*texts)


_ROOM = Phrase("room", "tilaa", "plats")
_JOINS = Phrase("A newcomer", "Uusi tulokas", "Ny deltagare")
_WAITED = Phrase("From the waitlist", "Jonosta", "Från väntelistan")
_FEWEST = Phrase(
    "So as many as possible have a group, and as few as possible lose each other",
    "Näin mahdollisimman monella on ryhmä, ja mahdollisimman harva joutuu eroon tutuistaan",
    "Så har så många som möjligt en grupp, och så få som möjligt skiljs åt",
)
_FEWEST_WHOLE = Phrase(
    "While groups are only combined whole, as many as possible have a group so, and as few as "
    "possible lose each other",
    "Kun ryhmiä vain yhdistetään kokonaisina, näin mahdollisimman monella on ryhmä, ja "
    "mahdollisimman harva joutuu eroon tutuistaan",
    "När grupper bara slås ihop hela har så många som möjligt en grupp, och så få som möjligt "
    "skiljs åt",
)
_NEEDY = Phrase("{needy}", "{needy}", "{needy}")
_AS_A_WHOLE = Phrase(
    "{needy}; all who are left of {origin} move together",
    "{needy}; kaikki ryhmän {origin} jäljellä olevat siirtyvät yhdessä",
    "{needy}; alla som är kvar i {origin} flyttar tillsammans",
)
_CAN_DO_WITHOUT = Phrase(
    "{needy}; {origin} can do without this member",
    "{needy}; ryhmä {origin} pärjää ilman tätä jäsentä",
    "{needy}; {origin} klarar sig utan den här medlemmen",
)
_BEST_FOUND = Phrase(
    "It is so in the best plan that was found",
    "Näin on parhaassa löydetyssä suunnitelmassa",
    "Så är det i den bästa plan som hittades",
)
_NONE_FOUND = Phrase(
    "No place was found for this person",
    "Tälle henkilölle ei löytynyt paikkaa",
    "Ingen plats hittades för den här personen",
)
_NOT_AS_A_WHOLE = Phrase(
    "No group can take all who are left of this one without breaking a rule",
    "Mikään ryhmä ei voi ottaa kaikkia tämän ryhmän jäljellä olevia sääntöjä rikkomatta",
    "Ingen grupp kan ta emot alla som är kvar i den här utan att bryta en regel",
)
_NO_GROUP = Phrase(
    "No group can take this person without breaking a rule",
    "Mikään ryhmä ei voi ottaa tätä henkilöä sääntöjä rikkomatta",
    "Ingen grupp kan ta emot den här personen utan att bryta en regel",
)
