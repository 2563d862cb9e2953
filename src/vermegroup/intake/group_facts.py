"""A file of what groups are called, who leads them, when and where: a row for each group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vermegroup.domain.group_facts import GroupFacts
from vermegroup.domain.roster import group_spelling
from vermegroup.intake.files.layout import sheet_of
from vermegroup.intake.files.readings import FACTS as ROLE
from vermegroup.intake.files.source import read_source, spoken
from vermegroup.intake.headers.recognise import plain
from vermegroup.intake.hours import clock
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.traits.times import moment, months_come_first
from vermegroup.language.catalogues import ENGLISH, Language
from vermegroup.language.messages import N_, _

# The first of each is what we call the column ourselves; all are read in any language.
_HEADERS: Mapping[Language, Mapping[str, str]] = {
    ENGLISH: {
        "group": "group, group id, id",
        "name": "name, group name, name of the group, title",
        "leader": "leader, facilitator, mentor, group leader, led by",
        "theme": "theme, topic, subject",
        "place": "place, location, venue, where, link, meeting link",
        "first_meeting": "first meeting, first date, date, start date, starts",
        "time": "time, time of day, hour, at",
        "repeats": "repeats, how often, frequency, recurrence, rhythm",
    },
    "fi": {
        "group": "ryhmä, ryhmän tunnus, ryhmätunnus, tunnus",
        "name": "nimi, ryhmän nimi",
        "leader": "vetäjä, ryhmän vetäjä, ohjaaja, ryhmänohjaaja, mentori, vertaismentori, johtaja",
        "theme": "teema, aihe",
        "place": "paikka, tapaamispaikka, kokoontumispaikka, missä, linkki",
        "first_meeting": (
            "ensimmäinen tapaaminen, ensimmäinen kokoontuminen, ensimmäinen kerta, "
            "1. tapaaminen, aloituspäivä, alkaa, päivä, päivämäärä, pvm"
        ),
        "time": "kellonaika, klo, kello, aika",
        "repeats": "toistuu, toisto, kuinka usein, tapaamisväli",
    },
    "sv": {
        "group": "grupp, gruppens id, id",
        "name": "namn, gruppens namn, gruppnamn",
        "leader": "ledare, gruppledare, handledare, mentor, samtalsledare",
        "theme": "tema, ämne",
        "place": "plats, ställe, mötesplats, var, länk",
        "first_meeting": (
            "första träffen, första träff, första mötet, första gången, startdatum, börjar, datum"
        ),
        "time": "klockslag, tid, klockan, kl",
        "repeats": "upprepas, hur ofta, återkommer",
    },
}
FACTS = tuple(_HEADERS[ENGLISH])


def fact_headers(language: Language) -> list[str]:
    """What we call the columns, in the order of ``FACTS``."""
    headers = _HEADERS.get(language, _HEADERS[ENGLISH])
    return [headers[fact].split(",")[0] for fact in FACTS]


@dataclass(frozen=True, slots=True)
class FactsFile:
    """The facts in a file, what was noticed in it, and the SHA-256 of its bytes.

    ``headers`` are what the file calls the facts that it has.
    """

    facts: tuple[GroupFacts, ...]
    ledger: Ledger
    headers: Mapping[str, str]
    file: str
    sha256: str


def read_group_facts(path: Path) -> FactsFile:
    """Read a file with a column of groups and some of the others, in any order.

    Raises:
        RosterError: with every fault that was found: no groups, a group that stands twice, a date
            that is no date, or a time that is no time.
    """
    name = spoken(path)
    ledger = Ledger(name)
    source = read_source(path, ledger, ROLE)
    sheet = sheet_of(source, ledger)
    places = _places(sheet)
    if "group" not in places or len(places) == 1:
        # Nothing of a file is quoted that was never meant to be read.
        ledger = Ledger(name)
        ledger.error(_NO_COLUMNS, _COLUMNS, row=sheet.header_row)
        raise ledger.refusal()
    facts = tuple(_Reading(sheet, places, ledger).facts(name))
    ledger.stop_on_errors()
    headers = {fact: sheet.names[place] for fact, place in places.items()}
    return FactsFile(facts, ledger, headers, name, source.sha256())


def _places(sheet: Sheet) -> dict[str, int]:
    """Where each fact stands: of several columns of one, the first."""
    words = {
        plain(word): fact
        for headers in _HEADERS.values()
        for fact, all_words in headers.items()
        for word in all_words.split(",")
    }
    found: dict[str, int] = {}
    for place, name in enumerate(sheet.names):
        fact = words.get(plain(name))
        if fact is not None:
            found.setdefault(fact, place)
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    sheet: Sheet
    places: Mapping[str, int]
    ledger: Ledger

    def facts(self, file: str) -> Iterator[GroupFacts]:
        cells = {fact: self.sheet.texts(place) for fact, place in self.places.items()}
        month_first = months_come_first(cells.get("first_meeting", ()))
        first: dict[str, int] = {}
        for at, row in enumerate(self.sheet.rows().tolist()):
            told = {fact: texts[at] for fact, texts in cells.items()}
            if not self._is_of_a_group(told["group"], row, first):
                continue
            day, time = self._when(told, row, month_first=month_first)
            texts = {fact: text for fact, text in told.items() if fact not in _WHEN}
            yield GroupFacts(**texts, first_meeting=day, time=time, file=file, row=row)

    def _is_of_a_group(self, group: str, row: int, first: dict[str, int]) -> bool:
        if not group:
            self.ledger.error(_NO_GROUP, row=row, column=self._header("group"))
        elif (before := first.setdefault(group_spelling(group), row)) != row:
            message = _TWICE.filled(row=before)
            self.ledger.error(message, _ONE_ROW, row=row, column=self._header("group"), value=group)
        else:
            return True
        return False

    def _when(
        self, told: Mapping[str, str], row: int, *, month_first: bool
    ) -> tuple[date | None, str]:
        """The day and the time of day, which may stand with the day."""
        text, clock_text = told.get("first_meeting", ""), told.get("time", "")
        day = moment(text, month_first=month_first) if text else None
        if text and day is None:
            self._refuse("first_meeting", text, row)
        time = clock(clock_text) if clock_text else None
        if clock_text and time is None:
            self._refuse("time", clock_text, row)
        if day is not None and not clock_text and (day.hour or day.minute):
            time = f"{day:%H:%M}"
        return (None if day is None else day.date()), time or ""

    def _refuse(self, fact: str, text: str, row: int) -> None:
        message, hint = _WHEN[fact]
        self.ledger.error(
            message.filled(text=text), hint, row=row, column=self._header(fact), value=text
        )

    def _header(self, fact: str) -> str:
        return self.sheet.names[self.places[fact]]


_WHEN = {
    "first_meeting": (N_("“{text}” is no date"), _("Write it like this: 2026-12-01 or 1.12.2026")),
    "time": (N_("“{text}” is no time of day"), _("Write it like this: 14:30 or 14:30–15:30")),
}
_NO_COLUMNS = _("The file does not tell of groups: it lacks a column of groups, or all others")
_COLUMNS = _(
    "Its headers are group, name, leader, theme, place, first meeting, time and repeats; all but "
    "the first may be left out"
)
_NO_GROUP = _("The row does not say which group it is about")
_TWICE = N_("The group stands on row {row} already")
_ONE_ROW = _("Write everything about a group on one row")
