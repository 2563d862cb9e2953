"""What came of making new groups from old ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vermegroup.roster import IntArray


@dataclass(frozen=True, slots=True)
class Regrouped:
    """``group_of`` (n,) is each person's new group, -1 for the waitlist.

    ``proven``: nothing is better in people placed, bonds broken, groups touched and new bonds,
    in this order. ``broken_bound`` is the fewest bonds that any answer must break; ``bounds``
    are the best values of preferences, by position, without loss to any of these.
    """

    group_of: IntArray
    groups: int
    waiting: int
    broken: int
    touched: int
    new: int
    proven: bool
    broken_bound: int
    bounds: Mapping[int, int] = field(default_factory=dict)

    def rank(self) -> tuple[int, int, int, int]:
        """What answers are compared by: less is better."""
        return self.waiting, self.broken, self.touched, self.new
