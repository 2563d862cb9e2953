"""Rows below the header that are no people: totals, footers, second headers, rows of a gradebook.

They are set aside before any column is read: a total would make words of a column of numbers. A
look is taken at rows where such rows stand: at the top, at the end, beside a blank row, or without
a name where the others have one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.roster import SetAside
from vermegroup.intake.cells import is_blank, none_blank, tidy
from vermegroup.intake.headers.find_columns import Chosen, places_of
from vermegroup.intake.headers.recognise import LONGEST_HEADER, plain
from vermegroup.intake.ledger import Ledger, with_rows
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import N_, Template, _

_TOP, _END = 3, 20
"""How many rows at either end are looked at."""
_SHARE_WITHOUT, _FEW, _MANY = 0.1, 2, 2_000
"""How many may lack a name where the others have one: a share, but so few always, so many never."""
_TOTAL = re.compile(
    r"(kaikki |osallistujia |vastauksia )?(yhteensa|yht|summa|valisumma|loppusumma)( \d+)?"
    r"|(keskiarvo|mediaani|lukumaara|osallistujia|ilmoittautuneita|vastaajia|vastauksia)( \d+)?"
    r"|(grand |sub ?)?total(t|s|summa)?( \d+)?|(sum|count|average|mean|median)( \d+)?"
    r"|(antal( deltagare| svar)?|medeltal|medelvarde|median)( \d+)?"
    r"|(yhteensa|sammanlagt|totalt|total (number|of|count|participants|people|responses))\b.*"
    r"|points possible|manual posting"
)
_NO_NAME_AT_ALL = re.compile(r"yhteensa|sammanlagt|total|keskiarvo|average")
_FOOTER = re.compile(
    r"(raportti|tulostettu|luotu|viety|vienti|tuloste|sivu \d|lahde|paivitetty|huom\b"
    r"|report|generated|exported|printed|created|page \d|source|downloaded|updated|note\b"
    r"|rapport|utskriven|skapad|exporterad|sida \d|kalla|uppdaterad|obs\b)"
)
# A heading typed by hand above those who cancelled or wait.
_HEADING = re.compile(
    r"(peru(utta)?neet|perutut|peruutukset|perumiset|poisjaaneet|jaaneet pois|estyneet"
    r"|ei(vat)? (osallistu|tule|paase)|varasij\w*|varalla|jono\w*|odot\w*|avbok\w*|avanmal\w*"
    r"|aterbud|avhopp\w*|reserv(er|es?|plats\w*|lista\w*)?|ko(lista|plats)?|vantelista"
    r"|deltar (inte|ej)|cancel\w*|withdr\w*|drop(ped out|outs?)|not (attending|coming)"
    r"|wait(ing)? ?list\w*|stand ?by)"
    r"( (osallistujat|henkilot|ilmoittautumiset|deltagare|personer|anmalningar"
    r"|people|participants))?"
    r"( [0-9]+)?"
)
_FEW_ROWS = 5_000
"""Of so few, each is looked at for a heading."""
_NO_PERSON = N_("The row is no person (“{text}”), so it was set aside")
_NO_NAME = N_("The row has no name where the others have one (“{text}”), so it was set aside")
_HEADER_AGAIN = N_("The row is a header once more (“{text}”), so it was set aside")
_NAMELESS = _("The row has no name where the others have one; it counts as a person all the same")
_BELOW = N_(
    "Whoever stands below the heading “{text}” counts as taking part; the heading was set aside"
)
_IF_GONE = _("If those below it do not take part, remove their rows, or give them a status")
_REMOVE = _("If it is no person, remove the row")


def without_no_people(
    sheet: Sheet, chosen: Chosen, ledger: Ledger
) -> tuple[Sheet, tuple[SetAside, ...]]:
    """The sheet with its people alone, and the rows that are none; those are noted."""
    if not len(sheet.people):
        return sheet, ()
    rows = _Rows.of(sheet, chosen)
    found = {at: reason for at in rows.suspects() if (reason := rows.why_not(at)) is not None}
    _tell(found, rows, ledger)
    for at in found:
        if rows.is_heading(at) and at + 1 < len(sheet.people):
            message = _BELOW.filled(text=rows.text(at))
            ledger.warning(message, _IF_GONE, row=int(sheet.rows()[at]), value=rows.text(at))
    for at in np.flatnonzero(rows.nameless & rows.beside).tolist():
        if at not in found:
            row = int(sheet.rows()[at])
            ledger.warning(_NAMELESS, _REMOVE, row=row, value=rows.text(at))
    if not found:
        return sheet, ()
    numbers = sheet.rows()
    aside = [
        SetAside(int(numbers[at]), reason.filled(text=rows.text(at)))
        for at, reason in found.items()
    ]
    return replace(sheet, people=np.delete(sheet.people, list(found))), tuple(aside)


def _tell(found: dict[int, Template], rows: _Rows, ledger: Ledger) -> None:
    """Note the rows that are no people; those that say the same at once."""
    numbers, alike = rows.sheet.rows(), dict[tuple[str, str], list[int]]()
    for at, reason in found.items():
        alike.setdefault((reason.text, rows.text(at)), []).append(at)
    for (_reason, text), places in alike.items():
        message = found[places[0]].filled(text=text)
        shown = [int(numbers[place]) for place in places]
        ledger.notice(with_rows(message, shown), row=shown[0], value=text, aside=True)


def telling_word(aside: SetAside) -> str:
    """The first word of a total or a footer, which tells that its row is no person; else ""."""
    message = aside.reason
    if message.template.text != _NO_PERSON.text:
        return ""
    word = str(dict(message.values)["text"]).split()[0]
    return word if _TOTAL.fullmatch(plain(word)) or _FOOTER.match(plain(word)) else ""


@dataclass(frozen=True, slots=True)
class _Rows:
    """The n rows of a sheet, and the places of the columns that tell ids, and of those that name.

    ``nameless``, shape (n,), lack what names people, or the id where nothing does; none do where
    many lack it. ``edges`` are the rows beside a blank one; those ``beside``, shape (n,), stand
    above the first name, below the last, or below the last blank row. Few rows are all there as
    ``lines``, read at once, since one row of a wide table takes long; of many there are none.
    """

    sheet: Sheet
    ids: Sequence[int]
    naming: Sequence[int]
    nameless: BoolArray
    edges: IntArray
    beside: BoolArray
    lines: Sequence[Sequence[str]]

    @classmethod
    def of(cls, sheet: Sheet, chosen: Chosen) -> _Rows:
        ids = places_of("id", sheet, chosen)
        traits = ("name", "first name", "last name", "email")
        naming = [place for trait in traits for place in places_of(trait, sheet, chosen)]
        gaps = np.flatnonzero(np.diff(sheet.people) > 1)
        emails = places_of("email", sheet, chosen)
        nameless = _blank(sheet, naming or ids, emails)
        edges = np.append(gaps, gaps + 1)
        places, named = np.arange(len(nameless)), np.flatnonzero(~nameless)
        foot = edges[-1] if len(edges) else len(places)
        foot = min(foot, named[-1] + 1) if naming else foot
        beside = np.asarray((places < named[0]) | (places >= foot))
        few = len(places) <= _FEW_ROWS
        lines = sheet.table.cells.to_numpy(dtype=object)[sheet.people].tolist() if few else ()
        return cls(sheet, ids, naming, nameless, edges, beside, lines)

    def suspects(self) -> list[int]:
        """The rows that are worth a look, in their order."""
        n = len(self.nameless)
        near = [*range(min(_TOP, n)), *range(max(0, n - _END), n), *self.edges.tolist()]
        headings = (at for at in range(len(self.lines)) if self.is_heading(at))
        return sorted({*near, *headings, *np.flatnonzero(self.nameless).tolist()})

    def is_heading(self, at: int) -> bool:
        """Whether a row has nothing but words that call those below cancelled or waiting."""
        row = self._line(at)
        filled = [cell for cell in row if not is_blank(cell)]
        if not len(filled) == 1 < len(row) or len(filled[0]) > LONGEST_HEADER:
            return False
        return _HEADING.fullmatch(plain(filled[0])) is not None

    def why_not(self, at: int) -> Template | None:
        """Why a row is no person, or None where it may well be one."""
        # What makes a row no person stands at the beginning of a cell, however long that is.
        cells = [cell[:LONGEST_HEADER] for cell in self._cells(at)]
        filled = [place for place, cell in enumerate(cells) if cell]
        again = sum(plain(cells[place]) == plain(self.sheet.names[place]) for place in filled)
        if again > 1 and 2 * again > len(filled):
            return _HEADER_AGAIN
        if (
            self.is_heading(at)
            or self._is_summary(at, cells, filled)
            or self._is_footer(at, cells, filled)
        ):
            return _NO_PERSON
        has_id = any(cells[place] for place in self.ids)
        return _NO_NAME if self.nameless[at] and not has_id and self.beside[at] else None

    def _is_summary(self, at: int, cells: Sequence[str], filled: Sequence[int]) -> bool:
        """Whether the row is called a total, and nothing but figures stands for a person."""
        telling = {*self.ids, *self.naming}
        called = next((place for place in filled if not cells[place].isdecimal()), filled[0])
        figures = all(cells[place].isdecimal() for place in filled if place in telling - {called})
        text = plain(cells[called])
        # Behind a number that may be an id, Summa may be somebody's name.
        is_total = _TOTAL.fullmatch(text) and (called == filled[0] or _NO_NAME_AT_ALL.search(text))
        here = called in {0, *telling} or self.nameless[at]
        return bool(is_total and figures and here)

    def _is_footer(self, at: int, cells: Sequence[str], filled: Sequence[int]) -> bool:
        """Whether one text stands alone in a table of several columns, and is no id or name."""
        if len(filled) > 1 or len(cells) == 1 or "@" in cells[filled[0]]:
            return False
        text = cells[filled[0]]
        below = bool(self.nameless[at] and self.beside[at])
        return below or text.endswith(":") or _FOOTER.match(plain(text)) is not None

    def text(self, at: int) -> str:
        """What is told of a row: its first cell that is filled."""
        return next(filter(None, self._cells(at)))

    def _cells(self, at: int) -> list[str]:
        return list(map(tidy, self._line(at)))

    def _line(self, at: int) -> Sequence[str]:
        if self.lines:
            return self.lines[at]
        return self.sheet.table.cells.iloc[int(self.sheet.people[at])].tolist()


def _blank(sheet: Sheet, places: Sequence[int], emails: Sequence[int]) -> BoolArray:
    """Which rows are blank in all of some columns, shape (n,); none where many are.

    In a column of ``emails``, what is no address is as good as nothing.
    """
    blank = np.full(len(sheet.people), bool(places))
    for place in places:
        cells = sheet.table.cells.iloc[:, place].to_numpy(dtype=object)[sheet.people].tolist()
        if place in emails:
            cells = [cell if "@" in cell else "" for cell in cells]
        if none_blank(cells):
            return np.zeros(len(cells), dtype=bool)
        blank &= np.array(list(map(is_blank, cells)), dtype=bool)
    few = blank.sum() <= min(_MANY, max(_FEW, _SHARE_WITHOUT * len(blank)))
    return blank if few and not blank.all() else np.zeros(len(blank), dtype=bool)
