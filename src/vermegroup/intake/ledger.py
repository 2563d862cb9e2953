"""Where the stations of intake note what they find in one file."""

from __future__ import annotations

from collections.abc import Iterable

from vermegroup.findings import Finding, RosterError, Severity
from vermegroup.findings import errors as errors_among
from vermegroup.phrase import Phrase


class Ledger:
    """The findings about one file, collected so that they can be reported at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._findings: list[Finding] = []

    def error(
        self,
        message: Phrase,
        hint: Phrase | None = None,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Note something that stops the run, at the place where a person finds it."""
        self._findings.append(Finding(Severity.ERROR, message, self.file, row, column, value, hint))

    def warning(
        self,
        message: Phrase,
        hint: Phrase | None = None,
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
        message: Phrase,
        hint: Phrase | None = None,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Note what was done with the input, where people should know of it."""
        self._findings.append(
            Finding(Severity.NOTICE, message, self.file, row, column, value, hint)
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
