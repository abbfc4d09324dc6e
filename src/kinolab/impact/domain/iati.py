"""A road map as an activity of the IATI standard, version 2.03: written from an `Outward`, and read back by `iati_reading`.

What the standard has no place for (how periods add up, units, tools) stands in attributes and elements of our own namespace,
which the schema allows for; whoever does not know them reads the rest. The tables of codes are those of the code lists
ResultType, IndicatorMeasure, IndicatorVocabulary, TagVocabulary, ActivityStatus, ActivityDateType, OrganisationRole and
DocumentCategory (IATI Standard, https://iatistandard.org, CC BY 4.0).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from kinolab.foundation.lines import normalise
from kinolab.impact.domain import findings
from kinolab.impact.domain.lifecycle import RoadMapState
from kinolab.impact.domain.plan import Actual, Evidence, Goal, Indicator, Partner, Period, Plan, Reading, Result
from kinolab.impact.domain.safety import Outward
from kinolab.impact.domain.vocabularies import Measure, Progress, ResultKind

VERSION = "2.03"
NAMESPACE = "urn:kinolab:impact:1"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
RESULT_TYPES: Mapping[ResultKind, str] = {
    ResultKind.OUTPUT: "1", ResultKind.OUTCOME: "2", ResultKind.IMPACT: "3", ResultKind.OTHER: "9",
}  # fmt: skip
MEASURES: Mapping[Measure, str] = {
    Measure.UNIT: "1", Measure.PERCENTAGE: "2", Measure.NOMINAL: "3", Measure.ORDINAL: "4", Measure.QUALITATIVE: "5",
}  # fmt: skip
SDG_GOALS, SDG_TARGETS, SDG_INDICATORS = "2", "3", "9"
RESULTS_DOCUMENT = "A08"
ElementTree.register_namespace("kino", NAMESPACE)
# Columns of an indicator that the standard has no place for; attributes of ours.
OWN = ("accumulation", "unit", "method", "tool", "source_of_data", "frequency", "ethics", "no_baseline_reason")
DIMENSIONS = ("sex", "age", "country", "place")
_STATUS: Mapping[RoadMapState, str] = {
    RoadMapState.IMPLEMENTING: "2", RoadMapState.REPORTING: "2", RoadMapState.CLOSED: "4",
}  # fmt: skip
_PIPELINE = "1"
_PLANNED_START, _ACTUAL_START, _PLANNED_END = "1", "2", "3"
_FUNDING, _ACCOUNTABLE, _IMPLEMENTING = "1", "2", "4"
_GENERAL, _OBJECTIVES, _TARGET_GROUPS = "1", "2", "3"
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMATS = {"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "mp4": "video/mp4"}


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes: its identifier in IATI, its kind by the code list OrganisationType, its name by language."""

    ref: str
    kind: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class About:
    """What the road map itself does not say: its language, where it stands, when it was made and last changed."""

    language: str
    state: RoadMapState
    made_on: date
    changed_at: datetime


def document(activities: Iterable[Element], at: datetime) -> bytes:
    """The file: every activity, UTF-8."""
    root = Element("iati-activities", {"version": VERSION, "generated-datetime": at.isoformat(timespec="seconds")})
    root.extend(activities)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def activity(outward: Outward, about: About, publisher: Publisher) -> Element:
    """One road map."""
    plan = outward.plan
    found = Element(
        "iati-activity",
        {LANGUAGE: about.language, "last-updated-datetime": about.changed_at.isoformat(timespec="seconds")},
    )
    SubElement(found, "iati-identifier").text = f"{publisher.ref}-{plan.code}"
    reports = SubElement(found, "reporting-org", {"ref": publisher.ref, "type": publisher.kind})
    _names(reports, publisher.names)
    _narrative(SubElement(found, "title"), plan.title)
    _descriptions(found, plan)
    _organisations(found, plan, publisher)
    SubElement(found, "activity-status", {"code": _STATUS.get(about.state, _PIPELINE)})
    for kind, on in _dates(plan, about):
        SubElement(found, "activity-date", {"type": kind, "iso-date": on.isoformat()})
    _countries(found, plan)
    for code in findings.tags_for_export(plan):
        SubElement(found, "tag", {"vocabulary": SDG_TARGETS if "." in code else SDG_GOALS, "code": code})
    found.extend(results(plan))
    return found


def _descriptions(found: Element, plan: Plan) -> None:
    general = [plan.issue.title, plan.issue.statement, plan.issue.why_now]
    said = (
        (_GENERAL, [text for text in general if text.strip()] or [plan.title]),
        (_OBJECTIVES, [plan.vision.statement, *(one.goal for one in plan.goals)]),
        (_TARGET_GROUPS, [one.name for one in plan.audiences]),
    )
    for kind, texts in said:
        if whole := "\n".join(text for text in texts if text.strip()):
            _narrative(SubElement(found, "description", {"type": kind}), whole)


def _organisations(found: Element, plan: Plan, publisher: Publisher) -> None:
    answers = SubElement(
        found, "participating-org", {"ref": publisher.ref, "type": publisher.kind, "role": _ACCOUNTABLE}
    )
    _names(answers, publisher.names)
    for one in plan.partners:
        if one.safe_to_name and one.organisation.strip():
            _narrative(SubElement(found, "participating-org", {"role": _role(one)}), one.organisation)


def _role(partner: Partner) -> str:
    return _FUNDING if partner.role == "funder" else _IMPLEMENTING


def _dates(plan: Plan, about: About) -> list[tuple[str, date]]:
    """The first and the last day that the plan speaks of; when it really began, where it has."""
    begun = [
        one.starts_on for one in plan.activities if one.starts_on and one.progress in (Progress.RUNNING, Progress.DONE)
    ]
    planned = [one.starts_on for one in plan.activities if one.starts_on] + [one.starts_on for one in plan.periods]
    dates = [(_PLANNED_START, min(planned, default=about.made_on))]
    if begun:
        dates.append((_ACTUAL_START, min(begun)))
    if plan.vision.horizon:
        dates.append((_PLANNED_END, plan.vision.horizon))
    return dates


def _countries(found: Element, plan: Plan) -> None:
    """Where the problem is; of several countries the standard wants to know shares, and nobody has weighed them."""
    codes = list(dict.fromkeys(one.country for one in plan.places if one.country))
    share = (Decimal(100) / len(codes)).quantize(Decimal("0.01")) if codes else Decimal(0)
    for place, code in enumerate(codes):
        of_all = Decimal(100) - share * (len(codes) - 1) if place == 0 else share
        SubElement(found, "recipient-country", {"code": code, "percentage": plain(of_all)})


# --- Results -------------------------------------------------------------------------------------------------------------
def results(plan: Plan) -> list[Element]:
    """Every result that has an indicator; the standard knows no others."""
    of = {one.number: [own for own in plan.indicators if own.result == one.number] for one in plan.results}
    return [_result(plan, one, of[one.number]) for one in plan.results if of[one.number]]


def _result(plan: Plan, result: Result, indicators: Sequence[Indicator]) -> Element:
    said = {"type": RESULT_TYPES[result.kind], "aggregation-status": _flag(result.aggregable)}
    if assumption := clean(result.assumption):
        said[f"{{{NAMESPACE}}}assumption"] = assumption
    found = Element("result", said)
    _narrative(SubElement(found, "title"), result.title)
    goals: dict[int, Goal] = {one.number: one for one in plan.goals}
    if result.goal in goals and clean(goals[result.goal].goal):
        _narrative(SubElement(found, "description"), goals[result.goal].goal)
    for one in indicators:
        _indicator(found, plan, result, one)
    return found


def adds_up(result: Result, indicator: Indicator) -> bool:
    """Whether values of the indicator may be added to those of others."""
    return result.aggregable and indicator.measure is Measure.UNIT


def _indicator(into: Element, plan: Plan, result: Result, indicator: Indicator) -> None:
    said = {
        "measure": MEASURES[indicator.measure],
        "ascending": _flag(indicator.higher_is_better),
        "aggregation-status": _flag(adds_up(result, indicator)),
    }
    own = {f"{{{NAMESPACE}}}{name}": clean(getattr(indicator, name) or "") for name in OWN}
    found = SubElement(into, "indicator", said | {name: value for name, value in own.items() if value})
    _narrative(SubElement(found, "title"), indicator.title)
    if described := ". ".join(text for one in (indicator.unit, indicator.method) if (text := clean(one))):
        _narrative(SubElement(found, "description"), described)
    if indicator.sdg_indicator:
        SubElement(found, "reference", {"vocabulary": SDG_INDICATORS, "code": indicator.sdg_indicator})
    _baseline(found, indicator)
    for period in plan.periods:
        if period.indicator == indicator.number:
            _period(found, plan, indicator, period)


def _baseline(into: Element, indicator: Indicator) -> None:
    """How it was before; without a year the standard takes none."""
    year = indicator.baseline_year or (indicator.baseline_on.year if indicator.baseline_on else None)
    value = None if indicator.measure is Measure.QUALITATIVE else indicator.baseline_value
    if year is None or (value is None and not clean(indicator.baseline_comment)):
        return
    said = {"year": str(year)}
    if indicator.baseline_on:
        said["iso-date"] = indicator.baseline_on.isoformat()
    if value is not None:
        said["value"] = plain(value)
    if unit := clean(indicator.baseline_unit):
        said[f"{{{NAMESPACE}}}unit"] = unit
    found = SubElement(into, "baseline", said)
    if place := clean(indicator.baseline_place):
        SubElement(found, "dimension", {"name": "place", "value": place})
    if clean(indicator.baseline_comment):
        _narrative(SubElement(found, "comment"), indicator.baseline_comment)


def _period(into: Element, plan: Plan, indicator: Indicator, period: Period) -> None:
    found = SubElement(into, "period")
    SubElement(found, "period-start", {"iso-date": period.starts_on.isoformat()})
    SubElement(found, "period-end", {"iso-date": period.ends_on.isoformat()})
    for target in plan.targets:
        if target.period == period.number:
            _reading(found, "target", indicator, target)
    shown = {one.number: one for one in plan.evidence}
    for actual in plan.actuals:
        if actual.period == period.number:
            _reading(found, "actual", indicator, actual, [shown[one] for one in actual.evidence if one in shown])


def _reading(
    into: Element, name: str, indicator: Indicator, reading: Reading, evidence: Sequence[Evidence] = ()
) -> None:
    in_words = indicator.measure is Measure.QUALITATIVE
    said = {} if reading.value is None or in_words else {"value": plain(reading.value)}
    found = SubElement(into, name, said)
    for dimension, value in reading.dimensions:
        if told := clean(value):
            SubElement(found, "dimension", {"name": dimension, "value": told})
    if clean(reading.comment):
        _narrative(SubElement(found, "comment"), reading.comment)
    for one in evidence:
        if one.url:
            _document(found, one)
    if reading.out_of is not None:
        SubElement(found, f"{{{NAMESPACE}}}out-of").text = str(reading.out_of)
    if isinstance(reading, Actual) and reading.recorded_on:
        SubElement(found, f"{{{NAMESPACE}}}recorded-on").text = reading.recorded_on.isoformat()


def _document(into: Element, evidence: Evidence) -> None:
    said = {"url": evidence.url, "format": _FORMATS.get(evidence.url.rpartition(".")[2].lower(), "text/html")}
    if evidence.kind:
        said[f"{{{NAMESPACE}}}kind"] = evidence.kind
    found = SubElement(into, "document-link", said)
    _narrative(SubElement(found, "title"), evidence.title)
    if clean(evidence.describes):
        _narrative(SubElement(found, "description"), evidence.describes)
    SubElement(found, "category", {"code": RESULTS_DOCUMENT})
    if evidence.on:
        SubElement(found, "document-date", {"iso-date": evidence.on.isoformat()})


# --- Small things --------------------------------------------------------------------------------------------------------
def plain(value: Decimal) -> str:
    """A number without zeros behind it and without an exponent."""
    return format(value.normalize(), "f") if value else "0"


def clean(text: str) -> str:
    """A text that may stand in XML, with every line ended alike."""
    return _NOT_IN_XML.sub("", normalise(text)).strip()


def _narrative(into: Element, text: str) -> None:
    """The text in the language of the activity; a dash where nothing may be said."""
    SubElement(into, "narrative").text = clean(text) or "—"


def _names(into: Element, names: Mapping[str, str]) -> None:
    for language, text in names.items():
        SubElement(into, "narrative", {LANGUAGE: language}).text = clean(text) or "—"


def _flag(so: bool) -> str:
    return "true" if so else "false"
