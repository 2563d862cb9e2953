"""What the record of a run tells of how it came about: what was asked, and what was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from pathlib import Path
from typing import Any

from vermegroup.app.privacy.how import How, Openly, key_id
from vermegroup.intake.files.readings import Readings, is_there
from vermegroup.intake.files.source import Given, Source
from vermegroup.intake.groups import Mention
from vermegroup.report.report import Input, RecordedCall
from vermegroup.solver.search import Clock, Limits


def inputs_of(read: Readings, names: Openly) -> tuple[Input, ...]:
    """The files that were read; with pseudonyms no path tells a name."""
    return tuple(Input(each.role, names.file(each.path), each.sha256) for each in read.files())


def path_of(given: Given) -> Path:
    """The path of what is to be read; of what is in memory, its name."""
    return Path(given.name if isinstance(given, Source) else given)


def recorded_call(
    command: str, arguments: Mapping[str, object], how: How, names: Openly
) -> RecordedCall:
    """The call of a command; arguments that nobody gave are left out."""
    return RecordedCall(
        command,
        plain_arguments({**arguments, "group_facts": how.group_facts}, names),
        None if how.sheet is None else names.header(how.sheet),
        {trait: names.header(header) for trait, header in how.columns.items()},
        None if how.key is None else key_id(how.key),
    )


def plain_arguments(arguments: Mapping[str, object], names: Openly) -> dict[str, object]:
    """Arguments as plain values, without those that nobody gave."""
    given = arguments.items()
    return {name: _plain(value, names) for name, value in given if value not in (None, ())}


def limited(limits: Limits) -> dict[str, object]:
    """What bounds a search and seeds it, as arguments of a call."""
    seconds = limits.seconds
    return {
        "seed": limits.seed,
        "effort": limits.begun().effort,
        "time_limit": None if seconds is None or seconds == inf else seconds,
    }


def limits_told(told: Mapping[str, Any]) -> Limits:
    """The limits of a call that was recorded; no clock ends it, whatever seconds it tells.

    Raises:
        LookupError: it tells none.
        TypeError, ValueError: what it tells is no number, or means nothing.
    """
    seconds = told.get("time_limit")
    return Limits(
        None if seconds is None else float(seconds),
        seed=int(told["seed"]),
        effort=float(told["effort"]),
        clock=Clock(inf),
    )


def people_told(
    texts: Sequence[str | Mention], role: str, mentioned: Sequence[Sequence[Mention]], names: Openly
) -> tuple[str | Path, ...]:
    """Whom a call means, each text as it was written; with pseudonyms by these.

    A text may be the path of a file that was read for ``role``. ``mentioned`` has the people of
    each text as they were found.
    """
    return tuple(
        Path(text)
        if isinstance(text, str) and is_there(text, role)
        else str(text if isinstance(text, str) else text.text)
        if names.open
        else ",".join(each.text for each in names.mentions(mentions))
        for text, mentions in zip(texts, mentioned, strict=True)
    )


def _plain(value: object, names: Openly) -> object:
    match value:
        case Path():
            return names.file(str(value))
        case tuple():
            return [_plain(each, names) for each in value]
        case _:
            return value
