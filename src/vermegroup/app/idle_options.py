"""Options of an export that change nothing in the kinds that were asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vermegroup.domain.findings import Finding, Severity
from vermegroup.export.rendered import Kind, Meetings, Recipients, Wanted
from vermegroup.language.messages import N_, _

_TOLD = (Kind.LIST, Kind.XLSX, Kind.MAIL, Kind.CALENDAR, Kind.MOODLE)
"""The kinds that tell when groups meet."""
TAKEN_BY = {
    "--show": (Kind.LIST, Kind.XLSX, Kind.MAIL, Kind.VCARD),
    "--emails": (Kind.LIST, Kind.MAIL, Kind.CALENDAR),
    "--one-per-page": (Kind.LIST,),
    "--template": (Kind.MAIL,),
    "--recipients": (Kind.MAIL,),
    "--first": _TOLD,
    "--time": _TOLD,
    "--minutes": (Kind.CALENDAR,),
    "--every": (*_TOLD, Kind.RESEARCH),
    "--meetings": (*_TOLD, Kind.RESEARCH),
    "--faultlines": (Kind.RESEARCH,),
    "--zone": (Kind.CALENDAR,),
    "--login": (Kind.MOODLE, Kind.CANVAS),
    "--course": (Kind.MOODLE,),
}
"""The kinds in which each option changes something."""


def idle_options(
    kinds: Sequence[Kind], wanted: Wanted, shown: Sequence[str], login: str | None, *, meeting: bool
) -> Iterator[Finding]:
    """A notice of each option that was given for nothing.

    The groups of a single ``meeting`` do not repeat it.
    """
    for option in _given(wanted, shown, login):
        if not set(kinds) & set(TAKEN_BY[option]):
            said, hint = _IDLE.filled(kinds=kinds), _ONLY.filled(kinds=TAKEN_BY[option])
            yield Finding(Severity.NOTICE, said, column=option, hint=hint)
        elif meeting and option in ("--every", "--meetings"):
            yield Finding(Severity.NOTICE, _ONCE, column=option)


def _given(wanted: Wanted, shown: Sequence[str], login: str | None) -> Iterator[str]:
    """The options that are not as they are where nobody gives them."""
    meetings, usual = wanted.meetings, Meetings()
    given = {
        "--show": bool(shown),
        "--emails": wanted.emails,
        "--one-per-page": wanted.one_per_page,
        "--template": wanted.template is not None,
        "--recipients": wanted.recipients is not Recipients.BCC,
        "--first": meetings.first is not None,
        "--time": meetings.time is not None,
        "--minutes": meetings.minutes != usual.minutes,
        "--every": meetings.every is not None,
        "--meetings": meetings.count is not None,
        "--zone": meetings.zone != usual.zone,
        "--login": login is not None,
        "--faultlines": wanted.faultlines,
        "--course": bool(wanted.course),
    }
    yield from (option for option, is_given in given.items() if is_given)


_IDLE = N_("This option changes nothing in {kinds}")
_ONLY = N_("It counts for {kinds}")
_ONCE = _("These are the groups of a single meeting, which does not repeat: the option is left out")
