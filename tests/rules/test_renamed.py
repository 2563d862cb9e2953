"""A rulebook by other names is the same rulebook: for all kinds, in tiers and in parts."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from vermegroup.domain.kind import Renaming
from vermegroup.intake.pipeline import read_named
from vermegroup.rulebooks.read import profile_names, read_profile, rulebook_from_text

BOOK = """\
groups: {size: 3-5, prefer: 4}
columns: {wishes: Toiveet}
split_by: mentor
rules:
- together: [[A, B], [C, D, E]]
- pin: {A: G02, F: Ainon ryhmä}
- include: {mentor: [A, B], at_least: 1}
- include: {years: 3-8, at_most: 2}
- not_alone: {mentor: C}
- ratio: {mentor: C, per: A, at_least: 2}
- strangers: earlier.csv
preferences:
- apart: [A, C]
- - {together: [[A, F]]}
  - {wishes: wishes, weight: 2}
- keep: earlier.csv
parts:
  A: {groups: {size: 2}, rules: [{apart: [[E, F]]}, place_everyone]}
"""


def lower(text: str) -> str:
    return text.lower() if len(text) == 1 else text


def as_it_is(text: str) -> str:
    return text


def shouted(trait: str, value: str) -> str:
    return lower(value) if trait == "mentor" else value


@pytest.fixture
def book(tmp_path: Path):
    (tmp_path / "earlier.csv").write_text("id,group\nA,G1\nB,G1\nC,G2\n", "utf-8")
    return rulebook_from_text(BOOK, str(tmp_path / "rules.yaml"), earlier=read_named)


def test_renamed_by_itself_it_stays_the_same(book) -> None:
    same = Renaming(as_it_is, lambda _, value: value, as_it_is, as_it_is)
    for rulebook in (book, *map(read_profile, profile_names())):
        again = rulebook.renamed(same)
        assert again.plain == rulebook.plain
        assert again.kinds() == rulebook.kinds()


def test_everybody_is_renamed_wherever_the_rulebook_names_them(book) -> None:
    names = Renaming(lower, shouted, lambda name: name.upper(), lambda file: file + "x")
    plain = yaml.safe_dump(book.renamed(names).plain)
    written = yaml.safe_load(BOOK.replace("Ainon ryhmä", "AINON RYHMÄ").replace("r.csv", "r.csvx"))
    expected = {**written, "rules": _lowered(written["rules"]), "parts": _lowered(written["parts"])}
    again = yaml.safe_load(plain)
    assert again["rules"] == expected["rules"]
    assert again["parts"]["a"]["rules"] == expected["parts"]["a"]["rules"]
    assert again["preferences"][1:] == [
        {"apart": [["a", "c"]]},
        [{"together": [["a", "f"]]}, {"wishes": "wishes", "weight": 2}],
        {"keep": "earlier.csvx"},
    ]
    earlier = book.renamed(names).earlier()
    assert [past.groups for past in earlier] == [(("a", "b"), ("c",))]


def _lowered(tree: object) -> object:
    """Every text of one letter in lower case, keys included."""
    if isinstance(tree, dict):
        return {lower(str(key)): _lowered(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_lowered(item) for item in tree]
    return lower(tree) if isinstance(tree, str) else tree
