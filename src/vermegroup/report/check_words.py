"""The words of a check's summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vermegroup.phrase import Phrase, groups_of, people_of, phrase, verbatim
from vermegroup.report.report import GroupCountLine


def rest(count: int) -> Phrase:
    """How many lines are not shown."""
    return phrase(
        "{count} more; --format json tells all of them",
        "ja {count} muuta; kaikki saa valitsimella --format json",
        "och {count} till; --format json visar alla",
        count=count,
    )


def label(*, usable: bool) -> Phrase:
    """The check in a word or two."""
    return _USABLE if usable else _NOT_USABLE


def sentence(errors: int, people: int) -> Phrase:
    """The check in one sentence."""
    if errors == 1:
        return _ONE_ERROR
    if errors:
        return phrase(
            "{errors} faults must be put right before groups can be formed.",
            "{errors} virhettä on korjattava, ennen kuin ryhmiä voi muodostaa.",
            "{errors} fel måste rättas innan grupper kan bildas.",
            errors=errors,
        )
    return phrase(
        "{people} can be grouped; whether every rule can hold was not settled in this time.",
        "Ryhmiteltävänä on {people}; tässä ajassa ei selvinnyt, voivatko kaikki säännöt toteutua.",
        "{people} kan delas in; på den här tiden gick det inte att avgöra om alla regler kan "
        "uppfyllas.",
        people=people_of(people),
    )


def possible(people: int, counts: Sequence[GroupCountLine], *, possible: bool) -> Phrase:
    """What can be formed, in one sentence; of a split roster without numbers."""
    if not possible:
        return sentence(0, people)
    numbers = [line.groups for line in counts if line.possible and line.part is None]
    if not numbers:
        return phrase(
            "{people} can be grouped with every rule kept, in every part.",
            "Ryhmiteltävänä on {people}, ja kaikki säännöt voivat toteutua jokaisessa osassa.",
            "{people} kan delas in så att alla regler uppfylls, i varje del.",
            people=people_of(people),
        )
    low, high = min(numbers), max(numbers)
    return phrase(
        "{people} can be grouped with every rule kept, for example in {groups}.",
        "Ryhmiteltävänä on {people}, ja kaikki säännöt voivat toteutua; ryhmiä voi olla {span}.",
        "{people} kan delas in så att alla regler uppfylls, till exempel i {groups}.",
        people=people_of(people),
        groups=groups_of(low) if low == high else _span_of_groups(low, high),
        span=verbatim(str(low) if low == high else f"{low}–{high}"),
    )


def _span_of_groups(low: int, high: int) -> Phrase:
    return phrase("{s} groups", "{s} ryhmää", "{s} grupper", s=f"{low}–{high}")


TITLES: Mapping[str, Phrase] = {
    "columns": Phrase("Columns", "Sarakkeet", "Kolumner"),
    "error": Phrase("To be put right", "Korjattava", "Att rätta"),
    "warning": Phrase("Worth a look", "Tarkistamisen arvoista", "Värt att kontrollera"),
    "notice": Phrase("How it was read", "Näin luettiin", "Så lästes det"),
    "rows": Phrase("Rows set aside", "Sivuun jätetyt rivit", "Rader som lagts åt sidan"),
}
TAKING_PART = Phrase("taking part", "osallistuu", "deltar")
KEPT = Phrase("kept as it is", "säilyy sellaisenaan", "behålls som den är")
NO_COLUMN = Phrase(
    "no column tells it, and the rulebook needs it",
    "sarake puuttuu, ja sääntökirja tarvitsee sitä",
    "ingen kolumn har den, och regelboken behöver den",
)
_USABLE = Phrase("The roster can be used", "Luetteloa voi käyttää", "Listan kan användas")
_NOT_USABLE = Phrase(
    "The roster cannot be used yet",
    "Luetteloa ei voi vielä käyttää",
    "Listan kan inte användas ännu",
)
_ONE_ERROR = Phrase(
    "One fault must be put right before groups can be formed.",
    "Yksi virhe on korjattava, ennen kuin ryhmiä voi muodostaa.",
    "Ett fel måste rättas innan grupper kan bildas.",
)
