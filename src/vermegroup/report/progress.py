"""What a search does now, as the solver tells it to whoever listens."""

from __future__ import annotations

from collections.abc import Mapping

from vermegroup.language.messages import Message, _
from vermegroup.language.terms import groups_of
from vermegroup.report.words import STAGES


class Following:
    """A listener for the solver that remembers what was said last.

    ``words`` are what is ``trying``, the ``stage``, and the ``gap`` of a preference from its bound,
    as far as they are told; ``share`` is how much of the round is done, and ``left`` the effort.
    The words are replaced and never changed, so that another thread may read them.
    """

    def __init__(self) -> None:
        self.words: Mapping[str, Message] = {}
        self.share = self.left = 0.0

    def trying(self, groups: int) -> None:
        """A number of groups is tried."""
        self.words = {"trying": groups_of(groups)}

    def stage(self, name: str, left: float) -> None:
        """A stage begins."""
        self.share, self.left = 0.0, left
        kept = {what: said for what, said in self.words.items() if what == "trying"}
        self.words = {**kept, "stage": STAGES[name]}

    def pursuing(self, preference: Message, gap: float) -> None:
        """A preference is improved, and so far from its bound."""
        said = _(
            "{preference} (at most {share} % to gain)", preference=preference, share=100.0 * gap
        )
        self.words = {**self.words, "gap": said}

    def done(self, count: int, total: int, left: float) -> None:
        """So many of the neighbourhoods of a round are solved."""
        self.share, self.left = count / max(1, total), left
