"""Diagnose an outcome without groups: why not, what would help, and how far one gets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vermegroup.audit import audit, confirm
from vermegroup.diagnosis.conflicts import conflicts
from vermegroup.diagnosis.explaining import MOST_ASKED, explained
from vermegroup.diagnosis.least import Least
from vermegroup.diagnosis.left_out import left_out
from vermegroup.diagnosis.oracle import Oracle
from vermegroup.diagnosis.parts import each_part
from vermegroup.diagnosis.repairs import repairs
from vermegroup.diagnosis.repairs.waitlist import waitlist_repair
from vermegroup.diagnosis.waiting import fewest_waiting
from vermegroup.diagnosis.written import Written
from vermegroup.outcome import Outcome, Verdict
from vermegroup.problem import Problem
from vermegroup.roster import IntArray
from vermegroup.rules.amending import with_groups
from vermegroup.solver.counting import Counting
from vermegroup.solver.deciding import Decision
from vermegroup.solver.limits import Limits, Search
from vermegroup.solver.nowhere import fits_nowhere
from vermegroup.solver.numbering import numbered
from vermegroup.why_not import Conflict, PartialPlan, Proof, Repair, WhyNot

# Deterministic seconds of one call of the solver; and the seconds, and the share of the time there
# is, that the conflicts and the plan may take at the most.
THOROUGH = 1.0
CONFLICTS = (8.0, 0.4)
PLAN = (4.0, 0.25)


def diagnose(outcome: Outcome, limits: Limits) -> Outcome:
    """Add to an outcome without groups why there are none, and what would help.

    ``limits`` are for this alone. Of a split roster each part without groups is diagnosed. An
    outcome with groups comes back as it is.

    Raises AuditError if the audit does not confirm the partial plan, which is a defect.
    """
    return _diagnosed(outcome, limits, Written(outcome.problem, outcome.problem))


def _diagnosed(outcome: Outcome, limits: Limits, written: Written) -> Outcome:
    if outcome.verdict not in (Verdict.IMPOSSIBLE, Verdict.UNDECIDED):
        return outcome
    if outcome.parts:
        return each_part(outcome, limits, _diagnosed)
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
    plan, waitlist = _partial(written, impossible=impossible, search=searches[1])
    told = [] if waitlist is None else [waitlist]
    for repair, own in repairs(written, found, search):
        searches.append(own)
        told.append(repair)
    if not impossible:  # no change at all may be enough
        told = [replace(repair, cheapest=False) for repair in told]
    told.sort(key=lambda repair: repair.cost)
    cut_short = any(own.cut_short for own in searches)
    none = plan is None and _no_group(outcome, search)
    return WhyNot(found, tuple(told), plan, none, deterministic=not cut_short)


def _no_group(outcome: Outcome, search: Search) -> bool:
    """Whether it is proven that there is not one group, with whatever number and whoever waits."""
    book = outcome.problem.rulebook
    spec = replace(book.groups, fewest=None, most=None)
    if outcome.verdict is Verdict.IMPOSSIBLE and not book.everyone and spec == book.groups:
        return True
    rules = tuple(own for own in book.rules if not own.seats_everyone)
    free = replace(outcome.problem, rulebook=with_groups(book, spec)).under(rules)
    counting = Counting(free)
    return not counting.left(search.expired) and counting.complete


def _conflicts(outcome: Outcome, search: Search) -> tuple[Conflict, ...]:
    oracle = Oracle(outcome.problem, search)
    arithmetic = all(count.proof is Proof.ARITHMETIC for count in outcome.group_counts)
    proof = Proof.ARITHMETIC if arithmetic else Proof.SEARCH
    oracle.learn_impossible(oracle.all, Decision(False, proof=proof))
    found = []
    for requirements, minimal in conflicts(oracle):
        own = tuple(each for each in oracle.all if each in requirements)
        proof = oracle.decided(own).proof or Proof.SEARCH
        sentence = explained(outcome.problem, own, proof, search, minimal=minimal)
        found.append(Conflict(own, sentence, minimal, proof))
    return tuple(found)


def _partial(
    written: Written, *, impossible: bool, search: Search
) -> tuple[PartialPlan | None, Repair | None]:
    """The best partial plan; and as a repair, where only a place for everyone is in its way.

    With the number of groups that was asked for, or else with any: these are two questions, and
    what is known of the first, that not everyone has a place, says nothing of the second.
    """
    problem = written.problem
    book = problem.rulebook
    everyone = next(own for own in (*book.rules, *book.preferences) if own.seats_everyone)
    asked = problem.under(tuple(own for own in book.rules if own != everyone))
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
    told_by_kinds = all(rule.anonymous and not rule.sets() for rule in problem.rulebook.rules)
    if told_by_kinds or len(people) > MOST_ASKED:
        return people[:0]
    return fits_nowhere(problem, people, search)


def _plan(problem: Problem, found: Least, nowhere: IntArray) -> PartialPlan:
    """The plan with its names and reasons; it passes the audit like any other."""
    grouping = numbered(problem, found.group_of, found.groups)
    confirm(audit(problem, grouping), ())
    people = len(problem.roster)
    waiting = left_out(problem, grouping, nowhere)
    return PartialPlan(problem, grouping, waiting, people - min(found.bound, found.amount))
