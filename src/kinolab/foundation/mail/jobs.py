"""What the clock does: send what is due."""

from django_tasks import task

from kinolab.foundation.mail import actions


@task()
def send_due() -> int:
    """Send due letters until none are left or the server refuses; returns how many went."""
    total = 0
    while sent := actions.send_due():
        total += sent
    return total
