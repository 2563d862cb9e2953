"""What people do to groups: each command changes the session, and says what it did."""

from __future__ import annotations

from collections.abc import Callable

from vermegroup.app.references import people_meant
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.edit.pages import fields
from vermegroup.edit.pages.desk import Desk, Done
from vermegroup.edit.pages.fields import Fields
from vermegroup.edit.pages.newcomers import joining
from vermegroup.edit.pages.telling import Told, told_of
from vermegroup.edit.searches import EFFORTS, Searching
from vermegroup.edit.session.proposals import Asked, Proposal, proposed
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.steps import (
    Step,
    forming,
    meeting_without,
    moving,
    pinning,
    rebalancing,
    repairing,
)
from vermegroup.language.messages import Message, Template, _, as_sentence
from vermegroup.report.blocks import Mood

Command = Callable[[Desk, Fields], Done]


def look(desk: Desk, asked: Fields) -> Done:
    """Nothing is done; who shows an older version is told, and what waits to be told."""
    del asked
    told, desk.memory.told = desk.memory.told, None
    return Done(told)


def move(desk: Desk, asked: Fields) -> Done:
    """People go their ways, all at once."""
    return _stepping(desk, lambda session: session.take(moving(fields.ways(asked))))


def pin(desk: Desk, asked: Fields) -> Done:
    """People or groups are pinned, or no longer."""
    people, groups = fields.several(asked, "person"), fields.several(asked, "group")
    if not (people or groups):
        fields.refuse()
    step = pinning(people, groups, pinned=fields.one(asked, "pinned") == "yes")
    return _stepping(desk, lambda session: session.take(step))


def undo(desk: Desk, asked: Fields) -> Done:
    """Back by a step."""
    del asked
    return _going(desk, desk.session.place - 1)


def redo(desk: Desk, asked: Fields) -> Done:
    """A step that was undone, again."""
    del asked
    return _going(desk, desk.session.place + 1)


def go(desk: Desk, asked: Fields) -> Done:
    """To any step of the list."""
    return _going(desk, fields.whole(asked, "place"))


def _going(desk: Desk, place: int) -> Done:
    session, before = desk.session, desk.session.place
    if not 0 <= place <= len(session.steps):
        return Done(_said(desk, _NO_FURTHER, Mood.QUIET))
    first, last = min(place, before), max(place, before)
    sentences = [done.sentence for done in session.steps[first:last]]
    if not sentences:
        return Done()
    form = _UNDONE if place < before else _DONE_AGAIN
    step = sentences[0] if place < before else sentences[-1]
    said = Template("{what}: {step}").filled(what=form, step=step)
    if len(sentences) > 1:
        said = _BACK if place < before else _FORTH
    return _stepping(desk, lambda session: session.go(place), said)


def _stepping(desk: Desk, act: Callable[[Session], None], said: Message | None = None) -> Done:
    """Do it, and tell what it did to the rules."""
    desk.refuse_meanwhile()
    before = desk.shown().standing
    act(desk.session)
    desk.memory.proposal = desk.proposal()
    did = said or desk.session.steps[desk.session.place - 1].sentence
    return Done(told_of(did, before, desk.shown().standing, desk.workplace.language))


def search(desk: Desk, asked: Fields) -> Done:
    """Begin a search; what it comes to is shown when it has ended."""
    desk.refuse_meanwhile()
    effort = EFFORTS.get(fields.text(asked, "effort") or "usual")
    kind = _STEPS.get(fields.one(asked, "what"))
    if effort is None or kind is None:
        fields.refuse()
    step, state, source = kind(desk, asked), desk.session.state, desk.session.source
    language = desk.workplace.language
    desk.memory.proposal = None
    desk.workplace.searching = Searching[Proposal](
        lambda limits, listener: proposed(Asked(step, state, source, limits, listener, language)),
        effort,
    )
    return Done(panel="")


def stop(desk: Desk, asked: Fields) -> Done:
    """End a search with the best that it has."""
    del asked
    if desk.workplace.searching is not None:
        desk.workplace.searching.stop()
    return Done()


def decide(desk: Desk, asked: Fields) -> Done:
    """Accept or decline what is proposed."""
    desk.refuse_meanwhile()
    found, answer = desk.memory.proposal, fields.one(asked, "answer")
    if answer not in ("accept", "decline"):
        fields.refuse()
    if answer == "decline" or found is None:
        desk.memory.proposal = None
        return Done(_said(desk, _DECLINED, Mood.QUIET), "")
    done = _stepping(desk, lambda session: session.accept(found))
    desk.memory.proposal = None
    return Done(done.told, "")


def _forming(desk: Desk, asked: Fields) -> Step:
    del desk, asked
    return forming()


def _repairing(desk: Desk, asked: Fields) -> Step:
    del desk, asked
    return repairing()


def _meeting(desk: Desk, asked: Fields) -> Step:
    absent = _named(desk, fields.lines(asked, "absent"))
    if not absent:
        raise InputError([Finding(Severity.ERROR, _NOBODY_ABSENT)])
    return meeting_without(absent, fields.day(asked, "day"))


def _rebalancing(desk: Desk, asked: Fields) -> Step:
    left = _named(desk, fields.lines(asked, "left"))
    came = joining(desk, asked)
    if not (left or came):
        raise InputError([Finding(Severity.ERROR, _NOBODY_NAMED)])
    return rebalancing(left, came)


_STEPS: dict[str, Callable[[Desk, Fields], Step]] = {
    "form": _forming,
    "repair": _repairing,
    "meeting": _meeting,
    "rebalance": _rebalancing,
}


def _named(desk: Desk, texts: list[str]) -> list[str]:
    """The ids of whom texts mean. Raises InputError where somebody is not there, or may be two."""
    groups = desk.session.state.groups
    names = desk.session.source.names
    places, _noticed = people_meant(texts, "", groups.problem.roster, groups.meant, names)
    return [str(groups.problem.roster.ids[place]) for place in places]


def _said(desk: Desk, sentence: Message, mood: Mood) -> Told:
    return Told(mood, f"{as_sentence(sentence, desk.workplace.language)}.")


_NO_FURTHER = _("There is no further step in this direction")
_UNDONE = _("Undone")
_DONE_AGAIN = _("Done again")
_BACK = _("Several steps were undone")
_FORTH = _("Several steps were done again")
_DECLINED = _("The groups stay as they are")
_NOBODY_ABSENT = _("Nobody is named who is absent")
_NOBODY_NAMED = _("Nobody is named who left or joins")
