"""Groupings left to chance: what was asked, the pool, and the outcome of one drawn from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.design import Design, DrawRequest
from vermegroup.domain.findings import AuditError
from vermegroup.domain.grouping import Grouping
from vermegroup.domain.outcome import Audit, Outcome, Verdict
from vermegroup.domain.problem import PreferenceStanding
from vermegroup.evidence.drawing import Drawn, draw
from vermegroup.evidence.published import published
from vermegroup.evidence.starts import Form
from vermegroup.judge.auditor import audit
from vermegroup.language.messages import Message, joined
from vermegroup.report.draw_json import design_json
from vermegroup.report.draw_text import draw_findings, drawn_sentence, pool_sentence
from vermegroup.report.folder import DESIGN, METHODS
from vermegroup.report.methods import methods_text
from vermegroup.report.report import Report
from vermegroup.solver.search import Limits


@dataclass(slots=True)
class _Patience:
    """Whether drawing is to end: somebody, or the clock, stops it."""

    limits: Limits
    ended: bool = False

    def __call__(self) -> bool:
        clock = self.limits.clock
        late = clock is not None and not clock.seconds_left()
        self.ended = self.ended or late or self.limits.stop.is_set()
        return self.ended


def drawn_of(
    outcome: Outcome, asked: DrawRequest, limits: Limits, form: Form
) -> tuple[Drawn, Outcome]:
    """The pool of what was formed, and the outcome, which tells whether the clock cut it short."""
    patience = _Patience(limits)
    pool = draw(outcome, asked, limits, form, patience)
    deterministic = outcome.deterministic and not patience.ended
    return pool, replace(outcome, deterministic=deterministic)


def one_drawn(
    outcome: Outcome, asked: DrawRequest, limits: Limits, form: Form
) -> tuple[Outcome, Drawn | None]:
    """The outcome of one of a pool's groupings, and the pool; where none was formed, as it is."""
    if outcome.verdict is not Verdict.FORMED:
        return outcome, None
    pool, outcome = drawn_of(outcome, asked, limits, form)
    pool = pool.with_choice(limits.seed)
    return as_chosen(outcome, pool.chosen), pool


def with_pool(answer: ReportedOutcome, pool: Drawn) -> ReportedOutcome:
    """The answer as one about the pool alone: none of its groupings was taken."""
    report = answer.report
    told = pool_sentence(pool.design, report.counts.placed, len(report.groups))
    report = _told(report, pool.design, joined([report.sentence, told], " "), "--draws")
    return replace(answer, report=report, beside=_files(pool, report), groups_written=False)


def with_choice(answer: ReportedOutcome, pool: Drawn) -> ReportedOutcome:
    """The answer of a grouping that was drawn, with the pool beside it."""
    report = answer.report
    told = joined([report.sentence, drawn_sentence(pool.design)], " ")
    report = _told(report, pool.design, told, "--draw")
    return replace(answer, report=report, beside=_files(pool, report))


def _told(report: Report, design: Design, sentence: Message, option: str) -> Report:
    findings = (*report.findings, *draw_findings(design, option))
    return replace(report, draw=design, sentence=sentence, findings=findings)


def _files(pool: Drawn, report: Report) -> dict[str, bytes]:
    design = design_json(pool.design)
    return {**published(pool), DESIGN: design, METHODS: methods_text(report)}


def as_chosen(outcome: Outcome, grouping: Grouping) -> Outcome:
    """The outcome with another grouping, judged anew.

    Where it is as good as the one that was formed, what was proven of that holds of it, too.

    Raises AuditError where the audit finds a rule broken, which is a defect.
    """
    return _chosen(outcome, grouping, audit(outcome.problem, grouping))


def _chosen(outcome: Outcome, grouping: Grouping, judgement: Audit) -> Outcome:
    if not judgement.valid:
        raise AuditError("the grouping that was drawn breaks a rule")
    pairs = zip(outcome.parts, judgement.parts, strict=True) if outcome.parts else ()
    return replace(
        outcome,
        verdict=Verdict.FORMED,
        grouping=grouping,
        audit=judgement,
        preferences=_standings(outcome.preferences, judgement.preferences),
        parts=tuple(
            replace(part, outcome=_chosen(part.outcome, own.grouping, own.audit))
            for part, own in pairs
        ),
    )


def _standings(
    formed: tuple[PreferenceStanding, ...], drawn: tuple[PreferenceStanding, ...]
) -> tuple[PreferenceStanding, ...]:
    if [each.value for each in formed] != [each.value for each in drawn]:
        return drawn
    return tuple(
        replace(before, weighed=after.weighed) for before, after in zip(formed, drawn, strict=True)
    )
