"""Help is in the user's language, wherever it was asked for, and looks as it does in English."""

from __future__ import annotations

import re

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from tests.cli.english import english_in
from vermegroup.cli.commands import app

COMMANDS = ["", *sorted(get_command(app).commands)]
TITLES = {
    "en": ("Usage", "Arguments", "Options", "Commands"),
    "fi": ("Käyttö", "Argumentit", "Valitsimet", "Komennot"),
    "sv": ("Användning", "Argument", "Flaggor", "Kommandon"),
}


def help_of(command: str, language: str) -> str:
    words = [*filter(None, [command]), "--help", "--lang", language]
    shown = CliRunner().invoke(app, words, terminal_width=80)
    assert shown.exit_code == 0
    return shown.stdout


def test_the_words_that_are_looked_for_are_found_in_english() -> None:
    assert len(english_in("".join(help_of(command, "en") for command in COMMANDS))) > 20


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_no_english_sentence(command: str, language: str) -> None:
    # "default" is a profile's name, too, but help names none.
    assert not english_in(help_of(command, language))


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_the_same_parts_in_every_language(command: str, language: str) -> None:
    english, shown = help_of(command, "en"), help_of(command, language)
    for title, own in zip(TITLES["en"], TITLES[language], strict=True):
        assert (f"\n{title}:" in f"\n{english}") == (f"\n{own}:" in f"\n{shown}")
    names = re.compile(r"^  (?:-\w, )?(--[a-z-]+)", re.MULTILINE)
    options = names.findall(shown.partition(f"\n{TITLES[language][2]}:")[2])
    assert options == names.findall(english.partition("\nOptions:")[2]) != []


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("command", COMMANDS)
def test_help_keeps_to_eighty_columns(command: str, language: str) -> None:
    assert max(map(len, help_of(command, language).splitlines())) <= 80


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("command", COMMANDS[1:])
def test_what_stands_for_an_argument_is_called_so_wherever_it_is_meant(
    command: str, language: str
) -> None:
    shown = help_of(command, language)
    usage = shown.partition("\n")[0]
    known = {"CSV", "YAML", "JSON", "SYN", "VERMEGROUP_LANG", "VERMEGROUP_KEY"}
    named = set(re.findall(r"(?<![\w-])[A-ZÅÄÖ_]{3,}(?![\w=])", shown.partition(":\n  ")[0]))
    for word in named - known:
        assert word in usage, word


@pytest.mark.parametrize("language", TITLES)
def test_a_call_without_a_command_shows_the_help_and_is_wrong(language: str) -> None:
    shown = CliRunner().invoke(app, ["--lang", language])
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == help_of("", language)
    bare = CliRunner(env={"VERMEGROUP_LANG": language}).invoke(app, [])
    assert (bare.exit_code, bare.stderr) == (2, shown.stderr)


def test_help_names_every_language_that_there_is() -> None:
    assert "--lang en|fi|sv" in help_of("form", "fi")
