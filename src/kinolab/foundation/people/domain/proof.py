"""What somebody shows before their address or password may change: the password, or that they read the mailbox."""

from datetime import datetime, timedelta

from kinolab.foundation.refusals import Refusal

FRESH_FOR = timedelta(minutes=15)


def is_fresh(read_mail_at: datetime | None, at: datetime) -> bool:
    """Whether a sign-in by a link is so recent that nobody else can be sitting at the screen."""
    return read_mail_at is not None and timedelta(0) <= at - read_mail_at <= FRESH_FOR


def why_not(*, fresh: bool, has_password: bool, password_fits: bool) -> Refusal | None:
    """Why an address or a password may not change now.

    A recent sign-in by a link is enough, for whoever forgot the password comes that way; else the present password.
    """
    if fresh or password_fits:
        return None
    return Refusal("wrong_present_password") if has_password else Refusal("prove_first")
