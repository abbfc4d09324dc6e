"""Which applications a person may know of: none of a sealed call, none hidden from them by a conflict of interest."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kinolab.applications.models import Application, Hiding

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person
    from kinolab.labs.models import Edition


def visible_to(
    person: "Person | int", applications: QuerySet[Application], at: datetime | None = None
) -> QuerySet[Application]:
    """Those of `applications` that are not hidden from the person (or from whoever has this number) at the instant: now.

    Every list for staff and readers begins here.
    """
    open_ = Q(call__sealed_until=None) | Q(call__sealed_until__lte=at or timezone.now())
    return applications.filter(open_).exclude(Exists(Hiding.objects.filter(application=OuterRef("pk"), person=person)))


def may_know_of(person: "Person | int") -> Exists:
    """A condition on rows that belong to an `application`: the person may know of it now.

    It is asked of each row that is left, so a list of few does not go through all applications.
    """
    return Exists(visible_to(person, Application.objects.filter(pk=OuterRef("application"))))


def hidden_from(person: "Person", edition: "Edition") -> list[int]:
    """The numbers of the edition's applications that a conflict of interest hides from the person. One query."""
    hidden = Hiding.objects.filter(person=person, application__call__edition=edition)
    return list(hidden.values_list("application_id", flat=True))
