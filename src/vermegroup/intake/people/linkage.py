"""Who of one file is who in another: record linkage, by ids that names and e-mails confirm.

A form numbers its answers from 1 each time, and a spreadsheet writes ids as it likes. So an id is
believed as long as names and e-mails do not contradict it; who is not found by the id is looked for
by e-mail and name.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.persons import Persons
from vermegroup.intake.people.called import (
    email_meanings,
    name_meanings,
    number_meant,
    rounded_like,
)
from vermegroup.intake.people.told import and_more, who_is
from vermegroup.language.messages import N_, Message, Who, _

NOBODY = -1
_WORD = re.compile(r"[^\W\d_]{2,}")
_FIRST = re.compile(r"[^\W\d_]{2,}")
_ALIKE, _NEARLY = 0.9, 0.8


class Likeness(IntEnum):
    """How two people of one id compare: somebody else, perhaps, no telling, alike, the same."""

    OTHER = 0
    DOUBTFUL = 1
    UNKNOWN = 2
    ALIKE = 3
    SAME = 4


@dataclass(frozen=True, slots=True)
class Linkage:
    """Where m people of another file stand ``here``: ``place`` (m,), NOBODY who is not found.

    ``clashing`` (m,) has those whose ids are somebody else's here, ``by_id`` (m,) who that is.
    They are ``renumbered`` where the ids of the two files tell nothing of each other. ``changed``
    (m,) are those found though a spreadsheet changed the id, ``by_name`` (m,) those found by
    e-mail or name.
    """

    here: Persons
    there: Persons
    place: IntArray
    by_id: IntArray
    clashing: BoolArray
    changed: BoolArray
    by_name: BoolArray
    renumbered: bool


def linked(here: Persons, there: Persons) -> Linkage:
    """Find the people of another file among those here; nobody is two people."""
    exact = _by_id(here, there)
    changed = _by_number(here, there, exact)
    by_id = np.where(exact != NOBODY, exact, changed)
    likeness = _likeness(here, there, by_id)
    others = int((likeness <= Likeness.DOUBTFUL).sum())
    renumbered = others > int((likeness >= Likeness.ALIKE).sum())
    believed = likeness >= Likeness.SAME if renumbered else likeness != Likeness.OTHER
    place = np.where(believed & (by_id != NOBODY), by_id, NOBODY)
    clashing = (
        (by_id != NOBODY) & (place == NOBODY) & (renumbered | (likeness <= Likeness.DOUBTFUL))
    )
    confirmed = not renumbered and bool((likeness >= Likeness.ALIKE).any())
    found = _by_marks(here, there, place, confirmed=confirmed)
    return Linkage(
        here,
        there,
        np.where(place != NOBODY, place, found),
        by_id,
        clashing,
        (exact == NOBODY) & (place != NOBODY),
        (place == NOBODY) & (found != NOBODY),
        renumbered,
    )


def _by_id(here: Persons, there: Persons) -> IntArray:
    """Where the same id stands first; "" is none."""
    first = np.flatnonzero(~pd.Series(here.ids).duplicated().to_numpy())
    found = pd.Index(here.ids[first]).get_indexer(pd.Index(there.ids))
    return np.where((there.ids == "") | (found < 0), NOBODY, np.append(first, NOBODY)[found])


def _by_number(here: Persons, there: Persons, exact: IntArray) -> IntArray:
    """Where an id stands that is the same number, and nobody else's, for those not found."""
    found = np.full(len(there), NOBODY, dtype=np.int64)
    lost = np.flatnonzero((exact == NOBODY) & (there.ids != "")).tolist()
    wanted = {at: number for at in lost if (number := number_meant(there.ids[at]))}
    if not wanted:
        return found
    free = np.setdiff1d(np.arange(len(here)), exact).tolist()
    numbers: dict[str, list[int]] = {}
    for place in free:
        if number := number_meant(here.ids[place]):
            numbers.setdefault(number, []).append(place)
    asked = Counter(wanted.values())
    for at, number in wanted.items():
        meant = numbers.get(number) or _rounded(there.ids[at], numbers)
        if len(meant) == 1 and asked[number] == 1:
            found[at] = meant[0]
    return found


def _rounded(id_: str, numbers: dict[str, list[int]]) -> list[int]:
    """Where the numbers stand that a spreadsheet without room shows so."""
    if "e" not in id_.casefold():
        return []
    return [at for number, places in numbers.items() if rounded_like(id_, number) for at in places]


def _by_marks(here: Persons, there: Persons, place: IntArray, *, confirmed: bool) -> IntArray:
    """Where those stand who are not found yet, by e-mail and then by name.

    Each must be the only one of that e-mail or name on either side. Where ids are ``confirmed``,
    two of one name with different e-mails are two people.
    """
    found = np.full(len(there), NOBODY, dtype=np.int64)
    for meanings, by_name in ((_emails, False), (_names, True)):
        lost = np.flatnonzero((place == NOBODY) & (found == NOBODY))
        if not len(lost):
            break
        taken = np.concatenate([place, found])
        free = np.setdiff1d(np.arange(len(here)), taken)
        known = _once(meanings(here.some(free)))
        for text, at in _once(meanings(there.some(lost))).items():
            if text not in known:
                continue
            other, own = int(free[known[text]]), int(lost[at])
            if by_name and confirmed and _differ(here.emails[other], there.emails[own]):
                continue
            found[own] = other
    return found


def _emails(persons: Persons) -> list[str]:
    return email_meanings(persons.emails.tolist())


def _names(persons: Persons) -> list[str]:
    return name_meanings(persons.names.tolist())


def _once(texts: list[str]) -> dict[str, int]:
    """The place of each text that stands there once; "" is none."""
    found: dict[str, int] = {}
    for at, text in enumerate(texts):
        found[text] = NOBODY if text in found else at
    return {text: at for text, at in found.items() if text and at != NOBODY}


def _differ(one: str, other: str) -> bool:
    return bool("@" in one and "@" in other and one.casefold() != other.casefold())


def _likeness(here: Persons, there: Persons, place: IntArray) -> IntArray:
    """How those compare who stand at a place by their ids, shape (m,)."""
    found = np.full(len(there), Likeness.UNKNOWN, dtype=np.int64)
    met = np.flatnonzero(place != NOBODY)
    mine, theirs = here.some(place[met]), there.some(met)
    same = (mine.names == theirs.names) & (mine.names != "")
    found[met[same]] = Likeness.SAME
    for at in np.flatnonzero(~same).tolist():
        found[met[at]] = _compared(mine, theirs, at)
    return found


def _compared(mine: Persons, theirs: Persons, at: int) -> Likeness:
    names, emails = (mine.names[at], theirs.names[at]), (mine.emails[at], theirs.emails[at])
    one, other = name_meanings(list(names))
    if (one and one == other) or (all(emails) and len(set(email_meanings(list(emails)))) == 1):
        return Likeness.SAME
    words = [_words(name) for name in names]
    accounts = [_words(email.partition("@")[0]) for email in emails]
    if _share(*words) or _share(*accounts):
        return Likeness.ALIKE
    if all(words):
        return Likeness.OTHER
    if _share(words[0], accounts[1]) or _share(accounts[0], words[1]):
        return Likeness.ALIKE
    return Likeness.DOUBTFUL if all(accounts) else Likeness.UNKNOWN


def _words(text: str) -> set[str]:
    bare = (mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return set(_WORD.findall("".join(bare).casefold()))


def one_name(one: str, other: str) -> bool:
    """Whether two names may well be one: blank, or all words of the shorter in the longer."""
    short, long = sorted((_words(one), _words(other)), key=len)
    return all(_share({word}, long) for word in short)


def first_names_differ(one: str, other: str) -> bool:
    """Whether two names begin otherwise, by more than a slip of the pen or a short form."""
    from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415

    firsts = [_FIRST.search(" ".join(reversed(name.split(",")))) for name in (one, other)]
    words = [found[0].casefold() for found in firsts if found]
    return len(words) == 2 and JaroWinkler.similarity(*words) < _NEARLY


def _share(ones: set[str], others: set[str]) -> bool:
    """Whether a word stands in both, or is the same but for a slip of the pen."""
    if ones & others:
        return True
    from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415

    return any(JaroWinkler.similarity(one, other) >= _ALIKE for one in ones for other in others)


def free_id(id_: str, taken: Collection[str]) -> str:
    """An id that nobody has, for somebody who has this one in another file."""
    while id_ in taken:
        id_ += "′"
    return id_


def linkage_findings(found: Linkage, gone: Persons, file: str) -> list[Finding]:
    """What there is to say of a file whose people were looked for, errors among it.

    ``gone`` are those whom the roster has, and sets aside.
    """
    if not len(found.there):
        return []
    nobody = not (found.place != NOBODY).any()
    clashing = np.flatnonzero(found.clashing)
    if len(clashing) and (nobody or not found.renumbered):
        lost = clashing if nobody else clashing[found.place[clashing] == NOBODY]
        if len(lost):
            return [_finding(Severity.ERROR, _clash(found, lost), file, _ONE_PERSON)]
    if nobody:
        known = len(gone) and bool((linked(gone, found.there).place != NOBODY).any())
        return [] if known else [_finding(Severity.ERROR, _NOBODY_HERE, file, _SAME_PEOPLE)]
    findings = []
    if len(clashing):
        message = _RENUMBERED.filled(clash=_clash(found, clashing), n=int(found.by_name.sum()))
        findings.append(_finding(Severity.WARNING, message, file, _LOOK))
    if found.changed.any():
        findings.append(_finding(Severity.NOTICE, _changed(found), file))
    return findings


def _clash(found: Linkage, clashing: IntArray) -> Message:
    here, there = found.here, found.there
    told = (
        _ID_OF.filled(
            id=Who(there.ids[at]),
            other=who_is(there, at),
            own=who_is(here, int(found.by_id[at])),
        )
        for at in clashing[:_SHOWN].tolist()
    )
    return _CLASH.filled(people=and_more(told, len(clashing)))


def _changed(found: Linkage) -> Message:
    places = np.flatnonzero(found.changed)
    told = (
        _READ_AS.filled(old=Who(found.there.ids[at]), new=Who(found.here.ids[found.place[at]]))
        for at in places[:_SHOWN].tolist()
    )
    return _CHANGED.filled(ids=and_more(told, len(places)))


def _finding(
    severity: Severity, message: Message, file: str, hint: Message | None = None
) -> Finding:
    return Finding(severity, message, file, hint=hint)


_SHOWN = 3
_CLASH = N_("The same ids are different people here and there: {people}")
_ID_OF = N_("{id} is {other} there and {own} here")
_ONE_PERSON = _(
    "A form numbers its answers from 1 each time. Give each person the same id in both files, or "
    "take the column of ids out of one of them"
)
_RENUMBERED = N_("{clash}. So people are found by e-mail and name instead ({n})")
_LOOK = _("Who has another name and e-mail in the two files counts as two people")
_NOBODY_HERE = _("Nobody in this file is found here, by id, e-mail or name")
_SAME_PEOPLE = _("Check that it is the right file, and that its people have the ids they have here")
_CHANGED = N_("A spreadsheet has changed ids: {ids}")
_READ_AS = N_("{old} is read as {new}")
