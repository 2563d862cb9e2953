"""Exit codes are true: 70 for whatever nobody foresaw, wherever it is raised, and one line."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from vermegroup.cli.commands import app
from vermegroup.cli.exits import DEFECT
from vermegroup.domain.findings import AuditError
from vermegroup.report.folder import OWNED

PROGRAM = "from vermegroup.__main__ import main; main()"
SOLVER = "vermegroup.solver"

# command: (its arguments, {layer: what is replaced by something that raises})
COMMANDS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "form": (
        ("roster.csv",),
        {
            "rules": "vermegroup.app.form.chosen",
            "read": "vermegroup.intake.pipeline.sheet_of",
            "traits": "vermegroup.intake.pipeline.read_people",
            "problem": "vermegroup.app.form.problem_of",
            "solve": "vermegroup.app.form.form",
            "audit": f"{SOLVER}.form_part.audit",
            "report": "vermegroup.app.form.build_report",
            "page": "vermegroup.app.save.to_html",
            "save": "vermegroup.app.save.write_folder",
            "show": "vermegroup.report.summary.summary",
        },
    ),
    "check": (
        ("roster.csv",),
        {
            "rules": "vermegroup.app.check.chosen",
            "read": "vermegroup.intake.pipeline.sheet_of",
            "solve": "vermegroup.app.check.possibility",
            "report": "vermegroup.app.check.build_report",
            "show": "vermegroup.report.check_text.check_summary",
        },
    ),
    "rebalance": (
        ("groups.csv", "--left", "SYN-1"),
        {
            "rules": "vermegroup.app.rebalance.chosen_for",
            "read": "vermegroup.intake.people.membership.sheet_of",
            "solve": "vermegroup.app.rebalance.rebalance",
            "audit": "vermegroup.rebalancing.rebalanced_outcome.audit",
            "report": "vermegroup.app.rebalance.build_report",
            "moves": "vermegroup.app.save.moves_csv",
            "save": "vermegroup.app.save.write_folder",
            "show": "vermegroup.report.summary.summary",
        },
    ),
    "audit": (
        ("groups.csv",),
        {
            "rules": "vermegroup.app.inputs.chosen_for",
            "read": "vermegroup.intake.pipeline.sheet_of",
            "audit": "vermegroup.app.audit.judged",
            "report": "vermegroup.app.inputs.build_report",
            "show": "vermegroup.report.summary.summary",
        },
    ),
    "compare": (
        ("groups.csv", "groups.csv"),
        {
            "rules": "vermegroup.app.compare.chosen_for",
            "read": "vermegroup.intake.pipeline.sheet_of",
            "audit": "vermegroup.app.compare.audit",
            "report": "vermegroup.app.compare.build_report",
            "show": "vermegroup.report.summary.summary",
        },
    ),
    "init": (
        ("roster.csv",),
        {
            "read": "vermegroup.intake.pipeline.sheet_of",
            "report": "vermegroup.app.init.rulebook_from_text",
            "save": "vermegroup.report.folder._set_down",
        },
    ),
    "profiles": ((), {"read": "vermegroup.rulebooks.profiles.profile_names"}),
    "sample": (
        ("-n", "8", "-o", "new.csv"),
        {
            "draw": "vermegroup.sampling.names_of",
            "write": "vermegroup.sampling.csv_text",
            "save": "vermegroup.report.folder._set_down",
        },
    ),
}
EVERYWHERE = {
    "parse": "vermegroup.cli.app._Commands.make_context",
    "call": "vermegroup.cli.app._Commands.invoke",
}
FAULTS: list[BaseException] = [
    KeyError("x"),
    AuditError("spread: reported 3, found 2"),
    MemoryError(),
    RecursionError("maximum recursion depth exceeded"),
    OSError(errno.EIO, "Input/output error"),
    BrokenPipeError(errno.EPIPE, "Broken pipe"),
    EOFError(),
    SystemExit(1),
    SystemExit("no"),
    GeneratorExit(),
    UnicodeEncodeError("utf-8", "\udce4", 0, 1, "surrogates not allowed"),
    ValueError("first line\nsecond line \x1b[31m"),
]
LAYERS = [
    (command, place)
    for command, (_, layers) in COMMANDS.items()
    for place in (*layers.values(), *EVERYWHERE.values())
]
# What the operating system says while a file is written is no defect.
TURNS = [fault for fault in FAULTS if not isinstance(fault, OSError)]


@pytest.fixture
def groups(folder: Path) -> Path:
    """The folder with a grouping beside the roster."""
    lines = (folder / "roster.csv").read_text("utf-8-sig").splitlines()
    grouped = [f"{line};{'group' if i == 0 else f'G{i % 2 + 1}'}" for i, line in enumerate(lines)]
    (folder / "groups.csv").write_text("\n".join(grouped) + "\n", "utf-8")
    return folder


class MuteError(Exception):
    """A fault that cannot even be told."""

    def __str__(self) -> str:
        raise self


def raising(fault: BaseException) -> object:
    def broken(*_: object, **__: object) -> object:
        raise fault

    return broken


def fault_line(shown: Result) -> str:
    """The one line on standard error."""
    assert shown.exit_code == DEFECT, shown.output
    assert "Traceback" not in shown.output
    [line] = shown.stderr.splitlines()
    return line


def assert_reported(shown: Result, fault: BaseException) -> None:
    line = fault_line(shown)
    assert type(fault).__name__ in line
    details = Path(line.partition("details: ")[2].partition(")")[0])
    assert type(fault).__name__ in details.read_text("utf-8")
    details.unlink()


@pytest.mark.parametrize(
    ("command", "place", "fault"),
    [(*layer, TURNS[turn % len(TURNS)]) for turn, layer in enumerate(LAYERS)],
)
def test_an_unforeseen_fault_in_any_layer_exits_with_70(
    groups: Path, monkeypatch: pytest.MonkeyPatch, command: str, place: str, fault: BaseException
) -> None:
    before = {path.name for path in groups.iterdir()}
    monkeypatch.setattr(place, raising(fault))
    assert_reported(CliRunner().invoke(app, [command, *COMMANDS[command][0]]), fault)
    if not place.endswith("summary"):
        assert {path.name for path in groups.iterdir()} == before


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
@pytest.mark.parametrize("place", ["vermegroup.app.audit.judged", *EVERYWHERE.values()])
def test_an_unforeseen_fault_of_any_kind_exits_with_70(
    groups: Path, monkeypatch: pytest.MonkeyPatch, place: str, fault: BaseException
) -> None:
    monkeypatch.setattr(place, raising(fault))
    assert_reported(CliRunner().invoke(app, ["audit", "groups.csv"]), fault)


def test_without_faults_the_commands_answer(groups: Path) -> None:
    for command, (arguments, _) in COMMANDS.items():
        shown = CliRunner().invoke(app, [command, *arguments])
        assert shown.exit_code in (0, 1), shown.output


def test_a_fault_is_told_in_the_language_of_the_call(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vermegroup.app.form.form", raising(KeyError("x")))
    finnish = fault_line(CliRunner().invoke(app, ["form", "roster.csv", "--lang", "fi"]))
    swedish = fault_line(CliRunner().invoke(app, ["form", "--lang=sv", "roster.csv"]))
    meant = fault_line(CliRunner(env={"VERMEGROUP_LANG": "fi"}).invoke(app, ["form", "roster.csv"]))
    assert "vika" in finnish
    assert "fel" in swedish
    assert "vika" in meant


def test_a_fault_that_cannot_be_told_is_one_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vermegroup.app.form.form", raising(MuteError()))
    assert "defect" in fault_line(CliRunner().invoke(app, ["form", "roster.csv"]))


def test_details_that_cannot_be_saved_are_told_to_be_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vermegroup.app.form.form", raising(KeyError("x")))
    monkeypatch.setattr("tempfile.mkstemp", raising(OSError(errno.ENOSPC, "No space left")))
    assert "could not be saved" in fault_line(CliRunner().invoke(app, ["form", "roster.csv"]))


def shell(folder: Path, line: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """A line of bash in which $RUN is the program, with some code run before it."""
    return subprocess.run(
        ["bash", "-c", line.replace("$RUN", f'"{sys.executable}" -c "{before}{PROGRAM}"')],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


STREAMS = [
    # what is called, the exit code, what standard error says
    ("check roster.csv >&-", 70, "standard output: it is closed"),
    ("check roster.csv >/dev/full", 70, "no space left"),
    ("check roster.csv >/dev/full 2>/dev/full", 70, ""),
    ("check roster.csv --quiet >&- 2>&- <&-", 0, ""),
    ("check nowhere.csv --quiet >&- 2>&-", 2, ""),
    ("form - <&-", 2, "Standard input"),
    ("--help >&-", 70, "standard output"),
    ("sample -n 9 >/dev/full", 70, "no space left"),
    ("init roster.csv -o - >/dev/full", 70, "no space left"),
    ("nothing 2>/dev/full", 2, ""),
    ("sample -n 50000 | head -1; exit ${PIPESTATUS[0]}", DEFECT, ""),
]


@pytest.mark.skipif(sys.platform == "win32", reason="the streams of a POSIX shell")
@pytest.mark.parametrize(("called", "code", "said"), STREAMS)
def test_streams_may_be_closed_full_or_read_by_nobody(
    folder: Path, called: str, code: int, said: str
) -> None:
    ran = shell(folder, f"$RUN {called}")
    assert ran.returncode == code, ran.stderr
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.splitlines()) <= 1


@pytest.mark.skipif(sys.platform == "win32", reason="the streams of a POSIX shell")
def test_files_are_whole_though_all_streams_are_closed(folder: Path) -> None:
    assert shell(folder, "$RUN form roster.csv --quiet >&- 2>&- <&-").returncode == 0
    out = folder / "roster-groups"
    assert {path.name for path in out.iterdir()} < set(OWNED)
    assert shell(folder, "$RUN audit roster-groups/groups.csv --quiet").returncode == 0


BEFORE = {
    "an import fails": "import sys; sys.modules['vermegroup.cli.commands'] = None; ",
    "a late import fails": "import sys; sys.modules['vermegroup.app.form'] = None; ",
    "a thread dies": "import threading; from vermegroup.app import form as app; form = app.form; "
    "app.form = lambda *a: (threading.Thread(target=lambda: 1 / 0).start(), form(*a))[1]; ",
    "the solver's thread dies": "from ortools.sat.python.cp_model import CpSolver; "
    "CpSolver.solve = lambda *_: 1 / 0; ",
}


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")
@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE.keys())
def test_faults_of_imports_and_threads_exit_with_70(folder: Path, before: str) -> None:
    (folder / "any.yaml").write_text("groups: {size: 3}\npreferences: [wishes: Toive]")
    lines = (folder / "roster.csv").read_text("utf-8-sig").splitlines()
    wishes = [f"{line};{'Toive' if i == 0 else f'SYN-{i % 8 + 1}'}" for i, line in enumerate(lines)]
    (folder / "roster.csv").write_text("\n".join(wishes), "utf-8")
    ran = shell(folder, "$RUN form roster.csv --rules any.yaml", before)
    assert ran.returncode == DEFECT
    [line] = ran.stderr.splitlines()
    assert "defect" in line


def test_under_pseudonyms_a_fault_is_told_by_its_kind_and_place_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> object:
        try:
            raise KeyError("Turku")
        except KeyError as cause:
            fault = ValueError("SYN-4 of Turku")
            fault.add_note("Turku")
            raise ExceptionGroup("Turku", [fault, KeyError("SYN-5")]) from cause

    monkeypatch.setenv("VERMEGROUP_KEY", "synthetic-key-of-this-test")
    monkeypatch.setattr("vermegroup.app.form.form", broken)
    line = fault_line(CliRunner().invoke(app, ["form", "roster.csv", "--pseudonymise"]))
    details = Path(line.partition("details: ")[2].partition(")")[0])
    text = details.read_text("utf-8")
    details.unlink()
    assert "ExceptionGroup (test_exits.py:" in line
    assert all(kind in text for kind in ("ExceptionGroup", "ValueError", "KeyError"))
    assert "form.py" in text
    shown = "\n".join(row for row in text.splitlines() if not row.startswith("    "))  # no code
    assert not [cell for cell in ("Turku", "SYN-") if cell in line + shown]


@pytest.mark.parametrize("more", [(), ("--force",)])
def test_a_folder_where_a_file_is_to_be_written_is_told_as_one(
    folder: Path, more: tuple[str, ...]
) -> None:
    (folder / "out/groups.csv").mkdir(parents=True)
    calls = {
        ("form", "missing.csv", "-o", "out"): "out/groups.csv",
        ("init", "roster.csv", "-o", "out"): "out",
        ("sample", "-n", "9", "-o", "out"): "out",
    }
    for call, path in calls.items():
        shown = CliRunner().invoke(app, [*call, *more])
        assert shown.exit_code == 2
        assert f"{path}: A file is to be written here, and this is a folder" in shown.stderr
        assert "--force" not in shown.stderr
    assert list(folder.glob("out/*")) == [folder / "out/groups.csv"]
