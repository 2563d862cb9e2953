"""``sample`` writes rosters that ``form`` reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_sample_can_be_formed(folder: Path, run: Run) -> None:
    assert run("sample", "--participants", "24", "-o", "s.csv").exit_code == 0
    assert run("form", "s.csv", "-q").exit_code == 0


def test_the_same_seed_gives_the_same_sample_on_standard_output(folder: Path, run: Run) -> None:
    first = run("sample", "-n", "12", "--shape", "tight", "--seed", "3", "--lang", "fi")
    run("sample", "-n", "12", "--shape", "tight", "--seed", "3", "--lang", "fi", "-o", "s.csv")
    assert first.stdout_bytes == (folder / "s.csv").read_bytes()
    assert "Kunta" in first.stdout


def test_too_few_people_exit_2(run: Run) -> None:
    shown = run("sample", "--participants", "0")
    assert (shown.exit_code, shown.stdout) == (2, "")


def test_a_file_that_is_there_is_not_written_over(folder: Path, run: Run) -> None:
    before = (folder / "roster.csv").read_bytes()
    assert run("sample", "-n", "9", "-o", "roster.csv").exit_code == 2
    assert (folder / "roster.csv").read_bytes() == before
    assert run("sample", "-n", "9", "-o", "roster.csv", "--force").exit_code == 0


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Written"), ("fi", "Tallennettu"), ("sv", "Sparat")]
)
@pytest.mark.parametrize("call", [("sample", "-n", "9"), ("init", "roster.csv")])
def test_what_was_written_is_told_unless_it_is_to_be_quiet(
    run: Run, call: tuple[str, ...], language: str, told: str
) -> None:
    assert run(*call, "-o", "new", "--lang", language).stdout.startswith(f"{told}: new\n")
    assert run(*call, "-o", "more", "--lang", language, "-q").stdout == ""
    assert f"{told}: " not in run(*call, "-o", "-", "--lang", language).stdout
