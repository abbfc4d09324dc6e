"""What the clock does about road maps, and about what became of people and films."""

from django.utils import timezone
from django_tasks import task

from kinolab.impact.actions import evidence, reporting, survey


@task()
def make_reports() -> int:
    """Make the reports of every rhythm whose days have begun; returns how many."""
    return reporting.make_due(at=timezone.now())


@task()
def remind_reports() -> int:
    """Remind teams of reports that are due; returns of how many reports."""
    return reporting.remind(at=timezone.now())


@task()
def take_evidence() -> int:
    """Take files of evidence that have come whole and that no page has taken; returns how many."""
    return evidence.take_arrived(at=timezone.now())


@task()
def ask_alumni() -> int:
    """Write the yearly letters that are due; returns how many."""
    return survey.send_due(at=timezone.now())
