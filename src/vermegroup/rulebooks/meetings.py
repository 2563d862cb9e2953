"""The section ``meetings``: what holds at a single meeting, where somebody may be absent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.rulebook import GroupSpec, Rulebook
from vermegroup.language.messages import Message, _
from vermegroup.rulebooks.entries import read_entries
from vermegroup.rulebooks.entry import KnownKinds
from vermegroup.rulebooks.faults import Faults, Fields, Located, did_you_mean, is_nothing
from vermegroup.rulebooks.groups_and_bands import read_sizes

KEYS = ("size", "rules", "preferences")


@dataclass(frozen=True, slots=True)
class Meetings:
    """What was said of meetings; None is where nothing was."""

    size: tuple[int, int] | None = None
    rules: tuple[Kind, ...] | None = None
    preferences: tuple[Kind, ...] | None = None


def read_meetings(
    node: Located | None,
    otherwise: Meetings,
    faults: Faults,
    known: KnownKinds,
    lines: dict[Kind, int],
) -> Meetings:
    """What the section says; a missing key is as it is ``otherwise``, and faults are noted.

    ``lines`` is told where each rule stands.
    """
    if node is None:
        return otherwise
    if not isinstance(node, Fields):
        faults.note(
            _NO_MAPPING, line=node.line, key="meetings", value=node.written(), hint=_EXAMPLE
        )
        return otherwise
    for key, _value in node.pairs:
        if key.text not in KEYS:
            hint = did_you_mean(key.text, KEYS)
            faults.note(_unknown(key.text), line=key.line, key=key.text, hint=hint)
    size, rules, preferences = (
        None if is_nothing(value) else value for value in map(node.get, KEYS)
    )
    return Meetings(
        read_sizes(size, faults) if size else otherwise.size,
        read_entries(rules, Role.RULE, faults, known, lines) if rules else otherwise.rules,
        read_entries(preferences, Role.PREFERENCE, faults, known)
        if preferences
        else otherwise.preferences,
    )


def lists_for(
    book: Rulebook, said: Meetings
) -> tuple[GroupSpec, tuple[Kind, ...], tuple[Kind, ...]]:
    """The sizes, rules and preferences of meetings: what was said, else as ``book`` has them.

    A rule that does not hold is wished for, before all preferences.
    """
    gentler = book.gentler()
    rules = _but_size(gentler.rules) if said.rules is None else said.rules
    wished = said.preferences
    if wished is None:
        wished = (*book.wished_beside(rules), *_but_size(book.preferences))
    return _sized(gentler.groups, said.size), rules, wished


def _but_size(kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """It stands elsewhere, and so does what has a section of its own."""
    return tuple(kind for kind in kinds if not (kind.limits_size or kind.in_section))


def _sized(spec: GroupSpec, size: tuple[int, int] | None) -> GroupSpec:
    """Other sizes; the preferred one is kept where it is one of them."""
    if size is None:
        return spec
    low, high = size
    prefer = spec.prefer if spec.prefer is not None and low <= spec.prefer <= high else None
    return replace(spec, smallest=low, largest=high, prefer=prefer)


def _unknown(key: str) -> Message:
    return _("The section meetings has no key {key}", key=key)


_NO_MAPPING = _("The section meetings has the keys size, rules and preferences")
_EXAMPLE = _("For example: meetings: {{size: 2-6}}")
