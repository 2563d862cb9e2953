"""A rulebook's text with some sections changed, and every other line as its author wrote it.

Comments stay, and so does whatever is written in another way than this program would write it. The
text is read again afterwards: where lines cannot be told apart (a rulebook in braces, say), the
whole is written anew, without its comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from vermegroup.domain.findings import RulebookError
from vermegroup.rulebooks.faults import Faults
from vermegroup.rulebooks.write import on_one_line, rulebook_text
from vermegroup.rulebooks.yaml_nodes import read_tree

if TYPE_CHECKING:
    from yaml.nodes import Node

Sections = Mapping[str, object]
_ORDER = (
    *("columns", "duplicates", "split_by", "groups", "bands", "in_groups"),
    *("rules", "preferences", "meetings", "parts"),
)
"""Where a section goes that was not there; one that nobody knows goes to the end."""
_INDENT = 2


def sections_of(text: str) -> dict[str, object]:
    """What a rulebook's text says, section by section, as plain values; empty ones are left out.

    Raises RulebookError where it is no YAML of sections; what they say may mean nothing.
    """
    faults = Faults("")
    plain = read_tree(text, faults).plain()
    faults.raise_noted()
    return _said(plain)


def with_sections(text: str, sections: Sections) -> str:
    """The text with these sections instead; None takes one away.

    Raises RulebookError where the text is no YAML of sections.
    """
    before = sections_of(text)
    wanted = _said({**before, **sections})
    changed = {name: sections[name] for name in sections if before.get(name) != wanted.get(name)}
    if not changed:
        return text
    said, amended = before, text
    for name, value in changed.items():
        said = _said({**said, name: value})
        amended = _with_section(amended, name, value)
        if not _reads_as(amended, said):
            return rulebook_text(wanted)
    return amended


def _said(plain: Sections) -> dict[str, object]:
    return {name: value for name, value in plain.items() if value is not None}


def _reads_as(text: str, wanted: Sections) -> bool:
    try:
        return sections_of(text) == wanted
    except RulebookError:
        return False


def _with_section(text: str, name: str, value: object) -> str:
    lines = text.splitlines()
    places = _places(text, len(lines))
    here = next((place for place in places if place.name == name), None)
    if here is None:
        at = _free_place(name, places, len(lines))
        lines[at:at] = [] if value is None else _anew(name, value)
    else:
        lines[here.start : here.end] = _instead(here, lines, value)
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Place:
    """A section's lines, from ``start`` to before ``end``, and its value, parsed and plain."""

    name: str
    start: int
    end: int
    node: Node
    plain: object


def _places(text: str, count: int) -> list[_Place]:
    import yaml  # noqa: PLC0415

    root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    starts = [key.start_mark.line for key, _value in pairs]
    lines, plain = text.splitlines(), sections_of(text)
    return [
        _Place(
            str(key.value),
            start,
            _without_comments(lines, start, end),
            value,
            plain.get(str(key.value)),
        )
        for (key, value), start, end in zip(pairs, starts, [*starts[1:], count], strict=True)
    ]


def _without_comments(lines: Sequence[str], start: int, end: int) -> int:
    """Where a section ends: comments that stand at the margin are of what follows."""
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _free_place(name: str, places: Sequence[_Place], count: int) -> int:
    if name not in _ORDER or not places:
        return count
    before = [p for p in places if p.name in _ORDER and _ORDER.index(p.name) < _ORDER.index(name)]
    return before[-1].end if before else places[0].start


def _anew(name: str, value: object) -> list[str]:
    """A section that was not there, each rule, preference or part on a line of its own."""
    if isinstance(value, list) and value:
        return [f"{name}:", *(_item(entry) for entry in value)]
    if isinstance(value, Mapping) and any(isinstance(each, Mapping) for each in value.values()):
        return [f"{name}:", *(_pair(pair) for pair in value.items())]
    return [on_one_line({name: value})[1:-1]]


def _instead(here: _Place, lines: Sequence[str], value: object) -> list[str]:
    old = list(lines[here.start : here.end])
    if value is None:
        return []
    children = _children(here, value)
    if children is None:
        return _beside(old, here, _anew(here.name, value))
    return [old[0], *_merged(children, lines)]


def _beside(old: Sequence[str], here: _Place, new: list[str]) -> list[str]:
    """New lines with the comment behind the old value, and with comments that stood below it."""
    end = here.node.end_mark
    tail = old[0][end.column :] if end.line == here.start else ""
    comment = tail if tail.strip().startswith("#") else ""
    below = [line for line in old[1:] if line.strip().startswith("#")]
    return [new[0] + comment, *new[1:], *below]


@dataclass(frozen=True, slots=True)
class _Children:
    """The entries of a section as they are on their lines, and as they are to be."""

    before: list[tuple[object, int]]
    end: int
    after: list[object]
    pairs: bool
    indent: int

    def written(self, child: object) -> str:
        return _pair(child, self.indent) if self.pairs else _item(child, self.indent)


def _children(here: _Place, value: object) -> _Children | None:
    """The entries, if both are lists, or both mappings, with a line for each; else None."""
    node, plain = here.node, here.plain
    if getattr(node, "flow_style", True) or node.start_mark.line == here.start or not value:
        return None
    indent = node.start_mark.column
    if isinstance(plain, list) and isinstance(value, list):
        starts = [item.start_mark.line for item in node.value]
        return _Children(list(zip(plain, starts, strict=True)), here.end, value, False, indent)
    if isinstance(plain, Mapping) and isinstance(value, Mapping):
        starts = [key.start_mark.line for key, _value in node.value]
        old = list(zip(plain.items(), starts, strict=True))
        return _Children(list(old), here.end, list(value.items()), True, indent)
    return None


def _merged(children: _Children, lines: Sequence[str]) -> Iterator[str]:
    """The lines of a section: entries that stay keep theirs, wherever they go to."""
    spans = _spans(children, lines)
    old = [_key(child) for child, _start in children.before]
    new = [_key(child) for child in children.after]
    spare = dict(zip(old, spans, strict=True))
    gap: list[str] = []
    for kind, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            for own, following in spans[i:i_end]:
                yield from (*gap, *own)
                gap = following
            continue
        asides = _asides(children, spans, range(i, i_end))
        for child, key in zip(children.after[j:j_end], new[j:j_end], strict=True):
            own, _following = spare.get(key, ([], []))
            yield from own or [children.written(child) + asides.pop(_about(child), "")]
        gap = [*gap, *(line for _own, following in spans[i:i_end] for line in following)]
    yield from gap


def _spans(children: _Children, lines: Sequence[str]) -> list[tuple[list[str], list[str]]]:
    """Each entry's own lines, and the comments and blank lines between it and the next."""
    starts = [start for _child, start in children.before]
    found = []
    for start, end in zip(starts, [*starts[1:], children.end], strict=True):
        own = end
        while own > start + 1 and _says_nothing(lines[own - 1]):
            own -= 1
        found.append((list(lines[start:own]), list(lines[own:end])))
    return found


_ASIDE = re.compile(r"\s+# [^'\"]*")
"""A comment behind an entry; what has quotation marks may be no comment."""


def _asides(
    children: _Children, spans: Sequence[tuple[list[str], list[str]]], places: Iterable[int]
) -> dict[str, str]:
    """The comments behind entries that go, by what the entries are about."""
    found = {}
    for place in places:
        own, _following = spans[place]
        aside = _ASIDE.search(own[0]) if len(own) == 1 else None
        if aside is not None and own[0].endswith(aside[0]):
            found[_about(children.before[place][0])] = aside[0]
    return found


def _about(child: object) -> str:
    """The kind of a rule, or the name of a part."""
    first = next(iter(child), "") if isinstance(child, (Mapping, tuple)) else child
    return str(first)


def _says_nothing(line: str) -> bool:
    return not line.strip() or line.strip().startswith("#")


def _key(child: object) -> str:
    return json.dumps(child, ensure_ascii=False, default=str)


def _item(entry: object, indent: int = _INDENT) -> str:
    """An entry as people write it: one key stands without braces."""
    text = on_one_line(entry)
    bare = isinstance(entry, Mapping) and len(entry) == 1
    return f"{' ' * indent}- {text[1:-1] if bare else text}"


def _pair(pair: object, indent: int = _INDENT) -> str:
    assert isinstance(pair, tuple)  # a mapping's children are its pairs
    name, value = pair
    return " " * indent + on_one_line({name: value})[1:-1]
