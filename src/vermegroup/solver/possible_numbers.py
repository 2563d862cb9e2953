"""Which numbers of groups are possible, by finding a grouping of each; none is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    The likeliest is settled first. A deal and a few trades show most of the possible ones; only
    then the rest are searched.

    Raises AuditError if the audit does not confirm a grouping, which is a defect.
    """
    bare = problem.bare()
    counting = Counting(bare)
    first = next(counting.open(), None)
    if first is None:
        found = tuple(map(counting.judged, counting.numbers))
        table = count_table(counting, {}, _OPEN)
        return Possibility(table, Verdict.IMPOSSIBLE, why_none(bare, found))
    tried = _tried(problem, counting, first, search)
    return Possibility(count_table(counting, tried, _OPEN), _verdict(counting, tried, search))


def _tried(
    problem: Problem, counting: Counting, first: int, search: Search
) -> dict[int, GroupCount]:
    # Where a spread is wished for, a deal in layers has new and experienced people in every group.
    spreads = any(each.layering() for each in problem.rulebook.preferences)
    bare, layered = counting.problem, [problem] if spreads else []
    tried = {first: _dealt(layered, first, search) or _searched(bare, first, search)}
    if not tried[first].possible:
        left = counting.left(search.expired)
        if counting.complete and none_possible(bare, left, search):
            return {groups: counted_as(groups, Attempt(False)) for groups in left}
    others = list(islice(counting.open(), 1, PARAMS.search.numbers_tried))
    for groups in others:
        if line := _dealt([bare, *layered], groups, search):
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


def _dealt(problems: Sequence[Problem], groups: int, search: Search) -> GroupCount | None:
    """What deals and a few trades say of a number: possible, or nothing.

    The problems differ in their preferences alone, and so in how people are dealt.
    """
    for problem in problems:
        if search.expired():
            return None
        draft, _rest = construct(problem, problem.plan(groups), search)
        if draft.valid(everyone=problem.rulebook.everyone):
            _confirm(problem, draft.group_of, groups)
            return _with_reason(counted_as(groups, Attempt(True, draft.group_of)))
    return None


def _confirm(problem: Problem, group_of: IntArray, groups: int) -> None:
    bare = problem.bare()
    confirm(audit(bare, numbered(bare, group_of, groups)), ())


def _with_reason(line: GroupCount) -> GroupCount:
    if line.possible is False:
        return line
    return replace(line, because=_FOUND if line.possible else _OPEN)


_FOUND = _("possible: a grouping was found")
_OPEN = _("not settled in the time there was")
