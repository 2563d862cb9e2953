"""Whether a run comes out again as its record tells, for the terminal and as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.report.blocks import Headline, Item, Mood, Section, Summary
from vermegroup.report.findings_json import SCHEMA
from vermegroup.report.report import Input
from vermegroup.report.to_json import laid_out
from vermegroup.report.words import more


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in a file: the sentence, and where and what it is as data.

    ``place`` is a person, a line or a path in a record; ``recorded`` and ``now`` are plain values.
    """

    file: str
    sentence: Message
    place: str = ""
    recorded: object = None
    now: object = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What differs between a record and the same run again; ``inputs`` with where each was found.

    ``notes`` say what may be the reason, or differs without a change of the result.
    """

    command: str
    differences: tuple[Difference, ...]
    inputs: tuple[tuple[Input, str], ...]
    notes: tuple[Message, ...] = ()

    @property
    def same(self) -> bool:
        """Whether all came out again."""
        return not self.differences


def verify_summary(found: Verification, language: Language) -> Summary:
    """What the terminal shows of it."""
    shown = [
        Item(Mood.BAD, f"{each.file}: {each.sentence.in_(language)}")
        for each in found.differences[:_SHOWN]
    ]
    if len(found.differences) > _SHOWN:
        shown.append(Item(Mood.QUIET, more(len(found.differences) - _SHOWN).in_(language)))
    notes = [Item(Mood.QUIET, note.in_(language)) for note in found.notes]
    sections = (
        Section(_DIFFERENCES.in_(language), tuple(shown)),
        Section(_NOTES.in_(language), tuple(notes)),
    )
    return Summary(_headline(found, language), tuple(each for each in sections if each.items))


def _headline(found: Verification, language: Language) -> Headline:
    if found.same:
        return Headline(Mood.GOOD, _SAME.in_(language), _ALL_SAME.in_(language), "")
    count = len(found.differences)
    told = ngettext("{n} difference was found.", "{n} differences were found.", count)
    return Headline(Mood.BAD, _DIFFERS.in_(language), told.in_(language), "")


def verify_json(found: Verification, language: Language) -> bytes:
    """The verification as JSON text that a person can read, in UTF-8."""
    return laid_out(
        {
            "schema": SCHEMA,
            "verdict": "same" if found.same else "differs",
            "command": found.command,
            "differences": [
                {
                    "file": each.file,
                    "place": each.place,
                    "recorded": each.recorded,
                    "now": each.now,
                    "sentence": each.sentence.in_(language),
                }
                for each in found.differences
            ],
            "inputs": [
                {"role": each.role, "path": each.path, "sha256": each.sha256, "found": place}
                for each, place in found.inputs
            ],
            "notes": [note.in_(language) for note in found.notes],
        }
    )


_SHOWN = 20
_SAME, _DIFFERS = _("Same"), _("Differs")
_ALL_SAME = _("The same files and the same call give the same results, byte by byte.")
_DIFFERENCES, _NOTES = _("What differs"), _("Worth knowing")
