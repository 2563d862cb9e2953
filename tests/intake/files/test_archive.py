"""Workbooks that claim to be vast are read or refused within 2 seconds and 500 megabytes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.intake.files import vast
from vermegroup.intake import read_roster
from vermegroup.rulebooks.read import default_rulebook

pytest.importorskip("resource")

SECONDS, KILOBYTES = 2.0, 500_000
# Reads each file in a process of its own, forked from one that has loaded everything.
MEASURE = """
import json, os, sys, time
from vermegroup.domain.findings import RosterError
from vermegroup.intake import pipeline, read_roster
from vermegroup.intake.files import workbook
from vermegroup.rulebooks.read import default_rulebook

rulebook = default_rulebook()
for path in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        try:
            read_roster(path, rulebook)
        except RosterError as refused:
            os._exit(2 if refused.findings else 99)
        except BaseException:
            os._exit(98)
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss]), flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts kilobytes as Linux does")
def test_what_claims_to_be_vast_takes_little_time_and_memory(tmp_path: Path) -> None:
    names = []
    for number, (name, data) in enumerate(vast.vast()):
        (tmp_path / str(number)).write_bytes(data)
        names.append(name)
    assert len(set(names)) == len(names) > 80
    paths = [str(tmp_path / str(number)) for number in range(len(names))]
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, *paths], capture_output=True, text=True, check=True
    )
    found = dict(zip(names, map(json.loads, ran.stdout.splitlines()), strict=True))
    assert {code for code, _, _ in found.values()} == {0, 2}
    greedy = {
        name: cost for name, cost in found.items() if cost[1] > SECONDS or cost[2] > KILOBYTES
    }
    assert not greedy


ROWS = vast.rows_xml()
READ = {
    "a dimension that is a lie": vast.xlsx(ROWS, before='<dimension ref="A1:XFD1048576"/>'),
    "no references": vast.xlsx(ROWS.replace(' r="', ' x="')),
    "lower case": vast.xlsx(ROWS.replace('r="A', 'r="a').replace('r="B', 'r="b')),
    "single quotes": vast.xlsx(ROWS.replace('"', "'")),
    "rows from the last to the first": vast.xlsx(
        "".join(f"{row}</row>" for row in reversed(ROWS.split("</row>")[:-1]))
    ),
    "a sheet elsewhere": vast.xlsx(ROWS, place="other/place.xml"),
    "another prefix": vast.xlsx(
        sheet=f"<y:worksheet xmlns:y='m'><y:sheetData>{ROWS}</y:sheetData></y:worksheet>".replace(
            "<row", "<y:row"
        ).replace("</row", "</y:row")
    ),
    "blank rows to the end": vast.xlsx(ROWS + '<row r="1048576" spans="1:16384"/>'),
    "blank cells to the right": vast.xlsx(f'{ROWS}<row r="11"><c r="XFD11" s="1"/></row>'),
    "a document": vast.ods(vast.ods_rows()),
    "a document, blank to the end": vast.ods(
        vast.ods_rows() + vast.ods_row(vast.ods_cell("", 16_384), times=1_048_566)
    ),
    "a document, blank without end": vast.ods(
        vast.ods_rows() + vast.ods_row(vast.ods_cell("", 10**9), times=10**9)
    ),
}
TEXTS = "<sst><si><t>one</t></si></sst>"
DAYS = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'


@pytest.mark.parametrize("data", READ.values(), ids=READ.keys())
def test_what_is_there_is_read_however_it_is_claimed(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "workbook").write_bytes(data)
    roster, _ = read_roster(tmp_path / "workbook", default_rulebook())
    assert roster.ids.tolist() == [row[0] for row in vast.PEOPLE[1:]]
    header, *people = vast.PEOPLE
    assert roster.table.cells.to_numpy().tolist() == [list(row) for row in people]
    assert roster.table.cells.columns.tolist() == list(header)


@pytest.mark.parametrize(
    "data",
    [
        vast.xlsx(ROWS.replace('r="A1"', 'r="&#65;1"')),
        vast.xlsx(ROWS, sharedStrings='<sst uniqueCount="4000000000"/>'),
        vast.xlsx(ROWS + '<row r="11"><c t="s"><v>0&#49;</v></c></row>', sharedStrings=TEXTS),
        vast.xlsx(f'{ROWS}<row r="11"><c r="A4294967297"><v>7</v></c></row>'),
        vast.xlsx(f'{ROWS}<row r="4294967297"><c><v>7</v></c></row>'),
        vast.xlsx(f'{ROWS}<row r="11"><c s="0"><v>-1e300</v></c></row>', styles=DAYS),
    ],
)
def test_what_readers_understand_in_different_ways_is_refused(data: bytes, refused) -> None:
    [finding] = refused(data)
    assert finding.hint is not None
