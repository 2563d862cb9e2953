"""The catalogues: every sentence in every language, with the places of the original."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message

from tests.language import catalogues
from tests.language.catalogues import (
    LANGUAGES,
    SOURCE,
    compiled,
    forms,
    sentences,
    source_of,
    template,
)


def places(text: str) -> set[str]:
    """The names of the places in a sentence, whatever form is asked for there."""
    return {name for _text, name, _form, _conversion in Formatter().parse(text) if name}


def faults(message: Message) -> str | None:
    """What is wrong with a translation, if anything."""
    originals, translations = forms(message.id), forms(message.string)
    if not all(translations):
        return "is not translated"
    if message.fuzzy:
        return "is fuzzy"
    wanted = places(originals[-1])
    if message.context == "date":
        return None if places(translations[0]) <= wanted | {"m", "d"} else "has other places"
    for place, translation in enumerate(translations):
        spared = {"n"} if len(originals) > 1 and place == 0 else set()
        if not wanted - spared <= places(translation) <= wanted:
            return f"has the places {places(translation)}, not {wanted}: {translation}"
        if len(translation) > 20 and translation in (translation * 2)[1:-1]:
            return f"says the same several times: {translation}"
    return None


@pytest.fixture(scope="module")
def fresh() -> dict[object, Message]:
    return {_key(message): message for message in sentences(template())}


def _key(message: Message) -> object:
    return message.context, forms(message.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_with_its_places(language: str, fresh) -> None:
    catalogue = {_key(message): message for message in sentences(catalogues.read(language))}
    assert catalogue.keys() == fresh.keys(), "python -m tests.language.catalogues"
    wrong = {key: fault for key, message in catalogue.items() if (fault := faults(message))}
    assert not wrong, "\n".join(f"{key}: {fault}" for key, fault in wrong.items())


def said_in(file: Path) -> Iterator[object]:
    """The keys of all sentences that a module calls for by name."""
    for call in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
            texts = [text for text in texts if isinstance(text, str)]
            if call.func.id in {"_", "N_", "ngettext", "N_several"} and texts:
                yield None, tuple(texts)
            elif call.func.id in {"pgettext", "npgettext"} and texts:
                yield texts[0], tuple(texts[1:])


def test_no_sentence_is_overlooked_where_it_stands_within_another(fresh) -> None:
    """The extractor does not see a sentence within a call within the call of another."""
    said = {key: file.name for file in SOURCE.rglob("*.py") for key in said_in(file)}
    assert len(said) > 500
    assert {key: file for key, file in said.items() if key not in fresh} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_the_catalogue(language: str) -> None:
    """But for the header, which names the version of the tool."""
    made = GNUTranslations(io.BytesIO(source_of(language).with_suffix(".mo").read_bytes()))
    fresh = GNUTranslations(io.BytesIO(compiled(catalogues.read(language))))
    said, wanted = vars(made)["_catalog"], vars(fresh)["_catalog"]
    assert {**said, "": ""} == {**wanted, "": ""}, "python -m tests.language.catalogues"
