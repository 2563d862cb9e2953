"""What one server has open: a roster or groups, the search that is under way, and its end."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, RLock
from typing import TYPE_CHECKING, Any

from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS, How
from vermegroup.domain.findings import Finding
from vermegroup.language.catalogues import ENGLISH, Language

if TYPE_CHECKING:
    from vermegroup.edit.searches import Searching
    from vermegroup.edit.session.journal import Unfinished
    from vermegroup.edit.session.session import Session
    from vermegroup.edit.starting.beginning import Beginning


MOST_PEOPLE = 2_000
"""So many are moved smoothly; with more the page is slow, and says what to use instead."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What is to be taken up, or not, before anything else; ``asked`` are the groups to open."""

    unfinished: Unfinished
    asked: Path | None = None


@dataclass(slots=True)
class Workplace:
    """``place`` is the folder in which new folders are made: that in which the command was called.

    ``choice`` and ``how`` tell by which rules files are read, and how. Groups are saved into
    ``folder``: the ``output`` that was asked for, or else their own. Meanwhile no other server
    edits there, as ``held`` says. Groups that were formed are ``waiting`` while somebody is back at
    the rules: until new ones are formed, there is a way back to them. Whoever reads or changes what
    is open holds the ``lock``. ``closing`` ends the server. ``noticed`` is what the next page is to
    tell.
    """

    place: Path
    language: Language = ENGLISH
    how: How = AS_IT_IS
    choice: RulebookChoice = field(default_factory=RulebookChoice)
    output: Path | None = None
    session: Session | None = None
    waiting: Session | None = None
    folder: Path | None = None
    offer: Offer | None = None
    beginning: Beginning | None = None
    noticed: tuple[Finding, ...] = ()
    searching: Searching[Any] | None = None
    held: ExitStack = field(default_factory=ExitStack)
    lock: RLock = field(default_factory=RLock)
    closing: Event = field(default_factory=Event)
