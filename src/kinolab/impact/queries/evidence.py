"""Files of evidence on their way in, and for whom one may be given out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from kinolab.foundation.files import coming, tickets
from kinolab.foundation.files.models import Upload
from kinolab.foundation.refusals import Refusal
from kinolab.impact.models import Evidence, RoadMap
from kinolab.impact.queries.plan import outward_of

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person
    from kinolab.impact.domain.safety import Eyes

PREFIX = "evidence"


@dataclass(frozen=True, slots=True)
class Shown:
    """An upload on the page. `address` only for whoever may go on with it."""

    upload: Upload
    arrived: int
    address: str
    refusal: Refusal | None

    @property
    def percent(self) -> int:
        """How much of it has come."""
        return self.arrived * 100 // self.upload.size


def target(row: Evidence) -> str:
    """What an upload of this evidence says it is for."""
    return f"{PREFIX}:{row.pk}"


def place_of(upload: Upload) -> Evidence | None:
    """The evidence that an upload is for, while it is there."""
    number = upload.target.partition(":")[2]
    places = ("road_map__edition__programme__organisation", "road_map__application", "file")
    return Evidence.objects.filter(pk=number).select_related(*places).first()


def coming_to(row: Evidence, person: "Person", session: str) -> Sequence[Shown]:
    """What is on its way to the evidence, and what of the person's own was refused."""
    begun = Upload.objects.filter(Q(state="coming") | Q(state="refused", owner=person), target=target(row))
    found = []
    for one in begun.select_related("owner").order_by("pk"):
        own = one.owner_id == person.pk and one.state == "coming"
        address = tickets.address(one.code, one.size, session) if own else ""
        refusal = Refusal(one.refusal["code"], one.refusal["facts"]) if one.refusal else None
        found.append(Shown(one, coming.arrived(one.code) or 0, address, refusal))
    return found


def whole() -> list[Upload]:
    """What has come whole and waits to be taken."""
    begun = Upload.objects.filter(state="coming", target__startswith=f"{PREFIX}:").select_related("owner")
    return [one for one in begun.order_by("pk") if coming.arrived(one.code) == one.size]


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
