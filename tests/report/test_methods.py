"""The paragraph for a paper claims no more than the run that left the groups can."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from vermegroup.cli.commands import app

TOWNS = ("Turku", "Oulu", "Lahti", "Salo")
PEOPLE = "id,name,municipality,years\n" + "".join(
    f"P{n},Aino Keksitty{n},{TOWNS[n % 4]},{n * 7 % 19}\n" for n in range(12)
)
RULES = """\
groups: {size: 3-4}
rules: [{different: municipality}]
preferences: [{spread: years}]
"""


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(PEOPLE, "utf-8")
    Path("rules.yaml").write_text(RULES, "utf-8")


def call(*words: str) -> Result:
    done = CliRunner().invoke(app, [*words, "-q"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def formed(*words: str) -> None:
    call("form", "people.csv", "--rules", "rules.yaml", "--effort", "2", "-o", "out", *words)


def told(folder: str) -> str:
    """The English paragraph of a folder's groups."""
    call("export", f"{folder}/groups.csv", "--to", "research", "-o", "export", "--force")
    text = Path("export/research/methods.txt").read_text("utf-8")
    return text[text.index("[en]") : text.index("[fi]")]


def test_what_was_formed_is_told_as_the_best_that_was_sought() -> None:
    formed()
    text = told("out")
    assert "the best by the preferences was sought" in text
    assert "which is proven" in text


def test_repaired_groups_are_told_as_repaired_and_never_as_proven_the_best() -> None:
    formed()
    call("rebalance", "out/groups.csv", "--left", "P11", "--effort", "2", "-o", "later")
    text = told("later")
    assert "repaired" in text
    assert "was not sought" in text
    assert "best by the preferences" not in text
    assert "proven" not in text


def test_groups_that_somebody_moved_or_audited_are_told_as_judged() -> None:
    formed()
    call("audit", "out/groups.csv", "-o", "judged")
    call("move", "out/groups.csv", "--swap", "P0", "P4", "-o", "moved")
    for folder in ("judged", "moved"):
        text = told(folder)
        assert "by hand or by another program" in text
        assert "sought" not in text
        assert "proven" not in text


def test_a_pool_of_one_is_no_reference_set_and_is_counted_as_one() -> None:
    formed("--draw", "1")
    text = told("out")
    assert "1 grouping was drawn among those that" in text
    assert "reference set" not in text
    assert "different groupings" not in text
    formed("--draw", "20", "--among", "valid", "--force")
    text = told("out")
    assert "20 different groupings were drawn" in text
    assert "reference set" in text


@pytest.mark.parametrize(
    ("rules", "kind"),
    [
        ("rules: [{together: [[Aino Keksitty1, Aino Keksitty2]]}]", "together"),
        ("rules: [{apart: [[P1, P2]]}]", "apart"),
        ("preferences: [{together: [[Aino Keksitty1, Aino Keksitty2]]}]", "together"),
        ("preferences: [[{together: [[P1, P2]]}, {spread: years}]]", "together"),
    ],
)
def test_people_whom_a_rule_names_are_told_by_their_number(rules: str, kind: str) -> None:
    Path("rules.yaml").write_text(f"groups: {{size: 3-4}}\n{rules}\n", "utf-8")
    formed("--draw", "2", "--among", "valid")
    for text in (told("out"), Path("out/methods.txt").read_text("utf-8")):
        assert f"{kind}, for 2 people who are named in the rulebook" in text
        assert "Keksitty" not in text
        assert "P1" not in text


def test_people_whose_places_are_settled_are_told_by_their_number() -> None:
    Path("rules.yaml").write_text("groups: {size: 3-4}\nrules: [{pin: {P1: G02}}]\n", "utf-8")
    formed()
    text = told("out")
    assert "pin, for 1 person who is named in the rulebook" in text
    assert "P1:" not in text
