"""A pool of distinct groupings, drawn by several chains, and how well they cover what there is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice

import numpy as np

from vermegroup.domain.arrays import FloatArray, IntArray
from vermegroup.domain.design import PairCounts
from vermegroup.domain.grouping import WAITLIST, Grouping, Seating
from vermegroup.domain.problem import Problem
from vermegroup.evidence.chain import Chain, canonical
from vermegroup.evidence.mixing import effective_size, rhat
from vermegroup.evidence.standards import Standard

_CHAINS = 4
_WARM_UP = 30
"""Sweeps of each chain before its first draw."""
_APART = 6
"""Sweeps between two draws of a chain."""
_LEAST_VISITS = 200
"""With fewer draws than that chains seem not to agree by mere chance."""
_VISITS = 5
"""So many draws for each that is wanted: then the pool is as large as it gets."""
_OFTEN = 20
"""After so many visits to each without a new one there is hardly any left."""
_PROJECTIONS = 4
_MOST_PAIRS = 2_000_000


@dataclass(frozen=True, slots=True)
class PoolRequest:
    """How many distinct groupings are wanted, and whether their sizes may ``vary``.

    Requests with one ``seed`` and different ``streams`` draw independently of each other.
    """

    draws: int
    seed: int
    vary: bool = False
    stream: int = 0


@dataclass(frozen=True, slots=True)
class Pool:
    """Distinct groupings, (d, n), each numbered in the order of first members; -1 waits.

    ``visits`` are all draws of the chains, of which ``proposals`` were ``accepted``: blocks of
    groups that were dealt anew. ``rhat`` is the worst and ``ess`` the least of several numbers'.
    ``allowed`` counts the pairs of placed people whom no rule keeps apart; None where they are too
    many to be listed.
    """

    groupings: IntArray
    visits: int
    proposals: int
    accepted: int
    starts: int
    rhat: float | None
    ess: float | None
    allowed: int | None

    def __len__(self) -> int:
        return len(self.groupings)


@dataclass(slots=True)
class _Gathered:
    """The distinct groupings so far, and what each chain's draws came to.

    ``weights`` (n, k) make numbers of who is together. The ``newest`` was found at that visit.
    """

    weights: FloatArray
    numbers: list[list[list[float]]]
    found: dict[bytes, IntArray] = field(default_factory=dict)
    visits: int = 0
    newest: int = 0

    def add(self, at: int, chain: Chain) -> None:
        """Add where a chain is now."""
        grouping = canonical(chain.group_of)
        known = len(self.found)
        self.found.setdefault(grouping.tobytes(), grouping)
        self.numbers[at].append(_numbers(chain, self.weights))
        self.visits += 1
        if len(self.found) > known:
            self.newest = self.visits

    def lacks(self, draws: int) -> bool:
        """Whether there are too few, and more to be hoped for; or too few to tell of them."""
        seen_often = self.visits - self.newest > _OFTEN * len(self.found)
        hoped = self.visits < _VISITS * draws and not seen_often
        return self.visits < _LEAST_VISITS or (len(self.found) < draws and hoped)

    def columns(self) -> FloatArray:
        """Each number of each chain's draws, shape (numbers, chains, draws)."""
        return np.array(self.numbers).transpose(2, 0, 1)


def draw_pool(
    problem: Problem,
    starts: Sequence[Grouping],
    standards: Sequence[Standard],
    asked: PoolRequest,
    over: Callable[[], bool] = lambda: False,
) -> Pool:
    """Draw groupings by chains from all the starts, in turn, until there are as many as asked for.

    Each start must keep the rules and meet the standards, with the same number of groups and the
    same people waiting. Where there seem to be no more groupings, or ``over`` says so, the pool
    has fewer.
    """
    seeds = np.random.SeedSequence(asked.seed, spawn_key=(asked.stream,)).spawn(
        max(_CHAINS, len(starts)) + 1
    )
    chains = [
        Chain(problem, start, standards, np.random.default_rng(seed), vary=asked.vary)
        for start, seed in zip(islice(cycle(starts), len(seeds) - 1), seeds, strict=False)
    ]
    gathered = _Gathered(
        np.random.default_rng(seeds[-1]).standard_normal((len(problem.roster), _PROJECTIONS)),
        [[] for _chain in chains],
    )
    for chain in chains:
        chain.warm_up(_WARM_UP)
    while True:
        for at, chain in enumerate(chains):
            for _sweep in range(_APART):
                chain.sweep()
            gathered.add(at, chain)
        if over() or not gathered.lacks(asked.draws):
            break
    hats = [hat for hat in map(rhat, gathered.columns()) if hat is not None]
    sizes = [size for size in map(effective_size, gathered.columns()) if size is not None]
    return Pool(
        np.array(_spaced(list(gathered.found.values()), asked.draws)),
        gathered.visits,
        sum(chain.tally.proposals for chain in chains),
        sum(chain.tally.accepted for chain in chains),
        len(starts),
        max(hats, default=None),
        min(sizes, default=None),
        allowed_pairs(problem, starts[0]),
    )


def _spaced(groupings: Sequence[IntArray], draws: int) -> list[IntArray]:
    """So many of all that were found, at even distances from the first on."""
    found = len(groupings)
    if found <= draws:
        return list(groupings)
    return [groupings[place * found // draws] for place in range(draws)]


def _numbers(chain: Chain, weights: FloatArray) -> list[float]:
    """What is followed to see how well chains mix: values, and who is together, in a few numbers.

    A number for each column of weights: the sum, over all pairs who are together, of the products
    of their weights.
    """
    group_of = chain.group_of
    placed = group_of != WAITLIST
    sums = np.zeros((int(group_of.max(initial=-1)) + 1, weights.shape[1]))
    np.add.at(sums, group_of[placed], weights[placed])
    return [*(sums**2).sum(axis=0).tolist(), *map(float, chain.values())]


def pair_counts(groupings: IntArray, allowed: int | None) -> PairCounts:
    """How often pairs are together in groupings (d, n), of whom so many are allowed to be."""
    people = groupings.shape[1]
    keys = np.concatenate([_pairs_together(grouping, people) for grouping in groupings])
    pairs, counts = np.unique(keys, return_counts=True)
    draws = len(groupings)
    never = allowed is not None and allowed > len(pairs)
    least = 0.0 if never else float(counts.min(initial=draws)) / draws
    return PairCounts(
        allowed,
        len(pairs),
        int((counts == draws).sum()),
        None if allowed is None else least,
        float(counts.max(initial=0)) / draws,
    )


def _pairs_together(grouping: IntArray, people: int) -> IntArray:
    order = np.argsort(grouping, kind="stable")
    order = order[grouping[order] != WAITLIST]
    group = grouping[order]
    found = []
    for step in range(1, int(np.bincount(group).max(initial=1))):
        same = group[step:] == group[:-step]
        found.append(order[:-step][same] * people + order[step:][same])
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def allowed_pairs(problem: Problem, grouping: Grouping) -> int | None:
    """How many pairs of placed people no rule forbids that a larger group breaks if the pair does.

    None where they are too many to be listed.
    """
    placed = grouping.seating().people
    if len(placed) * (len(placed) - 1) // 2 > _MOST_PAIRS:
        return None
    one, two = np.triu_indices(len(placed), 1)
    people = placed[np.stack([one, two], axis=1).ravel()]
    seating = Seating(people, np.repeat(np.arange(len(one)), 2), len(one))
    plan = problem.plan(max(1, len(problem.roster) // 2))
    kept = np.ones(len(one), dtype=bool)
    for rule in problem.rulebook.rules:
        if rule.hereditary and not rule.compares:
            kept &= rule.shortfall(problem.roster, plan, seating) == 0
    return int(kept.sum())


def fingerprint(grouping: IntArray, ids: Sequence[str]) -> str:
    """The SHA-256 of who is together, by ids: the same for equal groupings on any machine."""
    groups: dict[int, list[str]] = {}
    for id_, group in zip(ids, grouping.tolist(), strict=True):
        if group != WAITLIST:
            groups.setdefault(group, []).append(id_)
    lines = sorted("\t".join(sorted(members)) for members in groups.values())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
