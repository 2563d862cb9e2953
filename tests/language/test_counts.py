"""Sentences that count agree with their number, in every language and with every noun in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.language.catalogues import forms, sentences, template
from vermegroup.language.catalogues import languages
from vermegroup.language.messages import Message, Template
from vermegroup.language.terms import groups_of, people_of, people_with

# What stands in places of these names; in all others a name does.
COUNTED = {
    "groups": groups_of,
    "kept": groups_of,
    "people": people_of,
    "placed": people_of,
    "left": people_of,
    "need": people_of,
    "room": people_of,
}
GLUED = {
    "en": r"1 (groups|people|members|rows|rules|faults|pairs)\b|[025] (group|person|member|row)\b"
    r"|1 (group|person|member|row|fault) (are|have|need|do|were)\b"
    r"|[025] (groups|people|rules) (is|has|needs|does)\b",
    "fi": r"1 (henkilöä|ryhmää|riviä|sääntöä|paria|virhettä|uutta|kokenutta|mentoria)\b"
    r"|[025] (henkilö|ryhmä|rivi|sääntö|virhe|uusi|kokenut|mentori)\b"
    r"|(yhden|yhteen|yhdessä) ryhmää\b",
    "sv": r"1 (grupper|personer|rader|nya|erfarna|mentorer)\b"
    r"|[025] (grupp|person|rad|ny|erfaren|mentor)\b",
}
COUNTS = (0, 1, 2, 5)


def counting() -> Iterator[Template]:
    """Every sentence; forms of nouns come in where sentences ask for them."""
    for message in sentences(template()):
        if message.context is None:
            yield Template(*forms(message.id))


# Of these a sentence always tells several, whatever else it counts.
SEVERAL = re.compile(r"\{(n|people)\} (?:groups|were|are|have|belong|waited)\b")


def filled(sentence: Template, count: int) -> Message:
    """The sentence with this count, and so many of all that may be counted in it.

    A sentence of one form that speaks of people speaks of several.
    """
    places = set(re.findall(r"\{([a-z_0-9]+)\}", sentence.several or sentence.text))
    several = set(SEVERAL.findall(sentence.text)) | ({"people"} if not sentence.several else set())
    values: dict[str, object] = {}
    for name in places:
        number = max(2, count) if name in several else count
        values[name] = COUNTED[name](number) if name in COUNTED else number if name == "n" else "X"
    return sentence.filled(count, **values)


@pytest.mark.parametrize("language", languages())
def test_no_sentence_says_of_one_what_is_said_of_several(language: str) -> None:
    shown = {filled(sentence, count).in_(language) for sentence in counting() for count in COUNTS}
    glued = re.compile(rf"(?<![0-9.,–/-])(?:{GLUED[language]})")
    assert not [text for text in shown if glued.search(text)]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("trait", "value"),
    [
        ("experience", "new"),
        ("experience", "experienced"),
        ("experience", "mid"),
        ("role", "mentor"),
        ("role", "mentee"),
        ("profession", "leader"),
    ],
)
def test_every_noun_that_may_be_counted_has_the_forms_of_every_number(
    language: str, trait: str, value: str
) -> None:
    for form in ("", "object", "only"):
        told = [people_with(trait, value, count).in_(language, form) for count in COUNTS]
        assert len(set(told)) == len(COUNTS)
        assert told[2] == told[3].replace("5", "2")
    if language == "fi":
        plain, wanted, only = (
            people_with(trait, value, 1).in_("fi", form) for form in ("", "object", "only")
        )
        assert len({plain, wanted, only}) == 3
        assert only.startswith("ainoa")
