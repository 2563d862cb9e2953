"""What every page has around it: the language, the words of the bar, and how a sentence is told."""

from __future__ import annotations

from typing import Any

from vermegroup.language.catalogues import Language, languages
from vermegroup.language.messages import Message, _
from vermegroup.report.pages import template

PACKAGE = "vermegroup.edit"
WORDS = {
    "skip": _("To the content"),
    "language": _("Language"),
    "close": _("Close"),
}
_OWN_NAMES = {"en": "English", "fi": "suomi", "sv": "svenska"}


def framed(language: Language) -> dict[str, Any]:
    """What ``base.html.j2`` asks for; ``tell`` writes a message in the page's language."""

    def tell(message: Message) -> str:
        return message.in_(language)

    return {
        "language": language,
        "languages": languages(),
        "own_names": {each: _OWN_NAMES.get(each, each) for each in languages()},
        "tell": tell,
        "frame": WORDS,
    }


def page(name: str, language: Language, **more: object) -> str:
    """A page, or a part of one, by the path of its template."""
    return template(name, PACKAGE).render({**framed(language), **more})
