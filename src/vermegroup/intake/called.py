"""What people are called: by their ids, or by a name or an e-mail that nobody else has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vermegroup.intake.identity import name_meanings


@dataclass(frozen=True, slots=True)
class Called:
    """Where n people stand: by their ``ids``, and by what else is nobody's but theirs."""

    ids: Mapping[str, int]
    others: Mapping[str, int]

    @classmethod
    def of(cls, ids: Iterable[str], *others: Sequence[str]) -> Called:
        """People with these ids; ``others`` are their names and e-mails, each of length n."""
        place = {compact(own): person for person, own in reversed(list(enumerate(ids)))}
        people: dict[str, set[int]] = {}
        for texts in others:
            for person, meaning in enumerate(name_meanings(list(texts))):
                people.setdefault(meaning, set()).add(person)
        alone = {text: min(own) for text, own in people.items() if text and len(own) == 1}
        return cls(place, alone)

    def place(self, text: str) -> int | None:
        """Where the person stands whom a text means; None where it means nobody, or several.

        Case and spaces do not count, nor the order of names.
        """
        own = self.ids.get(compact(text))
        return self.others.get(name_meanings([text])[0]) if own is None else own


def compact(text: str) -> str:
    """A text without case and spaces."""
    return "".join(text.casefold().split())
