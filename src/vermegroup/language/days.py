"""Days as people say them: "1 December 2026"."""

from __future__ import annotations

from datetime import date

from vermegroup.language.messages import N_, Message, _

_OF_MONTHS = (
    *(
        N_("{day} January {year}"),
        N_("{day} February {year}"),
        N_("{day} March {year}"),
        N_("{day} April {year}"),
    ),
    *(
        N_("{day} May {year}"),
        N_("{day} June {year}"),
        N_("{day} July {year}"),
        N_("{day} August {year}"),
    ),
    *(
        N_("{day} September {year}"),
        N_("{day} October {year}"),
        N_("{day} November {year}"),
        N_("{day} December {year}"),
    ),
)


def meeting_on(day: date) -> Message:
    """As in "Meeting of 1 December 2026"."""
    # Translators: {date} is as in "1 December 2026"
    return _(
        "Meeting of {date}", date=_OF_MONTHS[day.month - 1].filled(day=day.day, year=str(day.year))
    )


_OF_WEEKS = (
    *(N_("Monday {date}"), N_("Tuesday {date}"), N_("Wednesday {date}"), N_("Thursday {date}")),
    *(N_("Friday {date}"), N_("Saturday {date}"), N_("Sunday {date}")),
)


def with_weekday(day: date) -> Message:
    """As in "Monday 2027-01-18"."""
    # Translators: {date} is a whole date, such as 2027-01-18
    return _OF_WEEKS[day.weekday()].filled(date=day)
