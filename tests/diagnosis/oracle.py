"""The naive twin of diagnosis: every way of seating a handful of people, under any of the rules.

Rules are read from how they are written in a rulebook and judged by what :mod:`tests.oracle` says
they mean; no arithmetic is shared with the package. A set of rules is told by labels, as in
``{"size", "different: municipality", "place_everyone"}``. What a set leaves out is not asked for:
without ``size`` a group has any size from 1 up; without ``place_everyone`` people
may wait, though one group at least is formed; ``count`` is a number of groups that the rulebook
fixes, and without it there may be any number from 1 up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import combinations

import yaml

from tests.oracle.answers import Oracle
from tests.oracle.meanings import Groups, Members
from tests.oracle.written import Book, Person, entry_of, number_of
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
    assert len(problem.roster) <= MOST_PEOPLE, "brute force is for a handful of people"
    return Ways(frozenset(_Rules(problem).ways()))


class _Rules:
    """A problem's rules, each held against groups by itself."""

    def __init__(self, problem: Problem) -> None:
        self._people, self._book = people_of(problem), _book_of(problem)
        self._of_all_sizes = Oracle(
            self._people, replace(self._book, smallest=1, largest=len(self._people)), {}
        )
        self._oracles = {
            label(rule): self._of_all_sizes.with_book(rules=(entry_of(rule.written()),))
            for rule in problem.rulebook.rules
            if label(rule) not in {SIZE, RESILIENT}
        }
        spared = (name for name, oracle in self._oracles.items() if oracle.rules[0].spared)
        self._lasting = frozenset([SIZE, *spared])
        self._broken, self._without_one = cache(self._broken_by), cache(self._broken_without_one)

    def ways(self) -> Iterator[tuple[Labels, Labels, int, int]]:
        """What every grouping breaks, as :class:`Ways` has it."""
        for groups in self._of_all_sizes.groupings():
            yield (
                frozenset(self._broken_by_all(groups)).union(*map(self._broken, groups)),
                frozenset().union(*map(self._without_one, groups)),
                len(self._people) - sum(map(len, groups)),
                len(groups),
            )

    def _broken_by(self, group: Members) -> Labels:
        sized = self._book.smallest <= len(group) <= self._book.largest
        found = (name for name, oracle in self._oracles.items() if not oracle.rules[0].keeps(group))
        return frozenset([*found, *([] if sized else [SIZE])])

    def _broken_without_one(self, group: Members) -> Labels:
        """What a group breaks once one or another of it is absent."""
        if len(group) == 1:  # without its only member a group is none
            return frozenset([RESILIENT])
        rest = (group[:at] + group[at + 1 :] for at in range(len(group)))
        return frozenset().union(*map(self._broken, rest)) & self._lasting

    def _broken_by_all(self, groups: Groups) -> Iterator[str]:
        """The rules that look at more than one group."""
        if not self._book.allows(len(groups)):
            yield COUNT
        yield from (n for n, oracle in self._oracles.items() if not oracle.allows_together(groups))


def people_of(problem: Problem) -> list[Person]:
    """The roster as rows of texts."""
    roster = problem.roster
    found = [{"id": str(id_)} for id_ in roster.ids]
    read_anew = {band_set.trait for band_set in problem.rulebook.bands}
    for at, row in enumerate(found):
        for name, trait in roster.categories.items():
            if name not in read_anew:
                row[name] = trait.values[trait.codes[at]]
        for name, number in roster.numbers.items():
            row[name] = _decimal(Fraction(int(number.ticks[at]), number.per_unit))
        for name, sets in roster.sets.items():
            row[name] = ";".join(
                value for value, has in zip(sets.values, sets.member[at], strict=True) if has
            )
    return found


def _decimal(number: Fraction) -> str:
    text = str(float(number)).removesuffix(".0")
    assert number_of(text) == number
    return text


def _book_of(problem: Problem) -> Book:
    """What the rulebook asks for beside its rules; of bands, the texts that they were given."""
    spec = problem.rulebook.groups
    bands = {
        band_set.trait: {"of": band_set.of, **{band.name: band.written for band in band_set.bands}}
        for band_set in problem.rulebook.bands
    }
    return Book(spec.smallest, spec.largest, None, spec.fewest, spec.most, bands, (), ())
