"""``report.html``: one self-contained page that opens offline and prints well."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath

import numpy as np

from vermegroup.domain.bonds import Compared, Departure
from vermegroup.domain.outcome import Verdict
from vermegroup.intake.files.readings import AFTER, GROUPS, ROSTER
from vermegroup.intake.files.source import spoken
from vermegroup.intake.people.attendance import ABSENT_TODAY
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, _, as_sentence, grouped, joined, number
from vermegroup.language.terms import groups_of
from vermegroup.report.blocks import Mood, notice, ranked
from vermegroup.report.cards import Cards, told_in_a_line
from vermegroup.report.folds import (
    MOST_CARDS,
    Fold,
    Row,
    folded,
    folds_of_rows,
    groups_shown,
    parts_of_page,
)
from vermegroup.report.meeting_text import meeting_lines, meeting_title, permanent_rows
from vermegroup.report.pages import raw, template
from vermegroup.report.pictures.gallery import gallery_of
from vermegroup.report.report import Amount, PreferenceLine, Report, RoundLine, RuleLine, by_part
from vermegroup.report.rounds_text import (
    bound_told,
    group_rows,
    meetings_told,
    preferences_told,
    repeat_told,
    round_title,
)
from vermegroup.report.sections import CountRun, count_runs, edge_line, known_edges, relied_on
from vermegroup.report.summary import bonds_line, proof_line, size_now, tally
from vermegroup.report.unbroken import unbroken
from vermegroup.report.why_not_text import (
    conflict_proof,
    in_headline,
    reached,
    repair_note,
    together,
)
from vermegroup.report.words import (
    WORDS,
    more,
    more_alike,
    more_in_file,
    only_compared,
    rulebook_by,
    words_in,
)

_FINDINGS_SHOWN = 200
_MOVES_SHOWN = 500
_COUNTS_OPEN = 12
_LEFT_OUT_SHOWN = 200
_BREACHES_SHOWN = 100
_RELIED_ON_SHOWN = 60
_WAITING_ON_A_CARD = 40
_WAITING_SHOWN = 5_000
_GROUPS_FILE = "groups.csv"
_UNSETTLED = (Verdict.IMPOSSIBLE, Verdict.UNDECIDED)


def to_html(report: Report, language: Language) -> str:
    """The page as HTML, in one language."""
    words = words_in(language)
    return template(
        "report.html.j2"
    ).render(
        style=raw("report.css"),
        picture_style=raw("pictures.css"),
        script=raw("report.js"),
        report=report,
        language=language,
        words=words,
        phrases=WORDS,
        say=lambda phrase: phrase.in_(language),
        told=lambda phrase: as_sentence(phrase, language),
        figure=lambda count: grouped(count, language),
        amount=lambda value: _amount(value, language),
        more=more,
        more_alike=more_alike,
        paper=_paper,
        unbroken=unbroken,
        formed=report.verdict is Verdict.FORMED,
        unsettled=report.verdict in _UNSETTLED,
        head="h3" if report.verdict is Verdict.FORMED else "h2",
        bounded=report.verdict is not Verdict.INVALID,  # a bound is for groupings that are valid
        source=_source(report),
        figures=_figures(report, language),
        links=_links(report, words),
        **_of_groups(report, words, language),
        **_of_rounds(report, language),
        **_of_changes(report, language),
        **_of_rules(report),
        proof=conflict_proof,
        in_headline=lambda line: in_headline(report, line, language),
        together=lambda line: together(line).in_(language),
        tried=repair_note,
        reached=reached,
        most_left_out=_LEFT_OUT_SHOWN,
        counts=(counts := _counts(report)),
        counts_open=len(counts) <= _COUNTS_OPEN,
        findings=[notice(each, language) for each in ranked(report.findings)[:_FINDINGS_SHOWN]],
        findings_count=grouped(len(report.findings), language),
        unlisted=_unlisted(report.findings, _FINDINGS_SHOWN, "report.json", language),
        provenance=_provenance(report, words, language),
    )


Context = Mapping[str, object]
"""What templates ask for, by name."""


def _of_groups(report: Report, words: Mapping[str, str], language: Language) -> Context:
    pictures = gallery_of(report, language)
    cards = Cards(report, language, pictures.map_of)
    shown = groups_shown(report)
    return {
        "pictures": pictures,
        "parts_of_page": parts_of_page(report, cards, language) if report.groups else [],
        "stacked": cards.stacked,
        "strip": cards.strip,
        "legend": _legend(report, cards, words, language),
        "partly": _partly(shown, len(report.groups), language),
        "waiting": _waiting(report, cards, language),
        "waiting_columns": cards.titles(None),
        "waiting_unlisted": _unlisted(
            range(report.waitlist.size), _WAITING_SHOWN, "groups.csv", language
        ),
        "edges": known_edges(report),
        "edge": lambda line: edge_line(line, language),
        "relied_on": _relied_on(report, language),
        "relied_on_count": grouped(sum(line.fragile for line in report.edges), language),
        "searched": (searched := _searched(report)),
        "elsewhere": _elsewhere(report, words, language) if searched else [],
    }


def _searched(report: Report) -> bool:
    return folded(report) or any(folded(line.report) for line in _rounds(report))


def _elsewhere(
    report: Report, words: Mapping[str, str], language: Language
) -> list[tuple[str, str]]:
    """The people who are in no group of the page, each with where else; the first of very many."""
    meeting, rebalance = report.meeting, report.rebalance
    absent, queue = as_sentence(ABSENT_TODAY, language), words["waitlist"]
    gone = as_sentence(WORDS["left_for_good"], language)
    seats = range(report.waitlist.start, report.waitlist.stop)
    told = [
        *((each.label, absent) for each in (meeting.absent if meeting else ())),
        *((each.label, queue) for each in (meeting.waiting if meeting else ())),
        *((report.members.labels[seat], queue) for seat in seats),
        *((each.label, gone) for each in (rebalance.departures if rebalance else ())),
    ]
    return told[:_WAITING_SHOWN]


def _legend(
    report: Report, cards: Cards, words: Mapping[str, str], language: Language
) -> list[tuple[str, str]]:
    """What the marks on the cards mean, of those that are there."""
    if len(report.groups) > MOST_CARDS:
        return [("star", words["leads"])] if report.members.leads else []
    found = []
    if cards.strip:
        dots = _(
            # Translators: {trait} is as in "Years of experience", the others as "0 y" and "35 y"
            "{trait}, from {least} to {most}: a dot for each member",
            trait=cards.strip.title,
            least=cards.strip.least,
            most=cards.strip.most,
        )
        found.append(("dot", as_sentence(dots, language)))
    if report.members.leads:
        found.append(("star", words["leads"]))
    if any(len(each.seats) for each in report.groups.reliances):
        found.append(("needed", words["all_needed" if _some_need_all(report) else "needed"]))
    return found


def _some_need_all(report: Report) -> bool:
    """Whether some group can spare none of its members."""
    sizes = np.diff(report.groups.ends)
    return any(
        ((np.diff(each.ends) == sizes) & (sizes > 1)).any() for each in report.groups.reliances
    )


def _waiting(report: Report, cards: Cards, language: Language) -> Fold | None:
    """The people left unplaced: as one more card, or on a line where they are many."""
    waitlist = report.waitlist
    if not waitlist.size:
        return None
    if waitlist.size <= _WAITING_ON_A_CARD:
        return Fold("", "", cards.of([waitlist]))
    told = told_in_a_line(report, waitlist, language)
    return Fold("", "", rows=[Row("", told[:_WAITING_SHOWN])])


def _relied_on(report: Report, language: Language) -> list[str]:
    """Group by group whom it cannot do without, of the first groups."""
    groups = [
        each for own in report.groups.first_fragile(_RELIED_ON_SHOWN).values() for each in own
    ]
    told = [
        as_sentence(joined(relied_on(report, group)), language)
        for group in groups[:_RELIED_ON_SHOWN]
    ]
    rest = sum(line.fragile for line in report.edges) - len(told)
    return [*told, more_alike(rest).in_(language)] if told and rest > 0 else told


def _paper(lines: int, most: int) -> str:
    """How what is folded prints: so many lines at most, or else a word about where they are."""
    return "printed" if lines <= most else "untold"


def _rounds(report: Report) -> tuple[RoundLine, ...]:
    return report.rounds.rounds if report.rounds else ()


def _of_rounds(report: Report, language: Language) -> Context:
    repeated = report.rounds.repeated if report.rounds else ()
    return {
        "rounds": report.rounds,
        "repeats": bound_told,
        "meetings": meetings_told,
        "again": repeat_told,
        "round_title": round_title,
        "round_folds": lambda line: _folds(group_rows(line.report, language)),
        "round_preferences": _round_preferences(report, language),
        "repeats_shown": _MOVES_SHOWN,
        "repeats_unlisted": _unlisted(repeated, _MOVES_SHOWN, "report.json", language),
    }


def _folds(rows: Sequence[tuple[str, tuple[str, ...]]]) -> list[Fold]:
    return folds_of_rows([Row(name, members) for name, members in rows])


def _of_changes(report: Report, language: Language) -> Context:
    """What was rebalanced, and what is told of a single meeting."""
    rebalance = report.rebalance
    moves, gone = (rebalance.moves, rebalance.departures) if rebalance else ((), ())
    permanent = list(permanent_rows(report.meeting)) if report.meeting else []
    return {
        "rebalance": rebalance,
        "changed": _changed(rebalance.compared if rebalance else ()),
        "bonds": bonds_line,
        "bonds_proof": proof_line,
        "moves_shown": _MOVES_SHOWN,
        "departures_unlisted": _unlisted(gone, _MOVES_SHOWN, "groups.csv", language),
        "moves_unlisted": _unlisted(moves, _MOVES_SHOWN, "moves.csv", language),
        "why_gone": _why_gone,
        "meeting": report.meeting,
        "meeting_title": meeting_title,
        "meeting_lines": _meeting_lines(report),
        "permanent": _folds(permanent) if permanent else [],
        "permanent_count": grouped(len(permanent), language),
    }


def _why_gone(gone: Departure) -> Message:
    size = size_now(gone)
    return joined([_NAMED_AS_LEFT, size], "; ") if gone.group else _NAMED_AS_LEFT


def _counts(report: Report) -> list[CountRun]:
    """Which numbers of groups are possible, part by part."""
    return [run for _part, lines in by_part(report.group_counts) for run in count_runs(lines)]


def _changed(compared: Sequence[Compared]) -> list[Compared]:
    """What got better or worse."""
    return [line for line in compared if line.better is not None]


def _of_rules(report: Report) -> Context:
    return {
        "judged": bool(report.groups or report.rounds),
        "rules_by_part": [(part, list(lines)) for part, lines in by_part(report.rules)],
        "some_room": any(rule.room for rule in report.rules),
        "broken": _broken(report),
        "most_breaches": _BREACHES_SHOWN,
        "preferences": [line for line in report.preferences if line.value is not None],
        "gap": _gap,
        "compared": only_compared,
    }


def _broken(report: Report) -> list[RuleLine]:
    return [rule for rule in report.rules if rule.violations]


def _figures(report: Report, language: Language) -> list[list[str]]:
    """What is counted, each as the words before its number, the number, and those after it."""
    groups = [groups_of(len(report.groups))] if report.groups else []
    told = (as_sentence(count, language) for count in (*groups, *tally(report)))
    return [_FIGURE.split(text, maxsplit=1) for text in told]


# Translators: why somebody is in no group any more: the organiser said that this person left
_NAMED_AS_LEFT = _("named as somebody who left")
_FIGURE = re.compile(r"(\d[\d.,\s]*\d|\d)")


def _links(report: Report, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """The sections further down that somebody may look for first, with how much there is."""
    rebalance = report.rebalance
    moved = len(rebalance.moves) + len(rebalance.departures) if rebalance else 0
    sections = (("moves", moved), ("findings", len(report.findings)))
    return [(name, f"{words[name]} ({count})") for name, count in sections if count]


def _meeting_lines(report: Report) -> list[Message]:
    if report.meeting is None:
        return []
    return [line for _mood, line in meeting_lines(report.meeting, _LEFT_OUT_SHOWN)]


def _partly(shown: int, count: int, language: Language) -> str:
    if shown == count:
        return ""
    return _(
        "These are the first {shown} of {count} groups; groups.csv has all of them.",
        shown=shown,
        count=count,
    ).in_(language)


def _unlisted(lines: Sequence[object], shown: int, file: str, language: Language) -> str:
    """How many more lines there are in a file than are shown; nothing where all are."""
    rest = len(lines) - shown
    return more_in_file(rest, file).in_(language) if rest > 0 else ""


def _round_preferences(report: Report, language: Language) -> list[tuple[str, Mood, list[str]]]:
    return [] if report.rounds is None else list(preferences_told(report.rounds, language))


def _amount(value: Amount, language: Language) -> str:
    return number(float(value), language)


def _gap(line: PreferenceLine) -> Message:
    """How far a preference is from its bound."""
    # Translators: the best conceivable is better by this at most; nobody knows if it is possible.
    return _("better by {gap} at most", gap=abs(float(line.value or 0) - float(line.bound or 0)))


def _source(report: Report) -> str:
    """What the file is called that has the people; of a run's own groups, their folder."""
    paths = {each.role: each.path for each in report.provenance.inputs}
    path = next((paths[role] for role in (ROSTER, GROUPS, AFTER) if role in paths), "")
    file = PurePath(spoken(path))
    # Every run calls its groups so: the folder tells them apart.
    return file.parent.name if file.name == _GROUPS_FILE and file.parent.name else file.name


def _provenance(report: Report, words: dict[str, str], language: Language) -> list[tuple[str, str]]:
    record = report.provenance
    libraries = ", ".join(f"{name} {version}" for name, version in record.libraries.items())
    return [
        (words["version"], f"vermegroup {record.version}"),
        (words["libraries"], libraries),
        *([(words["seed"], str(record.seed))] if record.seed is not None else []),
        *((words["inputs"], f"{spoken(source.path)} {source.sha256}") for source in record.inputs),
        (words["rulebook"], rulebook_by(record.origin, _plain(record.rulebook)).in_(language)),
        (
            words["repeatable"],
            as_sentence(
                WORDS["repeatable_yes" if record.deterministic else "repeatable_no"], language
            ),
        ),
    ]


def _plain(rulebook: object) -> str:
    return json.dumps(rulebook, ensure_ascii=False)
