"""Who is meant: people as they were written, found among the members, or not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.roster import Roster, labels_of
from vermegroup.intake.groups import Mention
from vermegroup.language.messages import N_, Message, Template, _, either, verbatim

_MOST_HINTS = 10


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

    def found(self, mentions: Iterable[Mention], option: str) -> list[int]:
        """Where the people mentioned under an option stand; faults are noted."""
        places = []
        for mention in mentions:
            place = self._place(mention.text)
            if place is None:
                self._unknown(mention, option)
            elif place in self._said:
                self._repeated(mention, option, self._said[place])
            else:
                self._said[place] = option
                places.append(place)
        return places

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
            self.faults.append(
                _finding(Severity.ERROR, _SEVERAL, mention, option, _ids_of(mention))
            )
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
        """Who is spelt most like it, by id or by name; told by both."""
        ids, labels = [str(id_) for id_ in self.roster.ids], labels_of(self.roster)
        near = _nearest(text, [*ids, *labels])
        if near is None:
            return None
        id_, label = ids[near % len(ids)], labels[near % len(ids)]
        if label == id_:
            return _("Did you mean {near}?", near=id_)
        return _("Did you mean {name} ({n})?", name=label, n=id_)


def _nearest(text: str, known: list[str]) -> int | None:
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415

    found = process.extractOne(
        text, known, scorer=JaroWinkler.similarity, processor=str.casefold, score_cutoff=0.75
    )
    return found[2] if found else None


def _ids_of(mention: Mention) -> Message:
    return _(
        "Write the id: {ids}", ids=either([verbatim(id_) for id_ in mention.shared[:_MOST_HINTS]])
    )


def _finding(
    severity: Severity,
    message: Template,
    mention: Mention,
    option: str,
    hint: Message | None = None,
) -> Finding:
    filled = message.filled(own=mention.text)
    return Finding(severity, filled, mention.file, mention.row, option, mention.text, hint)


_UNKNOWN = N_("No member has the id, name or e-mail {own}")
_SEVERAL = N_("{own} may be any of several members")
_GONE = N_("{own} has left already")
_TWICE = N_("{own} is mentioned twice")
_BOTH = N_("{own} is in both --absent and --left")
_ONE_OF = _("Choose --absent for one meeting, or --left for good")
