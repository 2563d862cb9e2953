"""What is said where a trait has no column, or more than one."""

from __future__ import annotations

from collections.abc import Sequence

from vermegroup.intake.headers import plain
from vermegroup.phrase import Phrase, phrase

Said = tuple[Phrase, Phrase]

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


def missing(trait: str, meaning: str, headers: Sequence[str]) -> Said:
    """No column could hold a trait."""
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
        wanted=_WANTED.get(meaning, unknown),
        found=[name for name in headers if name],
    )
    hint = phrase(
        "Give the right column the header “{header}”, or name it: {choice}",
        "Anna oikealle sarakkeelle otsikko ”{header}” tai nimeä sarake: {choice}",
        "Ge rätt kolumn rubriken ”{header}” eller ange kolumnen: {choice}",
        header=_HEADERS.get(meaning, trait),
        choice=_choice(trait, Phrase("Header", "Otsikko", "Rubrik")),
    )
    return message, hint


def competing(trait: str, names: Sequence[str]) -> Said:
    """Several columns could hold a trait, and only people know which one does."""
    message = phrase(
        "Several columns could be meant by {trait}: {names}",
        "Useampi sarake voi tarkoittaa samaa tietoa ({trait}): {names}",
        "Flera kolumner kan avses med {trait}: {names}",
        trait=trait,
        names=[f"”{name}”" for name in names],
    )
    hint = phrase(
        "Choose one, for example {choice}",
        "Valitse niistä yksi, esimerkiksi {choice}",
        "Välj en av dem, till exempel {choice}",
        choice=_choice(trait, names[0]),
    )
    return message, hint


def none_used(message: Phrase) -> Phrase:
    """The same where it stops nothing."""
    return phrase(
        "{message}. None of them is used",
        "{message}. Mitään niistä ei käytetä",
        "{message}. Ingen av dem används",
        message=message,
    )


def not_there(trait: str, header: str, headers: Sequence[str]) -> Said:
    """A column that was named does not exist."""
    from difflib import get_close_matches  # noqa: PLC0415

    message = phrase(
        "There is no column “{header}”, which is to tell {trait}",
        "Saraketta ”{header}”, josta tieto ”{trait}” pitäisi lukea, ei löytynyt",
        "Kolumnen ”{header}”, som ska innehålla {trait}, hittades inte",
        header=header,
        trait=trait,
    )
    by_letters = {plain(name): name for name in headers if name}
    near = get_close_matches(plain(header)[:60], by_letters, n=1)
    if near:
        name = by_letters[near[0]]
        hint = phrase(
            "Did you mean “{name}”?", "Tarkoititko ”{name}”?", "Menade du ”{name}”?", name=name
        )
        return message, hint
    hint = phrase(
        "The columns found are: {found}",
        "Tiedoston sarakkeet ovat: {found}",
        "Filens kolumner är: {found}",
        found=[name for name in headers if name],
    )
    return message, hint


def _choice(trait: str, header: str | Phrase) -> Phrase:
    """Both ways of choosing, to be copied: on the command line and in the rulebook."""
    line = phrase('--column "{t}={h}"', *['--column "{t}={h}"'] * 2, t=trait, h=header)
    book = phrase('columns: {{{t}: "{h}"}}', *['columns: {{{t}: "{h}"}}'] * 2, t=trait, h=header)
    return phrase(
        "{line} or in the rulebook {book}",
        "{line} tai sääntökirjassa {book}",
        "{line} eller i regelboken {book}",
        line=line,
        book=book,
    )
