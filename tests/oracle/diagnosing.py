"""Ask the package why not, what would help and how far one gets, and compare with the oracle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from tests.oracle.answers import Answer, Case, Oracle
from tests.oracle.applying import NoSuchPerson, ways_of_applying
from tests.oracle.claims import Mismatch
from tests.oracle.judging import (
    Judged,
    asked,
    groups_in,
    of_counts,
    part_oracles,
    problem_from,
)
from tests.oracle.written import Entry, entry_of
from vermegroup.app.check import possibility
from vermegroup.diagnosis.diagnose import diagnose
from vermegroup.domain.kind import Kind
from vermegroup.domain.outcome import Conflict, Outcome, PartialPlan, Remedy, Repair, Verdict
from vermegroup.domain.problem import Problem
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

ENOUGH = 60.0


def diagnosed(case: Case, folder: Path) -> Judged:
    """Form the case's groups; where there are none, judge all that is said of why not."""

    def ask(problem: Problem, answer: Answer) -> Judged:
        outcome = diagnose(form(problem, Limits(ENOUGH)), Limits(ENOUGH))
        return Judged(outcome.verdict.value, tuple(_of_why_not(case, folder, outcome, answer)))

    return asked(case, folder, ask)


def checked(case: Case, folder: Path) -> Judged:
    """What ``check`` says of the numbers of groups, and whether any is possible."""

    def ask(problem: Problem, answer: Answer) -> Judged:
        outcome = possibility(problem, Limits(ENOUGH))
        wrong: list[Mismatch] = []
        for part, oracle in part_oracles(outcome, answer):
            right = Verdict.FORMED if oracle.possible else Verdict.IMPOSSIBLE
            if part.verdict not in (right, Verdict.UNDECIDED):
                wrong.append(Mismatch(f"check: verdict {part.verdict}", part.verdict, right))
            wrong += of_counts(part.group_counts, oracle)
            listed = {line.groups for line in part.group_counts}
            for count in oracle.all_costs.keys() - listed:
                if oracle.book.allows(count):
                    wrong.append(Mismatch("check: a possible number is not told", listed, count))
        open_ones = any(line.possible is None for line in outcome.group_counts)
        return Judged(f"{outcome.verdict}{' with open numbers' if open_ones else ''}", tuple(wrong))

    return asked(case, folder, ask)


def _of_why_not(case: Case, folder: Path, outcome: Outcome, answer: Answer) -> Iterator[Mismatch]:
    for value, (part, oracle) in zip(answer.parts, part_oracles(outcome, answer), strict=False):
        del value
        if part.why_not is None:
            continue
        if part.why_not.partial is not None:
            yield from _of_partial(part.why_not.partial, oracle)
        for conflict in part.why_not.conflicts:
            yield from _of_conflict(conflict, oracle)
        for repair in part.why_not.repairs:
            yield from _of_repair(case, folder, repair, oracle)
    whole = outcome.why_not if answer.split and not answer.one_name_in_two_parts() else None
    if whole is not None and whole.partial is not None:
        yield from _of_joined(whole.partial, answer)


# how far one gets -----------------------------------------------------------------------------
def _of_partial(plan: PartialPlan, oracle: Oracle) -> Iterator[Mismatch]:
    """The plan is valid but for those who wait, and no more people can be placed than it says."""
    spec = plan.problem.rulebook.groups
    loose = oracle.with_book(
        rules=_but_for_everyone(oracle),
        fewest=spec.fewest,
        most=spec.most,
    )
    groups = groups_in(plan.grouping)
    if not loose.keeps_rules(groups):
        yield Mismatch("partial plan breaks a rule", groups, "one that does not")
        return
    placed = sum(map(len, groups))
    people = len(oracle.world.people)
    if placed != people - len(plan.left_out):
        yield Mismatch("partial plan: people placed", people - len(plan.left_out), placed)
    most = loose.most_placed()
    if most > plan.bound:
        yield Mismatch("partial plan: bound", f"{placed}, at most {plan.bound}", most)
    elif plan.most and most > placed:
        yield Mismatch("partial plan: called the most", placed, most)


def _of_joined(plan: PartialPlan, answer: Answer) -> Iterator[Mismatch]:
    """Of a split roster: the parts' most, each of any number of groups where none is possible."""
    most = 0
    for oracle in answer.parts.values():
        loose = oracle.with_book(rules=_but_for_everyone(oracle))
        most += loose.most_placed() or loose.with_book(fewest=None, most=None).most_placed()
    if plan.bound < most:
        yield Mismatch("partial plan of all parts: bound", plan.bound, most)


def _but_for_everyone(oracle: Oracle) -> tuple[Entry, ...]:
    return tuple(entry for entry in oracle.book.rules if entry[0] != "place_everyone")


# why not --------------------------------------------------------------------------------------
def _of_conflict(conflict: Conflict, oracle: Oracle) -> Iterator[Mismatch]:
    """The requirements cannot hold together, and if minimal, all but any one of them can."""
    rules = [requirement.rule for requirement in conflict.requirements]
    if _can_hold(rules, oracle):
        yield Mismatch("conflict that is none", _named(rules), "these can hold together")
    elif conflict.minimal:
        for fewer in combinations(rules, len(rules) - 1):
            if not _can_hold(fewer, oracle):
                yield Mismatch("conflict that is not minimal", _named(rules), _named(fewer))
                return


def _can_hold(rules: Sequence[Kind | None], oracle: Oracle) -> bool:
    """Whether some grouping keeps these rules alone; None is the number of groups."""
    sized = any(rule is not None and rule.limits_size for rule in rules)
    book = oracle.book
    other = oracle.with_book(
        smallest=book.smallest if sized else 1,
        largest=book.largest if sized else max(1, len(oracle.world.people)),
        fewest=book.fewest if None in rules else None,
        most=book.most if None in rules else None,
        rules=tuple(_entry(rule) for rule in rules if rule is not None and not rule.limits_size),
        preferences=(),
        prefer=None,
    )
    return other.possible


def _entry(rule: Kind) -> Entry:
    return entry_of(rule.written())


def _named(rules: Sequence[Kind | None]) -> list[object]:
    return [None if rule is None else rule.written() for rule in rules]


# what would help ------------------------------------------------------------------------------
def _of_repair(case: Case, folder: Path, repair: Repair, oracle: Oracle) -> Iterator[Mismatch]:
    """What is called verified works, done as it is told: the text changed and formed anew."""
    sort, shown = (
        f"repair {repair.remedy.value}",
        f"{repair.sentence!s}: {dict(repair.change)}",
    )
    if not repair.verified:
        return
    if repair.remedy is Remedy.WAITLIST:
        yield from _of_waitlist(repair, oracle)
    value = _part_of(case, oracle)
    try:
        found = [
            _formed(way, folder, value) for way in ways_of_applying(case, repair.change, value)
        ]
    except NoSuchPerson as who:
        yield Mismatch(f"{sort}: somebody who cannot exist", shown, str(who))
        return
    if not any(formed for formed, _ in found):
        yield Mismatch(f"{sort}: does not work", shown, found[0][1])
    elif not all(formed for formed, _ in found):
        yield Mismatch(f"{sort}: works only with what is not told", shown, "for anybody like that")


def _part_of(case: Case, oracle: Oracle) -> str | None:
    """The part of a split roster that the oracle is of."""
    answer = Answer(case)
    if not answer.split:
        return None
    here = oracle.world.ids(oracle.world.all())
    parts = answer.parts.items()
    return next(value for value, part in parts if part.world.ids(part.world.all()) == here)


def _formed(case: Case, folder: Path, value: str | None) -> tuple[bool, str]:
    """Whether the package forms groups of the changed case (of a part of it), and what it says."""
    outcome = form(problem_from(case, folder), Limits(ENOUGH))
    if value is None:
        found = outcome
    else:
        found = next(part.outcome for part in outcome.parts if part.value == value)
    if found.verdict is Verdict.FORMED:
        return True, "formed"
    # With everybody who would join there may be too many people for quick answers.
    possible = Answer(case).parts[value or ""].possible
    return False, f"{found.verdict.value}; the oracle: {'formed' if possible else 'impossible'}"


def _of_waitlist(repair: Repair, oracle: Oracle) -> Iterator[Mismatch]:
    """With just those people waiting the rules hold; and fewer cannot, if that is said."""
    loose = oracle.with_book(rules=_but_for_everyone(oracle))
    waiting = repair.change["waitlist"]
    assert isinstance(waiting, list)
    everybody = oracle.world.ids(oracle.world.all())
    if everybody - set(waiting) not in loose.placed_sets():
        yield Mismatch("repair waitlist: those who would wait", waiting, "others")
    fewest = len(everybody) - loose.most_placed()
    if repair.cheapest and len(waiting) > fewest:
        yield Mismatch("repair waitlist: called the fewest", len(waiting), fewest)
