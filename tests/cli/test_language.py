"""The language: --lang at either place, then VERMEGROUP_LANG, then the locale, then English."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.english import english_in

WORD = {"en": "Groups", "fi": "Ryhmät", "sv": "Grupper"}
NOTHING = {"VERMEGROUP_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}
ASKED = {
    "nobody asks": ({}, "{call}", "en"),
    "by LANG": ({"LANG": "fi_FI.UTF-8"}, "{call}", "fi"),
    "LC_MESSAGES goes before": ({"LANG": "fi_FI", "LC_MESSAGES": "sv_FI"}, "{call}", "sv"),
    "LC_ALL goes before": ({"LC_MESSAGES": "fi_FI", "LC_ALL": "sv_SE.UTF-8"}, "{call}", "sv"),
    "a locale without a catalogue": ({"LANG": "de_DE.UTF-8"}, "{call}", "en"),
    "VERMEGROUP_LANG goes before": ({"VERMEGROUP_LANG": "sv", "LC_ALL": "fi"}, "{call}", "sv"),
    "VERMEGROUP_LANG is no language": ({"VERMEGROUP_LANG": "xx", "LANG": "fi"}, "{call}", "fi"),
    "before the command": ({"VERMEGROUP_LANG": "sv"}, "--lang fi {call}", "fi"),
    "after the command": ({"VERMEGROUP_LANG": "sv"}, "{call} --lang fi", "fi"),
    "at both places": ({}, "--lang fi {call} --lang sv", "sv"),
    "English, though the system is not": ({"LANG": "fi_FI"}, "{call} --lang en", "en"),
    "nothing, said in words": ({"LANG": "fi_FI"}, "{call} --lang=", "fi"),
}


@pytest.mark.parametrize("how", ASKED)
def test_the_language_of_a_report_is_that_which_was_asked_for(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    environment, words, language = ASKED[how]
    for name, value in (NOTHING | environment).items():
        monkeypatch.setenv(name, value)
    shown = run(*words.format(call="form roster.csv -o out").split())
    assert (shown.exit_code, f"\n{WORD[language]} (" in shown.stdout) == (0, True)
    # What is told of the call, and of the file, is in the same language.
    missing = run(*words.format(call="audit none.csv").split())
    told = {"en": "no such file", "fi": "ei löydy", "sv": "finns inte"}
    assert (missing.exit_code, told[language] in missing.stderr) == (2, True)


def test_tests_speak_english_whatever_the_machine_speaks(run: Run) -> None:
    assert "\nGroups (" in run("form", "roster.csv").stdout


DISK = {
    "the folder is a file": ("form roster.csv -o roster.csv", "paikalla on tiedosto"),
    "a file is in the way": ("form roster.csv -o roster.csv/a", "paikalla on tiedosto"),
    "too long a name": (f"form roster.csv -o {'a' * 300}", "nimi on liian pitkä"),
    "no folder": ("init roster.csv -o none/rules.yaml", "ei löydy"),
    "a folder as a roster": ("form .", "kansio eikä tiedosto"),
    "no rulebook": ("form roster.csv --rules none.yaml", "Tiedostoa ei löydy"),
    "no key": ("form roster.csv --pseudonymise --key-file none", "Tiedostoa ei löydy"),
    "no earlier groups": ("rebalance none.csv --absent A", "Tiedostoa ei löydy"),
}


@pytest.mark.parametrize("what", DISK)
def test_a_mistake_on_the_disk_is_told_in_the_language(folder: Path, run: Run, what: str) -> None:
    call, told = DISK[what]
    for language in ("fi", "sv"):
        shown = run(*call.split(), "--lang", language)
        assert shown.exit_code == 2
        assert language == "sv" or told in shown.stderr
        # The way to make a key has words of Python's in it.
        assert not english_in(shown.stderr) - {"import"}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EMFILE, errno.EACCES])
def test_what_the_system_refuses_while_results_are_written_is_told_in_the_language(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    shown = run("form", "roster.csv", "--lang", "fi")
    assert (shown.exit_code, "Tallentaminen ei onnistu: " in shown.stderr) == (2, True)
    assert os.strerror(number) not in shown.stderr
    assert not english_in(shown.stderr)
