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
from vermegroup.edit.pages.fields import Fields
from vermegroup.edit.pages.telling import Told
from vermegroup.export.export_text import export_summary
from vermegroup.export.folder import Exported, folder_for, write_export
from vermegroup.export.rendered import Kind, Wanted
from vermegroup.intake.files.readings import unsaved
from vermegroup.language.messages import _


def exported(desk: Desk, asked: Fields) -> Response:
    """The files of some kinds, to be saved by the browser or written into the folder.

    Raises InputError where there are none, or groups that are not saved were to be written.
    """
    kinds = fields.several(asked, "kind")
    if any(kind not in list(Kind) for kind in kinds):
        fields.refuse()
    if not kinds:
        raise InputError([Finding(Severity.ERROR, _NO_KIND)])
    state, source = desk.session.state, desk.session.source
    place, language = folder_for(source.path, None), desk.workplace.language
    wanted = Wanted(language, emails=bool(fields.text(asked, "emails")), folder=place)
    request = ExportRequest(source.path, tuple(map(Kind, kinds)), wanted=wanted)
    into_folder = fields.text(asked, "target") == "folder"
    if into_folder and desk.session.unsaved:
        raise InputError([Finding(Severity.ERROR, _SAVE_FIRST)])
    with unsaved({source.path: state.content}):
        made = export_groups(request, source.choice, source.how)
    if not into_folder:
        return _download(made)
    written = write_export(made, place)
    summary = export_summary(made, written, language)
    lines = [item for section in summary.sections for item in section.items]
    told = Told(
        summary.headline.mood, summary.headline.sentence, tuple(line.text for line in lines)
    )
    return HTMLResponse(parts(desk, desk.shown(), told, ""))


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


_NO_KIND = _("Choose what to export")
_SAVE_FIRST = _("Save first: what is written into the folder is of the groups in the file")
