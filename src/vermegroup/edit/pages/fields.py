"""What a form says, as what it means; else the person is told that it was not understood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import NoReturn

from starlette.datastructures import FormData, ImmutableMultiDict, UploadFile

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.edit.session.steps import Seat, Way
from vermegroup.language.messages import N_, Message, _

Fields = ImmutableMultiDict[str, str] | FormData
_MOST = 2_000
_LONGEST = 10_000


def one(fields: Fields, name: str) -> str:
    """The only text of a field. Raises InputError where there is none, or are several."""
    found = several(fields, name)
    if len(found) != 1:
        refuse()
    return found[0]


def several(fields: Fields, name: str) -> list[str]:
    """All texts of a field. Raises InputError at a file, and where they are too many or long."""
    found = fields.getlist(name)
    texts = [text for text in found if isinstance(text, str) and len(text) <= _LONGEST]
    if len(texts) != len(found) or len(found) > _MOST:
        refuse()
    return texts


def text(fields: Fields, name: str) -> str:
    """The text of a field, "" where it is not there."""
    return one(fields, name) if fields.getlist(name) else ""


def whole(fields: Fields, name: str) -> int:
    """A whole number from 0 on. Raises InputError where it is none."""
    found = one(fields, name)
    if not (found.isascii() and found.isdigit() and len(found) < 10):
        refuse()
    return int(found)


def seats(fields: Fields) -> list[Seat]:
    """Who is meant, each with a group: as many of ``person`` as of ``from``."""
    people, groups = several(fields, "person"), several(fields, "from")
    if not people or len(people) != len(groups):
        refuse()
    return list(zip(people, groups, strict=True))


def ways(fields: Fields) -> list[Way]:
    """Who goes where: as many of ``to``, or one for all."""
    origins, targets = seats(fields), several(fields, "to")
    if len(targets) == 1:
        targets = targets * len(origins)
    if len(targets) != len(origins):
        refuse()
    return [(id_, origin, target) for (id_, origin), target in zip(origins, targets, strict=True)]


def day(fields: Fields, name: str) -> str:
    """A day as in 2026-12-01. Raises InputError where it is none."""
    found = one(fields, name)
    try:
        return date.fromisoformat(found).isoformat()
    except ValueError:
        refuse(_NO_DAY, found)


def hour(fields: Fields, name: str) -> time | None:
    """A time of day as in 15:00; None where nothing stands. Raises InputError where it is none."""
    found = text(fields, name)
    try:
        return time.fromisoformat(found).replace(second=0, microsecond=0) if found else None
    except ValueError:
        refuse(_NO_HOUR, found)


def number(fields: Fields, name: str, most: int) -> int | None:
    """A number from 1 to ``most``; None where nothing stands. Raises InputError at others."""
    found = text(fields, name).strip()
    if not found:
        return None
    if not (found.isascii() and found.isdigit() and 1 <= int(found[:10]) <= most):
        refuse(_NO_NUMBER.filled(most=most), found)
    return int(found)


def lines(fields: Fields, name: str) -> list[str]:
    """What stands on the lines of a field, without blank ones."""
    found = text(fields, name).splitlines()
    return [line.strip() for line in found if line.strip()]


def chosen(fields: Fields, name: str) -> tuple[str, bytes] | None:
    """The name and the bytes of a file that was chosen; None where none was."""
    found: Sequence[object] = fields.getlist(name)
    if not found:
        return None
    if len(found) != 1 or not isinstance(found[0], UploadFile):
        refuse()
    upload = found[0]
    content = upload.file.read()
    return (upload.filename or "", content) if upload.filename or content else None


def refuse(message: Message | None = None, value: str | None = None) -> NoReturn:
    """Raise InputError: this cannot be meant."""
    raise InputError([Finding(Severity.ERROR, message or _NOT_MEANT, value=value)])


_NOT_MEANT = _("The page sent something that does not fit together; load it again")
_NO_HOUR = _("This is no time of day; write it as in 15:00")
_NO_NUMBER = N_("This is no whole number from 1 to {most}")
_NO_DAY = _("This is no day; write it as in 2027-01-31")
