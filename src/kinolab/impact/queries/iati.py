"""Files of the IATI standard: road maps as activities, and what a file that was brought would bring."""

from collections.abc import Iterable
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.impact.domain import iati, iati_reading
from kinolab.impact.domain.arriving import Arrival, WhyNot, arrive
from kinolab.impact.domain.iati import About, Publisher
from kinolab.impact.domain.iati_reading import Listed
from kinolab.impact.domain.lifecycle import ReportState, RoadMapState
from kinolab.impact.domain.safety import Outward
from kinolab.impact.models import BroughtFile, Report, RoadMap
from kinolab.impact.models import Publisher as Told
from kinolab.impact.queries import plan as plans
from kinolab.labs.models import Organisation

MOST_BYTES = 5_000_000


# --- Out -----------------------------------------------------------------------------------------------------------------
def publisher_of(organisation: Organisation) -> Publisher:
    """As what the organisation publishes; until somebody says so, under an identifier that no register knows."""
    names = dict(organisation.name) or {"en": organisation.slug}
    told = told_by(organisation)
    ref, kind = (told.ref, told.kind) if told else (f"XI-KINOLAB-{organisation.slug.upper()}", "22")
    return Publisher(ref, kind, names)


def told_by(organisation: Organisation) -> Told | None:
    """What the organisation has said of itself."""
    return Told.objects.filter(organisation=organisation).first()


def document(shown: Iterable[tuple[RoadMap, Outward]], publisher: Publisher, at: datetime) -> bytes:
    """The file with these road maps."""
    return iati.document((_activity(road_map, outward, publisher) for road_map, outward in shown), at)


def _activity(road_map: RoadMap, outward: Outward, publisher: Publisher) -> Element:
    about = About(road_map.language, RoadMapState(road_map.state), road_map.made_at.date(), road_map.changed_at)
    return iati.activity(outward, about, publisher)


# --- In ------------------------------------------------------------------------------------------------------------------
def parsed(content: bytes | str) -> Element:
    """The document's root. A document that declares anything (types, entities) is refused before it is read further.

    Refused: iati_too_large {limit}, iati_declares, iati_unreadable {line}, and `iati_reading.why_not_read`.
    """
    stop_if(Refusal("iati_too_large", {"limit": MOST_BYTES // 1_000_000}) if len(content) > MOST_BYTES else None)
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Denied(Refusal("iati_declares")) from None
    except ParseError as error:
        raise Denied(Refusal("iati_unreadable", {"line": error.position[0]})) from None
    except (ValueError, LookupError):  # an encoding that there is not, or another than it says
        raise Denied(Refusal("iati_unreadable", {"line": 1})) from None
    stop_if(iati_reading.why_not_read(root))
    return root


def as_text(root: Element) -> str:
    """The document as a text that reads the same, whatever it was encoded in."""
    return tostring(root, encoding="unicode")


def activities(brought: BroughtFile) -> list[Listed]:
    """The activities of a file that was brought."""
    return iati_reading.activities(parsed(brought.content))


def likely(road_map: RoadMap, root: Element) -> int:
    """The place of the activity that is this road map: whose identifier ends with its code, else the first with results."""
    listed = iati_reading.activities(root)
    own = (place for place, one in enumerate(listed) if one.identifier.endswith(f"-{road_map.code}"))
    return next(own, next((place for place, one in enumerate(listed) if one.results), 0))


def arrival(brought: BroughtFile, why_not: WhyNot) -> Arrival:
    """What the chosen activity would bring, with the account of what would not come."""
    chosen = parsed(brought.content).findall("iati-activity")[brought.activity]
    plan = plans.plan_of(brought.road_map)
    waits = Report.objects.filter(road_map=brought.road_map, state=ReportState.HANDED_IN.value)
    waiting = frozenset(waits.exclude(actuals=None).values_list("actuals__period", flat=True))
    return arrive(iati_reading.read(chosen, plan.goals, brought.road_map.language), plan, why_not, waiting)
