"""Plain values that know the line they were written on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word, a number, or nothing. ``quoted`` text is never taken for a number or nothing."""

    text: str
    line: int
    quoted: bool = False

    def plain(self) -> str | int | None:
        """The value: None where nothing stands, else a whole number or the text as written.

        Words such as ``no``, codes such as ``091`` and decimals stay text, unlike in YAML 1.1:
        so a value of the roster is met as its author wrote it.
        """
        if self.quoted:
            return self.text
        if self.text in ("", "~", "null"):
            return None
        return int(self.text) if _WHOLE.fullmatch(self.text) else self.text

    def written(self) -> str:
        """The value as the file has it."""
        return self.text


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Located, ...]
    line: int

    def plain(self) -> list[object]:
        """The plain values of the items."""
        return [item.plain() for item in self.items]

    def written(self) -> str:
        """The list on one line."""
        return f"[{', '.join(item.written() for item in self.items)}]"


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping: keys with their values, in the file's order, no key twice."""

    pairs: tuple[tuple[Scalar, Located], ...]
    line: int

    def plain(self) -> dict[str, object]:
        """The plain values by their keys, which are always text."""
        return {key.text: value.plain() for key, value in self.pairs}

    def written(self) -> str:
        """The mapping on one line."""
        return f"{{{', '.join(f'{key.text}: {value.written()}' for key, value in self.pairs)}}}"

    def get(self, name: str) -> Located | None:
        """The value of a key, or None where the key is missing."""
        return next((value for key, value in self.pairs if key.text == name), None)


Located: TypeAlias = Scalar | Items | Fields


def is_nothing(node: Located | None) -> bool:
    """Whether a key is missing or has nothing behind it."""
    return node is None or (isinstance(node, Scalar) and node.plain() is None)
