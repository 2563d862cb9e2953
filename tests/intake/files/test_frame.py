"""What stands in a frame is read as the same in a file is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

import vermegroup as vg
from vermegroup.intake.cells import split_values
from vermegroup.intake.files.frame import source_of, text_of

HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Åbo ", "Åbo "),
        (None, ""),
        (float("nan"), ""),
        (np.float32("nan"), ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (np.datetime64("NaT"), ""),
        (Decimal("NaN"), ""),
        (12, "12"),
        (12.0, "12"),
        (2.5, "2.5"),
        (np.float32(0.5), "0.5"),
        (np.int64(7), "7"),
        (10**20, "100000000000000000000"),
        (Decimal("1E+2"), "100"),
        (True, "TRUE"),
        (np.bool_(False), "FALSE"),
        (dt.date(2026, 12, 1), "2026-12-01"),
        (pd.Timestamp("2026-12-01"), "2026-12-01"),
        (np.datetime64("2026-12-01T08:30"), "2026-12-01 08:30:00"),
        (
            dt.datetime(2026, 12, 1, 8, 30, tzinfo=ZoneInfo("Europe/Helsinki")),
            "2026-12-01 08:30:00",
        ),
        (dt.time(8, 30), "08:30:00"),
        ("Åbo".encode(), "Åbo"),
        ([], ""),
        (["Mon", "Tue"], "Mon; Tue"),
        ({"b", "a"}, "a; b"),
        (np.array([1.0, 2.0]), "1; 2"),
        (("Mon", None), "Mon; "),
    ],
)
def test_a_cell_as_text(cell: object, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize(
    "values", [["a"], ["a, b"], ["a/b", "c"], ["a, b", "c, d"], ["one", "two"]]
)
def test_lists_come_apart_as_they_were_put_together(values: list[str]) -> None:
    assert list(split_values(text_of(values))) == values


@pytest.mark.parametrize(
    "years",
    [
        pd.Series([1, 2, 12, 20] * 3),
        pd.Series([1.5, 2.0, 12.25, 20] * 3),
        pd.Series([1, 2, 12, 20] * 3, dtype="Int64"),
        pd.Series([1, 2, 12, 20] * 3).astype("category"),
        pd.Series(["1", "2", "12 y", "20"] * 3),
        pd.Series([1, "2", 12.0, np.int8(20)] * 3, dtype=object),
        pd.Series([Decimal(1), Decimal("2.5"), Decimal(12), Decimal(20)] * 3),
    ],
    ids=str,
)
def test_numbers_of_every_type_are_read(years: pd.Series) -> None:
    people = vg.sample(12, seed=1).assign(
        years=years, municipality=[f"Town {n}" for n in range(12)]
    )
    before = people.copy(deep=True)
    formed = vg.form(people)
    assert formed.verdict == "formed"
    pd.testing.assert_frame_equal(formed.frame[list(before)], before)
    numbers = formed.outcome.problem.roster.numbers["years"]
    wanted = [float(str(value).removesuffix(" y")) for value in years]
    assert (numbers.ticks / numbers.per_unit).tolist() == wanted


def test_a_missing_number_is_told_and_not_guessed() -> None:
    people = vg.sample(12, seed=1).assign(years=[np.nan, *range(11)])
    with pytest.raises(vg.InputError, match="row 2, years"):
        vg.form(people)


def test_lists_in_cells_are_traits_of_several_values() -> None:
    times = [["Mon 10", "Tue, evening"], ["Tue, evening"], ["Mon 10", "Tue, evening"]] * 4
    people = vg.sample(12, seed=1).assign(times=times)
    rules = {"groups": {"size": 3}, "rules": [{"common": "times"}, "place_everyone"]}
    formed = vg.form(people, rules)
    assert set(formed.outcome.problem.roster.sets["times"].values) == {"Mon 10", "Tue, evening"}
    assert formed.frame["times"].tolist() == times


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.set_index("id"),
        lambda frame: frame.set_index(["id", "municipality"]),
        lambda frame: frame.rename_axis("no"),
        lambda frame: frame.set_axis(list("abcdefghijkl")),
        lambda frame: frame.iloc[::-1],
        lambda frame: frame.set_axis([0] * 12),
        lambda frame: frame.set_axis(
            pd.MultiIndex.from_tuples([("", "id"), ("work", "municipality"), ("", "years")]), axis=1
        ),
    ],
)
def test_an_index_of_any_kind_is_kept(change) -> None:
    people = change(vg.sample(12, seed=1))
    formed = vg.form(people)
    assert formed.verdict == "formed"
    assert formed.frame.index.equals(people.index)
    assert formed.frame["group"].notna().all()
    assert formed.outcome.problem.roster.ids[0].startswith("SYN")


@pytest.mark.parametrize(
    ("headers", "column"),
    [
        (("tunnus", "kunta", "kokemusvuodet"), "group"),
        (("id", "municipality", "years"), "group"),
    ],
)
def test_the_column_of_groups_is_called_so_whatever_the_headers(headers, column) -> None:
    people = vg.sample(12, seed=1).set_axis(list(headers), axis="columns")
    assert vg.form(people).frame.columns.tolist() == [*headers, column]


def test_groups_of_an_earlier_run_give_way_and_a_column_of_another_matter_stays() -> None:
    people = vg.sample(12, seed=1)
    again = vg.form(vg.form(people).frame)
    assert again.frame.columns.tolist() == ["id", "municipality", "years", "group"]
    ages = people.assign(ryhmä=[f"children of {n}" for n in range(12)])
    formed = vg.form(ages)
    assert formed.frame["ryhmä"].tolist() == ages["ryhmä"].tolist()
    assert formed.frame["group"].notna().all()


def test_blank_rows_have_no_group_and_are_kept() -> None:
    people = vg.sample(12, seed=1).astype(object)
    people.loc[5.5] = [None, None, None]
    people.loc[99] = ["", " ", None]
    people = people.sort_index()
    formed = vg.form(people)
    assert len(formed.frame) == len(formed.labels_) == 14
    assert formed.frame.loc[[5.5, 99], "group"].isna().all()


def test_the_record_has_the_hash_of_the_frame_as_csv() -> None:
    one, other = (source_of(frame, "a") for frame in (vg.sample(5), vg.sample(5, seed=1)))
    assert one.sha256() == source_of(vg.sample(5), "b").sha256()
    assert one.sha256() != other.sha256()
    assert one.data.startswith(b"id,municipality,years\n")


def test_headers_that_repeat_or_are_no_texts() -> None:
    people = vg.sample(12, seed=1)
    people = pd.concat([people, people[["years"]] * 0, pd.DataFrame({0: [1] * 12})], axis="columns")
    formed = vg.form(people.set_axis(["id", "municipality", "years", 0, None], axis="columns"))
    assert formed.verdict == "formed"
    assert formed.frame.shape == (12, 6)
