"""How rosters are read for a run, and which rulebook holds for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from vermegroup.app.group_facts import Facts, facts_for
from vermegroup.app.move_calls import Call
from vermegroup.app.plans import by_its_rules, notices_of, told_of
from vermegroup.app.privacy.how import How, Openly
from vermegroup.app.recorded import inputs_of
from vermegroup.app.recorded_rulebook import recorded_rulebook
from vermegroup.app.references import resolved
from vermegroup.app.removed_members import with_removed
from vermegroup.domain.design import DrawRequest
from vermegroup.domain.findings import Finding, RulebookError, Severity
from vermegroup.domain.grouping import Grouping
from vermegroup.domain.outcome import Outcome
from vermegroup.domain.problem import Problem, problem_of
from vermegroup.domain.rulebook import Rulebook
from vermegroup.domain.split import unused_parts
from vermegroup.intake.files.readings import GROUPS, ROSTER, is_there, readings
from vermegroup.intake.files.readings import RECORD as RECORDED
from vermegroup.intake.files.source import STANDARD_INPUT, Given, named
from vermegroup.intake.pair_weights import read_named_weights
from vermegroup.intake.people.membership import Meant
from vermegroup.intake.pipeline import Look, ReadOptions, look_at, read_named
from vermegroup.judge.several_groups import in_best_seats
from vermegroup.language.messages import _
from vermegroup.report.build import build_report, provenance_of
from vermegroup.report.folder import RECORD, provenance_in
from vermegroup.report.report import Input, RecordedCall, Report
from vermegroup.rulebooks.read import (
    default_rulebook,
    read_profile,
    rulebook_from_file,
)


def look_for(file: Given, rulebook: Rulebook, how: How, role: str = ROSTER) -> Look:
    """Look at a file as the caller asked, at a roster or, in another ``role``, at a grouping."""
    return look_at(file, ReadOptions(rulebook, how.sheet, how.columns, how.day), role)


def naming(how: How) -> Openly:
    """What calls people as the caller asked: by their names, or by pseudonyms."""
    if how.key is None:
        return Openly()
    from vermegroup.app.privacy.pseudonyms import pseudonyms  # noqa: PLC0415

    return pseudonyms(how, how.key)


@dataclass(frozen=True, slots=True)
class RulebookChoice:
    """What the caller asked for: a rules file or a profile, and a number of groups.

    Or a rulebook that is there already, as a ``book``. ``draw`` leaves which of many groupings it
    is to chance.
    """

    rules: Path | None = None
    profile: str | None = None
    groups: int | None = None
    book: Rulebook | None = None
    draw: DrawRequest | None = None

    def options(self) -> tuple[str, ...]:
        """The same rulebook, as options of a call; without the number of groups."""
        rules = () if self.rules is None else ("--rules", str(self.rules))
        return rules if self.profile is None else (*rules, "--profile", self.profile)

    def arguments(self) -> dict[str, object]:
        """The rulebook, the number of groups and what is drawn, as arguments that are recorded."""
        drawn = {} if self.draw is None else self.draw.arguments()
        return {**self.rulebook(), "group_count": self.groups, **drawn}

    @classmethod
    def told(cls, told: Mapping[str, Any]) -> RulebookChoice:
        """The choice of a call that was recorded with these arguments."""
        rules = told.get("rules")
        rules = None if rules is None else Path(rules)
        return cls(
            rules,
            told.get("profile"),
            told.get("group_count"),
            told.get("book"),
            DrawRequest.told(told),
        )

    def rulebook(self) -> dict[str, object]:
        """The rulebook alone, as arguments of a call that is recorded.

        One that was there already is ``given``: the record tells all of it elsewhere.
        """
        given = None if self.book is None else True
        return {"rules": self.rules, "profile": self.profile, "given": given}


def refuse_in_groups(rulebook: Rulebook, command: str) -> None:
    """Raise RulebookError where people may be in several groups, and a command does not know it."""
    if not rulebook.several_groups:
        return
    message = _("{command} does not know people in several groups yet", command=command)
    hint = _("Form the groups anew with form, or take in_groups out of the rulebook")
    raise RulebookError(
        [Finding(Severity.ERROR, message, rulebook.origin, column="in_groups", hint=hint)]
    )


def read_rulebook(path: Path) -> Rulebook:
    """Read a rules file. Raises RulebookError with every fault that was found in it."""
    return rulebook_from_file(path, read_named, read_named_weights)


def chosen(choice: RulebookChoice) -> Rulebook:
    """The rulebook asked for, or the default one.

    Raises:
        RulebookError: with every fault found, or because both were asked for.
    """
    if choice.rules is not None and choice.profile is not None:
        raise RulebookError([_BOTH])
    if choice.book is not None:
        rulebook = choice.book
    elif choice.rules is not None:
        rulebook = read_rulebook(choice.rules)
    elif choice.profile is not None:
        rulebook = read_profile(choice.profile)
    else:
        rulebook = default_rulebook()
    return rulebook if choice.groups is None else _with_count(rulebook, choice.groups)


def chosen_for(groups_file: str, choice: RulebookChoice) -> Rulebook:
    """The rulebook asked for, or else the one that the groups were formed under."""
    record = Path(groups_file).parent / RECORD
    asked = (choice.rules, choice.profile, choice.book) != (None, None, None)
    if asked or groups_file == STANDARD_INPUT or not is_there(record, RECORDED):
        return chosen(choice)
    rulebook = recorded_rulebook(record)
    return rulebook if choice.groups is None else _with_count(rulebook, choice.groups)


def with_columns(rulebook: Rulebook, headers: Mapping[str, str | tuple[str, ...]]) -> Rulebook:
    """The rulebook with the caller's choice of columns, which then travels with the groups."""
    if not headers:
        return rulebook
    columns = {**rulebook.columns, **headers}
    return replace(rulebook, columns=columns)


def day_of(groups_file: str) -> date | None:
    """The day that counted as today when the groups were formed, if a record tells it."""
    if groups_file == STANDARD_INPUT:
        return None
    try:
        return date.fromisoformat(provenance_in(Path(groups_file).parent / RECORD)["day"])
    except (ValueError, KeyError, TypeError):
        return None


@dataclass(frozen=True, slots=True)
class ReadGroups:
    """A grouping that was read, with the rules it is judged by, and whom a call may mean.

    The plan of a meeting is judged by the rules for meetings; ``lasting`` has those of the
    permanent groups. ``names`` are what the file calls the groups, in the order of the grouping's
    own. ``call`` tells how another command reads the same, and ``inputs`` are all files read.
    """

    look: Look
    lasting: Problem
    problem: Problem
    grouping: Grouping
    meant: Meant
    names: tuple[str, ...]
    how: How
    call: Call
    facts: Facts
    inputs: tuple[Input, ...]

    def report(
        self, outcome: Outcome, asked: RecordedCall, noticed: tuple[Finding, ...] = ()
    ) -> Report:
        """The report of the grouping, or of one that was made of it as somebody ``asked``."""
        notices = (*self.lasting.notices(), *unused_parts(self.lasting))
        findings = (*notices_of(self.look), *self.look.remarks(), *noticed, *notices)
        day = self.how.today.isoformat()
        provenance = provenance_of(outcome, None, self.inputs, asked, day)
        report = build_report(outcome, findings, provenance, judged=True)
        meeting = told_of(self.lasting, outcome.grouping or self.grouping, self.look)
        return replace(report, meeting=meeting)


def read_groups(given: Given, choice: RulebookChoice, how: How, names: Openly) -> ReadGroups:
    """Read a grouping and the rulebook that holds for it.

    Raises:
        InputError: the grouping or the rulebook cannot be read; with every finding.
    """
    groups_file = named(given)
    options = _options(choice, how)
    with readings() as read:
        rulebook = with_columns(chosen_for(groups_file, choice), how.columns)
        how = how.dated(day_of(groups_file))
        look = with_removed(look_for(given, rulebook, how, GROUPS), groups_file)
        look, rulebook = resolved(look, rulebook, names)
        look.participants()
        assert look.people is not None  # they are read with the roster, and so is the grouping
        assert look.grouping is not None
        meant = Meant(look.people.persons, look.people.gone)
        called = look.grouping.names
        facts = facts_for(how.group_facts, groups_file, look.people, names)
    look = names.look(look, rulebook)
    rulebook = names.rulebook(rulebook)
    assert look.grouping is not None
    lasting = problem_of(look.participants(), rulebook, look.grouping)
    problem = by_its_rules(lasting, look)
    call = Call(groups_file, options, again=groups_file != "-" and names.open)
    return ReadGroups(
        look,
        lasting,
        problem,
        in_best_seats(problem, look.grouping),
        meant,
        called,
        how,
        call,
        facts,
        inputs_of(read, names),
    )


def _options(choice: RulebookChoice, how: How) -> tuple[str, ...]:
    """The options by which another command reads groups in the same way."""
    return (*choice.options(), *how.options())


def _with_count(rulebook: Rulebook, count: int) -> Rulebook:
    if rulebook.split is not None:
        raise RulebookError([_count_of_parts(rulebook)])
    spec = replace(rulebook.groups, fewest=count, most=count)
    return replace(rulebook, groups=spec)


def _count_of_parts(rulebook: Rulebook) -> Finding:
    return Finding(
        Severity.ERROR,
        _("--groups gives one number, but this rulebook forms the groups of each part apart"),
        file=rulebook.origin,
        column="split_by",
        hint=_(
            "Write the number into the rulebook, under the part: leader: {{groups: {{count: 3}}}}"
        ),
    )


_BOTH = Finding(
    Severity.ERROR,
    _("--rules and --profile were both given"),
    hint=_("Choose one of them"),
)
