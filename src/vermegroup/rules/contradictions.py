"""Rules that no group can keep both of, as far as that can be told without a roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from vermegroup.intake.faults import Faults
from vermegroup.kind import Kind
from vermegroup.phrase import Phrase, capital, phrase

# Rules compared with all before them; no rulebook that people write has more.
MOST_COMPARED = 300


def note_contradictions(
    rules: Sequence[Kind], lines: Mapping[Kind, int], faults: Faults, *, split: bool = False
) -> None:
    """Note each rule that contradicts one before it, at its own line if that is known.

    Where the roster is ``split``, people may be named who form groups of other sizes elsewhere.
    """
    for at, rule in enumerate(islice(rules, MOST_COMPARED)):
        for earlier in rules[:at]:
            if split and earlier.limits_size and rule.ids():
                continue
            why = rule.contradicts(earlier) or earlier.contradicts(rule)
            if why is not None:
                line = lines.get(rule)
                faults.note(capital(why), line=line, key=rule.kind, hint=_with(earlier, lines))


def _with(earlier: Kind, lines: Mapping[Kind, int]) -> Phrase:
    """Which other rule it is about."""
    if earlier not in lines:
        return phrase(
            "See the section {other}",
            "Katso osiota {other}",
            "Se avsnittet {other}",
            other="groups",
        )
    return phrase(
        "Remove this rule or the one on line {line} ({kind})",
        "Poista tämä sääntö tai rivillä {line} oleva sääntö ({kind})",
        "Ta bort den här regeln eller den på rad {line} ({kind})",
        line=lines[earlier],
        kind=earlier.kind,
    )
