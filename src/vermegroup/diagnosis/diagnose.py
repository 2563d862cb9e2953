"""Diagnose an outcome without groups: why not, what would help, and how far one gets."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from vermegroup.diagnosis.explain import MOST_ASKED, explained, left_out
from vermegroup.diagnosis.minimise import Least, fewest_waiting
from vermegroup.diagnosis.mus import Oracle, conflicts, only
from vermegroup.diagnosis.repairs.bands import band_repairs
from vermegroup.diagnosis.repairs.counts import number_repairs, size_repairs
from vermegroup.diagnosis.repairs.recruits import recruit_repairs
from vermegroup.diagnosis.repairs.relax_rule import rule_repairs, waitlist_repair
from vermegroup.diagnosis.written import Written
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.outcome import (
    Conflict,
    LeftOut,
    Outcome,
    PartialPlan,
    PartOutcome,
    Proof,
    Repair,
    Verdict,
    WhyNot,
)
from vermegroup.domain.problem import Problem
from vermegroup.domain.split import Part, parts_of
from vermegroup.judge.audit import audit, confirm
from vermegroup.language.phrase import Phrase
from vermegroup.rulebooks.write import with_groups
from vermegroup.solver.assignment.single_group import fits_nowhere
from vermegroup.solver.feasibility import Decision
from vermegroup.solver.form import form
from vermegroup.solver.form_parts import because_of_parts
from vermegroup.solver.group_counts import Counting
from vermegroup.solver.search import Limits, Search
from vermegroup.solver.solution import named, numbered, promised

Diagnose = Callable[[Outcome, Limits, Written], Outcome]


def each_part(outcome: Outcome, limits: Limits, diagnose: Diagnose) -> Outcome:
    """Diagnose the parts without groups, and join what can be placed of all into one plan.

    They share the time; what one leaves over is there for those that follow, and once it is over
    no further one is diagnosed.
    """
    ends = time.monotonic() + limits.seconds
    left = sum(map(_unexplained, outcome.parts))
    parts: list[PartOutcome] = []
    for own in outcome.parts:
        seconds = max(0.0, ends - time.monotonic())
        if not _unexplained(own) or not seconds:
            parts.append(own)
            continue
        written = Written(outcome.problem, own.outcome.problem, form, own.value)
        shared = replace(limits, seconds=seconds / left)
        parts.append(replace(own, outcome=diagnose(own.outcome, shared, written)))
        left -= 1
    return replace(
        outcome,
        parts=tuple(parts),
        because=because_of_parts(outcome.problem, parts),
        why_not=WhyNot(partial=_joined(outcome, parts)),
        deterministic=not left and all(own.outcome.deterministic for own in parts),
    )


def _unexplained(part: PartOutcome) -> bool:
    return part.outcome.verdict in (Verdict.IMPOSSIBLE, Verdict.UNDECIDED)


def _joined(outcome: Outcome, parts: Sequence[PartOutcome]) -> PartialPlan | None:
    """The groups of every part, numbered through; a part that can have none waits.

    None where parts have groups of which none was kept, as in a check.
    """
    if any(own.outcome.grouping is None and not _unexplained(own) for own in parts):
        return None
    group_of = np.full(len(outcome.problem.roster), WAITLIST, dtype=np.int64)
    promises: dict[int, str] = {}
    left_out: list[LeftOut] = []
    any_number = any(own.any_number for own in map(_joined_plan, parts) if own is not None)
    groups = bound = 0
    for part, own in zip(parts_of(outcome.problem), parts, strict=True):
        grouping = _grouping(own)
        seated = grouping.group_of != WAITLIST
        group_of[part.people[seated]] = groups + grouping.group_of[seated]
        groups, bound = groups + grouping.groups, bound + _bound(own, any_number=any_number)
        left_out += _left_out(part, own.outcome, grouping)
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


def _left_out(part: Part, own: Outcome, grouping: Grouping) -> list[LeftOut]:
    partial = None if own.why_not is None else own.why_not.partial
    if partial is not None and own.grouping is None:
        return [replace(left, person=int(part.people[left.person])) for left in partial.left_out]
    because = _NO_PLACE if grouping.groups else _NOT_FOUND
    because = _NONE if _has_none(own) else because
    waiting = part.people[grouping.waitlist()].tolist()
    return [LeftOut(person, because) for person in waiting]


def _has_none(own: Outcome) -> bool:
    """Whether it is proven that a part can have no group at all."""
    return own.grouping is None and own.why_not is not None and own.why_not.none


_NONE = Phrase(
    "no group can be formed in this part",
    "tähän osaan ei voi muodostaa yhtään ryhmää",
    "ingen grupp kan bildas i den här delen",
)
_NOT_FOUND = Phrase(
    "no group was found for this part",
    "tälle osalle ei löytynyt yhtään ryhmää",
    "ingen grupp hittades för den här delen",
)
_NO_PLACE = Phrase(
    "no place was found in a group of this part",
    "tämän osan ryhmistä ei löytynyt paikkaa",
    "ingen plats hittades i den här delens grupper",
)


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
    for remedy in _REMEDIES:
        own = search.within(*REMEDY)
        for repair in remedy(written, found, own):
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
        alone = only(outcome.problem, own)
        sentence = explained(alone, own, proof, search, minimal=minimal)
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
