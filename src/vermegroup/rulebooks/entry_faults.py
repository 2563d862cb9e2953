"""What can be wrong with one entry of a rulebook, said in three languages."""

from __future__ import annotations

from vermegroup.language.phrase import Phrase, phrase

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
