"""Every move is an arrow from its group to its group, and stands in words as well."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.report.pictures.drawn import drawn
from vermegroup.domain.bonds import Bonds, Departure, Move, Rebalance
from vermegroup.language.catalogues import Language, languages
from vermegroup.language.messages import verbatim
from vermegroup.report.pictures.moves import MOST_ARROWS, arrows


def move(person: int, origin: str, target: str, label: str = "") -> Move:
    return Move(f"P{person}", label or f"Person {person}", origin, target, verbatim("so"))


def change(moves: Sequence[Move], gone: Sequence[Departure] = ()) -> Rebalance:
    return Rebalance(Bonds(0, 0, 0, 0), tuple(moves), 0, departures=tuple(gone))


def test_arrows_lead_from_everybodys_row_to_their_group() -> None:
    moved = [
        move(1, "G01", "G03"),
        move(2, "G02", "G03"),
        move(3, "G02", "G01"),
        move(4, "", "G02"),
    ]
    figure = arrows(change(moved, [Departure("P9", "Gone", "G02", 3)]), "en")
    assert figure is not None
    curves = [path for path in drawn(figure.drawing, "path") if "C" in path.attrib["d"]]
    assert len(curves) == 5
    people = [int(name.attrib["y"]) - 4 for name in drawn(figure.drawing, "text", "person")]
    starts = sorted(int(path.attrib["d"].split()[1].partition("C")[0]) for path in curves)
    assert starts == sorted(people)
    boxes = [int(box.attrib["height"]) for box in drawn(figure.drawing, "rect")]
    assert sum(boxes) >= 2 * 5 * 22  # each arrow has a row on either side
    assert set(figure.listed) == {
        "Person 1: G01 → G03",
        "Person 2: G02 → G03",
        "Person 3: G02 → G01",
        "Person 4: no group → G02",
        "Gone: G02 → left for good",
    }


@pytest.mark.parametrize("language", languages())
def test_who_is_left_without_a_group_goes_to_the_queue(language: Language) -> None:
    figure = arrows(change([move(1, "G01", ""), move(2, "G01", "G02")]), language)
    assert figure is not None
    queue = {"en": "In the queue", "fi": "Jonossa", "sv": "I kö"}[language]
    assert f"Person 1: G01 → {queue}" in figure.listed


def test_two_of_one_name_have_an_arrow_each() -> None:
    same = [move(n, "G01", "G02", "Anna Aalto") for n in range(3)]
    figure = arrows(change(same), "en")
    assert figure is not None
    assert len(drawn(figure.drawing, "text", "person")) == 3


@pytest.mark.parametrize(
    "moves",
    [
        [],
        [move(1, "G01", "G02")],
        [move(n, "", f"G0{n}") for n in range(5)],  # newcomers alone
        [move(n, f"G{n}", f"G{n + 1}") for n in range(MOST_ARROWS + 1)],
    ],
)
def test_what_no_picture_makes_plainer_has_none(moves: list[Move]) -> None:
    assert arrows(change(moves), "en") is None


def test_many_who_go_the_same_way_share_a_thicker_arrow() -> None:
    moves = [move(n, "G01", f"G0{2 + n % 2}") for n in range(30)] + [move(99, "G05", "G02")]
    figure = arrows(change(moves), "en")
    assert figure is not None
    assert "15 people: G01 → G02" in figure.listed
    assert figure.sentence == "31 changes in all."
    widths = [float(path.get("stroke-width", 0)) for path in drawn(figure.drawing, "path")]
    assert sorted(filter(None, widths)) == [1, 4, 4]


def test_names_are_cut_and_never_taken_for_markup() -> None:
    evil = "<script>alert(1)</script> & more"
    moves = [move(1, evil, "G01", evil), move(2, "G02", "G01", "x" * 300)]
    figure = arrows(change(moves), "en")
    assert figure is not None
    assert "<script" not in figure.drawing
    texts = [text.text or "" for text in drawn(figure.drawing, "text")]
    assert max(map(len, texts)) == 20
    assert figure.listed[1].startswith("x" * 300)
