"""Rules of single parts while nothing is parted so: they rest as notes in the text, and come back.

Above them the notes tell by what the groups were formed apart.
"""

from __future__ import annotations

import re

from vermegroup.domain.findings import RulebookError
from vermegroup.rulebooks.amend import sections_of, with_sections

_SECTION = re.compile(r"^parts:.*\n(?:[ \t]+\S.*\n|[ \t]*\n(?=[ \t]+\S))*", re.MULTILINE)
_RESTING = re.compile(
    r"^# split_by: (.+)\n(# parts:.*\n(?:#(?:[ \t]{2,}.*|[ \t]*)\n)*)", re.MULTILINE
)
_BARE = "rules: []\n"


def parts_rest(text: str) -> bool:
    """Whether rules of parts stand in notes."""
    return _RESTING.search(text) is not None


def with_parts_of(before: str, after: str) -> str:
    """The text after a change of what groups are formed apart by, with the parts as they go on.

    Those that were there before rest from now on, and those that rested come back where the groups
    are formed apart as they were then.
    """
    sections, now = sections_of(before), sections_of(after)
    if sections.get("parts") and not now.get("parts"):
        after = _put_to_rest(before, after, str(sections.get("split_by")), sections["parts"])
    return _brought_back(after, now.get("split_by"))


def _put_to_rest(before: str, after: str, by: str, parts: object) -> str:
    found = _SECTION.search(before if before.endswith("\n") else f"{before}\n")
    own = found[0] if found else with_sections(_BARE, {"parts": parts}).removeprefix(_BARE)
    notes = "".join(f"# {line}".rstrip() + "\n" for line in own.splitlines())
    rest = _RESTING.sub(lambda each: "" if each[1].strip() == by else each[0], after)
    return f"{rest}# split_by: {by}\n{notes}"


def _brought_back(text: str, by: object) -> str:
    for found in _RESTING.finditer(text):
        if found[1].strip() == by:
            own = "".join(f"{line[2:]}\n" for line in found[2].splitlines())
            again = text[: found.start()] + text[found.end() :] + own
            try:
                return again if sections_of(again).get("parts") else text
            except RulebookError:
                return text
    return text
