"""Road maps as activities of the IATI standard: valid by its official schema, the same after a way out and in."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings

from kinolab.foundation.refusals import Refusal
from kinolab.impact.domain import arriving, iati, iati_reading, safety
from kinolab.impact.domain.iati import About, Publisher
from kinolab.impact.domain.lifecycle import RoadMapState
from kinolab.impact.domain.parts import PLAN, Part
from kinolab.impact.domain.plan import (
    Activity,
    Actual,
    Evidence,
    Indicator,
    Partner,
    Place,
    Plan,
    Reading,
    SdgTag,
    Vision,
)
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.domain.vocabularies import Measure, Progress, ResultKind, Sensitivity
from tests.factories import iati as files
from tests.factories.impact import plan, veil

AT = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
LAB = Publisher("KG-MJR-77", "22", {"ky": "Түндүк", "en": "Tunduk"})


def document(of: Plan, eyes: Eyes = Eyes.PUBLIC, names: str = "") -> bytes:
    about = About("ky", RoadMapState.IMPLEMENTING, date(2026, 1, 9), AT)
    return iati.document([iati.activity(safety.through(of, eyes, veil(names)), about, LAB)], AT)


# --- Out -----------------------------------------------------------------------------------------------------------------
def test_activity_when_written_says_what_the_standard_asks() -> None:
    of = plan(
        places=(Place(1, "Naryn", "KG"), Place(2, "Osh", "KG"), Place(3, "Khujand", "TJ")),
        sdg_tags=(SdgTag(1, "6"), SdgTag(2, "6.b"), SdgTag(3, "5")),
        partners=(Partner(1, "Water union", "funder", safe_to_name=True), Partner(2, "Field voice")),
        evidence=(Evidence(1, "Boards", "press", date(2026, 5, 1), "https://example.org/b.pdf", consent_ok=True,
                           describes="Six of them",
                           sensitivity=Sensitivity.PUBLIC),),
        actuals=(Actual(1, 1, Decimal("5.50"), 12, "Field voice helped", sex="female", approved=True, evidence=(1,)),
                 Actual(2, 1, Decimal(9))),
    )  # fmt: skip

    content = document(of)

    found = fromstring(content).find("iati-activity")
    assert found is not None
    assert files.mistakes(content) == []
    assert [found.findtext(one) for one in ("iati-identifier", "title/narrative")] == ["KG-MJR-77-abc", "Суу бөлгүч"]
    assert [(one.get("vocabulary"), one.get("code")) for one in found.findall("tag")] == [("2", "5"), ("3", "6.b")]
    countries = [(one.get("code"), one.get("percentage")) for one in found.findall("recipient-country")]
    assert countries == [("KG", "50"), ("TJ", "50")]
    dates = [(one.get("type"), one.get("iso-date")) for one in found.findall("activity-date")]
    assert dates == [("1", "2026-01-01"), ("3", "2027-12-31")]
    organisations = [one.get("role") for one in found.findall("participating-org")]
    assert organisations == ["2", "1"]
    actuals = found.findall(".//actual")  # what nobody has approved does not leave
    assert [(one.get("value"), one[0].attrib) for one in actuals] == [("5.5", {"name": "sex", "value": "female"})]
    assert actuals[0].findtext("comment/narrative") == "••• helped"
    assert [one.get("url") for one in found.iter("document-link")] == ["https://example.org/b.pdf"]
    assert "Field voice" not in content.decode()


def test_activity_when_little_is_known_says_no_more() -> None:
    of = plan(
        vision=Vision(), audiences=(), partners=(Partner(1, " ", safe_to_name=True),),
        activities=(Activity(1, "Talks", starts_on=date(2025, 5, 1), progress=Progress.RUNNING),),
        evidence=(Evidence(1, "Talks", url="https://example.org/", consent_ok=True, sensitivity=Sensitivity.PUBLIC),),
        indicators=(Indicator(1, "Villages", 1, sdg_indicator="6.b.1"),),
        actuals=(Actual(1, 1, Decimal(5), place=" ", evidence=(1,)),),
    )  # fmt: skip

    content = document(of, Eyes.LAB)

    found = fromstring(content)[0]
    assert files.mistakes(content) == []
    assert [one.get("type") for one in found.findall("description")] == ["1", "2"]
    assert [one.get("role") for one in found.findall("participating-org")] == ["2"]
    dates = [(one.get("type"), one.get("iso-date")) for one in found.findall("activity-date")]
    assert dates == [("1", "2025-05-01"), ("2", "2025-05-01")]
    assert [one.get("code") for one in found.findall(".//indicator/reference")] == ["6.b.1"]
    assert found.findall(".//actual/dimension") == []
    assert [one.tag for one in next(found.iter("document-link"))] == ["title", "category"]


def test_value_when_it_is_told_in_words_is_left_out() -> None:
    whole = plan()
    in_words = plan(
        indicators=(replace(whole.indicators[0], measure=Measure.QUALITATIVE),),
        targets=(), actuals=(replace(whole.actuals[0], comment="They talk"),),
    )  # fmt: skip

    found = fromstring(document(in_words)).find(".//actual")

    assert found is not None
    assert (found.get("value"), found.findtext("comment/narrative")) == (None, "They talk")


# --- Out and in ----------------------------------------------------------------------------------------------------------
@pytest.mark.slow
@settings(max_examples=40)
@given(files.plans())
def test_road_map_of_any_shape_when_written_is_valid_and_read_back_is_the_same(of: Plan) -> None:
    content = document(of, Eyes.LAB)  # the lab's eyes see every value

    found = iati_reading.read(fromstring(content)[0], of.goals, "ky")

    assert files.mistakes(content) == []
    left = [one.code for one in found.notes if one.weight is iati_reading.Weight.LEFT]
    assert left == ["iati_around_the_results"]
    assert files.results_of(found.into(of)) == files.results_of(safety.through(of, Eyes.LAB, veil()).plan)
    again = arriving.arrive(found, found.into(of), lambda part: None)
    assert (again.count, [one for one in again.notes if one.code == "arriving_otherwise"]) == (0, [])


# --- In ------------------------------------------------------------------------------------------------------------------
RESULT = '<result type="2"><title><narrative>Known</narrative></title>{}</result>'
INDICATOR = RESULT.format(
    '<indicator measure="{measure}"><title><narrative>Boards</narrative></title>{inside}</indicator>'
)
PERIOD = '<period><period-start iso-date="2026-01-01"/><period-end iso-date="2026-06-30"/>{}</period>'


DOCUMENT = '<document-link url="https://example.org/"><title><narrative>Counted</narrative></title></document-link>'
OURS = f'xmlns:own="{iati.NAMESPACE}"'
OWN_WORDS = f"<own:out-of {OURS}>{{}}</own:out-of><own:recorded-on {OURS}>{{}}</own:recorded-on>"


def of_indicator(inside: str, measure: str = "1") -> str:
    return INDICATOR.format(measure=measure, inside=inside)


@pytest.mark.parametrize(
    ("inside", "codes", "comes"),
    [
        (of_indicator(PERIOD.format('<actual value="5"/>')), [], 4),
        (of_indicator(PERIOD.format('<actual value="N/A"/>')), ["value_not_a_number", "iati_actual_left"], 3),
        (of_indicator(PERIOD.format('<actual value="1,234"/>')), ["value_not_a_number", "iati_actual_left"], 3),
        (of_indicator(PERIOD.format('<actual value="high"><comment><narrative>x</narrative></comment></actual>')),
         ["value_not_a_number"], 4),
        (of_indicator(PERIOD.format('<actual value="5"/>'), "5"), ["value_in_words", "iati_actual_left"], 3),
        (of_indicator(PERIOD.format('<actual value="5"><dimension name="caste" value="a"/></actual>')),
         ["iati_dimension_unknown", "iati_actual_left"], 3),
        (of_indicator(PERIOD.format('<actual value="5"><dimension name="Gender" value="Women"/></actual>')), [], 4),
        (of_indicator(PERIOD.format('<target value="5"><location ref="x"/></target>')), ["iati_not_understood"], 4),
        (of_indicator('<period><period-start iso-date="2026-01-01"/></period>'), ["iati_period_without_day"], 2),
        (of_indicator('<period><period-start iso-date="2026-02-30"/><period-end iso-date="2026-03-01"/></period>'),
         ["iati_not_a_day", "iati_period_without_day"], 2),
        (of_indicator('<period><period-start iso-date="2026-02-02"/><period-end iso-date="2026-01-01"/></period>'),
         ["iati_period_ends_before_start"], 2),
        (of_indicator("", "7"), ["iati_measure_unknown"], 1),
        (RESULT.format('<indicator measure="1"><title/></indicator>'), ["iati_title_missing"], 1),
        (of_indicator('<baseline year="2025"><dimension name="sex" value="female"/></baseline>'), ["iati_baseline_of_some"], 2),
        (of_indicator('<reference vocabulary="9" code="6.b.1"/>'), [], 2),
        (of_indicator(PERIOD.format('<target value="5"><document-link url="https://example.org/"/></target>')),
         ["iati_documents_of_a_target"], 4),
        (of_indicator(PERIOD.format(f'<actual value="5"><document-link url="ftp://example.org/"/>{DOCUMENT}{DOCUMENT}</actual>')),
         ["iati_address_unknown"], 5),
        (of_indicator(PERIOD.format(f'<actual value="5">{OWN_WORDS.format("12", "2026-03-01")}</actual>')), [], 4),
        (of_indicator(PERIOD.format(f'<actual value="5">{OWN_WORDS.format("a few", "spring")}</actual>')),
         ["value_not_a_whole_number", "iati_not_a_day"], 4),
        (of_indicator('<baseline year="2025" value="1"/><baseline year="2024" value="2"/>'), ["iati_more_baselines"], 2),
        (of_indicator('<reference vocabulary="1" code="a"/>'), ["iati_reference_without_place"], 2),
        (RESULT.format("<description><narrative>Because</narrative></description>"), ["iati_description_without_place"], 1),
        ('<result type="2"><title/></result>', ["iati_title_missing"], 0),
        ("<budget/><transaction/>", ["iati_around_the_results"], 0),
        ('<result type="2"><title><narrative xml:lang="fr">Su</narrative><narrative xml:lang="ky">Суу</narrative></title></result>',
         ["iati_other_languages"], 1),
    ],
)  # fmt: skip
def test_file_of_others_when_read_brings_what_it_can_and_tells_of_the_rest(
    inside: str, codes: list[str], comes: int
) -> None:
    found = iati_reading.read(files.activity(inside), (), "ky")
    arrival = arriving.arrive(found, Plan(), lambda part: None)

    left = [one.code for one in found.notes if one.weight is iati_reading.Weight.LEFT]
    assert (left, arrival.count) == (codes, comes)


def test_file_of_others_when_its_words_are_not_ours_is_told() -> None:
    inside = (
        '<result type="5" aggregation-status="maybe"><title><narrative>A</narrative></title></result>'
        + of_indicator("<description><narrative>Counted at the gate</narrative></description>")
    )

    found = iati_reading.read(files.activity(inside), (), "ky")

    told = [one.code for one in found.notes]
    assert told == ["iati_result_type_unknown", "iati_flag_unknown", "iati_accumulation_unknown"]
    assert (found.results[0].kind, found.indicators[0].method) == (ResultKind.OTHER, "Counted at the gate")


def test_file_of_others_when_it_says_what_is_worked_out_here_or_too_much_is_told() -> None:
    own = f'own:accumulation="hourly" {OURS} aggregation-status="0"'
    inside = RESULT.format(
        f'<indicator measure="1" {own}><title><narrative>{"a" * 700}</narrative></title></indicator>'
    )

    found = iati_reading.read(files.activity(inside), (), "ky")

    told = {"iati_text_cut", "iati_flag_unknown", "iati_aggregation_worked_out", "iati_accumulation_unknown"}
    assert {one.code for one in found.notes} == told
    assert len(found.indicators[0].title) == iati_reading.LONGEST["title"]


def test_document_when_it_holds_several_activities_lists_them() -> None:
    one = "<iati-activity><iati-identifier>X-{0}</iati-identifier><title><narrative>N{0}</narrative></title>{1}</iati-activity>"
    content = f"<iati-activities version='2.03'>{one.format(1, RESULT.format(''))}{one.format(2, '')}</iati-activities>"

    listed = iati_reading.activities(fromstring(content))

    assert listed == [iati_reading.Listed("X-1", "N1", 1), iati_reading.Listed("X-2", "N2", 0)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<iati-organisations version='2.03'/>", "iati_other_document"),
        ("<iati-activities version='1.05'><iati-activity/></iati-activities>", "iati_other_version"),
        ("<iati-activities version='2.03'/>", "iati_without_activity"),
        ("<iati-activities version='2.02'><iati-activity/></iati-activities>", None),
    ],
)
def test_document_when_it_is_another_is_not_read(content: str, code: str | None) -> None:
    refusal = iati_reading.why_not_read(fromstring(content))

    assert (refusal.code if refusal else None) == code


# --- Arriving ------------------------------------------------------------------------------------------------------------
def test_rows_when_they_are_there_stay_as_they_are() -> None:
    there = plan()
    other = plan(
        actuals=(Actual(7, 1, Decimal(6)), Actual(8, 2, Decimal(9), sex="male")),
        indicators=(replace(there.indicators[0], unit="boards"), Indicator(2, "Talks", 1)),
        targets=(Reading(3, 2, Decimal(12)),),
    )  # fmt: skip
    found = iati_reading.Found(
        other.results, other.indicators, other.periods, other.targets, other.actuals, other.evidence
    )  # fmt: skip

    arrival = arriving.arrive(found, there, lambda part: None)

    said = [(one.code, one.where[-1], one.facts["columns"]) for one in arrival.notes]
    assert said == [
        ("arriving_otherwise", "Villages with a board", ("unit",)), ("arriving_otherwise", "6", ("value",)),
    ]  # fmt: skip
    assert {part: len(rows) for part, rows in arrival.rows.items() if rows} == {Part.INDICATOR: 1, Part.ACTUAL: 1}


def test_rows_when_the_plan_stands_are_told_and_values_come() -> None:
    there = plan(actuals=())
    other = plan()
    more = replace(other.indicators[0], number=2, title="Another")
    found = iati_reading.Found(other.results, (*other.indicators, more), other.periods, other.targets, other.actuals)

    arrival = arriving.arrive(found, there, lambda part: Refusal("plan_adopted") if part in PLAN else None)

    assert [(one.code, one.where[-1]) for one in arrival.notes] == [("plan_adopted", "Another")]
    assert {part: len(rows) for part, rows in arrival.rows.items() if rows} == {Part.ACTUAL: 1}


def test_value_when_its_period_waits_in_a_report_is_told() -> None:
    there = plan(actuals=())
    found = iati_reading.Found(there.results, there.indicators, there.periods, (), plan().actuals)

    arrival = arriving.arrive(found, there, lambda part: None, waiting={1})

    assert ([one.code for one in arrival.notes], arrival.count) == (["value_handed_in"], 0)


def test_row_when_what_it_stands_below_does_not_come_does_not_come_either() -> None:
    there = Plan()
    other = plan()
    found = iati_reading.Found(
        other.results, other.indicators, other.periods, other.targets, other.actuals, other.evidence
    )  # fmt: skip

    arrival = arriving.arrive(found, there, lambda part: Refusal("plan_adopted") if part is Part.RESULT else None)

    assert ([one.code for one in arrival.notes], arrival.count) == (["plan_adopted"], 0)
