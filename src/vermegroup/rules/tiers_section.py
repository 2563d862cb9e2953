"""Tiers of preferences: a list inside the list, or entries in a row that carry a ``weight``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from vermegroup.intake.faults import Faults
from vermegroup.intake.located import Fields, Items, Located, Scalar
from vermegroup.kind import Kind, Total
from vermegroup.phrase import Phrase
from vermegroup.rules.tier import tier_of

WEIGHT = "weight"
_NUMBER = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,4})?")

ReadEntry = Callable[[Located], Kind | None]
Weighed = tuple[Located, Fraction | None]


def read_tiers(items: Sequence[Located], faults: Faults, read: ReadEntry) -> tuple[Kind, ...]:
    """The preferences of a section in their order, each tier as one; faults are noted.

    ``read`` reads one entry without its weight.
    """
    found: list[Kind] = []
    for tier in _tiers(items, faults):
        together = len(tier) > 1
        kinds: list[tuple[Kind, Fraction]] = []
        for node, weight in tier:
            kind = read(node)
            if kind is None:
                continue
            if together and (kind.total is Total.WORST or kind.seats_everyone):
                faults.note(_ALONE, line=node.line, key=kind.kind, hint=_ON_ITS_OWN)
            kinds.append((kind, weight or Fraction(1)))
        found += [_tier(kinds)] if together and kinds else [kind for kind, _ in kinds]
    return tuple(found)


def _tier(kinds: Sequence[tuple[Kind, Fraction]]) -> Kind:
    return tier_of([kind for kind, _ in kinds], [weight for _, weight in kinds])


def _tiers(items: Sequence[Located], faults: Faults) -> Iterator[list[Weighed]]:
    """Entries by tiers; entries with a weight that follow each other are one."""
    row: list[Weighed] = []
    for item in items:
        inner = [_weighed(own, faults) for own in item.items] if isinstance(item, Items) else []
        own = _weighed(item, faults)
        if not inner and own[1] is not None:
            row.append(own)
            continue
        if row:
            yield row
            row = []
        yield inner or [own]
    if row:
        yield row


def _weighed(node: Located, faults: Faults) -> Weighed:
    """An entry without its weight, and the weight."""
    if not isinstance(node, Fields):
        return node, None
    rest = tuple(pair for pair in node.pairs if pair[0].text != WEIGHT)
    if len(rest) in (0, len(node.pairs)):
        return node, None
    value = node.get(WEIGHT)
    text = value.text.strip() if isinstance(value, Scalar) else ""
    weight = Fraction(text.replace(",", ".")) if _NUMBER.fullmatch(text) else Fraction(0)
    if not weight:
        written = value.written() if value is not None else None
        faults.note(_NO_WEIGHT, line=node.line, key=WEIGHT, value=written)
    return Fields(rest, node.line), weight or Fraction(1)


_NO_WEIGHT = Phrase(
    "weight must be a number above 0 and below 1000000, with at most 4 decimals, such as 2 or 0.5",
    "Kohdassa weight on oltava luku, joka on suurempi kuin 0 ja pienempi kuin 1000000 ja jossa on "
    "enintään 4 desimaalia, esimerkiksi 2 tai 0,5",
    "weight måste vara ett tal större än 0 och mindre än 1000000, med högst 4 decimaler, till "
    "exempel 2 eller 0,5",
)
_ALONE = Phrase(
    "This preference cannot be weighed against others",
    "Tätä toivetta ei voi punnita muita vasten",
    "Det här önskemålet kan inte vägas mot andra",
)
_ON_ITS_OWN = Phrase(
    "Give it an entry of its own, without a weight, before or after the others",
    "Kirjoita se omaksi kohdakseen ilman painoa ennen muita tai niiden jälkeen",
    "Skriv den som en egen post utan vikt, före eller efter de andra",
)
