"""The e-mail addresses of members, and what is told where one is missing or cannot be used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vermegroup.domain.findings import Finding, Severity
from vermegroup.export.handout import Handout, Member
from vermegroup.language.messages import N_, Template, Who, _


def has_address(member: Member) -> bool:
    """Whether a message could reach somebody: one address, and nothing that a header would take."""
    return _ADDRESS.fullmatch(member.email) is not None


LEFT_OUT = N_("{who} has no e-mail address, and is left out")
UNUSABLE_LEFT_OUT = N_("The e-mail address of {who} cannot be used, and {who} is left out")


def without_address(
    handout: Handout,
    missing: Template = LEFT_OUT,
    unusable: Template = UNUSABLE_LEFT_OUT,
    reaches: Callable[[Member], object] = has_address,
) -> Iterator[Finding]:
    """A warning for each member whom no message reaches, once, in words that ask for ``who``."""
    for member in dict.fromkeys(member for _group, member in handout.members()):
        if not reaches(member):
            who = Who(member.id, member.name)
            said = (unusable if member.email else missing).filled(who=who)
            place = (handout.file, member.row, None, member.email or None)
            yield Finding(Severity.WARNING, said, *place, _WRITE_ONE)


_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f]+@[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f]+")
_WRITE_ONE = _("Write one address into the column of e-mails, or tell the person in another way")
