"""What calls are given to read (frames, files, rules) as what a run reads."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
import pandas as pd

from vermegroup.api.arguments import Columns, columns_of, wrong_type
from vermegroup.api.people import People
from vermegroup.app.inputs import RulebookChoice, chosen, chosen_for, with_columns
from vermegroup.domain.findings import RulebookError
from vermegroup.domain.rulebook import Rulebook
from vermegroup.intake.files.arrow import arrow_table
from vermegroup.intake.files.frame import source_of
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.pair_weights import read_named_weights
from vermegroup.intake.pipeline import read_named
from vermegroup.rulebooks.profiles import profile_names
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rulebooks.write import rulebook_text


@runtime_checkable
class ArrowStream(Protocol):
    """A table that speaks the Arrow PyCapsule interface, as those of Polars and DuckDB do."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The table as a stream of record batches."""


@runtime_checkable
class Interchange(Protocol):
    """A table that speaks the older interchange protocol for data frames, and no Arrow."""

    def __dataframe__(self, nan_as_null: bool = False, allow_copy: bool = True) -> object:
        """The table."""


Table: TypeAlias = pd.DataFrame | ArrowStream | Interchange | str | os.PathLike[str]
"""A table of people: a data frame of any library, or the path of a file."""
Rules: TypeAlias = str | os.PathLike[str] | Mapping[str, object] | Rulebook
"""A rulebook: its file, the name of a profile, its sections as plain values, or one that was read.
"""
IN_MEMORY = "DataFrame"


def people_of(table: Table, name: str = IN_MEMORY) -> People:
    """A table as what a run reads; ``name`` is what findings call it where it is no file.

    Raises:
        InputError: it is an Arrow table, and pyarrow is not installed.
        TypeError: it is no table at all.
    """
    if isinstance(table, (str, os.PathLike)):
        return People(os.fspath(table))
    frame = _frame_of(table, name)
    return People(source_of(frame, name), frame)


def _frame_of(table: object, name: str) -> pd.DataFrame:
    if isinstance(table, pd.DataFrame):
        return table
    if isinstance(table, ArrowStream) and not _is_one_column(table):
        return arrow_table(table, Ledger(name))
    if isinstance(table, Interchange):
        with warnings.catch_warnings(action="ignore"):  # the protocol is old, and so are its users
            return pd.api.interchange.from_dataframe(table)
    raise wrong_type("a table of people", "a data frame or the path of a file", table)


def _is_one_column(table: object) -> bool:
    """Whether it is a series, which speaks Arrow too: of pandas, of Polars, or of another."""
    return isinstance(table, pd.Series) or type(table).__name__ in ("Series", "ChunkedArray")


def rulebook_of(rules: Rules | None, columns: Columns | None = None) -> Rulebook:
    """The rulebook that was asked for, or else the default one; with the caller's own columns.

    Raises:
        RulebookError: with every fault that was found in it.
        TypeError: these are no rules, or no columns.
    """
    return with_columns(chosen(_choice(rules)), columns_of(columns))


def rulebook_for(people: People, rules: Rules | None) -> Rulebook:
    """The rulebook that was asked for or, without one, that of the record beside a file of groups.

    Else it is the default one. Raises RulebookError with every fault that was found in it.
    """
    return chosen_for(people.file, _choice(rules))


def _choice(rules: Rules | None) -> RulebookChoice:
    match rules:
        case None:
            return RulebookChoice()
        case Rulebook():
            return RulebookChoice(book=rules)
        case Mapping():
            return RulebookChoice(book=_from_plain(rules))
        case str() if rules in profile_names() and not os.path.exists(rules):
            return RulebookChoice(profile=rules)
        case str() | os.PathLike():
            return RulebookChoice(Path(rules))
    raise wrong_type("rules", _RULES, rules)


_RULES = "a file, the name of a profile, a mapping with sections of a rulebook, or a Rulebook"


def _from_plain(rules: Mapping[str, object]) -> Rulebook:
    text = rulebook_text(_plain(rules))
    try:
        return rulebook_from_text(text, "rules", earlier=read_named, weights=read_named_weights)
    except RulebookError as fault:
        # Its lines are those of a text that the caller has never seen.
        raise RulebookError(replace(each, row=None) for each in fault.findings) from None


def _plain(value: object) -> object:
    """Plain values as YAML has them: those of numpy and pandas are such, too."""
    match value:
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case set() | frozenset():
            return sorted(map(str, value))
        case list() | tuple() | np.ndarray() | pd.Series() | pd.Index():
            return [_plain(each) for each in value]
        case np.generic():
            return _plain(value.item())
        case None | bool() | int() | float() | str():
            return value
    return str(value)
