"""Which letters of an edition somebody may know of."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from kinolab.applications.models import Application, TeamMember
from kinolab.applications.queries.visible import hidden_from
from kinolab.calls.queries.closes import is_sealed
from kinolab.foundation.mail import queries as mail
from kinolab.foundation.mail.models import Letter
from kinolab.labs.models import Edition

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


def letters_of(person: "Person", edition: Edition) -> QuerySet[Letter]:
    """Letters of the edition that the person may know of, the newest first. One query beforehand.

    Letters to the team of an application that is hidden from the person are hidden too; so are those to all teams of a
    sealed call.
    """
    found = mail.letters(scope=edition.scope)
    if is_sealed(getattr(edition, "call", None), timezone.now()):
        return found.exclude(_to_teams(Application.objects.filter(call__edition=edition).values("pk")))
    hidden = hidden_from(person, edition)
    return found.exclude(_to_teams(hidden)) if hidden else found


def _to_teams(applications: object) -> Q:
    members = TeamMember.objects.filter(application__in=applications)
    return Q(person__in=members.exclude(person=None).values("person")) | Q(to_email__in=members.values("email"))
