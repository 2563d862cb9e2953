"""How rosters are read for a run, and which rulebook holds for it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from vermegroup.app.edits import Call
from vermegroup.app.group_facts import Facts, facts_for
from vermegroup.app.plans import by_its_rules, notices_of, told_of
from vermegroup.app.privacy.how import How, Openly
from vermegroup.app.references import resolved
from vermegroup.app.removed_members import with_removed
from vermegroup.domain.findings import Finding, RulebookError, Severity
from vermegroup.domain.grouping import Grouping
from vermegroup.domain.outcome import Outcome
from vermegroup.domain.problem import Problem, problem_of
from vermegroup.domain.rulebook import Rulebook
from vermegroup.domain.split import unused_parts
from vermegroup.intake.files.source import STANDARD_INPUT, Given, named
from vermegroup.intake.pair_weights import read_named_weights
from vermegroup.intake.people.membership import Meant
from vermegroup.intake.pipeline import Look, ReadOptions, look_at, read_named
from vermegroup.judge.several_groups import in_best_seats
from vermegroup.language.messages import _
from vermegroup.report.build import build_report, provenance_of
from vermegroup.report.folder import RECORD, provenance_in
from vermegroup.report.report import Input, Report
from vermegroup.rulebooks.read import (
    default_rulebook,
    read_profile,
    rulebook_from_file,
    rulebook_from_text,
)
from vermegroup.rulebooks.write import rulebook_text


def look_for(file: Given, rulebook: Rulebook, how: How, *, grouped: bool = False) -> Look:
    """Look at a file as the caller asked; with ``grouped``, at a grouping."""
    return look_at(file, ReadOptions(rulebook, how.sheet, how.columns, how.day), grouped=grouped)


def naming(how: How) -> Openly:
    """What calls people as the caller asked: by their names, or by pseudonyms."""
    if how.key is None:
        return Openly()
    from vermegroup.app.privacy.pseudonyms import pseudonyms  # noqa: PLC0415

    return pseudonyms(how, how.key)


@dataclass(frozen=True, slots=True)
class RulebookChoice:
    """What the caller asked for: a rules file or a profile, and a number of groups.

    Or a rulebook that is there already, as a ``book``.
    """

    rules: Path | None = None
    profile: str | None = None
    groups: int | None = None
    book: Rulebook | None = None

    def options(self) -> tuple[str, ...]:
        """The same rulebook, as options of a call; without the number of groups."""
        rules = () if self.rules is None else ("--rules", str(self.rules))
        return rules if self.profile is None else (*rules, "--profile", self.profile)


def refuse_in_groups(rulebook: Rulebook, command: str) -> None:
    """Raise RulebookError where people may be in several groups, and a command does not know it."""
    if not rulebook.several_groups:
        return
    message = _("{command} does not know people in several groups yet", command=command)
    hint = _("Form the groups anew with form, or take in_groups out of the rulebook")
    raise RulebookError(
        [Finding(Severity.ERROR, message, rulebook.origin, column="in_groups", hint=hint)]
    )


def rules_input(rulebook: Rulebook) -> tuple[Input, ...]:
    """The rules file, as one of the files that were read, if there is one."""
    file = Input(Path(rulebook.origin).name, rulebook.sha256)
    return (file,) if rulebook.sha256 else ()


def earlier_inputs(rulebook: Rulebook) -> tuple[Input, ...]:
    """The files that the rulebook names, as files that were read: earlier groups, pairs."""
    groups = (Input(earlier.file, earlier.sha256) for earlier in rulebook.earlier())
    pairs = (Input(weights.file, weights.sha256) for weights in rulebook.pair_weights())
    return (*groups, *pairs)


def inputs_of(rulebook: Rulebook) -> tuple[Input, ...]:
    """All files that the rulebook was read from."""
    return (*rules_input(rulebook), *earlier_inputs(rulebook))


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
    if asked or groups_file == "-" or not os.path.isfile(record):
        return chosen(choice)
    rulebook = _recorded(record)
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
    own. ``call`` tells how another command reads the same.
    """

    look: Look
    lasting: Problem
    problem: Problem
    grouping: Grouping
    meant: Meant
    names: tuple[str, ...]
    day: str
    call: Call
    facts: Facts

    def report(self, outcome: Outcome, noticed: tuple[Finding, ...] = ()) -> Report:
        """The report of the grouping, or of one that was made of it."""
        notices = (*self.lasting.notices(), *unused_parts(self.lasting))
        findings = (*notices_of(self.look), *self.look.remarks(), *noticed, *notices)
        tables, inputs = (self.problem.roster.table,), inputs_of(self.lasting.rulebook)
        provenance = provenance_of(outcome, None, tables, inputs, self.day)
        report = build_report(outcome, findings, provenance, judged=True)
        meeting = told_of(self.lasting, outcome.grouping or self.grouping, self.look)
        return replace(report, meeting=meeting)


def read_groups(given: Given, choice: RulebookChoice, how: How, names: Openly) -> ReadGroups:
    """Read a grouping and the rulebook that holds for it.

    Raises:
        InputError: the grouping or the rulebook cannot be read; with every finding.
    """
    groups_file = named(given)
    rulebook = with_columns(chosen_for(groups_file, choice), how.columns)
    how = replace(how, day=day_of(groups_file) or how.day)
    look = with_removed(look_for(given, rulebook, how, grouped=True), groups_file)
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
    problem, day = by_its_rules(lasting, look), how.day.isoformat()
    call = Call(groups_file, _options(choice, how), again=groups_file != "-" and names.open)
    return ReadGroups(
        look,
        lasting,
        problem,
        in_best_seats(problem, look.grouping),
        meant,
        called,
        day,
        call,
        facts,
    )


def _options(choice: RulebookChoice, how: How) -> tuple[str, ...]:
    """The options by which another command reads groups in the same way."""
    told = (("--rules", choice.rules), ("--profile", choice.profile), ("--sheet", how.sheet))
    columns = (("--column", f"{trait}={header}") for trait, header in how.columns.items())
    named = ((name, str(value)) for name, value in told if value is not None)
    return tuple(word for pair in (*named, *columns) for word in pair)


def _recorded(record: Path) -> Rulebook:
    try:
        text = rulebook_text(provenance_in(record)["rulebook"])
    except (ValueError, KeyError, RecursionError) as fault:
        raise RulebookError([_unreadable(record)]) from fault
    return rulebook_from_text(text, str(record), earlier=read_named, weights=read_named_weights)


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


def _unreadable(record: Path) -> Finding:
    return Finding(
        Severity.ERROR,
        _("This file should tell which rulebook holds, and cannot be read"),
        file=str(record),
        hint=_("Name a rulebook with --rules or --profile"),
    )


_BOTH = Finding(
    Severity.ERROR,
    _("--rules and --profile were both given"),
    hint=_("Choose one of them"),
)
