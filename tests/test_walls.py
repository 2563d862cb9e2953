"""Imports go one way down the house, and heavy libraries stay in their rooms."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from vermegroup.sampling import sample

SOURCE = Path(__file__).parents[1] / "src" / "vermegroup"

# From the top of the house to the bottom. A room may import from those below it, and from itself.
HOUSE = (
    "__main__",
    "cli",
    "edit",
    "batch",
    "api",
    "app",
    "export",
    "evidence",
    "report",
    "rebalancing",
    "diagnosis",
    "solver",
    "judge",
    "sampling",
    "rulebooks",
    "rules",
    "intake",
    "domain",
    "language",
    "__init__",
    "_version",
)
# Who besides the room may not be imported, whatever the order of the house.
METHODS = {"assignment", "construction", "lns", "patterns", "column_generation"}
NEVER = {
    "report": {"solver", "diagnosis", "rebalancing"},
    "solver/assignment": {f"solver/{method}" for method in METHODS - {"assignment"}},
    "solver/construction": {f"solver/{method}" for method in METHODS - {"construction"}},
    "solver/lns": {"solver/patterns", "solver/column_generation"},
    "solver/patterns": {f"solver/{method}" for method in METHODS - {"patterns"}},
    "solver/column_generation": {"solver/construction", "solver/lns", "solver/patterns"},
}
# The most imports there may be in a row, from the front door down to what imports nothing.
DEEPEST = 17
# Sessions, their pages and their server stand upon all of that.
DEEPEST_WITH_EDITOR = 28
# Libraries and the only rooms that may import them.
LIBRARIES = {
    "ortools": {"solver"},
    "distributed": {"app"},
    "pyarrow": {"intake"},
    "typer": {"cli"},
    "click": {"cli"},
    "rich": {"cli"},
    "jinja2": {"report", "export", "edit"},
    "starlette": {"edit"},
    "uvicorn": {"edit"},
    "xlsxwriter": {"export"},
    "icalendar": {"export"},
    "yaml": {"rulebooks"},
    "logging": {"cli"},
}


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports anywhere in it, for types alone too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


FILES = sorted(SOURCE.rglob("*.py"))


def test_every_room_has_its_place_in_the_house() -> None:
    assert {room(path) for path in FILES} == set(HOUSE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_down_the_house(path: Path) -> None:
    home = room(path)
    if home == "__init__":
        return
    for name in imports(path):
        first, _, rest = name.partition(".")
        if first == "vermegroup":
            other = rest.partition(".")[0]
            below = HOUSE[HOUSE.index(home) :]
            assert other in below or other == "", f"{home} imports {name}"
            there = {other, "/".join(rest.split(".")[:2])}
            assert not there & NEVER.get(home, set()), f"{home} imports {name}"
            here = "/".join(path.relative_to(SOURCE).parts[:2])
            assert not there & NEVER.get(here, set()), f"{here} imports {name}"
        elif first in LIBRARIES:
            assert home in LIBRARIES[first], f"{home} imports {name}"


def module(path: Path) -> str:
    name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
    return name.removesuffix(".__init__")


def test_no_chain_of_imports_is_long_and_none_is_a_circle() -> None:
    modules = {module(path): path for path in FILES}
    below = {
        importer: {
            name if name in modules else name.rpartition(".")[0]
            for name in imports(path)
            if name.partition(".")[0] == "vermegroup"
        }
        - {importer}
        for importer, path in modules.items()
    }
    try:
        order = list(TopologicalSorter(below).static_order())
    except CycleError as circle:
        pytest.fail(" > ".join(reversed(circle.args[1])))
    chain: dict[str, list[str]] = {}
    for name in order:
        rest = max((chain[other] for other in below[name]), key=len, default=[])
        chain[name] = [name, *rest]
    for longest in chain.values():
        upon_all = any(name.startswith("vermegroup.edit") for name in longest)
        most = DEEPEST_WITH_EDITOR if upon_all else DEEPEST
        assert len(longest) - 1 <= most, " > ".join(longest)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_nothing_prints_below_the_command_line(path: Path) -> None:
    if room(path) == "cli":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"print", "input"}, f"{path}:{node.lineno}"


def loaded_by(code: str, folder: Path | None = None) -> set[str]:
    """The libraries that a fresh interpreter has loaded after running some code."""
    show = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{show}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from vermegroup.__main__ import main\n"
        "sys.argv = ['vermegroup', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass"
    )
    heavy = {"numpy", "pandas", "ortools", "yaml", "jinja2", "pydantic", "starlette", "uvicorn"}
    assert not loaded_by(code) & heavy


def test_the_audit_runs_without_the_solver_library() -> None:
    assert "ortools" not in loaded_by("import vermegroup.judge.auditor")


@pytest.mark.parametrize("command", ["form", "check"])
def test_a_run_that_needs_no_search_loads_no_solver_and_no_colours(
    command: str, tmp_path: Path
) -> None:
    """CP-SAT takes longer to load than most rosters take, and Rich is for terminals."""
    roster = tmp_path / "roster.csv"
    roster.write_text(sample(36, seed=44).csv(), "utf-8")
    code = (
        "import sys\n"
        "from vermegroup.__main__ import main\n"
        f"sys.argv = ['vermegroup', {command!r}, {str(roster)!r}, '-q']\n"
        "try:\n    main()\nexcept SystemExit as leaving:\n    assert leaving.code == 0"
    )
    assert not loaded_by(code, tmp_path) & {"ortools", "rich", "distributed"}


@pytest.mark.parametrize("call", [("audit",), ("options", "P1"), ("move", "P1=b")])
def test_hand_edits_and_their_repairs_load_no_solver(call: tuple[str, ...], tmp_path: Path) -> None:
    command, *words = call
    groups, rules = tmp_path / "groups.csv", tmp_path / "rules.yaml"
    rows = [f"P{n},{n % 3},{'aab'[n % 3]}" for n in range(1, 10)]
    groups.write_text("\n".join(["id,unit,group", *rows]), "utf-8")
    rules.write_text("groups: {size: 3-5}\nrules: [{different: unit, at_most: 2}]\n", "utf-8")
    argv = ["vermegroup", command, str(groups), *words, "--rules", str(rules)]
    code = (
        "import sys\n"
        "from vermegroup.__main__ import main\n"
        f"sys.argv = {argv!r}\n"
        "try:\n    main()\nexcept SystemExit as leaving:\n    assert leaving.code in (0, 1)"
    )
    assert "ortools" not in loaded_by(code, tmp_path)
