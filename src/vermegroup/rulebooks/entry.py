"""One entry of a rulebook's list, such as ``different: municipality``, while it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import NoReturn, TypeVar

from vermegroup.domain.findings import Finding, RosterError, Severity
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.kind import Kind
from vermegroup.domain.pair_weights import PairWeights
from vermegroup.language.messages import Message
from vermegroup.rulebooks.entry_faults import (
    NO_FILE,
    NO_TRAIT,
    NO_TRAIT_AND_VALUE,
    NO_VALUE,
    NO_WEIGHT,
    NOT_READ,
    SAME_VALUE_TWICE,
    file_example,
    given_twice,
    no_names,
    no_number,
    no_value_wanted,
    no_whole_number,
    no_word,
    trait_example,
    unknown_option,
    value_example,
)
from vermegroup.rulebooks.faults import (
    Faults,
    Fields,
    Items,
    Located,
    Scalar,
    did_you_mean,
    is_nothing,
    nearest,
)

# The words that stand beside a trait in a mapping: no trait can have such a name.
OPTIONS = ("at_least", "at_most", "exactly")

_NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,12})?")
_WEIGHT = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,4})?")
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_YES = ("true", "yes", "on")
_Read = TypeVar("_Read")

Pairs = tuple[tuple[Scalar, Located], ...]


ReadEarlier = Callable[[str, Path], EarlierGroups]
"""From a file's name and the folder where it is looked for first. Raises RosterError."""


ReadWeights = Callable[[str, Path], PairWeights]
"""The same, for a file that tells of pairs of people."""


def no_file(name: str, folder: Path) -> NoReturn:
    """Refuse to read any file."""
    del folder
    raise RosterError([Finding(Severity.ERROR, NOT_READ, name)])


@dataclass(frozen=True, slots=True)
class KnownKinds:
    """What entries may name: kinds by their words, files with ``earlier`` groups or ``weights``."""

    kinds: tuple[type[Kind], ...]
    earlier: ReadEarlier = no_file
    weights: ReadWeights = no_file

    def by_word(self) -> dict[str, type[Kind]]:
        """The kinds by the words that name them."""
        return {kind.kind: kind for kind in self.kinds}


class ListedEntry:
    """An entry with the kind's name, what stands behind it, and what stands beside it.

    Options may stand beside the kind's name or inside a mapping behind it. Every fault is noted
    with its line and key; the getter then returns a neutral value, so that reading goes on.
    """

    def __init__(
        self,
        name: Scalar,
        main: Located | None,
        beside: Pairs,
        file: str,
        known: KnownKinds,
    ) -> None:
        self._name = name
        self._main = None if is_nothing(main) else main
        self._beside = beside
        self._inside = main.pairs if isinstance(main, Fields) else ()
        self._faults, self._known = Faults(file), known
        self._asked: list[str] = []
        self._taken: set[Scalar] = set()
        self._main_asked = False

    def main(self) -> object:
        """What stands behind the kind's own name; None for a bare word."""
        self._main_asked = True
        self._taken.update(key for key, _ in self._inside)
        return self._main.plain() if self._main is not None else None

    def earlier_groups(self) -> tuple[EarlierGroups, ...]:
        """The groupings in the files that the main value names; those that fail are noted.

        A name is looked for from the rulebook's own folder, and then from the current one.
        """
        self._main_asked = True
        nodes = self._main.items if isinstance(self._main, Items) else (self._main,)
        found: list[EarlierGroups] = []
        for node in nodes or (None,):
            if not isinstance(node, Scalar) or not node.text.strip():
                self._note(NO_FILE, node, self._name, file_example(self._name.text))
                continue
            found += self._in_file(node.text, self._known.earlier)
        return tuple(found)

    def trait(self) -> str:
        """The main value as the name of a trait; empty where none is named."""
        self._main_asked = True
        if isinstance(self._main, Scalar):
            return self._main.text
        if isinstance(self._main, Fields):
            bare = [key for key, value in self._traits() if is_nothing(value)]
            if len(bare) == 1:
                self._taken.add(bare[0])
                return bare[0].text
        self._note(NO_TRAIT, self._main, self._name, trait_example(self._name.text))
        self._taken.update(key for key, _ in self._inside)
        return ""

    def trait_and_options(self) -> tuple[str, object]:
        """The one key of a mapping that is no option, and its value: ``{experience: new}``.

        The value is a plain one, or a list of plain ones, none of them twice.
        """
        self._main_asked = True
        traits = self._traits()
        self._taken.update(key for key, _ in traits)
        hint = value_example(self._name.text)
        if len(traits) != 1 or isinstance(self._main, (Scalar, Items)):
            self._note(NO_TRAIT_AND_VALUE, self._main, self._name, hint)
            return "", None
        key, value = traits[0]
        values = value.items if isinstance(value, Items) else (value,)
        if not values or not all(
            isinstance(node, Scalar) and not is_nothing(node) for node in values
        ):
            self._note(NO_VALUE, value, key, hint)
            return key.text, None
        if len({node.written() for node in values}) < len(values):
            self._note(SAME_VALUE_TWICE, value, key, None)
        return key.text, value.plain()

    def whole(self, key: str, *, at_least: int = 0) -> int | None:
        """An option that is a whole number, or None where it was not given."""
        name, value = self._option(key)
        if name is None:
            return None
        text = value.text.strip() if isinstance(value, Scalar) else ""
        if _WHOLE.fullmatch(text) and int(text) >= at_least:
            return int(text)
        self._note(no_whole_number(key, at_least), value, name, None)
        return None

    def decimal(self, key: str) -> Fraction | None:
        """An option that is a number, or None where it was not given."""
        name, value = self._option(key)
        if name is None:
            return None
        text = value.text.strip() if isinstance(value, Scalar) else ""
        if _NUMBER.fullmatch(text):
            return Fraction(text.replace(",", "."))
        self._note(no_number(key), value, name, None)
        return None

    def text(self, key: str, choices: Iterable[str] = ()) -> str | None:
        """An option that is a word (one of the choices, if any), or None where not given."""
        name, value = self._option(key)
        if name is None:
            return None
        allowed = tuple(choices)
        word = value.text if isinstance(value, Scalar) else ""
        if word and (not allowed or word in allowed):
            return word
        self._note(no_word(key, allowed), value, name, did_you_mean(word, allowed))
        return None

    def flag(self, key: str) -> bool:
        """An option that is a word on its own; False where it was not given."""
        name, value = self._option(key)
        if name is not None and not _says_yes(value):
            self._note(no_value_wanted(key), value, name, None)
        return name is not None

    def names(self, key: str) -> tuple[str, ...]:
        """An option that is a name or a list of names, none twice; () where it was not given."""
        name, value = self._option(key)
        if name is None:
            return ()
        nodes = value.items if isinstance(value, Items) else (value,)
        return self._names(nodes, value, name)

    def listed(self) -> tuple[str, ...]:
        """The main value as a list of names, none twice; () where it is no list."""
        if not isinstance(self._main, Items):
            return ()
        self._main_asked = True
        return self._names(self._main.items, self._main, self._name)

    def _names(
        self, nodes: Sequence[Located | None], value: Located | None, key: Scalar
    ) -> tuple[str, ...]:
        names = [node.text for node in nodes if isinstance(node, Scalar) and not is_nothing(node)]
        if not names or len(names) < len(nodes):
            self._note(no_names(key.text), value, key, None)
        elif len(set(names)) < len(names):
            self._note(SAME_VALUE_TWICE, value, key, None)
        return tuple(names)

    def weights(self, key: str) -> Mapping[str, Fraction]:
        """An option that is a list of names, or leads from names to weights; empty if neither."""
        value = self._given(key)
        if not isinstance(value, Fields):
            return dict.fromkeys(self.names(key), Fraction(1))
        self._option(key)
        found: dict[str, Fraction] = {}
        for name, weight in value.pairs:
            number = weight_in(weight)
            if number is None:
                self._note(NO_WEIGHT, weight, name, None)
            found[name.text] = number or Fraction(1)
        return found

    def pair_weights(self, key: str) -> PairWeights | None:
        """What the file that an option names tells of pairs of people; None where it names none."""
        value = self._given(key)
        if not isinstance(value, Scalar) or not value.text.casefold().endswith(".csv"):
            return None
        self._option(key)
        found = self._in_file(value.text, self._known.weights)
        return found[0] if found else PairWeights(value.text, ())

    def refuse(
        self, message: Message, hint: Message | None = None, *, key: str | None = None
    ) -> None:
        """Note a fault of this entry, at one of its keys or at the kind's name.

        Silent where that key is at fault already: the kind met a neutral value there.
        """
        if key is not None and any(fault.column == key for fault in self.findings()):
            return None
        for name, value in (*self._beside, *self._inside):
            if name.text == key:
                return self._note(message, value, name, hint)
        return self._note(message, self._main, self._name, hint)

    def finish(self) -> None:
        """Note what the kind did not ask for: unknown options, a value it has no use for.

        Silent where the kind already refused the entry, for then it may not have asked for all.
        """
        refused = bool(len(self._faults))
        for name, value in (*self._beside, *self._inside):
            near = nearest(name.text, self._asked)
            if name in self._taken or (refused and near is None):
                continue
            self._note(
                unknown_option(name.text, self._name.text),
                value,
                name,
                did_you_mean(name.text, self._asked),
            )
        if not refused and not self._main_asked and not self._inside and not _says_yes(self._main):
            self._note(no_value_wanted(self._name.text), self._main, self._name, None)

    def findings(self) -> tuple[Finding, ...]:
        """The faults noted so far."""
        return self._faults.findings()

    def _traits(self) -> Pairs:
        """The pairs that may name the trait: no options, and no misspelt ones beside a trait."""
        pairs = self._inside if self._main is not None else self._beside
        named = tuple(pair for pair in pairs if pair[0].text not in (*OPTIONS, *self._asked))
        if len(named) < 2:
            return named
        return tuple(pair for pair in named if nearest(pair[0].text, OPTIONS) is None) or named

    def _option(self, key: str) -> tuple[Scalar | None, Located | None]:
        self._asked.append(key)
        found = [pair for pair in (*self._beside, *self._inside) if pair[0].text == key]
        self._taken.update(name for name, _ in found)
        if not found:
            return None, None
        if len(found) > 1:
            name, value = found[1]
            self._note(given_twice(key, found[0][0].line), value, name, None)
        return found[0]

    def _given(self, key: str) -> Located | None:
        """What stands behind an option, before it is known of which sort it is to be."""
        return next((v for k, v in (*self._beside, *self._inside) if k.text == key), None)

    def _in_file(self, name: str, read: Callable[[str, Path], _Read]) -> tuple[_Read, ...]:
        """What is read from a file, looked for from the rulebook's folder; () where it fails."""
        try:
            return (read(name, Path(self._faults.file).parent),)
        except RosterError as refused:
            for finding in refused.findings:
                self._faults.add(finding)
        return ()

    def _note(
        self, message: Message, value: Located | None, key: Scalar, hint: Message | None
    ) -> None:
        written = value.written() if value is not None else None
        self._faults.note(message, line=key.line, key=key.text, value=written, hint=hint)


def weight_in(node: Located | None) -> Fraction | None:
    """A weight above 0; None where none is written."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    return (Fraction(text.replace(",", ".")) or None) if _WEIGHT.fullmatch(text) else None


def _says_yes(node: Located | None) -> bool:
    return is_nothing(node) or (isinstance(node, Scalar) and node.text.casefold() in _YES)
