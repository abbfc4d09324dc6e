"""What the clock does: go on with an announcement."""

from django.utils import timezone
from django_tasks import task

from kinolab.selection.actions import announcing


@task()
def go_on() -> int:
    """Write the letters of announcements that are under way."""
    return announcing.go_on(at=timezone.now())
