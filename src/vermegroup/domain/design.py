"""How a grouping was left to chance: the pool that it was drawn from, as a paper tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

METHOD = "block Gibbs chain, uniform over all groupings that qualify"


class Among(StrEnum):
    """Which groupings are drawn: all that keep the rules, or those as good as what was formed."""

    OPTIMAL = "optimal"
    VALID = "valid"


class Sizes(StrEnum):
    """Whether the groups keep the sizes that were formed."""

    FIXED = "fixed"
    VARYING = "varying"


@dataclass(frozen=True, slots=True)
class DrawRequest:
    """So many distinct groupings are wanted.

    Among ``optimal`` ones each preference may be worse by ``within``, a share of its value.
    """

    draws: int
    among: Among = Among.OPTIMAL
    within: Fraction = Fraction(0)
    sizes: Sizes = Sizes.FIXED

    def arguments(self) -> dict[str, object]:
        """The request as arguments of a call that is recorded."""
        return {
            "draws": self.draws,
            "among": self.among.value,
            "within": str(self.within),
            "sizes": self.sizes.value,
        }

    @classmethod
    def told(cls, told: Mapping[str, Any]) -> DrawRequest | None:
        """The request of a call that was recorded with these arguments, if it drew anything.

        Raises LookupError or ValueError where it tells too little.
        """
        if "draws" not in told:
            return None
        among, sizes = Among(told["among"]), Sizes(told["sizes"])
        return cls(int(told["draws"]), among, Fraction(told["within"]), sizes)


@dataclass(frozen=True, slots=True)
class PairCounts:
    """How often pairs are together in the groupings of a pool.

    Of the ``allowed`` pairs, those that no rule forbids as a pair, so many are ``ever_together`` in
    the pool and ``always_together``; ``least`` and ``most`` are the smallest and the largest share
    of groupings in which an allowed pair is together. None where there are too many to be listed.
    """

    allowed: int | None
    ever_together: int
    always_together: int
    least: float | None
    most: float

    def plain(self) -> dict[str, int | float | None]:
        """As ``design.json`` has it."""
        return {
            "allowed": self.allowed,
            "ever_together": self.ever_together,
            "always_together": self.always_together,
            "min": self.least,
            "max": self.most,
        }


@dataclass(frozen=True, slots=True)
class Design:
    """A pool of ``distinct`` groupings, of which the one with the number ``chosen`` was taken.

    Numbers begin at 1; None where none was taken. The chains proposed to deal so many blocks of
    groups anew, and ``accepted`` are those that came to sit otherwise. ``starts`` are the forms
    that the chains began from. ``rhat`` is the worst and ``ess`` the least of several numbers';
    None where nothing varies.
    """

    asked: DrawRequest
    distinct: int
    proposals: int
    accepted: int
    starts: int
    rhat: float | None
    ess: float | None
    pairs: PairCounts
    chosen: int | None = None

    def plain(self) -> dict[str, object]:
        """As ``design.json`` has it."""
        return {
            "method": METHOD,
            "among": self.asked.among.value,
            "within": float(self.asked.within),
            "sizes": self.asked.sizes.value,
            "draws": self.asked.draws,
            "distinct": self.distinct,
            "chosen": self.chosen,
            "proposals": self.proposals,
            "accepted": self.accepted,
            "starts": self.starts,
            "rhat": _rounded(self.rhat),
            "ess": _rounded(self.ess),
            "pairs": self.pairs.plain(),
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Design:
        """The design that ``plain`` tells of.

        Raises LookupError, TypeError or ValueError where it tells too little.
        """
        pairs = told["pairs"]
        within = Fraction(str(told["within"]))
        return cls(
            DrawRequest(told["draws"], Among(told["among"]), within, Sizes(told["sizes"])),
            told["distinct"],
            told["proposals"],
            told["accepted"],
            told["starts"],
            told["rhat"],
            told["ess"],
            PairCounts(
                pairs["allowed"],
                pairs["ever_together"],
                pairs["always_together"],
                pairs["min"],
                pairs["max"],
            ),
            told["chosen"],
        )


def _rounded(value: float | None) -> float | None:
    """So that the last bits of another machine's sums make no other file."""
    return None if value is None else float(f"{value:.4g}")
