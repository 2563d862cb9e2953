"""How far apart two people are, and how unlike a group is to everybody, from the README's words.

Both are rounded as the README says: to thousandths of a unit, coordinate by coordinate, and once
for each pair.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from tests.oracle.written import Person, number_of

THOUSAND = 1000
WHERE = {
    "Turku": (60.4481, 22.2662),
    "Oulu": (65.0139, 25.4718),
    "Lahti": (60.9801, 25.6554),
    "Salo": (60.3835, 23.1282),
    "Kemi": (65.7353, 24.5705),
    "Pori": (61.489, 21.7949),
    "Vaasa": (63.0951, 21.6121),
    "Kotka": (60.4674, 26.9471),
}
"""Degrees north and east, of the National Land Survey of Finland."""

Apart = Callable[[int, int], Fraction]
Members = Sequence[int]
Held = Callable[[Person, str], frozenset[str]]


def in_kilometres(people: Sequence[Person]) -> Apart:
    """Along the great circle, by the angle between two vectors."""

    def vector(person: int) -> tuple[float, float, float]:
        north, east = map(math.radians, WHERE[people[person]["municipality"]])
        return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)

    def apart(one: int, other: int) -> Fraction:
        a, b = vector(one), vector(other)
        across = math.hypot(
            a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
        )
        along = sum(x * y for x, y in zip(a, b, strict=True))
        return Fraction(round(6371.0088 * math.atan2(across, along) * THOUSAND), THOUSAND)

    return apart


def in_traits(
    people: Sequence[Person],
    everybody: Sequence[Person],
    weights: Mapping[str, Fraction],
    held: Held,
) -> Apart:
    """Euclid's distance of numbers in standard deviations, or else Gower's."""

    def numeric(trait: str) -> bool:
        return all(number_of(person.get(trait, "")) is not None for person in everybody)

    if all(map(numeric, weights)):
        axes = [_deviations(people, everybody, trait, weight) for trait, weight in weights.items()]

        def euclid(one: int, other: int) -> Fraction:
            square = sum((axis[one] - axis[other]) ** 2 for axis in axes)
            root = math.isqrt(square)
            return Fraction(root + (square > root * (root + 1)), THOUSAND)

        return euclid
    whole = sum(weights.values())

    def gower(one: int, other: int) -> Fraction:
        total = 0
        for trait, weight in weights.items():
            part = THOUSAND * weight / whole
            if numeric(trait):
                a, b = (_in_range(people[each], everybody, trait, part) for each in (one, other))
                total += abs(a - b)
                continue
            mine, yours = (held(people[each], trait) for each in (one, other))
            either = mine | yours
            if either:
                unlike = Fraction(len(mine ^ yours), len(either))
                # One value or none is the same, whatever it is rounded to.
                several = ";" in "".join(person.get(trait, "") for person in everybody)
                jaccard = math.floor(round(part) * unlike + Fraction(1, 2))
                total += jaccard if several else round(part) * bool(mine ^ yours)
        return Fraction(total, THOUSAND)

    return gower


def _deviations(
    people: Sequence[Person], everybody: Sequence[Person], trait: str, weight: Fraction
) -> list[int]:
    numbers = [Fraction(person[trait]) for person in everybody]
    mean = sum(numbers) / len(numbers)
    variance = sum((number - mean) ** 2 for number in numbers) / len(numbers)
    if not variance:
        return [0] * len(people)
    factor = THOUSAND * math.sqrt(weight / variance)
    least = min(numbers)
    return [round(float(Fraction(person[trait]) - least) * factor) for person in people]


def _in_range(person: Person, everybody: Sequence[Person], trait: str, part: Fraction) -> int:
    numbers = [Fraction(other[trait]) for other in everybody]
    reach = max(numbers) - min(numbers)
    return round(part * (Fraction(person[trait]) - min(numbers)) / reach) if reach else 0


def in_file(people: Sequence[Person], weights: Mapping[frozenset[str], Fraction]) -> Apart:
    """As the file has it, and 0 for a pair that it lacks."""
    return lambda one, other: weights.get(
        frozenset({people[one]["id"], people[other]["id"]}), Fraction(0)
    )


def total(apart: Apart, group: Members) -> Fraction:
    return sum((apart(one, other) for one, other in combinations(group, 2)), Fraction(0))


def inertia(
    everybody: Sequence[Person], means: Sequence[str], spreads: Sequence[str], held: Held
) -> Callable[[Members], Fraction]:
    """A group's size times its squared distance from everybody in standardised features."""
    features: list[list[int]] = []
    for trait in means:
        if all(number_of(person.get(trait, "")) is not None for person in everybody):
            features.append(_standardised([Fraction(person[trait]) for person in everybody]))
        else:
            features += _shares([held(person, trait) for person in everybody])
    for trait in spreads:
        plain = _standardised([Fraction(person[trait]) for person in everybody])
        features.append(_standardised([Fraction(number**2) for number in plain]))

    def of_group(group: Members) -> Fraction:
        squares = sum(sum(feature[person] for person in group) ** 2 for feature in features)
        return Fraction(squares // len(group), THOUSAND**2)

    return of_group


def _standardised(numbers: Sequence[Fraction]) -> list[int]:
    mean = sum(numbers) / len(numbers)
    variance = sum((number - mean) ** 2 for number in numbers) / len(numbers)
    if not variance:
        return [0] * len(numbers)
    return [round(THOUSAND * float(number - mean) / math.sqrt(variance)) for number in numbers]


def _shares(held: Sequence[frozenset[str]]) -> list[list[int]]:
    """A feature for each value, with a variance of 1 in all."""
    people = len(held)
    counts = {
        value: sum(value in mine for mine in held) for value in sorted(frozenset().union(*held))
    }
    variance = sum(Fraction(n * (people - n), people**2) for n in counts.values())
    if not variance:
        return []
    step = round(THOUSAND / math.sqrt(variance))
    return [
        [(step if value in mine else 0) - round(Fraction(step * n, people)) for mine in held]
        for value, n in counts.items()
    ]


def weights_of(table: str) -> dict[frozenset[str], Fraction]:
    """What a file a,b,weight tells of pairs."""
    rows = [line.split(",") for line in table.split()[1:]]
    return {frozenset({one, other}): Fraction(weight) for one, other, weight in rows}


def is_weights(table: str) -> bool:
    return table.startswith("a,b,weight")
