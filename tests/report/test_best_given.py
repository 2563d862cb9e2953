"""A preference is the best there can be, or the best given what comes before it, as it is told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vermegroup.cli.commands import app

ROSTER = """\
id,years,team,wishes
1,1,a,2
2,2,b,1
3,3,a,4
4,4,b,3
5,5,a,6
6,6,b,5
"""
# Pairs of different teams cannot be pairs of one team: whichever comes first takes all.
RULES = """\
groups: {size: 2}
rules: [place_everyone]
preferences: [%s]
"""
GIVEN = {
    "en": "the best possible, given the preferences before it",
    "fi": "paras mahdollinen, kun edeltävät tavoitteet ovat etusijalla",
    "sv": "bästa möjliga, då tidigare önskemål har företräde",
}
BEST = {"en": "the best possible", "fi": "paras mahdollinen", "sv": "bästa möjliga"}


def told(folder: Path, preferences: str, language: str = "en") -> tuple[bool, ...]:
    """Of each preference in its order, whether it is told as best only given those before it."""
    (folder / "r.csv").write_text(ROSTER, "utf-8")
    (folder / "r.yaml").write_text(RULES % preferences, "utf-8")
    files = (str(folder / "r.csv"), "--rules", str(folder / "r.yaml"), "-o", str(folder / "out"))
    shown = CliRunner().invoke(app, ["form", *files, "--lang", language]).stdout
    best = re.findall(rf"; {BEST[language]}((?:, [^✓•]*)?)", " ".join(shown.split()))
    assert not any(best) or GIVEN[language] in f"{BEST[language]}{''.join(best)}"
    return tuple(map(bool, best))


@pytest.mark.parametrize("language", list(GIVEN))
def test_wishes_that_what_comes_first_forbids_are_best_given_that(
    tmp_path: Path, language: str
) -> None:
    assert told(tmp_path, "{same: team}, {wishes: wishes}", language) == (False, True)
    record = json.loads((tmp_path / "out/report.json").read_bytes())["preferences"]
    assert [(each["value"], each["bound"], each["proven"]) for each in record][1] == (2, 2, True)
    page = " ".join((tmp_path / "out/report.html").read_text("utf-8").split())
    best = GIVEN[language][0].upper() + GIVEN[language][1:]
    assert f'class="number">6</td> <td class="good">✓ {best}</td>' in page


def test_a_preference_that_comes_first_is_the_best_possible(tmp_path: Path) -> None:
    assert told(tmp_path, "{wishes: wishes}, {same: team}") == (False, True)


def test_what_nothing_could_better_is_best_wherever_it_comes(tmp_path: Path) -> None:
    assert told(tmp_path, "even_sizes, {wishes: wishes}") == (False, False)
