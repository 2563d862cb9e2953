"""Drafts of messages to the groups, and a table of all members for mail merge.

A draft is a message as of RFC 5322 that mail programs open; ``X-Unsent`` has Outlook open it as one
that is still to be sent. It has no sender and no date: the mail program has these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.charset import QP, Charset
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message as Mail
from email.policy import compat32
from io import BytesIO

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.export.addresses import has_address, without_address
from vermegroup.export.handout import Handout, HandoutGroup, Member, file_stems
from vermegroup.export.letter import Fact, Letter, Person, Words, letter_in, one_line
from vermegroup.export.mailmerge import apostrophes, mailmerge_csv
from vermegroup.export.particulars import particulars, told
from vermegroup.export.rendered import Kind, Recipients, Rendered, Wanted
from vermegroup.language.messages import N_, _

# What an address list may have without quotes or encoding.
_PLAIN = re.compile(r"[A-Za-z0-9 -]*")
_LINE = 75
_FOLD = "\r\n "


def mail_drafts(handout: Handout, wanted: Wanted) -> Rendered:
    """A draft for each group in ``mail/``, and ``mailmerge.csv``; no files without a template."""
    try:
        letter, noticed = letter_in(wanted.language, wanted.template)
        drafts = [_draft(group, handout, wanted, letter) for group in handout.groups]
    except InputError as refused:
        return Rendered({}, tuple(refused.findings))
    stems = file_stems([group.title for group in handout.groups])
    files = {f"mail/{stem}.eml": draft for stem, draft in zip(stems, drafts, strict=True)}
    files["mailmerge.csv"] = mailmerge_csv(handout, wanted)
    unreached = without_address(handout, Kind.MAIL, _in_ascii)
    formulas = dict.fromkeys(apostrophes(handout, wanted))
    return Rendered(files, (*noticed, *unreached, *_to_nobody(handout), *formulas))


def _draft(group: HandoutGroup, handout: Handout, wanted: Wanted, letter: Letter) -> bytes:
    subject, body = letter.filled(_words(group, handout, wanted))
    # The older of the two ways in which the library writes messages: what it is given encoded it
    # leaves so, while the newer one folds long names with commas wrongly in some of its versions.
    mail = Mail(compat32.clone(linesep="\r\n"))
    mail["X-Unsent"] = "1"
    if addresses := list(_recipients(group.members)):
        field = "To" if wanted.recipients is Recipients.TO else "Bcc"
        mail[field] = f",{_FOLD}".join(addresses)
    mail["Subject"] = _encoded(subject, len("Subject: "))
    charset = Charset("utf-8")
    charset.body_encoding = QP
    mail["MIME-Version"] = "1.0"
    mail.set_payload(body, charset)
    return _written(mail)


def _written(mail: Mail) -> bytes:
    stream = BytesIO()
    BytesGenerator(stream, mangle_from_=False, policy=mail.policy).flatten(mail)
    return stream.getvalue()


def _words(group: HandoutGroup, handout: Handout, wanted: Wanted) -> Words:
    known, facts = particulars(group, handout, wanted), told(group, handout, wanted)
    return Words(
        group=one_line(group.facts.name if group.facts and group.facts.name else group.id),
        id=one_line(group.id),
        part=one_line(group.part.in_(wanted.language)) if group.part else "",
        leader=one_line(known.leader),
        theme=one_line(known.theme),
        place=one_line(known.place),
        day=known.day,
        time=one_line(known.time),
        common=one_line(known.common),
        repeats=one_line(known.repeats),
        facts=tuple(Fact(label, one_line(text)) for _name, label, text in facts),
        members=tuple(map(_person, group.members)),
        emails=wanted.emails,
        meeting=handout.meeting,
    )


def _person(member: Member) -> Person:
    shown = tuple(filter(None, map(one_line, member.shown)))
    email = member.email if has_address(member) else ""
    return Person(one_line(member.name), email, member.leads, shown)


def _recipients(members: Iterable[Member]) -> Iterator[str]:
    """Each address once, with the first name that has it."""
    once: dict[str, str] = {}
    for member in members:
        if address := _in_ascii(member):
            once.setdefault(address, _encoded(one_line(member.name), len("Bcc: ")))
    for address, name in once.items():
        if not name:
            yield address
            continue
        room = _LINE - len(name.rpartition("\n")[2]) - len("Bcc:  <>,")
        yield f"{name}{' ' if len(address) <= room else _FOLD}<{address}>"


def _in_ascii(member: Member) -> str:
    """The address as every mail server takes it, or "" where there is none such."""
    if not has_address(member):
        return ""
    name, _at, domain = member.email.rpartition("@")
    try:
        address = f"{name}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError:
        return ""
    return address if address.isascii() else ""


def _encoded(text: str, before: int = 0) -> str:
    """A text as a header has it: as it is, or in encoded words (RFC 2047) on lines of their own."""
    if _PLAIN.fullmatch(text) and len(text) + before <= _LINE:
        return text
    header = Header(text, "utf-8", maxlinelen=_LINE, header_name=" " * before)
    return header.encode(linesep="\r\n")


def _to_nobody(handout: Handout) -> Iterator[Finding]:
    for group in handout.groups:
        if not any(map(_in_ascii, group.members)):
            said = _NOBODY.filled(group=group.title)
            yield Finding(Severity.WARNING, said, handout.file, value=group.id, hint=_FILL_IN)


_NOBODY = N_("The draft to {group} has no recipients: none of its members has an e-mail address")
_FILL_IN = _("Fill in the recipients before you send it")
