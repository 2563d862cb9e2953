"""Which numbers of groups are possible, by finding a grouping of each; none is kept."""

from __future__ import annotations

from dataclasses import replace

from vermegroup.outcome import GroupCount
from vermegroup.phrase import Phrase
from vermegroup.problem import Problem
from vermegroup.solver.attempt import Attempt
from vermegroup.solver.constructing import construct
from vermegroup.solver.count_table import count_table
from vermegroup.solver.counting import Counting
from vermegroup.solver.forming import counted_as, none_possible
from vermegroup.solver.limits import Search
from vermegroup.solver.trying import attempt_groups

# Numbers tried one by one; of more the table tells those around the best one.
MOST_TRIED = 200


def possible_numbers(problem: Problem, search: Search) -> tuple[GroupCount, ...]:
    """The table of numbers, each possible, impossible or open.

    The likeliest is searched first. A deal and a few trades show most of the other possible ones;
    only then the rest are searched.
    """
    bare = problem.bare()
    counting = Counting(bare)
    left = counting.left()
    if not left:
        return count_table(counting, {}, _OPEN)
    first = _searched(bare, left[0], search)
    if not first.possible and none_possible(bare, left, search):
        none = {groups: counted_as(groups, Attempt(False)) for groups in left}
        return count_table(counting, none, _OPEN)
    tried = {left[0]: first}
    for groups in left[1:MOST_TRIED]:
        if (line := _dealt(bare, groups, search)).possible:
            tried[groups] = line
    for groups in left[1:MOST_TRIED]:
        if groups not in tried and not search.expired():
            tried[groups] = _searched(bare, groups, search)
    return count_table(counting, tried, _OPEN)


def _searched(problem: Problem, groups: int, search: Search) -> GroupCount:
    attempt = attempt_groups(problem, problem.plan(groups), search)
    return _told(counted_as(groups, attempt))


def _dealt(problem: Problem, groups: int, search: Search) -> GroupCount:
    """What a deal and a few trades say of a number: possible, or nothing."""
    if search.expired():
        return counted_as(groups, Attempt(None))
    draft, _ = construct(problem, problem.plan(groups), search)
    valid = draft.valid(everyone=problem.rulebook.everyone)
    return _told(counted_as(groups, Attempt(True if valid else None, draft.group_of)))


def _told(line: GroupCount) -> GroupCount:
    if line.possible is False:
        return line
    return replace(line, because=_FOUND if line.possible else _OPEN)


_FOUND = Phrase(
    "possible: a grouping was found",
    "mahdollista: ryhmittely löytyi",
    "möjligt: en indelning hittades",
)
_OPEN = Phrase(
    "not settled in the time there was",
    "ei ratkennut käytettävissä olleessa ajassa",
    "inte avgjort inom den tid som fanns",
)
