"""Calls of the program, as they are typed into a shell."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence

from vermegroup.language.messages import Message, verbatim

_KEPT_TOGETHER = "\N{NO-BREAK SPACE}"


def call(command: str, *words: str) -> Message:
    """A call with every word quoted that a shell would take apart; no line ends within it.

    A word that is a file's name must not begin with a hyphen: see :func:`file_word`.
    """
    line = shell_line(["vermegroup", command, *words])
    return verbatim(line.replace(" ", _KEPT_TOGETHER))


def shell_line(words: Sequence[str]) -> str:
    """The words of a command as somebody may paste them into a shell."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def file_word(path: str) -> str:
    """A path that is not taken for an option; "-" is standard input."""
    return os.path.join(os.curdir, path) if path.startswith("-") and path != "-" else path
