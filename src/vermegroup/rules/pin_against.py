"""What places settled beforehand can contradict: each other, and who is together or apart."""

from __future__ import annotations

from collections.abc import Mapping

from vermegroup.phrase import Phrase, phrase
from vermegroup.rules.apart import Apart
from vermegroup.rules.knots import knots
from vermegroup.rules.together import Together


def in_two_groups(keys: Mapping[str, str], others: Mapping[str, str]) -> Phrase | None:
    """Someone whom two rules give different groups; both lead from ids to groups."""
    for own, key in keys.items():
        if others.get(own, key) != key:
            return phrase(
                "{own} cannot sit in two groups",
                "{own} ei voi olla kahdessa ryhmässä",
                "{own} kan inte sitta i två grupper",
                own=own,
            )
    return None


def torn(keys: Mapping[str, str], together: Together) -> Phrase | None:
    """Two who belong together and are given different groups."""
    for knot in knots(together.pairs.lists):
        pinned = [own for own in knot if own in keys]
        other = next((own for own in pinned if keys[own] != keys[pinned[0]]), None)
        if other is not None:
            return phrase(
                "{pair} are to be together, and sit in different groups",
                "{pair} kuuluvat yhteen, mutta heidät on sovittu eri ryhmiin",
                "{pair} ska vara tillsammans, men är bestämda till olika grupper",
                pair=[pinned[0], other],
            )
    return None


def met(keys: Mapping[str, str], apart: Apart) -> Phrase | None:
    """Two who are to be apart and are given the same group."""
    for ids in apart.pairs.lists:
        seen: dict[str, str] = {}
        for own in ids:
            mate = seen.setdefault(keys.get(own, f" {own}"), own)
            if mate != own:
                return phrase(
                    "{pair} are to be apart, and sit in the same group",
                    "{pair} on määrätty erilleen, mutta heidät on sovittu samaan ryhmään",
                    "{pair} ska vara åtskilda, men är bestämda till samma grupp",
                    pair=[mate, own],
                )
    return None
