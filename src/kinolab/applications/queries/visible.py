"""Which applications a person may know of: all but those hidden from them by a conflict of interest."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from kinolab.applications.models import Application, Hiding

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


def visible_to(person: "Person", applications: QuerySet[Application]) -> QuerySet[Application]:
    """Those of `applications` that are not hidden from the person. Every list for staff and readers begins here."""
    return applications.exclude(Exists(Hiding.objects.filter(application=OuterRef("pk"), person=person)))
