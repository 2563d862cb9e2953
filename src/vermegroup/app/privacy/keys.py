"""The key by which pseudonyms are made."""

from __future__ import annotations

import os
from pathlib import Path

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.language.phrase import Phrase, phrase

VARIABLE = "VERMEGROUP_KEY"
SHORTEST = 16
"""Bytes. Whoever guesses the key can find out who is behind a pseudonym."""
_LONGEST = 1_000_000


def key_for(pseudonymise: bool, file: Path | None) -> bytes | None:
    """The key, from the file or else from the environment; None where ids stay as they are.

    Raises:
        InputError: there is no key, or it is too short.
    """
    if not pseudonymise:
        if file is not None:
            raise InputError([_fault(_WITHOUT, None, str(file))])
        return None
    key = _from(file) if file is not None else os.fsencode(os.environ.get(VARIABLE, ""))
    place = str(file) if file is not None else VARIABLE
    if not key:
        raise InputError([_fault(_NO_KEY, _MAKE_ONE, "" if file is None else place)])
    if len(key) < SHORTEST:
        raise InputError([_fault(_TOO_SHORT, _MAKE_ONE, place)])
    return key


def _from(file: Path) -> bytes:
    try:
        return bytes_of(file, _LONGEST).strip()
    except UnopenedError as fault:
        raise InputError([_fault(fault.reason, _MAKE_ONE, str(file))]) from fault


def _fault(message: Phrase, hint: Phrase | None, file: str) -> Finding:
    return Finding(Severity.ERROR, message, file=file, hint=hint)


_NO_KEY = Phrase(
    "Pseudonyms need a key, and there is none",
    "Pseudonyymeihin tarvitaan avain, eikä sellaista ole",
    "Pseudonymer kräver en nyckel, och det finns ingen",
)
_TOO_SHORT = phrase(
    "The key is too short: it takes at least {count} characters",
    "Avain on liian lyhyt: siinä on oltava vähintään {count} merkkiä",
    "Nyckeln är för kort: den måste ha minst {count} tecken",
    count=SHORTEST,
)
_WITHOUT = Phrase(
    "A key file was given without --pseudonymise",
    "Avaintiedosto on annettu ilman valitsinta --pseudonymise",
    "En nyckelfil har angetts utan --pseudonymise",
)
_COMMAND = 'python -c "import secrets; print(secrets.token_hex(32))" > key.txt'
_MAKE_ONE = phrase(
    "Make one with {command} and name it with --key-file key.txt, or put it into {variable}. Keep "
    "it apart from the results",
    "Luo avain komennolla {command} ja anna se valitsimella --key-file key.txt tai muuttujassa "
    "{variable}. Säilytä se erillään tuloksista",
    "Skapa en nyckel med {command} och ange den med --key-file key.txt eller i {variable}. "
    "Förvara den åtskild från resultaten",
    command=_COMMAND,
    variable=VARIABLE,
)
