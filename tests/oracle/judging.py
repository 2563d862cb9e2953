"""Ask the package about a case, and tell whatever differs from the oracle's answer."""

from __future__ import annotations

import random
import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.oracle.answers import Answer, Case, Oracle
from tests.oracle.auditing import of_audits
from tests.oracle.claims import Claim, Mismatch, of_claims, of_proof
from tests.oracle.meanings import Groups
from vermegroup.domain.findings import InputError
from vermegroup.domain.grouping import Grouping
from vermegroup.domain.outcome import GroupCount, Outcome, Verdict
from vermegroup.domain.problem import PreferenceStanding, Problem, problem_of
from vermegroup.intake import read_roster
from vermegroup.intake.pair_weights import read_named_weights
from vermegroup.intake.pipeline import read_named
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

ENOUGH = 60.0
"""Seconds; no case needs as many, so that what is undecided is so by choice."""


class Refused(Exception):  # noqa: N818
    """The package does not take the case, and says why."""


def problem_from(case: Case, folder: Path) -> Problem:
    """The case as files in a folder, and the problem that the package reads from them.

    Raises Refused where it takes them for faulty.
    """
    write(case, folder)
    rules = folder / "rules.yaml"
    try:
        book = rulebook_from_text(
            case.rulebook, str(rules), earlier=read_named, weights=read_named_weights
        )
        people, _ = read_roster(folder / "roster.csv", book)
        return problem_of(people, book)
    except InputError as fault:
        raise Refused("; ".join(str(finding.message) for finding in fault.findings)) from fault


def write(case: Case, folder: Path) -> None:
    """The case as files: ``rules.yaml``, ``roster.csv`` and the earlier groups."""
    texts = {"rules.yaml": case.rulebook, "roster.csv": case.roster, **case.earlier}
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


@dataclass(frozen=True)
class Judged:
    """What came of a case: the verdict or what else happened, and all that is wrong about it."""

    verdict: str
    mismatches: tuple[Mismatch, ...]
    proven: bool = False


def judged(case: Case, folder: Path) -> Judged:
    """Form the case's groups and compare the answer with the oracle's."""
    return asked(case, folder, lambda problem, answer: _formed(case, problem, answer, ENOUGH))


def hurried(case: Case, folder: Path) -> Judged:
    """The same with hardly any time: what is said then is less, and true all the same."""
    seconds = random.Random(case.roster).choice((0.0, 0.001, 0.003, 0.01, 0.03))
    return asked(case, folder, lambda problem, answer: _formed(case, problem, answer, seconds))


def asked(case: Case, folder: Path, ask: Callable[[Problem, Answer], Judged]) -> Judged:
    """The judgement of a case, whatever comes of it; what is refused is not judged."""
    answer = Answer(case)
    try:
        problem = problem_from(case, folder)
    except Refused as why:
        said = Mismatch("refused though possible", str(why), "formed")
        rightly = not answer.is_sound() or _names_what_nobody_has(case, str(why))
        return Judged("refused", () if rightly else (said,))
    try:
        return ask(problem, answer)
    except Exception as fault:
        last = traceback.extract_tb(fault.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno} {last.name}"
        said = f"{type(fault).__name__}: {fault} ({place})"
        sort = f"exception {type(fault).__name__}"
        return Judged("exception", (Mismatch(sort, said, "an answer"),))


def _names_what_nobody_has(case: Case, why: str) -> bool:
    """Whether each value of which that is said is in none of the column's cells."""
    named = re.findall("names the value “(.*?)”, which nobody has in the column “(.*?)”", why)
    header, *rows = [line.split(",") for line in case.roster.splitlines()]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(header)}
    return bool(named) and not any(
        value in cell.split(";") for value, name in named for cell in columns[name]
    )


def _formed(case: Case, problem: Problem, answer: Answer, seconds: float) -> Judged:
    outcome = form(problem, Limits(seconds=seconds))
    wrong = [*_of_verdict(outcome, answer)]
    for part, oracle in part_oracles(outcome, answer):
        wrong += _of_part(part, oracle)
    wrong += _of_names(outcome, answer)
    if not answer.split:
        wrong += of_audits(problem, answer.parts[""], random.Random(case.roster))
    return Judged(outcome.verdict.value, tuple(wrong), outcome.proven)


def _of_verdict(outcome: Outcome, answer: Answer) -> Iterator[Mismatch]:
    right = Verdict.FORMED if answer.possible else Verdict.IMPOSSIBLE
    if outcome.verdict not in (right, Verdict.UNDECIDED):
        yield Mismatch(f"verdict {outcome.verdict.value}", outcome.verdict.value, right.value)
    for part, oracle in part_oracles(outcome, answer):
        part_right = Verdict.FORMED if oracle.possible else Verdict.IMPOSSIBLE
        waits = part.grouping is not None and not part.grouping.groups
        if answer.split and not waits and part.verdict not in (part_right, Verdict.UNDECIDED):
            yield Mismatch("verdict of a part", part.verdict.value, part_right.value)


def part_oracles(outcome: Outcome, answer: Answer) -> list[tuple[Outcome, Oracle]]:
    """Each part's outcome with its oracle; of a roster that is not split, its only ones.

    None where people of two parts are to sit in one group, which no part can help by itself.
    """
    if not answer.split:
        return [(outcome, answer.parts[""])]
    if answer.one_name_in_two_parts():
        return []
    return [(part.outcome, answer.parts[part.value]) for part in outcome.parts]


def _of_part(outcome: Outcome, oracle: Oracle) -> Iterator[Mismatch]:
    yield from of_counts(outcome.group_counts, oracle)
    if outcome.grouping is None or not outcome.grouping.groups:
        return
    groups = groups_in(outcome.grouping)
    if not oracle.keeps_rules(groups) or not oracle.book.allows(len(groups)):
        yield Mismatch("the grouping breaks a rule", str(groups), "one that does not")
        return
    claims = claims_of(outcome.problem, outcome.preferences, len(groups))
    yield from of_claims("form", claims, groups, oracle)
    yield from of_proof(outcome.proven, groups, oracle)
    if outcome.audit is not None and not outcome.audit.valid:
        yield Mismatch("the audit of the result", "invalid", "valid")


def claims_of(
    problem: Problem, standings: Sequence[PreferenceStanding], groups: int
) -> tuple[Claim, ...]:
    """What is said of preferences, in the units that people think in."""
    plan, roster = problem.plan(groups), problem.roster
    return tuple(
        Claim(
            standing.preference.kind,
            standing.preference.in_units(roster, plan, standing.value),
            standing.preference.in_units(roster, plan, standing.bound),
            standing.proven,
            claims_of(problem, standing.weighed, groups),
        )
        for standing in standings
    )


def _of_names(outcome: Outcome, answer: Answer) -> Iterator[Mismatch]:
    """Those who are to sit in a group by its name do, and no name is given twice."""
    grouping = outcome.grouping
    if grouping is None:
        return
    seats = zip(outcome.problem.roster.ids, grouping.group_of.tolist(), strict=True)
    names = {str(id_): grouping.names[group] for id_, group in seats if group >= 0}
    for oracle in answer.parts.values():
        if not oracle.keeps_names(names):
            yield Mismatch("names of groups", str(names), "as pinned")
    if len(set(grouping.names)) < len(grouping.names):
        yield Mismatch("names of groups", grouping.names, "each once")


def of_counts(table: Sequence[GroupCount], oracle: Oracle) -> Iterator[Mismatch]:
    """What a table says of numbers of groups, which may leave some open and others out."""
    for line in table:
        possible = line.groups in oracle.all_costs
        if line.possible is True and not possible:
            yield Mismatch("a number of groups called possible", line.groups, "impossible")
        if line.possible is False and possible and oracle.book.allows(line.groups):
            yield Mismatch("a number of groups called impossible", line.groups, "possible")


def groups_in(grouping: Grouping) -> Groups:
    """A grouping as the oracle has it."""
    return tuple(
        tuple(int(person) for person in grouping.members(group)) for group in range(grouping.groups)
    )
