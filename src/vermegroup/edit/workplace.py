"""What one server has open: a roster or groups, the search that is under way, and its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, RLock
from typing import TYPE_CHECKING, Any

from vermegroup.app.privacy.how import AS_IT_IS, How
from vermegroup.language.catalogues import ENGLISH, Language

if TYPE_CHECKING:
    from vermegroup.edit.searches import Searching
    from vermegroup.edit.session.session import Session
    from vermegroup.edit.starting.beginning import Beginning


@dataclass(slots=True)
class Workplace:
    """``place`` is the folder in which new folders are made: that in which the command was called.

    Whoever reads or changes what is open holds the ``lock``. ``closing`` ends the server.
    """

    place: Path
    language: Language = ENGLISH
    how: How = AS_IT_IS
    session: Session | None = None
    beginning: Beginning | None = None
    searching: Searching[Any] | None = None
    lock: RLock = field(default_factory=RLock)
    closing: Event = field(default_factory=Event)
