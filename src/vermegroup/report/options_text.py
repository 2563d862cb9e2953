"""Where somebody could go, for the terminal and as JSON: what each way gains or loses."""

from __future__ import annotations

from dataclasses import dataclass

from vermegroup.domain.bonds import Compared
from vermegroup.domain.findings import Finding
from vermegroup.judge.options import Broken, Option, Options
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, Who, _, as_sentence, ngettext
from vermegroup.report.blocks import Headline, Item, Mood, Section, Summary, summarised
from vermegroup.report.edits_text import edit_sentence
from vermegroup.report.findings_json import SCHEMA, findings_plain
from vermegroup.report.to_json import laid_out
from vermegroup.report.words import WORDS, more


@dataclass(frozen=True, slots=True)
class OptionsReport:
    """Where somebody could go, the command for each way, and what was noticed in the file."""

    found: Options
    commands: tuple[str, ...]
    findings: tuple[Finding, ...]


def options_summary(report: OptionsReport, language: Language) -> Summary:
    """What the terminal shows of somebody's options."""
    found = report.found
    options = zip(found.options, report.commands, strict=True)
    items = [_item(option, command, language) for option, command in options]
    if found.more:
        items.append(Item(Mood.QUIET, more(found.more).in_(language)))
    if found.elsewhere or any(not each.new for option in found.options for each in option.broken):
        items.append(Item(Mood.QUIET, _BEFORE.in_(language)))
    noticed = [
        Item(Mood.QUIET, f"{line.place}: {line.message}" if line.place else line.message)
        for line in summarised(report.findings, language)
    ]
    sections = (
        Section(_("Where {who} could go, best first", who=_label(found)).in_(language), (*items,)),
        Section(WORDS["findings"].in_(language), tuple(noticed)),
    )
    return Summary(
        _headline(found, language), tuple(section for section in sections if section.items)
    )


def _label(found: Options) -> Who:
    return Who(found.person, found.label)


def _headline(found: Options, language: Language) -> Headline:
    where = (
        _("{who} is in {group}", who=_label(found), group=found.group)
        if found.group
        else _("{who} is in the queue", who=_label(found))
    )
    if found.kept:
        mood, count = Mood.GOOD, len(found.options) + found.more
        told = ngettext("{n} option keeps every rule.", "{n} options keep every rule.", count)
    else:
        mood, told = (Mood.UNSURE, _NONE_KEEPS) if found.options else (Mood.BAD, _NOWHERE)
    return Headline(mood, where.in_(language), told.in_(language), "")


def _item(option: Option, command: str, language: Language) -> Item:
    notes = [
        *([_NEW.filled(group=option.new_group)] if option.new_group else []),
        *(_broken(broken) for broken in option.broken if broken.new),
        *([_mended(option.mended)] if option.mended else []),
        *(_changed(change) for change in option.changes),
        *([_parted(option.bonds)] if option.bonds else []),
    ]
    told = [as_sentence(note, language) for note in notes]
    mood = Mood.UNSURE if option.broken else Mood.GOOD
    return Item(mood, edit_sentence(option.moves).in_(language), "\n".join([*told, command]))


def _broken(broken: Broken) -> Message:
    group = broken.group or WORDS["whole_grouping"]
    return _(
        "breaks “{rule}” in {group}: {why}", rule=broken.rule, group=group, why=broken.sentence
    )


def _mended(count: int) -> Message:
    return ngettext(
        "puts right {n} place where a rule is broken",
        "puts right {n} places where rules are broken",
        count,
    )


def _changed(change: Compared) -> Message:
    better = WORDS["better" if change.better else "worse"]
    return _CHANGED.filled(
        preference=change.sentence, old=change.before, new=change.after, better=better
    )


def _parted(bonds: int) -> Message:
    # Translators: bonds are pairs of people who know each other
    return ngettext("{n} bond broken", "{n} bonds broken", bonds)


def options_json(report: OptionsReport, language: Language) -> bytes:
    """Somebody's options as JSON text that a person can read, in UTF-8."""
    found = report.found
    options = zip(found.options, report.commands, strict=True)
    return laid_out(
        {
            "schema": SCHEMA,
            "participant": found.person,
            "group": found.group,
            "rules_kept": found.kept,
            "options": [_plain(option, command, language) for option, command in options],
            "more": found.more,
            "broken_elsewhere": found.elsewhere,
            "findings": findings_plain(report.findings, language),
        }
    )


def _plain(option: Option, command: str, language: Language) -> dict[str, object]:
    return {
        "sentence": edit_sentence(option.moves, by_name=False).in_(language),
        "moves": [
            {"participant": move.person, "from": move.origin, "to": move.target}
            for move in option.moves
        ],
        **({"new_group": option.new_group} if option.new_group else {}),
        "rules_broken": [
            {
                "group": broken.group,
                "rule": broken.rule.in_(language),
                "sentence": broken.sentence.in_(language),
                "new": broken.new,
            }
            for broken in option.broken
        ],
        "mended": option.mended,
        "preferences": [
            {
                "sentence": change.sentence.in_(language),
                "before": change.before.in_(language),
                "after": change.after.in_(language),
                "better": change.better,
                **change.plain_values(),
            }
            for change in option.changes
        ],
        "bonds_broken": option.bonds,
        **({"command": command} if command else {}),
    }


_NONE_KEEPS = _("No move and no swap keeps every rule; these break the fewest.")
_NOWHERE = _("There is no other group to go to.")
_BEFORE = _("What is broken already, and would stay so, is told by vermegroup audit")
_NEW = N_("{group} is a new group")
_CHANGED = N_("“{preference}”: {old} → {new}; {better}")
