"""The parts of a split roster that have no groups, diagnosed one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.outcome import (
    LeftOut,
    Outcome,
    PartialPlan,
    PartOutcome,
    Verdict,
    WhyNot,
    because_of_parts,
)
from vermegroup.domain.split import Part, parts_of
from vermegroup.language.messages import _
from vermegroup.solver.search import Limits
from vermegroup.solver.solution import named, promised

Diagnose = Callable[[Outcome, Limits, str], Outcome]


def each_part(outcome: Outcome, limits: Limits, diagnose: Diagnose) -> Outcome:
    """Diagnose the parts without groups, and join what can be placed of all into one plan.

    They share the effort; what one leaves over is there for those that follow, and once it is over
    no further one is diagnosed. ``diagnose`` gets an outcome, its time and the part's value.
    """
    limits = limits.begun()
    left = sum(map(_unexplained, outcome.parts))
    parts: list[PartOutcome] = []
    for part in outcome.parts:
        effort = limits.left()
        if not _unexplained(part) or not effort:
            parts.append(part)
            continue
        shared = limits.only(effort / left)
        parts.append(replace(part, outcome=diagnose(part.outcome, shared, part.value)))
        left -= 1
    return replace(
        outcome,
        parts=tuple(parts),
        because=because_of_parts(outcome.problem, parts),
        why_not=WhyNot(partial=_joined(outcome, parts)),
        deterministic=not left and all(part.outcome.deterministic for part in parts),
    )


def _unexplained(part: PartOutcome) -> bool:
    return part.outcome.verdict in (Verdict.IMPOSSIBLE, Verdict.UNDECIDED)


def _joined(outcome: Outcome, parts: Sequence[PartOutcome]) -> PartialPlan | None:
    """The groups of every part, numbered through; a part that can have none waits.

    None where parts have groups of which none was kept, as in a check.
    """
    if any(answer.outcome.grouping is None and not _unexplained(answer) for answer in parts):
        return None
    group_of = np.full(len(outcome.problem.roster), WAITLIST, dtype=np.int64)
    promises: dict[int, str] = {}
    left_out: list[LeftOut] = []
    any_number = any(plan.any_number for plan in map(_joined_plan, parts) if plan is not None)
    groups = bound = 0
    for part, answer in zip(parts_of(outcome.problem), parts, strict=True):
        grouping = _grouping(answer)
        seated = grouping.group_of != WAITLIST
        group_of[part.people[seated]] = groups + grouping.group_of[seated]
        groups += grouping.groups
        bound += _bound(answer, any_number=any_number)
        left_out += _left_out(part, answer.outcome, grouping)
        promises |= {int(part.people[at]): name for at, name in promised(part.problem).items()}
    if not groups:
        return None
    whole = named(group_of, groups, promises)
    return PartialPlan(outcome.problem, whole, tuple(left_out), bound, any_number)


def _joined_plan(part: PartOutcome) -> PartialPlan | None:
    """A part's partial plan, where it has no groups and a plan was found."""
    why_not = part.outcome.why_not
    return None if why_not is None or part.outcome.grouping is not None else why_not.partial


def _grouping(part: PartOutcome) -> Grouping:
    """A part's groups, whole or partial."""
    plan = _joined_plan(part)
    if part.outcome.grouping is not None:
        return part.outcome.grouping
    people = len(part.outcome.problem.roster)
    return plan.grouping if plan else Grouping(np.full(people, WAITLIST, dtype=np.int64))


def _bound(part: PartOutcome, *, any_number: bool) -> int:
    """How many people of a part could be placed at the most.

    Of ``any_number`` of groups the bound of a number that was asked for says nothing.
    """
    if _has_none(part.outcome):
        return 0
    plan, spec = _joined_plan(part), part.outcome.problem.rulebook.groups
    asked = (spec.fewest, spec.most) != (None, None)
    if plan is None or (any_number and asked and not plan.any_number):
        return len(part.outcome.problem.roster)
    return plan.bound


def _left_out(part: Part, outcome: Outcome, grouping: Grouping) -> list[LeftOut]:
    partial = None if outcome.why_not is None else outcome.why_not.partial
    if partial is not None and outcome.grouping is None:
        return [replace(left, person=int(part.people[left.person])) for left in partial.left_out]
    because = _NO_PLACE if grouping.groups else _NOT_FOUND
    because = _NONE if _has_none(outcome) else because
    waiting = part.people[grouping.waitlist()].tolist()
    return [LeftOut(person, because) for person in waiting]


def _has_none(outcome: Outcome) -> bool:
    """Whether it is proven that a part can have no group at all."""
    return outcome.grouping is None and outcome.why_not is not None and outcome.why_not.none


_NONE = _("no group can be formed in this part")


_NOT_FOUND = _("no group was found for this part")


_NO_PLACE = _("no place was found in a group of this part")
