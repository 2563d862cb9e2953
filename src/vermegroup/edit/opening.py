"""What the editor is opened with: groups, a roster, or nothing yet."""

from __future__ import annotations

from pathlib import Path

from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import How
from vermegroup.edit.workplace import Workplace
from vermegroup.language.catalogues import Language


def open_workplace(
    what: str | None,
    choice: RulebookChoice,
    how: How,
    language: Language,
    place: Path,
    output: Path | None,
) -> Workplace:
    """The workplace in which a file is open: as groups where it has any, else as a roster.

    ``place`` is the folder in which new folders are made, and ``output`` the one to save into.
    """
    del what, choice, output
    return Workplace(place, language, how)
