"""Where the stations of intake note what they find in one file, each text with all its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.findings import Finding, RosterError, Severity
from vermegroup.domain.findings import errors as errors_among
from vermegroup.intake.cells import Column
from vermegroup.language.messages import Message, _, ngettext


class Ledger:
    """The findings about one file, collected so that they can be reported at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._findings: list[Finding] = []

    def error(
        self,
        message: Message,
        hint: Message | None = None,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Note something that stops the run, at the place where a person finds it."""
        self._findings.append(Finding(Severity.ERROR, message, self.file, row, column, value, hint))

    def warning(
        self,
        message: Message,
        hint: Message | None = None,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Note something that may well be wrong, and that a person should look at."""
        self._findings.append(
            Finding(Severity.WARNING, message, self.file, row, column, value, hint)
        )

    def notice(
        self,
        message: Message,
        hint: Message | None = None,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
        aside: bool = False,
    ) -> None:
        """Note what was done with the input, where people should know of it."""
        self._findings.append(
            Finding(Severity.NOTICE, message, self.file, row, column, value, hint, aside)
        )

    def findings(self) -> tuple[Finding, ...]:
        """All findings: those about the whole file first, then row by row."""
        return tuple(sorted(self._findings, key=lambda finding: finding.row or 0))

    def refusal(self) -> RosterError:
        """The exception that carries every error noted so far."""
        return RosterError(errors_among(self.findings()))

    def has_errors(self) -> bool:
        """Whether anything was noted that stops the run."""
        return bool(errors_among(self._findings))

    def stop_on_errors(self) -> None:
        """Raise a RosterError if an error was noted."""
        if self.has_errors():
            raise self.refusal()


def rows_of(rows: Iterable[int]) -> list[int]:
    """Row numbers as plain integers, which is what findings (and JSON) hold."""
    return [int(row) for row in rows]


MOST_TEXTS = 200
_MOST_ROWS = 10


@dataclass(frozen=True, slots=True)
class Remark:
    """What there is to say of one text, wherever it stands."""

    severity: Severity
    message: Message
    hint: Message | None = None


def tell(remarks: Mapping[int, Remark], column: Column, ledger: Ledger) -> None:
    """Note each remark (by the code of its text) at its first row, naming the others.

    Errors are noted first; after the first 200 texts, the others are only counted.
    """
    if not remarks:
        return
    rows = _rows_by_code(remarks, column)
    first_errors = sorted(
        remarks, key=lambda code: (remarks[code].severity is not Severity.ERROR, rows[code][0])
    )
    for code in first_errors[:MOST_TEXTS]:
        remark = remarks[code]
        note = {
            Severity.ERROR: ledger.error,
            Severity.WARNING: ledger.warning,
            Severity.NOTICE: ledger.notice,
        }[remark.severity]
        message = with_rows(remark.message, rows[code].tolist())
        place = int(rows[code][0])
        note(message, remark.hint, row=place, column=column.header, value=column.values[code])
    _tell_rest(first_errors[MOST_TEXTS:], rows, column, ledger)


def with_rows(message: Message, rows: list[int]) -> Message:
    """A message with the rows it holds for, where that is more than the one it stands at."""
    if len(rows) < 2:
        return message
    shown = ", ".join(map(str, rows[:_MOST_ROWS]))
    if len(rows) > _MOST_ROWS:
        return ngettext(
            "{message} (rows {shown} and {n} more)",
            "{message} (rows {shown} and {n} more)",
            len(rows) - _MOST_ROWS,
            message=message,
            shown=shown,
        )
    return _("{message} (rows {rows})", message=message, rows=rows)


def _tell_rest(
    codes: list[int], rows: Mapping[int, IntArray], column: Column, ledger: Ledger
) -> None:
    if not codes:
        return
    message = _("Other texts of this column that were treated likewise: {texts}", texts=len(codes))
    ledger.notice(message, row=int(rows[codes[0]][0]), column=column.header)


def _rows_by_code(remarks: Mapping[int, Remark], column: Column) -> dict[int, IntArray]:
    """The rows of each text that is remarked on, in their order."""
    chosen = np.zeros(len(column.values), dtype=bool)
    chosen[list(remarks)] = True
    places = np.flatnonzero(column.having(chosen))
    codes = column.codes[places]
    order = np.lexsort([column.rows[places], codes])
    found, starts = np.unique(codes[order], return_index=True)
    parts = np.split(column.rows[places[order]], starts[1:])
    return dict(zip(found.tolist(), parts, strict=True))
