"""Which numbers of groups are possible, by finding a grouping of each; none is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.outcome import GroupCount, Verdict
from vermegroup.domain.problem import Problem
from vermegroup.judge.auditor import audit, confirm
from vermegroup.language.messages import Message, _
from vermegroup.solver.construction.start import construct
from vermegroup.solver.form_part import attempt_groups, counted_as, none_possible
from vermegroup.solver.group_counts import Counting, count_table, why_none
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Attempt, numbered


@dataclass(frozen=True, slots=True)
class Possibility:
    """The table of numbers, and what it comes to: FORMED where some number is possible.

    The table of a large roster does not list every number, so it is not all there is to the
    verdict. ``because`` is the reason where arithmetic alone has one.
    """

    table: tuple[GroupCount, ...]
    verdict: Verdict
    because: Message | None = None


def possible_numbers(problem: Problem, search: Search) -> Possibility:
    """Each number of groups possible, impossible or open.

    The likeliest is searched first. A deal and a few trades show most of the other possible ones;
    only then the rest are searched.

    Raises AuditError if the audit does not confirm a grouping, which is a defect.
    """
    bare = problem.bare()
    counting = Counting(bare)
    first = next(counting.open(), None)
    if first is None:
        found = tuple(map(counting.judged, counting.numbers))
        table = count_table(counting, {}, _OPEN)
        return Possibility(table, Verdict.IMPOSSIBLE, why_none(bare, found))
    tried = _tried(counting, first, search)
    return Possibility(count_table(counting, tried, _OPEN), _verdict(counting, tried, search))


def _tried(counting: Counting, first: int, search: Search) -> dict[int, GroupCount]:
    bare = counting.problem
    tried = {first: _searched(bare, first, search)}
    if not tried[first].possible:
        left = counting.left(search.expired)
        if counting.complete and none_possible(bare, left, search):
            return {groups: counted_as(groups, Attempt(False)) for groups in left}
    others = list(islice(counting.open(), 1, PARAMS.search.numbers_tried))
    for groups in others:
        if (line := _dealt(bare, groups, search)).possible:
            tried[groups] = line
    for groups in others:
        if groups not in tried and not search.expired():
            tried[groups] = _searched(bare, groups, search)
    return tried


def _verdict(counting: Counting, tried: Mapping[int, GroupCount], search: Search) -> Verdict:
    """Impossible only if that was shown of every number, those not listed included."""
    if any(line.possible for line in tried.values()):
        return Verdict.FORMED
    shown = {groups for groups, line in tried.items() if line.possible is False}
    left = counting.left(search.expired)
    return Verdict.IMPOSSIBLE if counting.complete and shown.issuperset(left) else Verdict.UNDECIDED


def _searched(problem: Problem, groups: int, search: Search) -> GroupCount:
    attempt = attempt_groups(problem, problem.plan(groups), search)
    if attempt.group_of is not None:
        _confirm(problem, attempt.group_of, groups)
    return _with_reason(counted_as(groups, attempt))


def _dealt(problem: Problem, groups: int, search: Search) -> GroupCount:
    """What a deal and a few trades say of a number: possible, or nothing."""
    if search.expired():
        return counted_as(groups, Attempt(None))
    draft, _ = construct(problem, problem.plan(groups), search)
    if not draft.valid(everyone=problem.rulebook.everyone):
        return _with_reason(counted_as(groups, Attempt(None)))
    _confirm(problem, draft.group_of, groups)
    return _with_reason(counted_as(groups, Attempt(True, draft.group_of)))


def _confirm(problem: Problem, group_of: IntArray, groups: int) -> None:
    confirm(audit(problem, numbered(problem, group_of, groups)), ())


def _with_reason(line: GroupCount) -> GroupCount:
    if line.possible is False:
        return line
    return replace(line, because=_FOUND if line.possible else _OPEN)


_FOUND = _("possible: a grouping was found")
_OPEN = _("not settled in the time there was")
