"""Small rosters for tests, built from plain people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm

import numpy as np
import pandas as pd

from tests.brute_force import Person
from tests.oracle.answers import Oracle
from tests.oracle.written import book_of
from vermegroup.domain.problem import Problem, problem_of
from vermegroup.domain.roster import Categories, Links, Numbers, Roster, Sets, Table, Turns
from vermegroup.intake.pair_weights import read_named_weights
from vermegroup.intake.pipeline import read_named
from vermegroup.rulebooks.read import default_rulebook, rulebook_from_text


def roster_of(people: Sequence[Person]) -> Roster:
    """A roster with the traits of the people, as intake would have read it."""
    ids = np.array([f"SYN-{number:03d}" for number in range(1, len(people) + 1)], dtype=object)
    cells = pd.DataFrame(
        {
            "id": ids,
            "municipality": [person.municipality for person in people],
            "years": [str(person.years) for person in people],
        }
    )
    rows = np.arange(len(people))
    per_unit = lcm(*(Fraction(person.years).denominator for person in people))
    ticks = np.array([int(person.years * per_unit) for person in people], dtype=np.int64)
    return Roster(
        ids,
        {
            "municipality": _places([person.municipality for person in people]),
            "subject": _categories([person.subject for person in people], "subject"),
        },
        {"years": Numbers(ticks, per_unit, "years")},
        Table("synthetic.csv", cells, rows + 2),
        rows,
        ids,
        sets={"hours": _sets([person.hours for person in people], "hours")},
        orders={"years": Turns(-ticks, "years")},
        links={"wishes": _links([person.wishes for person in people], "wishes")},
    )


def _categories(texts: Sequence[str], header: str) -> Categories:
    values, codes = np.unique(texts, return_inverse=True)
    return Categories(codes.astype(np.int64), tuple(map(str, values)), header)


def _places(towns: Sequence[str]) -> Categories:
    """Towns on one meridian, half a degree (55.6 km) from the next in the order of their names."""
    found = _categories(towns, "municipality")
    north = 60 + np.arange(len(found.values)) / 2
    return replace(found, places=np.stack([north, np.full(len(north), 25.0)], axis=1))


def _sets(having: Sequence[tuple[str, ...]], header: str) -> Sets:
    values = sorted({value for held in having for value in held})
    member = np.array([[value in held for value in values] for held in having], dtype=bool)
    return Sets(member.reshape(len(having), len(values)), tuple(values), header)


def _links(named: Sequence[tuple[int, ...]], header: str) -> Links:
    pairs = [(person, other) for person, others in enumerate(named) for other in others]
    return Links(np.array(pairs, dtype=np.int64).reshape(-1, 2), (), header)


def problem_from(people: Sequence[Person], rulebook: str | None = None) -> Problem:
    """A problem from plain people and a rulebook's text; the default rulebook without one."""
    book = (
        default_rulebook()
        if rulebook is None
        else rulebook_from_text(rulebook, "test", earlier=read_named, weights=read_named_weights)
    )
    return problem_of(roster_of(people), book)


def oracle_of(
    people: Sequence[Person], rulebook: str, earlier: Mapping[str, str] | None = None
) -> Oracle:
    """What is right of the same people under the same rulebook, which nothing may split.

    ``earlier`` are texts of earlier groups by the names that the rulebook has for their files.
    """
    ids = [f"SYN-{number:03d}" for number in range(1, len(people) + 1)]
    rows = [
        {
            "id": id_,
            "municipality": person.municipality,
            "years": str(person.years),
            "subject": person.subject,
            "hours": ";".join(person.hours),
            "wishes": ";".join(ids[other] for other in person.wishes),
        }
        for id_, person in zip(ids, people, strict=True)
    ]
    return Oracle(rows, book_of(rulebook).others, earlier or {})
