"""What a file tells of pairs of people, such as how far apart they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class PairWeights:
    """Each pair ``(a, b, ticks)`` weighs ``ticks / per_unit``, 0 or more; no pair stands twice.

    ``file`` is what the rulebook calls the file.
    """

    file: str
    pairs: tuple[tuple[str, str, int], ...]
    per_unit: int = 1
    sha256: str = field(default="", compare=False)

    def __hash__(self) -> int:
        """By the name alone: there may be very many pairs, and equal files have equal names."""
        return hash(self.file)

    def ids(self) -> tuple[str, ...]:
        """Everybody it tells of, each once."""
        return tuple(dict.fromkeys(id_ for one, other, _ in self.pairs for id_ in (one, other)))

    def renamed(self, person: Callable[[str], str], file: Callable[[str], str]) -> PairWeights:
        """The same weights by other ids, in a file of another name."""
        pairs = tuple((person(one), person(other), ticks) for one, other, ticks in self.pairs)
        return replace(self, file=file(self.file), pairs=pairs)
