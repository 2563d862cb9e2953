"""Where the values of a grouping stand among those of random ones."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from vermegroup.domain.grouping import Grouping
from vermegroup.domain.kind import Role, Sense
from vermegroup.domain.problem import Problem
from vermegroup.evidence.chain import Chain
from vermegroup.evidence.drawing import Drawn
from vermegroup.evidence.values import Measured, amount, in_words, measured, values_of
from vermegroup.language.messages import Message
from vermegroup.report.baseline import Histogram, StandingLine
from vermegroup.report.build import entry_of

_QUANTILES = (0, 5, 25, 50, 75, 95, 100)
_BARS = 20
_SWEEPS = 2_000


def standing_lines(problem: Problem, grouping: Grouping, pool: Drawn) -> tuple[StandingLine, ...]:
    """Each preference's value beside those of the pool; of what both have, by its name."""
    own = {
        each.name: (each, value, told)
        for each, value, told in zip(
            measured(problem, grouping),
            values_of(problem, grouping),
            in_words(problem, grouping),
            strict=True,
        )
    }
    names = [each.name for each in measured(pool.problem, pool.groupings[0])]
    drawn = [values_of(pool.problem, each) for each in pool.groupings]
    lines = []
    for place, name in enumerate(names):
        if name in own:
            each, value, told = own[name]
            lines.append(_line(each, value, told, [row[place] for row in drawn]))
    return tuple(lines)


def _line(
    each: Measured, value: Fraction, told: Message, drawn: Sequence[Fraction]
) -> StandingLine:
    kind = each.preference
    sign = -kind.sense.value  # more of it is better
    worse = sum(sign * other < sign * value for other in drawn)
    as_good = len(drawn) - worse
    equal = sum(other == value for other in drawn)
    numbers = np.array([float(other) for other in drawn])
    return StandingLine(
        kind.kind,
        each.name,
        kind.sentence(Role.PREFERENCE),
        each.part,
        amount(value),
        told,
        kind.sense is Sense.MOST,
        float(numbers.mean()),
        float(numbers.std(ddof=1)) if len(numbers) > 1 else 0.0,
        dict(zip(_QUANTILES, np.percentile(numbers, _QUANTILES).tolist(), strict=True)),
        as_good,
        100 * (worse + equal / 2) / len(drawn),
        _histogram(numbers, float(value)),
        entry_of(kind),
    )


def _histogram(numbers: npt.NDArray[np.float64], value: float) -> Histogram:
    """Bars from the least to the most, with room for the grouping's own value."""
    low, high = min(float(numbers.min()), value), max(float(numbers.max()), value)
    bars = _BARS if high > low else 1
    counts, _edges = np.histogram(numbers, bars, (low, high if high > low else low + 1))
    return Histogram(low, high, tuple(counts.tolist()))


def with_sizes_of(problem: Problem, valid: Grouping, like: Grouping, seed: int) -> Grouping | None:
    """A valid grouping whose groups have the sizes of another's, by chance; None if none is met."""
    wanted = sorted(like.seating().sizes().tolist())
    rng = np.random.default_rng(seed)
    chain = Chain(problem, valid, (), rng, vary=True)
    for _sweep in range(_SWEEPS):
        sizes = np.bincount(chain.group_of[chain.group_of >= 0], minlength=valid.groups)
        if sorted(sizes.tolist()) == wanted:
            return Grouping(chain.group_of.copy(), valid.names)
        chain.sweep()
    return None
