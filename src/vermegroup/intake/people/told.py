"""How people are told of: by name, and by what tells them apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vermegroup.domain.persons import Persons
from vermegroup.language.messages import N_, Message, Template, Who, either, joined, ngettext

MOST = 5


def who_is(persons: Persons, place: int) -> Who:
    """Somebody by id, cited by name; with the id where another has the same name."""
    id_, name = str(persons.ids[place]), str(persons.names[place])
    if name and int((persons.names == name).sum()) > 1:
        return Who(id_, f"{name} ({id_})")
    return Who(id_, name or str(persons.emails[place]))


def told_apart(persons: Persons, place: int) -> Message:
    """Somebody by all that is known of them: "Aino Keksitty (A1, aino@example.org)"."""
    id_, email = str(persons.ids[place]), str(persons.emails[place])
    who = Who(id_, str(persons.names[place]) or email)
    marks = [mark for mark in dict.fromkeys((id_, email)) if mark not in ("", who.called)]
    return _TEXT.filled(text=Who(id_, f"{who.called} ({', '.join(marks)})"))


def write_one(alike: Sequence[Message]) -> Message:
    """What to write for one of those who are called alike, each told apart."""
    return _WRITE.filled(people=either(alike[:MOST]))


def meant_so(meant: Sequence[tuple[str, Who]]) -> Message:
    """Whom some texts were read as, the first few of them."""
    told = [_READ.filled(text=text, name=who, n=Who(who, who)) for text, who in meant[:MOST]]
    return MEANT.filled(people=and_more(told, len(meant)))


def and_more(told: Iterable[Message], count: int) -> Message:
    """The first few of so many, and how many more there are."""
    first = list(told)[:MOST]
    more = count - len(first)
    return joined(first if more <= 0 else [*first, ngettext("{n} more", "{n} more", more)])


NAMED = Template("{name} ({n})")
_TEXT = Template("{text}")
_WRITE = N_("Write what only one of them has: {people}")
MEANT = N_("Who is meant: {people}")
_READ = N_("“{text}” is {name} ({n})")
