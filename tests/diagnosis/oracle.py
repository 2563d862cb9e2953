"""The naive twin of diagnosis: every way of seating a handful of people, under any of the rules.

Rules are read from how they are written in a rulebook and judged in plain Python, on top of
:mod:`tests.brute_force`; no arithmetic is shared with the package. A set of rules is told by
labels, as in ``{"size", "different: municipality", "place_everyone"}``. What a set leaves out is
not asked for: without ``size`` a group has any size from 1 up; without ``place_everyone`` people
may wait, though one group at least is formed; ``count`` is a number of groups that the rulebook
fixes, and without it there may be any number from 1 up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import combinations

import yaml

from tests.brute_force import Groups, Naive, groupings
from tests.diagnosis.meanings import Traits, judge, people_of
from vermegroup.domain.kind import Kind
from vermegroup.domain.problem import Problem
from vermegroup.domain.rulebook import GroupSpec
from vermegroup.rules.size import Size

SIZE, COUNT, EVERYONE, RESILIENT = "size", "count", "place_everyone", "resilient: 1"
MOST_PEOPLE = 9

Labels = frozenset[str]


@cache
def label(rule: Kind) -> str:
    """A rule's name in a set of rules: its entry in the rulebook on one line."""
    if isinstance(rule, Size):
        return SIZE
    written = rule.written()
    if isinstance(written, str):
        return written
    return yaml.safe_dump(written, default_flow_style=True, width=10_000).strip()[1:-1]


def labels(problem: Problem) -> Labels:
    """All that the rulebook asks for: its rules, and the number of groups if that is fixed."""
    spec = problem.rulebook.groups
    fixed = (spec.fewest, spec.most) != (None, None)
    return frozenset([label(r) for r in problem.rulebook.rules] + [COUNT] * fixed)


def only(problem: Problem, wanted: Labels, largest: int | None = None) -> Problem:
    """The same roster under some of its rules.

    Without ``size`` groups may have up to ``largest`` members, by default the whole roster.
    """
    book = problem.rulebook
    spec, loose = book.groups, Size(1, largest or len(problem.roster))
    kept = [rule for rule in book.rules if label(rule) in wanted]
    if SIZE not in wanted:
        kept = [loose, *kept]
        spec = GroupSpec(1, loose.largest, None, spec.fewest, spec.most)
    if COUNT not in wanted:
        spec = replace(spec, fewest=None, most=None)
    rules = tuple(rule.among(tuple(kept)) for rule in kept)
    wishes = tuple(wish for wish in book.preferences if not isinstance(wish, Size))
    return Problem(problem.roster, replace(book, groups=spec, rules=rules, preferences=wishes))


# the three answers ------------------------------------------------------------------------------
def brute_force_feasible(problem: Problem, wanted: Labels | None = None) -> bool:
    """Whether some grouping keeps all of these rules (None: all that there are)."""
    found = _ways(problem)
    return found.allow(labels(problem) if wanted is None else wanted)


def brute_force_minimal_conflicts(problem: Problem) -> set[Labels]:
    """Every set of rules that no grouping keeps, and of which any smaller part can be kept."""
    ways, all_labels = _ways(problem), sorted(labels(problem))
    minimal: list[Labels] = []
    for size in range(1, len(all_labels) + 1):
        for chosen in map(frozenset, combinations(all_labels, size)):
            if not any(known <= chosen for known in minimal) and not ways.allow(chosen):
                minimal.append(chosen)
    return set(minimal)


def brute_force_fewest_waiting(problem: Problem, *, any_number: bool = False) -> int | None:
    """The fewest people left without a group when all other rules hold; None if even so none can.

    Counts who waits although ``place_everyone`` forbids it, and needs one group at least; with
    ``any_number`` as many as there may be.
    """
    given_up = {EVERYONE, COUNT} if any_number else {EVERYONE}
    return _ways(problem).fewest_waiting(labels(problem) - given_up)


def brute_force_numbers(problem: Problem) -> set[int]:
    """The numbers of groups of which some grouping keeps all rules."""
    return {groups for _, groups in _ways(problem).keeping(labels(problem))}


# every way of seating them --------------------------------------------------------------------
@dataclass(frozen=True)
class Ways:
    """What every grouping breaks: (rules broken, rules broken once somebody is absent, waiting,
    groups).

    Groupings that break the same are told once.
    """

    found: frozenset[tuple[Labels, Labels, int, int]]

    def keeping(self, wanted: Labels) -> Iterator[tuple[int, int]]:
        """How many wait, and how many groups there are, in the groupings that keep these rules."""
        for broken, absent, waiting, groups in self.found:
            if not broken & wanted and not (RESILIENT in wanted and absent & wanted):
                yield waiting, groups

    def allow(self, wanted: Labels) -> bool:
        """Whether there is such a grouping."""
        return any(True for _ in self.keeping(wanted))

    def fewest_waiting(self, wanted: Labels) -> int | None:
        """The fewest who wait in any of them."""
        return min((waiting for waiting, _ in self.keeping(wanted)), default=None)


_KNOWN: dict[int, tuple[Problem, Ways]] = {}


def _ways(problem: Problem) -> Ways:
    """Worked out once for each problem, which is kept with its answer so that no id comes back."""
    if id(problem) not in _KNOWN:
        _KNOWN.clear()
        _KNOWN[id(problem)] = (problem, _worked_out(problem))
    return _KNOWN[id(problem)][1]


def _worked_out(problem: Problem) -> Ways:
    people = people_of(problem)
    assert len(people) <= MOST_PEOPLE, "brute force is for a handful of people"
    spec, rules = problem.rulebook.groups, problem.rulebook.rules
    judges = {label(r): judge(r.kind, r.written(), people) for r in rules if _is_local(r)}
    judges[SIZE] = lambda group: spec.smallest <= len(group) <= spec.largest
    lasting = {label(rule) for rule in rules if rule.outlives_absence}

    @cache
    def broken(group: tuple[int, ...]) -> Labels:
        members = [people[person] for person in group]
        return frozenset(name for name, keeps in judges.items() if not keeps(members))

    @cache
    def absent(group: tuple[int, ...]) -> Labels:
        if len(group) == 1:  # without its only member a group is none
            return frozenset([RESILIENT])
        rest = (group[:at] + group[at + 1 :] for at in range(len(group)))
        return frozenset(name for own in rest for name in broken(own) if name in lasting)

    def all_of(groups: Groups) -> tuple[Labels, Labels, int, int]:
        whole = _broken_by_the_whole(problem, people, groups)
        return (
            frozenset(whole).union(*map(broken, groups)),
            frozenset().union(*map(absent, groups)),
            len(people) - sum(map(len, groups)),
            len(groups),
        )

    return Ways(frozenset(all_of(groups) for groups in _all_groupings(len(people))))


def _all_groupings(people: int) -> Iterator[Groups]:
    """Every way of forming one group or more, with or without people left over."""
    anything = Naive(1, people, 1, (), (), everyone=False)
    for count in range(1, people + 1):
        yield from groupings(people, count, anything)


def _is_local(rule: Kind) -> bool:
    of_all = {"size", "pin", "resilient", "even_sizes", "balance"}
    return not rule.seats_everyone and rule.kind not in of_all


def _broken_by_the_whole(
    problem: Problem, people: Sequence[Traits], groups: Groups
) -> Iterator[str]:
    """The rules that look at more than one group."""
    spec = problem.rulebook.groups
    if not (spec.fewest or 1) <= len(groups) <= (spec.most or len(people)):
        yield COUNT
    if sum(map(len, groups)) < len(people):
        yield EVERYONE
    for rule in problem.rulebook.rules:
        if rule.kind == "pin" and not _pinned(rule.seats, people, groups):
            yield label(rule)
        if rule.kind == "even_sizes" and max(map(len, groups)) - min(map(len, groups)) > 1:
            yield label(rule)
        if rule.kind == "balance" and not _balanced(rule, people, groups):
            yield label(rule)


def _balanced(rule: Kind, people: Sequence[Traits], groups: Groups) -> bool:
    """Whether every group's mean is near everybody's, those who wait included."""
    numbers = [Fraction(person[rule.trait]) for person in people]
    mean = sum(numbers) / len(numbers)
    means = (sum(numbers[at] for at in group) / len(group) for group in groups)
    return all(abs(own - mean) <= rule.at_most for own in means)


def _pinned(seats: Sequence[tuple[str, str]], people: Sequence[Traits], groups: Groups) -> bool:
    """Whether groups can be named so that everyone who was promised a group sits in it."""
    ids = {person["id"]: at for at, person in enumerate(people)}
    where = {person: at for at, group in enumerate(groups) for person in group}
    named = {(where.get(ids[own]), name) for own, name in seats}
    if any(at is None for at, _ in named):
        return False
    numbers = [int(name[1:]) for _, name in seats]
    one_to_one = len(named) == len({at for at, _ in named}) == len({name for _, name in named})
    return one_to_one and max(numbers) <= len(groups)
