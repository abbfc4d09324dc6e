"""The yearly question to alumni: when it is due, how long a link is good, and why it is not. Pure."""

from datetime import date, datetime, timedelta

from kinolab.foundation.refusals import Refusal

GOOD_FOR = timedelta(days=60)
MOST_TOLD = 3  # new outcomes in one answer; a minute is short


def a_year_after(day: date) -> date:
    """Return the same day of the next year; of 29 February, the first of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def is_due(announced: date, asked: date | None, today: date) -> bool:
    """Whether somebody is to be asked: a year after the results, and a year after they were asked last."""
    return today >= a_year_after(max(announced, asked) if asked else announced)


def why_not_answer(answered: bool, expires: datetime, at: datetime) -> Refusal | None:
    """Say why a link can no longer be used."""
    if answered:
        return Refusal("survey_answered")
    return Refusal("survey_expired") if at >= expires else None
