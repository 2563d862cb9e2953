"""The file of jobs: YAML to jobs, with every fault at its line."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date  # noqa: N812  # "date" is what jobs name that of a meeting
from pathlib import Path

from vermegroup.batch.entry import JobEntry
from vermegroup.domain.findings import InputError
from vermegroup.intake.files.source import named_from
from vermegroup.language.messages import N_, _
from vermegroup.report.file_names import UNSAFE, is_reserved, same_file
from vermegroup.report.folder import GROUPS
from vermegroup.rulebooks.faults import Faults, Fields, Items, Located, Scalar, did_you_mean
from vermegroup.rulebooks.text import read_text
from vermegroup.rulebooks.yaml_nodes import read_tree

FORM, REBALANCE = "roster", "rebalance"
_SECTIONS = ("defaults", "jobs")
_ANY = (
    *("rules", "profile", "columns", "sheet", "group_facts", "pseudonymise", "key_file"),
    *("day", "seed", "effort", "time_limit", "lang"),
)
_OWN = {
    FORM: ("groups", "draw"),
    REBALANCE: ("absent", "left", "joining", "policy", "date", "history"),
}
_OF_JOBS = (FORM, REBALANCE, "name")
_IN_DEFAULTS = (*_ANY, *_OWN[FORM], *_OWN[REBALANCE])
_EFFORT = 60.0
_POLICIES = ("merge", "move")


@dataclass(frozen=True, slots=True)
class Job:
    """A run, under the name of its folder: of ``form`` on a roster, or of ``rebalance`` on groups.

    Paths are as a command would take them, ``after`` are the jobs that write what this one reads.
    Groups may be those of another job, by its name. ``day`` is what counts as today where
    experience is told by when it began.
    """

    name: str
    kind: str
    file: str
    line: int = 0
    rules: str | None = None
    profile: str | None = None
    groups: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    group_facts: str | None = None
    pseudonymise: bool = False
    key_file: str | None = None
    seed: int = 1
    effort: float = _EFFORT
    time_limit: float | None = None
    lang: str = ""
    absent: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    joining: str | None = None
    policy: str | None = None
    date: Date | None = None
    history: tuple[str, ...] = ()
    day: Date | None = None
    after: tuple[str, ...] = ()
    draw: int | None = None


def from_anywhere(job: Job) -> Job:
    """The job with absolute paths, for who works in another folder."""
    return with_paths(job, os.path.abspath)


def with_paths(job: Job, written: Callable[[str], str]) -> Job:
    """The job with its paths ``written`` in another way."""

    def path(text: str | None) -> str | None:
        return None if text is None else written(text)

    def people(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(written(text) if os.path.isfile(text) else text for text in texts)

    return replace(
        job,
        file=written(job.file),
        rules=path(job.rules),
        group_facts=path(job.group_facts),
        key_file=path(job.key_file),
        joining=path(job.joining),
        absent=people(job.absent),
        left=people(job.left),
        history=tuple(map(written, job.history)),
    )


def read_jobs(path: Path, out: Path, language: str) -> tuple[Job, ...]:
    """The jobs of a file, in its order; ``language`` is that of jobs that name none.

    Raises InputError with every fault that was found in the file.
    """
    faults = Faults(str(path))
    tree = read_tree(read_text(path, faults).text, faults, _NO_JOBS, _JOBS_EXAMPLE)
    for key, _value in tree.pairs:
        if key.text not in _SECTIONS:
            _note_unknown(key, _SECTIONS, faults)
    defaults = _defaults(tree.get("defaults"), faults)
    listed = tree.get("jobs")
    if not isinstance(listed, Items) or not listed.items:
        faults.note(_NO_JOBS, line=listed.line if listed else None, hint=_JOBS_EXAMPLE)
        faults.raise_noted()
        return ()
    jobs = [
        job
        for node in listed.items
        for job in _Reading(path.parent, out, language, defaults, faults).jobs(node)
    ]
    _note_clashes(jobs, faults)
    jobs = [_of_jobs(job, [each.name for each in jobs], out, faults) for job in jobs]
    faults.raise_noted()
    return tuple(jobs)


def _of_jobs(job: Job, names: Sequence[str], out: Path, faults: Faults) -> Job:
    """The job with the groups of those jobs that it names instead of files."""

    def groups(text: str) -> str:
        if os.path.isfile(text) or text not in names:
            return text
        if text == job.name:
            faults.note(_OWN_GROUPS, line=job.line, key=REBALANCE, value=text)
        return str(out / text / GROUPS)

    if job.kind != REBALANCE:
        return job
    if _is_a_name(job.file) and job.file not in names and not os.path.isfile(job.file):
        message, hint = _UNKNOWN.filled(name=job.file), did_you_mean(job.file, names)
        faults.note(message, line=job.line, key=REBALANCE, value=job.file, hint=hint)
    return replace(job, file=groups(job.file), history=tuple(map(groups, job.history)))


def _is_a_name(text: str) -> bool:
    """Whether a text is a word as jobs are called, and no file's name."""
    return not os.path.dirname(text) and not os.path.splitext(text)[1]


def chosen(jobs: Sequence[Job], names: Sequence[str]) -> tuple[Job, ...]:
    """The jobs of these names; all where none is given. Raises InputError at unknown names."""
    known = [job.name for job in jobs]
    faults = Faults("")
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known)
            faults.note(_UNKNOWN.filled(name=name), key="--only", value=name, hint=hint)
    if len(faults):
        raise InputError(faults.findings())
    return tuple(job for job in jobs if not names or job.name in names)


def _defaults(node: Located | None, faults: Faults) -> Fields:
    if isinstance(node, Fields):
        for key, _value in node.pairs:
            if key.text not in _IN_DEFAULTS:
                _note_unknown(key, _IN_DEFAULTS, faults)
        return node
    if node is not None and not (isinstance(node, Scalar) and node.plain() is None):
        faults.note(_NO_MAPPING, line=node.line, key="defaults", value=node.written())
    return Fields((), 0)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What an entry of the list is read with."""

    folder: Path
    out: Path
    language: str
    defaults: Fields
    faults: Faults

    def jobs(self, node: Located) -> Iterator[Job]:
        """The jobs of an entry: one, or one for each file that its pattern fits."""
        if not isinstance(node, Fields):
            self.faults.note(_NO_JOB, line=node.line, value=node.written(), hint=_JOB_EXAMPLE)
            return
        kinds = [key for key, _value in node.pairs if key.text in (FORM, REBALANCE)]
        if len(kinds) != 1:
            self.faults.note(_NO_JOB, line=node.line, hint=_JOB_EXAMPLE)
            return
        kind = kinds[0].text
        self._note_unknown_keys(node, kind)
        entry = JobEntry(self._with_defaults(node, kind), self.folder, self.faults)
        name, written = entry.text("name"), entry.text(kind)
        if written is None:
            return
        files = self._files(written, kinds[0]) if kind == FORM else [entry.file(written)]
        if name is not None and len(files) > 1:
            self.faults.note(_SEVERAL, line=kinds[0].line, key="name", value=name)
        elif name is None and kind == REBALANCE:
            self.faults.note(_NEEDS_NAME, line=kinds[0].line, key="name", hint=_NAME_EXAMPLE)
        else:
            for file in files:
                yield self._job(entry, kind, name or _stem(file), file, node.line)

    def _note_unknown_keys(self, node: Fields, kind: str) -> None:
        known = (*_OF_JOBS, *_ANY, *_OWN[kind])
        for key, _value in node.pairs:
            if key.text in _IN_DEFAULTS and key.text not in known:
                message = _OTHER_KIND.filled(key=key.text, kind=kind)
                self.faults.note(message, line=key.line, key=key.text)
            elif key.text not in known:
                _note_unknown(key, known, self.faults)

    def _with_defaults(self, node: Fields, kind: str) -> Fields:
        """The entry, and what the defaults say of such a job and it does not say itself."""
        said = {key.text for key, _value in node.pairs}
        if said & {"rules", "profile"}:
            said |= {"rules", "profile"}
        usable = (*_ANY, *_OWN[kind])
        more = [
            pair
            for pair in self.defaults.pairs
            if pair[0].text in usable and pair[0].text not in said
        ]
        return Fields((*node.pairs, *more), node.line)

    def _files(self, written: str, key: Scalar) -> list[str]:
        """The rosters that a path or a pattern means; not those that batches wrote themselves."""
        if not glob.has_magic(written) or os.path.exists(self.folder / written):
            return [str(named_from(self.folder, written))]
        own = os.path.realpath(self.out) + os.sep
        found = [
            str(self.folder / file)
            for file in sorted(glob.glob(written, root_dir=self.folder, recursive=True))
            if os.path.isfile(self.folder / file)
            and not os.path.basename(file).startswith("~$")  # what Excel leaves while it is open
            and not os.path.realpath(self.folder / file).startswith(own)
        ]
        if not found:
            self.faults.note(_NO_FILES, line=key.line, key=key.text, value=written)
        return found

    def _job(self, entry: JobEntry, kind: str, name: str, file: str, line: int) -> Job:
        if not _may_be_folder(name):
            self.faults.note(_BAD_NAME, line=line, key="name", value=name, hint=_NAME_EXAMPLE)
        return Job(
            name,
            kind,
            file,
            line,
            entry.path("rules"),
            entry.text("profile"),
            entry.whole("groups", 1, 1_000_000),
            entry.headers("columns"),
            entry.text("sheet"),
            entry.path("group_facts"),
            entry.flag("pseudonymise"),
            entry.path("key_file"),
            entry.whole("seed", 0, 2**31 - 1, 1),
            entry.number("effort", 0.1, _EFFORT),
            entry.number("time_limit", 0.1, None),
            entry.language("lang", self.language),
            entry.files_or_texts("absent"),
            entry.files_or_texts("left"),
            entry.path("joining"),
            entry.word("policy", _POLICIES),
            entry.day("date"),
            entry.paths("history"),
            entry.day("day"),
            draw=entry.whole("draw", 1, 1_000_000),
        )


def _may_be_folder(name: str) -> bool:
    """Whether a folder beside the log and the summaries may have this name, on any system."""
    shape = _NAME.fullmatch(name) and not UNSAFE.search(name) and not is_reserved(name)
    fits = len(name.encode("utf-8", "replace")) <= _LONGEST
    return bool(shape) and fits and same_file(name) not in _TAKEN


def _stem(file: str) -> str:
    path = Path(file)
    if path.suffix.lower() in (".zip", ".gz"):
        path = path.with_suffix("")
    return path.stem


def _note_clashes(jobs: Sequence[Job], faults: Faults) -> None:
    """Two folders of one name would be one, also where capitals do not count."""
    seen: dict[str, Job] = {}
    for job in jobs:
        first = seen.setdefault(same_file(job.name), job)
        if first is not job:
            message = _CLASH.filled(name=job.name, one=first.file, two=job.file)
            faults.note(message, line=job.line, key="name", value=job.name, hint=_NAME_EXAMPLE)


def _note_unknown(key: Scalar, known: Sequence[str], faults: Faults) -> None:
    message = _("There is no key called {key} here", key=key.text)
    faults.note(message, line=key.line, key=key.text, hint=did_you_mean(key.text, known))


_NAME = re.compile(r"(?![.~\s])[^\n]+(?<![.\s])")
"""Nothing hidden; and nothing at the end that Windows leaves out."""
_LONGEST = 200
"""Bytes; a file system takes 255."""
_TAKEN = ("summary.csv", "summary.html", "jobs.ndjson")

_JOBS_EXAMPLE = _('For example: jobs: [{{roster: "in/*.csv"}}]')
_JOB_EXAMPLE = _("For example: - {{roster: in/oulu.xlsx}}")
_NAME_EXAMPLE = _("For example: name: kevat-2")
_NO_JOBS = _("A file of jobs has a list called jobs, and there is none here")
_NO_JOB = _("A job has either a roster or groups to rebalance")
_NO_MAPPING = _("The section defaults leads from keys to their values")
_OTHER_KIND = N_("{key} does not belong to a job with {kind}")
_NO_FILES = _("No file fits this pattern")
_SEVERAL = _("Several files fit this pattern, and they cannot all have one name")
_NEEDS_NAME = _("A job that rebalances groups needs a name, which its folder will have")
_BAD_NAME = _("A folder of results cannot have this name")
_CLASH = N_("Two jobs are called {name}: that of {one} and that of {two}")
_OWN_GROUPS = _("A job cannot take its own groups")
_UNKNOWN = N_("There is no job called {name}")
