"""Form groups of a roster that may be split: each part by itself, and one answer of them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import repeat

import numpy as np

from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.outcome import (
    Outcome,
    PartOutcome,
    Verdict,
    because_of_parts,
    verdict_of_parts,
)
from vermegroup.domain.problem import Problem, must_be_seated
from vermegroup.domain.split import Part, parts_of
from vermegroup.judge.auditor import audit, confirm
from vermegroup.solver import form_part
from vermegroup.solver.different_times import form_at_different_times
from vermegroup.solver.join_parts import joined
from vermegroup.solver.search import SILENT, Limits, Listener


def form(problem: Problem, limits: Limits | None = None, listener: Listener = SILENT) -> Outcome:
    """Form groups of a roster under its rulebook, or say why that cannot be.

    Under a rulebook with ``split_by`` each part forms its groups apart, and there is a grouping
    of the whole only where every part has one. A part that can have no group waits where its
    rulebook allows a waitlist. The parts share the effort by their people.

    Raises AuditError if the audit does not confirm the result, which is a defect.
    """
    split = problem.rulebook.split
    limits = (limits or Limits()).begun()
    if split is None:
        return form_whole(problem, limits, listener)
    parts = parts_of(problem)
    form_one = partial(form_whole, listener=listener)
    outcomes = _waiting(each_part(parts, limits, form_one))
    whole = Outcome(
        verdict_of_parts(outcomes),
        problem,
        (),
        because=because_of_parts(problem, outcomes),
        deterministic=all(part.outcome.deterministic for part in outcomes),
        seconds=_added([part.outcome.seconds for part in outcomes]),
        parts=outcomes,
    )
    return _joined(whole, parts)


def form_whole(problem: Problem, limits: Limits, listener: Listener = SILENT) -> Outcome:
    """Form groups of a roster that nothing splits, as :func:`form` does."""
    return form_at_different_times(problem, limits, listener, form_part.form)


def each_part(
    parts: Sequence[Part], limits: Limits, answer: Callable[[Problem, Limits], Outcome]
) -> tuple[PartOutcome, ...]:
    """The answer of each part. Effort that one leaves over is there for those that follow."""
    limits = limits.begun()
    waiting = sum(len(part.people) for part in parts)
    found: list[PartOutcome] = []
    for part in parts:
        share = limits.only(limits.left() * len(part.people) / waiting)
        found.append(PartOutcome(part.value, answer(part.problem, share)))
        waiting -= len(part.people)
    return tuple(found)


def _waiting(outcomes: tuple[PartOutcome, ...]) -> tuple[PartOutcome, ...]:
    """Parts without any possible group as formed ones with none, unless no part can have one."""
    if all(part.outcome.verdict is Verdict.IMPOSSIBLE for part in outcomes):
        return outcomes
    return tuple(
        replace(part, outcome=_all_waiting(part.outcome)) if may_wait(part.outcome) else part
        for part in outcomes
    )


def may_wait(part: Outcome) -> bool:
    """Whether no rule is in the way of a part that has no possible group."""
    if part.verdict is not Verdict.IMPOSSIBLE or part.problem.rulebook.everyone:
        return False
    return not len(must_be_seated(part.problem))


def _all_waiting(part: Outcome) -> Outcome:
    nowhere = np.full(len(part.problem.roster), WAITLIST, dtype=np.int64)
    grouping = Grouping(nowhere)
    audited = audit(part.problem, grouping)
    return replace(part, verdict=Verdict.FORMED, grouping=grouping, audit=audited)


def _joined(whole: Outcome, parts: Sequence[Part]) -> Outcome:
    """The outcome with one grouping of all, whose groups are numbered through, and its audit."""
    found = [part.outcome.grouping for part in whole.parts if part.outcome.grouping is not None]
    if len(found) < len(parts):
        return whole
    grouping = joined(len(whole.problem.roster), zip(parts, found, strict=True))
    renamed = map(_renamed, parts, whole.parts, repeat(grouping))
    return _confirmed(replace(whole, grouping=grouping, parts=tuple(renamed)))


def _renamed(part: Part, answer: PartOutcome, whole: Grouping) -> PartOutcome:
    """A part's answer with the names that its groups have in the whole."""
    group_of = whole.group_of[part.people]
    groups, local = np.unique(group_of[group_of != WAITLIST], return_inverse=True)
    alone = np.full(len(group_of), WAITLIST, dtype=np.int64)
    alone[group_of != WAITLIST] = local
    grouping = Grouping(alone, tuple(whole.names[group] for group in groups))
    return replace(answer, outcome=replace(answer.outcome, grouping=grouping))


def _confirmed(whole: Outcome) -> Outcome:
    """The outcome with the audit of the grouping as it will be written."""
    assert whole.grouping is not None
    audited = audit(whole.problem, whole.grouping)
    confirm(audited, whole.preferences)
    for judged, answer in zip(audited.parts, whole.parts, strict=True):
        confirm(judged.audit, answer.outcome.preferences)
    return replace(whole, audit=audited)


def _added(seconds: Sequence[Mapping[str, float]]) -> dict[str, float]:
    stages = dict.fromkeys(stage for of_part in seconds for stage in of_part)
    return {stage: sum(of_part.get(stage, 0.0) for of_part in seconds) for stage in stages}
