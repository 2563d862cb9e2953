"""The e-mail addresses of members, and what is told where one is missing or cannot be used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from vermegroup.domain.findings import Finding, Severity
from vermegroup.export.handout import Handout, Member
from vermegroup.export.rendered import Kind
from vermegroup.language.messages import N_, Message, Who, _, joined


def has_address(member: Member) -> bool:
    """Whether a message could reach somebody: one address, and nothing that a header would take."""
    return _ADDRESS.fullmatch(member.email) is not None


def without_address(
    handout: Handout,
    kind: Kind,
    reaches: Callable[[Member], object] = has_address,
    *,
    stands: bool = False,
) -> Iterator[Finding]:
    """A warning for each member whom no message reaches, once.

    Of an export in which the person ``stands`` all the same, only the address is told to be
    missing.
    """
    out, without = ((), (kind,)) if stands else ((kind,), ())
    for member in dict.fromkeys(member for _group, member in handout.members()):
        if not reaches(member):
            template = _UNUSABLE if member.email else _MISSING
            who = Who(member.id, member.name)
            said = template.filled(who=who, out=out, without=without, what=_what(out, without))
            place = (handout.file, member.row, None, member.email or None)
            yield Finding(Severity.WARNING, said, *place, _WRITE_ONE)


def told_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with one for each person whom exports leave out alike, which names them all."""
    found = list(dict.fromkeys(findings))
    kinds: dict[Finding, tuple[list[str], list[str]]] = {}
    for finding in found:
        told = dict(finding.message.values)
        if "out" in told:
            out, without = kinds.setdefault(_of_whom(finding), ([], []))
            out += told["out"]  # type: ignore[arg-type]
            without += told.get("without", ())  # type: ignore[arg-type]
    for finding in found:
        if "out" not in dict(finding.message.values):
            yield finding
        elif (who := _of_whom(finding)) in kinds:
            yield replace(who, message=_with_kinds(who.message, *kinds.pop(who)))


def _of_whom(finding: Finding) -> Finding:
    """The finding without the exports that it names."""
    return replace(finding, message=_with_kinds(finding.message, (), ()))


def _with_kinds(message: Message, out: Iterable[str], without: Iterable[str]) -> Message:
    out, without = tuple(out), tuple(without)
    told = {**dict(message.values), "out": out}
    if "without" in told:
        told |= {"without": without, "what": _what(out, without)}
    return message.template.filled(**told)


def _what(out: Iterable[str], without: Iterable[str]) -> Message:
    told = ((_OUT, tuple(out)), (_WITHOUT, tuple(without)))
    return joined(template.filled(kinds=kinds) for template, kinds in told if kinds)


_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f]+@[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f]+")
# Translators: as in "Aino has no e-mail address: left out of mail and zoom; without one in list"
_MISSING = N_("{who} has no e-mail address: {what}")
_UNUSABLE = N_("The e-mail address of {who} cannot be used: {what}")
_OUT, _WITHOUT = N_("left out of {kinds}"), N_("without one in {kinds}")
_WRITE_ONE = _("Write one address into the column of e-mails, or tell the person in another way")
