"""Designs: rounds in which nobody meets twice, made by arithmetic.

``groups`` times ``size`` points stand in columns, one for each seat of a group: the point
``c * groups + x`` is row ``x`` of column ``c``. Group ``y`` of round ``t`` takes from each column
the row ``y``, shifted by an amount of column and round. Two points of different columns then meet
in as many rounds as the difference of their columns' shifts takes one value: once at most, if the
differences are all different (a difference matrix). Over a finite field the shift is the product
``c * t``, which gives as many rounds as there are groups. Points of one column have not met in any
of these; where whole groups fit into a column, each column goes on as a smaller problem of its own.
So four groups of four become an affine plane.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.solver.params import PARAMS


def rounds_apart(groups: int, size: int, wanted: int, *, whole: bool) -> IntArray:
    """Rounds in which no two points share a group twice, shape (rounds, groups, size).

    At most ``wanted`` of them, and as many as the construction gives. Seat ``c`` of each group has
    a point of column ``c``; only where the columns are ``whole``, with no point to be left out, do
    the last rounds seat people of one column together.
    """
    if size == 1:
        return np.tile(np.arange(groups)[:, None], (wanted, 1, 1))
    rows = _shifted(groups, size, wanted)
    found = rows + np.arange(size) * groups
    if whole and groups % size == 0 and len(found) == groups < wanted:
        inner = rounds_apart(groups // size, size, wanted - groups, whole=True)
        places = inner[:, None] + (np.arange(size) * groups)[:, None, None]
        found = np.concatenate([found, places.reshape(len(inner), groups, size)])
    return found


def _shifted(groups: int, size: int, wanted: int) -> IntArray:
    """The row that each group takes from each column, shape (rounds, groups, size)."""
    rounds = min(groups, wanted)
    field = _field(groups) if size <= groups else None
    if field is not None:
        plus, times = field
        shifts = times[:size, :rounds]
        return plus[np.arange(groups)[:, None, None], shifts].transpose(2, 0, 1)
    shifts = _differences(groups, size, rounds)
    return (np.arange(groups)[:, None] + shifts.T[:, None, :]) % groups


def _field(order: int) -> tuple[IntArray, IntArray] | None:
    """Tables of addition and multiplication of the field with ``order`` elements, if there is one.

    Elements are polynomials over the integers modulo a prime, their coefficients the digits of
    their number, taken modulo a polynomial that no smaller one divides.
    """
    prime = next((p for p in range(2, order + 1) if order % p == 0), 0)
    degree, power = 0, 1
    while prime and power < order:
        degree, power = degree + 1, power * prime
    if power != order or order < 2 or order > PARAMS.rounds.largest_field:
        return None
    digits = np.arange(order)[:, None] // prime ** np.arange(degree) % prime
    weights = prime ** np.arange(degree)
    plus = ((digits[:, None] + digits[None]) % prime) @ weights
    for tail in product(range(prime), repeat=degree):
        times = _products(digits, np.array(tail), prime) @ weights
        if not (times[1:, 1:] == 0).any():  # no divisors of zero: a field
            return plus, times
    return None


def _products(digits: IntArray, tail: IntArray, prime: int) -> IntArray:
    """All products modulo ``x ** degree + tail``, as digits, shape (order, order, degree)."""
    order, degree = digits.shape
    total = np.zeros((order, order, degree), dtype=np.int64)
    power = digits  # the second factor times x ** place
    for place in range(degree):
        total += digits[:, None, place, None] * power[None]
        carried = power[:, -1:]
        power = np.concatenate([np.zeros((order, 1), dtype=np.int64), power[:, :-1]], axis=1)
        power = (power - carried * tail) % prime
    return total % prime


def _differences(groups: int, size: int, rounds: int) -> IntArray:
    """Shifts modulo ``groups``, shape (size, rounds), with all differences of columns different.

    Fewer rounds where no more are found: multiples ``c * t`` serve up to the first that come again,
    and a bounded number of draws, the same every time, looks for more.
    """
    again = max((int(np.gcd(c, groups)) for c in range(1, min(size, groups + 1))), default=1)
    best = np.outer(np.arange(size), np.arange(min(rounds, groups // again))) % groups
    tries = PARAMS.rounds.difference_tries if size <= groups <= PARAMS.rounds.largest_field else 0
    for tried in range(tries):
        if best.shape[1] == rounds:
            break
        found = _drawn_differences(groups, size, rounds, np.random.default_rng(tried))
        best = max(best, found, key=np.size)
    return best


def _drawn_differences(
    groups: int, size: int, rounds: int, chance: np.random.Generator
) -> IntArray:
    """One draw: round after round takes any shifts whose differences are all new."""
    free = np.ones((size, size, groups), dtype=bool)
    found: list[list[int]] = []
    while len(found) < rounds:
        draws = (_one_round(free, chance) for _ in range(PARAMS.rounds.difference_draws))
        shifts = next((drawn for drawn in draws if len(drawn) == size), None)
        if shifts is None:
            break
        found.append(shifts)
        for a, b in product(range(size), repeat=2):
            free[a, b, (shifts[a] - shifts[b]) % groups] = False
    return np.array(found, dtype=np.int64).reshape(-1, size).T


def _one_round(free: BoolArray, chance: np.random.Generator) -> list[int]:
    """Random shifts of one round whose differences are free, as far as that goes."""
    size, _, groups = free.shape
    shifts = [0]
    while len(shifts) < size:
        fits = np.ones(groups, dtype=bool)
        for before, shift in enumerate(shifts):
            fits &= free[len(shifts), before][(np.arange(groups) - shift) % groups]
        if not fits.any():
            break
        shifts.append(int(chance.choice(np.flatnonzero(fits))))
    return shifts
