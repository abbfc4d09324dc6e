from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.calls.domain.window import (
    GRACE_MAXIMUM,
    LEADS,
    Phase,
    Reminder,
    Window,
    closing,
    phase,
    reminders_due,
    why_not_edit,
    why_not_start,
    why_not_submit,
    window_problems,
)
from kinolab.foundation.refusals import Refusal

ZONES = ["Asia/Bishkek", "Asia/Almaty", "Asia/Tashkent", "Asia/Dushanbe", "Europe/Berlin", "America/New_York"]
SECOND = timedelta(seconds=1)


def window_in(zone: str, grace: int = 10) -> Window:
    there = ZoneInfo(zone)
    opens = datetime(2024, 2, 1, 10, 0, tzinfo=there)
    return Window(opens, datetime(2024, 3, 31, 23, 59, tzinfo=there), grace)


@pytest.mark.parametrize("zone", ZONES)
def test_phase_when_the_clock_passes_the_close_changes_at_the_exact_second(zone: str) -> None:
    window = window_in(zone)
    closes, grace = window.closes.astimezone(UTC), timedelta(minutes=10)
    end = closes + timedelta(seconds=60)

    told = [
        phase(window, at)
        for at in (
            window.opens - SECOND,
            window.opens,
            closes - SECOND,
            closes,
            closes + timedelta(seconds=59),
            end,
            end + grace - SECOND,
            end + grace,
            end + grace + SECOND,
        )
    ]

    assert told == [
        Phase.ANNOUNCED,
        Phase.OPEN,
        Phase.OPEN,
        Phase.OPEN,
        Phase.OPEN,
        Phase.GRACE,
        Phase.GRACE,
        Phase.CLOSED,
        Phase.CLOSED,
    ]


@pytest.mark.parametrize("zone", ZONES)
def test_closing_when_the_instant_has_seconds_is_exact(zone: str) -> None:
    window = window_in(zone, grace=0)
    to_the_second = Window(window.opens, window.closes + SECOND)

    assert closing(to_the_second) == to_the_second.closes
    assert [phase(to_the_second, to_the_second.closes - SECOND), phase(to_the_second, to_the_second.closes)] == [
        Phase.OPEN,
        Phase.CLOSED,
    ]


WINDOW = window_in("Asia/Bishkek")
NOT_YET = Refusal("not_yet_open", {"opens": WINDOW.opens})
PAST = Refusal("past_deadline", {"closed": WINDOW.closes})
BEFORE, DURING = WINDOW.opens - SECOND, WINDOW.opens + timedelta(days=1)
GRACE, AFTER = closing(WINDOW) + SECOND, closing(WINDOW) + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("at", "start", "edit", "submit_old", "submit_new"),
    [
        (BEFORE, NOT_YET, NOT_YET, NOT_YET, NOT_YET),
        (DURING, None, None, None, None),
        (GRACE, PAST, None, None, PAST),
        (AFTER, PAST, PAST, PAST, PAST),
    ],
)
def test_why_not_when_phase_changes_answers_for_each_verb(
    at: datetime,
    start: Refusal | None,
    edit: Refusal | None,
    submit_old: Refusal | None,
    submit_new: Refusal | None,
) -> None:
    assert why_not_start(WINDOW, at) == start
    assert why_not_edit(WINDOW, at) == edit
    assert why_not_submit(WINDOW, at, begun_at=closing(WINDOW) - SECOND) == submit_old
    if at != DURING:
        assert why_not_submit(WINDOW, at, begun_at=closing(WINDOW)) == submit_new


@pytest.mark.parametrize(
    ("before", "sent", "due"),
    [
        (timedelta(days=15), set(), ()),
        (timedelta(days=14), set(), (Reminder.FOURTEEN_DAYS,)),
        (timedelta(days=10), {Reminder.FOURTEEN_DAYS}, ()),
        (timedelta(days=3), {Reminder.FOURTEEN_DAYS}, (Reminder.THREE_DAYS,)),
        (timedelta(hours=24), {Reminder.THREE_DAYS}, (Reminder.ONE_DAY,)),
        (timedelta(hours=3), {Reminder.ONE_DAY}, (Reminder.THREE_HOURS,)),
        (timedelta(hours=2), set(), (Reminder.THREE_HOURS,)),  # the server slept: only the nearest
        (timedelta(hours=2), {Reminder.THREE_HOURS}, ()),
        (timedelta(minutes=-1), set(), ()),
    ],
)
def test_reminders_when_their_time_has_come_are_due_once(
    before: timedelta, sent: set[Reminder], due: tuple[Reminder, ...]
) -> None:
    assert reminders_due(WINDOW, WINDOW.closes - before, sent) == due


def test_reminders_when_the_call_is_short_leave_out_what_came_before_it() -> None:
    short = Window(WINDOW.opens, WINDOW.opens + timedelta(days=2))

    assert reminders_due(short, short.opens, set()) == ()
    assert reminders_due(short, short.opens + timedelta(days=1), set()) == (Reminder.ONE_DAY,)


def test_leads_when_listed_run_from_far_to_near() -> None:
    assert list(LEADS) == list(Reminder)
    assert sorted(LEADS.values(), reverse=True) == list(LEADS.values())


def test_window_problems_when_all_is_well_are_none() -> None:
    extended = Window(WINDOW.opens, WINDOW.closes, GRACE_MAXIMUM, WINDOW.closes - timedelta(days=7))

    assert (window_problems(WINDOW), window_problems(extended)) == ((), ())


def test_window_problems_when_impossible_are_all_told() -> None:
    wrong = Window(WINDOW.closes, WINDOW.closes, GRACE_MAXIMUM + 1, WINDOW.closes)

    assert [problem.code for problem in window_problems(wrong)] == [
        "closes_before_opens",
        "grace_out_of_range",
        "extension_not_later",
    ]


@given(st.integers(-100_000, 6_000_000), st.integers(0, GRACE_MAXIMUM))
def test_phase_when_time_passes_never_goes_back(seconds: int, grace: int) -> None:
    window = window_in("Asia/Almaty", grace)
    at = window.opens + timedelta(seconds=seconds)
    order = list(Phase)

    assert order.index(phase(window, at)) <= order.index(phase(window, at + SECOND))
    assert (phase(window, at) is Phase.OPEN) == (why_not_start(window, at) is None)
