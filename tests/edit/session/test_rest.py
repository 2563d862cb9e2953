"""What is pinned stays, whatever is formed or repaired around it; nothing else is required."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.by_day import todays
from tests.edit.session.conftest import Run, home_of, move, opened, somebody_in
from tests.edit.session.test_saving import FOLDER, LOOSE, SEVERAL, SPLIT, accepted, saved
from vermegroup.domain.findings import InputError
from vermegroup.domain.outcome import Verdict
from vermegroup.edit.session.proposals import Asked, Proposal, proposed
from vermegroup.edit.session.rest import formed_again
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.steps import Step, forming, pinning, rebalancing, repairing
from vermegroup.solver.search import SILENT, Limits


def proposal(session: Session, step: Step) -> Proposal:
    limits = Limits(effort=10)
    return proposed(Asked(step, session.state, session.source, limits, SILENT, "en"))


def members(session: Session) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for id_, groups in session.state.groups_by_id().items():
        for group in groups:
            found.setdefault(group, set()).add(id_)
    return found


@pytest.fixture(params=["whole", "split"])
def session(request: pytest.FixtureRequest, run: Run) -> Session:
    Path("rules.yaml").write_text(SPLIT if request.param == "split" else LOOSE)
    run("form", "roster.csv", "--rules", "rules.yaml", "-q")
    return opened(FOLDER / "groups.csv")


@pytest.mark.parametrize("seed", todays(range(20)))
@pytest.mark.parametrize("step", [forming(), repairing()], ids=["form", "repair"])
def test_pinned_people_and_groups_stay(session: Session, seed: int, step: Step) -> None:
    chance = random.Random(seed)
    names = session.state.grouping.names
    group = chance.choice(names)
    others = [id_ for id_ in session.state.groups_by_id() if home_of(session, id_) != group]
    people = chance.sample(others, 2)
    homes = {id_: home_of(session, id_) for id_ in people}
    whole = members(session)[group]
    session.take(pinning(people, [group], pinned=True))
    found = proposal(session, step)
    if found.state is None:  # such pins may leave no groups of the right size
        assert found.outcome is not None
        assert found.outcome.why_not is not None or found.outcome.because is not None
        return
    session.accept(found)
    assert {id_: home_of(session, id_) for id_ in people} == homes
    assert members(session)[group] == whole
    names = session.state.grouping.names
    assert len(set(names)) == len(names)
    assert session.state.pins.people == set(people)
    saved(session)


def test_a_pinned_group_may_break_rules_and_somebody_pinned_may_wait(session: Session) -> None:
    name = session.state.grouping.names[0]
    ids = sorted(members(session)[name])
    for id_ in ids[2:]:
        move(session, **{id_.replace("-", ""): ""})
    waits = ids[-1]
    session.take(pinning([waits], [name], pinned=True))
    found = proposal(session, forming())
    if found.state is not None:
        session.accept(found)
        assert members(session)[name] == set(ids[:2])
        assert home_of(session, waits) == ""


def test_the_number_of_groups_counts_those_that_are_pinned(run: Run) -> None:
    run("form", "roster.csv", "--groups", "4", "-q")
    session = opened(FOLDER / "groups.csv")
    session.take(pinning([], ["G01", "G03"], pinned=True))
    accepted(session, forming())
    assert len(session.state.grouping.names) == 4
    assert session.report().verdict == "formed"


def test_nothing_is_required_that_the_rulebook_does_not(run: Run) -> None:
    """Pins of people are to no group that is pinned, or that nobody is left in."""
    run("form", "roster.csv", "-q")
    session = opened(FOLDER / "groups.csv")
    free = formed_again(session.state, Limits(effort=10), SILENT)[1]
    session.take(pinning(sorted(members(session)["G01"]), ["G01"], pinned=True))
    around = formed_again(session.state, Limits(effort=10), SILENT)[0]
    assert free is not None
    kinds = [rule.kind for rule in around.problem.rulebook.rules]
    asked = [rule.kind for rule in session.state.groups.problem.rulebook.rules]
    assert kinds == asked


def test_where_nothing_is_possible_it_is_told_why(run: Run) -> None:
    run("form", "roster.csv", "-q")
    session = opened(FOLDER / "groups.csv")
    session.take(pinning([], list(session.state.grouping.names[:-1]), pinned=True))
    first = somebody_in(session, session.state.grouping.names[-1])
    for id_ in members(session)[session.state.grouping.names[-1]] - {first}:
        move(session, **{id_.replace("-", ""): "G01"})
    found = proposal(session, forming())
    assert found.state is None
    assert found.outcome is not None
    assert found.outcome.why_not is not None
    with pytest.raises(InputError):
        session.accept(found)


@pytest.mark.parametrize("step", [forming(), repairing()], ids=["form", "repair"])
def test_where_everybody_is_pinned_nothing_is_left(session: Session, step: Step) -> None:
    session.take(pinning([], list(session.state.grouping.names), pinned=True))
    with pytest.raises(InputError, match="nothing is left"):
        proposal(session, step)


def test_pins_of_everybody_leave_all_as_it_is(session: Session) -> None:
    before = session.state.groups_by_id()
    session.take(pinning(list(before), [], pinned=True))
    accepted(session, forming())
    assert session.state.groups_by_id() == before


def test_names_never_collide(run: Run) -> None:
    """A group that stays keeps its name, and no new one gets it, however it is written."""
    run("form", "roster.csv", "-q")
    session = opened(FOLDER / "groups.csv")
    for id_ in sorted(members(session)["G03"]):
        move(session, **{id_.replace("-", ""): "g1 "})  # as somebody may write G01
    renamed = [name for name in session.state.grouping.names if name not in ("G01", "G02")]
    session.take(pinning([], renamed or ["G01"], pinned=True))
    found = proposal(session, forming())
    if found.state is not None:
        names = [name.casefold().strip() for name in found.state.grouping.names]
        assert len(set(names)) == len(names)


def test_where_people_are_in_several_groups_pins_are_refused(run: Run) -> None:
    rows = [f"P{n};{'mentor' if n < 3 else 'mentee'}" for n in range(16)]
    Path("several.csv").write_text("\n".join(["id;role", *rows]) + "\n")
    Path("several.yaml").write_text(SEVERAL)
    run("form", "several.csv", "--rules", "several.yaml", "-q")
    session = opened("several-groups/groups.csv")
    accepted(session, forming())
    session.take(pinning(["P5"], [], pinned=True))
    with pytest.raises(InputError, match="several groups"):
        proposal(session, forming())


def test_pins_hold_when_others_leave(session: Session) -> None:
    """Who leaves is pinned no longer."""
    name = session.state.grouping.names[0]
    gone, stays = sorted(members(session)[name])[:2]
    session.take(pinning([stays, gone], [], pinned=True))
    accepted(session, rebalancing([gone]))
    assert home_of(session, stays) == name
    assert session.state.pins.people == {stays}


COMPARING = """\
groups: {size: 2}
rules:
  - {balance: years, at_most: 0}
  - place_everyone
"""


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("pinned", [True, False])
def test_nothing_is_called_impossible_of_a_rest_that_is_compared_with_all(pinned: bool) -> None:
    rows = [("G01", 4), ("G01", 4), ("G02", 0), ("G02", 4), ("G03", 0), ("G03", 1)]
    lines = [f"P{at},Oulu,{years},{group}" for at, (group, years) in enumerate(rows)]
    Path("g.csv").write_text("\n".join(["id,municipality,years,group", *lines]) + "\n", "utf-8")
    Path("rules.yaml").write_text(COMPARING, "utf-8")
    session = opened(Path("g.csv"), rules=Path("rules.yaml"))
    if pinned:
        session.take(pinning([], ["G01"], pinned=True))
    found = proposal(session, forming())
    assert found.state is None
    assert found.outcome is not None
    assert (found.outcome.verdict is Verdict.IMPOSSIBLE) is not pinned
    assert bool(found.outcome.why_not) is not pinned


def file_of(text: str, rules: str) -> Session:
    Path("g.csv").write_text(text, "utf-8")
    Path("rules.yaml").write_text(rules, "utf-8")
    return opened(Path("g.csv"), rules=Path("rules.yaml"))


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("text", "rules", "pinned"),
    [
        (
            "id,municipality,group\nA,Turku,G1\nB,Turku,G1\nC,Oulu,G1\nD,Oulu,G2\nE,Kemi,G2\n",
            "groups: {size: 2-4}\nrules:\n  - different: municipality\n",
            ["A", "B"],
        ),
        (
            "id,group\nA,G1\nB,G2\nC,G2\nD,G2\nE,G2\n",
            "groups: {size: 2-3}\nrules: [place_everyone]\n",
            ["A", "B", "C", "D", "E"],
        ),
        (
            "id,profession,group\nA,o,G1\nE,j,G1\nF,j,G1\nB,o,G2\nC,o,G2\nD,o,G2\n",
            "split_by: profession\ngroups: {size: 2-4}\nrules: []\n",
            ["A"],
        ),
    ],
)
def test_a_repair_that_would_move_who_is_pinned_is_none(
    text: str, rules: str, pinned: list[str]
) -> None:
    session = file_of(text, rules)
    session.take(pinning(pinned, [], pinned=True))
    found = proposal(session, repairing())
    assert found.state is None
    assert found.outcome is not None
    assert found.outcome.verdict is Verdict.UNDECIDED


@pytest.mark.usefixtures("folder")
def test_a_pinned_persons_group_keeps_its_name_however_groups_are_called() -> None:
    session = file_of("id,group\nA,1\nB,1\nC,1\nD,2\nE,2\n", "groups: {size: 2-3}\nrules: []\n")
    session.take(pinning(["A"], [], pinned=True))
    session.accept(proposal(session, forming()))
    assert home_of(session, "A") == "1"
