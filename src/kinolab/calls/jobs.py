"""What the clock does."""

from django.utils import timezone
from django_tasks import task

from kinolab.calls.actions import deadlines, publishing


@task()
def freeze_opened() -> int:
    """Freeze the forms of calls that have opened."""
    return publishing.freeze_opened(at=timezone.now())


@task()
def note_opened_seals() -> int:
    """Note that a sealed call has opened to its staff."""
    return deadlines.note_opened_seals(at=timezone.now())
