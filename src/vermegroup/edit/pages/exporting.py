"""Groups go out from the page: as a download, or into the folder of exports."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.responses import HTMLResponse, Response

from vermegroup.app.export import ExportRequest, export_groups
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.edit.pages import fields
from vermegroup.edit.pages.answers import parts
from vermegroup.edit.pages.desk import Desk
from vermegroup.edit.pages.export_form import export_asked, in_words_of_the_form
from vermegroup.edit.pages.fields import Fields
from vermegroup.edit.pages.telling import Told
from vermegroup.export.folder import Exported, folder_for, write_export
from vermegroup.intake.files.readings import unsaved
from vermegroup.language.messages import Message, N_several, _, as_sentence
from vermegroup.report.blocks import Mood, Notice, summarised
from vermegroup.report.words import more


def exported(desk: Desk, asked: Fields) -> Response:
    """The files of some kinds, to be saved by the browser or written into the folder.

    Raises InputError where there are none, or groups that are not saved were to be written.
    """
    state, source = desk.session.state, desk.session.source
    meeting = state.groups.look.meeting
    request = export_asked(asked, source, desk.workplace.language, meeting=meeting)
    into_folder = fields.text(asked, "target") == "folder"
    if into_folder and desk.session.unsaved:
        raise InputError([Finding(Severity.ERROR, _SAVE_FIRST)])
    place = folder_for(source.path, None)
    try:
        made = _made(desk, request)
        written = write_export(made, place) if into_folder else ()
    except InputError as fault:
        raise InputError(in_words_of_the_form(fault.findings, source.path)) from fault
    if not into_folder:
        desk.memory.told = _told(desk, made, _DOWNLOADED.filled(len(made.contents())))
        return _download(made)
    said = _WRITTEN.filled(len(written), folder=str(place.resolve()))
    told = _told(desk, made, said)
    return HTMLResponse(parts(desk, desk.shown(), told, ""))


def _made(desk: Desk, request: ExportRequest) -> Exported:
    source = desk.session.source
    with unsaved({source.path: desk.session.state.content}):
        return export_groups(request, source.choice, source.how)


def _told(desk: Desk, made: Exported, said: Message) -> Told:
    """What was done, and what was noticed of it that was not told when the groups were opened."""
    language, known = desk.workplace.language, desk.session.report().findings
    new = [each for each in made.findings if each not in known]
    noticed = summarised(in_words_of_the_form(new, made.source), language)
    lines = [_line(each) for each in noticed[:_LINES]]
    if len(noticed) > _LINES:
        lines.append(more(len(noticed) - _LINES).in_(language))
    left_out = any(each.severity is not Severity.NOTICE for each in new)
    mood = Mood.UNSURE if left_out else Mood.GOOD
    return Told(mood, f"{as_sentence(said, language)}.", tuple(lines))


def _line(notice: Notice) -> str:
    place = f"{notice.place}: " if notice.place else ""
    told = (f"{place}{notice.message}", notice.hint, notice.others)
    return ". ".join(line.rstrip(".") for line in told if line)


def _download(made: Exported) -> Response:
    files = made.contents()
    if len(files) == 1:
        ((name, content),) = files.items()
        name = PurePosixPath(name).name
    else:
        name, content = f"{made.series or 'export'}.zip", _zipped(files)
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    kind = "application/octet-stream"  # never a page of ours
    return Response(content, media_type=kind, headers={"content-disposition": disposition})


def _zipped(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


_LINES = 5
_SAVE_FIRST = _("Save first: what is written into the folder is of the groups in the file")
_DOWNLOADED = N_several("Downloaded: {n} file", "Downloaded: {n} files, packed into one")
_WRITTEN = N_several("Written into {folder}: {n} file", "Written into {folder}: {n} files")
