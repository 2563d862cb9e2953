"""One step of a rebalancing: some people are left of the old groups, and get new ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from vermegroup.grouping import WAITLIST, Grouping
from vermegroup.moves import Policy
from vermegroup.problem import Problem
from vermegroup.rebalancing.naming import named
from vermegroup.roster import IntArray
from vermegroup.solver.limits import Search
from vermegroup.solver.numbering import promised
from vermegroup.solver.regrouped import Regrouped
from vermegroup.solver.regrouping import regroup
from vermegroup.splitting import Part, parts_of


@dataclass(frozen=True, slots=True)
class Stage:
    """What came of one step: ``here`` (m,) are those it is about, ``problem`` is theirs.

    ``before`` and ``after`` are groupings of these m people. ``answers`` are the solver's, one
    for each of the ``parts`` of a split roster; ``policy`` is the one that was used, and
    ``merges_only`` says that no other was allowed, ``merging_fails`` that merging is proven to
    leave somebody waiting in each part in which single people moved.
    """

    here: IntArray
    problem: Problem
    before: Grouping
    after: Grouping
    parts: tuple[Part, ...]
    answers: tuple[Regrouped, ...]
    policy: Policy
    merges_only: bool = False
    merging_fails: bool = False

    @property
    def waiting(self) -> int:
        """How many of them have no group."""
        return sum(answer.waiting for answer in self.answers)

    @property
    def proven(self) -> bool:
        """Whether nothing is better, in any part."""
        return all(answer.proven for answer in self.answers)

    @property
    def bound(self) -> int:
        """The fewest bonds that had to break."""
        return sum(answer.broken_bound for answer in self.answers)

    @property
    def waiting_bound(self) -> int:
        """The fewest people who must wait."""
        return sum(answer.waiting_bound for answer in self.answers)

    @property
    def changed(self) -> bool:
        """Whether anybody is in another group than before, or together with other people."""
        joined = (self.before.group_of < 0) & (self.after.group_of >= 0)
        return bool(self.touched or joined.any())

    @property
    def left_over(self) -> int:
        """How many have no group whom the rules want placed; all where there is no group at all."""
        if not self.after.groups:
            return len(self.here)
        return sum(
            answer.waiting if part.problem.rulebook.everyone else answer.missing
            for part, answer in zip(self.parts, self.answers, strict=True)
        )

    @property
    def left_over_bound(self) -> int:
        """How many of those must be left over, as far as that is proven."""
        if not self.after.groups and self.waiting_bound == len(self.here):
            return len(self.here)
        return sum(
            answer.waiting_bound if part.problem.rulebook.everyone else answer.missing_bound
            for part, answer in zip(self.parts, self.answers, strict=True)
        )

    @property
    def touched(self) -> int:
        """How many of the old groups did not stay as they were."""
        return sum(answer.touched for answer in self.answers)


def take_stage(
    problem: Problem,
    before: Grouping,
    here: IntArray,
    policy: Policy | None,
    search: Search,
    turns: IntArray | None = None,
) -> Stage:
    """New groups for the people ``here`` (m,), of a whole roster with a grouping ``before``.

    Without a policy groups are merged whole where that suffices; where it leaves anyone out, single
    people may move, if that is better.
    """
    own = _of(problem, here)
    old = Grouping(before.group_of[here], before.names)
    parts = (parts_of(own) or (Part("", np.arange(len(here)), own),)) if len(here) else ()
    group_of = np.full(len(here), WAITLIST, dtype=np.int64)
    answers, used, fails = [], Policy.MERGE if policy is None else policy, True
    for part in parts:
        own_before = old.group_of[part.people]
        answer, own_policy, proven = _answered(part, own_before, policy, search, turns)
        placed = answer.group_of >= 0
        group_of[part.people[placed]] = answer.group_of[placed] + int(group_of.max(initial=-1)) + 1
        answers.append(answer)
        if own_policy is Policy.MOVE:
            used, fails = Policy.MOVE, fails and proven
    promises = promised(own)
    after, whole = named(group_of, old, promises), policy is Policy.MERGE
    return Stage(here, own, old, after, parts, tuple(answers), used, whole, fails)


def _of(problem: Problem, here: IntArray) -> Problem:
    """The problem of some people: rules that name others hold for those who are here."""
    away = np.delete(problem.roster.ids, here)
    return Problem(problem.roster.subset(here), problem.rulebook.without(frozenset(away)))


def _answered(
    part: Part, before: IntArray, policy: Policy | None, search: Search, turns: IntArray | None
) -> tuple[Regrouped, Policy, bool]:
    """The answer, how it came about, and whether merging is proven to leave somebody waiting."""
    merged = regroup(part.problem, before, Policy.MERGE, search, turns)
    if policy is Policy.MERGE or not merged.waiting:
        # Where no bond breaks, nobody has moved alone: no move can be better.
        return merged, policy or Policy.MERGE, merged.waiting_bound > 0
    moved = regroup(part.problem, before, Policy.MOVE, search, turns)
    # Whoever may move may also be merged: so nothing merged is better than the best of all moves.
    if (moved.order(), moved.costs) <= (merged.order(), merged.costs):
        return moved, policy or _used(before, moved), merged.waiting_bound > 0
    return merged.doubted(moved.broken_bound), policy or Policy.MERGE, False


def _used(before: IntArray, answer: Regrouped) -> Policy:
    """Whether single people had to move, or every old group went, or waits, as a whole."""
    homes = {*zip(before.tolist(), answer.group_of.tolist(), strict=True)}
    torn = Counter(old for old, _ in homes if old >= 0)
    return Policy.MOVE if any(many > 1 for many in torn.values()) else Policy.MERGE
