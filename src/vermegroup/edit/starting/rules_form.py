"""The common rules as a form: read off the text of the rules, and changing entries in it.

Nothing is kept beside the text. What is sent is compared with what the form showed; only what
differs is changed, so whatever the form cannot show stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vermegroup.domain.kind import Role
from vermegroup.edit.starting.entries import (
    EVERYONE,
    Block,
    Entry,
    Sections,
    blocks_of,
    listed,
    mapping,
    preferences_offered,
    sentence_of,
    traits_in,
    traits_kept_apart,
    with_entry,
)
from vermegroup.edit.starting.resting_parts import parts_rest, with_parts_of
from vermegroup.intake.pipeline import Look
from vermegroup.language.messages import Message
from vermegroup.rulebooks.amend import sections_of, with_sections

ON = "on"
_LEVELS = ("new", "experienced")
_SAME = ("language", "theme")
_SPLIT = ("profession", "municipality", "unit", "organisation", "theme", "region", "language")
_BELOW, _FROM = re.compile(r"below ([0-9.,]{1,9})"), re.compile(r"([0-9.,]{1,9}) or more")
_LONGEST = 40
_BANDS = {"new": "below 5", "experienced": "10 or more"}


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """A rule that is kept or not, as a box to tick; ``number`` names its number's field, if any."""

    field: str
    sentence: Message
    number: str = ""


@dataclass(frozen=True, slots=True)
class OtherRule:
    """A rule that has no field of its own, by its place among the rules."""

    place: int
    sentence: Message


@dataclass(frozen=True, slots=True)
class RulesForm:
    """The fields with their values, and what is told beside them.

    ``others`` are rules, and ``sections`` the names of sections, that have no field and stay as
    they are. Rules of parts may be ``resting`` in notes. Without ``bands`` the limits of new and
    experienced people are no two numbers.
    """

    values: Mapping[str, str]
    choices: tuple[RuleChoice, ...]
    levels: tuple[str, ...]
    bands: bool
    split_by: tuple[str, ...]
    preferences: tuple[Block, ...]
    offered: Mapping[str, Message]
    others: tuple[OtherRule, ...]
    sections: tuple[str, ...]
    resting: bool = False


def form_of(text: str, look: Look) -> RulesForm:
    """The form of a text with this roster. Raises RulebookError where it is no YAML of sections."""
    sections = sections_of(text)
    choices = _choices(sections, look)
    traits = traits_in(look)
    experience = bool({"years", "experience"} & traits) or any(
        value for level in _LEVELS if (value := _at_least(sections, level))
    )
    bands = _limits(sections)
    values = {
        **_sizes(sections),
        **{choice.field: _on(sections, choice.field) for choice in choices},
        **{choice.number: _number(sections, choice.field) for choice in choices if choice.number},
        "everyone": ON if EVERYONE in listed(sections, "rules") else "",
        "duplicates": str(sections.get("duplicates", "refuse")),
        "split_by": str(sections.get("split_by", "")),
        "add": "",
    }
    if experience:
        values |= {level: _at_least(sections, level) for level in _LEVELS}
        values |= bands or {}
    preferences = listed(sections, "preferences")
    offered = preferences_offered(look, [*preferences, *_seated(sections)])
    split = [trait for trait in _SPLIT if trait in traits]
    split += [values["split_by"]] if values["split_by"] not in ("", *split) else []
    return RulesForm(
        values,
        tuple(choices),
        _LEVELS if experience else (),
        bands is not None,
        tuple(split),
        tuple(blocks_of(preferences)),
        {key: sentence_of([entry], Role.PREFERENCE) for key, entry in offered.items()},
        tuple(_others(sections, values)),
        tuple(name for name in ("in_groups", "meetings", "parts") if sections.get(name)),
        parts_rest(text),
    )


def changed(text: str, shown: RulesForm, sent: Mapping[str, str], look: Look) -> str:
    """The text with what was changed in a form that was ``shown`` and then ``sent``.

    A button is a field, too: ``do`` is "up 2", "down 2" or "drop 2" of a preference, or "leave 3"
    of a rule without a field. Raises RulebookError where the text is no YAML of sections.
    """
    sections = sections_of(text)
    before = dict(sections)
    for field, value in shown.values.items():
        new = sent.get(field, "")[:_LONGEST] if field != "add" else sent.get(field, "")
        if new != value:
            sections |= _changed(sections, field, new, look)
    sections |= _done(sections, sent.get("do", ""))
    differing = {name: value for name, value in sections.items() if before.get(name) != value}
    after = with_sections(text, differing) if differing else text
    return with_parts_of(text, after) if "split_by" in differing else after


def _seated(sections: Sections) -> list[Entry]:
    return [EVERYONE] if EVERYONE in listed(sections, "rules") else []


# Sizes and numbers of groups


def _sizes(sections: Sections) -> dict[str, str]:
    groups = _groups(sections)
    size = re.findall(r"[0-9]{1,9}", str(groups.get("size", "")))
    count, prefer = groups.get("count"), groups.get("prefer")
    return {
        "size_min": size[0] if size else "",
        "size_max": size[-1] if size else "",
        "prefer": "" if prefer is None else str(prefer),
        "count": "" if count in (None, "auto") else str(count),
    }


def _with_sizes(sections: Sections, field: str, value: str) -> dict[str, object]:
    fields = {**_sizes(sections), field: value}
    groups = _groups(sections)
    least, most = fields["size_min"] or fields["size_max"], fields["size_max"] or fields["size_min"]
    if field.startswith("size"):
        groups = {"size": _plain(least if least == most else f"{least}-{most}"), **_rest(groups)}
    elif value:
        groups[field] = _plain(value)
    elif field == "count" and field in groups:
        groups[field] = "auto"
    else:
        groups.pop(field, None)
    return {"groups": groups}


def _groups(sections: Sections) -> dict[str, object]:
    """The section, or what holds where there is none."""
    return mapping(sections, "groups") or {"size": "3-5", "prefer": 4}


def _rest(groups: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in groups.items() if name != "size"}


def _plain(value: str) -> object:
    text = value.strip()
    return int(text) if re.fullmatch(r"0|[1-9][0-9]{0,8}", text) else text


# Rules that are kept or not


def _choices(sections: Sections, look: Look) -> list[RuleChoice]:
    traits, rules = traits_in(look), listed(sections, "rules")
    apart = traits_kept_apart(look)
    same = [trait for trait in _SAME if trait in traits]
    fields = [f"different {trait}" for trait in apart] + [f"same {trait}" for trait in same]
    fields += ["common times"] if "times" in traits else []
    fields += ["apart avoid"] if "avoid" in traits else []
    fields += [field for rule in rules if (field := _field_of(rule)) and field not in fields]
    return [
        RuleChoice(
            field,
            sentence_of([_entry(field)], Role.RULE),
            f"{field} at_least" if field.startswith("common ") else "",
        )
        for field in dict.fromkeys(fields)
    ]


def _entry(field: str, at_least: str = "") -> Entry:
    kind, _space, trait = field.partition(" ")
    if kind == "apart":
        return {"apart": {"from": trait}}
    return (
        {kind: trait, "at_least": _plain(at_least)} if at_least not in ("", "1") else {kind: trait}
    )


def _field_of(rule: Entry) -> str:
    """The field that shows a rule; "" for none."""
    if not isinstance(rule, Mapping) or not rule:
        return ""
    kind, value = next(iter(rule.items()))
    if kind in ("different", "same") and isinstance(value, str) and len(rule) == 1:
        return f"{kind} {value}"
    if kind == "common" and isinstance(value, str) and set(rule) <= {"common", "at_least"}:
        return f"common {value}"
    if rule == {"apart": {"from": "avoid"}}:
        return "apart avoid"
    return ""


def _on(sections: Sections, field: str) -> str:
    return ON if any(_field_of(rule) == field for rule in listed(sections, "rules")) else ""


def _number(sections: Sections, field: str) -> str:
    for rule in listed(sections, "rules"):
        if _field_of(rule) == field and isinstance(rule, Mapping):
            return str(rule.get("at_least", 1))
    return "1"


def _with_rule(sections: Sections, field: str, value: str) -> dict[str, object]:
    others = [rule for rule in listed(sections, "rules") if _field_of(rule) != field]
    return {"rules": [*others, _entry(field)] if value else others}


def _with_number(sections: Sections, field: str, value: str) -> dict[str, object]:
    rule = field.removesuffix(" at_least")
    rules = listed(sections, "rules")
    return {"rules": [_entry(rule, value) if _field_of(each) == rule else each for each in rules]}


# New and experienced people


def _at_least(sections: Sections, level: str) -> str:
    for rule in listed(sections, "rules"):
        if _level_of(rule) == level and isinstance(rule, Mapping):
            return str(rule["include"]["at_least"])
    return ""


def _level_of(rule: Entry) -> str:
    """Of which level a rule asks for so many people at least, and for nothing else."""
    said = rule.get("include") if isinstance(rule, Mapping) and len(rule) == 1 else None
    if isinstance(said, Mapping) and set(said) == {"experience", "at_least"}:
        return str(said["experience"])
    return ""


def _with_level(sections: Sections, level: str, value: str) -> dict[str, object]:
    new: list[Entry] = []
    if value not in ("", "0"):
        new = [{"include": {"experience": level, "at_least": _plain(value)}}]
    rules = listed(sections, "rules")
    at = next((at for at, rule in enumerate(rules) if _level_of(rule) == level), None)
    if at is None:
        return {"rules": [*rules, *new]}
    return {"rules": [*rules[:at], *new, *rules[at + 1 :]]}


def _limits(sections: Sections) -> dict[str, str] | None:
    """Below how many years people are new, and from how many on experienced; None if otherwise."""
    said = mapping(sections, "bands").get("experience", _BANDS)
    if not isinstance(said, Mapping) or set(said) != set(_LEVELS):
        return None
    below = _BELOW.fullmatch(str(said["new"]))
    least = _FROM.fullmatch(str(said["experienced"]))
    return {"below": below[1], "from": least[1]} if below and least else None


def _with_limits(sections: Sections, field: str, value: str) -> dict[str, object]:
    limits = {**(_limits(sections) or {}), field: value}
    said = {"new": f"below {limits['below']}", "experienced": f"{limits['from']} or more"}
    return {"bands": {**mapping(sections, "bands"), "experience": said}}


# Who must be placed, what is apart, and whose row counts


def _with_everyone(sections: Sections, _field: str, value: str) -> dict[str, object]:
    rules = with_entry(listed(sections, "rules"), EVERYONE, there=bool(value))
    others = with_entry(listed(sections, "preferences"), EVERYONE, there=False)
    return {"rules": rules, "preferences": others if value else [EVERYONE, *others]}


def _with_split(sections: Sections, _field: str, value: str) -> dict[str, object]:
    # Parts mean nothing where nothing is parted, or by something else: they rest in notes.
    del sections
    return {"split_by": value or None, "parts": None}


def _with_duplicates(sections: Sections, _field: str, value: str) -> dict[str, object]:
    del sections
    return {"duplicates": value if value == "latest" else None}


Change = Callable[[Sections, str, str], dict[str, object]]
_CHANGES: Mapping[str, Change] = {
    **dict.fromkeys(("size_min", "size_max", "prefer", "count"), _with_sizes),
    **dict.fromkeys(_LEVELS, _with_level),
    **dict.fromkeys(("below", "from"), _with_limits),
    "everyone": _with_everyone,
    "split_by": _with_split,
    "duplicates": _with_duplicates,
}


def _changed(sections: Sections, field: str, value: str, look: Look) -> dict[str, object]:
    if field == "add":
        preferences = listed(sections, "preferences")
        offered = preferences_offered(look, [*preferences, *_seated(sections)])
        new = [offered[value]] if value in offered else []
        return {"preferences": [*preferences, *new]}
    if field in _CHANGES:
        return _CHANGES[field](sections, field, value)
    if field.endswith(" at_least"):
        return _with_number(sections, field, value)
    return _with_rule(sections, field, value)


# Preferences in their order, and what has no field


def _others(sections: Sections, values: Mapping[str, str]) -> list[OtherRule]:
    return [
        OtherRule(place, sentence_of([rule], Role.RULE))
        for place, rule in enumerate(listed(sections, "rules"))
        if not (rule == EVERYONE or _field_of(rule) in values or _level_of(rule) in values)
    ]


def _done(sections: Sections, button: str) -> dict[str, object]:
    found = re.fullmatch(r"(up|down|drop|leave) ([0-9]{1,4})", button)
    if found is None:
        return {}
    what, place = found[1], int(found[2])
    if what == "leave":
        rules = listed(sections, "rules")
        return {"rules": [*rules[:place], *rules[place + 1 :]]}
    blocks = blocks_of(listed(sections, "preferences"))
    if place >= len(blocks):
        return {}
    block = blocks.pop(place)
    if what != "drop":
        blocks.insert(max(0, place + (-1 if what == "up" else 1)), block)
    return {"preferences": [entry for each in blocks for entry in each.entries]}
