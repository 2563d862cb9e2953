"""Sheets get names that every program takes, and none twice."""

from __future__ import annotations

import re

from tests.export.hostile import GROUP_NAMES, NAMES
from vermegroup.export.sheet_names import sheet_names


def test_names_are_allowed_and_differ_in_more_than_capitals() -> None:
    asked = [
        *GROUP_NAMES,
        *NAMES.values(),
        *("G01", "g01", "Straße", "STRASSE", "", "''", "History", "HISTORY", "[]:*?/\\"),
        *("😀" * 20, "y" * 31 + "1", "y" * 31 + "2", "'Tiistai'", "a" * 30 + "'b", "\x00\x07"),
        *["sama"] * 12,
    ]
    names = sheet_names(asked)
    assert len({name.casefold() for name in names}) == len(asked)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) <= 2 * 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert name.strip("'") == name
        assert name.casefold() != "history"


def test_a_name_that_is_allowed_stays_as_it_is() -> None:
    assert sheet_names(["Tiistairyhmä (G01)", "Åbo & Co"]) == ["Tiistairyhmä (G01)", "Åbo & Co"]
