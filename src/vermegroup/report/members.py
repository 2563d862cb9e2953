"""The people of a report, seat by seat, what groups share, and whom each relies on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray, in_order
from vermegroup.domain.grouping import Grouping
from vermegroup.domain.kind import Kind
from vermegroup.domain.outcome import Audit, Outcome
from vermegroup.domain.plan import Reserve
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import Categories, Numbers, Roster, Sets, labels_of
from vermegroup.domain.seats import waiting_people
from vermegroup.judge.robustness import Edge, edge_of
from vermegroup.language.messages import Message
from vermegroup.language.terms import named_values, trait_name
from vermegroup.report.groups import (
    FRAGILE,
    NOT_JUDGED,
    SAFE,
    Common,
    Group,
    Groups,
    Reliances,
)
from vermegroup.report.report import Amount, EdgeLine, Members, TraitColumn, TraitKind
from vermegroup.report.verdict import PartAnswer


def seated(problem: Problem, grouping: Grouping) -> tuple[Members, Groups, Group]:
    """The members in the order of their groups, where each group is, and where the waitlist is."""
    seating = grouping.seating()
    people = by_seat(problem.roster, grouping)
    headed = len(seating.people) == len(people)  # nobody is on the waitlist
    ends = np.concatenate([[0], np.cumsum(seating.sizes())])
    return (
        _members(problem, people, headed=headed),
        Groups(grouping.names, ends, state=np.full(grouping.groups, NOT_JUDGED, dtype=np.int8)),
        Group("", len(seating.people), len(people)),
    )


def by_seat(roster: Roster, grouping: Grouping) -> IntArray:
    """The participants seat by seat: group after group, then those who wait."""
    return np.concatenate([grouping.seating().people, waiting_people(roster, grouping)])


def _members(problem: Problem, people: IntArray, *, headed: bool) -> Members:
    every_id = list(map(str, problem.roster.ids.tolist()))
    labels = labels_of(problem.roster)
    ids = _of(people, every_id)
    return Members(
        ids,
        ids if labels == every_id else _of(people, labels),
        _traits(problem, people, headed=headed),
        leading(problem.rulebook.kinds(), problem.roster, people),
        problem.rulebook.split.by if problem.rulebook.split else None,
    )


def leading(rules: Iterable[Kind], roster: Roster, people: IntArray) -> frozenset[int]:
    """The places of those who lead a group by some rules.

    They are not everybody's, for a mark of all tells nothing.
    Where each of two roles could lead, it is the one that fewer people have.
    """
    found = (rule.leads(roster, people) for rule in rules)
    roles = {frozenset(places.tolist()) for places in found if len(places)}
    everyone: frozenset[int] = frozenset().union(*roles)
    if len(everyone) < len(people) or len(roles) < 2:
        return everyone
    fewest = min(map(len, roles))
    rarest = [role for role in roles if len(role) == fewest]
    return rarest[0] if len(rarest) == 1 else frozenset()


def _of(people: IntArray, texts: list[str]) -> list[str]:
    """The texts of these people."""
    chosen: list[str] = np.array(texts, dtype=object)[people].tolist()
    return chosen


def _traits(problem: Problem, people: IntArray, *, headed: bool) -> tuple[TraitColumn, ...]:
    """The traits in the order of the roster's columns, a band after the number it is made of.

    Where everyone stands under the name of a part, the trait that names the parts is left out.
    """
    roster, rulebook = problem.roster, problem.rulebook
    levels = {bands.trait: bands for bands in rulebook.bands}
    wanted = rulebook.categories() | rulebook.numbers() | rulebook.sets()
    if rulebook.split is not None and headed:
        wanted -= {rulebook.split.by}
    wanted |= {levels[trait].of for trait in wanted if trait in levels}
    found: list[tuple[Categories | Numbers | Sets, str]] = [
        *((roster.numbers[name], name) for name in wanted if name in roster.numbers),
        *((roster.categories[name], name) for name in wanted if name in roster.categories),
        *((roster.sets[name], name) for name in wanted if name in roster.sets),
    ]
    found.sort(key=lambda item: (_place(roster, item[0].header), item[1] in levels, item[1]))
    return tuple(_column(trait, name, people, banded=name in levels) for trait, name in found)


def _column(
    trait: Categories | Numbers | Sets, name: str, people: IntArray, *, banded: bool
) -> TraitColumn:
    if isinstance(trait, Numbers):
        return _number(trait, name, people)
    if isinstance(trait, Sets):
        return _several(trait, name, people)
    return _category(trait, name, people, banded=banded)


def _place(roster: Roster, header: str) -> int:
    headers = list(roster.table.cells.columns)
    return headers.index(header) if header in headers else len(headers)


def _number(trait: Numbers, name: str, people: IntArray) -> TraitColumn:
    ticks = trait.ticks[people]
    if (ticks % trait.per_unit).any():
        values: list[float] = (ticks / trait.per_unit).tolist()
        amounts: list[Amount] = [int(v) if v == int(v) else v for v in values]
    else:
        amounts = (ticks // trait.per_unit).tolist()
    return TraitColumn(name, trait_name(name), TraitKind.NUMBER, amounts)


def _several(trait: Sets, name: str, people: IntArray) -> TraitColumn:
    """Each person's values on one line, as "ma 17, ti 18"."""
    values = np.array(trait.values, dtype=object)
    texts = [", ".join(values[held]) for held in trait.member[people]]
    return TraitColumn(name, trait_name(name), TraitKind.NAME, texts)


def _category(trait: Categories, name: str, people: IntArray, *, banded: bool) -> TraitColumn:
    values = np.array(trait.values, dtype=object)
    return TraitColumn(
        name,
        trait_name(name),
        TraitKind.BAND if banded else TraitKind.NAME,
        values[trait.codes[people]].tolist(),
        _in_order(trait.values) if banded else (),
        named_values(name),
    )


def _in_order(values: tuple[str, ...]) -> tuple[str, ...]:
    """Bands as the rulebook lists them; "mid", which comes last there, lies between them."""
    *named, between = values
    half = (len(named) + 1) // 2
    return (*named[:half], between, *named[half:])


def with_common(groups: Groups, answers: Sequence[PartAnswer]) -> Groups:
    """The groups, each with what its members share, by trait."""
    found = {name: shared for _rest, outcome in answers for name, shared in _of_each_group(outcome)}
    if not found:
        return groups
    places = ((place, found[name]) for place, name in enumerate(groups.ids) if name in found)
    return replace(groups, common=dict(places))


def _of_each_group(outcome: Outcome) -> Iterator[tuple[str, Common]]:
    grouping, roster = outcome.grouping, outcome.problem.roster
    rulebook = outcome.problem.rulebook
    sharing = [kind for kind in (*rulebook.rules, *rulebook.preferences) if kind.sets()]
    if grouping is None or not sharing:
        return
    for index, name in enumerate(grouping.names):
        members = grouping.members(index)
        found = [kind.in_common(roster, members) for kind in sharing]
        yield name, {trait: values for shared in found for trait, values in shared.items()}


def with_edges(
    groups: Groups, answers: Sequence[PartAnswer]
) -> tuple[Groups, tuple[EdgeLine, ...]]:
    """The groups with those they rely on, and a line for the whole or for each part."""
    sound = all(map(_whole_rules_hold, answers[:1]))
    state, reliances, lines = groups.state.copy(), list(groups.reliances), []
    rules = 0  # of the answers before: the report lists one answer's rules after the other's
    for part, outcome in answers:
        if outcome.grouping is not None and outcome.audit is not None and _forms_groups(outcome):
            judged = _Judged.of(groups, outcome.problem, outcome.grouping, outcome.audit)
            state[judged.places[judged.told]] = SAFE
            state[judged.places[judged.fragile]] = FRAGILE
            on = judged.edge.reliances()
            reliances += [judged.reliances(rule, seats, rules) for rule, seats in on]
            lines.append(_line(judged, outcome.audit, part, ends=sound and outcome.audit.valid))
        rules += len(outcome.problem.rulebook.rules)
    return replace(groups, state=state, reliances=tuple(reliances)), tuple(lines)


def _forms_groups(answer: Outcome) -> bool:
    """Whether it has groups under rules of their own; a split roster's are those of its parts."""
    split = answer.problem.rulebook.split
    return split is None and answer.grouping is not None and answer.grouping.groups > 0


def _whole_rules_hold(whole: PartAnswer) -> bool:
    """Whether no group mixes the parts; what breaks a rule may not be possible as it is."""
    audited = whole[1].audit
    return audited is not None and all(standing.satisfied for standing in audited.rules)


@dataclass(frozen=True, slots=True)
class _Judged:
    """How near the edge the groups of one answer are; ``places`` (k,) are theirs in the report.

    ``told`` (k,) are the groups that keep every rule, the whole roster's too.
    """

    whole: Groups
    problem: Problem
    edge: Edge
    places: IntArray
    told: BoolArray

    @classmethod
    def of(cls, whole: Groups, problem: Problem, grouping: Grouping, audited: Audit) -> _Judged:
        """Try every absence in the groups of an answer."""
        edge, places = edge_of(problem, grouping, audited), np.arange(len(whole))
        if grouping.names != whole.ids:
            place = {name: at for at, name in enumerate(whole.ids)}
            places = np.array([place[name] for name in grouping.names], dtype=np.int64)
        sound = np.ones(len(whole), dtype=bool)
        sound[list(whole.broken)] = False
        return cls(whole, problem, edge, places, edge.tried & sound[places])

    @property
    def fragile(self) -> BoolArray:
        """Those that some absence breaks, shape (k,)."""
        return self.told & self.edge.fragile()

    def reliances(self, rule: int, seats: IntArray, rules: int) -> Reliances:
        """Of those who cannot be spared for a rule, the report's; it has ``rules`` before these."""
        group = self.edge.seating.group[seats]
        seats, group = seats[self.told[group]], group[self.told[group]]
        sizes = self.edge.seating.sizes()
        # From a seat of the answer's to one of the report.
        moved = self.whole.ends[self.places] - (np.cumsum(sizes) - sizes)
        seats = in_order(seats + moved[group])
        ends = np.searchsorted(seats, self.whole.ends)
        all_there, words = self._all_there(rule, np.bincount(group, minlength=len(sizes)))
        return Reliances(rules + rule, seats, ends, all_there, words)

    def _all_there(self, rule: int, counts: IntArray) -> tuple[BoolArray, dict[int, Message]]:
        """Groups whose ``counts`` are all that they have of whom the rule asks, and in words."""
        found = np.zeros(len(self.whole), dtype=bool)
        quota = self.problem.rulebook.rules[rule].quota(self.problem.roster)
        if quota is None:
            return found, {}
        seating = self.edge.seating
        having = np.bincount(seating.group[quota.who[seating.people]], minlength=seating.groups)
        all_there = (counts > 0) & (counts == having)
        found[self.places] = all_there
        return found, {n: quota.people(n) for n in set(counts[all_there].tolist())}


def _line(judged: _Judged, audited: Audit, part: Message | None, *, ends: bool) -> EdgeLine:
    told, fragile = int(judged.told.sum()), int(judged.fragile.sum())
    comparing = any(standing.rule.compares for standing in audited.rules)
    reserves = _reserves(audited) if ends else ()
    return EdgeLine(len(judged.places), told - fragile, fragile, reserves, part, comparing)


def _reserves(audited: Audit) -> tuple[Reserve, ...]:
    """What each rule has in reserve, without what anyone's absence uses up as soon."""
    margins = [standing.margin for standing in audited.rules]
    found = [
        margin.reserve for margin in margins if margin is not None and margin.reserve is not None
    ]
    found = [reserve for reserve in dict.fromkeys(found) if reserve.absences > 0]
    anyone = min((reserve.absences for reserve in found if reserve.who is None), default=None)
    return tuple(
        reserve
        for reserve in found
        if reserve.who is None or anyone is None or reserve.absences < anyone
    )
