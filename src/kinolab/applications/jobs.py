"""What the clock does about applications."""

from django.utils import timezone
from django_tasks import task

from kinolab.applications.actions import books, corrections, fetching, files, importing, links, moving, submission


@task()
def keep_at_close() -> int:
    """Let what was sent count where a call has closed over unsent changes; returns how many."""
    return submission.keep_at_close(at=timezone.now())


@task()
def lapse_corrections() -> int:
    """Let what was sent before count where a correction was not sent in time; returns how many."""
    return corrections.lapse(at=timezone.now())


@task()
def remind_drafts() -> int:
    """Remind people of unfinished drafts before the close; returns how many letters."""
    return submission.remind_drafts(at=timezone.now())


@task()
def take_arrived() -> int:
    """Attach files that have come whole and that no page has taken; returns how many."""
    return files.take_arrived(at=timezone.now())


@task()
def check_links() -> int:
    """Ask the links in answers whether they still open; returns how many were asked."""
    return links.check_due(at=timezone.now())


@task()
def forget_removed() -> int:
    """Files taken out of drafts, and never sent, go from the disk; returns how many."""
    return files.forget_removed(at=timezone.now())


@task()
def go_on_importing() -> int:
    """Work off imports that run; returns how many applications were made."""
    return importing.go_on(at=timezone.now())


@task()
def fetch_imported() -> int:
    """Fetch files that rows of imports name by their addresses; returns how many were tried."""
    return fetching.fetch_due(at=timezone.now())


@task()
def make_books() -> int:
    """Make reading books that were asked for, and forget old ones; returns how many were made."""
    at = timezone.now()
    books.forget_old(at=at)
    return books.make_waiting(at=at)


@task()
def count_moved() -> int:
    """Work out anew how complete drafts are whose form was corrected; returns how many."""
    return moving.count_moved(at=timezone.now())
