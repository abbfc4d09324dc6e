"""Files of applications on their way in: which belong where, which have come whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from kinolab.applications.models import Application
from kinolab.foundation.files import coming, tickets
from kinolab.foundation.files.models import Upload
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Refusal

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

PREFIX = "application"


@dataclass(frozen=True, slots=True)
class Shown:
    """An upload on a page. `address` only for whoever may go on with it."""

    upload: Upload
    arrived: int
    address: str
    refusal: Refusal | None

    @property
    def percent(self) -> int:
        """How much of it has come."""
        return self.arrived * 100 // self.upload.size


def target(application: Application, question: Question) -> str:
    """What an upload of this answer says it is for."""
    return f"{PREFIX}:{application.pk}:{question.pk}"


def place_of(upload: Upload) -> tuple[Application, Question] | None:
    """The application and the question that an upload is for, while both are there."""
    _prefix, application, question = upload.target.split(":")
    found = (
        Application.objects.select_related("call__edition__programme__organisation", "call__form")
        .filter(pk=application)
        .first()
    )
    asked = Question.objects.select_related("section").filter(pk=question).first()
    return (found, asked) if found and asked else None


def of_application(application: Application, person: "Person", session: str) -> dict[int, Sequence[Shown]]:
    """What is on its way to the application's questions, and what of the person's own was refused. One query."""
    found: dict[int, list[Shown]] = {}
    rows = (
        Upload.objects.filter(Q(state="coming") | Q(state="refused", owner=person))
        .filter(target__startswith=f"{PREFIX}:{application.pk}:")
        .select_related("owner")
        .order_by("pk")
    )
    for one in rows:
        arrived = coming.arrived(one.code) or 0
        own = one.owner_id == person.pk and one.state == "coming"
        address = tickets.address(one.code, one.size, session) if own else ""
        refusal = Refusal(one.refusal["code"], one.refusal["facts"]) if one.refusal else None
        found.setdefault(int(one.target.rpartition(":")[2]), []).append(Shown(one, arrived, address, refusal))
    return found


def whole() -> list[Upload]:
    """What has come whole and waits to be taken."""
    begun = (
        Upload.objects.filter(state="coming", target__startswith=f"{PREFIX}:").select_related("owner").order_by("pk")
    )
    return [one for one in begun if coming.arrived(one.code) == one.size]


def bytes_of(application: Application, *, but: str = "") -> int:
    """All that the application holds or awaits; the upload with the mark `but`, which goes on, not counted."""
    kept = application.attachments.aggregate(sum=Sum("file__size"))["sum"] or 0
    awaited = Upload.objects.filter(state="coming", target__startswith=f"{PREFIX}:{application.pk}:")
    if but:
        awaited = awaited.exclude(mark=but)
    return kept + (awaited.aggregate(sum=Sum("size"))["sum"] or 0)
