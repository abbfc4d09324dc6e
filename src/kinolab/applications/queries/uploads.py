"""Files of applications on their way in: which belong where, which have come whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from kinolab.applications.models import Application, TeamMember
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


def target(application: Application, question: Question, whose: TeamMember | None = None) -> str:
    """What an upload of this answer says it is for; `whose` own part where somebody else sends it for them."""
    return f"{PREFIX}:{application.pk}:{question.pk}" + (f":{whose.pk}" if whose else "")


def place_of(upload: Upload) -> tuple[Application, Question, TeamMember | None] | None:
    """The application and the question that an upload is for, while both are there; and whose part, if it says so."""
    _prefix, application, question, *member = upload.target.split(":")
    found = (
        Application.objects.select_related("call__edition__programme__organisation", "call__form")
        .filter(pk=application)
        .first()
    )
    asked = Question.objects.select_related("section").filter(pk=question).first()
    if found is None or asked is None:
        return None
    return found, asked, found.members.filter(pk=member[0]).first() if member else None


def of_application(
    application: Application, person: "Person", session: str, whose: TeamMember | None = None
) -> dict[int, Sequence[Shown]]:
    """What is on its way to the application's questions, and what of the person's own was refused. One query.

    Only what is sent for the own part of `whose`, or only what is not sent for somebody else's.
    """
    found: dict[int, list[Shown]] = {}
    rows = (
        Upload.objects.filter(Q(state="coming") | Q(state="refused", owner=person))
        .filter(target__startswith=f"{PREFIX}:{application.pk}:")
        .select_related("owner")
        .order_by("pk")
    )
    for one in rows:
        _prefix, _application, question, *member = one.target.split(":")
        if member != ([str(whose.pk)] if whose else []):
            continue
        arrived = coming.arrived(one.code) or 0
        own = one.owner_id == person.pk and one.state == "coming"
        address = tickets.address(one.code, one.size, session) if own else ""
        refusal = Refusal(one.refusal["code"], one.refusal["facts"]) if one.refusal else None
        found.setdefault(int(question), []).append(Shown(one, arrived, address, refusal))
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
