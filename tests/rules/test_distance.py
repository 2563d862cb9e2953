"""Distances between people: in kilometres, in traits, from a file; and what is wrong about them."""

from __future__ import annotations

import pickle
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Run, folder, run  # noqa: F401
from vermegroup import Limits, Verdict, problem_of, read_roster
from vermegroup.app.inputs import read_rulebook
from vermegroup.domain.findings import RosterError, RulebookError
from vermegroup.domain.grouping import Seating
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.intake.municipalities import centres, municipalities
from vermegroup.rules.distance import Distance, MostDistance
from vermegroup.rules.selectors import distances
from vermegroup.rules.selectors.distances import InTraits
from vermegroup.sampling import sample
from vermegroup.solver.form_parts import form

ROSTER = """id;municipality;years;score;unit;hours
A;Helsinki;0;1;blue;ma, ti
B;Esbo;4;1;red;ma
C;Turku;8;3;blue;ke, to
D;Rovaniemi;12;5,5;red;ti
E;Helsinki;1;2;green;ma, ti
F;Vantaa;5;2;blue;to, ma
"""
PAIRS = "a,b,weight\nA,B,2.5\nC,A,4\nB,C,1\nD,X,9\n"
TOGETHER = (0, 1, 2)


def problem(
    folder_: Path, entry: str, section: str = "preferences", roster: str = ROSTER
) -> Problem:
    """A roster under one rule or preference."""
    (folder_ / "roster.csv").write_text(roster, "utf-8")
    (folder_ / "pairs.csv").write_text(PAIRS, "utf-8")
    rules = folder_ / "rules.yaml"
    rules.write_text(f"groups: {{size: 2-3}}\n{section}:\n  - {entry}\n", "utf-8")
    book = read_rulebook(rules)
    people, _ = read_roster(folder_ / "roster.csv", book)
    return problem_of(people, book)


def kind_of(here: Problem) -> Distance:
    kinds = (*here.rulebook.rules, *here.rulebook.preferences)
    return next(kind for kind in kinds if isinstance(kind, Distance))


def one_group(members: tuple[int, ...]) -> Seating:
    return Seating(np.array(members), np.zeros(len(members), dtype=np.int64), 1)


def comes_to(here: Problem, members: tuple[int, ...]) -> Fraction:
    """What a group's distances add up to, in units."""
    kind, plan = kind_of(here), here.plan(1)
    return kind.in_units(
        here.roster, plan, int(kind.measure(here.roster, plan, one_group(members))[0])
    )


def test_kilometres_are_those_of_a_map_whatever_the_language(tmp_path: Path) -> None:
    here = problem(tmp_path, "distance: {of: municipality, least}")
    assert comes_to(here, (0, 4)) == 0
    assert float(comes_to(here, (0, 2))) == pytest.approx(150, abs=2)  # Helsinki, Turku
    assert float(comes_to(here, (0, 3))) == pytest.approx(700, abs=8)  # Helsinki, Rovaniemi
    assert float(comes_to(here, (0, 1))) == pytest.approx(16, abs=3)  # Helsinki, Espoo


def test_the_municipality_may_be_called_by_its_column(tmp_path: Path) -> None:
    roster = ROSTER.replace("municipality", "Kunta")
    here = problem(tmp_path, "distance: {of: Kunta, least}", roster=roster)
    assert float(comes_to(here, (0, 2))) == pytest.approx(150, abs=2)


def test_every_municipality_of_today_has_a_centre() -> None:
    assert {place.code for place in municipalities() if place.exists} <= centres().keys()
    assert all(59 < north < 71 and 19 < east < 32 for north, east in centres().values())


def test_places_that_are_not_known_are_told_with_their_rows(tmp_path: Path) -> None:
    roster = ROSTER.replace("Turku", "Atlantis")
    with pytest.raises(RosterError) as refused:
        problem(tmp_path, "distance: {of: municipality, least}", roster=roster)
    (found,) = refused.value.findings
    assert (found.row, found.value) == (4, "Atlantis")
    assert "not known where" in str(found.message)


def test_numbers_are_measured_in_deviations_of_everybody(tmp_path: Path) -> None:
    here = problem(tmp_path, "distance: {of: [years], most}")
    years = np.array([0, 4, 8, 12, 1, 5])
    assert float(comes_to(here, (0, 3))) == pytest.approx(12 / years.std(), abs=0.001)
    both = problem(tmp_path, "distance: {of: {years: 4, score: 1}, most}")
    score = np.array([1, 1, 3, 5.5, 2, 2])
    apart = np.hypot(2 * 12 / years.std(), 4.5 / score.std())
    assert float(comes_to(both, (0, 3))) == pytest.approx(apart, abs=0.002)


def test_a_part_of_a_roster_is_measured_as_the_whole(tmp_path: Path) -> None:
    here = problem(tmp_path, "distance: {of: [years, score], most}")
    part = Problem(here.roster.subset(np.array([0, 3])), here.rulebook)
    assert comes_to(part, (0, 1)) == comes_to(here, (0, 3))


def test_with_named_values_it_is_gowers(tmp_path: Path) -> None:
    here = problem(tmp_path, "distance: {of: {years: 1, unit: 2, hours: 1}, most}")
    # Years differ by a third of their range, units differ, and of two hours they share one.
    expected = (Fraction(4, 12) + 2 + Fraction(1, 2)) / 4
    assert abs(comes_to(here, (0, 1)) - expected) < Fraction(2, 1000)
    assert comes_to(here, (0, 0)) == 0


def test_weights_with_many_decimals_leave_numbers_their_part(tmp_path: Path) -> None:
    roster = ROSTER.replace(";0;1;blue", ";0;10000000,0001;blue")
    here = problem(
        tmp_path, "distance: {of: {score: 999999.9999, unit: 999999.9998}, most}", roster=roster
    )
    assert comes_to(here, (0, 1)) == 1
    assert comes_to(here, (0, 5)) == Fraction(1, 2)


def test_a_file_counts_as_written_and_what_it_lacks_as_nothing(tmp_path: Path) -> None:
    here = problem(tmp_path, "distance: {of: pairs.csv, most}")
    assert comes_to(here, TOGETHER) == Fraction("7.5")
    assert comes_to(here, (0, 3)) == 0
    notices = [str(finding.message) for finding in here.notices()]
    assert any("1 person in the file is not on the roster" in told for told in notices)
    assert any("tells nothing of 2 people" in told for told in notices)


@pytest.mark.parametrize(
    "of", ["municipality", "[years, score]", "[years, unit, hours]", "pairs.csv"]
)
def test_what_is_not_written_down_is_worked_out_alike(
    of: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = problem(tmp_path, f"distance: {{of: {of}, most}}")
    groups = [members for size in (1, 2, 3) for members in combinations(range(6), size)]
    people = np.array([person for members in groups for person in members])
    number = np.repeat(np.arange(len(groups)), [len(members) for members in groups])
    order = np.random.default_rng(3).permutation(len(people))
    seating = Seating(people[order], number[order], len(groups))
    kind, plan = kind_of(here), here.plan(2)
    tabled = kind.measure(here.roster, plan, seating).tolist()
    pairs = {members: tabled[at] for at, members in enumerate(groups) if len(members) == 2}
    for members, value in zip(groups, tabled, strict=True):
        assert value == sum(pairs[pair] for pair in combinations(members, 2))
    monkeypatch.setattr(distances, "MOST_IN_TABLE", 0)
    fresh = Problem(here.roster.subset(np.arange(6)), here.rulebook)
    assert kind.measure(fresh.roster, plan, seating).tolist() == tabled
    for plan in (Plan(2, 2, 3), Plan(2, 3, 3, sizes=(3, 3)), Plan(2, 2, 3, everyone=False)):
        loose, close = (kind.bound(each.roster, plan) for each in (fresh, here))
        assert loose >= close


def test_in_a_large_roster_the_bound_holds_without_a_look_at_pairs() -> None:
    chance = np.random.default_rng(5)
    columns = [chance.integers(0, 4000, 300) for _ in range(3)]
    plan = Plan(60, 5, 5, sizes=(5,) * 60)
    bound = distances.greatest_by_inertia(columns, plan)
    points = np.stack(columns, axis=1).astype(float)
    groups = points[chance.permutation(300)].reshape(60, 5, 3)
    apart = np.linalg.norm(groups[:, :, None] - groups[:, None, :], axis=-1)
    assert apart.sum() / 2 <= bound <= 1.2 * apart.sum() / 2


@pytest.mark.parametrize(
    ("entry", "section", "said"),
    [
        ("distance", "preferences", "what is measured"),
        ("distance: {most}", "preferences", "what is measured"),
        ("distance: {of: [years]}", "preferences", "either most or least"),
        ("distance: {of: [years], most, least}", "preferences", "either most or least"),
        ("distance: {of: [years], most}", "rules", "needs a limit"),
        ("distance: {of: [years], at_most: many}", "rules", "must be a number"),
        ("distance: {of: [years], mots}", "preferences", "no option mots"),
        ("distance: {of: {years: 0}, most}", "preferences", "weight must be a number"),
        ("distance: {of: [years, years], most}", "preferences", "same value twice"),
        ("distance: {of: [], most}", "preferences", "list of traits"),
        ("distance: {of: years, most: 3}", "preferences", "stands alone"),
        ("distance: {of: nowhere.csv, most}", "preferences", "no such file"),
        ("distance: {of: rules.yaml.csv, most}", "preferences", "lacks a column"),
        ("balance: [years, years]", "preferences", "same value twice"),
        ("balance: [years, score]", "rules", "takes one trait"),
        ("balance: {means: []}", "preferences", "list of traits"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(
    entry: str, section: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "rules.yaml.csv").write_text("id;secret\nA;word\nB;word\n", "utf-8")
    with pytest.raises(RulebookError) as refused:
        problem(tmp_path, entry, section)
    messages = [str(finding.message) for finding in refused.value.findings]
    assert any(said in message for message in messages), messages
    assert not any("word" in str(finding) for finding in refused.value.findings)


@pytest.mark.parametrize(
    ("pairs", "said", "row"),
    [
        ("a,b,weight\nA,B,1\nB,A,2\n", "another weight", 3),
        ("a,b,weight\nA,B,-1\n", "0 or more", 2),
        ("a,b,weight\nA,A,1\n", "two people", 2),
        ("a,b,weight\nA,,1\n", "two people", 2),
        ("a,b,weight\nA,B,near\n", "not a number", 2),
        ("a,b,weight\nA,B,\n", "", None),
    ],
)
def test_what_is_wrong_with_a_file_of_pairs_is_said(
    pairs: str, said: str, row: int | None, tmp_path: Path
) -> None:
    (tmp_path / "wrong.csv").write_text(pairs, "utf-8")
    with pytest.raises(RulebookError) as refused:
        problem(tmp_path, "distance: {of: wrong.csv, most}")
    found = refused.value.findings
    assert any(said in str(one.message) and one.row in (row, one.row) for one in found)
    assert all(one.file.endswith("wrong.csv") for one in found)


def test_a_pair_may_stand_in_both_orders(tmp_path: Path) -> None:
    (tmp_path / "both.csv").write_text("b;weight;a\nA;1,25;B\nB;1,25;A\n", "utf-8")
    here = problem(tmp_path, "distance: {of: both.csv, most}")
    assert comes_to(here, (0, 1)) == Fraction("1.25")


def test_the_sense_follows_from_the_word_or_from_the_only_limit(tmp_path: Path) -> None:
    for entry, kind in (
        ("{of: [years], most}", MostDistance),
        ("{of: [years], most, each_at_most: 2}", MostDistance),
        ("{of: [years], at_least: 2}", MostDistance),
        ("{of: [years], least, at_least: 2}", Distance),
        ("{of: [years], each_at_most: 2}", Distance),
    ):
        found = kind_of(problem(tmp_path, f"distance: {entry}"))
        assert type(found) is kind


def test_everyone_within_a_hundred_kilometres(tmp_path: Path) -> None:
    rule = "distance: {of: municipality, each_at_most: 100}\n  - place_everyone"
    scattered = problem(tmp_path, rule, "rules")
    assert form(scattered, Limits(seconds=10)).verdict is Verdict.IMPOSSIBLE
    why = kind_of(scattered).certificate(scattered.roster, scattered.plan(2))
    assert "2 people have too few others within 100 km" in str(why)
    near = ROSTER.replace("Turku", "Sipoo").replace("Rovaniemi", "Kerava")
    outcome = form(problem(tmp_path, rule, "rules", near), Limits(seconds=10))
    assert outcome.verdict is Verdict.FORMED
    assert outcome.audit is not None
    assert outcome.audit.valid


def test_64_people_meet_within_a_hundred_kilometres_as_unlike_as_can_be(tmp_path: Path) -> None:
    rule = "distance: {of: municipality, each_at_most: 100}\npreferences:\n  - place_everyone"
    wish = "  - distance: {of: [years, municipality], most}"
    here = problem(tmp_path, f"{rule}\n{wish}", "rules", sample(64, "pilot", seed=1).csv())
    outcome = form(here, Limits(seconds=8))
    assert outcome.verdict is Verdict.FORMED
    assert outcome.audit is not None
    assert outcome.audit.valid
    assert outcome.grouping is not None
    metric = kind_of(here).of.metric(here.roster)
    for group in range(outcome.grouping.groups):
        members = outcome.grouping.members(group)
        assert metric.between(members[:, None], members[None, :]).max() <= 100_000


def test_a_roster_travels_without_what_was_worked_out_of_it(tmp_path: Path) -> None:
    here = problem(tmp_path, "distance: {of: [years], most}")
    before = len(pickle.dumps(here.roster))
    value = comes_to(here, TOGETHER)
    assert len(pickle.dumps(here.roster)) == before
    there = Problem(pickle.loads(pickle.dumps(here.roster)), here.rulebook)
    assert comes_to(there, TOGETHER) == value


def test_weights_of_a_trait_do_not_hide_another(tmp_path: Path) -> None:
    kind = kind_of(problem(tmp_path, "distance: {of: {years: 2, score: 0.5}, most}"))
    assert isinstance(kind.of, InTraits)
    assert kind.written() == {"distance": {"of": {"years": 2, "score": 0.5}, "most": True}}


def test_pseudonyms_change_no_distance(run: Run, folder: Path, monkeypatch) -> None:  # noqa: F811
    monkeypatch.setenv("VERMEGROUP_KEY", "a key that is long enough to be one")
    (folder / "people.csv").write_text(ROSTER, "utf-8")
    (folder / "pairs.csv").write_text(PAIRS, "utf-8")
    text = (
        "groups: {size: 3}\nrules: [{distance: {of: municipality, at_most: 3000}}]\n"
        "preferences: [{distance: {of: pairs.csv, most}}, {distance: {of: municipality, least}}]\n"
    )
    (folder / "rules.yaml").write_text(text, "utf-8")
    said = []
    for more in ((), ("--pseudonymise",)):
        result = run("form", "people.csv", "--rules", "rules.yaml", "--format", "json", *more)
        assert result.exit_code == 0, result.output
        said.append(result.stdout)
    values = [
        [line for line in out.splitlines() if '"value"' in line and "null" not in line]
        for out in said
    ]
    assert values[0] == values[1]
