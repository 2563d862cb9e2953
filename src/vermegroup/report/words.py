"""What the report calls things: headings, labels and units."""

from __future__ import annotations

from collections.abc import Mapping

from vermegroup.domain.findings import Severity
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, Template, _, ngettext, pgettext
from vermegroup.language.terms import groups_of

WORDS: Mapping[str, Message] = {
    # headings
    "groups": _("Groups"),
    "broken": _("What is broken"),
    "know": _("Good to know"),
    "how_they_stand": _("How rules and preferences stand"),
    "rules_and_preferences": _("Rules and preferences"),
    "reasons": _("Reasons"),
    "in_reasons": _("proofs, numbers of groups, and how this result came about"),
    "proofs": _("What is proven of the preferences"),
    "relied_on": _("Whom groups cannot do without"),
    "repeated": _("Who meets again"),
    # Translators: beside a heading in print, where the lines below it are too many
    "on_screen": _("to be read in report.html, on the screen"),
    # Translators: the heading of a column of numbers
    "how_many_groups": pgettext("how many", "Groups"),
    "parts": _("Parts formed apart"),
    "waitlist": _("In the queue"),
    "pictures": _("In pictures"),
    "rules": _("Rules"),
    "preferences": _("Preferences"),
    "group_counts": _("How many groups are possible"),
    "conflicts": _("Why not"),
    "repairs": _("What would help"),
    "partial": _("How far one gets"),
    "left_out": _("Left out"),
    "edge": _("How much it can take"),
    "findings": _("Noticed in the roster"),
    "provenance": _("How this result came about"),
    "written": _("Written"),
    "bonds": _("Bonds"),
    "moves": _("Moves"),
    "left_for_good": _("left for good"),
    "offers": _("Groups that could take newcomers, the best first"),
    "compared": _("What got better or worse"),
    "meetings": _("Meetings"),
    "this_meeting": _("This meeting"),
    "permanent_groups": _("Permanent groups"),
    # columns of tables
    "from": _("From"),
    "to": _("To"),
    "before": _("Before"),
    "after": _("After"),
    "effect": _("What it would change"),
    "same": _("unchanged"),
    "better": _("better"),
    "worse": _("worse"),
    "part": _("Part"),
    "people_in_part": pgettext("how many", "People"),
    "answer": _("Answer"),
    "group": _("Group"),
    "in_common": _("In common"),
    "participant": _("Participant"),
    "members": _("Members"),
    "what": _("What is compared"),
    "change": _("Change"),
    "how_good": _("How good it is"),
    "rule": _("Rule"),
    "standing": _("Holds"),
    "room": _("Room left"),
    "room_or_breach": _("Where it is broken, or room left"),
    "preference": _("Preference"),
    "value": _("Value"),
    "bound": _("Best conceivable"),
    "proof": _("Proof"),
    "possible": _("Possible"),
    "because": _("Why"),
    "severity": _("Kind"),
    "place": _("Where"),
    "message": _("What was noticed"),
    # standings
    "yes": _("yes"),
    "no": _("no"),
    "open": _("open"),
    "not_proven": _("not proven"),
    "whole_grouping": _("all groups"),
    # on the cards of groups
    "leads": _("Leads the group"),
    "needed": _("The group breaks a rule without this person"),
    "all_needed": _(
        "The group breaks a rule without this person; beside the number of people: without any of "
        "them"
    ),
    "search": _("Find a person"),
    # Translators: before the number of groups that were found
    "found": _("Groups found"),
    # provenance
    "version": _("Version"),
    "libraries": _("Libraries"),
    "seed": _("Seed"),
    "inputs": _("Input (SHA-256)"),
    "rulebook": _("Rulebook"),
    "repeatable": _("Same again"),
    "repeatable_yes": _("the same roster, rulebook and seed give the same groups"),
    "repeatable_no": _(
        "not promised: the search was stopped before its end, and another run may end elsewhere"
    ),
}

SEVERITIES: Mapping[Severity, Message] = {
    Severity.ERROR: _("error"),
    Severity.WARNING: _("warning"),
    Severity.NOTICE: _("notice"),
}

STAGES: Mapping[str, Message] = {
    "read": _("reading"),
    "count": _("counting"),
    "deal": _("dealing"),
    "mend": _("mending"),
    "improve": _("improving"),
    "solve": _("solving"),
    "meet": _("planning rounds"),
    "diagnose": _("explaining"),
    "audit": _("auditing"),
}
"""What a run does, one after the other."""

_DEFAULT = "default"
_DEFAULT_RULES = _("Default rules")
UNITS: Mapping[str, Template] = {
    # Translators: years, as in "1–24 y"
    "years": N_("{amount} y")
}
"""Numbers with the units of numeric traits."""


def words_in(language: Language) -> dict[str, str]:
    """Every word of the report in one language."""
    return {key: word.in_(language) for key, word in WORDS.items()}


def with_unit(amount: str, trait: str, language: Language) -> str:
    """A number with its trait's unit, where it has one: "12 y"."""
    unit = UNITS.get(trait)
    return amount if unit is None else unit.filled(amount=amount).in_(language)


def read(count: int) -> Message:
    """That so many rows were read."""
    return ngettext("{n} read", "{n} read", count)


def set_aside(count: int) -> Message:
    """That so many rows were set aside."""
    return ngettext("{n} set aside", "{n} set aside", count)


def more(count: int) -> Message:
    """That so many are not listed."""
    return ngettext("{n} more", "{n} more", count)


def more_alike(count: int) -> Message:
    """That so many others are as those that were told."""
    return ngettext("… {n} more like these", "… {n} more like these", count)


def more_in_file(count: int, file: str) -> Message:
    """That so many others stand in a file."""
    return ngettext("… {n} more in {file}", "… {n} more in {file}", count, file=file)


def more_in_json(count: int) -> Message:
    """That there are so many others, of a report that is in no file."""
    return ngettext(
        "… {n} more; --format json shows all", "… {n} more; --format json shows all", count
    )


def only_compared(groups: int) -> Message:
    """That a bound holds for this number of groups alone."""
    return _("no number but {groups} was compared", groups=groups_of(groups))


def rulebook_by(origin: str, rules: str) -> Message:
    """A rulebook written on one line, after where it comes from."""
    name = _DEFAULT_RULES if origin == _DEFAULT else origin
    return Template("{name}: {rules}").filled(name=name, rules=rules)


def rules_by(origin: str) -> Message:
    """The heading of the rules, with where they come from."""
    if origin == _DEFAULT:
        return _DEFAULT_RULES
    return _("Rules ({origin})", origin=origin)
