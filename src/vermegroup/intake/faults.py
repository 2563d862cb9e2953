"""Faults of one file, collected so that they can all be shown at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vermegroup.findings import Finding, RulebookError, Severity
from vermegroup.phrase import Phrase, phrase


class Faults:
    """Notes the faults of one file with their places."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._noted: dict[Finding, None] = {}

    def note(
        self,
        message: Phrase,
        *,
        line: int | None = None,
        key: str | None = None,
        value: str | None = None,
        hint: Phrase | None = None,
    ) -> None:
        """Note a fault at a line (from 1) and key, with the value as written."""
        self.add(Finding(Severity.ERROR, message, self.file, line, key, value, hint))

    def add(self, finding: Finding) -> None:
        """Note a finding that was made elsewhere, unless it is noted already."""
        self._noted.setdefault(finding)

    def findings(self) -> tuple[Finding, ...]:
        """The faults noted so far, from the top of the file to its end."""
        return tuple(sorted(self._noted, key=lambda finding: finding.row or 0))

    def __len__(self) -> int:
        return len(self._noted)

    def raise_noted(self) -> None:
        """Raise RulebookError if anything was noted."""
        if self._noted:
            raise RulebookError(self.findings())


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one was most likely meant to be."""
    from difflib import get_close_matches  # noqa: PLC0415

    plain = {name.casefold(): name for name in known}
    # Long words cannot be near: the comparison is quadratic, and the text is not to be trusted.
    asked = word.casefold().strip().replace("-", "_").replace(" ", "_")[:60]
    found = get_close_matches(asked, plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def did_you_mean(word: str, known: Sequence[str]) -> Phrase | None:
    """A suggestion of the nearest known word; where none is near, the words there are."""
    if not known:
        return None
    near = nearest(word, known)
    if near is None:
        words = ", ".join(known)
        return phrase("Known words: {w}", "Tunnetut sanat: {w}", "Kända ord: {w}", w=words)
    return phrase("Did you mean {near}?", "Tarkoititko {near}?", "Menade du {near}?", near=near)
