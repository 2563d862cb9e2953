"""A test against the pool that ``form --draw`` took its grouping from has the size that it claims.

Fifty (synthetic) people of the pilot's spring are grouped; some of the experienced ones were
trained in a new practice. Does a member gain from each trained person beside her? What somebody
gains also grows with her own years, as it may in life. In 1,000 simulated experiments without an
effect a test at 5 % should reject in 5 %; with an effect, more often.

* *drawn*: the grouping is one of 200 drawn ones that are as good as the best, chosen by lot, and
  its slope of gains on trained mates is ranked among those of all 200.
* *not drawn*: the grouping is the best one that was found, as without ``--draw``, and gains are
  permuted among people, as if anybody could have sat anywhere.

    python -m tests.benchmarks.bench_randomisation
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

import vermegroup as vg
from vermegroup.domain.design import DrawRequest
from vermegroup.evidence.drawing import draw
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

ROSTER = Path(__file__).parents[2] / "examples" / "etavertaismentorointi" / "kevat.csv"
EXPERIMENTS, POOLS, DRAWS, LEVEL = 1_000, 100, 200, 0.05
TRAINED, EFFECT = 12, 0.8
"""Trained people, and what each of them adds to a mate's gain, in standard deviations of chance."""

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Study:
    """Who was trained (n,), everybody's years (n,), and whom the best grouping puts together."""

    outcome: vg.Outcome
    trained: Array
    years: Array

    def exposure(self, group_of: npt.NDArray[np.int64]) -> Array:
        """How many trained people each has beside her, shape (n,)."""
        together = group_of[:, None] == group_of[None, :]
        return together @ self.trained - self.trained

    def gains(self, exposure: Array, effect: float, rng: np.random.Generator) -> Array:
        """What each gains: by her own years, by the trained people beside her, and by chance."""
        return 0.1 * self.years + effect * exposure + rng.standard_normal(len(self.years))

    def adjusted(self, gains: Array) -> Array:
        """Gains without what goes along with one's own years, which no grouping changes."""
        design = np.stack([np.ones(len(gains)), self.years, self.trained], axis=1)
        return gains - design @ np.linalg.lstsq(design, gains, rcond=None)[0]


def study() -> Study:
    rulebook = vg.default_rulebook()
    roster, _findings = vg.read_roster(ROSTER, rulebook)
    outcome = vg.solve(vg.problem_of(roster, rulebook))
    numbers = roster.numbers["years"]
    years = numbers.ticks / numbers.per_unit
    rng = np.random.default_rng(1)
    trained = np.zeros(len(roster))
    trained[rng.choice(np.flatnonzero(years >= 10), TRAINED, replace=False)] = 1
    return Study(outcome, trained, years)


def slopes(exposures: Array, gains: Array) -> Array:
    """The slope of gains (n,) on each exposure (d, n), shape (d,)."""
    centred = exposures - exposures.mean(axis=1, keepdims=True)
    return (centred @ gains) / (centred**2).sum(axis=1)


def drawn_rejects(found: Study, effect: float) -> float:
    """How often the test against the pool rejects."""
    rng, rejected = np.random.default_rng(2), 0
    for seed in range(POOLS):
        pool = draw(found.outcome, DrawRequest(DRAWS), Limits(seed=seed, effort=0.5).begun(), form)
        exposures = np.array([found.exposure(each.group_of) for each in pool.groupings])
        for turn in range(EXPERIMENTS // POOLS):
            chosen = (pool.with_choice(seed * EXPERIMENTS + turn).design.chosen or 0) - 1
            gains = found.adjusted(found.gains(exposures[chosen], effect, rng))
            away = np.abs((all_ := slopes(exposures, gains)) - all_.mean())
            p = float((away >= away[chosen] * (1 - 1e-12)).mean())
            rejected += p <= LEVEL
    return rejected / EXPERIMENTS


def naive_rejects(found: Study, *, adjusted: bool) -> float:
    """How often a test rejects that permutes gains, with the one grouping that was found.

    There is no effect; gains may be ``adjusted`` for what goes along with one's own years.
    """
    assert found.outcome.grouping is not None
    exposure = found.exposure(found.outcome.grouping.group_of)
    rng, rejected = np.random.default_rng(3), 0
    for _experiment in range(EXPERIMENTS):
        gains = found.gains(exposure, 0.0, rng)
        gains = found.adjusted(gains) if adjusted else gains - gains.mean()
        permuted = np.array([gains, *(rng.permutation(gains) for _draw in range(DRAWS - 1))])
        away = np.abs(permuted @ (exposure - exposure.mean()))
        rejected += float((away >= away[0] * (1 - 1e-12)).mean()) <= LEVEL
    return rejected / EXPERIMENTS


def main() -> None:
    started, found = time.monotonic(), study()
    size, power = drawn_rejects(found, 0.0), drawn_rejects(found, EFFECT)
    naive = naive_rejects(found, adjusted=False)
    adjusted = naive_rejects(found, adjusted=True)
    print(f"{EXPERIMENTS} experiments, tests at {LEVEL:.0%}")
    print(f"drawn, no effect:      {size:.1%} rejected (3.5 to 6.5 % is right)")
    print(f"drawn, an effect:      {power:.1%} rejected")
    print(f"not drawn, no effect:  {naive:.1%} rejected, adjusted for years {adjusted:.1%}")
    print(f"{time.monotonic() - started:.0f} s")
    right = 0.035 <= size <= 0.065 and power > 0.5 and naive > 0.065
    sys.exit(0 if right else 1)


if __name__ == "__main__":
    main()
