"""A split roster in which some part has no groups: each such part is diagnosed by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from vermegroup.grouping import WAITLIST, Grouping
from vermegroup.outcome import Outcome, PartOutcome
from vermegroup.phrase import Phrase
from vermegroup.solver.limits import Limits
from vermegroup.solver.numbering import named, promised
from vermegroup.solver.parting import because_of_parts
from vermegroup.splitting import Part, parts_of
from vermegroup.why_not import LeftOut, PartialPlan, WhyNot

Diagnose = Callable[[Outcome, Limits], Outcome]


def each_part(outcome: Outcome, limits: Limits, diagnose: Diagnose) -> Outcome:
    """Diagnose the parts without groups, and join what can be placed of all into one plan."""
    without = sum(own.outcome.grouping is None for own in outcome.parts)
    shared = replace(limits, seconds=limits.seconds / max(1, without))
    parts = tuple(replace(own, outcome=diagnose(own.outcome, shared)) for own in outcome.parts)
    return replace(
        outcome,
        parts=parts,
        because=because_of_parts(outcome.problem, parts),
        why_not=WhyNot(partial=_joined(outcome, parts)),
        deterministic=all(own.outcome.deterministic for own in parts),
    )


def _joined(outcome: Outcome, parts: Sequence[PartOutcome]) -> PartialPlan | None:
    """The groups of every part, numbered through; a part that can have none waits."""
    group_of = np.full(len(outcome.problem.roster), WAITLIST, dtype=np.int64)
    promises: dict[int, str] = {}
    left_out: list[LeftOut] = []
    groups = bound = 0
    for part, own in zip(parts_of(outcome.problem), parts, strict=True):
        grouping, most = _grouping(own.outcome)
        seated = grouping.group_of != WAITLIST
        group_of[part.people[seated]] = groups + grouping.group_of[seated]
        groups, bound = groups + grouping.groups, bound + most
        left_out += _left_out(part, own.outcome, grouping)
        promises |= {int(part.people[at]): name for at, name in promised(part.problem).items()}
    if not groups:
        return None
    return PartialPlan(outcome.problem, named(group_of, groups, promises), tuple(left_out), bound)


def _grouping(part: Outcome) -> tuple[Grouping, int]:
    """A part's groups, whole or partial, and how many people could be placed at the most."""
    people = len(part.problem.roster)
    if part.grouping is not None:
        return part.grouping, people
    if part.why_not is not None and part.why_not.partial is not None:
        return part.why_not.partial.grouping, part.why_not.partial.bound
    return Grouping(np.full(people, WAITLIST, dtype=np.int64)), people


def _left_out(part: Part, own: Outcome, grouping: Grouping) -> list[LeftOut]:
    partial = None if own.why_not is None else own.why_not.partial
    if partial is not None and own.grouping is None:
        return [replace(left, person=int(part.people[left.person])) for left in partial.left_out]
    waiting = part.people[grouping.waitlist()].tolist()
    return [LeftOut(person, _NO_GROUP) for person in waiting]


_NO_GROUP = Phrase(
    "no place was found in a group of this part",
    "tämän osan ryhmistä ei löytynyt paikkaa",
    "ingen plats hittades i den här delens grupper",
)
