"""Newcomers as somebody typed them into a form or has them in a file, as the text of a CSV file.

They are read before a search begins, so that what is at fault is told while they can be mended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.edit.pages import fields
from vermegroup.edit.pages.desk import Desk
from vermegroup.edit.pages.fields import Fields
from vermegroup.edit.session.proposals import NEWCOMERS, refuse_newcomers
from vermegroup.edit.session.state import State
from vermegroup.intake.files.csv_text import csv_text
from vermegroup.intake.files.layout import sheet_of
from vermegroup.intake.files.source import Source
from vermegroup.intake.ledger import Ledger
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import _
from vermegroup.report.blocks import summarised


def joining(desk: Desk, asked: Fields) -> str:
    """Who joins, typed or from a file, as CSV text; "" where nobody does.

    Raises InputError where they cannot be read, with whom of the form or which row of the file.
    """
    state, source = desk.session.state, desk.session.source
    headers = newcomers_columns(state)
    rows = typed(headers, fields.several(asked, "cell"))
    chosen = fields.chosen(asked, "file")
    if rows and chosen is not None:
        raise InputError([Finding(Severity.ERROR, _TYPED_AND_FILE)])
    if chosen is not None:
        text = in_file(*chosen)
        refuse_newcomers(Source(*chosen), state, source)
        return text
    if not rows:
        return ""
    text = csv_text([headers], [list(column) for column in zip(*rows.values(), strict=True)])
    try:
        refuse_newcomers(Source(NEWCOMERS, text.encode()), state, source, every_row=True)
    except InputError as fault:
        called = _NEWCOMER.in_(desk.workplace.language)
        raise InputError([_in_form(each, [*rows], called) for each in fault.findings]) from fault
    return text


def typed(headers: Sequence[str], cells: Sequence[str]) -> dict[int, list[str]]:
    """The rows of a form in which something was typed, by their numbers there, from 1."""
    width = max(1, len(headers))
    if len(cells) % width:
        fields.refuse()
    rows = [list(map(str.strip, cells[at : at + width])) for at in range(0, len(cells), width)]
    return {number: row for number, row in enumerate(rows, 1) if any(row)}


def _in_form(finding: Finding, numbers: Sequence[int], called: str) -> Finding:
    """The finding with whom of the form it is about, instead of a row of a file that is nowhere."""
    if finding.file != NEWCOMERS:
        return finding
    at = (finding.row or 0) - _FIRST_ROW
    who = f"{called} {numbers[at]}" if 0 <= at < len(numbers) else called
    return replace(finding, file=who, row=None)


def noticed_of_newcomers(findings: Sequence[Finding], language: Language) -> list[str]:
    """What was noticed of those who would join, in words."""
    called = _NEWCOMERS.in_(language)
    own = [replace(each, file=called) for each in findings if each.file == NEWCOMERS]
    return [f"{line.place}: {line.message}" for line in summarised(own, language)]


def in_file(name: str, content: bytes) -> str:
    """The table in a file. Raises InputError where there is none that can be read."""
    ledger = Ledger(name)
    table = sheet_of(Source(name, content), ledger).table
    ledger.stop_on_errors()
    headings = table.headings or (tuple(map(str, table.cells.columns)),)
    return csv_text(headings, [table.cells[name].tolist() for name in table.cells.columns])


def newcomers_columns(state: State) -> list[str]:
    """The headers of the roster's columns that are read, but for that of the groups."""
    columns = state.groups.look.columns
    return [each.header for each in columns if each.trait not in (None, "group")]


_FIRST_ROW = 2
_NEWCOMERS = _("Newcomers")
_NEWCOMER = _("Newcomer")
_TYPED_AND_FILE = _("Newcomers are both typed and in a file; leave one of the two out")
