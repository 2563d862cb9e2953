"""The languages that there are: a catalogue each, as gettext has them, and English in the code.

A catalogue is ``locales/<language>/LC_MESSAGES/vermegroup.po``, compiled to ``.mo`` beside it. One
more folder is one more language; what it lacks is said in English.
"""

from __future__ import annotations

import gettext
import io
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

DOMAIN = "vermegroup"
LOCALES = Path(__file__).parents[1] / "locales"
Language = str
ENGLISH: Language = "en"


@cache
def languages() -> tuple[Language, ...]:
    """English, and every language that has a catalogue."""
    files = LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.[mp]o")
    return ENGLISH, *sorted({path.parents[1].name for path in files if path.is_file()})


@cache
def catalogue(language: Language) -> gettext.NullTranslations:
    """What there is in a language; nothing in English, or where the file cannot be read."""
    if language == ENGLISH or language not in languages():
        return gettext.NullTranslations()
    try:
        return _read(LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.mo")
    except Exception:  # whatever a damaged file leads to: English is better than no answer
        return gettext.NullTranslations()


def is_readable(language: Language) -> bool:
    """Whether a language's catalogue says anything."""
    return language == ENGLISH or isinstance(catalogue(language), gettext.GNUTranslations)


def _read(compiled: Path) -> gettext.NullTranslations:
    if not compiled.exists():
        return _compiled(compiled.with_suffix(".po"))
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


def _compiled(source: Path) -> gettext.NullTranslations:
    """A catalogue that a translator has just begun, where there is what compiles it."""
    from babel.messages import mofile, pofile  # noqa: PLC0415

    compiled = io.BytesIO()
    with source.open("rb") as file:
        mofile.write_mo(compiled, pofile.read_po(file))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def preferred(environment: Mapping[str, str] | None = None) -> Language:
    """The language that the environment asks for, else English.

    VERMEGROUP_LANG goes before the locale: LC_ALL, LC_MESSAGES, LANG. Where it names a language
    that has no catalogue, the locale decides, as gettext does with LANGUAGE: a setting of the
    computer may be meant for another version, and must not keep anybody from working.
    """
    asked = os.environ if environment is None else environment
    own = of_locale(asked.get("VERMEGROUP_LANG", ""))
    set_ = filter(None, (asked.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")))
    return own or of_locale(next(set_, "")) or ENGLISH


def of_locale(wanted: str) -> Language | None:
    """The language of a locale such as ``fi_FI.UTF-8``, if it has a catalogue."""
    language = re.split(r"[._@-]", wanted.strip())[0].lower()
    return language if language in languages() else None


def asked_in(words: Sequence[str]) -> Language | None:
    """The language that a command line names with ``--lang``, whatever else it holds."""
    asked = None
    for word, following in pairwise([*words, ""]):
        if word == "--":
            break
        if word == "--lang" or word.startswith("--lang="):
            asked = of_locale(word.partition("=")[2] or following) or asked
    return asked


def spoken_to(words: Sequence[str]) -> Language:
    """The language that whoever typed these words is spoken to in."""
    return asked_in(words) or preferred()
