"""Whatever a file holds, a command ends with 0 to 3, without a traceback, its files whole.

``VERMEGROUP_EXAMPLES`` sets how many inputs are tried; 200 by default.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.exports import SAVED
from vermegroup.cli.commands import app

EXAMPLES = int(os.environ.get("VERMEGROUP_EXAMPLES", "200"))
RULES = """\
groups: {size: 3-5, prefer: 4, count: auto}
bands:
  experience: {new: below 5, experienced: 10 or more}
rules:
  - different: municipality
  - include: {experience: new, at_least: 1}
  - place_everyone
preferences:
  - spread: years
  - even_sizes
columns: {municipality: Kunta}
duplicates: latest
"""
CELLS = st.one_of(
    st.sampled_from(
        [
            *("", " ", "-", "1", "12,5", "yli 10 vuotta", "0–2", "-3", "1e999", "9" * 40, "٣"),
            *("Turku", "ÅBO", "Tamperre", "091", "=1+1", "@a", "\x00", "ä\u0308", "\ud7ff"),
            *("G01", "peruttu", "2019-02-30", "a@example.org", "<b>", '"', "SYN-1"),
        ]
    ),
    st.text(max_size=12),
)
HEADERS = st.sampled_from(
    [
        *("id", "Tunnus", "Nimi", "Kunta", "municipality", "years", "Työkokemus vuosina", "group"),
        *("Sähköposti", "status", "experience", "Toiveet", "Aikaleima", "", "x", "Varaajan nimi"),
    ]
)
WORDS = st.sampled_from(
    [
        *("groups", "size", "3-5", "rules", "preferences", "bands", "columns", "duplicates"),
        *("different", "include", "municipality", "experience", "new", "at_least", "spread"),
        *(
            ":",
            "- ",
            "\n",
            "\n  ",
            "{",
            "}",
            "[",
            "]",
            ",",
            "#",
            "&a",
            "*a",
            "!!python/x",
            "0",
            "-1",
        ),
        *("place_everyone", "even_sizes", "balance", "years", "99999999999", "1", "'", '"', "\t"),
    ]
)


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    delimiter, newline = draw(st.sampled_from(",;\t|")), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    width = draw(st.integers(1, 6))
    header = draw(st.lists(HEADERS, min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=8))
    text = newline.join(delimiter.join(row) for row in [header, *rows])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-be"]))
    return text.encode(encoding, "replace")


@st.composite
def rosters(draw: st.DrawFn) -> bytes:
    """People who can be grouped, with a few cells replaced by anything."""
    rows = [["Tunnus", "Kunta", "Vuodet"]]
    towns = ("Turku", "Oulu", "Lahti", "Pori", "Kemi", "Salo", "Vaasa", "Rauma")
    rows += [[f"S{i}", towns[i], str(3 * i)] for i in range(draw(st.integers(1, 8)))]
    for _ in range(draw(st.integers(0, 2))):
        row = draw(st.integers(0, len(rows) - 1))
        rows[row][draw(st.integers(0, 2))] = draw(CELLS)
    return "\n".join(map(",".join, rows)).encode("utf-8", "replace")


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(list(SAVED.values()))))
    for _ in range(draw(st.integers(0, 4))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data)


@st.composite
def damaged_rules(draw: st.DrawFn) -> bytes:
    at = draw(st.integers(0, len(RULES)))
    put = "".join(draw(st.lists(WORDS, max_size=4)))
    return (RULES[:at] + put + RULES[at + draw(st.integers(0, 8)) :]).encode()


FILES = st.one_of(st.binary(max_size=300), tables(), rosters(), rosters(), damaged())
BOOKS = st.one_of(
    st.just(RULES.encode()),
    st.binary(max_size=100),
    st.lists(WORDS, max_size=30).map(lambda words: "".join(words).encode()),
    damaged_rules(),
)
COMMANDS = st.sampled_from(
    ["form", "form", "check", "audit", "init", "rebalance", "rebalance", "compare"]
)
EXTRA = st.lists(
    st.sampled_from(
        [
            *(("--lang", "fi"), ("--lang", "sv"), ("--format", "json"), ("--pseudonymise",)),
            *(("--column", "municipality=Kunta"), ("--column", "x"), ("--sheet", "Vastaukset")),
            *(("--quiet",), ("--groups", "2"), ("--absent", "SYN-1"), ("--left", "SYN-2")),
            *(("--policy", "merge"), ("--joining", "FILE"), ("--history", "FILE")),
        ]
    ),
    max_size=3,
    unique=True,
)
CHANGES = {"--absent", "--left", "--policy", "--joining", "--history"}
TAKES_NO = {
    "form": CHANGES,
    "check": CHANGES,
    "audit": {"--groups", *CHANGES},
    "compare": {"--groups", *CHANGES},
    "rebalance": {"--groups"},
    "init": {"--groups", "--format", "--pseudonymise", "--rules", *CHANGES},
}


def arguments(
    command: str, extra: list[tuple[str, ...]], folder: Path, book: bytes | None
) -> list[str]:
    named = [str(folder / "file")]
    if command == "compare":
        named *= 2
    if command in ("form", "rebalance"):
        named += ["-o", str(folder / "out"), "--time-limit", "5"]
    if command == "init":
        named += ["-o", str(folder / "out" / "rules.yaml")]
    if book is not None:
        (folder / "book.yaml").write_bytes(book)
        extra = [*extra, ("--rules", str(folder / "book.yaml"))]
    refused = TAKES_NO.get(command, set())
    options = [part for each in extra if each[0] not in refused for part in each]
    return [command, *named, *(part.replace("FILE", named[0]) for part in options)]


def assert_whole(out: Path, code: int) -> None:
    """What was written is whole and nothing else is there; a faulty input writes nothing."""
    names = {path.name for path in out.iterdir()}
    if code == 2:
        assert not names
    assert names <= {
        "groups.csv",
        "groups.partial.csv",
        "moves.csv",
        "report.html",
        "report.json",
        "timings.json",
        "rules.yaml",
    }
    if "report.html" in names:
        assert ("groups.csv" in names) >= (code == 0)
        assert (out / "report.html").read_text("utf-8").rstrip().endswith("</html>")
        assert json.loads((out / "report.json").read_bytes())["schema"] == 1


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(COMMANDS, FILES, st.none() | BOOKS, EXTRA)
def test_a_command_never_breaks(
    command: str, content: bytes, book: bytes | None, extra: list[tuple[str, ...]]
) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "out").mkdir()
        (folder / "file").write_bytes(content)
        called = arguments(command, extra, folder, book)
        shown = CliRunner(env={"VERMEGROUP_KEY": "a key for tests alone"}).invoke(app, called)
        if not isinstance(shown.exception, SystemExit | None):
            raise shown.exception
        event(f"{command} {shown.exit_code}")
        assert shown.exit_code in range(4), shown.output
        assert "Traceback" not in shown.output
        if "json" in called and shown.exit_code in (0, 1, 3):
            assert json.loads(shown.stdout)["schema"] == 1
        assert_whole(folder / "out", shown.exit_code)
    finally:
        shutil.rmtree(folder)
