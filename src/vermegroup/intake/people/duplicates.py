"""Rows that are the same person, and ids that two people have.

The same id, the same e-mail under names that agree, or the same name with the same details make
two rows one person, as long as nothing else contradicts it. Where a form numbers its answers,
whoever answers twice has two numbers: these contradict nothing. An id whose last digits a
spreadsheet has dropped makes nobody the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from vermegroup.domain.arrays import IntArray
from vermegroup.intake.converted import is_shortened
from vermegroup.intake.people.identity import NOBODY, Identity, Mark

Details = Callable[[IntArray], IntArray]
"""Numbers that are equal where some people's details are all the same; -1 where some are blank."""


@dataclass(slots=True)
class Kin:
    """Which of n people are the same: ``sets`` joins them; the rest is for people to look at.

    ``contradictory`` are those who share an id but not their name, e-mail or details;
    ``namesakes`` share a name, though their ids, e-mails or details differ or are blank; ``shared``
    share an e-mail under different names.
    """

    joined: dict[int, int] = field(default_factory=dict)
    contradictory: list[list[int]] = field(default_factory=list)
    namesakes: list[list[int]] = field(default_factory=list)
    shared: list[list[int]] = field(default_factory=list)

    def first(self, person: int) -> int:
        """The person that stands for all who are the same as this one."""
        while (earlier := self.joined.get(person, person)) != person:
            person = earlier
        return person

    def join(self, people: Iterable[int]) -> None:
        """All of these are one person."""
        firsts = sorted({self.first(person) for person in people})
        for other in firsts[1:]:
            self.joined[other] = firsts[0]

    def sets(self) -> list[list[int]]:
        """Those who are the same, in the order of their rows; nobody who is alone."""
        found: dict[int, list[int]] = {}
        for person in sorted({*self.joined, *self.joined.values()}):
            found.setdefault(self.first(person), []).append(person)
        return list(found.values())


def kin_of(identity: Identity, details: Details, *, latest: bool, dated: bool) -> Kin:
    """Find the people who stand on several rows.

    Args:
        identity: what tells the people apart.
        details: compares the details of people; asked for a few of them only.
        latest: whether a contradictory id is one person whose latest row counts.
        dated: whether rows tell when they were answered, so that details may well have changed.
    """
    kin = Kin()
    for people in _blocks(identity.ids.codes, identity.ids.repeated()):
        of_one = latest and not is_shortened(str(identity.ids.texts[people[0]]))
        if of_one or _may_be_one(people, identity, details, dated=dated):
            kin.join(people)
        else:
            kin.contradictory.append(people)
    for people in _blocks(identity.emails.codes, identity.emails.repeated()):
        _join_by_email(people, identity, kin)
    _join_by_name(identity, details, kin)
    kin.namesakes = _namesakes(identity.names, kin)
    return kin


def _may_be_one(people: list[int], identity: Identity, details: Details, *, dated: bool) -> bool:
    distinct = [_distinct(mark, people) for mark in (identity.names, identity.emails)]
    if any(len(values) > 1 for values in distinct):
        return False
    confirmed = any(
        (mark.codes[people] != NOBODY).all() for mark in (identity.names, identity.emails)
    )
    if not confirmed and is_shortened(str(identity.ids.texts[people[0]])):
        return False
    return confirmed or dated or len(set(details(np.array(people)).tolist())) == 1


def _join_by_email(people: list[int], identity: Identity, kin: Kin) -> None:
    names = identity.names.codes
    named = _distinct(identity.names, people)
    if len(named) <= 1:
        kin.join(people)
        return
    for name in named:
        kin.join([person for person in people if names[person] == name])
    kin.shared.append(people)


def _join_by_name(identity: Identity, details: Details, kin: Kin) -> None:
    people = identity.names.repeated()
    if not len(people):
        return
    same = details(people)
    numbered = identity.ids_count_answers()
    codes = pd.MultiIndex.from_arrays([identity.names.codes[people], same]).factorize()[0]
    codes = np.where(same == NOBODY, NOBODY, codes)
    known = pd.Series(codes)
    repeated = np.flatnonzero((known.duplicated(keep=False) & (known != NOBODY)).to_numpy())
    for block in _blocks(codes, repeated):
        persons = people[block].tolist()
        if len({kin.first(person) for person in persons}) == 1:
            continue
        marks = [identity.emails] if numbered else [identity.ids, identity.emails]
        if all(len(_distinct(mark, persons)) <= 1 for mark in marks):
            kin.join(persons)


def _namesakes(names: Mark, kin: Kin) -> list[list[int]]:
    """Those of one name who are not all one person, nor told of by an id that they share."""
    people = names.repeated()
    if not len(people):
        return []
    first = np.arange(len(names.codes))
    first[list(kin.joined)] = [kin.first(person) for person in kin.joined]
    for sharing in kin.contradictory:
        first[sharing] = sharing[0]
    same = pd.DataFrame({"name": names.codes[people], "first": first[people]}).drop_duplicates()
    several = same["name"][same["name"].duplicated()].unique()
    return _blocks(names.codes, people[np.isin(names.codes[people], several)])


def _distinct(mark: Mark, people: list[int]) -> set[int]:
    return set(mark.codes[people].tolist()) - {NOBODY}


def _blocks(codes: IntArray, people: IntArray) -> list[list[int]]:
    """People with equal codes, together; in the order of their first rows."""
    found: dict[int, list[int]] = {}
    for person, code in zip(people.tolist(), codes[people].tolist(), strict=True):
        found.setdefault(code, []).append(person)
    return list(found.values())
