"""Rules and preferences as entries of the text, and what each is in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vermegroup.domain.findings import RulebookError
from vermegroup.domain.kind import Kind, Role
from vermegroup.intake.pipeline import Look
from vermegroup.language.messages import Message, joined, verbatim
from vermegroup.rulebooks.entries import SECTIONS, WEIGHT
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rulebooks.write import on_one_line

Entry = object
Sections = Mapping[str, object]


def listed(sections: Sections, name: str) -> list[Entry]:
    """The entries of a section; none where it is no list."""
    value = sections.get(name)
    return list(value) if isinstance(value, list) else []


def mapping(sections: Sections, name: str) -> dict[str, object]:
    """The keys of a section; none where it is no mapping."""
    value = sections.get(name)
    return dict(value) if isinstance(value, Mapping) else {}


def sentence_of(entries: Sequence[Entry], role: Role) -> Message:
    """Entries that are one, in words; as they are written where they cannot be read alone."""
    return _sentence(on_one_line(list(entries)), role)


@lru_cache(maxsize=1_000)
def _sentence(written: str, role: Role) -> Message:
    kinds = _read(written, role)
    return joined(kind.sentence(role) for kind in kinds) if kinds else verbatim(written[1:-1])


def as_written(entry: Entry, role: Role) -> Entry:
    """A rule or preference as this program would write it; as it is where it cannot be read."""
    kinds = _read(on_one_line([entry]), role)
    return kinds[0].written() if kinds else entry


def _read(written: str, role: Role) -> list[Kind]:
    """What a list of entries asks for; nothing where it cannot be read by itself."""
    try:
        book = rulebook_from_text(f"{SECTIONS[role]}: {written}\n", "")
    except RulebookError:
        return []
    kinds = book.rules if role is Role.RULE else book.preferences
    asked = [kind for kind in kinds if not (kind.limits_size or kind.in_section)]
    # Where nobody says who must be placed, that stands before all else.
    return [kind for kind in asked if not kind.seats_everyone] or asked


@dataclass(frozen=True, slots=True)
class Block:
    """Preferences of one importance: those with a weight that follow each other, or one alone."""

    entries: tuple[Entry, ...]

    @property
    def sentence(self) -> Message:
        """What they ask for."""
        return sentence_of(self.entries, Role.PREFERENCE)


def blocks_of(entries: Sequence[Entry]) -> list[Block]:
    """Preferences as they stand in their order."""
    found: list[list[Entry]] = []
    for place, entry in enumerate(entries):
        if place and _weighed(entry) and _weighed(entries[place - 1]):
            found[-1].append(entry)
        else:
            found.append([entry])
    return [Block(tuple(block)) for block in found]


def _weighed(entry: Entry) -> bool:
    return isinstance(entry, Mapping) and WEIGHT in entry


EVERYONE = "place_everyone"
_APART = ("municipality", "unit", "organisation", "profession", "region", "theme", "role")


def traits_in(look: Look) -> set[str]:
    """The traits that the roster tells, and what follows from them."""
    found = {column.trait for column in look.columns if column.trait is not None}
    return found | ({"region"} if "municipality" in found else set())


def preferences_offered(look: Look, there: Sequence[Entry]) -> dict[str, Entry]:
    """What else could be wished for with this roster, by what it is written as."""
    traits = traits_in(look)
    offered: list[Entry] = [EVERYONE]
    if "years" in traits:
        offered += [{"spread": "years"}]
    offered += ["even_sizes"]
    if "years" in traits:
        offered += [{"balance": "years"}]
    if "wishes" in traits:
        offered += [{"wishes": "wishes"}]
    if "answered" in traits:
        offered += [{"priority": "answered"}]
    if "avoid" in traits:
        offered += [{"apart": {"from": "avoid"}}]
    offered += [{"different": trait} for trait in _APART if trait in traits]
    offered += [{"common": "times"}] if "times" in traits else []
    offered += [{"resilient": 1}]
    return {on_one_line(entry): entry for entry in offered if entry not in there}


def traits_kept_apart(look: Look) -> list[str]:
    """Of which traits members may be asked to differ, with this roster."""
    return [trait for trait in _APART if trait in traits_in(look)]


def with_entry(entries: Sequence[Entry], entry: Entry, *, there: bool) -> list[Entry]:
    """The entries with one of them there once, at the end if it is new, or not at all."""
    if there:
        return list(entries) if entry in entries else [*entries, entry]
    return [each for each in entries if each != entry]
