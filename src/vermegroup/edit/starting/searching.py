"""What is searched for before there are groups: what is possible, and the groups themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from vermegroup.app.check import check_roster
from vermegroup.app.defects import defect
from vermegroup.app.form import form_groups
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.findings import Finding, InputError, Severity, errors
from vermegroup.domain.outcome import Verdict
from vermegroup.edit.opening import open_formed
from vermegroup.edit.searches import EFFORTS, Searching
from vermegroup.edit.starting.beginning import Beginning
from vermegroup.edit.workplace import Workplace
from vermegroup.report.check_text import Checked
from vermegroup.solver.search import Limits, Listener

_FOR_A_CHECK = 10.0
"""Effort, as the command has it."""


def check_begun(workplace: Workplace) -> None:
    """Begin to find out what is possible. Raises InputError where that cannot be asked."""
    beginning = _usable(workplace)

    def run(limits: Limits, listener: Listener) -> Checked:
        del listener
        choice = RulebookChoice(book=beginning.book)
        return check_roster(beginning.given, choice, limits, beginning.how)

    def keep(checked: Checked) -> None:
        workplace.beginning = replace(beginning, checked=checked, answer=None, trouble=())

    _begin(workplace, run, _FOR_A_CHECK, keep)


def forming_begun(workplace: Workplace, effort: str) -> None:
    """Begin to form groups. Raises InputError where the roster or the rules cannot be used."""
    beginning = _usable(workplace)

    def run(limits: Limits, listener: Listener) -> ReportedOutcome:
        choice = RulebookChoice(book=beginning.book)
        how = replace(beginning.how, replaced=beginning.folder)
        answer = form_groups(beginning.given, choice, limits, listener, how)
        return replace(answer, tables=beginning.tables)

    def keep(answer: ReportedOutcome) -> None:
        if answer.outcome.grouping is not None and answer.report.verdict is Verdict.FORMED:
            open_formed(workplace, answer, beginning)
        else:
            workplace.beginning = replace(beginning, answer=answer, checked=None, trouble=())

    _begin(workplace, run, EFFORTS.get(effort, EFFORTS["usual"]), keep)


def stop(workplace: Workplace) -> None:
    """Let a search that is under way end with the best that it has."""
    if workplace.searching is not None:
        workplace.searching.stop()


def _usable(workplace: Workplace) -> Beginning:
    beginning = workplace.beginning
    if beginning is None or under_way(workplace):
        raise InputError([])
    if beginning.book is None or beginning.look.roster is None:
        raise InputError(beginning.faults or errors(beginning.look.findings))
    return beginning


def under_way(workplace: Workplace) -> bool:
    """Whether a search has not ended yet, or what it found has not been put in its place."""
    return workplace.searching is not None


def _begin(
    workplace: Workplace,
    run: Callable[[Limits, Listener], object],
    effort: float,
    keep: Callable[..., None],
) -> None:
    """Search in a thread; what it finds is kept unless something else is open by then."""

    def ended() -> None:
        with workplace.lock:
            if workplace.searching is not searching:
                return
            try:
                if searching.fault is not None:
                    raise searching.fault
                keep(searching.result)
            except InputError as fault:
                _trouble(workplace, fault.findings)
            except Exception as fault:  # the server goes on
                _trouble(workplace, (_defect(workplace, fault),))
            finally:
                workplace.searching = None

    with workplace.lock:  # so that it does not end before it is known
        searching = Searching(run, effort, ended)
        workplace.searching = searching


def _trouble(workplace: Workplace, findings: tuple[Finding, ...]) -> None:
    if workplace.beginning is not None:
        workplace.beginning = replace(workplace.beginning, trouble=findings)


def _defect(workplace: Workplace, fault: Exception) -> Finding:
    discreet = workplace.how.key is not None
    return Finding(Severity.ERROR, defect(fault, discreet=discreet))
