"""How a run reads, and what it calls people: by their own names, unless there is a key."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import ClassVar

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.rulebook import Rulebook
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.intake.groups import Mention
from vermegroup.intake.people.membership import Membership
from vermegroup.intake.pipeline import Look, ReadOptions
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import Message, _

VARIABLE = "VERMEGROUP_KEY"
SHORTEST = 16
"""Bytes. Whoever guesses the key can find out who is behind a pseudonym."""
_LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class How:
    """What the caller asked for: headers by their traits, a workbook's sheet, a key.

    With a key people are called by pseudonyms as soon as they are read. ``day`` is what counts as
    today where experience is told by when it began; where nobody said, it is that of the groups'
    record, or else today. The file of ``group_facts`` says what groups are called, who leads them,
    when and where; so may the folder that is ``replaced`` by the results. ``unasked`` is a day that
    nobody asked for: that of a run which is repeated.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    key: bytes | None = None
    day: date | None = None
    group_facts: Path | None = None
    replaced: Path | None = None
    unasked: bool = False

    @property
    def today(self) -> date:
        """The day that counts as today."""
        return self.day or date.today()

    def dated(self, recorded: date | None = None) -> How:
        """The same with the day that counts: that asked for, or ``recorded``, or today."""
        return replace(self, day=self.day or recorded or date.today())

    def asked_day(self) -> dict[str, str | None]:
        """The day that was asked for, as an argument of a call that is recorded."""
        return {"day": None if self.day is None or self.unasked else self.day.isoformat()}

    def options(self) -> tuple[str, ...]:
        """Which columns and which sheet, as options of a call."""
        columns = [f"{trait}={header}" for trait, header in self.columns.items()]
        sheet = () if self.sheet is None else ("--sheet", self.sheet)
        asked = self.asked_day()["day"]
        day = () if asked is None else ("--day", asked)
        return (*(word for pair in columns for word in ("--column", pair)), *sheet, *day)


AS_IT_IS = How()


class Openly:
    """Leaves everything that a run reads as it is; ``open`` says that it does."""

    __slots__ = ()
    open: ClassVar[bool] = True

    def id(self, id_: str) -> str:
        """The id by which a run goes."""
        return id_

    def look(self, look: Look, rulebook: Rulebook) -> Look:
        """A look at a file that was read under a rulebook."""
        del rulebook
        return look

    def members(self, members: Membership, rulebook: Rulebook) -> Membership:
        """The members of groups, and who joins them."""
        del rulebook
        return members

    def newcomers(self, sheet: Sheet, reading: ReadOptions, members: Look) -> Sheet:
        """A sheet of those who join these members."""
        del reading, members
        return sheet

    def rulebook(self, rulebook: Rulebook) -> Rulebook:
        """A rulebook, once all rosters are known."""
        return rulebook

    def mentions(self, mentions: Sequence[Mention]) -> list[Mention]:
        """The people whom a call names."""
        return list(mentions)

    def earlier(self, earlier: EarlierGroups) -> EarlierGroups:
        """Who was together before."""
        return earlier

    def findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """What was noticed."""
        return tuple(findings)

    def file(self, name: str) -> str:
        """What a file is called."""
        return name

    def header(self, text: str) -> str:
        """What the header of a column or the name of a sheet is told as."""
        return text

    def folder(self, folder: Path) -> Path:
        """What a folder is called that nobody chose the name of."""
        return folder

    @contextmanager
    def faults(self, *files: str | None) -> Iterator[None]:
        """Whatever is at fault inside is told so; ``files`` are those with people in them."""
        del files
        yield


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


def key_id(key: bytes) -> str:
    """By what a key is known again; it tells nothing of the key."""
    return hmac.digest(key, b"vermegroup key id", "sha256").hex()[:16]


def _from(file: Path) -> bytes:
    try:
        return bytes_of(file, _LONGEST).strip()
    except UnopenedError as fault:
        raise InputError([_fault(fault.reason, _MAKE_ONE, str(file))]) from fault


def _fault(message: Message, hint: Message | None, file: str) -> Finding:
    return Finding(Severity.ERROR, message, file=file, hint=hint)


_NO_KEY = _("Pseudonyms need a key, and there is none")
_TOO_SHORT = _("The key is too short: it takes at least {count} characters", count=SHORTEST)
_WITHOUT = _("A key file was given without --pseudonymise")
_COMMAND = 'python -c "import secrets; print(secrets.token_hex(32))" > key.txt'
_MAKE_ONE = _(
    "Make one with {command} and name it with --key-file key.txt, or put it into {variable}. Keep "
    "it apart from the results",
    command=_COMMAND,
    variable=VARIABLE,
)
