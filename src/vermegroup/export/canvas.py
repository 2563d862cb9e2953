"""The file by which Canvas puts people into the groups of a group set.

Canvas finds people by what they log in with, makes the groups that are not there by their names,
and keeps a person in one group of a set; it skips who is no student of the course. See `Group
Categories CSV Format
<https://developerdocs.instructure.com/services/canvas/group-categories/file.group_category_csv>`_.
"""

from __future__ import annotations

from vermegroup.export.accounts import by_login, one_each, seats
from vermegroup.export.handout import Handout
from vermegroup.export.names_elsewhere import NamesElsewhere
from vermegroup.export.rendered import Kind, Rendered, Wanted
from vermegroup.intake.files.csv_text import csv_text
from vermegroup.language.legible import utf8
from vermegroup.language.messages import _

_HEADER = ("login_id", "group_name")
_NAMES = NamesElsewhere("Canvas", 255)


def canvas_groups(handout: Handout, wanted: Wanted) -> Rendered:
    """Everybody with the name of their group."""
    accounts, without = by_login(handout, Kind.CANVAS)
    seated, several = one_each(handout, seats(handout, accounts), "Canvas", _ANOTHER_SET)
    names, changed = _NAMES.called(handout, wanted.language)
    logins = [seat.account for seat in seated]
    text = csv_text([_HEADER], [logins, [names[seat.group.id] for seat in seated]])
    return Rendered({"canvas.csv": utf8(text)}, (*without, *several, *changed))


_ANOTHER_SET = _("A person is in one group of a group set; make another set for the other group")
