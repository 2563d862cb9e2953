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
from vermegroup.intake.cells import STRONG, Column, one_value, split_values
from vermegroup.intake.hours import tells_time
from vermegroup.intake.ticks import Said, said_in, tick_in

FIRST_PLACE = 1 << 20
"""Beyond the columns that a sheet can have: the place of the first that is joined of others."""

TIMES = "times"
"""The canonical trait of free times."""

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
        every = [
            () if self.numbered else _named(column.values, timed=self.of_times())
            for column in columns
        ]
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

    def said(self, at: int, text: str) -> tuple[Said | None, ...]:
        """What a cell of one column says of its time; nothing where it is of no time.

        ``at`` is the column's place among those that are joined.
        """
        option = self.options[at]
        if not self.of_times() or is_another(option) or not text or _same(text, option):
            return ()
        return tuple(said for _value, said in _each_said(text))

    def of_times(self) -> bool:
        """Whether the options are times, rather than what is numbered or anything else."""
        return TIMES in (self.trait, self.asked) and not self.numbered

    def _values(self, text: str, option: str, named: tuple[str, ...]) -> Iterator[str]:
        """What one column's text says; ``named`` are all the values in that column."""
        timed = self.of_times()
        tick = tick_in(text, graded=timed)
        if not text or tick is False:
            return
        if tick or _same(text, option):
            yield option
        elif self.numbered:
            yield from split_values(text)
        elif is_another(option):
            yield from split_values(text) if answer_in(text) is not Answer.DOUBTFUL else (option,)
        elif timed and answer_in(text) is None:
            yield from _of_time(option, text, named)
        else:
            for value in split_values(text):
                yield from _of_option(option, value, named)


def _same(text: str, option: str) -> bool:
    return text.casefold() == option.casefold()


def _each_said(text: str) -> Iterator[tuple[str, Said | None]]:
    """The values of a cell of times, each with what it says; None for an answer in words."""
    for part in STRONG.split(text):
        said = None if answer_in(part) is not None else said_in(part.strip())
        for value in split_values(part) if said is Said.TIME else filter(None, (part.strip(),)):
            yield value, said if said is not Said.TIME else _alone(value)


def _alone(value: str) -> Said | None:
    if answer_in(value) is not None:
        return None
    return Said.TIME if tells_time(value) else Said.UNCLEAR


def _of_time(option: str, text: str, named: tuple[str, ...]) -> Iterator[str]:
    for value, said in _each_said(text):
        if said in (Said.YES, Said.REMARKED):
            yield option
        elif said in (None, Said.TIME):
            yield from _of_option(option, value, named)


def _named(texts: Sequence[str], *, timed: bool) -> tuple[str, ...]:
    """The values that stand in a column, but for ticks and what is said of all of them."""
    found = dict.fromkeys(value for text in texts for value in split_values(text))
    return tuple(
        value
        for value in found
        if not is_tick(value) and (not timed or said_in(value) is Said.TIME)
    )


def is_tick(value: str) -> bool:
    """Whether a text in the column of an option only says whether or how it is chosen."""
    return tick_in(value) is not None or answer_in(value) is not None


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
