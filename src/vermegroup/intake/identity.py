"""What tells people apart: id, e-mail and name, as numbers that are equal where those are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from vermegroup.intake.columns import Chosen, column_if_any, column_of, places_of
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.sheet import Column, Sheet
from vermegroup.roster import IntArray

NOBODY = -1
Texts = npt.NDArray[np.object_]
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
        told = _objects(meanings)
        codes = pd.factorize(told)[0].astype(np.int64)
        codes[told == ""] = NOBODY
        return cls(_objects(texts), codes)

    def repeated(self) -> IntArray:
        """The people who share theirs with another, shape (people,)."""
        codes = pd.Series(self.codes)
        return np.flatnonzero((codes.duplicated(keep=False) & (codes != NOBODY)).to_numpy())


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the people of a sheet are. ``id_place`` is None where the file has no ids."""

    ids: Mark
    emails: Mark
    names: Mark
    id_place: int | None


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
    own = _texts(sheet, [] if id_place is None else [id_place])
    addresses = _texts(sheet, [] if email is None else [email])
    called = _texts(sheet, names)
    return Identity(
        Mark.of(own, own),
        Mark.of(addresses, email_meanings(addresses)),
        Mark.of(called, name_meanings(called)),
        id_place,
    )


def email_meanings(emails: list[str]) -> list[str]:
    """Addresses are the same in any case; what is no address identifies nobody."""
    return [email.casefold() if "@" in email else "" for email in emails]


def name_meanings(names: list[str]) -> list[str]:
    """Names are the same in any case and order: Esimerkki, Aino and Aino Esimerkki."""
    if not any(names):
        return names
    words = (name.casefold().replace(",", " ").split() for name in names)
    return [" ".join(sorted(each)) for each in words]


def same_text(column: Column, meaning: MeaningOf) -> IntArray:
    """Numbers, shape (n,), that are equal where two cells mean the same."""
    recoded, _ = pd.factorize(_objects([meaning(value) for value in column.values]))
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
    if whole is not None:
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


def _objects(texts: list[str]) -> Texts:
    objects = np.empty(len(texts), dtype=object)
    objects[:] = texts
    return objects
