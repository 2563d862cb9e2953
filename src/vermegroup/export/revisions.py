"""How a second export of a calendar updates the first one, without a clock.

A program takes an event that it has for a newer one where the UID is the same and SEQUENCE has
grown (`RFC 5546, 2.1.4 <https://www.rfc-editor.org/rfc/rfc5546#section-2.1.4>`_), and leaves it
where SEQUENCE is the same. So what an earlier export left in the folder is looked at: an event
that is as it was keeps its number, and one that has changed gets the next. DTSTAMP grows with it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Event

_UID = re.compile(rb"^UID:([0-9a-f]{32}@vermegroup)\r?$", re.MULTILINE)
_SEQUENCE = re.compile(rb"^SEQUENCE:([0-9]{1,9})\r?$", re.MULTILINE)
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def uid_of(name: str, group: str) -> str:
    """The same for a group whenever it goes out, of groups that are called so."""
    told = f"{name}\n{group}".encode(errors="surrogateescape")
    return f"{hashlib.sha256(told).hexdigest()[:32]}@vermegroup"


def revise(events: Sequence[Event], earlier: bytes) -> int:
    """Number events after those of an earlier calendar; so many of that one's are no more."""
    before = dict(_numbered(earlier))
    for event in events:
        uid = str(event["UID"])
        _number(event, before.get(uid, 0))
        if uid in before and event.to_ical() not in earlier:
            _number(event, before[uid] + 1)
    return len(before.keys() - {str(event["UID"]) for event in events})


def _numbered(calendar: bytes) -> list[tuple[str, int]]:
    """The UID and the SEQUENCE of each event of ours: neither line is ever folded."""
    parts = calendar.split(b"BEGIN:VEVENT")[1:]
    found = [(_UID.search(part), _SEQUENCE.search(part)) for part in parts]
    return [(uid[1].decode(), int(number[1])) for uid, number in found if uid and number]


def _number(event: Event, sequence: int) -> None:
    for name in ("SEQUENCE", "DTSTAMP"):
        event.pop(name, None)
    event.add("SEQUENCE", sequence)
    event.add("DTSTAMP", _BEGINNING + timedelta(minutes=sequence))
