"""Groups are opened, left and taken up again; nothing is lost, and no two servers edit a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.edit.opened import groups_csv, written
from tests.edit.starting.opened import opened, roster
from vermegroup.app.audit import judge_groups
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.app.save import save
from vermegroup.domain.findings import InputError, OutputError
from vermegroup.edit.opening import decline, leave_groups, open_groups, take_up
from vermegroup.edit.session.steps import moving
from vermegroup.edit.starting.arriving import open_workplace
from vermegroup.edit.starting.recent import recent_folders
from vermegroup.edit.workplace import Workplace


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder into which a run has written groups."""
    place = tmp_path / "kevat-groups"
    place.mkdir()
    source = written(place)
    save(judge_groups(source.path, source.choice), place, "en", force=True)
    return place


def at(place: Path, what: Path | None = None, rules: Path | None = None) -> Workplace:
    given = None if what is None else str(what)
    return open_workplace(given, RulebookChoice(rules=rules), AS_IT_IS, "en", place, None)


def moved(workplace: Workplace) -> None:
    assert workplace.session is not None
    workplace.session.take(moving([("P1", "G01", "G02")]))


def test_a_file_with_groups_is_opened_as_groups_and_one_without_as_a_roster(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(groups_csv(), encoding="utf-8")
    workplace = at(tmp_path, tmp_path / "list.csv")
    assert workplace.session is not None
    assert workplace.beginning is None
    leave_groups(workplace)
    (tmp_path / "people.csv").write_text(roster(), encoding="utf-8")
    workplace = at(tmp_path, tmp_path / "people.csv")
    assert workplace.session is None
    assert workplace.beginning is not None


def test_a_folder_means_its_groups_and_is_remembered(tmp_path: Path, folder: Path) -> None:
    workplace = at(tmp_path, folder)
    assert workplace.session is not None
    assert [each.path for each in recent_folders()] == [folder]
    leave_groups(workplace)
    assert not list(folder.glob(".vermegroup*"))


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for text in ("", "\0\0\0"):
        (tmp_path / "people.csv").write_text(text, encoding="utf-8")
        with pytest.raises(InputError):
            at(tmp_path, tmp_path / "people.csv")
    with pytest.raises(InputError):
        at(tmp_path, tmp_path / "nowhere.csv")
    with pytest.raises(InputError):
        at(tmp_path, Path("-"))


def test_what_was_not_saved_is_offered_and_taken_up(tmp_path: Path, folder: Path) -> None:
    workplace = at(tmp_path, folder)
    moved(workplace)
    before = workplace.session and workplace.session.state.content
    leave_groups(workplace)
    again = at(tmp_path, folder)
    assert again.session is None
    assert again.offer is not None
    assert again.offer.unfinished.steps == 1
    assert take_up(again) == ()
    assert again.session is not None
    assert again.session.state.content == before
    assert again.session.unsaved
    assert (folder / "groups.csv").read_text(encoding="utf-8") == groups_csv()


def test_what_is_not_taken_up_is_kept_aside(tmp_path: Path, folder: Path) -> None:
    workplace = at(tmp_path, folder)
    moved(workplace)
    leave_groups(workplace)
    again = at(tmp_path, folder)
    decline(again)
    assert again.session is not None
    assert not again.session.unsaved
    assert len(list(folder.glob(".vermegroup-edit-kept*"))) == 1
    leave_groups(again)
    assert at(tmp_path, folder).session is not None


def test_no_two_servers_edit_a_folder(tmp_path: Path, folder: Path) -> None:
    first = at(tmp_path, folder)
    with pytest.raises(OutputError, match="edited already"):
        at(tmp_path, folder)
    leave_groups(first)
    assert at(tmp_path, folder).session is not None


def test_where_other_groups_cannot_be_opened_these_stay_open(tmp_path: Path, folder: Path) -> None:
    workplace = at(tmp_path, folder)
    moved(workplace)
    session = workplace.session
    with pytest.raises(InputError):
        open_groups(workplace, tmp_path / "nowhere.csv")
    assert workplace.session is session
    with pytest.raises(OutputError):
        at(tmp_path, folder)


def test_groups_without_columns_for_the_usual_rules_are_judged_by_such_as_fit(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.csv").write_text("id;Kunta;group\n1;Oulu;G01\n2;Kemi;G01\n3;Oulu;G01\n", "utf-8")
    workplace = at(tmp_path, tmp_path / "a.csv")
    assert workplace.session is not None
    assert any("default rules" in str(each.message) for each in workplace.noticed)
    assert workplace.session.report().groups.broken  # two are of one municipality


def test_from_formed_groups_back_to_the_rules(tmp_path: Path) -> None:
    page = opened(tmp_path, roster(24))
    page.send_rules("form", effort="quick")
    page.wait()
    assert page.workplace.session is not None
    page.send("back")
    assert page.workplace.session is None
    assert page.beginning.people == 24
    page.send_rules("form", effort="quick")
    page.wait()
    assert page.workplace.session is not None
    leave_groups(page.workplace)
    assert not list(tmp_path.glob("*-groups/groups.csv"))  # nothing is written until it is saved
