from __future__ import annotations

import json
from fractions import Fraction

import pytest
import yaml

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.findings import RulebookError
from vermegroup.domain.kind import Sense
from vermegroup.report.build import build_report, provenance_of
from vermegroup.report.to_json import to_json
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rules.different import Different
from vermegroup.rules.even_sizes import EvenSizes
from vermegroup.rules.spread import Spread
from vermegroup.rules.tier import tier_of
from vermegroup.solver.form_parts import form

TIER = tier_of([Spread("a"), Spread("b")], [Fraction(2), Fraction(1)])
HEAD = "rules: [place_everyone]\ngroups: {size: 3}\n"


def preferences(text: str):
    return rulebook_from_text(HEAD + text, "rules.yaml").preferences


@pytest.mark.parametrize(
    "text",
    [
        "preferences:\n- [{spread: a, weight: 2}, {spread: b}]",
        "preferences:\n- - {spread: a, weight: 2}\n  - spread: b",
        "preferences:\n- {spread: a, weight: 2}\n- {spread: b, weight: 1}",
        "preferences:\n- spread: a\n  weight: 2\n- spread: b\n  weight: 1.0",
    ],
)
def test_a_list_in_the_list_or_weights_in_a_row_make_a_tier(text: str) -> None:
    assert preferences(text) == (TIER,)


def test_what_has_no_weight_stands_by_itself() -> None:
    text = "preferences: [even_sizes, {spread: a, weight: 2}, {spread: b, weight: 1}, {spread: c}]"
    assert preferences(text) == (EvenSizes(), TIER, Spread("c"))


def test_a_single_entry_with_a_weight_is_no_tier() -> None:
    assert preferences("preferences: [{spread: a, weight: 2}, even_sizes]") == (
        Spread("a"),
        EvenSizes(),
    )


@pytest.mark.parametrize("even", ["even_sizes", "{even_sizes: , weight: 2}"])
def test_a_tier_is_written_as_a_list_and_read_again(even: str) -> None:
    book = rulebook_from_text(HEAD + f"preferences: [[{even}, {{spread: a, weight: 0.5}}]]", "x")
    again = rulebook_from_text(yaml.safe_dump(dict(book.plain)), "x")
    assert again.preferences == book.preferences


def test_more_is_better_only_where_all_want_most() -> None:
    assert TIER.sense is Sense.MOST
    assert tier_of([*TIER.kinds, Different("c")], [Fraction(1)] * 3).sense is Sense.LEAST


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("preferences: [[{spread: a}, {balance: a}]]", "balance", "cannot be weighed"),
        ("preferences: [[{spread: a}, place_everyone]]", "place_everyone", "cannot be weighed"),
        ("preferences: [{spread: a, weight: 0}, even_sizes]", "weight", "above 0"),
        ("preferences: [{spread: a, weight: much}, even_sizes]", "weight", "above 0"),
        ("preferences: [[{spred: a}, even_sizes]]", "spred", "no rule or preference"),
        ("preferences: [[]]", "preferences", "single word"),
    ],
)
def test_a_fault_in_a_tier_names_its_line_and_key(text: str, key: str, said: str) -> None:
    with pytest.raises(RulebookError) as raised:
        preferences(text)
    (finding,) = raised.value.findings
    assert (finding.row, finding.column) == (3, key)
    assert said in str(finding.message)


def test_the_report_tells_each_preference_of_a_tier() -> None:
    people = [Person(f"Town {n % 4}", n, f"Subject {n % 3}") for n in range(9)]
    text = HEAD + "preferences: [[{spread: subject, weight: 2}, {spread: municipality}]]"
    outcome = form(problem_from(people, text))
    report = build_report(outcome, (), provenance_of(outcome, 1))
    (line,) = json.loads(to_json(report, "en"))["preferences"]
    assert (line["kind"], line["value"], line["bound"], line["proven"]) == ("tier", 27, 27, True)
    assert [(part["kind"], part["value"], part["bound"]) for part in line["parts"]] == [
        ("spread", 9, 9),
        ("spread", 9, 9),
    ]
    assert "9 different values of subject" in line["told"]
    assert "(weight 2)" in line["sentence"]
