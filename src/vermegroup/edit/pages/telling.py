"""What is said of something that was done, and what it did to the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vermegroup.domain.findings import Finding
from vermegroup.edit.pages.standing import Standing, rules_told
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, as_sentence
from vermegroup.report.blocks import Mood, summarised


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of something that was done: in a sentence, and in lines below it."""

    mood: Mood
    sentence: str
    notes: tuple[str, ...] = ()


def told_of(did: Message, before: Standing, now: Standing, language: Language) -> Told:
    """What was done, and what it broke and mended."""
    broken = [
        f"{rule} – {line}"
        for (rule, group), (amount, line) in now.breaches.items()
        if amount > before.breaches.get((rule, group), (0, ""))[0]
    ]
    mended = [f"{rule} ({group})" for rule, group in before.breaches.keys() - now.breaches.keys()]
    notes = (
        *(_BROKEN.filled(line=line).in_(language) for line in broken),
        *(_MENDED.filled(line=line).in_(language) for line in sorted(mended)),
    )
    standing = as_sentence(rules_told(len(now.broken), len(now.kept)), language)
    mood = Mood.BAD if broken else Mood.GOOD if not now.broken else Mood.UNSURE
    return Told(mood, f"{as_sentence(did, language)}. {standing}.", notes)


def told_findings(findings: Sequence[Finding], language: Language) -> Told | None:
    """What was noticed when the groups were opened; None where nothing was."""
    lines = [
        f"{each.place}: {each.message}" if each.place else each.message
        for each in summarised(findings, language)
    ]
    return Told(Mood.UNSURE, lines[0], tuple(lines[1:])) if lines else None


_BROKEN = N_("Broken now: {line}")
_MENDED = N_("Mended: {line}")
