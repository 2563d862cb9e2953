"""Nearness to the edge in the report: what a grouping can take, and whom each group relies on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vermegroup.edge import Edge, edge_of
from vermegroup.outcome import Audit, Outcome
from vermegroup.phrase import Phrase
from vermegroup.report.parts import Answer
from vermegroup.report.report import EdgeLine, Group, Reliance
from vermegroup.standing import Reserve


def with_edges(
    groups: tuple[Group, ...], answers: Sequence[Answer]
) -> tuple[tuple[Group, ...], tuple[EdgeLine, ...]]:
    """The groups with those they rely on, and a line for the whole or for each part."""
    homes = {group.id: group for group in groups}
    sound = all(map(_whole_rules_hold, answers[:1]))
    lines: list[EdgeLine] = []
    rules = 0  # of the answers before: the report lists one answer's rules after the other's
    for part, own in answers:
        if own.grouping is not None and own.audit is not None and _forms_groups(own):
            edge = edge_of(own.problem, own.grouping, own.audit)
            judged = list(_judged(edge, own.grouping.names, homes, rules))
            homes.update((group.id, group) for group in judged)
            ends = sound and own.audit.valid
            lines.append(_line(own.grouping.groups, judged, own.audit, part, ends=ends))
        rules += len(own.problem.rulebook.rules)
    return tuple(homes[group.id] for group in groups), tuple(lines)


def _forms_groups(answer: Outcome) -> bool:
    """Whether it has groups under rules of their own; a split roster's are those of its parts."""
    split = answer.problem.rulebook.split
    return split is None and answer.grouping is not None and answer.grouping.groups > 0


def _whole_rules_hold(whole: Answer) -> bool:
    """Whether no group mixes the parts; what breaks a rule may not be possible as it is."""
    audited = whole[1].audit
    return audited is not None and all(standing.satisfied for standing in audited.rules)


def _judged(
    edge: Edge, names: Sequence[str], homes: Mapping[str, Group], rules: int
) -> Iterator[Group]:
    """Those of the groups that keep every rule, the whole roster's too."""
    relies: dict[int, list[Reliance]] = {}
    for at, rule, places in edge.reliances():
        start = homes[names[at]].start
        seats = tuple(start + place for place in places)
        relies.setdefault(at, []).append(Reliance(rules + rule, seats))
    for at in edge.tried.nonzero()[0].tolist():
        group, found = homes[names[at]], tuple(relies.get(at, ()))
        if not group.rules_broken and (found or group.fragile is None):
            yield _relying(group, found)


def _relying(group: Group, found: tuple[Reliance, ...]) -> Group:
    # Not by ``replace``, which takes several times as long: there may be very many groups.
    place = (group.id, group.start, group.stop)
    return Group(*place, group.rules_broken, group.part, group.common, bool(found), found)


def _line(
    groups: int, judged: list[Group], audited: Audit, part: Phrase | None, *, ends: bool
) -> EdgeLine:
    fragile = sum(bool(group.fragile) for group in judged)
    comparing = any(standing.rule.compares for standing in audited.rules)
    reserves = _reserves(audited) if ends else ()
    return EdgeLine(groups, len(judged) - fragile, fragile, reserves, part, comparing)


def _reserves(audited: Audit) -> tuple[Reserve, ...]:
    """What each rule has in reserve, without what anyone's absence uses up as soon."""
    margins = [standing.margin for standing in audited.rules]
    found = [own.reserve for own in margins if own is not None and own.reserve is not None]
    found = [own for own in dict.fromkeys(found) if own.absences > 0]
    anyone = min((own.absences for own in found if own.who is None), default=None)
    return tuple(own for own in found if own.who is None or anyone is None or own.absences < anyone)
