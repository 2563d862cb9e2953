"""What would come of edits of a split roster, each part of which has rules of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import NOBODY, WAITLIST, Grouping
from vermegroup.domain.kind import Role
from vermegroup.domain.problem import Problem
from vermegroup.domain.split import Part, parts_in
from vermegroup.edit.session.outlooks import InGroup, Outlook, Prospect, outlook, prospects_on
from vermegroup.judge.auditor import rules_in, rules_judged
from vermegroup.judge.edits import NO_EDIT, Desk, Edits
from vermegroup.judge.several_groups import best_seated
from vermegroup.language.messages import Message


def prospects_in_parts(desk: Desk, edits: Edits) -> list[Prospect]:
    """What would come of each of some edits.

    Of what mixes parts more than they are, that alone is told. What stays within the groups of a
    part that do not mix is judged on the part's desk. The little that is left is judged as the
    groupings that it makes, or, where that is much work, by who is in its groups most.
    """
    found = _mixing(desk, edits)
    pure = _touches_no_mixed(desk, edits)
    near = _within_parts(desk, edits)
    found |= {at: each for at, each in near.items() if pure[at] and at not in found}
    left = [at for at in range(len(edits)) if at not in found]
    if len(left) * len(desk.problem.roster) > _MOST_WORK:
        found |= {at: near[at] for at in left if at in near}
        left = [at for at in left if at not in near][: _MOST_WORK // len(desk.problem.roster)]
    found |= dict(zip(left, _one_by_one(desk, edits, left), strict=True))
    return [found.get(at, _UNKNOWN) for at in range(len(edits))]


_MOST_WORK = 50_000
_UNKNOWN = Prospect(Outlook.LEAVES)


def _mixing(desk: Desk, edits: Edits) -> dict[int, Prospect]:
    """The edits that mix parts more than they are mixed, by their places."""
    found = prospects_on(desk, edits)
    return {
        at: Prospect(Outlook.BREAKS, each.breaks, breaks_in=each.breaks_in)
        for at, each in enumerate(found)
        if each.breaks
    }


def _touches_no_mixed(desk: Desk, edits: Edits) -> BoolArray:
    """Which edits have nothing to do with groups that mix parts, shape (c,)."""
    problem, grouping = desk.problem, desk.grouping
    split = problem.rulebook.split
    assert split is not None
    codes = problem.roster.categories[split.by].codes
    values = np.unique(np.stack([grouping.group_of, codes]), axis=1)[0]
    counts = np.bincount(values[values != WAITLIST], minlength=grouping.groups)
    mixed = np.append(counts > 1, [False, False])  # a new group, and then WAITLIST
    found: BoolArray = np.logical_not(mixed[desk.touched(edits)].any(axis=1))
    return found


def _within_parts(desk: Desk, edits: Edits) -> dict[int, Prospect]:
    """The edits of people of one part among its groups, each judged on the part's desk."""
    problem, grouping, found = desk.problem, desk.grouping, dict[int, Prospect]()
    parts = parts_in(problem, grouping)
    broken = [_broken(part.problem, own) for part, own in parts]
    everywhere = _broken(problem, grouping) + sum(broken)
    for (part, own), here in zip(parts, broken, strict=True):
        inside, local = _in_part(desk, part, own, edits)
        for at, each in zip(
            inside, prospects_on(Desk(part.problem, own, desk.new), local), strict=True
        ):
            found[at] = _beside(each, everywhere - here)
    return found


def _in_part(desk: Desk, part: Part, own: Grouping, edits: Edits) -> tuple[list[int], Edits]:
    """The places of the edits that stay within a part, and the same by its own numbers."""
    place = np.full(len(desk.problem.roster) + 1, NOBODY)
    place[part.people] = np.arange(len(part.people))
    numbers = {name: number for number, name in enumerate(own.names)}
    known = [numbers.get(name, _ELSEWHERE) for name in desk.grouping.names]
    group = np.array([*known, own.groups, WAITLIST], dtype=np.int64)
    inside = np.flatnonzero(_stays_in(edits, place, group))
    some = edits.some(inside)
    return inside.tolist(), Edits(place[some.people], group[some.targets])


_ELSEWHERE = -3
"""A group that is not the part's."""


def _stays_in(edits: Edits, place: IntArray, group: IntArray) -> BoolArray:
    nobody = edits.people == NOBODY
    there = (place[edits.people] >= 0) & (group[edits.targets] != _ELSEWHERE)
    within: BoolArray = (nobody | there).all(axis=1)
    return within


def _beside(prospect: Prospect, elsewhere: int) -> Prospect:
    """The same where rules are broken elsewhere, too."""
    if not elsewhere or prospect.outlook is not Outlook.KEEPS:
        return prospect
    if prospect.breaks:
        return replace(prospect, outlook=Outlook.BREAKS)
    return replace(prospect, outlook=Outlook.MENDS if prospect.mends else Outlook.LEAVES)


def _broken(problem: Problem, grouping: Grouping) -> int:
    return sum(not standing.satisfied for standing in rules_in(problem, grouping))


@dataclass(frozen=True, slots=True)
class _Measured:
    """How much is broken, by how much each rule is missed, and what each preference costs.

    ``lacks`` are by how much groups miss rules, of those that do.
    """

    broken: int
    missed: Mapping[Message, int]
    lacks: Mapping[InGroup, int]
    costs: Mapping[Hashable, tuple[Message, int]]

    @classmethod
    def of(cls, problem: Problem, grouping: Grouping) -> _Measured:
        parts = ((part.value, part.problem, own) for part, own in parts_in(problem, grouping))
        broken, missed, lacks = 0, Counter[Message](), Counter[InGroup]()
        costs: dict[Hashable, tuple[Message, int]] = {}
        for value, one, own in (("", problem, grouping), *parts):
            desk = Desk(one, own)
            tried = desk.tried(NO_EDIT)
            broken += int(tried.broken[0])
            for rule, short in zip(rules_judged(one), tried.short, strict=True):
                missed[rule.sentence(Role.RULE)] += int(short[0])
            lacks.update(_lacking(desk))
            for at, cost in enumerate(desk.costs(NO_EDIT)):
                kind = one.rulebook.preferences[at]
                costs[value, at] = kind.sentence(Role.PREFERENCE), int(cost[0])
        return cls(broken, missed, lacks, costs)

    def until(self, after: _Measured) -> Prospect:
        """What has come of it by then."""
        both = [key for key in self.costs if key in after.costs]
        cost = [(self.costs[key][0], after.costs[key][1] - self.costs[key][1]) for key in both]
        more, less = _risen_and_fallen(_rises(self.missed, after.missed))
        more_in, less_in = _risen_and_fallen(_rises(self.lacks, after.lacks))
        worse, better = _risen_and_fallen(cost)
        seen = outlook(after.broken, self.broken, more, less, more_in)
        return Prospect(seen, more, less, better, worse, more_in, less_in)


ToldT = TypeVar("ToldT", bound=Hashable)


def _lacking(desk: Desk) -> dict[InGroup, int]:
    found = dict[InGroup, int]()
    for rule, lacks in zip(rules_judged(desk.problem), desk.missed(), strict=True):
        for group in np.flatnonzero(lacks).tolist():
            place = InGroup(desk.grouping.names[group], rule.sentence(Role.RULE))
            found[place] = found.get(place, 0) + int(lacks[group])
    return found


def _rises(before: Mapping[ToldT, int], after: Mapping[ToldT, int]) -> Iterator[tuple[ToldT, int]]:
    for each in dict.fromkeys((*before, *after)):
        yield each, after.get(each, 0) - before.get(each, 0)


def _risen_and_fallen(
    changes: Iterable[tuple[ToldT, int]],
) -> tuple[tuple[ToldT, ...], tuple[ToldT, ...]]:
    told = list(changes)
    return (
        tuple(dict.fromkeys(said for said, change in told if change > 0)),
        tuple(dict.fromkeys(said for said, change in told if change < 0)),
    )


def _one_by_one(desk: Desk, edits: Edits, places: list[int]) -> Iterator[Prospect]:
    """What would come of each of some edits, judged as the grouping that it makes."""
    if places:
        before = _Measured.of(desk.problem, desk.grouping)
        for at in places:
            after = best_seated(desk.problem, desk.after(edits, at))
            yield before.until(_Measured.of(desk.problem, after))
