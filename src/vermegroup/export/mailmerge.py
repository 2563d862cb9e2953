"""``mailmerge.csv``: a row for each member of each group, for the mail merge of any program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vermegroup.domain.findings import Finding, Severity
from vermegroup.export.handout import Handout, HandoutGroup, Member
from vermegroup.export.particulars import particulars
from vermegroup.export.rendered import Wanted
from vermegroup.intake.files.csv_text import csv_text, is_formula
from vermegroup.language.catalogues import Language
from vermegroup.language.legible import utf8
from vermegroup.language.messages import Message, _, pgettext
from vermegroup.report.fact_labels import labels


def mailmerge_csv(handout: Handout, wanted: Wanted) -> bytes:
    """The file's bytes, headed in the language, and laid out as Excel reads them in it."""
    language = wanted.language
    header = [*(label.in_(language) for label in _PERSON.values()), *_headings(handout, language)]
    rows = [_row(group, member, handout, wanted) for group, member in handout.members()]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _name in header]
    text = csv_text([header], columns, _delimiter(language), "\r\n")
    return utf8(f"\ufeff{text}")


def apostrophes(handout: Handout, wanted: Wanted) -> Iterator[Finding]:
    """A warning for each text before which there is an apostrophe, so that nothing runs it."""
    for group, member in handout.members():
        named = group.facts if group.facts and group.facts.file else None
        of_group = (named.file, named.row) if named else (handout.file, None)
        own = {member.name, member.email, *member.shown}
        for text in dict.fromkeys(_row(group, member, handout, wanted)):
            if is_formula(text):
                place = (handout.file, member.row) if text in own else of_group
                yield Finding(Severity.WARNING, _APOSTROPHE, *place, value=text, hint=_TAKE_AWAY)


def _headings(handout: Handout, language: Language) -> list[str]:
    of_group = {**_GROUP, **labels(meeting=handout.meeting)}
    return [*(label.in_(language) for label in of_group.values()), *handout.shown]


def _row(group: HandoutGroup, member: Member, handout: Handout, wanted: Wanted) -> list[str]:
    known = particulars(group, handout, wanted)
    return [
        member.name,
        member.email,
        group.id,
        group.facts.name if group.facts else "",
        ", ".join(each.name for each in group.members),
        *(getattr(known, name) for name in labels(meeting=handout.meeting)),
        *member.shown,
    ]


def _delimiter(language: Language) -> str:
    """A semicolon where numbers have decimal commas, as Excel has it there."""
    return ";" if pgettext("decimal mark", ".").in_(language) == "," else ","


_APOSTROPHE = _(
    "In mailmerge.csv an apostrophe stands before a text that a spreadsheet would take for a "
    "formula"
)
_TAKE_AWAY = _("Take the apostrophe away in the messages, or write the text otherwise")
_PERSON: Mapping[str, Message] = {"name": _("Name"), "email": _("E-mail")}
_GROUP: Mapping[str, Message] = {
    "group": _("Group"),
    "name": _("Name of the group"),
    "members": _("Members"),
}
