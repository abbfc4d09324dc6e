"""The calendar file, against files that were checked by eye."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from kinolab.labs.models import Module
from tests.integration.calls_public.world import NOW, PAGE, a_call, everywhere
from tests.kit import at, client_of

GOLDEN = Path(__file__).parent / "golden"
FILE = PAGE + "calendar.ics"


def fetch(path: str = FILE, when: datetime = NOW) -> Any:
    with at(when):
        return client_of().get(path)


def lines(response: Any) -> list[str]:
    return response.content.decode().replace("\r\n ", "").split("\r\n")


def events(response: Any) -> dict[str, Any]:
    return {event["uid"].split(".")[0]: event for event in Calendar.from_ical(response.content).walk("VEVENT")}


def test_calendar_of_a_call_in_bishkek():
    a_call()

    response = fetch()

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="impact-lab-2026.ics"'
    assert lines(response) == (GOLDEN / "bishkek.ics").read_text().split("\n")


def test_calendar_around_the_day_kazakhstan_moved_its_clocks():
    """The close on 1 March 2024 is at UTC+5; the file carries the change of that night."""
    a_call(slug="2024", timezone="Asia/Almaty", opens_at=datetime(2024, 2, 1, tzinfo=UTC),
           closes_at=datetime(2024, 3, 1, 18, 59, tzinfo=UTC), published_at=datetime(2024, 2, 1, tzinfo=UTC),
           starts_on=date(2024, 6, 1), starts_precision="month", ends_on=None)  # fmt: skip

    response = fetch("/en/labs/impact-lab/2024/calendar.ics", datetime(2024, 2, 20, tzinfo=UTC))

    assert lines(response) == (GOLDEN / "almaty-2024-03-01.ics").read_text().split("\n")
    assert events(response)["deadline"]["dtend"].dt.astimezone(UTC) == datetime(2024, 3, 1, 18, 59, tzinfo=UTC)


def test_dates_known_to_the_month_are_left_out():
    a_call(starts_precision="month")

    assert list(events(fetch())) == ["deadline"]


def test_modules_stand_as_whole_days_in_place_of_the_edition():
    call = a_call()
    module = {"edition": call.edition, "timezone": "Asia/Bishkek", "city": everywhere("Osh")}
    Module.objects.create(
        order=1, name=everywhere("First"), starts_on=date(2026, 11, 26), ends_on=date(2026, 11, 28), **module
    )
    Module.objects.create(order=2, name=everywhere("Second"), starts_on=date(2027, 1, 1), precision="month", **module)
    Module.objects.create(order=3, name=everywhere("Third"), **module)

    found = events(fetch())

    assert list(found) == ["deadline", "module-1"]
    assert found["module-1"]["dtstart"].dt == date(2026, 11, 26)
    assert found["module-1"]["dtend"].dt == date(2026, 11, 29)
    assert found["module-1"]["summary"] == "Impact Lab 2026: First (en)"


def test_identity_of_an_event_stays_when_its_date_moves():
    call = a_call()
    before = events(fetch())["deadline"]

    call.closes_at = call.closes_at.replace(day=20)
    call.save()
    after = events(fetch())["deadline"]

    assert before["uid"] == after["uid"]
    assert before["dtend"].dt != after["dtend"].dt


def test_close_without_a_published_hour_is_a_whole_day():
    a_call(hour_known=False)

    response = fetch()

    assert events(response)["deadline"]["dtstart"].dt == date(2026, 9, 11)
    assert events(response)["deadline"]["dtend"].dt == date(2026, 9, 12)
    assert "BEGIN:VTIMEZONE" not in response.content.decode()


def test_cancelled_edition_sends_cancellations():
    a_call(cancelled_at=NOW)

    assert {event["status"] for event in events(fetch()).values()} == {"CANCELLED"}


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_calendar_speaks_the_language_of_its_address(language):
    a_call()

    found = events(fetch(f"/{language}/labs/impact-lab/2026/calendar.ics"))

    assert found["lab"]["location"] == f"Bishkek ({language})"


def test_calendar_of_a_call_that_is_not_published_is_not_there():
    a_call(published_at=None)

    assert fetch().status_code == 404
