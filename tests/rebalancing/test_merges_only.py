"""What is proven of merging whole groups is said of nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.rebalancing.cases import Case
from tests.rebalancing.judging import answer_to
from tests.rebalancing.oracle import Book, Person
from vermegroup.domain.bonds import Policy
from vermegroup.language.catalogues import Language, languages
from vermegroup.report.summary import proof_line, summary
from vermegroup.report.to_html import to_html

LIMIT: dict[Language, str] = {
    "en": "groups are only combined whole",
    "fi": "ryhmiä vain yhdistetään kokonaisina",
    "sv": "grupper bara slås ihop hela",
}
PEOPLE = tuple(
    Person(f"P{number}", "red", "mentee", 1, frozenset({"mon"}), ()) for number in range(1, 10)
)
# Two groups of three and one of two: no two of them can be combined whole, and single people fit.
CASE = Case(
    PEOPLE,
    {person.id: f"G0{place // 3 + 1}" for place, person in enumerate(PEOPLE)},
    Book(3, 4, None, ("place_everyone",), ()),
    absent=("P9",),
)


@pytest.mark.parametrize("language", languages())
def test_how_far_one_gets_and_the_bonds_are_told_with_their_limit(
    language: Language, tmp_path: Path
) -> None:
    counts = {}
    for policy in Policy:
        answer = answer_to(replace(CASE, policy=policy.value), tmp_path)
        assert answer is not None
        shown = (repr(summary(answer.report, language)), to_html(answer.report, language))
        counts[policy] = [" ".join(text.split()).count(LIMIT[language]) for text in shown]
    # The headline, the bonds and how far one gets.
    assert counts == {Policy.MERGE: [3, 3], Policy.MOVE: [0, 0]}


def test_where_no_bond_broke_nothing_is_proven_of_bonds(tmp_path: Path) -> None:
    merged = replace(CASE, book=replace(CASE.book, largest=5), policy="merge")
    answer = answer_to(replace(merged, absent=("P8", "P9", "P6")), tmp_path)
    assert answer is not None
    assert answer.report.counts.waitlisted == 0
    assert answer.report.rebalance is not None
    assert answer.report.rebalance.bonds.broken == 0
    assert proof_line(answer.report.rebalance) is None
    shown = repr(summary(answer.report, "en"))
    assert "It was enough" not in shown, "nothing else was allowed"
    assert "proven" not in shown.partition("Bonds")[2].partition("Moves")[0]
