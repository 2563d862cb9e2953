"""What each rule means, in plain Python, read from how it is written in a rulebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from vermegroup.domain.problem import Problem
from vermegroup.rules.selectors.ranges import Stretch, read_stretch

Traits = dict[str, object]
"""What is known of one person: id, texts, numbers, sets of texts."""
Judge = Callable[[Sequence[Traits]], bool]
"""Whether a group with these members keeps a rule."""


def people_of(problem: Problem) -> list[Traits]:
    """The roster as plain dictionaries."""
    roster = problem.roster
    found: list[Traits] = [{"id": str(own)} for own in roster.ids]
    for at, person in enumerate(found):
        for name, trait in roster.categories.items():
            person[name] = trait.values[trait.codes[at]]
        for name, number in roster.numbers.items():
            person[name] = number.ticks[at] / number.per_unit
        for name, sets in roster.sets.items():
            person[name] = {v for v, has in zip(sets.values, sets.member[at], strict=True) if has}
    return found


def judge(kind: str, written: object, people: Sequence[Traits]) -> Judge:
    """A rule as it is written, as a function of a group's members."""
    assert isinstance(written, dict)
    main = written[kind]
    options = {**written, **(main if isinstance(main, dict) else {})}
    return _JUDGES[kind](main, options, people)


def _different(trait, options, people) -> Judge:
    return lambda group: all(
        [p[trait] for p in group].count(value) <= options.get("at_most", 1)
        for value in {p[trait] for p in group}
    )


def _same(trait, options, people) -> Judge:
    return lambda group: len({p[trait] for p in group}) <= 1


def _include(main, options, people) -> Judge:
    having = _having(main)
    least = options.get("exactly", options.get("at_least", 0))
    most = options.get("exactly", options.get("at_most", len(people)))
    return lambda group: least <= sum(map(having, group)) <= most


def _ratio(main, options, people) -> Judge:
    (trait,) = set(main) - {"per", "at_least", "at_most"}
    least, most = options.get("at_least", 0), options.get("at_most", len(people))

    def keeps(group: Sequence[Traits]) -> bool:
        counted = sum(p[trait] == main[trait] for p in group)
        each = sum(p[trait] == main["per"] for p in group)
        return least * each <= counted and ("at_most" not in options or counted <= most * each)

    return keeps


def _not_alone(main, options, people) -> Judge:
    having = _having(main)
    return lambda group: sum(map(having, group)) != 1


def _together(main, options, people) -> Judge:
    crowds = _crowds(main, people)
    return lambda group: all(
        not (found := {p["id"] for p in group} & crowd) or found == crowd for crowd in crowds
    )


def _apart(main, options, people) -> Judge:
    crowds = _crowds(main, people)
    return lambda group: all(len({p["id"] for p in group} & crowd) <= 1 for crowd in crowds)


def _common(trait, options, people) -> Judge:
    least = options.get("at_least", 1)
    return lambda group: bool(group) and len(set.intersection(*(p[trait] for p in group))) >= least


def _spread(trait, options, people) -> Judge:
    return lambda group: (
        sum(abs(a[trait] - b[trait]) for a, b in combinations(group, 2)) >= options["at_least"]
    )


_JUDGES: dict[str, Callable[..., Judge]] = {
    "different": _different,
    "same": _same,
    "include": _include,
    "ratio": _ratio,
    "not_alone": _not_alone,
    "together": _together,
    "apart": _apart,
    "common": _common,
    "spread": _spread,
}


def _having(main: dict[str, object]) -> Callable[[Traits], bool]:
    """Who has the value, one of the values, or a number within the range."""
    (trait,) = set(main) - {"at_least", "at_most", "exactly"}
    value = main[trait]
    stretch = read_stretch(str(value)) if not isinstance(value, list) else None
    if isinstance(stretch, Stretch):
        low, high = stretch.in_ticks(1)
        return lambda person: low <= person[trait] < high
    values = set(value) if isinstance(value, list) else {value}
    return lambda person: person[trait] in values


def _crowds(main: object, people: Sequence[Traits]) -> list[set[object]]:
    """Who belongs together, or apart: a list, several lists, or those who share a trait."""
    if isinstance(main, str):
        values = {person[main] for person in people}
        return [{p["id"] for p in people if p[main] == value} for value in values]
    assert isinstance(main, list)
    lists: Iterable[object] = main if isinstance(main[0], list) else [main]
    known = {person["id"] for person in people}
    return [set(own) & known for own in lists]
