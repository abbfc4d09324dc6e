"""The days of a shoot as a calendar that any calendar program opens."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from kinolab.foundation.later import icalendar
from kinolab.foundation.ui.calendars import begun
from kinolab.production.models import Day, Omnibus

A_DAY = timedelta(hours=10)  # of a shoot, where only its beginning is known


def calendar_of(days: list[Day], omnibus: Omnibus, name: str, at: datetime) -> "icalendar.Calendar":
    """Return the days as a calendar: timed in the organisation's zone where the hour is known, else whole days."""
    zone = omnibus.film.organisation.timezone
    made = begun("shoot", name)
    timed = [one.on for one in days if one.calls_at]
    if timed:
        year = timedelta(days=366)
        made.add_component(
            icalendar.Timezone.from_tzid(zone, first_date=min(timed) - year, last_date=max(timed) + year)
        )
    for one in days:
        made.add_component(_event(one, zone, at))
    return made


def _event(day: Day, zone: str, at: datetime) -> "icalendar.Event":
    """A day whose identity stays when it is moved, so that a calendar updates instead of adding."""
    address = settings.KINOLAB_URL + reverse("production:segment", args=[day.segment.code])
    event = icalendar.Event()
    event.add("uid", f"shoot-{day.pk}@kinolab")
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", day.version - 1)
    event.add("summary", f"{day.segment} · {day.unit.name}")
    if day.calls_at:
        begins = datetime.combine(day.on, day.calls_at, ZoneInfo(zone))
        event.add("dtstart", begins)
        event.add("dtend", begins + A_DAY)
    else:
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
    if day.place:
        event.add("location", day.place)
    event.add("description", "\n".join(filter(None, (day.note, address))))
    event.add("url", address)
    return event
