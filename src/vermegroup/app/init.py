"""A rulebook to start from, made of what was recognised in a roster."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import dropwhile, starmap
from types import MappingProxyType

from vermegroup.app.inputs import look_for
from vermegroup.app.privacy.how import AS_IT_IS, How
from vermegroup.app.profile_fit import Fit, fit_of
from vermegroup.app.starting_sections import groups_each_offered, meetings_offered
from vermegroup.app.unread_columns import unread
from vermegroup.domain.findings import Finding, RosterError, errors
from vermegroup.intake.cells import tidy
from vermegroup.intake.files.source import Given
from vermegroup.intake.headers.find_columns import SINGLE
from vermegroup.intake.pipeline import Look
from vermegroup.language.catalogues import Language, languages
from vermegroup.language.levels import level_in
from vermegroup.language.messages import Message, _
from vermegroup.report.check_text import TRAITS
from vermegroup.rulebooks.amend import with_sections
from vermegroup.rulebooks.profiles import profile_text
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rules.registry import KINDS

TITLE = _("The rules and preferences of a run. A line that begins with # is not in use.")
HOW_TO_USE = _("Use it: vermegroup form ROSTER --rules rules.yaml")
COLUMNS = _("which column holds what")
NO_COLUMNS = _("No column was recognised. Name them like this: columns: {{municipality: Header}}")
CHOOSE = _("choose one: remove the # before it")
TOGETHER = _("or all of them, if they are one")
GROUPS = _("a number, a range, or auto")
BANDS = _("in years; what lies between is mid")
WORDS = _("the roster tells it in words")
RULES = _("must hold in every group")
EVERYONE = _("under preferences, it allows a queue")
PREFERENCES = _("in order of importance")
SPREAD = _("new and experienced people together")
FIRST = _("where somebody must wait, who answered first has a place first")
EVEN = _("groups of nearly equal size")
BALANCE = _("groups alike in experience")
SAME_LANGUAGE = _("one language in a group")
COMMON_TIMES = _("a time that suits all members")
NEAR = _("everyone within 100 km of each other")
UNLIKE = _("members as unlike as possible in all of these")
ALIKE = _("groups alike in means, spreads and shares of these")
WISHES = _("whom people would like to be with")
AVOID = _("nobody with those whom they would rather avoid")


def different(trait: str) -> Message:
    """What ``different`` asks of a trait."""
    return _("no two members with the same {trait}", trait=TRAITS[trait])


_BY_DEFAULT = "remote-pilot"
_BARE = "rules: []\n"
_PAD = 44
"""Where comments at the ends of lines begin."""
_APART = ("unit", "organisation", "profession", "region", "role")
_NOT_MAPPED = ("group",)


@dataclass(frozen=True, slots=True)
class Beginning:
    """The text of a rulebook with comments, ready for ``form --rules``, and what it is made of.

    ``unread`` is what there is to tell of columns that were not recognised.
    """

    text: str
    fit: Fit
    unread: tuple[Finding, ...] = ()


def beginning(
    roster_file: Given,
    language: Language,
    how: How = AS_IT_IS,
    profile: str | None = None,
    *,
    spoken: bool = True,
    columns: Mapping[str, object] = MappingProxyType({}),
) -> Beginning:
    """A rulebook to start from, made of the profile whose traits the roster has.

    Or of another ``profile`` that was asked for. ``columns`` say what some of the columns hold, as
    a rulebook has it. Where it is ``spoken`` of, the text says how it is
    used on the command line.

    Raises:
        RosterError: the file holds no table.
        RulebookError: what is said of the columns makes no sense.
    """
    bare = with_sections(_BARE, {"columns": dict(columns) or None})
    look = look_for(roster_file, rulebook_from_text(bare, ""), how)
    if look.table is None:
        raise RosterError(errors(look.findings))
    levels = _in_levels(look)
    fit = fit_of(look, levels=levels)
    chosen = fit if profile is None else fit.under(profile)
    book = _StartingRules(look, levels, language, chosen, spoken, fits=chosen == fit)
    return Beginning("\n".join(book.with_offers()) + "\n", fit, tuple(unread(look)))


def without_note(text: str) -> str:
    """A rulebook's text without the note that no column was recognised: one is named by now."""
    notes = {f"# {NO_COLUMNS.in_(language)}" for language in languages()}
    return "".join(line for line in text.splitlines(keepends=True) if line.strip() not in notes)


def _in_levels(look: Look) -> bool:
    """Whether experience is told in words rather than in years."""
    traits = [column.trait for column in look.columns]
    if look.table is None or "years" not in traits:
        return "experience" in traits
    cells = look.table.cells.iloc[:, traits.index("years")].unique().tolist()
    texts = [text for cell in cells if (text := tidy(cell))]
    return bool(texts) and all(level_in(text) is not None for text in texts)


@dataclass(frozen=True, slots=True)
class _StartingRules:
    look: Look
    levels: bool
    language: Language
    fit: Fit
    spoken: bool
    fits: bool

    def with_offers(self) -> Iterator[str]:
        """The lines, with what their rules come to at meetings and for mentors, not in use."""
        lines = list(self.lines())
        rulebook = rulebook_from_text("\n".join(lines), "")
        for line in lines:
            yield line
            if line.startswith("groups:"):
                yield from starmap(self._noted, groups_each_offered(rulebook, self.look))
        yield ""
        yield from starmap(self._noted, meetings_offered(rulebook))

    def lines(self) -> Iterator[str]:
        yield f"# {self._said(TITLE)}"
        if self.spoken:
            yield f"# {self._said(HOW_TO_USE)}"
        if self.fits and self.fit.profile is not None:
            yield f"# {self._said(self.fit.named())}"
        yield ""
        yield from self._columns()
        if self.fit.profile not in (None, _BY_DEFAULT):
            yield from self._of_profile(str(self.fit.profile))
            return
        yield from self._groups()
        yield from self._rules()
        yield from self._preferences()

    def _columns(self) -> Iterator[str]:
        joined = {column.trait for column in self.look.columns if column.joined}
        single = [trait for trait, headers in self._headers() if len(headers) == 1]
        if any(trait not in _NOT_MAPPED for trait in (*single, *joined)):
            yield self._noted("columns:", COLUMNS)
        else:
            yield f"# {self._said(NO_COLUMNS)}"
        for trait, headers in self._headers():
            if trait in _NOT_MAPPED:
                continue
            if trait in joined:
                line = f"  {trait}: [{', '.join(map(_quoted, headers))}]"
                yield self._noted(line, TRAITS.get(trait))
                continue
            competing = len(headers) > 1
            for header in headers:
                line = f"{trait}: {_quoted(header)}"
                note = CHOOSE if competing else TRAITS.get(trait)
                yield self._noted(f"  # {line}" if competing else f"  {line}", note)
            if competing and trait not in SINGLE:
                yield self._noted(f"  # {trait}: [{', '.join(map(_quoted, headers))}]", TOGETHER)
        yield ""

    def _of_profile(self, name: str) -> Iterator[str]:
        """The profile's own lines, with what else could be asked for below its rules."""
        lines = profile_text(name, self.language).splitlines()
        own = list(dropwhile(lambda each: each.startswith("#"), lines))
        for line in own:
            if line == "preferences:":
                yield from self._offers(" ".join(own))
            if line == "parts:":
                yield from self._wishes()
            yield self._with_own_traits(line)
        if "parts:" not in own:
            yield from self._wishes()

    def _with_own_traits(self, line: str) -> str:
        """A line of a profile, with the traits that stand in for those which are not there."""
        for trait, other in self.fit.instead.items():
            line = re.sub(rf"\b{trait}\b", other, line)
        return line

    def _groups(self) -> Iterator[str]:
        yield self._noted("groups: {size: 3-5, prefer: 4, count: auto}", GROUPS)
        if self._has("years") or self.levels:
            yield "bands:"
            stretch = "  experience: {new: below 5, experienced: 10 or more}"
            yield self._noted(stretch, WORDS if self.levels else BANDS)
        yield ""

    def _rules(self) -> Iterator[str]:
        yield self._noted("rules:", RULES)
        if self._has("municipality"):
            yield self._noted("  - different: municipality", different("municipality"))
        if self._has("years") or self.levels:
            for level in ("new", "experienced"):
                yield f"  - include: {{experience: {level}, at_least: 1}}"
        yield self._noted("  - place_everyone", EVERYONE)
        yield from self._offers()
        yield ""

    def _offers(self, asked: str = "") -> Iterator[str]:
        """What else could be asked for, to be taken into use by removing the mark before it.

        Not of traits that the profile has ``asked`` of.
        """
        kinds = {kind.kind for kind in KINDS}
        for trait in (each for each in _APART if each not in asked):
            if self._has(trait) or (trait == "region" and self._has("municipality")):
                yield self._noted(f"  # - different: {trait}", different(trait))
        if self._has("language"):
            yield self._noted("  # - same: language", SAME_LANGUAGE)
        if self._has("times") and "common" in kinds:
            yield self._noted("  # - common: times", COMMON_TIMES)
        if self._has("avoid"):
            yield self._noted("  # - apart: {from: avoid}", AVOID)
        if self._has("municipality"):
            yield self._noted("  # - distance: {of: municipality, each_at_most: 100}", NEAR)

    def _preferences(self) -> Iterator[str]:
        yield self._noted("preferences:", PREFERENCES)
        numeric = self._has("years") and not self.levels
        if numeric:
            yield self._noted("  - spread: years", SPREAD)
        yield self._noted("  - even_sizes", EVEN)
        if numeric:
            yield self._noted("  - balance: years", BALANCE)
        compared = [trait for trait in ("years", *_APART) if self._has(trait) and numeric]
        if len(compared) > 1:
            listed = ", ".join(compared)
            yield self._noted(f"  # - distance: {{of: [{listed}], most}}", UNLIKE)
            yield self._noted(f"  # - balance: [{listed}]", ALIKE)
        yield from self._wishes()

    def _wishes(self) -> Iterator[str]:
        if self._has("wishes"):
            yield self._noted("  # - wishes: wishes", WISHES)
        if self._has("answered"):
            yield self._noted("  # - priority: answered", FIRST)

    def _headers(self) -> list[tuple[str, list[str]]]:
        found: dict[str, list[str]] = {}
        for column in self.look.columns:
            if column.trait is not None and column.header and column.header.isprintable():
                found.setdefault(column.trait, []).append(column.header)
        return list(found.items())

    def _has(self, trait: str) -> bool:
        return any(column.trait == trait for column in self.look.columns)

    def _noted(self, line: str, note: Message | None) -> str:
        return f"{line:{_PAD}}  # {self._said(note)}" if note is not None else line

    def _said(self, phrase: Message) -> str:
        return phrase.in_(self.language)


def _quoted(header: str) -> str:
    return json.dumps(header, ensure_ascii=False)
