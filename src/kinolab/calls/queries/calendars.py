"""The closes of calls and the days of a lab as a calendar that any calendar program opens."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from kinolab.calls.models import Call
from kinolab.calls.queries import closes
from kinolab.foundation.later import icalendar
from kinolab.foundation.ui.calendars import begun
from kinolab.labs.models import Edition, Module

DEADLINE_LASTS = timedelta(minutes=30)  # a block that ends at the close can be seen in a calendar
WARNED_BEFORE = timedelta(days=1)


def calendar_of(call: Call, modules: list[Module], at: datetime) -> "icalendar.Calendar":
    """Return the calendar: the close as a timed event in the call's zone, days of the lab as whole days.

    A date known only to the month is left out: a calendar cannot say “early September” without inventing a day.
    """
    edition = call.edition
    made = begun("open call", str(edition))
    if call.closes_at:
        if call.hour_known:
            made.add_component(_zone(call.timezone or "UTC", call.closes_at))
        made.add_component(_deadline(call, at))
        for part in closes.listed(call, list(call.strands.all())):
            if part.close:
                made.add_component(_deadline(call, at, f"deadline-{part.field}", str(part.name), part.close.at))
    told = [_module(edition, one, at) for one in modules] if modules else [_lab(edition, at)]
    for event in filter(None, told):
        made.add_component(event)
    return made


def deadlines_of(deadlines: Iterable[tuple[Call, str, str, datetime]], at: datetime) -> "icalendar.Calendar":
    """Return the closes of many calls as one calendar, each with the rules of its zone."""
    made = begun("open calls", gettext("Open calls"))
    zones, events = set(), []
    for call, name, part, until in deadlines:
        zone = call.timezone or "UTC"
        if zone not in zones:
            zones.add(zone)
            made.add_component(_zone(zone, until))
        events.append(_deadline(call, at, name, part, until))
    for event in events:
        made.add_component(event)
    return made


def _zone(name: str, around: datetime) -> "icalendar.Timezone":
    """The zone's rules for a year on both sides of the instant, so that a changed offset travels with the file."""
    first, last = (around - timedelta(days=366)).date(), (around + timedelta(days=366)).date()
    return icalendar.Timezone.from_tzid(name, first_date=first, last_date=last)


def _deadline(
    call: Call, at: datetime, name: str = "deadline", part: str = "", until: datetime | None = None
) -> "icalendar.Event":
    """The close of a call, or of a strand or role of it (`part`)."""
    closing = (until or call.closes_at).astimezone(ZoneInfo(call.timezone or "UTC"))
    event = _event(call.edition, name, at)
    said = gettext("%(edition)s: applications close") % {"edition": call.edition}
    event.add("summary", f"{said} ({part})" if part else said)
    if call.hour_known or part:
        event.add("dtstart", closing - DEADLINE_LASTS)
        event.add("dtend", closing)
    else:  # no hour was published, so none is told
        event.add("dtstart", closing.date())
        event.add("dtend", closing.date() + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if call.edition.cancelled_at is None:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", said)
        alarm.add("trigger", -WARNED_BEFORE)
        event.add_component(alarm)
    return event


def _module(edition: Edition, module: Module, at: datetime) -> "icalendar.Event | None":
    if module.starts_on is None or module.precision != "day":
        return None
    event = _event(edition, f"module-{module.order}", at)
    event.add("summary", f"{edition}: {module}")
    event.add("dtstart", module.starts_on)
    event.add("dtend", (module.ends_on or module.starts_on) + timedelta(days=1))
    _place(event, str(module.city))
    return event


def _lab(edition: Edition, at: datetime) -> "icalendar.Event | None":
    if edition.starts_on is None or edition.starts_precision != "day":
        return None
    last = edition.ends_on if edition.ends_on and edition.ends_precision == "day" else edition.starts_on
    event = _event(edition, "lab", at)
    event.add("summary", str(edition))
    event.add("dtstart", edition.starts_on)
    event.add("dtend", last + timedelta(days=1))
    _place(event, str(edition.city))
    return event


def _event(edition: Edition, what: str, at: datetime) -> "icalendar.Event":
    """An event whose identity stays when its dates change, so that a calendar updates instead of adding."""
    address = settings.KINOLAB_URL + reverse("calls:page", args=[edition.programme.slug, edition.slug])
    event = icalendar.Event()
    event.add("uid", f"{what}.{edition.slug}.{edition.programme.slug}@kinolab")
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("url", address)
    event.add("description", address)
    event.add("status", "CANCELLED" if edition.cancelled_at else "CONFIRMED")
    return event


def _place(event: "icalendar.Event", city: str) -> None:
    if city:
        event.add("location", city)
