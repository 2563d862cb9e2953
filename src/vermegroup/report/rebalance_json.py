"""What a rebalancing changes, as plain values of ``report.json``."""

from __future__ import annotations

from vermegroup.moves import Rebalance
from vermegroup.phrase import Language


def rebalance_plain(told: Rebalance | None, language: Language) -> dict[str, object]:
    """Bonds and moves, offers for newcomers, and what got better or worse; nothing without one."""
    if told is None:
        return {}
    bonds = told.bonds
    return {
        "bonds": {
            "before": bonds.before,
            "kept": bonds.kept,
            "broken": bonds.broken,
            "new": bonds.new,
            "bound": told.bound,
            "proven": told.proven,
            "groups_touched": told.touched,
        },
        "moves": [
            {
                "participant": move.person,
                "from": move.origin,
                "to": move.target,
                "reason": move.reason.in_(language),
                "meeting_only": move.meeting,
            }
            for move in told.moves
        ],
        "offers": [
            {
                "participant": offer.person,
                "group": offer.group,
                "effect": offer.effect.in_(language),
            }
            for offer in told.offers
        ],
        "compared": [
            {
                "sentence": line.sentence.in_(language),
                "before": line.before.in_(language),
                "after": line.after.in_(language),
                "better": line.better,
            }
            for line in told.compared
        ],
        "remarks": [remark.in_(language) for remark in told.remarks],
    }
