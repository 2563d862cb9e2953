"""Faults of one file, collected so that all can be shown at once, each at its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from vermegroup.domain.findings import Finding, RulebookError, Severity
from vermegroup.language.messages import Message, _


class Faults:
    """Notes the faults of one file with their places."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._noted: dict[Finding, None] = {}

    def note(
        self,
        message: Message,
        *,
        line: int | None = None,
        key: str | None = None,
        value: str | None = None,
        hint: Message | None = None,
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


def did_you_mean(word: str, known: Sequence[str]) -> Message | None:
    """A suggestion of the nearest known word; where none is near, the words there are."""
    if not known:
        return None
    near = nearest(word, known)
    if near is None:
        return _("Allowed words: {words}", words=", ".join(known))
    return _("Did you mean {near}?", near=near)


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


# What the parser says (in PyYAML and in libyaml), and what a person can do about it.
_HINTS: tuple[tuple[str, Message], ...] = (
    (
        "cannot start any token",
        _(
            "Indent with spaces, not with tabs, and put text with special characters in "
            "quotation marks"
        ),
    ),
    (
        "mapping values are not allowed",
        _(
            "There is a colon too many on the line, or the line is indented differently from "
            "its neighbours"
        ),
    ),
    (
        "while parsing a flow",
        _("A bracket or brace that was opened is not closed, or a comma is missing"),
    ),
    (
        "quoted scalar",
        _("A quotation mark is missing"),
    ),
    (
        "could not find expected ':'",
        _("A colon is missing after a key"),
    ),
)
_ANY_HINT = _("Check that the line is indented like its neighbours, with spaces")


def note_yaml_error(error: Exception, text: str, faults: Faults) -> None:
    """Note where the parser gave up, and the likeliest reason."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else _line_of_odd_character(error, text)
    lines = text.splitlines()
    written = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        message, hint = _TAB, _HINTS[0][1]
    else:
        message, hint = _NOT_READABLE, _hint(str(error))
    faults.note(message, line=line, value=written.strip()[:80], hint=hint)


_TAB = _("The line begins with a tab")
_NOT_READABLE = _("The file cannot be read beyond this line: it is not valid YAML")


def _hint(said: str) -> Message:
    return next((hint for words, hint in _HINTS if words in said), _ANY_HINT)


def _line_of_odd_character(error: Exception, text: str) -> int:
    """The line of a character that YAML does not allow (the parser tells only an offset)."""
    position = getattr(error, "position", getattr(error, "start", 0))
    before = text.encode("utf-8", "replace")[: max(0, int(position or 0))]
    return before.count(b"\n") + 1


def note_odd_key(key: Located, faults: Faults) -> None:
    """A key that is a list or a mapping."""
    faults.note(
        _("A key must be a single word"),
        line=key.line,
        value=key.written(),
    )


def note_repeated(key: Scalar, first: int, faults: Faults) -> None:
    """A key that its mapping has already."""
    faults.note(
        _(
            "{key} stands twice: on line {first} and on line {line}",
            key=key.text,
            first=first,
            line=key.line,
        ),
        line=key.line,
        key=key.text,
        hint=_("Keep one of them"),
    )


def second_document(line: int, faults: Faults) -> RulebookError:
    """A second document in the file."""
    faults.note(
        _("A second document begins here (---); there may be one in a file"),
        line=line,
    )
    return RulebookError(faults.findings())


def unknown_alias(anchor: str, line: int, faults: Faults) -> RulebookError:
    """An alias of nothing."""
    faults.note(
        _("*{name} refers to something that the file does not define above it", name=anchor),
        line=line,
        value=f"*{anchor}",
        hint=_("Text that begins with * needs quotation marks"),
    )
    return RulebookError(faults.findings())


def note_tag(tag: str, line: int, faults: Faults) -> None:
    """A word with an exclamation mark, which would have YAML construct something."""
    faults.note(
        _("YAML tags cannot be used here"),
        line=line,
        value=tag,
        hint=_("Remove the word that begins with !"),
    )


def too_much(faults: Faults, line: int | None) -> RulebookError:
    """More than any rulebook needs."""
    faults.note(
        _("The file is too large or too deeply nested to be read"),
        line=line,
        hint=_("Check that this is the right file, and not the roster"),
    )
    return RulebookError(faults.findings())


def note_no_mapping(
    root: Located | None, faults: Faults, message: Message, example: Message
) -> None:
    """A file that is empty, or something other than sections."""
    faults.note(
        _("The file is empty") if root is None else message,
        line=root.line if root else None,
        value=root.written()[:80] if root else None,
        hint=example,
    )


NO_SECTIONS = _("The rules file does not begin with a section such as rules:")
SECTIONS_THERE_ARE = _("A rules file has the sections groups:, bands:, rules: and preferences:")
