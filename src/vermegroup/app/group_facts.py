"""What is told of groups, read for a run: names, leaders, places and times.

They stand in ``group-facts.csv`` beside the groups, where the next run finds them, or in a file
that is named, which goes before it group by group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vermegroup.app.privacy.how import Openly
from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.group_facts import GroupFacts
from vermegroup.domain.roster import group_spelling
from vermegroup.intake.files.readings import FACTS as ROLE
from vermegroup.intake.files.readings import is_there
from vermegroup.intake.group_facts import FactsFile, read_group_facts
from vermegroup.intake.people.people import People
from vermegroup.intake.people.told import told_apart, write_one
from vermegroup.language.messages import N_, Message, N_several, _
from vermegroup.language.terms import first_of
from vermegroup.report.folder import FACTS


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of groups, the files they were read from, and what was noticed in these."""

    facts: tuple[GroupFacts, ...] = ()
    files: tuple[FactsFile, ...] = ()
    findings: tuple[Finding, ...] = ()

    def column(self, facts: GroupFacts, fact: str) -> str | None:
        """What the file of some facts calls one of them."""
        return next(
            (each.headers.get(fact) for each in self.files if each.file == facts.file), None
        )


def facts_for(
    named: Path | None, groups_file: str | None, people: People | None, names: Openly
) -> Facts:
    """The facts in a file that is named, and for all other groups those beside the groups.

    ``people`` are those who may lead a group, by their own names; what they are called in the
    results is said by ``names``.

    Raises:
        RosterError: a file cannot be read; with every fault found in it.
    """
    paths = [] if named is None else [named]
    beside = None if groups_file in (None, "-") else Path(str(groups_file)).parent / FACTS
    if beside is not None and is_there(beside, ROLE):
        paths.append(beside)
    files = tuple(map(read_group_facts, paths))
    found: dict[str, GroupFacts] = {}
    for file in files:
        for facts in file.facts:
            found.setdefault(group_spelling(facts.group), facts)
    read = Facts(tuple(found.values()), files, tuple(_noticed(files)))
    if not read.facts or people is None:
        return read
    return _with_leaders(read, people, names)


def with_those_of(facts: Facts, beside: Facts, same: Mapping[str, str]) -> Facts:
    """The facts, and those of replaced groups whose people are together in one of the ``same``.

    The others are told: they were said of other people.
    """
    called = {group_spelling(old): new for old, new in same.items()}
    told = {group_spelling(each.group) for each in facts.facts}
    stay, gone = [], []
    for each in beside.facts:
        name = called.get(group_spelling(each.group))
        if name is None:
            gone.append(each)
        elif group_spelling(name) not in told:
            stay.append(replace(each, group=name))
    findings = list(facts.findings)
    if gone := [each for each in gone if each.plain()]:
        groups = first_of([each.group + (f" ({each.name})" if each.name else "") for each in gone])
        message = _OF_OTHERS.filled(len(gone), groups=groups)
        findings.append(Finding(Severity.WARNING, message, beside.files[0].file, hint=_AGAIN))
    if not stay:
        return replace(facts, findings=tuple(findings))
    return Facts((*facts.facts, *stay), (*facts.files, *beside.files), tuple(findings))


def _noticed(files: Sequence[FactsFile]) -> Iterator[Finding]:
    for file in files:
        yield from file.ledger.findings()


def _with_leaders(read: Facts, people: People, names: Openly) -> Facts:
    """The facts with the ids of those who lead; without what names somebody, if that is asked."""
    called, findings, told = people.called(), list(read.findings), []
    for facts in read.facts:
        places = called.places(facts.leader) if facts.leader else ()
        led = facts
        if len(places) == 1:
            id_ = names.id(str(people.persons.ids[places[0]]))
            led = replace(facts, leader_id=id_, led_by=str(people.labels[places[0]]))
        elif len(places) > 1:
            hint = write_one([told_apart(people.persons, place) for place in places])
            findings.append(about(read, facts, _SEVERAL.filled(name=facts.leader), hint))
        told.append(led if names.open else _without_names(led))
    if not names.open:
        findings = [Finding(Severity.NOTICE, _LEFT_OUT)]
    return replace(read, facts=tuple(told), findings=tuple(findings))


def _without_names(facts: GroupFacts) -> GroupFacts:
    """The facts without what people wrote, which may be anybody's name."""
    return replace(
        facts, name="", theme="", place="", repeats="", leader=facts.leader_id, led_by=""
    )


def about(
    read: Facts,
    facts: GroupFacts,
    message: Message,
    hint: Message | None,
    fact: str = "leader",
    value: str = "",
) -> Finding:
    """A warning of a fact, or of its value, where it stands."""
    place = (facts.file, facts.row, read.column(facts, fact))
    return Finding(Severity.WARNING, message, *place, value or facts.leader, hint)


_OF_OTHERS = N_several(
    "The people of a group are not together any more, and what was told of it is left out: "
    "{groups}",
    "The people of some groups are not together any more, and what was told of these is left out: "
    "{groups}",
)
_AGAIN = _(
    "It is kept with the earlier results, in earlier/: write the groups into it as they are now, "
    "and name it with --group-facts"
)
_SEVERAL = N_("Several participants are called {name}")
_LEFT_OUT = _(
    "Of what is told of the groups, only leaders, days and times are kept: what people wrote may "
    "be anybody's name"
)
