"""Which numbers of groups are possible, by finding a grouping of each; none is kept."""

from __future__ import annotations

from dataclasses import replace

from vermegroup.outcome import GroupCount
from vermegroup.phrase import Phrase
from vermegroup.problem import Problem
from vermegroup.solver.attempt import Attempt
from vermegroup.solver.count_table import count_table
from vermegroup.solver.counting import Counting
from vermegroup.solver.forming import counted_as, none_possible
from vermegroup.solver.limits import Search
from vermegroup.solver.trying import attempt_groups

# Numbers tried one by one; of more the table tells those around the best one.
MOST_TRIED = 200


def possible_numbers(problem: Problem, search: Search) -> tuple[GroupCount, ...]:
    """The table of numbers, each possible, impossible or open; the likeliest are tried first."""
    bare = replace(problem, rulebook=problem.rulebook.under(problem.rulebook.rules))
    counting = Counting(bare)
    tried: dict[int, GroupCount] = {}
    for groups in counting.left()[:MOST_TRIED]:
        if search.expired():
            break
        attempt = attempt_groups(bare, bare.plan(groups), search)
        tried[groups] = counted_as(groups, attempt)
        first_failed = len(tried) == 1 and attempt.group_of is None
        if first_failed and none_possible(bare, counting.left(), search):
            none = Attempt(False)
            return count_table(counting, {k: counted_as(k, none) for k in counting.left()}, _OPEN)
    return count_table(counting, tried, _OPEN)


_OPEN = Phrase(
    "not settled in the time there was",
    "ei ratkennut käytettävissä olleessa ajassa",
    "inte avgjort inom den tid som fanns",
)
