"""Groups as whoever studies them needs them: traits and who was with whom, and no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from vermegroup.domain.arrays import BoolArray


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A numeric trait: what its column is called, the header it was read from, and values (n,)."""

    name: str
    header: str
    values: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NameColumn:
    """A trait with named values, (n,) texts; with several of one person they are parted by "; "."""

    name: str
    header: str
    values: tuple[str, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Study:
    """n people and their groups in one ``season``, or at one ``meeting``.

    ``member`` (n, groups) says who is in which of the groups called ``groups``, and ``leads`` (n,)
    who leads one. ``methods`` is a text on how the groups came about.
    """

    season: str
    ids: tuple[str, ...]
    groups: tuple[str, ...]
    member: BoolArray
    leads: BoolArray
    numbers: tuple[NumberColumn, ...]
    names: tuple[NameColumn, ...]
    methods: bytes
    pseudonymised: bool
    meeting: bool = False
    day: date | None = None
