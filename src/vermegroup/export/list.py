"""The list for participants: a page of all groups, or a slip for each when it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from vermegroup.domain.findings import Finding
from vermegroup.export.addresses import has_address, without_address
from vermegroup.export.handout import Handout, HandoutGroup, Member
from vermegroup.export.particulars import told
from vermegroup.export.rendered import Kind, Rendered, Wanted
from vermegroup.language.days import with_weekday
from vermegroup.language.legible import utf8
from vermegroup.language.messages import Message, _
from vermegroup.language.terms import groups_of, people_of
from vermegroup.report.fact_labels import link_of
from vermegroup.report.pages import raw, template

_HERE = "vermegroup.export"
_LINE, _MARK = 36, 14
"""Characters: of a line of a card, and of the mark of a leader."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A member: (label, text) of what is shown, and a link to write to, or ""."""

    name: str
    leads: bool
    shown: tuple[tuple[str, str], ...]
    email: str
    mailto: str


@dataclass(frozen=True, slots=True)
class _Card:
    """A group: (label, text, link or "") of what is known of it, and a link to write to all.

    ``below`` says that what is shown of members stands below their names, as for one so for all.
    """

    title: str
    id: str
    facts: tuple[tuple[str, str, str], ...]
    rows: tuple[_Row, ...]
    mailto: str
    below: bool


def list_page(handout: Handout, wanted: Wanted) -> Rendered:
    """One page without anything from elsewhere; whoever waits for a group is not on it."""
    language = wanted.language
    title = _title(handout).in_(language)
    people = len({member.id for _group, member in handout.members()})
    page = template("list.html.j2", _HERE).render(
        language=language,
        title=title,
        name="" if handout.meeting else handout.name,
        style=raw("list.css", _HERE),
        slips=wanted.one_per_page,
        size=[groups_of(len(handout.groups)).in_(language), people_of(people).in_(language)],
        parts=list(_parts(handout, wanted)),
        words={key: word.in_(language) for key, word in _WORDS.items()},
    )
    return Rendered({"list.html": utf8(page)}, tuple(_unreachable(handout, wanted)))


def _title(handout: Handout) -> Message:
    if not handout.meeting:
        return _("Groups")
    if handout.day is None:
        return _("Groups of the meeting")
    return _("Groups of the meeting on {day}", day=with_weekday(handout.day))


def _parts(handout: Handout, wanted: Wanted) -> Iterator[tuple[str, list[_Card]]]:
    """The groups under the headings of a split; under "" those of a roster that was not split."""
    parts: dict[str, list[_Card]] = {}
    for group in handout.groups:
        part = group.part.in_(wanted.language) if group.part else ""
        parts.setdefault(part, []).append(_card(group, handout, wanted))
    yield from parts.items()


def _card(group: HandoutGroup, handout: Handout, wanted: Wanted) -> _Card:
    named = bool(group.facts and group.facts.name)
    rows = tuple(_row(member, handout, wanted) for member in group.members)
    return _Card(
        group.called.in_(wanted.language),
        group.id if named else "",
        tuple(
            (label, text, link_of(name, text)) for name, label, text in told(group, handout, wanted)
        ),
        rows,
        _mailto(group.members) if wanted.emails else "",
        wanted.emails or len(handout.shown) > 1 or any(map(_is_long, rows)),
    )


def _is_long(row: _Row) -> bool:
    """Whether a line of a card has no room for all of it."""
    told = [row.name, *(text for _label, text in row.shown)]
    return sum(map(len, told)) + (_MARK if row.leads else 0) > _LINE


def _row(member: Member, handout: Handout, wanted: Wanted) -> _Row:
    shown = zip(handout.shown, member.shown, strict=True)
    return _Row(
        member.name,
        member.leads,
        tuple((label, text) for label, text in shown if text),
        member.email if wanted.emails and has_address(member) else "",
        _mailto([member]),
    )


def _mailto(members: Sequence[Member]) -> str:
    """A link to write to members; "" where none of them has an address."""
    addresses = [quote(each.email, safe="@") for each in members if has_address(each)]
    return f"mailto:{','.join(addresses)}" if addresses else ""


def _unreachable(handout: Handout, wanted: Wanted) -> Iterable[Finding]:
    """A warning for each member whose address is asked for and is not to be shown."""
    return without_address(handout, Kind.LIST, stands=True) if wanted.emails else ()


_WORDS = {
    "members": _("Members"),
    "leads": _("leads the group"),
    "write": _("Write to the group"),
}
