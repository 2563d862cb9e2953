"""Members whose rows were taken out of a file of groups since a run wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.persons import Persons
from vermegroup.intake.files.readings import RECORD as RECORDED
from vermegroup.intake.files.readings import is_there
from vermegroup.intake.people.identity import MADE_UP
from vermegroup.intake.people.linkage import NOBODY, linked
from vermegroup.intake.people.people import People
from vermegroup.intake.people.told import NAMED, and_more
from vermegroup.intake.pipeline import Look
from vermegroup.language.messages import Message, Template, Who, _, joined, ngettext
from vermegroup.report.folder import RECORD, groups_in, is_as_saved


def with_removed(look: Look, groups_file: str) -> Look:
    """The look, with a warning of members whom the record beside the file has and the file not.

    Where the file has few of the record's members it is another file, and there is nothing to say.
    """
    record = Path(groups_file).parent / RECORD
    if look.people is None or look.table is None or groups_file == "-":
        return look
    if not is_there(record, RECORDED) or is_as_saved(Path(groups_file), look.table.sha256):
        return look
    try:
        members = dict(chain.from_iterable(map(_told, groups_in(record))))
    except ValueError:
        return look
    removed = _removed(list(members), look.people)
    if not removed or 2 * len(removed) > len(members):
        return look
    message = ngettext(
        "{n} member of the groups that were formed is not in the file any more: {people}",
        "{n} members of the groups that were formed are not in the file any more: {people}",
        len(removed),
        people=and_more((members[id_] for id_ in removed), len(removed)),
    )
    finding = Finding(Severity.WARNING, message, look.table.name, hint=_PUT_BACK)
    return replace(look, findings=(*look.findings, finding))


def _removed(members: list[str], people: People) -> list[str]:
    """The ids that nobody of the file has, set aside or not."""
    aside = [each.id for each in people.set_aside if each.id]
    here = [*people.persons.ids.tolist(), *people.gone.ids.tolist(), *aside]
    found = linked(_by_ids(here), _by_ids(members)).place
    return [members[place] for place in np.flatnonzero(found == NOBODY).tolist()]


def _by_ids(ids: list[str]) -> Persons:
    blank = [""] * len(ids)
    return Persons.of(ids, blank, blank)


def _told(group: Mapping[str, Any]) -> Iterable[tuple[str, Message]]:
    """Each member with the group, and with what is known of whose id was made up."""
    for place, id_ in enumerate(group["members"]):
        known = [_TEXT.filled(text=str(group.get("id", "")))]
        if MADE_UP.fullmatch(id_):
            columns = _columns(group.get("traits"))
            values = (str(column[place]) for column in columns if place < len(column))
            known += [_TEXT.filled(text=value) for value in values if value]
        yield id_, NAMED.filled(name=Who(id_), n=joined(known, ", "))


def _columns(traits: object) -> list[list[object]]:
    values = traits.values() if isinstance(traits, dict) else ()
    return [column for column in values if isinstance(column, list)]


_TEXT = Template("{text}")
_PUT_BACK = _(
    "Put the row back. Whoever has left is named with rebalance --left instead: so it is known who "
    "left, and the groups are mended"
)
