"""``STALE``: a note beside an answer that a later run was to replace, and could not.

The answer stays as it is, so scripts that look for a fresh one find the note; the next run that
answers takes it away.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from vermegroup.domain.findings import Finding
from vermegroup.language.catalogues import Language
from vermegroup.language.legible import utf8
from vermegroup.language.messages import _
from vermegroup.report.blocks import ranked
from vermegroup.report.folder import RECORD, STALE, replace_file


def mark_stale(folder: Path, command: str, findings: Sequence[Finding], language: Language) -> None:
    """Note that the answer in a folder is older than a refused run; where there is none, nothing.

    A note that cannot be written is left: the run was refused in any case, and says so.
    """
    if not os.path.isfile(folder / RECORD):
        return
    lines = [_STALE.in_(language), f"{datetime.now():%Y-%m-%d %H:%M:%S}", command]
    for finding in ranked(findings)[:1]:
        place = finding.place(language)
        message = finding.message.in_(language)
        lines.append(f"{place}: {message}" if place else message)
    with suppress(OSError):
        replace_file(folder / STALE, utf8("\n".join(lines) + "\n"))


_STALE = _("The files in this folder are older than this run, which was refused:")
