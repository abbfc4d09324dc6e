"""What the clock does."""

from django.utils import timezone
from django_tasks import task

from kinolab.calls.actions import publishing


@task()
def freeze_opened() -> int:
    """Freeze the forms of calls that have opened."""
    return publishing.freeze_opened(at=timezone.now())
