"""YAML to rulebook: every fault of a file is collected, and all are told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.rulebook import LATEST, REFUSE, BandSet, GroupSpec, Rulebook
from vermegroup.language.messages import _
from vermegroup.rulebooks import profiles
from vermegroup.rulebooks.entries import note_contradictions, read_entries
from vermegroup.rulebooks.entry import KnownKinds, ListedEntry, ReadEarlier, ReadWeights, no_file
from vermegroup.rulebooks.faults import (
    Faults,
    Fields,
    Items,
    Located,
    Scalar,
    did_you_mean,
    is_nothing,
)
from vermegroup.rulebooks.groups_and_bands import (
    DEFAULT_BANDS,
    read_bands,
    read_groups,
)
from vermegroup.rulebooks.meetings import Meetings, lists_for, read_meetings
from vermegroup.rulebooks.split_by import part_trees, read_split_by, split_up
from vermegroup.rulebooks.text import read_text
from vermegroup.rulebooks.yaml_nodes import read_tree
from vermegroup.rules.in_groups import FewFurtherSeats, InGroups
from vermegroup.rules.place_everyone import PlaceEveryone
from vermegroup.rules.registry import KINDS
from vermegroup.rules.size import Size


def read_columns(node: Located, faults: Faults) -> dict[str, str | tuple[str, ...]]:
    """The header by each trait, or those of several columns, as written; faults are noted."""
    if not isinstance(node, Fields):
        faults.note(_NO_MAPPING, line=node.line, key="columns", value=node.written(), hint=_EXAMPLE)
        return {}
    headers: dict[str, str | tuple[str, ...]] = {}
    for key, value in node.pairs:
        names = _texts(value.items if isinstance(value, Items) else [value])
        if names:
            headers[key.text] = names if isinstance(value, Items) and len(names) > 1 else names[0]
        else:
            written = value.written()
            faults.note(_NO_HEADER, line=value.line, key=key.text, value=written, hint=_EXAMPLE)
    return headers


def _texts(nodes: Sequence[Located]) -> tuple[str, ...]:
    """What stands in some nodes, each text once; nothing where one of them is no text."""
    texts = [node.text for node in nodes if isinstance(node, Scalar) and not is_nothing(node)]
    return tuple(dict.fromkeys(texts)) if len(texts) == len(nodes) else ()


_EXAMPLE = _("For example: columns: {{municipality: Työkunta}}")
_NO_MAPPING = _("The section columns leads from traits to the headers of their columns")
_NO_HEADER = _("The header of a column, or a list of headers, is expected here")


def read_duplicates(node: Located, faults: Faults) -> str:
    """``refuse`` or ``latest``; anything else is noted."""
    word = node.text.strip().casefold() if isinstance(node, Scalar) else ""
    if word in (REFUSE, LATEST):
        return word
    faults.note(_NEITHER, line=node.line, key="duplicates", value=node.written(), hint=_MEANING)
    return REFUSE


_NEITHER = _("duplicates is either refuse or latest")
_MEANING = _("refuse stops at an id with contradictory details; with latest, the latest row counts")


SECTIONS = (
    *("groups", "bands", "in_groups", "rules", "preferences", "meetings"),
    *("split_by", "parts", "columns", "duplicates"),
)
DEFAULT_PROFILE = "default"

Kinds = tuple[type[Kind], ...]


@dataclass(frozen=True, slots=True)
class Sections:
    """What a rulebook says, and each of its parts may say anew; rules with their lines."""

    groups: GroupSpec = field(default_factory=GroupSpec)
    rules: tuple[Kind, ...] = ()
    preferences: tuple[Kind, ...] = ()
    lines: Mapping[Kind, int] = field(default_factory=dict)
    meetings: Meetings = field(default_factory=Meetings)
    several: InGroups | None = None


def rulebook_from_file(path: Path, earlier: ReadEarlier, weights: ReadWeights) -> Rulebook:
    """Read a rules file. Raises RulebookError with every fault that was found in it."""
    text, sha256 = read_text(path, Faults(str(path)))
    book = rulebook_from_text(text, str(path), earlier=earlier, weights=weights)
    return replace(book, sha256=sha256)


def default_rulebook() -> Rulebook:
    """The rulebook that holds where none is given."""
    return read_profile(DEFAULT_PROFILE)


def profile_names() -> tuple[str, ...]:
    """The names of the rulebooks that ship with the package, in alphabetical order."""
    return profiles.profile_names()


def read_profile(name: str) -> Rulebook:
    """Read a rulebook that ships with the package. Raises RulebookError for an unknown name."""
    return rulebook_from_text(profiles.profile_text(name), name)


def rulebook_from_text(
    text: str,
    origin: str,
    kinds: Kinds = KINDS,
    earlier: ReadEarlier = no_file,
    weights: ReadWeights = no_file,
) -> Rulebook:
    """Read YAML text; ``origin`` is the file or profile that findings name.

    ``earlier`` reads the files of earlier groups that the text names, ``weights`` those of pairs.

    A missing section takes its default: groups of 3 to 5, preferably 4; bands of experience; no
    rules and no preferences; columns that are recognised; contradictory ids refused. Raises
    RulebookError with every fault that was found.
    """
    faults = Faults(origin)
    tree = read_tree(text, faults)
    _note_unknown_sections(tree, faults)
    bands = _section(tree, "bands")
    band_sets = read_bands(bands, faults) if bands else DEFAULT_BANDS
    known = KnownKinds(kinds, earlier, weights)
    whole = _sections(tree, Sections(), faults, known)
    split_by = read_split_by(tree, faults)
    parts = {
        value: _sections(part, whole, faults, known)
        for value, part in part_trees(tree, faults).items()
    }
    for sections in (whole, *parts.values()):
        split = split_by is not None
        note_contradictions((_size(sections), *sections.rules), sections.lines, faults, split=split)
        note_contradictions(sections.meetings.rules or (), sections.lines, faults, split=split)
    book = _rulebook(whole, band_sets, origin)
    part_books = {value: _rulebook(part, band_sets, origin) for value, part in parts.items()}
    if split_by is not None:
        book = split_up(book, split_by, part_books)
    book = _with_intake(book, _section(tree, "columns"), _section(tree, "duplicates"), faults)
    faults.raise_noted()
    return book


def _sections(tree: Fields, otherwise: Sections, faults: Faults, known: KnownKinds) -> Sections:
    """The sections of a rulebook or of a part of it; a missing one is as it is ``otherwise``."""
    groups, rules = _section(tree, "groups"), _section(tree, "rules")
    preferences = _section(tree, "preferences")
    meetings, lines = _section(tree, "meetings"), dict(otherwise.lines)
    found = Sections(
        read_groups(groups, faults) if groups else otherwise.groups,
        read_entries(rules, Role.RULE, faults, known, lines) if rules else otherwise.rules,
        read_entries(preferences, Role.PREFERENCE, faults, known)
        if preferences
        else otherwise.preferences,
        lines,
        read_meetings(meetings, otherwise.meetings, faults, known, lines),
        _several(tree, faults, known) or otherwise.several,
    )
    lists = [found.rules] if found.meetings.rules is None else [found.rules, found.meetings.rules]
    everyone = all(any(rule.seats_everyone for rule in rules) for rules in lists)
    if found.several is not None and not everyone:
        faults.note(_WAITING, key="in_groups", hint=_ALL_PLACED)
    return found


def _several(tree: Fields, faults: Faults, known: KnownKinds) -> InGroups | None:
    """Who may belong to several groups; faults are noted."""
    pair = next((pair for pair in tree.pairs if pair[0].text == "in_groups"), None)
    if pair is None or is_nothing(pair[1]):
        return None
    entry = ListedEntry(*pair, (), faults.file, known)
    found = InGroups.read(entry, Role.RULE)
    entry.finish()
    for fault in entry.findings():
        faults.add(fault)
    return None if entry.findings() else found


_WAITING = _("Where people may be in several groups, nobody can be left in the queue yet")
_ALL_PLACED = _("Write place_everyone under rules")


def _size(sections: Sections) -> Size:
    spec = sections.groups
    return Size(spec.smallest, spec.largest, spec.prefer)


def _section(tree: Fields, name: str) -> Located | None:
    node = tree.get(name)
    return None if is_nothing(node) else node


def _note_unknown_sections(tree: Fields, faults: Faults) -> None:
    for key, _value in tree.pairs:
        if key.text not in SECTIONS:
            message = _("There is no section called {key}", key=key.text)
            hint = did_you_mean(key.text, SECTIONS)
            faults.note(message, line=key.line, key=key.text, hint=hint)


def _rulebook(sections: Sections, bands: tuple[BandSet, ...], origin: str) -> Rulebook:
    spec, rules, preferences = sections.groups, sections.rules, sections.preferences
    size = _size(sections)
    if not any(kind.seats_everyone for kind in (*rules, *preferences)):
        # Nobody is left out without need, even where no one wrote so.
        preferences = (PlaceEveryone(), *preferences)
    if spec.prefer is not None:
        preferences = _with_size(preferences, size)
    known = (size, *rules)
    if sections.several is not None:
        known = (*known, sections.several)
        preferences = _with_few_seats(preferences)
    rules = tuple(rule.among(known) for rule in known)
    preferences = tuple(preference.among(known) for preference in preferences)
    book = Rulebook(spec, bands, rules, preferences, origin)
    if sections.meetings == Meetings():
        return book
    meetings = Sections(*lists_for(book, sections.meetings), several=sections.several)
    return replace(book, meetings=_rulebook(meetings, bands, origin))


def _with_intake(
    book: Rulebook, columns: Located | None, duplicates: Located | None, faults: Faults
) -> Rulebook:
    """The rulebook with what it says of reading a roster, which most rulebooks say nothing of."""
    headers = read_columns(columns, faults) if columns else {}
    choice = read_duplicates(duplicates, faults) if duplicates else REFUSE
    return replace(book, columns=headers, duplicates=choice)


def _with_few_seats(preferences: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """Nobody is in several groups without need; sizes and quotas are needs, what follows is not."""
    needs = ("size", "include", "ratio", "not_alone", "place_everyone")
    cut = next((at for at, kind in enumerate(preferences) if kind.kind not in needs), None)
    cut = len(preferences) if cut is None else cut
    return (*preferences[:cut], FewFurtherSeats(), *preferences[cut:])


def _with_size(preferences: tuple[Kind, ...], size: Size) -> tuple[Kind, ...]:
    """The wish for a size comes after that of placing everyone, and before all others."""
    everyone = [at for at, kind in enumerate(preferences) if kind.seats_everyone]
    cut = everyone[0] + 1 if everyone else 0
    return (*preferences[:cut], size, *preferences[cut:])
