"""Each mutant in a process of its own, until a test fails: a plugin in place of pytest's own loop.

All tests are collected once. Each is run first as things are, with a note of the functions that it
comes to and the time it takes; what then fails, or takes too long to be a fast test, is left out.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.mutants import Mutant
from tests.mutation.swapping import forget, swap

SLOW = 15.0
"""Seconds of computing that a fast test may take."""
PATIENCE = 10.0
"""A mutant on which one test takes so many times as long as usual is told, and never under ..."""
AT_LEAST = 20.0
"""... so many seconds."""

Function = tuple[str, str]
"""A source file and the qualified name of a function in it."""


@dataclass(frozen=True)
class Known:
    """What a test does as things are: its time and the functions that it comes to."""

    seconds: float
    functions: frozenset[Function]


@dataclass
class Verdict:
    """What became of a mutant: the test that told it, or None; ``hung`` where it took too long."""

    mutant: Mutant
    killed_by: str | None
    hung: bool
    seconds: float
    tests: int


@dataclass
class _Running:
    """A forked process that says the place of each test it begins, and of the one that fails."""

    pid: int
    pipe: int
    names: Sequence[str]
    mutant: Mutant | None = None
    begun: float = field(default_factory=time.monotonic)
    since: float = field(default_factory=time.monotonic)
    at: int = -1
    text: str = ""

    def heard(self) -> bool:
        """Take what it has said; False once it says no more."""
        said = os.read(self.pipe, 65536)
        self.text += said.decode()
        *lines, self.text = self.text.split("\n")
        for line in lines:
            self.lines.append(json.loads(line))
            if "begins" in self.lines[-1]:
                self.at, self.since = self.lines[-1]["begins"], time.monotonic()
        return bool(said)

    lines: list[dict] = field(default_factory=list)

    def end(self, *, now: bool = False) -> None:
        if now:
            os.killpg(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.pipe)


class Hunt:
    """The plugin: ``verdicts`` are there once pytest is done."""

    def __init__(
        self,
        mutants: Sequence[Mutant],
        modules: Mapping[Path, str],
        wanted: Callable[[str], bool],
        *,
        workers: int = 2,
        tell: Callable[[str], object],
    ) -> None:
        self.mutants, self.verdicts = mutants, list[Verdict]()
        self.known: dict[str, Known] = {}
        self.unfit: dict[str, str] = {}
        self._modules, self._wanted, self._workers, self._tell = modules, wanted, workers, tell
        self._kills: dict[str, Counter[str]] = {}
        self._items: dict[str, pytest.Item] = {}

    def pytest_configure(self) -> None:
        """Equal examples in every run, and none made smaller."""
        import hypothesis

        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "mutants", derandomize=True, database=None, phases=phases
        )
        hypothesis.settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run no test here, all in forks."""
        self._items = {item.nodeid: item for item in session.items if self._wanted(item.nodeid)}
        for path, module in self._modules.items():
            if module not in sys.modules:
                raise pytest.UsageError(f"no test imports {module} ({path})")
        forget()
        gc.collect()
        gc.freeze()
        self._get_to_know()
        self._hunt()
        return True

    # as things are ------------------------------------------------------------------------
    def _get_to_know(self) -> None:
        """Run every test once, as many at a time as there are workers."""
        seen = {*self.known, *self.unfit}
        names = [name for name in self._items if name not in seen]
        self.known = {name: known for name, known in self.known.items() if name in self._items}
        waiting = [names[at :: self._workers] for at in range(self._workers)]
        while waiting:
            running = [self._fork(part, None) for part in waiting]
            waiting = []
            for run in _all(running, self._limit):
                run.end(now=run.at >= 0 and not _is_done(run))
                self._learn(run)
                if not _is_done(run):
                    self.unfit[run.names[run.at]] = "does not end"
                    waiting.append(run.names[run.at + 1 :])
        self._tell(
            f"{len(self.known)} tests, {sum(test.seconds for test in self.known.values()):.0f} s; "
            f"left out: {len(self.unfit)}\n"
        )

    def _learn(self, run: _Running) -> None:
        for line in run.lines:
            if "seconds" not in line:
                continue
            name = run.names[line["of"]]
            if line["failed"]:
                self.unfit[name] = "fails"
            elif line["seconds"] > SLOW:
                self.unfit[name] = f"{line['seconds']:.0f} s"
            else:
                functions = frozenset(map(tuple, line["functions"]))
                self.known[name] = Known(line["seconds"], functions)

    # mutants ------------------------------------------------------------------------------
    def _hunt(self) -> None:
        waiting = list(self.mutants)[::-1]
        running: list[_Running] = []
        while waiting or running:
            while waiting and len(running) < self._workers:
                mutant = waiting.pop()
                running.append(self._fork(self._in_order(mutant), mutant))
            done = next(_all(running, self._limit))
            running.remove(done)
            self._judge(done)

    def _judge(self, done: _Running) -> None:
        assert done.mutant is not None
        ended = _is_done(done)
        done.end(now=not ended)
        failed = next((line["failed"] for line in done.lines if "failed" in line), None)
        hung = not ended
        at = failed if ended else done.at
        killed_by = None if at is None else done.names[at] if at >= 0 else "on being put in"
        seconds = time.monotonic() - done.begun
        self.verdicts.append(Verdict(done.mutant, killed_by, hung, seconds, len(done.names)))
        if killed_by is not None:
            self._kills.setdefault(done.mutant.path.name, Counter())[killed_by] += 1
        said = "survives" if killed_by is None else "hangs" if hung else "told"
        place = f"{len(self.verdicts)}/{len(self.mutants)}"
        tests = killed_by or f"{len(done.names)} tests"
        self._tell(f"{place} {said} ({seconds:.0f} s, {tests}) {done.mutant}\n")

    def _in_order(self, mutant: Mutant) -> list[str]:
        """The tests that come to the function: first those that tell most, then the quickest."""
        here = (str(mutant.path), mutant.function)
        flag = not any(here in known.functions for known in self.known.values()) and (
            mutant.function[:1].isupper() and "." not in mutant.function
        )
        names = [
            name
            for name, known in self.known.items()
            if here in known.functions or (flag and _comes_to_class(known, *here))
        ]
        kills = self._kills.get(mutant.path.name, Counter())
        every = sum(self._kills.values(), Counter())

        def rank(name: str) -> tuple[float, ...]:
            return -kills[name], -min(1, every[name]), self.known[name].seconds

        return sorted(names, key=rank)

    def _limit(self, run: _Running) -> float:
        """Seconds that the test begun last may take."""
        known = self.known.get(run.names[run.at]) if run.at >= 0 else None
        usual = SLOW if known is None else known.seconds
        return AT_LEAST + PATIENCE * usual

    # forks --------------------------------------------------------------------------------
    def _fork(self, names: Sequence[str], mutant: Mutant | None) -> _Running:
        out, into = os.pipe()
        sys.stdout.flush()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # no thread has begun here
            pid = os.fork()
        if pid:
            os.close(into)
            return _Running(pid, out, names, mutant)
        os.setsid()
        os.close(out)
        folder = Path(tempfile.mkdtemp(prefix="mutant-"))
        try:
            self._child(names, mutant, folder, into)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            os._exit(0)

    def _child(self, names: Sequence[str], mutant: Mutant | None, folder: Path, into: int) -> None:
        def say(**line: object) -> None:
            os.write(into, json.dumps(line).encode() + b"\n")

        items = [self._items[name] for name in names]
        if items:
            items[0].config._tmp_path_factory._basetemp = folder
        if mutant is None:
            watch = _Watch(frozenset(map(str, self._modules)))
            for at, failed, seconds in _run(items, say, watch):
                say(of=at, failed=failed, seconds=seconds, functions=sorted(watch.seen))
        else:
            try:
                swap(mutant, sys.modules[self._modules[mutant.path]])
            except Exception:
                say(failed=-1)
                say(done=True)
                return
            for at, failed, _ in _run(items, say, None):
                if failed:
                    say(failed=at)
                    break
        say(done=True)


def _is_done(run: _Running) -> bool:
    return bool(run.lines) and "done" in run.lines[-1]


def _comes_to_class(known: Known, path: str, name: str) -> bool:
    return any(
        where == path and function.startswith(f"{name}.") for where, function in known.functions
    )


def _run(
    items: Sequence[pytest.Item], say: Callable[..., None], watch: _Watch | None
) -> Iterator[tuple[int, bool, float]]:
    """Run some tests one after the other; yields each one's place, whether it failed, and time."""
    for at, item in enumerate(items):
        say(begins=at)
        following = items[at + 1] if at + 1 < len(items) else None
        start = time.process_time()  # others may keep the machine busy
        if watch is not None:
            watch.begin()
        reports = runtestprotocol(item, log=False, nextitem=following)
        sys.setprofile(None)
        yield at, any(report.failed for report in reports), time.process_time() - start


class _Watch:
    """Notes the functions of some files that are called."""

    def __init__(self, paths: frozenset[str]) -> None:
        self._paths = paths
        self._names: dict[CodeType, Function | None] = {}
        self.seen: set[Function] = set()

    def begin(self) -> None:
        """Forget what was seen."""
        self.seen = set()
        forget()
        sys.setprofile(self._profile)

    def _profile(self, frame, event: str, _: object) -> None:
        if event != "call":
            return
        code = frame.f_code
        if code not in self._names:
            self._names[code] = self._function(code)
        if (name := self._names[code]) is not None:
            self.seen.add(name)

    def _function(self, code: CodeType) -> Function | None:
        """The function as mutants name it: what is defined within one belongs to it."""
        if code.co_filename not in self._paths:
            return None
        return code.co_filename, code.co_qualname.partition(".<locals>")[0]


def _all(running: Sequence[_Running], limit: Callable[[_Running], float]) -> Iterator[_Running]:
    """Those that end, in the order in which they do, or are over their limit."""
    left = list(running)
    with selectors.DefaultSelector() as selector:
        for run in left:
            selector.register(run.pipe, selectors.EVENT_READ, run)
        while left:
            ended = [key.data for key, _ in selector.select(0.5) if not key.data.heard()]
            late = [run for run in left if time.monotonic() - run.since > limit(run)]
            for number in dict.fromkeys([*map(id, ended), *map(id, late)]):
                one = next(run for run in left if id(run) == number)
                left.remove(one)
                selector.unregister(one.pipe)
                yield one
