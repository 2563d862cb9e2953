"""What a call of the command opens: groups, a roster, or nothing yet."""

from __future__ import annotations

from pathlib import Path

from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import How
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.edit.opening import open_groups
from vermegroup.edit.starting.commands import open_roster
from vermegroup.edit.starting.uploads import has_groups
from vermegroup.edit.workplace import Workplace
from vermegroup.intake.files.source import STANDARD_INPUT
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import _
from vermegroup.report.folder import GROUPS


def open_workplace(
    what: str | None,
    choice: RulebookChoice,
    how: How,
    language: Language,
    place: Path,
    output: Path | None,
) -> Workplace:
    """The workplace in which a file is open: as groups where it has any, else as a roster.

    A folder means the groups in it. ``place`` is the folder in which new folders are made, and
    ``output`` the one to save into.

    Raises InputError where nothing can be made of the file.
    """
    workplace = Workplace(place, language, how, choice, output)
    if what is None:
        return workplace
    if what == STANDARD_INPUT:
        raise InputError([Finding(Severity.ERROR, _NO_FILE, hint=_NAME_ONE)])
    path = Path(what)
    if path.is_dir() or path.name == GROUPS:
        workplace.noticed = open_groups(workplace, path)
        return workplace
    open_roster(workplace, what, choice)
    assert workplace.beginning is not None  # it was just opened
    look, book = workplace.beginning.look, workplace.beginning.book
    if look.table is None:
        raise InputError(look.findings)
    if has_groups(look):
        workplace.beginning = None
        workplace.noticed = open_groups(workplace, path, book)
    return workplace


_NO_FILE = _("What is edited needs a file: standard input is gone once it was read")
_NAME_ONE = _("Save it as a file, and name that")
