"""Hide an application from a person, or show it again. Called by the rooms above that learn of a conflict."""

from datetime import datetime

from kinolab.applications.models import Application, Hiding
from kinolab.foundation.people.models import Person


def hide(*, application: Application, person: Person, reason: str, at: datetime) -> None:
    """Hide the application from the person everywhere; once is enough. The caller records why."""
    Hiding.objects.get_or_create(application=application, person=person, defaults={"reason": reason, "at": at})


def show_again(*, application: Application, person: Person) -> None:
    """Take the hiding back. The caller records why."""
    Hiding.objects.filter(application=application, person=person).delete()
