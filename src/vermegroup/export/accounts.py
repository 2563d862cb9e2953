"""Who members are in another program: each an account of their own, or told to have none.

Such a program reads the text of a cell as it is. An apostrophe before an address that a
spreadsheet would take for a formula would make it nobody's, and nobody would notice; so whoever
has such an address is left out, and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vermegroup.domain.findings import Finding, Severity
from vermegroup.export.addresses import has_address, without_address
from vermegroup.export.handout import Handout, HandoutGroup, Member
from vermegroup.export.rendered import Kind
from vermegroup.intake.files.csv_text import is_formula
from vermegroup.language.messages import N_, Message, Who, _

Accounts = Mapping[str, str]
"""What a program knows members by, by their ids; who is not there cannot go out to it."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in a group, and the ``account`` that another program knows them by."""

    group: HandoutGroup
    member: Member
    account: str


def by_address(handout: Handout, kind: Kind) -> tuple[Accounts, tuple[Finding, ...]]:
    """Everybody's e-mail address: of two who share one, that of the first."""
    found = {member.id: member.email for _group, member in handout.members() if has_address(member)}
    accounts, told = _each_own(handout, found, kind)
    return accounts, (*without_address(handout, kind), *told)


def by_login(handout: Handout, kind: Kind) -> tuple[Accounts, tuple[Finding, ...]]:
    """What people log in with, where a column for it was named; else their addresses."""
    if not handout.login:
        return by_address(handout, kind)
    found = {member.id: member.login for _group, member in handout.members() if member.login}
    accounts, told = _each_own(handout, found, kind)
    return accounts, (*_without_login(handout, kind), *told)


def seats(handout: Handout, accounts: Accounts) -> list[Seat]:
    """Everybody who has an account, group by group."""
    return [
        Seat(group, member, accounts[member.id])
        for group, member in handout.members()
        if member.id in accounts
    ]


def one_each(
    handout: Handout, seated: Sequence[Seat], program: str, hint: Message
) -> tuple[list[Seat], tuple[Finding, ...]]:
    """The first seat of everybody, for a ``program`` that has one for each; the others are told."""
    first: dict[str, Seat] = {}
    told: list[Finding] = []
    for seat in seated:
        kept = first.setdefault(seat.member.id, seat)
        if kept is not seat:
            group, other = kept.group.id, seat.group.id
            values = {"who": _who(seat.member), "group": group, "other": other}
            said = _ONE_GROUP.filled(program=program, **values)
            told.append(_left_out(handout, seat.member, said, hint, seat.account))
    return list(first.values()), tuple(told)


def _each_own(
    handout: Handout, found: Accounts, kind: Kind
) -> tuple[Accounts, tuple[Finding, ...]]:
    accounts: dict[str, str] = {}
    owners: dict[str, Member] = {}
    told: list[Finding] = []
    for member in _everybody(handout):
        account = found.get(member.id)
        if account is None:
            continue
        owner = owners.setdefault(account.casefold(), member)
        if owner is not member:
            said = _SHARED.filled(account=account, who=_who(member), other=_who(owner), out=(kind,))
            told.append(_left_out(handout, member, said, _OWN, account))
        elif is_formula(account):
            said = _FORMULA.filled(account=account, who=_who(member), out=(kind,))
            told.append(_left_out(handout, member, said, _BY_HAND, account))
        else:
            accounts[member.id] = account
    return accounts, tuple(told)


def _without_login(handout: Handout, kind: Kind) -> Iterator[Finding]:
    for member in _everybody(handout):
        if not member.login:
            said = _NO_LOGIN.filled(who=_who(member), header=handout.login, out=(kind,))
            yield _left_out(handout, member, said, _BY_HAND)


def _everybody(handout: Handout) -> list[Member]:
    """Each member once, also who is in several groups."""
    return list({member.id: member for _group, member in handout.members()}.values())


def _left_out(
    handout: Handout, member: Member, said: Message, hint: Message, value: str | None = None
) -> Finding:
    return Finding(Severity.WARNING, said, handout.file, member.row, None, value, hint)


def _who(member: Member) -> Who:
    return Who(member.id, member.name)


_SHARED = N_("“{account}” belongs to {other} already, and {who} is left out of {out}")
_FORMULA = N_("A spreadsheet would take “{account}” for a formula, and {who} is left out of {out}")
_NO_LOGIN = N_("{who} has nothing in the column “{header}”, and is left out of {out}")
_ONE_GROUP = N_("{who} is in {group} and {other}, and {program} takes only {group}")
_OWN = _("Write another address or login for one of them, or add the person there by hand")
_BY_HAND = _("Add the person there by hand")
