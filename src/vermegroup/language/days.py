"""Days as people say them: "1 December"."""

from __future__ import annotations

from datetime import date

from vermegroup.language.messages import N_, Message, _

_OF_MONTHS = (
    *(N_("{day} January"), N_("{day} February"), N_("{day} March"), N_("{day} April")),
    *(N_("{day} May"), N_("{day} June"), N_("{day} July"), N_("{day} August")),
    *(N_("{day} September"), N_("{day} October"), N_("{day} November"), N_("{day} December")),
)


def meeting_on(day: date) -> Message:
    """As in "Meeting of 1 December"."""
    # Translators: {date} is as in "1 December"
    return _("Meeting of {date}", date=_OF_MONTHS[day.month - 1].filled(day=day.day))


_OF_WEEKS = (
    *(N_("Monday {date}"), N_("Tuesday {date}"), N_("Wednesday {date}"), N_("Thursday {date}")),
    *(N_("Friday {date}"), N_("Saturday {date}"), N_("Sunday {date}")),
)


def with_weekday(day: date) -> Message:
    """As in "Monday 2027-01-18"."""
    # Translators: {date} is a whole date, such as 2027-01-18
    return _OF_WEEKS[day.weekday()].filled(date=day)
