"""Small cases at random, at the edge of the possible: few values, counts that are off by one."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations

import yaml

from tests.oracle.answers import Case

TOWNS = ("Turku", "Oulu", "Lahti", "Salo", "Kemi", "Pori", "Vaasa", "Kotka")
TIMES = ("ma", "ti", "ke", "to")
LANGUAGES = ("fi", "sv", "en")
ROLES = ("mentor", "mentee")
UNITS = ("blue", "red", "green")
COLOURS = ("amber", "black", "coral")
YEARS = (0, 1, 2, 4, 5, 7, 9, 10, 12, 15, 30)
SCORES = (("0", "1", "2", "0.5", "2.25", "7"), ("0.001", "0.002", "0.0035"), ("0.1", "0.2", "0.33"))
SIZES = ((2, 3), (2, 2), (2, 4), (3, 3), (3, 4), (3, 5), (2, 5), (4, 5), (2, 7))
NAMED = ("municipality", "unit", "role", "colour", "experience")
MANY = ("times", "langs")
NUMERIC = ("years", "score")


def ids(people: int) -> list[str]:
    return [f"P{number}" for number in range(1, people + 1)]


def random_case(seed: int | str) -> Case:
    """The case of a seed; equal seeds give equal cases."""
    return _Drawing(random.Random(f"case {seed}")).case()


def case_of_kind(kind: str, seed: int) -> Case:
    """A case of at most six people with this kind alone: a rule and a preference, if it is both."""
    return _Drawing(random.Random(f"{kind} {seed}")).case_of_kind(kind)


class _Drawing:
    """One case while it is drawn."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.people = chance.choice((2, 3, 4, 4, 5, 5, *(6, 7, 8) * 4))
        self.sizes = self._sizes()
        self.files: dict[str, str] = {}
        self.banded = chance.random() < 0.3
        self.by = chance.choice(("unit", "unit", "role")) if chance.random() < 0.16 else None
        self.alike: list[list[str]] = []

    def case(self) -> Case:
        rows = self._rows()
        plain = self._book()
        if self.banded:
            plain["bands"] = self._bands()
        if self.by is not None:
            plain = self._split(plain, self.by)
        text = yaml.safe_dump(plain, sort_keys=False, default_flow_style=None, width=100)
        return Case(text, rows, self.files)

    def case_of_kind(self, kind: str) -> Case:
        self.people = self.chance.choice((4, 5, 5, 6, 6))
        self.sizes = self.chance.choice(((2, 3), (2, 3), (2, 4), (3, 3), (2, 2), (3, 4)))
        rows, (low, high) = self._rows(), self.sizes
        plain: dict[str, object] = {"groups": {"size": f"{low}-{high}"}}
        if kind == "size":
            plain["groups"] = {"size": f"{low}-{high}", "prefer": self.chance.randint(low, high)}
        elif kind == "tier":
            plain["preferences"] = [self._tier()]
        else:
            plain |= self._both_ways(kind)
        return Case(yaml.safe_dump(plain, sort_keys=False), rows, self.files)

    def _tier(self) -> list[object]:
        spreads = [{"spread": trait} for trait in ("years", "colour", "times")]
        drawn = [self._wish() for _ in range(4)] if self._seldom() else spreads
        two = _distinct([wish for wish in drawn if _may_be_weighed(wish)] + ["even_sizes"])[:2]
        return [self._with_weight(wish) for wish in (*two, {"spread": "score"})]

    def _both_ways(self, kind: str) -> dict[str, object]:
        """The kind among the rules and among the preferences; beside ``resilient`` other rules."""
        draws = {draw.__name__: draw for draw in (*_RULES, *_WISHES)}
        if kind == "place_everyone":
            return {self.chance.choice(("rules", "preferences")): [kind]}
        draw = draws[kind]
        rules = [draw(self, True)] if draw in _RULES else []
        if kind == "resilient":
            asked = (_Drawing.include, _Drawing.not_alone, _Drawing.ratio, _Drawing.spread)
            rules = [self.chance.choice(asked)(self, True) for _ in range(2)]
        wishes = [draw(self, False)] if draw in _WISHES else []
        return {"rules": rules, "preferences": wishes}

    # the roster ----------------------------------------------------------------------------
    def _rows(self) -> str:
        chance, people = self.chance, self.people
        towns = self._few(TOWNS, chance.choice((2, 3, people)))
        scores = chance.choice((SCORES[0],) * 8 + SCORES[1:])
        columns: dict[str, list[str]] = {
            "id": ids(people),
            "municipality": towns,
            "years": [str(chance.choice(YEARS[: chance.choice((4, 8, 11))])) for _ in towns],
            "score": [chance.choice(scores) for _ in towns],
            "unit": self._few(UNITS, chance.choice((1, 2, 2, 3))),
            "role": self._few(ROLES, 2),
            "colour": self._few(COLOURS, 3),
            "times": [self._several(TIMES) for _ in towns],
            "langs": [self._several(LANGUAGES) for _ in towns],
            "wishes": [self._wished(id_) for id_ in ids(people)],
        }
        if self.by is not None:
            pairs = list(zip(columns["id"], columns[self.by], strict=True))
            values = dict.fromkeys(columns[self.by])
            self.alike = [[id_ for id_, value in pairs if value == each] for each in values]
        lines = [",".join(columns), *map(",".join, zip(*columns.values(), strict=True))]
        return "\n".join(lines) + "\n"

    def _few(self, values: tuple[str, ...], most: int) -> list[str]:
        """A value for each person, of some of these; one of them is often common."""
        few = values[: max(1, most)]
        common = self.chance.choice(few)
        lean = self.chance.choice((0.0, 0.3, 0.6))
        return [
            common if self.chance.random() < lean else self.chance.choice(few)
            for _ in range(self.people)
        ]

    def _several(self, values: tuple[str, ...]) -> str:
        count = self.chance.choice((1, 2, 2, 3))
        return ";".join(sorted(self.chance.sample(values, count), key=values.index))

    def _wished(self, id_: str) -> str:
        others = [other for other in ids(self.people) if other != id_]
        return ";".join(
            self.chance.sample(others, min(len(others), self.chance.choice((0, 1, 1, 2))))
        )

    # the rulebook --------------------------------------------------------------------------
    def _sizes(self) -> tuple[int, int]:
        fitting = [size for size in SIZES if size[0] <= self.people]
        return self.chance.choice(fitting)

    def _groups(self) -> dict[str, object]:
        chance, (low, high) = self.chance, self.sizes
        groups: dict[str, object] = {"size": low if low == high else f"{low}-{high}"}
        if chance.random() < 0.5:
            groups["prefer"] = chance.randint(low, high)
        off = chance.choice((-1, -1, 0, 0, 0, 0, 1, 1, 3))
        likely = max(1, self.people // chance.randint(low, high) + off)
        asked = chance.random()
        if asked < 0.22:
            groups["count"] = likely
        elif asked < 0.42:
            groups["count"] = f"{likely}-{likely + chance.choice((1, 1, 2))}"
        return groups

    def _bands(self) -> dict[str, object]:
        low = self.chance.choice((1, 2, 4, 5))
        high = low + self.chance.choice((0, 1, 5))
        level = {"of": "score", "low": "below 1", "high": self.chance.choice(("over 1", "2-7"))}
        years = {"new": f"below {low}", "experienced": f"{high} or more"}
        return {"experience": years, "level": level}

    def _book(self) -> dict[str, object]:
        chance = self.chance
        rules: list[object] = []
        wishes: list[object] = []
        for _ in range(chance.choice((2, 2, 3, 3, 4, 5))):
            if chance.random() < 0.55:
                rules.append(self._rule())
            else:
                wishes.append(self._wish())
        place = chance.random()
        if place < 0.45:
            rules.insert(chance.randint(0, len(rules)), "place_everyone")
        tiers = self._tiers(_distinct(wishes))
        if 0.45 <= place < 0.62:
            tiers.insert(0, "place_everyone")
        elif 0.62 <= place < 0.75 or place < 0.02:
            tiers.insert(chance.randint(0, len(tiers)), "place_everyone")
        groups = {"groups": self._groups()} if chance.random() < 0.96 else {}
        book: dict[str, object] = {**groups, "rules": _distinct(rules)}
        return {**book, "preferences": tiers} if tiers else book

    def _tiers(self, wishes: list[object]) -> list[object]:
        """The preferences, some neighbours of them weighed against each other."""
        alone = [wish for wish in wishes if not _may_be_weighed(wish)]
        weighed = [wish for wish in wishes if _may_be_weighed(wish)]
        if len(weighed) < 2 or self.chance.random() < 0.6:
            return wishes
        cut = self.chance.randint(2, len(weighed))
        tier = [self._with_weight(wish) for wish in weighed[:cut]]
        if all(isinstance(wish, dict) and "weight" in wish for wish in tier):
            row = tier if self.chance.random() < 0.5 else [tier]
        else:
            row = [tier]
        rest = weighed[cut:]
        return [*alone, *row, *rest] if self.chance.random() < 0.5 else [*row, *rest, *alone]

    def _with_weight(self, wish: object) -> object:
        weight = self.chance.choice((1, 2, 3, 0.5, 0.25))
        if not isinstance(wish, dict) or self.chance.random() < 0.2:
            return wish
        return {**wish, "weight": weight}

    def _split(self, plain: dict[str, object], by: str) -> dict[str, object]:
        """The rulebook split by a trait, with a book of its own for some of the values."""
        self.sizes = self.chance.choice(((2, 3), (2, 4), (2, 5)))
        plain = {"split_by": by, **plain, "groups": self._groups()}
        parts: dict[str, object] = {}
        for value in UNITS if by == "unit" else ROLES:
            if self.chance.random() < 0.4:
                self.sizes = self.chance.choice(((2, 2), (2, 3), (2, 4), (3, 4)))
                book = self._book()
                kept = self.chance.choice((("groups",), ("groups", "rules"), tuple(book)))
                parts[value] = {key: book[key] for key in kept if book.get(key)}
        return {**plain, "parts": parts} if parts else plain

    # entries -------------------------------------------------------------------------------
    def _rule(self) -> object:
        named = (_Drawing.together, _Drawing.together, _Drawing.apart, _Drawing.pin)
        return self.chance.choice((*_RULES, *named * 2) if self.alike else _RULES)(self, True)

    def _wish(self) -> object:
        return self.chance.choice(_WISHES)(self, False)

    def different(self, rule: bool) -> object:
        del rule
        trait = self.chance.choice((*NAMED, "level") if self.banded else NAMED)
        most = self.chance.choice((1, 1, 1, 2))
        return {"different": trait} if most == 1 else {"different": trait, "at_most": most}

    def same(self, rule: bool) -> object:
        del rule
        return {"same": self.chance.choice(("municipality", "unit", "role", "experience"))}

    def _had(self) -> dict[str, object]:
        """A trait with one of its values, several, or a range."""
        chance = self.chance
        named = ("experience", "role", "unit", "years", "score", "municipality")
        trait = chance.choice((*named, "level", "level") if self.banded else named)
        values: dict[str, object] = {
            "experience": chance.choice(("new", "experienced", ["new", "mid"])),
            "role": chance.choice(ROLES),
            "unit": chance.choice(("blue", "red", ["blue", "green"])),
            "years": chance.choice(("below 5", "5-10", "over 4", "10 or more", "at most 2", 0)),
            "score": chance.choice(("below 1", "0.5-2.25", "2 or more")),
            "municipality": chance.choice(("Turku", ["Turku", "Oulu"])),
            "level": chance.choice(("low", "high", ["low", "mid"])),
        }
        return {trait: values[trait]}

    def include(self, rule: bool) -> object:
        del rule
        limits = self.chance.choice(
            (
                *({}, {"at_least": 1}, {"at_least": 2}, {"at_most": 1}, {"exactly": 1}),
                *({"exactly": 2}, {"at_least": 1, "at_most": 2}, {"at_most": 0}, {"exactly": 0}),
            )
        )
        return {"include": {**self._had(), **limits}}

    def ratio(self, rule: bool) -> object:
        del rule
        limits = self.chance.choice(
            ({"at_least": 1}, {"at_most": 1}, {"at_least": 1, "at_most": 2}, {"at_least": 2})
        )
        pair = self.chance.choice(
            (
                {"role": "mentee", "per": "mentor"},
                {"experience": "new", "per": "experienced"},
                {"unit": "blue", "per": "red"},
                {"role": "mentor", "per": "mentee"},
            )
        )
        return {"ratio": {**pair, **limits}}

    def not_alone(self, rule: bool) -> object:
        del rule
        return {"not_alone": self._had()}

    def _named(self) -> object:
        """One or two lists of ids that share a person at the most."""
        chance, some = self.chance, self._some_part()
        first = chance.sample(some, min(len(some), chance.choice((2, 2, 3))))
        if chance.random() < 0.5 or len(some) - len(first) < 2:
            return first
        rest = [other for other in some if other not in first]
        return [first, chance.sample(rest, 2) if chance.random() < 0.6 else [first[0], rest[0]]]

    def _some_part(self) -> list[str]:
        """Of a roster that is split, mostly the people of one part; else everybody."""
        large = [crowd for crowd in self.alike if len(crowd) > 1]
        if large and self.chance.random() < 0.8:
            return self.chance.choice(large)
        return ids(self.people)

    def together(self, rule: bool) -> object:
        del rule
        traits = ("municipality", "colour")
        return {"together": self.chance.choice(traits) if self._seldom() else self._named()}

    def apart(self, rule: bool) -> object:
        del rule
        traits = ("municipality", "unit", "role")
        return {"apart": self.chance.choice(traits) if self._seldom() else self._named()}

    def _seldom(self) -> bool:
        return self.chance.random() < 0.3

    def common(self, rule: bool) -> object:
        del rule
        trait, least = self.chance.choice(MANY), self.chance.choice((1, 1, 2))
        return {"common": trait} if least == 1 else {"common": trait, "at_least": least}

    def pin(self, rule: bool) -> object:
        del rule
        some = self._some_part()
        who = self.chance.sample(some, min(len(some), self.chance.choice((1, 2, 3))))
        names = ("G01", "G1", "G02", "Team A", "2", "G3")
        return {"pin": {id_: self.chance.choice(names) for id_ in who}}

    def spread(self, rule: bool) -> object:
        trait = self.chance.choice((*NUMERIC, "years", "experience", "colour", "times"))
        if not rule:
            return {"spread": trait}
        limits = (0.5, 1, 2, 3.5, 5, 10, 25) if trait in NUMERIC else (1, 2, 2, 3)
        return {"spread": trait, "at_least": self.chance.choice(limits)}

    def balance(self, rule: bool) -> object:
        trait = self.chance.choice((*NUMERIC, "years", "role", "experience", "langs"))
        if not rule:
            return {"balance": trait}
        limits = (0.5, 1, 2, 2.5, 5) if trait in NUMERIC else (10, 20, 25, 30, 50)
        return {"balance": trait, "at_most": self.chance.choice(limits)}

    def balance_of_several(self, rule: bool) -> object:
        del rule
        traits = ("years", "score", "role", "unit", "experience", "langs")
        some = self.chance.sample(traits, self.chance.choice((1, 2, 2, 3)))
        numbers = self.chance.sample(NUMERIC, self.chance.choice((1, 1, 2)))
        picked = self.chance.choice(({"means": some}, {"spreads": numbers}, {}))
        both = {"means": some, "spreads": numbers}
        return {"balance": some if self.chance.random() < 0.6 else picked or both}

    def distance(self, rule: bool) -> object:
        """In kilometres, in deviations, by Gower or by a file; with a limit that often bites."""
        chance = self.chance
        mixed = ("years", "score", "role", "unit", "colour", "times", "experience")
        numbers = chance.sample(NUMERIC, chance.choice((1, 2, 2)))
        measured: tuple[tuple[object, tuple[float, ...]], ...] = (
            ("municipality", (0, 60, 100, 150, 200, 400, 700)),
            (numbers, (0.5, 1, 1.5, 2, 3.5, 6)),
            ({trait: chance.choice((1, 2, 0.5)) for trait in numbers}, (0.5, 1, 2, 4, 8)),
            (chance.sample(mixed, chance.choice((1, 2, 3))), (0.2, 0.5, 1, 1.5, 2.5)),
            ({chance.choice(mixed): 2, "colour": 1}, (0.3, 0.667, 1, 2)),
            (self._weights(), (1, 3, 5, 7.5, 12)),
        )
        of, limits = chance.choice(measured)
        asked = {
            key: chance.choice(limits) for key in chance.sample(_LIMITS, chance.choice((1, 1, 2)))
        }
        if rule:
            return {"distance": {"of": of, **asked}}
        seldom = asked if self._seldom() else {}
        return {"distance": {"of": of, chance.choice(("most", "least")): None, **seldom}}

    def _weights(self) -> str:
        """A file that tells of most pairs, now and then the other way round."""
        name = f"pairs{len(self.files) + 1}.csv"
        pairs = [
            f"{one},{other},{self.chance.choice((0, 1, 2, 2.5, 4, 7, 0.25))}"
            for one, other in map(self._either_way, combinations(ids(self.people), 2))
            if self.chance.random() < 0.85
        ]
        self.files[name] = "\n".join(["a,b,weight", *pairs, "P1,Q9,3"]) + "\n"
        return name

    def _either_way(self, pair: tuple[str, str]) -> tuple[str, str]:
        return pair if self.chance.random() < 0.7 else pair[::-1]

    def _earlier(self) -> str:
        """A file of earlier groups in which some of the people sat."""
        name = f"earlier{len(self.files) + 1}.csv"
        groups = self.chance.choice((2, 3, 4))
        seats = [f"{id_},G{self.chance.randint(1, groups)}" for id_ in ids(self.people)]
        seats = [seat for seat in seats if self.chance.random() < 0.8] or seats[:1]
        self.files[name] = "\n".join(["id,group", *seats, "Q1,G1"]) + "\n"
        return name

    def strangers(self, rule: bool) -> object:
        del rule
        two = self.chance.random() < 0.2
        return {"strangers": [self._earlier(), self._earlier()] if two else self._earlier()}

    def keep(self, rule: bool) -> object:
        del rule
        return {"keep": self._earlier()}

    def resilient(self, rule: bool) -> object:
        del rule
        return {"resilient": 1}

    def wishes(self, rule: bool) -> object:
        del rule
        return {"wishes": "wishes"}

    def even_sizes(self, rule: bool) -> object:
        del rule
        return "even_sizes"


_LIMITS = ("at_least", "at_most", "each_at_most", "each_at_most")
Draw = Callable[[_Drawing, bool], object]

_BOTH: tuple[Draw, ...] = (
    *(_Drawing.different, _Drawing.same, _Drawing.include, _Drawing.include, _Drawing.ratio),
    *(_Drawing.not_alone, _Drawing.together, _Drawing.apart, _Drawing.common, _Drawing.spread),
    *(_Drawing.balance, _Drawing.strangers, _Drawing.resilient, _Drawing.even_sizes),
    *(_Drawing.distance, _Drawing.distance),
)
_RULES: tuple[Draw, ...] = (*_BOTH, _Drawing.pin)
_WISHES: tuple[Draw, ...] = (
    *(*_BOTH, _Drawing.keep, _Drawing.wishes, _Drawing.spread, _Drawing.balance),
    _Drawing.balance_of_several,
)


def _distinct(entries: list[object]) -> list[object]:
    """Without entries that stand there twice."""
    found: list[object] = []
    for entry in entries:
        if entry not in found:
            found.append(entry)
    return found


def _may_be_weighed(entry: object) -> bool:
    alone = isinstance(entry, dict) and isinstance(entry.get("balance"), str)
    return not alone and entry != "place_everyone"


def kinds_in(case: Case) -> set[str]:
    """The kinds that a case mixes, for a tally: ``rule include``, ``wish include``."""
    plain = yaml.safe_load(case.rulebook)
    books = [plain, *(plain.get("parts") or {}).values()]
    found: set[str] = set()
    for book in books:
        for section, role in (("rules", "rule"), ("preferences", "wish")):
            for tier in book.get(section) or ():
                entries = tier if isinstance(tier, list) else [tier]
                found |= {f"{role} {_kind_of(entry)}" for entry in entries}
                found |= {"tier"} if len(entries) > 1 else set()
    return found


def _kind_of(entry: object) -> str:
    return entry if isinstance(entry, str) else next(iter(entry))
