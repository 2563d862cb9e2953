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


def possible(
    people: int, counts: Sequence[GroupCountLine], *, possible: bool, everyone: bool
) -> Phrase:
    """What can be formed, in one sentence; of a split roster without numbers.

    Where not ``everyone`` must be placed, that groups can be formed does not place them all.
    """
    if not possible:
        return sentence(0, people)
    numbers = [line.groups for line in counts if line.possible and line.part is None]
    form = _FORMS[bool(numbers), everyone]
    return phrase(
        form.en,
        form.fi,
        form.sv,
        people=people_of(people),
        groups=groups_of(numbers[0]) if len(numbers) == 1 else _spans_of_groups(numbers),
        spans=verbatim(_spans(numbers)),
    )


def _spans_of_groups(numbers: Sequence[int]) -> Phrase:
    return phrase("{s} groups", "{s} ryhmää", "{s} grupper", s=verbatim(_spans(numbers)))


def _spans(numbers: Sequence[int]) -> str:
    """Numbers in ascending order, those that follow each other as one: "3–5, 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return ", ".join(told[:_SPANS] + ["…"] * (len(told) > _SPANS))


_SPANS = 6  # told of numbers at the most
_WITH_EVERYONE = Phrase(
    "{people} can be grouped with every rule kept, for example in {groups}.",
    "Ryhmiteltävänä on {people}, ja kaikki säännöt voivat toteutua; ryhmiä voi olla {spans}.",
    "{people} kan delas in så att alla regler uppfylls, till exempel i {groups}.",
)
_WITH_A_WAITLIST = Phrase(
    "Groups can be formed of {people} with every rule kept, for example {groups}; some people may "
    "have to wait.",
    "Ryhmiteltävänä on {people}, ja kaikki säännöt voivat toteutua; ryhmiä voi olla {spans}, ja "
    "joku voi jäädä jonoon.",
    "Av {people} kan grupper bildas så att alla regler uppfylls, till exempel {groups}; några kan "
    "få vänta.",
)
_IN_EVERY_PART = Phrase(
    "{people} can be grouped with every rule kept, in every part.",
    "Ryhmiteltävänä on {people}, ja kaikki säännöt voivat toteutua jokaisessa osassa.",
    "{people} kan delas in så att alla regler uppfylls, i varje del.",
)
_IN_PARTS_WITH_A_WAITLIST = Phrase(
    "Groups can be formed of {people} with every rule kept; some people may have to wait.",
    "Ryhmiteltävänä on {people}, ja kaikki säännöt voivat toteutua; joku voi jäädä jonoon.",
    "Av {people} kan grupper bildas så att alla regler uppfylls; några kan få vänta.",
)
# By whether numbers of groups are told, and whether everyone has a place.
_FORMS = {
    (True, True): _WITH_EVERYONE,
    (True, False): _WITH_A_WAITLIST,
    (False, True): _IN_EVERY_PART,
    (False, False): _IN_PARTS_WITH_A_WAITLIST,
}
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
