"""Save on the page: where it was saved, or that somebody else changed the file meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vermegroup.domain.findings import Finding
from vermegroup.edit.pages import fields, panels
from vermegroup.edit.pages.desk import Desk, Done, Memory
from vermegroup.edit.pages.fields import Fields
from vermegroup.edit.pages.telling import Told
from vermegroup.edit.session.on_disk import ChangedOnDisk, Found
from vermegroup.edit.session.opening import take_theirs
from vermegroup.edit.session.saving import Written, save_session
from vermegroup.language.messages import N_, Message, _, as_sentence
from vermegroup.report.blocks import Mood, summarised


def save(desk: Desk, asked: Fields) -> Done:
    """Write all into the folder, or ask whose version counts; ``answer`` is ours or theirs."""
    desk.refuse_meanwhile()
    answer = fields.text(asked, "answer")
    if answer not in ("", "ours", "theirs"):
        fields.refuse()
    found = desk.memory.found
    if answer == "theirs" and found is not None:
        return _theirs(desk, found)
    return _ours(desk, found if answer == "ours" else None)


def _ours(desk: Desk, over: Found | None) -> Done:
    session, folder = desk.session, _folder(desk)
    noticed: list[Finding] = []
    try:
        written = save_session(
            session, folder, desk.workplace.language, over=over, tell=noticed.append
        )
    except ChangedOnDisk as changed:
        desk.memory.found = changed.found
        return Done(panel=panels.changed_on_disk(desk, changed.found))
    desk.memory.found = None
    return Done(_told(desk, folder, written, noticed), "")


def _theirs(desk: Desk, found: Found) -> Done:
    """The file's version is opened; ours is put beside it, if anything of it was not saved."""
    theirs, ours = take_theirs(desk.session, _folder(desk), found)
    desk.workplace.session = theirs
    where = [_ASIDE.filled(file=str(ours.resolve()))] if ours else []
    desk.keep(Memory(theirs, told=_sentences(desk, _THEIRS, where)))
    return Done(reload=True)


def _told(desk: Desk, folder: Path, written: Written, noticed: Sequence[Finding]) -> Told:
    language = desk.workplace.language
    lines = [f"{each.place}: {each.message}" for each in summarised(noticed, language)]
    if not written:
        return Told(Mood.QUIET, as_sentence(_ALREADY, language), tuple(lines))
    first, *others = _by_folder(written, folder)
    told = f"{as_sentence(_SAVED.filled(folder=first[0]), language)}."
    plans = (_PLAN.filled(folder=place, files=names) for place, names in others)
    notes = (", ".join(first[1]), *(as_sentence(plan, language) for plan in plans), *lines)
    return Told(Mood.GOOD, told, notes)


def _by_folder(written: Written, first: Path) -> list[tuple[str, list[str]]]:
    """The full path of each folder that was written into, and what; that of the groups first."""
    found: dict[Path, list[str]] = {}
    for path in sorted(written):
        found.setdefault(path.parent.resolve(), []).append(path.name)
    order = sorted(found, key=lambda folder: (folder != first.resolve(), folder))
    return [(str(folder), found[folder]) for folder in order]


def _sentences(desk: Desk, first: Message, others: Sequence[Message]) -> Told:
    language = desk.workplace.language
    notes = tuple(as_sentence(each, language) for each in others)
    return Told(Mood.GOOD, as_sentence(first, language), notes)


def _folder(desk: Desk) -> Path:
    assert desk.workplace.folder is not None  # groups are open
    return desk.workplace.folder


_SAVED = N_("Saved in {folder}")
_PLAN = N_("The plan of the meeting is in {folder}: {files}")
_ALREADY = _("All of it is saved already")
_THEIRS = _("These are the groups in the file")
_ASIDE = N_("What was changed here is in {file}")
