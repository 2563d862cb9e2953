"""What a request finds open: the session, what its page was last seen to show, and a proposal."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import State as Kept

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.edit.pages.shown import Shown, shown
from vermegroup.edit.pages.telling import Told, told_findings
from vermegroup.edit.session.on_disk import Found
from vermegroup.edit.session.proposals import Proposal
from vermegroup.edit.session.session import Session
from vermegroup.edit.workplace import Workplace
from vermegroup.language.messages import _


@dataclass(slots=True)
class Memory:
    """What is kept between requests, of one session; of another one nothing is left.

    ``found`` is what became of the file meanwhile, and ``told`` what the next page is to tell.
    """

    of: Session | None = None
    shown: Shown | None = None
    proposal: Proposal | None = None
    found: Found | None = None
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """An open session; whoever has it holds the lock of the workplace."""

    workplace: Workplace
    session: Session
    memory: Memory
    kept: Kept

    @classmethod
    def at(cls, kept: Kept) -> Desk | None:
        """The session that is open, if one is."""
        workplace: Workplace = kept.workplace
        if workplace.session is None:
            return None
        memory = getattr(kept, "groups_page", None)
        if memory is None or memory.of is not workplace.session:
            told = told_findings(workplace.noticed, workplace.language)
            memory = kept.groups_page = Memory(workplace.session, told=told)
            workplace.noticed = ()
        return cls(workplace, workplace.session, memory, kept)

    def keep(self, memory: Memory) -> None:
        """Remember something of another session for the next request."""
        self.kept.groups_page = memory

    def shown(self) -> Shown:
        """What the page shows of the session as it is."""
        self.memory.shown = shown(self.workplace.language, self.session, self.memory.shown)
        return self.memory.shown

    @property
    def searching(self) -> bool:
        """Whether a search is under way, so that nothing may be changed."""
        searching = self.workplace.searching
        return searching is not None and searching.under_way

    def refuse_meanwhile(self) -> None:
        """Raise InputError while a search is under way."""
        if self.searching:
            raise InputError([Finding(Severity.ERROR, _SEARCHING, hint=_STOP_IT)])

    def settle(self) -> None:
        """Take what a search that has ended proposes; raises what it ended with."""
        searching = self.workplace.searching
        if searching is None or searching.under_way:
            return
        self.workplace.searching = None
        if searching.fault is not None:
            raise searching.fault
        self.memory.proposal = searching.result

    def proposal(self) -> Proposal | None:
        """What is proposed for the groups as they stand."""
        found = self.memory.proposal
        return found if found and found.since is self.session.state else None


@dataclass(frozen=True, slots=True)
class Done:
    """What was said of a command, and the panel that it opens; None where that stays as it is.

    ``reload``: other groups are open now, and the whole page is to be asked for.
    """

    told: Told | None = None
    panel: str | None = None
    reload: bool = False


_SEARCHING = _("A search is under way, and the groups stay as they are until it ends")
_STOP_IT = _("Wait for it, or stop it")
