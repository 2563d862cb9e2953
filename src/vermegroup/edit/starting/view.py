"""What the page shows of a roster and its rules, as plain values for its templates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vermegroup.domain.findings import Finding, RulebookError, Severity
from vermegroup.domain.outcome import Repair, Verdict
from vermegroup.edit.searches import EFFORTS, Progress
from vermegroup.edit.session.journal import Unfinished
from vermegroup.edit.session.session import Session
from vermegroup.edit.starting import words
from vermegroup.edit.starting.beginning import DRAFTED, Beginning
from vermegroup.edit.starting.columns import column_choices, traits_offered
from vermegroup.edit.starting.folders import holds_others, others_in
from vermegroup.edit.starting.mending import changes_rules
from vermegroup.edit.starting.recent import RecentFolder, recent_folders
from vermegroup.edit.starting.rules_form import RulesForm, form_of
from vermegroup.edit.workplace import MOST_PEOPLE, Offer, Workplace
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, Template, as_sentence
from vermegroup.language.terms import trait_name
from vermegroup.report.blocks import Notice, Section, notice, summarised
from vermegroup.report.report import Report
from vermegroup.report.sections import SHOWN, count_items
from vermegroup.report.why_not_text import repair_note, why_not_sections
from vermegroup.rulebooks.profiles import profile_names, programme

_MOST_LINES = 200
_FEW = 20
_BY_DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class RepairLine:
    """What would help, by its ``number``; with the lines of the rules that it changes."""

    number: int
    sentence: str
    note: str
    lines: tuple[str, ...]
    applicable: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a search that formed no groups: what is possible, or why nothing is."""

    good: bool
    label: str
    sentence: str
    sections: tuple[Section, ...]
    repairs: tuple[RepairLine, ...]


def view_of(
    workplace: Workplace, noticed: Sequence[Finding] = (), focus: str = ""
) -> dict[str, object]:
    """Everything that the templates ask for; ``noticed`` is what the last command came to.

    What has the id ``focus`` is to have the focus.
    """
    beginning, language = workplace.beginning, workplace.language
    shown: dict[str, object] = {
        "w": words.WORDS,
        "words": words,
        "noticed": [_notice(each, language) for each in noticed],
        "recent": [_recent(folder, language) for folder in recent_folders()],
        "beginning": beginning,
        "offer": None if workplace.offer is None else _offer(workplace.offer, language),
        "progress": None,
        "focus": focus,
        "waiting": None if workplace.waiting is None else _waiting(workplace.waiting, language),
        "id_of": id_of,
        "trait_name": trait_name,
        "text_sentence": lambda message: as_sentence(message, language),
    }
    if beginning is None:
        return shown
    return {
        **shown,
        **_roster(beginning, language),
        **rules_shown(beginning, language),
        "progress": progress_of(workplace),
        "stopping": workplace.searching is not None and workplace.searching.stopped,
        "found": _found(beginning, language),
        "goes_to": str((workplace.output or beginning.folder).absolute()),
        "goes_elsewhere": _elsewhere(workplace, beginning, language),
        "efforts": {name: words.EFFORT_WORDS[name] for name in EFFORTS},
        "trouble": [_notice(each, language) for each in beginning.trouble],
    }


def fingerprint(text: str) -> str:
    """By what a page is known that shows this text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def id_of(field: str) -> str:
    """The id of a field in the page, whatever its name is."""
    return "f" + hashlib.sha256(field.encode()).hexdigest()[:10]


def progress_of(workplace: Workplace) -> Progress | None:
    """How far a search has come; None where there is none."""
    return None if workplace.searching is None else workplace.searching.progress()


def _recent(folder: RecentFolder, language: Language) -> dict[str, object]:
    return {
        "token": folder.token,
        "name": folder.path.name,
        "place": str(folder.path.parent),
        "saved": ". ".join(as_sentence(each, language) for each in _saved(folder)),
        "has_rules": folder.has_rules,
    }


def _saved(folder: RecentFolder) -> Iterator[Message]:
    """Whether what a folder holds is in its file, and since when."""
    if folder.saved is not None:
        yield words.SAVED.filled(day=folder.saved.date())
    if folder.unsaved is not None:
        told = words.NEVER_SAVED if folder.saved is None else words.CHANGES_UNSAVED
        yield told.filled(day=folder.unsaved.date())


def _offer(offer: Offer, language: Language) -> list[str]:
    found = offer.unfinished
    when = found.when.astimezone()
    one = found.formed and not found.steps
    last = (words.THEN if one else words.LAST).filled(day=when.date(), time=f"{when:%H:%M}")
    return [as_sentence(each, language) for each in (_offered(found), last)]


def _offered(found: Unfinished) -> Message:
    """What there is that was not saved."""
    file = found.file
    if found.formed:
        told = words.FORMED_CHANGED.filled(found.steps, file=file)
        return told if found.steps else words.FORMED.filled(file=file)
    number = found.steps - max(0, found.saved)
    return words.OFFERED.filled(number, file=file) if number > 0 else words.UNDONE.filled(file=file)


def _waiting(session: Session, language: Language) -> str:
    if not session.unsaved:
        return as_sentence(words.WAITING_SAVED, language)
    told = words.WAITING_CHANGED.filled(session.place) if session.place else words.WAITING
    return as_sentence(told, language)


def _elsewhere(workplace: Workplace, beginning: Beginning, language: Language) -> str | None:
    """That groups of other people are where these would go, and what becomes of which."""
    if workplace.output is None:
        usual, folder = beginning.usual_folder, beginning.folder
        return None if usual == folder else as_sentence(others_in(usual, folder), language)
    people, columns = beginning.look.people, beginning.columns
    if people is None or not holds_others(workplace.output, people.persons, columns):
        return None
    return as_sentence(words.REPLACES, language)


# The roster


def _roster(beginning: Beginning, language: Language) -> dict[str, object]:
    look = beginning.look
    large = beginning.people > MOST_PEOPLE
    return {
        "columns": column_choices(beginning),
        "traits": traits_offered(beginning),
        "missing": [trait_name(trait) for trait in look.missing],
        "findings": {each: _findings(beginning, each, language) for each in Severity},
        "aside": look.set_aside[:_MOST_LINES],
        "aside_more": max(0, len(look.set_aside) - _MOST_LINES),
        "large": _large(beginning.people) if large else None,
    }


def _large(people: int) -> Message:
    return words.LARGE.filled(people, most=MOST_PEOPLE)


def _findings(
    beginning: Beginning, severity: Severity, language: Language
) -> tuple[list[Notice], int]:
    """Findings of a kind, those alike told together unless they stop a run; and how many more."""
    told = {(each.row, each.reason) for each in beginning.look.set_aside}
    chosen = [
        in_page(finding)
        for finding in beginning.look.findings
        if finding.severity is severity and (finding.row, finding.message) not in told
    ]
    at_most = len(chosen) if severity is Severity.ERROR else _FEW
    lines = summarised(chosen, language, at_most=at_most)
    return lines[:_MOST_LINES], max(0, len(lines) - _MOST_LINES)


def in_page(finding: Finding) -> Finding:
    """A finding as the page tells it: what is an option on the command line is a field here."""
    return replace(finding, file="", hint=None if finding.hint is None else _hint(finding.hint))


def _hint(hint: Message) -> Message | None:
    texts = " ".join(template.text for template in _templates(hint))
    if "--column" in texts:
        return words.CHOOSE_ABOVE
    if "--sheet" in texts:
        return words.CHOOSE_SHEET
    return None if "--" in texts or " -o" in texts else hint


def _templates(message: Message) -> Iterator[Template]:
    yield message.template
    for _name, value in message.values:
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Message):
                yield from _templates(each)


def _notice(finding: Finding, language: Language) -> Notice:
    return notice(in_page(finding), language)


# The rules


def rules_shown(beginning: Beginning, language: Language) -> dict[str, object]:
    """The form, the text and the faults in it."""
    return {
        "form": shown_form(beginning),
        "text": beginning.text,
        "seen": fingerprint(beginning.text),
        "rule_faults": [_rule_fault(each, language) for each in beginning.faults],
        "profiles": _profiles(beginning, language),
        "section_words": words.SECTION_WORDS,
    }


def shown_form(beginning: Beginning) -> RulesForm | None:
    """The form; None where the text cannot be read."""
    try:
        return form_of(beginning.text, beginning.look)
    except RulebookError:
        return None


def _rule_fault(finding: Finding, language: Language) -> Notice:
    line = notice(in_page(replace(finding, row=None)), language)
    if finding.row is None:
        return line
    number = words.LINE.filled(n=finding.row).in_(language)
    return replace(line, place=f"{number}, {line.place}" if line.place else number)


def _profiles(beginning: Beginning, language: Language) -> list[tuple[str, str, bool]]:
    """What the rules may be made of, with what it is for, and whether it fits.

    First what they are made of now, where that is no profile; then those that fit.
    """
    fit, first = beginning.fit, []
    if beginning.profile is None:
        first.append(("", words.WORDS["own_rules"].in_(language), False))
    if beginning.profile == DRAFTED or (fit is not None and fit.profile is None):
        first.append((DRAFTED, words.WORDS["drafted"].in_(language), False))
    fitting = [] if fit is None or fit.profile is None else [fit.profile, *fit.others]
    names = [name for name in profile_names() if name != _BY_DEFAULT]
    ordered = [*fitting, *(name for name in names if name not in fitting)]
    others = [(name, programme(name, language), name in fitting) for name in ordered]
    return [*first, *others]


# What was found


def report_of(beginning: Beginning) -> Report | None:
    """The report of the last search, where one was made with these rules."""
    if beginning.answer is not None:
        return beginning.answer.report
    return None if beginning.checked is None else beginning.checked.report


def _found(beginning: Beginning, language: Language) -> Found | None:
    report = report_of(beginning)
    if report is None:
        return None
    answer = beginning.answer
    stopped = answer is not None and answer.interrupted and report.verdict is Verdict.UNDECIDED
    sentence = words.WORDS["stopped"] if stopped else report.sentence
    return Found(
        report.verdict is not Verdict.IMPOSSIBLE and answer is None,
        report.label.in_(language),
        as_sentence(sentence, language),
        tuple(_sections(report, language)),
        tuple(_repairs(report.repairs, language)),
    )


def _sections(report: Report, language: Language) -> Iterator[Section]:
    yield from why_not_sections(replace(report, repairs=()), language)
    counts = count_items(report.group_counts, language)
    if counts:
        yield Section(words.WORDS["counts"].in_(language), tuple(counts[:SHOWN]))


def _repairs(repairs: Iterable[Repair], language: Language) -> Iterator[RepairLine]:
    for number, repair in enumerate(repairs):
        part = "" if repair.part is None else f"{repair.part.in_(language)}: "
        yield RepairLine(
            number,
            part + as_sentence(repair.by_name, language),
            as_sentence(repair_note(repair), language),
            repair.lines,
            changes_rules(repair),
        )


def fields_sent(sent: Mapping[str, str]) -> dict[str, str]:
    """What was sent, with lines ended as the rules' text ends them."""
    return {name: value.replace("\r\n", "\n") for name, value in sent.items()}
