"""The sections ``rules`` and ``preferences``: entries, tiers, and what contradicts what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice

from vermegroup.domain.kind import Kind, Role, Total
from vermegroup.language.messages import Message, _, capital
from vermegroup.rulebooks import entry_faults as say
from vermegroup.rulebooks.entry import KnownKinds, ListedEntry, weight_in
from vermegroup.rulebooks.faults import (
    Faults,
    Fields,
    Items,
    Located,
    Scalar,
    did_you_mean,
    is_nothing,
)
from vermegroup.rules.tier import tier_of

WEIGHT = "weight"

ReadEntry = Callable[[Located], Kind | None]
Weighed = tuple[Located, Fraction | None]


def read_tiers(items: Sequence[Located], faults: Faults, read: ReadEntry) -> tuple[Kind, ...]:
    """The preferences of a section in their order, each tier as one; faults are noted.

    ``read`` reads one entry without its weight.
    """
    found: list[Kind] = []
    for tier in _tiers(items, faults):
        together = len(tier) > 1
        kinds: list[tuple[Kind, Fraction]] = []
        for node, weight in tier:
            kind = read(node)
            if kind is None:
                continue
            if together and (kind.total is Total.WORST or kind.seats_everyone):
                faults.note(_ALONE, line=node.line, key=kind.kind, hint=_ON_ITS_OWN)
            kinds.append((kind, weight or Fraction(1)))
        found += [_tier(kinds)] if together and kinds else [kind for kind, _rest in kinds]
    return tuple(found)


def _tier(kinds: Sequence[tuple[Kind, Fraction]]) -> Kind:
    return tier_of([kind for kind, _rest in kinds], [weight for _rest, weight in kinds])


def _tiers(items: Sequence[Located], faults: Faults) -> Iterator[list[Weighed]]:
    """Entries by tiers; entries with a weight that follow each other are one."""
    row: list[Weighed] = []
    for item in items:
        inner = [_weighed(part, faults) for part in item.items] if isinstance(item, Items) else []
        weighed = _weighed(item, faults)
        if not inner and weighed[1] is not None:
            row.append(weighed)
            continue
        if row:
            yield row
            row = []
        yield inner or [weighed]
    if row:
        yield row


def _weighed(node: Located, faults: Faults) -> Weighed:
    """An entry without its weight, and the weight."""
    if not isinstance(node, Fields):
        return node, None
    rest = tuple(pair for pair in node.pairs if pair[0].text != WEIGHT)
    if len(rest) in (0, len(node.pairs)):
        return node, None
    value = node.get(WEIGHT)
    weight = weight_in(value)
    if weight is None:
        written = value.written() if value is not None else None
        faults.note(say.NO_WEIGHT, line=node.line, key=WEIGHT, value=written)
    return Fields(rest, node.line), weight or Fraction(1)


_ALONE = _("This preference cannot be weighed against others")
_ON_ITS_OWN = _("Give it an entry of its own, without a weight, before or after the others")


SECTIONS = {Role.RULE: "rules", Role.PREFERENCE: "preferences"}


def read_entries(
    node: Located,
    role: Role,
    faults: Faults,
    known: KnownKinds,
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
    if role is Role.PREFERENCE:
        return read_tiers(node.items, faults, lambda item: _read_entry(item, role, faults, known))
    read = [(_read_entry(item, role, faults, known), item.line) for item in node.items]
    found = [(kind, line) for kind, line in read if kind is not None]
    if lines is not None:
        lines.update(reversed(found))
    return tuple(kind for kind, _rest in found)


def _read_entry(node: Located, role: Role, faults: Faults, known: KnownKinds) -> Kind | None:
    entry_parts = _parts(node, role, faults, known)
    if entry_parts is None:
        return None
    name, entry = entry_parts
    kind = known.by_word()[name.text]
    if role not in kind.roles:
        _note_role(name, role, faults)
        return None
    instance = kind.read(entry, role)
    entry.finish()
    for finding in entry.findings():
        faults.add(finding)
    return None if entry.findings() else instance


def _parts(
    node: Located, role: Role, faults: Faults, known: KnownKinds
) -> tuple[Scalar, ListedEntry] | None:
    """The key that names the kind, and the entry around it."""
    words = known.by_word()
    if isinstance(node, Items) or is_nothing(node) or (isinstance(node, Fields) and not node.pairs):
        faults.note(say.NO_ENTRY, line=node.line, key=SECTIONS[role], value=node.written())
        return None
    if isinstance(node, Scalar):
        return _named(node, ListedEntry(node, None, (), faults.file, known), faults, words)
    names = [pair for pair in node.pairs if pair[0].text in words] or [node.pairs[0]]
    if len(names) > 1:
        key = names[1][0]
        faults.note(say.TWO_KINDS, line=key.line, key=key.text, hint=say.NEW_DASH)
        return None
    name, main = names[0]
    beside = tuple(pair for pair in node.pairs if pair[0] is not name)
    entry = ListedEntry(name, main, beside, faults.file, known)
    return _named(name, entry, faults, words)


def _named(
    name: Scalar, entry: ListedEntry, faults: Faults, words: dict[str, type[Kind]]
) -> tuple[Scalar, ListedEntry] | None:
    if name.text in words:
        return name, entry
    word, colon, _rest = name.text.partition(":")
    near = did_you_mean(name.text, sorted(words))
    hint = say.SPACE_AFTER_COLON if colon and word in words else near
    faults.note(
        say.unknown_kind(name.text), line=name.line, key=name.text, value=name.text, hint=hint
    )
    return None


def _note_role(name: Scalar, role: Role, faults: Faults) -> None:
    is_rule = role is Role.RULE
    message = say.only_preference(name.text) if is_rule else say.only_rule(name.text)
    other = SECTIONS[Role.PREFERENCE if is_rule else Role.RULE]
    faults.note(message, line=name.line, key=name.text, hint=say.move_to(other))


# Rules compared with all before them; no rulebook that people write has more.
MOST_COMPARED = 300


def note_contradictions(
    rules: Sequence[Kind], lines: Mapping[Kind, int], faults: Faults, *, split: bool = False
) -> None:
    """Note each rule that contradicts one before it, at its own line if that is known.

    Where the roster is ``split``, people may be named who form groups of other sizes elsewhere.
    """
    for at, rule in enumerate(islice(rules, MOST_COMPARED)):
        for earlier in rules[:at]:
            if split and earlier.limits_size and rule.ids():
                continue
            why = rule.contradicts(earlier) or earlier.contradicts(rule)
            if why is not None:
                line = lines.get(rule)
                faults.note(capital(why), line=line, key=rule.kind, hint=_with(earlier, lines))


def _with(earlier: Kind, lines: Mapping[Kind, int]) -> Message:
    """Which other rule it is about."""
    if earlier.limits_size:
        return _("See the section {other}", other="groups")
    if earlier not in lines:
        return _("Remove this rule or the other ({kind})", kind=earlier.kind)
    return _(
        "Remove this rule or the one on line {line} ({kind})",
        line=lines[earlier],
        kind=earlier.kind,
    )
