"""A repair that changes the rules, put into their text."""

from __future__ import annotations

from collections.abc import Mapping

from vermegroup.domain.kind import Role
from vermegroup.domain.outcome import Repair
from vermegroup.domain.roster import value_key
from vermegroup.edit.starting.beginning import Beginning
from vermegroup.edit.starting.entries import Entry, Sections, as_written, listed, mapping
from vermegroup.language.terms import value_name
from vermegroup.rulebooks.amend import sections_of, with_sections
from vermegroup.rulebooks.entries import SECTIONS
from vermegroup.rulebooks.split_by import PART_SECTIONS


def changes_rules(repair: Repair) -> bool:
    """Whether there is something to change in the text."""
    return bool(_change(repair))


def repaired_text(beginning: Beginning, repair: Repair) -> str:
    """The text of the rules after a repair of them; entries that stay keep their lines.

    Raises RulebookError where the text cannot be read.
    """
    text, change = beginning.text, _change(repair)
    sections, part = sections_of(text), _part(repair, beginning)
    if part is None:
        return with_sections(text, _kept(sections, change))
    others = {name: value for name, value in change.items() if name not in PART_SECTIONS}
    parts = mapping(sections, "parts")
    name = next((each for each in parts if value_key(each) == value_key(part)), part)
    before = mapping(parts, name)
    own = {name: value for name, value in change.items() if name in PART_SECTIONS}
    parts[name] = {**before, **_kept(before, own)}
    return with_sections(text, {**others, "parts": parts})


def _change(repair: Repair) -> Sections:
    change = repair.change.get("rulebook")
    return change if isinstance(change, Mapping) else {}


def _part(repair: Repair, beginning: Beginning) -> str | None:
    """The value of the part that a repair is of; None for the whole."""
    book, roster = beginning.book, beginning.look.roster
    if repair.part is None or book is None or book.split is None or roster is None:
        return None
    by = book.split.by
    values = (*roster.categories[by].values, *book.split.parts)
    return next((value for value in values if value_name(by, value) == repair.part), None)


def _kept(before: Sections, change: Sections) -> dict[str, object]:
    """A change with the entries that mean the same as those before written like these."""
    found = dict(change)
    for role, name in SECTIONS.items():
        if name in change:
            found[name] = _as_before(listed(before, name), listed(change, name), role)
    return found


def _as_before(before: list[Entry], after: list[Entry], role: Role) -> list[Entry]:
    known = [(as_written(entry, role), entry) for entry in before]
    return [next((own for told, own in known if told == entry), entry) for entry in after]
