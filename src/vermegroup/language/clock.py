"""Times of day as people write them: "15:00–16:00", in Finnish "klo 15.00–16.00"."""

from __future__ import annotations

import re

from vermegroup.language.messages import Message, joined, pgettext, verbatim

_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")


def at_time(text: str) -> Message:
    """A time of day such as "14:30", or one and another such as "14:30–15:30".

    What is no time stays as it is.
    """
    times = [_TIME.fullmatch(part) for part in text.split("–")]
    told = [_on_the_clock(time[1], time[2]) for time in times if time]
    if len(told) < len(times):
        return verbatim(text)
    # Translators: {time} is as in "15:00" or "15:00–16:00"
    return pgettext("time of day", "{time}", time=joined(told, "–"))


def _on_the_clock(hour: str, minute: str) -> Message:
    # Translators: a time of day, as in "15:00"
    return pgettext("time of day", "{hour}:{minute}", hour=int(hour), minute=minute)
