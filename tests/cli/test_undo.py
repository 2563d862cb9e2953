"""No command overwrites results in silence, and undo brings back what it replaced."""

from __future__ import annotations

import json
import os
import random
import shlex
import shutil
import signal
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from tests.by_day import DAYS
from tests.cli.conftest import ROSTER, Run
from tests.report.test_replacing import EVENTS, needs_fork
from vermegroup.report.folder import OWNED, edited

LATER = ROSTER + "SYN-9;Rauma;11\nSYN-10;Vaasa;3\n"
RULES = "groups: {size: 3-5}\nrules:\n- different: municipality\npreferences:\n- spread: years\n"
APART = RULES.replace("- different", "- apart: [SYN-1, SYN-2]\n- different")


def standing(folder: str) -> dict[str, bytes]:
    return {
        name: (Path(folder) / name).read_bytes() for name in OWNED if (Path(folder) / name).exists()
    }


@pytest.fixture
def formed(folder: Path, run: Run) -> Path:
    """Groups of eight people, and rosters and rules that come to others."""
    (folder / "rules.yaml").write_text(RULES)
    (folder / "apart.yaml").write_text(APART)
    (folder / "later.csv").write_text(LATER, "utf-8-sig")
    assert run("form", "roster.csv", "--rules", "rules.yaml", "-o", "out").exit_code == 0
    return folder


GROUPS = "out/groups.csv"
FOR_GOOD = ("rebalance", GROUPS, "--left", "SYN-3", "--joining", "later.csv", "-o", "out")
AT_A_MEETING = ("rebalance", GROUPS, "--absent", "SYN-1", "-o", "plan")
REPLACING = {
    "form": ("form", "later.csv", "--rules", "rules.yaml", "-o", "out"),
    "form with facts": (
        *("form", "roster.csv", "--rules", "rules.yaml"),
        *("--group-facts", "facts.csv", "-o", "out"),
    ),
    "nothing possible": ("form", "roster.csv", "--groups", "7", "-o", "out"),
    "for good": FOR_GOOD,
    "for good, merging": (*FOR_GOOD, "--policy", "merge"),
    "for good, moving": (*FOR_GOOD, "--policy", "move"),
    "for good, impossible": ("rebalance", GROUPS, "--left", "SYN-1,SYN-2,SYN-3", "-o", "plan"),
    "a meeting": AT_A_MEETING,
    "a meeting, merging": (*AT_A_MEETING, "--policy", "merge"),
    "a meeting, moving": (*AT_A_MEETING, "--policy", "move"),
    "move": ("move", GROUPS, "SYN-1=G09"),
    "move elsewhere": ("move", GROUPS, "SYN-1=G09", "-o", "plan"),
    "swap": ("move", GROUPS, "--swap", "SYN-1", "SYN-4", "-o", "out"),
    "audit": ("audit", GROUPS, "--profile", "default", "-o", "out"),
    "audit elsewhere": ("audit", GROUPS, "-o", "plan"),
    "audit of an edited grouping": ("audit", GROUPS, "-o", "out", "--force"),
    "rounds": ("rounds", "roster.csv", "-r", "2", "--rules", "rules.yaml", "-o", "out"),
}


def outside_of_earlier(folder: str) -> dict[str, bytes]:
    """Every file of a folder but those that are kept of earlier runs."""
    inside = Path(folder)
    return {
        str(path.relative_to(inside)): path.read_bytes()
        for path in inside.rglob("*")
        if path.is_file() and "earlier" not in path.relative_to(inside).parts
    }


@pytest.mark.parametrize("what", REPLACING)
def test_undo_after_each_command_brings_the_bytes_back(formed: Path, run: Run, what: str) -> None:
    target = "plan" if "plan" in REPLACING[what] else "out"
    Path("facts.csv").write_text("group;name\nG01;Foxes\n")
    first = ("form", "roster.csv", "--rules", "apart.yaml", "--group-facts", "facts.csv")
    assert run(*first, "-o", "plan").exit_code == 0
    Path(target, "notes.txt").write_bytes(b"mine")
    if "edited" in what:
        Path(GROUPS).write_text(Path(GROUPS).read_text("utf-8-sig").replace("G01", "Foxes"))
    before = outside_of_earlier(target)
    result = run(*REPLACING[what])
    assert result.exit_code in (0, 1), result.output
    after = outside_of_earlier(target)
    assert after != before
    assert f"vermegroup undo {target}" in result.stderr
    assert run("undo", target).exit_code == 0
    assert outside_of_earlier(target) == before
    (aside,) = Path(target, "earlier").iterdir()
    assert {**standing(str(aside)), "notes.txt": b"mine"} == after
    nothing = run("undo", target)
    assert (nothing.exit_code, outside_of_earlier(target)) == (2, before)
    assert "earlier results" in nothing.stderr


@pytest.mark.parametrize(
    "call",
    [
        ("compare", GROUPS, GROUPS),
        ("options", GROUPS, "SYN-1"),
        ("check", "roster.csv"),
        ("audit", GROUPS),
        (*AT_A_MEETING, "--dry-run"),
        ("init", "roster.csv"),  # rules.yaml is there
    ],
)
def test_a_command_that_saves_nothing_leaves_all_as_it_is(
    formed: Path, run: Run, call: tuple[str, ...]
) -> None:
    before = outside_of_earlier(".")
    assert run(*call).exit_code in (0, 1, 2)
    assert outside_of_earlier(".") == before
    assert not list(formed.rglob("earlier"))


def killed(call: tuple[str, ...], run: Run, seconds: float | None, step: int) -> None:
    """Run a command in a process that is killed so many seconds on, or else before a step.

    A step is what it does to a file in out/.
    """
    child = os.fork()
    if not child:  # pragma: no cover
        left = iter(range(step))

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            ours = seconds is None and event in EVENTS and "out/" in str(arguments[0])
            if ours and next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        try:
            run(*call)
        finally:
            os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def results() -> dict[str, bytes]:
    """What stands in out/, without the seconds, which differ between equal runs."""
    return {name: held for name, held in standing("out").items() if name != "timings.json"}


@needs_fork
@pytest.mark.parametrize("what", ["move", "audit"])
def test_a_kill_at_any_moment_leaves_the_results_before_or_after(
    formed: Path, run: Run, what: str
) -> None:
    shutil.copytree("out", "first")
    before, started = results(), time.monotonic()
    run(*REPLACING[what])
    lasts, after = time.monotonic() - started, results()
    chance, seen = random.Random(what), set()
    moments = [(lasts * chance.random(), 0) for _ in range(10)]
    steps = range(2 * (date.today().toordinal() % DAYS), 90, 2 * DAYS)
    for seconds, step in (*moments, *((None, step) for step in steps)):
        shutil.rmtree("out")
        shutil.copytree("first", "out")
        killed(REPLACING[what], run, seconds, step)
        assert run("audit", GROUPS).exit_code in (0, 1)  # whoever reads puts it right
        assert results() in (before, after)
        assert not edited(formed / "out")
        seen.add(results() == after)
        if results() == after:
            assert run("undo", "out").exit_code == 0
            assert results() == before
    assert seen == {True, False}


def test_a_second_plan_of_one_day_replaces_the_first(formed: Path, run: Run) -> None:
    meeting = ("rebalance", GROUPS, "--date", "1.12.2026", "--absent")
    assert run(*meeting, "SYN-1").exit_code == 0
    first = standing("out-meeting-2026-12-01")
    assert json.loads(first["report.json"])["meeting"]["date"] == "2026-12-01"
    assert run(*meeting, "SYN-2").exit_code == 0
    assert run("undo", "out-meeting-2026-12-01").exit_code == 0
    assert standing("out-meeting-2026-12-01") == first


def test_the_same_run_again_moves_nothing(formed: Path, run: Run) -> None:
    again = run("form", "roster.csv", "--rules", "rules.yaml", "-o", "out")
    assert (again.exit_code, again.stderr) == (0, "")
    assert not Path("out/earlier").exists()


def test_undo_of_an_edited_folder_wants_force(formed: Path, run: Run) -> None:
    before = standing("out")
    run(*REPLACING["form"])
    Path(GROUPS).write_bytes(b"edited")
    refused = run("undo", "out")
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert Path(GROUPS).read_bytes() == b"edited"
    assert run("undo", "out", "--force").exit_code == 0
    assert standing("out") == before


def test_undo_of_no_folder(run: Run) -> None:
    for name in ("none", "roster.csv"):
        result = run("undo", name)
        assert result.exit_code == 2
        assert "no such folder" in result.stderr


def test_what_a_kill_left_is_put_right_by_whoever_reads(formed: Path, run: Run) -> None:
    before = standing("out")
    waiting = formed / "out" / ".vermegroup-replacing"
    waiting.mkdir()
    names = list(before)
    for name in names:
        (formed / "out" / name).rename(waiting / name)
    steps = [[f".vermegroup-replacing/{name}", name] for name in names]
    (waiting / "steps.json").write_text(json.dumps({"process": 2**22 + 1, "steps": steps}))
    result = run("audit", GROUPS)
    assert result.exit_code == 0, result.output
    assert "interrupted" in result.stderr
    assert standing("out") == before


def test_groups_that_part_people_say_so_with_the_call_that_does_not(formed: Path, run: Run) -> None:
    Path("later roster.csv").write_text(LATER.replace("SYN-1;Turku;1\n", ""), "utf-8-sig")
    record = json.loads(standing("out")["report.json"])
    pair = next(group["members"] for group in record["groups"] if "SYN-1" not in group["members"])
    Path("apart.yaml").write_text(APART.replace("SYN-1, SYN-2", ", ".join(pair[:2])))
    result = run("form", "later roster.csv", "--rules", "apart.yaml", "-o", "out", "-q")
    assert result.exit_code == 0, result.output
    assert "warning: out/groups.csv: The new groups part" in result.stderr
    told = result.stderr.split("only what it must: ")[1].splitlines()[0]
    words = shlex.split(told)
    assert words[words.index("--joining") + 1] == "later roster.csv"
    assert words[words.index("--left") + 1] == "SYN-1"
    assert Path(words[2]).is_file()
    words[words.index("--rules") + 1] = "rules.yaml"
    kept = run(*words[1:], "-o", "kept")
    assert kept.exit_code == 0, kept.output
    assert json.loads(Path("kept/report.json").read_bytes())["bonds"]["broken"] == 0


def test_groups_of_others_part_nobody(formed: Path, run: Run) -> None:
    others = ROSTER.replace("SYN-", "OTHER-")
    Path("others.csv").write_text(others, "utf-8-sig")
    result = run("form", "others.csv", "--rules", "rules.yaml", "-o", "out")
    assert result.exit_code == 0, result.output
    assert "part" not in result.stderr.split("kept in")[0]


def test_with_pseudonyms_nobody_is_named(
    formed: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", "k" * 32)
    options = ("--rules", "apart.yaml", "-o", "out", "--pseudonymise")
    result = run("form", "later.csv", *options)
    assert result.exit_code == 0, result.output
    assert "SYN-" not in result.stderr
    assert "--left" not in result.stderr
    assert "There may be names in them" in result.stderr


MEETING = ("rebalance", GROUPS, "--absent", "SYN-1")


def inputs(folder: str) -> list[str]:
    record = json.loads((Path(folder) / "report.json").read_bytes())
    return [each["path"] for each in record["provenance"]["inputs"]]


def test_earlier_meetings_are_found_beside(formed: Path, run: Run) -> None:
    for day in ("2026-10-06", "2026-11-03", "2026-12-08"):
        assert run(*MEETING, "--date", day, "-q").exit_code == 0
    result = run(*MEETING, "--date", "2026-12-01")
    assert result.exit_code == 0
    assert "The plans of 2 earlier meetings were read" in result.output
    read = [path for path in inputs("out-meeting-2026-12-01") if "meeting" in path]
    assert read == [f"out-meeting-{day}/groups.csv" for day in ("2026-10-06", "2026-11-03")]
    elsewhere = ("-o", "m/out-meeting-2026-12-02")
    assert run(*MEETING, "--date", "2026-12-02", *elsewhere, "-q").exit_code == 0
    assert len([path for path in inputs(elsewhere[1]) if "meeting" in path]) == 3
    named = ("--history", "out-meeting-2026-10-06/groups.csv", "-o", "named")
    assert run(*MEETING, "--date", "2026-12-03", *named, "-q").exit_code == 0
    read = [path for path in inputs("named") if path.endswith("groups.csv")]
    assert read == [GROUPS, "out-meeting-2026-10-06/groups.csv"]


@pytest.mark.parametrize("content", ["id;ryhmä\nX-1;G01\nX-2;G01\n", "", "nothing\n"])
def test_a_meeting_of_others_is_passed_over(formed: Path, run: Run, content: str) -> None:
    other = formed / "out-meeting-2026-11-03"
    other.mkdir()
    (other / "groups.csv").write_text(content)
    result = run(*MEETING, "--date", "2026-12-01")
    assert result.exit_code == 0, result.output
    report = json.loads(Path("out-meeting-2026-12-01/report.json").read_text("utf-8"))
    assert any("passed over" in each["message"] for each in report["findings"])


@pytest.mark.parametrize("date", ["2026-13-01", "31.2.2026", "tomorrow", "1.12.26"])
def test_what_is_no_date_is_refused(formed: Path, run: Run, date: str) -> None:
    result = run(*MEETING, "--date", date)
    assert result.exit_code == 2
    assert date in result.stderr


def test_a_date_without_a_meeting_is_refused(formed: Path, run: Run) -> None:
    result = run("rebalance", GROUPS, "--left", "SYN-1", "--date", "1.12.2026")
    assert result.exit_code == 2
    assert "--absent" in result.stderr
