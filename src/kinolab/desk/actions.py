"""What the office does with a letter before it leaves, or when it could not."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from kinolab.desk import access
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail.domain.lifecycle import LetterStep
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import stop_if
from kinolab.labs.models import Edition

_STEPS: dict[LetterStep, Callable[..., None]] = {
    LetterStep.HOLD: mail.hold,
    LetterStep.RELEASE: mail.release,
    LetterStep.RETRY: mail.retry,
    LetterStep.DISCARD: mail.discard,
}


def take_letter_step(*, edition: Edition, letter: Letter, what: LetterStep, by: Person, at: datetime) -> None:
    """Hold a letter back, let it go, try it again, or never send it. Refused: not_permitted, letter_not_now."""
    stop_if(access.why_not_change_letters(by, edition))
    _STEPS[what](letter=letter, by=by, at=at)


def edit_letter(
    *, edition: Edition, letter: Letter, subject: str, body: str, seen: str, by: Person, at: datetime
) -> None:
    """Write a held letter anew. Refused: not_permitted, letter_not_now, letter_has_link, letter_changed."""
    stop_if(access.why_not_change_letters(by, edition))
    mail.edit(letter=letter, subject=subject, body=body, seen=seen, by=by, at=at)


@transaction.atomic
def note_look(*, letter: Letter, by: Person, at: datetime) -> None:
    """Note that somebody read a letter to somebody else, once an hour."""
    audit.record_look(by=by, at=at, verb="read_letter", thing=letter, scope=letter.scope)
