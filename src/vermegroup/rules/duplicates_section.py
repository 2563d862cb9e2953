"""The key ``duplicates``: what to do with an id that two people seem to have."""

from __future__ import annotations

from vermegroup.intake.faults import Faults
from vermegroup.intake.located import Located, Scalar
from vermegroup.phrase import Phrase
from vermegroup.rulebook import LATEST, REFUSE


def read_duplicates(node: Located, faults: Faults) -> str:
    """``refuse`` or ``latest``; anything else is noted."""
    word = node.text.strip().casefold() if isinstance(node, Scalar) else ""
    if word in (REFUSE, LATEST):
        return word
    faults.note(_NEITHER, line=node.line, key="duplicates", value=node.written(), hint=_MEANING)
    return REFUSE


_NEITHER = Phrase(
    "duplicates is either refuse or latest",
    "Avaimen duplicates arvo on joko refuse tai latest",
    "Värdet för duplicates är antingen refuse eller latest",
)
_MEANING = Phrase(
    "refuse stops at an id with contradictory details; with latest, the latest row counts",
    "refuse pysähtyy, jos samalla tunnuksella on ristiriitaisia tietoja; "
    "latest käyttää viimeisintä riviä",
    "refuse stannar vid ett id med motstridiga uppgifter; med latest gäller den senaste raden",
)
