"""Diagnose an outcome without groups: why not, what would help, and how far one gets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vermegroup.diagnosis.explain import MOST_ASKED, explained, left_out
from vermegroup.diagnosis.minimise import Least, fewest_waiting
from vermegroup.diagnosis.mus import Oracle, conflicts, only
from vermegroup.diagnosis.parts import each_part
from vermegroup.diagnosis.repairs.recruits import recruit_repairs
from vermegroup.diagnosis.repairs.relax_rule import rule_repairs, waitlist_repair
from vermegroup.diagnosis.repairs.sizes_and_counts import band_repairs, number_repairs, size_repairs
from vermegroup.diagnosis.written import Written
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.outcome import (
    Conflict,
    GroupCount,
    Outcome,
    PartialPlan,
    PartOutcome,
    Proof,
    Repair,
    Verdict,
    WhyNot,
)
from vermegroup.domain.problem import Problem
from vermegroup.judge.auditor import audit, confirm
from vermegroup.rulebooks.write import with_groups
from vermegroup.solver.assignment.single_group import fits_nowhere
from vermegroup.solver.feasibility import Decision, decide
from vermegroup.solver.form_part import form
from vermegroup.solver.group_counts import Counting
from vermegroup.solver.search import Limits, Search
from vermegroup.solver.solution import numbered

# Deterministic seconds of one call of the solver; and the seconds, and the share of the time there
# is, that the conflicts and the plan may take at the most.
THOROUGH = 1.0
CONFLICTS = (8.0, 0.4)
PLAN = (4.0, 0.25)
# The same of each remedy.
REMEDY = (2.0, 0.1)
_REMEDIES = (recruit_repairs, size_repairs, number_repairs, band_repairs, rule_repairs)


def diagnose(outcome: Outcome, limits: Limits) -> Outcome:
    """Add to an outcome without groups why there are none, and what would help.

    ``limits`` are for this alone. Of a split roster each part without groups is diagnosed. An
    outcome with groups comes back as it is.

    Raises AuditError if the audit does not confirm the partial plan, which is a defect.
    """
    return _diagnosed(outcome, limits, Written(outcome.problem, outcome.problem, form))


def _diagnosed(outcome: Outcome, limits: Limits, written: Written) -> Outcome:
    if outcome.verdict not in (Verdict.IMPOSSIBLE, Verdict.UNDECIDED):
        return outcome
    if outcome.problem.roster.has_further_seats and not outcome.parts:
        return outcome  # conflicts and repairs are told for people with one seat each
    if outcome.parts:

        def diagnosed_part(part: Outcome, limits: Limits, value: str) -> Outcome:
            written = Written(outcome.problem, part.problem, form, value)
            return _diagnosed(part, limits, written)

        return each_part(outcome, limits, diagnosed_part)
    search = Search(limits, THOROUGH)
    with search.stage("diagnose"):
        why_not = _why_not(outcome, written, search)
    because = outcome.because
    searched = any(count.proof is Proof.SEARCH for count in outcome.group_counts)
    if searched and why_not.conflicts:
        because = why_not.conflicts[0].sentence
    return replace(
        outcome,
        because=because,
        why_not=why_not,
        deterministic=outcome.deterministic and why_not.deterministic,
        seconds={**outcome.seconds, "diagnose": search.seconds["diagnose"]},
    )


def _why_not(outcome: Outcome, written: Written, search: Search) -> WhyNot:
    impossible = outcome.verdict is Verdict.IMPOSSIBLE
    searches = [search.within(*CONFLICTS)]
    found = _conflicts(outcome, searches[0]) if impossible else ()
    searches.append(search.within(*PLAN))
    plan, waitlist = _as_planned(outcome, written, searches[1]) or _partial(
        written, impossible=impossible, search=searches[1]
    )
    repairs = [] if waitlist is None else [waitlist]
    for remedy in _REMEDIES:
        remedy_search = search.within(*REMEDY)
        for repair in remedy(written, found, remedy_search):
            searches.append(remedy_search)
            repairs.append(repair)
    if not impossible:  # no change at all may be enough
        repairs = [replace(repair, cheapest=False) for repair in repairs]
    repairs.sort(key=lambda repair: repair.cost)
    cut_short = any(search.cut_short for search in searches)
    none = plan is None and _no_group(outcome, search)
    return WhyNot(found, tuple(repairs), plan, none, deterministic=not cut_short)


def _no_group(outcome: Outcome, search: Search) -> bool:
    """Whether it is proven that there is not one group, with whatever number and whoever waits."""
    book = outcome.problem.rulebook
    spec = replace(book.groups, fewest=None, most=None)
    if outcome.verdict is Verdict.IMPOSSIBLE and not book.everyone and spec == book.groups:
        return True
    rules = tuple(rule for rule in book.rules if not rule.seats_everyone)
    free = replace(outcome.problem, rulebook=with_groups(book, spec)).under(rules)
    counting = Counting(free)
    return not counting.left(search.expired) and counting.complete


def _conflicts(outcome: Outcome, search: Search) -> tuple[Conflict, ...]:
    oracle = Oracle(outcome.problem, search)
    arithmetic = all(count.proof is Proof.ARITHMETIC for count in outcome.group_counts)
    proof = Proof.ARITHMETIC if arithmetic else Proof.SEARCH
    oracle.learn_impossible(oracle.all, Decision(False, proof=proof))
    asked = [count.groups for count in outcome.group_counts if count.part is None]
    found = []
    for requirements, minimal in conflicts(oracle):
        ordered = tuple(each for each in oracle.all if each in requirements)
        proof = oracle.decided(ordered).proof or Proof.SEARCH
        alone = only(outcome.problem, ordered)
        sentence = explained(alone, ordered, proof, search, minimal=minimal, asked=asked)
        found.append(Conflict(ordered, sentence, minimal, proof))
    return tuple(found)


def _as_planned(
    outcome: Outcome, written: Written, search: Search
) -> tuple[PartialPlan, Repair | None] | None:
    """The plan that an outcome has, and who waits in it as a repair; None where it has none."""
    plan = None if outcome.why_not is None else outcome.why_not.partial
    book = written.problem.rulebook
    if plan is None or not plan.grouping.groups:
        return None
    waiting = len(plan.left_out)
    if not book.everyone or plan.any_number or not waiting:
        return plan, None
    everyone = next(kind for kind in book.rules if kind.seats_everyone)
    bound = max(
        len(plan.grouping.group_of) - plan.bound, int(outcome.verdict is Verdict.IMPOSSIBLE)
    )
    found = Least(plan.grouping.group_of, plan.grouping.groups, waiting, bound)
    return plan, waitlist_repair(written, everyone, found, search)


def _partial(
    written: Written, *, impossible: bool, search: Search
) -> tuple[PartialPlan | None, Repair | None]:
    """The best partial plan; and as a repair, where only a place for everyone is in its way.

    With the number of groups that was asked for, or else with any: these are two questions, and
    what is known of the first, that not everyone has a place, says nothing of the second.
    """
    problem = written.problem
    book = problem.rulebook
    everyone = next(kind for kind in (*book.rules, *book.preferences) if kind.seats_everyone)
    asked = problem.under(tuple(rule for rule in book.rules if rule != everyone))
    nowhere = _nowhere(asked, search)
    if book.everyone or not impossible:
        found = fewest_waiting(asked, everyone, max(int(impossible), len(nowhere)), search)
        if found is not None:
            plan = _plan(asked, found, nowhere)
            if not book.everyone or not plan.left_out:
                return plan, None
            return plan, waitlist_repair(written, everyone, found, search)
    spec = replace(book.groups, fewest=None, most=None)
    if spec == book.groups:
        return None, None
    free = replace(asked, rulebook=with_groups(asked.rulebook, spec))
    found = fewest_waiting(free, everyone, len(nowhere), search)
    if found is None:
        return None, None
    return replace(_plan(free, found, nowhere), any_number=True), None


def _nowhere(problem: Problem, search: Search) -> IntArray:
    """Who can be in no group at all; asked only where persons matter and are not too many."""
    people = np.arange(len(problem.roster))
    anonymous = all(rule.anonymous and not rule.sets() for rule in problem.rulebook.rules)
    if anonymous or len(people) > MOST_ASKED:
        return people[:0]
    return fits_nowhere(problem, people, search)


def _plan(problem: Problem, found: Least, nowhere: IntArray) -> PartialPlan:
    """The plan with its names and reasons; it passes the audit like any other."""
    grouping = numbered(problem, found.group_of, found.groups)
    confirm(audit(problem, grouping), ())
    people = len(problem.roster)
    waiting = left_out(problem, grouping, nowhere)
    return PartialPlan(problem, grouping, waiting, people - min(found.bound, found.amount))


def diagnosed(outcome: Outcome, limits: Limits) -> Outcome:
    """An outcome without groups with what diagnosis says of it, by the effort that is left."""
    if outcome.verdict not in (Verdict.IMPOSSIBLE, Verdict.UNDECIDED):
        return outcome
    return diagnose(outcome, _left(limits))


def _left(limits: Limits) -> Limits:
    return replace(limits.only(limits.left()), workers=1)


def with_reasons(outcome: Outcome, limits: Limits) -> Outcome:
    """An outcome that has a partial plan, with the conflicts and repairs of those it is about.

    Of a split roster these are told of each part that has a partial plan.
    """
    if outcome.problem.roster.has_further_seats:
        return outcome  # conflicts and repairs are told for people with one seat each
    if not outcome.parts:
        return _with_reasons(outcome, limits, Written(outcome.problem, outcome.problem, form))
    left = sum(part.outcome.why_not is not None for part in outcome.parts)
    parts: list[PartOutcome] = []
    for part in outcome.parts:
        written = Written(outcome.problem, part.outcome.problem, form, part.value)
        shared = limits.only(limits.left() / max(1, left))
        parts.append(replace(part, outcome=_with_reasons(part.outcome, shared, written)))
        left -= part.outcome.why_not is not None
    steady = all(part.outcome.deterministic for part in parts)
    return replace(outcome, parts=tuple(parts), deterministic=outcome.deterministic and steady)


def _with_reasons(outcome: Outcome, limits: Limits, written: Written) -> Outcome:
    if outcome.why_not is None:
        return outcome
    assert outcome.because is not None
    plan = outcome.why_not.partial
    groups = 0 if plan is None else plan.grouping.groups
    verdict, possible = _for_any_groups(outcome, limits)
    searched = GroupCount(groups, possible, outcome.because, Proof.SEARCH)
    asked = replace(outcome, verdict=verdict, group_counts=(searched,))
    diagnosis = _diagnosed(asked, _left(limits), written)
    if diagnosis.why_not is None:
        return outcome
    why_not = replace(diagnosis.why_not, partial=plan)
    return replace(diagnosis, verdict=outcome.verdict, group_counts=(), why_not=why_not)


def _for_any_groups(outcome: Outcome, limits: Limits) -> tuple[Verdict, bool | None]:
    """What holds of groups of these people in general, shown anew: regrouping has other ways."""
    if outcome.verdict is not Verdict.IMPOSSIBLE:
        return outcome.verdict, None
    search = Search(replace(limits.only(limits.left() / 2), workers=1))
    possible = decide(outcome.problem, search).possible
    return (Verdict.IMPOSSIBLE, False) if possible is False else (Verdict.UNDECIDED, None)
