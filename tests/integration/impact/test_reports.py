"""Following up: reports of a rhythm, their reminders and their way; values that are typed, handed in, approved, corrected."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied
from kinolab.impact import jobs
from kinolab.impact.actions import reporting, rows, steps
from kinolab.impact.actions.reporting import Seen
from kinolab.impact.domain.lifecycle import RoadMapStep
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.reporting import Span
from kinolab.impact.models import Activity, Actual, Evidence, Learning, Report, RoadMap, RowAside, RowPast, Version
from kinolab.impact.queries import letters, names
from kinolab.impact.queries import plan as plans
from kinolab.impact.queries import reporting as queries
from kinolab.labs.domain.roles import Role
from tests.factories import road_maps as make
from tests.factories import selection
from tests.kit import client_of, same_cost

pytestmark = pytest.mark.django_db
SUMMER = Span(date(2026, 7, 1), date(2026, 10, 31))
DUE = date(2026, 11, 30)


@dataclass
class Told:
    """A road map that is carried out: five boards in spring, and a report that asks for those of summer."""

    road_map: RoadMap
    report: Report
    spring: Any
    summer: Any
    team: Person
    tutor: Person
    owner: Person

    def save(self, value: Any, version: int = 0, **more: Any) -> Any:
        said = value if isinstance(value, dict) else {"value": value}
        call = {"report": self.report, "period": self.summer.pk, "by": self.team, "at": make.NOW} | more
        return reporting.save_value(values=said, version=version, **call)


@pytest.fixture
def told(road_map: RoadMap) -> Told:
    RoadMap.objects.filter(pk=road_map.pk).update(state="implementing", adopted_at=datetime(2026, 1, 1, tzinfo=UTC))
    road_map.refresh_from_db()
    indicator = make.row(
        road_map, Part.INDICATOR, result=make.row(road_map, Part.RESULT), accumulation="cumulative",
        baseline_value=Decimal(0), baseline_year=2025,
    )  # fmt: skip
    spring = make.row(road_map, Part.PERIOD, indicator=indicator)
    summer = make.row(road_map, Part.PERIOD, indicator=indicator, starts_on=SUMMER.starts, ends_on=SUMMER.ends)
    make.row(road_map, Part.ACTUAL, period=spring, value=Decimal(5), approved_at=make.NOW)
    report = Report.objects.create(
        road_map=road_map, starts_on=SUMMER.starts, ends_on=SUMMER.ends, due_on=DUE, made_at=make.NOW
    )
    owner = selection.owner(road_map.application.call)
    return Told(road_map, report, spring, summer, road_map.application.lead, make.tutor(road_map), owner)


def refused(act: Any, **call: Any) -> str:
    with pytest.raises(Denied) as denied:
        act(at=make.NOW, **call)
    return denied.value.refusal.code


# --- When ----------------------------------------------------------------------------------------------------------------
def test_reports_of_a_rhythm_are_made_once_as_their_days_begin(told: Told) -> None:
    told.report.delete()
    assert jobs.make_reports.call() == 0  # nobody has said how often
    edition = told.road_map.edition

    reporting.set_rhythm(edition=edition, months=6, days=30, by=told.owner, at=make.NOW)
    assert (jobs.make_reports.call(), jobs.make_reports.call()) == (2, 0)

    reporting.set_rhythm(edition=edition, road_map=told.road_map, months=12, days=10, by=told.owner, at=make.NOW)
    assert reporting.make_due(at=make.NOW + timedelta(days=60)) == 1
    made = Report.objects.values_list("starts_on", "ends_on", "due_on")
    assert list(made) == [
        (date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 30)),
        (date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 30)),
        (date(2027, 1, 1), date(2027, 12, 31), date(2028, 1, 10)),
    ]
    reporting.set_rhythm(edition=edition, road_map=told.road_map, months=None, days=0, by=told.owner, at=make.NOW)
    assert getattr(queries.rhythm_of(told.road_map), "edition", None) == edition
    RoadMap.objects.update(state="closed")
    assert reporting.make_due(at=make.NOW + timedelta(days=900)) == 0
    assert refused(reporting.set_rhythm, edition=edition, months=6, days=30, by=told.team) == "not_permitted"


def test_report_of_own_days_is_made_changed_and_taken_out_while_nobody_has_handed_it_in(told: Told) -> None:
    later = Span(date(2026, 11, 1), date(2026, 12, 31))
    call = {"road_map": told.road_map, "due": date(2027, 1, 15), "by": told.team}

    assert refused(reporting.plan_report, span=SUMMER, **call) == "reports_overlap"
    assert refused(reporting.plan_report, span=later, **call | {"by": told.tutor}) == "not_your_step"
    made = reporting.plan_report(span=later, at=make.NOW, **call)
    days = {"report": made, "due": date(2027, 2, 1), "by": told.owner}
    assert refused(reporting.change_days, span=SUMMER, **days) == "reports_overlap"
    reporting.change_days(span=later, at=make.NOW, **days)
    reporting.remove_report(report=made, by=told.owner, at=make.NOW)
    Report.objects.update(handed_in_at=make.NOW)

    assert refused(reporting.change_days, span=later, **days | {"report": told.report}) == "report_has_values"
    assert refused(reporting.remove_report, report=told.report, by=told.owner) == "report_has_values"
    assert Report.objects.get() == told.report


def test_reminders_when_their_morning_comes_are_written_once_to_the_team_in_its_language(told: Told) -> None:
    make.row(told.road_map, Part.PROTECTED, marks=list(names.marks("Жаркынай")))
    RoadMap.objects.update(title="Жаркынайдын суусу")
    Person.objects.filter(pk=told.team.pk).update(language="ru")
    morning = datetime(2026, 11, 16, 3, tzinfo=UTC)  # nine in Bishkek

    def after(days: float) -> int:
        return reporting.remind(at=morning + timedelta(days=days))

    written = [after(day) for day in (-0.01, 0, 0.01, 3, 14, 14.01, 21, 21.01, 28)]

    assert written == [0, 1, 0, 0, 1, 0, 1, 0, 0]
    letters = list(Letter.objects.filter(key__startswith=f"road-map:{told.road_map.pk}:report:").order_by("pk"))
    assert [(one.person, one.language) for one in letters] == [(told.team, "ru")] * 3
    assert len({one.subject for one in letters}) == 3
    assert [one.pk for one in letters if "Жаркынай" in one.subject + one.body] == []
    assert all(reverse("impact:report", args=[told.road_map.code, told.report.pk]) in one.body for one in letters)


@pytest.mark.parametrize("change", [{"state": "handed_in"}, {"state": "approved"}, {"road_map__state": "closed"}])
def test_reminders_when_handed_in_or_closed_are_not_written(told: Told, change: dict[str, str]) -> None:
    RoadMap.objects.update(state=change.get("road_map__state", "implementing"))
    Report.objects.update(state=change.get("state", "draft"))

    assert reporting.remind(at=datetime(2026, 11, 30, 12, tzinfo=UTC)) == 0


# --- Its way -----------------------------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_report_when_its_way_is_gone_is_approved_and_the_road_map_goes_on(told: Told) -> None:
    report, by = told.report, {"by": told.team}
    assert refused(reporting.hand_in, report=report, **by) == "report_incomplete"
    told.save(Decimal(3))
    assert refused(reporting.hand_in, report=report, **by) == "report_incomplete"  # a fall that nobody explains
    writing = Actual.objects.get(period=told.summer)
    assert refused(rows.approve, road_map=told.road_map, number=writing.pk, by=told.tutor) == "value_being_written"
    told.save({"comment": "Two boards were torn down."}, 1)
    told.save(Decimal(2), dimensions={"place": "Naryn"})
    assert refused(reporting.hand_in, report=report, by=told.tutor) == "only_the_team_writes"

    reporting.hand_in(report=report, by=told.team, at=make.NOW)

    value, part = Actual.objects.filter(report=report).order_by("pk")
    road_map = RoadMap.objects.get()
    assert (road_map.state, Version.objects.get().step) == ("reporting", "report")
    assert Letter.objects.get(key__contains=":report-in:").person == told.tutor
    assert refused(told.save, value=Decimal(4), version=2) == "report_step_not_possible"
    call = {"road_map": road_map, "by": told.team}
    edit = {"part": Part.ACTUAL, "number": value.pk, "values": {"value": Decimal(4)}, "version": 2}
    assert refused(rows.save_row, **edit, **call) == "value_handed_in"
    assert refused(rows.add_row, part=Part.ACTUAL, values={"period": told.summer.pk}, **call) == "value_handed_in"
    assert refused(steps.take, road_map=road_map, step=RoadMapStep.GO_ON, by=told.owner) == "report_waits"

    both = [Seen(value.pk, 2), Seen(part.pk, 1)]
    assert refused(reporting.approve, report=report, chosen=both, by=told.team) == "only_tutors_approve"
    assert refused(reporting.approve, report=report, chosen=[], by=told.tutor) == "nothing_to_approve"
    assert (
        refused(reporting.approve, report=report, chosen=[Seen(value.pk, 1)], by=told.tutor)
        == "value_changed_meanwhile"
    )
    reporting.approve(report=report, chosen=both[1:], by=told.tutor, at=make.NOW)
    assert refused(reporting.give_back, report=report, text=" ", by=told.tutor) == "report_needs_a_remark"
    reporting.give_back(report=report, text="Which boards?", by=told.tutor, at=make.NOW)
    assert (RoadMap.objects.get().state, report.remarks.get().text) == ("implementing", "Which boards?")
    assert refused(reporting.give_back, report=report, text="x", by=told.tutor) == "report_step_not_possible"
    assert refused(told.save, value={"value": Decimal(1)}, version=1, number=part.pk) == "value_approved"

    told.save({"comment": "Those of Naryn were torn down."}, 2)
    reporting.hand_in(report=report, by=told.team, at=make.NOW + timedelta(days=1))
    assert report.remarks.get().settled_by == told.team
    reporting.approve(report=report, chosen=[Seen(value.pk, 3)], by=told.owner, at=make.NOW)

    report.refresh_from_db()
    assert (report.state, report.decided_by, RoadMap.objects.get().state) == ("approved", told.owner, "implementing")
    assert Letter.objects.filter(key__contains=":report-ok:").count() == 1
    assert (
        refused(reporting.approve, report=report, chosen=[Seen(value.pk, 3)], by=told.owner)
        == "value_changed_meanwhile"
    )


def test_value_when_corrected_waits_again_and_the_old_one_stays_in_the_past(told: Told) -> None:
    five = Actual.objects.get()
    call = {"road_map": told.road_map, "number": five.pk, "version": 1, "by": told.team}
    new = make.row(told.road_map, Part.ACTUAL, period=told.summer)

    assert refused(reporting.correct, value=Decimal(4), reason=" ", **call) == "correction_needs_a_reason"
    assert refused(reporting.correct, value=Decimal(5), reason="x", **call) == "correction_is_the_same"
    assert refused(reporting.correct, value=Decimal(4), reason="x", **call | {"number": new.pk}) == "value_not_approved"
    assert refused(reporting.correct, value=Decimal(4), reason="x", **call | {"number": 0}) == "row_gone"
    assert (
        refused(reporting.correct, value=Decimal(4), reason="x", **call | {"by": told.tutor}) == "only_the_team_writes"
    )
    reporting.correct(value=Decimal(4), reason="One was counted twice.", at=make.NOW, **call)

    five.refresh_from_db()
    assert (five.value, five.comment, five.approved_at) == (Decimal(4), "One was counted twice.", None)
    rows.approve(road_map=told.road_map, number=five.pk, by=told.tutor, at=make.NOW)  # no report asks for it
    assert (RowPast.objects.get().values["value"], RowPast.objects.get().version) == ("5", 1)
    assert Letter.objects.get(key__contains=":corrected:").person == told.tutor
    told.road_map.tutorings.all().delete()
    assert [one.pk for one in letters.lookers(told.road_map)] == [told.owner.pk]  # while nobody accompanies it


def test_value_when_two_begin_it_at_once_keeps_both_and_merges_what_does_not_meet(told: Told) -> None:
    assert told.save("") is None
    first = told.save(Decimal(40), run="a")
    told.save({"comment": "All of Naryn."}, run="b")
    again = told.save(Decimal(41), run="a")  # the answer was lost; the same hand types on

    assert refused(told.save, value=Decimal(50), run="c") == "changed_meanwhile"

    row = Actual.objects.get(period=told.summer)
    assert (first.row.pk, row.value, row.comment, again.row.version) == (row.pk, Decimal(41), "All of Naryn.", 3)
    assert RowAside.objects.get().values == {"value": "50"}


def test_value_when_it_is_not_asked_or_not_possible_is_refused(told: Told) -> None:
    assert refused(told.save, value=Decimal(1), period=told.spring.pk) == "report_not_asked"
    assert refused(told.save, value=Decimal(1), number=99) == "row_gone"
    RoadMap.objects.update(state="revision")
    assert refused(told.save, value=Decimal(1)) == "report_plan_open"


# --- Pages -------------------------------------------------------------------------------------------------------------------
def url(told: Told, name: str, *more: int) -> str:
    return reverse(f"impact:{name}", args=[told.road_map.code, told.report.pk, *more])


def test_last_value_when_the_page_is_made_is_beside_the_field_and_counts_when_confirmed(told: Told) -> None:
    client, prefix = client_of(told.team), f"p{told.summer.pk}"
    page = client.get(url(told, "report")).content.decode()
    before = Actual.objects.filter(period=told.summer).count()

    bad = client.post(
        url(told, "report_value", told.summer.pk), {f"{prefix}-value": "N/A", f"{prefix}-comment": "Kept"}
    )
    client.post(
        url(told, "report_value", told.summer.pk), {"same": "1", f"{prefix}-value": "N/A", f"{prefix}-comment": "Kept"}
    )

    assert "Same as last time: 5" in " ".join(page.split())
    assert f'name="{prefix}-value" value=' not in page
    assert (before, bad.status_code) == (0, 422)
    assert "“N/A” is not a number" in bad.content.decode()
    assert ">Kept</textarea>" in bad.content.decode().replace("\n", "")
    assert Actual.objects.filter(period=told.summer).values_list("value", "comment").get() == (Decimal(5), "Kept")


def test_card_when_it_saves_itself_makes_its_rows_field_by_field(told: Told) -> None:
    client, prefix = client_of(told.team), f"p{told.summer.pk}"
    proof = make.row(told.road_map, Part.EVIDENCE)

    def send(name: str, value: object, **more: Any) -> tuple[int, Any]:
        body = {"field": f"{prefix}-{name}", "value": value, "version": 0, "run": name} | more
        answer = client.post(url(told, "save_value", told.summer.pk), body)
        return answer.status_code, answer.json().get("version", answer.json().get("error"))

    assert send("value", "9,5") == (200, 1)
    assert send("comment", "Nine and a half") == (200, 2)
    assert send("sex_female", "4") == (200, 1)
    assert send("evidence", [str(proof.pk)]) == (200, 3)
    assert send("sex_male", "40 %")[1] == "“40 %” is a share, but this indicator counts. Write how many."
    assert send("value", "1/2", version=3)[0] == 422
    assert client.post(url(told, "save_value", told.summer.pk), {"field": "p0-value"}).status_code == 404
    whole, part = Actual.objects.filter(period=told.summer).order_by("pk")
    assert (whole.value, list(whole.evidence.all()), part.value, part.sex) == (
        Decimal("9.5"),
        [proof],
        Decimal(4),
        "female",
    )


@pytest.mark.slow
def test_report_when_the_team_works_through_it_is_handed_in_with_all_that_belongs_to_it(told: Told) -> None:
    client = client_of(told.team)
    act = make.row(told.road_map, Part.ACTIVITY, starts_on=SUMMER.starts)
    late = make.row(told.road_map, Part.ACTIVITY, starts_on=SUMMER.starts)
    card, here = told.summer.pk, url(told, "report")
    prefix = f"p{card}"

    client.post(url(told, "report_value", card), {f"{prefix}-value": "3", f"{prefix}-sex_female": "4"})
    refusal = client.post(url(told, "hand_in_report")).content.decode()
    nine = {f"{prefix}-value": "9", f"{prefix}-value-version": 1, f"{prefix}-sex_female": "4"}
    client.post(url(told, "report_value", card), nine)
    part = client.post(url(told, "report_part", card), {f"n{card}-country": "KG", f"n{card}-value": "7"})
    nowhere = client.post(url(told, "report_part", card), {f"n{card}-value": "7"})
    photos = {"title": "Photos", "kind": "dated_photo", "sensitivity": "public"}
    added = client.post(url(told, "report_evidence", card), photos)
    done = {f"a{act.pk}": "done", f"a{act.pk}-version": 1, f"a{late.pk}": "planned"}
    whole = client.post(url(told, "report_activities"), done)
    one = client.post(url(told, "save_activity"), {"field": f"a{late.pk}", "value": "running", "version": 1})
    quarrel = {"what_changed": "A quarrel.", "on": "2026-10-01", "sensitivity": "partners"}
    client.post(url(told, "report_learned"), {f"learning-{name}": said for name, said in quarrel.items()})
    handed = client.post(url(told, "hand_in_report"))

    assert "more than the whole" in refusal
    assert "Last time it was 5, now it is 3" in refusal
    assert [each.status_code for each in (part, nowhere, added, whole, one)] == [302, 422, 302, 302, 200]
    assert handed["Location"] == here
    rows_ = Actual.objects.filter(report=told.report).order_by("pk")
    assert [(row.value, row.sex, row.country, row.evidence.count()) for row in rows_] == [
        (Decimal(9), "", "", 1), (Decimal(4), "female", "", 0), (Decimal(7), "", "KG", 0),
    ]  # fmt: skip
    assert set(Activity.objects.values_list("progress", flat=True)) == {"done", "running"}
    assert (Learning.objects.get().intended, Evidence.objects.get().title) == (False, "Photos")
    assert client.post(url(told, "report_value", card), {}).status_code == 403


def test_tutor_and_lab_when_looking_see_what_waits_and_nothing_restricted(told: Told) -> None:
    make.row(told.road_map, Part.PROTECTED, marks=list(names.marks("Жаркынай")))
    secret = make.row(told.road_map, Part.EVIDENCE, title="Secret letters")
    told.save({"value": Decimal(9), "comment": "Жаркынай сүйлөдү.", "evidence": [secret.pk]})
    reporting.hand_in(report=told.report, by=told.team, at=make.NOW)
    row = Actual.objects.get(period=told.summer)
    tutor, lab = (
        client_of(told.tutor),
        client_of(selection.staff(told.road_map.application.call, "Bakyt", Role.COORDINATOR)),
    )
    owner, listed = (
        client_of(told.owner),
        reverse("impact:edition_reports", args=["impact-lab", told.road_map.edition.slug]),
    )

    inside = tutor.get(url(told, "report")).content.decode()
    outside = (
        lab.get(url(told, "report")).content.decode()
        + lab.get(listed).content.decode()
        + owner.get(listed).content.decode()
    )
    approved = owner.post(url(told, "approve_report"), {"value": f"{row.pk}:1", "list": "1"})

    planted = ("Жаркынай", "Secret letters")
    assert [one for one in planted if one in outside] == []
    assert [one for one in planted if one not in inside] == []
    assert f'value="{row.pk}:1"' in inside
    assert (approved["Location"], Report.objects.get().state) == (listed, "approved")


@pytest.mark.slow
def test_reports_when_they_grow_cost_the_same(told: Told) -> None:
    call = told.road_map.application.call
    owner, team = client_of(told.owner), client_of(told.team)
    day = date(2026, 11, 1)

    def grow() -> None:
        nonlocal day
        of = make.road_map(selection.sent(call, f"Azamat{RoadMap.objects.count()}"), state="reporting")
        for one in (of, told.road_map):
            report = Report.objects.create(
                road_map=one, starts_on=day, ends_on=day, due_on=day, made_at=make.NOW, state="handed_in"
            )
            indicator = make.row(one, Part.INDICATOR, result=make.row(one, Part.RESULT))
            for starts, ends in ((day, day), (SUMMER.starts, SUMMER.ends)):
                period = make.row(one, Part.PERIOD, indicator=indicator, starts_on=starts, ends_on=ends)
                row = make.row(one, Part.ACTUAL, period=period, value=Decimal(3))
                Actual.objects.filter(pk=row.pk).update(report=report if one == of else None)
            make.row(one, Part.ACTIVITY, starts_on=SUMMER.starts)
        day += timedelta(days=1)

    grow()
    edition = ["impact-lab", told.road_map.edition.slug]
    for client, address in (
        (owner, reverse("impact:edition_reports", args=edition)),
        (team, reverse("impact:reports", args=[told.road_map.code])),
        (team, url(told, "report")),
    ):
        same_cost(lambda client=client, address=address: client.get(address), grow, times=1)


# --- Bad input ---------------------------------------------------------------------------------------------------------------
def test_period_when_it_has_no_end_is_refused_with_a_sentence(told: Told) -> None:
    RoadMap.objects.update(state="drafting")
    client = client_of(told.team)

    page = client.post(
        reverse("impact:new_row", args=[told.road_map.code, "period"]),
        {"indicator": told.summer.indicator_id, "starts_on": "2027-01-01"},
    )
    report = client.post(reverse("impact:plan_report", args=[told.road_map.code]), {"starts": "2027-01-01"})

    assert (page.status_code, report.status_code) == (422, 422)
    assert "ends_on_error" in page.content.decode()


@pytest.mark.slow
def test_road_map_of_two_hundred_activities_is_shown_and_reported_in_one_go(told: Told) -> None:
    Activity.objects.bulk_create(
        Activity(
            road_map=told.road_map, title=f"Screening {one}", starts_on=SUMMER.starts, order=one, changed_at=make.NOW
        )
        for one in range(200)
    )
    client = client_of(told.team)

    page = client.get(url(told, "report")).content.decode()
    rows_ = {f"a{one}": "done" for one in Activity.objects.values_list("pk", flat=True)}
    whole = client.get(reverse("impact:whole", args=[told.road_map.code]))
    sent = client.post(url(told, "report_activities"), rows_ | {f"{one}-version": 1 for one in rows_})

    assert (page.count("Screening "), whole.status_code, sent.status_code) == (200, 200, 302)
    assert Activity.objects.filter(progress="done").count() == 200


def test_indicator_when_retired_with_readings_keeps_them_in_the_report_and_is_asked_no_more(told: Told) -> None:
    told.save(Decimal(9))
    rows.retire_indicator(
        road_map=told.road_map, number=told.summer.indicator_id, retired=True, by=told.team, at=make.NOW
    )

    (card,) = queries.cards(plans.plan_of(told.road_map), told.report)

    assert (card.value, card.asked.must, card.problems) == ("9", False, ())
