"""The language: --lang at either place, then VERMEGROUP_LANG, then the locale, then English."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

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
