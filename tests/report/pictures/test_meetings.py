"""Each two people who met have one square, in the shade that tells when or how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest

from tests.brute_force import Person
from tests.report.pictures.drawn import drawn, report_on, strokes
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.language.catalogues import Language, languages
from vermegroup.report.pictures.meetings import MOST_PEOPLE, of_history, of_rounds
from vermegroup.report.pictures.svg import Figure
from vermegroup.report.report import Report, RoundLine, RoundLines

ANY = "groups: {size: 2-99}\n"
Pair = tuple[int, int]


def formed(group_of: Sequence[int]) -> Report:
    return report_on([Person("-", 1)] * len(group_of), group_of, ANY)


def rounds_of(*groupings: Sequence[int]) -> RoundLines:
    lines = tuple(RoundLine(n, formed(group_of)) for n, group_of in enumerate(groupings, 1))
    return RoundLines(lines, 1, 1, 0, 0, proven=True)


def pairs(figure: Figure, style: str) -> set[frozenset[str]]:
    """The labels of the two people of each square of a class."""
    names = [text.text or "" for text in drawn(figure.drawing, "text")]
    return {
        frozenset((names[int(y)], names[int(x) + step]))
        for x, y, long in strokes(figure.drawing, style)
        for step in range(int(long))
    }


def together(*group_of: int) -> set[frozenset[str]]:
    labels = {f"SYN-{n:03d}": group for n, group in enumerate(group_of, 1)}
    return {frozenset(two) for two in combinations(labels, 2) if len({labels[n] for n in two}) == 1}


def test_few_rounds_have_a_shade_each_and_repeats_one_of_their_own() -> None:
    first, second, third = [0, 0, 1, 1, 2, 2], [0, 1, 0, 2, 1, 2], [0, 0, 1, 2, 2, 1]
    figure = of_rounds(rounds_of(first, second, third), "en")
    assert figure is not None
    met = Counter(pair for groups in (first, second, third) for pair in together(*groups))
    again = {pair for pair, often in met.items() if often > 1}
    *shades, last = [shade for shade, _word in figure.keys]
    assert [pairs(figure, shade) for shade in shades] == [
        together(*groups) - again for groups in (first, second, third)
    ]
    assert pairs(figure, last) == again
    assert [word for _shade, word in figure.keys][:3] == ["Round 1", "Round 2", "Round 3"]


def test_many_rounds_are_told_by_how_often_people_meet() -> None:
    often = [[0, 0, 1, 1]] * 7 + [[0, 1, 0, 1]]
    figure = of_rounds(rounds_of(*often), "en")
    assert figure is not None
    words = {word: pairs(figure, shade) for shade, word in figure.keys}
    assert words == {"once": together(0, 1, 0, 1), "5 times or more": together(0, 0, 1, 1)}


def test_people_stand_in_the_order_of_the_first_rounds_groups() -> None:
    figure = of_rounds(rounds_of([1, 0, 1, 0], [0, 0, 1, 1]), "en")
    assert figure is not None
    names = [text.text for text in drawn(figure.drawing, "text")]
    assert names == ["SYN-002", "SYN-004", "SYN-001", "SYN-003"]


@pytest.mark.parametrize("language", languages())
def test_history_shows_who_meets_again(language: Language) -> None:
    before = EarlierGroups("a.csv", (("SYN-001", "SYN-002", "gone"), ("SYN-003", "SYN-001")))
    report = formed([0, 0, 1, 1])
    known = replace(report, provenance=replace(report.provenance, earlier=(before,)))
    figure = of_history(known, language)
    assert figure is not None
    by_shade = [pairs(figure, shade) for shade, _word in figure.keys]
    assert by_shade == [
        {frozenset(("SYN-003", "SYN-001"))},
        {frozenset(("SYN-003", "SYN-004"))},
        {frozenset(("SYN-001", "SYN-002"))},
    ]
    label = drawn(figure.drawing, "svg")[0].attrib["aria-label"]
    assert all(word in label for _shade, word in figure.keys)


def test_without_a_history_or_anybody_of_it_there_is_no_picture() -> None:
    report = formed([0, 0, 1, 1])
    strangers = EarlierGroups("a.csv", (("X", "Y"),))
    known = replace(report, provenance=replace(report.provenance, earlier=(strangers,)))
    assert of_history(report, "en") is None
    assert of_history(known, "en") is None


def test_the_most_people_are_drawn_in_little_and_more_are_not() -> None:
    groupings = [[(p * step) % 16 for p in range(MOST_PEOPLE)] for step in (1, 3, 5, 7)]
    figure = of_rounds(rounds_of(*groupings), "en")
    assert figure is not None
    assert len(figure.drawing) < 25_000
    assert of_rounds(rounds_of([p % 16 for p in range(MOST_PEOPLE + 1)]), "en") is None
