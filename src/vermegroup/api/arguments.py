"""Arguments of calls as the rest of the package takes them; what they cannot be is told by name."""

from __future__ import annotations

import operator
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from numbers import Integral
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from vermegroup.app.privacy.how import How
from vermegroup.domain.bonds import Policy
from vermegroup.intake.files.frame import text_of
from vermegroup.intake.groups import Mention
from vermegroup.solver.search import Limits

Columns: TypeAlias = Mapping[str, str | Sequence[str]]
Day: TypeAlias = date | str
"""A day, or a text such as 2026-12-01."""
Someone: TypeAlias = str | int | Iterable[str | int]
"""Ids, names or e-mails; one by itself, or several."""


def columns_of(columns: Columns | None) -> dict[str, str | tuple[str, ...]]:
    """The headers of traits. Raises TypeError for what leads from no text to texts."""
    if columns is None:
        return {}
    if not isinstance(columns, Mapping):
        raise wrong_type("columns", "a mapping from traits to headers", columns)
    return {_trait(trait): _headers(trait, given) for trait, given in columns.items()}


def _trait(trait: object) -> str:
    if isinstance(trait, str):
        return trait
    raise wrong_type("a trait in columns", "a text", trait)


def _headers(trait: str, given: object) -> str | tuple[str, ...]:
    """What the frame calls a column, which is no text in every frame; or several columns."""
    if isinstance(given, str):
        return given
    if isinstance(given, (list, tuple)) and given and all(isinstance(one, str) for one in given):
        return tuple(given)
    raise wrong_type(f"columns[{trait!r}]", "a header, or several in a list", given)


def several(people: Someone, name: str) -> tuple[Mention, ...]:
    """Whom a call names; what is no text, such as a number, is its id as the frame has it.

    Raises TypeError for what is neither somebody nor several.
    """
    alone = isinstance(people, (str, int, np.generic))
    each = [people] if alone else people
    if isinstance(each, (bytes, Mapping)) or not isinstance(each, Iterable):
        raise wrong_type(name, "an id, a name or an e-mail, or several in a list", people)
    return tuple(Mention(text_of(one)) for one in each)


def policy_of(policy: Any) -> Policy | None:
    """How groups are combined. Raises ValueError for what is no such policy."""
    if policy is None:
        return None
    try:
        return Policy(policy)
    except ValueError:
        told = " or ".join(repr(each.value) for each in Policy)
        raise ValueError(f"policy must be {told}: {policy!r}") from None


def paths_of(files: object, name: str) -> tuple[Path, ...]:
    """One path, or several. Raises TypeError for anything else."""
    each = [files] if isinstance(files, (str, os.PathLike)) else files
    if isinstance(each, bytes) or not isinstance(each, Iterable):
        raise wrong_type(name, "a path, or several in a list", files)
    found = tuple(each)
    for one in found:
        if not isinstance(one, (str, os.PathLike)):
            raise wrong_type(f"each of {name}", "a path", one)
    return tuple(map(Path, found))


def how_to_read(sheet: str | None, day: Day | None) -> How:
    """How a table is read, as the caller asked.

    Raises:
        TypeError: the day is neither a day nor a text, or the sheet is no text.
        ValueError: the text is no day.
    """
    if sheet is not None and not isinstance(sheet, str):
        raise wrong_type("sheet", "the name of a sheet", sheet)
    return How(sheet=sheet) if day is None else How(sheet=sheet, day=day_of(day, "day"))


def day_of(day: object, name: str) -> date:
    """A day, whatever time of it was given; ``name`` is that of the argument.

    Raises:
        TypeError: it is neither a day nor a text.
        ValueError: the text is no day, or there is none, as in pandas' NaT.
    """
    if isinstance(day, np.datetime64):
        day = pd.Timestamp(day)
    if day is pd.NaT:
        raise ValueError(f"{name} is no day: NaT")
    match day:
        case datetime():
            return day.date()
        case date():
            return day
        case str():
            try:
                return datetime.fromisoformat(day.strip()).date()
            except ValueError:
                raise ValueError(f"{name} is no day such as 2026-12-01: {day!r}") from None
    raise wrong_type(name, "a date or a text such as 2026-12-01", day)


def limits_of(
    effort: float | None, time_limit: float | None, seed: int = 1, workers: int = 1
) -> Limits:
    """How far a search goes; numbers of numpy are numbers, too.

    Raises:
        TypeError: an argument is no number.
        ValueError: a number means nothing.
    """
    limits = Limits(
        None if time_limit is None else _at_least_0(time_limit, "time_limit"),
        _whole(workers, "workers", 1),
        _whole(seed, "seed", 0),
    )
    return limits if effort is None else replace(limits, effort=_at_least_0(effort, "effort"))


def whole(value: Any, name: str) -> int:
    """A whole number, of numpy or of Python. Raises TypeError for anything else."""
    if isinstance(value, (bool, np.bool_)):
        raise wrong_type(name, "a whole number", value)
    try:
        return operator.index(value)
    except TypeError:
        raise wrong_type(name, "a whole number", value) from None


def _whole(value: Any, name: str, least: int) -> int:
    found = whole(value, name)
    if not least <= found < _MOST:
        raise ValueError(f"{name} must be a whole number from {least} to {_MOST - 1}: {value!r}")
    return found


def _at_least_0(value: Any, name: str) -> float:
    """Seconds, or effort."""
    if isinstance(value, (str, bytes, bool, np.bool_)):
        raise wrong_type(name, "a number", value)
    try:
        found = float(value)
    except (TypeError, ValueError):
        raise wrong_type(name, "a number", value) from None
    if not found >= 0:
        raise ValueError(f"{name} must be a number, 0 or more: {value!r}")
    return found


def wrong_type(name: str, wanted: str, value: object) -> TypeError:
    """What is raised where an argument, by its name, is of a type that it cannot be."""
    return TypeError(f"{name} must be {wanted}, and this is of the type {type(value).__name__}")


_MOST = 2**31
"""Beyond it, neither seeds nor numbers of workers are understood everywhere."""


def count_of_draws(name: str, draws: object) -> None:
    """Raise TypeError or ValueError for what is no number of groupings to draw."""
    if isinstance(draws, bool) or not isinstance(draws, Integral):
        raise TypeError(f"{name} must be a whole number: {draws!r}")
    if int(draws) < 1:
        raise ValueError(f"{name} must be 1 or more: {draws}")
