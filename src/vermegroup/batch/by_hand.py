"""Results of a job that somebody has changed since, with another command of this program.

Such results are whole by their own record, and nobody wants them to be formed anew unasked. What
the batch itself wrote, if only before it was killed, is not taken for them: its record tells the
same command on the same file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from vermegroup.batch.jobs import FORM, Job
from vermegroup.batch.ledger import Entry, Status
from vermegroup.batch.task import CODES, LISTED
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.report.folder import RECORD, edited, provenance_in, sha256

Hash = Callable[[str], str]
"""The SHA-256 of a file by its path; nothing where it cannot be read."""
_READ_AS = {FORM: ("form", "roster"), "rebalance": ("rebalance", "groups")}
"""The command of each kind of job, and the role of the file that it begins with."""


def changed_by_hand(job: Job, key: str, folder: Path, hashed: Hash) -> Entry | None:
    """The entry of results that another command left in a job's folder; None where none did."""
    try:
        provenance = provenance_in(folder / RECORD)
        outputs = {str(name): str(value) for name, value in provenance["outputs"].items()}
        if _is_the_jobs(job, provenance, hashed) or not _whole(folder, outputs):
            return None
        content = bytes_of(folder / RECORD)
        outputs[RECORD] = sha256(content)
        return _entry(job, key, json.loads(content), outputs)
    except (UnopenedError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # no record of a run stands there, so nothing is known of what does


def _is_the_jobs(job: Job, provenance: Mapping[str, Any], hashed: Hash) -> bool:
    """Whether a record is of the job's own command on the job's own file."""
    command, role = _READ_AS[job.kind]
    if provenance["call"]["command"] != command:
        return False
    read = next(each for each in provenance["inputs"] if each["role"] == role)
    same_place = os.path.realpath(read["path"]) == os.path.realpath(job.file)
    return same_place or bool(read["sha256"] == hashed(job.file))


def _whole(folder: Path, outputs: Mapping[str, str]) -> bool:
    return not edited(folder) and all(os.path.isfile(folder / name) for name in outputs)


def _entry(job: Job, key: str, record: Mapping[str, Any], outputs: Mapping[str, str]) -> Entry:
    people, findings = record["participants"], record["findings"]
    return Entry(
        job.name,
        key,
        Status.ANSWERED,
        CODES[record["verdict"]],
        record["verdict"],
        bool(record["proven"]),
        bool(record["provenance"]["deterministic"]),
        int(people["read"]),
        int(people["placed"]),
        len(record["groups"]),
        findings=tuple(findings[:LISTED]),
        noticed=len(findings),
        outputs=outputs,
        sentence=str(record["sentence"]),
        changed_by=str(record["provenance"]["call"]["command"]),
    )
