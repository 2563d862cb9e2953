"""Calls of the program, as they are typed into a shell."""

from __future__ import annotations

import os

from vermegroup.language.messages import Message, verbatim
from vermegroup.report.folder import shell_line

_KEPT_TOGETHER = "\N{NO-BREAK SPACE}"


def call(command: str, *words: str) -> Message:
    """A call with every word quoted that a shell would take apart; no line ends within it.

    A word that is a file's name must not begin with a hyphen: see :func:`file_word`.
    """
    line = shell_line(["vermegroup", command, *words])
    return verbatim(line.replace(" ", _KEPT_TOGETHER))


def file_word(path: str) -> str:
    """A path that is not taken for an option."""
    return os.path.join(os.curdir, path) if path.startswith("-") else path
