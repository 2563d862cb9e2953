"""A person of a small roster, on which everything can be tried."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Person:
    municipality: str
    years: int | Fraction
    subject: str = ""
    hours: tuple[str, ...] = ()
    wishes: tuple[int, ...] = ()
