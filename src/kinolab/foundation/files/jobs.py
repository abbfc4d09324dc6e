"""What the clock does about files."""

import logging
import threading

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from django_tasks import task

from kinolab.foundation.files import actions, queries

log = logging.getLogger(__name__)
_sending = threading.Lock()


@task()
def drop_expired() -> int:
    """Uploads that nobody finished go when their time is over; returns how many."""
    return actions.drop_expired(at=timezone.now())


@task()
def send_away() -> bool:
    """Send whole files to the storage, in a thread of its own: a large one takes minutes, and letters must not wait.

    Returns whether such a thread began; it takes up whatever an earlier one left.
    """
    waits = settings.KINOLAB_FILES_FAR and queries.to_send(timezone.now()).exists()
    if not waits or not _sending.acquire(blocking=False):
        return False
    threading.Thread(target=_send_all, name="kinolab-files", daemon=True).start()
    return True


def send_all() -> int:
    """Send what waits, one file after another; how many went. The first failure ends it: the next turn tries again."""
    return sum(actions.send_away(stored=stored) for stored in queries.to_send(timezone.now()).iterator(chunk_size=50))


def _send_all() -> None:
    try:
        send_all()
    except Exception:
        log.exception("Sending files to the storage failed; the clock tries again.")
    finally:
        _sending.release()
        close_old_connections()
