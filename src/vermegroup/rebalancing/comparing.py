"""Rules and preferences before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import numpy as np

from vermegroup.audit import audit
from vermegroup.grouping import Grouping
from vermegroup.kind import Kind, Role
from vermegroup.moves import Compared
from vermegroup.outcome import Audit, PreferenceStanding, RuleStanding
from vermegroup.phrase import Phrase, groups_of, phrase
from vermegroup.problem import Problem
from vermegroup.roster import IntArray

Judged = tuple[Problem, Audit]
Standing = TypeVar("Standing", RuleStanding, PreferenceStanding)


def compared(
    problem: Problem, before: Grouping, after: Grouping, members: tuple[IntArray, IntArray]
) -> tuple[Compared, ...]:
    """How each rule and preference stands in two groupings of a roster.

    ``members`` are those who count before and those who count after. Rules that name people are
    told of those who count both times. A split roster's parts follow each other.
    """
    ids = problem.roster.ids
    alone = np.delete(ids, np.intersect1d(*members))
    told = Problem(problem.roster, problem.rulebook.without(frozenset(map(str, alone))))
    return compared_audits(_judged(told, before, members[0]), _judged(told, after, members[1]))


def compared_audits(before: Judged, after: Judged) -> tuple[Compared, ...]:
    """The same of two groupings that were judged, each with its own problem."""
    return tuple(line for own in _pairs(_apart(before), _apart(after)) for line in _lines(*own))


def _judged(problem: Problem, grouping: Grouping, people: IntArray) -> Judged:
    own = Problem(problem.roster.subset(people), problem.rulebook)
    used, group_of = np.unique(grouping.group_of[people], return_inverse=True)
    group_of = group_of.astype(np.int64) - int((used < 0).any())
    names = tuple(grouping.names[group] for group in used[used >= 0])
    return own, audit(own, Grouping(group_of, names))


def _apart(judged: Judged) -> dict[str, Judged]:
    """The parts of a split roster by the value they have; a whole one under no name."""
    parts = {part.value: (part.problem, part.audit) for part in judged[1].parts}
    return parts or {"": judged}


def _pairs(old: dict[str, Judged], new: dict[str, Judged]) -> Iterator[tuple[Judged, Judged]]:
    return ((old[value], judged) for value, judged in new.items() if value in old)


def _lines(old: Judged, new: Judged) -> Iterator[Compared]:
    """What both are judged by; where somebody left, a rule about them may say less, or nothing."""
    for before, after in _shared(old[1].rules, new[1].rules, lambda own: own.rule):
        yield _rule(before, after)
    both = _shared(old[1].preferences, new[1].preferences, lambda own: own.preference)
    for earlier, later in both:
        yield _preference(old, new, earlier, later)


def _shared(
    old: Iterable[Standing], new: Iterable[Standing], kind: Callable[[Standing], Kind]
) -> Iterator[tuple[Standing, Standing]]:
    waiting: dict[str, list[Standing]] = {}
    for own in old:
        waiting.setdefault(str(kind(own).written()), []).append(own)
    for own in new:
        if same := waiting.get(str(kind(own).written())):
            yield same.pop(0), own


def _rule(before: RuleStanding, after: RuleStanding) -> Compared:
    old, new = len(before.breaches), len(after.breaches)
    better = None if old == new else new < old
    return Compared(before.rule.sentence(Role.RULE), _broken(old), _broken(new), better)


def _broken(count: int) -> Phrase:
    if not count:
        return Phrase("holds", "toteutuu", "uppfylld")
    return phrase(
        "broken in {groups}",
        "rikkoutuu: {groups}",
        "bryts i {groups}",
        groups=groups_of(count),
    )


def _preference(
    old: Judged, new: Judged, before: PreferenceStanding, after: PreferenceStanding
) -> Compared:
    kind = after.preference
    told = [
        kind.told(problem.roster, audited.plan, standing.value)
        for (problem, audited), standing in ((old, before), (new, after))
    ]
    units = [
        kind.in_units(problem.roster, audited.plan, standing.value)
        for (problem, audited), standing in ((old, before), (new, after))
    ]
    gain = (units[0] - units[1]) * kind.sense.value
    return Compared(
        kind.sentence(Role.PREFERENCE), told[0], told[1], None if not gain else gain > 0
    )
