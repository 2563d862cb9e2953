"""``report.json``, version 1.

A large roster has hundreds of thousands. So what stands in a column is made text once, column by
column, and a group is put together from slices of these texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vermegroup.domain.bonds import Rebalance
from vermegroup.domain.findings import Finding
from vermegroup.domain.outcome import Conflict, Repair
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message
from vermegroup.report.check_text import Checked
from vermegroup.report.report import (
    Amount,
    Group,
    PartialLine,
    PartLine,
    PreferenceLine,
    Report,
    RoundLine,
    RoundLines,
    RuleLine,
    Violation,
)

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_FRAGILE = {True: "true", False: "false", None: "null"}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A value as JSON text."""

    text: str


def encoded(value: object) -> str:
    """A plain value as JSON text on one line."""
    return _ENCODER.encode(value)


def group_lines(report: Report, language: Language) -> list[Encoded]:
    """Each group with its members, what each of them is, and whose absence would break it."""
    ids = list(map(_ENCODER.encode, report.members.ids))
    traits = [(encoded(trait.name), _texts(trait.values)) for trait in report.members.traits]
    return [Encoded(_line(group, ids, traits, language)) for group in report.groups]


def _texts(values: Sequence[str] | Sequence[Amount]) -> list[str]:
    texts = {value: encoded(value) for value in set(values)}
    return list(map(texts.__getitem__, values))


def _line(
    group: Group, ids: list[str], traits: list[tuple[str, list[str]]], language: Language
) -> str:
    seats = group.seats
    part = "" if group.part is None else f', "part": {encoded(group.part.in_(language))}'
    common = f', "common": {encoded(dict(group.common))}' if group.common else ""
    values = ", ".join([f"{name}: [{', '.join(texts[seats])}]" for name, texts in traits])
    return (
        f'{{"id": {encoded(group.id)}{part}, "members": [{", ".join(ids[seats])}], '
        f'"fragile": {_FRAGILE[group.fragile]}, {_needs(group, ids)}, '
        f'"size": {group.size}{common}, "traits": {{{values}}}}}'
    )


def _needs(group: Group, ids: list[str]) -> str:
    """Those without whom the group breaks; and those of each rule, by its place in ``rules``."""
    if not group.relies:
        return '"needs": []'
    would_break = ", ".join(
        f'{{"rule": {reliance.rule}, "needs": [{", ".join(ids[seat] for seat in reliance.seats)}]}}'
        for reliance in group.relies
    )
    needs = ", ".join(ids[seat] for seat in group.needs)
    return f'"needs": [{needs}], "would_break": [{would_break}]'


def rebalance_plain(rebalance: Rebalance | None, language: Language) -> dict[str, object]:
    """Bonds and moves, offers for newcomers, and what got better or worse; nothing without one."""
    if rebalance is None:
        return {}
    bonds = rebalance.bonds
    return {
        "bonds": {
            "before": bonds.before,
            "kept": bonds.kept,
            "broken": bonds.broken,
            "new": bonds.new,
            "bound": rebalance.bound,
            "proven": rebalance.proven,
            "groups_touched": rebalance.touched,
        },
        "moves": [
            {
                "participant": move.person,
                "from": move.origin,
                "to": move.target,
                "reason": move.reason.in_(language),
                "meeting_only": move.meeting,
            }
            for move in rebalance.moves
        ],
        "offers": [
            {
                "participant": offer.person,
                "group": offer.group,
                "effect": offer.effect.in_(language),
            }
            for offer in rebalance.offers
        ],
        "compared": [
            {
                "sentence": line.sentence.in_(language),
                "before": line.before.in_(language),
                "after": line.after.in_(language),
                "better": line.better,
            }
            for line in rebalance.compared
        ],
        "remarks": [remark.in_(language) for remark in rebalance.remarks],
    }


def rounds_plain(rounds: RoundLines | None, language: Language) -> dict[str, object]:
    """Each round with its groups, rules and preferences, and who meets whom; nothing without."""
    if rounds is None:
        return {}
    return {
        "rounds": [_round(line, language) for line in rounds.rounds],
        "meetings": {
            "pairs": rounds.pairs,
            "met_once": rounds.met_once,
            "repeats": rounds.repeats,
            "bound": rounds.bound,
            "proven": rounds.proven,
            "repeated": [
                {"people": list(line.people), "rounds": list(line.rounds)}
                for line in rounds.repeated
            ],
        },
    }


def _round(line: RoundLine, language: Language) -> dict[str, object]:
    report = line.report
    return {
        "round": line.number,
        "fixed": line.fixed,
        "groups": [json.loads(group.text) for group in group_lines(report, language)],
        "waitlist": list(report.members.ids[report.waitlist.seats]),
        "rules": [_rule(rule, language) for rule in report.rules],
        "preferences": [_preference(told, language) for told in report.preferences],
    }


SCHEMA = 1


def to_plain(
    report: Report, language: Language, outputs: Mapping[str, str] | None = None
) -> dict[str, object]:
    """The report as plain values. ``outputs`` leads from a written file to its SHA-256."""
    plain = _plain(report, language, outputs or {})
    return {**plain, "groups": [json.loads(line.text) for line in group_lines(report, language)]}


def to_json(report: Report, language: Language, outputs: Mapping[str, str] | None = None) -> str:
    """The report as JSON text that a person can read: a line for each group, rule and finding."""
    plain = _plain(report, language, outputs or {})
    return laid_out({**plain, "groups": group_lines(report, language)})


def _plain(report: Report, language: Language, outputs: Mapping[str, str]) -> dict[str, object]:
    """The report as plain values, in their order, but for the groups."""
    return {
        "schema": SCHEMA,
        "verdict": report.verdict.value,
        "proven": report.proven,
        "sentence": report.sentence.in_(language),
        "participants": {
            "read": report.counts.read,
            "placed": report.counts.placed,
            "waitlisted": report.counts.waitlisted,
            "set_aside": report.counts.set_aside,
        },
        "parts": [_part(line, language) for line in report.parts],
        "groups": [],
        "rules": [_rule(rule, language) for rule in report.rules],
        "preferences": [_preference(line, language) for line in report.preferences],
        "group_counts": [
            {
                "groups": line.groups,
                "possible": line.possible,
                "because": line.because.in_(language),
                "proof": line.proof,
                **_of_part(line.part, language),
            }
            for line in report.group_counts
        ],
        "edge": _edge(report, language) if report.edges else None,
        "conflicts": [_conflict(line, language) for line in report.conflicts],
        "repairs": [_repair(line, language) for line in report.repairs],
        "partial": _partial(report.partial, language) if report.partial else None,
        **rebalance_plain(report.rebalance, language),
        **rounds_plain(report.rounds, language),
        "findings": findings_plain(report.findings, language),
        "provenance": _provenance(report, language, outputs),
    }


def laid_out(plain: Mapping[str, object]) -> str:
    """Plain values as JSON text, each item of each list on a line of its own.

    What is JSON text already is taken as it is.
    """
    lines = [f'  "{key}": {_laid_out(value)}' for key, value in plain.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def findings_plain(findings: Iterable[Finding], language: Language) -> list[dict[str, object]]:
    """Findings as plain values."""
    return [
        {
            "severity": finding.severity.value,
            "file": finding.file,
            "row": finding.row,
            "column": finding.column,
            "value": finding.value,
            "message": finding.message.in_(language),
            "hint": _said(finding.hint, language),
        }
        for finding in findings
    ]


def _laid_out(value: object) -> str:
    items: list[str]
    if isinstance(value, list) and value:
        items, brackets = [_dumped(item) for item in value], "[]"
    elif isinstance(value, dict) and value:
        items = [f"{_dumped(key)}: {_dumped(item)}" for key, item in value.items()]
        brackets = "{}"
    else:
        return _dumped(value)
    inner = ",\n".join(f"    {item}" for item in items)
    return f"{brackets[0]}\n{inner}\n  {brackets[1]}"


def _dumped(value: object) -> str:
    return value.text if isinstance(value, Encoded) else encoded(value)


def _conflict(line: Conflict, language: Language) -> dict[str, object]:
    return {
        "rules": [sentence.in_(language) for sentence in line.rules],
        "kinds": [requirement.kind for requirement in line.requirements],
        "sentence": line.sentence.in_(language),
        "minimal": line.minimal,
        "proof": line.proof,
        **_of_part(line.part, language),
    }


def _repair(line: Repair, language: Language) -> dict[str, object]:
    return {
        "sentence": line.sentence.in_(language),
        "cost": line.cost,
        "verified": line.verified,
        "remedy": line.remedy,
        "cheapest": line.cheapest,
        "change": dict(line.change),
        "text": list(line.lines),
        **_of_part(line.part, language),
    }


def _partial(line: PartialLine, language: Language) -> dict[str, object]:
    return {
        "placed": line.placed,
        "groups": line.groups,
        "bound": line.bound,
        "any_number": line.any_number,
        "left_out": [
            {"id": person.id, "because": person.because.in_(language)} for person in line.left_out
        ],
    }


def _part(line: PartLine, language: Language) -> dict[str, object]:
    return {
        "part": line.part.in_(language),
        "verdict": line.verdict.value,
        "proven": line.proven,
        "sentence": line.sentence.in_(language),
        "people": line.people,
        "groups": line.groups,
    }


def _of_part(part: Message | None, language: Language) -> dict[str, object]:
    """The part that a line belongs to, told only where the roster is split."""
    return {} if part is None else {"part": part.in_(language)}


def _edge(report: Report, language: Language) -> dict[str, object]:
    """How many groups are safe or fragile, and what ends this number of groups."""
    return {
        "safe": sum(line.safe for line in report.edges),
        "fragile": sum(line.fragile for line in report.edges),
        "limits": [
            {
                "groups": line.groups,
                **_of_part(line.part, language),
                "absences": reserve.absences,
                "of": _said(reserve.who, language),
                "sentence": reserve.people.in_(language),
            }
            for line in report.edges
            for reserve in line.reserves
        ],
    }


def _rule(rule: RuleLine, language: Language) -> dict[str, object]:
    return {
        "kind": rule.kind,
        **_of_part(rule.part, language),
        "sentence": rule.sentence.in_(language),
        "satisfied": rule.satisfied,
        "violations": [_violation(violation, language) for violation in rule.violations],
        "slack": rule.slack,
        "room": _said(rule.room, language),
    }


def _violation(violation: Violation, language: Language) -> dict[str, object]:
    return {
        "group": violation.group,
        "amount": violation.amount,
        "people": list(violation.people),
        "sentence": violation.sentence.in_(language),
    }


def _preference(line: PreferenceLine, language: Language) -> dict[str, object]:
    parts = [_preference(part, language) for part in line.weighed]
    return {
        "kind": line.kind,
        **_of_part(line.part, language),
        "sentence": line.sentence.in_(language),
        "value": line.value,
        "bound": line.bound,
        "proven": line.proven,
        "told": line.in_words.in_(language) if line.in_words else None,
        **({"for_groups": line.for_groups} if line.for_groups else {}),
        **({"parts": parts} if parts else {}),
    }


def _provenance(
    report: Report, language: Language, outputs: Mapping[str, str]
) -> dict[str, object]:
    record = report.provenance
    return {
        "version": record.version,
        "libraries": dict(record.libraries),
        "seed": record.seed,
        "day": record.day,
        "language": language,
        "rulebook": dict(record.rulebook),
        "rulebook_origin": record.origin,
        "inputs": {source.name: source.sha256 for source in record.inputs},
        "outputs": dict(outputs),
        "deterministic": record.deterministic,
        "seconds": {stage: round(seconds, 3) for stage, seconds in record.seconds.items()},
    }


def _said(phrase: Message | None, language: Language) -> str | None:
    return None if phrase is None else phrase.in_(language)


def check_to_json(checked: Checked, language: Language) -> str:
    """The check as JSON text that a person can read."""
    return laid_out(check_to_plain(checked, language))


def check_to_plain(checked: Checked, language: Language) -> dict[str, object]:
    """The check as plain values: the keys of the report, and its own before the findings."""
    plain = to_plain(checked.report, language)
    findings, provenance = plain.pop("findings"), plain.pop("provenance")
    return {
        **plain,
        "usable": checked.usable,
        "columns": [{"header": line.header, "trait": line.trait} for line in checked.columns],
        "missing": list(checked.missing),
        "rows_set_aside": [
            {
                "row": line.row,
                "merged_into": line.merged_into,
                "reason": line.reason.in_(language),
            }
            for line in checked.rows
        ],
        "findings": findings,
        "provenance": provenance,
    }
