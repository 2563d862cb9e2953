"""What tells people apart, what they are called, and ids for those who have none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count

import numpy as np
import pandas as pd

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.persons import Texts, texts_of
from vermegroup.intake.cells import Column, tidy
from vermegroup.intake.headers.find_columns import Chosen, column_if_any, column_of, places_of
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.people.called import email_meanings, name_meanings
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import Who

NOBODY = -1
MeaningOf = Callable[[str], str]
"""What a text means: two texts that mean the same are the same."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that tells people apart: ``texts`` and ``codes``, each of shape (n,).

    Codes are equal where two texts mean the same, and -1 where there is none.
    """

    texts: Texts
    codes: IntArray

    @classmethod
    def of(cls, texts: list[str], meanings: list[str]) -> Mark:
        """The mark of texts; those with an equal, non-blank meaning are the same."""
        if not any(meanings):
            return cls(texts_of(texts), np.full(len(texts), NOBODY, dtype=np.int64))
        objects = texts_of(meanings)
        codes = pd.factorize(objects)[0].astype(np.int64)
        if not all(meanings):
            codes[objects == ""] = NOBODY
        return cls(objects if meanings is texts else texts_of(texts), codes)

    def repeated(self) -> IntArray:
        """The people who share theirs with another, shape (people,)."""
        shared = np.bincount(self.codes + 1) > 1  # NOBODY, -1, is the first
        shared[:1] = False
        return np.flatnonzero(shared[self.codes + 1])

    def some(self, which: BoolArray | IntArray) -> Mark:
        """That of some of the people."""
        return Mark(self.texts[which], self.codes[which])


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the people of a sheet are. ``id_place`` is None where the file has no ids."""

    ids: Mark
    emails: Mark
    names: Mark
    id_place: int | None

    def who(self, person: int) -> Who:
        """Somebody, to be cited: by name, e-mail or id, whichever is there."""
        id_, email, name = (str(mark.texts[person]) for mark in (self.ids, self.emails, self.names))
        return Who(id_ or email or name, name or email)

    def some(self, which: BoolArray | IntArray) -> Identity:
        """Some of the people."""
        ids, emails, names = (mark.some(which) for mark in (self.ids, self.emails, self.names))
        return Identity(ids, emails, names, self.id_place)

    def by_name_alone(self) -> bool:
        """Whether nobody has an id or an e-mail."""
        return not any((mark.codes != NOBODY).any() for mark in (self.ids, self.emails))

    def ids_count_answers(self) -> bool:
        """Whether the ids are whole numbers that rise from row to row, from 1 to about as many.

        So a form numbers its answers, which tells no two people apart.
        """
        ids: list[str] = self.ids.texts.tolist()
        if not ids or not _is_count(ids[0]) or int(ids[0]) > _FIRST_ANSWER:
            return False
        if not all(map(_is_count, ids)):
            return False
        numbers = np.array(list(map(int, ids)))
        return bool((np.diff(numbers) > 0).all() and numbers[-1] <= 2 * len(ids) + _FIRST_ANSWER)


_FIRST_ANSWER = 10
"""The first answers may have been trials."""
_LONGEST_COUNT = 9


def _is_count(id_: str) -> bool:
    return id_.isascii() and id_.isdecimal() and len(id_) <= _LONGEST_COUNT


def identity_of(sheet: Sheet, ledger: Ledger, chosen: Chosen) -> Identity:
    """The ids, e-mails and names of a sheet's people; an error where there are none of these."""
    places = places_of("id", sheet, chosen)
    has_ids = bool(places)
    id_place = column_of("id", sheet, ledger, chosen) if has_ids else None
    # Without ids, who is who hangs on the e-mail and the name: then a choice must be made.
    email = _place("email", sheet, ledger, chosen, must_be_certain=not has_ids)
    names = _name_places(sheet, ledger, chosen, must_be_certain=not has_ids)
    if not (has_ids or email is not None or names or ledger.has_errors()):
        column_of("id", sheet, ledger, chosen)
    ids = _texts(sheet, [] if id_place is None else [id_place])
    addresses = _texts(sheet, [] if email is None else [email])
    called = _texts(sheet, names)
    return Identity(
        Mark.of(ids, ids),
        Mark.of(addresses, email_meanings(addresses)),
        Mark.of(called, name_meanings(called)),
        id_place,
    )


def same_text(column: Column, meaning: MeaningOf) -> IntArray:
    """Numbers, shape (n,), that are equal where two cells mean the same."""
    recoded, _ = pd.factorize(texts_of([meaning(value) for value in column.values]))
    return recoded.astype(np.int64)[column.codes]


def _place(
    trait: str, sheet: Sheet, ledger: Ledger, chosen: Chosen, *, must_be_certain: bool
) -> int | None:
    if must_be_certain and len(places_of(trait, sheet, chosen)) > 1:
        return column_of(trait, sheet, ledger, chosen)
    return column_if_any(trait, sheet, ledger, chosen)


def _name_places(
    sheet: Sheet, ledger: Ledger, chosen: Chosen, *, must_be_certain: bool
) -> list[int]:
    whole = _place("name", sheet, ledger, chosen, must_be_certain=must_be_certain)
    if whole is not None and not {"first name", "last name"} <= chosen.keys():
        return [whole]
    parts = (
        _place(trait, sheet, ledger, chosen, must_be_certain=must_be_certain)
        for trait in ("first name", "last name")
    )
    return [part for part in parts if part is not None]


def _texts(sheet: Sheet, places: list[int]) -> list[str]:
    if not places:
        return [""] * len(sheet.people)
    if len(places) == 1:
        return sheet.texts(places[0])
    cells = zip(*(sheet.texts(place) for place in places), strict=True)
    return [" ".join(filter(None, parts)) for parts in cells]


MADE_UP = re.compile(r"\bH-[2-9A-HJ-NP-Z]{5,12}\b")
"""Ids that are made up: short enough to be copied by hand, and no number in any spreadsheet."""
_PREFIX, _SHORTEST, _LONGEST = "H-", 5, 12
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that are mistaken for each other: 0 and O, 1 and I."""


def made_up(
    people: IntArray,
    identity: Identity,
    counting: BoolArray,
    sheet: Sheet,
    group_places: list[int],
) -> Texts:
    """Ids for some people, shape (people,), unlike each other and every id there is.

    ``counting``, shape (n,), are those not set aside. The ids hang on the e-mail, else on the
    name, else (and where two people share these) on the whole row but its group, which changes
    from one use of a file to the next.
    """
    taken = set(identity.ids.texts.tolist())
    sources = _sources(people, identity, counting, sheet, group_places)
    ids = np.empty(len(people), dtype=object)
    for place, source in enumerate(sources):
        ids[place] = next(id_ for id_ in _hashed(source) if id_ not in taken)
        taken.add(ids[place])
    return ids


def _sources(
    people: IntArray,
    identity: Identity,
    counting: BoolArray,
    sheet: Sheet,
    group_places: list[int],
) -> list[str]:
    marks = (identity.emails, identity.names)
    seen = [Counter(mark.codes[counting].tolist()) for mark in marks]
    kept = [place for place in range(len(sheet.names)) if place not in group_places]
    sources: list[str] = []
    for person in people.tolist():
        alone = (
            f"{kind}:{mark.texts[person].casefold()}"
            for kind, mark, counts in zip("en", marks, seen, strict=True)
            if mark.codes[person] != NOBODY and counts[mark.codes[person]] == 1
        )
        sources.append(next(alone, None) or _content(sheet, person, kept))
    return sources


def _content(sheet: Sheet, person: int, places: list[int]) -> str:
    cells = sheet.table.cells.iloc[int(sheet.people[person])]
    return "r:" + "\x1f".join(tidy(cells.iloc[place]) for place in places)


def _hashed(source: str) -> Iterator[str]:
    """The ids that a source may have, the shortest first, which nearly always is free."""
    for again in count():
        content = f"{source}\x1e{again}" if again else source
        number = int.from_bytes(blake2b(content.encode("utf-8", "replace"), digest_size=8).digest())
        letters = "".join(_LETTERS[number >> 5 * place & 31] for place in range(_LONGEST))
        yield from (_PREFIX + letters[:length] for length in range(_SHORTEST, _LONGEST + 1))
