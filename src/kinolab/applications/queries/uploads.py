"""Files of applications on their way in: which belong where, which have come whole."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from kinolab.applications.models import Application, TeamMember
from kinolab.foundation.files import queries as files
from kinolab.foundation.files.models import Upload
from kinolab.foundation.files.queries import OnItsWay
from kinolab.foundation.questions.models import Question

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

PREFIX = "application"


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
) -> dict[int, Sequence[OnItsWay]]:
    """What is on its way to the application's questions, and what of the person's own was refused. One query.

    Only what is sent for the own part of `whose`, or only what is not sent for somebody else's.
    """
    found: dict[int, list[OnItsWay]] = {}
    for one in files.on_its_way(Q(target__startswith=f"{PREFIX}:{application.pk}:"), person, session):
        _prefix, _application, question, *member = one.upload.target.split(":")
        if member == ([str(whose.pk)] if whose else []):
            found.setdefault(int(question), []).append(one)
    return found


def bytes_of(application: Application, *, but: str = "") -> int:
    """All that the application holds or awaits; the upload with the mark `but`, which goes on, not counted."""
    kept = application.attachments.aggregate(sum=Sum("file__size"))["sum"] or 0
    awaited = Upload.objects.filter(state="coming", target__startswith=f"{PREFIX}:{application.pk}:")
    if but:
        awaited = awaited.exclude(mark=but)
    return kept + (awaited.aggregate(sum=Sum("size"))["sum"] or 0)
