"""Reports: made by a rhythm or by hand, written, handed in, approved or given back; reminders of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, Q

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.impact import access
from kinolab.impact.actions import rows, steps
from kinolab.impact.actions.making import letters_to
from kinolab.impact.actions.remarks import LONGEST
from kinolab.impact.domain import lifecycle, reporting
from kinolab.impact.domain.lifecycle import UNDER_WAY, WRITTEN, ReportState, ReportStep, RoadMapState, RoadMapStep
from kinolab.impact.domain.parts import Part, Step
from kinolab.impact.domain.reporting import Span
from kinolab.impact.models import Actual, Evidence, Period, Remark, Report, Rhythm, RoadMap
from kinolab.impact.queries import plan as plans
from kinolab.impact.queries import reporting as queries
from kinolab.impact.queries.rows import find
from kinolab.labs.models import Edition


@dataclass(frozen=True, slots=True)
class Seen:
    """A value that somebody means to approve, in the version that they looked at."""

    number: int
    version: int


# --- When ----------------------------------------------------------------------------------------------------------------
@transaction.atomic
def set_rhythm(
    *, edition: Edition, months: int | None, days: int, by: Person, at: datetime, road_map: RoadMap | None = None
) -> None:  # fmt: skip
    """Say how often the edition's teams report, or one of them (None: as the edition says). Reports that there are stay.

    Refused: by access.
    """
    stop_if(access.why_not_make(by, edition))
    of = {"road_map": road_map} if road_map else {"edition": edition}
    if months is None:
        Rhythm.objects.filter(**of).delete()
    else:
        Rhythm.objects.update_or_create(**of, defaults={"months": months, "days": days})
    thing, after = road_map or edition, {"months": months, "days": days}
    audit.record(by=by, at=at, verb="set_rhythm", thing=thing, scope=edition.scope, after=after)


@transaction.atomic
def plan_report(*, road_map: RoadMap, span: Span, due: date, by: Person, at: datetime) -> Report:
    """Make a report for days of its own. Refused: by access; by its days (`reporting.why_not_span`)."""
    road_map = _lock_map(road_map)
    stop_if(access.why_not_plan_reports(by, road_map))
    stop_if(reporting.why_not_span(span, due, queries.spans(road_map)))
    made = Report.objects.create(
        road_map=road_map, starts_on=span.starts, ends_on=span.ends, due_on=due, made_at=at, made_by=by
    )
    _record("made_report", made, by, at)
    return made


@transaction.atomic
def change_days(*, report: Report, span: Span, due: date, by: Person, at: datetime) -> Report:
    """Give a report that nobody has handed in yet other days. Refused: by access; by its days; `report_has_values`."""
    report = _lock(report)
    stop_if(access.why_not_plan_reports(by, report.road_map))
    stop_if(Refusal("report_has_values") if report.handed_in_at else None)
    stop_if(reporting.why_not_span(span, due, queries.spans(report.road_map, but=report)))
    report.starts_on, report.ends_on, report.due_on = span.starts, span.ends, due
    report.save(update_fields=["starts_on", "ends_on", "due_on"])
    _record("changed_report", report, by, at)
    return report


@transaction.atomic
def remove_report(*, report: Report, by: Person, at: datetime) -> None:
    """Take out a report that nobody has handed in; values that were read stay. Refused: by access; `report_has_values`."""
    report = _lock(report)
    stop_if(access.why_not_plan_reports(by, report.road_map))
    stop_if(Refusal("report_has_values") if report.handed_in_at else None)
    _record("removed_report", report, by, at)
    report.delete()


def make_due(*, at: datetime) -> int:
    """Make the reports of every rhythm whose days have begun. Returns how many."""
    rhythm = Q(rhythm__months__gt=0) | Q(rhythm=None, edition__reporting_rhythm__months__gt=0)
    waiting = (
        RoadMap.objects.filter(rhythm, state__in=[one.value for one in UNDER_WAY], adopted_at__isnull=False)
        .annotate(last=Max("reports__ends_on"))
        .filter(Q(last=None) | Q(last__lte=at.date() + timedelta(days=1)))
        .order_by("pk")
    )
    return sum(_make_begun(one, at) for one in waiting)


@transaction.atomic
def _make_begun(road_map: RoadMap, at: datetime) -> int:
    road_map = _lock_map(road_map)
    rhythm = queries.rhythm_of(road_map)
    zone = ZoneInfo(road_map.edition.timezone)
    if rhythm is None or road_map.adopted_at is None:
        return 0
    last = max((one.ends for one in queries.spans(road_map)), default=None)
    adopted = road_map.adopted_at.astimezone(zone).date()
    found = reporting.begun(adopted, last, rhythm.months, at.astimezone(zone).date())
    Report.objects.bulk_create(
        Report(
            road_map=road_map,
            starts_on=span.starts,
            ends_on=span.ends,
            due_on=span.ends + timedelta(days=rhythm.days),
            made_at=at,
        )
        for span in found
    )
    return len(found)


def remind(*, at: datetime) -> int:
    """Write to the teams whose reports are due soon, today, or late. Returns how many reports.

    One small transaction each: what a process left half-way the next turn takes up, and nobody is written to twice.
    """
    near = (at.date() - reporting.LATEST - timedelta(days=1), at.date() + reporting.LATEST + timedelta(days=1))
    waiting = Report.objects.filter(
        state__in=[one.value for one in WRITTEN],
        road_map__state__in=[one.value for one in UNDER_WAY],
        due_on__range=near,
    )
    return sum(_remind(one, at) for one in waiting.select_related("road_map__edition").order_by("pk"))


def _remind(report: Report, at: datetime) -> int:
    due = reporting.reminder_due(report.due_on, at, report.road_map.edition.timezone)
    mark = f"{report.due_on.isoformat()}:{due}"
    if due is None or report.reminded == mark:
        return 0
    with transaction.atomic():
        report = _lock(report)
        if report.reminded == mark or report.state not in WRITTEN or report.road_map.state not in UNDER_WAY:
            return 0
        report.reminded = mark
        report.save(update_fields=["reminded"])
        letters_to(report.road_map, due.value, at, key=f"report:{report.pk}:{mark}", report=report)
    return 1


# --- Writing ---------------------------------------------------------------------------------------------------------------
def save_value(
    *, report: Report, period: int, values: Mapping[str, Any], version: int, by: Person, at: datetime,
    dimensions: Mapping[str, str] | None = None, number: int = 0, run: str = "", settles: int = 0,
) -> rows.Saved | None:  # fmt: skip
    """Write what was read in a period: of all, or of those of these `dimensions`, or the row of this `number`.

    The first word makes the row; None while there is nothing to keep. Two who begin at once meet in one row, as in any other.
    Refused: by access; `report_not_asked`; by `rows.add_row` and `rows.save_row`.
    """
    with transaction.atomic():
        report = _lock(report)
        stop_if(access.why_not_report(by, report))
        stop_if(_why_not_asked(report, period))
        row = queries.reading(report.road_map, period, dimensions or {}, number)
        if row is None:
            said = {name: value for name, value in values.items() if value not in (None, "", [])}
            stop_if(Refusal("row_gone") if number else None)
            if not said:
                return None
            today = at.astimezone(ZoneInfo(report.road_map.edition.timezone)).date()
            first = {"period": period, "recorded_on": today, **(dimensions or {}), **said}
            made = rows.add_row(road_map=report.road_map, part=Part.ACTUAL, values=first, by=by, at=at, run=run)
            return rows.Saved(made, {})
    return rows.save_row(
        road_map=report.road_map, part=Part.ACTUAL, number=row.pk, values=values, version=version, by=by, at=at, run=run,
        settles=settles,
    )  # fmt: skip


def _why_not_asked(report: Report, period: int) -> Refusal | None:
    asked = Period.objects.filter(
        road_map=report.road_map, pk=period, starts_on__lte=report.ends_on, ends_on__gte=report.starts_on
    )
    return None if asked.exists() else Refusal("report_not_asked")


@transaction.atomic
def add_evidence(
    *, report: Report, period: int, values: Mapping[str, Any], by: Person, at: datetime
) -> Evidence:  # fmt: skip
    """Add evidence and put it behind the value of a period. Refused: as `save_value` and `rows.add_row`."""
    stop_if(access.why_not_report(by, report))
    stop_if(_why_not_asked(report, period))
    made = rows.add_row(road_map=report.road_map, part=Part.EVIDENCE, values=values, by=by, at=at)
    row = queries.reading(report.road_map, period, {})
    behind = [made.pk, *(row.evidence.values_list("pk", flat=True) if row else ())]
    save_value(
        report=report, period=period, values={"evidence": behind}, version=row.version if row else 0, by=by, at=at
    )
    assert isinstance(made, Evidence)
    return made


def correct(
    *, road_map: RoadMap, number: int, value: Any, reason: str, version: int, by: Person, at: datetime
) -> rows.Saved:
    """Give an approved value another one, with the reason; it waits to be approved again, and its past keeps the old.

    Refused: by access; `row_gone`; `value_not_approved`; `correction_needs_a_reason`; `correction_is_the_same`; by `rows.save_row`.
    """
    stop_if(access.why_not_write(by, road_map, Part.ACTUAL))
    row = find(road_map, Part.ACTUAL, number)
    if not isinstance(row, Actual):
        raise Denied(Refusal("row_gone"))
    stop_if(None if row.approved else Refusal("value_not_approved"))
    stop_if(reporting.why_not_correct(value, row.value, reason))
    values = {"value": value, "comment": reason.strip()}
    saved = rows.save_row(
        road_map=road_map, part=Part.ACTUAL, number=number, values=values, version=version, by=by, at=at, corrects=True
    )  # fmt: skip
    letters_to(road_map, "corrected", at, key=f"corrected:{number}:{saved.row.version}", tutors=True)
    return saved


# --- Its way -----------------------------------------------------------------------------------------------------------------
@transaction.atomic
def hand_in(*, report: Report, by: Person, at: datetime) -> Report:
    """Hand a report in with every value that it asks and that nobody has approved yet; its tutors are told.

    Refused: by access; `report_incomplete` {count}.
    """
    report = _lock(report)
    road_map = report.road_map
    stop_if(access.why_not_report(by, report))
    plan = plans.plan_of(road_map)
    asked = reporting.asked(plan, queries.span_of(report))
    wrong = sum(len(reporting.problems(plan, one)) for one in asked)
    stop_if(Refusal("report_incomplete", {"count": wrong}) if wrong else None)
    own = Actual.objects.filter(road_map=road_map, period__in=[one.period.number for one in asked], approved_at=None)
    own.exclude(report__state=ReportState.HANDED_IN.value).update(report=report)
    report.remarks.filter(settled_at=None).update(settled_at=at, settled_by=by)  # this is the answer to them
    _move(report, ReportStep.HAND_IN)
    report.handed_in_at, report.handed_in_by = at, by
    report.save(update_fields=["state", "handed_in_at", "handed_in_by"])
    if road_map.state != RoadMapState.REPORTING:
        steps.go(road_map, RoadMapStep.REPORT, by, at)
    _record("handed_in_report", report, by, at)
    letters_to(road_map, "report_in", at, key=f"report-in:{report.pk}:{at:%Y%m%d%H%M%S}", tutors=True, report=report)
    return report


@transaction.atomic
def approve(*, report: Report, chosen: Iterable[Seen], by: Person, at: datetime) -> Report:
    """Approve values of a report; when none waits any more, the report is approved and the team is told.

    Refused: by access; `nothing_to_approve`; `value_changed_meanwhile`; `report_step_not_possible`.
    """
    report = _lock(report)
    stop_if(access.why_not_approve(by, report.road_map))
    if report.state not in (ReportState.HANDED_IN, ReportState.APPROVED):
        raise Denied(Refusal("report_step_not_possible", {"state": report.state, "step": ReportStep.APPROVE.value}))
    waiting = {one.pk: one for one in Actual.objects.filter(report=report, approved_at=None)}
    picked = list(chosen)
    stop_if(Refusal("nothing_to_approve") if waiting and not picked else None)
    for one in picked:
        row = waiting.pop(one.number, None)
        if row is None or row.version != one.version:
            raise Denied(Refusal("value_changed_meanwhile"))
        rows.approve(road_map=report.road_map, number=one.number, seen=one.version, by=by, at=at)
    if not waiting and report.state == ReportState.HANDED_IN:
        _decide(report, ReportStep.APPROVE, by, at)
        letters_to(report.road_map, "report_ok", at, key=f"report-ok:{report.pk}", report=report)
    return report


@transaction.atomic
def give_back(*, report: Report, text: str, by: Person, at: datetime) -> Report:
    """Give a report back with what is to be changed; what was approved of it stands.

    Refused: by access; `report_needs_a_remark`.
    """
    report = _lock(report)
    stop_if(access.why_not_decide(by, report, ReportStep.GIVE_BACK))
    text = text.strip()[:LONGEST]
    stop_if(None if text else Refusal("report_needs_a_remark"))
    Remark.objects.create(
        road_map=report.road_map, report=report, path_step=Step.RESULTS.value, text=text, asks=True, at=at, by=by
    )
    _decide(report, ReportStep.GIVE_BACK, by, at)
    letters_to(
        report.road_map, "report_back", at, key=f"report-back:{report.pk}:{at:%Y%m%d%H%M%S}", report=report
    )  # fmt: skip
    return report


def _decide(report: Report, step: ReportStep, by: Person, at: datetime) -> None:
    _move(report, step)
    report.decided_at, report.decided_by = at, by
    report.save(update_fields=["state", "decided_at", "decided_by"])
    _record("approved_report" if step is ReportStep.APPROVE else "gave_back_report", report, by, at)
    road_map = report.road_map
    waits = road_map.reports.filter(state=ReportState.HANDED_IN.value).exists()
    if road_map.state == RoadMapState.REPORTING and not waits:
        steps.go(road_map, RoadMapStep.GO_ON, by, at)


def _move(report: Report, step: ReportStep) -> None:
    after = lifecycle.report_step(ReportState(report.state), step)
    if isinstance(after, Refusal):
        raise Denied(after)
    report.state = after.value


def _lock_map(road_map: RoadMap) -> RoadMap:
    locked = access.road_maps().select_for_update(of=("self",)).get(pk=road_map.pk)
    if hasattr(road_map, "who"):
        locked.who, locked.known_to = road_map.who, road_map.known_to
    return locked


def _lock(report: Report) -> Report:
    """The report as it is now, with its road map, nobody else changing either."""
    road_map = _lock_map(report.road_map)
    locked = Report.objects.select_for_update().get(pk=report.pk)
    locked.road_map = road_map
    return locked


def _record(verb: str, report: Report, by: Person, at: datetime) -> None:
    after = {"starts": report.starts_on.isoformat(), "ends": report.ends_on.isoformat()}
    scope = report.road_map.edition.scope
    audit.record(by=by, at=at, verb=verb, thing=report.road_map, scope=scope, after=after)
