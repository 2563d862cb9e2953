"""How many groups fit on a page: as cards, as cards in folds, or as a row each in folds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

import numpy as np

from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, as_sentence, ngettext
from vermegroup.language.terms import groups_of, people_of
from vermegroup.report.cards import Card, Cards, told_in_a_line
from vermegroup.report.group_facts import facts_line
from vermegroup.report.groups import Group
from vermegroup.report.report import Report
from vermegroup.report.telling import common_line

_UNFOLDED = 60
MOST_CARDS = 500
_CARDS_IN_FOLD = 20
ROWS_IN_FOLD = 100
_MOST_PEOPLE = 20_000


_Any = TypeVar("_Any")


@dataclass(frozen=True, slots=True)
class Row:
    """A group on a line, or one of several rounds: what it is called, and who is in it."""

    title: str
    members: Sequence[str]
    notes: tuple[str, ...] = ()
    faulty: str = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """Groups that follow each other, as cards or as rows; without a ``title`` they are in sight."""

    title: str
    note: str
    cards: Sequence[Card] = ()
    rows: Sequence[Row] = ()
    opened: bool = False


@dataclass(frozen=True, slots=True)
class PartOfPage:
    """The groups of one part of a split roster, or of the whole without a title."""

    title: str
    note: str
    columns: Sequence[str]
    folds: Sequence[Fold]


def groups_shown(report: Report) -> int:
    """How many groups stand on the page: all of them, unless they are of very many people."""
    return int(np.searchsorted(report.groups.ends, _MOST_PEOPLE, side="right")) - 1


def folded(report: Report) -> bool:
    """Whether the groups are too many to stand there one below the other."""
    return len(report.groups) > _UNFOLDED


def parts_of_page(report: Report, cards: Cards, language: Language) -> list[PartOfPage]:
    """The groups part by part, each with its cards or rows."""
    shown = report.groups[: groups_shown(report)]
    return [
        PartOfPage(
            as_sentence(part, language) if part else "",
            _counted(groups, language) if part else "",
            cards.titles(part),
            list(_folds(report, groups, cards, language)),
        )
        for part, found in groupby(shown, key=lambda group: group.part)
        for groups in (tuple(found),)
    ]


def _folds(
    report: Report, groups: Sequence[Group], cards: Cards, language: Language
) -> Iterator[Fold]:
    if not folded(report):
        yield Fold("", "", cards.of(groups))
        return
    as_cards = len(report.groups) <= MOST_CARDS
    for some in _chunks(groups, _CARDS_IN_FOLD if as_cards else ROWS_IN_FOLD):
        title, opened = _span([group.id for group in some]), some[0].start == 0
        note = _counted(some, language)
        if as_cards:
            yield Fold(title, note, cards.of(some), opened=opened)
        else:
            rows = [_row(report, group, language) for group in some]
            yield Fold(title, note, rows=rows, opened=opened)


def folds_of_rows(rows: Sequence[Row]) -> list[Fold]:
    """Rows as they are; in folds where they are many."""
    if len(rows) <= _UNFOLDED:
        return [Fold("", "", rows=rows)]
    chunks = list(_chunks(rows, ROWS_IN_FOLD))
    return [
        Fold(_span([row.title for row in some]), "", rows=some, opened=some is chunks[0])
        for some in chunks
    ]


def _chunks(of: Sequence[_Any], size: int) -> Iterator[Sequence[_Any]]:
    return (of[start : start + size] for start in range(0, len(of), size))


def _span(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"


def _counted(groups: Sequence[Group], language: Language) -> str:
    """As in "12 people in 3 groups"."""
    people = sum(group.size for group in groups)
    return _in_groups(people, len(groups)).in_(language)


def _in_groups(people: int, groups: int) -> Message:
    return ngettext(
        "{people} in {groups}",
        "{people} in {groups}",
        people,
        people=people_of(people),
        groups=groups_of(groups),
    )


def _row(report: Report, group: Group, language: Language) -> Row:
    notes = (common_line(group, language), facts_line(report, group, language))
    broken = group.rules_broken
    return Row(
        group.title,
        told_in_a_line(report, group, language),
        tuple(filter(None, notes)),
        ngettext("{n} rule does not hold", "{n} rules do not hold", broken).in_(language)
        if broken
        else "",
    )
