"""The file by which Zoom assigns people to breakout rooms before a meeting.

Its two headers are to the letter those of Zoom's own template; see `Pre-assigning participants to
breakout rooms <https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0064313>`_.
"""

from __future__ import annotations

from collections.abc import Iterator

from vermegroup.domain.findings import Finding, Severity
from vermegroup.export.addresses import has_address, without_address
from vermegroup.export.handout import Handout
from vermegroup.export.rendered import Rendered, Wanted
from vermegroup.intake.files.csv_text import csv_text
from vermegroup.language.legible import utf8
from vermegroup.language.messages import _

_HEADER = ("Pre-assign Room Name", "Email Address")
_MOST_ROOMS = 50
_MOST_PEOPLE = 200


def zoom_rooms(handout: Handout, wanted: Wanted) -> Rendered:
    """A room for each group, and its members by their addresses."""
    del wanted
    seats = [(group, member) for group, member in handout.members() if has_address(member)]
    rooms = [group.title for group, _member in seats]
    addresses = [member.email for _group, member in seats]
    text = csv_text([_HEADER], [rooms, addresses])
    findings = (*without_address(handout), *_beyond_limits(len(set(rooms)), len(seats)))
    return Rendered({"zoom.csv": utf8(text)}, findings)


def _beyond_limits(rooms: int, people: int) -> Iterator[Finding]:
    if rooms > _MOST_ROOMS:
        said = _("Zoom takes {most} rooms, and there are {n}", most=_MOST_ROOMS, n=rooms)
        yield Finding(Severity.WARNING, said, hint=_SPLIT)
    if people > _MOST_PEOPLE:
        said = _("Zoom pre-assigns {most} people, and there are {n}", most=_MOST_PEOPLE, n=people)
        yield Finding(Severity.WARNING, said, hint=_SPLIT)


_SPLIT = _("Hold several meetings, each with a part of the groups")
