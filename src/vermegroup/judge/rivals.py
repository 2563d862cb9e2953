"""Numbers of groups as rivals: what another number could reach where one has reached something.

The preferences are settled in their order over all numbers of groups that the rulebook allows, so
one number is best only if no other does better. Branch and bound (Land and Doig 1960) over the
numbers: a bound by arithmetic dismisses most of them at once, and those it leaves are searched.
Arithmetic alone: the solver and the audit use the same, and neither the other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import PreferenceStanding, Problem, settled
from vermegroup.domain.roster import Roster
from vermegroup.judge.bounds import with_certain_sizes
from vermegroup.judge.certificates import Certificates

# People looked at, over all numbers, for the bounds of one preference: some seconds. Beyond it
# the others are not weighed, and what is best is said of one number alone.
MOST_LOOKS = 20_000_000
# The same where it only makes a sentence more exact.
MOST_LOOKS_TO_TELL = 1_000_000


@dataclass(frozen=True, slots=True)
class Rival:
    """A number of groups that may do better in the preference at ``since``, or after it.

    ``bounds`` are the best it could reach in that preference and those after it.
    """

    groups: int
    since: int
    bounds: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Contest:
    """Who is left in a contest of one number of groups with all others.

    ``unweighed`` is the first preference in which others were too many to be compared, if any.
    """

    rivals: tuple[Rival, ...] = ()
    unweighed: int | None = None

    def after(
        self,
        found: Mapping[int, Sequence[PreferenceStanding]],
        impossible: frozenset[int],
        values: Sequence[int],
        elsewhere: Mapping[int, int],
        senses: Sequence[int],
    ) -> Contest:
        """The same contest with what search has shown of some numbers.

        ``elsewhere`` is what the first preference cannot pass with numbers that were not tried.
        """
        left = [
            _searched(rival, [standing.bound for standing in found[rival.groups]], values, senses)
            if rival.groups in found
            else _narrowed(rival, elsewhere.get(rival.groups), values, senses)
            for rival in self.rivals
            if rival.groups not in impossible
        ]
        return replace(self, rivals=tuple(rival for rival in left if rival is not None))


@dataclass(frozen=True, slots=True)
class _Alike:
    """Plans that differ in their number of groups alone, and are made when they are asked for.

    A large roster allows hundreds of thousands of numbers.
    """

    plan: Plan
    numbers: IntArray

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Plan]:
        return (replace(self.plan, groups=groups) for groups in self.numbers.tolist())

    def not_worse(self, roster: Roster, preference: Kind, value: int) -> _Alike:
        """Those whose bound of a preference is not worse than a value."""
        bounds = preference.bounds(roster, self.plan, self.numbers)
        ahead = (value - bounds) * preference.sense.value
        return _Alike(self.plan, self.numbers[ahead >= 0])


@dataclass(slots=True)
class Rivals:
    """The numbers of groups that a rulebook allows, as far as bounds by arithmetic tell."""

    problem: Problem
    numbers: Sequence[int]
    _certificates: Certificates | None = field(default=None, init=False)
    _ruled_out: dict[int, bool] = field(default_factory=dict, init=False)

    def in_order(self) -> Iterator[int]:
        """All numbers, the one of the best bounds first.

        Among equals the one whose sizes are nearest to the preferred one, then fewer and so larger
        groups, which survive an absence more easily.
        """
        people, spec = len(self.problem.roster), self.problem.rulebook.groups
        wished = spec.prefer if spec.prefer is not None else (spec.smallest + spec.largest) / 2
        numbers = np.asarray(self.numbers)
        beyond = np.maximum(0, people - numbers * spec.largest)
        order = np.lexsort((numbers, np.abs(people - wished * numbers), beyond))
        numbers = numbers[order]
        if not self._preferences:
            yield from numbers.tolist()
            return
        # Of more groups than there are people for, preferences have no bound.
        enough = numbers * spec.smallest <= people
        yield from self._by_sizes(self.problem.plan(1), numbers[enough], 0)
        yield from numbers[~enough].tolist()

    def alone(self, preference: Kind) -> int | None:
        """The best that a preference by itself could reach with any number; None if not weighed."""
        spec, roster = self.problem.rulebook.groups, self.problem.roster
        numbers = [groups for groups in self.numbers if groups * spec.smallest <= len(roster)]
        if not numbers or not self._affordable(numbers, preference):
            return None
        bounds = (preference.bound(roster, self.problem.plan(groups)) for groups in numbers)
        return preference.sense.value * min(bound * preference.sense.value for bound in bounds)

    def against(self, groups: int, values: Sequence[int]) -> Contest:
        """Which numbers may do better than one that has reached these values."""
        numbers = np.asarray(self.numbers, dtype=np.int64)
        plans: _Alike | list[Plan] = _Alike(self.problem.plan(groups), numbers[numbers != groups])
        rivals: list[Rival] = []
        for index, value in enumerate(values):
            preference, equal = self._preferences[index], []
            if not self._affordable(plans, preference):
                return Contest(tuple(rivals), index)
            if isinstance(plans, _Alike) and preference.sizes_alone:
                plans = plans.not_worse(self.problem.roster, preference, value)
            for plan, bound in self._bounded(plans, index):
                ahead = (value - bound) * preference.sense.value
                if ahead >= 0 and not self._impossible(plan.groups):
                    if ahead:
                        rivals.append(self._rival(plan, index, bound))
                    else:
                        equal.append(settled(plan, preference, bound, bound))
            plans = equal
        return Contest(tuple(rivals))

    @property
    def _preferences(self) -> tuple[Kind, ...]:
        return self.problem.rulebook.preferences

    def _by_sizes(self, plan: Plan, numbers: IntArray, index: int) -> Iterator[int]:
        """Numbers in the order of the first preferences, as long as these look at sizes alone."""
        preference = self._preferences[index] if index < len(self._preferences) else None
        if preference is None or len(numbers) < 2:
            yield from numbers.tolist()
        elif preference.sizes_alone:
            bounds = preference.bounds(self.problem.roster, plan, numbers)
            ranks = bounds * preference.sense.value
            order = np.argsort(ranks, kind="stable")
            ends = np.flatnonzero(np.diff(ranks[order], append=np.inf)) + 1
            for start, end in pairwise([0, *ends.tolist()]):
                bound = int(bounds[order[start]])
                equal = settled(plan, preference, bound, bound)
                yield from self._by_sizes(equal, numbers[order[start:end]], index + 1)
        elif self._affordable(numbers, preference):
            yield from self._ranked(list(_Alike(plan, numbers)), index)
        else:
            sample = self._sample(numbers)
            yield from self._ranked(list(_Alike(plan, sample)), index)
            yield from numbers[~np.isin(numbers, sample)].tolist()

    def _ranked(self, plans: list[Plan], index: int) -> Iterator[int]:
        """Numbers equal in all preferences before this one, in the order of their bounds."""
        preference = self._preferences[index] if index < len(self._preferences) else None
        if preference is None or len(plans) < 2:
            yield from (plan.groups for plan in plans)
            return
        sense = preference.sense.value

        def rank(pair: tuple[Plan, int]) -> int:
            return pair[1] * sense

        for _, run in groupby(sorted(self._bounded(plans, index), key=rank), key=rank):
            equal = [settled(plan, preference, bound, bound) for plan, bound in run]
            yield from self._ranked(equal, index + 1)

    def _sample(self, numbers: IntArray) -> IntArray:
        """The first, the fewest and the most groups, and as many between as can be looked at."""
        most = max(2, MOST_LOOKS // len(self.problem.roster))
        places = np.linspace(0, len(numbers) - 1, most - 1).astype(np.int64)
        found = [int(numbers[0]), *np.sort(numbers)[places].tolist()]
        return np.array(list(dict.fromkeys(found)), dtype=np.int64)

    def _bounded(self, plans: Iterable[Plan], index: int) -> Iterator[tuple[Plan, int]]:
        """Each plan with its bound of a preference, given that those before it are at theirs."""
        preference, roster = self._preferences[index], self.problem.roster
        for plan in plans:
            sized = plan if preference.sizes_alone else self._sized(plan, index)
            yield sized, preference.bound(roster, sized)

    def _sized(self, plan: Plan, index: int) -> Plan:
        book = self.problem.rulebook
        before = replace(book, preferences=book.preferences[:index])
        return with_certain_sizes(Problem(self.problem.roster, before), plan)

    def _affordable(self, numbers: Sized, preference: Kind) -> bool:
        looks = len(numbers) * len(self.problem.roster)
        return preference.sizes_alone or len(numbers) <= 2 or looks <= MOST_LOOKS

    def _impossible(self, groups: int) -> bool:
        if groups not in self._ruled_out:
            self._certificates = self._certificates or Certificates(self.problem)
            proof = self._certificates.of(self.problem.plan(groups))
            self._ruled_out[groups] = proof is not None
        return self._ruled_out[groups]

    def _rival(self, plan: Plan, since: int, bound: int) -> Rival:
        open_plan, roster = self.problem.plan(plan.groups), self.problem.roster
        later = range(since + 1, len(self._preferences))
        bounds = {at: self._preferences[at].bound(roster, open_plan) for at in later}
        return Rival(plan.groups, since, {since: bound, **bounds})


def _searched(
    rival: Rival, shown: Sequence[int], values: Sequence[int], senses: Sequence[int]
) -> Rival | None:
    """What a number that was searched may still do better than these values."""
    at = _first_ahead(shown, values, senses, rival.since)
    if at is None:
        return None
    return replace(rival, since=at, bounds={**rival.bounds, at: shown[at]})


def _narrowed(
    rival: Rival, first: int | None, values: Sequence[int], senses: Sequence[int]
) -> Rival | None:
    """What a number may still do better than these values, given what bounds the ``first``."""
    if first is None or rival.since:
        return rival
    nearer = max(first * senses[0], rival.bounds[0] * senses[0]) * senses[0]
    bounds = {**rival.bounds, 0: nearer}
    at = _first_ahead([bounds[index] for index in range(len(values))], values, senses, 0)
    return None if at is None else replace(rival, since=at, bounds=bounds)


def _first_ahead(
    bounds: Sequence[int], values: Sequence[int], senses: Sequence[int], since: int
) -> int | None:
    """The first preference, from one on, in which bounds are better than what others reached.

    None where they are worse in an earlier one, or nowhere better.
    """
    for index, (bound, value, sense) in enumerate(zip(bounds, values, senses, strict=True)):
        ahead = (value - bound) * sense
        if ahead > 0 and index >= since:
            return index
        if ahead < 0:
            return None
    return None


def numbers_allowed(problem: Problem) -> range:
    """The numbers of groups that the sizes and the rulebook allow; empty where they allow none."""
    people, spec = len(problem.roster), problem.rulebook.groups
    low = -(-people // spec.largest) if problem.rulebook.everyone else 1
    high = people // spec.smallest
    low = max(low, spec.fewest or 1)
    return range(low, min(high, spec.most or high) + 1)


def best_alone(problem: Problem, preference: Kind) -> int | None:
    """The best that a preference could reach if it came first; None if that takes long to tell."""
    numbers = numbers_allowed(problem)
    if len(numbers) * len(problem.roster) > MOST_LOOKS_TO_TELL:
        return None
    return Rivals(problem, numbers).alone(preference)


def over_all_numbers(
    standings: Sequence[PreferenceStanding], rivals: Rivals, contest: Contest
) -> tuple[PreferenceStanding, ...]:
    """What is proven for one number of groups, as far as it holds for every number.

    A preference's bound is then the best of the number's own and of those that its rivals could
    reach.
    """
    return tuple(
        _over_all(
            standing, [rival.bounds[index] for rival in contest.rivals if rival.since <= index]
        )
        if contest.unweighed is None or index < contest.unweighed
        else replace(standing, proven=False, this_number=True)
        for index, standing in enumerate(_each_alone(standing, rivals) for standing in standings)
    )


def _over_all(standing: PreferenceStanding, bounds: Sequence[int]) -> PreferenceStanding:
    sense = standing.preference.sense.value
    best = min([standing.bound, *bounds], key=lambda bound: bound * sense)
    return replace(
        standing, bound=best, proven=standing.proven and (best - standing.value) * sense >= 0
    )


def _each_alone(tier: PreferenceStanding, rivals: Rivals) -> PreferenceStanding:
    """A tier with each preference that it weighs beside the best it could reach alone."""
    weighed = []
    for standing in tier.weighed:
        best = rivals.alone(standing.preference)
        if best is None:
            weighed.append(replace(standing, proven=False, this_number=True))
        else:
            weighed.append(replace(standing, bound=best, proven=standing.value == best))
    return replace(tier, weighed=tuple(weighed))
