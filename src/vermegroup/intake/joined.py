"""Several columns that are one trait: a grid with a column for each day, one for each option.

Forms export a question with ticks as one column for each option, with 0 and 1, an x or the option
itself in its cells; and a question with rows as one column for each row, with what was chosen in
that row. Together they are one set of values: the options that are ticked, "Monday morning".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from vermegroup.intake.answers import DOUBT, Answer, answer_in, is_another
from vermegroup.intake.cells import Column, one_value, split_values

FIRST_PLACE = 1 << 20
"""Beyond the columns that a sheet can have: the place of the first that is joined of others."""

_TICKED = frozenset(
    (
        *("1", "x", "×", "✓", "✔", "☑", "☒", "v", "ok", "y", "yes", "checked", "selected", "true"),
        *("k", "kyllä", "joo", "tosi", "valittu", "sopii", "j", "ja", "sant", "vald", "valt"),
    )
)
_NOT_TICKED = frozenset(
    (
        *("0", "☐", "n", "no", "na", "n/a", "unchecked", "not selected", "false"),
        *("e", "ei", "epätosi", "ei valittu", "ei sovi", "nej", "falskt", "inte vald", "ej vald"),
    )
)


Header = str | tuple[str, ...]
"""The header of a trait's column, those of several, or a pattern of these with an asterisk."""


def headers_of(header: Header) -> tuple[str, ...]:
    """The header as one of several, or the several that it is."""
    return (header,) if isinstance(header, str) else header


@dataclass(frozen=True, slots=True)
class JoinedColumns:
    """Columns at some ``places`` that are one trait, under the ``header`` that they share.

    ``options`` are what each header says beside it. Where that only numbers the columns
    ("wish 1", "wish 2"), they are ``numbered``. ``trait`` is the canonical trait that the header
    tells, if it is known. ``asked`` is the trait for which people joined them; None where their
    headers show that they belong together.
    """

    header: str
    places: tuple[int, ...]
    options: tuple[str, ...]
    numbered: bool = False
    trait: str | None = None
    asked: str | None = None

    def cells(self, columns: Sequence[Column]) -> npt.NDArray[np.object_]:
        """The columns' cells as one, shape (n,): their values, parted by semicolons."""
        kinds = np.zeros(len(columns[0].codes), dtype=np.int64)
        for column in columns:
            kinds, _ = pd.factorize(kinds * len(column.values) + column.codes)
        _, first = np.unique(kinds, return_index=True)
        texts = np.empty(len(first), dtype=object)
        every = [() if self.numbered else _named(column.values) for column in columns]
        texts[:] = [
            self._cell([each.values[each.codes[row]] for each in columns], every) for row in first
        ]
        joined: npt.NDArray[np.object_] = texts[kinds]
        return joined

    def order(self, values: Sequence[str]) -> list[int]:
        """The values in the order of the columns, which for days is the week's."""

        def rank(place: int) -> tuple[int, int]:
            value = values[place].casefold()
            begins = (value.startswith(option.casefold()) for option in self.options)
            return next((at for at, here in enumerate(begins) if here), len(values)), place

        return sorted(range(len(values)), key=rank)

    def _cell(self, texts: Sequence[str], every: Sequence[tuple[str, ...]]) -> str:
        found = (
            one_value(value)
            for text, option, named in zip(texts, self.options, every, strict=True)
            for value in self._values(text, option, named)
        )
        values = list(dict.fromkeys(found))
        alone = len(values) == 1 and split_values(values[0]) == (values[0],)
        return values[0] if alone else "".join(f"{value}; " for value in values)

    def _values(self, text: str, option: str, named: tuple[str, ...]) -> Iterator[str]:
        """What one column's text says; ``named`` are all the values in that column."""
        bare = text.casefold()
        if not text or bare in _NOT_TICKED:
            return
        if bare in _TICKED or bare == option.casefold():
            yield option
        elif self.numbered:
            yield from split_values(text)
        elif is_another(option):
            yield from split_values(text) if answer_in(text) is not Answer.DOUBTFUL else (option,)
        else:
            for value in split_values(text):
                yield from _of_option(option, value, named)


def _named(texts: Sequence[str]) -> tuple[str, ...]:
    """The values that stand in a column, but for ticks and what is said of all of them."""
    found = dict.fromkeys(value for text in texts for value in split_values(text))
    return tuple(value for value in found if not is_tick(value))


def is_tick(value: str) -> bool:
    """Whether a text in the column of an option only says whether or how it is chosen."""
    return value.casefold() in _TICKED | _NOT_TICKED or answer_in(value) is not None


def _of_option(option: str, value: str, named: tuple[str, ...]) -> Iterator[str]:
    """A value in the column of an option, as one of all columns: "Monday morning"."""
    answer = answer_in(value)
    if answer is Answer.ANY:
        yield from (_under(option, each) for each in named) if named else (option,)
    elif answer is Answer.DOUBTFUL:
        yield f"{option} {DOUBT}"
    elif answer is None:
        yield _under(option, value)


def _under(option: str, value: str) -> str:
    """A value with its option, unless it repeats it: "Mon 16-18" in the column Mon."""
    repeats = f"{value} ".casefold().startswith(f"{option} ".casefold())
    return value if repeats else f"{option} {value}"
