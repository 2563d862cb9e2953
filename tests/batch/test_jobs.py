"""The file of jobs: what it means, and what is at fault in it, with lines."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from vermegroup.batch.batch import Batch, in_order
from vermegroup.batch.jobs import Job, chosen, read_jobs
from vermegroup.batch.key import Keys
from vermegroup.batch.ledger import Entry
from vermegroup.batch.summary import write_summary
from vermegroup.batch.task import Task
from vermegroup.batch.work import done
from vermegroup.domain.findings import InputError
from vermegroup.sampling import sample


def jobs_in(folder: Path, text: str) -> tuple[Job, ...]:
    (folder / "jobs.yaml").write_text(text, "utf-8")
    return read_jobs(folder / "jobs.yaml", folder / "out", "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name in ("b.csv", "a.csv", "~$c.csv", "d.xlsx"):
        (tmp_path / "in" / name).write_text("id\n1\n", "utf-8")
    (tmp_path / "rules.yaml").write_text("rules: [place_everyone]\n", "utf-8")
    return tmp_path


def test_a_pattern_is_a_job_for_each_file_in_order(folder: Path) -> None:
    defaults = "defaults:\n  rules: rules.yaml\n  effort: 2,5\n"
    jobs = jobs_in(folder, defaults + 'jobs: [{roster: "in/*.csv"}]')
    assert [job.name for job in jobs] == ["a", "b"]
    assert {job.rules for job in jobs} == {str(folder / "rules.yaml")}
    assert {job.effort for job in jobs} == {2.5}


def test_a_job_says_more_than_the_defaults_do(folder: Path) -> None:
    (job, other) = jobs_in(
        folder,
        "defaults: {rules: rules.yaml, seed: 4, groups: 3, absent: x}\n"
        "jobs:\n"
        "- {roster: in/a.csv, profile: town-wide, groups: 12, lang: fi, sheet: Kevät,\n"
        "   columns: {municipality: Kunta}}\n"
        "- {name: later, rebalance: g.csv, absent: [A, B], date: 2026-12-01, policy: move}\n",
    )
    assert (job.rules, job.profile, job.groups, job.seed) == (None, "town-wide", 12, 4)
    assert (job.lang, job.sheet, job.columns) == ("fi", "Kevät", {"municipality": "Kunta"})
    assert job.absent == ()
    assert (other.absent, other.date, other.policy) == (("A", "B"), date(2026, 12, 1), "move")
    assert (other.groups, other.lang) == (None, "en")


FAULTS = {
    "jobs: [{rooster: a.csv}]": (1, "either a roster or groups"),
    "jobs: [{roster: a.csv, sede: 1}]": (1, "no key called sede"),
    "jobs: [{roster: a.csv}]\njbos: []": (2, "no key called jbos"),
    "defaults: {roster: a.csv}\njobs: [{roster: a.csv}]": (1, "no key called roster"),
    "jobs: []": (1, "a list called jobs"),
    "": (None, "The file is empty"),
    "- a": (1, "a list called jobs"),
    "jobs:\n- a.csv": (2, "either a roster or groups"),
    "jobs:\n- {roster: 'none/*.csv'}": (2, "No file fits"),
    "jobs:\n- {roster: 'in/*.csv', name: x}": (2, "cannot all have one name"),
    "jobs:\n- {roster: in/a.csv}\n- {roster: in/A.xlsx}": (3, "Two jobs are called A"),
    "jobs:\n- {rebalance: g.csv}": (2, "needs a name"),
    "jobs:\n- {name: ../x, roster: a.csv}": (2, "cannot have this name"),
    "jobs:\n- {name: summary.html, roster: a.csv}": (2, "cannot have this name"),
    "jobs:\n- {name: CON, roster: a.csv}": (2, "cannot have this name"),
    "jobs:\n- {name: nul.2026, roster: a.csv}": (2, "cannot have this name"),
    'jobs:\n- {name: "a\\u2028b", roster: a.csv}': (2, "cannot have this name"),
    'jobs:\n- {name: "a\\u202eb", roster: a.csv}': (2, "cannot have this name"),
    'jobs:\n- {name: "a\\x7fb", roster: a.csv}': (2, "cannot have this name"),
    f"jobs:\n- {{name: {'ä' * 101}, roster: a.csv}}": (2, "cannot have this name"),
    'jobs:\n- {name: "\\xe4", roster: a.csv}\n- {name: "a\\u0308", roster: a.csv}': (3, "Two jobs"),
    "jobs:\n- {roster: a.csv, day: soon}": (2, "A day such as"),
    "jobs:\n- {roster: a.csv}\n- {name: x, rebalance: b}": (3, "no job called b"),
    "jobs:\n- {name: x, rebalance: x}": (2, "its own groups"),
    "jobs:\n- {roster: a.csv, groups: many}": (2, "groups is a whole number"),
    "jobs:\n- {roster: a.csv, effort: 0}": (2, "effort is a number"),
    "jobs:\n- {roster: a.csv, lang: xx}": (2, "lang may be"),
    "jobs:\n- {roster: a.csv, pseudonymise: perhaps}": (2, "pseudonymise may be"),
    "jobs:\n- {roster: a.csv, columns: x}": (2, "columns leads from traits"),
    "jobs:\n- {roster: a.csv, absent: x}": (2, "absent does not belong"),
    "jobs:\n- {name: x, rebalance: a.csv, date: soon}": (2, "A day such as"),
    "jobs:\n- {roster: [a.csv]}": (2, "A text is expected"),
    "jobs:\n- {roster: a.csv": (3, "not valid YAML"),
}


@pytest.mark.parametrize(("text", "fault"), FAULTS.items())
def test_a_fault_is_told_with_its_line(folder: Path, text: str, fault: tuple[int, str]) -> None:
    with pytest.raises(InputError) as refused:
        jobs_in(folder, text)
    [finding] = refused.value.findings
    assert (finding.row, fault[1] in str(finding.message)) == (fault[0], True), finding


def test_all_faults_are_told_at_once(folder: Path) -> None:
    with pytest.raises(InputError) as refused:
        jobs_in(folder, "jobs:\n- {roster: a.csv, sed: 1, effort: x}\n- {rebalance: g.csv}\n")
    assert [finding.row for finding in refused.value.findings] == [2, 2, 3]
    assert "seed" in str(refused.value.findings[0].hint)


def test_a_name_that_no_job_has_is_refused_with_the_nearest(folder: Path) -> None:
    jobs = jobs_in(folder, 'jobs: [{roster: "in/*.csv"}]')
    assert [job.name for job in chosen(jobs, ["b"])] == ["b"]
    with pytest.raises(InputError, match="no job called bb"):
        chosen(jobs, ["bb"])


def test_jobs_that_read_what_others_write_come_after_them(folder: Path) -> None:
    (folder / "later.yaml").write_text(f"rules: [strangers: [{folder}/out/b/groups.csv]]", "utf-8")
    text = (
        f"jobs:\n- {{name: third, rebalance: {folder}/out/second/groups.csv}}\n"
        f"- {{name: second, rebalance: {folder}/out/a/groups.csv, left: x}}\n"
        "- {roster: in/a.csv, rules: later.yaml}\n- {roster: in/b.csv}\n"
    )
    jobs = in_order(jobs_in(folder, text), folder / "out", Keys())
    assert [job.name for job in jobs] == ["b", "a", "second", "third"]
    circle = f"jobs:\n- {{name: x, rebalance: {folder}/out/y/groups.csv}}\n"
    circle += f"- {{name: y, rebalance: {folder}/out/x/groups.csv}}\n"
    with pytest.raises(InputError, match=r"wait for each other: . > . > ."):
        in_order(jobs_in(folder, circle), folder / "out", Keys())


def test_a_key_changes_with_everything_that_is_read_and_with_nothing_else(folder: Path) -> None:
    (folder / "pairs.csv").write_text("a,b,weight\n1,2,3\n", "utf-8")
    rules = folder / "rules.yaml"
    rules.write_text("preferences: [{distance: {of: pairs.csv, least}}]\n", "utf-8")
    text = "jobs: [{roster: in/a.csv, rules: rules.yaml}]"

    def key(text: str = text) -> str:
        (job,) = jobs_in(folder, text)
        return Keys().key(job)

    seen = [key()]
    assert key("\n" + text) == seen[0]
    os.utime(folder / "in/a.csv", (0, 0))
    assert key() == seen[0]
    for file in ("in/a.csv", "rules.yaml", "pairs.csv"):
        (folder / file).write_text((folder / file).read_text("utf-8") + "\n", "utf-8")
        seen.append(key())
    for more in ("seed: 2", "effort: 5", "lang: sv", "groups: 3", "sheet: x"):
        seen.append(key(text.replace("}]", f", {more}}}]")))
    assert len(set(seen)) == len(seen)


def test_groups_are_those_of_a_job_wherever_the_results_are(folder: Path) -> None:
    text = "jobs:\n- {name: x, rebalance: a, history: [y]}\n- {roster: in/a.csv}\n"
    text += "- {name: y, rebalance: a, absent: z}\n"
    (folder / "jobs.yaml").write_text(text, "utf-8")
    for out in (folder / "out", folder / "other"):
        jobs = read_jobs(folder / "jobs.yaml", out, "en")
        assert jobs[0].file == str(out / "a/groups.csv")
        assert jobs[0].history == (str(out / "y/groups.csv"),)
        assert [job.name for job in in_order(jobs, out, Keys())] == ["a", "y", "x"]
    keys = {
        Keys(folder, folder / out).key(read_jobs(folder / "jobs.yaml", folder / out, "en")[0])
        for out in ("out", "other")
    }
    assert len(keys) == 1


def test_a_key_does_not_depend_on_the_current_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = "preferences: [{distance: {of: pairs.csv, least}}]\n"
    (folder / "rules.yaml").write_text(rules, "utf-8")
    (folder / "pairs.csv").write_text("a,b,weight\n1,2,3\n", "utf-8")
    text = "jobs: [{roster: in/a.csv, rules: rules.yaml}, {name: x, rebalance: a, left: in/b.csv}]"
    (folder / "jobs.yaml").write_text(text, "utf-8")
    keys = []
    for here, jobs in ((folder, "jobs.yaml"), (folder / "in", "../jobs.yaml")):
        monkeypatch.chdir(here)
        path = Path(jobs)
        out = Path("out") if here == folder else Path("../out")
        make = Keys(path.parent, out)
        keys.append([make.key(job) for job in read_jobs(path, out, "en")])
    assert keys[0] == keys[1]


ENTRY = {
    "job": "a",
    "key": "",
    "status": "answered",
    "exit": 0,
    "verdict": "formed",
    "findings": [
        {"severity": "notice", "file": "", "row": 1, "column": None, "message": "m", "hint": None}
    ],
    "outputs": {"groups.csv": "0"},
}


def test_a_line_of_the_log_that_tells_anything_is_as_good_as_torn(folder: Path) -> None:
    (folder / "out").mkdir()
    jobs = jobs_in(folder, "jobs: [{roster: in/a.csv}]")
    defaults = Entry("a", "", "answered", 0, "formed").plain()
    for name in (*ENTRY, *defaults):
        for odd in (None, 5, "x", [], [5], {"x": 5}, True):
            line = json.dumps({**defaults, **ENTRY, name: odd})
            (folder / "out/jobs.ndjson").write_text(f"{line}\n5\n[]\nnull\n", "utf-8")
            batch = Batch(jobs, folder / "out")
            assert [each.why for each in batch.plan(["a"])] != [None], (name, odd)
            write_summary(folder / "out", jobs, batch.ledger.entries, "en")


def test_a_job_that_is_done_again_counts_up_to_the_same_day(folder: Path) -> None:
    (folder / "in/a.csv").write_text(sample(12, seed=3).csv(), "utf-8")
    (job,) = jobs_in(folder, "defaults: {effort: 2}\njobs: [{roster: in/a.csv}]")
    (dated,) = jobs_in(folder, "defaults: {day: 2025-03-01}\njobs: [{roster: in/a.csv}]")
    found = [
        done(Task(each, "k", folder / "out/a", day=date(2026, 5, 1)), Event()).day
        for each in (job, dated)
    ]
    assert found == ["2026-05-01", "2025-03-01"]


def test_what_a_torn_ledger_lacks_is_to_be_done(folder: Path) -> None:
    jobs = jobs_in(folder, 'jobs: [{roster: "in/*.csv"}]')
    (folder / "out").mkdir()
    line = '{"job": "a", "key": "%s", "status": "answered", "exit": 0, "verdict": "formed"}'
    torn = line % Keys().key(jobs[0]) + '\n{"job": "b", "key": "'
    (folder / "out/jobs.ndjson").write_text(torn, "utf-8")
    plan = Batch(jobs, folder / "out").plan(["a", "b"])
    assert [each.job.name for each in plan if each.why] == ["b"]
