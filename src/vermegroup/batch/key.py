"""The key of a job: SHA-256 over all that decides what comes of it.

These are the bytes of every file that it reads, its options, and the version of the program. Which
files a rulebook names is not asked of the rules: every text in it that is the name of a file
counts, so that no rule can be forgotten, and nothing heavy is loaded for it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from vermegroup._version import __version__
from vermegroup.batch.jobs import FORM, Job, with_paths
from vermegroup.domain.findings import InputError
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.report.folder import FACTS, RECORD, sha256
from vermegroup.rulebooks.faults import Faults, Items, Located, Scalar
from vermegroup.rulebooks.text import read_text
from vermegroup.rulebooks.yaml_nodes import read_tree

_KEY_VARIABLE = "VERMEGROUP_KEY"
_OF_THE_RECORD = ("rulebook", "day")


class Keys:
    """Makes the keys of jobs. What several jobs read is read once; ``forget`` what was written.

    In a key, paths begin at the folder of the file of jobs or at that of the results, ``out``; so
    the current folder does not matter.
    """

    def __init__(self, folder: Path = Path(), out: Path | None = None) -> None:
        self._folder = os.path.realpath(folder)
        self._out = None if out is None else os.path.realpath(out)
        self._hashes: dict[str, str] = {}
        self._named: dict[str, tuple[tuple[str, ...], ...]] = {}

    def key(self, job: Job, lacking: str = "") -> str:
        """The key as it is now; ``lacking`` is the job before it that has no groups for it."""
        told = asdict(with_paths(job, self._from_here))
        for name in ("line", "after", "name"):
            del told[name]
        told["date"] = str(job.date)
        secret = os.environ.get(_KEY_VARIABLE, "") if job.pseudonymise else ""
        read = [(self._from_here(path), self.sha256(path)) for path in self._read(job)]
        record = "" if job.kind == FORM else _record(job)
        all_ = (__version__, job.name, lacking, told, read, record, sha256(os.fsencode(secret)))
        return sha256(json.dumps(all_, sort_keys=True, default=str).encode("utf-8", "replace"))

    def files(self, job: Job) -> tuple[str, ...]:
        """Every file that a job reads, whether it is there or not, and some that it may read."""
        named = (path for places in self._named_by(job) for path in places)
        return tuple(dict.fromkeys((*_given(job), *named)))

    def _read(self, job: Job) -> tuple[str, ...]:
        """The same, each only from where it is read."""
        named = (
            next((path for path in places if self.sha256(path)), "")
            for places in self._named_by(job)
        )
        return tuple(dict.fromkeys((*_given(job), *filter(None, named))))

    def _from_here(self, path: str) -> str:
        """A path from the folder of the results if it is in there, else from that of the jobs."""
        real = os.path.realpath(path)
        if self._out is not None and real.startswith(self._out + os.sep):
            return os.path.join("-o", os.path.relpath(real, self._out))
        with suppress(ValueError):  # on another drive of Windows
            return os.path.relpath(real, self._folder)
        return real

    def forget(self, folder: Path) -> None:
        """Read anew what a folder has: a job wrote into it."""
        inside = str(folder) + os.sep
        for path in [path for path in self._hashes if path.startswith(inside)]:
            del self._hashes[path]

    def sha256(self, path: str) -> str:
        """The hash of a file; nothing where it cannot be read."""
        if path not in self._hashes:
            self._hashes[path] = _sha256(path)
        return self._hashes[path]

    def _named_by(self, job: Job) -> tuple[tuple[str, ...], ...]:
        """What the texts of a rulebook would be as paths, each from where it looks for them."""
        rules = job.rules
        if rules is None:
            return ()
        if rules not in self._named:
            faults = Faults(rules)
            try:
                tree: Located = read_tree(read_text(Path(rules), faults).text, faults)
            except InputError:
                return ()
            folders = (Path(rules).parent, Path())
            named = (tuple(str(folder / text) for folder in folders) for text in _texts(tree))
            self._named[rules] = tuple(
                dict.fromkeys(paths for paths in named if any(map(_may_be_file, paths)))
            )
        return self._named[rules]


def _given(job: Job) -> tuple[str, ...]:
    """The files that a job names itself, and what may stand beside its groups."""
    beside = [] if job.kind == FORM else [str(Path(job.file).parent / FACTS)]
    given = (job.file, job.rules, job.group_facts, job.key_file, job.joining, *job.history)
    people = (text for text in (*job.absent, *job.left) if os.path.isfile(text))
    return (*filter(None, given), *people, *beside)


def _may_be_file(path: str) -> bool:
    """Whether a text is a file's name, or could be that of one still to come."""
    with suppress(ValueError):
        return os.path.isfile(path) or bool(os.path.splitext(path)[1])
    return False


def _sha256(path: str) -> str:
    try:
        return sha256(bytes_of(path))
    except UnopenedError:
        return ""


def _texts(node: Located) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Items):
        for item in node.items:
            yield from _texts(item)
    else:
        for _key, value in node.pairs:
            yield from _texts(value)


def _record(job: Job) -> str:
    """What the record beside the groups says that a run goes by: its rulebook, day and groups."""
    try:
        record: Any = json.loads(bytes_of(Path(job.file).parent / RECORD))
        told = [record["provenance"].get(name) for name in _OF_THE_RECORD]
        return hashlib.sha256(json.dumps([told, record["groups"]]).encode()).hexdigest()
    except (UnopenedError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ""
