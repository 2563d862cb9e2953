"""A season: every meeting's plan is valid, permanent groups survive, bonds are mostly kept."""

from __future__ import annotations

from itertools import pairwise

from tests.season import play, table


def test_a_season_keeps_the_permanent_groups_and_most_bonds() -> None:
    months = play(30, 4, 3)
    assert all(month.valid for month in months)
    changes = [a.permanent != b.permanent for a, b in pairwise(months)]
    assert changes == [True, False, False]  # only where people left and joined
    kept, anew = (sum(getattr(m, name) for m in months) for name in ("kept", "kept_anew"))
    assert kept > 0.8 * sum(month.bonds for month in months)
    assert kept > 2 * anew
    assert len(table(months).splitlines()) == 2 + len(months)
