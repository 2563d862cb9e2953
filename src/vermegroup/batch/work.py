"""One job from its files to its folder, in whatever process it is done.

What forms groups is loaded when there is something to form: who only hands jobs out needs none of
it.
"""

from __future__ import annotations

import os
import platform
import time
from contextlib import nullcontext
from dataclasses import replace
from math import inf
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from vermegroup.app.defects import defect, heard_from_threads
from vermegroup.batch.jobs import FORM, Job
from vermegroup.batch.ledger import Entry, Status
from vermegroup.batch.task import CODES, Task, crashed, refused, with_findings
from vermegroup.domain.design import DrawRequest
from vermegroup.domain.findings import Finding, InputError, OutputError, Severity
from vermegroup.language.messages import _

if TYPE_CHECKING:
    from vermegroup.app.inputs import RulebookChoice
    from vermegroup.app.privacy.how import How
    from vermegroup.app.save import ReportedOutcome
    from vermegroup.solver.search import Limits


def done(task: Task, stop: Event) -> Entry:
    """Do a job, and tell what came of it; nothing is raised but what ends the process.

    Once ``stop`` is set, a search ends, and the best plan so far is saved.
    """
    started = time.monotonic()
    try:
        # Where others work in the same process, what ends a thread may be theirs.
        with heard_from_threads() if task.shared is None else nullcontext():
            entry = _answered(task, stop)
    except InputError as fault:
        entry = refused(task, fault.findings, blocked=isinstance(fault, OutputError))
    except BaseException as fault:
        entry = crashed(task, defect(fault, discreet=task.job.pseudonymise))
    return replace(entry, seconds=round(time.monotonic() - started, 3))


def _answered(task: Task, stop: Event) -> Entry:
    from vermegroup.app.save import prepare, save  # noqa: PLC0415

    job = task.job
    if task.shared is not None and not os.path.exists(task.shared):
        raise OutputError([_unseen(task.shared.parent)])
    told = list[Finding]()
    prepare(task.folder, force=task.force, tell=told.append)
    limits = _limits(job, stop)
    answer, folder = (_formed if job.kind == FORM else _rebalanced)(task, limits)
    written = save(answer, folder, job.lang, force=task.force, tell=told.append)
    entry = _entry(task, answer, {path.name: content for path, content in written.items()})
    return with_findings(entry, (*told, *answer.report.findings), job.lang)


def _limits(job: Job, stop: Event) -> Limits:
    from vermegroup.solver.search import Limits  # noqa: PLC0415

    seconds = inf if job.time_limit is None else job.time_limit  # the effort ends a search
    return Limits(seconds, seed=job.seed, stop=stop, effort=job.effort)


def _formed(task: Task, limits: Limits) -> tuple[ReportedOutcome, Path]:
    from vermegroup.app.form import form_groups  # noqa: PLC0415

    job = task.job
    return form_groups(job.file, _choice(job), limits, how=_how(task)), task.folder


def _rebalanced(task: Task, limits: Limits) -> tuple[ReportedOutcome, Path]:
    from vermegroup.app.meeting_folders import (  # noqa: PLC0415
        folder_for,
        folder_of,
        meeting_day,
    )
    from vermegroup.app.rebalance import RebalanceRequest, rebalance_groups  # noqa: PLC0415
    from vermegroup.domain.bonds import Policy  # noqa: PLC0415

    job = task.job
    meeting = meeting_day(job.date, task.today, meeting=bool(job.absent))
    folder = folder_for(job.file, task.folder, meeting)
    asked = RebalanceRequest(
        job.file,
        job.absent,
        job.left,
        job.joining,
        None if job.policy is None else Policy(job.policy),
        tuple(map(Path, job.history)),
        meeting,
    )
    answer = rebalance_groups(asked, _choice(job), limits, how=_how(task))
    return answer, folder_of(answer, folder, job.file)


def _choice(job: Job) -> RulebookChoice:
    from vermegroup.app.inputs import RulebookChoice  # noqa: PLC0415

    draw = None if job.draw is None else DrawRequest(job.draw)
    return RulebookChoice(_path(job.rules), job.profile, job.groups, draw=draw)


def _how(task: Task) -> How:
    from vermegroup.app.privacy.how import How, key_for  # noqa: PLC0415

    job = task.job
    key = key_for(job.pseudonymise, _path(job.key_file))
    return How(job.columns, job.sheet, key, job.day or task.day, _path(job.group_facts))


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)


def _entry(task: Task, answer: ReportedOutcome, written: dict[str, bytes]) -> Entry:
    from vermegroup.report.folder import TIMINGS, sha256  # noqa: PLC0415

    report = answer.report
    repeatable = report.provenance.deterministic
    return Entry(
        task.job.name,
        task.key,
        Status.INTERRUPTED if answer.interrupted and not repeatable else Status.ANSWERED,
        CODES[report.verdict],
        report.verdict.value,
        report.proven,
        repeatable,
        report.counts.read,
        report.counts.placed,
        len(report.groups),
        outputs={name: sha256(data) for name, data in written.items() if name != TIMINGS},
        sentence=report.sentence.in_(task.job.lang),
        day=report.provenance.day,
    )


def _unseen(folder: Path) -> Finding:
    message = _("The worker on {machine} does not see this folder", machine=platform.node())
    return Finding(Severity.ERROR, message, file=str(folder), column="--executor", hint=_SHARE)


_SHARE = _("Workers of a cluster need files that all its machines see, under the same paths")
