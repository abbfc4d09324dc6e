"""What must be handed over with the film: each with where it stands, and its file on the way in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from kinolab.foundation.files import queries as files
from kinolab.foundation.files.models import Upload
from kinolab.foundation.files.queries import OnItsWay
from kinolab.production.domain import handover as rules
from kinolab.production.domain.handover import Stands
from kinolab.production.models import Deliverable, Omnibus

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

PREFIX = "deliverable"


@dataclass(frozen=True, slots=True)
class Owed:
    """A deliverable as its page shows it."""

    deliverable: Deliverable
    stands: Stands
    late: bool
    uploads: Sequence[OnItsWay]


def stands(deliverable: Deliverable) -> Stands:
    """Where it stands."""
    return rules.stands(
        handed=deliverable.handed_at is not None,
        accepted=deliverable.accepted_at is not None,
        returned=deliverable.returned_at is not None,
    )


def handover_page(omnibus: Omnibus, person: "Person", session: str, today: date) -> list[Owed]:
    """Everything on the list, in its order. Two statements."""
    found = list(Deliverable.objects.filter(omnibus=omnibus).select_related("file", "accepted_by"))
    return _owed(found, person, session, today)


def owed(deliverable: Deliverable, person: "Person", session: str, today: date) -> Owed:
    """One of the list."""
    return _owed([deliverable], person, session, today)[0]


def _owed(found: Sequence[Deliverable], person: "Person", session: str, today: date) -> list[Owed]:
    coming: dict[str, list[OnItsWay]] = {}
    for one in files.on_its_way(Q(target__in=[target(each) for each in found]), person, session):
        coming.setdefault(one.upload.target, []).append(one)
    return [
        Owed(one, now := stands(one), rules.late(now, one.due, today), coming.get(target(one), [])) for one in found
    ]


def target(deliverable: Deliverable) -> str:
    """What an upload of this deliverable says it is for."""
    return f"{PREFIX}:{deliverable.pk}"


def place_of(upload: Upload) -> Deliverable | None:
    """The deliverable that an upload is for, while it is there."""
    number = upload.target.partition(":")[2]
    return Deliverable.objects.filter(pk=number).select_related("omnibus__film__organisation", "file").first()
