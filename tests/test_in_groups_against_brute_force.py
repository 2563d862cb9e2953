"""People in several groups, tiny: everything that could be formed is tried."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

import pytest

from tests.by_day import todays
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.domain.problem import problem_of
from vermegroup.domain.seats import groups_of_people
from vermegroup.intake.pipeline import ReadOptions, roster_from
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

CASES = 780
Group = tuple[int, ...]
Values = tuple[int, ...]


@dataclass(frozen=True)
class Case:
    """A roster and a rulebook, and what they mean in plain Python."""

    mentors: int
    units: tuple[str, ...]
    years: tuple[int, ...]
    wishes: tuple[int | None, ...]
    most: int
    sizes: tuple[int, int]
    prefer: int | None
    count: int | None
    rules: tuple[str, ...]
    preferences: tuple[str, ...]

    def roster(self) -> str:
        rows = ["id,role,unit,years,wishes"]
        for at, (unit, years, wish) in enumerate(
            zip(self.units, self.years, self.wishes, strict=True)
        ):
            role = "mentor" if at < self.mentors else "mentee"
            rows.append(f"P{at},{role},{unit},{years},{'' if wish is None else f'P{wish}'}")
        return "\n".join(rows) + "\n"

    def rulebook(self) -> str:
        low, high = self.sizes
        prefer = f", prefer: {self.prefer}" if self.prefer else ""
        count = f", count: {self.count}" if self.count else ""
        lines = [f"groups: {{size: {low}-{high}{prefer}{count}}}"]
        lines += [f"in_groups: {{role: mentor, at_most: {self.most}}}"]
        lines += ["rules:", *(f"  - {rule}" for rule in (*self.rules, "place_everyone"))]
        if self.preferences:
            lines += ["preferences:", *(f"  - {wish}" for wish in self.preferences)]
        return "\n".join(lines) + "\n"

    def keeps(self, group: Group) -> bool:
        return all(RULES[rule](self, group) for rule in self.rules)

    def costs(self, group: Group) -> Values:
        found = [] if self.prefer is None else [abs(len(group) - self.prefer)]
        return (*found, *(COSTS[wish](self, group) for wish in self.preferences))

    def caps(self) -> Values:
        return tuple(self.most if at < self.mentors else 1 for at in range(len(self.units)))

    def quota_preferences(self) -> int:
        """How many preferences stand before that of few people in several groups."""
        quotas = 0
        while quotas < len(self.preferences) and "include" in self.preferences[quotas]:
            quotas += 1
        return quotas + (self.prefer is not None)

    def best(self) -> Values | None:
        """The best values, least first in order, or None where nothing is possible."""
        people = range(len(self.units))
        groups = [
            group
            for size in range(self.sizes[0], self.sizes[1] + 1)
            for group in combinations(people, size)
            if self.keeps(group)
        ]
        none = (0,) * len(self.units)
        found: dict[tuple[Values, int], Values] = {(none, 0): ()}
        for group in groups:
            found = self._with(group, found)
        ends = [
            self._with_places(values, taken)
            for (taken, number), values in found.items()
            if all(taken) and number == (self.count or number)
        ]
        return min(ends, default=None)

    def _with(
        self, group: Group, found: dict[tuple[Values, int], Values]
    ) -> dict[tuple[Values, int], Values]:
        """Nothing of a group, or one of it, or several where all may be in several."""
        costs, caps = self.costs(group), self.caps()
        for _again in range(min(caps[person] for person in group)):
            more = dict(found)
            for (taken, number), values in found.items():
                if any(taken[person] >= caps[person] for person in group):
                    continue
                after = tuple(n + (at in group) for at, n in enumerate(taken))
                total = tuple(
                    old + new for old, new in zip(values or (0,) * len(costs), costs, strict=True)
                )
                key, at = (after, number + 1), self.quota_preferences()
                if key not in more or total < more[key]:
                    more[key] = total
                assert at <= len(costs)
            found = more
        return found

    def _with_places(self, values: Values, taken: Values) -> Values:
        """Within one state of places taken, the further places are the same."""
        at, further = self.quota_preferences(), sum(n - 1 for n in taken)
        return (*values[:at], further, *values[at:])


def _mentors(case: Case, group: Group) -> int:
    return sum(person < case.mentors for person in group)


def mean(case: Case, people: Sequence[int]) -> Fraction:
    """The mean of some people's years."""
    return Fraction(sum(case.years[person] for person in people), len(people))


def _pairs(group: Group) -> Iterator[tuple[int, int]]:
    return combinations(group, 2)


RULES: dict[str, Callable[[Case, Group], bool]] = {
    "include: {role: mentor, exactly: 1}": lambda case, group: _mentors(case, group) == 1,
    "include: {role: mentor, at_least: 1}": lambda case, group: _mentors(case, group) >= 1,
    "include: {role: mentor, at_least: 1, at_most: 2}": lambda case, group: (
        1 <= _mentors(case, group) <= 2
    ),
    "different: unit": lambda case, group: (
        len({case.units[person] for person in group}) == len(group)
    ),
    "apart: [P0, P3]": lambda _case, group: not {0, 3} <= set(group),
    "apart: [P0, P1, P4]": lambda _case, group: len({0, 1, 4} & set(group)) < 2,
    "together: [P3, P4]": lambda _case, group: len({3, 4} & set(group)) != 1,
    "ratio: {role: mentee, per: mentor, at_least: 1}": lambda case, group: (
        len(group) - _mentors(case, group) >= _mentors(case, group)
    ),
    "{balance: years, at_most: 4}": lambda case, group: (
        abs(mean(case, group) - mean(case, range(len(case.units)))) <= 4
    ),
    "not_alone: {unit: a}": lambda case, group: (
        sum(case.units[person] == "a" for person in group) != 1
    ),
}
COSTS: dict[str, Callable[[Case, Group], int]] = {
    "include: {role: mentor, at_least: 1}": lambda case, group: int(not _mentors(case, group)),
    "spread: years": lambda case, group: (
        -sum(abs(case.years[one] - case.years[other]) for one, other in _pairs(group))
    ),
    "wishes: wishes": lambda case, group: (
        -sum(
            case.wishes[one] == other or case.wishes[other] == one
            if case.wishes[one] != other or case.wishes[other] != one
            else 2
            for one, other in _pairs(group)
        )
    ),
    "different: unit": lambda case, group: (
        len(group) - len({case.units[person] for person in group})
    ),
    "together: [P0, P4]": lambda _case, group: -int({0, 4} <= set(group)),
    "together: [[P0, P3, P4], [P0, P5]]": lambda _case, group: (
        -sum(pair <= {0, 3, 4} or pair == {0, 5} for pair in map(set, _pairs(group)))
    ),
}


def case_of(number: int) -> Case:
    """A case drawn by its number."""
    draw = random.Random(number)
    people = draw.randint(4, 8)
    mentors = draw.randint(1, min(3, people - 1))
    low = draw.choice([2, 2, 3])
    sizes = (low, draw.choice([low, low + 1, low + 2]))
    size_wished = draw.choice([None, *range(sizes[0], sizes[1] + 1)])
    names = [rule for rule in RULES if people >= 5 or "P4" not in rule]
    rules = draw.sample(names, draw.randint(0, 3))
    if number % 2:
        rules = [*(rule for rule in rules if "include" not in rule), names[draw.randint(0, 2)]]
    rules = [rule for at, rule in enumerate(rules) if rule[:9] not in {r[:9] for r in rules[:at]}]
    wishes = draw.sample(list(COSTS), draw.choice([0, 1, 1, 2]))
    there = [wish for wish in wishes if people > (5 if "P5" in wish else 4) or "P4" not in wish]
    wishes = [wish for wish in there if wish not in rules]
    others = [[None, *(other for other in range(people) if other != one)] for one in range(people)]
    return Case(
        mentors,
        ("a", *(draw.choice("aabbcd") for _ in range(people - 1))),
        tuple(draw.randint(0, 20) for _ in range(people)),
        tuple(draw.choice(each) for each in others),
        draw.choice([2, 2, 3]),
        sizes,
        size_wished,
        draw.choice([None, None, draw.randint(1, 4)]),
        tuple(rules),
        tuple(wishes),
    )


def _formed(case: Case, folder: Path) -> Outcome:
    book = rulebook_from_text(case.rulebook(), "test")
    file = folder / "roster.csv"
    file.write_text(case.roster(), encoding="utf-8")
    roster, _ = roster_from(file, ReadOptions(book))
    return form(problem_of(roster, book), Limits(seconds=30))


def _values(outcome: Outcome) -> Values:
    return tuple(each.value * each.preference.sense.value for each in outcome.preferences)


@pytest.mark.parametrize("block", todays(range(13)))
def test_people_in_several_groups_are_placed_as_well_as_can_be(block: int, tmp_path: Path) -> None:
    formed = 0
    for number in range(block, CASES, 13):
        case = case_of(number)
        outcome, best = _formed(case, tmp_path), case.best()
        told = f"case {number}\n{case.roster()}{case.rulebook()}best {best}"
        if best is None:
            assert outcome.verdict is Verdict.IMPOSSIBLE, told
            continue
        formed += 1
        assert outcome.verdict is Verdict.FORMED, told
        assert _values(outcome) == best, f"{told}\nfound {_values(outcome)}"
        assert outcome.proven, told
    assert formed


def _times_apart(pairs: Sequence[tuple[int, int]], times: Sequence[frozenset[str]]) -> bool:
    """Whether the groups of each mentor (the first of a pair) can meet at different times."""
    for mentor in {one for one, _ in pairs}:
        own = [times[mentor] & times[mentee] for one, mentee in pairs if one == mentor]
        if not any(len(set(chosen)) == len(own) for chosen in product(*own)):
            return False
    return True


@pytest.mark.parametrize("block", range(3))
def test_groups_of_one_person_can_meet_at_different_times(block: int, tmp_path: Path) -> None:
    book = rulebook_from_text(
        "groups: {size: 2}\nin_groups: {role: mentor, at_most: 3}\nrules:\n"
        "  - include: {role: mentor, exactly: 1}\n  - common: times\n  - place_everyone\n",
        "test",
    )
    verdicts = dict.fromkeys(Verdict, 0)
    for number in range(block, 150, 3):
        draw = random.Random(number)
        mentors, people = draw.choice([1, 2]), draw.randint(4, 6)
        hours = ("mon 10", "tue 11", "wed 12", "thu 13")
        times = [frozenset(draw.sample(hours, draw.randint(1, 3))) for _ in range(people)]
        rows = [
            f'P{at},{"mentor" if at < mentors else "mentee"},"{"; ".join(sorted(free))}"'
            for at, free in enumerate(times)
        ]
        file = tmp_path / "roster.csv"
        file.write_text("\n".join(["id,role,times", *rows]) + "\n", encoding="utf-8")
        roster, _ = roster_from(file, ReadOptions(book))
        outcome = form(problem_of(roster, book), Limits(seconds=30))
        ways = (
            [*zip(chosen, range(mentors, people), strict=True)]
            for chosen in product(range(mentors), repeat=people - mentors)
            if set(chosen) == set(range(mentors)) and max(map(chosen.count, chosen)) < 4
        )
        possible = any(_times_apart(way, times) for way in ways)
        verdicts[outcome.verdict] += 1
        told = f"case {number}: {times}"
        assert outcome.verdict is not Verdict.INVALID, told
        assert outcome.verdict is not Verdict.FORMED or possible, told
        assert outcome.verdict is not Verdict.IMPOSSIBLE or not possible, told
        if outcome.grouping is not None:
            groups = groups_of_people(outcome.problem.roster, outcome.grouping)
            home = {groups[mentee][0]: mentee for mentee in range(mentors, people)}
            pairs = [(one, home[group]) for one in range(mentors) for group in groups[one]]
            assert _times_apart(pairs, times), told
    assert verdicts[Verdict.FORMED]
    assert verdicts[Verdict.IMPOSSIBLE]
