"""Groupings as people and other tools keep them, to one row for each member.

That is one row for each group with its members side by side, one column for each group with its
members below each other, or the name of a group on the first of its rows alone, as merged cells
leave it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from vermegroup.domain.grouping import is_usual
from vermegroup.intake.cells import TEXT, tidy
from vermegroup.intake.headers.added import added_in
from vermegroup.intake.headers.find_columns import Chosen, places_of
from vermegroup.intake.headers.recognise import language_of, plain, recognise
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import _

_MEMBER = re.compile(
    r"(member|participant|student|person|name|mentee|mentor|leader|attendee"
    r"|jasen|osallistuja|opiskelija|henkilo|nimi|aktori|mentori|vetaja"
    r"|medlem|deltagare|studerande|namn|adept|ledare)( ?[0-9]{1,3})?"
)
_MEMBERS = re.compile(
    r"(group )?(members|participants|students|people|names)|(ryhman )?(jasenet|osallistujat|nimet)"
    r"|opiskelijat|henkilot|(gruppens )?(medlemmar|deltagare|namn)"
)
_GROUP = re.compile(r"(ryhma|tiimi|vertaisryhma|group|team|grupp|lag)( ?\w{1,20})")
_APART = re.compile(r"[;\n|]")
_NAMING = ("id", "name", "first name", "last name", "email")
_FEWEST = 2
_CALLED = {
    "name": {"en": "name", "fi": "nimi", "sv": "namn"},
    "email": {"en": "email", "fi": "sähköposti", "sv": "e-post"},
    "id": {"en": "id", "fi": "tunnus", "sv": "id"},
}
_PER_ROW = _("Each row is a group with its members; each member was read as a row of their own")
_PER_COLUMN = _("Each column is a group; what stands in it was read as its members, a row each")
_FIRST_ROW = _(
    "A group stands on the first of its rows only; the rows below were read as of the same group"
)


def one_row_each(sheet: Sheet, chosen: Chosen, ledger: Ledger) -> Sheet:
    """The sheet with a row for each member; the same sheet where it has them already.

    ``chosen`` are the columns that people chose. What was done is noted. The rows keep the numbers
    of the file's rows, which several members may then share.
    """
    groups = places_of("group", sheet, chosen)
    if len(groups) == 1:
        found = _filled_down(sheet, groups[0])
        if found is not None:
            ledger.notice(_FIRST_ROW, row=sheet.header_row, column=sheet.names[groups[0]])
            return found
    if {"group", "id"} & set(chosen):
        return sheet
    if len(groups) == 1 and (members := _member_columns(sheet, groups[0])):
        ledger.notice(_PER_ROW, row=sheet.header_row)
        return _from_rows(sheet, groups[0], members)
    if not groups and _are_groups(sheet):
        ledger.notice(_PER_COLUMN, row=sheet.header_row)
        return _from_columns(sheet)
    return sheet


def _filled_down(sheet: Sheet, place: int) -> Sheet | None:
    """The sheet with each group's name on all its rows; None where names stand there already.

    A row below a blank one begins anew: who stands there without a group waits for one.
    """
    texts = sheet.texts(place)
    named = [at for at, text in enumerate(texts) if text]
    first = [texts[at].casefold() for at in named]
    if len(named) < _FEWEST or named[0] != 0 or len(set(first)) < len(first):
        return None
    begins = {0, *named, *(np.flatnonzero(np.diff(sheet.people) > 1) + 1).tolist()}
    name, sizes = "", dict[str, int]()
    for at, text in enumerate(texts):
        name = text if at in begins else name
        texts[at] = name
        sizes[name] = sizes.get(name, 0) + 1
    if min(size for name, size in sizes.items() if name) < _FEWEST:
        return None
    cells = sheet.table.cells.copy()
    column = cells.iloc[:, place].to_numpy(dtype=object).copy()
    column[sheet.people] = texts
    cells.isetitem(place, pd.array(column.tolist(), dtype=TEXT))
    return replace(sheet, table=replace(sheet.table, cells=cells))


def _member_columns(sheet: Sheet, group: int) -> list[int]:
    """The columns that hold members, where every group has one row; none where they do not."""
    names = sheet.texts(group)
    if not all(names) or len(set(map(str.casefold, names))) < len(names):
        return []
    headers = [plain(name) for name in sheet.names]
    alone = [at for at, name in enumerate(headers) if at != group and _MEMBERS.fullmatch(name)]
    if len(alone) == 1 and _are_lists(sheet, alone[0]):
        return alone
    # An unnamed column beside those of members holds members too.
    several = [
        at
        for at, name in enumerate(headers)
        if at != group and (_MEMBER.fullmatch(name) or not name)
    ]
    numbered = [at for at in several if not headers[at] or headers[at][-1].isdecimal()]
    return several if len(several) >= _FEWEST and len(numbered) >= len(several) - 1 else []


def _are_lists(sheet: Sheet, place: int) -> bool:
    """Whether cells list several; a name that has its parts the other way round is no list."""
    lists = [_parts(cell) for cell in _raw(sheet, place)]
    several = [parts for parts in lists if len(parts) > 1]
    clear = any(len(parts) > _FEWEST or any(" " in part for part in parts) for parts in several)
    return clear and _FEWEST * len(several) >= len(lists)


def _parts(cell: str) -> list[str]:
    mark = _APART if _APART.search(cell) else re.compile(",")
    return [text for part in mark.split(cell) if (text := tidy(part))]


def _raw(sheet: Sheet, place: int) -> list[str]:
    cells: list[str] = sheet.table.cells.iloc[sheet.people, place].tolist()
    return cells


def _are_groups(sheet: Sheet) -> bool:
    """Whether every column is called as a group is, and none as a trait is."""
    names = [name for name in sheet.names if name]
    return len(names) >= _FEWEST and all(
        recognise(name) is None and (is_usual(name) or _GROUP.fullmatch(plain(name)) is not None)
        for name in names
    )


def _from_rows(sheet: Sheet, group: int, members: Sequence[int]) -> Sheet:
    others = [
        at for at, name in enumerate(sheet.names) if name and at != group and at not in members
    ]
    rows: list[list[str]] = []
    numbers: list[int] = []
    for at, number in zip(sheet.people.tolist(), sheet.rows().tolist(), strict=True):
        cells: list[str] = sheet.table.cells.iloc[at].tolist()
        people = [part for place in members for part in _members_in(cells[place], members)]
        rows += [[person, *(cells[place] for place in others), cells[group]] for person in people]
        numbers += [number] * len(people)
    return _long(sheet, [sheet.names[place] for place in others], rows, numbers)


def _members_in(cell: str, members: Sequence[int]) -> list[str]:
    if len(members) == 1:
        return _parts(cell)
    return [text] if (text := tidy(cell)) else []


def _from_columns(sheet: Sheet) -> Sheet:
    rows: list[list[str]] = []
    numbers: list[int] = []
    for at, number in zip(sheet.people.tolist(), sheet.rows().tolist(), strict=True):
        cells = map(tidy, sheet.table.cells.iloc[at].tolist())
        found = [
            [cell, name] for cell, name in zip(cells, sheet.names, strict=True) if cell and name
        ]
        rows += found
        numbers += [number] * len(found)
    return _long(sheet, [], rows, numbers)


def _long(sheet: Sheet, others: list[str], rows: list[list[str]], numbers: list[int]) -> Sheet:
    """A sheet of these rows: a person, whatever else there is, and a group."""
    language = language_of(sheet.header)
    if language == "en":  # which is also the one of headers that tell none
        language = _language_of_groups(sheet)
    trait = _trait_of([row[0] for row in rows])
    header = (_CALLED[trait].get(language, trait), *others, added_in(language).group)
    cells = pd.DataFrame(rows, columns=list(header), dtype=TEXT)
    table = replace(
        sheet.table,
        cells=cells,
        row_numbers=np.array(numbers, dtype=np.int64),
        headings=(header,),
    )
    return replace(
        sheet, table=table, header=header, names=header, people=np.arange(len(rows), dtype=np.int64)
    )


def _language_of_groups(sheet: Sheet) -> str:
    first = plain(next(filter(None, sheet.names)))
    words = {"fi": ("ryhma", "tiimi", "vertais"), "sv": ("grupp", "lag")}
    return next((tongue for tongue, start in words.items() if first.startswith(start)), "en")


def _trait_of(people: Sequence[str]) -> str:
    if all("@" in person for person in people):
        return "email"
    ids = all(" " not in person and any(map(str.isdigit, person)) for person in people)
    return "id" if ids else "name"
