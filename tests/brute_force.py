"""The naive twin of the solver: every grouping of a handful of people, judged in plain Python.

It shares no arithmetic with the package. Rules and preferences are given as small functions of a
group's members, written here anew from their meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

Group = tuple[int, ...]
Groups = tuple[Group, ...]


@dataclass(frozen=True)
class Person:
    municipality: str
    years: int | Fraction
    subject: str = ""
    hours: tuple[str, ...] = ()
    wishes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Naive:
    """A rulebook in plain terms: rules on a group, and costs (less is better) of a grouping.

    ``zero`` are costs that must be nothing: rules that look at more than a group's members.
    """

    smallest: int
    largest: int
    prefer: float
    rules: tuple[Callable[[Sequence[Person]], bool], ...]
    costs: tuple[Callable[[Sequence[Person], Groups], Fraction], ...]
    everyone: bool = True
    zero: tuple[Callable[[Sequence[Person], Groups], Fraction], ...] = ()
    fewest: int = 3


def groupings(people: int, count: int, naive: Naive) -> Iterator[Groups]:
    """Every way of forming this many groups; people may be left over if the rulebook allows."""
    yield from _divide(tuple(range(people)), count, naive)


def _divide(rest: Group, count: int, naive: Naive) -> Iterator[Groups]:
    if count == 0:
        if not rest or not naive.everyone:
            yield ()
        return
    if not rest:
        return
    first, others = rest[0], rest[1:]
    for size in range(naive.smallest, naive.largest + 1):
        for mates in combinations(others, size - 1):
            left = tuple(person for person in others if person not in mates)
            for groups in _divide(left, count - 1, naive):
                yield ((first, *mates), *groups)
    if not naive.everyone:
        yield from _divide(others, count, naive)


def best(roster: Sequence[Person], count: int, naive: Naive) -> tuple[Fraction, ...] | None:
    """The lexicographically least costs of a valid grouping, or None if there is none."""
    found: tuple[Fraction, ...] | None = None
    for groups in groupings(len(roster), count, naive):
        if not all(rule([roster[p] for p in group]) for group in groups for rule in naive.rules):
            continue
        if any(cost(roster, groups) for cost in naive.zero):
            continue
        costs = tuple(cost(roster, groups) for cost in naive.costs)
        if found is None or costs < found:
            found = costs
    return found


def answer(roster: Sequence[Person], naive: Naive) -> tuple[Fraction, ...] | None:
    """The best costs over all numbers of groups, or None where nothing is possible."""
    counts = range(1, len(roster) // naive.smallest + 1)
    found = [own for count in counts if (own := best(roster, count, naive)) is not None]
    return min(found, default=None)


# rules on one group ---------------------------------------------------------------------------
def different_municipalities(group: Sequence[Person]) -> bool:
    return len({person.municipality for person in group}) == len(group)


def includes_new(group: Sequence[Person]) -> bool:
    return any(person.years < 5 for person in group)


def includes_experienced(group: Sequence[Person]) -> bool:
    return any(person.years >= 10 for person in group)


def exactly_one_experienced(group: Sequence[Person]) -> bool:
    return sum(person.years >= 10 for person in group) == 1


# costs of a grouping --------------------------------------------------------------------------
def off_preferred(prefer: int) -> Callable[[Sequence[Person], Groups], Fraction]:
    return lambda _, groups: Fraction(sum(abs(len(group) - prefer) for group in groups))


def minus_spread(roster: Sequence[Person], groups: Groups) -> Fraction:
    pairs = (pair for group in groups for pair in combinations(group, 2))
    return Fraction(-sum(abs(roster[a].years - roster[b].years) for a, b in pairs))


def unevenness(roster: Sequence[Person], groups: Groups) -> Fraction:
    low, rest = divmod(sum(map(len, groups)), len(groups))
    high = low + (rest > 0)
    return Fraction(sum(max(0, low - len(group), len(group) - high) for group in groups))


def imbalance(roster: Sequence[Person], groups: Groups) -> Fraction:
    mean = Fraction(sum(person.years for person in roster), len(roster))
    means = [Fraction(sum(roster[p].years for p in group), len(group)) for group in groups]
    return max(abs(own - mean) for own in means)


def waiting(roster: Sequence[Person], groups: Groups) -> Fraction:
    return Fraction(len(roster) - sum(map(len, groups)))


def repeats(roster: Sequence[Person], groups: Groups) -> Fraction:
    return Fraction(sum(len(g) - len({roster[p].municipality for p in g}) for g in groups))


def experienced_per_new(group: Sequence[Person]) -> int:
    """How many experienced people are missing for one to each new one, and no more than two."""
    new = sum(person.years < 5 for person in group)
    experienced = sum(person.years >= 10 for person in group)
    return max(0, new - experienced) + max(0, experienced - 2 * new)


def one_to_two_experienced_per_new(group: Sequence[Person]) -> bool:
    return experienced_per_new(group) == 0


def off_ratio(roster: Sequence[Person], groups: Groups) -> Fraction:
    return Fraction(sum(experienced_per_new([roster[p] for p in group]) for group in groups))


def same_municipality(group: Sequence[Person]) -> bool:
    return len({person.municipality for person in group}) == 1


def municipalities(roster: Sequence[Person], groups: Groups) -> Fraction:
    return Fraction(sum(len({roster[p].municipality for p in group}) for group in groups))


def no_lone_new(group: Sequence[Person]) -> bool:
    return sum(person.years < 5 for person in group) != 1


def lone_new(roster: Sequence[Person], groups: Groups) -> Fraction:
    return Fraction(sum(not no_lone_new([roster[p] for p in group]) for group in groups))


def from_the_first_two_towns(group: Sequence[Person]) -> bool:
    return any(person.municipality in ("Town 0", "Town 1") for person in group)


def crowding_between_5_and_12(roster: Sequence[Person], groups: Groups) -> Fraction:
    found = [sum(5 <= roster[p].years <= 12 for p in group) for group in groups]
    return Fraction(sum(max(0, number - 1) for number in found))


def most_of_a_town(group: Sequence[Person]) -> int:
    towns = [person.municipality for person in group]
    return max(map(towns.count, towns))


def beyond_two(roster: Sequence[Person], groups: Groups) -> Fraction:
    towns = [[roster[p].municipality for p in group] for group in groups]
    return Fraction(sum(max(0, own.count(t) - 2) for own in towns for t in set(own)))


# who is with whom; people are told by their place in the roster -----------------------------------
def torn(*people: int) -> Callable[[Sequence[Person], Groups], Fraction]:
    """1 where some of them sit elsewhere than others; all may be waiting."""

    def cost(_: Sequence[Person], groups: Groups) -> Fraction:
        seats = {person: number for number, group in enumerate(groups) for person in group}
        return Fraction(len({seats.get(person) for person in people}) > 1)

    return cost


def meeting(*pairs: tuple[int, int]) -> Callable[[Sequence[Person], Groups], Fraction]:
    def cost(_: Sequence[Person], groups: Groups) -> Fraction:
        return Fraction(sum(a in group and b in group for a, b in pairs for group in groups))

    return cost


def misplaced(**names: str) -> Callable[[Sequence[Person], Groups], Fraction]:
    """1 where groups cannot be named so that each person, told as ``p0``, is in the one named."""
    wanted = {int(person[1:]): name for person, name in names.items()}

    def cost(_: Sequence[Person], groups: Groups) -> Fraction:
        seats = {person: number for number, group in enumerate(groups) for person in group}
        if any(person not in seats for person in wanted):
            return Fraction(1)
        pairs = {(seats[person], name) for person, name in wanted.items()}
        one_to_one = len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})
        numbers = [int(name[1:]) for name in wanted.values() if name[0] == "G"]
        return Fraction(not one_to_one or max(numbers, default=0) > len(groups))

    return cost


def minus_pairs_together(
    *pairs: tuple[int, int],
) -> Callable[[Sequence[Person], Groups], Fraction]:
    return lambda roster, groups: -meeting(*pairs)(roster, groups)


def minus_pairs_apart(*pairs: tuple[int, int]) -> Callable[[Sequence[Person], Groups], Fraction]:
    return lambda roster, groups: meeting(*pairs)(roster, groups) - len(pairs)


def torn_towns(roster: Sequence[Person], groups: Groups) -> Fraction:
    towns: dict[str, list[int]] = {}
    for number, person in enumerate(roster):
        towns.setdefault(person.municipality, []).append(number)
    return Fraction(sum(torn(*own)(roster, groups) for own in towns.values()))


def same_town(roster: Sequence[Person]) -> list[tuple[int, int]]:
    pairs = combinations(range(len(roster)), 2)
    return [(a, b) for a, b in pairs if roster[a].municipality == roster[b].municipality]


def minus_townspeople_together(roster: Sequence[Person], groups: Groups) -> Fraction:
    return minus_pairs_together(*same_town(roster))(roster, groups)


def minus_townspeople_apart(roster: Sequence[Person], groups: Groups) -> Fraction:
    return minus_pairs_apart(*same_town(roster))(roster, groups)


def without_new(roster: Sequence[Person], groups: Groups) -> Fraction:
    return Fraction(sum(not includes_new([roster[p] for p in group]) for group in groups))


def survives_absence(
    rules: Sequence[Callable[[Sequence[Person]], bool]], smallest: int
) -> Callable[[Sequence[Person]], bool]:
    """Whether a group keeps these rules, and its least size, whoever is absent."""

    def survives(group: Sequence[Person]) -> bool:
        left = [[*group[:at], *group[at + 1 :]] for at in range(len(group))]
        return all(len(rest) >= smallest and all(rule(rest) for rule in rules) for rest in left)

    return survives


def fragile(
    rules: Sequence[Callable[[Sequence[Person]], bool]], smallest: int
) -> Callable[[Sequence[Person], Groups], Fraction]:
    """Minus the number of groups that survive any absence."""
    survives = survives_absence(rules, smallest)
    return lambda roster, groups: Fraction(
        -sum(survives([roster[p] for p in group]) for group in groups)
    )


def minus_subjects(roster: Sequence[Person], groups: Groups) -> Fraction:
    return Fraction(-sum(len({roster[p].subject for p in group}) for group in groups))


def minus_hours(roster: Sequence[Person], groups: Groups) -> Fraction:
    return Fraction(-sum(len({h for p in group for h in roster[p].hours}) for group in groups))


def two_subjects(group: Sequence[Person]) -> bool:
    return len({person.subject for person in group}) >= 2


def three_hours(group: Sequence[Person]) -> bool:
    return len({hour for person in group for hour in person.hours}) >= 3


def subjects_off(roster: Sequence[Person], groups: Groups) -> Fraction:
    """The largest distance of a subject's share in a group from its share among all, in %."""
    found = [Fraction(0)]
    for subject in {person.subject for person in roster}:
        overall = Fraction(sum(p.subject == subject for p in roster), len(roster))
        for group in groups:
            own = Fraction(sum(roster[p].subject == subject for p in group), len(group))
            found.append(100 * abs(own - overall))
    return max(found)


def hours_off(roster: Sequence[Person], groups: Groups) -> Fraction:
    found = [Fraction(0)]
    for hour in {hour for person in roster for hour in person.hours}:
        overall = Fraction(sum(hour in p.hours for p in roster), len(roster))
        for group in groups:
            own = Fraction(sum(hour in roster[p].hours for p in group), len(group))
            found.append(100 * abs(own - overall))
    return max(found)


def over(
    cost: Callable[[Sequence[Person], Groups], Fraction], most: int
) -> Callable[[Sequence[Person], Groups], Fraction]:
    """By how much a cost is over a limit."""
    return lambda roster, groups: max(Fraction(0), cost(roster, groups) - most)


def weighed(
    *parts: tuple[Fraction, Callable[[Sequence[Person], Groups], Fraction]],
) -> Callable[[Sequence[Person], Groups], Fraction]:
    """Several costs of one importance."""
    return lambda roster, groups: sum(
        (weight * cost(roster, groups) for weight, cost in parts), Fraction(0)
    )


# Who was together before, by place in the roster: as tests/rules/earlier.csv has it.
EARLIER = ((0, 1, 2), (3, 4), (5, 6, 7))


def pairs_met_again(roster: Sequence[Person], groups: Groups) -> Fraction:
    del roster
    before = [set(pair) for group in EARLIER for pair in combinations(group, 2)]
    return Fraction(sum(set(pair) in before for g in groups for pair in combinations(g, 2)))


def minus_bonds_kept(roster: Sequence[Person], groups: Groups) -> Fraction:
    return -pairs_met_again(roster, groups)


def shared_hours(group: Sequence[Person]) -> int:
    return len(set.intersection(*(set(person.hours) for person in group)))


def one_hour_shared(group: Sequence[Person]) -> bool:
    return shared_hours(group) >= 1


def minus_shared_hours(roster: Sequence[Person], groups: Groups) -> Fraction:
    return Fraction(-sum(shared_hours([roster[p] for p in group]) for group in groups))


def minus_wishes_granted(roster: Sequence[Person], groups: Groups) -> Fraction:
    """Minus the number of wishes whose two people share a group."""
    return Fraction(
        -sum(wish in group for group in groups for p in group for wish in roster[p].wishes)
    )
