"""What a kind says that it looks at is what its measure and its rule depend on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import combinations

import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from tests.rules.test_arithmetic_of_all import ALL, ruled
from tests.rules.test_contract import EXAMPLES, PEOPLE, one_group
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan
from vermegroup.domain.roster import Roster

ALONE = problem_from(PEOPLE).roster
# Each of the twelve and a twin with the same traits, whom nobody names or wishes for.
TWINS = problem_from([*PEOPLE, *(replace(person, wishes=()) for person in PEOPLE)]).roster
STRANGE = [Person(f"Far {at}", 90 + at, f"Odd {at}", (f"Late {at}",)) for at in range(5)]
AMONG_OTHERS = problem_from([*PEOPLE, *STRANGE]).roster
PLAN = Plan(3, 3, 5)
GROUPS = [members for size in (3, 4) for members in list(combinations(range(12), size))[::11]]
NAMES = sorted({example.kind.kind for example in EXAMPLES})
every_kind = pytest.mark.parametrize("name", [name for name in NAMES if name != "tier"])

Judge = Callable[[Kind, tuple[int, ...]], object]


def judged(kind: Kind, roster: Roster, plan: Plan, members: Iterable[int]) -> tuple[int, int]:
    """What a kind counts in a group, and how far that is from the rule."""
    alone = one_group(tuple(members))
    measure, short = kind.measure(roster, plan, alone), kind.shortfall(roster, plan, alone)
    return int(measure[0]), int(short[0])


def examples(name: str) -> list[Kind]:
    return [example.kind for example in EXAMPLES if example.kind.kind == name]


def differ(name: str, one: Judge, other: Judge) -> bool:
    """Whether some example of a kind judges some group otherwise."""
    return any(
        one(kind, members) != other(kind, members) for kind in examples(name) for members in GROUPS
    )


def plainly(kind: Kind, members: tuple[int, ...]) -> tuple[int, int]:
    return judged(kind, ALONE, PLAN, members)


@every_kind
def test_a_kind_is_anonymous_where_it_does_not_tell_twins_apart(name: str) -> None:
    def with_a_twin(kind: Kind, members: tuple[int, ...]) -> object:
        first, *others = members
        return judged(kind, TWINS, PLAN, (first + 12, *others))

    differs = differ(name, lambda kind, members: judged(kind, TWINS, PLAN, members), with_a_twin)
    # Who signed up when, or waited, is no trait by which people are told apart as kinds.
    ordered = any(kind.turns(TWINS) for kind in examples(name))
    assert all(kind.anonymous != (differs or ordered) for kind in examples(name))


@every_kind
def test_a_kind_compares_where_others_elsewhere_make_a_difference(name: str) -> None:
    compares = differ(
        name, plainly, lambda kind, members: judged(kind, AMONG_OTHERS, PLAN, members)
    )
    assert all(kind.compares == compares for kind in examples(name))


@every_kind
def test_a_kind_asks_for_the_number_where_it_makes_a_difference(name: str) -> None:
    more = replace(PLAN, groups=4)
    asks = differ(name, plainly, lambda kind, members: judged(kind, ALONE, more, members))
    assert all(kind.asks_number == asks for kind in examples(name))


@every_kind
def test_sizes_alone_matter_where_it_does_not_who_sits_there(name: str) -> None:
    crowd = problem_from([Person("Town", 3, "Subject", ("Hour",))] * 3 + PEOPLE).roster
    kinds = {type(kind): kind for kind in examples(name)}.values()
    found = {
        (kind, len(members), judged(kind, crowd, PLAN, members))
        for kind in kinds
        for members in GROUPS
    }
    alone = len(found) == len({(kind, size) for kind, size, _ in found})
    assert all(kind.sizes_alone == alone for kind in examples(name))


@pytest.mark.parametrize("name", [name for name in ALL if name != "size"])
def test_a_rule_outlives_an_absence_where_it_is_asked_of_who_is_left(name: str) -> None:
    for small in ruled(name):
        assert small.kind.outlives_absence == small.means.spared


@every_kind
def test_one_kind_limits_sizes_and_one_seats_everyone(name: str) -> None:
    for kind in examples(name):
        assert kind.limits_size == (name == "size")
        assert kind.seats_everyone == (name == "place_everyone")


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"tier", "resilient"}])
def test_a_kind_needs_the_traits_that_it_names_and_no_others(name: str) -> None:
    for kind in examples(name):
        bare = replace(
            ALONE,
            categories={trait: ALONE.categories[trait] for trait in kind.categories()},
            numbers={trait: ALONE.numbers[trait] for trait in kind.numbers()},
            sets={trait: ALONE.sets[trait] for trait in kind.sets()},
            links={trait: ALONE.links[trait] for trait in kind.links()},
        )
        for members in GROUPS[::5]:
            assert judged(kind, bare, PLAN, members) == judged(kind, ALONE, PLAN, members)


HEREDITARY = sorted({example.kind.kind for example in EXAMPLES if example.kind.hereditary})


@pytest.mark.parametrize("name", HEREDITARY)
def test_what_is_hereditary_stays_broken_whoever_joins(name: str) -> None:
    some = [*combinations(range(12), 2), *GROUPS]
    broken = [(kind, own) for kind in examples(name) for own in some if plainly(kind, own)[1]]
    assert broken
    for kind, members in broken:
        for other in set(range(12)) - set(members):
            assert judged(kind, ALONE, PLAN, (*members, other))[1]


@every_kind
def test_a_kind_is_of_pairs_where_its_measure_is_the_sum_of_theirs(name: str) -> None:
    for kind in examples(name):
        sums = [
            judged(kind, ALONE, PLAN, members)[0]
            == sum(judged(kind, ALONE, PLAN, pair)[0] for pair in combinations(members, 2))
            for members in GROUPS
        ]
        assert all(sums) or not kind.of_pairs
        assert kind.of_pairs or not all(sums) or name not in PAIRWISE


PAIRWISE = {"distance", "spread", "strangers", "keep", "wishes", "apart", "together"}
