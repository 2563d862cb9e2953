"""Files may have any name, and a name may lead to anything: what is no file is not waited for."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")

# a name in bytes: how it is shown
NAMES = {
    b"kev\xe4t": "kevät",
    b"\xe5bo \x80": "åbo €",
    b"\xff\xfe": "ÿþ",
    b"caf\xc3\xa9 \xe9": "café é",
    b"a\nb": "a�b",
    b"\x1b[31mred": "�[31mred",
    b'=1+1, "x" \'': '=1+1, "x" \'',
    "😀".encode(): "😀",
    b"x" * 251: "x" * 251,
    b"\xe4" * 251: "ä" * 251,
}


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_a_season_under_any_name(folder: Path, run: Run, name: bytes) -> None:
    file = os.fsdecode(name + b".csv")
    (folder / "roster.csv").rename(folder / file)
    formed = run("form", file, "--rules", rules_named(folder, name))
    assert formed.exit_code == 0, formed.output
    [out] = (path.name for path in folder.iterdir() if path.is_dir())
    assert out == os.fsdecode(name[:248]) + "-groups"
    record = json.loads((folder / out / "report.json").read_bytes())
    assert shown(name) + ".csv" in [each["path"] for each in record["provenance"]["inputs"]]
    assert (folder / out / "report.html").read_bytes().decode("utf-8")
    groups = f"{out}/groups.csv"
    ran = run("audit", groups, "--format", "json")
    assert ran.exit_code == 0
    assert json.loads(ran.stdout)["provenance"]["rulebook_origin"].endswith("report.json")
    changed = run("rebalance", groups, "--left", "SYN-1", "--policy", "move")
    assert changed.exit_code in (0, 1)
    missing = run("check", file, "--rules", os.fsdecode(name[:200] + b".none"))
    assert missing.exit_code == 2
    assert NAMES[name][:200] in missing.stderr


def shown(name: bytes) -> str:
    """What a file has of a name; a terminal has a mark in place of what would steer it."""
    return NAMES[name] if name.isascii() is False else name.decode()


def rules_named(folder: Path, name: bytes) -> str:
    """A rulebook of such a name, with earlier groups beside it."""
    rules = os.fsdecode(name + b".yml")
    (folder / rules).write_text("groups: {size: 2-4}\npreferences: [{keep: earlier.csv}]", "utf-8")
    (folder / "earlier.csv").write_text("id,group\nSYN-1,A\nSYN-2,A\n", "utf-8")
    return rules


LONG = "x" * 300
DEEP = "x/" * 3000
CALLS = [
    ("form", "NAME"),
    ("check", "NAME"),
    ("audit", "NAME"),
    ("init", "NAME"),
    ("compare", "groups.csv", "NAME"),
    ("rebalance", "NAME", "--left", "SYN-1"),
    ("rebalance", "groups.csv", "--left", "SYN-1", "--joining", "NAME"),
    ("rebalance", "groups.csv", "--absent", "SYN-1", "--history", "NAME", "--dry-run"),
    ("check", "roster.csv", "--rules", "NAME"),
    ("check", "roster.csv", "--rules", "strangers.yaml"),
    ("check", "roster.csv", "--rules", "keep.yaml"),
    ("form", "roster.csv", "--pseudonymise", "--key-file", "NAME"),
    ("form", "roster.csv", "-o", "NAME/out"),
    ("init", "roster.csv", "-o", "NAME/out.yaml"),
    ("sample", "-n", "9", "-o", "NAME/out.csv"),
]


@pytest.fixture
def places(folder: Path) -> Path:
    """A folder with a pipe, links that lead to each other, and a folder."""
    os.mkfifo(folder / "pipe")
    os.symlink("loop", folder / "loop")
    (folder / "groups.csv").write_text("id,group\nSYN-1,A\nSYN-2,A\nSYN-3,A\n", "utf-8")
    return folder


ODD = ("pipe", "loop", "/dev/zero", LONG, DEEP, "")


@pytest.mark.parametrize(
    ("call", "name"),
    # Each call with three of the names.
    [(call, ODD[(turn + 2 * i) % len(ODD)]) for turn, call in enumerate(CALLS) for i in range(3)],
    ids=repr,
)
def test_what_is_no_file_is_the_calls_fault(
    places: Path, run: Run, call: tuple[str, ...], name: str
) -> None:
    if not name and "NAME/" in call[-1]:
        pytest.skip("/out is a place of its own")
    for kind, section in (("strangers", "rules"), ("keep", "preferences")):
        text = f"{section}: [{{{kind}: {json.dumps(name)}}}]"
        (places / f"{kind}.yaml").write_text(text, "utf-8")
    before = {path.name for path in places.iterdir()}
    ran = run(*(part.replace("NAME", name) for part in call))
    assert ran.exit_code == 2, ran.output
    assert ran.output
    assert {path.name for path in places.iterdir()} == before


@pytest.mark.parametrize("kind", ["strangers", "keep"])
@pytest.mark.parametrize(
    "secret",
    [
        *(b"root:secret:0:0\nother:secret:1:1\n", b"secret\n", b'"secret\n', b"a;secret\n1\n"),
        *(b"secret \xe4\xf6\nsecret \xff\n", b"secret,secret\nsecret,x\n", b"secret" * 50_000),
        *("secret ä ".encode() + b"\xe4\n", b"PK\x03\x04secret", b"secret\0", b""),
    ],
)
def test_a_file_that_is_no_grouping_is_not_quoted(
    folder: Path, run: Run, kind: str, secret: bytes
) -> None:
    (folder / "other").write_bytes(secret)
    section = "rules" if kind == "strangers" else "preferences"
    (folder / "rules.yaml").write_text(f"{section}: [{{{kind}: other}}]", "utf-8")
    for format_ in ("text", "json"):
        ran = run("check", "roster.csv", "--rules", "rules.yaml", "--format", format_)
        assert ran.exit_code == 2
        assert "other" in ran.output
        assert "secret" not in ran.output


def test_a_name_with_a_zero_byte_is_no_file(folder: Path, run: Run) -> None:
    (folder / "rules.yaml").write_text('rules: [{strangers: "a\\0b"}]', "utf-8")
    assert run("check", "roster.csv", "--rules", "rules.yaml").exit_code == 2


def test_a_file_is_read_up_to_a_bound(folder: Path, run: Run) -> None:
    with (folder / "vast.csv").open("wb") as file:
        file.truncate(10**12)
    for call in (("check", "vast.csv"), ("check", "roster.csv", "--rules", "vast.csv")):
        ran = run(*call)
        assert ran.exit_code == 2
        assert "too large" in ran.output


def test_what_a_killed_run_left_is_swept_away(folder: Path, run: Run) -> None:
    ours = f".vermegroup-{2**22 + 1}-0123abcd"  # no process has such a number
    busy, foreign = f".vermegroup-{os.getppid()}-0123abcd", ".vermegroup-notes"
    out = folder / "out"
    out.mkdir()
    for name in (ours, busy, foreign):
        (out / name).write_bytes(b"half")
        (folder / name).write_bytes(b"half")
    assert run("form", "roster.csv", "-o", "out", "-q").exit_code == 0
    assert run("sample", "-n", "9", "-o", "new.csv").exit_code == 0
    for place in (out, folder):
        left = {path.name for path in place.iterdir() if path.name.startswith(".")}
        assert left == {busy, foreign}
