"""Every command explains itself, and --help is quick because it loads next to nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import vermegroup
from tests.cli.english import english_in
from vermegroup.cli.commands import app

COMMANDS = sorted(get_command(app).commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_a_summary_an_example_and_the_exit_codes(name: str) -> None:
    shown = CliRunner().invoke(app, [name, "--help"])
    assert shown.exit_code == 0
    text = " ".join(shown.stdout.split())
    assert f"Example: vermegroup {name} " in text
    assert "Exit codes: 0 " in text


def test_the_list_of_commands_shows_every_summary_in_full() -> None:
    shown = CliRunner().invoke(app, ["--help"])
    listed = shown.stdout.partition("Commands:")[2]
    assert all(f"  {name} " in listed for name in COMMANDS)
    assert "..." not in listed


def test_the_version_is_the_packages() -> None:
    assert CliRunner().invoke(app, ["--version"]).stdout == f"vermegroup {vermegroup.__version__}\n"


@pytest.mark.parametrize("arguments", [["nothing"], ["form"], ["form", "a.csv", "--seed", "x"]])
def test_a_wrong_call_exits_2(arguments: list[str]) -> None:
    shown = CliRunner().invoke(app, arguments)
    assert shown.exit_code == 2
    assert not shown.stdout


def test_help_loads_nothing_heavy() -> None:
    heavy = ("numpy", "pandas", "ortools", "yaml", "jinja2", "rich")
    script = (
        "import sys; sys.argv = ['vermegroup', 'form', '--help']\n"
        "from vermegroup.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print([name for name in {heavy} if name in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stderr.strip() == "[]"


def test_a_shell_is_told_how_a_line_goes_on() -> None:
    asked = {"_VERMEGROUP_COMPLETE": "complete_bash", "COMP_CWORD": "1"}
    call = [sys.executable, "-m", "vermegroup"]
    env = os.environ | asked | {"COMP_WORDS": "vermegroup re"}
    ran = subprocess.run(call, capture_output=True, text=True, check=True, env=env)
    assert ran.stdout.split() == ["rebalance"]
    source = os.environ | {"_VERMEGROUP_COMPLETE": "source_bash"}
    completion = subprocess.run(call, capture_output=True, text=True, check=True, env=source)
    assert "complete -o" in completion.stdout


def test_a_shell_is_told_what_a_command_does_in_the_users_language() -> None:
    asked = {"_VERMEGROUP_COMPLETE": "complete_zsh", "VERMEGROUP_LANG": "sv"}
    call = [sys.executable, "-m", "vermegroup"]
    for line, told in (("re", "Uppdatera grupperna"), ("form --qu", "Visa varken"), ("", "Bilda")):
        env = os.environ | asked | {"_TYPER_COMPLETE_ARGS": f"vermegroup {line}"}
        ran = subprocess.run(call, capture_output=True, check=True, env=env)
        assert told in ran.stdout.decode()


def test_completion_is_installed_and_told_of_in_the_users_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    call = ["--lang", "fi", "--install-completion", "bash"]
    shown = CliRunner().invoke(app, call)
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "Täydennys (bash) on asennettu" in shown.stdout
    assert (tmp_path / ".bashrc").exists()
    assert not english_in(shown.stdout)
    (tmp_path / ".bashrc").unlink()
    (tmp_path / ".bashrc").mkdir()
    script = CliRunner().invoke(app, ["--show-completion", "bash"])
    assert (script.exit_code, "complete -o" in script.stdout) == (0, True)
    refused = CliRunner().invoke(app, call)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "se on kansio eikä tiedosto" in refused.stderr


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
@pytest.mark.parametrize("name", COMMANDS)
def test_no_line_of_help_ends_within_a_name(name: str, language: str) -> None:
    shown = CliRunner(env={"VERMEGROUP_LANG": language}).invoke(app, [name, "--help"])
    assert not [line for line in shown.stdout.splitlines() if line.endswith("-")]
    assert "\N{NON-BREAKING HYPHEN}" not in shown.stdout
