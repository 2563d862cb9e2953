"""The report of one run: built once, read by the terminal summary, the JSON and the HTML.

Sentences are phrases and numbers are in the units people think in, so that whoever reads the
report only chooses a language and a layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from vermegroup.domain.bonds import Rebalance
from vermegroup.domain.design import Design
from vermegroup.domain.findings import Finding
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.one_meeting import OneMeeting
from vermegroup.domain.outcome import Conflict, GroupCount, Repair, Verdict
from vermegroup.domain.pair_weights import PairWeights
from vermegroup.domain.plan import Reserve
from vermegroup.language.alphabet import alphabetical
from vermegroup.language.messages import Message, _
from vermegroup.report.groups import Group, Groups


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """Someone who has no place in the best partial plan, and why."""

    id: str
    label: str
    because: Message


@dataclass(frozen=True, slots=True)
class PartialLine:
    """How far one gets: ``most`` says that no more people can be placed, which is proven.

    With the number of groups that was asked for, or with ``any_number``; ``asked`` says whether one
    was. ``merges_only``: of plans that combine old groups whole.
    """

    placed: int
    groups: int
    bound: int
    most: bool
    left_out: tuple[LeftOutLine, ...]
    asked: bool = False
    any_number: bool = False
    merges_only: bool = False


Amount = int | float


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of every row of the roster: read = placed + waitlisted + set_aside.

    ``absent`` are those of the set aside who miss only this meeting.
    """

    read: int
    placed: int
    waitlisted: int
    set_aside: int
    absent: int = 0


class TraitKind(StrEnum):
    """How a trait is shown: a name, one of a few ordered bands, or a number."""

    NAME = "name"
    BAND = "band"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class TraitColumn:
    """A trait of the people in the report, in the order of ``Members.ids``.

    ``values`` are texts or numbers. ``levels`` are a band set's names in their order, and
    ``shown`` leads from a value to what people call it.
    """

    name: str
    title: Message
    kind: TraitKind
    values: Sequence[str] | Sequence[Amount]
    levels: tuple[str, ...] = ()
    shown: Mapping[str, Message] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Members:
    """The people seat by seat: group after group, then the waitlist; ``leads`` are seats.

    ``parted_by`` is the trait that names the parts of a split roster.
    """

    ids: Sequence[str]
    labels: Sequence[str]
    traits: tuple[TraitColumn, ...]
    leads: frozenset[int] = frozenset()
    parted_by: str | None = None

    def by_name(self, seats: Iterable[int]) -> list[int]:
        """Some seats as people look for names: who leads first, and each by the alphabet."""
        return sorted(
            seats, key=lambda seat: (seat not in self.leads, alphabetical(self.labels[seat]))
        )

    def traits_under(self, part: Message | None) -> tuple[TraitColumn, ...]:
        """The traits to be told of people who stand under the name of a part, or of nothing."""
        return tuple(t for t in self.traits if part is None or t.name != self.parted_by)

    def marked(self, seat: int) -> str:
        """What the person in a seat is called, with a mark for who leads."""
        return f"★ {self.labels[seat]}" if seat in self.leads else self.labels[seat]


@dataclass(frozen=True, slots=True)
class Violation:
    """A group (None: the grouping as a whole) that breaks a rule, and the people concerned."""

    group: str | None
    amount: int
    people: tuple[str, ...]
    labels: tuple[str, ...]
    sentence: Message


@dataclass(frozen=True, slots=True)
class RuleLine:
    """How a rule stands; ``satisfied`` is None where there is no grouping to judge.

    ``entry`` is the rule as the rulebook has it; None of what stands in a section of its own.
    """

    kind: str
    sentence: Message
    satisfied: bool | None
    violations: tuple[Violation, ...] = ()
    slack: int | None = None
    room: Message | None = None
    part: Message | None = None
    entry: object = field(default=None, hash=False)


BEST = _("the best possible")


@dataclass(frozen=True, slots=True)
class PreferenceLine:
    """A preference's value beside its bound; both None where there is no grouping.

    ``in_words`` is the value, with its unit. Of a tier ``weighed`` has a line for each of its
    preferences; the bound there is the best that one could reach alone. With ``for_groups`` the
    bound is that of so many groups: other numbers were not compared. ``best`` is that a
    proven value is the best there can be, and given what, where it could be better without that;
    ``alone`` is then the best that it could reach by itself, if that was weighed.
    """

    kind: str
    sentence: Message
    value: Amount | None
    bound: Amount | None
    proven: bool
    in_words: Message | None = None
    part: Message | None = None
    weighed: tuple[PreferenceLine, ...] = ()
    for_groups: int | None = None
    best: Message = BEST
    alone: Amount | None = None
    entry: object = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class PartLine:
    """The answer for one part of a split roster; ``groups`` and ``people`` are numbers."""

    part: Message
    verdict: Verdict
    proven: bool
    sentence: Message
    people: int
    groups: int


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """How near the edge a grouping is: how many groups are safe, and how many fragile.

    Groups that break a rule, or are too large to try, are neither. With so many of ``reserves``
    absent, this number of groups is no longer possible; none where it is not known to be possible.
    Where ``comparing``, there are rules that compare groups with each other, and were not asked.
    """

    groups: int
    safe: int
    fragile: int
    reserves: tuple[Reserve, ...]
    part: Message | None = None
    comparing: bool = False


class Parted(Protocol):
    """A line that may belong to a part of a split roster."""

    @property
    def part(self) -> Message | None:
        """The part's name; None where it is about the whole."""


Told = TypeVar("Told", bound=Parted)


def by_part(lines: Iterable[Told]) -> list[tuple[Message | None, list[Told]]]:
    """The lines under the parts they belong to, in the order in which they stand."""
    found: dict[Message | None, list[Told]] = {}
    for line in lines:
        found.setdefault(line.part, []).append(line)
    return list(found.items())


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read: what for, its path as it was given, and the SHA-256 of its bytes."""

    role: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """What a run was asked for, as far as it changes the result.

    ``arguments`` are plain values by the names of arguments and options. With pseudonyms there are
    no names in it, and ``key_id`` tells keys apart.
    """

    command: str
    arguments: Mapping[str, object]
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    key_id: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """How the result came about; ``seconds`` are by stage.

    ``day`` is the day up to which years since a start were counted, as YYYY-MM-DD. ``earlier`` and
    ``weights`` are in the files that the rulebook names.
    """

    version: str
    libraries: Mapping[str, str]
    seed: int | None
    rulebook: Mapping[str, object]
    origin: str
    inputs: tuple[Input, ...]
    deterministic: bool
    seconds: Mapping[str, float]
    day: str = ""
    call: RecordedCall | None = None
    earlier: tuple[EarlierGroups, ...] = ()
    weights: tuple[PairWeights, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One of several rounds, by its own report; ``fixed`` says that it was there before."""

    number: int
    report: Report
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class RepeatLine:
    """Two people who meet more than once, and the numbers of the rounds in which they do."""

    people: tuple[str, str]
    labels: tuple[str, str]
    rounds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RoundLines:
    """Several rounds, and who meets whom in them.

    Of ``pairs`` there are so many that ``met_once``; ``repeats`` are all meetings of a pair after
    its first one, and ``bound`` is the fewest there can be with groups of these sizes.
    """

    rounds: tuple[RoundLine, ...]
    pairs: int
    met_once: int
    repeats: int
    bound: int
    proven: bool
    repeated: tuple[RepeatLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything there is to tell about one run.

    ``label`` is the verdict in a word or two, ``sentence`` in one sentence. ``rebalance`` tells
    what changes, where there was a grouping before. Of several ``rounds`` each has its groups, and
    the rules are those of all that are new. ``meeting`` is the one that the groups are for, where
    they are no permanent ones. ``draw`` tells of the pool of groupings that were drawn.
    """

    verdict: Verdict
    proven: bool
    label: Message
    sentence: Message
    counts: Counts
    members: Members
    groups: Groups
    waitlist: Group
    rules: tuple[RuleLine, ...]
    preferences: tuple[PreferenceLine, ...]
    group_counts: tuple[GroupCount, ...]
    findings: tuple[Finding, ...]
    provenance: Provenance
    parts: tuple[PartLine, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    repairs: tuple[Repair, ...] = ()
    partial: PartialLine | None = None
    edges: tuple[EdgeLine, ...] = ()
    rebalance: Rebalance | None = None
    rounds: RoundLines | None = None
    meeting: OneMeeting | None = None
    draw: Design | None = None
