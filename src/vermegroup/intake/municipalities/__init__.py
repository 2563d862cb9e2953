"""The municipalities of Finland, as facts that ship with the package.

Sources: Statistics Finland, classification of municipalities, and National Land Survey of Finland,
where their centres and the country's borders are; both CC BY 4.0 (see SOURCE.md).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality of the register.

    ``name_sv`` is empty for most former ones, as is everything about their region. ``languages``
    is fi, sv, fi-sv or sv-fi. ``successor`` is the code of the municipality of 2026 that a former
    one is part of, where that is known.
    """

    code: str
    name_fi: str
    name_sv: str
    region_code: str
    region_fi: str
    region_sv: str
    languages: str
    population: int
    last_year: str
    successor: str

    @property
    def exists(self) -> bool:
        """Whether it exists in 2026."""
        return not self.last_year


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All municipalities, those of today first."""
    table = resources.files(__package__).joinpath("municipalities.csv")
    lines = table.read_text(encoding="utf-8").splitlines()
    return tuple(_municipality(row) for row in csv.DictReader(lines))


@cache
def centres() -> Mapping[str, tuple[float, float]]:
    """Degrees north and east of each municipality's central locality, by its code."""
    table = resources.files(__package__).joinpath("centres.csv")
    lines = table.read_text(encoding="utf-8").splitlines()
    return {
        row["code"]: (float(row["latitude"]), float(row["longitude"]))
        for row in csv.DictReader(lines)
    }


@cache
def outline() -> tuple[tuple[tuple[float, float], ...], ...]:
    """The outline of Finland, ring by ring: degrees north and east, good for a background."""
    table = resources.files(__package__).joinpath("outline.csv")
    rings: dict[str, list[tuple[float, float]]] = {}
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        rings.setdefault(row["ring"], []).append((float(row["latitude"]), float(row["longitude"])))
    return tuple(map(tuple, rings.values()))


def _municipality(row: dict[str, str]) -> Municipality:
    return Municipality(
        code=row["code"],
        name_fi=row["name_fi"],
        name_sv=row["name_sv"],
        region_code=row["region_code"],
        region_fi=row["region_fi"],
        region_sv=row["region_sv"],
        languages=row["languages"],
        population=int(row["population"] or 0),
        last_year=row["last_year"],
        successor=row["successor_code"],
    )
