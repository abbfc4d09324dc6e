"""What tutors say about a road map, and that it is settled."""

from datetime import datetime

from django.db import transaction

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.impact import access
from kinolab.impact.domain.parts import Step
from kinolab.impact.models import Remark, RoadMap

LONGEST = 4000  # characters


@transaction.atomic
def remark(*, road_map: RoadMap, path_step: Step, text: str, asks: bool, by: Person, at: datetime) -> Remark:
    """Say something about a step of the path; `asks` for a change, which tutors alone may. Refused: by access; `remark_empty`."""
    stop_if(access.why_not_remark(by, road_map))
    text = text.strip()[:LONGEST]
    stop_if(None if text else Refusal("remark_empty"))
    asks = asks and not access.who(by, road_map).team
    made = Remark.objects.create(road_map=road_map, path_step=path_step.value, text=text, asks=asks, at=at, by=by)
    audit.record(
        by=by, at=at, verb="remarked", thing=road_map, scope=road_map.edition.scope, after={"step": path_step.value}
    )
    return made


@transaction.atomic
def settle(*, road_map: RoadMap, number: int, by: Person, at: datetime) -> Remark | None:
    """Say that a remark is settled: whoever made it, another tutor, or the team. Refused: by access."""
    stop_if(access.why_not_remark(by, road_map))
    found = Remark.objects.select_for_update().filter(road_map=road_map, pk=number, settled_at=None).first()
    if found is not None:
        found.settled_at, found.settled_by = at, by
        found.save(update_fields=["settled_at", "settled_by"])
    return found
