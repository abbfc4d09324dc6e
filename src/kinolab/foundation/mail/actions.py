"""The only writes: letters are written, held back, edited, let go, discarded and sent.

Each letter is claimed alone, just before it goes, so that two processes never send the same one and a slow mail server
never outlasts a claim. Sending happens at least once: a process that dies between the mail server's yes and our own note
sends that letter again after five minutes, with the same Message-ID, by which mail programs recognise the double. The
other choice, at most once, would lose letters.
"""

import logging
import smtplib
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.utils import parseaddr
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.crypto import get_random_string

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.i18n.mixture import Piece
from kinolab.foundation.mail.domain import lifecycle
from kinolab.foundation.mail.domain.lifecycle import LetterState, LetterStep
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.mail.queries import fingerprint, language_of, preview
from kinolab.foundation.refusals import Denied, Refusal

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

log = logging.getLogger(__name__)

written = threading.Event()  # a letter was committed in this process: whoever sends need not wait for the clock
LONGEST_SUBJECT = 250  # characters
LONGEST_ERROR = 500  # characters
TAKEN_OUT = "…"  # stands where a secret stood


def write(
    *,
    key: str,
    to: "Person | str",
    kind: str,
    template: str,
    context: Mapping[str, Any],
    at: datetime,
    scope: str = "",
    language: str | None = None,
    secret: str = "",
) -> Letter:
    """Write a letter from `template` ("room/mail/name.txt": subject, an empty line, the body) in the reader's language.

    Writing it again with the same key returns the first. `secret` is a part of the body, such as the token of a link, that
    we forget as soon as the letter has left.
    """
    letter = composed(
        key=key, to=to, kind=kind, template=template, context=context, at=at, scope=scope, language=language, secret=secret,
    )  # fmt: skip
    return _written(letter)


def composed(
    *,
    key: str,
    to: "Person | str",
    kind: str,
    template: str,
    context: Mapping[str, Any],
    at: datetime,
    scope: str = "",
    language: str | None = None,
    secret: str = "",
) -> Letter:
    """The letter that `write` would write, for `write_many`."""
    said = preview(template=template, context=context, to=to, language=language)
    return ready(key=key, to=to, kind=kind, at=at, scope=scope, secret=secret, **said._asdict())


def write_text(
    *,
    key: str,
    to: "Person | str",
    kind: str,
    subject: str,
    body: str,
    at: datetime,
    scope: str = "",
    language: str | None = None,
    secret: str = "",
) -> Letter:
    """Write a letter whose text is ready; idempotent on `key`."""
    letter = ready(
        key=key, to=to, kind=kind, subject=subject, body=body, at=at, scope=scope, language=language, secret=secret,
    )  # fmt: skip
    return _written(letter)


def _written(letter: Letter) -> Letter:
    write_many([letter])
    return Letter.objects.get(key=letter.key)


def ready(
    *,
    key: str,
    to: "Person | str",
    kind: str,
    subject: str,
    body: str,
    at: datetime,
    scope: str = "",
    language: str | None = None,
    secret: str = "",
    pieces: Sequence[Piece] = (),
    held: bool = False,
) -> Letter:
    """A letter as it will stand in the outbox, for `write_many`. Line breaks in a subject become spaces.

    One that is `held` stays there until somebody lets it go.
    """
    email, person = (to, None) if isinstance(to, str) else (to.email, to)
    return Letter(
        key=key,
        to_email=email,
        person=person,
        language=language or language_of(to),
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        body=body.strip() + "\n",
        pieces=list(pieces),
        secret=secret,
        kind=kind,
        scope=scope,
        state=(LetterState.HELD if held else LetterState.WAITING).value,
        due_at=at,
        created_at=at,
    )


def write_many(letters: Sequence[Letter]) -> None:
    """Add letters that are `ready`, in bulk; keys already there are left alone."""
    Letter.objects.bulk_create(letters, ignore_conflicts=True, batch_size=200)
    transaction.on_commit(written.set)


@transaction.atomic
def hold(*, letter: Letter, by: "Person", at: datetime) -> None:
    """Keep a letter here until somebody lets it go: one that has not left, or could not. Refused: letter_not_now."""
    _by_hand(letter, LetterStep.HOLD, by, at)


@transaction.atomic
def release(*, letter: Letter, by: "Person", at: datetime) -> None:
    """Let a held letter go. Refused: letter_not_now."""
    _by_hand(letter, LetterStep.RELEASE, by, at, due_at=at, attempts=0)
    transaction.on_commit(written.set)


@transaction.atomic
def retry(*, letter: Letter, by: "Person | None", at: datetime) -> None:
    """Try a letter again that could not be delivered. Refused: letter_not_now."""
    _by_hand(letter, LetterStep.RETRY, by, at, due_at=at, attempts=0)


@transaction.atomic
def discard(*, letter: Letter, by: "Person", at: datetime) -> None:
    """Never send this letter. Refused: letter_not_now."""
    _by_hand(letter, LetterStep.DISCARD, by, at, **_forgotten(letter))


@transaction.atomic
def edit(*, letter: Letter, subject: str, body: str, seen: str, by: "Person", at: datetime) -> None:
    """Change the text of a held letter. `seen` is the `queries.fingerprint` of the text that was read before.

    Refused: letter_not_now; letter_has_link where a part of the body is the reader's alone; letter_changed when somebody
    else has written it meanwhile.
    """
    held = Letter.objects.select_for_update().get(pk=letter.pk)
    if held.state != LetterState.HELD:
        raise Denied(Refusal("letter_not_now", {"state": held.state}))
    if held.secret:
        raise Denied(Refusal("letter_has_link"))
    if fingerprint(held) != seen:
        raise Denied(Refusal("letter_changed"))
    before = {"subject": held.subject, "body": held.body}
    letter.subject, letter.body = " ".join(subject.split())[:LONGEST_SUBJECT], body.strip() + "\n"
    letter.save(update_fields=["subject", "body"])
    after = {"subject": letter.subject, "body": letter.body}
    audit.record(by=by, at=at, verb="edited", thing=letter, scope=letter.scope, before=before, after=after)


def send_due(*, clock: Callable[[], datetime] = timezone.now, limit: int = 200) -> int:
    """Send up to `limit` letters that are due, over one connection; returns how many the mail server took.

    Letters with a secret, which somebody is waiting for at a screen, go first. A server that cannot be reached postpones
    all of them; one that hangs up is called again as long as it takes letters at all. A refusal for good (5xx) fails that
    letter alone.
    """
    awaited = Case(When(secret="", then=1), default=0)
    due = list(Letter.objects.filter(_is_due(clock())).order_by(awaited, "due_at", "pk")[:limit])
    if not due:
        return 0
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:  # nobody's fault in particular, so all wait
        for letter in due:
            if _claim(letter, clock()):
                _note(letter, error, clock())
        return 0
    try:
        return _send(due, connection, clock)
    finally:
        connection.close()


def _send(due: Sequence[Letter], connection: BaseEmailBackend, clock: Callable[[], datetime]) -> int:
    sent = at_last_opening = 0
    for letter in due:
        if not _claim(letter, clock()):
            continue
        error = _hand_over(letter, connection)
        _note(letter, error, clock())
        sent += error is None
        if error is not None and _is_gone(error):
            if sent == at_last_opening or not _opened_again(connection):
                break  # the rest still waits: the next turn of the clock takes it up
            at_last_opening = sent
    return sent


def _hand_over(letter: Letter, connection: BaseEmailBackend) -> Exception | None:
    """Give the letter to the mail server; what went wrong, or None when it said yes."""
    try:
        _message(letter, connection).send()
    except (OSError, ValueError) as error:  # smtplib's own errors are OSErrors; a bad header is a ValueError
        return error
    return None


def _opened_again(connection: BaseEmailBackend) -> bool:
    try:
        connection.close()
        connection.open()
    except OSError:
        return False
    return True


def _is_due(at: datetime) -> Q:
    abandoned = Q(state=LetterState.SENDING.value, claimed_at__lt=at - lifecycle.ABANDONED_AFTER)
    return Q(state=LetterState.WAITING.value, due_at__lte=at) | abandoned


def _claim(letter: Letter, at: datetime) -> bool:
    """Take the letter for sending, unless somebody has taken, sent, discarded or tried it since it was read."""
    claim = get_random_string(32)
    mine = Letter.objects.filter(_is_due(at), pk=letter.pk, attempts=letter.attempts).update(
        state=LetterState.SENDING.value, claim=claim, claimed_at=at
    )
    letter.state, letter.claim = LetterState.SENDING.value, claim
    return bool(mine)


def _message(letter: Letter, connection: BaseEmailBackend) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<{sha256(letter.key.encode()).hexdigest()[:40]}@{domain}>",
        "Content-Language": letter.language,
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(letter.subject, letter.body, None, [letter.to_email], headers=headers, connection=connection)


def _is_gone(error: Exception) -> bool:
    """Whether the connection is of no use any more: hung up, timed out, or "421, goodbye"."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, smtplib.SMTPServerDisconnected) or 421 in _codes(error)
    return isinstance(error, OSError)


def _is_final(error: Exception) -> bool:
    return isinstance(error, ValueError) or max(_codes(error)) >= 500


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [getattr(error, "smtp_code", 0)]


def _note(letter: Letter, error: Exception | None, at: datetime) -> None:
    """Write down how the sending of a claimed letter ended."""
    attempts = letter.attempts + 1
    pause = lifecycle.pause(attempts)
    ended = {"claim": "", "attempts": attempts, "last_error": str(error or "")[:LONGEST_ERROR]}
    try:
        if error is None:
            _move(letter, LetterStep.DELIVER, **ended, sent_at=at, **_forgotten(letter))
        elif _is_final(error) or pause is None:
            _move(letter, LetterStep.FAIL, **ended)
        else:
            _move(letter, LetterStep.POSTPONE, **ended, due_at=at + pause)
    except Denied:
        log.warning("Letter %s took so long that another process has taken it over.", letter.pk)


_VERBS = {
    LetterStep.HOLD: "held_letter",
    LetterStep.RELEASE: "released",
    LetterStep.RETRY: "retried",
    LetterStep.DISCARD: "discarded",
}


def _by_hand(letter: Letter, what: LetterStep, by: "Person | None", at: datetime, **columns: object) -> None:
    before = letter.state
    _move(letter, what, **columns)
    states = {"before": {"state": before}, "after": {"state": letter.state}}
    audit.record(by=by, at=at, verb=_VERBS[what], thing=letter, scope=letter.scope, **states)


def _forgotten(letter: Letter) -> dict[str, str]:
    """The columns of a letter whose secret nobody needs any more."""
    return {"body": letter.body.replace(letter.secret, TAKEN_OUT), "secret": ""} if letter.secret else {}


def _move(letter: Letter, what: LetterStep, **columns: object) -> None:
    """Take the step, if the letter still stands where we last saw it, in our own hands; else Denied."""
    state = lifecycle.step(LetterState(letter.state), what)
    if isinstance(state, Refusal):
        raise Denied(state)
    as_seen = Letter.objects.filter(pk=letter.pk, state=letter.state, claim=letter.claim)
    if not as_seen.update(state=state.value, **columns):
        raise Denied(Refusal("letter_not_now", {"state": letter.state}))
    letter.state = state.value
    for column, value in columns.items():
        setattr(letter, column, value)
