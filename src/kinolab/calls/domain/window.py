"""When a call takes applications.

A closing instant given to the minute (no seconds) means until the *end* of that minute: a call that closes at
12:00 accepts at 12:00:59. Then comes the grace, in which only drafts begun before the close may still be changed and
submitted. Opening is exact.

A strand, a role and a late code may close later than the call. One draft closes at the latest of those that concern it:
`own` computes that window, and everything else is asked of it as of a call's.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
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


@dataclass(frozen=True, slots=True)
class Close:
    """A closing instant of a strand, a role or a late code, and the first one if it was extended."""

    at: datetime
    before: datetime | None = None


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
    return end_of(window.closes)


def end_of(closes: datetime) -> datetime:
    """Return the instant from which a closing instant has passed: one given to the minute lasts to its end.

    Counted in universal time: a minute on the wall lasts an hour and one where a zone turns its clocks back.
    """
    to_the_minute = closes.second == 0 and closes.microsecond == 0
    instant = closes.astimezone(UTC)
    return instant + timedelta(minutes=1) if to_the_minute else instant


def own(window: Window, closes: Iterable[Close | None]) -> Window:
    """Return the window of one draft: the call's, with the latest of its own closing instant and those that concern it.

    None stands for a strand or role that closes with the call. An earlier one never shortens what the call gives.
    """
    latest = max((one for one in closes if one is not None), key=lambda one: end_of(one.at), default=None)
    if latest is None or end_of(latest.at) <= closing(window):
        return window
    return replace(window, closes=latest.at, extended_from=latest.before)


def seal_ends(window: Window, codes: Iterable[tuple[datetime, datetime]]) -> datetime:
    """Return the instant at which a sealed call opens to its readers: when the last one who may write has closed.

    `window` closes with the last strand and role; `codes` are (issued at, until) of late codes in force. A code keeps
    the seal only if it was issued while the seal still held: what has been opened is never closed again.
    """
    ends = grace_end(window)
    for issued, until in sorted(codes):
        if issued < ends:
            ends = max(ends, grace_end(replace(window, closes=until)))
    return ends


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
    closes = window.closes.astimezone(UTC)
    due = [r for r, lead in LEADS.items() if window.opens <= closes - lead <= at]
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
