"""``report.json``, version 1.

A large roster has hundreds of thousands. So what stands in a column is made text once, column by
column, and a group is put together from slices of these texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from json.encoder import encode_basestring

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Rebalance
from vermegroup.domain.one_meeting import OneMeeting
from vermegroup.domain.outcome import Conflict, Repair, Verdict
from vermegroup.domain.plan import Reserve
from vermegroup.language.catalogues import Language
from vermegroup.language.legible import utf8
from vermegroup.language.messages import Message
from vermegroup.report.check_text import Checked
from vermegroup.report.findings_json import SCHEMA, findings_plain
from vermegroup.report.groups import FRAGILE, NOT_JUDGED, SAFE, Groups, slices
from vermegroup.report.meeting_text import lack_line
from vermegroup.report.report import (
    Amount,
    PartialLine,
    PartLine,
    PreferenceLine,
    Provenance,
    Report,
    RoundLine,
    RoundLines,
    RuleLine,
    Violation,
)

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_FRAGILE = {FRAGILE: "true", SAFE: "false", NOT_JUDGED: "null"}
_AT_ONCE = 4_096


@dataclass(frozen=True, slots=True)
class Encoded:
    """A list of values, each as JSON text; to be gone through once."""

    items: Iterable[str]


def encoded(value: object) -> str:
    """A plain value as JSON text on one line."""
    return _ENCODER.encode(value)


def group_lines(report: Report, language: Language) -> Encoded:
    """Each group with its members, what each of them is, and whose absence would break it."""
    groups, ids = report.groups, list(map(encode_basestring, report.members.ids))
    columns = zip(
        map(encode_basestring, groups.ids),
        _parts(groups, language),
        _each(ids, groups.slices()),
        map(_FRAGILE.__getitem__, groups.state.tolist()),
        _needs(groups, ids),
        np.diff(groups.ends).tolist(),
        _common(groups),
        _facts(groups),
        _traits(report),
        strict=True,
    )
    return Encoded(
        f'{{"id": {id_}{part}, "members": [{members}], "fragile": {fragile}, {needs}, '
        f'"size": {size}{common}{facts}, "traits": {{{traits}}}}}'
        for id_, part, members, fragile, needs, size, common, facts, traits in columns
    )


def _each(texts: list[str], slices: Iterable[slice]) -> Iterator[str]:
    """The texts of each slice, one after the other."""
    return map(", ".join, map(texts.__getitem__, slices))


def _traits(report: Report) -> Iterable[str]:
    """The traits of each group's members, by their names."""
    traits, slices = report.members.traits, list(report.groups.slices())
    if not traits:
        return [""] * len(slices)
    form = ", ".join(encoded(trait.name).replace("%", "%%") + ": [%s]" for trait in traits)
    columns = [_each(_texts(trait.values), slices) for trait in traits]
    return map(form.__mod__, zip(*columns, strict=True))


def _texts(values: Sequence[str] | Sequence[Amount]) -> list[str]:
    texts = {value: encoded(value) for value in set(values)}
    return list(map(texts.__getitem__, values))


def _parts(groups: Groups, language: Language) -> Iterable[str]:
    if not groups.parts:
        return [""] * len(groups)
    return [f', "part": {encoded(part.in_(language))}' if part else "" for part in groups.parts]


def _common(groups: Groups) -> Iterable[str]:
    if not groups.common:
        return [""] * len(groups)
    shared = map(groups.common.get, range(len(groups)))
    return [f', "common": {encoded(dict(values))}' if values else "" for values in shared]


def _facts(groups: Groups) -> Iterable[str]:
    """A group's name, leader and so on, under a key of their own."""
    if not groups.facts:
        return [""] * len(groups)
    told = map(groups.facts.get, range(len(groups)))
    return [f', "facts": {encoded(facts.plain())}' if facts else "" for facts in told]


def _needs(groups: Groups, ids: list[str]) -> list[str]:
    """Those without whom the group breaks; and those of each rule, by its place in ``rules``."""
    would_break = [""] * len(groups)
    for each in groups.reliances:
        if len(each.seats):
            needs = _seated(each.seats, each.ends, ids)
            before = f'{{"rule": {each.rule}, "needs": ['
            would_break = [
                f"{told}{', ' if told else ''}{before}{some}]}}" if some else told
                for told, some in zip(would_break, needs, strict=True)
            ]
    needs = _seated(*groups.needs(), ids)
    return [
        f'"needs": [{some}], "would_break": [{told}]' if told else '"needs": []'
        for some, told in zip(needs, would_break, strict=True)
    ]


def _seated(seats: IntArray, ends: IntArray, ids: list[str]) -> Iterator[str]:
    """Who sits in each group's share of some seats."""
    return _each(list(map(ids.__getitem__, seats.tolist())), slices(ends))


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
        "left": [
            {"participant": gone.person, "from": gone.group, "members_now": gone.now}
            for gone in rebalance.departures
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
                **line.plain_values(),
            }
            for line in rebalance.compared
        ],
        "remarks": [remark.in_(language) for remark in rebalance.remarks],
    }


def meeting_plain(meeting: OneMeeting | None, language: Language) -> dict[str, object]:
    """The day of a meeting, who is absent or a visitor, and the groups; nothing without one."""
    if meeting is None:
        return {}
    return {
        "meeting": {
            "date": meeting.day.isoformat() if meeting.day else None,
            "absent": [{"participant": each.person, "group": each.home} for each in meeting.absent],
            "waiting": [each.person for each in meeting.waiting],
            "not_meeting": [
                {
                    "group": name,
                    "members": [{"participant": each.person, "to": each.group} for each in members],
                }
                for name, members in meeting.not_meeting.items()
            ],
            "visitors": [
                {"participant": each.person, "from": each.home, "to": each.group}
                for each in meeting.visitors.values()
            ],
            "without": [
                {
                    "group": lack.group,
                    "kind": lack.kind,
                    "absent": [each.person for each in lack.absent],
                    "sentence": lack_line(lack, by_name=False).in_(language),
                }
                for lack in meeting.lacks
            ],
            "permanent_groups": [
                {"id": name, "members": [each.person for each in members]}
                for name, members in meeting.permanent.items()
            ],
        }
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


def _groups(report: Report, language: Language) -> list[object]:
    """The groups as plain values."""
    return list(map(json.loads, group_lines(report, language).items))


def _round(line: RoundLine, language: Language) -> dict[str, object]:
    report = line.report
    return {
        "round": line.number,
        "fixed": line.fixed,
        "groups": _groups(report, language),
        "waitlist": list(report.members.ids[report.waitlist.seats]),
        "rules": [_rule(rule, language) for rule in report.rules],
        "preferences": [_preference(told, language) for told in report.preferences],
    }


def to_plain(
    report: Report, language: Language, outputs: Mapping[str, str] | None = None
) -> dict[str, object]:
    """The report as plain values. ``outputs`` leads from a written file to its SHA-256."""
    plain = _plain(report, language, outputs or {})
    return {**plain, "groups": _groups(report, language)}


def to_json(report: Report, language: Language, outputs: Mapping[str, str] | None = None) -> bytes:
    """The report as JSON text that a person can read: a line for each group, rule and finding.

    In UTF-8.
    """
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
        **meeting_plain(report.meeting, language),
        **rounds_plain(report.rounds, language),
        **({"draw": report.draw.plain()} if report.draw else {}),
        "findings": findings_plain(report.findings, language),
        "provenance": provenance_plain(report, language, outputs),
    }


def laid_out(plain: Mapping[str, object]) -> bytes:
    """Plain values as JSON text in UTF-8, each item of each list on a line of its own.

    What is JSON text already is taken as it is.
    """
    texts = _texts_of(plain)
    # Some at a time: a letter beyond Latin-1 doubles the memory of all that is in one text with it.
    some = iter(lambda: "".join(islice(texts, _AT_ONCE)), "")
    written = BytesIO()
    written.writelines(map(utf8, some))
    return written.getvalue()


def _texts_of(plain: Mapping[str, object]) -> Iterator[str]:
    before = "{\n"
    for key, value in plain.items():
        yield f'{before}  "{key}": '
        yield from _laid_out(value)
        before = ",\n"
    yield "\n}\n"


def _laid_out(value: object) -> Iterator[str]:
    items: Iterable[str]
    if isinstance(value, Encoded):
        items, brackets = value.items, "[]"
    elif isinstance(value, list):
        items, brackets = map(encoded, value), "[]"
    elif isinstance(value, dict):
        items, brackets = (f"{encoded(key)}: {encoded(item)}" for key, item in value.items()), "{}"
    else:
        yield encoded(value)
        return
    before = f"{brackets[0]}\n    "
    after = brackets
    for item in items:
        yield f"{before}{item}"
        before, after = ",\n    ", f"\n  {brackets[1]}"
    yield after


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
        **({"command": line.command} if line.command else {}),
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
                **_having(reserve),
                "sentence": reserve.people.in_(language),
            }
            for line in report.edges
            for reserve in line.reserves
        ],
    }


def _having(reserve: Reserve) -> dict[str, object]:
    """The trait and the value of those who are counted, as a rulebook has them."""
    return next(({"trait": trait, "value": value} for trait, value in reserve.having.items()), {})


def _rule(rule: RuleLine, language: Language) -> dict[str, object]:
    return {
        "kind": rule.kind,
        "entry": rule.entry,
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
        "entry": line.entry,
        **_of_part(line.part, language),
        "sentence": line.sentence.in_(language),
        "value": line.value,
        "bound": line.bound,
        "proven": line.proven,
        "told": line.in_words.in_(language) if line.in_words else None,
        **({"for_groups": line.for_groups} if line.for_groups else {}),
        **({"parts": parts} if parts else {}),
    }


def provenance_plain(
    report: Report, language: Language, outputs: Mapping[str, str] | None = None
) -> dict[str, object]:
    """How a report came about, with the SHA-256 of each file that was written."""
    record = report.provenance
    return {
        "version": record.version,
        "libraries": dict(record.libraries),
        "seed": record.seed,
        "day": record.day,
        "language": language,
        "rulebook": dict(record.rulebook),
        "rulebook_origin": record.origin,
        "call": _call(record),
        "inputs": [
            {"role": each.role, "path": each.path, "sha256": each.sha256} for each in record.inputs
        ],
        **_rulebook_files(record),
        "outputs": dict(outputs or {}),
        "deterministic": record.deterministic,
    }


def _rulebook_files(record: Provenance) -> dict[str, object]:
    """What the files say of people that the rulebook names; nothing where it names none."""
    files: list[dict[str, object]] = [
        {"name": each.file, "sha256": each.sha256, "groups": list(map(list, each.groups))}
        for each in record.earlier
    ]
    files += [
        {
            "name": each.file,
            "sha256": each.sha256,
            "ticks_per_unit": each.per_unit,
            "pairs": list(map(list, each.pairs)),
        }
        for each in record.weights
    ]
    return {"rulebook_files": files} if files else {}


def _call(record: Provenance) -> dict[str, object] | None:
    """What the run was asked for."""
    call = record.call
    if call is None:
        return None
    return {
        "command": call.command,
        "arguments": dict(call.arguments),
        "day": record.day,
        "sheet": call.sheet,
        "columns": dict(call.columns),
        "effort": call.arguments.get("effort"),
        "pseudonymised": call.key_id is not None,
        "key_id": call.key_id,
    }


def timings_to_json(report: Report) -> bytes:
    """The seconds that each stage took, which differ between equal runs."""
    seconds = report.provenance.seconds.items()
    plain = {stage: round(taken, 3) for stage, taken in seconds}
    return laid_out({"schema": SCHEMA, "seconds": plain})


def _said(phrase: Message | None, language: Language) -> str | None:
    return None if phrase is None else phrase.in_(language)


def _check_verdict(checked: Checked) -> str:
    """What a check says: nothing is formed yet."""
    if not checked.usable:
        return "refused"
    verdict = checked.report.verdict
    return "possible" if verdict is Verdict.FORMED else verdict.value


def check_to_json(checked: Checked, language: Language) -> bytes:
    """The check as JSON text that a person can read, in UTF-8."""
    return laid_out(check_to_plain(checked, language))


def check_to_plain(checked: Checked, language: Language) -> dict[str, object]:
    """The check as plain values: the keys of the report, and its own before the findings."""
    plain = to_plain(checked.report, language)
    findings, provenance = plain.pop("findings"), plain.pop("provenance")
    return {
        **plain,
        "verdict": _check_verdict(checked),
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
