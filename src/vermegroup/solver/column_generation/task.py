"""What is asked where groups are made anew, and what came of it, counted in plain integers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.bonds import Policy
from vermegroup.domain.grouping import NOBODY
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.solver.column_generation.columns import holds
from vermegroup.solver.column_generation.fragments import Fragments


@dataclass(frozen=True, slots=True)
class Ask:
    """``here`` (m,) are some people of the problem, and ``fragments`` what is left of their groups.

    ``sizes`` are those that groups may have: where a rule compares them, only such as fit together.
    The rules are asked of everybody's problem, for some of them look at all; ``single`` are those
    about single groups. ``number`` is how many groups there are to be, where that is asked for.
    """

    problem: Problem
    here: IntArray
    fragments: Fragments
    policy: Policy
    sizes: range
    number: int | None = None
    single: Problem = field(init=False)

    def __post_init__(self) -> None:
        """Leave out the rules that compare groups: the sizes see to those."""
        rules = self.problem.rulebook.rules
        single = self.problem.under(tuple(rule for rule in rules if not rule.asks_number))
        object.__setattr__(self, "single", single)

    @property
    def plan(self) -> Plan:
        """The plan under which a single group is judged."""
        return self.problem.plan(1, everyone=False)

    def people(self, columns: IntArray) -> IntArray:
        """Candidate groups, given by places among those here, as people of the problem."""
        return np.append(self.here, NOBODY)[columns]

    def holds(self, columns: IntArray) -> BoolArray:
        """Which candidate groups keep every rule that is about single groups, shape (c,)."""
        return holds(self.single, self.plan, self.people(columns))


def sizes_that_fit(problem: Problem, people: int) -> list[range]:
    """The sizes that groups may have, of which at most so many people are.

    Where they are to be even, none is larger than another by more than one: a range for each two
    neighbouring sizes.
    """
    spec = problem.rulebook.groups
    smallest, largest = spec.smallest, min(spec.largest, people)
    if largest < smallest or not any(rule.asks_number for rule in problem.rulebook.rules):
        return [range(smallest, largest + 1)]
    last = max(smallest + 1, largest)
    return [range(low, min(low + 1, largest) + 1) for low in range(smallest, last)]


@dataclass(frozen=True, slots=True)
class Regrouped:
    """``group_of`` (n,) is each person's new group, -1 for the waitlist.

    ``missing`` are those on the waitlist whom a rule keeps off it; ``again`` counts the turns that
    groups took before. ``new`` are the new bonds but for those among people who had no group, and
    ``off`` is how far sizes are from the one wished for, where there are several such people.
    ``late`` tells who of them waits, by their turns: less is later. ``kept``: there are as many
    groups as asked for; ``never``: it is shown that there cannot be. ``proven``: nothing is better
    in people placed, bonds broken, groups touched, new bonds and sizes, in this order;
    ``in_turn``: nor in who waits. ``broken_bound`` is the fewest bonds that any answer must break
    which leaves no more waiting; ``waiting_bound`` the fewest people who must wait. ``costs`` are
    the preferences' values, less being better; so many of the first are ``settled``: shown to be
    the best, each without loss to any that comes before it.
    """

    group_of: IntArray
    groups: int
    missing: int
    waiting: int
    broken: int
    touched: int
    new: int
    again: int = 0
    off: int = 0
    late: tuple[int, ...] = ()
    kept: bool = True
    never: bool = False
    in_turn: bool = True
    proven: bool = False
    broken_bound: int = 0
    waiting_bound: int = 0
    costs: tuple[int, ...] = ()
    settled: int = 0

    def rank(self) -> tuple[int, int, int, int]:
        """What people are told of: less is better."""
        return self.waiting, self.broken, self.touched, self.new

    @property
    def missing_bound(self) -> int:
        """The fewest of those on the waitlist whom a rule keeps off it."""
        return self.missing if self.proven else 0

    def order(self) -> tuple[int, ...]:
        """All that answers are compared by before the preferences: less is better."""
        return (
            *(int(not self.kept), self.missing, self.waiting, self.broken, *self.late),
            *(self.touched, self.new, self.again, self.off),
        )

    def doubted(self, broken_bound: int = 0) -> Regrouped:
        """The same without a proof."""
        bound = min(self.broken, broken_bound)
        known = replace(self, proven=False, in_turn=False, settled=0)
        return replace(known, broken_bound=bound, waiting_bound=0)


def counted(fragments: Fragments, group_of: IntArray) -> Regrouped:
    """An answer with all that it comes to, and nothing said of a better one."""
    seats = group_of.tolist()
    homes_of: dict[int, list[int]] = {}
    for person, fragment in enumerate(fragments.fragment_of.tolist()):
        homes_of.setdefault(fragment, []).append(seats[person])
    sizes = Counter(home for home in seats if home >= 0)
    apart = {
        fragment: Counter(home for home in homes if home >= 0)
        for fragment, homes in homes_of.items()
    }
    kept = sum(_pairs(many) for counts in apart.values() for many in counts.values())
    stay = {
        next(iter(counts)): fragment
        for fragment, counts in apart.items()
        if fragment < fragments.old
        and len(counts) == 1
        and _alone(counts, sizes) == len(homes_of[fragment])
    }
    took = sum(
        int(fragments.turns[fragment])
        for fragment, counts in apart.items()
        for home in counts
        if home not in stay
    )
    waiting = [person for person, home in enumerate(seats) if home < 0]
    unknown = Counter(
        home for home, f in zip(seats, fragments.fragment_of, strict=True) if f >= fragments.old
    )
    fresh = sum(_pairs(many) for home, many in unknown.items() if home >= 0)
    return Regrouped(
        group_of,
        len(sizes),
        sum(bool(fragments.promised[person]) for person in waiting),
        len(waiting),
        sum(_pairs(len(homes)) for homes in homes_of.values()) - kept,
        fragments.old - len(stay),
        sum(_pairs(many) for many in sizes.values()) - kept - fresh,
        took,
        sum(int(fragments.off[size]) for size in sizes.values()),
    )


def best_of(answers: Sequence[Regrouped]) -> Regrouped:
    """The best of answers that between them leave nothing out."""
    best = min(answers, key=lambda answer: (answer.order(), answer.costs))
    rivals = [answer for answer in answers if answer.order() == best.order()]
    settled = 0
    while settled < len(best.costs) and all(answer.settled > settled for answer in rivals):
        rivals = [answer for answer in rivals if answer.costs[settled] == best.costs[settled]]
        settled += 1
    proven = all(answer.proven for answer in answers)
    return replace(
        best,
        proven=proven,
        broken_bound=best.broken if proven else min(answer.broken_bound for answer in answers),
        waiting_bound=min(answer.waiting_bound for answer in answers),
        settled=settled if proven else 0,
    )


def levels_of(fragments: Fragments, answer: Regrouped) -> tuple[int, ...]:
    """What an answer comes to as candidate groups are added up, bonds in halves."""
    return (
        answer.missing * fragments.dear + answer.waiting - answer.missing,
        2 * answer.broken,
        answer.touched - fragments.old,
        answer.new,
        answer.again,
        answer.off,
    )


def _alone(counts: Counter[int], sizes: Counter[int]) -> int:
    """How many of a fragment are in its only group, if that has nobody else."""
    ((home, many),) = counts.items()
    return many if sizes[home] == many else 0


def _pairs(people: int) -> int:
    return people * (people - 1) // 2
