"""How far groups are from everybody in several standardised features at once.

Papenberg, K-plus anticlustering, British Journal of Mathematical and Statistical Psychology 77
(2024): a trait's squared deviations are a feature beside the trait itself, so that groups alike in
the means of both are alike in means and standard deviations. Of features with mean 0 the squares
of groups' means, weighed by size, are the inertia between groups; k-means makes it large, and who
wants groups alike makes it small.

A feature is whole: thousandths of a standard deviation. Named values have a feature each, and all
those of a trait together a variance of 1, as a number has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from vermegroup.domain.arrays import IntArray, above_least, sum_of, sums_by_group, times
from vermegroup.domain.grouping import Seating
from vermegroup.domain.roster import Categories, Sets

PER_DEVIATION = 1000
# Groups times values up to which all counts are written down.
_MOST_CELLS = 4_000_000


def squares_of_pairs(numbers: IntArray) -> int:
    """The squared differences of all pairs of numbers (n,), added up: n squared times the variance.

    Exactly, so that it does not depend on the order of the people.
    """
    above = above_least(numbers)
    return len(above) * sum_of(times(above, above)) - sum_of(above) ** 2


def standardised(numbers: IntArray) -> IntArray:
    """The numbers (n,) with mean 0 and standard deviation 1, in thousandths; 0 if all are one."""
    above = above_least(numbers)
    n, total = len(above), sum_of(above)
    spread = sqrt(squares_of_pairs(numbers))
    if not spread:
        return np.zeros(n, dtype=np.int64)
    scaled = (times(above, n) - total).astype(np.float64) * PER_DEVIATION / spread
    return np.asarray(np.rint(scaled), dtype=np.int64)


def squared_deviations(numbers: IntArray) -> IntArray:
    """The feature by which groups alike in it have standard deviations alike, (n,)."""
    deviations = standardised(numbers)
    return standardised(times(deviations, deviations))


@dataclass(frozen=True, slots=True)
class Shares:
    """The features of named values: who has a value has ``step`` there, less ``fair[value]``.

    So a group of s people of whom c have it is ``step * c - s * fair[value]`` off.
    """

    trait: Categories | Sets
    step: int
    fair: IntArray

    def squares(self, seating: Seating) -> IntArray:
        """How far each group is off, squared and added up over all values, (groups,)."""
        group, value, count = self._counts(seating)
        sizes = seating.sizes()
        own = (self.step * count - 2 * sizes[group] * self.fair[value]) * self.step * count
        squares = sizes * sizes * sum_of(times(self.fair, self.fair))
        return np.asarray(sums_by_group(own, group, seating.groups) + squares)

    def own(self, people: IntArray) -> IntArray:
        """How far each of these people is off alone, squared, (m,)."""
        place, value = self.trait.held(people)
        added = (self.step - 2 * self.fair[value]) * self.step
        alone = sums_by_group(added, place, len(people))
        return np.asarray(alone + sum_of(times(self.fair, self.fair)))

    def apart(self, people: IntArray) -> IntArray:
        """The squared distances of these people, (m, m): so much for each value only one has."""
        place, value = self.trait.held(people)
        holds = np.zeros((len(people), len(self.fair)), dtype=np.int64)
        holds[place, value] = self.step
        alone = (holds * holds).sum(axis=1)
        return np.asarray(alone[:, None] + alone - 2 * holds @ holds.T)

    def least(self, size: int) -> int:
        """What the squares of any group of this size come to at least, for people are whole."""
        rest = size * self.fair % max(1, self.step)
        return int((np.minimum(rest, self.step - rest) ** 2).sum())

    def most(self) -> int:
        """What the squares of any one person come to at most."""
        most = self.trait.most_held() * self.step**2
        return most + sum_of(times(self.fair, self.fair))

    def _counts(self, seating: Seating) -> tuple[IntArray, IntArray, IntArray]:
        """Groups and values that occur in them, and how many members have each."""
        width = max(1, len(self.fair))
        seat, value = self.trait.held(seating.people)
        cells = seating.group[seat] * width + value
        if seating.groups * width > _MOST_CELLS:
            cells, count = np.unique(cells, return_counts=True)
        else:
            counts = np.bincount(cells, minlength=seating.groups * width)
            cells = np.flatnonzero(counts)
            count = counts[cells]
        return cells // width, cells % width, count.astype(np.int64)


def shares_of(trait: Categories | Sets, people: int) -> Shares:
    """The features of a trait's values among so many people; 0 where everybody has the same."""
    counts = trait.counts()
    variance = sum(count * (people - count) for count in counts.tolist())
    step = round(PER_DEVIATION * people / sqrt(variance)) if variance else 0
    fair = [round(step * count / people) for count in counts.tolist()] if people else []
    return Shares(trait, step, np.array(fair, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Features:
    """The whole features of everybody: of numbers (n,) each, and of named values."""

    numbers: tuple[IntArray, ...]
    shares: tuple[Shares, ...]

    def __len__(self) -> int:
        """How many traits' means, spreads and shares they stand for."""
        return len(self.numbers) + len(self.shares)

    def inertia(self, seating: Seating) -> IntArray:
        """Each group's size times its squared distance from everybody, rounded down, (groups,)."""
        squares = np.zeros(seating.groups, dtype=np.int64)
        for column in self.numbers:
            totals = seating.total(column)
            squares += totals * totals
        for shares in self.shares:
            squares += shares.squares(seating)
        return np.asarray(squares // np.maximum(1, seating.sizes()))

    def own(self, people: IntArray) -> IntArray:
        """The squared distance of each of these people from everybody, (m,)."""
        squares = np.zeros(len(people), dtype=np.int64)
        for column in self.numbers:
            squares += column[people] ** 2
        return np.asarray(squares + sum(shares.own(people) for shares in self.shares))

    def apart(self, people: IntArray) -> IntArray:
        """The squared distances between these people, (m, m)."""
        squares = np.zeros((len(people), len(people)), dtype=np.int64)
        for column in self.numbers:
            squares += (column[people][:, None] - column[people]) ** 2
        return np.asarray(squares + sum(shares.apart(people) for shares in self.shares))

    def least(self, sizes: Sequence[int]) -> int:
        """What groups of these sizes come to at least."""
        kinds = {size: sum(shares.least(size) for shares in self.shares) for size in set(sizes)}
        return sum(kinds[size] // size for size in sizes)

    def most(self) -> int:
        """What one person adds at most to a group."""
        numbers = sum(int((column * column).max(initial=0)) for column in self.numbers)
        return numbers + sum(shares.most() for shares in self.shares)
