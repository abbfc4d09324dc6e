from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.refusals import Refusal
from kinolab.impact.domain import figures
from kinolab.impact.domain.figures import Figure, How, Kind, Total, Value
from kinolab.impact.domain.vocabularies import Accumulation, Measure

PERIODIC, CUMULATIVE = Accumulation.PERIODIC, Accumulation.CUMULATIVE
FIRST, SECOND = (date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 12, 31))


def value(when: tuple[date, date], number: object, out_of: int | None = None, **of: str) -> Value:
    return Value(*when, None if number is None else Decimal(str(number)), out_of, tuple(of.items()))


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("", Measure.UNIT, None),
        (" 1 234,50 ", Measure.UNIT, Decimal("1234.50")),
        ("-3", Measure.UNIT, Decimal(-3)),
        ("31 %", Measure.PERCENTAGE, Decimal(31)),
        ("31 %", Measure.UNIT, Refusal("value_is_a_share", {"text": "31 %"})),
        ("high %", Measure.UNIT, Refusal("value_not_a_number", {"text": "high %"})),
        ("1/2", Measure.PERCENTAGE, Refusal("value_is_a_fraction", {"text": "1/2"})),
        ("½", Measure.UNIT, Refusal("value_is_a_fraction", {"text": "½"})),
        ("1,234", Measure.UNIT, Refusal("value_read_two_ways", {"text": "1,234"})),
        ("0,125", Measure.PERCENTAGE, Decimal("0.125")),
        ("1.234", Measure.UNIT, Decimal("1.234")),
        ("N/A", Measure.UNIT, Refusal("value_not_a_number", {"text": "N/A"})),
        ("High", Measure.PERCENTAGE, Refusal("value_not_a_number", {"text": "High"})),
        ("1e9", Measure.UNIT, Refusal("value_not_a_number", {"text": "1e9"})),
        ("1,234.5", Measure.UNIT, Refusal("value_not_a_number", {"text": "1,234.5"})),
        ("2.5", Measure.ORDINAL, Refusal("value_not_a_whole_number", {"text": "2.5"})),
        ("2.0", Measure.ORDINAL, Decimal("2.0")),
        ("3", Measure.QUALITATIVE, Refusal("value_in_words", {})),
        ("", Measure.QUALITATIVE, None),
    ],
)
def test_values_when_typed_are_numbers_or_refused(text: str, measure: Measure, expected: object) -> None:
    found = figures.parse(text, measure)

    assert (found, getattr(found, "facts", None)) == (expected, getattr(expected, "facts", None))


@pytest.mark.parametrize(
    ("measure", "accumulation", "values", "expected"),
    [
        (Measure.UNIT, PERIODIC, [], (None, How.NOTHING)),
        (Measure.UNIT, PERIODIC, [value(FIRST, None)], (None, How.NOTHING)),
        (Measure.UNIT, None, [value(FIRST, 3)], (None, How.UNDECLARED)),
        (Measure.UNIT, PERIODIC, [value(SECOND, 4), value(FIRST, 3)], (Decimal(7), How.SUM)),
        (Measure.UNIT, CUMULATIVE, [value(SECOND, 4), value(FIRST, 3)], (Decimal(4), How.LATEST)),
        (Measure.PERCENTAGE, PERIODIC, [value(FIRST, 20), value(SECOND, 30)], (Decimal(30), How.LATEST)),
        (Measure.PERCENTAGE, None, [value(FIRST, 20, 100), value(FIRST, 50, 200)], (Decimal(40), How.LATEST)),
        (Measure.ORDINAL, None, [value(FIRST, 1), value(SECOND, 2)], (Decimal(2), How.LATEST)),
        (Measure.QUALITATIVE, None, [value(FIRST, 3)], (None, How.WORDS)),
        # All beside its parts: the parts are not counted again.
        (Measure.UNIT, PERIODIC, [value(FIRST, 9), value(FIRST, 5, sex="female")], (Decimal(9), How.SUM)),
        # Parts alone: one way of parting is summed, the other not added to it.
        (
            Measure.UNIT,
            PERIODIC,
            [value(FIRST, 5, sex="female"), value(FIRST, 4, sex="male"), value(FIRST, 9, country="KG")],
            (Decimal(9), How.SUM),
        ),
    ],
)
def test_figures_when_summed_up_are_what_may_be_said(
    measure: Measure, accumulation: Accumulation | None, values: list[Value], expected: tuple[Decimal | None, How]
) -> None:
    found = figures.figure(measure, accumulation, values)

    assert (found.value, found.how) == expected


def test_figure_when_parted_tells_each_part_by_the_same_rule() -> None:
    values = [value(FIRST, 5, sex="female"), value(FIRST, 4, sex="male"), value(SECOND, 7, sex="female")]

    assert figures.figure(Measure.UNIT, PERIODIC, values).by == {"sex": {"female": Decimal(12), "male": Decimal(4)}}
    assert figures.figure(Measure.UNIT, CUMULATIVE, values).by == {"sex": {"female": Decimal(7), "male": Decimal(4)}}


def test_roll_up_when_kinds_differ_never_adds_them() -> None:
    periodic, cumulative = Kind(Measure.UNIT, "villages", PERIODIC), Kind(Measure.UNIT, "villages", CUMULATIVE)
    share, silent = Kind(Measure.PERCENTAGE, "%", None), Kind(Measure.ORDINAL, "", None)
    told = Figure(Decimal(3), How.SUM, by={"sex": {"female": Decimal(2)}})

    found = figures.roll_up(
        [
            (periodic, told), (periodic, told), (periodic, Figure(None, How.NOTHING)), (cumulative, told),
            (share, Figure(Decimal(20), How.LATEST, out_of=100)), (share, Figure(Decimal(50), How.LATEST, out_of=200)),
            (share, Figure(Decimal(99), How.LATEST)), (silent, told),
        ]
    )  # fmt: skip

    assert found == [
        Total(silent, None, 0, 1),
        Total(share, Decimal(40), 2, 1),
        Total(cumulative, Decimal(3), 1, 0, {"sex": {"female": Decimal(2)}}),
        Total(periodic, Decimal(6), 2, 1, {"sex": {"female": Decimal(4)}}),
    ]


def test_roll_up_when_nobody_has_read_anything_has_no_value() -> None:
    kind = Kind(Measure.UNIT, "", PERIODIC)

    assert figures.roll_up([(kind, Figure(None, How.NOTHING))]) == [Total(kind, None, 0, 1)]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 1000)), min_size=1))
def test_periodic_counts_when_read_in_any_order_come_to_the_same(rows: list[tuple[int, int]]) -> None:
    values = [value((date(2020 + year, 1, 1), date(2020 + year, 12, 31)), number) for year, number in rows]

    found = figures.figure(Measure.UNIT, PERIODIC, values)

    assert found == figures.figure(Measure.UNIT, PERIODIC, values[::-1])
    assert found.value == sum(number for _, number in rows)


@pytest.mark.parametrize(
    ("baseline", "reached", "target", "expected"),
    [
        (18, 31, 60, Decimal(1300) / 42),
        (None, 5, 12, Decimal(500) / 12),
        (50, 20, 10, Decimal(75)),  # less is better
        (0, 20, 10, Decimal(100)),
        (10, 5, 20, Decimal(0)),
        (10, None, 20, None),
        (10, 12, 10, None),
    ],
)
def test_way_when_measured_goes_from_before_to_target(
    baseline: int | None, reached: int | None, target: int, expected: Decimal | None
) -> None:
    given_ = [None if one is None else Decimal(one) for one in (baseline, reached, target)]

    assert figures.way(*given_) == expected
