"""The bytes of a file or of standard input."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from vermegroup.intake.ledger import Ledger
from vermegroup.phrase import Phrase, phrase

STANDARD_INPUT = "-"
_READ_ALOUD = "stdin"


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes and the name people know it by."""

    name: str
    data: bytes

    def sha256(self) -> str:
        """The bytes' SHA-256, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def spoken(source: Path | str) -> str:
    """What findings call the source: the path as it was given."""
    return _READ_ALOUD if str(source) == STANDARD_INPUT else str(source)


def read_source(source: Path | str, ledger: Ledger) -> Source:
    """Read everything, or note why that failed and stop."""
    if str(source) == STANDARD_INPUT:
        return Source(_READ_ALOUD, sys.stdin.buffer.read())
    try:
        return Source(Path(source).name, Path(source).read_bytes())
    except (OSError, ValueError) as fault:
        ledger.error(_refusal(fault))
    raise ledger.refusal()


def _refusal(fault: OSError | ValueError) -> Phrase:
    if isinstance(fault, FileNotFoundError):
        return Phrase("There is no such file", "Tiedostoa ei löydy", "Filen finns inte")
    if isinstance(fault, IsADirectoryError):
        return Phrase(
            "This is a folder, not a file",
            "Tämä on kansio eikä tiedosto",
            "Det här är en mapp, inte en fil",
        )
    if isinstance(fault, PermissionError):
        return Phrase(
            "The file may not be read: permission is missing, or another programme holds it",
            "Tiedostoa ei saa lukea: oikeudet puuttuvat tai toinen ohjelma on varannut sen",
            "Filen får inte läsas: behörighet saknas eller så är den låst av ett annat program",
        )
    return phrase(
        "The file cannot be read: {reason}",
        "Tiedostoa ei voi lukea: {reason}",
        "Filen kan inte läsas: {reason}",
        reason=getattr(fault, "strerror", None) or str(fault),
    )
