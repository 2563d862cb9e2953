"""Back and forth through steps as one likes; no row is lost, and each state is what is judged."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.by_day import todays
from tests.edit.session.at_work import AtWork
from tests.edit.session.conftest import home_of, move, opened
from tests.edit.session.test_saving import FOLDER, accepted, saved
from vermegroup.domain.findings import InputError
from vermegroup.edit.session.proposals import Asked, proposed
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.state import Source
from vermegroup.edit.session.steps import forming, moving, pinning
from vermegroup.judge.auditor import judged
from vermegroup.solver.search import SILENT, Limits


def rows(content: bytes, columns: int) -> list[str]:
    """The rows of a file without the groups and the marks behind them."""
    lines = content.decode("utf-8-sig").splitlines()
    return [";".join(line.split(";")[:columns]) for line in lines]


@pytest.mark.parametrize("seed", todays(range(20)))
def test_going_back_and_forth_loses_nothing(formed: Path, seed: int) -> None:
    session, chance = opened(formed), random.Random(seed)
    worker, states = AtWork(session, FOLDER, chance), [session.state]
    columns = len(session.state.content.decode("utf-8-sig").split("\n")[0].split(";")) - 1
    before = rows(session.opened.content, columns)
    for _ in range(15):
        place, count = session.place, len(session.steps)
        try:
            chance.choice(worker.ways)()
        except InputError:
            assert (session.place, len(session.steps)) == (place, count)
            continue
        if session.state not in states:
            states[session.place :] = [session.state]
        assert session.state is states[session.place]
        assert rows(session.state.content, columns)[: len(before)] == before
        groups = session.state.groups
        again = session.source.reread(session.state.content, session.state)
        assert again.groups_by_id() == session.state.groups_by_id()
        outcome = judged(groups.problem, session.state.grouping, 0.0)
        assert session.report().verdict == outcome.verdict
    for place in random.Random(seed).sample(range(len(states)), min(5, len(states))):
        session.go(place)
        assert session.state is states[place]
    saved(session)


def test_what_cannot_be_done_changes_nothing(formed: Path) -> None:
    session = opened(formed)
    version = session.version
    for wrong in ({"ways": [["SYN-1", "G99", "G01"]]}, {"ways": [["SYN-99", "G01", "G02"]]}):
        step = type(pinning([], [], pinned=True)).told({"command": "move", "arguments": wrong})
        with pytest.raises(InputError):
            session.take(step)
    with pytest.raises(InputError):
        session.go(1)
    assert (session.version, session.steps) == (version, [])


def test_a_proposal_of_other_groups_is_not_accepted(formed: Path) -> None:
    session = opened(formed)
    limits = Limits(effort=1)
    found = proposed(Asked(forming(), session.state, session.source, limits, SILENT, "en"))
    move(session, SYN1="")
    with pytest.raises(InputError):
        session.accept(found)
    assert isinstance(session.source, Source)
    accepted(session, forming())
    assert [str(said) for said, _ in session.history()][-1].startswith("The rest was formed again")


IN_GROUPS = """\
groups: {size: 2-5}
in_groups: {role: mentor, at_most: 2}
rules: [place_everyone]
"""
MENTORS = """\
id,role,group
M1,mentor,"Sininen, Punainen"
A,mentee,Sininen
B,mentee,Sininen
C,mentee,Punainen
M2,mentor,Sininen
"""


def of_mentors() -> Session:
    Path("g.csv").write_text(MENTORS, "utf-8")
    Path("rules.yaml").write_text(IN_GROUPS, "utf-8")
    return opened(Path("g.csv"), rules=Path("rules.yaml"))


@pytest.mark.usefixtures("folder")
def test_what_is_shown_is_what_its_file_is_read_as() -> None:
    session = of_mentors()
    session.take(moving([("C", "Punainen", "Sininen")]))
    there = session.source.reread(session.state.content, session.state)
    assert there.groups_by_id() == session.state.groups_by_id()
    assert session.state.groups_by_id()["M1"] == {"Sininen", "Punainen"}


@pytest.mark.usefixtures("folder")
def test_a_group_whose_name_would_be_read_as_two_is_refused() -> None:
    session = of_mentors()
    before = session.state
    with pytest.raises(InputError, match="would be read as other groups"):
        session.take(moving([("C", "Punainen", "1,5")]))
    assert session.state is before


def test_groups_with_usual_names_alone_need_not_be_read_again(formed: Path) -> None:
    session = opened(formed)
    id_ = str(session.state.roster.ids[0])
    for name in ("G01", "g077", "12", ""):
        session.take(moving([(id_, home_of(session, id_), name)]))
        assert session.state.plainly_named
        there = session.source.reread(session.state.content, session.state)
        assert not there.others_than_in(session.state)
    session.take(moving([(id_, "", "Sininen")]))
    assert not session.state.plainly_named


def test_a_new_group_has_its_name_without_spaces_around(formed: Path) -> None:
    session = opened(formed)
    id_ = str(session.state.roster.ids[0])
    session.take(moving([(id_, home_of(session, id_), "  A   B ")]))
    assert home_of(session, id_) == "A B"
    there = session.source.reread(session.state.content, session.state)
    assert not there.others_than_in(session.state)
