"""Into which folder groups go: into none that holds the groups of other people."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from functools import lru_cache
from itertools import count
from pathlib import Path

from vermegroup.app.inputs import look_for
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.domain.findings import RulebookError
from vermegroup.domain.persons import Persons
from vermegroup.edit.session.journal import JOURNAL, unpacked
from vermegroup.intake.files.source import Source, UnopenedError, bytes_of
from vermegroup.intake.people.called import email_meanings, name_meanings
from vermegroup.language.messages import N_, Message
from vermegroup.report.folder import GROUPS
from vermegroup.rulebooks.amend import with_sections
from vermegroup.rulebooks.read import rulebook_from_text

_ENOUGH = 0.5
"""Of the fewer people so many are in both, where both are of one programme."""
_BARE = "rules: []\n"
Columns = dict[str, object]


def free_for(usual: Path, people: Persons | None, columns: Columns | None = None) -> Path:
    """The usual folder of groups of these people; NAME-2 and so on where others have it.

    ``columns`` tell who is who in files whose headers do not. Where nobody knows yet who the people
    are, it is the usual one.
    """
    if people is None or not len(people):
        return usual
    for number in count(1):
        folder = usual if number == 1 else usual.with_name(f"{usual.name}-{number}")
        if not holds_others(folder, people, columns):
            return folder
    raise AssertionError  # there are always more numbers


def holds_others(folder: Path, people: Persons, columns: Columns | None = None) -> bool:
    """Whether groups are in a folder, saved or not, and few of these people."""
    chosen = json.dumps(columns or {})
    for name in (GROUPS, JOURNAL):
        with suppress(OSError, UnopenedError):
            there = os.stat(folder / name)
            found = _people_in_file(folder / name, there.st_mtime_ns, there.st_size, chosen)
            if not alike(found, people):
                return True
    return False


def alike(some: Persons | None, others: Persons | None) -> bool:
    """Whether two lists are about the same people; not where one of them tells nobody."""
    if some is None or others is None:
        return False
    marks, known = _marks(some), frozenset().union(*_marks(others))
    common = sum(not known.isdisjoint(each) for each in marks)
    return common >= _ENOUGH * min(len(some), len(others))


def people_in(raw: bytes, columns: Columns | None = None) -> Persons | None:
    """Who is in a list, or in groups; None where that cannot be told."""
    for text in (_with(columns or {}), _BARE):
        with suppress(RulebookError):
            look = look_for(Source(GROUPS, raw), rulebook_from_text(text, ""), AS_IT_IS)
            if look.people is not None:
                return look.people.persons
    return None


def others_in(usual: Path, folder: Path) -> Message:
    """That the groups do not go where they would usually go, and why."""
    return _OTHERS.filled(usual=usual.name, folder=folder.name)


def _with(columns: Columns) -> str:
    return with_sections(_BARE, {"columns": columns or None})


@lru_cache(maxsize=64)
def _people_in_file(file: Path, changed: int, size: int, columns: str) -> Persons | None:
    del changed, size  # another file has others
    raw = bytes_of(file)
    if file.name == JOURNAL:
        try:
            raw = unpacked(json.loads(raw.split(b"\n", 1)[0])["content"])
        except (ValueError, LookupError, TypeError, RecursionError):
            return None
    return people_in(raw, json.loads(columns))


def _marks(people: Persons) -> list[frozenset[tuple[str, str]]]:
    """By what each is known. Numbers count rows, and are no marks where anything else is told."""
    names, emails = name_meanings(people.names.tolist()), email_meanings(people.emails.tolist())
    found = []
    for id_, name, email in zip(people.ids.tolist(), names, emails, strict=True):
        own = {("name", name), ("email", email)}
        if not id_.isdecimal() or not (name or email):
            own.add(("id", id_))
        found.append(frozenset(mark for mark in own if mark[1]))
    return found


_OTHERS = N_(
    "There are groups of other people in the folder {usual}, which stay; these go into {folder}"
)
