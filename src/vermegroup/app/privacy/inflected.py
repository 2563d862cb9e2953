"""The stems to which a Finnish name is declined: Virtasen and Virtasta are of Virtanen."""

from __future__ import annotations

import re

from vermegroup.intake.municipalities.gazetteer import genitive_names, genitives, key, names

SUFFIXES = frozenset(
    (
        *("n", "s", "in", "en", "an", "än", "a", "ä", "ta", "tä", "lle", "lla", "llä", "lta"),
        *("ltä", "ssa", "ssä", "sta", "stä", "ista", "istä", "ille"),
    )
)
"""What follows a name that is declined in Finnish, Swedish or English."""
STEM_SUFFIXES = SUFFIXES | {"een", "seen", "ten", "t", "ksi", "na", "nä"}
"""What follows a stem that is no name by itself."""
_ON_E = re.compile(
    r"(järvi|niemi|salmi|nummi|koski|saari|lampi|lehti|kivi|tammi|suomi|nurmi|kuusi|hirvi|lahti"
    r"|mäki|joki)$"
)
_SHORTEST = 4
"""Letters of a name that has other stems than itself; a shorter one has words as its stems."""


def stems(name: str) -> set[str]:
    """The stems of a name in lower case, but for those that begin with all of it."""
    if len(name) < _SHORTEST:
        return set()
    if name.endswith("nen"):
        found = {name[:-3] + end for end in ("se", "s", "si")}
    elif name.endswith("s"):
        found = {f"{name[:-1]}kse", *({f"{name[:-1]}{name[-2]}"} if name[-2] in "aä" else ())}
    else:
        found = {form.removesuffix("n") for form in genitives(name)}
        if _ON_E.search(name):
            found |= {f"{stem[:-1]}e" for stem in (name, *found)}
        if name.endswith(("nne", "lle", "rre")):
            found.add(f"{name[:-2]}tee")
    return {stem for stem in found if not stem.startswith(name)}


def is_town(word: str) -> bool:
    """Whether a word is a municipality's name, or the genitive of one."""
    bare = key(word)
    return bare in names() or bare in genitive_names()
