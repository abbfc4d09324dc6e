"""The clock inside the web process: it turns the switchboard's jobs and works off what pages have asked for.

Every job takes its work from tables and is safe to run twice, so several web processes may each have a clock, and a
process that dies loses nothing: the next turn takes it up. A larger installation sets KINOLAB_INSIDE=no and runs
`./kinolab clock` beside its web processes.
"""

import logging
import threading
import time

from django.conf import settings
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from kinolab import switchboard
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail import jobs as mail_jobs

log = logging.getLogger(__name__)


def turn() -> list[str]:
    """Run every job of the clock once, one after another; a failing job is logged and does not stop the others.

    Returns the names of those that failed.
    """
    failed = []
    for job in switchboard.CLOCK:
        try:
            job.call()
        except Exception:
            log.exception("The clock's job %s failed; the next turn tries again.", job.name)
            failed.append(job.name)
    return failed


def run() -> None:
    """Turn for ever, every `KINOLAB_CLOCK` seconds."""
    while True:
        turn()
        close_old_connections()
        time.sleep(settings.KINOLAB_CLOCK)


def send_at_once() -> None:
    """For ever: send letters as soon as a page has written one; who asks for a link does not wait for the clock."""
    while True:
        mail.written.wait()
        mail.written.clear()
        try:
            mail_jobs.send_due.call()
        except Exception:
            log.exception("Sending failed; the clock tries again.")
        close_old_connections()


def start() -> None:
    """Begin to turn, to send what is written and to work off enqueued tasks, in threads that end with the process."""
    worker = Worker(
        queue_names=["*"],
        interval=1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"inside-{threading.get_native_id()}",
        excluded_queue_names=[],
    )
    for name, target in (("clock", run), ("letters", send_at_once), ("tasks", worker.run)):
        threading.Thread(target=target, name=f"kinolab-{name}", daemon=True).start()
