"""A batch: which jobs are to be done and why, in which order, and what came of all of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from threading import Event

from vermegroup.batch.by_hand import changed_by_hand
from vermegroup.batch.crew import Crew
from vermegroup.batch.jobs import Job
from vermegroup.batch.key import Keys
from vermegroup.batch.ledger import Entry, Ledger, Status
from vermegroup.batch.task import Task, refused
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.language.messages import N_, Message, _, verbatim
from vermegroup.report.folder import OWNED, sha256

Told = Callable[[int, int], None]
"""Who is told how many jobs of how many have come to an end."""
_WITH_GROUPS = ("formed", "invalid")
_PATIENCE = 0.2
"""Seconds: how long it takes at most until somebody who interrupts is heard."""


def in_order(jobs: Sequence[Job], out: Path, keys: Keys) -> tuple[Job, ...]:
    """The jobs, each after those that write what it reads; else in the order of the file.

    Raises InputError where jobs wait for each other.
    """
    written = {os.path.realpath(out / job.name / name): job.name for job in jobs for name in OWNED}
    after = {
        job.name: tuple(
            dict.fromkeys(
                written[path]
                for path in map(os.path.realpath, keys.files(job))
                if written.get(path, job.name) != job.name
            )
        )
        for job in jobs
    }
    by_name = {job.name: replace(job, after=after[job.name]) for job in jobs}
    place = {job.name: at for at, job in enumerate(jobs)}
    sorter = TopologicalSorter({name: sorted(after[name], key=place.__getitem__) for name in place})
    try:
        return tuple(by_name[name] for name in sorter.static_order())
    except CycleError as circle:
        names = " > ".join(reversed(circle.args[1]))
        message = _CIRCLE.filled(names=verbatim(names))
        raise InputError([Finding(Severity.ERROR, message, column="jobs", value=names)]) from circle


@dataclass(frozen=True, slots=True)
class Planned:
    """A job, under its key; ``why`` it is to be done, None where nothing has changed.

    Where somebody has ``changed`` its results since, these are left as they are.
    """

    job: Job
    key: str
    why: Message | None
    changed: Entry | None = None

    @property
    def behind(self) -> bool:
        """Whether what the job reads has changed since its results were formed."""
        return self.changed is not None and self.changed.key != self.key


@dataclass(slots=True)
class Account:
    """What came of the jobs: their entries by their names, and which of them were ``unchanged``.

    Those that were ``left``, since somebody has changed their results, are not among these; each
    leads to whether what it reads has changed since, too. Of jobs that were interrupted, or never
    begun, there are no entries.
    """

    jobs: tuple[Job, ...]
    entries: dict[str, Entry] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    left: dict[str, bool] = field(default_factory=dict)

    def done(self) -> list[str]:
        """The jobs that were done this time."""
        return [name for name in self.entries if name not in {*self.unchanged, *self.left}]

    def all_are(self, *kinds: str) -> bool:
        """Whether all jobs ended in these ways: by their verdicts, or as refused or crashed."""
        ends = [kind_of(entry) for entry in self.entries.values()]
        return len(ends) == len(self.jobs) and set(ends) <= set(kinds)


def kind_of(entry: Entry) -> str:
    """The verdict of a job that has one; else how it ended."""
    return str(entry.verdict) if entry.status == Status.ANSWERED else entry.status


class Batch:
    """The jobs of a folder, and what is known of them."""

    def __init__(
        self,
        jobs: Sequence[Job],
        out: Path,
        folder: Path = Path(),
        *,
        rerun: Iterable[str] = (),
        force: bool = False,
    ) -> None:
        """Of these jobs, from a file in ``folder``; those that ended as ``rerun`` says are redone.

        With ``force`` jobs are done also where somebody has changed their results.
        """
        self._keys = Keys(folder, out)
        self.jobs = in_order(jobs, out, self._keys)
        self.ledger = Ledger(out)
        self._out, self._rerun, self._force = out, frozenset(rerun), force

    def plan(self, names: Iterable[str]) -> Iterator[Planned]:
        """What would be done with jobs; one that follows another that is done is done, too."""
        chosen, doing = set(names), set()
        for job in self.jobs:
            if job.name in chosen:
                planned = self.planned(job)
                if before := [name for name in job.after if name in doing]:
                    planned = replace(planned, why=_FOLLOWS.filled(name=before[0]))
                if planned.why is not None:
                    doing.add(job.name)
                yield planned

    def planned(self, job: Job) -> Planned:
        """What is to be done with a job as things are."""
        key, entry = self._keys.key(job, self._lacking(job)), self.ledger.entries.get(job.name)
        why = self._why(job, key, entry)
        if self._force and why is None and entry is not None and entry.changed_by:
            return Planned(job, key, _BY_HAND.filled(command=entry.changed_by))
        if self._force:
            return Planned(job, key, why)
        return Planned(job, key, *self._unless_by_hand(job, key, why, entry))

    def _unless_by_hand(
        self, job: Job, key: str, why: Message | None, entry: Entry | None
    ) -> tuple[Message | None, Entry | None]:
        """Why a job is to be done; if somebody has changed its results since, nothing and these."""
        if why is None:
            return None, entry if entry is not None and entry.changed_by else None
        known = key if entry is None else entry.key
        found = changed_by_hand(job, known, self._out / job.name, self._keys.sha256)
        return (why, None) if found is None else (None, found)

    def _why(self, job: Job, key: str, entry: Entry | None) -> Message | None:
        if entry is None:
            return _NEW
        if entry.key != key:
            return _CHANGED
        if entry.status in self._rerun:
            return _ASKED
        if entry.blocked:
            return _BLOCKED
        intact = all(
            _has(self._out / job.name / name, content) for name, content in entry.outputs.items()
        )
        return None if intact else _NOT_INTACT

    def run(
        self, names: Iterable[str], crew: Crew, stop: Event, shared: Path | None, told: Told
    ) -> Account:
        """Do what is to be done, until all is done or ``stop`` is set; then what runs is saved."""
        chosen = set(names)
        account = Account(tuple(job for job in self.jobs if job.name in chosen))
        waiting = {job.name: job for job in account.jobs}
        try:
            while (waiting or crew.at_work()) and not stop.is_set():
                self._hand_out(waiting, chosen, crew, account, shared)
                self._take_in(crew, chosen, account, told)
            if stop.is_set():
                crew.stop()
            while crew.at_work():
                self._take_in(crew, chosen, account, told, ends=stop.is_set())
        finally:
            crew.close()
        return account

    def _hand_out(
        self,
        waiting: dict[str, Job],
        pending: set[str],
        crew: Crew,
        account: Account,
        shared: Path | None,
    ) -> None:
        """Give every worker that is free a job whose forerunners are no longer ``pending``."""
        for job in list(waiting.values()):
            if not crew.free():
                return
            if pending & set(job.after):
                continue
            del waiting[job.name]
            planned = self.planned(job)
            task = Task(
                job, planned.key, self._out / job.name, self._force, shared, self._day(planned)
            )
            if planned.changed is not None:
                account.left[job.name] = planned.behind
                self._leave(planned.changed, account, pending)
            elif planned.why is None:
                account.unchanged.append(job.name)
                account.entries[job.name] = self.ledger.entries[job.name]
                pending.discard(job.name)
            elif lacking := self._lacking(job):
                self._record(refused(task, [_without(job, lacking)]), account, pending)
            else:
                crew.begin(task)

    def _day(self, planned: Planned) -> date | None:
        """What counted as today when the job was done under the same key before, if it was."""
        entry = self.ledger.entries.get(planned.job.name)
        if entry is None or entry.key != planned.key:
            return None
        with suppress(ValueError):
            return date.fromisoformat(entry.day)
        return None

    def _lacking(self, job: Job) -> str:
        """The job before this one that has no groups for it, if there is one."""
        ends = ((name, self.ledger.entries.get(name)) for name in job.after)
        without = (
            name for name, entry in ends if entry is None or entry.verdict not in _WITH_GROUPS
        )
        return next(without, "")

    def _take_in(
        self, crew: Crew, pending: set[str], account: Account, told: Told, *, ends: bool = False
    ) -> None:
        """Record what is done. Who interrupts may end processes, too, and that is no crash."""
        unsettled = (Status.INTERRUPTED, Status.CRASHED) if ends else (Status.INTERRUPTED,)
        for task, entry in crew.finished(_PATIENCE) if crew.at_work() else ():
            self._keys.forget(self._out / task.job.name)
            if entry.status not in unsettled:
                self._record(entry, account, pending)
        told(len(account.entries), len(account.jobs))

    def _leave(self, changed: Entry, account: Account, pending: set[str]) -> None:
        """Take results as somebody has changed them for what came of the job."""
        if changed != self.ledger.entries.get(changed.job):
            self.ledger.append(changed)
        account.entries[changed.job] = changed
        pending.discard(changed.job)

    def _record(self, entry: Entry, account: Account, pending: set[str]) -> None:
        self.ledger.append(entry)
        account.entries[entry.job] = entry
        pending.discard(entry.job)


def _without(job: Job, lacking: str) -> Finding:
    message = _NO_GROUPS.filled(name=lacking)
    return Finding(Severity.ERROR, message, file=job.file, column=job.kind)


def _has(path: Path, content_sha256: str) -> bool:
    try:
        return sha256(bytes_of(path)) == content_sha256
    except UnopenedError:
        return False


_NEW = _("it has not been done yet")
_CHANGED = _("what it reads, or how, has changed")
_ASKED = _("it is to be done again")
_BLOCKED = _("what kept it from being done may be gone")
_BY_HAND = N_("its results were changed by {command} since, and it is forced")
_NOT_INTACT = _("its results are no longer what was written")
_FOLLOWS = N_("it follows {name}")
_NO_GROUPS = N_("The job {name}, whose groups this one takes, has none")
_CIRCLE = N_("These jobs wait for each other: {names}")
