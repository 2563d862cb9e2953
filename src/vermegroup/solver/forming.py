"""Form groups: count, then try one number of groups after the other, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vermegroup.audit import audit, confirm
from vermegroup.outcome import GroupCount, Outcome, Verdict
from vermegroup.phrase import Phrase, groups_of, phrase
from vermegroup.problem import Problem
from vermegroup.settling import standings
from vermegroup.solver.attempt import Attempt, seating_of
from vermegroup.solver.counting import Candidate, candidates, in_order, ruled_out, why_none
from vermegroup.solver.limits import Limits, Search
from vermegroup.solver.listener import SILENT, Listener
from vermegroup.solver.numbering import numbered
from vermegroup.solver.trying import attempt_groups
from vermegroup.why_not import Proof


def form(problem: Problem, limits: Limits | None = None, listener: Listener = SILENT) -> Outcome:
    """Form groups of a roster under its rulebook, or say why that cannot be.

    Raises AuditError if the audit does not confirm the result, which is a defect.
    """
    search = Search(limits or Limits())
    with search.stage("count"):
        found = candidates(problem)
    table = {c.groups: ruled_out(c) for c in found if c.certificate is not None}
    numbers = [candidate.groups for candidate in in_order(problem, found)]
    for groups in numbers:
        listener.trying(groups)
        attempt = attempt_groups(problem, problem.plan(groups), search)
        table[groups] = _tried(groups, attempt)
        if attempt.group_of is not None:
            return _formed(problem, groups, attempt, search, _table(found, table))
        if groups == numbers[0] and _none_possible(problem, numbers, search):
            table |= {
                number: GroupCount(number, False, _SEARCHED, Proof.SEARCH) for number in numbers
            }
            break
    return _not_formed(problem, found, _table(found, table), search)


def _none_possible(problem: Problem, numbers: Sequence[int], search: Search) -> bool:
    """Whether one proof rules out all these numbers of groups at once."""
    # Importing CP-SAT takes longer than most rosters need.
    from vermegroup.solver.deciding import all_ruled_out  # noqa: PLC0415

    with search.stage("solve"):
        return all_ruled_out(problem, numbers, search)


def _tried(groups: int, attempt: Attempt) -> GroupCount:
    if attempt.possible is None:
        return GroupCount(groups, None, _OPEN)
    if attempt.possible:
        return GroupCount(groups, True, _FORMED, Proof.GROUPING)
    return GroupCount(groups, False, _SEARCHED, Proof.SEARCH)


def _table(found: tuple[Candidate, ...], table: dict[int, GroupCount]) -> tuple[GroupCount, ...]:
    return tuple(table.get(c.groups, GroupCount(c.groups, None, _NOT_TRIED)) for c in found)


def _formed(
    problem: Problem,
    groups: int,
    attempt: Attempt,
    search: Search,
    table: tuple[GroupCount, ...],
) -> Outcome:
    assert attempt.group_of is not None
    grouping = numbered(problem, attempt.group_of, groups)
    plan = problem.plan(groups)
    with search.stage("audit"):
        audited = audit(problem, grouping)
        reported = standings(problem, plan, seating_of(grouping.group_of, groups), attempt.bounds)
        confirm(audited, reported)
    outcome = Outcome(Verdict.FORMED, problem, table, grouping, audited, reported)
    open_before = any(count.because == _OPEN for count in table)
    return _timed(replace(outcome, best_number=not open_before), search)


def _not_formed(
    problem: Problem, found: tuple[Candidate, ...], table: tuple[GroupCount, ...], search: Search
) -> Outcome:
    if any(count.possible is None for count in table):
        because, verdict = _UNDECIDED, Verdict.UNDECIDED
    elif all(candidate.certificate is not None for candidate in found):
        because, verdict = why_none(problem, found), Verdict.IMPOSSIBLE
    else:
        because, verdict = _searched_all(table), Verdict.IMPOSSIBLE
    return _timed(Outcome(verdict, problem, table, because=because), search)


def _searched_all(table: tuple[GroupCount, ...]) -> Phrase:
    searched = [count.groups for count in table if count.proof is Proof.SEARCH]
    return phrase(
        "No grouping keeps all the rules at once: with {groups}, every way of placing people was "
        "ruled out",
        "Mikään ryhmittely ei täytä kaikkia sääntöjä yhtä aikaa: kaikki tavat sijoittaa henkilöt "
        "on suljettu pois, kun tarjolla on {groups}",
        "Ingen gruppering uppfyller alla regler samtidigt: med {groups} har alla sätt att placera "
        "personerna uteslutits",
        groups=groups_of(searched[0]) if len(searched) == 1 else _either(searched),
    )


def _either(numbers: list[int]) -> Phrase:
    return phrase(
        "{numbers} groups",
        "{numbers} ryhmää",
        "{numbers} grupper",
        numbers=f"{numbers[0]}–{numbers[-1]}",
    )


def _timed(outcome: Outcome, search: Search) -> Outcome:
    return replace(outcome, deterministic=not search.cut_short, seconds=dict(search.seconds))


_FORMED = Phrase("formed", "muodostettu", "bildat")
_OPEN = Phrase(
    "not settled within the time limit",
    "ei ratkennut aikarajassa",
    "inte avgjort inom tidsgränsen",
)
_NOT_TRIED = Phrase(
    "not tried: another number comes first",
    "ei kokeiltu: toinen määrä on etusijalla",
    "inte prövat: ett annat antal går före",
)
_SEARCHED = Phrase(
    "every way of placing people was ruled out by search",
    "haku sulki pois kaikki tavat sijoittaa henkilöt",
    "sökningen uteslöt alla sätt att placera personerna",
)
_UNDECIDED = Phrase(
    "No grouping was found within the time limit, and none was ruled out either",
    "Aikarajassa ei löytynyt ryhmittelyä, eikä sellaista voitu sulkea pois",
    "Ingen gruppering hittades inom tidsgränsen, och ingen kunde heller uteslutas",
)
