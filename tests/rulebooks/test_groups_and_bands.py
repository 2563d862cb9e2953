"""What a rulebook says of reading a roster."""

from __future__ import annotations

import pytest
import yaml

from vermegroup.domain.findings import RulebookError
from vermegroup.rulebooks.read import default_rulebook, rulebook_from_text


def read(text: str):
    return rulebook_from_text(text, "rules.yaml")


def test_columns_and_duplicates_are_read_and_written_again():
    book = read("columns: {municipality: Työkunta, years: 12}\nduplicates: latest\n")
    assert book.columns == {"municipality": "Työkunta", "years": "12"}
    assert book.duplicates == "latest"
    again = read(yaml.safe_dump(dict(book.plain), allow_unicode=True))
    assert (again.columns, again.duplicates) == (book.columns, book.duplicates)


def test_without_them_columns_are_recognised_and_contradictions_refused():
    book = default_rulebook()
    assert (dict(book.columns), book.duplicates) == ({}, "refuse")
    assert {"columns", "duplicates"}.isdisjoint(book.plain)


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("columns: Kunta\n", 1, "columns"),
        ("columns:\n  municipality: [a, {b: c}]\n", 2, "municipality"),
        ("columns:\n  municipality: []\n", 2, "municipality"),
        ("columns:\n  municipality:\n", 2, "municipality"),
        ("duplicates: both\n", 1, "duplicates"),
        ("duplicates: {id: latest}\n", 1, "duplicates"),
    ],
)
def test_what_they_cannot_be_is_told_with_its_line(text, line, key):
    with pytest.raises(RulebookError) as stopped:
        read(text)
    [finding] = stopped.value.findings
    assert (finding.row, finding.column) == (line, key)
    assert finding.hint is not None
