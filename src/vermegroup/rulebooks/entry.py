"""One entry of a rulebook's list, such as ``different: municipality``, while it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from vermegroup.domain.findings import Finding, RosterError, Severity
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.kind import Kind
from vermegroup.language.phrase import Phrase, phrase
from vermegroup.rulebooks.faults import (
    Faults,
    Fields,
    Items,
    Located,
    Scalar,
    did_you_mean,
    is_nothing,
    nearest,
)

NO_TRAIT = Phrase(
    "The entry does not name a trait",
    "Kohdassa ei nimetä ominaisuutta",
    "Posten anger ingen egenskap",
)
NO_TRAIT_AND_VALUE = Phrase(
    "The entry needs one trait and its value",
    "Kohta tarvitsee yhden ominaisuuden ja sen arvon",
    "Posten behöver en egenskap och ett värde för den",
)
NO_VALUE = Phrase(
    "The trait needs one value, a list of values, or a range",
    "Ominaisuus tarvitsee yhden arvon, luettelon arvoista tai lukuvälin",
    "Egenskapen behöver ett värde, en lista med värden eller ett intervall",
)
SAME_VALUE_TWICE = Phrase(
    "The list has the same value twice",
    "Luettelossa on sama arvo kahdesti",
    "Listan innehåller samma värde två gånger",
)
NO_FILE = Phrase(
    "The entry needs the name of a file with earlier groups, or a list of such names",
    "Kohta tarvitsee aiempien ryhmien tiedoston nimen tai luettelon tiedostoista",
    "Posten behöver namnet på en fil med tidigare grupper, eller en lista av sådana namn",
)
NOT_READ = Phrase(
    "The file is not read here",
    "Tiedostoa ei lueta tässä yhteydessä",
    "Filen läses inte i det här sammanhanget",
)
NO_ENTRY = Phrase(
    "An entry is a single word, or a word with a value",
    "Kohta on pelkkä sana tai sana, jolla on arvo",
    "En post är ett enda ord, eller ett ord med ett värde",
)
NO_LIST = Phrase(
    "The section is a list: every entry begins with a dash",
    "Osio on luettelo: jokainen kohta alkaa viivalla",
    "Avsnittet är en lista: varje post börjar med ett bindestreck",
)
TWO_KINDS = Phrase(
    "Two entries stand in one",
    "Samassa kohdassa on kaksi sääntöä",
    "Samma post innehåller två regler",
)
NEW_DASH = Phrase(
    "Begin each of them with a dash of its own",
    "Aloita kumpikin omalla viivallaan",
    "Börja var och en med ett eget bindestreck",
)
SPACE_AFTER_COLON = Phrase(
    "A space is missing after the colon",
    "Kaksoispisteen jälkeen puuttuu välilyönti",
    "Ett mellanslag saknas efter kolonet",
)


def trait_example(kind: str) -> Phrase:
    """How an entry names a trait."""
    return example(f"{kind}: municipality")


def file_example(kind: str) -> Phrase:
    """How an entry names a file."""
    return example(f"{kind}: groups.csv")


def value_example(kind: str) -> Phrase:
    """How an entry names a trait and its value."""
    return example(f"{kind}: {{experience: new}}")


def example(text: str) -> Phrase:
    """Say what it could look like."""
    return phrase("For example: {text}", "Esimerkiksi: {text}", "Till exempel: {text}", text=text)


def no_whole_number(key: str, at_least: int) -> Phrase:
    """An option that should be a whole number."""
    return phrase(
        "{key} must be a whole number, {least} or more",
        "Kohdassa {key} on oltava kokonaisluku, vähintään {least}",
        "{key} måste vara ett heltal, minst {least}",
        key=key,
        least=at_least,
    )


def no_number(key: str) -> Phrase:
    """An option that should be a number."""
    return phrase(
        "{key} must be a number, such as 2 or 2.5, with up to 12 digits and 12 decimals",
        "Kohdassa {key} on oltava luku, esimerkiksi 2 tai 2,5, jossa on enintään 12 numeroa ja "
        "12 desimaalia",
        "{key} måste vara ett tal, till exempel 2 eller 2,5, med högst 12 siffror och 12 decimaler",
        key=key,
    )


def no_word(key: str, choices: tuple[str, ...]) -> Phrase:
    """An option that should be a word, one of a few."""
    if not choices:
        return phrase(
            "{key} must be a word",
            "Kohdassa {key} on oltava sana",
            "{key} måste vara ett ord",
            key=key,
        )
    return phrase(
        "{key} must be one of these: {choices}",
        "Kohdassa {key} on oltava jokin näistä: {choices}",
        "{key} måste vara något av följande: {choices}",
        key=key,
        choices=", ".join(choices),
    )


def unknown_option(key: str, kind: str) -> Phrase:
    """A key that the kind does not know."""
    return phrase(
        "{kind} has no option {key}",
        "Säännöllä {kind} ei ole valintaa {key}",
        "{kind} har inget alternativ {key}",
        kind=kind,
        key=key,
    )


def no_value_wanted(kind: str) -> Phrase:
    """A value behind a bare word."""
    return phrase(
        "{kind} stands alone, without a value",
        "{kind} kirjoitetaan yksin, ilman arvoa",
        "{kind} skrivs ensamt, utan värde",
        kind=kind,
    )


def given_twice(key: str, first: int) -> Phrase:
    """An option that stands beside the kind's name and inside its mapping."""
    return phrase(
        "{key} is given twice in one entry, first on line {first}",
        "{key} on annettu samassa kohdassa kahdesti, ensin rivillä {first}",
        "{key} anges två gånger i samma post, först på rad {first}",
        key=key,
        first=first,
    )


def unknown_kind(word: str) -> Phrase:
    """A word that names no rule."""
    return phrase(
        "There is no rule or preference called {word}",
        "Sääntöä tai toivetta nimeltä {word} ei ole",
        "Det finns ingen regel eller önskan som heter {word}",
        word=word,
    )


def only_preference(kind: str) -> Phrase:
    """A kind that stands among the rules but cannot be one."""
    return phrase(
        "{kind} cannot be a rule, only a preference",
        "{kind} ei voi olla sääntö, vain toive",
        "{kind} kan inte vara en regel, bara en önskan",
        kind=kind,
    )


def only_rule(kind: str) -> Phrase:
    """A kind that stands among the preferences but cannot be one."""
    return phrase(
        "{kind} cannot be a preference, only a rule",
        "{kind} ei voi olla toive, vain sääntö",
        "{kind} kan inte vara en önskan, bara en regel",
        kind=kind,
    )


def move_to(section: str) -> Phrase:
    """Where the entry belongs instead."""
    return phrase(
        "Move it to the section {section}",
        "Siirrä se osioon {section}",
        "Flytta den till avsnittet {section}",
        section=section,
    )


# The words that stand beside a trait in a mapping: no trait can have such a name.
OPTIONS = ("at_least", "at_most", "exactly")

_NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,12})?")
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_YES = ("true", "yes", "on")

Pairs = tuple[tuple[Scalar, Located], ...]


ReadEarlier = Callable[[str, Path], EarlierGroups]
"""From a file's name and the folder where it is looked for first. Raises RosterError."""


def no_file(name: str, folder: Path) -> EarlierGroups:
    """Refuse to read any file."""
    del folder
    raise RosterError([Finding(Severity.ERROR, NOT_READ, name)])


@dataclass(frozen=True, slots=True)
class Known:
    """What entries may name: kinds by their words, and files with ``earlier`` groups."""

    kinds: tuple[type[Kind], ...]
    earlier: ReadEarlier = no_file

    def by_word(self) -> dict[str, type[Kind]]:
        """The kinds by the words that name them."""
        return {kind.kind: kind for kind in self.kinds}


class ListedEntry:
    """An entry with the kind's name, what stands behind it, and what stands beside it.

    Options may stand beside the kind's name or inside a mapping behind it. Every fault is noted
    with its line and key; the getter then returns a neutral value, so that reading goes on.
    """

    def __init__(
        self,
        name: Scalar,
        main: Located | None,
        beside: Pairs,
        file: str,
        earlier: ReadEarlier = no_file,
    ) -> None:
        self._name = name
        self._main = None if is_nothing(main) else main
        self._beside = beside
        self._inside = main.pairs if isinstance(main, Fields) else ()
        self._faults, self._earlier = Faults(file), earlier
        self._asked: list[str] = []
        self._taken: set[Scalar] = set()
        self._main_asked = False

    def main(self) -> object:
        """What stands behind the kind's own name; None for a bare word."""
        self._main_asked = True
        self._taken.update(key for key, _ in self._inside)
        return self._main.plain() if self._main is not None else None

    def earlier_groups(self) -> tuple[EarlierGroups, ...]:
        """The groupings in the files that the main value names; those that fail are noted.

        A name is looked for from the rulebook's own folder, and then from the current one.
        """
        self._main_asked = True
        nodes = self._main.items if isinstance(self._main, Items) else (self._main,)
        found: list[EarlierGroups] = []
        for node in nodes or (None,):
            if not isinstance(node, Scalar) or not node.text.strip():
                self._note(NO_FILE, node, self._name, file_example(self._name.text))
                continue
            try:
                found.append(self._earlier(node.text, Path(self._faults.file).parent))
            except RosterError as refused:
                for finding in refused.findings:
                    self._faults.add(finding)
        return tuple(found)

    def trait(self) -> str:
        """The main value as the name of a trait; empty where none is named."""
        self._main_asked = True
        if isinstance(self._main, Scalar):
            return self._main.text
        if isinstance(self._main, Fields):
            bare = [key for key, value in self._traits() if is_nothing(value)]
            if len(bare) == 1:
                self._taken.add(bare[0])
                return bare[0].text
        self._note(NO_TRAIT, self._main, self._name, trait_example(self._name.text))
        self._taken.update(key for key, _ in self._inside)
        return ""

    def trait_and_options(self) -> tuple[str, object]:
        """The one key of a mapping that is no option, and its value: ``{experience: new}``.

        The value is a plain one, or a list of plain ones, none of them twice.
        """
        self._main_asked = True
        traits = self._traits()
        self._taken.update(key for key, _ in traits)
        hint = value_example(self._name.text)
        if len(traits) != 1 or isinstance(self._main, (Scalar, Items)):
            self._note(NO_TRAIT_AND_VALUE, self._main, self._name, hint)
            return "", None
        key, value = traits[0]
        values = value.items if isinstance(value, Items) else (value,)
        if not values or not all(isinstance(own, Scalar) and not is_nothing(own) for own in values):
            self._note(NO_VALUE, value, key, hint)
            return key.text, None
        if len({own.written() for own in values}) < len(values):
            self._note(SAME_VALUE_TWICE, value, key, None)
        return key.text, value.plain()

    def whole(self, key: str, *, at_least: int = 0) -> int | None:
        """An option that is a whole number, or None where it was not given."""
        name, value = self._option(key)
        if name is None:
            return None
        text = value.text.strip() if isinstance(value, Scalar) else ""
        if _WHOLE.fullmatch(text) and int(text) >= at_least:
            return int(text)
        self._note(no_whole_number(key, at_least), value, name, None)
        return None

    def decimal(self, key: str) -> Fraction | None:
        """An option that is a number, or None where it was not given."""
        name, value = self._option(key)
        if name is None:
            return None
        text = value.text.strip() if isinstance(value, Scalar) else ""
        if _NUMBER.fullmatch(text):
            return Fraction(text.replace(",", "."))
        self._note(no_number(key), value, name, None)
        return None

    def text(self, key: str, choices: Iterable[str] = ()) -> str | None:
        """An option that is a word (one of the choices, if any), or None where not given."""
        name, value = self._option(key)
        if name is None:
            return None
        allowed = tuple(choices)
        word = value.text if isinstance(value, Scalar) else ""
        if word and (not allowed or word in allowed):
            return word
        self._note(no_word(key, allowed), value, name, did_you_mean(word, allowed))
        return None

    def refuse(
        self, message: Phrase, hint: Phrase | None = None, *, key: str | None = None
    ) -> None:
        """Note a fault of this entry, at one of its keys or at the kind's name.

        Silent where that key is at fault already: the kind met a neutral value there.
        """
        if key is not None and any(fault.column == key for fault in self.findings()):
            return None
        for name, value in (*self._beside, *self._inside):
            if name.text == key:
                return self._note(message, value, name, hint)
        return self._note(message, self._main, self._name, hint)

    def finish(self) -> None:
        """Note what the kind did not ask for: unknown options, a value it has no use for.

        Silent where the kind already refused the entry, for then it may not have asked for all.
        """
        refused = bool(len(self._faults))
        for name, value in (*self._beside, *self._inside):
            near = nearest(name.text, self._asked)
            if name in self._taken or (refused and near is None):
                continue
            self._note(
                unknown_option(name.text, self._name.text),
                value,
                name,
                did_you_mean(name.text, self._asked),
            )
        if not refused and not self._main_asked and not self._inside and not self._says_yes():
            self._note(no_value_wanted(self._name.text), self._main, self._name, None)

    def findings(self) -> tuple[Finding, ...]:
        """The faults noted so far."""
        return self._faults.findings()

    def _traits(self) -> Pairs:
        """The pairs that may name the trait: no options, and no misspelt ones beside a trait."""
        pairs = self._inside if self._main is not None else self._beside
        named = tuple(pair for pair in pairs if pair[0].text not in (*OPTIONS, *self._asked))
        if len(named) < 2:
            return named
        return tuple(pair for pair in named if nearest(pair[0].text, OPTIONS) is None) or named

    def _option(self, key: str) -> tuple[Scalar | None, Located | None]:
        self._asked.append(key)
        found = [pair for pair in (*self._beside, *self._inside) if pair[0].text == key]
        self._taken.update(name for name, _ in found)
        if not found:
            return None, None
        if len(found) > 1:
            name, value = found[1]
            self._note(given_twice(key, found[0][0].line), value, name, None)
        return found[0]

    def _says_yes(self) -> bool:
        if self._main is None:
            return True
        return isinstance(self._main, Scalar) and self._main.text.casefold() in _YES

    def _note(
        self, message: Phrase, value: Located | None, key: Scalar, hint: Phrase | None
    ) -> None:
        written = value.written() if value is not None else None
        self._faults.note(message, line=key.line, key=key.text, value=written, hint=hint)
