"""Catalogues kept in step with the sentences in the code: ``python -m tests.language.catalogues``.

Reads every sentence, updates ``locales/*/LC_MESSAGES/vermegroup.po`` (nothing is guessed: a new
sentence has no translation yet), and compiles each to ``.mo`` beside it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from vermegroup.language.catalogues import DOMAIN, LOCALES
from vermegroup.rulebooks import profiles

SOURCE = LOCALES.parent
LANGUAGES = ("fi", "sv")
KEYWORDS = {
    "_": None,
    "N_": None,
    "N_several": (1, 2),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def template() -> Catalog:
    """Every sentence in the code."""
    catalogue = Catalog(project="vermegroup", charset="utf-8")
    for file, _line, text, comments, context in extract_from_dir(
        SOURCE, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        catalogue.add(text, locations=[(file, 0)], auto_comments=comments, context=context)
    for name in profiles.profile_names():
        for text in profiles.sentences(name):
            catalogue.add(text, locations=[(f"rulebooks/profiles/{name}.yaml", 0)])
    return catalogue


def source_of(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    with source_of(language).open("rb") as file:
        return read_po(file, locale=language)


def written(catalogue: Catalog) -> bytes:
    """The text of a catalogue, sentences in the order of the files that say them."""
    file = io.BytesIO()
    write_po(
        file, catalogue, width=100, sort_by_file=True, include_lineno=False, ignore_obsolete=True
    )
    return file.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def sentences(catalogue: Catalog) -> Iterator[Message]:
    """Its messages, without the header."""
    yield from (message for message in catalogue if message.id)


def forms(text: object) -> tuple[str, ...]:
    """A sentence, or its forms for one and for several."""
    return tuple(text) if isinstance(text, (list, tuple)) else (str(text or ""),)


def main() -> None:
    """Bring every catalogue up to date."""
    fresh = template()
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(fresh, no_fuzzy_matching=True, update_creation_date=False)
        source_of(language).write_bytes(written(catalogue))
        source_of(language).with_suffix(".mo").write_bytes(compiled(catalogue))
        for message in sentences(catalogue):
            if not all(forms(message.string)):
                print(f"{language}: {message.id}")


if __name__ == "__main__":
    main()
