"""Groups of one person need different times: a rule across groups, kept by forming twice.

First without it: what cannot be formed so cannot be formed at all, and what is best so is a bound.
Where a person's groups then have no choice of different times, they are formed again under a rule
of single groups that is enough for it. That it fails, or does worse, shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from vermegroup.domain.outcome import GroupCount, Outcome, Verdict
from vermegroup.domain.problem import PreferenceStanding, Problem
from vermegroup.judge.auditor import audit
from vermegroup.language.messages import _
from vermegroup.rules.in_groups import EnoughTimes, InGroups
from vermegroup.solver.search import Limits, Listener

Form = Callable[[Problem, Limits, Listener], Outcome]


def form_at_different_times(
    problem: Problem, limits: Limits, listener: Listener, form_at_any_time: Form
) -> Outcome:
    """Form groups of a roster under its rulebook, or say why that cannot be.

    ``form_at_any_time`` does so where rules judge nothing but single groups.

    Raises AuditError if the audit does not confirm the result, which is a defect.
    """
    times = times_to_differ(problem)
    if not times:
        return form_at_any_time(problem, limits, listener)
    half = limits.only(limits.left() / 2)
    first = form_at_any_time(at_different_times(problem, ()), half, listener)
    if first.grouping is None or _as_judged(first, problem).verdict is Verdict.FORMED:
        return _as_judged(first, problem)
    rest = limits.only(limits.left())
    second = form_at_any_time(at_different_times(problem, times), rest, listener)
    if second.grouping is None:
        return replace(
            second,
            verdict=Verdict.UNDECIDED,
            problem=problem,
            group_counts=(),
            because=_NOT_FOUND,
            why_not=None,
        )
    judged = _as_judged(second, problem)
    assert judged.audit is not None  # it has a grouping
    reached = zip(judged.audit.preferences, first.preferences, strict=True)
    return replace(judged, preferences=_as_shown([*reached]))


def times_to_differ(problem: Problem) -> tuple[str, ...]:
    """The times that groups share and people in several groups are to have different ones of."""
    if not problem.roster.has_further_seats:
        return ()
    rules = (rule for rule in problem.rulebook.rules if isinstance(rule, InGroups))
    return tuple(dict.fromkeys(trait for rule in rules for trait in rule.times))


def at_different_times(problem: Problem, times: tuple[str, ...]) -> Problem:
    """The problem where times are no matter between groups, but enough of these in each."""
    book = problem.rulebook
    rules = (replace(rule, times=()) if isinstance(rule, InGroups) else rule for rule in book.rules)
    enough = (EnoughTimes(trait) for trait in times)
    return replace(problem, rulebook=replace(book, rules=(*rules, *enough)))


def _as_judged(found: Outcome, problem: Problem) -> Outcome:
    """An outcome under the rules as they were asked for; INVALID where it breaks one."""
    if found.grouping is None:
        return replace(found, problem=problem)
    audited = audit(problem, found.grouping)
    verdict = found.verdict if audited.valid else Verdict.INVALID
    return replace(
        found, problem=problem, audit=audited, verdict=verdict, group_counts=_counts(found)
    )


def _counts(found: Outcome) -> tuple[GroupCount, ...]:
    """The numbers of groups, without what others were found to do at any time."""
    groups = None if found.grouping is None else found.grouping.groups
    return tuple(
        line
        if line.groups == groups or line.possible is not True
        else GroupCount(line.groups, None, _ANY_TIME)
        for line in found.group_counts
    )


def _as_shown(
    standings: list[tuple[PreferenceStanding, PreferenceStanding]],
) -> tuple[PreferenceStanding, ...]:
    """The values reached, proven as far as the first forming has shown them to be the best.

    Its bounds hold as long as all that comes before is as good as there.
    """
    found, alike, proven = list[PreferenceStanding](), True, True
    for reached, first in standings:
        bound = first.bound if alike else reached.bound
        alike = alike and reached.value == first.value
        proven = proven and alike and first.proven
        found.append(replace(reached, bound=bound, proven=proven))
    return tuple(found)


_ANY_TIME = _("possible if all meet at any time; not tried with different times")
_NOT_FOUND = _(
    "No grouping was found in which the groups of whoever is in several can all meet at different "
    "times, and none was ruled out either"
)
