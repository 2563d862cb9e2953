"""Why somebody moves, in words that can be read out on the telephone.

The rules are asked: what the old group breaks as it is now, and what the new one has to offer.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from vermegroup.moves import Move
from vermegroup.phrase import LANGUAGES, Phrase, capital, people_of, phrase
from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.rebalancing.stage import Stage
from vermegroup.roster import IntArray, labels_of
from vermegroup.solver.candidate_groups import padded, seating_of_rows
from vermegroup.splitting import parts_of


class Reasons:
    """The moves of one stage, each with its reason."""

    def __init__(self, stage: Stage, joined: IntArray, *, meeting: bool) -> None:
        self._stage, self._meeting = stage, meeting
        self._joined = np.isin(stage.here, joined)
        self._labels = labels_of(stage.problem.roster)
        self._problems = _problems(stage)

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
        parts = [self._why_leave(person, origin, target), self._why_there(person, target)]
        return _sentences([part for part in parts if part is not None])

    def _left_over(self, person: int, origin: str) -> Phrase:
        fault = self._fault(int(self._stage.before.group_of[person]), origin) if origin else None
        return _sentences([part for part in (fault, self._no_place(person)) if part is not None])

    def _no_place(self, person: int) -> Phrase:
        """Any group that could take those who wait would make the plan better."""
        before, old = self._stage.before.group_of, self._stage.before.group_of[person]
        if not self._stage.proven:
            return _NONE_FOUND
        if self._stage.merges_only and old >= 0 and (before == old).sum() > 1:
            return _NOT_AS_A_WHOLE
        return _NO_GROUP

    def _why_leave(self, person: int, origin: str, target: str) -> Phrase | None:
        if not origin:
            return _JOINS if self._joined[person] else _WAITED
        fault = self._fault(int(self._stage.before.group_of[person]), origin)
        if fault is not None:
            return fault
        host = self._old_group(target)
        needy = None if host is None else self._fault(host, target)
        if needy is not None:
            return phrase(
                "{needy}; {origin} can do without this member",
                "{needy}; ryhmä {origin} pärjää ilman tätä jäsentä",
                "{needy}; {origin} klarar sig utan den här medlemmen",
                needy=needy,
                origin=origin,
            )
        return _FEWEST if self._stage.proven else _BEST_FOUND

    def _why_there(self, person: int, target: str) -> Phrase:
        stage = self._stage
        group = int(stage.after.group_of[person])
        members = stage.after.members(group)
        own = stage.before.group_of[members] == stage.before.group_of[person]
        if stage.before.group_of[person] < 0:
            own = members == person
        others, newcomers = members[~own], members[own]
        if not len(others):
            return phrase(
                "{target} is a new group, and keeps every rule",
                "{target} on uusi ryhmä, ja siinä kaikki säännöt toteutuvat",
                "{target} är en ny grupp där alla regler är uppfyllda",
                target=target,
            )
        problem, plan = self._of(person)
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

    def _fault(self, old: int, name: str) -> Phrase | None:
        """Why what is left of an old group cannot stay as it is; None where it could."""
        members = self._stage.before.members(old)
        if not len(members):
            return None
        problem, plan = self._of(int(members[0]))
        roster = self._stage.problem.roster
        seating = seating_of_rows(padded([members], len(members)))
        if len(members) < plan.smallest:
            return phrase(
                "{name} has only {people} left",
                "Ryhmässä {name} on jäljellä vain {people}",
                "I {name} finns bara {people} kvar",
                name=name,
                people=people_of(len(members)),
            )
        for rule in problem.rulebook.rules:
            if not rule.asks_number and rule.shortfall(roster, plan, seating).any():
                return phrase(
                    "{name} cannot stay as it is: {breach}",
                    "{name} ei voi jatkaa sellaisenaan: {breach}",
                    "{name} kan inte fortsätta som den är: {breach}",
                    name=name,
                    breach=rule.breach(roster, plan, members)[0],
                )
        return None

    def _old_group(self, name: str) -> int | None:
        names = self._stage.before.names
        return names.index(name) if name in names else None

    def _of(self, person: int) -> tuple[Problem, Plan]:
        problem = self._problems[self._part_of[person]]
        plan = problem.plan(max(1, self._stage.after.groups), everyone=False)
        return problem, plan

    @cached_property
    def _part_of(self) -> IntArray:
        found = np.zeros(len(self._stage.here), dtype=np.int64)
        for place, part in enumerate(parts_of(self._stage.problem)):
            found[part.people] = place
        return found


def _problems(stage: Stage) -> list[Problem]:
    return [part.problem for part in parts_of(stage.problem)] or [stage.problem]


def _name(names: tuple[str, ...], group: int) -> str:
    return names[group] if group >= 0 else ""


def _sentences(parts: list[Phrase]) -> Phrase:
    """Sentences one after the other, each with a capital letter and a full stop."""
    told = (" ".join(f"{capital(part).in_(lang)}." for part in parts) for lang in LANGUAGES)
    return Phrase(*told)


_ROOM = Phrase("room", "tilaa", "plats")
_JOINS = Phrase("A newcomer", "Uusi tulokas", "Ny deltagare")
_WAITED = Phrase("From the waitlist", "Jonosta", "Från väntelistan")
_FEWEST = Phrase(
    "So as many as possible have a group, and as few as possible lose each other",
    "Näin mahdollisimman monella on ryhmä, ja mahdollisimman harva joutuu eroon tutuistaan",
    "Så har så många som möjligt en grupp, och så få som möjligt skiljs åt",
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
