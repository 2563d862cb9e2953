"""Compare two groupings: bonds, moves, and how rules and preferences stand."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from vermegroup.app.inputs import (
    RulebookChoice,
    chosen_for,
    day_of,
    inputs_of,
    look_for,
    naming,
    with_columns,
)
from vermegroup.app.privacy.how import AS_IT_IS, How
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Move, Rebalance, bonds_between
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.problem import Problem, problem_of
from vermegroup.domain.roster import Roster, labels_of
from vermegroup.domain.rulebook import Rulebook
from vermegroup.domain.split import unused_parts
from vermegroup.intake.pipeline import Look
from vermegroup.judge.auditor import audit, judged
from vermegroup.language.messages import Message, _, verbatim
from vermegroup.language.terms import people_of
from vermegroup.rebalancing.changes import compared_audits
from vermegroup.report.build import build_report, provenance_of


def compare_groups(
    before: str, after: str, choice: RulebookChoice, how: How = AS_IT_IS
) -> ReportedOutcome:
    """Read two groupings and judge the later one beside the earlier one. Writes nothing.

    Raises:
        InputError: a grouping or the rulebook cannot be read; with every finding.
    """
    started, names = time.monotonic(), naming(how)
    with names.faults(before, after):
        rulebook = with_columns(chosen_for(after, choice), how.columns)
        how = replace(how, day=day_of(after) or how.day)
        looks = [look_for(file, rulebook, how, grouped=True) for file in (before, after)]
        looks = [names.look(look, rulebook) for look in looks]
        rulebook = names.rulebook(rulebook)
        earlier, later = looks
        old_problem, old = _read(earlier, rulebook, later)
        problem, new = _read(later, rulebook, earlier)
    outcome = judged(problem, new, started)
    findings = (*looks[1].remarks(), *problem.notices(), *unused_parts(problem))
    tables = (problem.roster.table, old_problem.roster.table)
    provenance = provenance_of(outcome, None, tables, inputs_of(rulebook), how.day.isoformat())
    report = build_report(outcome, findings, provenance, judged=True)
    comparison = _comparison(old_problem, old, problem, new)
    return ReportedOutcome(outcome, replace(report, rebalance=comparison))


def _read(look: Look, rulebook: Rulebook, other: Look) -> tuple[Problem, Grouping]:
    """A grouping under the rules; those that name people of the other file alone hold there."""
    here, there = (frozenset(map(str, side.participants().ids)) for side in (look, other))
    problem = problem_of(look.participants(), rulebook.without(there - here))
    assert look.grouping is not None  # it is read, or stops the run, with the roster
    return problem, look.grouping


def _comparison(old_problem: Problem, old: Grouping, problem: Problem, new: Grouping) -> Rebalance:
    places = old_problem.roster.positions([str(id_) for id_ in problem.roster.ids])
    both = np.flatnonzero(places >= 0)
    before = old.group_of[places[both]]
    after = new.group_of[both]
    gone = len(old_problem.roster) - len(both)
    added = len(problem.roster) - len(both)
    whole = np.full(len(problem.roster), WAITLIST, dtype=np.int64)
    whole[both] = before
    return Rebalance(
        bonds_between(whole, new.group_of),
        tuple(_moves(problem.roster, both, _named(old, before), _named(new, after))),
        _touched(old, new, places),
        compared=compared_audits(
            (old_problem, audit(old_problem, old)), (problem, audit(problem, new))
        ),
        remarks=tuple(remark for remark in (_gone(gone), _added(added)) if remark is not None),
    )


def _named(grouping: Grouping, group_of: IntArray) -> list[str]:
    names = [*grouping.names, ""]
    return [names[group] for group in group_of.tolist()]


def _moves(roster: Roster, people: IntArray, before: list[str], after: list[str]) -> list[Move]:
    labels = labels_of(roster)
    return [
        Move(str(roster.ids[person]), labels[person], origin, target, verbatim(""))
        for person, origin, target in zip(people.tolist(), before, after, strict=True)
        if origin != target
    ]


def _touched(old: Grouping, new: Grouping, places: IntArray) -> int:
    """How many of the earlier groups are no longer the same people."""
    later = {frozenset(places[new.members(group)].tolist()) for group in range(new.groups)}
    earlier = (frozenset(old.members(group).tolist()) for group in range(old.groups))
    return sum(group not in later for group in earlier)


def _gone(count: int) -> Message | None:
    if not count:
        return None
    return _("Only in the earlier file: {people}", people=people_of(count))


def _added(count: int) -> Message | None:
    if not count:
        return None
    return _("Only in the later file: {people}", people=people_of(count))
