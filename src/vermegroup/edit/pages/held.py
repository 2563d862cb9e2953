"""What would become of every group while somebody is held, as plain values for the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vermegroup.edit.pages.words import OUTLOOKS, WORDS
from vermegroup.edit.session.prospects import Prospect, prospects
from vermegroup.edit.session.state import State
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, as_sentence
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

    def place(self, prospect: Prospect) -> int:
        """Where an outlook stands among those told."""
        # Sentences are made once for all prospects, so that they need not be compared.
        lists = (prospect.breaks, prospect.mends, prospect.better, prospect.worse)
        key = (prospect.outlook, *(tuple(map(id, each)) for each in lists))
        if key not in self._known:
            if prospect not in self._places:
                self._places[prospect] = len(self.outlooks)
                self.outlooks.append(self._plain(prospect))
            self._known[key] = self._places[prospect]
        return self._known[key]

    def _plain(self, prospect: Prospect) -> dict[str, str]:
        parts = (
            ("breaks", prospect.breaks),
            ("mends", prospect.mends),
            ("better_in", prospect.better),
            ("worse_in", prospect.worse),
        )
        details = [self._detail(WORDS[word], some) for word, some in parts if some]
        return {
            "outlook": prospect.outlook.value,
            "told": OUTLOOKS[prospect.outlook].in_(self._language),
            "details": "; ".join(details),
        }

    def _detail(self, word: Message, sentences: Sequence[Message]) -> str:
        cited = ", ".join(quoted(each).in_(self._language) for each in sentences)
        return f"{as_sentence(word, self._language)}: {cited}"
