"""Progress is told on a terminal, and nowhere else."""

from __future__ import annotations

import io
import sys

import pytest

from vermegroup.cli import terminal as progress
from vermegroup.cli.terminal import Progress
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import _

WISH = _("every group is full")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def progress_shown(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, lang: Language, quiet: bool = False
) -> str:
    """What stands on a stream after a search of half a round."""
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(progress, "_PAUSE", 0.0)
    monkeypatch.setenv("COLUMNS", "200")
    with Progress(lang, quiet=quiet) as listener:
        listener.trying(25)
        listener.stage("improve", 42.4)
        listener.pursuing(WISH, 0.0125)
        listener.done(5, 10, 41.6)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "25 groups · improving · 42 s left · every group is full (at most 1.25 % to gain)"),
        (
            "fi",
            "25 ryhmää · parannetaan · jäljellä 42 s · kaikki ryhmät ovat täynnä "
            "(parannettavaa enintään 1,25 %)",
        ),
        (
            "sv",
            "25 grupper · förbättrar · 42 s kvar · alla grupper är fulla "
            "(högst 1,25 % kvar att vinna)",
        ),
    ],
)
def test_a_terminal_shows_stage_gap_and_the_time_left(
    monkeypatch: pytest.MonkeyPatch, lang: Language, expected: str
) -> None:
    lines = progress_shown(monkeypatch, Terminal(), lang=lang).split("\r\x1b[K")
    assert lines[-2] == "━━━━━━━━────────  " + expected
    assert lines[-1] == "", "the line is wiped away"


def test_a_pipe_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert progress_shown(monkeypatch, io.StringIO(), lang="en") == ""


def test_quiet_is_quiet_on_a_terminal_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert progress_shown(monkeypatch, Terminal(), lang="en", quiet=True) == ""
