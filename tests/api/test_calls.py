"""One call each: what goes in comes back with groups, and nothing of the caller's is changed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import vermegroup as vg
from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.cli.commands import app


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    frame = vg.sample(26, seed=3)
    frame.index = pd.Index([f"row {n}" for n in range(26)])
    return frame


@pytest.fixture(scope="module")
def formed(people: pd.DataFrame) -> vg.Result:
    return vg.form(people, seed=1)


def test_a_frame_comes_back_with_its_index_and_a_column_of_groups(people: pd.DataFrame) -> None:
    before = people.copy(deep=True)
    formed = vg.form(people)
    pd.testing.assert_frame_equal(people, before)
    assert formed.verdict == "formed"
    assert formed.proven
    pd.testing.assert_frame_equal(formed.frame.drop(columns="group"), before)
    assert formed.frame["group"].notna().all()
    changed = formed.frame
    changed["group"] = "none"
    assert "none" not in set(formed.frame["group"])


def test_labels_and_groups_say_the_same_as_the_column(formed: vg.Result) -> None:
    names = list(formed.groups)
    assert [names[label] for label in formed.labels_] == formed.frame["group"].tolist()
    for name, rows in formed.groups.items():
        assert set(formed.frame.loc[rows, "group"]) == {name}
    assert sum(map(len, formed.groups.values())) == len(formed.frame)


def test_every_result_passes_the_audit(formed: vg.Result) -> None:
    audited = vg.audit(formed.frame, group="group")
    assert audited.verdict == "formed"
    assert audited.rules["satisfied"].all()
    assert audited.values["value"].tolist() == formed.values["value"].tolist()
    assert vg.audit(formed).verdict == "formed"


def test_groups_that_break_a_rule_are_told_apart(formed: vg.Result) -> None:
    frame = formed.frame.rename(columns={"group": "team"})
    frame["team"] = "all"
    audited = vg.audit(frame, "team")
    assert audited.verdict == "invalid"
    assert audited.group_column == "team"
    broken = audited.rules[~audited.rules["satisfied"].astype(bool)]
    assert {"size", "different"} <= set(broken["kind"])
    assert broken["violations"].all()


def test_the_command_line_forms_the_same_groups(people: pd.DataFrame, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    people.to_csv(file, index=False)
    assert vg.form(file).frame["group"].tolist() == vg.form(people).frame["group"].tolist()


def test_values_are_in_years_and_people() -> None:
    values = vg.form(vg.sample(26, seed=3)).values
    assert list(values.columns) == ["kind", "value", "bound", "proven", "unit"]
    assert dict(zip(values["kind"], values["unit"], strict=True)) == {
        "size": "people",
        "spread": "years",
        "even_sizes": "people",
        "balance": "years",
    }
    halves = vg.sample(12, seed=2).assign(years=lambda frame: frame["years"] + 0.5)
    formed = vg.form(halves)
    years = formed.frame.groupby("group")["years"]
    spread = sum(
        abs(one - other)
        for _name, group in years
        for at, one in enumerate(group)
        for other in list(group)[:at]
    )
    furthest = (years.mean() - halves["years"].mean()).abs().max()
    kinds = formed.values.set_index("kind")["value"]
    assert kinds["spread"] == spread
    assert kinds["balance"] == pytest.approx(furthest)


def test_kilometres_pairs_and_groups_are_units_too() -> None:
    people = vg.sample(9, seed=5).assign(wishes="", mates=["a", "b", "c"] * 3)
    rules = {
        "groups": {"size": 3, "prefer": 3},
        "rules": ["place_everyone"],
        "preferences": [
            {"resilient": 1},
            [{"together": "mates"}, {"distance": {"of": "municipality", "least": None}}],
        ],
    }
    values = vg.form(people, rules).values
    units = dict(zip(values["kind"], values["unit"], strict=True))
    assert units == {
        "size": "people",
        "resilient": "groups",
        "together": "pairs",
        "distance": "kilometres",
    }


def test_whose_turn_comes_first_is_told_in_people() -> None:
    people = vg.sample(7, seed=1).assign(points=[9, 9, 1, 1, 1, 1, 1])
    rules = {
        "groups": {"size": 3, "count": 2, "prefer": 3},
        "rules": [],
        "preferences": ["place_everyone", {"priority": "points"}],
    }
    values = vg.form(people, rules).values.set_index("kind")
    assert values.loc["place_everyone", "value"] == 1
    assert values.loc["priority", "value"] == 0
    assert (values["value"] <= 7).all()


def test_where_nothing_is_possible_the_reasons_and_ways_out_are_told(people: pd.DataFrame) -> None:
    result = vg.form(people, {"groups": {"size": "3-5", "count": 9}, "rules": ["place_everyone"]})
    assert result.verdict == "impossible"
    assert result.why_not is not None
    assert "26 people" in str(result.why_not)
    assert any("8 groups" in repair for repair in result.why_not.repairs)
    assert result.report("fi").why_not != result.why_not
    assert result.frame["group"].isna().all()
    assert set(result.labels_) == {-1}
    assert result.groups == {}
    assert not len(result.values)
    assert "9 groups" in result._repr_html_()
    with pytest.raises(ValueError, match="no groups"):
        vg.rebalance(result, absent="SYN-0001")


def test_a_result_says_why_not_only_where_there_are_no_groups(formed: vg.Result) -> None:
    assert formed.why_not is None


def test_the_report_is_that_of_the_command_line(formed: vg.Result, tmp_path: Path) -> None:
    written = formed.save(tmp_path / "spring", lang="fi")
    names = {"groups.csv", "given-people.csv", "report.html", "report.json", "timings.json"}
    assert {path.name for path in written} == names
    page = (tmp_path / "spring" / "report.html").read_text("utf-8")
    assert formed.report("fi").html == page
    assert '<html lang="fi"' in page
    assert json.loads(formed.report("sv").json)["verdict"] == "formed"
    again = vg.audit(tmp_path / "spring" / "groups.csv")
    assert again.verdict == "formed"
    (tmp_path / "spring" / "groups.csv").write_text("edited")
    with pytest.raises(vg.InputError, match="was changed"):
        formed.save(tmp_path / "spring")


def test_a_notebook_shows_the_verdict_the_values_and_the_groups(formed: vg.Result) -> None:
    shown = formed._repr_html_()
    assert "26 people are in" in shown
    assert "spread" in shown
    assert "SYN-0001" in shown
    assert "<iframe" in formed.report()._repr_html_()
    assert repr(formed).startswith("<Result formed, proven: 26 people")


def test_names_of_people_are_no_markup(people: pd.DataFrame) -> None:
    frame = people.assign(name=[f"<script>{n}</script>" for n in range(len(people))])
    formed = vg.form(frame)
    assert "<script>0" not in formed._repr_html_()
    assert "<script>0" not in formed.report().html


def test_who_is_absent_from_a_meeting(formed: vg.Result) -> None:
    plan = vg.rebalance(formed, absent=["SYN-0001", "SYN-0002"], date=date(2026, 12, 1))
    assert plan.verdict == "formed"
    assert plan.frame.index.tolist() == formed.frame.index.tolist()
    away = plan.frame["id"].isin(["SYN-0001", "SYN-0002"])
    assert plan.frame.loc[away, "group"].isna().all()
    assert plan.frame.loc[away, "absent"].tolist() == ["x", "x"]
    assert plan.frame["permanent_group"].tolist() == formed.frame["group"].tolist()
    assert plan.bonds is not None
    assert plan.bonds["before"] == plan.bonds["kept"] + plan.bonds["broken"]


def test_who_left_stays_marked_and_who_joins_stands_below(formed: vg.Result) -> None:
    joining = pd.DataFrame(
        {"id": ["N1", "N2"], "municipality": ["Oulu", "Kotka"], "years": [3, 12]},
        index=pd.Index(["new", "newer"]),
    )
    once = vg.rebalance(formed, left="SYN-0002", joining=joining)
    assert once.frame.loc["row 1", "withdrawn"] == "left"
    assert once.frame.index.tolist() == [*formed.frame.index, "new", "newer"]
    assert once.frame.loc[["new", "newer"], "group"].notna().all()
    twice = vg.rebalance(once, left=["SYN-0003"])
    assert twice.frame["withdrawn"].dropna().index.tolist() == ["row 1", "row 2"]
    assert twice.frame.loc["row 2", "group"] != twice.frame.loc["row 2", "group"]
    compared = vg.compare(formed, twice)
    assert compared.bonds is not None
    assert compared.bonds["broken"] == 0
    assert set(compared.moves["participant"]) <= set(formed.frame["id"])


def test_nobody_is_looked_for_in_a_file_called_as_they_are(
    formed: vg.Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "SYN-0001").write_text("id\nSYN-0002\n")
    plan = vg.rebalance(formed, absent="SYN-0001")
    assert plan.frame.loc["row 0", "absent"] == "x"
    assert plan.frame.loc["row 1", "absent"] != "x"


def test_rules_of_a_result_are_those_of_what_is_made_of_it() -> None:
    rules = {"groups": {"size": "2-3", "prefer": 2}, "rules": ["place_everyone"]}
    formed = vg.form(vg.sample(10, seed=3), rules)
    assert set(formed.frame["group"].value_counts()) == {2}
    plan = vg.rebalance(formed, left="SYN-0001")
    assert plan.verdict == "formed"
    assert plan.rulebook == formed.rulebook


@pytest.mark.parametrize("kind", ["path", "profile", "dict", "rulebook"])
def test_rules_come_as_a_file_a_profile_values_or_a_rulebook(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("groups: {size: 4-6}\nrules: [place_everyone]\n")
    rules = {
        "path": str(file),
        "profile": "default",
        "dict": {"groups": {"size": np.int64(4)}, "rules": ("place_everyone",)},
        "rulebook": vg.read_rulebook(file),
    }[kind]
    people = vg.sample(24, seed=2).assign(unit=[f"unit {n}" for n in range(24)])
    sizes = vg.form(people, rules).frame["group"].value_counts()
    assert sizes.between(3 if kind == "profile" else 4, 6).all()


def test_columns_are_chosen_and_several_are_one_trait() -> None:
    people = vg.sample(12, seed=2).rename(columns={"municipality": "place"})
    people["other"] = people["place"]
    formed = vg.form(people, columns={"municipality": "place"})
    assert formed.verdict == "formed"
    days = people.assign(mon="yes", tue="yes")
    rules = {"groups": {"size": 4}, "rules": [{"common": "times"}, "place_everyone"]}
    joined = vg.form(days, rules, columns={"times": ("mon", "tue")})
    assert joined.verdict == "formed"


FAULTS = {
    "value": ({"years": [3, 4, -1, 12, 20, 30]}, None, "DataFrame, row 4, years: "),
    "column": ({"years": None}, None, "No column tells"),
    "rule": ({}, {"rules": [{"diferent": "years"}]}, "Did you mean different"),
    "no rules": ({}, "missing.yaml", "missing.yaml: There is no such file"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_readable(fault: str) -> None:
    change, rules, said = FAULTS[fault]
    people = vg.sample(6, seed=1).assign(**change).dropna(axis="columns")
    with pytest.raises(vg.InputError, match=said) as refused:
        vg.form(people, rules)
    assert refused.value.findings


def test_what_is_no_table_or_no_rules_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="int"):
        vg.form(3)
    with pytest.raises(TypeError, match="int"):
        vg.form(vg.sample(6), 3)
    with pytest.raises(TypeError, match=r"vermegroup\.solve"):
        vg.form(problem_from([Person("Town", 1)] * 3))
    with pytest.raises(vg.InputError, match="en, fi"):
        vg.form(vg.sample(12)).report("xx")


WRONG = {
    "seed": [1.5, "a", True, -1, 2**40],
    "effort": ["x", -1, float("nan"), [1]],
    "time_limit": ["3", -1, float("nan")],
    "workers": [0, "2"],
    "columns": ["municipality", {"years": 5}, {"years": []}, [("years", "y")]],
    "sheet": [1],
    "day": ["today", 5, pd.NaT],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_an_argument_that_means_nothing_is_named(name: str, value: object) -> None:
    with pytest.raises((TypeError, ValueError), match=name):
        vg.form(vg.sample(12), **{name: value})


WRONG_CHANGES = {
    "absent": [None, 2.5, b"x"],
    "left": [{"a": 1}],
    "policy": ["both"],
    "date": ["soon", 3],
    "history": [3, [3]],
    "effort": ["x"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG_CHANGES.items() for value in values]
)
def test_a_change_that_means_nothing_is_named(formed: vg.Result, name: str, value: object) -> None:
    with pytest.raises((TypeError, ValueError), match=name):
        vg.rebalance(formed, **{"left": "SYN-0001", name: value})


def test_one_column_is_no_table(people: pd.DataFrame) -> None:
    with pytest.raises(TypeError, match=r"a table of people .* Series"):
        vg.form(people["id"])
    with pytest.raises(TypeError, match="group"):
        vg.audit(people, group=3)
    with pytest.raises(TypeError, match="participants"):
        vg.sample(2.5)


def test_numbers_and_days_of_other_libraries_are_numbers_and_days(tmp_path: Path) -> None:
    people = vg.sample(12, seed=2)
    days = pd.Timestamp("2026-03-01 10:00"), np.datetime64("2026-03-01"), "2026-03-01"
    records = set()
    for at, day in enumerate(days):
        numbers = {"seed": np.int64(3), "effort": np.float64(5), "time_limit": np.float32(40)}
        plain = {"seed": 3, "effort": 5, "time_limit": 40}
        formed = vg.form(people, day=day, **(plain if at else numbers))
        records.add(formed.report().json)
    assert len(records) == 1
    plan = vg.rebalance(formed, absent="SYN-0001", date="2026-04-02", history=())
    assert '"date": "2026-04-02"' in plan.report().json


def test_findings_say_where_in_the_frame() -> None:
    people = vg.sample(12, seed=2).assign(status="")
    people.loc[3, "status"] = "cancelled"
    formed = vg.form(people)
    told = formed.findings
    assert formed.labels_[3] == -1
    assert (told.loc[told["row"].notna(), "row"] - 2).tolist() == [3]


def test_a_sample_is_the_same_each_time() -> None:
    pd.testing.assert_frame_equal(vg.sample(12, seed=4), vg.sample(12, seed=4))
    assert list(vg.sample(12, lang="fi").columns) == ["Tunnus", "Kunta", "Työkokemus vuosina"]


@pytest.mark.parametrize(
    ("numbers", "valid"),
    [
        (np.zeros(50, dtype=int), False),
        ([0] * 50, False),
        (np.full(50, -1), False),
        (np.arange(50) // 4, False),
        (np.arange(48) // 4 * 10 + 1, True),
    ],
)
def test_a_bare_array_of_numbers_is_judged(numbers: np.ndarray, valid: bool) -> None:
    people = [Person(f"Town {n}", (0, 7, 20)[n % 3]) for n in range(len(numbers))]
    assert vg.audit_grouping(problem_from(people), numbers).valid is valid


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ([0] * 11, "11 participants"),
        ([-2] * 12, "-2 is neither"),
        ([0.5] * 12, "float64"),
        ([None] * 12, "object"),
        ([[0] * 12], "shape"),
    ],
)
def test_numbers_that_leave_somebody_open_are_refused(numbers: list, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        vg.audit_grouping(problem_from([Person("Town", 1)] * 12), numbers)


def test_what_a_call_has_saved_can_be_verified(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    vg.sample(12, seed=3).to_csv(roster, index=False)
    rules = {"groups": {"size": 3}, "rules": [{"different": "municipality"}, "place_everyone"]}
    vg.form(str(roster), rules).save(str(tmp_path / "saved"))
    verify = ["verify", str(tmp_path / "saved")]
    assert CliRunner().invoke(app, verify).exit_code == 0
    roster.write_text(roster.read_text("utf-8").replace("SYN", "SYM"), "utf-8")
    assert CliRunner().invoke(app, verify).exit_code == 1


def test_what_was_read_from_frames_is_saved_so_that_it_can_be_verified(
    formed: vg.Result, people: pd.DataFrame, tmp_path: Path
) -> None:
    joining = pd.DataFrame({"id": ["N1"], "municipality": ["Oulu"], "years": [3]})
    changed = vg.rebalance(formed, left="SYN-0002", joining=joining, time_limit=60)
    results = {"formed": formed, "changed": changed, "audited": vg.audit(changed.frame, "group")}
    for name, result in results.items():
        written = result.save(tmp_path / name / "saved")
        assert (tmp_path / name / "saved/given-people.csv") in written
        told = CliRunner().invoke(app, ["verify", str(tmp_path / name / "saved")])
        assert told.exit_code == 0, (name, told.output)
        assert result.report().json == (tmp_path / name / "saved/report.json").read_text("utf-8")
    given = tmp_path / "formed/saved/given-people.csv"
    given.write_bytes(given.read_bytes().replace(b"SYN-0001", b"SYN-9001"))
    told = CliRunner().invoke(app, ["verify", str(tmp_path / "formed/saved")])
    assert told.exit_code == 1, told.output


def test_faults_speak_of_arguments_and_not_of_options(formed: vg.Result, tmp_path: Path) -> None:
    with pytest.raises(vg.InputError) as both:
        vg.rebalance(formed, absent="SYN-0001", left="SYN-0001")
    assert "absent= and left=" in str(both.value)
    with pytest.raises(vg.InputError) as few:
        vg.sample(1)
    assert str(few.value).startswith("participants: ")
    formed.save(tmp_path / "saved")
    (tmp_path / "saved/report.html").write_text("edited")
    (tmp_path / "saved/groups.csv").write_text("edited")
    with pytest.raises(vg.InputError) as edited:
        formed.save(tmp_path / "saved")
    assert "write over it with force=True" in str(edited.value)
    command = f"-o {tmp_path / 'saved'} --force"
    assert command in str(edited.value).replace("\N{NO-BREAK SPACE}", " ")
    for refused in (both, few):
        assert "--" not in str(refused.value)
