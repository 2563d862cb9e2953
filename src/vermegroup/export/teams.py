"""Lists to add people by in Microsoft Teams.

Teams takes no file of breakout rooms: whoever is invited is put into one by hand (`Assign people to
breakout rooms
<https://support.microsoft.com/en-us/teams/meetings/assign-people-breakout-rooms>`_). So
``members.txt`` has the addresses of each group on a line, to be pasted where people are invited or
added.

The other files are for private channels, one for each group: ``Add-TeamChannelUser`` of Teams
PowerShell takes their columns from ``Import-Csv`` by the names of its parameters. Who leads becomes
a member first, by ``channel-members.csv``, and then an owner, by ``channel-owners.csv``. See
`Add-TeamChannelUser
<https://learn.microsoft.com/en-us/powershell/module/microsoftteams/add-teamchanneluser>`_, and for
the names of channels `New-TeamChannel
<https://learn.microsoft.com/en-us/powershell/module/microsoftteams/new-teamchannel>`_.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from vermegroup.export.accounts import Seat, by_address, seats
from vermegroup.export.handout import Handout
from vermegroup.export.names_elsewhere import NamesElsewhere, one_line
from vermegroup.export.rendered import Kind, Rendered, Wanted
from vermegroup.intake.files.csv_text import csv_text
from vermegroup.language.legible import utf8

_HEADER = ("DisplayName", "User")
_OWNER = "Owner"
# What no name of a channel may have anywhere, and what it may not begin or end with.
_REFUSED = re.compile(r"""[~#%&*{}/\\:<>?+|'",]+|^[._ ]+|[. ]+$""")
# The channel that every team has; its name is reserved in other languages' teams, too.
_RESERVED = frozenset(("general", "yleinen", "yleiset", "allmänt"))
_NAMES = NamesElsewhere("Teams", 50, _REFUSED, reserved=_RESERVED)


def teams_lists(handout: Handout, wanted: Wanted) -> Rendered:
    """The addresses of each group to be pasted, and a table of channels and their members."""
    accounts, without = by_address(handout, Kind.TEAMS)
    seated = seats(handout, accounts)
    names, changed = _NAMES.called(handout, wanted.language)
    files = {
        "teams/members.txt": "\n".join(_pasted(handout, seated)),
        "teams/channel-members.csv": csv_text(*_table(seated, names)),
    }
    if owners := [seat for seat in seated if seat.member.leads]:
        heading, columns = _table(owners, names)
        with_role = [(*heading[0], "Role")], [*columns, [_OWNER] * len(owners)]
        files["teams/channel-owners.csv"] = csv_text(*with_role)
    written = {name: utf8(text) for name, text in files.items()}
    return Rendered(written, (*without, *changed))


def _table(
    seated: Sequence[Seat], names: Mapping[str, str]
) -> tuple[list[tuple[str, ...]], list[list[str]]]:
    channels = [names[seat.group.id] for seat in seated]
    return [_HEADER], [channels, [seat.account for seat in seated]]


def _pasted(handout: Handout, seated: Sequence[Seat]) -> Iterator[str]:
    for group in handout.groups:
        yield one_line(group.title)
        yield "; ".join(seat.account for seat in seated if seat.group is group)
        yield ""
