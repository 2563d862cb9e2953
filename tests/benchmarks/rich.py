"""A rich rulebook and rosters for it: everything that a programme may ask at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

RULES = """
groups: {size: 3-5, prefer: 4}
bands:
  experience: {new: below 5, experienced: 10 or more}
rules:
  - different: municipality
  - different: organisation
  - include: {experience: new, at_least: 1}
  - include: {experience: experienced, at_least: 1}
  - include: {role: mentor, at_least: 1}
  - common: times
  - place_everyone
preferences:
  - spread: years
  - resilient: 1
  - balance: years
  - balance: profession
"""
# Neighbourhoods alone do all the work here.
NEIGHBOURHOODS = """
rules:
  - different: municipality
  - different: organisation
  - include: {years: below 5, at_least: 1}
  - include: {years: 10 or more, at_least: 1}
  - place_everyone
preferences: [resilient: 1]
"""
_TIMES = [f"{day} {hour}" for day in ("Mon", "Tue", "Wed", "Thu", "Fri") for hour in (12, 15, 17)]


def write_rich(path: Path, people: int, seed: int = 1) -> None:
    """A synthetic roster with places, employers, years, professions, roles and free times."""
    chance = np.random.default_rng(seed)
    band = chance.choice(3, people, p=[0.35, 0.25, 0.40])
    low, high = np.array([0, 5, 10])[band], np.array([5, 10, 36])[band]
    times = [
        "; ".join(_TIMES[at] for at in sorted(chance.choice(len(_TIMES), count, replace=False)))
        for count in chance.integers(3, 7, people)
    ]
    pd.DataFrame(
        {
            "id": [f"SYN-{number:07d}" for number in range(1, people + 1)],
            "municipality": _invented("Imaginary", chance.integers(0, people // 3, people)),
            "organisation": _invented("Invented employer", chance.integers(0, people // 5, people)),
            "years": chance.integers(low, high),
            "profession": chance.choice(
                ["teacher", "nurse", "leader", "planner"], people, p=[0.45, 0.3, 0.1, 0.15]
            ),
            "role": np.where(chance.random(people) < 0.33, "mentor", "mentee"),
            "times": times,
        }
    ).to_csv(path, index=False)


def _invented(name: str, numbers: np.ndarray) -> list[str]:
    return [f"{name} {number + 1}" for number in numbers]
