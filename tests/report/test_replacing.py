"""Results are replaced whole or not at all, kept in earlier/, and come back byte for byte."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from vermegroup.domain.findings import OutputError
from vermegroup.report import replacing
from vermegroup.report.folder import OWNED, refuse_unwritable, sha256
from vermegroup.report.replacing import settle, undo, write_folder

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is forked and killed")


def files(text: str, *more: str) -> dict[str, bytes]:
    """What a run writes; runs differ in which files there are, too."""
    found = {name: f"{name} {text}".encode() for name in ("groups.csv", "report.html", *more)}
    outputs = {name: sha256(content) for name, content in found.items()}
    found["report.json"] = json.dumps({"t": text, "provenance": {"outputs": outputs}}).encode()
    return found


OLD, NEW = files("old", "moves.csv"), files("new", "groups.partial.csv")


def standing(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in OWNED if (folder / name).exists()}


def kept(folder: Path) -> list[Path]:
    earlier = folder / "earlier"
    return sorted(earlier.iterdir()) if earlier.exists() else []


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_what_a_run_replaces_is_kept_under_the_time(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", OLD)
    replaced = write_folder(tmp_path / "out", NEW)
    assert [path.name for path in replaced.written] == list(NEW)
    assert standing(tmp_path / "out") == NEW
    assert replaced.earlier is not None
    assert kept(tmp_path / "out") == [replaced.earlier]
    assert standing(replaced.earlier) == OLD
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d{6}", replaced.earlier.name)


def test_it_is_renamed_and_not_copied(tmp_path: Path) -> None:
    write_folder(tmp_path, OLD)
    before = os.stat(tmp_path / "groups.csv").st_ino
    earlier = write_folder(tmp_path, NEW).earlier
    assert earlier is not None
    assert os.stat(earlier / "groups.csv").st_ino == before


def test_the_same_bytes_move_nothing(tmp_path: Path) -> None:
    write_folder(tmp_path, OLD)
    before = os.stat(tmp_path / "groups.csv").st_ino
    assert write_folder(tmp_path, OLD).earlier is None
    assert os.stat(tmp_path / "groups.csv").st_ino == before
    assert everything(tmp_path) == sorted(OLD)


@pytest.mark.parametrize("name", ["groups.csv", "report.html", "moves.csv"])
def test_an_edited_file_is_refused_and_kept_where_it_is_forced(tmp_path: Path, name: str) -> None:
    write_folder(tmp_path, OLD)
    (tmp_path / name).write_bytes(b"edited")
    edited = standing(tmp_path)
    with pytest.raises(OutputError) as refused:
        write_folder(tmp_path, NEW)
    assert [finding.file for finding in refused.value.findings] == [str(tmp_path / name)]
    assert standing(tmp_path) == edited
    earlier = write_folder(tmp_path, NEW, force=True).earlier
    assert earlier is not None
    assert standing(earlier) == edited


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"mine")
    write_folder(tmp_path, OLD)
    write_folder(tmp_path, NEW)
    undo(tmp_path)
    assert (tmp_path / "notes.txt").read_bytes() == b"mine"


@pytest.mark.parametrize(("keep", "stay"), [(0, 0), (1, 1), (3, 3), (20, 5)])
def test_the_newest_stay(tmp_path: Path, keep: int, stay: int) -> None:
    for number in range(6):
        write_folder(tmp_path, files(str(number)), keep=keep)
    stamps = sorted(kept(tmp_path), key=lambda path: standing(path)["groups.csv"])
    assert [standing(path) for path in stamps] == [files(str(n)) for n in range(5 - stay, 5)]
    assert standing(tmp_path) == files("5")


def test_in_one_second_or_with_the_clock_put_back_the_order_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock:
        hours = iter([12, 12, 12, 11, 11, 10, *[9] * 30])

        @classmethod
        def now(cls) -> object:
            from datetime import datetime

            return datetime(2026, 10, 25, next(cls.hours))

    monkeypatch.setattr(replacing, "datetime", Clock)
    for number in range(14):
        write_folder(tmp_path, files(str(number)))
    for number in reversed(range(13)):
        undo(tmp_path)
        assert standing(tmp_path) == files(str(number))
    with pytest.raises(OutputError, match="undone"):
        undo(tmp_path)


def test_undo_brings_back_and_loses_nothing(tmp_path: Path) -> None:
    for each in (OLD, NEW, files("newest")):
        write_folder(tmp_path, each)
    found = undo(tmp_path)
    assert standing(tmp_path) == NEW
    assert sorted(path.name for path in found.files) == sorted(NEW)
    assert found.aside is not None
    assert found.aside.name.endswith("-undone")
    assert standing(found.aside) == files("newest")
    undo(tmp_path)
    assert standing(tmp_path) == OLD
    with pytest.raises(OutputError):  # what was undone does not come back by itself
        undo(tmp_path)
    assert standing(tmp_path) == OLD
    assert len(kept(tmp_path)) == 2
    write_folder(tmp_path, files("again"))
    undo(tmp_path)
    assert standing(tmp_path) == OLD


def test_undo_refuses_where_a_file_was_edited(tmp_path: Path) -> None:
    write_folder(tmp_path, OLD)
    write_folder(tmp_path, NEW)
    (tmp_path / "groups.csv").write_bytes(b"edited")
    before = everything(tmp_path)
    with pytest.raises(OutputError, match="changed"):
        undo(tmp_path)
    assert everything(tmp_path) == before
    aside = undo(tmp_path, force=True).aside
    assert aside is not None
    assert (aside / "groups.csv").read_bytes() == b"edited"
    assert standing(tmp_path) == OLD


def test_undo_where_there_is_nothing_to_undo(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such folder"):
        undo(tmp_path / "none")
    with pytest.raises(OutputError, match="undone"):
        undo(tmp_path)
    (tmp_path / "earlier" / "notes").mkdir(parents=True)
    (tmp_path / "earlier" / "2026-12-01T150203").mkdir()
    with pytest.raises(OutputError, match="undone"):
        undo(tmp_path)


def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    for folder in (tmp_path / "out", tmp_path / "out" / "below"):
        with pytest.raises(OutputError):
            write_folder(folder, NEW, force=True)
    assert (tmp_path / "out").read_bytes() == b"mine"
    write_folder(tmp_path / "in", OLD)
    (tmp_path / "in" / "earlier").write_bytes(b"mine")
    with pytest.raises(OutputError):
        refuse_unwritable(tmp_path / "in")
    with pytest.raises(OutputError):
        write_folder(tmp_path / "in", NEW)
    assert standing(tmp_path / "in") == OLD


Change = Callable[[Path], object]
CHANGES: dict[str, Change] = {
    "write": lambda folder: write_folder(folder, NEW),
    "undo": undo,
}
AFTER = {"write": NEW, "undo": files("first")}
EVENTS = frozenset(("os.rename", "os.mkdir", "os.remove", "os.rmdir", "open"))


def played(folder: Path) -> None:
    """A folder with results, and with others before them."""
    write_folder(folder, files("first"))
    write_folder(folder, OLD)


def killed_at(step: int, change: Change, folder: Path) -> bool:
    """Make a change in a process that is killed before its n-th step; whether there was one."""
    child = os.fork()
    if not child:  # pragma: no cover
        left = iter(range(step))

        def hook(event: str, _arguments: object) -> None:
            if event in EVENTS and next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        try:
            change(folder)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def whole_somewhere(folder: Path, results: dict[str, bytes]) -> bool:
    """Whether every file is in its place, or on its way to it."""
    return all(
        any(path.read_bytes() == content for path in folder.rglob(name))
        for name, content in results.items()
    )


@needs_fork
@pytest.mark.parametrize("what", CHANGES)
def test_a_kill_at_any_step_leaves_the_old_or_the_new(tmp_path: Path, what: str) -> None:
    outcomes = set()
    for step in range(1000):
        folder = tmp_path / str(step)
        played(folder)
        if not killed_at(step, CHANGES[what], folder):
            break
        assert whole_somewhere(folder, OLD) or whole_somewhere(folder, AFTER[what])
        settle(folder)
        assert standing(folder) in (OLD, AFTER[what])
        outcomes.add(standing(folder) == OLD)
        assert whole_somewhere(folder, OLD)
        assert whole_somewhere(folder, files("first"))
        write_folder(folder, files("next"))
        assert standing(folder) == files("next")
        assert not [name for name in everything(folder) if ".vermegroup" in name]
        undo(folder)
        assert standing(folder) in (OLD, AFTER[what])
    assert step > 20
    assert outcomes == {True, False}


@needs_fork
def test_a_kill_while_an_interruption_is_put_right_is_put_right(tmp_path: Path) -> None:
    killed, today = 0, date.today().toordinal() % 2  # every other step a day
    for first in range(20 + today, 34, 2):
        for second in range(40):
            folder = tmp_path / f"{first}-{second}"
            played(folder)
            assert killed_at(first, CHANGES["write"], folder)
            if not killed_at(second, settle, folder):
                break
            killed += 1
            settle(folder)
            assert standing(folder) in (OLD, NEW)
            assert whole_somewhere(folder, OLD)
    assert killed > 25


@needs_fork
def test_undo_after_a_kill_goes_back_once(tmp_path: Path) -> None:
    for step in range(1000):
        folder = tmp_path / str(step)
        played(folder)
        if not killed_at(step, CHANGES["undo"], folder):
            break
        begun = (folder / ".vermegroup-replacing").exists()
        if standing(folder) == AFTER["undo"] and not begun:  # it was done, but for clearing up
            continue
        assert undo(folder).completed == begun
        assert standing(folder) == AFTER["undo"]


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("function", ["rename", "mkdir", "rmdir", "unlink"])
@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_fault_at_any_step_leaves_the_old_or_the_new(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    function: str,
    fault: BaseException,
) -> None:
    real = getattr(os, function)
    for step in range(100):
        folder, left = tmp_path / str(step), [None] * step
        played(folder)

        def failing(*arguments: object, left: list[None] = left, **options: object) -> object:
            if not left:
                left += [None] * 1000
                raise fault
            left.pop()
            return real(*arguments, **options)

        with monkeypatch.context() as patched, suppress(OutputError, KeyboardInterrupt):
            patched.setattr(os, function, failing)
            CHANGES[what](folder)
        settle(folder)
        assert standing(folder) in (OLD, AFTER[what])
        assert whole_somewhere(folder, OLD)
        if 0 < len(left) < 100:
            break
    else:
        pytest.fail("it never ended")


@pytest.mark.parametrize("name", OWNED[:1])
def test_a_file_that_another_program_holds_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    played(tmp_path)
    before, real = everything(tmp_path), os.rename

    def failing(source: Path, target: Path) -> None:
        if Path(source) == tmp_path / "report.html":
            raise PermissionError(13, "The file is open in another program")
        real(source, target)

    monkeypatch.setattr(os, "rename", failing)
    for change in CHANGES.values():
        with pytest.raises(OutputError):
            change(tmp_path)
        assert everything(tmp_path) == before
        assert standing(tmp_path) == OLD


def test_a_new_folder_that_cannot_be_filled_is_not_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", failing)
    with pytest.raises(OutputError):
        write_folder(tmp_path / "out", NEW)
    assert not (tmp_path / "out").exists()


@needs_fork
def test_a_file_that_came_in_between_is_kept(tmp_path: Path) -> None:
    for step in range(100):
        folder = tmp_path / str(step)
        played(folder)
        if not killed_at(step, CHANGES["write"], folder):
            break
        if not (folder / ".vermegroup-replacing").exists() or (folder / "groups.csv").exists():
            continue
        (folder / "groups.csv").write_bytes(b"mine")
        settle(folder)
        assert standing(folder) == NEW
        assert whole_somewhere(folder, {"groups.csv": b"mine"})
        assert whole_somewhere(folder, OLD)


@pytest.mark.parametrize(
    "steps",
    [
        b"",
        b"{}",
        b'{"process": 1, "steps": [["groups.csv", "../groups.csv"]]}',
        b'{"process": 1, "steps": [["/etc/passwd", "groups.csv"]]}',
        b'{"process": 1, "steps": [["earlier/../../groups.csv", "groups.csv"]]}',
        b'{"process": 1, "steps": [["notes.txt", "groups.csv"]]}',
        b'{"process": 1, "steps": 3}',
    ],
)
def test_steps_that_lead_elsewhere_are_not_taken(tmp_path: Path, steps: bytes) -> None:
    folder = tmp_path / "out"
    write_folder(folder, OLD)
    (folder / ".vermegroup-replacing").mkdir()
    (folder / ".vermegroup-replacing" / "steps.json").write_bytes(steps)
    with pytest.raises(OutputError):
        settle(folder)
    assert standing(folder) == OLD


@pytest.mark.skipif(os.name == "nt", reason="whether another process runs cannot be asked")
def test_a_replacement_that_another_run_is_at_is_left_to_it(tmp_path: Path) -> None:
    write_folder(tmp_path, OLD)
    waiting = tmp_path / ".vermegroup-replacing"
    waiting.mkdir()
    (waiting / "groups.csv").write_bytes(b"new")
    steps = [[".vermegroup-replacing/groups.csv", "groups.csv"]]
    record = json.dumps({"process": os.getppid(), "steps": steps})
    (waiting / "steps.json").write_text(record)
    with pytest.raises(OutputError, match="Another run"):
        settle(tmp_path)
    long_ago = time.time() - 3600  # then the number is another process's by now
    os.utime(waiting, (long_ago, long_ago))
    assert settle(tmp_path) == ""
    assert (tmp_path / "groups.csv").read_bytes() == b"new"


LOOP = """
import sys
from pathlib import Path
from tests.report.test_replacing import NEW, OLD
from vermegroup.report.replacing import undo, write_folder
folder = Path(sys.argv[1])
print("ready", flush=True)
while True:
    write_folder(folder, OLD, keep=3)
    write_folder(folder, NEW, keep=3)
    undo(folder)
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_kill_at_a_random_moment_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    chance = random.Random(16)
    for run in range(12):
        folder = tmp_path / str(run % 3)
        settle(folder)
        command = [sys.executable, "-c", LOOP, str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(0.01 + chance.random() / 10)
            process.kill()
        settle(folder)
        assert standing(folder) in ({}, OLD, NEW)
        for each in kept(folder):
            assert standing(each) in (OLD, NEW)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("link", ["earlier", ".vermegroup-replacing", "earlier/2020-01-01T000000"])
def test_no_link_in_a_folder_of_others_leads_earlier_results_away(
    tmp_path: Path, link: str
) -> None:
    victim = tmp_path / "victim"
    for number in range(25):
        write_folder(victim, files(str(number)))
    before = everything(victim)
    write_folder(tmp_path / "out", OLD)
    (tmp_path / "out" / link).parent.mkdir(exist_ok=True)
    target = {"earlier": victim / "earlier", "earlier/2020-01-01T000000": kept(victim)[0]}
    (tmp_path / "out" / link).symlink_to(target.get(link, victim))
    with suppress(OutputError):
        write_folder(tmp_path / "out", NEW, keep=1)
        write_folder(tmp_path / "out", OLD, keep=1)
        undo(tmp_path / "out")
    assert everything(victim) == before
    assert standing(tmp_path / "out") in (OLD, NEW)
