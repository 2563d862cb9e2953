"""Form groups: count, then try one number of groups after the other, the best first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from vermegroup.audit import audit, confirm
from vermegroup.outcome import GroupCount, Outcome, Verdict
from vermegroup.phrase import Phrase, groups_of, phrase
from vermegroup.problem import Problem
from vermegroup.settling import standings
from vermegroup.solver.attempt import Attempt, seating_of
from vermegroup.solver.count_table import count_table
from vermegroup.solver.counting import Counting, why_none
from vermegroup.solver.limits import Limits, Search
from vermegroup.solver.listener import SILENT, Listener
from vermegroup.solver.numbering import numbered
from vermegroup.solver.trying import attempt_groups
from vermegroup.why_not import Proof


def form(problem: Problem, limits: Limits | None = None, listener: Listener = SILENT) -> Outcome:
    """Form groups of a roster under its rulebook, or say why that cannot be.

    Raises AuditError if the audit does not confirm the result, which is a defect.
    """
    search = Search(limits or Limits(), listener=listener)
    try:
        return _form(problem, search)
    finally:
        search.workshop.close()


def _form(problem: Problem, search: Search) -> Outcome:
    counting = Counting(problem)
    tried: dict[int, GroupCount] = {}
    for groups in _possible(counting, search):
        search.listener.trying(groups)
        attempt = attempt_groups(problem, problem.plan(groups), search)
        tried[groups] = counted_as(groups, attempt)
        if attempt.group_of is not None:
            table = count_table(counting, tried, _NOT_TRIED)
            return _formed(problem, groups, attempt, search, table)
        first = len(tried) == 1 and not search.expired()
        if first and none_possible(problem, counting.left(), search):
            tried = {number: counted_as(number, Attempt(False)) for number in counting.left()}
            break
    return _not_formed(counting, tried, search)


def _possible(counting: Counting, search: Search) -> Iterator[int]:
    """The numbers of groups that arithmetic leaves, the best first, while there is time."""
    order = counting.in_order()
    while True:
        with search.stage("count"):
            found = next((c for c in order if c.certificate is None or search.expired()), None)
        if found is None or found.certificate is not None:
            return
        yield found.groups
        if search.expired():
            return


def none_possible(problem: Problem, numbers: Sequence[int], search: Search) -> bool:
    """Whether one proof rules out all these numbers of groups at once."""
    # Importing CP-SAT takes longer than most rosters need.
    from vermegroup.solver.deciding import all_ruled_out  # noqa: PLC0415

    with search.stage("solve"):
        return all_ruled_out(problem, numbers, search)


def counted_as(groups: int, attempt: Attempt) -> GroupCount:
    """What an attempt says of a number of groups, as a row of the table."""
    if attempt.possible is None:
        return GroupCount(groups, None, _OPEN)
    if attempt.possible:
        return GroupCount(groups, True, _FORMED, Proof.GROUPING)
    return GroupCount(groups, False, _SEARCHED, Proof.SEARCH)


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


def _not_formed(counting: Counting, tried: Mapping[int, GroupCount], search: Search) -> Outcome:
    problem = counting.problem
    if _left_open(counting, tried, search):
        table = count_table(counting, tried, _OPEN)
        because = _INTERRUPTED if search.limits.stop.is_set() else _UNDECIDED
        return _timed(Outcome(Verdict.UNDECIDED, problem, table, because=because), search)
    found = tuple(map(counting.judged, counting.numbers))
    because = _searched_all(sorted(tried)) if tried else why_none(problem, found)
    table = count_table(counting, tried, _OPEN)
    return _timed(Outcome(Verdict.IMPOSSIBLE, problem, table, because=because), search)


def _left_open(counting: Counting, tried: Mapping[int, GroupCount], search: Search) -> bool:
    """Whether some number of groups was neither ruled out nor shown to be impossible."""
    if search.cut_short and not counting.complete:
        return True
    shown = {groups for groups, count in tried.items() if count.possible is False}
    left = (counting.judged(groups) for groups in counting.numbers if groups not in shown)
    return any(candidate.certificate is None for candidate in left)


def _searched_all(searched: list[int]) -> Phrase:
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
_INTERRUPTED = Phrase(
    "The search was interrupted before a grouping was found, and none was ruled out either",
    "Haku keskeytettiin, ennen kuin ryhmittelyä löytyi, eikä sellaista voitu sulkea pois",
    "Sökningen avbröts innan någon gruppering hittades, och ingen kunde heller uteslutas",
)
_UNDECIDED = Phrase(
    "No grouping was found within the time limit, and none was ruled out either",
    "Aikarajassa ei löytynyt ryhmittelyä, eikä sellaista voitu sulkea pois",
    "Ingen gruppering hittades inom tidsgränsen, och ingen kunde heller uteslutas",
)
