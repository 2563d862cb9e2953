"""A folder that somebody else made writes, reads and destroys nothing outside it."""

from __future__ import annotations

import base64
import json
import os
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.edit.session.conftest import ROSTER, home_of, move, opened
from tests.edit.session.test_saving import FOLDER, accepted, workbook
from vermegroup.app.privacy.how import How
from vermegroup.cli.commands import app
from vermegroup.domain.findings import InputError, OutputError
from vermegroup.edit.session.journal import JOURNAL, KEPT, packed, set_aside
from vermegroup.edit.session.journal_mark import confined, marked
from vermegroup.edit.session.opening import close_session, editing_alone_in
from vermegroup.edit.session.saving import put_aside, save_session
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.steps import meeting_without
from vermegroup.edit.session.unfinished import offered, taken_up


@pytest.fixture(scope="module")
def formed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a run formed groups."""
    place = tmp_path_factory.mktemp("once")
    (place / "roster.csv").write_text(ROSTER, encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(place)
        shown = CliRunner().invoke(app, ["form", "roster.csv", "-q"], catch_exceptions=False)
    assert shown.exit_code == 0, shown.output
    return place / FOLDER


@pytest.fixture
def formed(folder: Path, formed_once: Path) -> Path:
    """Its groups, in a folder of the test's own."""
    shutil.copytree(formed_once, folder / FOLDER)
    return FOLDER / "groups.csv"


Line = dict[str, Any]
Change = Callable[[list[Line]], None]
PATH = FOLDER / JOURNAL
MOVE = {"command": "move", "arguments": {"ways": []}}

needs_links = pytest.mark.skipif(os.name == "nt", reason="links need rights there")


def noted() -> list[Line]:
    return [json.loads(line) for line in PATH.read_bytes().splitlines()]


def put(lines: list[Line]) -> None:
    PATH.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def changed(change: Change) -> list[Line]:
    lines = noted()
    change(lines)
    put(lines)
    return lines


def taken() -> tuple[Session, list[str]]:
    found = offered(FOLDER)
    assert found is not None
    session, findings = taken_up(found)
    return session, list(map(str, findings))


def added(**entry: object) -> Change:
    return lambda lines: lines.append({"when": lines[0]["when"], "sha256": "0" * 64, **entry})


def beginning(**entry: object) -> Change:
    return lambda lines: lines[0].update(entry)


def without(name: str) -> Change:
    return lambda lines: lines[0].pop(name)


def bomb() -> str:
    inflate = zlib.compressobj(9)
    parts = [inflate.compress(bytes(1_000_000)) for _ in range(101)]
    return base64.b64encode(b"".join([*parts, inflate.flush()])).decode()


def step(command: str, **arguments: object) -> Line:
    return {"command": command, "arguments": arguments}


UNUSABLE: dict[str, Change] = {
    "more in force than there are": added(went=99),
    "more saved than there are": added(saved=99),
    "fewer than none": added(went=-1),
    "half a step": added(went=0.5),
    "yes": added(went=True),
    "without end": added(went=float("inf")),
    "no number": added(went=float("nan")),
    "no hash": added(step=step("pin", people=[], groups=[], pinned=True), sha256="x"),
    "unknown command": added(step=step("delete")),
    "no ways": added(step=step("move")),
    "ways that are none": added(step=step("move", ways=[["a", {}, 3]])),
    "effort without end": added(step=step("repair", effort=float("inf"))),
    "no day": added(step=step("meeting", absent=[], day="../x"), plan={"files": {}}),
    "no plan": added(step=step("meeting", absent=[], day="2027-01-01")),
    "a time beyond all time": added(went=0, when="9999-12-31T23:59:59-23:59"),
    "a plan elsewhere": added(
        step=step("meeting", absent=["SYN-1"], day="2027-01-01"),
        plan={"folder": "/tmp", "files": {"../evil": packed(b"x")}},
    ),
}
NO_BEGINNING: dict[str, Change] = {
    **{f"no {name}": without(name) for name in ("sha256", "how", "place", "content", "rulebook")},
    "no base64": beginning(content="!"),
    "no file": beginning(file=""),
    "a file with a null": beginning(file="a\0b"),
    "a file of a number": beginning(file=5),
    "formed of a text": beginning(formed="x"),
    "another file's content": beginning(content=packed(b"other")),
    "formed elsewhere": beginning(formed={"../evil.txt": packed(b"x")}),
    "formed anywhere": beginning(formed={"/tmp/evil.txt": packed(b"x")}),
    "a time beyond all time": beginning(when="9999-12-31T23:59:59-23:59"),
    "a bomb": lambda lines: lines[0].update(content=bomb()),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_a_line_that_cannot_be_true_ends_the_journal(formed: Path, kind: str) -> None:
    session = opened(formed)
    move(session, SYN1="")
    changed(UNUSABLE[kind])
    again, findings = taken()
    assert len(again.steps) == 1
    assert "damaged" in findings[0]
    assert again.state.content == session.state.content


@pytest.mark.parametrize("kind", NO_BEGINNING)
def test_a_journal_without_its_beginning_is_not_offered_and_told(formed: Path, kind: str) -> None:
    move(opened(formed), SYN1="")
    changed(NO_BEGINNING[kind])
    told: list[object] = []
    assert offered(FOLDER, told.append) is None
    assert "cannot be read" in str(told[0])


@pytest.mark.parametrize("rulebook", [{"book": {"rules": "zzz"}}, {"profile": "zzz"}])
def test_rules_that_are_none_are_a_fault_of_the_input(formed: Path, rulebook: Line) -> None:
    move(opened(formed), SYN1="")
    changed(lambda lines: lines[0]["rulebook"].update({"origin": "x", **rulebook}))
    found = offered(FOLDER)
    assert found is not None
    with pytest.raises(InputError):
        taken_up(found)


def test_a_plan_goes_where_it_would_be_planned(formed: Path, folder: Path) -> None:
    session = opened(formed)
    accepted(session, meeting_without(["SYN-5"], "2026-12-01"))
    changed(lambda lines: lines[1]["plan"].update(folder=str(folder / "evil")))
    again, _findings = taken()
    save_session(again, FOLDER, "en")
    assert not (folder / "evil").exists()
    assert (folder / "roster-meeting-2026-12-01" / "groups.csv").exists()


@needs_links
def test_a_plan_follows_no_link(formed: Path, folder: Path) -> None:
    session = opened(formed)
    accepted(session, meeting_without(["SYN-5"], "2026-12-01"))
    (folder / "victim").mkdir()
    (folder / "roster-meeting-2026-12-01").symlink_to("victim")
    with pytest.raises(OutputError, match="link"):
        save_session(session, FOLDER, "en")
    assert not list((folder / "victim").iterdir())


def test_files_elsewhere_that_nobody_here_named_are_left_alone(formed: Path, folder: Path) -> None:
    move(opened(formed), SYN1="")
    other = folder / "private" / "inner"
    other.mkdir(parents=True)
    (other / "groups.csv").write_bytes(formed.read_bytes())
    (other / "rules.yaml").write_text("groups: {size: 2}\n")

    def elsewhere(lines: list[Line]) -> None:
        lines[0]["file"] = str(other / "groups.csv")
        lines[0]["rulebook"]["rules"] = str(other / "rules.yaml")
        lines[0]["how"]["group_facts"] = str(other / "facts.csv")

    changed(elsewhere)
    again, _findings = taken()
    assert Path(again.source.path) == formed
    assert again.source.choice.rules is None
    assert again.source.how.group_facts is None
    found = offered(FOLDER)
    assert found is not None
    named = [other / "groups.csv", other / "rules.yaml"]
    assert Path(taken_up(found, named)[0].source.path).samefile(other / "groups.csv")


def test_rules_in_a_journal_of_others_name_files_in_its_folder_alone(
    formed: Path, folder: Path
) -> None:
    move(opened(formed), SYN1="")
    (folder / "private.csv").write_bytes(formed.read_bytes())
    book = {"rules": [{"strangers": "../private.csv"}]}
    changed(lambda lines: lines[0]["rulebook"].update(book=book, origin=str(folder / "x.yaml")))
    found = offered(FOLDER)
    assert found is not None
    with pytest.raises(InputError, match="name of a file"):
        taken_up(found)


def test_what_this_user_noted_names_files_anywhere(formed: Path, folder: Path) -> None:
    path = workbook(folder)
    session = opened(path, How(sheet="Kevät"))
    move(session, SYN1="G09")
    found = offered(Path("hand-groups"))
    assert found is not None
    assert Path(taken_up(found)[0].source.path) == path
    assert formed.exists()


@needs_links
@pytest.mark.parametrize("hard", [True, False])
def test_a_lock_destroys_nothing_that_it_leads_to(formed: Path, folder: Path, hard: bool) -> None:
    victim = folder / "victim"
    victim.write_bytes(b"mine\n")
    lock = FOLDER / ".vermegroup-edit"
    lock.hardlink_to(victim) if hard else lock.symlink_to(victim.absolute())
    with pytest.raises(OutputError, match="delete"), editing_alone_in(FOLDER):
        pass
    assert victim.read_bytes() == b"mine\n"
    assert formed.exists()


def test_a_lock_destroys_no_notes_of_somebody(formed: Path) -> None:
    (FOLDER / ".vermegroup-edit").write_text("my notes")
    with pytest.raises(OutputError, match="delete"), editing_alone_in(FOLDER):
        pass
    assert (FOLDER / ".vermegroup-edit").read_text() == "my notes"
    assert formed.exists()


def test_a_lock_that_a_killed_process_left_is_taken_over(formed: Path) -> None:
    (FOLDER / ".vermegroup-edit").write_text("4194303")
    with editing_alone_in(FOLDER) as lock:
        assert lock.read_text() == str(os.getpid())
    assert formed.exists()


@needs_links
def test_no_link_in_the_place_of_the_journal_is_written_into(formed: Path, folder: Path) -> None:
    victim = folder / "victim"
    victim.write_bytes(b"mine\n" * 1000)
    before = victim.read_bytes()
    (FOLDER / ".vermegroup-edit.new").symlink_to(victim.absolute())
    session = opened(formed)
    move(session, SYN1="")
    PATH.unlink()
    PATH.symlink_to(victim.absolute())
    move(session, SYN2="")
    assert victim.read_bytes() == before
    assert not PATH.is_symlink()
    assert taken()[0].state.content == session.state.content
    close_session(session)


@needs_links
def test_a_hard_link_that_is_taken_up_is_not_written_into(formed: Path, folder: Path) -> None:
    move(opened(formed), SYN1="")
    victim = folder / "another-journal"
    os.replace(PATH, victim)
    PATH.hardlink_to(victim)
    before = victim.read_bytes()
    again, _findings = taken()
    move(again, SYN2="")
    assert victim.read_bytes() == before
    assert len(taken()[0].steps) == 2


@needs_links
def test_a_journal_that_is_a_link_is_not_read(formed: Path, folder: Path) -> None:
    move(opened(formed), SYN1="")
    os.replace(PATH, folder / "private")
    PATH.symlink_to((folder / "private").absolute())
    told: list[object] = []
    assert offered(FOLDER, told.append) is None
    assert "link" in str(told[0])


@pytest.mark.parametrize("kind", ["emptied", "older", "zeroes", "gone", "tail"])
def test_steps_after_a_change_from_outside_are_all_there(formed: Path, kind: str) -> None:
    session = opened(formed)
    move(session, SYN1="")
    older = PATH.read_bytes()
    for n in range(2, 5):
        move(session, **{f"SYN{n}": ""})
    whole = PATH.read_bytes()
    if kind == "gone":
        PATH.unlink()
    else:
        other = {"emptied": b"", "older": older, "zeroes": bytes(len(whole))}
        PATH.write_bytes(other.get(kind, whole[:-5] + b"xxxx\n"))
    move(session, SYN6="")
    again, findings = taken()
    assert not findings
    assert len(again.steps) == 5
    assert home_of(again, "SYN-6") == ""


@needs_links
def test_a_copy_of_ours_is_no_link(formed: Path, folder: Path) -> None:
    session = opened(formed)
    move(session, SYN1="")
    (folder / "same").write_bytes(session.state.content)
    (FOLDER / "groups.mine.csv").symlink_to((folder / "same").absolute())
    assert put_aside(session, FOLDER) == FOLDER / "groups.mine-2.csv"


def test_what_was_kept_before_is_never_written_over(formed: Path) -> None:
    last = FOLDER / KEPT.format(999_999_999)
    last.write_bytes(b"kept")
    kept = []
    for n in range(3):
        PATH.write_bytes(b"%d" % n)
        kept.append(set_aside(FOLDER))
    assert [each.read_bytes() for each in kept if each] == [b"0", b"1", b"2"]
    assert last.read_bytes() == b"kept"
    assert formed.exists()


def test_a_beginning_of_others_reads_no_list_elsewhere(folder: Path) -> None:
    """The path of what groups were formed of is only that which this user's programs noted."""
    first = {
        "file": "groups.csv",
        "place": "/elsewhere",
        "rulebook": {"rules": None},
        "how": {"group_facts": None},
        "beginning": {
            "name": "../private.csv",
            "path": "/elsewhere/private.csv",
            "place": "/elsewhere",
            "how": {"group_facts": "/elsewhere/facts.csv"},
        },
    }
    told = confined(first, folder / "x-groups")["beginning"]
    assert told == {
        "name": "private.csv",
        "path": None,
        "place": str(folder),
        "how": {"group_facts": None},
    }
    assert confined(marked(first), folder / "x-groups")["beginning"] == first["beginning"]
