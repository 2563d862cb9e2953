"""Who does jobs: processes of this machine, or the workers of a cluster that is already there.

A process takes jobs whole, one after the other, so that what a run loads and makes is loaded and
made once. One that dies takes with it the job it was at, and no other.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import queue
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from threading import Event, Thread
from typing import Protocol

from vermegroup.batch.jobs import from_anywhere
from vermegroup.batch.ledger import Entry
from vermegroup.batch.task import Task, crashed
from vermegroup.language.messages import N_, Message, _

Work = Callable[[Task, Event], Entry]
"""Does a task; from the moment that the event is set, as soon as it can."""
Done = tuple[Task, Entry]
_JOBS_EACH = 200
"""After so many jobs a process makes room for a fresh one."""
_ENDS_WITHIN = 5.0
"""Seconds: a process that is told to leave, and does not, is ended then."""
_AHEAD = 1_000
"""How many tasks may wait at a cluster."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Crew(Protocol):
    """Does tasks at the same time."""

    def free(self) -> int:
        """How many more tasks it can take."""

    def begin(self, task: Task) -> None:
        """Take a task."""

    def at_work(self) -> bool:
        """Whether tasks are under way."""

    def finished(self, seconds: float) -> list[Done]:
        """What is done by now; waits so long for something to be done."""

    def stop(self) -> None:
        """End what is under way soon, with the best plans so far."""

    def close(self) -> None:
        """Let go of everything, now."""


def crew_of(work: Work, workers: int, executor: Executor | None) -> Crew:
    """So many processes that do such work, or the workers behind an executor."""
    return Processes(work, workers) if executor is None else Cluster(work, executor)


class Processes:
    """A crew of processes, each started when there is a task for it."""

    def __init__(self, work: Work, workers: int, jobs_each: int = _JOBS_EACH) -> None:
        self._work = work
        self._workers, self._jobs_each = workers, jobs_each
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, _Worker] = {}

    def free(self) -> int:
        """How many processes are at nothing."""
        return self._workers - len(self._busy)

    def begin(self, task: Task) -> None:
        """Give a task to a process."""
        worker = self._idle.pop() if self._idle else _Worker(self._work)
        self._busy[worker.line] = worker
        worker.begin(task)

    def at_work(self) -> bool:
        """Whether any process is at a task."""
        return bool(self._busy)

    def finished(self, seconds: float) -> list[Done]:
        """What is done by now; of a process that died, what became of its task."""
        found = []
        for line in wait_for(list(self._busy), seconds):
            assert isinstance(line, Connection)
            worker = self._busy.pop(line)
            assert worker.task is not None  # it is busy
            found.append((worker.task, worker.entry()))
            if worker.jobs >= self._jobs_each or not worker.alive:
                worker.leave()
            else:
                self._idle.append(worker)
        return found

    def stop(self) -> None:
        """Ask every process to end its search."""
        for worker in self._busy.values():
            worker.say(_STOP)

    def close(self) -> None:
        """End all processes; what they are at is lost."""
        for worker in self._busy.values():
            worker.end()
        for worker in self._idle:
            worker.leave()
        self._busy, self._idle = {}, []


_STOP = "stop"


class _Worker:
    """A process that does tasks, as its parent sees it."""

    def __init__(self, work: Work) -> None:
        # A forked copy of a process with threads may hang; a fresh one does not.
        context = multiprocessing.get_context("spawn")
        self.line, theirs = context.Pipe()
        self._process = context.Process(target=_attend, args=(theirs, work), daemon=True)
        with _for_processes():
            self._process.start()
        theirs.close()
        self.task: Task | None = None
        self.jobs, self.alive = 0, True

    def begin(self, task: Task) -> None:
        """Give it a task; where it is gone, that is found when the entry is asked for."""
        self.task = task
        self.jobs += 1
        self.say(task)

    def say(self, what: Task | str | None) -> None:
        """Tell it something, if it is still there."""
        with suppress(OSError):
            self.line.send(what)

    def entry(self) -> Entry:
        """What came of its task."""
        assert self.task is not None  # it was given one
        try:
            entry: Entry = self.line.recv()
            return entry
        except (EOFError, OSError):
            self.alive = False
            self._process.join(_ENDS_WITHIN)
            return crashed(self.task, _lost(self._process.exitcode))

    def leave(self) -> None:
        """Send it away when it is at nothing."""
        self.say(None)
        self.line.close()
        self._process.join(_ENDS_WITHIN)
        self.end()

    def end(self) -> None:
        """End it, whatever it is at."""
        self._process.kill()
        self._process.join(_ENDS_WITHIN)


def _lost(code: int | None) -> Message:
    if code is not None and code < 0:
        with suppress(ValueError):
            return _KILLED.filled(name=signal.Signals(-code).name)
    return _LOST


@contextmanager
def _for_processes() -> Iterator[None]:
    """A process that is started meanwhile hears of no signal, and has one thread for arithmetic."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update({name: value or "1" for name, value in before.items()})
    held = _held(signal.SIG_BLOCK, _PARENTS) if _MASKS else set()
    try:
        yield
    finally:
        if _MASKS:
            _held(signal.SIG_SETMASK, held)
        for name, value in before.items():
            if value is None:
                del os.environ[name]


_MASKS = hasattr(signal, "pthread_sigmask")
_PARENTS = {
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
}
"""Signals that the parent heeds: it tells its processes what to do."""


def _held(how: int, signals: Iterable[int]) -> set[int]:
    return set(signal.pthread_sigmask(how, signals))


def _attend(line: Connection, work: Work) -> None:
    """What a process does: task after task, until it is sent away or its parent is gone."""
    for number in _PARENTS:
        signal.signal(number, signal.SIG_IGN)
    if _MASKS:
        _held(signal.SIG_UNBLOCK, _PARENTS)
    tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
    stop = Event()
    Thread(target=_listen, args=(line, tasks, stop), daemon=True).start()
    gc.set_threshold(500_000, 50, 100)  # as for any run: few of its objects are in cycles
    first = True
    while (task := tasks.get()) is not None:
        entry = work(task, stop)
        with suppress(OSError):
            line.send(entry)
        if first:
            gc.freeze()  # what was loaded stays: to look through it for cycles would be in vain
            first = False
        gc.collect()


def _listen(line: Connection, tasks: queue.SimpleQueue[Task | None], stop: Event) -> None:
    try:
        while (said := line.recv()) is not None:
            if said == _STOP:
                stop.set()
            else:
                tasks.put(said)
    except (EOFError, OSError):
        os._exit(1)  # the parent is gone, and another batch may be at this folder by now
    tasks.put(None)


class Cluster:
    """A crew somewhere else, behind an executor of the standard library's interface."""

    def __init__(self, work: Work, executor: Executor) -> None:
        self._work, self._executor = work, executor
        self._under_way: dict[Future[Entry], Task] = {}

    def free(self) -> int:
        """How many more tasks may wait there."""
        return _AHEAD - len(self._under_way)

    def begin(self, task: Task) -> None:
        """Send a task there, with paths that mean the same there."""
        shared = None if task.shared is None else task.shared.absolute()
        job, folder = from_anywhere(task.job), task.folder.absolute()
        task = replace(task, job=job, folder=folder, shared=shared)
        self._under_way[self._executor.submit(_done_there, self._work, task)] = task

    def at_work(self) -> bool:
        """Whether any task is there."""
        return bool(self._under_way)

    def finished(self, seconds: float) -> list[Done]:
        """What has come back by now."""
        futures, _rest = wait(self._under_way, seconds, FIRST_COMPLETED)
        return [self._taken(future) for future in futures]

    def stop(self) -> None:
        """Call back what has not begun; what has ends by itself, and is done again next time."""
        self.close()

    def close(self) -> None:
        """Wait for nothing more."""
        for future in self._under_way:
            future.cancel()
        self._under_way = {}

    def _taken(self, future: Future[Entry]) -> Done:
        task = self._under_way.pop(future)
        try:
            return task, future.result()
        except Exception as fault:  # whatever the cluster says of a task that it gave up
            reason = f"{type(fault).__name__}: {fault}"
            return task, crashed(task, _GIVEN_UP.filled(reason=reason[:200]))


def _done_there(work: Work, task: Task) -> Entry:
    return work(task, Event())


_KILLED = N_("The process that was at this job was ended by {name}")
_LOST = _("The process that was at this job ended, and nobody knows why")
_GIVEN_UP = N_("The cluster gave this job up: {reason}")
