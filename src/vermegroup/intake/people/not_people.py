"""Rows below the header that are no people: totals, footers, second headers, rows of a gradebook.

They are set aside before any column is read: a total would make words of a column of numbers. A
look is taken at rows where such rows stand: at the top, at the end, beside a blank row, or without
a name where the others have one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

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
    r"|rapport|utskriven|skapad|exporterad|sida \d|kalla|uppdaterad|obs\b"
    r"|(laatinut|laatija|koonnut|kokosi|tehnyt|jarjestaja|lisatietoja|yhteyshenkilo)\b"
    r"|(sammanstall|upprattad|gjord|skriven)\w* av\b|(kontaktperson|mer information)\b"
    r"|(prepared|compiled|made|written|collected) (by|on)\b|(contact person|more information)\b)"
)
# A heading above the members of a group: "Ryhmä 1", "Grupp B:", "2. ryhmä", "Group 3 (Espoo)".
_GROUP_WORD = r"(\w*ryhma|\w*grupp(en)?|(\w+ )?group|tiimi|team|porukka)"
_GROUP = re.compile(
    rf"{_GROUP_WORD} (nro |nr |no )?([0-9]{{1,3}}[a-z]?|[a-z]|[ivx]{{1,4}})( .*)?"
    rf"|([0-9]{{1,3}}|[a-z]) {_GROUP_WORD}"
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
_SHOWN = 3
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
        if rows.is_heading(at) and at not in rows.group_headings and at + 1 < len(sheet.people):
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
    groups = ", ".join(dict.fromkeys(map(rows.text, sorted(rows.group_headings)[:_SHOWN])))
    groups += " …" if len(rows.group_headings) > _SHOWN else ""
    for at, reason in found.items():
        text = groups if at in rows.group_headings else rows.text(at)
        alike.setdefault((reason.text, text), []).append(at)
    for (_reason, text), places in alike.items():
        message = found[places[0]].filled(text=text)
        shown = [int(numbers[place]) for place in places]
        ledger.notice(with_rows(message, shown), row=shown[0], value=text, aside=True)


def telling_word(aside: SetAside) -> str:
    """The first words of a row that is no person, those that tell it; else ""."""
    message = aside.reason
    if message.template.text != _NO_PERSON.text:
        return ""
    words = str(dict(message.values)["text"]).split()
    beginnings = (" ".join(words[:count]) for count in range(1, _SHOWN + 1))
    return next(filter(_tells_it, beginnings), "")


def _tells_it(words: str) -> bool:
    bare = plain(words)
    whole = any(form.fullmatch(bare) for form in (_TOTAL, _HEADING, _GROUP))
    return whole or _FOOTER.match(bare) is not None


@dataclass(frozen=True, slots=True)
class _Rows:
    """The n rows of a sheet, and the places of the columns that tell ids, and of those that name.

    ``nameless``, shape (n,), lack what names people, or the id where nothing does; none do where
    many lack it. ``edges`` are the rows beside a blank one; those ``beside``, shape (n,), stand
    above the first name, below the last, or below the last blank row. Few rows are all there as
    ``lines``, read at once, since one row of a wide table takes long; of many there are none.
    ``group_headings`` stand above the members of a group, which are no longer told so.
    """

    sheet: Sheet
    ids: Sequence[int]
    naming: Sequence[int]
    nameless: BoolArray
    edges: IntArray
    beside: BoolArray
    lines: Sequence[Sequence[str]]
    group_headings: frozenset[int]

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
        headings = frozenset(_group_headings(lines, naming or ids))
        return cls(sheet, ids, naming, nameless, edges, beside, lines, headings)

    def suspects(self) -> list[int]:
        """The rows that are worth a look, in their order."""
        n = len(self.nameless)
        near = [*range(min(_TOP, n)), *range(max(0, n - _END), n), *self.edges.tolist()]
        headings = (at for at in range(len(self.lines)) if self.is_heading(at))
        return sorted({*near, *headings, *np.flatnonzero(self.nameless).tolist()})

    def is_heading(self, at: int) -> bool:
        """Whether a row has nothing but words for those below: a group, cancelled or waiting."""
        if at in self.group_headings:
            return True
        alone = _alone(self._line(at))
        return bool(alone) and _HEADING.fullmatch(plain(alone)) is not None

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
        text = cells[filled[0]]
        # "Laatinut:" may stand in one cell, and who it was in the next.
        labelled = len(filled) == 2 and text.endswith(":") and _FOOTER.match(plain(text))
        if labelled:
            return True
        if len(filled) > 1 or len(cells) == 1 or "@" in text:
            return False
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


def _alone(row: Sequence[str]) -> str:
    """The one cell of a row of several that is filled, if it is short; else ""."""
    filled = list(islice((cell for cell in row if cell and not is_blank(cell)), 2))
    alone = len(filled) == 1 < len(row) and len(filled[0]) <= LONGEST_HEADER
    return filled[0] if alone else ""


def _group_headings(lines: Sequence[Sequence[str]], telling: Sequence[int]) -> list[int]:
    """The rows that have nothing but a group's name.

    None where others are ``telling`` such names for a person's: then groups are the participants.
    """
    found = [
        at
        for at, row in enumerate(lines)
        if (alone := _alone(row)) and _GROUP.fullmatch(plain(alone))
    ]
    if not found:
        return []
    names = {plain(row[place]) for row in lines if not _alone(row) for place in telling}
    return [] if any(map(_GROUP.fullmatch, names)) else found


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
