"""Once time is up no model is built, and nothing is claimed of what was not looked at."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model

from tests.brute_force import Person
from tests.builders import problem_from
from tests.diagnosis.planted import SMALL
from tests.solver.tuning import tuned
from vermegroup.app.check import possibility
from vermegroup.diagnosis.diagnose import diagnose
from vermegroup.domain.outcome import Outcome, Proof, Verdict
from vermegroup.domain.problem import Problem
from vermegroup.solver import possible_numbers
from vermegroup.solver.assignment import single_group as one_by_one
from vermegroup.solver.assignment.single_group import fits_nowhere
from vermegroup.solver.construction import deal as dealing
from vermegroup.solver.form_parts import form
from vermegroup.solver.group_counts import Counting
from vermegroup.solver.search import Limits

PATIENCE, NONE = Limits(seconds=60), Limits(seconds=0)


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model, and no deal either."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("time is up")

    monkeypatch.setattr(cp_model.CpModel, "__init__", refuse)
    monkeypatch.setattr(dealing, "deal", refuse)


@pytest.mark.parametrize("planted", SMALL, ids=lambda planted: planted.name)
def test_a_diagnosis_without_time_builds_nothing(planted, request) -> None:
    outcome = form(planted.problem(), PATIENCE)
    request.getfixturevalue("no_model")
    diagnosed = diagnose(outcome, NONE)
    assert diagnosed.verdict is Verdict.IMPOSSIBLE
    assert diagnosed.why_not is not None
    assert diagnosed.why_not.partial is None
    assert not diagnosed.why_not.repairs
    assert not any(conflict.minimal for conflict in diagnosed.why_not.conflicts)
    assert not diagnosed.deterministic


def many(count: int) -> Problem:
    """People in plenty, of whom arithmetic alone does not say whether groups are possible."""
    people = [Person(f"Town {n % 40}", n % 20, "Art") for n in range(count)]
    text = "groups: {size: 3-5}\nrules: [{different: municipality}, {spread: years, at_least: 30}]"
    return problem_from(people, text)


def test_a_split_roster_does_not_go_on_with_its_parts() -> None:
    text = "split_by: municipality\ngroups: {size: 3, count: 9}\nrules: [place_everyone]"
    people = [Person(f"Town {n % 6}", n) for n in range(30)]
    outcome = form(problem_from(people, text), PATIENCE)
    diagnosed = diagnose(outcome, NONE)
    assert all(part.outcome.why_not is None for part in diagnosed.parts)
    assert diagnosed.because is not None
    assert not diagnosed.deterministic


def test_numbers_that_were_not_judged_are_not_ruled_out() -> None:
    counting = Counting(many(400))
    assert counting.left(lambda: True) == []
    assert not counting.complete
    assert counting.left() != []
    assert counting.complete


@pytest.mark.usefixtures("no_model")
def test_a_check_without_time_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(possible_numbers, "attempt_groups", _open)
    assert possibility(many(400), NONE).verdict is Verdict.UNDECIDED


def _open(*_: object) -> object:
    from vermegroup.solver.solution import Attempt

    return Attempt(None)


def test_impossible_is_said_only_of_all_numbers_listed_or_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a number that was never tried nothing is known, though the table leaves it out."""
    from vermegroup.solver import group_counts as count_table
    from vermegroup.solver.solution import Attempt

    monkeypatch.setattr(possible_numbers, "PARAMS", tuned(search={"numbers_tried": 3}))
    few = tuned(search={"numbers_listed": 1, "numbers_near": 0})
    monkeypatch.setattr(count_table, "PARAMS", few)
    monkeypatch.setattr(possible_numbers, "attempt_groups", lambda *_: Attempt(False))
    monkeypatch.setattr(possible_numbers, "none_possible", lambda *_: False)
    problem = many(60).under(many(60).rulebook.rules[:2])
    outcome: Outcome = possibility(problem, PATIENCE)
    listed = [line for line in outcome.group_counts if line.possible is None]
    searched = [line for line in outcome.group_counts if line.proof is Proof.SEARCH]
    assert searched
    assert len(listed) < 10
    assert outcome.verdict is not Verdict.IMPOSSIBLE


def test_of_a_vast_roster_no_model_of_everybody_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    from vermegroup.solver.assignment import single_group as nowhere
    from vermegroup.solver.search import Search

    few = tuned(assignment={"nowhere_people": 50, "group_people": 20})
    monkeypatch.setattr(nowhere, "PARAMS", few)
    problem = many(60)
    assert not len(fits_nowhere(problem, problem.roster.rows, Search(PATIENCE)))
    seen: list[int] = []
    whole = one_by_one.Neighbourhood

    def watched(people, *rest, **more):
        seen.append(len(people))
        return whole(people, *rest, **more)

    monkeypatch.setattr(one_by_one, "Neighbourhood", watched)
    group_of, groups = one_by_one.groups_one_by_one(problem, Search(PATIENCE))
    assert groups == int(group_of.max()) + 1 > 0
    assert max(seen) <= 20
