"""Groupings are drawn of what was formed; each is audited before anybody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.design import Among, Design, DrawRequest, Sizes
from vermegroup.domain.findings import AuditError
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.outcome import Outcome
from vermegroup.domain.problem import Problem
from vermegroup.domain.split import Part, parts_of
from vermegroup.evidence.pool import Pool, PoolRequest, draw_pool, fingerprint, pair_counts
from vermegroup.evidence.standards import Standard, meets, standards_of
from vermegroup.evidence.starts import Form, starts_like
from vermegroup.judge.auditor import keeps_rules
from vermegroup.solver.join_parts import joined
from vermegroup.solver.search import Limits
from vermegroup.solver.solution import named, promised

# Each of them draws by a stream of its own: the parts of a split roster have those before.
_JOINING, _CHOICE = 1_000_000, 1_000_001
_TRIES = 5
"""How often a combination of the parts' groupings is drawn for each that is wanted."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The groupings of a pool, (d,), of the whole roster, and how they came about."""

    problem: Problem
    groupings: tuple[Grouping, ...]
    design: Design

    def fingerprints(self) -> list[str]:
        """The SHA-256 of who is together in each."""
        ids = list(map(str, self.problem.roster.ids))
        return [fingerprint(each.group_of, ids) for each in self.groupings]

    def with_choice(self, seed: int) -> Drawn:
        """The same pool, with the member that the seed chooses, each as likely as any other."""
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(_CHOICE,)))
        chosen = int(rng.integers(len(self.groupings))) + 1
        return replace(self, design=replace(self.design, chosen=chosen))

    @property
    def chosen(self) -> Grouping:
        """The grouping that was chosen."""
        assert self.design.chosen is not None
        return self.groupings[self.design.chosen - 1]


@dataclass(frozen=True, slots=True)
class _PartPool:
    """What was drawn of those who form groups apart, ``people`` (m,) of the whole roster."""

    part: Part
    pool: Pool

    @classmethod
    def drawn(
        cls,
        part: Part,
        starts: Sequence[Grouping],
        standards: Sequence[Standard],
        wanted: PoolRequest,
        over: Callable[[], bool],
    ) -> _PartPool:
        """Draw the pool. Raises AuditError where a grouping does not meet the standards."""
        found = cls(part, draw_pool(part.problem, starts, standards, wanted, over))
        for number in range(len(found.pool)):
            if not meets(part.problem, found.grouping(number), standards):
                raise AuditError("a drawn grouping is not as good as it should be")
        return found

    def grouping(self, number: int) -> Grouping:
        """One of the pool's groupings, the groups named as they were promised."""
        group_of = self.pool.groupings[number]
        groups = int(group_of.max(initial=WAITLIST)) + 1
        return named(group_of, groups, promised(self.part.problem))


def draw(
    outcome: Outcome,
    asked: DrawRequest,
    limits: Limits,
    form: Form,
    over: Callable[[], bool] = lambda: False,
) -> Drawn:
    """Draw groupings with the groups' number, and with the people waiting, that were formed.

    Of a split roster each part is drawn apart, and a grouping of all has one of each, combined by
    lot. ``form`` finds further starts, and ``over`` ends it early.

    Raises AuditError where the audit does not confirm one of them, which is a defect.
    """
    assert outcome.grouping is not None
    problem = outcome.problem
    pools = []
    for stream, (part, formed) in enumerate(_parts(problem, outcome)):
        standards = _standards(part.problem, formed, asked)
        starts = starts_like(part.problem, formed, standards, asked, limits, form)
        varying = asked.sizes is Sizes.VARYING
        wanted = PoolRequest(asked.draws, limits.seed, varying, stream)
        pools.append(_PartPool.drawn(part, starts, standards, wanted, over))
    groupings = tuple(_joined(problem, pools, asked.draws, limits.seed))
    for each in groupings:
        if not keeps_rules(problem, each):
            raise AuditError("a drawn grouping breaks a rule")
    return Drawn(problem, groupings, _design(pools, groupings, asked))


def _parts(problem: Problem, outcome: Outcome) -> Iterator[tuple[Part, Grouping]]:
    """Those who form groups apart, with what was formed of them."""
    if not outcome.parts:
        assert outcome.grouping is not None
        yield Part("", np.arange(len(problem.roster)), problem), outcome.grouping
        return
    for part, answer in zip(parts_of(problem), outcome.parts, strict=True):
        assert answer.outcome.grouping is not None
        yield part, answer.outcome.grouping


def _standards(problem: Problem, formed: Grouping, asked: DrawRequest) -> tuple[Standard, ...]:
    """How good groupings must be; where there is no group, there is nothing to be good at."""
    if asked.among is Among.VALID or not formed.groups:
        return ()
    return standards_of(problem, formed, asked.within)


def _joined(
    problem: Problem, pools: Sequence[_PartPool], draws: int, seed: int
) -> Iterator[Grouping]:
    """Groupings of the whole roster, none twice."""
    if len(pools) == 1 and not problem.rulebook.split:
        yield from (pools[0].grouping(number) for number in range(len(pools[0].pool)))
        return
    for numbers in _combinations([len(each.pool) for each in pools], draws, seed):
        of_parts = zip(pools, numbers, strict=True)
        each = [(one.part, one.grouping(number)) for one, number in of_parts]
        yield joined(len(problem.roster), each)


def _combinations(sizes: Sequence[int], draws: int, seed: int) -> list[tuple[int, ...]]:
    """So many different numbers, one of each pool, by lot; all in order where there are no more."""
    if prod(sizes) <= draws:
        return list(product(*map(range, sizes)))
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(_JOINING,)))
    found: dict[tuple[int, ...], None] = {}
    for _try in range(_TRIES * draws):
        if len(found) == draws:
            break
        found[tuple(int(rng.integers(size)) for size in sizes)] = None
    return list(found)


def _design(
    pools: Sequence[_PartPool], groupings: Sequence[Grouping], asked: DrawRequest
) -> Design:
    hats = [each.pool.rhat for each in pools if each.pool.rhat is not None]
    sizes = [each.pool.ess for each in pools if each.pool.ess is not None]
    allowed = [each.pool.allowed for each in pools]
    together = np.array([each.group_of for each in groupings])
    known = [count for count in allowed if count is not None]
    return Design(
        asked,
        len(groupings),
        sum(each.pool.proposals for each in pools),
        sum(each.pool.accepted for each in pools),
        min(each.pool.starts for each in pools),
        max(hats, default=None),
        min(sizes, default=None),
        pair_counts(_as_ints(together), sum(known) if len(known) == len(allowed) else None),
    )


def _as_ints(groupings: IntArray) -> IntArray:
    return groupings.astype(np.int64, copy=False)
