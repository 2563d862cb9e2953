"""Every grouping of every allowed number of groups, judged: what is possible, and how good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from tests.oracle.distances import is_weights, weights_of
from tests.oracle.meanings import (
    Groups,
    Meaning,
    Members,
    Number,
    World,
    group_key,
    meaning,
    pinned,
    wished_size,
)
from tests.oracle.written import Book, Entry, Person, book_of, earlier_of, people_of

Vector = tuple[Number, ...]
"""Costs, one for each preference, less being better."""


@dataclass(frozen=True)
class Case:
    """A rulebook, a roster and the earlier files the rulebook names, as their texts."""

    rulebook: str
    roster: str
    earlier: Mapping[str, str]


@dataclass(frozen=True)
class Wish:
    """A preference: meanings with their weights, of which several are added up.

    ``most``: more is better; a sum of both sorts is better where it is less.
    """

    kind: str
    weighed: tuple[tuple[str, Meaning, Fraction], ...]

    @property
    def most(self) -> bool:
        return all(meaning.most for _, meaning, _ in self.weighed)

    def value(self, groups: Groups) -> Number:
        if len(self.weighed) == 1:
            return self.weighed[0][1].value(groups)
        return sum(
            (
                weight * meaning.value(groups) * (1 if meaning.most == self.most else -1)
                for _, meaning, weight in self.weighed
            ),
            Fraction(0),
        )

    def cost(self, value: Number) -> Number:
        return -value if self.most else value

    def costs_apart(self, groups: Groups) -> Vector:
        """The cost of each of those that are weighed, by itself."""
        values = [(meaning.value(groups), meaning.most) for _, meaning, _ in self.weighed]
        return tuple(-value if most else value for value, most in values)


class Oracle:
    """The answers for people who form groups together under one book.

    ``alone``: they are the whole roster, so that their groups are numbered from 1 on.
    """

    def __init__(
        self,
        people: Sequence[Person],
        book: Book,
        earlier: Mapping[str, str],
        *,
        alone: bool = True,
        everybody: Sequence[Person] = (),
    ) -> None:
        self.book, self._earlier, self._alone = book, earlier, alone
        weights = {name: table for name, table in earlier.items() if is_weights(table)}
        self.world = World(
            people,
            book,
            {name: earlier_of(table) for name, table in earlier.items() if name not in weights},
            {name: weights_of(table) for name, table in weights.items()},
            everybody,
        )
        self.rules = [_remembering(meaning(self.world, rule)) for rule in book.rules]
        self.wishes = [self._remembered(wish) for wish in _wishes(self.world, book)]
        self.highest_number = _highest_number(self.world) if alone else 0
        self._groups: dict[Members, bool] = {}

    def with_book(self, **changes: object) -> Oracle:
        """The same people under a book with something changed."""
        book = replace(self.book, **changes)
        everybody = self.world.everybody
        return Oracle(
            self.world.people, book, self._earlier, alone=self._alone, everybody=everybody
        )

    # judging one grouping ------------------------------------------------------------------
    def keeps_rules(self, groups: Groups) -> bool:
        """Whether every rule but the number of groups holds, and the sizes do."""
        return (
            len(groups) > 0
            and all(map(self._keeps, groups))
            and all(rule.keeps_all is None or rule.keeps_all(groups) for rule in self.rules)
        )

    def nobody_need_sit(self) -> bool:
        """Whether everybody of this part may wait, should it have no groups."""
        return not self.book.everyone and not _seats_of(self.world)

    def keeps_names(self, names: Mapping[str, str]) -> bool:
        """Whether all here who are to sit in a group by its name do; ``names`` is of ids."""
        return all(group_key(names.get(id_, "")) == key for id_, key in _seats_of(self.world))

    def values(self, groups: Groups) -> Vector:
        """The preferences' values in the units that people think in."""
        return tuple(wish.value(groups) for wish in self.wishes)

    def costs(self, values: Vector) -> Vector:
        return tuple(wish.cost(value) for wish, value in zip(self.wishes, values, strict=True))

    def costs_of(self, groups: Groups) -> Vector:
        return self.costs(self.values(groups))

    # judging all ---------------------------------------------------------------------------
    @cached_property
    def all_costs(self) -> dict[int, set[Vector]]:
        """The costs that valid groupings have, by the number of groups, allowed or not."""
        found: dict[int, set[Vector]] = {}
        for groups in filter(self.allows_together, self.groupings()):
            found.setdefault(len(groups), set()).add(self.costs_of(groups))
        return found

    @cached_property
    def allowed_costs(self) -> set[Vector]:
        """The costs of all valid groupings of the numbers of groups that are allowed."""
        numbers = (costs for count, costs in self.all_costs.items() if self.book.allows(count))
        return set().union(*numbers)

    @property
    def possible(self) -> bool:
        """Whether some grouping of an allowed number of groups keeps the rules."""
        return bool(self.allowed_costs)

    def best(self) -> Vector:
        """The lexicographically least costs."""
        return min(self.allowed_costs)

    def best_after(self, costs: Vector, groups: int | None = None) -> Number:
        """The least next cost of groupings whose first costs are just these.

        Of any number of groups that is allowed, or of this one alone.
        """
        at = len(costs)
        return min(vector[at] for vector in self._costs_of(groups) if vector[:at] == costs)

    def best_apart_after(self, costs: Vector, nth: int) -> Number:
        """The same of the n-th alone of those that the next preference weighs."""
        at = len(costs)
        wish = self.wishes[at]
        return min(
            wish.costs_apart(groups)[nth]
            for groups in filter(self.allows_together, self.groupings())
            if self.book.allows(len(groups)) and self.costs_of(groups)[:at] == costs
        )

    def is_beaten(self, costs: Vector, groups: int | None = None) -> bool:
        """Whether some grouping does as well before the last of these costs, and better there."""
        *before, last = costs
        at = len(before)
        return any(
            vector[:at] <= tuple(before) and vector[at] < last for vector in self._costs_of(groups)
        )

    def _costs_of(self, groups: int | None) -> set[Vector]:
        return self.allowed_costs if groups is None else self.all_costs.get(groups, set())

    def placed_sets(self) -> set[frozenset[str]]:
        """Who sits, in each valid grouping of the numbers of groups that are allowed."""
        return {
            frozenset(id_ for group in groups for id_ in self.world.ids(group))
            for groups in self.groupings()
            if self.book.allows(len(groups)) and self.allows_together(groups)
        }

    def most_placed(self) -> int:
        """The most people whom any valid grouping of the allowed numbers seats; 0 without one."""
        return max(map(len, self.placed_sets()), default=0)

    def allows_together(self, groups: Groups) -> bool:
        """Whether groups that are valid one by one make a valid grouping."""
        return len(groups) >= self.highest_number and all(
            rule.keeps_all is None or rule.keeps_all(groups) for rule in self.rules
        )

    def groups(self) -> Iterator[Members]:
        """Every group that has an allowed size and keeps the rules about single groups."""
        for size in range(self.book.smallest, self.book.largest + 1):
            yield from filter(self._keeps, combinations(self.world.all(), size))

    def groupings(self) -> Iterator[Groups]:
        """Every way of forming such groups."""
        by_first: dict[int, list[Members]] = {person: [] for person in self.world.all()}
        for group in self.groups():
            by_first[group[0]].append(group)
        ways = _divide(self.world.all(), by_first, everyone=self.book.everyone)
        yield from filter(None, ways)  # there is one group at least

    def _keeps(self, group: Members) -> bool:
        if group not in self._groups:
            sized = self.book.smallest <= len(group) <= self.book.largest
            self._groups[group] = sized and all(rule.keeps(group) for rule in self.rules)
        return self._groups[group]

    @staticmethod
    def _remembered(wish: Wish) -> Wish:
        weighed = tuple(
            (kind, _remembering(meaning), weight) for kind, meaning, weight in wish.weighed
        )
        return replace(wish, weighed=weighed)


def _divide(
    rest: Members, by_first: Mapping[int, Sequence[Members]], *, everyone: bool
) -> Iterator[Groups]:
    """Ways of dividing those left: the first waits, or sits with others who are left."""
    if not rest:
        yield ()
        return
    first, left = rest[0], set(rest)
    for group in by_first[first]:
        if left.issuperset(group):
            others = tuple(person for person in rest if person not in group)
            for groups in _divide(others, by_first, everyone=everyone):
                yield (group, *groups)
    if not everyone:
        yield from _divide(rest[1:], by_first, everyone=everyone)


def _remembering(meaning: Meaning) -> Meaning:
    """The same meaning, that counts no group twice."""
    counts = meaning.counts
    known: dict[Members, Number] = {}

    def counted(group: Members) -> Number:
        if group not in known:
            known[group] = counts(group)
        return known[group]

    return replace(meaning, counts=counted)


def _wishes(world: World, book: Book) -> Iterator[Wish]:
    """The preferences in their order: the wish for a size stands right behind that for a place.

    Where nobody wrote that everyone is to be placed, that comes before all.
    """
    tiers = list(book.preferences)
    entries: list[Entry] = [*book.rules, *(entry for tier in tiers for entry, _ in tier)]
    if not any(kind == "place_everyone" for kind, _, _ in entries):
        tiers.insert(0, ((("place_everyone", None, {}), Fraction(1)),))
    first = [at for at, tier in enumerate(tiers) if tier[0][0][0] == "place_everyone"]
    cut = first[0] + 1 if first else 0
    yield from (_wish(world, tier) for tier in tiers[:cut])
    if book.prefer is not None:
        yield Wish("size", (("size", wished_size(book.prefer), Fraction(1)),))
    yield from (_wish(world, tier) for tier in tiers[cut:])


def _wish(world: World, tier: Iterable[tuple[Entry, Fraction]]) -> Wish:
    weighed = tuple((entry[0], meaning(world, entry), weight) for entry, weight in tier)
    return Wish(weighed[0][0] if len(weighed) == 1 else "tier", weighed)


def _seats_of(world: World) -> list[tuple[str, str]]:
    here = world.ids(world.all())
    return [(id_, key) for id_, key in pinned(world.book) if id_ in here]


def _highest_number(world: World) -> int:
    """Groups are numbered through: number 5 is there only where five groups are."""
    keys = (key.removeprefix("g") for _, key in _seats_of(world))
    return max((int(key) for key in keys if key.isdecimal()), default=0)


class Answer:
    """The oracle's answer to a case: by part where the roster is split."""

    def __init__(self, case: Case) -> None:
        split = book_of(case.rulebook)
        people = people_of(case.roster)
        self.split, self._books = split.by is not None, {*split.parts}
        if split.by is None:
            self.parts = {"": Oracle(people, split.others, case.earlier)}
        else:
            by = split.by
            self.parts = {
                value: Oracle(
                    [person for person in people if person[by] == value],
                    split.parts.get(value, split.others),
                    case.earlier,
                    alone=False,
                    everybody=people,
                )
                for value in dict.fromkeys(person[by] for person in people)
            }

    @property
    def possible(self) -> bool:
        """Whether every part has groups or may wait as a whole, and one has groups."""
        formed = [part for part in self.parts.values() if part.possible]
        return (
            bool(formed)
            and all(part.possible or part.nobody_need_sit() for part in self.parts.values())
            and not self.one_name_in_two_parts()
        )

    def is_sound(self) -> bool:
        """Whether everyone can be placed, and so no two entries contradict each other.

        Where people may wait, those whom they concern may; a part may have nobody, and where each
        has entries of its own, those at the top are for nobody.
        """
        everyone = all(part.book.everyone for part in self.parts.values())
        for_somebody = self._books < self.parts.keys()
        return everyone and for_somebody and self.possible

    def one_name_in_two_parts(self) -> bool:
        """Whether people of two parts are to sit in one group."""
        keys = [{key for _, key in _seats_of(part.world)} for part in self.parts.values()]
        return any(one & other for one, other in combinations(keys, 2))
