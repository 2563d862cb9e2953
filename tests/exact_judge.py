"""What rules and preferences mean, in Python's own integers and fractions.

It knows nothing of the package: people are plain rows, a rulebook is the plain value that its
YAML would be, and every number is a ``Fraction``. So nothing here can overflow or be rounded, and
whatever a grouping is worth can be held against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

Row = dict[str, str]
Members = tuple[int, ...]
Entry = object
MOST = {"spread", "common", "keep", "wishes", "resilient", "together", "apart"}
# Kinds that are not asked of a group with somebody absent.
WHOLE = {"balance", "even_sizes", "place_everyone", "together", "pin", "resilient", "keep"}


@dataclass(frozen=True)
class Judge:
    """Judges groupings of these people under a plain rulebook.

    ``numeric`` and ``several`` are the traits that are numbers, and those with several values;
    ``earlier`` are groups of ids by the name of their file.
    """

    people: Sequence[Row]
    rulebook: dict[str, object]
    numeric: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    earlier: dict[str, list[list[str]]] | None = None

    # what people have -------------------------------------------------------------------------
    def number(self, trait: str, person: int) -> Fraction:
        return Fraction(self.people[person][trait])

    def values(self, trait: str, person: int) -> set[str]:
        text = self.people[person][trait]
        return {part.strip() for part in text.split(",") if part.strip()}

    def everybody(self) -> Members:
        return tuple(range(len(self.people)))

    def sizes(self) -> tuple[int, int]:
        low, _, high = str(self.rulebook["groups"]["size"]).partition("-")  # type: ignore[index]
        return int(low), int(high or low)

    # rules ------------------------------------------------------------------------------------
    def rules(self) -> list[Entry]:
        return ["size", *self.rulebook["rules"]]  # type: ignore[misc]

    def breaks(self, rule: Entry, group: Members) -> bool:
        """Whether a group breaks a rule."""
        kind, fields = split(rule)
        at_least = Fraction(str(fields.get("at_least", 1)))
        judged = {
            "size": lambda: not self.sizes()[0] <= len(group) <= self.sizes()[1],
            "resilient": lambda: any(self.broken_without(absent, group) for absent in group),
            "balance": lambda: self.imbalance(fields, group) > Fraction(str(fields["at_most"])),
            "spread": lambda: self.spread(fields, group) < at_least,
            "common": lambda: self.common(fields, group) < at_least,
            "together": lambda: self.torn(fields, group),
            "same": lambda: len({self.people[p][str(fields["of"])] for p in group}) > 1,
            "place_everyone": lambda: False,
        }
        return judged.get(kind, lambda: self.amount(rule, group) > 0)()

    def broken_without(self, absent: int, group: Members) -> bool:
        left = tuple(person for person in group if person != absent)
        asked = [rule for rule in self.rules() if split(rule)[0] not in WHOLE]
        return any(self.breaks(rule, left) for rule in asked)

    def torn(self, fields: dict[str, object], group: Members) -> bool:
        return any(0 < len(set(group) & crowd) < len(crowd) for crowd in self.crowds(fields))

    def rules_broken(self, groups: Sequence[Members]) -> list[set[int]]:
        """For each rule the groups that break it."""
        return [
            {at for at, group in enumerate(groups) if self.breaks(rule, group)}
            for rule in self.rules()
        ]

    # preferences ------------------------------------------------------------------------------
    def preferences(self) -> list[Entry]:
        """In the order in which they count: a preferred size follows ``place_everyone``."""
        found: list[Entry] = list(self.rulebook["preferences"])  # type: ignore[call-overload]
        if "place_everyone" not in (*self.rulebook["rules"], *found):  # type: ignore[misc]
            found.insert(0, "place_everyone")
        if "prefer" in self.rulebook["groups"]:  # type: ignore[operator]
            found.insert(
                found.index("place_everyone") + 1 if "place_everyone" in found else 0, "size"
            )
        return found

    def value(self, preference: Entry, groups: Sequence[Members]) -> Fraction:
        """What a grouping is worth, in the unit people think in."""
        if isinstance(preference, list):
            return self.tier(preference, groups)
        kind, fields = split(preference)
        if kind == "place_everyone":
            return Fraction(len(self.people) - sum(map(len, groups)))
        if kind == "balance":
            return max((self.imbalance(fields, group) for group in groups), default=Fraction(0))
        if kind == "apart":
            pairs = sum(comb2(len(crowd)) for crowd in self.crowds(fields))
            return pairs - sum((self.amount(preference, group) for group in groups), Fraction(0))
        return sum((self.amount(preference, group) for group in groups), Fraction(0))

    def tier(self, entries: list[Entry], groups: Sequence[Members]) -> Fraction:
        kinds = [split(entry)[0] for entry in entries]
        total = Fraction(0)
        for entry, kind in zip(entries, kinds, strict=True):
            weight = Fraction(str(split(entry)[1].get("weight", 1)))
            wanted = kind in MOST or all(inner in MOST for inner in kinds)
            sign = -1 if wanted and not all(inner in MOST for inner in kinds) else 1
            total += sign * weight * self.value(entry, groups)
        return total

    def better(self, preference: Entry, one: Fraction, other: Fraction) -> bool:
        if isinstance(preference, list):
            most = all(split(entry)[0] in MOST for entry in preference)
        else:
            most = split(preference)[0] in MOST
        return one > other if most else one < other

    def amount(self, entry: Entry, group: Members) -> Fraction:
        """What one group adds to a preference; of most rules also how far it is from keeping it."""
        kind, fields = split(entry)
        found = {
            "size": lambda: abs(len(group) - self.rulebook["groups"]["prefer"]),  # type: ignore[index]
            "spread": lambda: self.spread(fields, group),
            "common": lambda: self.common(fields, group),
            "different": lambda: self.repeats(fields, group),
            "same": lambda: len({self.people[p][str(fields["of"])] for p in group}),
            "include": lambda: self.off_quota(fields, group),
            "ratio": lambda: self.off_ratio(fields, group),
            "not_alone": lambda: self.holders(fields, group) == 1,
            "together": lambda: self.met(self.crowds(fields), group),
            "apart": lambda: self.met(self.crowds(fields), group),
            "strangers": lambda: self.met(self.before(fields), group),
            "keep": lambda: self.met(self.before(fields), group),
            "wishes": lambda: self.granted(fields, group),
            "resilient": lambda: not self.breaks(entry, group),
        }[kind]()
        return Fraction(found)  # type: ignore[arg-type]

    def imbalance(self, fields: dict[str, object], group: Members) -> Fraction:
        trait = str(fields["of"])
        if trait in self.numeric:
            return abs(self.mean(trait, group) - self.mean(trait, self.everybody()))
        here, all_of_them = self.shares(trait, group), self.shares(trait, self.everybody())
        return 100 * max(
            (abs(here[value] - share) for value, share in all_of_them.items()), default=0
        )

    def mean(self, trait: str, people: Members) -> Fraction:
        return sum((self.number(trait, p) for p in people), Fraction(0)) / len(people)

    def shares(self, trait: str, people: Members) -> dict[str, Fraction]:
        held = [self.held(trait, p) for p in people]
        every = {value for p in self.everybody() for value in self.held(trait, p)}
        return {
            value: Fraction(sum(value in mine for mine in held), len(people)) for value in every
        }

    def held(self, trait: str, person: int) -> set[str]:
        if trait in self.several:
            return self.values(trait, person)
        return {self.people[person][trait]}

    def spread(self, fields: dict[str, object], group: Members) -> Fraction:
        trait = str(fields["of"])
        if trait not in self.numeric:
            return Fraction(len({value for p in group for value in self.held(trait, p)}))
        numbers = [self.number(trait, p) for p in group]
        return sum((abs(one - other) for one, other in combinations(numbers, 2)), Fraction(0))

    def common(self, fields: dict[str, object], group: Members) -> int:
        shared = [self.held(str(fields["of"]), p) for p in group]
        return len(set.intersection(*shared)) if shared else 0

    def repeats(self, fields: dict[str, object], group: Members) -> int:
        most = int(str(fields.get("at_most", 1)))
        counts = Counter(self.people[p][str(fields["of"])] for p in group)
        return sum(max(0, count - most) for count in counts.values())

    def holders(self, fields: dict[str, object], group: Members) -> int:
        ((trait, wanted),) = ((k, v) for k, v in fields.items() if k in self.people[0])
        return sum(self.has(trait, wanted, p) for p in group)

    def has(self, trait: str, wanted: object, person: int) -> bool:
        if trait not in self.numeric:
            return self.people[person][trait] == wanted
        number, text = self.number(trait, person), str(wanted)
        if text.startswith("below "):
            return number < Fraction(text.removeprefix("below "))
        if text.startswith("at most "):
            return number <= Fraction(text.removeprefix("at most "))
        if text.endswith(" or more"):
            return number >= Fraction(text.removesuffix(" or more"))
        low, high = text.split(" to ")
        return Fraction(low) <= number <= Fraction(high)

    def off_quota(self, fields: dict[str, object], group: Members) -> int:
        count = self.holders(fields, group)
        least = int(str(fields.get("at_least", 0 if "at_most" in fields else 1)))
        most = fields.get("at_most")
        return max(0, least - count) + (0 if most is None else max(0, count - int(str(most))))

    def off_ratio(self, fields: dict[str, object], group: Members) -> int:
        count = self.holders(fields, group)
        trait = next(key for key in fields if key in self.people[0])
        each = sum(self.people[p][trait] == fields["per"] for p in group)
        least, most = int(str(fields.get("at_least", 0))), fields.get("at_most")
        over = 0 if most is None else max(0, count - int(str(most)) * each)
        return max(0, least * each - count) + over

    def crowds(self, fields: dict[str, object]) -> list[set[int]]:
        of = fields["of"]
        place = {row["id"]: at for at, row in enumerate(self.people)}
        if isinstance(of, list):
            return [{place[id_] for id_ in ids} for ids in of]
        values = {row[str(of)] for row in self.people}
        return [
            {p for p, row in enumerate(self.people) if row[str(of)] == value} for value in values
        ]

    def before(self, fields: dict[str, object]) -> list[set[int]]:
        place = {row["id"]: at for at, row in enumerate(self.people)}
        groups = (self.earlier or {})[str(fields["of"])]
        return [{place[id_] for id_ in ids if id_ in place} for ids in groups]

    def met(self, crowds: list[set[int]], group: Members) -> int:
        return sum(comb2(len(crowd & set(group))) for crowd in crowds)

    def granted(self, fields: dict[str, object], group: Members) -> int:
        ids = {self.people[p]["id"] for p in group}
        return sum(
            id_ in ids and id_ != self.people[p]["id"]
            for p in group
            for id_ in self.values(str(fields["of"]), p)
        )

    # whole groupings --------------------------------------------------------------------------
    def valid(self, groups: Sequence[Members]) -> bool:
        seated = sum(map(len, groups)) == len(self.people)
        if "place_everyone" in self.rules() and not seated:
            return False
        return not any(self.rules_broken(groups))

    def worth(self, groups: Sequence[Members]) -> list[Fraction]:
        return [self.value(entry, groups) for entry in self.preferences()]


def split(entry: Entry) -> tuple[str, dict[str, object]]:
    """An entry's kind and its fields, with ``of`` for what stands behind the kind's own name."""
    if isinstance(entry, str):
        return entry, {}
    assert isinstance(entry, dict)
    kind = next(key for key in entry if key not in ("at_least", "at_most", "exactly", "weight"))
    main = entry[kind]
    inside = main if isinstance(main, dict) else {"of": main}
    return kind, {**inside, **{key: value for key, value in entry.items() if key != kind}}


def comb2(count: int) -> int:
    return count * (count - 1) // 2


def groupings(people: int, smallest: int) -> Iterator[tuple[Members, ...]]:
    """Every grouping of some or all of a handful of people, each once."""

    def rest(left: Members) -> Iterator[tuple[Members, ...]]:
        if not left:
            yield ()
            return
        first, others = left[0], left[1:]
        yield from rest(others)
        for size in range(smallest - 1, len(others) + 1):
            for mates in combinations(others, size):
                for groups in rest(tuple(person for person in others if person not in mates)):
                    yield ((first, *mates), *groups)

    return rest(tuple(range(people)))
