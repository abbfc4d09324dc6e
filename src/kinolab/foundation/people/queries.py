"""Reads."""

from django.conf import settings
from django.db.models import QuerySet

from kinolab.foundation.mail import folder
from kinolab.foundation.people.models import Person


def demo_people() -> QuerySet[Person]:
    """The people of the demonstration whom a visitor may enter as; nobody on a real installation."""
    if not settings.KINOLAB_DEMO_ENTRY:
        return Person.objects.none()
    return Person.objects.filter(is_active=True).exclude(demo_role="").order_by("pk")


def mail_is_readable_here() -> bool:
    """Whether letters lie in a folder that this site shows, for want of a mail server."""
    return folder.is_open()
