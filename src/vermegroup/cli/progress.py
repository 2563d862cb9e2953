"""What a long search is doing, told on a terminal's standard error and wiped away afterwards."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType

from vermegroup.phrase import Language, Phrase, groups_of, number, phrase

_PATIENCE = 1.0
"""Seconds in silence: most searches are over by then."""
_PAUSE = 0.1
"""Seconds between two changes of the line."""
_BAR = 16


class Progress:
    """A listener for the solver that keeps one line up to date.

    It shows how much of a round is done, what is being done, how far a preference is from its
    bound, and the time left: ``━━━━━━──────────  Trying 250 groups · improving · …``.
    """

    def __init__(self, language: Language, *, quiet: bool) -> None:
        self._language = language
        self._tells = not quiet and sys.stderr.isatty()
        self._next = time.monotonic() + _PATIENCE
        self._told: dict[str, str] = {}
        self._share = 0.0
        self._left = 0.0
        self._shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            self._write("")

    def trying(self, groups: int) -> None:
        """A number of groups is tried."""
        self._told = {}
        self._say("trying", phrase("{g}", "{g}", "{g}", g=groups_of(groups)))

    def stage(self, name: str, left: float) -> None:
        """A stage begins."""
        self._told.pop("gap", None)
        self._share, self._left = 0.0, left
        self._say("stage", _STAGES[name])

    def pursuing(self, preference: Phrase, gap: float) -> None:
        """A preference is improved, and so far from its bound."""
        share = Phrase(*(number(100 * gap, language) for language in ("en", "fi", "sv")))
        self._say(
            "gap",
            phrase(
                "{preference} ({share} % from the bound)",
                "{preference} (rajaan {share} %)",
                "{preference} ({share} % från gränsen)",
                preference=preference,
                share=share,
            ),
        )

    def done(self, count: int, total: int, left: float) -> None:
        """So many of the neighbourhoods of a round are solved."""
        self._share, self._left = count / total, left
        self._tell()

    def _say(self, what: str, words: Phrase) -> None:
        self._told[what] = words.in_(self._language)
        self._tell()

    def _tell(self) -> None:
        if self._tells and time.monotonic() >= self._next:
            self._next = time.monotonic() + _PAUSE
            width = shutil.get_terminal_size().columns - 1
            self._write("".join(self._line())[:width])
            self._shown = True

    def _line(self) -> Iterator[str]:
        full = round(_BAR * self._share)
        yield "━" * full + "─" * (_BAR - full) + "  "
        time_left = phrase(
            "{s} s left",
            "aikaa {s} s",
            "{s} s kvar",
            s=round(self._left),
        )
        order = [self._told[what] for what in ("trying", "stage") if what in self._told]
        yield " · ".join([*order, time_left.in_(self._language)])
        yield f" · {self._told['gap']}" if "gap" in self._told else ""

    def _write(self, line: str) -> None:
        with suppress(OSError):
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()


_STAGES = {
    "count": Phrase("counting", "lasketaan", "räknar"),
    "deal": Phrase("dealing", "jaetaan", "delar ut"),
    "mend": Phrase("mending", "korjataan", "rättar till"),
    "improve": Phrase("improving", "parannetaan", "förbättrar"),
    "solve": Phrase("solving", "ratkaistaan", "löser"),
    "diagnose": Phrase("explaining", "selvitetään syitä", "förklarar"),
    "audit": Phrase("auditing", "tarkistetaan", "granskar"),
}
