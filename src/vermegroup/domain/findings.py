"""What was noticed in the input, and the doors that open when it cannot go on.

Findings are data: everything at fault is collected and shown at once. Exceptions are doors,
each with the findings that closed it::

    InputError                the input or the call is at fault (exit code 2)
    ├── RosterError           a roster cannot be read as participants
    ├── RulebookError         a rulebook cannot be read as rules
    └── OutputError           the output folder cannot be written, or must not be overwritten

    AuditError                a defect: the audit does not confirm what the solver reported (70)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vermegroup.language.catalogues import ENGLISH, Language
from vermegroup.language.messages import Message, _


class Severity(StrEnum):
    """How much a finding matters: an error stops the run, a notice only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed in the input, at a place a person can look at.

    ``row`` is the row a spreadsheet or an editor shows (from 1); ``column`` is the header as
    written (for a rulebook: the key); ``value`` is the cell's own text. ``aside`` says that a row
    was set aside.
    """

    severity: Severity
    message: Message
    file: str = ""
    row: int | None = None
    column: str | None = None
    value: str | None = None
    hint: Message | None = None
    aside: bool = False

    def place(self, language: Language) -> str:
        """The place as a person looks it up: "kevat.csv, row 14, Kunta"."""
        row = "" if self.row is None else _("row {row}", row=self.row).in_(language)
        # A colon follows the place, and survey tools end headers with one: "Kunta:".
        column = (self.column or "").rstrip(": ")
        return ", ".join(part for part in (self.file, row, column) if part)

    def __str__(self) -> str:
        """In English, on one line: the place, what was noticed, and what to do."""
        told = f"{self.message}. {self.hint}" if self.hint else str(self.message)
        return f"{place}: {told}" if (place := self.place(ENGLISH)) else told


class InputError(Exception):
    """The input or the call is at fault; ``findings`` say where and what to do."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


class RosterError(InputError):
    """A roster cannot be read as participants."""


class RulebookError(InputError):
    """A rulebook cannot be read as rules."""


class OutputError(InputError):
    """The output folder cannot be written, or must not be overwritten."""


class AuditError(Exception):
    """The audit does not confirm what the solver reported: a defect of this program."""


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those findings that stop a run."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
