"""What is saved is what the command line gives for the same, comes out again, and loses nothing."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.edit.session.conftest import Run, home_of, move, opened, somebody_in, swap
from vermegroup.app.audit import judge_groups
from vermegroup.app.form import form_groups
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.lineage import lineage_of
from vermegroup.app.privacy.how import How
from vermegroup.domain.findings import Finding, OutputError
from vermegroup.edit.session.opening import formed_session, open_session
from vermegroup.edit.session.proposals import Asked, proposed
from vermegroup.edit.session.saving import save_session
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.state import Source
from vermegroup.edit.session.steps import (
    Step,
    forming,
    meeting_without,
    moving,
    pinning,
    rebalancing,
    repairing,
)
from vermegroup.solver.search import SILENT, Limits

FOLDER = Path("roster-groups")
EFFORT = 60.0
SPLIT = "split_by: side\ngroups: {size: 2-4}\nrules: [different: municipality, place_everyone]\n"
LOOSE = """\
groups: {size: 3-5}
rules: [different: municipality]
preferences: [place_everyone, even_sizes]
"""
SEVERAL = """\
in_groups: {role: mentor, at_most: 2}
groups: {size: 3-5}
rules:
  - include: {role: mentor, at_least: 1}
  - place_everyone
"""


def accepted(session: Session, step: Step, *, stopped: bool = False) -> None:
    limits = Limits(effort=EFFORT)
    if stopped:
        limits.stop.set()
    session.accept(proposed(Asked(step, session.state, session.source, limits, SILENT, "en")))


def saved(session: Session, folder: Path = FOLDER) -> None:
    save_session(session, folder, "en")
    assert (folder / "groups.csv").read_bytes() == session.state.content
    assert not session.unsaved
    answer = judge_groups(str(folder / "groups.csv"), RulebookChoice())
    assert answer.outcome.audit is not None
    valid = json.loads((folder / "report.json").read_text("utf-8"))["verdict"] == "formed"
    assert answer.outcome.audit.valid == valid


def same_again(run: Run, folder: Path = FOLDER) -> None:
    told = json.loads(run("verify", str(folder), "--format", "json").stdout)
    assert told["differences"] == []


def files_in(folder: Path, *names: str) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names}


def workbook(folder: Path) -> Path:
    """Groups in the second sheet of a workbook, under a title."""
    book = Workbook()
    sheet = book.create_sheet("Kevät")
    sheet.append(["Ryhmät 2026"])
    for line in (folder / "roster-groups/groups.csv").read_text("utf-8-sig").splitlines():
        sheet.append(line.split(";"))
    book.save(folder / "hand.xlsx")
    return Path("hand.xlsx")


@pytest.mark.parametrize("kind", ["in place", "by rules", "workbook", "split", "with a queue"])
def test_moves_are_saved_as_the_command_line_saves_them(
    run: Run, formed: Path, folder: Path, kind: str
) -> None:
    rules = {"by rules": LOOSE, "split": SPLIT, "with a queue": LOOSE}.get(kind)
    options, choice, how, path, into = [], {}, How(), formed, FOLDER
    if rules is not None:
        Path("rules.yaml").write_text(rules)
        if kind == "split":
            run("form", "roster.csv", "--rules", "rules.yaml", "-q", "--force")
        options, choice = ["--rules", "rules.yaml"], {"rules": Path("rules.yaml")}
    if kind == "workbook":
        path, how, into = workbook(folder), How(sheet="Kevät"), Path("hand-groups")
        options = ["--sheet", "Kevät"]
    before = path.read_bytes()
    session = opened(path, how, **choice)
    one, other = (somebody_in(session, group) for group in session.state.grouping.names[:2])
    third = somebody_in(session, session.state.grouping.names[0], [one])
    target = "" if kind == "with a queue" else "G09"
    moves = [(third, home_of(session, third), target)]
    swap(session, one, other)
    session.take(moving(moves))
    saved(session, into)
    same_again(run, into)
    elsewhere = folder / "cli" / path
    elsewhere.parent.mkdir(parents=True)
    elsewhere.write_bytes(before)
    call = ["--swap", one, other, f"{third}={target or '-'}", *options]
    run("move", str(elsewhere), *call, "-o", "cli/out", "-q")
    assert files_in(into, "groups.csv", "moves.csv") == files_in(
        Path("cli/out"), "groups.csv", "moves.csv"
    )


def test_people_in_several_groups_are_moved_as_on_the_command_line(run: Run, folder: Path) -> None:
    rows = [f"P{n};{'mentor' if n < 3 else 'mentee'}" for n in range(16)]
    Path("several.csv").write_text("\n".join(["id;role", *rows]) + "\n")
    Path("several.yaml").write_text(SEVERAL)
    run("form", "several.csv", "--rules", "several.yaml", "-q")
    shutil.copytree("several-groups", "cli")
    session = opened("several-groups/groups.csv")
    groups = session.state.groups_by_id()
    mentor = next(id_ for id_ in groups if len(groups[id_] - {""}) == 2)
    origin = min(groups[mentor] - {""})
    target = next(n for n in session.state.grouping.names if n not in groups[mentor])
    session.take(moving([(mentor, origin, target)]))
    saved(session, Path("several-groups"))
    same_again(run, Path("several-groups"))
    run("move", "cli/groups.csv", f"{mentor}@{origin}={target}", "-q")
    names = ("groups.csv", "moves.csv")
    assert files_in(Path("several-groups"), *names) == files_in(Path("cli"), *names)


def test_who_left_and_joins_is_rebalanced_as_on_the_command_line(run: Run, formed: Path) -> None:
    shutil.copytree(FOLDER, "cli")
    new = "id;name;municipality;years;side\nSYN-17;Uusi;Rauma;3;a\n"
    Path("new.csv").write_text(new)
    session = opened(formed)
    accepted(session, rebalancing(["SYN-3"], new))
    saved(session)
    same_again(run)
    told = {line.split(";")[0] for line in (FOLDER / "moves.csv").read_text().splitlines()[1:]}
    assert {"SYN-3", "SYN-17"} <= told
    call = ("--left", "SYN-3", "--joining", "new.csv", "--effort", str(EFFORT))
    run("rebalance", "cli/groups.csv", *call, "-o", "out", "-q")
    assert files_in(FOLDER, "groups.csv") == files_in(Path("out"), "groups.csv")


@pytest.mark.parametrize("pinned", [1, 3])
def test_forming_around_people_is_forming_with_a_rule_that_settles_them(
    run: Run, formed: Path, pinned: int
) -> None:
    session = opened(formed)
    ids = [f"SYN-{n}" for n in (2, 7, 11)][:pinned]
    session.take(pinning(ids, [], pinned=True))
    accepted(session, forming())
    saved(session)
    same_again(run)
    pins = ", ".join(f"{id_}: {home_of(session, id_)}" for id_ in ids)
    book = run("profiles", "default").stdout
    Path("pins.yaml").write_text(book.replace("rules:\n", f"rules:\n  - pin: {{{pins}}}\n", 1))
    run("form", "roster.csv", "--rules", "pins.yaml", "--effort", str(EFFORT), "-o", "out", "-q")
    assert files_in(FOLDER, "groups.csv") == files_in(Path("out"), "groups.csv")


def test_the_plan_of_a_meeting_is_that_of_the_command_line(run: Run, formed: Path) -> None:
    session = opened(formed)
    accepted(session, meeting_without(["SYN-3"], "2026-12-01"))
    assert session.unsaved
    before = files_in(FOLDER, "groups.csv", "report.json")
    written = save_session(session, FOLDER, "en")
    plan = Path("roster-meeting-2026-12-01")
    assert {path.parent for path in written} == {plan}
    assert files_in(FOLDER, "groups.csv", "report.json") == before
    assert not session.unsaved
    same_again(run, plan)
    call = ("--absent", "SYN-3", "--date", "2026-12-01", "--effort", str(EFFORT))
    run("rebalance", str(formed), *call, "-o", "cli", "-q")
    names = ("groups.csv", "moves.csv")
    assert files_in(plan, *names) == files_in(Path("cli"), *names)
    session.undo()
    told: list[Finding] = []
    save_session(session, FOLDER, "en", tell=told.append)
    assert ["stays" in str(finding) for finding in told] == [True]
    assert (plan / "groups.csv").exists()


def test_a_plan_that_cannot_be_written_leaves_the_groups_saved(formed: Path) -> None:
    session = opened(formed)
    swap(session, somebody_in(session, "G01"), somebody_in(session, "G02"))
    accepted(session, meeting_without(["SYN-3"], "2026-12-01"))
    plan = Path("roster-meeting-2026-12-01")
    plan.write_text("a file where the folder would be")
    with pytest.raises(OutputError):
        save_session(session, FOLDER, "en")
    assert session.unsaved
    plan.unlink()
    saved(session)
    assert (plan / "groups.csv").exists()


def test_every_save_leads_from_a_file_to_the_next_and_back(run: Run, formed: Path) -> None:
    session = opened(formed)
    contents = [session.state.content]
    a, b = somebody_in(session, "G01"), somebody_in(session, "G02")
    swap(session, a, b)
    session.take(pinning([a], ["G03"], pinned=True))
    saved(session)
    contents.append(session.state.content)
    same_again(run)
    accepted(session, forming())
    saved(session)
    contents.append(session.state.content)
    same_again(run)
    session.go(1)
    c = somebody_in(session, "G01", [a, b])
    move(session, **{c.replace("-", ""): ""})  # another branch, from before the last save
    saved(session)
    contents.append(session.state.content)
    same_again(run)
    record = json.loads((FOLDER / "report.json").read_text("utf-8"))
    assert [each["role"] for each in record["provenance"]["inputs"]].count("before") == 1
    accepted(session, repairing())
    saved(session)
    contents.append(session.state.content)
    same_again(run)
    session.go(0)
    saved(session)
    same_again(run)
    assert formed.read_bytes() == contents[0]
    kept = {path.read_bytes() for path in FOLDER.glob("earlier/*/groups.csv")}
    assert kept == set(contents)
    reasons = (FOLDER / "moves.csv").read_text().splitlines()[1:]
    assert all(line.endswith("Back where they were before") for line in reasons)


def test_nothing_is_written_where_the_files_hold_it_all(formed: Path) -> None:
    session = opened(formed)
    before = sorted(FOLDER.rglob("*"))
    assert save_session(session, FOLDER, "en") == {}
    session.take(pinning(["SYN-1"], [], pinned=True))
    assert save_session(session, FOLDER, "en") == {}
    assert sorted(path for path in FOLDER.rglob("*") if not path.name.startswith(".")) == before


def test_a_path_is_recorded_as_it_was_told(run: Run, formed: Path) -> None:
    session = opened(formed)
    for _ in range(2):
        swap(session, somebody_in(session, "G01"), somebody_in(session, "G02"))
        saved(session, FOLDER.absolute())
    record = json.loads((FOLDER / "report.json").read_text("utf-8"))
    assert record["provenance"]["call"]["arguments"]["groups"] == str(formed)
    same_again(run)


def test_a_search_that_was_stopped_is_not_called_repeatable(formed: Path) -> None:
    session = opened(formed)
    session.take(pinning(["SYN-1"], [], pinned=True))
    accepted(session, repairing(), stopped=True)
    move(session, SYN1="G09")
    saved(session)
    provenance = json.loads((FOLDER / "report.json").read_text("utf-8"))["provenance"]
    assert provenance["deterministic"] is False
    steps = provenance["call"]["arguments"]["steps"]
    assert steps[1]["arguments"] == {"seed": 1, "effort": EFFORT, "stopped": True}


FACTS = "group;name;leader\nG01;Revontulet;Nimi 1\nG02;Kaamos;\n"


def test_what_is_told_of_groups_stays_told(run: Run, formed: Path) -> None:
    (FOLDER / "group-facts.csv").write_text(FACTS)
    run("audit", str(formed), "-o", str(FOLDER), "--force", "-q")
    session = opened(formed)
    for id_ in [id_ for id_, of in session.state.groups_by_id().items() if "G02" in of]:
        move(session, **{id_.replace("-", ""): "G09"})
    (FOLDER / "group-facts.csv").write_text(FACTS.replace("Revontulet", "Revontuli"))  # meanwhile
    told: list[Finding] = []
    save_session(session, FOLDER, "en", tell=told.append)
    kept = (FOLDER / "group-facts.csv").read_text("utf-8-sig")
    assert "Revontuli" in kept
    assert "Kaamos" not in kept
    report = (FOLDER / "report.json").read_text("utf-8")
    assert "Kaamos" in report  # that it is left out is told
    same_again(run)


def test_calendars_know_the_groups_again_after_an_edit(run: Run, formed: Path) -> None:
    def uids() -> set[str]:
        call = ("--to", "calendar", "--first", "2026-12-01", "--time", "14:00", "--force")
        run("export", str(formed), *call, "-o", "out", "-q")
        texts = [path.read_text("utf-8") for path in Path("out").rglob("*.ics")]
        return {line for text in texts for line in text.splitlines() if line.startswith("UID")}

    first = uids()
    assert first
    session = opened(formed)
    swap(session, somebody_in(session, "G01"), somebody_in(session, "G02"))
    saved(session)
    assert uids() == first
    other = opened(formed)
    swap(other, somebody_in(other, "G01"), somebody_in(other, "G02"))
    saved(other, Path("elsewhere"))
    assert lineage_of("elsewhere/groups.csv").name == lineage_of(str(formed)).name


def begun(folder: Path) -> Session:
    answer = form_groups("roster.csv", RulebookChoice(), Limits(effort=EFFORT))
    return formed_session(answer, FOLDER, "en")


def test_what_was_formed_is_saved_as_form_saves_it(run: Run, folder: Path) -> None:
    session = begun(folder)
    assert session.unsaved
    assert not (FOLDER / "groups.csv").exists()
    saved(session)
    run("form", "roster.csv", "--effort", str(EFFORT), "-o", "cli", "-q")
    names = ("groups.csv", "report.json", "report.html")
    assert files_in(FOLDER, *names) == files_in(Path("cli"), *names)
    same_again(run)


def test_edits_are_saved_on_top_of_what_was_formed(run: Run, folder: Path) -> None:
    session = begun(folder)
    swap(session, somebody_in(session, "G01"), somebody_in(session, "G02"))
    accepted(session, rebalancing(["SYN-16"]))
    saved(session)
    same_again(run)
    (earlier,) = (FOLDER / "earlier").iterdir()
    run("form", "roster.csv", "--effort", str(EFFORT), "-o", "cli", "-q")
    names = ("groups.csv", "report.json")
    assert files_in(earlier, *names) == files_in(Path("cli"), *names)
    session.go(0)
    saved(session)
    same_again(run)
    assert files_in(FOLDER, "groups.csv") == files_in(Path("cli"), "groups.csv")


@pytest.mark.parametrize("fault", ["a file in the way", "a full disk"])
def test_a_refusal_leaves_all_as_it_was(
    formed: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    session = opened(formed)
    swap(session, somebody_in(session, "G01"), somebody_in(session, "G02"))
    before, version = files_in(FOLDER, "groups.csv", "report.json"), session.version

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if fault == "a file in the way":
        (FOLDER / "earlier").write_text("in the way")
    with monkeypatch.context() as patched:
        if fault == "a full disk":
            patched.setattr("pathlib.Path.write_bytes", full)
        with pytest.raises(OutputError):
            save_session(session, FOLDER, "en")
    assert files_in(FOLDER, "groups.csv", "report.json") == before
    assert session.unsaved
    assert session.version == version


def test_the_rulebook_stays_though_its_file_goes(run: Run, folder: Path) -> None:
    Path("rules.yaml").write_text(LOOSE)
    run("form", "roster.csv", "--rules", "rules.yaml", "-q")
    session = opened(FOLDER / "groups.csv")
    (FOLDER / "report.json").unlink()
    Path("rules.yaml").unlink()
    accepted(session, forming())
    move(session, SYN1="")
    saved(session)
    record = json.loads((FOLDER / "report.json").read_text("utf-8"))
    assert record["provenance"]["rulebook"]["rules"] == [{"different": "municipality"}]


def test_no_row_is_lost_whoever_is_set_aside(run: Run, folder: Path) -> None:
    text = (folder / "roster.csv").read_text()
    rows = text.splitlines()
    Path("rows.csv").write_text(text + f"{rows[3]}\n\nSYN-20;;;;\n")
    run("form", "rows.csv", "-q")
    groups = Path("rows-groups/groups.csv")
    before = [line.rsplit(";", 1)[0] for line in groups.read_text("utf-8-sig").splitlines()]
    session = opened(groups)
    swap(session, somebody_in(session, "G01"), somebody_in(session, "G02"))
    accepted(session, forming())
    saved(session, Path("rows-groups"))
    after = [line.rsplit(";", 1)[0] for line in groups.read_text("utf-8-sig").splitlines()]
    assert after == before


def test_a_folder_elsewhere_begins_with_the_file_that_was_opened(run: Run, formed: Path) -> None:
    source = Source(str(formed), RulebookChoice(), How())
    session = open_session(source, Path("new"))
    move(session, SYN1="G09")
    saved(session, Path("new"))
    same_again(run, Path("new"))
    move(session, SYN2="G09")
    saved(session, Path("new"))
    same_again(run, Path("new"))
    same_again(run)  # what was opened is as it was
