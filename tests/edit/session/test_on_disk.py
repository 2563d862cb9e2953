"""Where somebody else changed the file meanwhile, it is told, and neither version is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.edit.session.conftest import Run, home_of, move, opened, somebody_in, swap
from tests.edit.session.test_saving import FOLDER, begun, same_again, saved
from vermegroup.edit.session.journal import JOURNAL, kept_journals
from vermegroup.edit.session.on_disk import ChangedOnDisk, Found
from vermegroup.edit.session.opening import take_theirs
from vermegroup.edit.session.saving import save_session
from vermegroup.edit.session.session import Session


def by_hand(groups: Path, *ids: str) -> bytes:
    """Somebody writes other groups for these people with a spreadsheet."""
    lines = groups.read_text("utf-8").splitlines()
    for at, line in enumerate(lines):
        if line.split(";")[0] in ids:
            lines[at] = line.rsplit(";", 1)[0] + ";G07"
    groups.write_text("\n".join(lines) + "\n", "utf-8")
    return groups.read_bytes()


def refused(session: Session, folder: Path = FOLDER, over: Found | None = None) -> Found:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(ChangedOnDisk) as raised:
        save_session(session, folder, "en", over=over)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert session.unsaved
    return raised.value.found


@pytest.fixture
def session(formed: Path) -> Session:
    found = opened(formed)
    swap(found, somebody_in(found, "G01"), somebody_in(found, "G02"))
    return found


def test_who_was_changed_is_told_and_ours_can_be_kept(
    session: Session, formed: Path, run: Run
) -> None:
    theirs = by_hand(formed, "SYN-5", "SYN-6", "SYN-7")
    found = refused(session)
    assert (found.others, found.ours, found.file) == (3, 2, formed)
    assert "3 people have another group in it" in str(found.sentences[1])
    again = by_hand(formed, "SYN-8")
    second = refused(session, over=found)  # it is another version by now
    assert second.others == 4
    save_session(session, FOLDER, "en", over=second)
    assert formed.read_bytes() == session.state.content
    kept = [path.read_bytes() for path in FOLDER.glob("earlier/*/groups.csv")]
    assert again in kept
    assert theirs not in kept  # nobody saved that one to be kept
    same_again(run)
    move(session, SYN1="G09")
    saved(session)
    same_again(run)


def test_theirs_can_be_taken_and_ours_is_kept(session: Session, formed: Path) -> None:
    ours = session.state.content
    theirs = by_hand(formed, "SYN-5")
    found = refused(session)
    new, place = take_theirs(session, FOLDER, found)
    assert formed.read_bytes() == theirs
    assert home_of(new, "SYN-5") == "G07"
    assert place == FOLDER / "groups.mine.csv"
    assert place.read_bytes() == ours
    assert len(kept_journals(FOLDER)) == 1
    assert not (FOLDER / JOURNAL).exists()
    assert not new.unsaved
    swap(new, somebody_in(new, "G01"), somebody_in(new, "G02"))
    saved(new)
    by_hand(formed, "SYN-6")
    _, second = take_theirs(new, FOLDER, found)
    assert second is None  # all of ours was saved
    move(new, SYN1="")
    _, third = take_theirs(new, FOLDER, refused(new))
    assert third == FOLDER / "groups.mine-2.csv"
    assert place.read_bytes() == ours


def test_a_file_that_was_deleted_is_written_again(session: Session, formed: Path, run: Run) -> None:
    formed.unlink()
    found = refused(session)
    assert (found.theirs, found.others) == (None, None)
    assert "not there any more" in str(found.sentences[0])
    save_session(session, FOLDER, "en", over=found)
    assert formed.read_bytes() == session.state.content
    same_again(run)


def test_a_file_that_is_no_longer_of_groups_can_give_way(session: Session, formed: Path) -> None:
    formed.write_bytes(b"\x00\x01 no groups")
    found = refused(session)
    assert found.theirs is None
    assert "no groups can be read" in str(found.sentences[0])
    save_session(session, FOLDER, "en", over=found)
    kept = [path.read_bytes() for path in FOLDER.glob("earlier/*/groups.csv")]
    assert b"\x00\x01 no groups" in kept


def test_another_run_in_the_folder_is_told_of(session: Session, formed: Path, run: Run) -> None:
    run("move", str(formed), "SYN-9=G09", "-q")
    found = refused(session)
    assert found.others == 1
    save_session(session, FOLDER, "en", over=found)
    same_again(run)


def test_what_excel_changed_before_it_was_opened_is_no_surprise(formed: Path, run: Run) -> None:
    by_hand(formed, "SYN-5")
    session = opened(formed)
    swap(session, somebody_in(session, "G01"), somebody_in(session, "G02"))
    saved(session)
    same_again(run)


def test_groups_that_no_run_saved_are_not_written_over(formed: Path, folder: Path) -> None:
    by_hand(formed, "SYN-5")
    session = begun(folder)
    theirs = formed.read_bytes()
    found = refused(session)
    assert "There are groups in the folder already" in str(found.sentences[0])
    new, ours = take_theirs(session, FOLDER, found)
    assert home_of(new, "SYN-5") == "G07"
    assert ours is not None
    save_session(session, FOLDER, "en", over=found)
    assert theirs in [path.read_bytes() for path in FOLDER.glob("earlier/*/groups.csv")]
    assert formed.read_bytes() == session.state.content
