"""What the clock does about files."""

from django.utils import timezone
from django_tasks import task

from kinolab.foundation.files import actions


@task()
def drop_expired() -> int:
    """Uploads that nobody finished go when their time is over; returns how many."""
    return actions.drop_expired(at=timezone.now())
