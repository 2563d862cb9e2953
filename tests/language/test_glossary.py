"""One word for one thing: the catalogues keep to the glossary."""

from __future__ import annotations

import csv
import re

import pytest

from tests.language.catalogues import LANGUAGES, forms, read, sentences
from vermegroup.language.catalogues import LOCALES

with (LOCALES / "glossary.csv").open(encoding="utf-8") as file:
    GLOSSARY = list(csv.DictReader(file, delimiter=";"))
# What a user types is no word: options, keys of a rulebook, names of files, places.
TYPED = re.compile(r"--[a-z-]+|`[^`]*`|\{[^{}]*\}|[a-z_]+\.(csv|json|html|yaml)|[a-z]+_[a-z_]+")


def bare(text: str) -> str:
    return TYPED.sub(" ", text).casefold()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("term", GLOSSARY, ids=lambda term: term["english"])
def test_a_term_has_its_word(term: dict[str, str], language: str) -> None:
    english = re.compile(rf"(?<![\w-])({term['english']})(?![\w-])")
    word = re.compile(term[language])
    other = re.compile(term[f"not {language}"]) if term[f"not {language}"] else None
    wrong = []
    for message in sentences(read(language)):
        if message.context in {"object", "into", "in", "of", "for", "at", "from", "some", "header"}:
            continue
        for original, translation in zip(forms(message.id), forms(message.string), strict=False):
            told = bare(translation)
            # A key such as "preferences" is the same in every language.
            meant = english.search(bare(original)) and not english.search(told)
            if (meant and not word.search(told)) or (other and other.search(told)):
                wrong.append(f"{original} -> {translation}")
    assert not wrong, "\n".join(wrong)
