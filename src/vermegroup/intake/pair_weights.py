"""A file ``a,b,weight``: two ids and a number in every row, one row for each pair."""

from __future__ import annotations

from pathlib import Path

from vermegroup.domain.pair_weights import PairWeights
from vermegroup.intake.files.layout import sheet_of
from vermegroup.intake.files.readings import WEIGHTS
from vermegroup.intake.files.source import named_from, read_source, spoken
from vermegroup.intake.headers.recognise import plain
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.traits.categories import read_numbers
from vermegroup.language.messages import _

_HEADERS = ("a", "b", "weight")


def read_named_weights(name: str, folder: Path) -> PairWeights:
    """Read the file of this name from a folder, or else from the current one."""
    return read_pair_weights(named_from(folder, name, WEIGHTS), name)


def read_pair_weights(path: Path, name: str) -> PairWeights:
    """Read a file with the columns a, b and weight, in any order.

    ``name`` is what the rulebook calls it. A pair may stand in both orders, with one weight.

    Raises:
        RosterError: with every fault that was found.
    """
    ledger = Ledger(spoken(path))
    source = read_source(path, ledger, WEIGHTS)
    sheet = sheet_of(source, ledger)
    places = _places(sheet)
    if not places.keys() >= set(_HEADERS):
        # Nothing of a file is quoted that was never meant to be read.
        ledger = Ledger(spoken(path))
        ledger.error(_NO_COLUMNS, _COLUMNS, row=sheet.header_row)
        raise ledger.refusal()
    ones, others = sheet.texts(places["a"]), sheet.texts(places["b"])
    column = sheet.column(places["weight"])
    numbers = read_numbers(column, ledger)
    for row in sheet.rows()[numbers.ticks < 0].tolist():
        ledger.error(_NEGATIVE, row=row, column=column.header)
    weights = _each_once(sheet, ones, others, numbers.ticks.tolist(), ledger)
    ledger.stop_on_errors()
    return PairWeights(name, weights, numbers.per_unit, source.sha256())


def _places(sheet: Sheet) -> dict[str, int]:
    """Where each header stands; of two that are alike, the first."""
    return {plain(name): place for place, name in reversed([*enumerate(sheet.names)])}


def _each_once(
    sheet: Sheet, ones: list[str], others: list[str], ticks: list[int], ledger: Ledger
) -> tuple[tuple[str, str, int], ...]:
    found: dict[tuple[str, str], int] = {}
    for row, one, other, weight in zip(sheet.rows().tolist(), ones, others, ticks, strict=True):
        low, high = sorted((one, other))
        if not low or low == high:
            ledger.error(_NO_PAIR, row=row)
        elif found.setdefault((low, high), weight) != weight:
            ledger.error(_TWO_WEIGHTS, row=row)
    return tuple((one, other, weight) for (one, other), weight in found.items())


_NO_COLUMNS = _("The file does not tell of pairs of people: it lacks a column a, b or weight")
_COLUMNS = _("Its first row is a,b,weight, and each row below has two ids and a number")
_NEGATIVE = _("A weight must be 0 or more")
_NO_PAIR = _("The row does not name two people")
_TWO_WEIGHTS = _("The pair has another weight on a row above")
