"""What each kind of rule means, written anew from its sentence and the README's table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from tests.oracle.distances import Apart, in_file, in_kilometres, in_traits, inertia, total
from tests.oracle.written import (
    BETWEEN,
    MEASURED_BY,
    Book,
    Entry,
    Person,
    lies_in,
    number_of,
    stretch_of,
    values_in,
)

Members = tuple[int, ...]
"""A group: places of people in the roster, rising."""
Groups = tuple[Members, ...]
Number = int | Fraction


@dataclass(frozen=True)
class World:
    """The people who form groups together, and what is known beside them.

    ``earlier`` leads from a file's name to who sat together in it, ``weights`` to what it tells of
    pairs. ``everybody`` is on the roster, those of other parts too.
    """

    people: Sequence[Person]
    book: Book
    earlier: Mapping[str, Sequence[frozenset[str]]]
    weights: Mapping[str, Mapping[frozenset[str], Fraction]] = field(default_factory=dict)
    everybody: Sequence[Person] = ()

    def ids(self, members: Members) -> set[str]:
        return {self.people[person]["id"] for person in members}

    def value(self, person: int, trait: str) -> str:
        """The one value of a named trait; of a band, its name."""
        if trait not in self.book.bands:
            return self.people[person][trait]
        return self._band(self.people[person], trait)

    def _band(self, person: Person, trait: str) -> str:
        bands = dict(self.book.bands[trait])
        of = bands.pop("of", MEASURED_BY.get(trait, trait))
        number = Fraction(person[of])
        inside = (name for name, band in bands.items() if _within(number, band))
        return next(inside, BETWEEN)

    def values(self, person: int, trait: str) -> frozenset[str]:
        """All values of a trait; of most traits everybody has one."""
        if trait in self.book.bands:
            return frozenset({self.value(person, trait)})
        return values_in(self.people[person][trait])

    def held(self, person: Person, trait: str) -> frozenset[str]:
        """All values that somebody of the roster has of a trait."""
        if trait in self.book.bands:
            return frozenset({self._band(person, trait)})
        return values_in(person[trait])

    def number(self, person: int, trait: str) -> Fraction:
        return Fraction(self.people[person][trait])

    def is_number(self, trait: str) -> bool:
        if trait in self.book.bands:
            return False
        return all(number_of(person[trait]) is not None for person in self.people)

    def all(self) -> Members:
        return tuple(range(len(self.people)))

    def having(self, members: Members, trait: str, wanted: object) -> int:
        """How many members have the value, one of the values, or a number in the range."""
        stretch = stretch_of(str(wanted)) if not isinstance(wanted, list) else None
        if stretch is not None:
            return sum(lies_in(self.number(person, trait), stretch) for person in members)
        if trait == "years" and not isinstance(wanted, list):
            return sum(self.number(person, trait) == Fraction(str(wanted)) for person in members)
        meant = {str(value) for value in wanted} if isinstance(wanted, list) else {str(wanted)}
        return sum(self.value(person, trait) in meant for person in members)


def _within(number: Fraction, wanted: str) -> bool:
    stretch = stretch_of(str(wanted))
    assert stretch is not None, wanted
    return lies_in(number, stretch)


def _nothing(members: Members) -> Number:
    del members
    return 0


def _always(members: Members) -> bool:
    del members
    return True


@dataclass(frozen=True)
class Meaning:
    """A kind in a world: as a rule and as a preference, by group and over all groups.

    A preference's value is ``base`` plus what the groups count, or with ``worst`` the most that
    one counts; or ``counts_all``. ``most``: more is better. ``spared``: it is asked of a group
    that a member is absent from, too.
    """

    keeps: Callable[[Members], bool] = _always
    counts: Callable[[Members], Number] = _nothing
    keeps_all: Callable[[Groups], bool] | None = None
    counts_all: Callable[[Groups], Number] | None = None
    base: Number = 0
    most: bool = False
    worst: bool = False
    spared: bool = True

    def value(self, groups: Groups) -> Number:
        if self.counts_all is not None:
            return self.counts_all(groups)
        each = [self.counts(group) for group in groups]
        return max(each) if self.worst else self.base + sum(each)


def meaning(world: World, entry: Entry) -> Meaning:
    """The meaning of an entry of a rulebook in a world."""
    kind, main, options = entry
    return _MEANINGS[kind](world, main, options)


Options = Mapping[str, object]


def _zero(counts: Callable[[Members], Number], **more: object) -> Meaning:
    """A kind whose rule holds where its preference counts nothing."""
    return Meaning(lambda group: counts(group) == 0, counts, **more)


def _different(world: World, trait: str, options: Options) -> Meaning:
    most = int(options.get("at_most", 1))

    def repeats(group: Members) -> int:
        held = [world.value(person, trait) for person in group]
        return sum(max(0, held.count(value) - most) for value in set(held))

    return _zero(repeats)


def _same(world: World, trait: str, options: Options) -> Meaning:
    del options

    def values(group: Members) -> int:
        return len({world.value(person, trait) for person in group})

    return Meaning(lambda group: values(group) == 1, values)


def _limits(options: Options) -> tuple[int, int | None]:
    if "exactly" in options:
        return int(options["exactly"]), int(options["exactly"])
    most = options.get("at_most")
    least = options.get("at_least", 0 if most is not None else 1)
    return int(least), None if most is None else int(most)


def _include(world: World, main: Mapping[str, object], options: Options) -> Meaning:
    ((trait, wanted),) = main.items()
    least, most = _limits(options)

    def off(group: Members) -> int:
        count = world.having(group, trait, wanted)
        over = 0 if most is None else max(0, count - most)
        return max(0, least - count) + over

    return _zero(off)


def _ratio(world: World, main: Mapping[str, object], options: Options) -> Meaning:
    ((trait, wanted),) = main.items()
    least, most = int(options.get("at_least", 0)), options.get("at_most")

    def off(group: Members) -> int:
        counted = world.having(group, trait, wanted)
        each = world.having(group, trait, options["per"])
        over = 0 if most is None else max(0, counted - int(most) * each)
        return max(0, least * each - counted) + over

    return _zero(off)


def _not_alone(world: World, main: Mapping[str, object], options: Options) -> Meaning:
    del options
    ((trait, wanted),) = main.items()
    return _zero(lambda group: int(world.having(group, trait, wanted) == 1))


def _crowds(world: World, main: object) -> list[frozenset[str]]:
    """Who is named together: a list, several lists, or those who share a value."""
    if isinstance(main, str):
        values = {world.value(person, main) for person in world.all()}
        return [
            frozenset(world.ids(tuple(o for o in world.all() if world.value(o, main) == value)))
            for value in values
        ]
    assert isinstance(main, list)
    lists = main if isinstance(main[0], list) else [main]
    return [frozenset(map(str, ids)) for ids in lists]


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _together(world: World, main: object, options: Options) -> Meaning:
    """A group has all of a crowd or none of it."""
    del options
    crowds = _crowds(world, main)

    def keeps(group: Members) -> bool:
        here = world.ids(group)
        return all(not here & crowd or crowd <= here for crowd in crowds)

    def pairs(group: Members) -> int:
        return sum(_pairs(len(world.ids(group) & crowd)) for crowd in crowds)

    return Meaning(keeps, pairs, most=True, spared=False)


def _apart(world: World, main: object, options: Options) -> Meaning:
    """A group has one of a crowd at most. People who wait are apart."""
    del options
    crowds = _crowds(world, main)

    def met(group: Members) -> int:
        return sum(_pairs(len(world.ids(group) & crowd)) for crowd in crowds)

    everybody = sum(_pairs(len(world.ids(world.all()) & crowd)) for crowd in crowds)
    return Meaning(
        lambda group: met(group) == 0, lambda group: -met(group), base=everybody, most=True
    )


def _common(world: World, trait: str, options: Options) -> Meaning:
    least = int(options.get("at_least", 1))

    def shared(group: Members) -> int:
        return len(frozenset.intersection(*(world.values(person, trait) for person in group)))

    return Meaning(lambda group: shared(group) >= least, shared, most=True)


def group_key(name: object) -> str:
    """G02, g2 and 2 are one group; other names go by their letters."""
    text = " ".join(str(name).split()).casefold()
    digits = text.removeprefix("g")
    return f"g{int(digits)}" if digits.isdecimal() and int(digits) else text


def pinned(book: Book) -> list[tuple[str, str]]:
    """Who is to sit in which group, of all such rules."""
    return [
        (str(id_), group_key(name))
        for kind, main, _ in book.rules
        if kind == "pin"
        for id_, name in main.items()
    ]


def _pin(world: World, main: object, options: Options) -> Meaning:
    """Those named sit in groups that can be given the names; all such rules are one.

    Nobody sits with people of another part of the roster.
    """
    del main, options
    here = world.ids(world.all())
    seats = [(id_, key) for id_, key in pinned(world.book) if id_ in here]
    elsewhere = {key for id_, key in pinned(world.book) if id_ not in here}
    torn = any(key in elsewhere for _, key in seats)

    def keeps(groups: Groups) -> bool:
        where = {id_: at for at, group in enumerate(groups) for id_ in world.ids(group)}
        return (
            not torn
            and all(id_ in where for id_, _ in seats)
            and all(
                (where[a] == where[b]) == (key_a == key_b)
                for (a, key_a), (b, key_b) in combinations(seats, 2)
            )
        )

    return Meaning(keeps_all=keeps, spared=False)


def _spread(world: World, trait: str, options: Options) -> Meaning:
    """Differences of numbers, or different values, within the groups."""

    def differences(group: Members) -> Fraction:
        numbers = [world.number(person, trait) for person in group]
        return sum((abs(a - b) for a, b in combinations(numbers, 2)), Fraction(0))

    def values(group: Members) -> int:
        return len(frozenset().union(*(world.values(person, trait) for person in group)))

    counts = differences if world.is_number(trait) else values
    least = Fraction(str(options.get("at_least", 0)))
    return Meaning(lambda group: counts(group) >= least, counts, most=True)


def _balance(world: World, trait: object, options: Options) -> Meaning:
    """How far a group's mean is from everybody's, or its share of a value, in percent."""
    if not isinstance(trait, str):
        return _balance_of_several(world, trait, options)

    def mean(members: Members) -> Fraction:
        return sum((world.number(person, trait) for person in members), Fraction(0)) / len(members)

    def share(members: Members, value: str) -> Fraction:
        holding = sum(value in world.values(person, trait) for person in members)
        return Fraction(100 * holding, len(members))

    everybody = world.all()
    known = frozenset().union(*(world.values(person, trait) for person in everybody))

    def off(group: Members) -> Fraction:
        if world.is_number(trait):
            return abs(mean(group) - mean(everybody))
        differences = (abs(share(group, value) - share(everybody, value)) for value in known)
        return max(differences, default=Fraction(0))

    most = Fraction(str(options.get("at_most", 0)))
    return Meaning(lambda group: off(group) <= most, off, worst=True, spared=False)


def _balance_of_several(world: World, main: object, options: Options) -> Meaning:
    """How unlike the groups are to everybody in several traits at once, in squared deviations."""
    del options
    if isinstance(main, dict):
        means, spreads = main.get("means", ()), main.get("spreads", ())
    else:
        means, spreads = main, [trait for trait in main if world.is_number(trait)]
    return Meaning(
        counts=inertia(world.people, _several(means), _several(spreads), world.held), spared=False
    )


def _several(written: object) -> list[str]:
    return [written] if isinstance(written, str) else list(written)


def _distance(world: World, main: Mapping[str, object], options: Options) -> Meaning:
    """The distances between the members of a group, added up; and none may be too long."""
    del options
    apart = _apart_by(world, main["of"])

    def within(group: Members) -> bool:
        limit = main.get("each_at_most")
        pairs = combinations(group, 2)
        return limit is None or all(apart(*pair) <= Fraction(str(limit)) for pair in pairs)

    def counted(group: Members) -> Fraction:
        return total(apart, group)

    def keeps(group: Members) -> bool:
        least, most = main.get("at_least"), main.get("at_most")
        enough = least is None or counted(group) >= Fraction(str(least))
        return enough and (most is None or counted(group) <= Fraction(str(most))) and within(group)

    limits = {"at_least", "at_most", "each_at_most", "least"} & main.keys()
    return Meaning(keeps, counted, most="most" in main or limits == {"at_least"})


def _apart_by(world: World, of: object) -> Apart:
    if isinstance(of, str) and of in world.weights:
        return in_file(world.people, world.weights[of])
    weights = of if isinstance(of, dict) else dict.fromkeys(_several(of), 1)
    if list(weights) == ["municipality"]:
        return in_kilometres(world.people)
    exact = {trait: Fraction(str(weight)) for trait, weight in weights.items()}
    return in_traits(world.people, world.everybody or world.people, exact, world.held)


def _bonds(world: World, main: object) -> Callable[[Members], int]:
    """Pairs of a group that sat together before, once for each file."""
    files = main if isinstance(main, list) else [main]
    before = [group for file in files for group in world.earlier[str(file)]]
    return lambda group: sum(_pairs(len(world.ids(group) & met)) for met in before)


def _strangers(world: World, main: object, options: Options) -> Meaning:
    del options
    return _zero(_bonds(world, main))


def _keep(world: World, main: object, options: Options) -> Meaning:
    del options
    return Meaning(counts=_bonds(world, main), most=True)


def _resilient(world: World, main: object, options: Options) -> Meaning:
    """Whoever of a group is absent, the others keep the size and the rules about members."""
    del main, options
    others = [meaning(world, entry) for entry in world.book.rules if entry[0] != "resilient"]
    asked = [rule for rule in others if rule.spared]

    def keeps(group: Members) -> bool:
        rests = [tuple(person for person in group if person != absent) for absent in group]
        return len(group) - 1 >= world.book.smallest and all(
            rule.keeps(rest) for rule in asked for rest in rests
        )

    return Meaning(keeps, lambda group: int(keeps(group)), most=True, spared=False)


def _wishes(world: World, trait: str, options: Options) -> Meaning:
    del options

    def granted(group: Members) -> int:
        here = world.ids(group)
        return sum(
            len((here - {world.people[person]["id"]}) & world.values(person, trait))
            for person in group
        )

    return Meaning(counts=granted, most=True)


def _even_sizes(world: World, main: object, options: Options) -> Meaning:
    """Even among those who are placed: people too many or too few, added up."""
    del world, main, options

    def off(groups: Groups) -> int:
        placed = sum(map(len, groups))
        low = placed // len(groups)
        high = low + (placed % len(groups) > 0)
        return sum(max(0, low - len(group), len(group) - high) for group in groups)

    return Meaning(keeps_all=lambda groups: off(groups) == 0, counts_all=off, spared=False)


def _place_everyone(world: World, main: object, options: Options) -> Meaning:
    del main, options
    everybody = len(world.people)

    def waiting(groups: Groups) -> int:
        return everybody - sum(map(len, groups))

    return Meaning(keeps_all=lambda groups: waiting(groups) == 0, counts_all=waiting, spared=False)


def wished_size(prefer: int) -> Meaning:
    """People by which groups are off the size that is wished for."""
    return Meaning(counts=lambda group: abs(len(group) - prefer))


_MEANINGS: dict[str, Callable[..., Meaning]] = {
    "different": _different,
    "same": _same,
    "include": _include,
    "ratio": _ratio,
    "not_alone": _not_alone,
    "together": _together,
    "apart": _apart,
    "common": _common,
    "pin": _pin,
    "spread": _spread,
    "balance": _balance,
    "distance": _distance,
    "strangers": _strangers,
    "keep": _keep,
    "resilient": _resilient,
    "wishes": _wishes,
    "even_sizes": _even_sizes,
    "place_everyone": _place_everyone,
}
