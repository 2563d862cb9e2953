"""What a kind's fields are in an entry of a rulebook: declared with the field, read from there.

``at_most: Annotated[int, Whole(at_least=1)] = 1`` is an option ``at_most``, a whole number, that is
1 where it is not given, and is not written where it is 1.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import ClassVar, Protocol, get_type_hints

from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.pair_weights import PairWeights
from vermegroup.language.messages import Message, exactly


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

    def flag(self, key: str) -> bool:
        """An option that is a word on its own; False where it was not given."""

    def names(self, key: str) -> tuple[str, ...]:
        """An option that is a name or a list of names, none twice; () where it was not given."""

    def listed(self) -> tuple[str, ...]:
        """The main value as a list of names, none twice; () where it is no list."""

    def weights(self, key: str) -> Mapping[str, Fraction]:
        """An option that is a list of names, or leads from names to weights; empty if neither."""

    def pair_weights(self, key: str) -> PairWeights | None:
        """What the file that an option names tells of pairs of people; None where it names none."""

    def earlier_groups(self) -> tuple[EarlierGroups, ...]:
        """The groupings in the files that the main value names: one file, or a list of them."""

    def refuse(
        self, message: Message, hint: Message | None = None, *, key: str | None = None
    ) -> None:
        """Note a fault of this entry."""


class Option(ABC):
    """A field as an entry has it: by its own name, or (``main``) behind the kind's name."""

    main: ClassVar[bool] = False
    lacking: tuple[Message, Message] | None = None

    @abstractmethod
    def read(self, entry: Entry, key: str) -> object:
        """The field's value; None where it was not given."""

    def written(self, value: object) -> object:
        """The value as it would stand in an entry."""
        return value


class Trait(Option):
    """A trait, and the faces that tell as what the kind needs it: ``categories``, ``numbers``."""

    main = True

    def __init__(self, *needed: str) -> None:
        self.needed = needed

    def read(self, entry: Entry, key: str) -> str:
        """Its name."""
        del key
        return entry.trait()


@dataclass(frozen=True)
class Whole(Option):
    """A whole number."""

    at_least: int = 0

    def read(self, entry: Entry, key: str) -> int | None:
        """The number, or None."""
        return entry.whole(key, at_least=self.at_least)


@dataclass(frozen=True)
class Decimal(Option):
    """A number; ``lacking`` is what to say, and a hint, where a rule is without it."""

    lacking: tuple[Message, Message] | None = None

    def read(self, entry: Entry, key: str) -> Fraction | None:
        """The number, or None."""
        return entry.decimal(key)

    def written(self, value: object) -> object:
        """The number with all its digits."""
        return as_written(value) if isinstance(value, Fraction) else value


@cache
def options_of(kind: type) -> Mapping[str, Option]:
    """The declared fields of a kind, what stands behind its own name at the end."""
    found = {
        field: option
        for field, hint in get_type_hints(kind, include_extras=True).items()
        for option in getattr(hint, "__metadata__", ())
        if isinstance(option, Option)
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1].main))


@cache
def needed(kind: type, face: str) -> tuple[str, ...]:
    """The fields of a kind that hold a trait which it needs as this face tells."""
    options = options_of(kind).items()
    return tuple(
        field for field, option in options if isinstance(option, Trait) and face in option.needed
    )
