"""The files by which Moodle makes the groups of a course and puts people into them.

``groups.csv`` is for *Import groups* in a course. ``members.csv`` is for *Upload users*, which only
an administrator has; nothing in it could change an account. People are matched by their e-mail
addresses (*Update existing users only*, *Match on email address: Yes*) or by their user names.

Moodle reads both as UTF-8 with commas. There a backslash escapes a quote, and a name of digits
would be taken for Moodle's own number of a group. See `Import groups
<https://docs.moodle.org/en/Import_groups>`_ and `Upload users
<https://docs.moodle.org/en/Upload_users>`_, and for what these leave open Moodle's
``group/import.php``, ``lib/csvlib.class.php`` and ``admin/tool/uploaduser/classes/process.php``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from vermegroup.domain.findings import Finding, Severity
from vermegroup.export.accounts import Seat, by_login, seats
from vermegroup.export.handout import Handout, HandoutGroup
from vermegroup.export.names_elsewhere import NamesElsewhere, one_line
from vermegroup.export.particulars import told
from vermegroup.export.rendered import Kind, Rendered, Wanted
from vermegroup.intake.files.csv_text import csv_text, is_formula
from vermegroup.language.legible import utf8
from vermegroup.language.messages import _

_GROUP_HEADER = ("groupname", "description")
_NAMES = NamesElsewhere("Moodle", 254, re.compile(r"\\+"), numbers=False)


def moodle_groups(handout: Handout, wanted: Wanted) -> Rendered:
    """The groups with what is told of them, and everybody with the groups they are in."""
    accounts, without = by_login(handout, Kind.MOODLE)
    names, changed = _NAMES.called(handout, wanted.language)
    descriptions = [_description(group, handout, wanted) for group in handout.groups]
    groups = csv_text([_GROUP_HEADER], [list(names.values()), descriptions])
    course = "" if is_formula(wanted.course) else wanted.course
    members = _members(seats(handout, accounts), names, handout.login, course)
    files = {"moodle/groups.csv": utf8(groups), "moodle/members.csv": utf8(members)}
    return Rendered(files, (*without, *changed, *_without_course(course)))


def _description(group: HandoutGroup, handout: Handout, wanted: Wanted) -> str:
    """What is told of a group: who leads it, when and where. Moodle shows it as HTML."""
    known = told(group, handout, wanted, marked=False)
    lines = (f"{label}: {one_line(text)}" for _name, label, text in known)
    text = escape("; ".join(lines), quote=False)
    text = text.replace("\\", "&#92;")
    return f"– {text}" if is_formula(text) else text


def _members(seated: Iterable[Seat], names: Mapping[str, str], login: str, course: str) -> str:
    """A row for each person, and a pair of columns for each group that somebody is in."""
    of: dict[str, list[str]] = {}
    for seat in seated:
        of.setdefault(seat.account, []).append(names[seat.group.id])
    accounts = list(of)
    most = max((len(groups) for groups in of.values()), default=1)
    # The upload warns of every row without a user name, if only where there is no such column.
    who = {"username": accounts} if login else {"username": [""] * len(of), "email": accounts}
    pairs = dict(_pairs(list(of.values()), most, course))
    return csv_text([[*who, *pairs]], [*who.values(), *pairs.values()])


def _pairs(groups: list[list[str]], most: int, course: str) -> Iterator[tuple[str, list[str]]]:
    for number in range(1, most + 1):
        names = [own[number - 1] if len(own) >= number else "" for own in groups]
        yield f"course{number}", [course if name else "" for name in names]
        yield f"group{number}", names


def _without_course(course: str) -> Iterator[Finding]:
    if not course:
        yield Finding(Severity.WARNING, _NO_COURSE, hint=GIVE_COURSE)


GIVE_COURSE = _("Give the short name of the course with --course, or write it into the column")
_NO_COURSE = _("Without a course in the column course1, Moodle puts nobody into a group")
