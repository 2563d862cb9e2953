"""The output folder is written whole or not at all, and never over somebody's edits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vermegroup.domain.findings import OutputError
from vermegroup.report.folder import default_folder, refuse_edited, sha256, write_new


def files(groups: bytes = b"id,group\n", page: bytes = b"<p>") -> dict[str, bytes]:
    """What a run writes."""
    outputs = {"groups.csv": sha256(groups), "report.html": sha256(page)}
    record = json.dumps({"provenance": {"outputs": outputs}}).encode()
    return {"groups.csv": groups, "report.html": page, "report.json": record}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("roster", "expected"),
    [("kevat.csv", "kevat-groups"), ("a/b/x.y.csv", "x.y-groups"), ("-", "roster-groups")],
)
def test_the_default_folder_is_named_after_the_roster(roster: str, expected: str) -> None:
    assert default_folder(roster) == Path(expected)


@pytest.mark.parametrize("record", [None, b"", b"[]", b"{}", b'{"provenance": {"outputs": 1}}'])
def test_files_that_no_run_left_are_refused(tmp_path: Path, record: bytes | None) -> None:
    (tmp_path / "groups.csv").write_bytes(b"mine")
    if record is not None:
        (tmp_path / "report.json").write_bytes(record)
    with pytest.raises(OutputError):
        refuse_edited(tmp_path)


def test_a_new_file_is_not_written_over_another(tmp_path: Path) -> None:
    write_new(tmp_path / "a.csv", b"first")
    with pytest.raises(OutputError):
        write_new(tmp_path / "a.csv", b"second")
    write_new(tmp_path / "a.csv", b"second", force=True)
    assert contents(tmp_path) == {"a.csv": b"second"}
