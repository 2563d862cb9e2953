"""Groups go out to participants and to other programs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from vermegroup.app.handout import ReadHandout, read_handout
from vermegroup.app.idle_options import idle_options
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS, How
from vermegroup.domain.findings import Finding, InputError, Severity, errors
from vermegroup.export.addresses import told_once
from vermegroup.export.folder import NOTHING_WRITTEN, Exported
from vermegroup.export.kinds import KINDS
from vermegroup.export.rendered import Kind, Rendered, Wanted
from vermegroup.language.messages import N_, N_several, _


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Which groups go out as what; ``shown`` are columns, by their headers or their traits.

    ``login`` is the column of what people log in with elsewhere.
    """

    groups: str
    kinds: tuple[Kind, ...]
    shown: tuple[str, ...] = ()
    wanted: Wanted = field(default_factory=Wanted)
    login: str | None = None


def export_groups(asked: ExportRequest, choice: RulebookChoice, how: How = AS_IT_IS) -> Exported:
    """Read groups and make the files of each kind. Writes nothing.

    Raises:
        InputError: the groups cannot be read, a kind is unknown, or one of them lacks what it
            cannot do without; with every finding.
    """
    read = read_handout(asked.groups, asked.shown, choice, how, asked.login)
    _refuse_pseudonyms(asked, read)
    made = dict(_made(asked, read, choice, how))
    idle = idle_options(
        asked.kinds, asked.wanted, asked.shown, asked.login, meeting=read.handout.meeting
    )
    missing = _in_no_group(asked.kinds, read)
    findings = tuple(told_once((*read.findings, *missing, *idle, *_noticed(made.values()))))
    if faults := errors(findings):
        raise InputError([*faults, NOTHING_WRITTEN])
    files = {kind.value: rendered.files for kind, rendered in made.items()}
    people = {member.id for _group, member in read.handout.members()}
    size = len(people), len(read.handout.groups)
    return Exported(files, findings, *size, asked.groups, read.handout.series)


def _made(
    asked: ExportRequest, read: ReadHandout, choice: RulebookChoice, how: How
) -> Iterator[tuple[Kind, Rendered]]:
    for kind in asked.kinds:
        maker = KINDS[kind]
        if maker.render is not None:
            yield kind, maker.render(read.handout, asked.wanted)
        if maker.study is not None:
            from vermegroup.app.study import read_study  # noqa: PLC0415

            study = read_study(asked.groups, read.handout.name, choice, how)
            yield kind, maker.study(study, asked.wanted)


def _noticed(made: Iterable[Rendered]) -> Iterator[Finding]:
    for rendered in made:
        yield from rendered.findings


def _in_no_group(kinds: Collection[Kind], read: ReadHandout) -> Iterator[Finding]:
    """How many wait for a group or miss the meeting, whom kinds that go by groups leave out."""
    waiting, holding = len(read.handout.waiting), [kind for kind in kinds if kind in _WITH_WAITLIST]
    if waiting and len(holding) < len(kinds):
        said = (
            _WAITING_ELSEWHERE.filled(waiting, kinds=holding)
            if holding
            else _WAITING.filled(waiting)
        )
        yield Finding(Severity.NOTICE, said, read.handout.file)
    if read.absent:
        yield Finding(Severity.NOTICE, _ABSENT.filled(read.absent), read.handout.file)


def _refuse_pseudonyms(asked: ExportRequest, read: ReadHandout) -> None:
    """Raise InputError where people go by pseudonyms, and a kind is of no use without names."""
    named = [kind for kind in asked.kinds if KINDS[kind].named] if read.pseudonymised else []
    if named:
        said = [_NO_NAMES.filled(kind=kind) for kind in named]
        raise InputError(
            Finding(Severity.ERROR, each, asked.groups, hint=_WITH_NAMES) for each in said
        )


_NO_NAMES = N_("{kind} needs names, and people go by pseudonyms in these groups")
_WITH_NAMES = _("Export from the groups that have the names")
_WITH_WAITLIST = frozenset((Kind.XLSX, Kind.RESEARCH))
_WAITING = N_several(
    "{n} person waits for a group, and is in no export",
    "{n} people wait for a group, and are in no export",
)
_WAITING_ELSEWHERE = N_several(
    "{n} person waits for a group, and is only in {kinds}",
    "{n} people wait for a group, and are only in {kinds}",
)
_ABSENT = N_several(
    "{n} person is absent, and is in no export", "{n} people are absent, and are in no export"
)
