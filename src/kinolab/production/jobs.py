"""What the clock does: note the cuts whose people have all been told, take files that have come whole."""

from django.utils import timezone
from django_tasks import task

from kinolab.production.actions import cutting, handover


@task()
def settle_notices() -> int:
    """Letters leave by themselves; once the last one has, the notice of a cut is complete."""
    return cutting.settle(at=timezone.now())


@task()
def take_files() -> int:
    """Files that have come whole while nobody looked."""
    return handover.take_arrived(at=timezone.now())
