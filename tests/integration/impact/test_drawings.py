"""Drawings: well-formed, telling the same as their tables, wide enough for any words, and nothing of whom must not be named."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.utils import translation

from kinolab.foundation.ui.drawing import Drawing, wide
from kinolab.impact.domain.names import COVER
from kinolab.impact.domain.plan import (
    Activity,
    Actual,
    Goal,
    Line,
    Milestone,
    Money,
    Plan,
    Reading,
    Result,
    Vision,
    Window,
)
from kinolab.impact.domain.safety import Eyes, Outward, through
from kinolab.impact.domain.vocabularies import Accumulation, Funding, Measure, Progress, ResultKind
from kinolab.impact.queries import drawings
from tests.factories.impact import plan, veil

START, TODAY = date(2026, 1, 1), date(2026, 4, 1)
SVG = "{http://www.w3.org/2000/svg}"
LONG = "Сугаттынкезегинбилбегендериңиздердин" * 8
HOSTILE = ["<script>alert(1)</script> ]]> & \"'", LONG, "\u202eمشاركة المياه في القرية\u202c", "a\x00\x0b\x1bb"]


def seen(whole: Plan | None = None, names: str = "") -> Outward:
    return through(whole or plan(), Eyes.LAB, veil(names))


def drawn(outward: Outward) -> list[Drawing]:
    return [
        drawings.theory_of_change(outward, dye="firuza"),
        drawings.results_matrix(outward),
        *drawings.timelines(outward, TODAY),
        *drawings.indicator_charts(outward),
        *drawings.budget_charts(outward),
    ]


def drawn_for_a_phone(outward: Outward) -> list[Drawing]:
    return [
        drawings.theory_of_change(outward, wide=288),
        drawings.results_matrix(outward, wide=288),
        drawings.timeline(outward, TODAY, wide=700),
        *drawings.budget_charts(outward, wide=288),
    ]


def activity(text: str, number: int) -> Activity:
    starts = START + timedelta(days=number * 3)
    return Activity(
        number,
        f"{text} {number}",
        goal=(1, 2, None)[number % 3],
        progress=list(Progress)[number % 4],
        kind=("screening", "media")[number % 2],
        starts_on=starts,
        ends_on=starts + timedelta(days=30 * (number % 5)),
        depends_on=(number - 1,) if number % 4 else (),
    )


def filled(text: str, count: int = 3) -> Plan:
    """A road map with this text wherever people write, and so many activities."""
    whole = plan()
    return replace(
        whole,
        vision=Vision(text, date(2028, 1, 1)),
        goals=(Goal(1, text, is_primary=True), Goal(2, text)),
        activities=(Activity(0, f"{text} undated", goal=1), *(activity(text, number) for number in range(1, count + 1))),
        windows=(Window(1, "tv", text, START), Window(2, "community", text, START, date(2027, 1, 1), rights_confirmed=True)),
        milestones=(Milestone(1, text, date(2026, 5, 1), activities=(1,)),),
        results=(Result(1, text, 1, ResultKind.OUTCOME, assumption=text), Result(2, text, 2, ResultKind.IMPACT)),
        indicators=(replace(whole.indicators[0], title=text, unit=text[:60]),),
        lines=(Line(1, text, unit_cost=Decimal(10), source=text), Line(2, text, unit_cost=Decimal(10), currency="KGS")),
        actuals=(Actual(1, 1, Decimal(5), comment=text), Actual(2, 1, Decimal(2), place=text)),
    )  # fmt: skip


def root(one: Drawing) -> ElementTree.Element:
    return ElementTree.fromstring(one.svg)


def words_of(one: Drawing) -> str:
    return " ".join(text.text or "" for text in root(one).iter(f"{SVG}text"))


def outside(one: Drawing) -> list[str]:
    """Lines of text that lead out of the picture."""
    found, weights = [], {"400": "Regular", "600": "SemiBold", "700": "Bold"}
    for text in root(one).iter(f"{SVG}text"):
        if "font-family" in text.attrib:  # a headline
            continue
        x, long = (
            float(text.attrib["x"]),
            wide(text.text, float(text.get("font-size", "13")), weights[text.get("font-weight", "400")]),
        )
        left = {"start": x, "middle": x - long / 2, "end": x - long}[text.get("text-anchor", "start")]
        if left < -1 or left + long > one.wide + 1 or not 0 <= float(text.attrib["y"]) <= one.high:
            found.append(text.text or "")
    return found


# --- Every drawing ---------------------------------------------------------------------------------------------------
def test_drawings_when_made_stand_by_themselves() -> None:
    outward = seen(filled("Суу"))
    for one in [*drawn(outward), *drawn_for_a_phone(outward)]:
        svg = root(one)
        assert (svg.tag, svg.attrib["role"], [child.tag for child in svg[:2]]) == (
            f"{SVG}svg", "img", [f"{SVG}title", f"{SVG}desc"],
        )  # fmt: skip
        assert (svg[0].text, svg[1].text) == (one.title, one.summary)
        assert svg.attrib["viewBox"] == f"0 0 {svg.attrib['width']} {svg.attrib['height']}"
        marks = list(svg.iter())
        assert [mark for mark in marks if {"style", "class", "href"}.intersection(mark.keys())] == []
        # What is seen has a colour on paper, and its name for the screen.
        bare = [
            mark.attrib
            for mark in marks
            for kind in ("fill", "stroke")
            if mark.get(kind, "").startswith("#") and not mark.get(f"data-{kind}")
        ]
        assert bare == []
        assert one.table.rows and {len(row) for row in one.table.rows} == {len(one.table.head)}


def test_colours_when_used_have_their_rule_for_the_theme() -> None:
    outward = seen(filled("Суу", 8))
    used = set(re.findall(r'data-(?:fill|stroke)="[^"]+"', "".join(one.svg for one in drawn(outward))))

    rules = Path(finders.find("impact/drawings.css")).read_text(encoding="utf-8")

    assert [one for one in sorted(used) if f"[{one}]" not in rules] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_words_when_they_are_hostile_stay_words_inside_the_picture(text: str) -> None:
    outward = seen(filled(text))
    for one in [*drawn(outward), *drawn_for_a_phone(outward)]:
        assert outside(one) == []
        assert "<script" not in one.svg
    told = re.sub(r"\s", "", words_of(drawings.results_matrix(seen(filled(text)))))
    assert re.sub(r"[\s\x00\x0b\x1b]", "", text) in told


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_road_map_when_empty_is_a_calm_sentence(language: str) -> None:
    with translation.override(language):
        found = drawn(seen(Plan()))
        assert len(found) == 5
        for one in found:
            assert words_of(one) == one.summary != ""
            assert not one.table.rows


def test_activities_when_there_are_very_many_stand_in_a_drawing_for_each_goal() -> None:
    outward = seen(filled("Показ фильма в школе и разговор с родителями", 200))

    found = drawings.timelines(outward, TODAY)

    assert [len(one.table.rows) for one in found] == [67, 67, 67, 3]
    assert [outside(one) for one in found] == [[], [], [], []]
    assert words_of(drawings.theory_of_change(outward)).count("Показ фильма") < 12  # told by kind
    assert len(drawings.theory_of_change(outward).table.rows) > 140


def test_name_when_it_is_masked_is_in_no_drawing() -> None:
    for one in drawn(seen(filled("Айгүлдүн үйү, Aigul"), "Айгүл")):
        told = f"{one.svg}{one.title}{one.summary}{one.table}"
        assert ("йгүл" in told, "igul" in told) == (False, False)
    assert COVER in words_of(drawings.theory_of_change(seen(filled("Айгүл"), "Айгүл")))


# --- The same figures in picture and table -----------------------------------------------------------------------------
def test_matrix_when_drawn_tells_what_the_table_tells() -> None:
    one = drawings.results_matrix(seen())

    assert one.table.rows == [
        (
            "Neighbours know their turn", "Outcome: what changed", "Turns are known", "Villages with a board", "0 villages",
            "5 villages", "12 villages", "42%", "as read last", "approved",
        )
    ]  # fmt: skip
    for said in ("Villages with a board", "5", "12", "42%", "as read last"):
        assert said in words_of(one)


@pytest.mark.parametrize(
    ("accumulation", "values", "expected"),
    [
        (Accumulation.CUMULATIVE, (Actual(1, 1, Decimal(5), approved=True),), ["5", "no value"]),
        (Accumulation.PERIODIC, (Actual(1, 1, Decimal(0), approved=True), Actual(2, 2, Decimal(7))), ["0", "7"]),
    ],
)
def test_indicator_when_a_period_is_not_read_has_a_gap(
    accumulation: Accumulation, values: tuple[Actual, ...], expected: list[str]
) -> None:
    indicator = replace(plan().indicators[0], accumulation=accumulation)

    one = drawings.indicator_chart(seen(plan(indicators=(indicator,), actuals=values)), 1)

    assert [row[2] for row in one.table.rows[1:]] == expected
    assert [said for said in expected if said not in words_of(one)] == []
    assert ("no value" in words_of(one)) == ("no value" in expected)
    assert ("hatch" in one.svg) == (accumulation is Accumulation.PERIODIC)  # what nobody has approved yet


def test_indicator_when_told_in_words_has_no_chart() -> None:
    indicator = replace(plan().indicators[0], measure=Measure.QUALITATIVE)
    outward = seen(
        plan(
            indicators=(indicator,),
            targets=(Reading(1, 2, comment="Calm"),),
            actuals=(Actual(1, 1, comment="They talk."),),
        )
    )

    (one,) = drawings.indicator_charts(outward)

    assert [row[-1] for row in one.table.rows] == ["—", "They talk.", "—"]
    assert "told in words" in words_of(one)


def test_parts_when_values_speak_of_some_are_drawn_beside_the_whole() -> None:
    values = (Actual(1, 1, Decimal(5), sex="female"), Actual(2, 1, Decimal(4), sex="male"))

    chart, parts = drawings.indicator_charts(seen(plan(actuals=values)))

    assert (chart.table.rows[1][2], [row[1:] for row in parts.table.rows]) == (
        "9", [("Women and girls", "5"), ("Men and boys", "4")],
    )  # fmt: skip


def test_budget_when_in_two_currencies_is_two_drawings() -> None:
    lines = (
        Line(1, "A", unit_cost=Decimal(100), source="Fund", funding=Funding.SECURED),
        Line(2, "B", unit_cost=Decimal(40), source="Fund"),
        Line(3, "C", unit_cost=Decimal(900), currency="KGS"),
    )

    own, other = drawings.budget_charts(seen(plan(money=Money("USD", Decimal(5)), lines=lines)))

    assert own.table.rows == [
        ("Fund", "US$100.00", "US$40.00", "US$140.00"), ("Reserve, 5%", "—", "—", "US$7.00"),
        ("All together", "US$100.00", "US$40.00", "US$147.00"),
    ]  # fmt: skip
    assert ("900" in words_of(own), other.table.rows[-1][-1]) == (False, "KGS900.00")


def test_timeline_when_drawn_shows_today_only_where_it_lies() -> None:
    near, far = (drawings.timeline(seen(), day) for day in (TODAY, date(2031, 1, 1)))

    assert ("Today: 1 April 2026" in words_of(near), "Today" in words_of(far)) == (True, False)
    assert near.table.rows[0][1:5] == ("Screenings", "1 March 2026", "1 June 2026", "Planned")


def test_timeline_when_a_year_is_mistyped_stays_small() -> None:
    first, second = activity("A", 1), replace(activity("B", 2), starts_on=date(202, 6, 1))

    one = drawings.timeline(seen(plan(activities=(first, second))), TODAY)

    assert (outside(one), len(one.svg) < 40_000) == ([], True)


def test_gate_when_the_public_looks_has_no_money_to_draw() -> None:
    (one,) = drawings.budget_charts(through(plan(), Eyes.PUBLIC, veil()))

    assert words_of(one) == "No budget line is written yet."
