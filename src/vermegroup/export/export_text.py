"""What an export tells of itself, for the terminal and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from vermegroup.export.folder import Exported
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import _, ngettext
from vermegroup.language.terms import groups_of, people_of
from vermegroup.report.blocks import Headline, Item, Mood, Section, Summary, summarised
from vermegroup.report.findings_json import SCHEMA, findings_plain
from vermegroup.report.to_json import laid_out
from vermegroup.report.words import WORDS

_LISTED = 12
"""Files; more of them are told by their folders."""


def export_summary(exported: Exported, written: Sequence[Path], language: Language) -> Summary:
    """What the terminal shows of it."""
    notices = summarised(exported.findings, language)
    findings = [
        Item(Mood.QUIET, f"{line.place}: {line.message}" if line.place else line.message, note)
        for line in notices
        for note in ["\n".join(filter(None, (line.hint, line.others)))]
    ]
    sections = (
        Section(WORDS["written"].in_(language), tuple(_files(written, language))),
        Section(WORDS["know"].in_(language), tuple(findings)),
    )
    told = _(
        "{people} in {groups}.",
        people=people_of(exported.people),
        groups=groups_of(exported.groups),
    )
    kinds = ", ".join(exported.files)
    headline = Headline(Mood.GOOD, _("Exported").in_(language), told.in_(language), kinds)
    return Summary(headline, tuple(section for section in sections if section.items))


def _files(written: Sequence[Path], language: Language) -> list[Item]:
    if len(written) <= _LISTED:
        return [Item(Mood.QUIET, str(path)) for path in written]
    folders = Counter(path.parent for path in written)
    lines = [
        ngettext("{folder}: {n} file", "{folder}: {n} files", n, folder=str(at))
        for at, n in folders.items()
    ]
    return [Item(Mood.QUIET, line.in_(language)) for line in lines]


def export_json(exported: Exported, written: Sequence[Path], language: Language) -> bytes:
    """The files of each kind, and what was noticed, as JSON text in UTF-8."""
    paths = iter(written)
    return laid_out(
        {
            "schema": SCHEMA,
            "exports": [
                {"kind": kind, "files": [str(next(paths)) for _name in files]}
                for kind, files in exported.files.items()
            ],
            "participants": exported.people,
            "groups": exported.groups,
            "findings": findings_plain(exported.findings, language),
        }
    )
