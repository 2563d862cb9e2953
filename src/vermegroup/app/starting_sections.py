"""Sections of a starting rulebook that are made of its rules: single meetings, and who leads."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vermegroup.domain.rulebook import Rulebook
from vermegroup.intake.cells import tidy
from vermegroup.intake.pipeline import Look
from vermegroup.language.messages import Message, _
from vermegroup.language.value_words import value_meant
from vermegroup.rulebooks.groups_and_bands import SMALLEST_GROUP
from vermegroup.rulebooks.write import on_one_line
from vermegroup.rules.include import Include

Line = tuple[str, Message | None]
"""A line of a rulebook, and the comment behind it."""


def meetings_offered(book: Rulebook) -> Iterator[Line]:
    """What holds at single meetings where nobody says otherwise, in sizes a little wider."""
    here = book if book.split is None else book.split.others
    spec, gentler = here.groups, here.gentler()
    sizes = f"{max(SMALLEST_GROUP, spec.smallest - 1)}-{spec.largest + 1}"
    lists = gentler.lists()
    yield "# meetings:", _MEETINGS
    yield f"#   size: {sizes}", _SIZES
    for name, note in (("rules", _RULES), ("preferences", _PREFERENCES)):
        entries = lists[name]
        assert isinstance(entries, list)
        yield f"#   {name}:{'' if entries else ' []'}", note
        yield from ((f"#     - {_entry(entry)}", None) for entry in entries)


def _entry(plain: object) -> str:
    """An entry as people write it: one key stands without braces."""
    text = on_one_line(plain)
    return text[1:-1] if isinstance(plain, dict) and len(plain) == 1 else text


def groups_each_offered(book: Rulebook, look: Look) -> Iterator[Line]:
    """That mentors may have several groups, where there are fewer of them than groups need."""
    most = max((_groups_each(part, *told) for part, told in _counted(book, look)), default=1)
    if most > 1:
        yield f"# in_groups: {{role: mentor, at_most: {most}}}", _FEW_MENTORS


def _groups_each(book: Rulebook, mentors: int, others: int) -> int:
    """How many groups each mentor must have, if each of them needs one; 0 without mentors."""
    if not mentors or not any(_meant(book, "mentor")):
        return 0
    caps = (rule.at_most for rule in _meant(book, "mentee"))
    room = min([book.groups.largest - 1, *(cap for cap in caps if cap)])
    groups = -(-others // max(1, room))
    return -(-groups // mentors)


def _meant(book: Rulebook, role: str) -> Iterator[Include]:
    """The rules that ask each group for people of a role."""
    for rule in book.rules:
        values = [value_meant(*named) for named in rule.named() if named[0] == "role"]
        if isinstance(rule, Include) and role in values:
            yield rule


def _counted(book: Rulebook, look: Look) -> Iterator[tuple[Rulebook, tuple[int, int]]]:
    """The rulebook of each part of a roster, with how many mentors and others there are in it."""
    traits = [column.trait for column in look.columns]
    if look.table is None or "role" not in traits:
        return
    cells = look.table.cells
    roles = cells.iloc[:, traits.index("role")].map(tidy).to_numpy()
    meant = np.array([value_meant("role", role) == "mentor" for role in roles], dtype=bool)
    there = roles != ""
    if book.split is None or book.split.by not in traits:
        yield book, (int(meant.sum()), int((there & ~meant).sum()))
        return
    by, parts = book.split.by, book.split.parts
    values = cells.iloc[:, traits.index(by)].map(tidy).to_numpy()
    meanings = {value_meant(by, value) or value: part for value, part in parts.items()}
    for value in sorted(set(values) - {""}):
        own = meanings.get(value_meant(by, value) or value, book.split.others)
        here = there & (values == value)
        yield own, (int((here & meant).sum()), int((here & ~meant).sum()))


_MEETINGS = _("one meeting, when somebody is absent; without this, the same in the usual sizes")
_SIZES = _("smaller and larger groups may meet")
_RULES = _("must hold at a meeting")
_PREFERENCES = _("wished for, in order of importance")
_FEW_MENTORS = _("there are fewer mentors than groups: each may have several")
