"""The pilot's year, as the script in its example plays it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import which

import pandas as pd
import pytest

SCRIPT = Path(__file__).parents[1] / "examples" / "etavertaismentorointi" / "vuosi.sh"


def members(groups: Path) -> dict[str, set[str]]:
    """The permanent groups of a file with their members' ids."""
    table = pd.read_csv(groups, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    found = table.groupby("ryhmä")["Tunnus"].agg(set)
    return {str(name): ids for name, ids in found.items() if name}


@pytest.mark.skipif(which("sh") is None, reason="needs a shell")
def test_the_pilots_year_keeps_its_groups(tmp_path: Path) -> None:
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    subprocess.run(
        ["sh", str(SCRIPT), str(tmp_path / "year")],
        check=True,
        env={**os.environ, "PATH": path},
        stdout=subprocess.DEVNULL,
    )
    year = tmp_path / "year"
    autumn, spring, end = (members(year / f"{name}-groups/groups.csv") for name in NAMES)
    assert {name: spring[name] for name in autumn} == autumn
    assert all(autumn[name] <= end[name] for name in autumn)
    assert sorted(len(spring[name]) for name in spring if name not in autumn) == [4] * 10 + [5] * 2
    records = {
        folder.name: json.loads((folder / "report.json").read_text("utf-8"))
        for folder in year.iterdir()
    }
    assert {record["verdict"] for record in records.values()} == {"formed"}
    for name in ("kevat-groups", "loppu-groups"):
        assert records[name]["bonds"]["broken"] == 0
    meetings = [record for name, record in records.items() if "-meeting-" in name]
    assert len(meetings) == 6
    assert all(record["meeting"]["absent"] for record in meetings)
    for record in records.values():
        counts = record["participants"]
        others = counts["waitlisted"] + counts["set_aside"] + counts.get("absent", 0)
        assert counts["read"] == counts["placed"] + others


NAMES = ("syksy", "kevat", "loppu")
