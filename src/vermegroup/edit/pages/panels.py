"""What somebody asked to see beside the groups: suggestions, changes, forms, a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from vermegroup.domain.bonds import Move
from vermegroup.edit.frame import page
from vermegroup.edit.pages.desk import Desk
from vermegroup.edit.pages.export_form import (
    MOST_MEETINGS,
    MOST_MINUTES,
    headers_told,
    offered,
)
from vermegroup.edit.pages.newcomers import newcomers_columns, noticed_of_newcomers
from vermegroup.edit.pages.shown import card_words
from vermegroup.edit.pages.words import HOW_OFTEN
from vermegroup.edit.session.changes import changed_since, proposed_sentence
from vermegroup.edit.session.on_disk import Found
from vermegroup.edit.session.proposals import Proposal
from vermegroup.edit.session.steps import Way
from vermegroup.export.rendered import Meetings
from vermegroup.judge.auditor import audit, judged
from vermegroup.judge.fixes import fixes_of
from vermegroup.judge.options import options_for
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, _, as_sentence, joined
from vermegroup.language.terms import groups_of, people_of
from vermegroup.report.blocks import Mood
from vermegroup.report.edits_text import edit_sentence
from vermegroup.report.options_text import OptionsReport, options_summary
from vermegroup.report.pages import template
from vermegroup.report.report import RecordedCall, Report
from vermegroup.report.summary import bonds_line, proof_line
from vermegroup.report.why_not_text import why_not_sections
from vermegroup.report.words import WORDS, words_in


@dataclass(frozen=True, slots=True)
class Edit:
    """Something that could be done at once: the ways of people, and what is told of it."""

    ways: tuple[Way, ...]
    sentence: str
    mood: Mood
    notes: tuple[str, ...] = ()


def suggestions(desk: Desk, seat: int) -> str:
    """Where somebody could go, best first."""
    state, language = desk.session.state, desk.workplace.language
    found = options_for(state.groups.problem, state.grouping, seat)
    summary = options_summary(OptionsReport(found, ("",) * len(found.options), ()), language)
    items = summary.sections[0].items if summary.sections else ()
    edits = [
        Edit(_ways(option.moves), item.text, item.mood, tuple(filter(None, item.note.split("\n"))))
        for option, item in zip(found.options, items, strict=False)
    ]
    head = summary.headline
    return _panel(desk, "suggestions", head_told=head.label, sentence=head.sentence, edits=edits)


def repairs(desk: Desk) -> str:
    """The smallest edits that put right what is broken, and the search that breaks fewest bonds."""
    state, language = desk.session.state, desk.workplace.language
    problem, grouping = state.groups.problem, state.grouping
    fixes = fixes_of(problem, grouping, audit(problem, grouping))
    edits = [
        Edit(_ways(fix.moves), edit_sentence(fix.moves).in_(language), Mood.GOOD) for fix in fixes
    ]
    return _panel(desk, "repairs", edits=edits)


def history(desk: Desk) -> str:
    """Every step in words; one goes to any of them."""
    language = desk.workplace.language
    steps = [(as_sentence(told, language), done) for told, done in desk.session.history()]
    return _panel(desk, "history", steps=steps, place=desk.session.place)


def forming(desk: Desk) -> str:
    """What forming again means, and how long it may take."""
    pins = desk.session.state.pins
    told = joined([people_of(len(pins.people)), groups_of(len(pins.groups))]) if pins else None
    return _panel(desk, "forming", pins=_PINS.filled(what=told) if told else _NO_PINS)


def year(desk: Desk, seats: Sequence[int]) -> str:
    """Forms for who is absent, who left and who joins; those who are held are named in them."""
    state = desk.session.state
    ids = [str(state.roster.ids[seat]) for seat in seats]
    headers = newcomers_columns(state)
    return _panel(
        desk,
        "year",
        named="\n".join(ids),
        headers=headers,
        rows=range(NEWCOMERS_AT_ONCE),
        today=date.today().isoformat(),
    )


NEWCOMERS_AT_ONCE = 3


def exports(desk: Desk) -> str:
    """As what the groups can go out."""
    state = desk.session.state
    headers, logins = headers_told(state)
    return _panel(
        desk,
        "exports",
        kinds=offered(),
        headers=headers,
        logins=logins,
        every=[(str(each), told) for each, told in HOW_OFTEN.items()],
        usual=Meetings(),
        most=(MOST_MINUTES, MOST_MEETINGS),
        meeting=state.groups.look.meeting,
        unsaved=desk.session.unsaved,
    )


def changed_on_disk(desk: Desk, found: Found) -> str:
    """Somebody else changed the file: whose version is to count."""
    told = {
        "sentences": found.sentences,
        "file": found.file.resolve(),
        "readable": found.theirs is not None,
    }
    return _panel(desk, "changed", **told)


def proposal(desk: Desk, found: Proposal) -> str:
    """What a search came to, to be accepted or declined."""
    language = desk.workplace.language
    report, after = _report_of(found), found.state
    asked = proposed_sentence(found.step, found.since, after) if after else None
    return _panel(
        desk,
        "proposal",
        possible=after is not None,
        asked=as_sentence(asked, language) if asked else "",
        sentence=as_sentence(_sentence_of(found, report), language),
        noticed=noticed_of_newcomers(report.findings, language),
        change=_change(report, language),
        why=why_not_sections(report, language) if found.state is None else [],
    )


def _panel(desk: Desk, name: str, **context: object) -> str:
    language = desk.workplace.language

    def say(message: Message) -> str:
        return as_sentence(message, language)

    return page(f"groups/{name}.html.j2", language, **card_words(), **context, say=say)


def _ways(moves: Sequence[Move]) -> tuple[Way, ...]:
    return tuple((move.person, move.origin, move.target) for move in moves)


def _report_of(found: Proposal) -> Report:
    """What is told of a proposal: by its own report, or as of what was done by hand."""
    if found.report is not None:
        return found.report
    if found.state is None:
        assert found.outcome is not None  # nothing was found by a search
        return found.since.groups.report(found.outcome, _UNRECORDED)
    groups = found.state.groups
    outcome = judged(groups.problem, found.state.grouping, 0.0)
    report = groups.report(outcome, _UNRECORDED)
    return changed_since(found.since, found.state, outcome, report)


def _sentence_of(found: Proposal, report: Report) -> Message:
    if found.state is not None and report.rebalance is not None and not report.rebalance.moves:
        return _NOTHING if not report.rebalance.departures else report.sentence
    return report.sentence


def _change(report: Report, language: Language) -> Markup:
    """What would change, as the report has it."""
    change = report.rebalance
    if change is None:
        return Markup()
    shown = template("report/rebalance.j2").render(
        rebalance=change,
        words=words_in(language),
        phrases=WORDS,
        told=lambda message: as_sentence(message, language),
        say=lambda message: message.in_(language),
        pictures=_NO_PICTURES,
        moves_shown=_MOVES_SHOWN,
        moves_unlisted="",
        departures_unlisted="",
        why_gone=lambda gone: WORDS["left_for_good"],
        bonds=bonds_line,
        bonds_proof=proof_line,
        changed=[line for line in change.compared if line.better is not None],
    )
    return Markup(shown)


_MOVES_SHOWN = 500
_NO_PICTURES = {"moves": ""}
_PINS = N_("Pinned are {what}: they stay where they are, and all others are formed anew")
_NO_PINS = _("Nobody is pinned, so everybody is formed anew")
_UNRECORDED = RecordedCall("edit", {})
_NOTHING = _("Nothing would change: nobody would have another group")
