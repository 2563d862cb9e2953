"""Opens what is a file and nothing else, and takes no more of it than memory can hold.

A name may come from a rulebook that somebody else wrote. A pipe would never end, a device would
fill all memory.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from vermegroup.phrase import Phrase, phrase

MOST_BYTES = 1_000_000_000
_AT_ONCE = 1 << 20


class UnopenedError(Exception):
    """A file cannot be read; ``reason`` says why, and quotes nothing of it."""

    def __init__(self, reason: Phrase) -> None:
        self.reason = reason
        super().__init__(reason.en)


def bytes_of(path: Path | str, most: int = MOST_BYTES) -> bytes:
    """Everything in a regular file. Raises UnopenedError at anything else, and beyond ``most``."""
    try:
        found = os.stat(path)
        if stat.S_ISDIR(found.st_mode):
            raise UnopenedError(_FOLDER)
        if not stat.S_ISREG(found.st_mode):
            raise UnopenedError(_NO_FILE)
        if found.st_size > most:
            raise UnopenedError(_too_large(most))
        with open(path, "rb", opener=_at_once) as file:
            return all_of(file, most, found.st_size)
    except (OSError, ValueError) as fault:
        raise UnopenedError(_why(fault)) from fault


def all_of(stream: BinaryIO, most: int = MOST_BYTES, likely: int = 0) -> bytes:
    """Everything in an open stream. Raises UnopenedError beyond ``most`` bytes."""
    parts, size = [], 0
    while part := stream.read(max(likely, _AT_ONCE) + 1):
        size += len(part)
        if size > most:
            raise UnopenedError(_too_large(most))
        parts.append(part)
    return b"".join(parts)


def _at_once(path: str, flags: int) -> int:
    # What became a pipe since it was looked at must not be waited for either.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _why(fault: OSError | ValueError) -> Phrase:
    if isinstance(fault, FileNotFoundError):
        return Phrase("There is no such file", "Tiedostoa ei löydy", "Filen finns inte")
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


_FOLDER = Phrase(
    "This is a folder, not a file",
    "Tämä on kansio eikä tiedosto",
    "Det här är en mapp, inte en fil",
)
_NO_FILE = Phrase(
    "This is a pipe or a device, not a file",
    "Tämä on putki tai laite eikä tiedosto",
    "Det här är ett rör eller en enhet, inte en fil",
)


def _too_large(most: int) -> Phrase:
    return phrase(
        "The file is too large: it may have at most {n} megabytes",
        "Tiedosto on liian suuri: siinä saa olla enintään {n} megatavua",
        "Filen är för stor: den får ha högst {n} megabyte",
        n=most // 1_000_000,
    )
