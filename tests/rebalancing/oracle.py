"""What rebalancing means, in plain Python: every grouping of the people present, judged anew.

It shares nothing with the package. Up to eight people are put into groups in every way there is,
in whatever number of groups, and of all ways that keep the rules the best is taken. Less is better,
and what comes first counts first:

1. people without a group whom a rule (``pin``) wants placed, and then all people without a group;
2. *bonds* broken: pairs who shared an old group and do not share a new one, those who now wait
   included;
3. who waits: those who had a group come first, and then each in the order of
   the queue (``priority``, then the time of answer, then the rows): of two plans that place as many
   the better one places the earliest of all whom only one of them places; but where somebody waits
   whom a rule wants placed, that is not asked;
4. old groups *touched*: of whose people who are still there no new group consists, they and nobody
   else;
5. new bonds: pairs who share a new group and shared no old one, but for two who had no group;
6. turns taken: for each old group that a new one draws on, unless the new one is the old one as it
   was, the number of earlier meetings at which the old group met with people of another;
7. where at least two had no group, by how many people all groups are off the size wished for;
8. the preferences in the order of the rulebook.

What is left of an old group is a *unit*; who had no group is a unit alone. Under the policy
``merge`` a unit is never taken apart: all of it is in one new group, or all of it waits. Under
``move`` anybody may go anywhere; and so it is without a policy, since plans that take no unit apart
are among those of ``move`` and win wherever they break fewer bonds.

A single meeting has gentler rules, and any number of groups: see ``Book.in_meetings``. Where the
book fixes how many groups there are, a plan of the permanent groups has as many.

Everybody is one of the people present, those who wait included; so ``balance`` compares with them
all. ``even_sizes`` compares with those who are placed. Rules that name people speak of those
present.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from typing import Any

Group = tuple[int, ...]
Plan = tuple[Group, ...]
Rank = tuple[int, int, int, tuple[int, ...], int, int, int, int]
Entry = Any
"""An entry of a rulebook as YAML has it: a word, a mapping, or (a tier) a list of these."""

OF_MOST = {"together", "apart", "common", "spread", "keep", "resilient", "wishes"}
NOT_ASKED_OF_ABSENCE = {
    *("together", "pin", "balance", "even_sizes", "place_everyone", "resilient")
}


@dataclass(frozen=True)
class Person:
    id: str
    colour: str
    role: str
    years: int
    times: frozenset[str]
    wishes: tuple[str, ...]
    answered: int = 0
    waited: bool = False


HOLD_IN_MEETINGS = {"different", "apart", "together", "common", "place_everyone"}
"""What must hold at a meeting where the rulebook says nothing of meetings; sizes do, too."""


@dataclass(frozen=True)
class Meetings:
    """What a rulebook says of meetings; None where it says nothing."""

    size: tuple[int, int] | None = None
    rules: tuple[Entry, ...] | None = None
    preferences: tuple[Entry, ...] | None = None


@dataclass(frozen=True)
class Book:
    """Sizes, rules and preferences; ``prefer`` is the size wished for, if any.

    ``count`` is the fewest and the most groups there may be, where that is fixed.
    """

    smallest: int
    largest: int
    prefer: int | None
    rules: tuple[Entry, ...]
    preferences: tuple[Entry, ...]
    meetings: Meetings = Meetings()
    count: tuple[int, int] | None = None

    def in_meetings(self) -> Book:
        """The book of a single meeting: rules that need not hold are wished for first."""
        said = self.meetings
        smallest, largest = said.size or (self.smallest, self.largest)
        prefer = self.prefer
        if prefer is not None and not smallest <= prefer <= largest:
            prefer = None
        rules = said.rules
        if rules is None:
            rules = tuple(rule for rule in self.rules if kind_of(rule) in HOLD_IN_MEETINGS)
        wished = said.preferences
        if wished is None:
            demoted = [r for r in self.rules if r not in rules and kind_of(r) != "pin"]
            own = list(self.preferences)
            if not any(kind_of(entry) == "place_everyone" for entry in (*self.rules, *own)):
                own.insert(0, "place_everyone")
            wished = (*demoted, *own)
        return Book(smallest, largest, prefer, rules, wished)

    def all_preferences(self) -> list[Entry]:
        """As they are judged: placing people and the size come by themselves."""
        found = list(self.preferences)
        if not any(kind_of(entry) == "place_everyone" for entry in (*self.rules, *found)):
            found.insert(0, "place_everyone")
        if self.prefer is not None:
            kinds = [kind_of(entry) for entry in found]
            at = kinds.index("place_everyone") + 1 if "place_everyone" in kinds else 0
            found.insert(at, {"size": self.prefer})
        return found


def kind_of(entry: Entry) -> str:
    if isinstance(entry, str):
        return entry
    return "tier" if isinstance(entry, list) else str(next(iter(entry)))


def of(entry: Entry) -> Any:
    """What stands beside the kind."""
    return next(iter(entry.values()))


@dataclass
class World:
    """The people present, their old groups ("" for none), a book, and earlier groupings by file.

    ``turns`` counts how often each old group met with people of another.
    """

    people: Sequence[Person]
    old: Sequence[str]
    book: Book
    earlier: Mapping[str, Sequence[frozenset[str]]]
    turns: Mapping[str, int] = field(default_factory=dict)
    rules: list[Entry] = field(init=False)
    preferences: list[Entry] = field(init=False)
    _kept: dict[Group, bool] = field(default_factory=dict)
    _amounts: dict[tuple[int, Group], Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        here = {person.id for person in self.people}
        meanings = (about(entry, here) for entry in self.book.rules)
        self.rules = [entry for entry in meanings if entry is not None]
        wished = (about(entry, here) for entry in self.book.all_preferences())
        self.preferences = [entry for entry in wished if entry is not None]

    # what one group is --------------------------------------------------------------------
    def keeps(self, group: Group) -> bool:
        """Whether a group keeps its size and every rule that is about single groups."""
        if group not in self._kept:
            self._kept[group] = self._size_fits(group) and all(
                self.holds(rule, group) for rule in self.rules
            )
        return self._kept[group]

    def _size_fits(self, group: Group) -> bool:
        return self.book.smallest <= len(group) <= self.book.largest

    def holds(self, rule: Entry, group: Group) -> bool:
        kind = kind_of(rule)
        if kind in JUDGED:
            return JUDGED[kind](self, rule, group)
        if kind in ("common", "spread"):
            return self.measure(rule, group) >= rule.get("at_least", 1)
        most = {"balance": rule.get("at_most"), "same": 1}.get(kind, 0)
        return self.measure(rule, group) <= Fraction(str(most))

    def measure(self, entry: Entry, group: Group) -> Fraction:
        """What a preference counts in a group."""
        members = [self.people[person] for person in group]
        return Fraction(MEASURES[kind_of(entry)](self, entry, group, members))

    def _crowds(self, named: Any) -> list[Group]:
        """The people of each list of ids, or of each value of a trait."""
        everybody = range(len(self.people))
        if isinstance(named, str):
            values = {getattr(person, named) for person in self.people}
            return [
                tuple(p for p in everybody if getattr(self.people[p], named) == value)
                for value in values
            ]
        return [tuple(self._at(id_) for id_ in ids) for ids in named]

    def _at(self, id_: str) -> int:
        return next(at for at, person in enumerate(self.people) if person.id == id_)

    # what a grouping is -------------------------------------------------------------------
    def plans(self, *, whole: bool) -> Iterator[Plan]:
        """Every choice of groups that keep the rules; everybody else waits."""
        valid = {
            group
            for size in range(self.book.smallest, self.book.largest + 1)
            for group in combinations(range(len(self.people)), size)
            if self.keeps(group)
        }
        if whole:
            valid = {plan for plan in valid if all(_whole(unit, plan) for unit in self.units())}
        even = any(kind_of(rule) == "even_sizes" for rule in self.rules)
        low, high = self.book.count or (0, len(self.people))
        for plan in _seatings(tuple(range(len(self.people))), valid):
            if (not even or _even(plan)) and low <= len(plan) <= high:
                yield plan

    def units(self) -> list[Group]:
        """What is left of each old group."""
        return [
            tuple(p for p, home in enumerate(self.old) if home == name)
            for name in sorted(set(self.old) - {""})
        ]

    def rank(self, plan: Plan) -> Rank:
        units = self.units()
        placed = {person for group in plan for person in group}
        pinned = {self._at(id_) for r in self.rules if kind_of(r) == "pin" for id_ in of(r)}
        kept = sum(_pairs(len(set(unit) & set(group))) for unit in units for group in plan)
        missing = len(pinned - placed)
        return (
            missing,
            len(self.people) - len(placed),
            sum(_pairs(len(unit)) for unit in units) - kept,
            () if missing else self.late(placed),
            sum(unit not in plan for unit in units),
            sum(_pairs(len(group)) - _pairs(self._without(group)) for group in plan) - kept,
            sum(self._taken(group) for group in plan if group not in units),
            self._off(plan),
        )

    def _without(self, group: Group) -> int:
        """How many in it had no group."""
        return sum(not self.old[person] for person in group)

    def late(self, placed: set[int]) -> tuple[int, ...]:
        """The places of those who wait, the first ones first; the later, the less."""
        turns = [(old == "", *self._turn(at)) for at, old in enumerate(self.old)]
        order = sorted(range(len(self.people)), key=turns.__getitem__)
        return tuple(-place for place, person in enumerate(order) if person not in placed)

    def _turn(self, person: int) -> tuple[float, ...]:
        """When somebody's turn is: by what the book puts first, then by the time of answer."""
        who = self.people[person]
        values = {"years": -who.years, "waited": not who.waited, "answered": who.answered}
        flat = [part for entry in self.preferences for part in _flat(entry)]
        first = [values[of(entry)] for entry in flat if kind_of(entry) == "priority"]
        return (*first, who.answered, person)

    def _off(self, plan: Plan) -> int:
        if self.book.prefer is None or self._without(tuple(range(len(self.people)))) < 2:
            return 0
        return sum(abs(len(group) - self.book.prefer) for group in plan)

    def _taken(self, group: Group) -> int:
        """The turns that the old groups of its members have taken."""
        return sum(self.turns.get(name, 0) for name in {self.old[person] for person in group})

    def best(self, *, whole: bool) -> tuple[Rank, list[Plan]]:
        """The best rank, and every plan that has it."""
        best: Rank | None = None
        found: list[Plan] = []
        for plan in self.plans(whole=whole):
            rank = self.rank(plan)
            if best is None or rank < best:
                best, found = rank, []
            if rank == best:
                found.append(plan)
        if best is None:
            return replace(self, book=replace(self.book, count=None)).best(whole=whole)
        return best, found

    def has_the_number(self, *, whole: bool) -> bool:
        """Whether there is any plan with as many groups as the book asks for."""
        return any(True for _ in self.plans(whole=whole))

    def values(self, plan: Plan) -> list[Fraction]:
        """The value of each preference, as a report tells it."""
        return [self.value(entry, plan) for entry in self.preferences]

    def costs(self, plan: Plan) -> list[Fraction]:
        """The same, less being better."""
        return [
            -value if is_of_most(entry) else value
            for entry, value in zip(self.preferences, self.values(plan), strict=True)
        ]

    def value(self, entry: Entry, plan: Plan) -> Fraction:
        kind = kind_of(entry)
        if kind == "tier":
            return self._weighed(entry, plan)
        if kind in OF_ALL:
            return OF_ALL[kind](self, entry, plan)
        found = [self._amount(entry, group) for group in plan]
        if kind == "balance":
            return max(found, default=Fraction(0))
        if kind == "apart":
            return sum(_pairs(len(crowd)) for crowd in self._crowds(of(entry))) - sum(
                found, Fraction()
            )
        return sum(found, Fraction())

    def waiting_first(self, entry: Entry, plan: Plan) -> Fraction:
        """Who waits of each value but the last, each worth more than all of later ones."""
        trait, placed = of(entry), {person for group in plan for person in group}
        turn = [
            {"years": -who.years, "waited": not who.waited, "answered": who.answered}[trait]
            for who in self.people
        ]
        total = weight = 0
        for place, value in enumerate(sorted(set(turn), reverse=True)):
            waiting = [at for at, own in enumerate(turn) if own == value and at not in placed]
            if place:
                total += weight * len(waiting)
            weight = weight * (turn.count(value) + 1) if place else 1
        return Fraction(total)

    def _weighed(self, tier: Sequence[Entry], plan: Plan) -> Fraction:
        total = Fraction()
        for entry in tier:
            weight = (
                Fraction(str(entry.get("weight", 1))) if isinstance(entry, dict) else Fraction(1)
            )
            way = 1 if is_of_most(entry) == is_of_most(tier) else -1
            total += weight * way * self.value(entry, plan)
        return total

    def _amount(self, entry: Entry, group: Group) -> Fraction:
        key = (id(entry), group)
        if key not in self._amounts:
            self._amounts[key] = self.measure(entry, group)
        return self._amounts[key]


def _flat(entry: Entry) -> Sequence[Entry]:
    return entry if isinstance(entry, list) else [entry]


def is_of_most(entry: Entry) -> bool:
    if isinstance(entry, list):
        return all(kind_of(part) in OF_MOST for part in entry)
    return kind_of(entry) in OF_MOST


def about(entry: Entry, here: set[str]) -> Entry | None:
    """An entry as it speaks of those present; None where nothing is left of it."""
    kind = kind_of(entry)
    if kind == "tier":
        return [kept for each in entry if (kept := about(each, here)) is not None] or None
    if kind == "pin":
        seats = {id_: name for id_, name in of(entry).items() if id_ in here}
        return {"pin": seats} if seats else None
    if kind in ("together", "apart") and not isinstance(of(entry), str):
        lists = [[id_ for id_ in ids if id_ in here] for ids in of(entry)]
        lists = [ids for ids in lists if len(ids) > 1]
        return {**entry, kind: lists} if lists else None
    return entry


def turns_of(old: Mapping[str, str], meetings: Sequence[Sequence[frozenset[str]]]) -> Counter[str]:
    """In how many meetings each group, by name, sat with people of another one."""
    turns: Counter[str] = Counter()
    for meeting in meetings:
        homes = [{old[id_] for id_ in group if old.get(id_)} for group in meeting]
        turns.update(set().union(*(names for names in homes if len(names) > 1)))
    return turns


# measures of a group ----------------------------------------------------------------------
def _having(members: Sequence[Person], trait: str, wanted: Any) -> int:
    if trait == "years":
        low, high = map(int, wanted.split("-"))
        return sum(low <= person.years <= high for person in members)
    named = wanted if isinstance(wanted, list) else [wanted]
    return sum(getattr(person, trait) in named for person in members)


def _counts(members: Sequence[Person], trait: str) -> list[int]:
    values = [getattr(person, trait) for person in members]
    return [values.count(value) for value in set(values)]


def _different(_: World, entry: Entry, __: Group, members: Sequence[Person]) -> int:
    return sum(max(0, count - entry.get("at_most", 1)) for count in _counts(members, of(entry)))


def _same(_: World, entry: Entry, __: Group, members: Sequence[Person]) -> int:
    return len(_counts(members, of(entry)))


def _include(_: World, entry: Entry, __: Group, members: Sequence[Person]) -> int:
    fields = dict(of(entry))
    (trait,) = set(fields) - {"at_least", "at_most", "exactly"}
    found = _having(members, trait, fields[trait])
    low = fields.get("exactly", fields.get("at_least", 0))
    high = fields.get("exactly", fields.get("at_most", len(members)))
    return max(0, low - found) + max(0, found - high)


def _ratio(_: World, entry: Entry, __: Group, members: Sequence[Person]) -> int:
    fields = dict(of(entry))
    (trait,) = set(fields) - {"at_least", "at_most", "per"}
    found, each = (_having(members, trait, fields[key]) for key in (trait, "per"))
    over = found - fields["at_most"] * each if "at_most" in fields else 0
    return max(0, fields.get("at_least", 0) * each - found) + max(0, over)


def _not_alone(_: World, entry: Entry, __: Group, members: Sequence[Person]) -> int:
    ((trait, value),) = of(entry).items()
    return int(_having(members, trait, value) == 1)


def _together(world: World, entry: Entry, group: Group, _: Sequence[Person]) -> int:
    return sum(_pairs(len(set(crowd) & set(group))) for crowd in world._crowds(of(entry)))


def _common(_: World, entry: Entry, __: Group, members: Sequence[Person]) -> int:
    return len(frozenset.intersection(*(getattr(person, of(entry)) for person in members)))


def _spread(_: World, entry: Entry, __: Group, members: Sequence[Person]) -> int:
    if of(entry) != "years":
        return len(_counts(members, of(entry)))
    return sum(abs(a.years - b.years) for a, b in combinations(members, 2))


def _balance(world: World, entry: Entry, _: Group, members: Sequence[Person]) -> Fraction:
    trait, everybody = of(entry), world.people
    if trait == "years":
        means = [
            Fraction(sum(person.years for person in people), len(people))
            for people in (members, everybody)
        ]
        return abs(means[0] - means[1])
    values = {getattr(person, trait) for person in everybody}
    return max(
        abs(_share(members, trait, value) - _share(everybody, trait, value)) for value in values
    )


def _share(members: Sequence[Person], trait: str, value: str) -> Fraction:
    return Fraction(100 * _having(members, trait, value), len(members))


def _met_before(world: World, entry: Entry, _: Group, members: Sequence[Person]) -> int:
    named = of(entry)
    return sum(
        _pairs(sum(person.id in ids for person in members))
        for file in (named if isinstance(named, list) else [named])
        for ids in world.earlier[file]
    )


def _resilient(world: World, entry: Entry, group: Group, _: Sequence[Person]) -> int:
    return int(world.holds(entry, group))


def _wishes(_: World, entry: Entry, __: Group, members: Sequence[Person]) -> int:
    ids = {person.id for person in members}
    return sum(wish in ids for person in members for wish in getattr(person, of(entry)))


def _off_size(_: World, entry: Entry, group: Group, __: Sequence[Person]) -> int:
    return abs(len(group) - of(entry))


MEASURES: dict[str, Callable[[World, Entry, Group, Sequence[Person]], int | Fraction]] = {
    "different": _different,
    "same": _same,
    "include": _include,
    "ratio": _ratio,
    "not_alone": _not_alone,
    "together": _together,
    "apart": _together,  # pairs that meet
    "common": _common,
    "spread": _spread,
    "balance": _balance,
    "strangers": _met_before,
    "keep": _met_before,
    "resilient": _resilient,
    "wishes": _wishes,
    "size": _off_size,
}


def _all_or_none(world: World, rule: Entry, group: Group) -> bool:
    return all(_whole(crowd, group) for crowd in world._crowds(of(rule)))


def _in_one_named_group(world: World, rule: Entry, group: Group) -> bool:
    """With everybody who is to be in it, and nobody who is to be in another."""
    seats = {world._at(id_): name.casefold() for id_, name in of(rule).items()}
    names = {seats[person] for person in group if person in seats}
    return len(names) <= 1 and all(at in group for at, name in seats.items() if name in names)


def _without_anyone(world: World, _: Entry, group: Group) -> bool:
    asked = [rule for rule in world.rules if kind_of(rule) not in NOT_ASKED_OF_ABSENCE]
    left = [tuple(person for person in group if person != away) for away in group]
    return all(
        world._size_fits(rest) and all(world.holds(rule, rest) for rule in asked) for rest in left
    )


JUDGED: dict[str, Callable[[World, Entry, Group], bool]] = {
    "together": _all_or_none,
    "pin": _in_one_named_group,
    "resilient": _without_anyone,
    # Not about single groups.
    "place_everyone": lambda *_: True,
    "even_sizes": lambda *_: True,
}


OF_ALL: dict[str, Callable[[World, Entry, Plan], Fraction]] = {
    "place_everyone": lambda world, _, plan: Fraction(len(world.people) - sum(map(len, plan))),
    "even_sizes": lambda _, __, plan: _unevenness(plan),
    "priority": World.waiting_first,
}


# plain counting ---------------------------------------------------------------------------
def _pairs(people: int) -> int:
    return people * (people - 1) // 2


def _whole(unit: Group, group: Group) -> bool:
    return not set(unit) & set(group) or set(unit) <= set(group)


def _even(plan: Plan) -> bool:
    sizes = [len(group) for group in plan]
    return max(sizes, default=0) - min(sizes, default=0) <= 1


def _unevenness(plan: Plan) -> Fraction:
    if not plan:
        return Fraction(0)
    low, more = divmod(sum(map(len, plan)), len(plan))
    high = low + (more > 0)
    return Fraction(sum(max(0, low - len(group), len(group) - high) for group in plan))


def _seatings(rest: Group, valid: set[Group]) -> Iterator[Plan]:
    if not rest:
        yield ()
        return
    first, others = rest[0], rest[1:]
    yield from _seatings(others, valid)
    for size in range(1, len(others) + 1):
        for mates in combinations(others, size):
            if (first, *mates) in valid:
                left = tuple(person for person in others if person not in mates)
                for plan in _seatings(left, valid):
                    yield ((first, *mates), *plan)
