"""Who has met whom: a square for each two people, the darker the more often they met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from vermegroup.domain.arrays import IntArray
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, _, ngettext
from vermegroup.report.pictures.strips import shades_of
from vermegroup.report.pictures.svg import Figure, element, picture
from vermegroup.report.report import Report, RoundLines

MOST_PEOPLE = 64
_CELL = 12
_NAME = 120
_LONGEST = 20
_MOST_SHADES = 5
_AGAIN = "again"
# The first and the second of five shades are too alike where four will do.
_FOUR = ("d0", "d2", "d3", "d4")

Groups = Sequence[Sequence[str]]
"""The ids of the members of each group."""


def of_rounds(rounds: RoundLines, language: Language) -> Figure | None:
    """Who meets whom in several rounds, and in which of them, if they are few.

    The people stand in the order of the first one's groups.
    """
    first = rounds.rounds[0].report
    labels = dict(zip(first.members.ids, first.members.labels, strict=True))
    if not 2 <= len(labels) <= MOST_PEOPLE:
        return None
    each = [_met([_groups(line.report)], list(labels)) for line in rounds.rounds]
    layers = (
        _by_round(each, rounds) if len(each) <= _MOST_SHADES else _by_times(np.sum(each, axis=0))
    )
    title = _("Who meets whom").in_(language)
    counted = (f"{word.in_(language)}: {len(cells)}" for _key, word, cells in layers)
    told = f"{title}. {', '.join(counted)}"
    drawing = _triangle(told, list(labels.values()), [(key, cells) for key, _word, cells in layers])
    keys = tuple((key, word.in_(language)) for key, word, _cells in layers)
    return Figure(title, _READ.in_(language), drawing, (), _width(len(labels)), keys)


def of_history(report: Report, language: Language) -> Figure | None:
    """Who of a group has met before, and whom else they have met, by the groups of earlier files.

    The people stand in the order of their groups, so that those who meet now stand along the slope.
    """
    ids = report.members.ids
    if not report.provenance.earlier or not 2 <= len(set(ids)) == len(ids) <= MOST_PEOPLE:
        return None
    met = _met([earlier.groups for earlier in report.provenance.earlier], ids)
    if not met.any():
        return None
    now = _met([_groups(report)], ids) > 0
    layers = [
        ("d4", _BEFORE, _pairs((met > 0) & ~now)),
        ("d0", _NOW, _pairs(now & (met == 0))),
        (_AGAIN, _NOW_AGAIN, _pairs(now & (met > 0))),
    ]
    there = [(key, word, cells) for key, word, cells in layers if len(cells)]
    keys = tuple((key, word.filled(n=len(cells)).in_(language)) for key, word, cells in there)
    title = _("Who has met whom before").in_(language)
    told = f"{title}: {', '.join(word for _key, word in keys)}."
    labels = list(report.members.labels)
    drawing = _triangle(told, labels, [(key, cells) for key, _word, cells in there])
    return Figure(title, _READ.in_(language), drawing, (), _width(len(ids)), keys)


def _groups(report: Report) -> Groups:
    return [report.members.ids[group.seats] for group in report.groups]


def _met(rounds: Sequence[Groups], ids: Sequence[str]) -> IntArray:
    """How often each two of these people shared a group, shape (n, n)."""
    place = {id_: at for at, id_ in enumerate(ids)}
    met = np.zeros((len(ids), len(ids)), dtype=np.int64)
    for groups in rounds:
        for group in groups:
            own = sorted({place[id_] for id_ in group if id_ in place})
            met[np.ix_(own, own)] += 1
    np.fill_diagonal(met, 0)
    return met


_Layer = tuple[str, Message, IntArray]


def _by_round(each: Sequence[IntArray], rounds: RoundLines) -> list[_Layer]:
    """Pairs by the round in which they meet, and those who meet in several."""
    often: IntArray = np.sum(each, axis=0)
    shades = _FOUR if len(each) == len(_FOUR) else tuple(shades_of(_numbers(len(each))).values())
    once = [
        (shade, _("Round {number}", number=line.number), _pairs((met > 0) & (often == 1)))
        for met, line, shade in zip(each, rounds.rounds, shades, strict=True)
    ]
    again = _pairs(often > 1)
    return [*once, *([(_AGAIN, _("more than once"), again)] if len(again) else [])]


def _by_times(often: IntArray) -> list[_Layer]:
    """Pairs by how often they meet, all from a number on as one."""
    most = np.minimum(often, _MOST_SHADES)
    counts = sorted(set(most.ravel().tolist()) - {0})
    shades = shades_of(_numbers(len(counts))).values()
    return [
        (shade, _times(count), _pairs(most == count))
        for count, shade in zip(counts, shades, strict=True)
    ]


def _numbers(count: int) -> list[str]:
    return [str(number) for number in range(1, count + 1)]


def _pairs(chosen: npt.NDArray[np.bool_]) -> IntArray:
    """The chosen pairs (n, n), each once: the rows and columns (m, 2) of the lower half."""
    return np.argwhere(np.tril(chosen, -1))


def _times(count: int) -> Message:
    if count == _MOST_SHADES:
        return _("{n} times or more", n=count)
    return ngettext("once", "{n} times", count)


def _width(people: int) -> int:
    return people * _CELL + _NAME


def _triangle(label: str, names: Sequence[str], layers: Sequence[tuple[str, IntArray]]) -> Markup:
    """The lower half of a table of people by people, with their names along the slope."""
    count, wide = len(names), _width(len(names))
    drawn = [
        element("path", class_="grid", d="".join(f"M0 {n}.5h{n}" for n in range(1, count))),
        *(
            element("path", class_=shade, d="".join(_runs(cells)))
            for shade, cells in layers
            if len(cells)
        ),
    ]
    texts = (
        element("text", _short(name), x=n * _CELL + 4, y=n * _CELL + 9.5)
        for n, name in enumerate(names)
    )
    high = count * _CELL
    squares = element("g", *drawn, transform=f"scale({_CELL})")
    return picture(
        label, squares, *texts, class_="met", viewBox=f"0 0 {wide} {high}", width=wide, height=high
    )


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _runs(cells: IntArray) -> Iterator[str]:
    """The cells, those that follow each other in a row as one dashed stroke."""
    start = length = row = -1
    for y, x in cells.tolist():
        if y == row and x == start + length:
            length += 1
            continue
        if row >= 0:
            yield f"M{start} {row}.5h{length}"
        start, length, row = x, 1, y
    if row >= 0:
        yield f"M{start} {row}.5h{length}"


# Translators: how to read a triangle of squares with names along its slope
_READ = _(
    "Each square stands for two people: one name is at the end of its row, the other at the top of "
    "its column."
)
_BEFORE = N_("met before ({n})")
_NOW = N_("now in one group, for the first time ({n})")
_NOW_AGAIN = N_("now in one group again ({n})")
