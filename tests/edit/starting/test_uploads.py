"""A chosen file's name does no harm, and groups in it are copied, not written over."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.edit.starting.opened import roster
from vermegroup.domain.findings import InputError
from vermegroup.edit.starting.uploads import copied, safe_name
from vermegroup.edit.starting.width import refuse_wide_text
from vermegroup.intake.files.source import Source

NAMES = {
    "../../etc/passwd": "passwd",
    "C:\\Users\\x\\kevat.xlsx": "kevat.xlsx",
    "kevät 2027.csv": "kevät 2027.csv",
    "a<b>:c?.csv": "a_b__c_.csv",
    "evil\u202excod.csv": "evilxcod.csv",
    "a\x00b\nc.csv": "abc.csv",
    "": "roster.csv",
    "..": "roster.csv",
    "/": "roster.csv",
    "con.csv": "_con.csv",
    ".csv": "csv",
}


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_is_that_of_a_file_alone(name: str) -> None:
    assert safe_name(name) == NAMES[name]


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    name = safe_name("ä" * 500 + ".xlsx")
    assert len(name) <= 120
    assert name.endswith(".xlsx")


def test_groups_are_copied_into_a_folder_of_their_own(tmp_path: Path) -> None:
    source = Source("kevat.csv", b"id,group\n1,G01\n")
    first = copied(source, tmp_path)
    assert first == tmp_path / "kevat-groups" / "kevat.csv"
    assert first.read_bytes() == source.data
    assert copied(source, tmp_path) == first
    other = copied(Source("kevat.csv", b"id,group\n1,G02\n"), tmp_path)
    assert other.parent == tmp_path / "kevat-groups-2"
    assert first.read_bytes() == source.data


def test_a_list_that_is_too_wide_for_the_page_is_refused_before_it_is_read() -> None:
    header = ";".join(f"c{n}" for n in range(16_000))
    before = time.monotonic()
    with pytest.raises(InputError, match="more than 1000 columns"):
        refuse_wide_text(Source("wide.csv", f"{header}\n{header}\n".encode()))
    assert time.monotonic() - before < 1


def test_many_delimiters_in_one_cell_are_no_columns() -> None:
    told = ",;" * 2_000
    refuse_wide_text(Source("essay.csv", f'name;told\nEsim;"{told}"\n'.encode()))
    refuse_wide_text(Source("people.csv", roster().encode()))
