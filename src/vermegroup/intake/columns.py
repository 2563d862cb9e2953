"""Which column of a sheet holds which trait."""

from __future__ import annotations

from vermegroup.intake.headers import WORDS, plain, recognise
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.sheet import Sheet
from vermegroup.phrase import Phrase, phrase

_WANTED = {
    "id": Phrase(
        "No column identifies the participants",
        "Osallistujien tunnuksille ei löytynyt saraketta",
        "Ingen kolumn med deltagarnas id hittades",
    ),
    "municipality": Phrase(
        "No column tells the participants' municipality",
        "Osallistujien kunnalle ei löytynyt saraketta",
        "Ingen kolumn med deltagarnas kommun hittades",
    ),
    "years": Phrase(
        "No column tells the participants' experience in years",
        "Osallistujien työkokemukselle vuosina ei löytynyt saraketta",
        "Ingen kolumn med deltagarnas arbetserfarenhet i år hittades",
    ),
    "group": Phrase(
        "No column tells the participants' groups",
        "Osallistujien ryhmille ei löytynyt saraketta",
        "Ingen kolumn med deltagarnas grupper hittades",
    ),
}
_HEADERS = {
    "id": Phrase("id", "Tunnus", "Id"),
    "municipality": Phrase("municipality", "Kunta", "Kommun"),
    "years": Phrase("years", "Työkokemus vuosina", "Arbetserfarenhet i år"),
    "group": Phrase("group", "Ryhmä", "Grupp"),
}


def column_of(trait: str, sheet: Sheet, ledger: Ledger) -> int | None:
    """The position of a trait's column; None, and an error, where there is none or several."""
    places = _places(trait, sheet.header)
    if not places:
        ledger.error(*_missing(trait, sheet), row=sheet.header_row)
    elif len(places) > 1:
        ledger.error(*_competing(trait, [sheet.header[place] for place in places]))
    return places[0] if len(places) == 1 else None


def column_if_any(trait: str, sheet: Sheet) -> int | None:
    """The position of a trait's column that nothing depends on; None where it is not certain."""
    places = _places(trait, sheet.header)
    return places[0] if len(places) == 1 else None


def meaning(trait: str) -> str:
    """The canonical name of a trait that a rulebook may call by another: Kunta, municipality."""
    return recognise(trait) or trait


def _places(trait: str, header: tuple[str, ...]) -> list[int]:
    # A column that has the trait's very name needs no vocabulary, and so decides a competition.
    called_so = [place for place, name in enumerate(header) if plain(name) == plain(trait)]
    if called_so or meaning(trait) not in WORDS:
        return called_so
    return [place for place, name in enumerate(header) if recognise(name) == meaning(trait)]


def _missing(trait: str, sheet: Sheet) -> tuple[Phrase, Phrase]:
    unknown = phrase(
        "There is no column “{trait}”",
        "Saraketta ”{trait}” ei löytynyt",
        "Kolumnen ”{trait}” hittades inte",
        trait=trait,
    )
    message = phrase(
        "{wanted}. The columns found are: {found}",
        "{wanted}. Tiedoston sarakkeet ovat: {found}",
        "{wanted}. Filens kolumner är: {found}",
        wanted=_WANTED.get(meaning(trait), unknown),
        found=[name for name in sheet.header if name],
    )
    hint = phrase(
        "Give the right column the header “{header}”",
        "Anna oikealle sarakkeelle otsikko ”{header}”",
        "Ge rätt kolumn rubriken ”{header}”",
        header=_HEADERS.get(meaning(trait), trait),
    )
    return message, hint


def _competing(trait: str, names: list[str]) -> tuple[Phrase, Phrase]:
    message = phrase(
        "Several columns could be meant: {names}",
        "Useampi sarake voi tulla kyseeseen: {names}",
        "Flera kolumner kan avses: {names}",
        names=[f"”{name}”" for name in names],
    )
    hint = phrase(
        "Give the one that counts the header “{header}”",
        "Anna käytettävälle sarakkeelle otsikko ”{header}”",
        "Ge den kolumn som ska användas rubriken ”{header}”",
        header=meaning(trait),
    )
    return message, hint
