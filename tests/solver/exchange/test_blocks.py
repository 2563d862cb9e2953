"""Every exchange of a block of three groups costs what its changes say, and moves people whole."""

from __future__ import annotations

import numpy as np
import pytest

from vermegroup.solver.exchange.blocks import GAINING, changed_rows, changes_of, options


def cost_of(rows: np.ndarray) -> np.ndarray:
    """A cost that no two groups are likely to share, whatever the order of their members."""
    weights = np.random.default_rng(7).random(200)
    return np.sin(weights[rows].sum(axis=-1) * 50)


@pytest.mark.parametrize(("width", "seats"), [(2, 2), (3, 3), (4, 4), (5, 3)])
def test_an_option_costs_what_the_groups_that_come_of_it_cost(width: int, seats: int) -> None:
    chance = np.random.default_rng(1)
    people = chance.permutation(6 * width).reshape(2, 3, width)
    slots = np.argsort(chance.random(people.shape), axis=2)[:, :, :seats]
    rows = changed_rows(people, slots)
    added = cost_of(rows) - cost_of(people)[:, GAINING, None, None]
    totals = options(added)
    made = changes_of(seats)
    assert totals.shape == (2, 1 + 3 * seats**2 + 2 * seats**3)
    for block in range(2):
        for option, changes in enumerate(made):
            after = people[block].copy()
            for change, seat, comer in changes[changes[:, 0] >= 0]:
                after[GAINING[change]] = rows[block, change, seat, comer]
            assert sorted(after.ravel()) == sorted(people[block].ravel())
            now = cost_of(after).sum() - cost_of(people[block]).sum()
            assert totals[block, option] == pytest.approx(now)


def test_the_options_are_all_swaps_and_three_cycles_and_staying() -> None:
    people = np.arange(9).reshape(1, 3, 3)
    rows = changed_rows(people, np.broadcast_to(np.arange(3), (1, 3, 3)))
    found = set()
    for changes in changes_of(3):
        after = people[0].copy()
        for change, seat, comer in changes[changes[:, 0] >= 0]:
            after[GAINING[change]] = rows[0, change, seat, comer]
        found.add(tuple(tuple(sorted(row)) for row in after.tolist()))
    assert len(found) == 1 + 3 * 9 + 2 * 27
