"""The text of a YAML file, and the hash of its bytes."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from vermegroup.domain.findings import RulebookError
from vermegroup.intake.files.readings import RULEBOOK
from vermegroup.intake.files.source import Source, UnopenedError, bytes_of, read_for
from vermegroup.language.messages import _
from vermegroup.rulebooks.faults import Faults

MOST_BYTES = 4_000_000


class HashedText(NamedTuple):
    """A text, and the SHA-256 of the very bytes that it was read from, in hexadecimal."""

    text: str
    sha256: str


def read_text(path: Path, faults: Faults) -> HashedText:
    """The text of a UTF-8 file, with or without a byte order mark.

    Raises RulebookError where the file is missing, cannot be opened, or is no UTF-8.
    """
    try:
        source = Source(path.name, read_for(RULEBOOK, path, _rules_in))
        return HashedText(source.data.decode("utf-8-sig"), source.sha256())
    except UnicodeDecodeError as error:
        _note_not_utf8(error, faults)
    except UnopenedError as fault:
        faults.note(fault.reason)
    raise RulebookError(faults.findings())


def _rules_in(path: Path | str) -> bytes:
    return bytes_of(path, MOST_BYTES)


def _note_not_utf8(error: UnicodeDecodeError, faults: Faults) -> None:
    before = bytes(error.object[: error.start])
    faults.note(
        _("The file is not UTF-8 text"),
        line=before.count(b"\n") + 1,
        hint=_("Save the file again and choose the encoding UTF-8"),
    )
