"""A run comes out again from its record; one changed byte of its files or results is told."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run

KEY = "a key for tests, long enough"
RULES = """\
groups: {size: 2-4}
rules:
  - strangers: earlier.csv
  - distance: {of: pairs.csv, at_most: 100}
  - place_everyone
preferences: [spread: years, even_sizes]
"""
PAIRS = "a,b,weight\nSYN-1,SYN-2,3.5\nSYN-1,SYN-3,2\n"
TOWNS = ["Turku", "Oulu", "Lahti", "Salo", "Kemi", "Pori", "Kuopio", "Vaasa"]
STARTS = "id;name;municipality;years\n" + "".join(
    f"P{n};Name{n} Surname{n};{town};{3 * n}.{n}.20{8 + 2 * n:02}\n"
    for n, town in enumerate(TOWNS, 1)
)


@pytest.fixture(autouse=True)
def files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", KEY)
    lists = folder / "rules"
    lists.mkdir()
    (lists / "rules.yaml").write_text(RULES)
    (lists / "earlier.csv").write_text("Tunnus;group\nSYN-1;G01\nSYN-2;G01\n")
    (lists / "pairs.csv").write_text(PAIRS)
    (lists / "parts.yaml").write_text("split_by: side\ngroups: {size: 2-4}\n")
    (folder / "starts.csv").write_text(STARTS)
    rows = [f"S{n};{'ab'[n % 2]};{n}" for n in range(12)]
    (folder / "sides.csv").write_text("\n".join(["id;side;score", *rows]) + "\n")


RICH = ("--rules", "rules/rules.yaml")
RUNS = {
    "plain": [("form", "roster.csv", "-o", "out")],
    "split": [
        ("form", "sides.csv", "--rules", "rules/parts.yaml", "--time-limit", "90", "-o", "out")
    ],
    "rich": [("form", "roster.csv", *RICH, "-o", "out")],
    "start dates": [("form", "starts.csv", "--day", "2025-03-01", "-o", "out")],
    "rounds": [
        ("rounds", "roster.csv", "--rounds", "2", "--groups", "3", "--time-limit", "9", "-o", "out")
    ],
    "pseudonyms": [("form", "starts.csv", "--pseudonymise", "-o", "out")],
    "pseudonyms, rich": [("form", "roster.csv", *RICH, "--pseudonymise", "-o", "out")],
    "rebalance": [
        ("form", "roster.csv", *RICH, "-o", "first"),
        (
            *("rebalance", "first/groups.csv", "--left", "SYN-1", "--policy", "move"),
            *("--time-limit", "30.5", "-o", "out"),
        ),
    ],
    "meeting": [
        ("form", "starts.csv", "-o", "first"),
        ("rebalance", "first/groups.csv", "--absent", "Name1 Surname1", "-o", "out"),
    ],
    "meeting by pseudonyms": [
        ("form", "starts.csv", "-o", "first"),
        ("rebalance", "first/groups.csv", "--absent", "P1,P2", "--pseudonymise", "-o", "out"),
    ],
    "audit": [
        ("form", "roster.csv", *RICH, "-o", "first"),
        ("audit", "first/groups.csv", "-o", "out"),
    ],
    "audit in place": [
        ("form", "roster.csv", "-o", "out"),
        ("audit", "out/groups.csv", "-o", "out", "--force"),
    ],
    "move in place": [
        ("form", "starts.csv", "-o", "out"),
        ("move", "out/groups.csv", "--swap", "P1", "Name2 Surname2"),
    ],
    "move that breaks a rule": [
        ("form", "starts.csv", "-o", "out"),
        ("move", "out/groups.csv", "P1=-"),
    ],
    "audit of what breaks a rule, on a day": [
        ("form", "starts.csv", "-o", "first"),
        ("move", "first/groups.csv", "P1=-", "-o", "second"),
        ("audit", "second/groups.csv", "--day", "2025-03-01", "-o", "out"),
    ],
    "move by pseudonyms": [
        ("form", "starts.csv", "-o", "first"),
        ("move", "first/groups.csv", "P1=G09", "--pseudonymise", "-o", "out"),
    ],
}


def done(run: Run, calls: list[tuple[str, ...]]) -> None:
    for call in calls:
        result = run(*call, "-q")
        assert result.exit_code in (0, 1), result.output


@pytest.mark.parametrize("calls", RUNS.values(), ids=RUNS)
def test_the_same_comes_out_from_any_folder(
    run: Run, folder: Path, calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    done(run, calls)
    here = run("verify", "out", "--format", "json")
    assert json.loads(here.stdout)["differences"] == []
    assert here.exit_code == 0
    (folder / "elsewhere").mkdir()
    monkeypatch.chdir(folder / "elsewhere")
    there = run("verify", str(folder / "out"), "--data", str(folder), "--format", "json")
    assert json.loads(there.stdout)["verdict"] == "same", there.output


def test_a_sheet_of_a_workbook(run: Run, folder: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["notes"])
    sheet = book.create_sheet("Kevät")
    for row in (["id", "municipality", "years"], *([f"A{n}", t, n] for n, t in enumerate(TOWNS))):
        sheet.append(row)
    book.save(folder / "book.xlsx")
    done(run, [("form", "book.xlsx", "--sheet", "Kevät", "-o", "out")])
    assert run("verify", "out").exit_code == 0


def test_standard_input_is_found_by_its_contents(run: Run, folder: Path) -> None:
    text = (folder / "roster.csv").read_text(encoding="utf-8-sig")
    assert run("form", "-", "-o", "deep/out", "-q", stdin=text).exit_code == 0
    missing = run("verify", "deep/out")
    assert missing.exit_code == 2
    assert "SHA-256" in missing.stderr
    (folder / "data").mkdir()
    (folder / "data/any-name.csv").write_bytes(text.encode())
    assert run("verify", "deep/out", "--data", "data").exit_code == 0


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["roster.csv", "rules/rules.yaml", "rules/earlier.csv"])
@pytest.mark.parametrize("place", [4, -2])
def test_a_changed_byte_of_a_file_is_told(run: Run, folder: Path, name: str, place: int) -> None:
    done(run, RUNS["rich"])
    flip(folder / name, place)
    differs = run("verify", "out", "--format", "json")
    assert differs.exit_code == 1
    found = json.loads(differs.stdout)
    assert found["verdict"] == "differs"
    assert [each["file"] for each in found["differences"]] == [name]


@pytest.mark.parametrize("name", ["first/groups.csv", "first/report.json"])
def test_a_changed_byte_of_groups_that_were_rebalanced_is_told(
    run: Run, folder: Path, name: str
) -> None:
    done(run, RUNS["rebalance"])
    flip(folder / name, -3)
    differs = run("verify", "out")
    assert differs.exit_code == 1
    assert name in differs.stdout


def test_any_changed_byte_of_the_groups_is_told(run: Run, folder: Path) -> None:
    done(run, RUNS["plain"])
    groups = folder / "out/groups.csv"
    content = groups.read_bytes()
    for place in range(0, len(content), 37):
        flip(groups, place)
        differs = run("verify", "out")
        assert differs.exit_code == 1, place
        assert "groups.csv" in differs.stdout
        groups.write_bytes(content)
    assert run("verify", "out").exit_code == 0


def test_who_sits_elsewhere_is_told(run: Run, folder: Path) -> None:
    done(run, RUNS["plain"])
    groups = folder / "out/groups.csv"
    text = groups.read_bytes().decode("utf-8-sig")
    other = text.replace("G01", "G0?").replace("G02", "G01").replace("G0?", "G02")
    groups.write_bytes(other.encode("utf-8-sig"))
    found = json.loads(run("verify", "out", "--format", "json").stdout)["differences"]
    assert {(each["recorded"], each["now"]) for each in found} == {("G01", "G02"), ("G02", "G01")}


def test_another_version_is_told_and_differs_in_nothing_else(run: Run, folder: Path) -> None:
    done(run, RUNS["plain"])
    record = folder / "out/report.json"
    plain = json.loads(record.read_bytes())
    version = plain["provenance"]["version"].encode()
    page = folder / "out/report.html"
    old = page.read_bytes().replace(b"vermegroup " + version, b"vermegroup 0.0.1")
    page.write_bytes(old)
    import hashlib

    hashed = hashlib.sha256(old).hexdigest().encode()
    was = plain["provenance"]["outputs"]["report.html"].encode()
    content = record.read_bytes().replace(was, hashed)
    record.write_bytes(content.replace(b'"version": "' + version, b'"version": "0.0.1'))
    same = run("verify", "out")
    assert same.exit_code == 0, same.output
    assert "vermegroup 0.0.1" in same.stdout


def test_a_folder_without_a_record_and_another_key_are_faults(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("verify", "rules").exit_code == 2
    done(run, RUNS["pseudonyms"])
    monkeypatch.setenv("VERMEGROUP_KEY", KEY + "!")
    other = run("verify", "out")
    assert other.exit_code == 2
    assert "another key" in other.stderr
    monkeypatch.delenv("VERMEGROUP_KEY")
    assert run("verify", "out").exit_code == 2


def test_a_refusal_is_told_as_json_too(run: Run, folder: Path) -> None:
    for place in ("rules", "nowhere"):
        refused = run("verify", place, "--format", "json")
        assert refused.exit_code == 2
        assert json.loads(refused.stdout)["verdict"] == "refused"


def test_a_record_that_cannot_be_read_is_no_record_that_is_missing(run: Run, folder: Path) -> None:
    assert "no record" in run("verify", "rules").stderr
    (folder / "rules/report.json").write_text('{"provenance": {')
    assert "cannot be read" in run("verify", "rules").stderr


def test_a_file_of_the_folder_means_the_folder(run: Run, folder: Path) -> None:
    done(run, RUNS["plain"])
    assert run("verify", "out/report.json").exit_code == 0
    assert run("verify", "out/groups.csv").exit_code == 0
    nowhere = run("verify", "out", "--data", "nowhere")
    assert nowhere.exit_code == 2
    assert "nowhere" in nowhere.stderr


def test_white_space_and_the_end_of_a_long_line_are_seen_where_they_differ(
    run: Run, folder: Path
) -> None:
    done(run, RUNS["plain"])
    for name, old, new in (
        ("report.html", b"</html>", b"</html>\t"),
        ("report.html", b" ", b"\xc2\xa0"),
    ):
        file = folder / "out" / name
        content = file.read_bytes()
        file.write_bytes(content.replace(old, new, 1))
        told = json.loads(run("verify", "out", "--format", "json").stdout)["differences"]
        [found] = [each for each in told if each["file"] == name]
        assert found["recorded"].split() != found["now"].split()
        assert found["recorded"] in found["sentence"]
        file.write_bytes(content)


ODD = [None, 7, "x", ["x"], {"x": 1}]
GONE = object()


def places(entry: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The places of all values in a record but for its rulebook; of a list those of the first."""
    each = list(entry.items()) if isinstance(entry, dict) else []
    each += list(enumerate(entry[:1])) if isinstance(entry, list) else []
    for key, value in each:
        if key != "rulebook":
            yield (*path, key)
            yield from places(value, (*path, key))


@pytest.mark.parametrize("kind", ["rich", "meeting by pseudonyms"])
def test_a_record_that_tells_anything_is_refused_or_differs(
    run: Run, folder: Path, kind: str
) -> None:
    done(run, RUNS[kind])
    record = folder / "out/report.json"
    whole = record.read_bytes()
    for at, place in enumerate(places(json.loads(whole)["provenance"])):
        changed = json.loads(whole)
        inner = changed["provenance"]
        for key in place[:-1]:
            inner = inner[key]
        for odd in (ODD[at % len(ODD)], GONE):
            inner[place[-1]] = odd
            if odd is GONE:
                del inner[place[-1]]
            record.write_text(json.dumps(changed, indent=2))
            told = run("verify", "out")
            assert told.exit_code in (0, 1, 2), (place, odd, told.output, told.exception)


def test_a_comparison_is_said_not_to_be_repeated(run: Run, folder: Path) -> None:
    import vermegroup as vg

    done(run, RUNS["plain"])
    groups = str(folder / "out/groups.csv")
    vg.compare(groups, groups).save(folder / "compared")
    told = run("verify", "compared")
    assert told.exit_code == 2
    assert "comparison" in told.stderr


def test_a_record_with_pseudonyms_names_nobody(run: Run, folder: Path) -> None:
    done(run, RUNS["meeting by pseudonyms"])
    text = (folder / "out/report.json").read_text(encoding="utf-8")
    assert "Surname" not in text
    assert '"P1' not in text
    call = json.loads(text)["provenance"]["call"]
    assert call["pseudonymised"] is True
    assert KEY not in text
    assert len(call["key_id"]) == 16


@pytest.mark.parametrize("calls", RUNS.values(), ids=RUNS)
def test_equal_runs_write_equal_bytes(run: Run, folder: Path, calls: list[tuple[str, ...]]) -> None:
    written = []
    for _again in range(2):
        done(run, calls)
        out = folder / "out"
        written.append({path.name: path.read_bytes() for path in out.iterdir() if path.is_file()})
        timings = json.loads(written[-1].pop("timings.json"))
        assert timings["seconds"]
        for name in ("out", "first"):
            if (folder / name).is_dir():
                os.rename(folder / name, folder / f"{name}-{len(written)}")
    assert written[0] == written[1]


@pytest.mark.parametrize("hidden", [(), ("--pseudonymise",)])
@pytest.mark.parametrize("gone", [False, True])
def test_an_audit_finds_the_files_of_the_rulebook_from_any_folder(
    run: Run,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    hidden: tuple[str, ...],
    gone: bool,
) -> None:
    done(run, [(*RUNS["rich"][0], *hidden)])
    if gone:
        for name in ("earlier.csv", "pairs.csv"):
            (folder / "rules" / name).unlink()
    (folder / "elsewhere").mkdir()
    monkeypatch.chdir(folder / "elsewhere")
    result = run("audit", str(folder / "out/groups.csv"), "--format", "json")
    assert result.exit_code == 0, result.output
    kinds = [rule["kind"] for rule in json.loads(result.stdout)["rules"]]
    assert {"strangers", "distance"} <= set(kinds)
