"""Who the participants are: each of them once, with an id and the name people know them by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.persons import Persons, Texts
from vermegroup.domain.roster import SetAside
from vermegroup.intake.cells import tidy
from vermegroup.intake.converted import (
    AS_TEXT,
    is_bare_date,
    is_shortened,
    is_whole_date,
    mostly_others,
    what_happened,
)
from vermegroup.intake.headers.added import called
from vermegroup.intake.headers.find_columns import Chosen, places_of
from vermegroup.intake.headers.recognise import first_free
from vermegroup.intake.ledger import Ledger, rows_of, with_rows
from vermegroup.intake.people.attendance import (
    cancelled,
    is_cancelled,
    latest_first,
    seated_first,
    times_of_answer,
)
from vermegroup.intake.people.called import Called
from vermegroup.intake.people.duplicates import Kin, kin_of
from vermegroup.intake.people.identity import (
    NOBODY,
    Identity,
    Mark,
    MeaningOf,
    identity_of,
    made_up,
    same_text,
)
from vermegroup.intake.people.told import and_more
from vermegroup.intake.people.torn import (
    cancelled_later,
    note_torn,
    sharing_with,
    with_earlier_rows,
)
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import Message, _, ngettext, verbatim
from vermegroup.language.terms import people_of, quoted

MOST_ROWS = 50
MOST_SETS = 50
MOST_NAMED = 10

NOBODY_LEFT = (
    _("Everyone on the roster has cancelled"),
    _("Check the column that tells the status"),
)
_ONE_OR_LATEST = _(
    "Correct the id of one row. If both are the same person, write duplicates: latest in the "
    "rulebook, and the latest row counts"
)
_REMOVE_ONE = _("If this is one person, remove one of the rows")
_SAME_ID = _("the same id")
_SAME_EMAIL = _("the same e-mail")
_SAME_NAME = _("the same name and details")


def why_same(people: list[int], identity: Identity) -> Message:
    """What makes some rows one person: the strongest of the reasons that hold for all."""
    for mark, reason in ((identity.ids, _SAME_ID), (identity.emails, _SAME_EMAIL)):
        codes = set(mark.codes[people].tolist())
        if len(codes) == 1 and NOBODY not in codes:
            return reason
    return _SAME_NAME


def same_person(row: int, into: int, reason: Message) -> Message:
    """A row was merged into another of the same person."""
    return _(
        "Rows {row} and {into} are the same person ({reason}); row {into} counts and row {row} "
        "was set aside",
        row=row,
        into=into,
        reason=reason,
    )


def note_contradictions(
    kin: Kin, identity: Identity, sheet: Sheet, asked: PeopleOptions, ledger: Ledger
) -> None:
    """Note ids that two people have as errors, and people who may be one as warnings."""
    rows = sheet.rows()
    for people in kin.contradictory:
        id_ = str(identity.ids.texts[people[0]])
        column = None if identity.id_place is None else sheet.names[identity.id_place]
        for person in people[1:]:
            message = _on_another_row(id_, int(rows[people[0]]))
            row = int(rows[person])
            hint = AS_TEXT if is_shortened(id_) else _ONE_OR_LATEST
            ledger.error(message, hint, row=row, column=column, value=id_)
    for people in kin.shared[:MOST_SETS]:
        ledger.warning(_shared(rows_of(rows[people])), _REMOVE_ONE, row=int(rows[people[0]]))
    for people in kin.namesakes[:MOST_SETS]:
        differing = _differing(people, identity, sheet, asked)
        told = _namesakes(rows_of(rows[people]), differing)
        ledger.warning(told, _REMOVE_ONE, row=int(rows[people[0]]))
    if rest := kin.namesakes[MOST_SETS:]:
        message = ngettext(
            "{n} more name stands on rows that differ and count as different people",
            "{n} more names stand on rows that differ and count as different people",
            len(rest),
        )
        ledger.warning(message, _REMOVE_ONE, row=int(rows[rest[0][0]]))


def _differing(
    people: list[int], identity: Identity, sheet: Sheet, asked: PeopleOptions
) -> list[str]:
    """The headers of the columns in which some people of one name differ."""
    traits = ("name", "first name", "last name", "answered")
    skipped = {place for trait in traits for place in places_of(trait, sheet, asked.chosen)}
    if identity.ids_count_answers():
        skipped.add(-1 if identity.id_place is None else identity.id_place)
    cells = sheet.table.cells.iloc[sheet.people[people]]

    def meanings(place: int) -> set[str]:
        meaning = asked.details.get(place, str.casefold)
        return {meaning(tidy(cell)) for cell in cells.iloc[:, place]}

    places = (place for place in range(len(sheet.names)) if place not in skipped)
    return [sheet.names[place] for place in places if len(meanings(place)) > 1]


def note_converted(identity: Identity, sheet: Sheet, ledger: Ledger) -> None:
    """Warn of ids of which a spreadsheet made dates or powers of ten, once of each kind."""
    if identity.id_place is None:
        return
    column = sheet.column(identity.id_place)
    dates = mostly_others(column.values)
    for kind in (is_shortened, lambda id_: is_bare_date(id_) or (dates and is_whole_date(id_))):
        places = np.flatnonzero(column.holding(kind))
        if len(places):
            id_ = column.values[column.codes[places[0]]]
            rows = rows_of(column.rows[places])
            message = with_rows(what_happened(id_, dates=True) or verbatim(id_), rows)
            ledger.warning(message, AS_TEXT, row=rows[0], column=column.header, value=id_)


def note_made_up(
    ids: Texts, rows: IntArray, identity: Identity, sheet: Sheet, ledger: Ledger
) -> None:
    """Note the ids that were made up."""
    if identity.id_place is None:
        ledger.notice(_no_ids(identity), row=sheet.header_row)
        return
    column = sheet.names[identity.id_place]
    made_up = list(zip(ids.tolist(), rows_of(rows), strict=True))
    for id_, row in made_up[:MOST_ROWS]:
        ledger.notice(_made_up(id_), row=row, column=column, value="")
    if len(made_up) > MOST_ROWS:
        rest = _(
            "Ids were also made up for another {people}", people=people_of(len(made_up) - MOST_ROWS)
        )
        ledger.notice(rest, row=made_up[MOST_ROWS][1], column=column, value="")


def _no_ids(identity: Identity) -> Message:
    by_email, by_name = ((mark.texts != "").any() for mark in (identity.emails, identity.names))
    if not by_email:
        return _("No column has ids: people are told apart by their name, and get ids made of it")
    if not by_name:
        return _("No column has ids: people are told apart by their e-mail, and get ids made of it")
    return _(
        "No column has ids: people are told apart by their e-mail and name, and get ids made of "
        "these"
    )


def _shared(rows: list[int]) -> Message:
    return _(
        "Rows {rows} have the same e-mail but different names, and count as different people",
        rows=rows[:MOST_NAMED],
    )


def _namesakes(rows: list[int], differing: list[str]) -> Message:
    if not differing:
        return _(
            "Rows {rows} have the same name, and count as different people", rows=rows[:MOST_NAMED]
        )
    columns = and_more(map(quoted, differing), len(differing))
    return _(
        "Rows {rows} have the same name but differ ({columns}), and count as different people",
        rows=rows[:MOST_NAMED],
        columns=columns,
    )


def _made_up(id_: str) -> Message:
    return _("The id is missing; {own} stands for it", own=id_)


def _on_another_row(id_: str, row: int) -> Message:
    if is_shortened(id_):
        return _(
            "The id “{own}” stands on row {row} already: a spreadsheet has shortened both, and "
            "they may be of two people",
            own=id_,
            row=row,
        )
    return _("The id “{own}” stands on row {row} already, with other details", own=id_, row=row)


@dataclass(frozen=True, slots=True)
class People:
    """The participants of a sheet, each on one row.

    ``labels`` (n,) are what people call them. ``gone`` are those who are no participants: their
    rows are set aside, and not because others of theirs count.
    """

    sheet: Sheet
    persons: Persons
    labels: Texts
    set_aside: tuple[SetAside, ...]
    gone: Persons

    def called(self) -> Called:
        """What they are called."""
        return called_as(self.persons)


def called_as(persons: Persons) -> Called:
    """What some people are called."""
    return Called.of(persons.ids.tolist(), persons.names.tolist(), persons.emails.tolist())


@dataclass(frozen=True, slots=True)
class PeopleOptions:
    """What to read people by.

    ``details`` are the columns that tell two people of one name apart, each with what its texts
    mean; ``latest`` merges contradictory ids; ``grouped`` says that the rows have groups.
    """

    chosen: Chosen
    details: dict[int, MeaningOf]
    latest: bool
    grouped: bool


def read_people(sheet: Sheet, asked: PeopleOptions, ledger: Ledger) -> People:
    """The participants; cancelled rows and rows of the same person are set aside and told.

    Their order is that of their ids, or of their names where ids are made up: so nothing depends on
    the order of the rows.
    """
    told = cancelled(sheet, ledger, asked.chosen, asked.details, grouped=asked.grouped)
    identity = identity_of(sheet, ledger, asked.chosen)
    gone = np.isin(sheet.rows(), [each.row for each in told])
    away = gone.copy()
    away[gone] = list(map(is_cancelled, told))
    later = cancelled_later(identity, away, gone, sheet, asked.chosen, times_of_answer)
    aside, left = _with_ids(told, identity, gone, later, sheet, asked)
    left_rows, torn = [each.row for each in aside], sharing_with(identity, gone)
    aside = with_earlier_rows(aside, later, identity, sheet, ledger)
    gone[list(later)] = True
    here = np.flatnonzero(~gone)
    sheet, identity = _without(sheet, gone), identity.some(here)
    if aside and not len(sheet.people):
        ledger.error(*NOBODY_LEFT)
    kin = _kin(sheet, identity, asked)
    note_converted(identity, sheet, ledger)
    note_contradictions(kin, identity, sheet, asked, ledger)
    merged = _merged(kin, sheet, identity, asked, ledger)
    identity = _shared_marks(identity, kin)
    ids, labels = _ids_and_labels(identity, sheet, asked, merged, ledger)
    others = np.zeros(len(sheet.people), dtype=bool)
    others[list(merged)] = True
    everyone = Persons(ids, identity.names.texts, identity.emails.texts)
    note_torn(left, left_rows, np.flatnonzero(torn[here]), everyone, sheet.rows(), ledger)
    aside = tuple(sorted((*aside, *merged.values()), key=lambda each: each.row))
    sheet = _with_place_for_ids(sheet, identity, ids[~others])
    here = np.flatnonzero(~others)
    by_name = identity.id_place is None
    here = here[_by_names(labels[here], ids[here]) if by_name else _by_ids(ids[here])]
    sheet = replace(sheet, people=sheet.people[here])
    return People(sheet, everyone.some(here), labels[here], aside, left)


def _by_names(labels: Texts, ids: Texts) -> IntArray:
    return np.lexsort([ids.astype(str), labels.astype(str)])


def _by_ids(ids: Texts) -> IntArray:
    """The order of ids, shorter ones first, so that P-9 comes before P-10."""
    lengths = np.fromiter(map(len, ids), dtype=np.int64, count=len(ids))
    shorter, alike = lengths[:-1] < lengths[1:], lengths[:-1] == lengths[1:]
    if (shorter | (alike & (ids[:-1] <= ids[1:]))).all():
        return np.arange(len(ids))  # as rows mostly are
    return np.lexsort([ids.astype(str), lengths])


def _with_ids(
    aside: tuple[SetAside, ...],
    identity: Identity,
    gone: BoolArray,
    later: Mapping[int, int],
    sheet: Sheet,
    asked: PeopleOptions,
) -> tuple[tuple[SetAside, ...], Persons]:
    """Those who are set aside, being ``gone``, with ids; and who they are."""
    ids = identity.ids.texts.copy()
    for person, place in later.items():
        ids[place] = ids[place] or ids[person]
    part, who = replace(sheet, people=sheet.people[gone]), identity.some(gone)
    ids = ids[gone]
    blank, everyone = np.flatnonzero(ids == ""), np.ones(len(ids), dtype=bool)
    groups = places_of("group", sheet, asked.chosen)
    ids[blank] = made_up(blank, who, everyone, part, groups)
    told = zip(aside, ids.tolist(), strict=True)
    named = tuple(replace(person, id=id_) for person, id_ in told)
    return named, Persons(ids, who.names.texts, who.emails.texts)


def _with_place_for_ids(sheet: Sheet, identity: Identity, ids: Texts) -> Sheet:
    """The sheet whose table knows where ids are to be written that the file does not have."""
    place, table = identity.id_place, sheet.table
    if place is None:
        column = first_free(called("id", table.language), sheet.names)
    elif all(identity.ids.texts.tolist()):
        return sheet
    else:
        column = sheet.names[place]
    return replace(sheet, table=replace(table, ids=column)) if len(ids) else sheet


def _without(sheet: Sheet, gone: np.ndarray) -> Sheet:
    return replace(sheet, people=sheet.people[~gone]) if gone.any() else sheet


def _kin(sheet: Sheet, identity: Identity, asked: PeopleOptions) -> Kin:
    def details(people: IntArray) -> IntArray:
        part = replace(sheet, people=sheet.people[people])
        columns = {place: part.column(place) for place in asked.details}
        if not columns:
            # A grouping of mere names has nothing by which two people of one name could differ.
            alike = asked.grouped and identity.by_name_alone()
            return np.full(len(people), 0 if alike else NOBODY, dtype=np.int64)
        codes = [same_text(columns[place], asked.details[place]) for place in columns]
        same = pd.MultiIndex.from_arrays(codes).factorize()[0].astype(np.int64)
        blank = np.any([column.blank() for column in columns.values()], axis=0)
        return np.where(blank, NOBODY, same)

    dated = bool(places_of("answered", sheet, asked.chosen))
    return kin_of(identity, details, latest=asked.latest, dated=dated)


def _merged(
    kin: Kin, sheet: Sheet, identity: Identity, asked: PeopleOptions, ledger: Ledger
) -> dict[int, SetAside]:
    """The people who are set aside, each with the row of the same person that counts."""
    same = kin.sets()
    if not same:
        return {}
    rows = sheet.rows()
    merged: dict[int, SetAside] = {}
    ranked = latest_first(same, sheet, asked.chosen, ledger)
    if asked.grouped:
        ranked = seated_first(ranked, sheet, asked.chosen, identity.who, ledger)
    for people, (winner, *others) in zip(same, ranked, strict=True):
        reason = why_same(people, identity)
        for person in sorted(others):
            row, into = int(rows[person]), int(rows[winner])
            merged[person] = SetAside(row, same_person(row, into, reason), into)
            ledger.notice(merged[person].reason, row=row, aside=True)
    return merged


def _ids_and_labels(
    identity: Identity,
    sheet: Sheet,
    asked: PeopleOptions,
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
        note_made_up(ids[blank], sheet.rows()[blank], identity, sheet, ledger)
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
            having = [person for person in people if mark.texts[person]]
            for person in people:
                if having and not texts[person]:
                    texts[person], codes[person] = texts[having[-1]], codes[having[-1]]
        return Mark(texts, codes)

    return replace(
        identity,
        ids=filled(identity.ids),
        emails=filled(identity.emails),
        names=filled(identity.names),
    )
