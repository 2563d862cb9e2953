"""YAML text as located plain values.

The tree is built from the parser's events, so no Python object is ever constructed, aliases are
counted before they can multiply, and a depth limit stands before any recursion.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vermegroup.domain.findings import RulebookError
from vermegroup.language.messages import Message
from vermegroup.rulebooks import faults as say
from vermegroup.rulebooks.faults import Faults, Fields, Items, Located, Scalar, note_yaml_error

MOST_CHARACTERS = 1_000_000
MOST_VALUES = 100_000
MOST_LEVELS = 30
LONGEST_TEXT = 1_000  # for one value: an alias could repeat it


def read_tree(
    text: str,
    faults: Faults,
    no_mapping: Message = say.NO_SECTIONS,
    example: Message = say.SECTIONS_THERE_ARE,
) -> Fields:
    """The mapping that a YAML file consists of; ``no_mapping`` is what is said of another one.

    Raises RulebookError where the file is empty, is no valid YAML, or is no mapping. Repeated
    keys are noted in ``faults``; the first one counts.
    """
    import yaml  # noqa: PLC0415

    if len(text) > MOST_CHARACTERS:
        raise say.too_much(faults, None)
    try:
        events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        root = _Builder(events, faults).document()
    except (yaml.YAMLError, UnicodeError) as error:
        if "nesting depth" in str(error):  # a parser that reads ahead may give up before we do
            mark = getattr(error, "problem_mark", None)
            raise say.too_much(faults, mark.line + 1 if mark else None) from None
        note_yaml_error(error, text, faults)
        raise RulebookError(faults.findings()) from None
    if isinstance(root, Fields):
        return root
    say.note_no_mapping(root, faults, no_mapping, example)
    raise RulebookError(faults.findings())


class _Builder:
    """Builds located values from a stream of events."""

    def __init__(self, events: Iterator[Any], faults: Faults) -> None:
        self._events = events
        self._faults = faults
        self._left = MOST_VALUES
        self._anchored: dict[str, tuple[Located, int]] = {}

    def document(self) -> Located | None:
        """The one document of the stream; None where there is none."""
        next(self._events)
        if type(next(self._events)).__name__ == "StreamEndEvent":
            return None
        root = self._node(next(self._events), 0)
        next(self._events)
        after = next(self._events)
        if type(after).__name__ != "StreamEndEvent":
            raise say.second_document(_line(after), self._faults)
        return root

    def _node(self, event: Any, level: int) -> Located:
        before = self._left
        self._spend(1, event)
        if type(event).__name__ == "AliasEvent":
            return self._alias(event)
        if level > MOST_LEVELS:
            raise say.too_much(self._faults, _line(event))
        self._refuse_tag(event)
        node = self._built(event, level)
        if event.anchor is not None:
            self._anchored[event.anchor] = (node, before - self._left)
        return node

    def _built(self, event: Any, level: int) -> Located:
        kind = type(event).__name__
        if kind == "ScalarEvent":
            if len(event.value) > LONGEST_TEXT:
                raise say.too_much(self._faults, _line(event))
            return Scalar(event.value, _line(event), quoted=event.style not in (None, ""))
        if kind == "SequenceStartEvent":
            return Items(tuple(self._until_end(level)), _line(event))
        return self._fields(list(self._until_end(level)), _line(event))

    def _until_end(self, level: int) -> Iterator[Located]:
        while not type(event := next(self._events)).__name__.endswith("EndEvent"):
            yield self._node(event, level + 1)

    def _fields(self, nodes: list[Located], line: int) -> Fields:
        kept: dict[str, tuple[Scalar, Located]] = {}
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, Scalar):
                say.note_odd_key(key, self._faults)
            elif key.text in kept:
                say.note_repeated(key, kept[key.text][0].line, self._faults)
            else:
                kept[key.text] = (key, value)
        return Fields(tuple(kept.values()), line)

    def _alias(self, event: Any) -> Located:
        if event.anchor not in self._anchored:
            raise say.unknown_alias(event.anchor, _line(event), self._faults)
        node, values = self._anchored[event.anchor]
        self._spend(values, event)
        return node

    def _spend(self, values: int, event: Any) -> None:
        self._left -= values
        if self._left < 0:
            raise say.too_much(self._faults, _line(event))

    def _refuse_tag(self, event: Any) -> None:
        if event.tag not in (None, "!"):
            say.note_tag(event.tag, _line(event), self._faults)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
