"""The e-mail addresses of members, and what is told where one is missing or cannot be used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vermegroup.domain.findings import Finding, Severity
from vermegroup.export.handout import Handout, Member
from vermegroup.language.messages import N_, Who, _


def has_address(member: Member) -> bool:
    """Whether a message could reach somebody: one address, and nothing that a header would take."""
    return _ADDRESS.fullmatch(member.email) is not None


def without_address(handout: Handout) -> Iterator[Finding]:
    """A warning for each member whom no message can reach, once."""
    for member in dict.fromkeys(member for _group, member in handout.members()):
        if not has_address(member):
            who = Who(member.id, member.name)
            said = (_NO_ADDRESS if member.email else _MISSING).filled(who=who)
            place = (handout.file, member.row, None, member.email or None)
            yield Finding(Severity.WARNING, said, *place, _WRITE_ONE)


_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f]+@[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f]+")
_MISSING = N_("{who} has no e-mail address, and is left out")
_NO_ADDRESS = N_("The e-mail address of {who} cannot be used, and {who} is left out")
_WRITE_ONE = _("Write one address into the column of e-mails, or tell the person in another way")
