"""Whom a text means: people by their ids, by names and e-mails, and by ids that were changed.

A spreadsheet that opens and saves a file writes numbers as it likes: 00012 as 12, 100000 as 1E+05,
12345 as 12345.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

_DIGITS = re.compile(r"'?0*([0-9]{1,40})(?:[.,]0{1,6})?")
_POWER = re.compile(r"([0-9])(?:[.,]([0-9]{1,20}))?E\+?([0-9]{1,2})", re.IGNORECASE)


def number_meant(id_: str) -> str | None:
    """The number that an id is, however it is written, as plain digits; None for other ids."""
    if digits := _DIGITS.fullmatch(id_):
        return digits[1].lstrip("0") or "0"
    if power := _POWER.fullmatch(id_):
        number = Decimal(f"{power[1]}.{power[2] or 0}e{power[3]}")
        return str(int(number)) if number == number.to_integral_value() else None
    return None


def rounded_like(id_: str, number: str) -> bool:
    """Whether an id is a number as a spreadsheet shows it that has no room: 1.23457E+11."""
    power = _POWER.fullmatch(id_)
    if power is None:
        return False
    digits = len(power[2] or "")
    shown = f"{Decimal(number):.{digits}E}"
    return Decimal(shown) == Decimal(f"{power[1]}.{power[2] or 0}e{power[3]}")


def name_meanings(names: list[str]) -> list[str]:
    """Names are the same in any case and order: Esimerkki, Aino and Aino Esimerkki."""
    if not any(names):
        return names
    words = (name.casefold().replace(",", " ").split() for name in names)
    return [" ".join(sorted(each)) for each in words]


def email_meanings(emails: list[str]) -> list[str]:
    """Addresses are the same in any case; what is no address identifies nobody."""
    return [email.casefold() if "@" in email else "" for email in emails]


def compact(text: str) -> str:
    """A text without case and spaces."""
    return "".join(text.casefold().split())


@dataclass(frozen=True)
class Called:
    """Where n people stand: by ``ids``, by these ``spelt`` alike or as ``numbers``, by ``others``.

    Several may share a name, an e-mail, or an id but for its case or how a number is written.
    ``names`` are as written.
    """

    ids: Mapping[str, int] = field(default_factory=dict)
    spelt: Mapping[str, Sequence[int]] = field(default_factory=dict)
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)
    others: Mapping[str, Sequence[int]] = field(default_factory=dict)
    names: Sequence[str] = ()

    @classmethod
    def of(cls, ids: Sequence[str], *others: Sequence[str]) -> Called:
        """People with these ids; ``others`` are their names and e-mails, each of length n."""
        names = others[0] if others else ()
        place = {id_: person for person, id_ in reversed(list(enumerate(ids))) if id_}
        spelt = _places([[*map(compact, ids)]])
        numbers = [number_meant(id_) or "" for id_ in ids]
        meanings = (name_meanings(list(text)) for text in others)
        return cls(place, spelt, _places([numbers]), _places(meanings), names)

    def place(self, text: str) -> int | None:
        """Where the person stands whom a text means; None where it means nobody, or several.

        Case and spaces do not count, nor the order of names.
        """
        found = self.places(text)
        return found[0] if len(found) == 1 else None

    def places(self, text: str) -> tuple[int, ...]:
        """Where all those stand whom a text may mean: nobody but the one whose id it is exactly."""
        if (person := self.ids.get(text)) is not None:
            return (person,)
        found = self.spelt.get(compact(text)) or self.others.get(name_meanings([text])[0], ())
        if not found and (number := number_meant(text)) is not None:
            found = self.numbers.get(number, ())
        return tuple(dict.fromkeys(found))

    def shortened(self, text: str) -> tuple[int, ...]:
        """Where all those stand who go by a first name, or by one name whole and one's initial.

        Names may stand in the genitive, as they do where a question begins to say so.
        """
        words = [word.rstrip(".") for word in text.casefold().replace(",", " ").split()]
        found = self._short(words)
        if not found and not self._names.issuperset(words):
            plain = [self._nominatives.get(word, word) for word in words]
            if plain != words:
                return self.places(" ".join(plain)) or self._short(plain)
        return found

    def _short(self, words: Sequence[str]) -> tuple[int, ...]:
        first, last = self._parts
        if len(words) == 1:
            return tuple(first.get(words[0], ()))
        if len(words) != 2:
            return ()
        found: dict[int, None] = {}
        for whole, initial in (words, words[::-1]):
            if len(initial) == 1 < len(whole):
                for these, others in ((first, last), (last, first)):
                    begins = {at for word in others if word[:1] == initial for at in others[word]}
                    found |= dict.fromkeys(at for at in these.get(whole, ()) if at in begins)
        return tuple(found)

    def near(self, text: str) -> tuple[int, ...]:
        """Where those stand whom a text may be meant to be: by the whole, a first or last name."""
        by_last = self._parts[1].get(text.casefold(), ())
        return self.places(text) or self.shortened(text) or tuple(by_last)

    @cached_property
    def _parts(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """The people of each first and each last name."""
        first: dict[str, list[int]] = {}
        last: dict[str, list[int]] = {}
        for person, name in enumerate(self.names):
            family, comma, given = name.casefold().partition(",")
            words = [*given.split(), *family.split()] if comma else name.casefold().split()
            if len(words) > 1:
                first.setdefault(words[0], []).append(person)
                last.setdefault(words[-1], []).append(person)
        return first, last

    @cached_property
    def _names(self) -> frozenset[str]:
        """The first and last names of everybody."""
        return frozenset(name for parts in self._parts for name in parts)

    @cached_property
    def _nominatives(self) -> dict[str, str]:
        """The name of each genitive; none of those that may be of two names."""
        from vermegroup.intake.municipalities.gazetteer import genitives  # noqa: PLC0415

        found: dict[str, str] = {}
        for name in self._names:
            forms = {f"{name[:-3]}sen"} if name.endswith("nen") else genitives(name)
            for form in forms | {f"{name}s", f"{name}'s", f"{name}’s", f"{name}:n"}:
                found[form] = "" if form in found else name
        return {form: name for form, name in found.items() if name and form not in self._names}


def _places(columns: Iterable[Sequence[str]]) -> dict[str, list[int]]:
    """The people of each text; "" is none."""
    found: dict[str, list[int]] = {}
    for texts in columns:
        for person, text in enumerate(texts):
            if text:
                found.setdefault(text, []).append(person)
    return found
