"""What was done and not saved outlives a crash, and nothing is taken up that was not done so."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.edit.session.conftest import Run, home_of, move, opened, somebody_in, swap
from tests.edit.session.test_saving import (
    FOLDER,
    LOOSE,
    accepted,
    begun,
    same_again,
    saved,
    workbook,
)
from vermegroup.app.privacy.how import How
from vermegroup.domain.findings import OutputError
from vermegroup.edit.session.journal import JOURNAL, MOST_KEPT, kept_journals
from vermegroup.edit.session.opening import close_session, editing_alone_in
from vermegroup.edit.session.saving import save_session
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.steps import forming, meeting_without, pinning, rebalancing
from vermegroup.edit.session.unfinished import discard, offered, taken_up

NEW = "id;name;municipality;years;side\nSYN-17;Uusi;Rauma;3;a\n"


def taken(folder: Path = FOLDER) -> Session:
    """The session that whoever comes after a crash takes up, which nothing is said of."""
    found = offered(folder)
    assert found is not None
    session, findings = taken_up(found)
    assert findings == ()
    return session


def alike(session: Session, other: Session) -> None:
    """Both have the same groups, pins, plans, steps and what is saved of them."""
    for one, two in ((session.state, other.state), (session.opened, other.opened)):
        assert one.content == two.content
        assert one.pins == two.pins
        assert one.plans == two.plans
    assert [done.step.plain() for done in session.steps] == [
        done.step.plain() for done in other.steps
    ]
    assert [str(said) for said, _ in session.history()] == [str(s) for s, _ in other.history()]
    assert session.place == other.place
    assert session.unsaved == other.unsaved


def worked(session: Session) -> None:
    """A bit of everything."""
    a = somebody_in(session, "G01")
    swap(session, a, somebody_in(session, "G02"))
    session.take(pinning([a], ["G03"], pinned=True))
    accepted(session, forming())
    accepted(session, rebalancing(["SYN-3"], NEW))
    accepted(session, meeting_without(["SYN-5"], "2026-12-01"))
    session.undo()
    session.undo()
    session.redo()
    session.redo()
    session.undo()
    move(session, SYN1="")
    accepted(session, meeting_without(["SYN-6"], "2026-12-02"))


def test_nothing_is_written_before_the_first_step(formed: Path) -> None:
    before = sorted(FOLDER.rglob("*"))
    session = opened(formed)
    assert offered(FOLDER) is None
    assert sorted(FOLDER.rglob("*")) == before
    move(session, SYN1="")
    assert offered(FOLDER) is not None


def test_all_that_was_done_is_taken_up(formed: Path, run: Run) -> None:
    session = opened(formed)
    worked(session)
    again = taken()
    alike(session, again)
    move(again, SYN2="")  # and so on, in the same journal
    third = taken()
    alike(again, third)
    saved(third)
    assert offered(FOLDER) is None
    same_again(run)


def test_what_was_saved_before_is_known_as_saved(formed: Path, run: Run) -> None:
    session = opened(formed)
    worked(session)
    saved(session)
    assert offered(FOLDER) is None
    move(session, SYN2="G09")
    again = taken()
    alike(session, again)
    assert again.on_disk is not None
    saved(again)
    same_again(run)
    again.go(2)
    saved(taken())
    same_again(run)


def test_so_is_what_was_formed_and_saved_nowhere(folder: Path, run: Run) -> None:
    session = begun(folder)
    alike(session, taken())
    move(session, SYN1="G09")
    again = taken()
    alike(session, again)
    saved(again)
    same_again(run)
    (earlier,) = (FOLDER / "earlier").iterdir()
    run("form", "roster.csv", "-o", "cli", "-q")
    assert (earlier / "groups.csv").read_bytes() == Path("cli/groups.csv").read_bytes()


def test_files_are_found_from_another_folder(
    formed: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("rules.yaml").write_text(LOOSE)
    path = workbook(folder)
    session = opened(path, How(sheet="Kevät"), rules=Path("rules.yaml"))
    move(session, SYN1="G09")
    accepted(session, forming())
    (folder / "elsewhere").mkdir()
    monkeypatch.chdir(folder / "elsewhere")
    again = taken(folder / "hand-groups")
    alike(session, again)
    saved(again, folder / "hand-groups")


def test_the_file_may_have_changed_or_gone(formed: Path) -> None:
    session = opened(formed)
    worked(session)
    formed.unlink()
    alike(session, taken())


@pytest.mark.parametrize("cut", [1, 5, 40, 200])
def test_a_torn_last_line_is_no_step(formed: Path, cut: int) -> None:
    session = opened(formed)
    move(session, SYN1="")
    whole = (FOLDER / JOURNAL).stat().st_size
    accepted(session, rebalancing(["SYN-3"], NEW))
    with (FOLDER / JOURNAL).open("r+b") as file:
        file.truncate(whole + cut)
    again = taken()
    assert len(again.steps) == 1
    assert home_of(again, "SYN-1") == ""
    move(again, SYN2="")
    assert len(taken().steps) == 2


def test_what_stands_before_damage_is_taken_up_and_the_rest_is_told(formed: Path) -> None:
    session = opened(formed)
    for n in range(1, 5):
        move(session, **{f"SYN{n}": ""})
    path = FOLDER / JOURNAL
    lines = path.read_bytes().split(b"\n")
    lines[3] = lines[3][:20] + b"\x00" + lines[3][21:]
    damaged = b"\n".join(lines)
    path.write_bytes(damaged)
    found = offered(FOLDER)
    assert found is not None
    assert found.steps == 2
    again, (finding,) = taken_up(found)
    assert "damaged" in str(finding)
    assert len(again.steps) == 2
    assert kept_journals(FOLDER)[-1].read_bytes() == damaged
    alike(again, taken())


def test_a_step_that_leads_elsewhere_ends_it(formed: Path) -> None:
    session = opened(formed)
    for n in range(1, 4):
        move(session, **{f"SYN{n}": ""})
    path = FOLDER / JOURNAL
    path.write_bytes(path.read_bytes().replace(b"SYN-2", b"SYN-9"))
    found = offered(FOLDER)
    assert found is not None
    again, (finding,) = taken_up(found)
    assert len(again.steps) == 1
    assert "line 3" in str(finding)


@pytest.mark.parametrize("content", [b"", b"{}", b"nonsense\n", b'{"journal": 99}\n'])
def test_what_is_no_journal_offers_nothing_and_is_kept(formed: Path, content: bytes) -> None:
    (FOLDER / JOURNAL).write_bytes(content)
    assert offered(FOLDER) is None
    session = opened(formed)
    move(session, SYN1="")
    assert kept_journals(FOLDER)[-1].read_bytes() == content
    alike(session, taken())


def test_what_was_written_and_not_noted_counts_as_saved(
    formed: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    session = opened(formed)
    move(session, SYN1="")
    monkeypatch.setattr(session.notes, "saved", lambda _file: None)
    saved(session)
    assert offered(FOLDER) is None
    move(session, SYN2="")
    again = taken()
    assert again.unsaved
    saved(again)
    same_again(run)


def test_a_step_that_cannot_be_noted_is_not_done(
    formed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(formed)
    move(session, SYN1="")
    size = (FOLDER / JOURNAL).stat().st_size

    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for act in (lambda: move(session, SYN2=""), session.undo):
        with monkeypatch.context() as patched:
            patched.setattr("os.fsync", full)
            with pytest.raises(OutputError):
                act()
        assert (FOLDER / JOURNAL).stat().st_size == size
        assert (len(session.steps), session.place) == (1, 1)
    move(session, SYN2="")
    alike(session, taken())


def test_a_journal_that_somebody_took_away_is_written_anew(formed: Path) -> None:
    session = opened(formed)
    move(session, SYN1="")
    (FOLDER / JOURNAL).unlink()
    move(session, SYN2="")
    alike(session, taken())


def test_discarding_keeps_the_last_ones_and_the_oldest_goes(formed: Path) -> None:
    contents = []
    for n in range(1, MOST_KEPT + 3):
        session = opened(formed)
        move(session, **{f"SYN{n}": ""})
        contents.append((FOLDER / JOURNAL).read_bytes())
        discard(FOLDER)
        assert offered(FOLDER) is None
    kept = [each.read_bytes() for each in kept_journals(FOLDER)]
    assert kept == contents[-MOST_KEPT:]
    discard(FOLDER)  # there is nothing
    assert len(kept_journals(FOLDER)) == MOST_KEPT


def test_it_goes_when_all_is_saved_and_stays_when_it_is_not(formed: Path, folder: Path) -> None:
    session = opened(formed)
    move(session, SYN1="")
    close_session(session)
    assert offered(FOLDER) is not None
    saved(session)
    close_session(session)
    assert not (FOLDER / JOURNAL).exists()
    path = workbook(folder)
    book = opened(path, How(sheet="Kevät"))
    move(book, SYN1="G09")
    book.undo()
    close_session(book)
    assert not Path("hand-groups").exists()


def test_one_at_a_time_edits_in_a_folder(formed: Path) -> None:
    held = f"""\
import sys
from pathlib import Path
from vermegroup.edit.session.opening import editing_alone_in
with editing_alone_in(Path({str(FOLDER)!r})):
    print("held", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", held], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(OutputError) as raised, editing_alone_in(FOLDER):
            pass
        assert f"process {other.pid}" in str(raised.value)
        other.kill()
    with editing_alone_in(FOLDER):
        pass
    with editing_alone_in(Path("new")):
        assert Path("new").is_dir()
    assert not Path("new").exists()
    assert formed.exists()


def test_a_step_of_two_thousand_people_is_noted_in_no_time(run: Run, folder: Path) -> None:
    run("sample", "--participants", "2000", "--shape", "loose", "-o", "many.csv")
    run("form", "many.csv", "-q")
    session = opened("many-groups/groups.csv")
    ids = session.state.roster.ids.tolist()
    spent = []
    for id_ in ids[:20]:
        state = session.state.moved([(id_, home_of(session, id_), "G900")])
        step = pinning([id_], [], pinned=True)
        before = time.monotonic()
        session.notes.did(step, state)
        spent.append(time.monotonic() - before)
    assert sorted(spent)[10] < 0.02
    save_session(session, Path("many-groups"), "en")


def test_as_many_other_steps_as_were_saved_are_offered(formed: Path) -> None:
    session = opened(formed)
    move(session, SYN1="")
    saved(session)
    session.undo()
    move(session, SYN2="")
    again = taken()
    alike(session, again)
    assert again.unsaved
