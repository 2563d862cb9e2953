"""Why there are no groups and what would help, as lines of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vermegroup.outcome import Outcome
from vermegroup.phrase import Phrase
from vermegroup.report.parts import Answer
from vermegroup.report.why_not_report import ConflictLine, LeftOutLine, PartialLine, RepairLine
from vermegroup.roster import labels_of
from vermegroup.why_not import PartialPlan, WhyNot


def conflict_lines(answers: Sequence[Answer]) -> tuple[ConflictLine, ...]:
    """Every conflict, under its part."""
    return tuple(
        ConflictLine(
            tuple(own.kind for own in conflict.requirements),
            tuple(own.sentence for own in conflict.requirements),
            conflict.sentence,
            conflict.minimal,
            conflict.proof.value,
            part,
        )
        for part, _, why_not in _diagnosed(answers)
        for conflict in why_not.conflicts
    )


def repair_lines(answers: Sequence[Answer]) -> tuple[RepairLine, ...]:
    """Every repair, the cheapest of a part first."""
    return tuple(
        RepairLine(
            repair.remedy.value,
            repair.sentence,
            repair.cost,
            repair.verified,
            repair.cheapest,
            repair.change,
            part,
            repair.told,
            repair.lines,
        )
        for part, _, why_not in _diagnosed(answers)
        for repair in why_not.repairs
    )


def partial_line(answers: Sequence[Answer]) -> PartialLine | None:
    """How far one gets; where the roster is split, with the whole of it."""
    found = (
        _partial(own, why_not.partial)
        for part, own, why_not in _diagnosed(answers)
        if part is None and why_not.partial is not None
    )
    return next(found, None)


def _diagnosed(answers: Sequence[Answer]) -> Iterator[tuple[Phrase | None, Outcome, WhyNot]]:
    for part, own in answers:
        if own.why_not is not None:
            yield part, own, own.why_not


def _partial(own: Outcome, plan: PartialPlan) -> PartialLine:
    roster = own.problem.roster
    labels = labels_of(roster)
    left_out = tuple(
        LeftOutLine(str(roster.ids[left.person]), labels[left.person], left.because)
        for left in plan.left_out
    )
    placed = len(roster) - len(left_out)
    spec = plan.problem.rulebook.groups
    asked = (spec.fewest, spec.most) != (None, None)
    return PartialLine(
        placed,
        plan.grouping.groups,
        plan.bound,
        plan.most,
        left_out,
        asked,
        plan.any_number,
        plan.merges_only,
    )
