"""Tables that are in memory already, as the cells of text that a file would have.

A data frame is read as a CSV file of its own would be, without being written and parsed: headers
are recognised, cells are tidied, and rows are counted as a spreadsheet would show them, its header
being row 1. Nothing of the frame is changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from vermegroup.intake.cells import COMMA, TEXT
from vermegroup.intake.files.csv_text import csv_text
from vermegroup.intake.files.source import Source

_PARTS_VALUES = str.maketrans({";": ",", "|": "/", "\r": " ", "\n": " "})


def source_of(frame: pd.DataFrame, name: str) -> Source:
    """A frame as something to be read; ``name`` is what findings call it.

    A level of the index that has a name is a column as well, before all others. A column of
    columns, as a multi-level header has it, is called by its levels, one after the other.
    """
    levels = [at for at, level in enumerate(frame.index.names) if level is not None]
    headers = [*(frame.index.names[at] for at in levels), *frame.columns]
    columns = [frame.index.get_level_values(at).to_series() for at in levels]
    columns += [frame.iloc[:, place] for place in range(frame.shape[1])]
    names = [_header(header) for header in headers]
    texts = [_texts(column) for column in columns]
    data = csv_text([names], texts).encode()
    cells = pd.DataFrame(dict(enumerate(texts)), dtype=TEXT)
    return Source(name, data, cells.set_axis(names, axis="columns"))


def _header(name: object) -> str:
    parts = name if isinstance(name, tuple) else (name,)
    return " ".join(filter(None, map(text_of, parts)))


def _texts(column: pd.Series[Any]) -> list[str]:
    """The cells of a column as text."""
    if isinstance(column.dtype, pd.StringDtype):
        words: list[str] = column.fillna("").tolist()
        return words
    if isinstance(column.dtype, pd.CategoricalDtype):
        names = np.array([*map(text_of, column.cat.categories), ""], dtype=object)
        texts: list[str] = names[column.cat.codes.to_numpy()].tolist()
        return texts
    if column.dtype.kind == "i" and isinstance(column.dtype, np.dtype):
        return list(map(str, column.tolist()))
    return list(map(text_of, column.tolist()))


def text_of(cell: object) -> str:
    """One cell as text; what is missing is "".

    12.0 is "12"; days are written as ISO 8601 has them, hours as they stand, whatever their zone;
    what is true or false as spreadsheets say it. The values of a list, a set or an array stand one
    after the other, those of a set in the order of the alphabet.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, (list, tuple, set, frozenset, np.ndarray)):
        return _several(cell)
    if cell is None or cell is pd.NA or cell is pd.NaT or _is_nan(cell):
        return ""
    if isinstance(cell, (bool, np.bool_)):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (float, np.floating)):
        return _number(float(cell))
    return _of_another_kind(cell)


def _of_another_kind(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        cell = cell.replace(tzinfo=None)
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, np.datetime64):
        return text_of(pd.Timestamp(cell))
    if isinstance(cell, (dt.date, dt.time)):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell)


def _is_nan(cell: object) -> bool:
    if isinstance(cell, Decimal):
        return cell.is_nan()
    if isinstance(cell, np.datetime64):
        return bool(np.isnat(cell))
    return isinstance(cell, (float, np.floating)) and bool(np.isnan(cell))


_EXACT = 1e15


def _number(value: float) -> str:
    return str(int(value)) if abs(value) < _EXACT and value == int(value) else f"{value:.15g}"


def _several(cells: Iterable[object]) -> str:
    texts = [text_of(cell).translate(_PARTS_VALUES) for cell in cells]
    texts = sorted(texts) if isinstance(cells, (set, frozenset)) else texts
    # One value with a comma in it would be read as two, were there no stronger mark behind it.
    alone = len(texts) == 1 and (COMMA.search(texts[0]) or "/" in texts[0])
    return f"{texts[0]};" if alone else "; ".join(texts)
