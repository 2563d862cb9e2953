"""What a rebalancing answered, held against the oracle: a list of what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path

from tests.rebalancing.cases import EARLIER, Case
from tests.rebalancing.oracle import (
    NOT_ASKED_OF_ABSENCE,
    Person,
    Plan,
    Rank,
    World,
    is_of_most,
    kind_of,
    of,
    turns_of,
)
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.rebalance import RebalanceRequest, rebalance_groups
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.bonds import Policy
from vermegroup.domain.findings import InputError
from vermegroup.domain.outcome import Verdict
from vermegroup.report.report import Report
from vermegroup.solver.search import Limits

SECONDS = 30.0
Seats = Mapping[str, str]
"""Who is in which group by name; "" for nobody's."""


def answer_to(case: Case, folder: Path, seconds: float = SECONDS) -> ReportedOutcome | None:
    """The answer; None where the call is refused."""
    case.write(folder)
    with _inside(folder):
        asked = RebalanceRequest(
            "groups.csv",
            (",".join(case.absent),) if case.absent else (),
            (",".join(case.left),) if case.left else (),
            "new.csv" if case.joining else None,
            None if case.policy is None else Policy(case.policy),
            tuple(map(Path, case.histories())),
        )
        try:
            return rebalance_groups(asked, RulebookChoice(Path("rules.yaml")), Limits(seconds))
        except InputError:
            return None


def faults(case: Case, answer: ReportedOutcome) -> list[str]:
    """Everything that the oracle does not agree with."""
    return list(_faults(case, answer))


def _faults(case: Case, answer: ReportedOutcome) -> Iterator[str]:
    everybody = {person.id: person for person in (*case.people, *case.joining)}
    before = {id_: case.old.get(id_, "") for id_ in everybody}
    here = [id_ for id_ in everybody if id_ not in case.left]
    whole, result = case.policy == "merge", seats_of(answer)
    lasting = world_of(case, everybody, here, before)
    permanent = permanent_of(answer)
    if permanent is None:  # no meeting is planned
        yield from _judged(lasting, whole, result, answer)
        formed = answer.outcome.verdict is Verdict.FORMED
        if case.absent and formed and any(result[o] and o not in case.absent for o in result):
            yield "no meeting is planned"
    else:
        if case.left or case.joining:
            yield from _step(lasting, whole, permanent, answer.report)
        elif permanent != before:
            yield "the permanent groups are others"
        met = [id_ for id_ in here if permanent[id_] and id_ not in case.absent]
        meeting = world_of(case, everybody, met, permanent, meeting=True)
        meeting.turns = turns_of(permanent, case.meetings)
        yield from _judged(meeting, whole, result, answer)
        yield from _told(case, meeting, permanent, result, answer.report)
    if answer.outcome.verdict is Verdict.FORMED:
        yield from _bonds(case, before, result, answer.report, meeting=permanent is not None)
        yield from _waiting(case, before, result, answer.report)


def world_of(
    case: Case,
    everybody: Mapping[str, Person],
    here: Sequence[str],
    old: Seats,
    *,
    meeting: bool = False,
) -> World:
    people = [everybody[id_] for id_ in here]
    book = case.book.in_meetings() if meeting else case.book
    return World(people, [old[id_] for id_ in here], book, {EARLIER: case.earlier})


def seats_of(answer: ReportedOutcome) -> dict[str, str]:
    """Who sits where; of an answer without groups, in the best partial plan."""
    outcome = answer.outcome
    problem, grouping = outcome.problem, outcome.grouping
    if grouping is None:
        assert outcome.why_not is not None
        assert outcome.why_not.partial is not None
        problem, grouping = outcome.why_not.partial.problem, outcome.why_not.partial.grouping
    names = [*grouping.names, ""]
    return {
        str(id_): names[group]
        for id_, group in zip(problem.roster.ids, grouping.group_of, strict=True)
    }


def permanent_of(answer: ReportedOutcome) -> dict[str, str] | None:
    """The permanent groups of a meeting's plan; None where no meeting was planned."""
    cells = answer.outcome.problem.roster.table.cells
    if "permanent_group" not in cells:
        return None
    return dict(zip(cells["id"], cells["permanent_group"], strict=True))


def _plan(world: World, seats: Seats) -> Plan:
    """The groups as the oracle has them."""
    found: dict[str, list[int]] = {}
    for place, person in enumerate(world.people):
        if seats.get(person.id):
            found.setdefault(seats[person.id], []).append(place)
    return tuple(map(tuple, found.values()))


def _step(world: World, whole: bool, seats: Seats, report: Report) -> Iterator[str]:
    """A step on the way: a plan that keeps the rules, and is the best if that is said."""
    plan = _plan(world, seats)
    best = world.best(whole=whole)[0]
    assert report.rebalance is not None
    if not _allowed(world, whole, plan):
        yield f"the permanent groups break a rule: {seats}"
    elif report.rebalance.proven and world.rank(plan)[:6] != best[:6]:
        yield f"the permanent groups are called proven at {world.rank(plan)}, best is {best}"


def _told(
    case: Case, meeting: World, permanent: Seats, result: Seats, report: Report
) -> Iterator[str]:
    """Who is absent, who visits, which groups do not meet, and what the others go without."""
    told = report.meeting
    assert told is not None
    homes, met = {*permanent.values()} - {""}, {*result.values()} - {""}
    found = (
        {each.person for each in told.absent},
        {id_: (each.home, each.group) for id_, each in told.visitors.items()},
        {name: {each.person for each in own} for name, own in told.not_meeting.items()},
    )
    expected = (
        set(case.absent),
        {
            id_: (permanent[id_], group)
            for id_, group in result.items()
            if group in homes and permanent[id_] != group
        },
        {name: {id_ for id_ in result if permanent[id_] == name} for name in homes - met},
    )
    if found != expected:
        yield f"told as {found}, and it is {expected}"
    yield from _lacks(case, meeting, permanent, result, report)


def _lacks(
    case: Case, meeting: World, permanent: Seats, result: Seats, report: Report
) -> Iterator[str]:
    assert report.meeting is not None
    everybody = [person for person in (*case.people, *case.joining) if person.id in permanent]
    world = World(everybody, ["" for _ in everybody], case.book, meeting.earlier)
    place = {person.id: at for at, person in enumerate(everybody)}
    told = {(lack.group, lack.kind): lack for lack in report.meeting.lacks}
    expected: dict[tuple[str, str], set[str]] = {}
    for rule in world.rules:
        if kind_of(rule) in NOT_ASKED_OF_ABSENCE or rule in meeting.rules:
            continue
        for name in {*result.values()} - {""}:
            group = tuple(sorted(place[id_] for id_ in result if result[id_] == name))
            if not world.holds(rule, group):
                away = [id_ for id_ in case.absent if permanent.get(id_) == name]
                expected[name, kind_of(rule)] = {
                    id_ for id_ in away if world.holds(rule, tuple(sorted((*group, place[id_]))))
                }
    if set(told) != set(expected):
        yield f"{sorted(told)} are told to be lacking, and it is {sorted(expected)}"
    for which, would_do in expected.items():
        named = {each.person for each in told[which].absent} if which in told else would_do
        if not would_do <= named:
            yield f"{which}: {sorted(would_do)} would do, and {sorted(named)} are named"


def _allowed(world: World, whole: bool, plan: Plan) -> bool:
    if not world.has_the_number(whole=whole):
        world = replace(world, book=replace(world.book, count=None))
    return {frozenset(group) for group in plan} in (
        {frozenset(group) for group in possible} for possible in world.plans(whole=whole)
    )


def _judged(world: World, whole: bool, seats: Seats, answer: ReportedOutcome) -> Iterator[str]:
    """The step that the answer is about."""
    plan = _plan(world, seats)
    if answer.outcome.verdict is Verdict.UNDECIDED:
        # No plan with as many groups was found in time: any shows how far one gets.
        anyhow = replace(world, book=replace(world.book, count=None))
        world = world if _allowed(world, whole, plan) else anyhow
    if set(seats) != {person.id for person in world.people}:
        yield f"others take part: {sorted(seats)}"
    elif not _allowed(world, whole, plan):
        yield f"the plan breaks a rule: {seats}"
    else:
        yield from _verdict(world, whole, plan, answer)
        if answer.outcome.verdict is Verdict.FORMED:
            yield from _names(world, seats)
            yield from _preferences(world, whole, plan, answer.report)


def _verdict(world: World, whole: bool, plan: Plan, answer: ReportedOutcome) -> Iterator[str]:
    outcome, account = answer.outcome, answer.report.rebalance
    assert account is not None
    rank, (best, _) = world.rank(plan), world.best(whole=whole)
    fails = not world.has_the_number(whole=whole) or _fails(world, best)
    expected = "impossible" if fails else "formed"
    if outcome.verdict.value not in (expected, "undecided"):
        yield f"{outcome.verdict.value}, and it is {expected}"
    if account.proven and rank[:6] != best[:6]:  # whose turn it is, is no part of what is proven
        yield f"proven at {rank}, and best is {best}"
    if rank[:2] == best[:2] and (account.bound or 0) > best[2]:
        yield f"at least {account.bound} bonds break, and best is {best}"
    if outcome.audit is not None and not outcome.audit.valid:
        yield "the audit disagrees"
    if rank[:6] == best[:6] and rank != best and answer.report.proven:
        yield f"turns are taken by others: {rank}, and best is {best}"
    partial = answer.report.partial
    if partial is not None and partial.bound < len(world.people) - best[1]:
        yield f"at most {partial.bound} could be placed, and best is {best}"
    if partial is not None and partial.most and rank[1] != best[1]:
        yield f"more than at {rank} are not possible, and best is {best}"


def _fails(world: World, best: Rank) -> bool:
    everyone = any(kind_of(rule) == "place_everyone" for rule in world.rules)
    pinned, waiting = best[:2]
    return bool(pinned) or waiting == len(world.people) or (everyone and bool(waiting))


def _names(world: World, seats: Seats) -> Iterator[str]:
    for rule in world.rules:
        if kind_of(rule) == "pin":
            for id_, name in of(rule).items():
                if seats[id_].casefold() != name.casefold():
                    yield f"{id_} is in {seats[id_]}, not in {name}"


def _preferences(world: World, whole: bool, plan: Plan, report: Report) -> Iterator[str]:
    """Values are right, bounds are true, and what is called proven cannot be better."""
    lines = report.preferences
    if [line.kind for line in lines] != [kind_of(entry) for entry in world.preferences]:
        yield f"preferences: {[line.kind for line in lines]}"
        return
    as_good = [other for other in world.plans(whole=whole) if world.rank(other) <= world.rank(plan)]
    values, costs = world.values(plan), world.costs(plan)
    proven = True
    for place, (line, entry) in enumerate(zip(lines, world.preferences, strict=True)):
        if not _same(line.value, values[place]):
            yield f"{line.kind} is {line.value}, and {values[place]} it is"
        best = min(world.costs(other)[place] for other in as_good)
        way = -1 if is_of_most(entry) else 1
        if not _same(line.bound, best * way) and way * float(line.bound or 0) > best:
            yield f"{line.kind} has a bound of {line.bound}, and best is {best * way}"
        if line.proven and costs[place] != best:
            yield f"{line.kind} is proven at {values[place]}, and best is {best * way}"
        proven = proven and line.proven
        as_good = [other for other in as_good if world.costs(other)[place] <= costs[place]]
    if report.proven and not proven:
        yield "proven, and not every preference is"


def _same(number: float | None, value: Fraction) -> bool:
    return number is not None and abs(float(number) - float(value)) < 1e-9


def _bonds(
    case: Case, before: Seats, after: Seats, report: Report, *, meeting: bool
) -> Iterator[str]:
    assert report.rebalance is not None
    # Whoever is absent from a meeting has bonds all the same where none is planned.
    gone = (*(case.absent if meeting else ()), *case.left)
    there = [id_ for id_ in before if id_ not in gone]
    old, new = (set(_mates(there, seats)) for seats in (before, after))
    bonds = report.rebalance.bonds
    reported = (bonds.before, bonds.kept, bonds.broken, bonds.new)
    found = (len(old), len(old & new), len(old - new), len(new - old))
    if reported != found:
        yield f"bonds are told as {reported}, and are {found}"


def _waiting(case: Case, before: Seats, after: Seats, report: Report) -> Iterator[str]:
    """How many waited before, of those who are spoken of after; newcomers did not."""
    assert report.rebalance is not None
    new = {person.id for person in case.joining}
    counts = [
        sum(not before[id_] and id_ not in new for id_ in after),
        sum(not group for group in after.values()),
    ]
    sentences = [f"{many} {'person' if many == 1 else 'people'} waiting" for many in counts]
    for line in report.rebalance.compared:
        if "waiting" in str(line.before) and [str(line.before), str(line.after)] != sentences:
            yield f"{line.before!s} became {line.after!s}, and it was {sentences}"


def _mates(people: Sequence[str], seats: Seats) -> Iterator[tuple[str, str]]:
    return (
        pair
        for pair in combinations(sorted(people), 2)
        if seats.get(pair[0]) and seats.get(pair[0]) == seats.get(pair[1])
    )


def said_less(answer: ReportedOutcome) -> list[str]:
    """What was left open that a handful of people should leave nobody in doubt about."""
    report = answer.report
    assert report.rebalance is not None
    open_ = [] if report.rebalance.proven else ["the plan"]
    open_ += ["the verdict"] if answer.outcome.verdict is Verdict.UNDECIDED else []
    if answer.outcome.verdict is Verdict.FORMED:
        open_ += [line.kind for line in report.preferences if not line.proven]
    return open_


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    there = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(there)
