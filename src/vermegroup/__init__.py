"""vermegroup forms peer-mentoring groups that provably hold their rules.

Example::

    import vermegroup as vg

    r = vg.form("kevat.csv")  # or a data frame
    print(r.verdict, r.proven)
    print(r.frame, r.values)

Step by step, with every part at hand::

    rulebook = vg.default_rulebook()
    roster, findings = vg.read_roster("kevat.csv", rulebook)
    outcome = vg.solve(vg.problem_of(roster, rulebook))
    print(outcome.verdict, outcome.grouping)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from vermegroup._version import __version__

if TYPE_CHECKING:
    from vermegroup.api.calls import audit, compare, form, rebalance, sample
    from vermegroup.api.evidence import baseline, draw
    from vermegroup.api.result import Result
    from vermegroup.app.inputs import read_rulebook
    from vermegroup.diagnosis.diagnose import diagnose
    from vermegroup.domain.findings import Finding, InputError
    from vermegroup.domain.grouping import Grouping
    from vermegroup.domain.outcome import Audit, Outcome, Verdict
    from vermegroup.domain.problem import Problem, problem_of
    from vermegroup.domain.roster import Roster
    from vermegroup.domain.rulebook import Rulebook
    from vermegroup.intake import read_grouping, read_roster
    from vermegroup.judge.auditor import audit as audit_grouping
    from vermegroup.rulebooks.read import default_rulebook
    from vermegroup.solver.form_parts import form as solve
    from vermegroup.solver.search import Limits

__all__ = [
    "Audit",
    "Finding",
    "Grouping",
    "InputError",
    "Limits",
    "Outcome",
    "Problem",
    "Result",
    "Roster",
    "Rulebook",
    "Verdict",
    "__version__",
    "audit",
    "audit_grouping",
    "baseline",
    "compare",
    "default_rulebook",
    "diagnose",
    "draw",
    "form",
    "problem_of",
    "read_grouping",
    "read_roster",
    "read_rulebook",
    "rebalance",
    "sample",
    "solve",
]

_HOMES = {
    "Audit": "domain.outcome.Audit",
    "Finding": "domain.findings.Finding",
    "Grouping": "domain.grouping.Grouping",
    "InputError": "domain.findings.InputError",
    "Limits": "solver.search.Limits",
    "Outcome": "domain.outcome.Outcome",
    "Problem": "domain.problem.Problem",
    "Result": "api.result.Result",
    "Roster": "domain.roster.Roster",
    "Rulebook": "domain.rulebook.Rulebook",
    "Verdict": "domain.outcome.Verdict",
    "audit": "api.calls.audit",
    "audit_grouping": "judge.auditor.audit",
    "baseline": "api.evidence.baseline",
    "compare": "api.calls.compare",
    "default_rulebook": "rulebooks.read.default_rulebook",
    "diagnose": "diagnosis.diagnose.diagnose",
    "draw": "api.evidence.draw",
    "form": "api.calls.form",
    "problem_of": "domain.problem.problem_of",
    "read_grouping": "intake.read_grouping",
    "read_roster": "intake.read_roster",
    "read_rulebook": "app.inputs.read_rulebook",
    "rebalance": "api.calls.rebalance",
    "sample": "api.calls.sample",
    "solve": "solver.form_parts.form",
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
