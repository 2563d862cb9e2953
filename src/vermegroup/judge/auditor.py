"""The solver-free judge: recomputes every rule and every preference of a grouping.

It shares the rules' own check with nobody but the report, and knows nothing of how the grouping
came about; a disagreement with the solver is a defect and is said aloud.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from vermegroup.domain.findings import AuditError
from vermegroup.domain.grouping import Grouping, Seating, numbered
from vermegroup.domain.kind import Kind
from vermegroup.domain.outcome import Audit, Outcome, PartAudit, PartOutcome, RuleStanding, Verdict
from vermegroup.domain.plan import Breach, Plan
from vermegroup.domain.problem import PreferenceStanding, Problem
from vermegroup.domain.split import parts_in
from vermegroup.judge.bounds import standings
from vermegroup.judge.rivals import Rivals, numbers_allowed, over_all_numbers
from vermegroup.rules.count import count_asked


def audit(problem: Problem, grouping: Grouping | npt.ArrayLike) -> Audit:
    """Judge any grouping, hand-made or another tool's; of a split roster, each part too.

    It may be a bare array with the number of each participant's group.

    Raises:
        ValueError: the grouping is not of this roster's participants, one by one.
    """
    if not isinstance(grouping, Grouping):
        grouping = numbered(grouping)
    if len(grouping.group_of) != len(problem.roster):
        raise ValueError(
            f"the grouping is of {len(grouping.group_of)} participants, and the roster has "
            f"{len(problem.roster)}"
        )
    seating = grouping.seating()
    plan = problem.plan(grouping.groups, placed=len(seating.people))
    rules = rules_in(problem, grouping)
    parts = (
        PartAudit(part.value, part.problem, part_grouping, audit(part.problem, part_grouping))
        for part, part_grouping in parts_in(problem, grouping)
    )
    return Audit(plan, rules, _preferences(problem, plan, seating), tuple(parts))


def rules_in(problem: Problem, grouping: Grouping) -> tuple[RuleStanding, ...]:
    """How each rule stands in a grouping; those of the parts of a split roster are not asked."""
    seating = grouping.seating()
    plan = problem.plan(grouping.groups, placed=len(seating.people))
    rules = rules_judged(problem)
    return tuple(_standing(problem, plan, seating, rule) for rule in rules)


def rules_judged(problem: Problem) -> tuple[Kind, ...]:
    """The rules in their order, and the number of groups where one was asked for."""
    return (*problem.rulebook.rules, *count_asked(problem))


def keeps_rules(problem: Problem, grouping: Grouping) -> bool:
    """Whether every rule holds, in every part: what :func:`audit` says, without preferences."""
    return all(standing.satisfied for standing in rules_in(problem, grouping)) and all(
        keeps_rules(part.problem, own) for part, own in parts_in(problem, grouping)
    )


def _preferences(problem: Problem, plan: Plan, seating: Seating) -> tuple[PreferenceStanding, ...]:
    if not plan.groups:  # where all are on the waitlist a preference has nothing to count
        return ()
    judged = standings(problem, plan, seating)
    numbers = numbers_allowed(problem)
    rivals = Rivals(problem, numbers if plan.groups in numbers else [*numbers, plan.groups])
    contest = rivals.against(plan.groups, [standing.value for standing in judged])
    return over_all_numbers(judged, rivals, contest)


def confirm(audited: Audit, reported: Sequence[PreferenceStanding]) -> None:
    """Raise AuditError unless every rule holds and every value is as reported."""
    for standing in audited.rules:
        for breach in standing.breaches:
            raise AuditError(f"{standing.rule.kind}: {breach.sentence}")
    for said, found in zip(reported, audited.preferences, strict=True):
        if said.value != found.value:
            raise AuditError(f"{said.preference.kind}: reported {said.value}, found {found.value}")


def _standing(problem: Problem, plan: Plan, seating: Seating, rule: Kind) -> RuleStanding:
    breaches = []
    if plan.groups:
        amounts = rule.shortfall(problem.roster, plan, seating)
        breaches = [
            _breach(problem, plan, seating, rule, int(group), int(amounts[group]))
            for group in np.flatnonzero(amounts)
        ]
    overall = rule.overall(problem.roster, plan, seating)
    if overall is not None:
        breaches.append(overall)
    margin = rule.margin(problem.roster, plan) if plan.groups else None
    return RuleStanding(rule, tuple(breaches), margin)


def _breach(
    problem: Problem, plan: Plan, seating: Seating, rule: Kind, group: int, amount: int
) -> Breach:
    # Seats stand group by group, so that many breaches do not cost the roster's length each.
    first, last = np.searchsorted(seating.group, [group, group + 1])
    members = seating.people[first:last]
    sentence, people = rule.breach(problem.roster, plan, members)
    return Breach(group, amount, people, sentence)


def judged(problem: Problem, grouping: Grouping, started: float) -> Outcome:
    """The audit's verdict as an outcome."""
    outcome = _outcome(problem, grouping, audit(problem, grouping))
    return replace(outcome, seconds={"audit": time.monotonic() - started})


def _outcome(problem: Problem, grouping: Grouping, judgement: Audit) -> Outcome:
    return Outcome(
        Verdict.FORMED if judgement.valid else Verdict.INVALID,
        problem,
        (),
        grouping,
        judgement,
        tuple(
            replace(standing, proven=standing.proven and judgement.valid)
            for standing in judgement.preferences
        ),
        parts=tuple(
            PartOutcome(part.value, _outcome(part.problem, part.grouping, part.audit))
            for part in judgement.parts
        ),
    )
