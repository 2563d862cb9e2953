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
from vermegroup.batch.jobs import FORM, Job
from vermegroup.domain.findings import InputError
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.report.folder import FACTS, RECORD, sha256
from vermegroup.rulebooks.faults import Faults, Items, Located, Scalar
from vermegroup.rulebooks.text import read_text
from vermegroup.rulebooks.yaml_nodes import read_tree

_KEY_VARIABLE = "VERMEGROUP_KEY"
_OF_THE_RECORD = ("rulebook", "day")


class Keys:
    """Makes the keys of jobs. What several jobs read is read once; ``forget`` what was written."""

    def __init__(self) -> None:
        self._hashes: dict[str, str] = {}
        self._named: dict[str, tuple[str, ...]] = {}

    def key(self, job: Job, lacking: str = "") -> str:
        """The key as it is now; ``lacking`` is the job before it that has no groups for it."""
        told = asdict(job)
        for name in ("line", "after", "name"):
            del told[name]
        told["date"] = str(job.date)
        secret = os.environ.get(_KEY_VARIABLE, "") if job.pseudonymise else ""
        read = [(path, self._sha256(path)) for path in self.files(job)]
        record = "" if job.kind == FORM else _record(job)
        all_ = (__version__, job.name, lacking, told, read, record, sha256(os.fsencode(secret)))
        return sha256(json.dumps(all_, sort_keys=True, default=str).encode("utf-8", "replace"))

    def files(self, job: Job) -> tuple[str, ...]:
        """Every file that a job reads, whether it is there or not, and some that it may read."""
        beside = [] if job.kind == FORM else [str(Path(job.file).parent / FACTS)]
        given = (job.file, job.rules, job.group_facts, job.key_file, job.joining, *job.history)
        people = (text for text in (*job.absent, *job.left) if os.path.isfile(text))
        named = self._named_in(job.rules) if job.rules else ()
        return tuple(dict.fromkeys((*filter(None, given), *people, *beside, *named)))

    def forget(self, folder: Path) -> None:
        """Read anew what a folder has: a job wrote into it."""
        inside = str(folder) + os.sep
        for path in [path for path in self._hashes if path.startswith(inside)]:
            del self._hashes[path]

    def _sha256(self, path: str) -> str:
        """The hash of a file; nothing where it cannot be read."""
        if path not in self._hashes:
            self._hashes[path] = _sha256(path)
        return self._hashes[path]

    def _named_in(self, rules: str) -> tuple[str, ...]:
        """What the texts of a rulebook would be as paths, from where it looks for them."""
        if rules not in self._named:
            faults = Faults(rules)
            try:
                tree: Located = read_tree(read_text(Path(rules), faults).text, faults)
            except InputError:
                return ()
            places = (Path(rules).parent, Path())
            paths = (str(place / text) for text in _texts(tree) for place in places)
            self._named[rules] = tuple(dict.fromkeys(filter(_may_be_file, paths)))
        return self._named[rules]


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
