"""Who cancels on one row and takes part by another: the latest answer counts, where it is certain.

Rows are one person's by the same id or e-mail under one name. Which of them is later is told by
times of answer, else by the order of the rows, unless these are sorted by something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.persons import Persons
from vermegroup.domain.roster import SetAside
from vermegroup.intake.converted import is_shortened
from vermegroup.intake.headers.find_columns import Chosen, places_of
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.people.identity import NOBODY, Identity, Mark
from vermegroup.intake.people.linkage import linked
from vermegroup.intake.people.told import who_is
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import N_, _

_SORTED_BY = ("group", "first name", "last name", "municipality", "unit", "organisation")
_FEWEST_SORTED = 3


TimeOf = Callable[[int], datetime | None]
TimesOf = Callable[[Sheet, Chosen], TimeOf | None]


def cancelled_later(
    identity: Identity,
    away: BoolArray,
    gone: BoolArray,
    sheet: Sheet,
    chosen: Chosen,
    times: TimesOf,
) -> dict[int, int]:
    """The places of those whom a later row of theirs cancels, each with the place of that row.

    Those ``gone``, shape (n,), are set aside; ``away`` are those of them who cancelled.
    """
    same = _same_people(identity, away, ~gone)
    if not same:
        return {}
    in_order = _in_order_of_answers(identity, gone, sheet, chosen, answered=len(same))
    is_later = _later_of(times(sheet, chosen), in_order=in_order)
    return {
        person: place
        for place, people in same.items()
        if all(is_later(place, person) for person in people)
        for person in people
    }


def _same_people(identity: Identity, away: BoolArray, coming: BoolArray) -> dict[int, list[int]]:
    """The places of those ``away`` who are certain to take part by other rows, with these."""
    names, emails = identity.names.codes, identity.emails.codes

    def may_be(codes: IntArray, one: int, other: int) -> bool:
        return codes[one] == codes[other] or NOBODY in (codes[one], codes[other])

    found: dict[int, list[int]] = {}
    for place, person in _sharing(identity.ids, away, coming):
        one = may_be(names, place, person) and may_be(emails, place, person)
        if one and not is_shortened(str(identity.ids.texts[place])):
            found.setdefault(place, []).append(person)
    for place, person in _sharing(identity.emails, away, coming):
        if names[place] == names[person] and person not in found.get(place, ()):
            found.setdefault(place, []).append(person)
    return found


def _sharing(mark: Mark, away: BoolArray, coming: BoolArray) -> Iterable[tuple[int, int]]:
    """Those ``away``, each with whoever is ``coming`` and shares a mark."""
    people = np.flatnonzero(coming & _shared(mark, away))
    if not len(people):
        return
    by_code: dict[int, list[int]] = {}
    for person, code in zip(people.tolist(), mark.codes[people].tolist(), strict=True):
        by_code.setdefault(code, []).append(person)
    places = np.flatnonzero(away)
    for place, code in zip(places.tolist(), mark.codes[places].tolist(), strict=True):
        yield from ((place, person) for person in by_code.get(code, ()))


def _shared(mark: Mark, some: BoolArray) -> BoolArray:
    """Who has the same mark as one of some people, shape (n,)."""
    having = np.zeros(int(mark.codes.max(initial=NOBODY)) + 2, dtype=bool)
    having[mark.codes[some] + 1] = True
    having[0] = False  # NOBODY
    return np.asarray(having[mark.codes + 1])


def _later_of(time_of: TimeOf | None, *, in_order: bool) -> Callable[[int, int], bool]:
    """Whether a row is certain to be later than another."""

    def is_later(place: int, other: int) -> bool:
        times = (time_of(place), time_of(other)) if time_of is not None else (None, None)
        if times[0] is not None and times[1] is not None and times[0] != times[1]:
            return bool(times[0] > times[1])
        return in_order and place > other and (time_of is None or None not in times)

    return is_later


def _in_order_of_answers(
    identity: Identity, gone: BoolArray, sheet: Sheet, chosen: Chosen, answered: int
) -> bool:
    """Whether rows stand as they came: they are not sorted by people, groups, places or status.

    Of cancellations at the end those that ``answered`` before were added there.
    """
    away = int(gone.sum())
    if away > answered and gone[-away:].all():
        return False
    marks = (identity.ids, identity.names, identity.emails)
    columns = [mark.texts.tolist() for mark in marks]
    columns += [sheet.texts(at) for trait in _SORTED_BY for at in places_of(trait, sheet, chosen)]
    return not any(map(_is_sorted, columns))


def _is_sorted(texts: list[str]) -> bool:
    """Whether texts rise or fall, equal ones beside each other."""
    if len(set(texts)) in range(_FEWEST_SORTED) or len(set(texts)) == len(texts):
        return False
    orders: tuple[Callable[[str], Any], ...] = (str.casefold, lambda text: (len(text), text))
    for key in orders:
        keys = list(map(key, texts))
        pairs = list(pairwise(keys))
        if all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs):
            return True
    return False


def with_earlier_rows(
    told: Sequence[SetAside],
    later: dict[int, int],
    identity: Identity,
    sheet: Sheet,
    ledger: Ledger,
) -> tuple[SetAside, ...]:
    """All who are set aside, with those whom a later row of theirs cancels, which is noted."""
    rows, ids, more = sheet.rows().tolist(), identity.ids.texts, []
    for person, place in sorted(later.items()):
        reason = _CANCELLED_LATER.filled(own=identity.who(person), row=rows[place])
        ledger.notice(reason, row=rows[person], aside=True)
        own = str(ids[person]) if ids[person] != ids[place] else ""
        more.append(SetAside(rows[person], reason, rows[place], own))
    return (*told, *more)


def note_torn(
    left: Persons,
    left_rows: Sequence[int],
    sharing: IntArray,
    here: Persons,
    rows: IntArray,
    ledger: Ledger,
) -> None:
    """Warn of those who cancelled on one row, and take part by another.

    ``sharing`` are the places of those here who have an id, e-mail or name of those who left.
    """
    if not len(sharing):
        return
    found = linked(here.some(sharing), left).place.tolist()
    for row, place in zip(left_rows, found, strict=True):
        if place != NOBODY:
            at = int(sharing[place])
            message = _TORN.filled(own=who_is(here, at), row=row, other=int(rows[at]))
            ledger.warning(message, _LATER, row=row)


def sharing_with(identity: Identity, away: BoolArray) -> BoolArray:
    """Who has the id, the e-mail or the name of one of some people, shape (n,)."""
    ids, emails, names = (
        _shared(mark, away) for mark in (identity.ids, identity.emails, identity.names)
    )
    return np.asarray(ids | emails | names)


_CANCELLED_LATER = N_("{own} cancelled later, on row {row}, so the row was set aside")
_TORN = N_("{own} cancelled on row {row}, and takes part by row {other}")
_LATER = _("If the cancellation is the later one, remove the other row")
