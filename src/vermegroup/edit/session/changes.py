"""What a step did, and what many of them came to, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from vermegroup.app.compare import comparison
from vermegroup.app.move import change_by_hand, since_when
from vermegroup.domain.bonds import Move, Rebalance
from vermegroup.domain.outcome import Outcome
from vermegroup.domain.roster import labels_of
from vermegroup.domain.seats import changes_of_groups, groups_of_people
from vermegroup.edit.session.state import State
from vermegroup.edit.session.steps import Command, Step
from vermegroup.judge.auditor import audit
from vermegroup.language.messages import N_, Message, N_several, Who, _, capital, joined, verbatim
from vermegroup.language.terms import first_of
from vermegroup.report.edits_text import done_sentence
from vermegroup.report.report import Report


def changed_since(before: State, now: State, outcome: Outcome, report: Report) -> Report:
    """The report of groups that were judged, with what is other than it was before."""
    return replace(report, rebalance=_change(before, now, outcome))


def _change(before: State, now: State, outcome: Outcome) -> Rebalance:
    assert outcome.audit is not None  # it was judged
    problem, old = now.groups.problem, before.groups.problem
    if before.roster is now.roster:
        return change_by_hand(problem, before.grouping, now.grouping, outcome.audit, now.reasons)
    aside = now.groups.look.set_aside
    told = comparison(old, before.grouping, problem, now.grouping, aside)
    then = audit(old, before.grouping)
    since = since_when((before.grouping, then), (now.grouping, outcome.audit))
    stayed = (replace(move, reason=now.reasons.get(move.person, _BACK)) for move in told.moves)
    moves = (*stayed, *_left(before, now), *_left(now, before, came=True))
    return replace(told, moves=moves, remarks=(*told.remarks, *since))


def _left(here: State, there: State, *, came: bool = False) -> Iterator[Move]:
    """The moves of those who are ``here`` and not ``there``; the other way round: they ``came``."""
    roster, names = here.roster, [*here.grouping.names]
    labels, groups = labels_of(roster), groups_of_people(roster, here.grouping)
    gone = there.roster.positions(list(map(str, roster.ids[: roster.people].tolist()))) < 0
    for person in np.flatnonzero(gone).tolist():
        id_ = str(roster.ids[person])
        own = ", ".join(names[group] for group in groups.get(person, []))
        way = ("", own) if came else (own, "")
        reason = (here if came else there).reasons.get(id_, _BACK)
        yield Move(id_, labels[person], *way, reason)


def moves_between(before: State, after: State) -> tuple[Move, ...]:
    """Who went from where to where, of those who were there before and are there after."""
    labels, ids = labels_of(after.roster), list(map(str, after.roster.ids.tolist()))
    return tuple(
        Move(ids[person], labels[person], origin, target, verbatim(""), also=also)
        for person, origin, target, also in changes_of_groups(
            after.roster, before.grouping, after.grouping
        )
    )


def step_sentence(step: Step, before: State, after: State) -> Message:
    """What a step did, as one line of a list."""
    told = step.arguments
    match step.command:
        case Command.MOVE:
            return done_sentence(moves_between(before, after))
        case Command.PIN:
            who = [*_called(after, told["people"]), *map(str, told["groups"])]
            return (_PINNED if told["pinned"] else _UNPINNED).filled(who=first_of(who))
        case Command.FORM:
            return _FORMED.filled(_moved(before, after))
        case Command.REPAIR:
            return _REPAIRED.filled(_moved(before, after))
        case Command.REBALANCE:
            return _rebalanced(step, before, after)
        case Command.MEETING:
            absent = _called(after, told["absent"])
            return _MET.filled(day=date.fromisoformat(told["day"]), who=first_of(absent))


def proposed_sentence(step: Step, before: State, after: State) -> Message:
    """What a step would do."""
    match step.command:
        case Command.FORM:
            return _TO_FORM.filled(_moved(before, after))
        case Command.REPAIR:
            return _TO_REPAIR.filled(_moved(before, after))
        case _:
            return step_sentence(step, before, after)


def _rebalanced(step: Step, before: State, after: State) -> Message:
    left = _called(before, step.arguments["left"])
    known = set(map(str, before.roster.ids.tolist()))
    joined_ids = [id_ for id_ in map(str, after.roster.ids.tolist()) if id_ not in known]
    came = _called(after, list(dict.fromkeys(joined_ids)))
    parts = [
        form.filled(who=first_of(who)) for form, who in ((_LEFT, left), (_JOINED, came)) if who
    ]
    return capital(joined(parts))


def _moved(before: State, after: State) -> int:
    return len({move.person for move in moves_between(before, after)})


def _called(state: State, ids: list[str]) -> list[Who]:
    labels = labels_of(state.roster)
    places = state.roster.positions(ids).tolist()
    return [Who(id_, labels[at] if at >= 0 else "") for id_, at in zip(ids, places, strict=True)]


_BACK = _("Back where they were before")
# Translators: what was done, without a case of anybody's name
_PINNED = N_("Pinned: {who}")
_UNPINNED = N_("Pin taken away: {who}")
_FORMED = N_several(
    "The rest was formed again; {n} person got another group",
    "The rest was formed again; {n} people got another group",
)
_REPAIRED = N_several(
    "What was broken was repaired; {n} person got another group",
    "What was broken was repaired; {n} people got another group",
)
_TO_FORM = N_several(
    "Form the rest again; {n} person has another group",
    "Form the rest again; {n} people have another group",
)
_TO_REPAIR = N_several(
    "Repair what is broken; {n} person has another group",
    "Repair what is broken; {n} people have another group",
)
_LEFT = N_("left for good: {who}")
_JOINED = N_("joined: {who}")
_MET = N_("Meeting of {day}, planned without these: {who}")
