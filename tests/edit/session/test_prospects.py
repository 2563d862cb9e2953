"""What is told of every group while somebody is held is what really moving there gives."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from tests.by_day import todays
from tests.judge.test_edits_of_several_groups import _drawn as several_drawn
from tests.judge.test_edits_of_several_groups import _people as several_people
from tests.judge.test_edits_of_several_groups import _problem as several_problem
from tests.judge.test_options import drawn
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.kind import Role
from vermegroup.domain.problem import Problem
from vermegroup.edit.session.outlooks import InGroup
from vermegroup.edit.session.prospects import Outlook, Prospect, prospects
from vermegroup.edit.session.state import State
from vermegroup.judge.auditor import audit
from vermegroup.judge.several_groups import best_seated, in_best_seats

Steps = dict[int, str]
SWAPS, COMPANIES = 6, 4


class Measured:
    """By how much a grouping misses each rule, how many breaches that is, and what it costs."""

    def __init__(self, problem: Problem, grouping: Grouping) -> None:
        whole = audit(problem, grouping)
        audits = [whole, *(part.audit for part in whole.parts)]
        standings = [standing for each in audits for standing in each.rules]
        self.broken = sum(len(standing.breaches) for standing in standings)
        self.missed: Counter[str] = Counter()
        for standing in standings:
            sentence = str(standing.rule.sentence(Role.RULE))
            self.missed[sentence] += sum(breach.amount for breach in standing.breaches)
        #: By how much each group misses each rule, by their names.
        self.lacks: Counter[tuple[str, str]] = Counter()
        for each, names in (
            (whole, grouping.names),
            *((part.audit, part.grouping.names) for part in whole.parts),
        ):
            for standing in each.rules:
                for breach in standing.breaches:
                    if breach.group is not None:
                        place = names[breach.group], str(standing.rule.sentence(Role.RULE))
                        self.lacks[place] += breach.amount
        self.members = {
            name: set(grouping.members(group).tolist()) for group, name in enumerate(grouping.names)
        }
        #: Of a part without groups no preference is judged.
        self.idle = not all(part.grouping.groups for part in whole.parts)
        #: The rules of the whole of a split roster.
        self.of_all = [str(each.rule.sentence(Role.RULE)) for each in whole.rules if whole.parts]
        named = [("", whole), *((part.value, part.audit) for part in whole.parts)]
        self.costs = {
            (part, at): (
                str(standing.preference.sentence(Role.PREFERENCE)),
                standing.value * standing.preference.sense.value,
            )
            for part, each in named
            for at, standing in enumerate(each.preferences)
        }

    def outlook(self, after: Measured) -> Outlook:
        more, less = self.changed(after)
        if not after.broken:
            return Outlook.KEEPS
        if more or after.broken > self.broken:
            return Outlook.BREAKS
        if self.shifted(after)[0]:
            return Outlook.LEAVES
        return Outlook.MENDS if less or after.broken < self.broken else Outlook.LEAVES

    def shifted(self, after: Measured, *, changed: bool = True) -> tuple[set[object], set[object]]:
        """Where which rules are missed by more, and by less; in groups that changed, or in all."""
        places = [
            place
            for place in self.lacks.keys() | after.lacks.keys()
            if not changed or self.members.get(place[0]) != after.members.get(place[0])
        ]
        rises = {place: after.lacks[place] - self.lacks[place] for place in places}
        return {each for each in places if rises[each] > 0}, {
            each for each in places if rises[each] < 0
        }

    def changed(self, after: Measured) -> tuple[set[str], set[str]]:
        """The rules that are missed by more, and by less."""
        both = self.missed.keys() | after.missed.keys()
        return (
            {each for each in both if after.missed[each] > self.missed[each]},
            {each for each in both if after.missed[each] < self.missed[each]},
        )

    def valued(self, after: Measured) -> tuple[set[str], set[str]]:
        """The preferences that are better, and worse."""
        keys = [key for key in self.costs if key in after.costs]
        pairs = [(self.costs[key][0], after.costs[key][1] - self.costs[key][1]) for key in keys]
        return {said for said, by in pairs if by < 0}, {said for said, by in pairs if by > 0}


def really(problem: Problem, grouping: Grouping, steps: Steps) -> Grouping | None:
    """The grouping after people went; None where somebody would be in one group twice."""
    names = list(dict.fromkeys([*grouping.names, *(name for name in steps.values() if name)]))
    group_of = grouping.group_of.copy()
    for seat, name in steps.items():
        group_of[seat] = names.index(name) if name else WAITLIST
    placed = np.flatnonzero(group_of != WAITLIST)
    pairs = set(zip(problem.roster.person_of()[placed], group_of[placed], strict=True))
    if len(pairs) < len(placed):
        return None
    used, renumbered = np.unique(group_of, return_inverse=True)
    kept = tuple(names[group] for group in used.tolist() if group != WAITLIST)
    there = Grouping(renumbered.astype(np.int64) - int(used[0] == WAITLIST), kept)
    return best_seated(problem, there)


def texts(sentences: object) -> set[str]:
    return {str(each) for each in sentences}  # type: ignore[attr-defined]


def told_in(places: Iterable[InGroup]) -> set[object]:
    return {(each.group, str(each.rule)) for each in places}


def compare(problem: Problem, grouping: Grouping, steps: Steps, told: Prospect) -> bool:
    """Whether this could be compared: where all wait, preferences have nothing to count."""
    after = really(problem, grouping, steps)
    assert after is not None, "somebody would be in a group twice"
    if not (after.groups and grouping.groups):
        return False
    then, now = Measured(problem, grouping), Measured(problem, after)
    more, less = then.changed(now)
    if mixing := {each for each in more if each in then.of_all}:
        assert (told.outlook, texts(told.breaks)) == (Outlook.BREAKS, mixing)
        assert (told.mends, told.better, told.worse) == ((), (), ())  # that alone is told
        risen = {place for place in then.shifted(now)[0] if place[1] in then.of_all}  # type: ignore[index]
        assert told_in(told.breaks_in) == risen
        return True
    if then.idle or now.idle:
        return False
    assert told.outlook is then.outlook(now), (steps, told)
    assert (texts(told.breaks), texts(told.mends)) == (more, less), (steps, told)
    for places, touched, anywhere in zip(
        (told.breaks_in, told.mends_in),
        then.shifted(now),
        then.shifted(now, changed=False),
        strict=True,
    ):
        assert touched <= told_in(places) <= anywhere, (steps, told)
    assert (texts(told.better), texts(told.worse)) == then.valued(now), (steps, told)
    return True


def held_in(problem: Problem, grouping: Grouping, chance: random.Random) -> list[list[int]]:
    seats = range(len(problem.roster))
    free = grouping.group_of == WAITLIST
    some = [seat for seat in seats if not free[seat] or chance.random() < 0.5]
    single = [[seat] for seat in chance.sample(some, min(3, len(some)))]
    person = problem.roster.person_of()
    pairs = [chance.sample(some, 2) for _ in range(2) if len(some) > 1]
    return [*single, *(pair for pair in pairs if person[pair[0]] != person[pair[1]])]


def compared(problem: Problem, grouping: Grouping, chance: random.Random) -> int:
    state = SimpleNamespace(groups=SimpleNamespace(problem=problem), grouping=grouping)
    count = 0
    for held in held_in(problem, grouping, chance):
        found = prospects(cast("State", state), held)
        homes = {([*grouping.names, ""])[grouping.group_of[seat]] for seat in held}
        possible = {
            name
            for name in (*grouping.names, "", found.new)
            if homes != {name} and really(problem, grouping, dict.fromkeys(held, name)) is not None
        }
        assert set(found.groups) == possible
        for name, told in found.groups.items():
            count += compare(problem, grouping, dict.fromkeys(held, name), told)
        names = [*grouping.names, ""]
        others = sorted(found.swaps)
        for other in chance.sample(others, min(SWAPS, len(others))):
            own, theirs = (names[grouping.group_of[seat]] for seat in (held[0], other))
            count += compare(problem, grouping, {held[0]: theirs, other: own}, found.swaps[other])
    return count


@pytest.mark.parametrize("block", todays(range(10)))
def test_every_prospect_is_what_really_moving_gives(block: int, tmp_path: Path) -> None:
    count, split = 0, 0
    for number in range(40 * block, 40 * block + 40):
        found = drawn(number, tmp_path)
        if found is None:
            continue
        problem, _, grouping = found
        here = compared(problem, grouping, random.Random(number))
        count, split = count + here, split + here * (problem.rulebook.split is not None)
    assert count > 100
    assert split > 10


@pytest.mark.parametrize("block", todays(range(10)))
def test_so_it_is_where_people_are_in_several_groups(block: int, tmp_path: Path) -> None:
    count = 0
    for number in range(30 * block, 30 * block + 30):
        case, named, groups = several_drawn(number)
        problem = several_problem(case, named, groups, tmp_path)
        if problem is None:
            continue
        grouping = in_best_seats(problem, several_people(case, groups))
        count += compared(problem, grouping, random.Random(number))
    assert count > 100
