"""Small rosters for tests, built from plain people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tests.brute_force import Person
from vermegroup.problem import Problem, problem_of
from vermegroup.roster import Categories, Numbers, Roster, Table
from vermegroup.rules.reading import default_rulebook, rulebook_from_text


def roster_of(people: Sequence[Person]) -> Roster:
    """A roster with the traits municipality and years, as intake would have read it."""
    towns, codes = np.unique([person.municipality for person in people], return_inverse=True)
    ids = np.array([f"SYN-{number:03d}" for number in range(1, len(people) + 1)], dtype=object)
    cells = pd.DataFrame(
        {
            "id": ids,
            "municipality": [person.municipality for person in people],
            "years": [str(person.years) for person in people],
        }
    )
    rows = np.arange(len(people))
    ticks = np.array([person.years for person in people], dtype=np.int64)
    return Roster(
        ids,
        {
            "municipality": Categories(
                codes.astype(np.int64), tuple(map(str, towns)), "municipality"
            )
        },
        {"years": Numbers(ticks, 1, "years")},
        Table("synthetic.csv", cells, rows + 2),
        rows,
        ids,
    )


def problem_from(people: Sequence[Person], rulebook: str | None = None) -> Problem:
    """A problem from plain people and a rulebook's text; the default rulebook without one."""
    book = default_rulebook() if rulebook is None else rulebook_from_text(rulebook, "test")
    return problem_of(roster_of(people), book)
