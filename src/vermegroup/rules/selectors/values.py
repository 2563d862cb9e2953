"""The values that a rulebook names, as the roster spells them.

A rulebook is written beside the roster and not copied from it: case, spaces and Unicode forms do
not count, a municipality has a name in each language, a spreadsheet writes TRUE for true, and what
the profiles name has its word in each language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vermegroup.domain.roster import Roster, value_key
from vermegroup.language.levels import level_in
from vermegroup.language.terms import NAMED, known_value
from vermegroup.language.value_words import stands_for_all, value_meant

Meaning = Callable[[str], object]

_TRUTH = {
    **dict.fromkeys(("true", "tosi", "sant", "sann"), "true"),
    **dict.fromkeys(("false", "epätosi", "falskt", "falsk"), "false"),
}


def as_held(trait: str, value: str, roster: Roster) -> str:
    """A value as the roster spells it; as it is where nobody has it, or it may mean several."""
    held = roster.categories.get(trait)
    if held is None or value in held.values:
        return value
    for meaning in _meanings(trait, value):
        if (meant := meaning(value)) is None:
            continue
        found = [each for each in held.values if meaning(each) == meant]
        if found:
            return found[0] if len(found) == 1 else value
    return value


def _meanings(trait: str, asked: str) -> Iterator[Meaning]:
    """What a value that is asked for may have in common with another spelling, the surest first."""
    yield value_key
    yield lambda text: _TRUTH.get(text.casefold())
    yield _municipality
    if stands_for_all(trait, asked):
        yield lambda text: value_meant(trait, text)
    # A column of the roster's own ("Rooli") has its own words; those of a trait are ours as well.
    if trait in NAMED:
        yield lambda text: known_value(trait, text)[1].casefold()
    if trait == "experience":
        yield level_in


def _municipality(text: str) -> str | None:
    # Only a value that is spelled otherwise needs the register.
    from vermegroup.intake.municipalities.gazetteer import named, today  # noqa: PLC0415

    place = named(text)
    return None if place is None else today(place).code
