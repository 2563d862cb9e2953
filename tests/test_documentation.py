"""What the README and the examples tell people to type works, and shows what they say."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from typer.testing import CliRunner, Result

from vermegroup import __version__
from vermegroup.cli.commands import app
from vermegroup.rulebooks.read import default_rulebook, rulebook_from_text

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(path: Path, language: str) -> list[str]:
    found = FENCED.findall(path.read_text(encoding="utf-8"))
    return [text for tag, text in found if tag == language]


def commands(path: Path) -> list[str]:
    """Every ``vermegroup`` command in a document's unmarked blocks, without what leads to it."""
    lines = [line for block in blocks(path, "") for line in block.splitlines()]
    found = [line[line.index("vermegroup ") :] for line in lines if "vermegroup " in line]
    inline = re.findall(r"`(vermegroup [a-z]+ [^`]+)`", path.read_text(encoding="utf-8"))
    return found + inline


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Result]:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROWSER", "one that closes what it opens")
    monkeypatch.setattr("webbrowser.open", open_and_close)
    return lambda command: CliRunner().invoke(app, shlex.split(command)[1:])


def open_and_close(address: str) -> bool:
    """What a browser does whose user looks at a page of ours and closes it at once."""
    origin, _enter, _secret = address.rsplit("/", 2)
    with httpx2.Client(base_url=origin, headers={"Origin": origin}) as browser:
        browser.cookies = httpx2.get(address).cookies
        assert browser.post("/close").status_code == 200
    return True


DOCUMENTS = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "examples").glob("*/README.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_shown_runs(document: Path, run: Callable[[str], Result]) -> None:
    shown = commands(document)
    assert shown
    for command in shown:
        result = run(command)
        assert result.exit_code == 0, f"{command}\n{result.output}"


def test_the_first_result_in_the_readme_is_what_is_printed(run: Callable[[str], Result]) -> None:
    printed = {line.strip() for line in run(commands(README)[0]).output.splitlines()}
    shown = [line.strip() for line in blocks(README, "text")[0].splitlines() if line.strip()]
    assert [line for line in shown if line not in printed] == []


@pytest.mark.parametrize(
    "shown",
    [
        block
        for document in sorted(ROOT.glob("README*.md"))
        for block in blocks(document, "text")
        if block[0] == "$"
    ],
)
def test_what_a_shown_command_says_is_printed(shown: str, run: Callable[[str], Result]) -> None:
    command, *lines = shown.splitlines()
    printed = {line.strip() for line in run(command.removeprefix("$ ")).output.splitlines()}
    assert [line for line in lines if line.strip() and line.strip() not in printed] == []


def test_the_rulebook_in_the_readme_is_the_default_one() -> None:
    shown = rulebook_from_text(blocks(README, "yaml")[0], "README")
    default = default_rulebook()
    assert (shown.groups, shown.bands, shown.rules, shown.preferences) == (
        default.groups,
        default.bands,
        default.rules,
        default.preferences,
    )


@pytest.mark.parametrize("document", sorted(ROOT.glob("README*.md")), ids=lambda path: path.name)
def test_the_python_that_is_shown_runs(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    [shown] = blocks(document, "python")
    exec(compile(shown, document.name, "exec"), {})
    assert (tmp_path / "kevat" / "groups.csv").is_file()


def test_the_citation_is_of_this_version() -> None:
    told = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"version: {__version__}\n" in told
    assert "cff-version: 1.2.0" in told
