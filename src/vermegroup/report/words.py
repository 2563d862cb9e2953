"""What the report calls things: headings, labels and units in English, Finnish and Swedish."""

from __future__ import annotations

from collections.abc import Mapping

from vermegroup.domain.findings import Severity
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, _, ngettext, pgettext
from vermegroup.language.terms import groups_of

WORDS: Mapping[str, Message] = {
    # what became of the people
    "read": _("read"),
    "placed": _("placed"),
    "waitlisted": _("on the waitlist"),
    "set_aside": _("set aside"),
    # headings
    "groups": _("Groups"),
    "parts": _("Parts formed apart"),
    "waitlist": _("Waitlist"),
    "rules": _("Rules"),
    "preferences": _("Preferences"),
    "group_counts": _("How many groups are possible"),
    "conflicts": _("Why not"),
    "repairs": _("What would help"),
    "partial": _("How far one gets"),
    "left_out": _("Left out"),
    "cost": _("Cost"),
    "edge": _("How much it can take"),
    "findings": _("Noticed in the roster"),
    "provenance": _("How this result came about"),
    "written": _("Written"),
    "people": _("people"),
    "bonds": _("Bonds"),
    "moves": _("Moves"),
    "offers": _("Groups that could take newcomers, the best first"),
    "compared": _("What got better or worse"),
    # columns of tables
    "from": _("From"),
    "to": _("To"),
    "before": _("Before"),
    "after": _("After"),
    "effect": _("What it would change"),
    "bonds_kept": _("kept"),
    "bonds_broken": pgettext("bonds", "broken"),
    "bonds_new": pgettext("bonds", "new"),
    "bonds_before": _("before"),
    "fewest": _("proven: no plan that places as many breaks fewer"),
    "fewest_in_each": _(
        "proven of each step by itself: first the permanent groups, then the meeting"
    ),
    "merges_only": _("(while groups are only combined whole)"),
    "same": _("unchanged"),
    "better": _("better"),
    "worse": _("worse"),
    "part": _("Part"),
    "people_in_part": _("People"),
    "answer": _("Answer"),
    "group": _("Group"),
    "in_common": _("In common"),
    "members": _("Members"),
    "participant": _("Participant"),
    "rule": _("Rule"),
    "standing": _("Holds"),
    "room": _("Room left"),
    "room_or_breach": _("Where it is broken, or room left"),
    "preference": _("Preference"),
    "value": _("Value"),
    "bound": _("Bound"),
    "proof": _("Proof"),
    "possible": _("Possible"),
    "because": _("Why"),
    "severity": _("Kind"),
    "place": _("Where"),
    "cell": _("Cell"),
    "message": _("What was noticed"),
    # standings
    "yes": _("yes"),
    "no": _("no"),
    "open": _("open"),
    "broken": _("broken"),
    "proven_best": _("proven best"),
    "not_proven": _("not proven"),
    "whole_grouping": _("all groups"),
    # nearness to the edge
    "needs": _("cannot do without"),
    "each_member": _("each of its members"),
    # findings
    "row": _("row"),
    "rows": _("rows"),
    # provenance
    "version": _("Version"),
    "libraries": _("Libraries"),
    "seed": _("Seed"),
    "inputs": _("Input (SHA-256)"),
    "seconds": _("Seconds"),
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

UNITS: Mapping[str, Message] = {"years": _("y")}
"""The units of numeric traits, written after a number."""


def words_in(language: Language) -> dict[str, str]:
    """Every word of the report in one language."""
    return {key: word.in_(language) for key, word in WORDS.items()}


def with_unit(amount: str, trait: str, language: Language) -> str:
    """A number with its trait's unit, where it has one: "12 y"."""
    unit = UNITS.get(trait)
    return f"{amount} {unit.in_(language)}" if unit is not None else amount


def more(count: int) -> Message:
    """That so many are not listed."""
    return ngettext("{n} more", "{n} more", count)


def more_alike(count: int) -> Message:
    """That so many others are as the one that was told."""
    return ngettext("{n} more like it", "{n} more like it", count)


def more_in_file(count: int, file: str) -> Message:
    """That so many others stand in a file."""
    return ngettext("{n} more in {file}", "{n} more in {file}", count, file=file)


def not_all_groups(shown: int, count: int) -> Message:
    """That only the first groups are shown."""
    return _(
        "These are the first {shown} of {count} groups; groups.csv has all of them.",
        shown=shown,
        count=count,
    )


def had_to_break(bonds: int) -> Message:
    """That at least so many bonds had to break."""
    return ngettext("at least {n} had to break", "at least {n} had to break", bonds)


def compared_with(groups: int) -> Message:
    """That a bound holds for this number of groups alone."""
    return _("with {groups} (other numbers were not compared)", groups=groups_of(groups))


def to_the_bound(gap: Message | str) -> Message:
    """How far a value is from its bound."""
    return _("{gap} to the bound", gap=gap)
