"""What is sent back: the whole page, or the parts that are other than before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vermegroup.edit.frame import page
from vermegroup.edit.pages.desk import Desk
from vermegroup.edit.pages.filters import choices
from vermegroup.edit.pages.shown import Shown, card_words, state_of
from vermegroup.edit.pages.standing import Standing, kept_told, rules_told
from vermegroup.edit.pages.words import HELP, KEYS
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, as_sentence
from vermegroup.report.blocks import Item, Mood
from vermegroup.report.words import WORDS, words_in


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of something that was done: in a sentence, and in lines below it."""

    mood: Mood
    sentence: str
    notes: tuple[str, ...] = ()


def whole_page(desk: Desk, tab: str) -> str:
    """The page as it is when it is opened; ``tab`` is its own id."""
    now = desk.shown()
    return page(
        "groups/page.html.j2",
        desk.workplace,
        **_context(desk, now, None),
        tab=tab,
        choices=choices(desk.session.report(), desk.workplace.language),
        help=HELP,
        keys=KEYS,
        words_of_report=words_in(desk.workplace.language),
        parts={name: name[1:] for name in now.order if name.startswith("\t")},
        order=now.order,
        markup={name: markup for name, (_card, markup) in now.cards.items()},
    )


def parts(
    desk: Desk, before: Shown | None, told: Told | None = None, panel: str | None = None
) -> str:
    """The parts of the page that are other than ``before``; a ``panel`` takes the place of its."""
    now = desk.shown()
    return page(
        "groups/parts.html.j2",
        desk.workplace,
        **_context(desk, now, before),
        told=told,
        panel=panel,
        cards=now.changed_since(before),
    )


def part(desk: Desk, name: str, context: Mapping[str, Any]) -> str:
    """A panel, by the name of its template, with the words of the page."""
    language = desk.workplace.language

    def say(message: Message) -> str:
        return as_sentence(message, language)

    return page(f"groups/{name}.html.j2", desk.workplace, **card_words(), **context, say=say)


def _context(desk: Desk, now: Shown, before: Shown | None) -> dict[str, Any]:
    searching = desk.workplace.searching
    return {
        **card_words(),
        "state": state_of(desk.session, now, before),
        "standing": now.standing,
        "look": now.look,
        "searching": desk.searching,
        "file": _called(desk.session.source.path),
        "progress": searching.progress() if searching and searching.under_way else None,
        "rules_kept": kept_told,
        "preferences": WORDS["preferences"].in_(desk.workplace.language),
        "bonds": WORDS["bonds"].in_(desk.workplace.language),
        "has_proposal": desk.proposal() is not None,
        "say": lambda message: as_sentence(message, desk.workplace.language),
    }


def _called(path: str) -> str:
    """The folder and the file: every run calls its groups alike."""
    return "/".join(Path(path).parts[-2:])


def told_of(did: Message, before: Standing, now: Standing, language: Language) -> Told:
    """What was done, and what it broke and mended."""
    new, old = _lines(now), _lines(before)
    broken = [line for line in new if line not in old]
    mended = [line for line in old if line not in new]
    notes = (
        *(_BROKEN.filled(line=line).in_(language) for line in broken),
        *(_MENDED.filled(line=line).in_(language) for line in mended),
    )
    standing = as_sentence(rules_told(len(now.broken), len(now.kept)), language)
    mood = Mood.BAD if broken else Mood.GOOD if not now.broken else Mood.UNSURE
    return Told(mood, f"{as_sentence(did, language)}. {standing}.", notes)


def _lines(standing: Standing) -> list[str]:
    return [line for item in standing.broken for line in _each(item)]


def _each(item: Item) -> list[str]:
    return [f"{item.text} – {note}" for note in item.note.splitlines()]


_BROKEN = N_("Broken now: {line}")
_MENDED = N_("Mended: {line}")
