"""One entry of a rulebook, as a kind meets it while it is read."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Protocol

from vermegroup.findings import Finding
from vermegroup.grouping import EarlierGroups
from vermegroup.phrase import Phrase, exactly


def as_written(number: Fraction) -> float | str:
    """A decimal number as it would stand in an entry; a text where a float would lose digits."""
    plain, text = float(number), exactly(number, "en")
    return plain if repr(plain) in (text, f"{text}.0") else text


class Entry(Protocol):
    """One entry of a rulebook while it is read: it notes every fault with its line and key."""

    def main(self) -> object:
        """What stands behind the kind's own name; None for a bare word."""

    def trait(self) -> str:
        """The main value as the name of a trait."""

    def trait_and_options(self) -> tuple[str, object]:
        """The one key of a mapping that is no option, and its value: ``{experience: new}``."""

    def whole(self, key: str, *, at_least: int = 0) -> int | None:
        """An option that is a whole number, or None where it was not given."""

    def decimal(self, key: str) -> Fraction | None:
        """An option that is a number, or None where it was not given."""

    def text(self, key: str, choices: Iterable[str] = ()) -> str | None:
        """An option that is a word, or None where it was not given."""

    def earlier_groups(self) -> tuple[EarlierGroups, ...]:
        """The groupings in the files that the main value names: one file, or a list of them."""

    def refuse(
        self, message: Phrase, hint: Phrase | None = None, *, key: str | None = None
    ) -> None:
        """Note a fault of this entry."""

    def findings(self) -> tuple[Finding, ...]:
        """The faults noted so far."""
