"""The sections ``rules`` and ``preferences``: lists of entries, each of one kind."""

from __future__ import annotations

from vermegroup.intake.faults import Faults, did_you_mean
from vermegroup.intake.located import Fields, Items, Located, Scalar, is_nothing
from vermegroup.kind import Kind, Role
from vermegroup.rules import entry_faults as say
from vermegroup.rules.entry import ListedEntry
from vermegroup.rules.kinds import KINDS
from vermegroup.rules.tiers_section import read_tiers

SECTIONS = {Role.RULE: "rules", Role.PREFERENCE: "preferences"}


def read_entries(
    node: Located,
    role: Role,
    faults: Faults,
    kinds: tuple[type[Kind], ...] = KINDS,
    lines: dict[Kind, int] | None = None,
) -> tuple[Kind, ...]:
    """The rules or preferences of a section, in its order; faults are noted.

    ``lines`` is told where each rule stands.
    """
    if not isinstance(node, Items):
        section = SECTIONS[role]
        hint = say.example("- different: municipality")
        faults.note(say.NO_LIST, line=node.line, key=section, value=node.written(), hint=hint)
        return ()
    known = {kind.kind: kind for kind in kinds}
    if role is Role.PREFERENCE:
        return read_tiers(node.items, faults, lambda item: _read_entry(item, role, faults, known))
    read = [(_read_entry(item, role, faults, known), item.line) for item in node.items]
    found = [(kind, line) for kind, line in read if kind is not None]
    if lines is not None:
        lines.update(reversed(found))
    return tuple(kind for kind, _ in found)


def _read_entry(
    node: Located, role: Role, faults: Faults, known: dict[str, type[Kind]]
) -> Kind | None:
    entry_parts = _parts(node, role, faults, known)
    if entry_parts is None:
        return None
    name, entry = entry_parts
    kind = known[name.text]
    if role not in kind.roles:
        _note_role(name, role, faults)
        return None
    instance = kind.read(entry, role)
    entry.finish()
    for finding in entry.findings():
        faults.add(finding)
    return None if entry.findings() else instance


def _parts(
    node: Located, role: Role, faults: Faults, known: dict[str, type[Kind]]
) -> tuple[Scalar, ListedEntry] | None:
    """The key that names the kind, and the entry around it."""
    if isinstance(node, Items) or is_nothing(node) or (isinstance(node, Fields) and not node.pairs):
        faults.note(say.NO_ENTRY, line=node.line, key=SECTIONS[role], value=node.written())
        return None
    if isinstance(node, Scalar):
        return _named(node, ListedEntry(node, None, (), faults.file), faults, known)
    names = [pair for pair in node.pairs if pair[0].text in known] or [node.pairs[0]]
    if len(names) > 1:
        key = names[1][0]
        faults.note(say.TWO_KINDS, line=key.line, key=key.text, hint=say.NEW_DASH)
        return None
    name, main = names[0]
    beside = tuple(pair for pair in node.pairs if pair[0] is not name)
    return _named(name, ListedEntry(name, main, beside, faults.file), faults, known)


def _named(
    name: Scalar, entry: ListedEntry, faults: Faults, known: dict[str, type[Kind]]
) -> tuple[Scalar, ListedEntry] | None:
    if name.text in known:
        return name, entry
    word, colon, _ = name.text.partition(":")
    near = did_you_mean(name.text, sorted(known))
    hint = say.SPACE_AFTER_COLON if colon and word in known else near
    faults.note(
        say.unknown_kind(name.text), line=name.line, key=name.text, value=name.text, hint=hint
    )
    return None


def _note_role(name: Scalar, role: Role, faults: Faults) -> None:
    is_rule = role is Role.RULE
    message = say.only_preference(name.text) if is_rule else say.only_rule(name.text)
    other = SECTIONS[Role.PREFERENCE if is_rule else Role.RULE]
    faults.note(message, line=name.line, key=name.text, hint=say.move_to(other))
