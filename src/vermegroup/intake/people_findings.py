"""What is said of people who stand on several rows, or have no id."""

from __future__ import annotations

from vermegroup.intake.identity import NOBODY, Identity, Texts
from vermegroup.intake.ledger import Ledger, rows_of
from vermegroup.intake.same_person import Kin
from vermegroup.intake.sheet import Sheet
from vermegroup.phrase import Phrase, people_of, phrase
from vermegroup.roster import IntArray

MOST_ROWS = 50
MOST_SETS = 50
MOST_NAMED = 10

NOBODY_LEFT = (
    Phrase(
        "Everyone on the roster has cancelled",
        "Kaikki osallistujat ovat peruneet",
        "Alla deltagare har avbokat",
    ),
    Phrase(
        "Check the column that tells the status",
        "Tarkista sarake, jossa on ilmoittautumisen tila",
        "Kontrollera kolumnen med anmälans status",
    ),
)
_ONE_OR_LATEST = Phrase(
    "Correct the id of one row. If both are the same person, write duplicates: latest in the "
    "rulebook, and the latest row counts",
    "Korjaa toisen rivin tunnus. Jos rivit ovat samasta henkilöstä, kirjoita sääntökirjaan "
    "duplicates: latest, jolloin viimeisin rivi on voimassa",
    "Rätta id:t på den ena raden. Om raderna gäller samma person, skriv duplicates: latest i "
    "regelboken, så gäller den senaste raden",
)
_REMOVE_ONE = Phrase(
    "If this is one person, remove one of the rows",
    "Jos kyseessä on sama henkilö, poista toinen riveistä",
    "Om det är en och samma person, ta bort en av raderna",
)
_SAME_ID = Phrase("the same id", "sama tunnus", "samma id")
_SAME_EMAIL = Phrase("the same e-mail", "sama sähköposti", "samma e-post")
_SAME_NAME = Phrase(
    "the same name and details", "sama nimi ja samat tiedot", "samma namn och uppgifter"
)


def why_same(people: list[int], identity: Identity) -> Phrase:
    """What makes some rows one person: the strongest of the reasons that hold for all."""
    for mark, reason in ((identity.ids, _SAME_ID), (identity.emails, _SAME_EMAIL)):
        codes = set(mark.codes[people].tolist())
        if len(codes) == 1 and NOBODY not in codes:
            return reason
    return _SAME_NAME


def same_person(row: int, into: int, reason: Phrase) -> Phrase:
    """A row was merged into another of the same person."""
    return phrase(
        "Rows {row} and {into} are the same person ({reason}); row {into} counts and row {row} "
        "was set aside",
        "Rivit {row} ja {into} ovat samasta henkilöstä ({reason}); rivi {into} on voimassa ja "
        "rivi {row} jätettiin sivuun",
        "Raderna {row} och {into} gäller samma person ({reason}); rad {into} gäller och rad {row} "
        "lades åt sidan",
        row=row,
        into=into,
        reason=reason,
    )


def note_contradictions(kin: Kin, identity: Identity, sheet: Sheet, ledger: Ledger) -> None:
    """Note ids that two people have as errors, and people who may be one as warnings."""
    rows = sheet.rows()
    for people in kin.contradictory:
        own = str(identity.ids.texts[people[0]])
        column = None if identity.id_place is None else sheet.names[identity.id_place]
        for person in people[1:]:
            message = _on_another_row(own, int(rows[people[0]]))
            row = int(rows[person])
            ledger.error(message, _ONE_OR_LATEST, row=row, column=column, value=own)
    for people in kin.shared[:MOST_SETS]:
        ledger.warning(_shared(rows_of(rows[people])), _REMOVE_ONE, row=int(rows[people[0]]))
    for people in kin.alike[:MOST_SETS]:
        ledger.warning(_alike(rows_of(rows[people])), _REMOVE_ONE, row=int(rows[people[0]]))


def note_made_up(
    ids: Texts, rows: IntArray, identity: Identity, sheet: Sheet, ledger: Ledger
) -> None:
    """Note the ids that were made up."""
    if identity.id_place is None:
        ledger.notice(_NO_IDS, row=sheet.header_row)
        return
    column = sheet.names[identity.id_place]
    told = list(zip(ids.tolist(), rows_of(rows), strict=True))
    for own, row in told[:MOST_ROWS]:
        ledger.notice(_made_up(own), row=row, column=column, value="")
    if len(told) > MOST_ROWS:
        rest = phrase(
            "Ids were also made up for another {people}",
            "Lisäksi tunnus luotiin {count} henkilölle",
            "Dessutom skapades id för {people}",
            count=len(told) - MOST_ROWS,
            people=people_of(len(told) - MOST_ROWS),
        )
        ledger.notice(rest, row=told[MOST_ROWS][1], column=column, value="")


_NO_IDS = Phrase(
    "No column has ids: people are told apart by their e-mail and name, and get ids made of these",
    "Tunnuksille ei ole saraketta: henkilöt erotetaan sähköpostin ja nimen perusteella, ja "
    "tunnukset luodaan niistä",
    "Ingen kolumn har id: personerna skiljs åt med e-post och namn, och får id som skapas av dem",
)


def _shared(rows: list[int]) -> Phrase:
    return phrase(
        "Rows {rows} have the same e-mail but different names, and count as different people",
        "Riveillä {rows} on sama sähköposti mutta eri nimet, joten ne lasketaan eri henkilöiksi",
        "Raderna {rows} har samma e-post men olika namn och räknas som olika personer",
        rows=rows[:MOST_NAMED],
    )


def _alike(rows: list[int]) -> Phrase:
    return phrase(
        "Rows {rows} have the same name and details but different ids or e-mails, and count as "
        "different people",
        "Riveillä {rows} on sama nimi ja samat tiedot mutta eri tunnus tai sähköposti, joten ne "
        "lasketaan eri henkilöiksi",
        "Raderna {rows} har samma namn och uppgifter men olika id eller e-post och räknas som "
        "olika personer",
        rows=rows[:MOST_NAMED],
    )


def _made_up(own: str) -> Phrase:
    return phrase(
        "The id is missing; {own} stands for it",
        "Tunnus puuttuu; sen tilalla käytetään tunnusta {own}",
        "Id saknas; i stället används {own}",
        own=own,
    )


def _on_another_row(own: str, row: int) -> Phrase:
    return phrase(
        "The id “{own}” stands on row {row} already, with other details",
        "Tunnus ”{own}” on jo rivillä {row}, mutta eri tiedoin",
        "Id:t ”{own}” finns redan på rad {row}, med andra uppgifter",
        own=own,
        row=row,
    )
