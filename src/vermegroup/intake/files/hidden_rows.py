"""Rows of a workbook that its window does not show: hidden by hand, or filtered out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

_SHEETS, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_CONTENT = "content.xml"


def hidden_rows(archive: bytes, sheet: str) -> frozenset[int]:
    """The rows of a sheet that are hidden or filtered out, counted from 1.

    ``archive`` is a workbook that was examined: it has no entities, and nothing grows beyond it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as parts:
            return frozenset(_hidden_in(parts, sheet))
    except ElementTree.ParseError:  # of namespaces, on which the reader of cells does not insist
        return frozenset()


def _hidden_in(parts: zipfile.ZipFile, sheet: str) -> Iterator[int]:
    names = {name.lower(): name for name in parts.namelist()}
    if _CONTENT in names:
        yield from _of_document(parts.read(names[_CONTENT]), sheet)
    elif _SHEETS in names and _RELATIONS in names:
        part = _part_of(parts.read(names[_SHEETS]), parts.read(names[_RELATIONS]), sheet)
        if part in names:
            yield from _of_part(parts.read(names[part]))


def _part_of(sheets: bytes, relations: bytes, name: str) -> str:
    """The part of the archive that holds a sheet."""
    ids = [
        _value(element.attrib, "id")
        for element in ElementTree.fromstring(sheets).iter()
        if _local(element.tag) == "sheet" and element.get("name") == name
    ]
    targets = {
        element.get("Id", ""): element.get("Target", "")
        for element in ElementTree.fromstring(relations)
    }
    found = targets.get(ids[0], "") if ids else ""
    return (found.lstrip("/") if found.startswith("/") else f"xl/{found}").lower()


def _of_part(content: bytes) -> Iterator[int]:
    if b"hidden=" not in content:
        return
    row = 0
    for _event, element in ElementTree.iterparse(io.BytesIO(content)):
        if _local(element.tag) == "row":
            row = int(element.get("r", row + 1))
            if element.get("hidden") in ("1", "true"):
                yield row
        element.clear()


def _of_document(content: bytes, sheet: str) -> Iterator[int]:
    if b"visibility=" not in content:
        return
    inside, row = False, 0
    for event, element in ElementTree.iterparse(io.BytesIO(content), events=("start", "end")):
        tag = _local(element.tag)
        if tag == "table":
            inside = event == "start" and _value(element.attrib, "name") == sheet
            row = 0
        elif tag == "table-row" and event == "start" and inside:
            times = int(_value(element.attrib, "number-rows-repeated") or 1)
            if _value(element.attrib, "visibility") in ("collapse", "filter"):
                yield from range(row + 1, row + min(times, _MOST_AT_ONCE) + 1)
            row += times
        if event == "end":
            element.clear()


_MOST_AT_ONCE = 10_000


def _value(attributes: Mapping[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if _local(key) == name), "")


def _local(name: str) -> str:
    return name.rpartition("}")[2]
