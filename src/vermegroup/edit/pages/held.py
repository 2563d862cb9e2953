"""What would become of every group while somebody is held, as plain values for the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vermegroup.edit.pages.words import BREAKS_IN, MENDS_IN, OUTLOOKS, STILL_BROKEN, WORDS
from vermegroup.edit.session.outlooks import InGroup, Outlook
from vermegroup.edit.session.prospects import Prospect, prospects
from vermegroup.edit.session.state import State
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, Template, as_sentence
from vermegroup.language.terms import quoted


def held_plain(state: State, seats: Sequence[int], language: Language) -> dict[str, Any]:
    """By the names of groups, and by seats for swaps, which of the ``outlooks`` is theirs.

    Many groups have the same: each is told once. ``new`` is the name of the group that could begin.
    """
    found = prospects(state, seats)
    told = _Told(language)
    return {
        "groups": {name: told.place(each) for name, each in found.groups.items()},
        "swaps": {str(seat): told.place(each) for seat, each in found.swaps.items()},
        "new": found.new,
        "outlooks": told.outlooks,
    }


class _Told:
    """Outlooks in words, each once."""

    def __init__(self, language: Language) -> None:
        self.outlooks: list[dict[str, str]] = []
        self._language = language
        self._places: dict[Prospect, int] = {}
        self._known: dict[tuple[object, ...], int] = {}
        self._quotes: dict[int, str] = {}

    def place(self, prospect: Prospect) -> int:
        """Where an outlook stands among those told."""
        # Sentences are made once for all prospects, so that they need not be compared.
        rules, wishes = (prospect.breaks, prospect.mends), (prospect.better, prospect.worse)
        places = (prospect.breaks_in, prospect.mends_in)
        key = (
            prospect.outlook,
            *(tuple(map(id, each)) for each in (*rules, *wishes)),
            *(tuple((place.group, id(place.rule)) for place in each) for each in places),
        )
        if key not in self._known:
            if prospect not in self._places:
                self._places[prospect] = len(self.outlooks)
                self.outlooks.append(self._plain(prospect))
            self._known[key] = self._places[prospect]
        return self._known[key]

    def _plain(self, prospect: Prospect) -> dict[str, str]:
        first, *rest = self._sentences(prospect)
        return {"outlook": prospect.outlook.value, "told": first, "details": ". ".join(rest)}

    def _sentences(self, prospect: Prospect) -> list[str]:
        """What breaks first, then what becomes worse; where nothing breaks, that is the first."""
        breaks = self._rules(WORDS["breaks"], BREAKS_IN, prospect.breaks, prospect.breaks_in)
        mends = self._rules(WORDS["mends"], MENDS_IN, prospect.mends, prospect.mends_in)
        worse = [self._cited(WORDS["worse_in"], prospect.worse)] if prospect.worse else []
        better = [self._cited(WORDS["better_in"], prospect.better)] if prospect.better else []
        if breaks:
            return [*breaks, *worse, *mends, *better]
        if prospect.outlook is Outlook.MENDS and mends:
            return [*mends, self._say(STILL_BROKEN), *worse, *better]
        return [self._say(OUTLOOKS[prospect.outlook]), *worse, *mends, *better]

    def _rules(
        self,
        word: Message,
        word_in: Template,
        rules: Sequence[Message],
        places: Sequence[InGroup],
    ) -> list[str]:
        """Rules by the groups in which they change; last those that no single group changes."""
        by_group: dict[str, list[Message]] = {}
        for place in places:
            by_group.setdefault(place.group, []).append(place.rule)
        told = [self._cited(word_in.filled(group=group), some) for group, some in by_group.items()]
        elsewhere = [rule for rule in rules if all(rule != place.rule for place in places)]
        return [*told, *([self._cited(word, elsewhere)] if elsewhere else [])]

    def _cited(self, word: Message, sentences: Sequence[Message]) -> str:
        return f"{self._say(word)}: {', '.join(map(self._quoted, sentences))}"

    def _say(self, message: Message) -> str:
        return as_sentence(message, self._language)

    def _quoted(self, sentence: Message) -> str:
        if id(sentence) not in self._quotes:
            self._quotes[id(sentence)] = quoted(sentence).in_(self._language)
        return self._quotes[id(sentence)]
