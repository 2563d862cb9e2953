"""Who is meant: people as they were written, found among the members, or not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import islice

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.problem import NO_NAMES
from vermegroup.domain.roster import Roster, labels_of
from vermegroup.intake.files.source import file_meant
from vermegroup.intake.groups import Mention
from vermegroup.intake.people.told import MOST, NAMED, meant_so, write_one
from vermegroup.language.messages import N_, Message, Template, Who, _, either, ngettext

_MOST_HINTS = 10
_SHORTEST_PART = 3


@dataclass(slots=True)
class Register:
    """The members, those who left, and the faults of whoever spoke of them.

    ``gone`` are the ids of those who left earlier.
    """

    roster: Roster
    gone: Collection[str] = ()
    faults: list[Finding] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)
    _said: dict[int, str] = field(default_factory=dict)

    def found(self, mentions: Sequence[Mention], option: str) -> list[int]:
        """Where the people mentioned under an option stand; faults are noted."""
        places = []
        there = [mention for mention in mentions if mention.comes]
        for mention in mentions:
            if mention.comes:
                continue
            place = self._place(mention.text)
            if mention.two:
                message = _TWO.filled(own=mention.two[0], other=mention.two[1])
                self.faults.append(_finding(Severity.ERROR, message, mention, option, _ONE_MEANT))
            elif place is None:
                self._unknown(mention, option)
            elif place in self._said:
                self._repeated(mention, option, self._said[place])
            else:
                self._said[place] = option
                places.append(place)
        if not len(mentions) > len(there):
            self.faults.append(Finding(Severity.ERROR, _NAMES_NOBODY, column=option, hint=_NAME))
        elif there:
            message = ngettext(
                "{n} person in the file counts as there, by “{header}”",
                "{n} people in the file count as there, by “{header}”",
                len(there),
                header=there[0].comes,
            )
            self.notices.append(Finding(Severity.NOTICE, message, there[0].file, column=option))
        self._tell_meant(mentions, option)
        return places

    def _tell_meant(self, mentions: Sequence[Mention], option: str) -> None:
        """Note whom texts were read as that are not the ids of those."""
        meant = [
            (mention.written, mention.meant)
            for mention in mentions
            if mention.meant is not None and mention.written not in ("", mention.meant)
        ]
        if meant:
            self.notices.append(Finding(Severity.NOTICE, meant_so(meant), column=option))

    def stop_on_faults(self) -> None:
        """Raise InputError with every fault noted."""
        if self.faults:
            raise InputError(self.faults)

    def _place(self, text: str) -> int | None:
        place = int(self.roster.positions([text])[0])
        return place if place >= 0 else None

    def _unknown(self, mention: Mention, option: str) -> None:
        if mention.text in self.gone:
            self.notices.append(_finding(Severity.NOTICE, _GONE, mention, option))
            return
        if mention.shared:
            alike = write_one(mention.shared)
            self.faults.append(_finding(Severity.ERROR, _SEVERAL, mention, option, alike))
            return
        if not mention.file and (said := file_meant(mention.text)):
            message, hint = said
            self.faults.append(_finding(Severity.ERROR, message, mention, option, hint))
            return
        hint = self._hint(mention.text) if len(self.faults) < _MOST_HINTS else None
        self.faults.append(_finding(Severity.ERROR, _UNKNOWN, mention, option, hint))

    def _repeated(self, mention: Mention, option: str, before: str) -> None:
        if before == option:
            hint = _("Leave one of them out")
            self.faults.append(_finding(Severity.ERROR, _TWICE, mention, option, hint))
        else:
            self.faults.append(_finding(Severity.ERROR, _BOTH, mention, option, _ONE_OF))

    def _hint(self, text: str) -> Message | None:
        """Who is called so in part, or is spelt most like it, by id or by name; told by both."""
        ids, labels = [str(id_) for id_ in self.roster.ids], labels_of(self.roster)
        if labels == ids and not any(map(str.isdigit, text)):
            return NO_NAMES
        near = _called_so_in_part(text, labels) or _nearest(text, [*ids, *labels])
        people = [(ids[at], labels[at]) for at in dict.fromkeys(at % len(ids) for at in near)]
        told = [(NAMED if label != id_ else _ID).filled(name=label, n=id_) for id_, label in people]
        if told:
            return _("Did you mean {near}?", near=either(told))
        return NO_NAMES if labels == ids else None


def _called_so_in_part(text: str, labels: list[str]) -> list[int]:
    """The first few in whose names a text stands: "Dröm" is in "Maja Dröm"."""
    part = text.casefold()
    if len(part) < _SHORTEST_PART:
        return []
    return list(islice((at for at, label in enumerate(labels) if part in label.casefold()), MOST))


def _nearest(text: str, known: list[str]) -> list[int]:
    """The one that is spelt most like a text; else the few in which something like it stands."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415
    from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415

    found = process.extractOne(
        text, known, scorer=JaroWinkler.similarity, processor=str.casefold, score_cutoff=0.75
    )
    if found or len(text) <= _SHORTEST_PART:
        return [found[2]] if found else []
    some = process.extract(
        text, known, scorer=fuzz.partial_ratio, processor=str.casefold, score_cutoff=75, limit=MOST
    )
    return [place for _text, _score, place in some]


def _finding(
    severity: Severity,
    message: Template | Message,
    mention: Mention,
    option: str,
    hint: Message | None = None,
) -> Finding:
    called = mention.written or (mention.meant.called if mention.meant else "")
    if isinstance(message, Template):
        message = message.filled(own=Who(mention.text, called))
    return Finding(severity, message, mention.file, mention.row, option, mention.text, hint)


_ID = Template("{n}")
_UNKNOWN = N_("No member has the id, name or e-mail “{own}”")
_SEVERAL = N_("“{own}” may be any of several members")
_GONE = N_("{own} has left already")
_TWICE = N_("{own} is mentioned twice")
_BOTH = N_("{own} is in both --absent and --left")
_TWO = N_("The id is that of {own}, but the name or e-mail is that of {other}")
_ONE_MEANT = _("Leave on the row what means one of them only")
_NAMES_NOBODY = _("The option names nobody")
_NAME = _("Name who is meant, or leave the option out")
_ONE_OF = _("Choose --absent for one meeting, or --left for good")
