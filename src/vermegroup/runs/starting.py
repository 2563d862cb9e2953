"""A rulebook to start from, made of what was recognised in a roster."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from vermegroup.findings import RosterError, errors
from vermegroup.intake.levels import level_in
from vermegroup.intake.looking import Look
from vermegroup.intake.sheet import tidy
from vermegroup.phrase import Language, Phrase
from vermegroup.report.checked import TRAITS
from vermegroup.rules.kinds import KINDS
from vermegroup.rules.reading import rulebook_from_text
from vermegroup.runs import starting_words as say
from vermegroup.runs.openly import AS_IT_IS, How
from vermegroup.runs.rosters import look_for

_BARE = "rules: []\n"
_PAD = 44
"""Where comments at the ends of lines begin."""
_APART = ("unit", "organisation", "profession", "region", "role")
_NOT_MAPPED = ("group",)


def starting_rules(roster_file: str, language: Language, how: How = AS_IT_IS) -> str:
    """The text of a rulebook with comments, ready for ``form --rules``.

    Raises:
        RosterError: the file holds no table.
    """
    look = look_for(roster_file, rulebook_from_text(_BARE, ""), how)
    if look.table is None:
        raise RosterError(errors(look.findings))
    book = _Start(look, _levels_told(look), language)
    return "\n".join(book.lines()) + "\n"


def _levels_told(look: Look) -> bool:
    """Whether experience is told in words rather than in years."""
    traits = [column.trait for column in look.columns]
    if look.table is None or "years" not in traits:
        return "experience" in traits
    cells = look.table.cells.iloc[:, traits.index("years")].unique().tolist()
    texts = [text for cell in cells if (text := tidy(cell))]
    return bool(texts) and all(level_in(text) is not None for text in texts)


@dataclass(frozen=True, slots=True)
class _Start:
    look: Look
    levels: bool
    language: Language

    def lines(self) -> Iterator[str]:
        yield f"# {self._said(say.TITLE)}"
        yield f"# {self._said(say.HOW_TO_USE)}"
        yield ""
        yield from self._columns()
        yield from self._groups()
        yield from self._rules()
        yield from self._preferences()

    def _columns(self) -> Iterator[str]:
        single = {trait: headers[0] for trait, headers in self._headers() if len(headers) == 1}
        if any(trait not in _NOT_MAPPED for trait in single):
            yield self._noted("columns:", say.COLUMNS)
        else:
            yield f"# {self._said(say.NO_COLUMNS)}"
        for trait, headers in self._headers():
            if trait in _NOT_MAPPED:
                continue
            competing = len(headers) > 1
            for header in headers:
                line = f"{trait}: {_quoted(header)}"
                note = say.CHOOSE if competing else TRAITS.get(trait)
                yield self._noted(
                    f"{'# ' if competing else ''}  {line}".replace("#   ", "  # "), note
                )
        yield ""

    def _groups(self) -> Iterator[str]:
        yield self._noted("groups: {size: 3-5, prefer: 4, count: auto}", say.GROUPS)
        if self._has("years") or self.levels:
            yield "bands:"
            stretch = "  experience: {new: below 5, experienced: 10 or more}"
            yield self._noted(stretch, say.WORDS if self.levels else say.BANDS)
        yield ""

    def _rules(self) -> Iterator[str]:
        yield self._noted("rules:", say.RULES)
        if self._has("municipality"):
            yield self._noted("  - different: municipality", say.different("municipality"))
        if self._has("years") or self.levels:
            for level in ("new", "experienced"):
                yield f"  - include: {{experience: {level}, at_least: 1}}"
        yield self._noted("  - place_everyone", say.EVERYONE)
        yield from self._offers()
        yield ""

    def _offers(self) -> Iterator[str]:
        """What else could be asked for, to be taken into use by removing the mark before it."""
        kinds = {kind.kind for kind in KINDS}
        for trait in _APART:
            if self._has(trait) or (trait == "region" and self._has("municipality")):
                yield self._noted(f"  # - different: {trait}", say.different(trait))
        if self._has("language"):
            yield self._noted("  # - same: language", say.SAME_LANGUAGE)
        if self._has("times") and "common" in kinds:
            yield self._noted("  # - common: times", say.COMMON_TIMES)

    def _preferences(self) -> Iterator[str]:
        kinds = {kind.kind for kind in KINDS}
        yield self._noted("preferences:", say.PREFERENCES)
        numeric = self._has("years") and not self.levels
        if numeric:
            yield self._noted("  - spread: years", say.SPREAD)
        yield self._noted("  - even_sizes", say.EVEN)
        if numeric:
            yield self._noted("  - balance: years", say.BALANCE)
        if self._has("wishes") and "wishes" in kinds:
            yield self._noted("  # - wishes: wishes", say.WISHES)

    def _headers(self) -> list[tuple[str, list[str]]]:
        found: dict[str, list[str]] = {}
        for column in self.look.columns:
            if column.trait is not None and column.header and column.header.isprintable():
                found.setdefault(column.trait, []).append(column.header)
        return list(found.items())

    def _has(self, trait: str) -> bool:
        return any(column.trait == trait for column in self.look.columns)

    def _noted(self, line: str, note: Phrase | None) -> str:
        return f"{line:{_PAD}}  # {self._said(note)}" if note is not None else line

    def _said(self, phrase: Phrase) -> str:
        return phrase.in_(self.language)


def _quoted(header: str) -> str:
    return json.dumps(header, ensure_ascii=False)
