"""Each part of a split roster forms its groups apart, and one answer tells of them all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.answers import report_of
from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.findings import Severity
from vermegroup.domain.grouping import Grouping, grouping_of
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.domain.split import parts_in, parts_of, unused_parts
from vermegroup.judge.auditor import audit, judged
from vermegroup.report.summary import summary
from vermegroup.report.to_json import to_plain
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

RULEBOOK = """
split_by: municipality
groups: {size: 3-5, prefer: 4}
rules: [{include: {experience: new, at_least: 1}}, place_everyone]
preferences: [{spread: years}]
parts:
  SALO: {groups: {size: 2}, rules: [place_everyone]}
"""
# Turku 8, Salo 6, Oulu 7.
PEOPLE = [
    Person(town, years)
    for town, count in (("Turku", 8), ("Salo", 6), ("Oulu", 7))
    for years in range(0, 3 * count, 3)
]


@pytest.fixture(scope="module")
def formed() -> Outcome:
    return form(problem_from(PEOPLE, RULEBOOK))


def moved(outcome: Outcome, person: int, group: int) -> Grouping:
    assert outcome.grouping is not None
    group_of = outcome.grouping.group_of.copy()
    group_of[person] = group
    return replace(outcome.grouping, group_of=group_of)


def first_of(outcome: Outcome, town: str) -> int:
    """The index of a town's first group."""
    assert outcome.grouping is not None
    part = next(part for part in outcome.parts if part.value == town)
    assert part.outcome.grouping is not None
    return outcome.grouping.names.index(part.outcome.grouping.names[0])


def test_the_parts_hold_everyone_once_those_of_the_rulebook_first() -> None:
    parts = parts_of(problem_from(PEOPLE, RULEBOOK))
    assert [(part.value, len(part.people)) for part in parts] == [
        ("Salo", 6),
        ("Oulu", 7),
        ("Turku", 8),
    ]
    assert sorted(np.concatenate([part.people for part in parts])) == list(range(len(PEOPLE)))
    assert all(len(part.problem.roster) == len(part.people) for part in parts)


def test_everyone_is_placed_once_with_their_own(formed: Outcome) -> None:
    assert formed.verdict is Verdict.FORMED
    assert formed.proven
    assert formed.grouping is not None
    for group in range(formed.grouping.groups):
        assert len({PEOPLE[p].municipality for p in formed.grouping.members(group)}) == 1
    assert not len(formed.grouping.waitlist())


def test_group_ids_run_on_over_the_parts(formed: Outcome) -> None:
    assert formed.grouping is not None
    names = [
        name
        for part in formed.parts
        if part.outcome.grouping is not None
        for name in part.outcome.grouping.names
    ]
    assert tuple(names) == formed.grouping.names == tuple(f"G{n:02d}" for n in range(1, 8))


def test_each_part_is_formed_by_its_own_rulebook(formed: Outcome) -> None:
    sizes = {
        part.value: set(part.outcome.grouping.seating().sizes())
        for part in formed.parts
        if part.outcome.grouping is not None
    }
    assert sizes == {"Salo": {2}, "Oulu": {3, 4}, "Turku": {4}}


def test_a_part_is_formed_as_it_would_be_alone(formed: Outcome) -> None:
    alone = form(parts_of(problem_from(PEOPLE, RULEBOOK))[2].problem)
    split = formed.parts[2].outcome
    assert [s.value for s in alone.preferences] == [s.value for s in split.preferences]


def test_what_is_formed_passes_the_audit_as_a_whole(formed: Outcome) -> None:
    assert formed.grouping is not None
    judgement = audit(formed.problem, formed.grouping)
    assert judgement.valid
    assert [part.value for part in judgement.parts] == ["Salo", "Oulu", "Turku"]


def test_a_mixed_group_breaks_the_split_and_names_who_is_out_of_place(formed: Outcome) -> None:
    mixed = moved(formed, 0, first_of(formed, "Oulu"))  # the first of Turku's
    judgement = audit(formed.problem, mixed)
    assert not judgement.valid
    (standing,) = judgement.rules
    assert standing.rule.kind == "split_by"
    assert [breach.people for breach in standing.breaches] == [(0,)]


def test_a_mixed_group_is_judged_whole_by_the_part_of_most_of_its_members(formed: Outcome) -> None:
    mixed = moved(formed, 0, first_of(formed, "Oulu"))
    parts = {part.value: (part, grouping) for part, grouping in parts_in(formed.problem, mixed)}
    part, grouping = parts["Oulu"]
    assert 0 in part.people
    assert grouping.groups == 2
    assert sum(len(part.people) for part, _ in parts.values()) == len(PEOPLE)


def test_a_breach_within_a_part_names_the_groups_own_id(formed: Outcome) -> None:
    pair = first_of(formed, "Salo")
    third = int(np.flatnonzero(formed.grouping.group_of == pair + 1)[0])  # type: ignore[union-attr]
    report = report_of(judged(formed.problem, moved(formed, third, pair), 0.0), hand=True)
    broken = [(line.kind, v.group) for line in report.rules for v in line.violations]
    assert broken == [("size", "G01"), ("size", "G02")]
    assert [group.id for group in report.groups if group.rules_broken] == ["G01", "G02"]


def test_a_part_that_waits_whole_is_judged_too(formed: Outcome) -> None:
    group_of = np.array([0, 1] * 4 + [-1] * 13)
    judgement = audit(formed.problem, grouping_of(group_of))
    waiting = {part.value: part.audit.valid for part in judgement.parts}
    assert waiting == {"Salo": False, "Oulu": False, "Turku": True}


def test_where_nobody_is_placed_every_part_waits(formed: Outcome) -> None:
    judgement = audit(formed.problem, grouping_of(np.full(len(PEOPLE), -1)))
    assert [part.audit.valid for part in judgement.parts] == [False] * 3


def test_an_impossible_part_is_named_and_the_others_are_answered() -> None:
    outcome = form(problem_from(PEOPLE[:-4], RULEBOOK.replace("size: 2", "size: 4")))
    assert outcome.verdict is Verdict.IMPOSSIBLE
    assert outcome.grouping is None
    assert outcome.because is not None
    assert str(outcome.because).startswith("Salo: 6 people")
    verdicts = {part.value: part.outcome.verdict for part in outcome.parts}
    assert verdicts == {
        "Salo": Verdict.IMPOSSIBLE,
        "Oulu": Verdict.FORMED,
        "Turku": Verdict.FORMED,
    }
    lines = {str(line.part): str(line.sentence) for line in report_of(outcome).parts}
    assert lines["Turku"] == "8 people can form 2 groups."


def test_several_impossible_parts_are_all_named() -> None:
    outcome = form(problem_from(PEOPLE[:16], RULEBOOK.replace("size: 2", "size: 4")))
    assert outcome.because is not None
    assert str(outcome.because).endswith("nor is it possible for Oulu")


def test_without_time_the_answer_is_open() -> None:
    people = [Person(f"Town {n % 2}", n % 9) for n in range(60)]
    book = "split_by: municipality\nrules: [{include: {experience: new, exactly: 2}}]"
    outcome = form(problem_from(people, book), Limits(seconds=0.0))
    assert outcome.verdict in {Verdict.UNDECIDED, Verdict.FORMED}
    if outcome.verdict is Verdict.UNDECIDED:
        assert not outcome.deterministic


def test_the_report_tells_the_part_of_every_line(formed: Outcome) -> None:
    plain = to_plain(report_of(formed), "en")
    parts = {"Salo", "Oulu", "Turku"}
    assert {line["part"] for line in plain["parts"]} == parts  # type: ignore[attr-defined]
    for key in ("groups", "preferences", "group_counts"):
        assert {line["part"] for line in plain[key]} == parts  # type: ignore[attr-defined]
    whole, *others = plain["rules"]  # type: ignore[misc]
    assert whole["kind"] == "split_by"
    assert "part" not in whole
    assert {line["part"] for line in others} == parts


def test_a_part_that_nobody_belongs_to_is_a_warning() -> None:
    (finding,) = unused_parts(problem_from(PEOPLE, RULEBOOK + "  Kemi:\n"))
    assert finding.severity is Severity.WARNING
    assert finding.value == "Kemi"


def test_bands_may_split_a_roster() -> None:
    outcome = form(problem_from(PEOPLE, "split_by: experience\ngroups: {size: 2-5}"))
    assert outcome.verdict is Verdict.FORMED
    assert {part.value for part in outcome.parts} == {"new", "mid", "experienced"}


SMALL = [*PEOPLE[:8], Person("Kemi", 1), Person("Kemi", 2)]
MAY_WAIT = "split_by: municipality\npreferences: [place_everyone]"


def test_a_part_without_a_possible_group_waits_where_the_rulebook_lets_it() -> None:
    outcome = form(problem_from(SMALL, MAY_WAIT))
    assert outcome.verdict is Verdict.FORMED
    assert outcome.proven
    assert outcome.grouping is not None
    assert list(outcome.grouping.waitlist()) == [8, 9]
    sentences = {str(line.part): str(line.sentence) for line in report_of(outcome).parts}
    assert sentences["Kemi"] == "2 people in the queue: too few for a group."
    assert judged(outcome.problem, outcome.grouping, 0.0).verdict is Verdict.FORMED


def test_where_every_part_would_wait_nothing_is_formed() -> None:
    outcome = form(problem_from(SMALL[8:], MAY_WAIT))
    assert outcome.verdict is Verdict.IMPOSSIBLE
    assert outcome.grouping is None


def test_of_many_parts_the_summary_tells_those_that_wait() -> None:
    people = [Person(f"Town {n:02d}", n % 7) for n in range(12) for _ in range(2 + n % 2)]
    report = report_of(form(problem_from(people, MAY_WAIT)))
    shown = summary(report, "en")
    (parts,) = (section for section in shown.sections if section.title == "Parts formed apart")
    assert [item.text[:8] for item in parts.items] == [f"Town {n:02d}:" for n in range(0, 12, 2)]
    (waiting,) = (section for section in shown.sections if section.title == "In the queue")
    ((_, members),) = waiting.rows
    assert "SYN-001 Town 00" in members


@pytest.mark.parametrize(
    ("sizes", "entry"),
    [
        ("2-3", "together: [[SYN-001, SYN-002], [SYN-003, SYN-004]]"),
        ("2", "together: [SYN-001, SYN-002, SYN-003]"),
        ("2", "pin: {SYN-001: G01, SYN-002: G01, SYN-003: G01}"),
    ],
)
def test_people_named_in_one_part_take_no_room_in_another(sizes: str, entry: str) -> None:
    people = [Person(town, 1) for town in ("Turku",) * 4 + ("Salo",) * 2]
    book = f"""
split_by: municipality
groups: {{size: 2-4}}
rules: [{{{entry}}}, place_everyone]
parts: {{Salo: {{groups: {{size: {sizes}}}}}}}
"""
    assert form(problem_from(people, book)).verdict is Verdict.FORMED
