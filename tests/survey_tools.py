"""Sign-ups of sixty invented people, as survey tools export them in three languages."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

Rows = list[list[str]]

FIRST = (
    *("Aino", "Bo", "Cecilia", "Daniela", "Eila", "Fanni", "Greta", "Heikki", "Irja", "Jalmari"),
    *("Kaarina", "Lempi", "Mauri", "Nanna", "Orvokki"),
)
LAST = ("Keksitty", "Kuviteltu", "Olematon", "Satunen")
TOWNS = {
    "fi": (
        *("Espoo", "Hamina", "Hki", "Inari", "Joensuu", "J:kylä", "Kokkola", "Kouvola", "Lahti"),
        *("Lohja", "Naantali", "Oulu", "Pori", "Porvoo", "Raisio", "Salo", "Tre", "Turku", "Vaasa"),
    ),
    "sv": (
        *("Esbo", "Fredrikshamn", "H:fors", "Enare", "Joensuu", "Jakobstad", "Karleby", "Kouvola"),
        *("Lahtis", "Lojo", "Nådendal", "Uleåborg", "Björneborg", "Borgå", "Reso", "Salo", "Åbo"),
        *("Tammerfors", "Vasa"),
    ),
}
TOWNS["en"] = TOWNS["fi"]


@dataclass(frozen=True)
class Person:
    """An invented person."""

    first: str
    last: str
    town: str
    years: int
    answered: datetime

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"

    @property
    def email(self) -> str:
        """An address that nobody has."""
        return f"{self.first}.{self.last}@example.org".lower()


def people(language: str) -> list[Person]:
    """Sixty people."""
    chance, start = random.Random(language), datetime(2026, 8, 3, 8, 15, 7)
    names = [(first, last) for last in LAST for first in FIRST]
    chance.shuffle(names)
    towns = TOWNS[language]
    return [
        Person(*name, towns[at % 19], (7 * at + at // 20) % 23, start + timedelta(hours=at * 5.3))
        for at, name in enumerate(names)
    ]


Cell = Callable[[int, Person], str]


def time_as(form: str) -> Cell:
    """The time of answer in a form of ``strftime``, in which ``%-`` needs no zeros."""

    def cell(_number: int, person: Person) -> str:
        told = person.answered
        half = {"fi": ("ap.", "ip."), "sv": ("fm", "em"), "en": ("AM", "PM")}
        text = form.format(
            d=told.day,
            m=told.month,
            y=told.year,
            h=told.hour,
            h12=told.hour % 12,
            **{name: halves[told.hour >= 12] for name, halves in half.items()},
            min=f"{told.minute:02}",
            s=f"{told.second:02}",
        )
        return text.replace(" 0:", " 12:").replace(" 0.", " 12.")

    return cell


def number(at: int, _person: Person) -> str:
    """The number that a form gives an answer."""
    return str(at)


def name(_at: int, person: Person) -> str:
    """First and last name."""
    return person.name


def first(_at: int, person: Person) -> str:
    """The first name."""
    return person.first


def last(_at: int, person: Person) -> str:
    """The last name."""
    return person.last


def email(_at: int, person: Person) -> str:
    """The address."""
    return person.email


def town(_at: int, person: Person) -> str:
    """The municipality."""
    return person.town


def years(_at: int, person: Person) -> str:
    """The years of experience."""
    return str(person.years)


def saying(text: str) -> Cell:
    """The same text on every row."""
    return lambda _at, _person: text


_GOOGLE_FI, _GOOGLE_SV, _GOOGLE_EN = (
    time_as("{y}/{m:02}/{d:02} {h12}.{min}.{s} {fi} UTC+3"),
    time_as("{y}-{m:02}-{d:02} {h:02}:{min}:{s}"),
    time_as("{y}/{m:02}/{d:02} {h12}:{min}:{s} {en} GMT+3"),
)
_AMERICAN = time_as("{m}/{d}/{y} {h:02}:{min}:{s}")
_FINNISH = time_as("{d}.{m}.{y} {h}:{min}:{s}")
_SWEDISH = time_as("{y}-{m:02}-{d:02} {h:02}:{min}")
_DOTTED = time_as("{d}.{m}.{y} klo {h}.{min}")

TOOLS: Mapping[tuple[str, str], Sequence[tuple[str, Cell]]] = {
    ("Google Forms", "fi"): (
        ("Aikaleima", _GOOGLE_FI),
        ("Sähköpostiosoite", email),
        ("Etunimi ja sukunimi", name),
        ("Missä kunnassa työskentelet tällä hetkellä?", town),
        ("Kuinka monta vuotta olet työskennellyt varhaiskasvatuksessa?", years),
        ("Vapaa sana", saying("")),
    ),
    ("Google Forms", "sv"): (
        ("Tidstämpel", _GOOGLE_SV),
        ("E-postadress", email),
        ("För- och efternamn", name),
        ("I vilken kommun arbetar du?", town),
        ("Hur många år har du arbetat inom småbarnspedagogiken?", years),
    ),
    ("Google Forms", "en"): (
        ("Timestamp", _GOOGLE_EN),
        ("Email Address", email),
        ("Your name", name),
        ("In which municipality do you work?", town),
        ("How many years have you worked in early childhood education?", years),
    ),
    ("Microsoft Forms", "fi"): (
        ("Tunnus", number),
        ("Aloitusaika", _AMERICAN),
        ("Valmistumisaika", _AMERICAN),
        ("Sähköposti", saying("anonymous")),
        ("Nimi", saying("")),
        ("Etunimi", first),
        ("Sukunimi", last),
        ("Sähköpostiosoitteesi", email),
        ("Työpaikkasi kunta", town),
        ("Työvuodet varhaiskasvatuksessa", years),
    ),
    ("Microsoft Forms", "sv"): (
        ("ID", number),
        ("Starttid", _AMERICAN),
        ("Slutförandetid", _AMERICAN),
        ("E-post", saying("anonymous")),
        ("Namn", saying("")),
        ("Förnamn", first),
        ("Efternamn", last),
        ("Din e-postadress", email),
        ("Arbetsplatsens kommun", town),
        ("Arbetserfarenhet inom småbarnspedagogik (år)", years),
    ),
    ("Microsoft Forms", "en"): (
        ("ID", number),
        ("Start time", _AMERICAN),
        ("Completion time", _AMERICAN),
        ("Email", saying("anonymous")),
        ("Name", saying("")),
        ("First name", first),
        ("Last name", last),
        ("What is your email address?", email),
        ("Municipality of work", town),
        ("Work experience (years)", years),
    ),
    ("Webropol", "fi"): (
        ("Vastaajan nro", number),
        ("Luotu", _FINNISH),
        ("Lähetetty", _FINNISH),
        ("Nimi:", name),
        ("Sähköposti:", email),
        ("Kunta (työ):", town),
        ("Kokemus alalta (v)", years),
    ),
    ("Webropol", "sv"): (
        ("Respondentnummer", number),
        ("Skapad", _SWEDISH),
        ("Skickad", _SWEDISH),
        ("Namn:", name),
        ("E-post (arbete):", email),
        ("Kommun:", town),
        ("År i branschen", years),
    ),
    ("Webropol", "en"): (
        ("RespondentId", number),
        ("Created", _AMERICAN),
        ("Submitted", _AMERICAN),
        ("Full name", name),
        ("Email ID", email),
        ("workMunicipality", town),
        ("yearsOfExperience", years),
    ),
    ("Lyyti", "fi"): (
        ("Etunimi", first),
        ("Sukunimi", last),
        ("Sähköposti", email),
        ("Status", saying("Osallistuu")),
        ("Ilmoittautumisaika", _DOTTED),
        ("Työkunta", town),
        ("Työkokemus varhaiskasvatuksessa (v)", years),
    ),
    ("Lyyti", "sv"): (
        ("Förnamn", first),
        ("Efternamn", last),
        ("E-post", email),
        ("Status", saying("Deltar")),
        ("Anmälningstid", _SWEDISH),
        ("Arbetskommun", town),
        ("Antal år i yrket", years),
    ),
    ("Lyyti", "en"): (
        ("First name", first),
        ("Last name", last),
        ("E-mail", email),
        ("Status", saying("Attending")),
        ("Registration time", _FINNISH),
        ("City or municipality", town),
        ("Experience (yrs)", years),
    ),
    ("E-lomake", "fi"): (
        ("Vastauksen tunnus", number),
        ("Tallennusaika", _FINNISH),
        ("Nimesi", name),
        ("Sähköpostiosoitteesi", email),
        ("Kunta, jossa työskentelet", town),
        ("Työkokemuksesi vuosina", years),
    ),
    ("E-lomake", "sv"): (
        ("Svarsnummer", number),
        ("Sparad", _SWEDISH),
        ("Ditt namn", name),
        ("Din e-post", email),
        ("Kommun där du arbetar", town),
        ("Antal arbetsår", years),
    ),
    ("E-lomake", "en"): (
        ("Response number", number),
        ("Saved at", _SWEDISH),
        ("What is your name?", name),
        ("Your e-mail", email),
        ("Town or city", town),
        ("Years in the profession", years),
    ),
}


def export(tool: str, language: str) -> Rows:
    """The header and sixty-one answers, the fifth person's last one on the first row."""
    who = people(language)
    again = replace(who[4], answered=datetime(2026, 9, 30, 9))
    return _answers(tool, language, [again, *who])


def late(tool: str, language: str) -> Rows:
    """What the tool exports of four others, whose answers it numbers from 1 again."""
    who = zip(FIRST[:4], people(language), strict=False)
    four = [replace(person, first=first, last="Tulokas") for first, person in who]
    return _answers(tool, language, four)


def _answers(tool: str, language: str, who: Sequence[Person]) -> Rows:
    columns = TOOLS[tool, language]
    rows = [[cell(at, person) for _, cell in columns] for at, person in enumerate(who, 1)]
    return [[header for header, _ in columns], *rows]


def as_csv(rows: Rows, delimiter: str = ",") -> bytes:
    """The rows as a tool writes them, every cell in quotation marks."""
    lines = (delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def as_xlsx(rows: Rows, cell: Callable[[str], object] = str) -> bytes:
    """The rows as a workbook, with numbers where a number stands, and else what ``cell`` makes."""
    from openpyxl import Workbook

    workbook = Workbook()
    for row in rows:
        workbook.active.append(
            [int(text) if text.isdecimal() else cell(text) or None for text in row]
        )
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def dated_xlsx(rows: Rows) -> bytes:
    """The workbook that a Finnish spreadsheet program saves: a time that it knows is a date."""
    return as_xlsx(rows, lambda text: _dated(text) or text)


def reopened_csv(rows: Rows) -> bytes:
    """The CSV that it saves of this: with times in a form of its own, and few quotation marks."""
    texts = [[f"{time:%m/%d/%Y %H:%M:%S}" if (time := _dated(c)) else c for c in r] for r in rows]
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";").writerows(texts)
    return file.getvalue().encode()


def _dated(text: str) -> datetime | None:
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M:%S"):
        with suppress(ValueError):
            return datetime.strptime(text, form)
    return None
