"""Indices of how a group is composed, by the three types of Harrison and Klein (2007).

*Separation*: members stand apart on a scale (standard deviation). *Variety*: they are of different
kinds (Blau, richness). *Disparity*: what is worth having is concentrated (coefficient of variation,
Gini). Harrison, D. A., & Klein, K. J. (2007). What's the difference? Diversity constructs as
separation, variety, or disparity in organizations. Academy of Management Review, 32(4), 1199-1228.

*Faultlines*: how well two subgroups that differ in everything at once explain a group: Thatcher,
S. M. B., Jehn, K. A., & Zanutto, E. (2003). Cracks in diversity research: The effects of diversity
faultlines on conflict and performance. Group Decision and Negotiation, 12(3), 217-241.

Every index is of the members as they are, not estimated for a population that they were drawn from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import fsum, nan, sqrt

import numpy as np
import numpy.typing as npt


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; NaN of nobody."""
    return fsum(values) / len(values) if values else nan


def standard_deviation(values: Sequence[float]) -> float:
    """sqrt(sum((x - mean)²) / n), a measure of separation (Harrison and Klein, table 1).

    It divides by n, and not by n - 1: the group is all there is. NaN of nobody.
    """
    if not values:
        return nan
    centre = mean(values)
    return sqrt(fsum((value - centre) ** 2 for value in values) / len(values))


def coefficient_of_variation(values: Sequence[float]) -> float:
    """Standard deviation / mean, a measure of disparity (Harrison and Klein, table 1).

    For a ratio scale. NaN where the mean is not above 0.
    """
    centre = mean(values)
    return standard_deviation(values) / centre if centre > 0 else nan


def gini(values: Sequence[float]) -> float:
    """sum(|x_i - x_j|, all ordered pairs) / (2 n² mean), a measure of disparity.

    As Harrison and Klein have it in table 1, so at most (n - 1) / n. For a ratio scale with no
    value below 0; NaN where the mean is not above 0.
    """
    centre = mean(values)
    if not centre > 0 or min(values) < 0:
        return nan
    apart = fsum(abs(one - other) for one, other in combinations(values, 2))
    return apart / (len(values) ** 2 * centre)


def blau(values: Sequence[str]) -> float:
    """1 - sum(share²), a measure of variety (Blau, 1977; Harrison and Klein, table 1).

    The chance that two members, drawn with replacement, are of different kinds. NaN of nobody.
    """
    if not values:
        return nan
    return 1 - sum(count**2 for count in Counter(values).values()) / len(values) ** 2


def richness(values: Sequence[str]) -> int:
    """How many kinds there are: the plainest measure of variety."""
    return len(set(values))


def faultline_strength(traits: npt.NDArray[np.float64], smallest: int = 2) -> float:
    """Fau: the largest share of all variation that lies between two subgroups, from 0 to 1.

    Over all ways to part the members in two of at least ``smallest``,
    max of sum_k n_k |m_k - m|² / sum_i |x_i - m|², where m is the mean of all and m_k of a subgroup
    (Thatcher, Jehn and Zanutto, 2003, equation 1). ``traits`` (n, t) has been scaled beforehand:
    see :func:`scaled`. NaN of fewer than twice the smallest, of more than 16 members (of whom there
    are too many ways), and where the members do not differ.
    """
    people = len(traits)
    if not 2 * smallest <= people <= _MOST_PARTED:
        return nan
    centred = traits - traits.mean(axis=0)
    total = float((centred**2).sum())
    if total <= 0:
        return nan
    return max(_between(centred, list(some)) for some in _halves(people, smallest)) / total


_MOST_PARTED = 16


def _halves(people: int, smallest: int) -> Iterator[tuple[int, ...]]:
    """One of the two subgroups in each way to part people."""
    for size in range(smallest, people // 2 + 1):
        for some in combinations(range(people), size):
            if 2 * size < people or 0 in some:
                yield some


def _between(centred: npt.NDArray[np.float64], some: list[int]) -> float:
    """How much of the variation lies between some and the others; the mean of all is 0."""
    inside = centred[some].sum(axis=0)
    others = len(centred) - len(some)
    return float((inside**2).sum()) * (1 / len(some) + 1 / others)


def scaled(
    numbers: Sequence[Sequence[float]], names: Sequence[Sequence[str]]
) -> npt.NDArray[np.float64]:
    """The traits of everybody, so that one step of each counts alike, shape (n, columns).

    A numeric trait is divided by its standard deviation over everybody. A named trait has a column
    for each value, 0 or 1/√2, so that two people who differ in it are 1 apart (Thatcher et al.,
    2003, code categories as dummies and rescale).
    """
    columns: list[npt.NDArray[np.float64]] = []
    for values in numbers:
        spread = standard_deviation(values)
        columns.append(np.asarray(values, dtype=float) / (spread if spread > 0 else 1.0))
    for texts in names:
        every = np.asarray(texts, dtype=object)
        columns += [np.asarray(every == kind, dtype=float) / sqrt(2) for kind in sorted(set(texts))]
    return np.stack(columns, axis=1) if columns else np.empty((0, 0))
