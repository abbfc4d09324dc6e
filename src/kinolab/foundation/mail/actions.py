"""The only writes: letters are written, edited, released, discarded and sent.

Sending happens at least once: a process that dies between the mail server's yes and our own note sends the letter again
after ten minutes, with the same Message-ID, by which mail programs recognise the double. The other choice, at most once,
would lose letters.
"""

import smtplib
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import parseaddr
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import get_random_string

from kinolab.foundation.mail.domain import lifecycle
from kinolab.foundation.mail.domain.lifecycle import LetterState, LetterStep
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied, Refusal

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

LONGEST_SUBJECT = 250  # characters
LONGEST_ERROR = 500  # characters


def write(
    *,
    key: str,
    to: "Person | str",
    kind: str,
    template: str,
    context: Mapping[str, Any],
    at: datetime,
    scope: str = "",
    hold: bool = False,
    language: str | None = None,
) -> Letter:
    """Write a letter from `template` ("room/mail/name.txt": subject, an empty line, the body) in the reader's language.

    Writing it again with the same key returns the first. `hold` keeps it for a person to release.
    """
    tag = language or _language_of(to)
    with translation.override(tag):
        subject, _, body = render_to_string(template, {**context, "to": to, "language": tag}).strip().partition("\n")
    return write_text(
        key=key, to=to, kind=kind, subject=subject, body=body, at=at, scope=scope, hold=hold, language=tag
    )


def write_text(
    *,
    key: str,
    to: "Person | str",
    kind: str,
    subject: str,
    body: str,
    at: datetime,
    scope: str = "",
    hold: bool = False,
    language: str | None = None,
) -> Letter:
    """Write a letter whose text is ready. Line breaks in a subject become spaces; idempotent on `key`."""
    email, person = (to, None) if isinstance(to, str) else (to.email, to)
    letter, _ = Letter.objects.get_or_create(
        key=key,
        defaults={
            "to_email": email,
            "person": person,
            "language": language or _language_of(to),
            "subject": " ".join(subject.split())[:LONGEST_SUBJECT],
            "body": body.strip() + "\n",
            "kind": kind,
            "scope": scope,
            "state": (LetterState.HELD if hold else LetterState.WAITING).value,
            "due_at": at,
            "created_at": at,
        },
    )
    return letter


def write_many(letters: Sequence[Letter]) -> None:
    """Add ready letters in bulk; keys already there are left alone."""
    Letter.objects.bulk_create(letters, ignore_conflicts=True, batch_size=200)


def release(*, letter: Letter, by: "Person", at: datetime) -> None:
    """Let a held letter go."""
    _step(letter, LetterStep.RELEASE, due_at=at)


def retry(*, letter: Letter, by: "Person", at: datetime) -> None:
    """Try a letter again that could not be delivered."""
    _step(letter, LetterStep.RETRY, due_at=at, attempts=0)


def discard(*, letter: Letter, by: "Person", at: datetime) -> None:
    """Never send this letter."""
    _step(letter, LetterStep.DISCARD)


def edit(*, letter: Letter, subject: str, body: str, by: "Person", at: datetime) -> None:
    """Change the text of a held letter."""
    if letter.state != LetterState.HELD:
        raise Denied(Refusal("letter_not_now", {"state": letter.state}))
    letter.subject, letter.body = " ".join(subject.split())[:LONGEST_SUBJECT], body.strip() + "\n"
    letter.save(update_fields=["subject", "body"])


def send_due(*, at: datetime, limit: int = 200) -> int:
    """Send what is due over one connection; returns how many the mail server took.

    Letters are claimed first, so that two processes never send the same one at the same time. A server that cannot be
    reached postpones the rest of the batch; a refusal for good (5xx) fails that letter alone.
    """
    mine = _claim(at, limit)
    if not mine:
        return 0
    sent, connection = 0, get_connection()
    try:
        connection.open()
        for number, letter in enumerate(mine):
            try:
                _message(letter, connection).send()
            except smtplib.SMTPServerDisconnected as error:
                _postpone(mine[number:], error, at)
                break
            except (smtplib.SMTPException, ValueError) as error:
                _not_delivered(letter, error, at)
            else:
                _step(letter, LetterStep.DELIVER, sent_at=at, last_error="", claim="")
                sent += 1
    except OSError as error:  # no connection: nobody's fault in particular, so all wait
        _postpone([letter for letter in mine if letter.state == LetterState.SENDING], error, at)
    finally:
        connection.close()
    return sent


def _language_of(to: "Person | str") -> str:
    return (not isinstance(to, str) and to.language) or translation.get_language() or settings.LANGUAGE_CODE


def _claim(at: datetime, limit: int) -> list[Letter]:
    abandoned = Q(state=LetterState.SENDING.value, claimed_at__lt=at - lifecycle.ABANDONED_AFTER)
    due = Q(state=LetterState.WAITING.value, due_at__lte=at) | abandoned
    token = get_random_string(32)
    with transaction.atomic():
        chosen = list(
            Letter.objects.select_for_update(skip_locked=True)
            .filter(due)
            .order_by("due_at", "pk")[:limit]
            .values_list("pk", flat=True)
        )
        Letter.objects.filter(due, pk__in=chosen).update(state=LetterState.SENDING.value, claim=token, claimed_at=at)
    return list(Letter.objects.filter(claim=token, pk__in=chosen).order_by("due_at", "pk"))


def _message(letter: Letter, connection: BaseEmailBackend) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<{sha256(letter.key.encode()).hexdigest()[:40]}@{domain}>",
        "Content-Language": letter.language,
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(letter.subject, letter.body, None, [letter.to_email], headers=headers, connection=connection)


def _not_delivered(letter: Letter, error: Exception, at: datetime) -> None:
    codes = [code for code, _ in error.recipients.values()] if isinstance(error, smtplib.SMTPRecipientsRefused) else []
    code = codes[0] if codes else getattr(error, "smtp_code", 0)
    if isinstance(error, ValueError) or code >= 500:
        _step(letter, LetterStep.FAIL, last_error=str(error)[:LONGEST_ERROR], attempts=letter.attempts + 1, claim="")
    else:
        _postpone([letter], error, at)


def _postpone(letters: Sequence[Letter], error: Exception, at: datetime) -> None:
    for letter in letters:
        attempts = letter.attempts + 1
        pause, said = lifecycle.pause(attempts), str(error)[:LONGEST_ERROR]
        if pause is None:
            _step(letter, LetterStep.FAIL, last_error=said, attempts=attempts, claim="")
        else:
            _step(letter, LetterStep.POSTPONE, last_error=said, attempts=attempts, due_at=at + pause, claim="")


def _step(letter: Letter, what: LetterStep, **columns: object) -> None:
    state = lifecycle.step(LetterState(letter.state), what)
    if isinstance(state, Refusal):
        raise Denied(state)
    _move(letter, state)
    for column, value in columns.items():
        setattr(letter, column, value)
    letter.save(update_fields=["state", *columns])


def _move(letter: Letter, state: LetterState) -> None:
    letter.state = state.value
