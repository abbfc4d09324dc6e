"""When a call takes applications.

A closing instant given to the minute (no seconds) means until the *end* of that minute: a call that closes at
12:00 accepts at 12:00:59. Then comes the grace, in which only drafts begun before the close may still be changed and
submitted. Opening is exact.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kinolab.foundation.refusals import Refusal

GRACE_MAXIMUM = 15  # minutes


@dataclass(frozen=True, slots=True)
class Window:
    """Opening and closing instants (aware), silent grace in minutes, and the first closing if it was extended."""

    opens: datetime
    closes: datetime
    grace_minutes: int = 0
    extended_from: datetime | None = None


class Phase(StrEnum):
    """Where a call stands."""

    ANNOUNCED = "announced"
    OPEN = "open"
    GRACE = "grace"
    CLOSED = "closed"


class Reminder(StrEnum):
    """How long before the close people with a draft are reminded."""

    FOURTEEN_DAYS = "14d"
    THREE_DAYS = "3d"
    ONE_DAY = "24h"
    THREE_HOURS = "3h"


LEADS: dict[Reminder, timedelta] = {
    Reminder.FOURTEEN_DAYS: timedelta(days=14),
    Reminder.THREE_DAYS: timedelta(days=3),
    Reminder.ONE_DAY: timedelta(hours=24),
    Reminder.THREE_HOURS: timedelta(hours=3),
}


def closing(window: Window) -> datetime:
    """Return the instant from which the call is no longer open."""
    to_the_minute = window.closes.second == 0 and window.closes.microsecond == 0
    return window.closes + timedelta(minutes=1) if to_the_minute else window.closes


def grace_end(window: Window) -> datetime:
    """Return the instant from which nothing is accepted any more."""
    return closing(window) + timedelta(minutes=window.grace_minutes)


def phase(window: Window, at: datetime) -> Phase:
    """Say where the call stands at an instant."""
    if at < window.opens:
        return Phase.ANNOUNCED
    if at < closing(window):
        return Phase.OPEN
    return Phase.GRACE if at < grace_end(window) else Phase.CLOSED


def why_not_start(window: Window, at: datetime) -> Refusal | None:
    """Say why no draft may be begun now."""
    now = phase(window, at)
    if now is Phase.ANNOUNCED:
        return _not_yet(window)
    return None if now is Phase.OPEN else _past(window)


def why_not_edit(window: Window, at: datetime) -> Refusal | None:
    """Say why a draft may not be changed now; a draft that exists may be finished during the grace."""
    now = phase(window, at)
    if now is Phase.ANNOUNCED:
        return _not_yet(window)
    return _past(window) if now is Phase.CLOSED else None


def why_not_submit(window: Window, at: datetime, begun_at: datetime) -> Refusal | None:
    """Say why a draft begun at `begun_at` may not be submitted now."""
    if phase(window, at) is Phase.GRACE and begun_at >= closing(window):
        return _past(window)
    return why_not_edit(window, at)


def reminders_due(window: Window, at: datetime, sent: Set[Reminder]) -> tuple[Reminder, ...]:
    """Return the reminder to send now: at most one, the nearest to the close whose time has come.

    `sent` are those already sent for this closing instant. An earlier one that was missed is not made up for, and
    one whose time came before the call opened is never sent.
    """
    if phase(window, at) is not Phase.OPEN:
        return ()
    due = [r for r, lead in LEADS.items() if window.opens <= window.closes - lead <= at]
    return tuple(r for r in due[-1:] if r not in sent)


def window_problems(window: Window) -> tuple[Refusal, ...]:
    """Say what is impossible about a window."""
    problems = []
    if window.closes <= window.opens:
        problems.append(Refusal("closes_before_opens", {"opens": window.opens, "closes": window.closes}))
    if not 0 <= window.grace_minutes <= GRACE_MAXIMUM:
        problems.append(Refusal("grace_out_of_range", {"minutes": window.grace_minutes, "maximum": GRACE_MAXIMUM}))
    if window.extended_from is not None and window.closes <= window.extended_from:
        problems.append(Refusal("extension_not_later", {"closes": window.closes, "before": window.extended_from}))
    return tuple(problems)


def _not_yet(window: Window) -> Refusal:
    return Refusal("not_yet_open", {"opens": window.opens})


def _past(window: Window) -> Refusal:
    return Refusal("past_deadline", {"closed": window.closes})
