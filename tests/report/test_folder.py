"""The output folder is written whole or not at all, and never over somebody's edits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vermegroup.domain.findings import OutputError
from vermegroup.report import folder as folder_module
from vermegroup.report.folder import default_folder, refuse_edited, sha256, write_folder, write_new


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


def test_a_new_run_replaces_what_an_earlier_run_wrote(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", files())
    written = write_folder(tmp_path / "out", files(b"id,group\na,G01\n"))
    assert [path.name for path in written] == ["groups.csv", "report.html", "report.json"]
    assert contents(tmp_path / "out") == files(b"id,group\na,G01\n")


def test_what_a_new_run_does_not_write_is_taken_away(tmp_path: Path) -> None:
    write_folder(tmp_path, files())
    without = {name: content for name, content in files().items() if name != "groups.csv"}
    write_folder(tmp_path, without)
    assert contents(tmp_path) == without


@pytest.mark.parametrize("name", ["groups.csv", "report.html"])
def test_an_edited_file_is_refused_and_force_writes_over_it(tmp_path: Path, name: str) -> None:
    write_folder(tmp_path, files())
    (tmp_path / name).write_bytes(b"edited")
    before = contents(tmp_path)
    with pytest.raises(OutputError) as refused:
        write_folder(tmp_path, files())
    assert [finding.file for finding in refused.value.findings] == [str(tmp_path / name)]
    assert "--force" in str(refused.value.findings[0].hint)
    assert contents(tmp_path) == before
    write_folder(tmp_path, files(), force=True)
    assert contents(tmp_path) == files()


@pytest.mark.parametrize("record", [None, b"", b"[]", b"{}", b'{"provenance": {"outputs": 1}}'])
def test_files_that_no_run_left_are_refused(tmp_path: Path, record: bytes | None) -> None:
    (tmp_path / "groups.csv").write_bytes(b"mine")
    if record is not None:
        (tmp_path / "report.json").write_bytes(record)
    with pytest.raises(OutputError):
        refuse_edited(tmp_path)


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"mine")
    write_folder(tmp_path, files())
    write_folder(tmp_path, files(), force=True)
    assert (tmp_path / "notes.txt").read_bytes() == b"mine"


@pytest.mark.parametrize("fails_at", [0, 1, 2])
@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_what_was_there_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int, fault: BaseException
) -> None:
    write_folder(tmp_path / "old", files())
    set_down, calls = folder_module._set_down, iter(range(10))

    def failing(folder: Path, content: bytes) -> Path:
        if next(calls) % 3 == fails_at:
            raise fault
        return set_down(folder, content)

    monkeypatch.setattr(folder_module, "_set_down", failing)
    for name in ("old", "new"):
        calls = iter(range(10))
        with pytest.raises((OutputError, KeyboardInterrupt)):
            write_folder(tmp_path / name, files(b"other"))
    assert contents(tmp_path / "old") == files()
    assert not (tmp_path / "new").exists()


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    for folder in (tmp_path / "out", tmp_path / "out" / "below"):
        with pytest.raises(OutputError):
            write_folder(folder, files(), force=True)
    assert (tmp_path / "out").read_bytes() == b"mine"


def test_a_new_file_is_not_written_over_another(tmp_path: Path) -> None:
    write_new(tmp_path / "a.csv", b"first")
    with pytest.raises(OutputError):
        write_new(tmp_path / "a.csv", b"second")
    write_new(tmp_path / "a.csv", b"second", force=True)
    assert contents(tmp_path) == {"a.csv": b"second"}
