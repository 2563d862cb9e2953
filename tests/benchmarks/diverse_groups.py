"""Synthetic instances of the maximally diverse grouping problem, and a search of its literature.

They are made after the description of MDGPLIB (Gallego, Laguna, Marti & Duarte, Tabu search with
strategic oscillation for the maximally diverse grouping problem, J. Opl. Res. Soc. 64, 2013), with
numbers of our own: *RanReal*, distances uniform between 0 and 100; *RanInt*, the same in whole
numbers; *Geo*, Euclidean between points with 2 to 21 coordinates uniform between 0 and 10. Groups
have one size (ss) or sizes between two (ds).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

# People, groups, and the sizes of the variants ss and ds.
SHAPES = {
    120: (10, (12, 12), (8, 16)),
    240: (12, (20, 20), (15, 25)),
    480: (20, (24, 24), (18, 30)),
}
SMALL = {60: (12, (5, 5), (4, 6)), 40: (10, (4, 4), (3, 5))}
FAMILIES = ("RanReal", "RanInt", "Geo")
_DECIMALS = 3


@dataclass(frozen=True)
class Instance:
    """Distances (n, n), in thousandths, and so many groups of ``smallest`` to ``largest``."""

    name: str
    distances: np.ndarray
    groups: int
    smallest: int
    largest: int

    def __len__(self) -> int:
        return len(self.distances)

    def write(self, folder: Path) -> None:
        """The files of a run: ``roster.csv``, ``pairs.csv`` and ``rules.yaml``."""
        ids = [f"P{person:03d}" for person in range(len(self))]
        (folder / "roster.csv").write_text("\n".join(["id", *ids]) + "\n", "utf-8")
        pairs = [
            f"{ids[one]},{ids[other]},{self.distances[one, other] / 10**_DECIMALS:.{_DECIMALS}f}"
            for one, other in zip(*np.triu_indices(len(self), 1), strict=True)
        ]
        (folder / "pairs.csv").write_text("\n".join(["a,b,weight", *pairs]) + "\n", "utf-8")
        size = f"{self.smallest}-{self.largest}"
        (folder / "rules.yaml").write_text(
            f"groups: {{size: {size}, count: {self.groups}}}\nrules: [place_everyone]\n"
            "preferences:\n  - distance: {of: pairs.csv, most}\n",
            "utf-8",
        )


def instance(family: str, people: int, variant: str, seed: int) -> Instance:
    """The instance of a family, a size, a variant (ss or ds) and a seed."""
    groups, one_size, two_sizes = {**SHAPES, **SMALL}[people]
    smallest, largest = one_size if variant == "ss" else two_sizes
    chance = np.random.default_rng([FAMILIES.index(family), people, seed])
    drawn = _distances(family, people, chance)
    distances = np.rint(np.triu(drawn, 1) * 10**_DECIMALS).astype(np.int64)
    name = f"{family}_n{people}_{variant}_{seed:02d}"
    return Instance(name, distances + distances.T, groups, smallest, largest)


def _distances(family: str, people: int, chance: np.random.Generator) -> np.ndarray:
    if family == "RanReal":
        return chance.uniform(0, 100, (people, people))
    if family == "RanInt":
        return chance.integers(0, 101, (people, people)).astype(float)
    points = chance.uniform(0, 10, (people, chance.integers(2, 22)))
    return np.linalg.norm(points[:, None] - points[None, :], axis=-1)


def value_of(here: Instance, group_of: np.ndarray) -> int:
    """The distances within groups, added up, in thousandths."""
    together = group_of[:, None] == group_of[None, :]
    return int(here.distances[together].sum()) // 2


def iterated_tabu(here: Instance, seconds: float, seed: int) -> tuple[int, np.ndarray]:
    """The best that a tabu search with restarts by shaking finds in so much processor time.

    Every swap and every move that sizes allow is judged in each step, from what everybody adds to
    every group (Lai & Hao, Iterated maxima search for the maximally diverse grouping problem, Eur.
    J. Opl. Res. 254, 2016, in outline).
    """
    chance = np.random.default_rng(seed)
    group_of = np.arange(len(here)) % here.groups
    chance.shuffle(group_of)
    search = _Tabu(here, group_of, chance)
    best, ends = (search.value, group_of.copy()), time.process_time() + seconds
    while time.process_time() < ends:
        for value, found in search.steps(2_000):
            if value > best[0]:
                best = (value, found.copy())
            if time.process_time() >= ends:
                return best
        search = _Tabu(here, _shaken(best[1], chance), chance)
    return best


def _shaken(group_of: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """The same with some people in each other's places."""
    some = chance.choice(len(group_of), max(4, len(group_of) // 8), replace=False)
    shaken = group_of.copy()
    shaken[some] = group_of[chance.permutation(some)]
    return shaken


class _Tabu:
    def __init__(self, here: Instance, group_of: np.ndarray, chance: np.random.Generator) -> None:
        self.here, self.group_of, self.chance = here, group_of.copy(), chance
        members = np.eye(here.groups, dtype=np.int64)[group_of]
        # What everybody adds to every group, (n, groups).
        self.adds = here.distances @ members
        self.value = value_of(here, group_of)
        self.until = np.zeros((len(here), here.groups), dtype=np.int64)

    def steps(self, many: int) -> Iterator[tuple[int, np.ndarray]]:
        """So many steps, each to the best neighbour that is not tabu or is the best so far."""
        best = self.value
        for step in range(many):
            gains, goes = self._swaps(), self.until > step
            barred = goes[:, self.group_of] & goes[:, self.group_of].T
            gains[barred & (self.value + gains <= best)] = np.iinfo(np.int64).min
            one, other = np.unravel_index(int(gains.argmax()), gains.shape)
            moves = self._moves()
            moves[goes & (self.value + moves <= best)] = np.iinfo(np.int64).min
            who, where = np.unravel_index(int(moves.argmax()), moves.shape)
            if moves[who, where] > gains[one, other]:
                self._go(who, where, step)
            else:
                first, second = self.group_of[one], self.group_of[other]
                self._go(one, second, step)
                self._go(other, first, step)
            best = max(best, self.value)
            yield self.value, self.group_of

    def _swaps(self) -> np.ndarray:
        """What is gained where one (n, 1) and other (1, n) change places."""
        own = self.adds[np.arange(len(self.group_of)), self.group_of]
        there = self.adds[:, self.group_of]
        gains = there + there.T - own[:, None] - own[None, :] - 2 * self.here.distances
        gains[self.group_of[:, None] == self.group_of[None, :]] = np.iinfo(np.int64).min
        return gains

    def _moves(self) -> np.ndarray:
        """What is gained where one goes to another group, (n, groups), as far as sizes allow."""
        sizes = np.bincount(self.group_of, minlength=self.here.groups)
        own = self.adds[np.arange(len(self.group_of)), self.group_of]
        gains = self.adds - own[:, None]
        stays = (sizes <= self.here.smallest)[self.group_of][:, None]
        full = (sizes >= self.here.largest)[None, :]
        here = self.group_of[:, None] == np.arange(self.here.groups)
        gains[stays | full | here] = np.iinfo(np.int64).min
        return gains

    def _go(self, who: int, where: int, step: int) -> None:
        left = self.group_of[who]
        self.value += int(self.adds[who, where] - self.adds[who, left])
        self.adds[:, left] -= self.here.distances[:, who]
        self.adds[:, where] += self.here.distances[:, who]
        self.group_of[who] = where
        self.until[who, left] = step + 10 + self.chance.integers(0, 10)
