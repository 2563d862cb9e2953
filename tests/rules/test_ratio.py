"""So many of one kind to each of another: a second mentor asks for twice as many mentees."""

from __future__ import annotations

import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.findings import RulebookError
from vermegroup.domain.kind import Role
from vermegroup.domain.outcome import Verdict
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rules.ratio import Ratio
from vermegroup.solver.form_parts import form

# One mentor with three to six mentees, or two mentors with six: "old" are mentors.
MENTORING = """
groups: {size: 4-8}
bands: {experience: {new: below 5, old: 5 or more}}
rules:
  - include: {experience: old, at_least: 1, at_most: 2}
  - include: {experience: new, at_least: 3, at_most: 6}
  - ratio: {experience: new, per: old, at_least: 3}
  - place_everyone
"""


def mentored(mentors: int, mentees: int) -> list[Person]:
    return [Person("Town", 9) for _ in range(mentors)] + [Person("Town", 1) for _ in range(mentees)]


@pytest.mark.parametrize(
    ("mentors", "mentees", "possible"),
    [(1, 3, True), (1, 6, True), (2, 6, True), (2, 5, False), (2, 7, True), (3, 9, True),
     (3, 8, False), (4, 12, True), (1, 7, False)],
)  # fmt: skip
def test_two_mentors_lead_six_together(mentors: int, mentees: int, *, possible: bool) -> None:
    outcome = form(problem_from(mentored(mentors, mentees), MENTORING))
    assert (outcome.verdict is Verdict.FORMED) == possible


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("{role: mentee, at_least: 3}", "per names"),
        ("{role: mentee, per: mentor}", "at_least or at_most"),
        ("{role: mentee, per: mentor, at_least: 3, at_most: 2}", "below at_least"),
        ("{role: mentee, peer: mentor, at_least: 3}", "per"),
    ],
)
def test_a_fault_is_told(fields: str, message: str) -> None:
    with pytest.raises(RulebookError, match=message):
        rulebook_from_text(f"rules:\n  - ratio: {fields}", "test")


def test_mentors_and_mentees_are_called_so() -> None:
    sentence = Ratio("role", "mentee", "mentor", 3, 6).sentence(Role.RULE)
    assert str(sentence) == "Every group has 3–6 mentees for each mentor"
    assert sentence.in_("fi") == "Jokaisessa ryhmässä on 3–6 aktoria kutakin mentoria kohden"
    assert sentence.in_("sv") == "Varje grupp har 3–6 adepter för varje mentor"


def test_a_roster_may_call_them_so_in_a_language_of_its_own() -> None:
    own = Ratio("Rooli", "aktori", "mentori", 3, 6).sentence(Role.RULE)
    known = Ratio("role", "mentee", "mentor", 3, 6).sentence(Role.RULE)
    assert [own.in_(language) for language in ("en", "fi", "sv")] == [
        known.in_(language) for language in ("en", "fi", "sv")
    ]
