"""From Python a pool and a baseline are what the command line writes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import vermegroup as vg

TOWNS = ("Turku", "Oulu", "Lahti", "Salo")
PEOPLE = pd.DataFrame(
    {
        "id": [f"P{n}" for n in range(12)],
        "municipality": [TOWNS[n % 4] for n in range(12)],
        "years": [n * 7 % 19 for n in range(12)],
    }
)
RULES = {
    "groups": {"size": "3-4"},
    "rules": [{"different": "municipality"}, "place_everyone"],
    "preferences": [{"spread": "years"}],
}


def test_a_pool_is_two_frames_and_its_design(tmp_path: Path) -> None:
    pool = vg.draw(PEOPLE, RULES, draws=15, among="valid", seed=3, effort=2)
    assert pool.verdict == "formed"
    assert pool.design["distinct"] == 15
    assert len(pool.draws) == pool.draws.sha256.nunique() == 15
    sizes = pool.groupings.groupby(["draw", "group"]).size()
    assert (sizes == 4).all()
    pool.save(tmp_path / "out")
    assert pd.read_csv(tmp_path / "out" / "draws.csv").spread_years.tolist() == (
        pool.draws.spread_years.tolist()
    )


def test_form_takes_one_of_a_pool() -> None:
    seen = {tuple(vg.form(PEOPLE, RULES, seed=n, effort=2, draw=20).labels_) for n in range(1, 5)}
    assert len(seen) > 1


def test_a_baseline_has_a_row_for_each_preference() -> None:
    best = vg.form(PEOPLE, RULES, effort=2)
    found = vg.baseline(best, draws=50, effort=2)
    assert list(found.index) == ["spread_years"]
    assert found.loc["spread_years", "percentile"] > 50
    assert found.loc["spread_years", "value"] == best.values.value.iloc[0]


def test_what_means_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="draws"):
        vg.draw(PEOPLE, RULES, draws=0)
    with pytest.raises(ValueError, match="best"):
        vg.draw(PEOPLE, RULES, among="best")  # type: ignore[arg-type]
    impossible = vg.draw(PEOPLE, {**RULES, "groups": {"size": 4, "count": 4}}, effort=2)
    assert impossible.verdict == "impossible"
    assert impossible.groupings.empty
