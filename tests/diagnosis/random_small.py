"""Random rosters of up to eight people at the edge of what is possible, under random rulebooks.

Numbers lie where things tip over: as many new, experienced or same-town people as groups, give or
take one; and from one person too few for the smallest groups to one too many for the largest.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

import yaml

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.findings import RulebookError
from vermegroup.domain.problem import Problem

MOST = 8
SIZES = ((2, 2), (2, 3), (2, 4), (3, 3), (3, 4), (3, 5), (2, 5))
HOURS = ("mo 16", "tu 16", "we 16", "th 16")
OF_ALL_GROUPS = (
    "even_sizes",
    {"balance": "years", "at_most": 2},
    {"balance": "years", "at_most": 5},
)
WISHES = ({"spread": "years"}, "even_sizes", {"different": "subject"}, {"same": "municipality"})
BANDS = (
    {"new": "below 5", "experienced": "5 or more"},
    {"new": "below 5", "experienced": "5.5 or more"},
    {"new": "at most 5", "experienced": "above 5"},
    {"new": "3-5", "experienced": "6 or more"},
    {"new": "below 0", "experienced": "at most 80"},
    {"new": "below 6", "experienced": "8-20"},
)


@dataclass(frozen=True)
class Case:
    """People and a rulebook's text, which can be read and changed."""

    people: tuple[Person, ...]
    rulebook: str

    def problem(self) -> Problem:
        return problem_from(self.people, self.rulebook)


def random_problem(seed: int) -> Problem:
    """A roster with a rulebook that can be read; the same for the same seed."""
    return _first_readable(seed, lambda chance: _case(chance, MOST)).problem()


def random_edge_case(seed: int, most: int = 7) -> Case:
    """One with any number of groups asked for, rules on all groups, and bands with gaps or none."""
    return _first_readable(seed, lambda chance: _edge_case(chance, most))


def _first_readable(seed: int, drawn: Callable[[random.Random], Case]) -> Case:
    for draw in count():
        case = drawn(random.Random(1000 * seed + draw))
        try:
            case.problem()
        except RulebookError:  # rules that contradict each other as they are written
            continue
        return case
    raise AssertionError


def _case(chance: random.Random, at_most: int) -> Case:
    smallest, largest = chance.choice(SIZES)
    groups = chance.randint(1, at_most // smallest)
    fewest, most = max(2, smallest * groups - 1), min(at_most, largest * groups + 1)
    people = _people(chance.randint(min(fewest, most), most), groups, chance)
    return Case(tuple(people), _rulebook(people, (smallest, largest), groups, chance))


def _edge_case(chance: random.Random, most: int) -> Case:
    case = _case(chance, most)
    plain = yaml.safe_load(case.rulebook)
    if chance.random() < 0.6:
        low = chance.randint(1, len(case.people))
        plain["groups"]["count"] = chance.choice((low, f"{low}-{low + chance.randint(0, 2)}"))
    if chance.random() < 0.5:
        plain["bands"] = {"experience": chance.choice(BANDS)}
    if chance.random() < 0.5:
        plain["rules"].append(chance.choice(OF_ALL_GROUPS))
    chance.shuffle(plain["rules"])
    plain["preferences"] = chance.sample(WISHES, chance.randint(0, 2))
    return Case(case.people, yaml.safe_dump(plain, sort_keys=False))


def _people(number: int, groups: int, chance: random.Random) -> list[Person]:
    def about_as_many_as_groups(most: int) -> int:
        return max(0, min(most, groups + chance.choice((-1, 0, 0, 1))))

    new = about_as_many_as_groups(number)
    experienced = about_as_many_as_groups(number - new)
    years = [*(chance.randrange(5) for _ in range(new))]
    years += [chance.randint(10, 20) for _ in range(experienced)]
    years += [chance.randint(5, 9) for _ in range(number - len(years))]
    crowd = about_as_many_as_groups(number)
    towns = ["Crowded"] * crowd + [f"Town {chance.randrange(5)}" for _ in range(number - crowd)]
    if chance.random() < 0.6:  # else towns go with experience
        chance.shuffle(towns)
    subjects = [chance.choice(("Art", "Music", "Music")) for _ in range(number)]
    hours = [tuple(chance.sample(HOURS, chance.choice((1, 2, 2, 3)))) for _ in range(number)]
    found = [Person(*fields) for fields in zip(towns, years, subjects, hours, strict=True)]
    chance.shuffle(found)
    return found


def _rulebook(
    people: list[Person], size: tuple[int, int], groups: int, chance: random.Random
) -> str:
    smallest, largest = size
    fixed = f", count: {groups}" if chance.random() < 0.2 else ""
    possible = list(_rules(len(people), chance))
    rules = chance.sample(possible, chance.randint(2, min(5, len(possible))))
    waits = chance.random() < 0.25
    lines = [
        f"groups: {{size: {smallest}-{largest}{fixed}}}",
        "rules:",
        *(f"  - {{{rule}}}" for rule in rules),
        *([] if waits else ["  - place_everyone"]),
    ]
    return "\n".join(lines) + "\n"


def _rules(number: int, chance: random.Random) -> Iterator[str]:
    """A rule of each sort, some of them chosen more often by being there twice."""
    yield from ("different: municipality", "include: {experience: new, at_least: 1}")
    yield "include: {experience: experienced, at_least: 1}"
    yield chance.choice(
        (
            "include: {experience: new, at_most: 1}",
            "include: {subject: Art, exactly: 1}",
            "include: {years: 5-9, at_least: 1}",
        )
    )
    yield "ratio: {experience: new, per: experienced, at_most: 1}"
    yield "not_alone: {subject: Art}"
    yield chance.choice(("common: hours", "resilient: 1"))
    yield f"spread: years, at_least: {chance.choice((5, 10, 20))}"
    yield chance.choice(
        ("same: subject", "together: subject", "different: municipality, at_most: 2")
    )
    if number >= 4:
        first, second, third, fourth = (
            f"SYN-{1 + at:03d}" for at in chance.sample(range(number), 4)
        )
        yield f"together: [{first}, {second}]"
        yield f"apart: [{second}, {third}, {fourth}]"
        yield f"pin: {{{first}: G01, {third}: {chance.choice(('G01', 'G02'))}}}"
