"""Files of evidence on their way in, and for whom one may be given out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from kinolab.foundation.files import queries as files
from kinolab.foundation.files.models import Upload
from kinolab.foundation.files.queries import OnItsWay
from kinolab.impact.models import Evidence, RoadMap
from kinolab.impact.queries.plan import outward_of

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person
    from kinolab.impact.domain.safety import Eyes

PREFIX = "evidence"


def target(row: Evidence) -> str:
    """What an upload of this evidence says it is for."""
    return f"{PREFIX}:{row.pk}"


def place_of(upload: Upload) -> Evidence | None:
    """The evidence that an upload is for, while it is there."""
    number = upload.target.partition(":")[2]
    places = ("road_map__edition__programme__organisation", "road_map__application", "file")
    return Evidence.objects.filter(pk=number).select_related(*places).first()


def coming_to(row: Evidence, person: "Person", session: str) -> Sequence[OnItsWay]:
    """What is on its way to the evidence, and what of the person's own was refused."""
    return list(files.on_its_way(Q(target=target(row)), person, session))


def to_give(road_map: RoadMap, number: int, eyes: "Eyes | None") -> tuple[Evidence, str] | None:
    """The evidence whose file these eyes may have (None: of the team or a tutor), and the name to save it under.

    Through the gate: a name that must not be said is covered in the file's name too.
    """
    row = Evidence.objects.filter(road_map=road_map, pk=number, file__isnull=False).select_related("file").first()
    if row is None or row.file is None:
        return None
    row.road_map = road_map
    if eyes is None:
        return row, row.file.name
    shown = [one for one in outward_of(road_map, eyes).plan.evidence if one.number == number]
    return (row, shown[0].file) if shown else None
