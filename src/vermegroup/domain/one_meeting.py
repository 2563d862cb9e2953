"""What a report tells of a single meeting: who is absent, who is a visitor, which groups meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from vermegroup.language.messages import Message


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody with the permanent group ``home``, and the ``group`` of the meeting; "" for none.

    ``several``: the person is in another group of the meeting, too.
    """

    person: str
    label: str
    home: str
    group: str
    several: bool = False


@dataclass(frozen=True, slots=True)
class Lack:
    """A rule of the permanent groups that a group goes without, and for whose absence.

    ``breach`` says why it breaks the rule, ``lacked`` whom it needs, where a rule asks for people.
    """

    group: str
    kind: str
    breach: Message
    lacked: Message | None
    absent: tuple[Attendee, ...] = ()


@dataclass(frozen=True, slots=True)
class OneMeeting:
    """A meeting; without a ``day`` one whose plan was read, of which the groups alone are known.

    ``not_meeting`` leads from permanent groups to those of their members who come, ``permanent``
    from all permanent groups to all of their members, and ``visitors`` from ids to those who meet
    with another permanent group than their own. ``waiting`` are those who have no permanent group
    yet, and so no part in the meeting.
    """

    day: date | None = None
    absent: tuple[Attendee, ...] = ()
    not_meeting: Mapping[str, tuple[Attendee, ...]] = field(default_factory=dict)
    lacks: tuple[Lack, ...] = ()
    visitors: Mapping[str, Attendee] = field(default_factory=dict)
    permanent: Mapping[str, tuple[Attendee, ...]] = field(default_factory=dict)
    waiting: tuple[Attendee, ...] = ()

    def comers(self) -> Counter[str]:
        """How many meet in each permanent group that meets, visitors with them."""
        return Counter(
            each.group for members in self.permanent.values() for each in members if each.group
        )
