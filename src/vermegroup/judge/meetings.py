"""The fewest repeated meetings that several rounds can come to: arithmetic alone.

There are only so many others whom a person may meet, and a group that is dealt out over fewer
groups than it has members cannot be parted altogether.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import Grouping
from vermegroup.domain.meetings import Met, met
from vermegroup.domain.problem import Problem
from vermegroup.domain.split import parts_in


def fewest_repeats(
    problem: Problem, grouping: Grouping, rounds: int, before: Sequence[IntArray] = ()
) -> int:
    """A bound on the repeats of all rounds: no valid plan has fewer.

    The plan is one of so many new ``rounds``, each with groups of the sizes that ``grouping`` has,
    in every part; ``before`` are the groups (n,) in earlier rounds, whose own repeats count, too.
    """
    already = met(before, len(problem.roster)).repeats
    if problem.rulebook.split is None:
        sizes = grouping.seating().sizes().tolist()
        return already + fewest_new_repeats(problem, sizes, rounds, before)
    return already + sum(
        fewest_new_repeats(
            part.problem,
            own.seating().sizes().tolist(),
            rounds,
            [groups[part.people] for groups in before],
        )
        for part, own in parts_in(problem, grouping)
    )


def fewest_new_repeats(
    problem: Problem, sizes: Sequence[int], rounds: int, before: Sequence[IntArray] = ()
) -> int:
    """The same of one part, without the repeats among the earlier rounds themselves."""
    if not rounds or not sizes:
        return 0
    earlier = met(before, len(problem.roster))
    waiting = len(problem.roster) - sum(sizes)
    counted = _by_partners(problem, sizes, rounds, earlier)
    parted = _by_parting(sizes, rounds, waiting, before)
    quotas = 0 if waiting else _by_quotas(problem, rounds, earlier)
    return max(counted, parted, quotas)


def _by_partners(problem: Problem, sizes: Sequence[int], rounds: int, earlier: Met) -> int:
    """Each person meets at most those who are left to meet; all others are met again.

    How many a person meets in all is open, between limits: the surplus is least where those who
    have most people left to meet meet most.
    """
    people = len(problem.roster)
    left = _left_to_meet(problem, earlier, np.ones(people, dtype=bool))
    least = rounds * (min(sizes) - 1) if sum(sizes) == people else 0
    most = rounds * (max(sizes) - 1)
    meetings = rounds * sum(size * (size - 1) for size in sizes)
    forced = int(np.maximum(0, least - left).sum())
    free = int(np.maximum(0, np.minimum(left, most) - least).sum())
    surplus = forced + max(0, meetings - least * people - free)
    return -(-surplus // 2)  # a pair's meeting is counted for each of the two


def _by_parting(sizes: Sequence[int], rounds: int, waiting: int, before: Sequence[IntArray]) -> int:
    """A group of more people than there are groups cannot be parted in the next round."""
    groups = len(sizes)
    among_new = _unparted(sizes, groups, waiting)
    start = max(
        (_unparted(np.bincount(g[g >= 0]).tolist(), groups, waiting) for g in before),
        default=0,
    )
    return start + (rounds - 1) * max(among_new, start)


def _unparted(sizes: Sequence[int], groups: int, waiting: int) -> int:
    """Pairs of groups of these sizes that meet again when dealt out over so many groups."""
    pairs = 0
    for size in sizes:
        full, larger = divmod(max(0, size - waiting), groups)
        pairs += larger * (full + 1) * full // 2 + (groups - larger) * full * (full - 1) // 2
    return pairs


def _by_quotas(problem: Problem, rounds: int, earlier: Met) -> int:
    """Where each group needs some of certain people, everybody meets so many of them a round."""
    bound = 0
    for rule in problem.rulebook.rules:
        quota = rule.quota(problem.roster)
        if quota is None or quota.at_least < 1:
            continue
        left = _left_to_meet(problem, earlier, quota.who)
        inside = np.maximum(0, rounds * (quota.at_least - 1) - left[quota.who])
        outside = np.maximum(0, rounds * quota.at_least - left[~quota.who])
        bound = max(bound, int(outside.sum()) - (-int(inside.sum()) // 2))
    return bound


def _left_to_meet(problem: Problem, earlier: Met, who: BoolArray) -> IntArray:
    """How many of ``who`` (n,) each may still meet for the first time, shape (n,)."""
    left = np.full(len(who), int(who.sum())) - who
    known = who[earlier.second], who[earlier.first]
    np.subtract.at(left, earlier.first, known[0])
    np.subtract.at(left, earlier.second, known[1])
    codes = [c for rule in problem.rulebook.rules for c in rule.rivals(problem.roster)]
    rivals = [_rivals(each, who, earlier) for each in codes]
    fewest: IntArray = left - max(rivals, key=np.sum, default=np.zeros_like(left))
    return fewest


def _rivals(codes: IntArray, who: BoolArray, earlier: Met) -> IntArray:
    """How many of ``who`` each must not meet, by one rule, and has not met already."""
    has = codes >= 0
    counts = np.bincount(codes[has & who], minlength=int(codes.max(initial=0)) + 1)
    rivals: IntArray = np.where(has, counts[codes] - who, 0)
    alike = (codes[earlier.first] == codes[earlier.second]) & has[earlier.first]
    np.subtract.at(rivals, earlier.first[alike], who[earlier.second[alike]])
    np.subtract.at(rivals, earlier.second[alike], who[earlier.first[alike]])
    return rivals
