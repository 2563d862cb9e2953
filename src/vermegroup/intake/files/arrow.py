"""Arrow tables, and Parquet files, to data frames. Only pyarrow, an extra, can read them."""

from __future__ import annotations

import io
from importlib import import_module
from types import ModuleType
from typing import Any

import pandas as pd

from vermegroup.intake.ledger import Ledger
from vermegroup.language.messages import Message, _

_PARQUET = b"PAR1"
_MOST_BYTES = 8_000_000_000
_MOST_ROWS = 20_000_000


def is_parquet(data: bytes) -> bool:
    """Whether the bytes are a Parquet file."""
    return data.startswith(_PARQUET)


def read_parquet(data: bytes, ledger: Ledger) -> pd.DataFrame:
    """The table in a Parquet file; what keeps it from being read is noted, and stops it."""
    pyarrow = library(ledger)
    parquet = import_module("pyarrow.parquet")
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        meta = file.metadata
        size = sum(meta.row_group(each).total_byte_size for each in range(meta.num_row_groups))
        if size <= _MOST_BYTES and meta.num_rows <= _MOST_ROWS:
            return frame_of(file.read())
        ledger.error(_TOO_LARGE)
    except (pyarrow.ArrowException, OSError, ValueError):
        ledger.error(_DAMAGED, _AGAIN)
    raise ledger.refusal()


def arrow_table(table: object, ledger: Ledger) -> pd.DataFrame:
    """Whatever speaks Arrow's protocol for streams, as Polars does, as a frame."""
    return frame_of(library(ledger).table(table))


def frame_of(table: Any) -> pd.DataFrame:
    """An Arrow table as a frame, whole numbers with gaps left whole.

    An index that pandas once wrote into it is one again.
    """
    types = import_module("pyarrow").types
    plain = [not (types.is_nested(each.type) or "view" in str(each.type)) for each in table.schema]
    if all(plain):
        frame: pd.DataFrame = table.to_pandas(integer_object_nulls=True)
        return frame
    columns = (
        column.to_pandas(integer_object_nulls=True)
        if simple
        else pd.Series(column.to_pylist(), dtype=object)
        for column, simple in zip(table.columns, plain, strict=True)
    )
    found = pd.DataFrame(dict(enumerate(columns)))
    return found.set_axis(table.column_names, axis="columns")


def library(ledger: Ledger) -> ModuleType:
    """Pyarrow; where it is not installed, that is noted, and stops it."""
    try:
        return import_module("pyarrow")
    except ImportError:
        ledger.error(NO_ARROW, INSTALL)
    raise ledger.refusal()


NO_ARROW: Message = _("To read Parquet and Arrow tables takes pyarrow, which is not installed")
INSTALL: Message = _("pip install 'vermegroup[arrow]'")
_DAMAGED = _("The Parquet file is damaged or was cut short")
_AGAIN = _("Write it again, or export the sign-ups as CSV")
_TOO_LARGE = _("The Parquet file is too large: it unpacks to more than can be read at once")
