"""The account of a rebalancing: bonds, moves with their reasons, and offers for newcomers."""

from __future__ import annotations

import numpy as np

from vermegroup.grouping import WAITLIST, Grouping
from vermegroup.moves import Move, Offer, Policy, Rebalance
from vermegroup.phrase import Phrase
from vermegroup.rebalancing.comparing import compared
from vermegroup.rebalancing.offers import offers_for
from vermegroup.rebalancing.reasons import Reasons
from vermegroup.rebalancing.rebalancing import Rebalanced

_MOST_NEWCOMERS = 200


def account_of(found: Rebalanced, policy: Policy | None) -> Rebalance:
    """What a report tells of it."""
    stages = found.stages
    return Rebalance(
        found.bonds(),
        tuple(_moves(found)),
        found.touched(),
        sum(stage.bound for stage in stages) if len(stages) < 2 else None,
        all(stage.proven for stage in stages),
        tuple(_offers(found)),
        compared(found.problem, found.before, found.result, _members(found)),
        tuple(_remarks(found, policy)),
        policy is Policy.MERGE,
    )


def _moves(found: Rebalanced) -> list[Move]:
    moves: list[Move] = []
    joined = found.change.joined
    if found.lasting is not None:
        moves += Reasons(found.lasting, joined, meeting=False).moves()
    if found.passing is not None:
        moves += Reasons(found.passing, joined, meeting=True).moves()
    return moves


def _offers(found: Rebalanced) -> list[Offer]:
    joined, stage = found.change.joined, found.lasting
    if stage is None or not len(joined) or len(joined) > _MOST_NEWCOMERS:
        return []
    newcomers = np.isin(stage.here, joined)
    offers: list[Offer] = []
    for part in stage.parts:
        own = Grouping(stage.before.group_of[part.people], stage.before.names)
        offers += offers_for(part.problem, own, np.flatnonzero(newcomers[part.people]))
    return offers


def _members(found: Rebalanced) -> tuple[np.ndarray, np.ndarray]:
    """Who counts before, and who counts after: who waited before counts if that is told after."""
    after = found.stages[-1].here if found.stages else np.arange(len(found.problem.roster))
    waited = found.before.group_of == WAITLIST
    waited[found.change.joined] = False
    waited[np.setdiff1d(np.arange(len(waited)), after)] = False
    before = (found.before.group_of != WAITLIST) | waited
    return np.flatnonzero(before), after


def _remarks(found: Rebalanced, policy: Policy | None) -> list[Phrase]:
    remarks = []
    if found.passing is not None:
        remarks.append(_ONE_MEETING)
    elif len(found.change.absent) and found.lasting is not None:
        remarks.append(_NO_MEETING if found.lasting.left_over else _NOBODY_COMES)
    moved = [stage for stage in found.stages if stage.policy is Policy.MOVE]
    if policy is None and moved:
        proven = all(stage.merging_fails for stage in moved)
        remarks.append(_MOVED if proven else _MOVED_AS_FOUND)
    elif policy is None and _merging_suffices(found):
        remarks.append(_MERGED)
    return remarks


def _merging_suffices(found: Rebalanced) -> bool:
    touched = any(stage.touched for stage in found.stages)
    return touched and not any(stage.waiting for stage in found.stages)


_ONE_MEETING = Phrase(
    "This is a plan for one meeting. Everyone goes back afterwards: the permanent groups stand in "
    "the column permanent_group",
    "Tämä on yhden tapaamisen suunnitelma. Sen jälkeen kaikki palaavat omiin ryhmiinsä: pysyvät "
    "ryhmät ovat sarakkeessa permanent_group",
    "Det här är en plan för en träff. Efteråt går alla tillbaka: de fasta grupperna står i "
    "kolumnen permanent_group",
)
_NO_MEETING = Phrase(
    "No meeting is planned: the permanent groups come first",
    "Tapaamista ei suunnitella: ensin on saatava pysyvät ryhmät kuntoon",
    "Ingen träff planeras: först måste de fasta grupperna fungera",
)
_NOBODY_COMES = Phrase(
    "No meeting is planned: nobody is left for it",
    "Tapaamista ei suunnitella: siihen ei jää ketään",
    "Ingen träff planeras: ingen är kvar till den",
)
_MERGED = Phrase(
    "Groups were only combined whole, which suffices",
    "Ryhmiä vain yhdistettiin kokonaisina, ja se riittää",
    "Grupper slogs bara ihop hela, och det räcker",
)
_MOVED = Phrase(
    "Combining whole groups does not suffice, so single people change groups, too",
    "Ryhmien yhdistäminen kokonaisina ei riitä, joten myös yksittäisiä henkilöitä siirtyy",
    "Det räcker inte att slå ihop hela grupper, så även enskilda personer byter grupp",
)
_MOVED_AS_FOUND = Phrase(
    "No plan was found that only combines whole groups and is as good, so single people change "
    "groups, too",
    "Yhtä hyvää suunnitelmaa, joka vain yhdistää kokonaisia ryhmiä, ei löytynyt, joten myös "
    "yksittäisiä henkilöitä siirtyy",
    "Ingen lika bra plan hittades som bara slår ihop hela grupper, så även enskilda personer byter "
    "grupp",
)
