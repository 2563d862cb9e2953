"""Who people are, as a file tells it: what they are found by in another file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Texts = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Persons:
    """The ``ids``, ``names`` and ``emails`` of n people, each of shape (n,); "" for none."""

    ids: Texts
    names: Texts
    emails: Texts

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, *columns: Sequence[str]) -> Persons:
        """People with these ids, names and e-mails."""
        return cls(*map(texts_of, columns))

    def some(self, which: npt.NDArray[np.int64] | npt.NDArray[np.bool_]) -> Persons:
        """Some of them."""
        return Persons(self.ids[which], self.names[which], self.emails[which])

    def with_ids(self, change: Callable[[str], str]) -> Persons:
        """The same people by other ids."""
        return replace(self, ids=texts_of(list(map(change, self.ids.tolist()))))


def texts_of(texts: Sequence[str]) -> Texts:
    """Texts as an array of objects: one of strings would be as wide as its longest."""
    objects = np.empty(len(texts), dtype=object)
    objects[:] = texts
    return objects
