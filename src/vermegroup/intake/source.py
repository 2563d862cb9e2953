"""The bytes of a file or of standard input."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from vermegroup.intake.ledger import Ledger
from vermegroup.intake.opening import UnopenedError, all_of, bytes_of
from vermegroup.phrase import Phrase

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
    try:
        if str(source) == STANDARD_INPUT:
            return Source(_READ_ALOUD, all_of(sys.stdin.buffer))
        return Source(Path(source).name, bytes_of(source))
    except UnopenedError as fault:
        ledger.error(fault.reason)
    except OSError:
        ledger.error(_NO_INPUT)
    raise ledger.refusal()


_NO_INPUT = Phrase(
    "Standard input cannot be read: is it closed?",
    "Vakiosyötettä ei voi lukea: onko se suljettu?",
    "Standardindata kan inte läsas: är den stängd?",
)
