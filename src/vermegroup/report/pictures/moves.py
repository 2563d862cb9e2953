"""Who moves from where to where: an arrow for each, from the groups before to those after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from vermegroup.domain.bonds import Rebalance
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import _, ngettext
from vermegroup.language.terms import people_of
from vermegroup.report.pictures.svg import Figure, element, picture
from vermegroup.report.words import WORDS

MOST_ARROWS = 24
_ROW, _BETWEEN = 22, 8
_START, _END, _AFTER = 52, 73, 74
_LONGEST = 20
_SHORT = 6
_LETTER = 7
_STAYS_ELSEWHERE = "–"
_NEW = "new"


@dataclass(frozen=True, slots=True)
class _Arrow:
    """Somebody between two ends, or several people; ``kind`` is moved, new, queued or gone."""

    person: str
    label: str
    origin: str
    target: str
    kind: str
    people: int = 1


@dataclass(frozen=True, slots=True)
class _Side:
    """The ends on one side: each one's top, height and middle of its name, and all arrows' middles.

    All in pixels from the top of the picture.
    """

    blocks: Mapping[str, tuple[int, int, int]]
    rows: Mapping[_Arrow, int]

    @property
    def high(self) -> int:
        """How high all of them are."""
        return max(top + height for top, height, _middle in self.blocks.values())


def arrows(change: Rebalance, language: Language) -> Figure | None:
    """The moves of a rebalancing; where they are many, those who go the same way as one arrow.

    None for more arrows than can be followed, and where there is a single move or nobody leaves a
    group: then the table says it better.
    """
    found = list(_of_each(change, language))
    count = len(found)
    if count > MOST_ARROWS:
        found = _of_each_way(found, language)
    leaving = any(arrow.kind != _NEW for arrow in found)
    if count < 2 or not leaving or len(found) > MOST_ARROWS:
        return None
    before = _side(sorted(found, key=_by_origin(language)), lambda arrow: arrow.origin, _SHORT)
    after = _side(_least_crossing(found, before.rows), lambda arrow: arrow.target)
    high = max(before.high, after.high)
    title = _("Who moves where").in_(language)
    drawing = picture(
        title,
        *_boxes(before, 0, _START - 1),
        *_boxes(after, _AFTER, 100 - _AFTER),
        *_people(before),
        _lines(before, after, high),
        *_heads(after),
        class_="moves",
        height=high,
    )
    told = tuple(f"{arrow.label}: {arrow.origin} → {arrow.target}" for arrow in before.rows)
    sentence = ngettext("{n} change in all.", "{n} changes in all.", count).in_(language)
    return Figure(title, sentence, drawing, told, _width(before, after))


def _of_each(change: Rebalance, language: Language) -> Iterator[_Arrow]:
    queue, left = (WORDS[word].in_(language) for word in ("waitlist", "left_for_good"))
    nowhere = _NO_GROUP.in_(language)
    for gone in change.departures:
        yield _Arrow(gone.person, gone.label, gone.group or queue, left, "gone")
    for move in change.moves:
        target = move.target or (_STAYS_ELSEWHERE if move.also else queue)
        kind = _NEW if not move.origin else "moved" if move.target else "queued"
        yield _Arrow(move.person, move.label, move.origin or nowhere, target, kind)


def _of_each_way(found: Sequence[_Arrow], language: Language) -> list[_Arrow]:
    """One arrow for all who go the same way."""
    ways = Counter((arrow.origin, arrow.target, arrow.kind) for arrow in found)
    return [_Arrow("", people_of(count).in_(language), *way, count) for way, count in ways.items()]


def _by_origin(language: Language) -> Callable[[_Arrow], tuple[bool, str]]:
    """In the order of the groups, and who had none last."""
    nowhere = _NO_GROUP.in_(language)
    return lambda arrow: (arrow.origin == nowhere, arrow.origin)


def _least_crossing(found: Sequence[_Arrow], rows: Mapping[_Arrow, int]) -> list[_Arrow]:
    """The arrows by the mean height from which people come to their end."""
    heights: dict[str, list[int]] = {}
    for arrow in found:
        heights.setdefault(arrow.target, []).append(rows[arrow])
    mean = {end: sum(ys) / len(ys) for end, ys in heights.items()}
    return sorted(found, key=lambda arrow: (mean[arrow.target], arrow.target, rows[arrow]))


def _side(
    found: Sequence[_Arrow], end_of: Callable[[_Arrow], str], longest: int = _LONGEST
) -> _Side:
    """The ends below each other; arrows of one end follow each other.

    A name of more letters than ``longest`` has a row to itself.
    """
    members: dict[str, list[_Arrow]] = {}
    for arrow in found:
        members.setdefault(end_of(arrow), []).append(arrow)
    blocks: dict[str, tuple[int, int, int]] = {}
    rows: dict[_Arrow, int] = {}
    top = 0
    for end, own in members.items():
        head = _ROW if len(end) > longest else 0
        high = head + len(own) * _ROW
        blocks[end] = (top, high, top + (head or high) // 2)
        rows |= {arrow: top + head + n * _ROW + _ROW // 2 for n, arrow in enumerate(own)}
        top += high + _BETWEEN
    return _Side(blocks, rows)


def _boxes(side: _Side, x: int, wide: int) -> Iterator[Markup]:
    for end, (top, height, middle) in side.blocks.items():
        yield element("rect", x=f"{x}%", width=f"{wide}%", y=top, height=height, rx=5)
        yield element("text", _short(end), x=f"{x + 2}%", y=middle + 4, class_="end")


def _people(side: _Side) -> Iterator[Markup]:
    for arrow, y in side.rows.items():
        yield element("text", _short(arrow.label), x=f"{_START - 3}%", y=y + 4, class_="person")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _width(before: _Side, after: _Side) -> int:
    """How many pixels wide it must be for no name to meet another."""
    names = max(len(_short(arrow.label)) for arrow in before.rows)
    shorts = max((len(end) for end in before.blocks if len(end) <= _SHORT), default=0)
    longs = max(len(_short(end)) for end in before.blocks)
    left = max(names + shorts + 2, longs + 1) * 100 // (_START - 4)
    right = (max(len(_short(end)) for end in after.blocks) + 1) * 100 // (100 - _AFTER)
    return _LETTER * max(left, right)


def _lines(before: _Side, after: _Side, high: int) -> Markup:
    """The curves, drawn 100 wide and stretched to the width that there is."""
    curves = (
        element(
            "path",
            class_=arrow.kind,
            d=f"M0 {y}C50 {y} 50 {after.rows[arrow]} 100 {after.rows[arrow]}",
            stroke_width=1.0 + min(3.0, (arrow.people - 1) * 0.5),
        )
        for arrow, y in before.rows.items()
    )
    return element(
        "svg",
        *curves,
        x=f"{_START}%",
        width=f"{_END - _START}%",
        height=high,
        viewBox=f"0 0 100 {high}",
        preserveAspectRatio="none",
    )


def _heads(after: _Side) -> Iterator[Markup]:
    for arrow, y in after.rows.items():
        head = element("path", class_=arrow.kind, d=f"M-5 {y - 4}L0 {y}L-5 {y + 4}")
        yield element("svg", head, x=f"{_END}%")


_NO_GROUP = _("no group")
