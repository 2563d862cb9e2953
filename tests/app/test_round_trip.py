"""What is written is read again as it was: ids, names of groups, and whatever stands in a cell.

``VERMEGROUP_EXAMPLES`` sets how many rosters are tried; 15 by default.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
from pathlib import Path

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from vermegroup.app.audit import judge_groups
from vermegroup.app.compare import compare_groups
from vermegroup.app.form import form_groups
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.rebalance import RebalanceRequest, rebalance_groups
from vermegroup.app.save import ReportedOutcome, save
from vermegroup.domain.grouping import group_key, means_waiting, usual_number
from vermegroup.intake.cells import tidy
from vermegroup.intake.files.csv_text import SIGNS, csv_text
from vermegroup.solver.search import Limits

EXAMPLES = int(os.environ.get("VERMEGROUP_EXAMPLES", "15"))
LETTERS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=6)
AWKWARD = st.sampled_from(
    [
        *("Monday, 15:00", '=HYPERLINK("http://example.org","x")', "a;b", 'x"y', "a\nb"),
        *("=1+1", " =1", "\n=1", "＝1", "+358 40", "-x", "@a", "'x", "'=x", "''", '"', '""', ","),
        *(
            "\t",
            "a\tb",
            " a ",
            "a  b",
            "|",
            "sep=;",
            "\ufeffx",
            "\u200b",
            "é",
            "e\u0301",
            "😀",
            "<b>",
        ),
        *("G01", "g1", "1", "01", "-1", "1,5", "#", "- a", "null", "~", "%", "{x}", "'", "x\x01"),
        *("<b>", "a\r\nb", "\r", "a,b;c\td|e"),
    ]
)
TEXTS = st.one_of(AWKWARD, AWKWARD, st.builds(str.__add__, AWKWARD, LETTERS), LETTERS)
IDS = TEXTS.filter(lambda text: tidy(text) != "")


def may_be_named(name: str) -> bool:
    """Whether a group may have a name; one with a number asks for so many groups."""
    text = tidy(name)
    return not means_waiting(text) and text.isprintable() and (usual_number(text) or 1) < 3


NAMES = TEXTS.filter(may_be_named)


@st.composite
def rosters(draw: st.DrawFn) -> tuple[list[str], list[str], dict[str, str]]:
    """Ids, a note for each, and the groups of the first two by name."""
    ids = draw(st.lists(IDS, min_size=6, max_size=8, unique_by=lambda id_: tidy(id_).casefold()))
    notes = draw(st.lists(TEXTS, min_size=len(ids), max_size=len(ids)))
    names = draw(st.lists(NAMES, min_size=2, max_size=2, unique_by=key))
    return ids, notes, dict(zip(map(tidy, ids), names, strict=False))


def key(name: str) -> str:
    """What all spellings of a group's name have in common."""
    return group_key(tidy(name))


def groups_of(answer: ReportedOutcome) -> dict[str, frozenset[str]]:
    """The members of each group by its name."""
    grouping, roster = answer.outcome.grouping, answer.outcome.problem.roster
    assert grouping is not None
    return {
        name: frozenset(roster.ids[grouping.members(index)].tolist())
        for index, name in enumerate(grouping.names)
    }


def assert_harmless(path: Path, delimiter: str) -> None:
    """Nothing in the file runs as a formula, however it is read."""
    text = path.read_text("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        for cell in row:
            assert not cell.startswith(("\t", "\r", "\n"))
            if cell.strip()[:1] in {*SIGNS}:
                float(cell.replace(",", "."))


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink takes minutes
)
@given(rosters(), st.sampled_from(";,\t|"), st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_season_of_awkward_names(
    drawn: tuple[list[str], list[str], dict[str, str]], delimiter: str, newline: str
) -> None:
    ids, notes, pins = drawn
    folder = Path(tempfile.mkdtemp())
    try:
        roster, rules = folder / "roster.csv", folder / "rules.yaml"
        columns = [ids, ["Oulu", "Salo"] * (len(ids) // 2) + ["Kemi"] * (len(ids) % 2), notes]
        text = csv_text([["id", "municipality", "note"]], columns, delimiter, newline)
        roster.write_bytes(text.encode("utf-8-sig"))
        book = {"groups": {"size": "2-4"}, "rules": [{"pin": pins}, "place_everyone"]}
        rules.write_text(yaml.safe_dump(book, allow_unicode=True), "utf-8")

        formed = form_groups(str(roster), RulebookChoice(rules), Limits(20))
        assert set(formed.outcome.problem.roster.ids) == set(map(tidy, ids))
        save(formed, folder / "out", "en")
        before = groups_of(formed)
        assert set(map(key, pins.values())) <= set(map(key, before))

        saved = str(folder / "out" / "groups.csv")
        judged = judge_groups(saved, RulebookChoice())
        assert groups_of(judged) == before
        assert judged.report.verdict == "formed"
        table = judged.outcome.problem.roster.table.cells
        assert table["id"].tolist() == ids
        assert table["note"].tolist() == notes

        left = next(id_ for id_ in map(tidy, ids) if id_ not in pins)
        gone = csv_text([["id", "municipality"]], [[left], ["Oulu"]], delimiter)
        (folder / "left.csv").write_bytes(gone.encode())
        asked = RebalanceRequest(saved, left=(str(folder / "left.csv"),))
        changed = rebalance_groups(asked, RulebookChoice(), Limits(20))
        save(changed, folder / "new", "en")
        again = judge_groups(str(folder / "new" / "groups.csv"), RulebookChoice())
        if changed.outcome.grouping is not None:
            assert groups_of(again) == groups_of(changed)
            compared = compare_groups(saved, str(folder / "new" / "groups.csv"), RulebookChoice())
            assert {left} == set(groups_all(judged)) - set(groups_all(compared))
        for path in (*folder.glob("*/groups.csv"), *folder.glob("*/moves.csv")):
            assert_harmless(path, judged.outcome.problem.roster.table.delimiter)
        for path in folder.glob("*/report.json"):
            json.loads(path.read_bytes())
    finally:
        shutil.rmtree(folder)


def groups_all(answer: ReportedOutcome) -> list[str]:
    """Everybody who is in a group."""
    return [id_ for members in groups_of(answer).values() for id_ in members]
