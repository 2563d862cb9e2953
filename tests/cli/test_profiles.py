"""``profiles`` lists the rulebooks that ship with the package, and shows one to be changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import Run
from tests.cli.english import english_in
from vermegroup.rulebooks.profiles import profile_names, profile_text


@pytest.mark.parametrize(("language", "word"), [("en", "School"), ("fi", "Koulu"), ("sv", "Skol")])
def test_each_profile_has_a_line_of_its_own(run: Run, language: str, word: str) -> None:
    shown = run("profiles", "--lang", language)
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(profile_names())
    assert all(len(line) <= 80 for line in lines)
    assert any(f"  {word}" in line for line in lines)


def test_a_profile_that_is_shown_is_a_rules_file(run: Run, folder: Path) -> None:
    shown = run("profiles", "remote-pilot")
    assert shown.exit_code == 0
    (folder / "rules.yaml").write_text(shown.stdout, encoding="utf-8")
    by_file = run("form", "roster.csv", "--rules", "rules.yaml", "-o", "one", "-q")
    by_name = run("form", "roster.csv", "--profile", "remote-pilot", "-o", "other", "-q")
    assert by_file.exit_code == by_name.exit_code == 0
    assert (folder / "one/groups.csv").read_bytes() == (folder / "other/groups.csv").read_bytes()


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("name", profile_names())
def test_a_profile_explains_itself_in_the_language_and_has_the_same_rules(
    run: Run, name: str, language: str
) -> None:
    english, shown = run("profiles", name).stdout, run("profiles", name, "--lang", language).stdout
    assert yaml.safe_load(shown) == yaml.safe_load(english) == yaml.safe_load(profile_text(name))
    comments = [line.partition("# ")[2] for line in shown.splitlines()]
    told = re.sub("`[^`]*`", "", " ".join(comments))
    assert not english_in(told) - {"default"}
    assert max(map(len, shown.splitlines())) <= 130


def test_an_unknown_name_exits_2_with_a_suggestion(run: Run) -> None:
    shown = run("profiles", "devloper")
    assert shown.exit_code == 2
    assert not shown.stdout
    assert "Did you mean developer?" in shown.stderr


def test_a_number_of_groups_for_a_split_rulebook_is_refused(run: Run) -> None:
    shown = run("form", "roster.csv", "--profile", "town-wide", "--groups", "3")
    assert shown.exit_code == 2
    assert "groups: {count: 3}" in shown.stderr
