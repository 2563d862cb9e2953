"""The municipality where a participant works."""

from __future__ import annotations

from vermegroup.intake.categories import read_categories
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.sheet import Column
from vermegroup.roster import Categories


def read_municipalities(column: Column, ledger: Ledger) -> Categories:
    """Read a column of municipalities; ``helsinki`` and ``Helsinki `` are one."""
    return read_categories(column, ledger)
