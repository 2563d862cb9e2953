"""What must not matter does not, and asking for less never gives less; on 30 to 60 people."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from tests.by_day import todays
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

RULES = """
  - different: municipality
  - include: {experience: new, at_least: 1}
  - include: {experience: experienced, at_least: 1}
  - place_everyone
"""
PREFERENCES = "preferences: [{spread: years}, even_sizes, {balance: years}]\n"
BOOK = f"rules:{RULES}{PREFERENCES}"
# Kinds that look at other traits, at absences, and at several preferences of one importance.
RICH = f"""rules:{RULES}
  - not_alone: {{subject: Art}}
  - spread: subject
    at_least: 2
preferences:
  - resilient: 1
  - [{{spread: subject, weight: 2}}, {{spread: hours, weight: 1}}]
"""
BOOKS = pytest.mark.parametrize(
    ("book", "seed"),
    todays(
        [*((BOOK, seed) for seed in range(8)), *((RICH, seed) for seed in (1, 2, 3))],
        3,
        several=True,
    ),
)


@dataclass(frozen=True)
class Answer:
    """A verdict, the number of groups, and each preference's value where it is proven."""

    verdict: Verdict
    groups: int | None
    values: tuple[tuple[str, int | None], ...]


def answer(people: list[Person], book: str) -> tuple[Outcome, Answer]:
    outcome = form(problem_from(people, book), Limits(seconds=5))
    values = tuple((s.preference.kind, s.value if s.proven else None) for s in outcome.preferences)
    groups = outcome.grouping.groups if outcome.grouping is not None else None
    return outcome, Answer(outcome.verdict, groups, values)


def same(one: Answer, other: Answer) -> bool:
    """Equal in all that both have proven."""
    pairs = zip(one.values, other.values, strict=True)
    return (one.verdict, one.groups) == (other.verdict, other.groups) and all(
        mine == theirs or None in (mine[1], theirs[1]) for mine, theirs in pairs
    )


def roster(seed: int) -> list[Person]:
    chance = random.Random(seed)
    people = chance.randint(30, 60)
    years = [chance.choice((*range(5), *range(25))) for _ in range(people)]
    towns = 26 if seed % 4 else 9  # few towns: one of them is too large
    return [
        Person(
            f"Town {int(towns * chance.random() ** 2)}",
            year,
            chance.choice(("Art", "Music", "Sport")),
            tuple(chance.sample(("ma 9", "ti 9", "ke 9", "to 9"), 2)),
        )
        for year in years
    ]


SEEDS = pytest.mark.parametrize("seed", range(8))


@BOOKS
def test_renaming_municipalities_changes_nothing(seed: int, book: str) -> None:
    people = roster(seed)
    renamed = [replace(person, municipality=f"{person.municipality[::-1]}!") for person in people]
    assert same(answer(people, book)[1], answer(renamed, book)[1])


@BOOKS
def test_the_order_of_the_rows_changes_nothing(seed: int, book: str) -> None:
    people = roster(seed)
    shuffled = random.Random(seed).sample(people, len(people))
    assert same(answer(people, book)[1], answer(shuffled, book)[1])


@SEEDS
@pytest.mark.parametrize(
    "implied",
    [
        "  - {different: municipality, at_most: 2}\n",
        "  - include: {experience: mid, at_least: 0}\n",
        "  - include: {experience: new, at_most: 5}\n",
    ],
)
def test_a_rule_that_is_implied_changes_nothing(seed: int, implied: str) -> None:
    people = roster(seed)
    longer = f"rules:{RULES}{implied}{PREFERENCES}"
    assert same(answer(people, BOOK)[1], answer(people, longer)[1])


@SEEDS
@pytest.mark.parametrize("left_out", ["different", "experience: new", "experience: experienced"])
def test_relaxing_a_rule_never_makes_it_worse(seed: int, left_out: str) -> None:
    """Compared on the first preference that counts: the number of groups stays the best one."""
    people = roster(seed)
    fewer = "\n".join(line for line in RULES.splitlines() if left_out not in line)
    strict, loose = (answer(people, book)[0] for book in (BOOK, f"rules:{fewer}\n{PREFERENCES}"))
    if strict.grouping is None:
        return
    assert loose.grouping is not None
    if loose.grouping.groups != strict.grouping.groups:
        return
    for before, after in zip(strict.preferences, loose.preferences, strict=True):
        if not (before.proven and after.proven):
            return
        gain = (before.value - after.value) * before.preference.sense.value
        assert gain >= 0
        if gain > 0:
            return


def test_both_kinds_of_answers_are_among_the_rosters() -> None:
    verdicts = [answer(roster(seed), BOOK)[1].verdict for seed in range(8)]
    assert verdicts.count(Verdict.FORMED) >= 4
    assert Verdict.IMPOSSIBLE in verdicts
