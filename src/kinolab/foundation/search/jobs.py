"""What the clock does: take up changes that a process left behind."""

from django_tasks import task

from kinolab.foundation.search import actions


@task()
def settle() -> int:
    """Make documents anew whose changes are noted; returns how many."""
    return actions.settle()
