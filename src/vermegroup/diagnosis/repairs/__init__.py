"""Repairs: changes that make groups possible, each tried by the path that ``form`` takes.

One file for each remedy. A remedy yields its cheapest repair, or a few different ones, and says
whether nothing cheaper of its kind is possible.
"""

from __future__ import annotations

from collections.abc import Iterator

from vermegroup.diagnosis.repairs.bands import band_repairs
from vermegroup.diagnosis.repairs.counts import number_repairs, size_repairs
from vermegroup.diagnosis.repairs.recruits import recruit_repairs
from vermegroup.diagnosis.repairs.relax_rule import rule_repairs
from vermegroup.diagnosis.written import Written
from vermegroup.domain.outcome import Conflict, Repair
from vermegroup.solver.search import Search

# The seconds, and the share of the time there is, that each remedy may take at the most.
REMEDY = (2.0, 0.1)

_REMEDIES = (recruit_repairs, size_repairs, number_repairs, band_repairs, rule_repairs)


def repairs(
    written: Written, conflicts: tuple[Conflict, ...], search: Search
) -> Iterator[tuple[Repair, Search]]:
    """What was found of each remedy, with the search that found it."""
    for remedy in _REMEDIES:
        own = search.within(*REMEDY)
        for repair in remedy(written, conflicts, own):
            yield repair, own
