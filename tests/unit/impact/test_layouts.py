"""Where things lie in a drawing: ticks, lanes, arrows, layers. And what is drawn of an indicator and of money."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.impact.domain import axis, lanes, layers, money, series
from kinolab.impact.domain.axis import Unit
from kinolab.impact.domain.lanes import Box
from kinolab.impact.domain.layers import Layer
from kinolab.impact.domain.money import Budget, Pot
from kinolab.impact.domain.plan import Activity, Actual, Goal, Line, Money, Period, Reading, Result
from kinolab.impact.domain.vocabularies import Accumulation, Funding, Measure, Progress, ResultKind
from tests.factories.impact import plan

NEED = {Unit.MONTH: 40.0, Unit.QUARTER: 60.0, Unit.YEAR: 1.0}
DAYS = st.dates(date(2020, 1, 1), date(2045, 12, 31))


# --- Time ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "last", "unit", "ticks"),
    [
        (date(2026, 3, 5), date(2026, 3, 5), Unit.MONTH, [date(2026, 3, 1)]),
        (date(2026, 11, 5), date(2027, 1, 31), Unit.MONTH, [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]),
        (date(2026, 2, 5), date(2028, 6, 30), Unit.QUARTER, [axis.begins(date(2026, 1, 1), Unit.QUARTER)]),
        (date(2026, 2, 5), date(2036, 6, 30), Unit.YEAR, [date(2026, 1, 1)]),
        (date(2027, 1, 1), date(2026, 1, 1), Unit.MONTH, [date(2027, 1, 1)]),  # the wrong way round
        (date(9999, 12, 1), date(9999, 12, 31), Unit.MONTH, [date(9999, 12, 1)]),
    ],
)
def test_time_when_laid_out_takes_the_finest_unit_that_has_room(
    first: date, last: date, unit: Unit, ticks: list[date]
) -> None:
    found = axis.time(first, last, 800, NEED)

    assert (found.unit, found.ticks()[: len(ticks)]) == (unit, ticks)


@given(DAYS, DAYS, st.floats(200, 1400))
def test_time_when_laid_out_holds_its_days_between_whole_units(one: date, other: date, wide: float) -> None:
    first, last = min(one, other), max(one, other)

    found = axis.time(first, last, wide, NEED)

    assert found.first <= first <= last < found.last
    assert [found.holds(first), found.holds(found.last)] == [True, False]
    assert 0 <= found.share(first) <= found.share(last) < 1
    assert found.first == axis.begins(found.first, found.unit)
    assert len(found.ticks()) * NEED[found.unit] <= wide or found.unit is Unit.YEAR


def test_time_when_nothing_has_room_is_told_in_years() -> None:
    found = axis.time(date(2026, 2, 5), date(2326, 6, 30), 100, NEED)

    assert (found.unit, found.first, found.last) == (Unit.YEAR, date(2026, 1, 1), date(2327, 1, 1))


def test_day_after_when_there_is_none_is_the_last_there_is() -> None:
    assert [axis.day_after(date(2026, 2, 28)), axis.day_after(date.max)] == [date(2026, 3, 1), date.max]


# --- Values ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("found", "whole", "expected"),
    [
        ([], False, ["0", "0.25", "0.5", "0.75", "1"]),
        ([60, 31, 18], False, ["0", "20", "40", "60"]),
        ([1], True, ["0", "1"]),
        ([3], True, ["0", "1", "2", "3"]),
        ([9400], True, ["0", "2500", "5000", "7500", "10000"]),
        ([-30, 50], False, ["-40", "-20", "0", "20", "40", "60"]),
        (["0.001"], False, ["0", "0.00025", "0.00050", "0.00075", "0.00100"]),
    ],
)
def test_values_when_marked_are_round_and_hold_zero(found: list[object], whole: bool, expected: list[str]) -> None:
    ticks = axis.values([Decimal(str(one)) for one in found], whole=whole)

    assert ticks == [Decimal(one) for one in expected]


@given(st.lists(st.decimals(-(10**9), 10**9, places=3), max_size=6), st.booleans())
def test_values_when_marked_lie_within_few_even_steps(found: list[Decimal], whole: bool) -> None:
    ticks = axis.values(found, whole=whole)

    assert ticks[0] <= min([Decimal(0), *found]) and ticks[-1] >= max([Decimal(0), *found])
    assert Decimal(0) in ticks and 2 <= len(ticks) <= 7
    assert len({after - before for before, after in pairwise(ticks)}) == 1


@pytest.mark.parametrize(("ticks", "wide", "expected"), [(4, 400, 1), (10, 400, 3), (100, 400, 25), (5, 0, 1)])
def test_names_when_there_is_no_room_for_each_stand_under_some(ticks: int, wide: float, expected: int) -> None:
    assert axis.every(ticks, wide, 100) == expected


# --- Lanes -----------------------------------------------------------------------------------------------------------
@given(st.lists(st.tuples(st.floats(0, 900), st.floats(1, 300)), max_size=60))
def test_bars_when_packed_never_touch_and_lanes_have_no_holes(found: list[tuple[float, float]]) -> None:
    extents = [(start, start + long) for start, long in found]

    placed = lanes.pack(extents, 10)

    together = sorted((lane, *extent) for lane, extent in zip(placed, extents, strict=True))
    assert [pair for pair in pairwise(together) if pair[0][0] == pair[1][0] and pair[1][1] < pair[0][2] + 10] == []
    assert set(placed) == set(range(len(set(placed))))


def test_lanes_when_bars_differ_are_as_high_as_their_highest() -> None:
    assert lanes.tops([0, 1, 0], [20, 30, 50], 5) == ([0, 55, 0], 85)
    assert lanes.tops([], [], 5) == ([], 0)


@pytest.mark.parametrize(
    ("after", "way"),
    [
        (Box(150, 0, 50, 20), [(95, 20), (95, 29), (155, 29), (155, 20)]),  # beside it: below the words between them
        (Box(150, 40, 50, 20), [(95, 20), (95, 50), (150, 50)]),  # below, later
        (Box(150, -60, 50, 20), [(95, 0), (95, -50), (150, -50)]),  # above, later
        (Box(100, 40, 50, 20), [(95, 20), (95, 30), (105, 30), (105, 40)]),  # the day after: comes in from above
        (Box(20, -60, 50, 20), [(95, 0), (95, -20), (25, -20), (25, -40)]),  # dates contradict the order
        (Box(90, 40, 50, 20), [(95, 20), (95, 40)]),  # straight down
    ],
)
def test_arrow_when_led_goes_at_right_angles_from_end_to_beginning(after: Box, way: list[tuple[float, float]]) -> None:
    assert lanes.route(Box(0, 0, 100, 20), after) == way


# --- Layers ----------------------------------------------------------------------------------------------------------
def test_theory_when_layered_has_the_primary_goal_first_and_keeps_what_has_no_goal() -> None:
    found = layers.lanes(
        plan(
            goals=(Goal(1, "Other"), Goal(2, "First", is_primary=True), Goal(3, "Empty")),
            activities=(
                Activity(1, "A", goal=2), Activity(2, "Gone", goal=2, progress=Progress.DROPPED), Activity(3, "Lost", goal=99),
            ),
            results=(Result(1, "O", 1, ResultKind.OUTPUT), Result(2, "I", 2, ResultKind.IMPACT)),
        )
    )  # fmt: skip

    told = [(lane.goal.number if lane.goal else None, lane.layers, len(lane.activities)) for lane in found]
    assert told == [
        (2, (Layer.ACTIVITY, Layer.IMPACT), 1), (1, (Layer.OUTPUT,), 0), (3, (), 0), (None, (Layer.ACTIVITY,), 1),
    ]  # fmt: skip


def test_theory_when_results_are_of_any_kind_has_a_layer_for_each() -> None:
    found = layers.lanes(
        plan(results=tuple(Result(place, kind.value, 1, kind) for place, kind in enumerate(ResultKind)))
    )

    assert [one.title for rows in found[0].results.values() for one in rows] == ["output", "other", "outcome", "impact"]


def test_activities_when_too_many_are_those_under_way_next_and_done_last() -> None:
    said = [(Progress.DONE, 1), (Progress.DONE, 2), (Progress.PLANNED, 9), (Progress.PLANNED, 5), (Progress.RUNNING, 4)]
    some = [Activity(month, progress=progress, starts_on=date(2026, month, 1)) for progress, month in said]

    shown = [[one.number for one in layers.foremost(some, most)] for most in range(6)]

    assert shown == [[], [4], [5, 4], [9, 5, 4], [2, 9, 5, 4], [1, 2, 9, 5, 4]]


def test_theory_when_everything_has_a_goal_has_no_lane_without() -> None:
    assert [lane.goal is not None for lane in layers.lanes(plan())] == [True]


def test_activities_when_counted_by_kind_keep_the_order_of_the_list() -> None:
    some = tuple(Activity(number, kind=kind) for number, kind in enumerate(("media", "", "screening", "media")))

    assert layers.by_kind(some) == {"screening": 1, "media": 2, "": 1}


# --- Series ----------------------------------------------------------------------------------------------------------
def test_points_when_read_tell_gaps_from_zero_and_approved_from_waiting() -> None:
    spans = ((1, 1, 6), (2, 7, 12))
    periods = tuple(Period(number, 1, date(2026, a, 1), date(2026, b, 28)) for number, a, b in reversed(spans))
    whole = plan(
        periods=(*periods, Period(3, 9, date(2026, 1, 1), date(2026, 2, 1))),
        targets=(Reading(1, 2, Decimal(12)),),
        actuals=(
            Actual(1, 1, Decimal(0), approved=True), Actual(2, 1, Decimal(3), sex="female", comment=" So. "),
            Actual(3, 2, None, comment="Nobody went."),
        ),
    )  # fmt: skip

    first, second = series.points(whole, whole.indicators[0])

    assert (first.value, first.approved, first.waits, first.comment) == (Decimal(0), Decimal(0), False, "So.")
    assert (second.value, second.target, second.comment) == (None, Decimal(12), "Nobody went.")


@pytest.mark.parametrize(
    ("measure", "accumulation", "bars"),
    [
        (Measure.UNIT, Accumulation.PERIODIC, True), (Measure.UNIT, Accumulation.CUMULATIVE, False),
        (Measure.UNIT, None, True), (Measure.PERCENTAGE, Accumulation.PERIODIC, False), (Measure.ORDINAL, None, False),
    ],
)  # fmt: skip
def test_chart_when_periods_stand_for_themselves_has_bars(
    measure: Measure, accumulation: Accumulation | None, bars: bool
) -> None:
    from dataclasses import replace

    assert series.in_bars(replace(plan().indicators[0], measure=measure, accumulation=accumulation)) == bars


# --- Money -----------------------------------------------------------------------------------------------------------
def test_budget_when_added_up_never_mixes_currencies() -> None:
    whole = plan(
        money=Money("KGS", Decimal(10)),
        lines=(
            Line(1, "A", unit_cost=Decimal(100), currency="USD", source="Fund", funding=Funding.SPENT),
            Line(2, "B", quantity=Decimal(2), unit_cost=Decimal(50), currency="KGS", source="Fund "),
            Line(3, "C", unit_cost=Decimal(30), currency="KGS", source="Fund", funding=Funding.SECURED),
            Line(4, "D", unit_cost=Decimal(900), currency="KGS", funding=Funding.REQUESTED),
        ),
    )

    own, other = money.budgets(whole)

    by = {Funding.PLANNED: Decimal(100), Funding.REQUESTED: Decimal(900), Funding.SECURED: Decimal(30)}
    fund = Pot("Fund", {Funding.PLANNED: Decimal(100), Funding.SECURED: Decimal(30)})
    pots = (Pot("", {Funding.REQUESTED: Decimal(900)}), fund)
    assert own == Budget("KGS", pots, by, Decimal(103), Decimal(10))
    assert (own.lines, own.total, own.asked, fund.total) == (1030, 1133, 930, 130)
    assert (other.currency, other.total, other.reserve) == ("USD", 100, 0)
