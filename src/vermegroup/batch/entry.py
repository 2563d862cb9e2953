"""The values of one job, read from the file of jobs; what is at fault is noted at its line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar, overload

from vermegroup.intake.files.source import named_from
from vermegroup.language.catalogues import languages, of_locale
from vermegroup.language.messages import N_, Message, _, either, verbatim
from vermegroup.rulebooks.faults import Faults, Fields, Items, Located, Scalar, is_nothing

_Default = TypeVar("_Default")


class JobEntry:
    """Reads the keys of a job. A key that is missing has its default, and so has one at fault.

    A path is looked for from the folder of the file of jobs, and then from the current one.
    """

    def __init__(self, fields: Fields, folder: Path, faults: Faults) -> None:
        self._fields, self._folder, self._faults = fields, folder, faults

    def text(self, key: str) -> str | None:
        """A word or a number, as it is written."""
        node = self._given(key)
        if node is None:
            return None
        if isinstance(node, Scalar) and node.text.strip():
            return node.text
        return self._refuse(key, node, _NO_TEXT, None)

    def path(self, key: str) -> str | None:
        """The path of a file."""
        written = self.text(key)
        return None if written is None else self.file(written)

    def paths(self, key: str) -> tuple[str, ...]:
        """A path, or a list of them."""
        return tuple(map(self.file, self._texts(key)))

    def files_or_texts(self, key: str) -> tuple[str, ...]:
        """A text, or a list of them; where there is such a file, its path."""
        found = ((text, named_from(self._folder, text)) for text in self._texts(key))
        return tuple(str(path) if path.is_file() else text for text, path in found)

    def file(self, written: str) -> str:
        """The path of a file that is written so."""
        return str(named_from(self._folder, written))

    @overload
    def whole(self, key: str, least: int, most: int) -> int | None: ...
    @overload
    def whole(self, key: str, least: int, most: int, default: int) -> int: ...
    def whole(self, key: str, least: int, most: int, default: int | None = None) -> int | None:
        """A whole number from ``least`` to ``most``."""
        node = self._given(key)
        if node is None:
            return default
        value = node.plain() if isinstance(node, Scalar) else None
        if isinstance(value, int) and least <= value <= most:
            return value
        message = _WHOLE.filled(key=key, low=least, high=most)
        return self._refuse(key, node, message, default)

    def number(self, key: str, least: float, default: _Default) -> float | _Default:
        """A number of at least ``least``, with a point or a comma."""
        node = self._given(key)
        if node is None:
            return default
        try:
            value = float(node.written().replace(",", "."))
        except ValueError:
            value = least - 1
        if value >= least:
            return value
        return self._refuse(key, node, _NUMBER.filled(key=key, low=least), default)

    def flag(self, key: str) -> bool:
        """Whether a key says yes."""
        word = self.word(key, (*_YES, *_NO))
        return word in _YES

    def word(self, key: str, choices: Sequence[str]) -> str | None:
        """One of some words."""
        node = self._given(key)
        if node is None or node.written() in choices:
            return None if node is None else node.written()
        told = either(map(verbatim, choices))
        return self._refuse(key, node, _CHOICES.filled(key=key, choices=told), None)

    def language(self, key: str, default: str) -> str:
        """A language that there is."""
        node = self._given(key)
        found = default if node is None else of_locale(node.written())
        if node is None or found:
            return found or default
        told = either(map(verbatim, languages()))
        return self._refuse(key, node, _CHOICES.filled(key=key, choices=told), default)

    def day(self, key: str) -> date | None:
        """A day, as 2026-12-01."""
        node = self._given(key)
        if node is None:
            return None
        try:
            return date.fromisoformat(node.written().strip())
        except ValueError:
            return self._refuse(key, node, _NO_DAY, None)

    def headers(self, key: str) -> dict[str, str]:
        """The header by each trait."""
        node = self._given(key)
        if node is None:
            return {}
        if isinstance(node, Fields):
            texts = {trait.text: each.written() for trait, each in node.pairs}
            if texts and all(isinstance(each, Scalar) for _trait, each in node.pairs):
                return texts
        return self._refuse(key, node, _NO_HEADERS, {})

    def _texts(self, key: str) -> tuple[str, ...]:
        node = self._given(key)
        if node is None:
            return ()
        nodes = node.items if isinstance(node, Items) else (node,)
        texts = tuple(each.text for each in nodes if isinstance(each, Scalar) and each.text.strip())
        return texts if len(texts) == len(nodes) else self._refuse(key, node, _NO_TEXT, ())

    def _given(self, key: str) -> Located | None:
        node = self._fields.get(key)
        return None if is_nothing(node) else node

    def _refuse(self, key: str, node: Located, message: Message, value: _Default) -> _Default:
        self._faults.note(message, line=node.line, key=key, value=node.written())
        return value


_YES, _NO = ("true", "yes", "on"), ("false", "no", "off")
_NO_TEXT = _("A text is expected here")
_WHOLE = N_("{key} is a whole number from {low} to {high}")
_NUMBER = N_("{key} is a number, at least {low}")
_CHOICES = N_("{key} may be {choices}")
_NO_DAY = _("A day such as 2026-12-01 is expected here")
_NO_HEADERS = _("The key columns leads from traits to the headers of their columns")
