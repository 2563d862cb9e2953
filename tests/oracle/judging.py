"""Ask the package about a case, and tell whatever differs from the oracle's answer."""

from __future__ import annotations

import random
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.oracle.answers import Answer, Case, Oracle, Vector, keeps_names
from tests.oracle.meanings import Groups, Number
from vermegroup.audit import audit
from vermegroup.findings import InputError
from vermegroup.grouping import Grouping, grouping_of
from vermegroup.intake import read_roster
from vermegroup.outcome import GroupCount, Outcome, PreferenceStanding, Verdict
from vermegroup.problem import Problem, problem_of
from vermegroup.rules.reading import rulebook_from_text
from vermegroup.solver import Limits, form

ENOUGH = 60.0
"""Seconds; no case needs as many, so that what is undecided is undecided by choice."""


@dataclass(frozen=True)
class Mismatch:
    """What the package said of a case, what is right, and the sort of thing that it is."""

    sort: str
    said: object
    right: object


class Refused(Exception):  # noqa: N818
    """The package does not take the case, and says why."""


def problem_from(case: Case, folder: Path) -> Problem:
    """The case as files in a folder, and the problem that the package reads from them.

    Raises Refused where it takes them for faulty.
    """
    for name, text in case.earlier.items():
        (folder / name).write_text(text, "utf-8")
    roster, rules = folder / "roster.csv", folder / "rules.yaml"
    roster.write_text(case.roster, "utf-8")
    rules.write_text(case.rulebook, "utf-8")
    try:
        book = rulebook_from_text(case.rulebook, str(rules))
        people, _ = read_roster(roster, book)
        return problem_of(people, book)
    except InputError as fault:
        raise Refused("; ".join(own.message.en for own in fault.findings)) from fault


@dataclass(frozen=True)
class Judged:
    """What came of a case: the verdict or what else happened, and all that is wrong about it."""

    verdict: str
    mismatches: tuple[Mismatch, ...]
    proven: bool = False


def judged(case: Case, folder: Path, seconds: float = ENOUGH) -> Judged:
    """Form the case's groups and compare the answer with the oracle's."""
    return _told(case, folder, lambda problem, answer: _formed(case, problem, answer, seconds))


def _told(
    case: Case, folder: Path, ask: Callable[[Problem, Answer], Judged]
) -> Judged:
    answer = Answer(case)
    try:
        problem = problem_from(case, folder)
    except Refused as why:
        wrong = (Mismatch("refused though possible", str(why), "formed"),) if answer.possible else ()
        return Judged("refused", wrong)
    try:
        return ask(problem, answer)
    except Exception as fault:
        last = traceback.extract_tb(fault.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno} {last.name}"
        said = f"{type(fault).__name__}: {fault} ({place})"
        sort = f"exception {type(fault).__name__}"
        return Judged("exception", (Mismatch(sort, said, "an answer"),))


def _formed(case: Case, problem: Problem, answer: Answer, seconds: float) -> Judged:
    outcome = form(problem, Limits(seconds=seconds))
    wrong = [*_of_verdict(outcome, answer)]
    for own, oracle in _parts(outcome, answer):
        wrong += _of_part(own, oracle)
    wrong += _of_names(outcome, answer)
    if not answer.split:
        wrong += _of_audits(problem, answer.parts[""], case)
    return Judged(outcome.verdict.value, tuple(wrong), outcome.proven)


def _of_verdict(outcome: Outcome, answer: Answer) -> Iterator[Mismatch]:
    right = Verdict.FORMED if answer.possible else Verdict.IMPOSSIBLE
    if outcome.verdict not in (right, Verdict.UNDECIDED):
        yield Mismatch(f"verdict {outcome.verdict.value}", outcome.verdict.value, right.value)
    for own, oracle in _parts(outcome, answer):
        part_right = Verdict.FORMED if oracle.possible else Verdict.IMPOSSIBLE
        waits = own.grouping is not None and not own.grouping.groups
        if answer.split and not waits and own.verdict not in (part_right, Verdict.UNDECIDED):
            yield Mismatch("verdict of a part", own.verdict.value, part_right.value)


def _parts(outcome: Outcome, answer: Answer) -> list[tuple[Outcome, Oracle]]:
    if not answer.split:
        return [(outcome, answer.parts[""])]
    return [(own.outcome, answer.parts[own.value]) for own in outcome.parts]


def _of_part(outcome: Outcome, oracle: Oracle) -> Iterator[Mismatch]:
    yield from of_counts(outcome.group_counts, oracle)
    if outcome.grouping is None or not outcome.grouping.groups:
        return
    groups = groups_in(outcome.grouping)
    if not oracle.keeps_rules(groups) or not oracle.book.allows(len(groups)):
        yield Mismatch("the grouping breaks a rule", _shown(outcome.grouping), "one that does not")
        return
    yield from _of_standings("form", outcome.problem, outcome.preferences, groups, oracle)
    if outcome.audit is not None and not outcome.audit.valid:
        yield Mismatch("the audit of the result", "invalid", "valid")
    costs = oracle.costs(oracle.values(groups))
    if outcome.proven and costs != oracle.best():
        yield Mismatch("proven in all, but is not", _plain(costs), _plain(oracle.best()))


def _of_names(outcome: Outcome, answer: Answer) -> Iterator[Mismatch]:
    """Those who are to sit in a group by its name do, and no name is given twice."""
    grouping = outcome.grouping
    if grouping is None:
        return
    ids = [str(own) for own in outcome.problem.roster.ids]
    names = {own: grouping.names[at] for own, at in zip(ids, grouping.group_of, strict=True) if at >= 0}
    for oracle in answer.parts.values():
        here = {own: name for own, name in names.items()}
        if not keeps_names(_named_here(oracle), here):
            yield Mismatch("names of groups", str(names), "as pinned")
    if len(set(grouping.names)) < len(grouping.names):
        yield Mismatch("names of groups", grouping.names, "each once")


def _named_here(oracle: Oracle):
    from dataclasses import replace

    here = oracle.world.ids(oracle.world.all())
    rules = tuple(
        (kind, {o: n for o, n in main.items() if o in here} if kind == "pin" else main, options)
        for kind, main, options in oracle.book.rules
    )
    return replace(oracle.book, rules=rules)


def of_counts(table: Sequence[GroupCount], oracle: Oracle) -> Iterator[Mismatch]:
    """What a table says of numbers of groups, which may leave some open and others out."""
    for line in table:
        possible = line.groups in oracle.all_costs
        if line.possible is True and not possible:
            yield Mismatch("a number of groups called possible", line.groups, "impossible")
        if line.possible is False and possible and oracle.book.allows(line.groups):
            yield Mismatch("a number of groups called impossible", line.groups, "possible")


def _of_standings(
    who: str,
    problem: Problem,
    standings: Sequence[PreferenceStanding],
    groups: Groups,
    oracle: Oracle,
    *,
    over_all: bool = True,
) -> Iterator[Mismatch]:
    """Values, bounds and proofs of the preferences of a valid grouping."""
    right = oracle.values(groups)
    kinds = [wish.kind for wish in oracle.wishes]
    told = [own.preference.kind for own in standings]
    if told != kinds:
        yield Mismatch(f"{who}: order of preferences", told, kinds)
        return
    plan = problem.plan(len(groups))
    costs = oracle.costs(right)
    for at, standing in enumerate(standings):
        kind, wish = standing.preference, oracle.wishes[at]
        value = kind.in_units(problem.roster, plan, standing.value)
        bound = kind.in_units(problem.roster, plan, standing.bound)
        name = f"{who}: {{}} of {wish.kind}"
        if value != right[at]:
            yield Mismatch(name.format("value"), str(value), str(right[at]))
            return
        if not over_all:
            continue
        before, count = costs[:at], len(groups)
        best = oracle.best_after(before)
        if best < wish.cost(bound):
            alone = oracle.best_after(before, count) < wish.cost(bound)
            yield Mismatch(name.format("bound") + _even(alone), str(bound), str(wish.cost(best)))
        if standing.proven and oracle.is_beaten(costs[: at + 1]):
            alone = oracle.is_beaten(costs[: at + 1], count)
            yield Mismatch(name.format("proof") + _even(alone), str(value), "beaten")
        if standing.proven and value != bound:
            yield Mismatch(name.format("proven off its bound"), str(value), str(bound))
        yield from _of_weighed(name, problem, standing, groups, oracle, at)


def _even(alone: bool) -> str:
    """Whether it is wrong for the grouping's own number of groups, too."""
    return ", even for its number" if alone else ""


def _of_weighed(
    name: str,
    problem: Problem,
    standing: PreferenceStanding,
    groups: Groups,
    oracle: Oracle,
    at: int,
) -> Iterator[Mismatch]:
    """Each preference of a tier beside the best that it could reach alone."""
    plan = problem.plan(len(groups))
    for own, (kind, meaning, _) in zip(standing.weighed, oracle.wishes[at].weighed, strict=False):
        value = own.preference.in_units(problem.roster, plan, own.value)
        if (own.preference.kind, value) != (kind, meaning.value(groups)):
            yield Mismatch(name.format(f"value of {kind} in a tier"), str(value), str(meaning.value(groups)))


# the audit ------------------------------------------------------------------------------------
ASKED = 4
"""Groupings at random that the audit is asked about, for each case."""


def _of_audits(problem: Problem, oracle: Oracle, case: Case) -> Iterator[Mismatch]:
    chance = random.Random(case.roster)
    for _ in range(ASKED):
        groups = _any_grouping(len(oracle.world.people), oracle, chance)
        if groups is None or _seats_break_names(oracle, len(groups)):
            continue
        yield from _of_audit(problem, groups, oracle)


def _seats_break_names(oracle: Oracle, groups: int) -> bool:
    """Pinned people judge names; they are looked at where groups are formed."""
    del groups
    return any(kind == "pin" for kind, _, _ in oracle.book.rules)


def _of_audit(problem: Problem, groups: Groups, oracle: Oracle) -> Iterator[Mismatch]:
    seats = np.full(len(oracle.world.people), -1, dtype=np.int64)
    for at, group in enumerate(groups):
        seats[list(group)] = at
    audited = audit(problem, grouping_of(seats))
    valid = oracle.keeps_rules(groups)
    if audited.valid != valid:
        yield Mismatch(f"audit says {audited.valid}", str(groups), str(valid))
    own = _of_standings(
        "audit",
        problem,
        audited.preferences,
        groups,
        oracle,
        over_all=valid and oracle.book.allows(len(groups)),
    )
    yield from own


def _any_grouping(people: int, oracle: Oracle, chance: random.Random) -> Groups | None:
    """A grouping at random, most of whose groups are of sizes allowed; some of them are valid."""
    if chance.random() < 0.5 and oracle.possible:
        found = []
        for at, groups in enumerate(oracle.groupings()):
            if at > 40:
                break
            found.append(groups)
        return chance.choice(found)
    places = list(range(people))
    chance.shuffle(places)
    groups: list[tuple[int, ...]] = []
    waiting = chance.choice((0, 0, 0, 1, 2))
    while len(places) > waiting:
        size = chance.randint(oracle.book.smallest, oracle.book.largest)
        group, places = places[:size], places[size:]
        groups.append(tuple(sorted(group)))
    return tuple(sorted(groups)) or None


def groups_in(grouping: Grouping) -> Groups:
    """A grouping as the oracle has it."""
    return tuple(
        tuple(int(own) for own in grouping.members(group)) for group in range(grouping.groups)
    )


def _shown(grouping: Grouping) -> str:
    return str(groups_in(grouping))


def _plain(costs: Vector) -> list[str]:
    return [str(own) for own in costs]


__all__ = ["Judged", "Mismatch", "Number", "groups_in", "judged", "of_counts", "problem_from"]
