"""Pages of one sentence, which need neither styles nor scripts."""

from __future__ import annotations

from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, as_sentence
from vermegroup.report.pages import template


def plain_page(language: Language, sentence: Message, onward: str = "") -> str:
    """A page that says a sentence, or one that leads ``onward`` by itself and has it as a link."""
    page = template("serving/plain.html.j2", "vermegroup.edit")
    return page.render(language=language, sentence=as_sentence(sentence, language), onward=onward)
