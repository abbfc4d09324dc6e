"""How every calendar that leaves the program begins."""

from kinolab.foundation.later import icalendar


def begun(what: str, name: str) -> "icalendar.Calendar":
    """A calendar to be read, not answered (RFC 5545): what it holds, for machines, and the name that programs show."""
    made = icalendar.Calendar()
    made.add("prodid", f"-//Kinolab//{what}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    return made
