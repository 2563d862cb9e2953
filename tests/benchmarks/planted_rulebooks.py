"""Random rosters and rulebooks of all kinds, each with a valid grouping planted in it.

A grouping is drawn first. Each rule then writes its column so that these groups keep it, or takes
a limit that they just keep; preferences ask for more than that. So every rulebook is possible, and
nobody knows how good a grouping can be.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import pairwise

import yaml

from tests.oracle.answers import Case

FEWEST, MOST = 30, 117
_SIZES = ((3, 4), (3, 5), (4, 4), (4, 5), (3, 3), (4, 6), (5, 6))
_TOWNS = tuple(f"Imaginary {number}" for number in range(1, 26))
_UNITS = ("blue", "red", "green")
_COLOURS = ("amber", "black", "coral", "dun")
_TIMES = tuple(f"{day} {hour}" for day in ("Mon", "Tue", "Wed", "Thu") for hour in (12, 15, 17))

Entry = object
Row = dict[str, str]


def planted_case(seed: int) -> tuple[Case, list[list[int]]]:
    """The case of a seed, and the groups planted in it, as rows of its roster."""
    planting = _Planting(random.Random(f"planted {seed}"))
    return planting.case(), planting.groups


class _Planting:
    """One case while it is drawn."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.sizes = chance.choice(_SIZES)
        self.files: dict[str, str] = {}
        sizes = self._group_sizes(chance.randint(FEWEST, MOST))
        self.people = sum(sizes)
        order = chance.sample(range(self.people), self.people)
        ends = [sum(sizes[:end]) for end in range(len(sizes) + 1)]
        self.groups = [order[start:end] for start, end in pairwise(ends)]
        self.rows = [self._row(number) for number in range(self.people)]

    def case(self) -> Case:
        rules = [draw(self) for draw in self._drawn(_RULES, (2, 3, 4))]
        wishes = [draw(self) for draw in self._drawn(_WISHES, (1, 2, 3))]
        low, high = self.sizes
        groups = {"size": low if low == high else f"{low}-{high}"}
        book = {"groups": groups, "rules": [*rules, "place_everyone"], "preferences": wishes}
        lines = [",".join(self.rows[0]), *(",".join(row.values()) for row in self.rows)]
        return Case(yaml.safe_dump(book, sort_keys=False), "\n".join(lines) + "\n", self.files)

    def _drawn(self, draws: Sequence[Draw], counts: Sequence[int]) -> list[Draw]:
        return self.chance.sample(draws, self.chance.choice(counts))

    def _group_sizes(self, people: int) -> list[int]:
        low, high = self.sizes
        sizes: list[int] = []
        while sum(sizes) + high < people:
            sizes.append(self.chance.randint(low, high))
        return [*sizes, max(low, min(high, people - sum(sizes)))]

    def _row(self, number: int) -> Row:
        chance = self.chance
        others = [other for other in range(self.people) if other != number]
        wished = chance.sample(others, chance.choice((1, 2, 3)))
        return {
            "id": _id(number),
            "municipality": chance.choice(_TOWNS),
            "years": str(chance.choice((0, 1, 2, 3, 4, 6, 8, 10, 12, 15, 20, 28))),
            "score": str(chance.randint(0, 1000)),
            "age": str(chance.randint(22, 65)),
            "unit": chance.choice(_UNITS),
            "colour": chance.choice(_COLOURS),
            "role": "mentor" if chance.random() < 0.2 else "mentee",
            "times": ";".join(chance.sample(_TIMES, chance.choice((2, 3, 4)))),
            "wishes": ";".join(map(_id, wished)),
        }

    # rules, which the planted groups keep ---------------------------------------------------
    def different(self) -> Entry:
        for group in self.groups:
            towns = self.chance.sample(_TOWNS, len(group))
            for person, town in zip(group, towns, strict=True):
                self.rows[person]["municipality"] = town
        return {"different": "municipality"}

    def same(self) -> Entry:
        for group in self.groups:
            unit = self.chance.choice(_UNITS)
            for person in group:
                self.rows[person]["unit"] = unit
        return {"same": "unit"}

    def include(self) -> Entry:
        for group in self.groups:
            self.rows[self.chance.choice(group)]["role"] = "mentor"
        return {"include": {"role": "mentor", "at_least": 1}}

    def ratio(self) -> Entry:
        for group in self.groups:
            mentors = self.chance.sample(group, -(-len(group) // 4))
            for person in mentors:
                self.rows[person]["role"] = "mentor"
        return {"ratio": {"role": "mentee", "per": "mentor", "at_most": 3}}

    def not_alone(self) -> Entry:
        for group in self.groups:
            having = [person for person in group if self.rows[person]["colour"] == "coral"]
            if len(having) == 1:
                self.rows[having[0]]["colour"] = "dun"
        return {"not_alone": {"colour": "coral"}}

    def together(self) -> Entry:
        chosen = self.chance.sample(self.groups, max(2, len(self.groups) // 4))
        return {"together": [list(map(_id, self.chance.sample(group, 2))) for group in chosen]}

    def apart(self) -> Entry:
        pairs = [self.chance.sample(self.groups, 2) for _ in range(max(2, len(self.groups) // 2))]
        return {"apart": [[_id(self.chance.choice(group)) for group in pair] for pair in pairs]}

    def common(self) -> Entry:
        for group in self.groups:
            time = self.chance.choice(_TIMES)
            for person in group:
                held = set(self.rows[person]["times"].split(";")) | {time}
                self.rows[person]["times"] = ";".join(sorted(held, key=_TIMES.index))
        return {"common": "times"}

    def spread(self) -> Entry:
        least = min(
            sum(abs(one - other) for at, one in enumerate(years) for other in years[:at])
            for years in self._numbers("years")
        )
        return {"spread": "years", "at_least": least}

    def balance(self) -> Entry:
        groups = self._numbers("age")
        mean = sum(map(sum, groups)) / self.people
        furthest = max(abs(sum(ages) / len(ages) - mean) for ages in groups)
        return {"balance": "age", "at_most": round(furthest + 0.05, 1)}

    def strangers(self) -> Entry:
        """Earlier groups that take at most one of each planted group."""
        places = [self.chance.sample(range(self.people // 4), len(group)) for group in self.groups]
        earlier = {
            person: place
            for group, taken in zip(self.groups, places, strict=True)
            for person, place in zip(group, taken, strict=True)
        }
        return {"strangers": self._file(earlier)}

    # preferences ----------------------------------------------------------------------------
    def wishes(self) -> Entry:
        return {"wishes": "wishes"}

    def keep(self) -> Entry:
        seats = self.chance.sample(range(self.people), self.people)
        return {"keep": self._file({person: seat // 4 for seat, person in enumerate(seats)})}

    def fewest_units(self) -> Entry:
        return {"same": self.chance.choice(("unit", "colour"))}

    def most_together(self) -> Entry:
        if self.chance.random() < 0.4:
            return {"together": "municipality"}
        return {"together": self._lists()}

    def most_apart(self) -> Entry:
        return {"apart": self._lists()}

    def most_common(self) -> Entry:
        return {"common": "times"}

    def more_included(self) -> Entry:
        wanted = self.chance.choice(({"colour": "amber"}, {"unit": "blue"}, {"years": "below 5"}))
        return {"include": {**wanted, "at_least": self.chance.choice((1, 2))}}

    def better_ratio(self) -> Entry:
        return {"ratio": {"colour": "amber", "per": "black", "at_most": 1}}

    def fewest_alone(self) -> Entry:
        return {"not_alone": {"colour": self.chance.choice(_COLOURS)}}

    def fewest_repeats(self) -> Entry:
        return {"different": self.chance.choice(("municipality", "colour", "unit"))}

    def most_spread(self) -> Entry:
        return {"spread": self.chance.choice(("years", "score", "colour", "times"))}

    def best_balance(self) -> Entry:
        return {"balance": self.chance.choice(("score", "age", "years", "unit", "colour"))}

    def several_spreads(self) -> Entry:
        return [{"spread": trait} for trait in self.chance.sample(("years", "score", "age"), 2)]

    def several_bonds(self) -> Entry:
        return [{"wishes": "wishes"}, {"spread": "score", "weight": 0.01}]

    def _lists(self) -> list[list[str]]:
        lists = self.people // 6
        people = self.chance.sample(range(self.people), 3 * lists)
        return [list(map(_id, people[3 * at : 3 * at + 3])) for at in range(lists)]

    def _numbers(self, column: str) -> list[list[int]]:
        return [[int(self.rows[person][column]) for person in group] for group in self.groups]

    def _file(self, group_of: dict[int, int]) -> str:
        name = f"earlier{len(self.files) + 1}.csv"
        seats = [f"{_id(person)},G{group + 1}" for person, group in sorted(group_of.items())]
        self.files[name] = "\n".join(["id,group", *seats]) + "\n"
        return name


def _id(number: int) -> str:
    return f"P{number + 1}"


Draw = Callable[[_Planting], Entry]

_RULES: tuple[Draw, ...] = (
    *(_Planting.different, _Planting.same, _Planting.include, _Planting.ratio),
    *(_Planting.not_alone, _Planting.together, _Planting.apart, _Planting.common),
    *(_Planting.spread, _Planting.balance, _Planting.strangers),
)
_WISHES: tuple[Draw, ...] = (
    *(_Planting.wishes, _Planting.keep, _Planting.fewest_units, _Planting.most_together),
    *(_Planting.most_apart, _Planting.most_common, _Planting.more_included),
    *(_Planting.better_ratio, _Planting.fewest_alone, _Planting.fewest_repeats),
    *(_Planting.most_spread, _Planting.best_balance, _Planting.several_spreads),
    _Planting.several_bonds,
)
