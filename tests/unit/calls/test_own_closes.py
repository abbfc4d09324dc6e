"""Closes of strands, roles and late codes: the latest wins, and a seal opens after the last."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.calls.domain.window import Close, Phase, Window, closing, end_of, grace_end, own, phase, seal_ends

SECOND, MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days"))
OPENS = datetime(2026, 8, 1, 4, 0, tzinfo=UTC)
CALL = Window(OPENS, OPENS + 30 * DAY, 10, extended_from=OPENS + 20 * DAY)
NOON = CALL.closes
ZONES = ["Asia/Bishkek", "Asia/Almaty", "Asia/Tashkent", "Asia/Ashgabat", "Europe/Moscow", "Europe/Lisbon",
         "America/New_York"]  # fmt: skip


@pytest.mark.parametrize(
    ("closes", "until", "before"),
    [
        ([], NOON, CALL.extended_from),
        ([None, None], NOON, CALL.extended_from),
        ([Close(NOON - DAY)], NOON, CALL.extended_from),  # an earlier one never shortens
        ([Close(NOON)], NOON, CALL.extended_from),
        ([Close(NOON + DAY)], NOON + DAY, None),
        ([Close(NOON + DAY, NOON)], NOON + DAY, NOON),
        ([None, Close(NOON + DAY), Close(NOON + 2 * DAY, NOON + DAY)], NOON + 2 * DAY, NOON + DAY),
        ([Close(NOON + 30 * SECOND)], NOON, CALL.extended_from),  # the call's minute lasts longer than that
        ([Close(NOON + 90 * SECOND)], NOON + 90 * SECOND, None),
    ],
)
def test_own_window_closes_at_the_latest(closes: list[Close | None], until: datetime, before: datetime | None) -> None:
    assert own(CALL, closes) == Window(OPENS, until, 10, before)


@given(st.lists(st.one_of(st.none(), st.integers(-5000, 5000)), max_size=6))
def test_own_window_is_the_longest_of_all_and_never_shorter_than_the_call(minutes: list[int | None]) -> None:
    closes = [Close(NOON + one * MINUTE) if one is not None else None for one in minutes]

    assert closing(own(CALL, closes)) == max([closing(CALL), *(end_of(one.at) for one in closes if one)])


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("day", "hour", "minute"),
    [
        ((2024, 2, 29), 23, 59),  # Kazakhstan moved from UTC+6 to UTC+5 that night
        ((2024, 3, 1), 0, 30),
        ((2024, 3, 10), 2, 30),  # New York leaps over this half hour
        ((2024, 3, 31), 1, 30),  # and Lisbon over this one
        ((2024, 10, 27), 1, 30),  # which Lisbon lives through twice
        ((2024, 11, 3), 1, 30),  # as New York does
        ((2026, 8, 31), 18, 0),
    ],
)
def test_strand_in_any_zone_closes_at_the_exact_second(
    zone: str, day: tuple[int, int, int], hour: int, minute: int
) -> None:
    until = datetime(*day, hour, minute, tzinfo=ZoneInfo(zone))
    call = Window(until.astimezone(UTC) - 30 * DAY, until.astimezone(UTC) - 10 * DAY, 10)
    mine = own(call, [Close(until)])
    end = until.astimezone(UTC) + MINUTE  # of the minute

    told = [phase(mine, at) for at in (
        end - MINUTE - SECOND, end - MINUTE, end - SECOND, end, end + 10 * MINUTE - SECOND, end + 10 * MINUTE,
        end + 10 * MINUTE + SECOND,
    )]  # fmt: skip

    assert told == [Phase.OPEN] * 3 + [Phase.GRACE] * 2 + [Phase.CLOSED] * 2


def test_a_day_in_almaty_that_spans_the_change_is_an_hour_longer() -> None:
    almaty = ZoneInfo("Asia/Almaty")
    opens, closes = datetime(2024, 2, 29, 12, 0, tzinfo=almaty), datetime(2024, 3, 1, 12, 0, tzinfo=almaty)
    mine = own(Window(opens, opens + HOUR), [Close(closes)])

    assert closing(mine).astimezone(UTC) - opens.astimezone(UTC) == 25 * HOUR + MINUTE
    assert closing(mine).astimezone(UTC) == datetime(2024, 3, 1, 7, 1, tzinfo=UTC)


# --- The seal --------------------------------------------------------------------------------------------------------
END = grace_end(CALL)


@pytest.mark.parametrize(
    ("codes", "ends"),
    [
        ([], END),
        ([(OPENS, NOON - DAY)], END),
        ([(OPENS, NOON + DAY)], NOON + DAY + 11 * MINUTE),
        ([(END - SECOND, NOON + DAY)], NOON + DAY + 11 * MINUTE),
        ([(END, NOON + DAY)], END),  # the seal had opened by then: it stays open
        ([(NOON + HOUR, NOON + 3 * DAY), (OPENS, NOON + DAY)], NOON + 3 * DAY + 11 * MINUTE),  # given while it held
        ([(NOON + 2 * DAY, NOON + 3 * DAY), (OPENS, NOON + DAY)], NOON + DAY + 11 * MINUTE),
    ],
)
def test_seal_opens_after_the_last_who_may_write(codes: list[tuple[datetime, datetime]], ends: datetime) -> None:
    assert seal_ends(CALL, codes) == ends
