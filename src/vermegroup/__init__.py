"""vermegroup forms peer-mentoring groups that provably hold their rules.

Example::

    from vermegroup import default_rulebook, form, problem_of, read_roster

    rulebook = default_rulebook()
    roster, findings = read_roster("kevat.csv", rulebook)
    outcome = form(problem_of(roster, rulebook))
    print(outcome.verdict, outcome.grouping)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from vermegroup._version import __version__

if TYPE_CHECKING:
    from vermegroup.audit import audit as audit_grouping
    from vermegroup.diagnosis import diagnose
    from vermegroup.findings import Finding, InputError
    from vermegroup.grouping import Grouping
    from vermegroup.intake import read_grouping, read_roster
    from vermegroup.outcome import Audit, Outcome, Verdict
    from vermegroup.problem import Problem, problem_of
    from vermegroup.roster import Roster
    from vermegroup.rulebook import Rulebook
    from vermegroup.rules.reading import default_rulebook, read_rulebook
    from vermegroup.solver import Limits, form

__all__ = [
    "Audit",
    "Finding",
    "Grouping",
    "InputError",
    "Limits",
    "Outcome",
    "Problem",
    "Roster",
    "Rulebook",
    "Verdict",
    "__version__",
    "audit_grouping",
    "default_rulebook",
    "diagnose",
    "form",
    "problem_of",
    "read_grouping",
    "read_roster",
    "read_rulebook",
]

_HOMES = {
    "Audit": "outcome.Audit",
    "Finding": "findings.Finding",
    "Grouping": "grouping.Grouping",
    "InputError": "findings.InputError",
    "Limits": "solver.Limits",
    "Outcome": "outcome.Outcome",
    "Problem": "problem.Problem",
    "Roster": "roster.Roster",
    "Rulebook": "rulebook.Rulebook",
    "Verdict": "outcome.Verdict",
    # Not "audit": that is the module's own name, and would be now the one, now the other.
    "audit_grouping": "audit.audit",
    "default_rulebook": "rules.reading.default_rulebook",
    "diagnose": "diagnosis.diagnose",
    "form": "solver.form",
    "problem_of": "problem.problem_of",
    "read_grouping": "intake.read_grouping",
    "read_roster": "intake.read_roster",
    "read_rulebook": "rules.reading.read_rulebook",
}


def __getattr__(name: str) -> object:
    """Load what is asked for, and no sooner: the solver takes longer to load than to run."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, own_name = _HOMES[name].rpartition(".")
    found: object = getattr(import_module(f"{__name__}.{module}"), own_name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
