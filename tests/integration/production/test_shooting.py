"""The shared calendar of the shoot."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from icalendar import Calendar

from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from kinolab.production.actions import shooting as actions
from kinolab.production.models import Day, Omnibus, Segment, Unit
from kinolab.selection.models import Decision
from tests.factories import labs, selection
from tests.factories import production as make
from tests.integration.applications.test_at_once import at_once
from tests.kit import client_of, same_cost

pytestmark = pytest.mark.django_db
NOW, MONDAY = make.NOW, date(2026, 11, 2)


def _denied(action: Any, **given: Any) -> tuple[str, dict[str, object]]:
    with pytest.raises(Denied) as denied:
        action(**given, at=NOW)
    return denied.value.refusal.code, dict(denied.value.refusal.facts)


def _shoot() -> tuple[Any, Omnibus, Unit, Segment]:
    owner, film = make.maker(), make.omnibus()
    return owner, film, actions.add_unit(omnibus=film, name="First unit", by=owner, at=NOW), make.segment(film)


def test_day_when_the_unit_has_it_already_is_refused_with_who_has_it() -> None:
    owner, film, unit, segment = _shoot()
    other = make.segment(film, "Station")
    given: dict[str, Any] = {"omnibus": film, "unit": unit, "on": MONDAY, "by": owner}
    planned = actions.plan_day(segment=segment, place="Old Bazaar", at=NOW, **given)

    code, facts = _denied(actions.plan_day, segment=other, **given)
    later = actions.plan_day(segment=other, at=NOW, **given | {"on": date(2026, 11, 3)})
    values = {"unit": unit, "segment": other, "on": MONDAY, "calls_at": None, "place": "", "note": ""}

    assert (code, facts) == ("day_taken", {"unit": "First unit", "on": MONDAY, "segment": "Well"})
    move: dict[str, Any] = {"omnibus": film, "number": later.pk, "values": values, "by": owner}
    assert _denied(actions.change_day, seen=1, **move)[0] == "day_taken"
    assert _denied(actions.change_day, seen=2, **move)[0] == "making_changed_meanwhile"
    actions.remove_day(omnibus=film, number=planned.pk, by=owner, at=NOW)
    assert actions.change_day(seen=1, at=NOW, **move).on == MONDAY
    assert _denied(actions.remove_day, omnibus=film, number=planned.pk, by=owner)[0] == "day_gone"
    assert Day.objects.count() == 1


def test_day_when_it_may_not_be_planned_says_why() -> None:
    owner, film, unit, segment = _shoot()
    stranger = make.segment(make.omnibus("other"))
    given: dict[str, Any] = {"omnibus": film, "unit": unit, "segment": segment, "on": MONDAY, "by": owner}

    assert _denied(actions.plan_day, **given | {"by": make.maker("Saule", Role.JUROR)})[0] == "not_your_film"
    assert _denied(actions.plan_day, **given | {"segment": stranger})[0] == "not_of_this_film"
    assert _denied(actions.plan_day, **given | {"segment": make.segment(film, state="dropped")})[0] == "segment_is_out"
    assert _denied(actions.plan_day, **given | {"on": date(9999, 12, 31)})[0] == "day_unlikely"
    assert _denied(actions.add_unit, omnibus=film, name="First unit", by=owner)[0] == "unit_there_already"
    actions.plan_day(at=NOW, **given)
    assert _denied(actions.remove_unit, omnibus=film, number=unit.pk, by=owner)[0] == "unit_has_days"
    Omnibus.objects.update(state="locked")
    assert _denied(actions.plan_day, **given | {"on": date(2026, 11, 3)})[0] == "film_is_settled"


def test_calendar_when_taken_away_has_the_hour_in_its_zone_and_the_same_names_after_a_move() -> None:
    owner, film, unit, segment = _shoot()
    given: dict[str, Any] = {"omnibus": film, "unit": unit, "segment": segment, "by": owner, "at": NOW}
    timed = actions.plan_day(on=MONDAY, calls_at=time(6, 30), place="Old Bazaar", **given)
    actions.plan_day(on=date(2026, 11, 3), **given)
    client = client_of(owner)

    answer = client.get("/en/production/films/city/calendar.ics")
    assert answer["Content-Disposition"] == 'attachment; filename="city.ics"'
    assert answer["Cache-Control"] == "private, no-store"
    whole = Calendar.from_ical(answer.content)
    own = Calendar.from_ical(client.get(f"/en/segments/{segment.code}/days.ics").content)

    events = whole.walk("VEVENT")
    assert [str(one["UID"]) for one in events] == [str(one["UID"]) for one in own.walk("VEVENT")]
    assert (str(events[0]["UID"]), str(events[0]["LOCATION"])) == (f"shoot-{timed.pk}@kinolab", "Old Bazaar")
    assert events[0].decoded("DTSTART").isoformat() == "2026-11-02T06:30:00+06:00"
    assert events[1].decoded("DTSTART") == date(2026, 11, 3)


def test_calendar_when_a_maker_plans_is_read_by_month_and_costs_the_same() -> None:
    owner, film, unit, segment = _shoot()
    client, there = client_of(owner), "/en/production/films/city/calendar/"
    given = {"unit": unit.pk, "segment": segment.pk, "place": "Old Bazaar"}

    assert client.post(there + "plan/", given | {"on": "2026-11-02"}).status_code == 302
    refused = client.post(there + "plan/", given | {"on": "2026-11-02"})
    assert (refused.status_code, "First unit is taken on this day: Well" in refused.content.decode()) == (422, True)
    day = Day.objects.get()
    client.post(f"{there}{day.pk}/", given | {"on": "2026-11-04", "version": 1})
    page = client.get(there + "?month=2026-11").content.decode()
    assert ("Old Bazaar" in page, "2026-11-04" in page) == (True, True)
    assert client.get(there + "?month=nonsense&on=x").status_code == 200
    assert client.get(there + "?week=2026-11-04").content.decode().count("<time") == 7
    assert client.get(there + "?week=9999-12-31").status_code == 200

    def more() -> None:
        other = make.segment(film, f"S{film.segments.count()}")
        number = Day.objects.count() + 10
        actions.plan_day(omnibus=film, unit=unit, segment=other, on=date(2026, 11, number), by=owner, at=NOW)

    same_cost(lambda: client.get(there + "?month=2026-11"), more)


# --- Letters, and two at once ----------------------------------------------------------------------------------------
def _with_teams() -> tuple[Any, Omnibus, Unit, Segment, Segment]:
    """Two segments of a film whose teams know: Meerim (ky) with Azamat (ru); Gulnara (en)."""
    call = selection.closed_call()
    owner = labs.membership(labs.person(), Role.OWNER, organisation=call.edition.programme.organisation).person
    labs.person("Meerim", language="ky")
    sent = [selection.sent(call, "Meerim", selection.azamat()), selection.sent(call, "Gulnara")]
    for one in sent:
        selection.decided(one, by=owner)
    Decision.objects.update(announced_at=NOW)
    film = make.omnibus(edition=call.edition)
    first, second = (
        make.segment(film, title, application=one) for title, one in zip(("Well", "Tram"), sent, strict=True)
    )
    return owner, film, actions.add_unit(omnibus=film, name="First unit", by=owner, at=NOW), first, second


def _letters() -> list[tuple[str, str]]:
    """Who was written to what since this was last asked, in the order of names."""
    found = Letter.objects.filter(key__startswith="shoot:")
    told = sorted((one.to_email.partition("@")[0], one.subject) for one in found)
    found.delete()
    return told


def test_team_is_written_to_once_when_a_day_is_planned_moved_or_called_off() -> None:
    owner, film, unit, well, tram = _with_teams()
    given: dict[str, Any] = {"omnibus": film, "by": owner, "at": NOW}
    values = {"unit": unit, "segment": well, "on": MONDAY, "calls_at": time(6, 30), "place": "Bazaar", "note": ""}

    planned = actions.plan_day(**given, **values)
    body = Letter.objects.get(to_email="meerim@example.org", key__startswith="shoot:").body
    wanted = ("06:30", "Bazaar", "First unit", f"/segments/{well.code}/#days")
    assert [one for one in wanted if one not in body] == []
    assert _letters() == [
        ("azamat", "City: съёмочный день, 2 ноября 2026 г."), ("meerim", "City: тартуу күнү, 2026-ж., 2-ноябрь"),
    ]  # fmt: skip

    planned = actions.change_day(number=planned.pk, seen=1, values=values | {"on": date(2026, 11, 3)}, **given)
    assert [subject for _who, subject in _letters()] == [
        "City: съёмочный день изменился, теперь 3 ноября 2026 г.", "City: тартуу күнү өзгөрдү, эми 2026-ж., 3-ноябрь",
    ]  # fmt: skip
    actions.change_day(number=planned.pk, seen=2, values=values | {"on": date(2026, 11, 3)}, **given)
    assert _letters() == []  # nothing has changed

    actions.change_day(number=planned.pk, seen=3, values=values | {"segment": tram}, **given)
    assert [who for who, _subject in _letters()] == ["azamat", "gulnara", "meerim"]
    actions.remove_day(number=planned.pk, **given)
    assert _letters() == [("gulnara", "City: no shoot on 2 November 2026")]
    actions.plan_day(**given, **values | {"on": date(2026, 8, 1)})
    Decision.objects.update(announced_at=None)
    actions.plan_day(**given, **values)
    assert _letters() == []  # of what has passed, and of what they do not know yet


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_day_when_two_plan_it_at_one_instant_is_one_persons_and_the_other_keeps_what_was_typed() -> None:
    owner, film, unit, well = _shoot()
    tram = make.segment(film, "Tram")
    colleague = make.maker("Bakyt")

    def plan(who: Any, segment: Segment) -> Callable[[], Any]:
        typed = {
            "unit": unit.pk, "segment": segment.pk, "on": "2026-11-02", "calls_at": "06:30", "place": f"By {who}",
            "note": "Bring lamps",
        }  # fmt: skip
        return lambda: client_of(who).post("/en/production/films/city/calendar/plan/", typed)

    told = sorted(at_once(plan(owner, well), plan(colleague, tram)), key=lambda one: one.status_code)

    day = Day.objects.select_related("segment", "made_by").get()
    second = colleague if day.made_by == owner else owner
    page = told[1].content.decode()
    assert [one.status_code for one in told] == [302, 422]
    assert f"First unit is taken on this day: {day.segment}." in page
    assert (f'value="By {second}"' in page, "Bring lamps" in page, 'value="06:30' in page) == (True, True, True)
