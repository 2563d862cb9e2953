"""What groups were formed of, as their journal keeps it: the list of people, and the rules."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from vermegroup.domain.findings import InputError
from vermegroup.edit.session.journal import how_plain, packed, unpacked
from vermegroup.edit.session.journal_lines import WRONG
from vermegroup.edit.session.noted import how_told, path_told
from vermegroup.edit.starting.beginning import Beginning, begun
from vermegroup.intake.files.source import Source, UnopenedError, bytes_of
from vermegroup.language.catalogues import Language


def beginning_plain(beginning: Beginning) -> dict[str, object]:
    """A roster and its rules, as JSON has them."""
    given = beginning.given
    raw = given.data if isinstance(given, Source) else _read(given)
    return {
        "name": beginning.name,
        "path": None if isinstance(given, Source) else str(given),
        "content": None if raw is None else packed(raw),
        "place": str(beginning.place.absolute()),
        "how": how_plain(beginning.how),
        "rules": beginning.text,
        "drafted": beginning.drafted,
        "profile": beginning.profile,
        "asked": beginning.asked,
    }


def beginning_told(first: Mapping[str, Any], language: Language) -> Beginning | None:
    """What the first line of a journal tells; None where it tells nothing that can be read.

    A file that is gone is as it was.
    """
    told = first.get("beginning")
    if told is None:
        return None
    with suppress(InputError, *WRONG):
        path = None if told["path"] is None else path_told(first, told["path"])
        given: Source | str
        if path is not None and (told["content"] is None or Path(path).is_file()):
            given = path
        else:
            given = Source(str(told["name"]), unpacked(told["content"]))
        how = how_told(first, told["how"])
        found = begun(given, Path(told["place"]), language, how).under(str(told["rules"]))
        return replace(found, drafted=told["drafted"], profile=told["profile"], asked=told["asked"])
    return None


def _read(path: str | Path) -> bytes | None:
    try:
        return bytes_of(path)
    except UnopenedError:
        return None
