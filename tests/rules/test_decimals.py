"""Limits, weights and scores with many decimals: read, kept, told and written as they are."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import yaml

from vermegroup import Limits, problem_of, read_roster
from vermegroup.domain.declare import as_written
from vermegroup.domain.outcome import Outcome
from vermegroup.domain.problem import banded
from vermegroup.domain.roster import Numbers
from vermegroup.domain.rulebook import Band, BandSet
from vermegroup.language.catalogues import languages
from vermegroup.language.messages import _, exactly, number
from vermegroup.report import verdict
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rules.selectors.ranges import Having, read_stretch, stretch_name, stretch_text
from vermegroup.solver.form_parts import form

DECIMALS = [
    "0",
    "3",
    "2.5",
    "0.1",
    "0.0001",
    "0.00001",
    "0.000000000001",
    "123456789.123456789",
    "999999999999.999999999999",
]


@pytest.mark.parametrize("text", DECIMALS)
def test_a_limit_is_written_and_read_again_as_it_is(text: str) -> None:
    for kind, option in (("balance", "at_most"), ("spread", "at_least")):
        entry = f"{{{kind}: score, {option}: {text}}}"
        book = rulebook_from_text(f"rules: [{entry}]", "rules.yaml")
        plain = json.loads(json.dumps(book.plain))  # as a record has it
        again = rulebook_from_text(yaml.safe_dump(plain), "again.yaml")
        assert again.rules == book.rules
        assert getattr(again.rules[1], option) == Fraction(text)
        assert exactly(Fraction(text), "en") in again.rules[1].sentence("rule").in_("en")  # type: ignore[arg-type]


@pytest.mark.parametrize("weight", ["0.0001", "999999.9999", "2", "0.5", "1.25"])
def test_a_weight_is_written_and_read_again_as_it_is(weight: str) -> None:
    text = f"preferences: [[{{spread: a, weight: {weight}}}, {{spread: b, weight: 3}}]]"
    book = rulebook_from_text(text, "rules.yaml")
    again = rulebook_from_text(yaml.safe_dump(dict(book.plain)), "again.yaml")
    assert again.preferences == book.preferences
    tier = again.preferences[-1]
    assert [given for _, given in tier.weighed()] == [Fraction(weight), Fraction(3)]
    assert f"(weight {exactly(Fraction(weight), 'en')})" in tier.sentence("preference").in_("en")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", DECIMALS)
def test_a_range_ends_just_where_it_says(text: str) -> None:
    limit = Fraction(text)
    per_unit = 10**12 if limit < 1 else 10**3
    least = -((-limit * per_unit) // 1)
    ticks = np.array([least - 1, least, least + 1], dtype=np.int64)
    numbers = Numbers(ticks, per_unit, "score")
    exact = [Fraction(int(tick), per_unit) for tick in ticks]
    for words, within in (
        (f"below {text}", [value < limit for value in exact]),
        (f"at most {text}", [value <= limit for value in exact]),
        (f"over {text}", [value > limit for value in exact]),
        (f"{text} or more", [value >= limit for value in exact]),
        (f"{text} to {text}", [value == limit for value in exact]),
        (f"0 to {text}", [0 <= value <= limit for value in exact]),
    ):
        stretch = read_stretch(words)
        assert stretch is not None
        low, high = stretch.in_ticks(per_unit)
        assert [low <= tick < high for tick in ticks.tolist()] == within, words
        assert Having("score", stretch).values == ()
        assert read_stretch(stretch_text(stretch)) == stretch
        assert exactly(limit, "en") in str(stretch_name(stretch))
        bands = BandSet("level", "score", (Band("here", stretch.low, stretch.high, words),))
        assert (banded(numbers, bands).codes == 0).tolist() == within


def test_a_range_with_more_digits_than_numbers_have_is_none() -> None:
    assert read_stretch("1000000000 or more") is not None
    assert read_stretch("0.0000000000001 or more") is None


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (0.0, "0"),
        (3.14159, "3.14"),
        (0.1, "0.1"),
        (0.05, "0.05"),
        (0.0034, "0.0034"),
        (0.00346, "0.0035"),
        (0.099999, "0.1"),
        (-0.0012, "-0.0012"),
        (1e-13, "0"),
        (1e15, "1,000,000,000,000,000"),
    ],
)
def test_what_is_small_is_told_with_two_digits(value: float, digits: str) -> None:
    assert number(value, "en") == digits
    finnish = digits.translate({ord("."): ",", ord(","): "\N{NO-BREAK SPACE}"})
    assert number(value, "fi") == finnish


@pytest.mark.parametrize("text", [*DECIMALS, "-0.5", "-12", "-0.000000000001"])
def test_fractions_are_told_with_all_their_decimals(text: str) -> None:
    shown = str(Fraction(text)) if "." not in text else text
    assert exactly(Fraction(text), "en") == shown
    assert _("{n}", n=Fraction(text)).in_("sv") == shown.replace(".", ",")
    written = as_written(Fraction(text))
    assert Fraction(str(written)) == Fraction(text)
    assert Fraction(str(yaml.safe_load(yaml.safe_dump(written)))) == Fraction(text)
    assert exactly(Fraction(1, 3), "en") == "0.333333333333"


# Whole runs ---------------------------------------------------------------------------------
def formed(cells: list[str], folder: Path) -> Outcome:
    lines = [f"P{at},{cell}" for at, cell in enumerate(cells)]
    (folder / "people.csv").write_text("\n".join(["id,score", *lines]), encoding="utf-8")
    book = rulebook_from_text(
        "groups: {size: 3}\nrules: [place_everyone]\n"
        "preferences: [{balance: score}, {spread: score}]",
        "rules.yaml",
    )
    roster, _ = read_roster(folder / "people.csv", book)
    return form(problem_of(roster, book), Limits(seconds=10))


def test_scores_with_four_decimals_are_balanced_as_they_are(tmp_path: Path) -> None:
    cells = [f"0.00{number:02d}" for number in (0, 1, 2, 3, 5, 8, 13, 21, 34, 40, 39, 38)]
    outcome = formed(cells, tmp_path)
    assert outcome.grouping is not None
    assert outcome.audit is not None
    scores = [Fraction(cell) for cell in cells]
    mean = sum(scores) / 12
    groups = [outcome.grouping.members(group).tolist() for group in range(4)]
    worst = max(abs(sum(scores[p] for p in group) / 3 - mean) for group in groups)
    balance = outcome.preferences[0]
    roster, plan = outcome.problem.roster, outcome.audit.plan
    assert balance.preference.in_units(roster, plan, balance.value) == worst
    assert 0 < worst < Fraction("0.001")
    sentence = verdict.sentence(outcome, judged=False).in_("en")
    assert "rounded" not in sentence
    # The same in whole numbers: what is best does not depend on where the decimal mark stands.
    whole = formed([str(int(Fraction(cell) * 10_000)) for cell in cells], tmp_path)
    other = whole.preferences[0]
    assert other.preference.in_units(whole.problem.roster, plan, other.value) == worst * 10_000


def test_a_proof_of_rounded_numbers_says_so_in_every_language(tmp_path: Path) -> None:
    cells = [f"0.{(10**16 * number) // 13:016d}" for number in range(1, 13)]
    outcome = formed(cells, tmp_path)
    assert outcome.proven
    said = verdict.sentence(outcome, judged=False)
    assert "score rounded to 12 decimals" in str(said)
    assert all("12" in said.in_(language) for language in languages())
