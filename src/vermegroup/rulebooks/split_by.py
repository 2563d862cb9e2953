"""The sections ``split_by`` and ``parts``: each value of a trait forms its groups apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from vermegroup.domain.roster import value_key
from vermegroup.domain.rulebook import Rulebook, Split
from vermegroup.language.messages import Message, _
from vermegroup.rulebooks.faults import Faults, Fields, Located, Scalar, did_you_mean, is_nothing
from vermegroup.rules.same import SplitBy

PART_SECTIONS = ("groups", "in_groups", "rules", "preferences", "meetings")


def read_split_by(tree: Fields, faults: Faults) -> str | None:
    """The trait whose values form their groups apart, or None; faults are noted."""
    node, parts = tree.get("split_by"), tree.get("parts")
    if node is None or is_nothing(node):
        if parts is not None and not is_nothing(parts):
            faults.note(_NO_SPLIT, line=_line_of(tree, "parts"), key="parts", hint=_EXAMPLE)
        return None
    if isinstance(node, Scalar):
        return node.text
    faults.note(_NO_TRAIT, line=node.line, key="split_by", value=node.written(), hint=_EXAMPLE)
    return None


def part_trees(tree: Fields, faults: Faults) -> dict[str, Fields]:
    """The sections of each part by its value, in the file's order; faults are noted."""
    node = tree.get("parts")
    if node is None or is_nothing(node):
        return {}
    if not isinstance(node, Fields):
        faults.note(_NO_PARTS, line=node.line, key="parts", value=node.written(), hint=_PART)
        return {}
    found: dict[str, Fields] = {}
    known: dict[str, Scalar] = {}
    for key, value in node.pairs:
        first = known.setdefault(value_key(key.text), key)
        if first is not key:
            faults.note(_twice(key, first), line=key.line, key=key.text)
        found[key.text] = _sections(key, value, faults)
    return found


def split_up(book: Rulebook, by: str, parts: Mapping[str, Rulebook]) -> Rulebook:
    """The rulebook whose people are divided by a trait; ``book`` is that of all other values."""
    split = Split(by, parts, book)
    return replace(book, rules=(SplitBy(by),), preferences=(), meetings=None, split=split)


def _sections(key: Scalar, node: Located, faults: Faults) -> Fields:
    if is_nothing(node):
        return Fields((), key.line)
    if not isinstance(node, Fields):
        faults.note(_NO_PARTS, line=key.line, key=key.text, value=node.written(), hint=_PART)
        return Fields((), key.line)
    for section, _value in node.pairs:
        if section.text not in PART_SECTIONS:
            faults.note(
                _unknown(section.text),
                line=section.line,
                key=section.text,
                hint=did_you_mean(section.text, PART_SECTIONS),
            )
    return node


def _line_of(tree: Fields, name: str) -> int:
    return next(key.line for key, _rest in tree.pairs if key.text == name)


def _twice(key: Scalar, first: Scalar) -> Message:
    return _(
        "The part {key} is described twice, first on line {line}", key=key.text, line=first.line
    )


def _unknown(key: str) -> Message:
    return _("A part has no section called {key}", key=key)


_EXAMPLE = _("For example: split_by: profession")
_PART = _("For example: leader: {{groups: {{size: 2}}}}")
_NO_TRAIT = _("split_by names one trait, by whose values the people are divided")
_NO_SPLIT = _("parts belong to split_by, and no trait is named there")
_NO_PARTS = _("Parts are given as values with their own groups, rules and preferences")
