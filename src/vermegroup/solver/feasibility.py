"""Whether any grouping keeps all the rules, whatever the number of groups; preferences aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.outcome import Proof
from vermegroup.domain.problem import Problem, must_be_seated
from vermegroup.judge.auditor import audit, confirm
from vermegroup.solver.assignment.single_group import fits_nowhere
from vermegroup.solver.construction.pools import pools_rule_out
from vermegroup.solver.construction.start import construct
from vermegroup.solver.cpsat import Status
from vermegroup.solver.group_counts import Counting
from vermegroup.solver.lns.repair import repair
from vermegroup.solver.patterns.pattern_model import possible_at_all
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Attempt, Draft, numbered
from vermegroup.solver.strategy import attempt_groups


@dataclass(frozen=True, slots=True)
class Decision:
    """``possible`` is True with a grouping (n,) of so many ``groups``, False with a proof, or None.

    Without a waitlist -1 does not occur in ``group_of``.
    """

    possible: bool | None
    group_of: IntArray | None = None
    groups: int = 0
    proof: Proof | None = None


def decide(problem: Problem, search: Search) -> Decision:
    """Find a grouping that keeps all the rules, or prove that there is none.

    What is quick comes first: counting, a deal, then proofs for all numbers of groups at once, and
    at last one number after the other.

    Raises AuditError if the audit does not confirm a grouping, which is a defect.
    """
    bare = problem.bare()
    decision = _decided(bare, search)
    if decision.group_of is not None:
        confirm(audit(bare, numbered(bare, decision.group_of, decision.groups)), ())
    return decision


def _decided(bare: Problem, search: Search) -> Decision:
    if search.expired():
        return Decision(None)
    counting = Counting(bare)
    first = next(counting.open(), None)
    if first is None:
        return Decision(False, proof=Proof.ARITHMETIC)
    draft, possible = construct(bare, bare.plan(first), search)
    if possible:
        return Decision(True, draft.group_of, first, Proof.GROUPING)
    numbers = counting.left(search.expired)
    if not counting.complete:
        return Decision(None)
    if not bare.rulebook.everyone and not len(must_be_seated(bare)):
        # Any group of a grouping can be left out, so the fewest groups decide.
        numbers = [min(numbers)]
    return _searched(bare, numbers, draft, search)


def _searched(bare: Problem, numbers: Sequence[int], draft: Draft, search: Search) -> Decision:
    """What a deal of the most and the fewest groups tells, and then a search."""
    for groups in sorted({max(numbers), min(numbers)} - {draft.plan.groups}, reverse=True):
        if search.expired():
            return Decision(None)
        draft, possible = construct(bare, bare.plan(groups), search)
        if possible:
            return Decision(True, draft.group_of, groups, Proof.GROUPING)
    counted, ruled_out = _at_once(bare, numbers, draft, search)
    if ruled_out:
        return Decision(False, proof=Proof.SEARCH)
    return counted or _one_by_one(bare, numbers, search)


def all_ruled_out(problem: Problem, numbers: Sequence[int], search: Search) -> bool:
    """Whether it is proven, twice, that none of these numbers of groups is possible."""
    if search.expired():
        return False
    bare = problem.bare()
    draft, _ = construct(bare, bare.plan(numbers[0]), search)
    return _at_once(bare, numbers, draft, search)[1]


def _at_once(
    problem: Problem, numbers: Sequence[int], draft: Draft, search: Search
) -> tuple[Decision | None, bool]:
    """A grouping that counting patterns leads to, if it does; and whether nothing is possible."""
    counted = possible_at_all(problem, numbers, search)
    if counted.status is Status.INFEASIBLE or pools_rule_out(problem, numbers, search):
        return None, True
    if counted.group_of is not None:
        plan = problem.plan(counted.groups)
        mended = Draft(problem, plan, counted.group_of)
        if repair(mended, (), search) and mended.valid(everyone=plan.everyone):
            return Decision(True, mended.group_of, counted.groups, Proof.GROUPING), False
    return None, bool(len(fits_nowhere(problem, draft.without_place(), search)))


def _one_by_one(problem: Problem, numbers: Sequence[int], search: Search) -> Decision:
    settled = True
    for groups in numbers:
        attempt: Attempt = attempt_groups(problem, problem.plan(groups), search)
        if attempt.group_of is not None:
            return Decision(True, attempt.group_of, groups, Proof.GROUPING)
        settled = settled and attempt.possible is False
        if search.expired():
            break
    else:
        if settled:
            return Decision(False, proof=Proof.SEARCH)
    return Decision(None)
