"""The text of a rules file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from vermegroup.findings import RulebookError
from vermegroup.intake.faults import Faults
from vermegroup.intake.opening import UnopenedError, bytes_of
from vermegroup.intake.source import Source
from vermegroup.phrase import phrase

MOST_BYTES = 4_000_000


class Text(NamedTuple):
    """A text, and the SHA-256 of the very bytes that it was read from, in hexadecimal."""

    text: str
    sha256: str


def read_text(path: Path, faults: Faults) -> Text:
    """The text of a UTF-8 file, with or without a byte order mark.

    Raises RulebookError where the file is missing, cannot be opened, or is no UTF-8.
    """
    try:
        source = Source(path.name, bytes_of(path, MOST_BYTES))
        return Text(source.data.decode("utf-8-sig"), source.sha256())
    except UnicodeDecodeError as error:
        _note_not_utf8(error, faults)
    except UnopenedError as fault:
        faults.note(fault.reason)
    raise RulebookError(faults.findings())


def _note_not_utf8(error: UnicodeDecodeError, faults: Faults) -> None:
    before = bytes(error.object[: error.start])
    faults.note(
        phrase(
            "The file is not UTF-8 text",
            "Tiedosto ei ole UTF-8-muotoista tekstiä",
            "Filen är inte text i formatet UTF-8",
        ),
        line=before.count(b"\n") + 1,
        hint=phrase(
            "Save the file again and choose the encoding UTF-8",
            "Tallenna tiedosto uudelleen ja valitse merkistöksi UTF-8",
            "Spara filen på nytt och välj teckenkodningen UTF-8",
        ),
    )
