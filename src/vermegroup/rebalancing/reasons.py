"""Why somebody moves, in words that can be read out on the telephone.

The rules are asked: what the old group breaks as it is now, and what the new one has to offer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Move
from vermegroup.domain.grouping import WAITLIST
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import labels_of
from vermegroup.domain.seats import groups_less, is_elsewhere
from vermegroup.language.messages import N_, Message, Template, _, capital, joined, pgettext
from vermegroup.language.terms import people_of
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

    def _fault(self, old: int) -> Message | None:
        """Why what is left of an old group cannot stay as it is; None where it could."""
        members = self._stage.before.members(old)
        if not len(members):
            return None
        smallest = min(self.rules_of(person)[1].smallest for person in members.tolist())
        name = self._stage.before.names[old]
        if len(members) < smallest:
            return _("{name} has only {people} left", name=name, people=people_of(len(members)))
        breach = self._breach(members)
        if breach is None:
            return None
        return _("{name} cannot stay as it is: {breach}", name=name, breach=breach)

    def _dissolved(self, old: int) -> Message | None:
        """That nobody is left in a group that could have stayed, and which one could not."""
        if self._stays(old).any() or self.goes_whole(old):
            return None
        needy = (self._needy(home) for home in self._homes(old).tolist() if home != WAITLIST)
        why = next((cause for cause in needy if cause is not None), None)
        name = self._stage.before.names[old]
        if why is None:
            return _("{name} is dissolved", name=name)
        return _("{needy}; {name} is dissolved", name=name, needy=why)

    def _needy(self, home: int) -> Message | None:
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

    def _breach(self, members: IntArray) -> Message | None:
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
        """Everyone whose group has another name than before, in the order of the roster.

        Whoever is in several groups, of which one does not meet, goes nowhere.
        """
        stage = self._stage
        stays = groups_less(stage.problem.roster, stage.before, stage.after)
        for person in range(len(stage.here)):
            origin = _name(stage.before.names, stage.before.group_of[person])
            target = _name(stage.after.names, stage.after.group_of[person])
            if origin != target and not (self._meeting and stays[person]):
                yield Move(
                    str(stage.problem.roster.ids[person]),
                    self._labels[person],
                    origin,
                    target,
                    self._reason(person, origin, target),
                    self._meeting,
                    is_elsewhere(stage.problem.roster, stage.after, person),
                )

    def _reason(self, person: int, origin: str, target: str) -> Message:
        elsewhere = is_elsewhere(self._stage.problem.roster, self._stage.after, person)
        if not target:
            leaves = self._leaves_one(person) if elsewhere and origin else None
            return leaves or self._left_over(person, origin)
        why_leave = self._why_leave(person, origin, target)
        return _sentences([why_leave, self._why_there(person, target)])

    def _leaves_one(self, person: int) -> Message:
        """Why somebody in several groups leaves one of them."""
        old = int(self._stage.before.group_of[person])
        return _sentences([self._old.fault(old) or self._old.dissolved(old) or self._as_many()])

    def _left_over(self, person: int, origin: str) -> Message:
        """Those whose own group could have stayed are told why it did not, if it is known."""
        parts = [self._no_place(person)]
        if origin:
            old = int(self._stage.before.group_of[person])
            cause = self._old.fault(old) or self._old.dissolved(old)
            parts = [cause or self._as_many(), *parts] if cause or self._stage.proven else parts
        return _sentences(parts)

    def _no_place(self, person: int) -> Message:
        """Any group that could take those who wait would make the plan better."""
        before, old = self._stage.before.group_of, self._stage.before.group_of[person]
        if not self._stage.proven:
            return _NONE_FOUND
        if self._stage.merges_only and old >= 0 and (before == old).sum() > 1:
            return _NOT_AS_A_WHOLE
        return _NO_GROUP

    def _why_leave(self, person: int, origin: str, target: str) -> Message:
        if not origin:
            known = is_elsewhere(self._stage.problem.roster, self._stage.before, person)
            waited = _ONE_MORE if known else _WAITED
            return _JOINS if self._joined[person] else waited
        old, host = int(self._stage.before.group_of[person]), self._old.called(target)
        fault = self._old.fault(old) or self._old.dissolved(old)
        if fault is not None:
            return fault
        needy = None if host is None else self._old.fault(host)
        if needy is None:
            return self._as_many()
        if self._old.goes_whole(old):
            return _AS_A_WHOLE.filled(needy=needy, origin=origin)
        if self._old.can_do_without(old, person):
            return _CAN_DO_WITHOUT.filled(needy=needy, origin=origin)
        return needy

    def _as_many(self) -> Message:
        """Why the whole plan is as it is."""
        if not self._stage.proven:
            return _BEST_FOUND
        return _FEWEST_WHOLE if self._stage.merges_only else _FEWEST

    def _why_there(self, person: int, target: str) -> Message:
        stage = self._stage
        group = int(stage.after.group_of[person])
        members = stage.after.members(group)
        together = stage.before.group_of[members] == stage.before.group_of[person]
        if stage.before.group_of[person] < 0:
            together = members == person
        others, newcomers = members[~together], members[together]
        if self._is_new(group, target):
            return _("{target} is a new group, and keeps every rule", target=target)
        problem, plan, _seating = self._old.rules_of(person)
        roster, book = stage.problem.roster, problem.rulebook
        # What must hold for good may be wished for at a meeting, and is welcome all the same.
        kinds = (*book.rules, *book.preferences)
        offers = _told(kind.welcome(roster, plan, others, newcomers) for kind in kinds)
        lacking = _told(kind.nobody_like(roster, others, newcomers) for kind in kinds)
        if not lacking:
            return _("{target} has {offers}", target=target, offers=[_ROOM, *offers])
        return _(
            # Translators: {nobody} is "no one else from Kuopio"
            "{target} has {offers}, and {nobody}",
            target=target,
            offers=[_ROOM, *offers],
            nobody=_nor(lacking),
        )

    def _is_new(self, group: int, target: str) -> bool:
        """Whether nobody in a group comes from the old one of its name."""
        old = self._old.called(target)
        came_from = self._stage.before.group_of[self._stage.after.members(group)]
        return old is None or not (came_from == old).any()


def _told(offers: Iterable[Message | None]) -> list[Message]:
    """What there is to tell, each once."""
    return list(dict.fromkeys(offer for offer in offers if offer is not None))


def _nor(lacking: list[Message]) -> Message:
    *first, last = lacking
    if not first:
        return last
    # Translators: both are as "no one else from Kuopio"
    return pgettext("nobody", "{first} and {last}", first=joined(first, ", "), last=last)


def _name(names: tuple[str, ...], group: int) -> str:
    return names[group] if group >= 0 else ""


def _sentences(parts: list[Message]) -> Message:
    """Sentences one after the other, each with a capital letter and a full stop."""
    return joined((Template("{part}.").filled(part=capital(part)) for part in parts), " ")


_ROOM = _("room")
_JOINS = _("A newcomer")
_WAITED = _("From the queue")
_ONE_MORE = _("One group more, where it is needed")
_FEWEST = _("So as many as possible have a group, and as few as possible lose each other")
_FEWEST_WHOLE = _(
    "While groups are only combined whole, as many as possible have a group so, and as few as "
    "possible lose each other"
)
_AS_A_WHOLE = N_("{needy}; all who are left of {origin} move together")
_CAN_DO_WITHOUT = N_("{needy}; {origin} can do without this member")
_BEST_FOUND = _("It is so in the best plan that was found")
_NONE_FOUND = _("No place was found for this person")
_NOT_AS_A_WHOLE = _("No group can take all who are left of this one without breaking a rule")
_NO_GROUP = _("No group can take this person without breaking a rule")
