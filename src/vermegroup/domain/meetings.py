"""Who meets whom in several rounds.

Two people *meet* when they share a group in a round; every meeting of a pair after its first one is
a *repeat*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Met:
    """Pairs of participants who met: ``first`` < ``second`` (m,), and how ``often`` (m,)."""

    first: IntArray
    second: IntArray
    often: IntArray

    @property
    def once(self) -> int:
        """How many pairs met just once."""
        return int((self.often == 1).sum())

    @property
    def repeats(self) -> int:
        """How many meetings were not a pair's first."""
        return int((self.often - 1).sum())


def met(rounds: Sequence[IntArray], people: int) -> Met:
    """Who met in these rounds, each given as every participant's group (n,), negative for none."""
    pairs = [np.sort(pairs_within(group_of), axis=0) for group_of in rounds]
    first, second = np.concatenate([np.empty((2, 0), dtype=np.int64), *pairs], axis=1)
    keys, often = np.unique(first * people + second, return_counts=True)
    return Met(keys // max(1, people), keys % max(1, people), often.astype(np.int64))


def pairs_within(group_of: IntArray) -> IntArray:
    """Every pair that shares a group, shape (2, pairs)."""
    placed = np.flatnonzero(group_of >= 0)
    order = placed[np.argsort(group_of[placed], kind="stable")]
    groups = group_of[order]
    after = np.searchsorted(groups, groups, side="right") - np.arange(len(order)) - 1
    first = np.repeat(np.arange(len(order)), after)
    step = np.arange(len(first)) - np.repeat(np.cumsum(after) - after, after) + 1
    return np.stack([order[first], order[first + step]])


@dataclass(frozen=True, slots=True)
class Round:
    """A round with its grouping, judged; ``fixed`` says that it was there before."""

    outcome: Outcome
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Rounds:
    """Several groupings of the same people, in their order.

    ``bound`` is the fewest repeats of any plan with groups of these sizes after the fixed rounds.
    """

    rounds: tuple[Round, ...]
    met: Met
    bound: int

    @property
    def proven(self) -> bool:
        """Whether no such plan has fewer repeats."""
        return self.met.repeats == self.bound

    @property
    def formed(self) -> tuple[Round, ...]:
        """The rounds that are new."""
        return tuple(each for each in self.rounds if not each.fixed)
