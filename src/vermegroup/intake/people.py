"""Who the participants are: each of them once, with an id and the name people know them by."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from vermegroup.intake import people_findings as say
from vermegroup.intake.attendance import cancelled
from vermegroup.intake.called import Called
from vermegroup.intake.columns import Chosen, places_of
from vermegroup.intake.identity import (
    NOBODY,
    Identity,
    Mark,
    MeaningOf,
    Texts,
    identity_of,
    same_text,
)
from vermegroup.intake.latest import latest_first, seated_first
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.made_up_ids import made_up
from vermegroup.intake.same_person import Kin, kin_of
from vermegroup.intake.sheet import Sheet
from vermegroup.roster import IntArray, SetAside


@dataclass(frozen=True, slots=True)
class People:
    """The participants of a sheet, each on one row.

    ``ids``, ``labels``, ``names`` and ``emails`` have shape (n,).
    """

    sheet: Sheet
    ids: Texts
    labels: Texts
    names: Texts
    emails: Texts
    set_aside: tuple[SetAside, ...]

    def called(self) -> Called:
        """What they are called."""
        return Called.of(self.ids.tolist(), self.names.tolist(), self.emails.tolist())


@dataclass(frozen=True, slots=True)
class Asked:
    """What to read people by.

    ``details`` are the columns that tell two people of one name apart, each with what its texts
    mean; ``latest`` merges contradictory ids; ``grouped`` says that the rows have groups.
    """

    chosen: Chosen
    details: dict[int, MeaningOf]
    latest: bool
    grouped: bool


def read_people(sheet: Sheet, asked: Asked, ledger: Ledger) -> People:
    """The participants; cancelled rows and rows of the same person are set aside and told."""
    aside = _with_ids(cancelled(sheet, ledger, asked.chosen), sheet, asked.chosen)
    sheet = _without(sheet, np.isin(sheet.rows(), [each.row for each in aside]))
    if aside and not len(sheet.people):
        ledger.error(*say.NOBODY_LEFT)
    identity = identity_of(sheet, ledger, asked.chosen)
    kin = _kin(sheet, identity, asked)
    say.note_contradictions(kin, identity, sheet, ledger)
    merged = _merged(kin, sheet, identity, asked, ledger)
    identity = _shared_marks(identity, kin)
    ids, labels = _ids_and_labels(identity, sheet, asked, merged, ledger)
    gone = np.zeros(len(sheet.people), dtype=bool)
    gone[list(merged)] = True
    aside = tuple(sorted((*aside, *merged.values()), key=lambda each: each.row))
    names, emails = identity.names.texts[~gone], identity.emails.texts[~gone]
    return People(_without(sheet, gone), ids[~gone], labels[~gone], names, emails, aside)


def _with_ids(aside: tuple[SetAside, ...], sheet: Sheet, chosen: Chosen) -> tuple[SetAside, ...]:
    """Those who are set aside with the ids that the sheet has for them."""
    places = places_of("id", sheet, chosen)
    if not aside or len(places) != 1:
        return aside
    ids = dict(zip(sheet.rows().tolist(), sheet.texts(places[0]), strict=True))
    return tuple(replace(own, id=ids.get(own.row, "")) for own in aside)


def _without(sheet: Sheet, gone: np.ndarray) -> Sheet:
    return replace(sheet, people=sheet.people[~gone]) if gone.any() else sheet


def _kin(sheet: Sheet, identity: Identity, asked: Asked) -> Kin:
    def details(people: IntArray) -> IntArray:
        part = replace(sheet, people=sheet.people[people])
        columns = {place: part.column(place) for place in asked.details}
        if not columns:
            return np.full(len(people), NOBODY, dtype=np.int64)
        codes = [same_text(columns[place], asked.details[place]) for place in columns]
        same = pd.MultiIndex.from_arrays(codes).factorize()[0].astype(np.int64)
        blank = np.any([column.blank() for column in columns.values()], axis=0)
        return np.where(blank, NOBODY, same)

    dated = bool(places_of("answered", sheet, asked.chosen))
    return kin_of(identity, details, latest=asked.latest, dated=dated)


def _merged(
    kin: Kin, sheet: Sheet, identity: Identity, asked: Asked, ledger: Ledger
) -> dict[int, SetAside]:
    """The people who are set aside, each with the row of the same person that counts."""
    same = kin.sets()
    if not same:
        return {}
    rows = sheet.rows()
    merged: dict[int, SetAside] = {}
    ranked = latest_first(same, sheet, asked.chosen, ledger)
    if asked.grouped:
        ranked = seated_first(ranked, sheet, asked.chosen, ledger)
    for people, (winner, *others) in zip(same, ranked, strict=True):
        reason = say.why_same(people, identity)
        for person in sorted(others):
            row, into = int(rows[person]), int(rows[winner])
            merged[person] = SetAside(row, say.same_person(row, into, reason), into)
            ledger.notice(merged[person].reason, row=row)
    return merged


def _ids_and_labels(
    identity: Identity,
    sheet: Sheet,
    asked: Asked,
    merged: dict[int, SetAside],
    ledger: Ledger,
) -> tuple[Texts, Texts]:
    ids = identity.ids.texts.copy()
    labels = identity.names.texts.copy()
    nameless = labels == ""
    labels[nameless] = ids[nameless]
    gone = np.zeros(len(ids), dtype=bool)
    gone[list(merged)] = True
    blank = np.flatnonzero((ids == "") & ~gone)
    if len(blank) and not ledger.has_errors():
        groups = places_of("group", sheet, asked.chosen)
        ids[blank] = made_up(blank, identity, ~gone, sheet, groups)
        say.note_made_up(ids[blank], sheet.rows()[blank], identity, sheet, ledger)
        still = blank[labels[blank] == ""]
        emails = identity.emails.texts[still]
        labels[still] = np.where(emails == "", ids[still], emails)
    return ids, labels


def _shared_marks(identity: Identity, kin: Kin) -> Identity:
    """The identity with what one row of a person leaves blank told by another."""
    same = kin.sets()
    if not same:
        return identity

    def filled(mark: Mark) -> Mark:
        texts, codes = mark.texts.copy(), mark.codes.copy()
        for people in same:
            told = [person for person in people if mark.texts[person]]
            for person in people:
                if told and not texts[person]:
                    texts[person], codes[person] = texts[told[-1]], codes[told[-1]]
        return Mark(texts, codes)

    return replace(
        identity,
        ids=filled(identity.ids),
        emails=filled(identity.emails),
        names=filled(identity.names),
    )
