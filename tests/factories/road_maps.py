"""Road maps as rows: one of a sent application, its tutor, a row of any part. Minimal, silent, plain."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kinolab.applications.models import Application
from kinolab.calls.models import Call
from kinolab.foundation.people.models import Person
from kinolab.impact.domain.parts import SINGLE, Part
from kinolab.impact.models import TABLES, RoadMap, Row, Tutoring
from tests.factories import selection as make
from tests.factories.rows import kept

NOW = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)

# What a row of each part needs, beside what it leads to.
NEEDED: dict[Part, dict[str, Any]] = {
    Part.PLACE: {"name": "Naryn", "country": "KG"}, Part.GROUP: {"name": "Families", "size": 400},
    Part.CAUSE: {"text": "Nothing is written down."}, Part.SOURCE: {"title": "Survey"}, Part.SDG: {"code": "6.b"},
    Part.GOAL: {"goal": "Neighbours know their turn"}, Part.AUDIENCE: {"name": "Water masters"},
    Part.ACTIVITY: {"title": "Screenings"}, Part.PARTNER: {"organisation": "Water union"},
    Part.LINE: {"label": "Projector", "unit_cost": Decimal(100)}, Part.MILESTONE: {"title": "First board"},
    Part.RESULT: {"title": "Turns are known"}, Part.INDICATOR: {"title": "Villages with a board", "unit": "villages"},
    Part.PERIOD: {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 6, 30)}, Part.EVIDENCE: {"title": "Photographs"},
    Part.RISK: {"title": "Anger"}, Part.PROTECTED: {"code": "P1"}, Part.LEARNING: {"what_changed": "Boards are read."},
}  # fmt: skip


def road_map(application: Application | None = None, *, call: Call | None = None, **fields: Any) -> RoadMap:
    """The road map of a sent application (of Meerim's, in a closed call), with the four parts of one row."""
    of = application or make.sent(call or make.closed_call())
    said = {"title": of.title, "language": of.language, "made_at": NOW, "changed_at": NOW, "state": "drafting"} | fields
    made = kept(RoadMap(edition=of.call.edition, application=of, **said))
    made.application = of
    for part in SINGLE:
        row(made, part)
    return made


def row(of: RoadMap, part: Part, **fields: Any) -> Row:
    """One row of a part."""
    said = NEEDED.get(part, {}) | {"changed_at": NOW} | fields
    return kept(TABLES[part](road_map=of, **said))


def tutor(of: RoadMap, who: str = "Rustam") -> Person:
    """Somebody who accompanies it."""
    person = make.make.person(who)
    Tutoring.objects.get_or_create(road_map=of, person=person, defaults={"added_at": NOW})
    return person
