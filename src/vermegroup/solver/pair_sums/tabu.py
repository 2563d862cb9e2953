"""Tabu search: the best swap or move of all, though it may be a step back; then others are left.

Whoever took part in a change rests for some steps. Where nothing better is found for a while, the
best grouping is shaken by some changes at random, and the search goes on from there (iterated tabu
search: Palubeckis, Karčiauskas and Riškus, Comparative performance of three metaheuristic
approaches for the maximally diverse grouping problem, Information Technology and Control 40, 2011).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import NOBODY
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, must_be_seated
from vermegroup.solver.goals import Goal, both_sound
from vermegroup.solver.pair_sums.changes import Changes, Sums, Weights
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search


class Rules:
    """Says which changes leave both groups valid, and lose nothing of what is held."""

    def __init__(self, problem: Problem, plan: Plan, held: Sequence[Goal]) -> None:
        self._problem, self._plan, self._held = problem, plan, held
        self._sums = [goal for goal in held if not goal.local]
        self._needed = np.zeros(len(problem.roster), dtype=bool)
        self._needed[must_be_seated(problem)] = True
        kinds = (*problem.rulebook.rules, *(goal.preference for goal in held))
        certain = plan.sizes is not None
        self.indifferent = all(
            kind.limits_size or kind.seats_everyone or (certain and kind.sizes_alone)
            for kind in kinds
        )

    def allow(self, sums: Sums, changes: Changes) -> BoolArray:
        """Which of the changes (m,) may be made."""
        allowed = np.ones(len(changes.who), dtype=bool)
        if self._needed.any():
            allowed &= self._may_wait(sums, changes)
        if self.indifferent:
            return allowed
        after = sums.after(changes)
        allowed &= both_sound(self._problem, self._plan, self._held, after)
        if self._sums and allowed.any():
            before = sums.before(changes)
            for goal in self._sums:
                lost = goal.costs(after) - goal.costs(before)
                allowed &= lost.reshape(2, -1).sum(axis=0) <= 0
        return allowed

    def _may_wait(self, sums: Sums, changes: Changes) -> BoolArray:
        one = (changes.to >= sums.groups) & self._needed[changes.who]
        two = (sums.home[changes.who] >= sums.groups) & self._needed[changes.other]
        return ~(one | two)


class Tabu:
    """One search from one grouping, which keeps the best one it has seen."""

    def __init__(self, sums: Sums, weights: Weights, rules: Rules, search: Search) -> None:
        self._sums, self._weights, self._rules, self._search = sums, weights, rules, search
        self._chance = np.random.default_rng(search.limits.seed)
        self._until = np.zeros(len(sums.home), dtype=np.int64)
        self._stalled = PARAMS.pair_sums.stalled * len(sums.home)
        of_pairs, besides = PARAMS.pair_sums.step_cells
        self._step_cells = of_pairs * len(sums.home) ** 2 + besides
        self._step = self._since = self._fruitless = 0
        self._local = self.value = sums.value
        self.best = sums.group_of()

    def run(self, target: int, steps: int, patience: int, *, vary: bool) -> None:
        """Make changes until the value is ``target``, or so many steps or the time are over.

        Without a better grouping for as many steps as the ``patience`` it gives up. Groups' sizes
        may ``vary`` within the plan's.
        """
        for _step in range(steps):
            if self.value >= target or self._fruitless > patience or self._search.expired():
                return
            self._search.reckoned(self._step_cells)
            self._step += 1
            self._since += 1
            self._fruitless += 1
            if not self._changed(vary) or self._since > self._stalled:
                self._shake()

    def _changed(self, vary: bool) -> bool:
        """Make the best change that is allowed; False if there is none."""
        for changes in self._best_first(vary):
            allowed = self._rules.allow(self._sums, changes)
            if allowed.any():
                self._make(changes, int(np.argmax(allowed)))
                return True
        return False

    def _best_first(self, vary: bool) -> Iterator[Changes]:
        """Each person's best swap and best move, the best first, equals at random, some at once."""
        count = len(self._sums.home)
        gains = self._sums.gains.max(axis=1)
        moves = self._sums.moves() if vary else None
        if moves is not None:
            gains = np.concatenate([gains, moves.max(axis=1)])
        noisy = gains + self._chance.random(len(gains))
        if self._rules.indifferent:
            order = noisy.argmax(keepdims=True)
        else:
            order = np.argsort(-noisy, kind="stable")
        order = order[gains[order] >= -self._weights.reach]
        done = 0
        for end in PARAMS.pair_sums.looked_at:
            some = order[done:end]
            if len(some):
                yield self._changes(some % count, some >= count, moves)
            done = end

    def _changes(self, who: IntArray, alone: BoolArray, moves: IntArray | None) -> Changes:
        """The best swaps of some people, and of those who go ``alone`` the best moves."""
        other = np.full(len(who), NOBODY)
        other[~alone] = self._at_random_best(self._sums.gains[who[~alone]])
        to = self._sums.home[other]
        if moves is not None:
            to[alone] = self._at_random_best(moves[who[alone]])
        return Changes(who, other, to)

    def _at_random_best(self, gains: IntArray) -> IntArray:
        noisy = gains + self._chance.random(gains.shape)
        best: IntArray = noisy.argmax(axis=1)
        return best

    def _make(self, changes: Changes, at: int) -> None:
        """Make one of some changes."""
        who, other = int(changes.who[at]), int(changes.other[at])
        low, high = PARAMS.pair_sums.tabu
        people = [who] if other == NOBODY else [who, other]
        self._until[people] = self._step + self._chance.integers(low, high + 1, len(people))
        woken = np.flatnonzero(self._until == self._step)
        self._sums.make(who, other, int(changes.to[at]), woken)
        self._note()

    def _note(self) -> None:
        """Keep the grouping where it is the best so far."""
        if self._sums.value > self._local:
            self._local, self._since = self._sums.value, 0
        if self._sums.value > self.value:
            self.value, self.best, self._fruitless = self._sums.value, self._sums.group_of(), 0

    def _shake(self) -> None:
        """Begin anew from the best grouping, with some people at random in each other's places."""
        sums, chance = self._sums, self._chance
        sums.seat(self.best)
        self._until[:] = 0
        self._local, self._since = sums.value, 0
        count = len(sums.home)
        for who in chance.choice(count, self._shaken(count), replace=False).tolist():
            others = chance.permutation(count)[: PARAMS.pair_sums.looked_at[0]]
            others = others[sums.gains[who, others] >= -self._weights.reach]
            changes = Changes(np.full(len(others), who), others, sums.home[others])
            allowed = self._rules.allow(sums, changes)
            if allowed.any():
                self._make(changes, int(np.argmax(allowed)))

    def _shaken(self, count: int) -> int:
        return min(count, max(2, round(PARAMS.pair_sums.shaken * count)))
