"""What is sent back: the whole page, or the parts that are other than before."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from vermegroup.edit.frame import page
from vermegroup.edit.pages.desk import Desk
from vermegroup.edit.pages.filters import choices
from vermegroup.edit.pages.shown import Shown, card_words, state_of
from vermegroup.edit.pages.standing import kept_told
from vermegroup.edit.pages.telling import Told
from vermegroup.edit.pages.words import HELP, KEYS, MARKS
from vermegroup.language.messages import N_, as_sentence
from vermegroup.report.words import WORDS, words_in


def whole_page(desk: Desk, tab: str) -> str:
    """The page as it is when it is opened; ``tab`` is its own id."""
    now = desk.shown()
    return page(
        "groups/page.html.j2",
        desk.workplace.language,
        **_context(desk, now, None),
        tab=tab,
        choices=choices(desk.session.report(), desk.workplace.language),
        help=HELP,
        keys=KEYS,
        marks=MARKS,
        words_of_report=words_in(desk.workplace.language),
        parts={name: name[1:] for name in now.order if name.startswith("\t")},
        told=desk.memory.told,
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
        desk.workplace.language,
        **_context(desk, now, before),
        told=told,
        panel=panel,
        cards=now.changed_since(before),
    )


def _context(desk: Desk, now: Shown, before: Shown | None) -> dict[str, Any]:
    searching = desk.workplace.searching
    return {
        **card_words(),
        "state": state_of(desk.session, now, before),
        "standing": now.standing,
        "look": now.look,
        "searching": desk.searching,
        "file": _called(desk.session.source.path),
        "today": _ON_DAY.filled(day=date.today()),
        "goes_to": str(desk.workplace.folder.absolute()) if desk.workplace.folder else "",
        "from_rules": desk.workplace.beginning is not None,
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


_ON_DAY = N_("as of {day}")
