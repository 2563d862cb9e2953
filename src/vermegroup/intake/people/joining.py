"""Newcomers beside those whom they join: who is a member already, and whose id is another's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, filterfalse

import numpy as np
import pandas as pd

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.persons import Persons
from vermegroup.intake.cells import TEXT
from vermegroup.intake.headers.find_columns import NOTHING_CHOSEN, places_of
from vermegroup.intake.ledger import Ledger, rows_of, with_rows
from vermegroup.intake.people.called import email_meanings, name_meanings
from vermegroup.intake.people.identity import Identity, identity_of, made_up
from vermegroup.intake.people.linkage import (
    NOBODY,
    Linkage,
    first_names_differ,
    free_id,
    linked,
    one_name,
)
from vermegroup.intake.people.told import MOST, and_more, who_is
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import N_, Who, _

Differing = Callable[[int, int], tuple[str, ...]]
"""The headers of what tells a member, by place, and a newcomer, by place, apart."""


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """A newcomer who is a member already, the row, and the headers of what is told otherwise."""

    who: str
    row: int
    differing: tuple[str, ...] = ()


def new_among(
    other: Sheet, members: Persons, differing: Differing, ledger: Ledger
) -> tuple[Sheet, list[int], tuple[AlreadyThere, ...]]:
    """The sheet of newcomers, the rows of those who are no members yet, and the members there.

    A newcomer whose id is a member's gets one of his or her own in the sheet, which is noted. Who
    has a member's e-mail or id and another name is an error: nobody knows whether these are two
    people. They are two where the id alone joins what first names and ``differing`` tell apart.
    """
    identity = identity_of(other, Ledger(ledger.file), NOTHING_CHOSEN)
    persons = Persons(identity.ids.texts, identity.names.texts, identity.emails.texts)
    years = {other.name(place) for place in places_of("years", other)}  # which pass
    found = _apart(linked(members, persons), lambda member, at: {*differing(member, at)} - years)
    known = _members(found)
    _note_other_names(found, known, other, ledger)
    fresh = np.flatnonzero(~known)
    places, rows = found.place[known].tolist(), rows_of(other.rows()[known])
    there = tuple(
        AlreadyThere(who_is(members, place), row, differing(place, at))
        for place, at, row in zip(places, np.flatnonzero(known).tolist(), rows, strict=True)
    )
    clashing = fresh[found.clashing[fresh]]
    if len(clashing) and identity.id_place is not None:
        ids = _own_ids(members, identity, clashing, other)
        _note_new_ids(found, clashing, ids, other, ledger)
        cells = other.table.cells.copy()
        column = cells.iloc[:, identity.id_place].to_numpy(dtype=object, copy=True)
        column[other.people[clashing]] = ids
        cells.isetitem(identity.id_place, pd.array(column, dtype=TEXT))
        other = replace(other, table=replace(other.table, cells=cells))
    return other, other.people[fresh].tolist(), there


def _apart(found: Linkage, differing: Callable[[int, int], Collection[str]]) -> Linkage:
    """What was found, but for those of one name or family name who are two by all else.

    E-mails tell, or where one is blank the details. A name without an id has only e-mails beside
    it: who comes without one may have changed the details.
    """
    here, there = found.here, found.there
    place, clashing = found.place.copy(), found.clashing.copy()
    for at in np.flatnonzero(place >= 0).tolist():
        member, by_id = int(place[at]), bool(place[at] == found.by_id[at])
        names = [here.names[member], there.names[at]]
        if not (len(set(name_meanings(names))) == 1 or (by_id and first_names_differ(*names))):
            continue
        emails = set(filter(None, email_meanings([here.emails[member], there.emails[at]])))
        known = here.emails[member] != "" and there.emails[at] != ""
        if len(emails) == 2 if known else by_id and differing(member, at):
            place[at], clashing[at] = NOBODY, clashing[at] or by_id
    return replace(found, place=place, clashing=clashing)


def _members(found: Linkage) -> BoolArray:
    """Which of the newcomers are members; a name alone tells only where there is no other id."""
    by_name = found.by_name & (found.there.ids != "") & ~found.clashing & (not found.renumbered)
    emails = np.array([email.casefold() for email in found.there.emails.tolist()], dtype=object)
    same_email = [
        place >= 0 and bool(email) and found.here.emails[place].casefold() == email
        for place, email in zip(found.place.tolist(), emails.tolist(), strict=True)
    ]
    members: BoolArray = (found.place >= 0) & (~by_name | np.array(same_email, dtype=bool))
    return members


def _note_other_names(found: Linkage, known: BoolArray, other: Sheet, ledger: Ledger) -> None:
    here, there = found.here, found.there
    for at in np.flatnonzero(known).tolist():
        place, id_, email = int(found.place[at]), str(there.ids[at]), str(there.emails[at])
        same_email = "@" in email and email.casefold() == here.emails[place].casefold()
        same_id = bool(id_) and id_ == str(here.ids[place])
        # Both leave no doubt: people change their names.
        if same_email != same_id and not one_name(here.names[place], there.names[at]):
            template, hint = (_OTHER_NAME, _ONE_OR_TWO) if same_email else (_SAME_ID, _ONE_ID)
            message = template.filled(other=who_is(there, at), own=who_is(here, place))
            ledger.error(message, hint, row=int(other.rows()[at]), value=email or id_)


def _own_ids(members: Persons, identity: Identity, people: IntArray, other: Sheet) -> list[str]:
    """Ids that nobody has: the next numbers where ids are numbers, else made up."""
    known = [*members.ids.tolist(), *identity.ids.texts.tolist()]
    numbers = [id_ for id_ in known if len(id_) <= _LONGEST and id_.isascii() and id_.isdigit()]
    if len(numbers) < len([id_ for id_ in known if id_]):
        everyone, groups = np.ones(len(other.people), dtype=bool), places_of("group", other)
        ids = made_up(people, identity, everyone, other, list(groups)).tolist()
        return [free_id(id_, known) for id_ in ids]
    padded = max((len(id_) for id_ in numbers if id_.startswith("0")), default=0)
    free = filterfalse(set(known).__contains__, _from(max(map(int, numbers)) + 1, padded))
    return [next(free) for _person in people]


def _from(first: int, width: int) -> Iterator[str]:
    return (str(number).zfill(width) for number in count(first))


def _note_new_ids(
    found: Linkage, clashing: IntArray, ids: Sequence[str], other: Sheet, ledger: Ledger
) -> None:
    told = [
        _TAKEN.filled(
            other=who_is(found.here, int(found.by_id[at])),
            own=Who(new, found.there.names[at] or found.there.emails[at]),
            new=Who(new),
        )
        for at, new in zip(clashing[:MOST].tolist(), ids, strict=False)
    ]
    message = _(
        "Newcomers whose id is a member's get one of their own: {people}",
        people=and_more(told, len(ids)),
    )
    rows = rows_of(other.rows()[clashing])
    ledger.notice(with_rows(message, rows), row=rows[0])


_LONGEST = 18
_OTHER_NAME = N_("{other} has the e-mail of {own}, who is a member")
_ONE_OR_TWO = _(
    "If these are two people, give each an e-mail of their own, or none. If they are one, take the "
    "row out"
)
_SAME_ID = N_("{other} has the id of {own}, who is a member")
_ONE_ID = _(
    "If these are two people, give each an id of their own, or none. If they are one, take the row "
    "out"
)
_TAKEN = N_("{own} had that of {other} and gets {new}")
