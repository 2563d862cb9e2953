"""The file by which Zoom assigns people to breakout rooms before a meeting.

Its two headers are to the letter those of Zoom's own template. Zoom pre-assigns 1,000 people to 100
rooms; where an account has no larger plan a meeting has 50 rooms, and older accounts pre-assign 200
people. A meeting, or a series of them, has one set of rooms, in which an address stands once. See
`Pre-assigning meeting participants to breakout rooms
<https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0061353>`_ and
`createBreakoutRoom
<https://marketplacefront.zoom.us/sdk/meeting/web/functions/ZoomMtg.createBreakoutRoom.html>`_.
"""

from __future__ import annotations

from collections.abc import Iterator

from vermegroup.domain.findings import Finding, Severity
from vermegroup.export.accounts import by_address, one_each, seats
from vermegroup.export.handout import Handout
from vermegroup.export.names_elsewhere import NamesElsewhere
from vermegroup.export.rendered import Kind, Rendered, Wanted
from vermegroup.intake.files.csv_text import csv_text
from vermegroup.language.legible import utf8
from vermegroup.language.messages import Message, _

_HEADER = ("Pre-assign Room Name", "Email Address")
# Zoom tells no longest name of a room; so much of one is seen in its list of rooms.
_NAMES = NamesElsewhere("Zoom", 32)
_MOST_ROOMS, _MOST_PEOPLE = 100, 1000
_ROOMS, _PEOPLE = 50, 200
"""What every account may have."""


def zoom_rooms(handout: Handout, wanted: Wanted) -> Rendered:
    """A room for each group, and its members by their addresses."""
    accounts, without = by_address(handout, Kind.ZOOM)
    seated, several = one_each(handout, seats(handout, accounts), "Zoom", _BY_HAND)
    names, changed = _NAMES.called(handout, wanted.language)
    rooms = [names[seat.group.id] for seat in seated]
    text = csv_text([_HEADER], [rooms, [seat.account for seat in seated]])
    beyond = _beyond_limits(len(set(rooms)), len(seated))
    return Rendered({"zoom.csv": utf8(text)}, (*without, *several, *changed, *beyond))


def _beyond_limits(rooms: int, people: int) -> Iterator[Finding]:
    if rooms > _ROOMS:
        said = _("Zoom takes {most} rooms, and there are {n}", most=_ROOMS, n=rooms)
        yield Finding(Severity.WARNING, said, hint=_hint(rooms, _MOST_ROOMS))
    if people > _PEOPLE:
        said = _("Zoom pre-assigns {most} people, and there are {n}", most=_PEOPLE, n=people)
        yield Finding(Severity.WARNING, said, hint=_hint(people, _MOST_PEOPLE))


def _hint(there_are: int, most: int) -> Message:
    return _SPLIT if there_are > most else _("Some accounts take up to {n}", n=most)


_SPLIT = _("Hold several meetings, each with a part of the groups")
_BY_HAND = _("Move the person by hand in the meeting, or hold a meeting for each")
