"""What a group is called, and who leads it, when and where: what a coordinator adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """The facts of one group, each "" or None where it is not told.

    ``time`` is "14:30" or "14:30–15:30". The ``leader`` is told as written; among the participants
    that is ``leader_id``, whom people call ``led_by``; both are "" for anybody else. The facts
    stand on this ``row`` of ``file``.
    """

    group: str
    name: str = ""
    leader: str = ""
    theme: str = ""
    place: str = ""
    first_meeting: date | None = None
    time: str = ""
    repeats: str = ""
    leader_id: str = ""
    led_by: str = ""
    file: str = ""
    row: int | None = None

    def plain(self) -> dict[str, str]:
        """What is told of the group, by the names that JSON has for it."""
        day = "" if self.first_meeting is None else self.first_meeting.isoformat()
        told = {
            "name": self.name,
            "leader": self.led_by or self.leader,
            "theme": self.theme,
            "place": self.place,
            "first_meeting": day,
            "time": self.time,
            "repeats": self.repeats,
        }
        return {fact: text for fact, text in told.items() if text}
