"""Calls of the program, as they are typed into a shell."""

from __future__ import annotations

import os
import shlex
import subprocess

from vermegroup.language.messages import Message, verbatim

_KEPT_TOGETHER = "\N{NO-BREAK SPACE}"


def call(command: str, *words: str) -> Message:
    """A call with every word quoted that a shell would take apart; no line ends within it.

    A word that is a file's name must not begin with a hyphen: see :func:`file_word`.
    """
    quoted = subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
    return verbatim(f"vermegroup {command} {quoted}".replace(" ", _KEPT_TOGETHER))


def file_word(path: str) -> str:
    """A path that is not taken for an option."""
    return os.path.join(os.curdir, path) if path.startswith("-") else path
