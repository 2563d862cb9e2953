"""Contacts: a card of everybody, a file for each group and one for all.

vCard 3.0 is what Outlook, iOS and Google all take: `RFC 2426
<https://www.rfc-editor.org/rfc/rfc2426>`_. The lines are those of a calendar, so icalendar writes
them: it escapes, and folds at 75 octets without tearing a character. Groups are categories, and
stand in the note for address books that show none. A card has no UID: the ids of two programmes may
be equal, and one card would replace another's.
"""

from __future__ import annotations

from collections.abc import Sequence

from icalendar.parser import Contentline, Parameters
from icalendar.prop import vCategory, vN, vText

from vermegroup.export.addresses import has_address, without_address
from vermegroup.export.handout import Handout, HandoutGroup, Member, file_stems
from vermegroup.export.names_elsewhere import one_line
from vermegroup.export.rendered import Kind, Rendered, Wanted
from vermegroup.language.catalogues import Language

_ALL = "all"
_PLAIN = Parameters()
_INTERNET = Parameters({"TYPE": "INTERNET"})


def contacts(handout: Handout, wanted: Wanted) -> Rendered:
    """A card of everybody, with the groups they are in and the columns to be shown."""
    groups: dict[str, list[HandoutGroup]] = {}
    for group, member in handout.members():
        groups.setdefault(member.id, []).append(group)
    members = {member.id: member for _group, member in handout.members()}
    cards = {
        id_: _card(member, groups[id_], handout.shown, wanted.language)
        for id_, member in members.items()
    }
    stems = file_stems([_ALL, *(group.title for group in handout.groups)])
    who = [list(cards), *([member.id for member in group.members] for group in handout.groups)]
    files = {
        f"vcard/{stem}.vcf": b"".join(cards[id_] for id_ in ids)
        for stem, ids in zip(stems, who, strict=True)
    }
    return Rendered(files, tuple(without_address(handout, Kind.VCARD, stands=True)))


def _card(
    member: Member, groups: Sequence[HandoutGroup], shown: Sequence[str], language: Language
) -> bytes:
    titles = [one_line(group.title) for group in groups]
    told = zip(map(one_line, shown), map(one_line, member.shown), strict=True)
    note = [
        title if group.facts and group.facts.name else one_line(group.called.in_(language))
        for title, group in zip(titles, groups, strict=True)
    ]
    note += [f"{header}: {cell}" for header, cell in told if cell]
    lines = [
        _line("BEGIN", vText("VCARD")),
        _line("VERSION", vText("3.0")),
        _line("N", vN([*_parts(member), "", "", ""])),
        _line("FN", vText(one_line(member.name))),
        *([_line("EMAIL", vText(member.email), _INTERNET)] if has_address(member) else []),
        _line("CATEGORIES", vCategory(titles)),
        _line("NOTE", vText("\n".join(note))),
        _line("END", vText("VCARD")),
    ]
    return b"".join(line + b"\r\n" for line in lines)


def _line(name: str, value: vText | vN | vCategory, parameters: Parameters = _PLAIN) -> bytes:
    line: bytes = Contentline.from_parts(name, parameters, value).to_ical()
    return line


def _parts(member: Member) -> tuple[str, str]:
    """The family and the given name, as far as they are known.

    Where nothing tells them apart, the whole name is the given one: so an address book shows it as
    it is, where one without would show nobody.
    """
    if member.given or member.family:
        return one_line(member.family), one_line(member.given)
    family, comma, given = map(one_line, member.name.partition(","))
    if comma and family and given and "," not in given:
        return family, given
    return "", one_line(member.name)
