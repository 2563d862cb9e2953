"""What one version of the groups looks like, and what of it has changed since another.

The cards of a large roster are hundreds: those that tell the same as before are not written anew,
and only the others are sent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vermegroup.edit.frame import page
from vermegroup.edit.pages.group_cards import CardLook, GroupCard, all_cards
from vermegroup.edit.pages.standing import Standing, standing
from vermegroup.edit.pages.words import WORDS
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.state import State
from vermegroup.language.catalogues import Language
from vermegroup.report.words import words_in

QUEUE = ""
"""The name of the group of those who wait."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The cards of a state as markup, by the names of groups in their order; last the queue."""

    language: Language
    states: tuple[State, State]
    cards: Mapping[str, tuple[GroupCard, str]]
    look: CardLook
    standing: Standing

    @property
    def order(self) -> list[str]:
        """The names of the groups, and before the first of each part its name after a tab."""
        found, part = [], ""
        for name, (card, _markup) in self.cards.items():
            if name != QUEUE and card.card.part != part:
                part = card.card.part
                found.append(f"\t{part}")
            found.append(name)
        return found

    def changed_since(self, before: Shown | None) -> list[str]:
        """The markup of the cards that are not as they were."""
        if before is None or (before.language, before.look) != (self.language, self.look):
            return [markup for _card, markup in self.cards.values()]
        old = before.cards
        return [
            markup
            for name, (_card, markup) in self.cards.items()
            if name not in old or old[name][1] != markup
        ]


def shown(language: Language, session: Session, before: Shown | None) -> Shown:
    """What the page shows of a session now; what was shown ``before`` spares work."""
    states = session.before, session.state
    if before is not None and before.language == language and _same(before.states, states):
        return before
    report = session.report()
    cards = all_cards(session.state, report, language)
    known = (
        before.cards if before and (before.language, before.look) == (language, cards.look) else {}
    )
    words = words_in(language)
    made = {}
    for card in (*cards.groups, cards.queue):
        old = known.get(card.name)
        reused = old is not None and old[0] == card
        made[card.name] = (
            card,
            old[1] if old and reused else _card(language, card, cards.look, words),
        )
    return Shown(
        language,
        states,
        made,
        cards.look,
        standing(report, language, saved=session.in_file is not None),
    )


def _same(one: tuple[State, State], other: tuple[State, State]) -> bool:
    return one[0] is other[0] and one[1] is other[1]


def _card(language: Language, card: GroupCard, look: CardLook, words: Mapping[str, str]) -> str:
    return page("groups/card.html.j2", language, **card_words(), group=card, look=look, told=words)


def card_words() -> dict[str, Any]:
    """The page's own words, for a template."""
    return {"words": WORDS}


def state_of(session: Session, now: Shown, before: Shown | None) -> dict[str, Any]:
    """What scripts need to know of a state: its version, and the cards' order if it is new."""
    order = now.order
    new = before is None or before.order != order
    return {
        "version": session.version,
        "unsaved": session.unsaved,
        "order": json.dumps(order, ensure_ascii=False) if new else "",
        "can_undo": session.place > 0,
        "can_redo": session.place < len(session.steps),
    }
