"""How every calendar that leaves the program begins, and how it is answered with."""

from django.http import HttpResponse

from kinolab.foundation.later import icalendar

CONTENT_TYPE = "text/calendar; charset=utf-8"


def begun(what: str, name: str) -> "icalendar.Calendar":
    """A calendar to be read, not answered (RFC 5545): what it holds, for machines, and the name that programs show."""
    made = icalendar.Calendar()
    made.add("prodid", f"-//Kinolab//{what}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    return made


def answer(made: "icalendar.Calendar", name: str, *, kept: str) -> HttpResponse:
    """The calendar as a file called `name`.ics; `kept` says whether and how long others may keep it (Cache-Control)."""
    response = HttpResponse(made.to_ical(), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["Cache-Control"] = kept
    return response
