"""What is told of columns that nothing reads: rivals for a trait, and lists of participants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vermegroup.domain.findings import Finding, Severity
from vermegroup.intake.headers.find_columns import SeenColumn, competing, none_used
from vermegroup.intake.headers.recognise import tells_of_someone_else
from vermegroup.intake.people.called import Called
from vermegroup.intake.people.people import People
from vermegroup.intake.pipeline import Look
from vermegroup.intake.traits.value_sets import named_in
from vermegroup.language.messages import N_, _

_CHOSEN_OTHERWISE = frozenset(
    ("id", "name", "first name", "last name", "email", "status", "cancelled", "answered", "group")
)
"""Of these several are read, or it is told elsewhere which is."""
_ENOUGH = 2_000
"""Rows that show what a column is."""


def unread(look: Look) -> Iterator[Finding]:
    """What there is to tell of the columns of a roster, and of one that is not there."""
    if look.people is None:
        return
    yield from _rivals(look.columns)
    names = look.people.persons.names.tolist()
    if names and not any(names):
        yield Finding(Severity.NOTICE, _NO_NAMES, hint=_NAME_IT)
    yield from _lists(look.columns, look.people)


def _rivals(columns: Sequence[SeenColumn]) -> Iterator[Finding]:
    rivals: dict[str, list[str]] = {}
    for column in columns:
        if column.trait and not (column.joined or column.asked):
            rivals.setdefault(column.trait, []).append(column.header)
    for trait, headers in rivals.items():
        if len(headers) > 1 and trait not in _CHOSEN_OTHERWISE:
            message, hint = competing(trait, headers)
            yield Finding(Severity.NOTICE, none_used(message), hint=hint)


def _lists(columns: Sequence[SeenColumn], people: People) -> Iterator[Finding]:
    called = people.called()
    for place, column in enumerate(columns):
        if column.trait or column.asked or tells_of_someone_else(column.header):
            continue
        if name_others(people.sheet.written(place)[:_ENOUGH], called):
            said = _LIST.filled(header=column.header)
            hint = _IF_SO.filled(header=column.header)
            yield Finding(Severity.WARNING, said, column=column.header, hint=hint)


def name_others(texts: Sequence[str], called: Called) -> bool:
    """Whether most cells name other participants, and not by a number, which may be anything."""
    listed = [named_in(text, called) for text in texts]
    naming = (
        any(
            places and person not in places
            for value in values
            if not value.isdigit()
            for places in [called.places(value) or called.shortened(value)]
        )
        for person, values in enumerate(listed)
    )
    count = sum(naming)
    return count > 1 and 2 * count > sum(map(bool, listed))


_NO_NAMES = _("No column of names was found")
_NAME_IT = _("If a column has people's names, name it: --column name=…")
_LIST = N_("The cells of “{header}” name participants, and no rule reads them")
_IF_SO = N_(
    'If they are wishes, write under preferences: wishes: "{header}". If they are people to keep '
    'apart, write under rules: apart: {{from: "{header}"}}'
)
