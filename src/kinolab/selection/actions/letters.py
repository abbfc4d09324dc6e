"""The texts of the letters, and what is written into one of them."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from kinolab.applications.models import TeamMember
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail.domain.lifecycle import LetterState
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.labs.models import Edition
from kinolab.selection import access
from kinolab.selection.domain import letters
from kinolab.selection.domain.lifecycle import FINAL, Outcome
from kinolab.selection.models import Decision, OwnLetter, ResultLetter


def save_letter(
    *,
    edition: Edition,
    outcome: Outcome,
    subject: Mapping[str, str],
    body: Mapping[str, str],
    by: Person,
    at: datetime,
) -> ResultLetter:
    """Keep the text of the letter for one outcome, a text per language; an empty text takes a language away.

    Refused: `unknown_placeholder`, and by access.
    """
    with transaction.atomic():
        stop_if(access.why_not_write_letters(by, edition))
        said = [*subject.values(), *body.values()]
        stop_if(next((problem for text in said for problem in letters.problems(text)), None))
        letter, _ = ResultLetter.objects.select_for_update().get_or_create(edition=edition, outcome=outcome.value)
        before = {"subject": letter.subject.as_dict(), "body": letter.body.as_dict()}
        letter.subject = Text({tag: " ".join(text.split()) for tag, text in subject.items()})
        letter.body = Text({tag: text.strip() for tag, text in body.items()})
        after = {"subject": letter.subject.as_dict(), "body": letter.body.as_dict()}
        if before != after:
            letter.save()
            audit.record(
                by=by, at=at, verb="wrote_letter", thing=letter, scope=edition.scope, before=before, after=after
            )
    return letter


def fill_with_ours(*, edition: Edition, by: Person, at: datetime) -> int:
    """Write what is missing of the letters in the languages of the call with our own texts; returns how many."""
    stop_if(access.why_not_write_letters(by, edition))
    written = 0
    with transaction.atomic():
        known = {Outcome(one.outcome): one for one in ResultLetter.objects.filter(edition=edition)}
        for outcome in Outcome:
            if outcome not in FINAL:
                continue
            letter = known.get(outcome) or ResultLetter(subject={}, body={})
            subject, body = letter.subject.as_dict(), letter.body.as_dict()
            lacking = [tag for tag in edition.call.languages if not (subject.get(tag) and body.get(tag))]
            for tag in lacking:
                subject[tag], body[tag] = _ours(outcome, tag)
            if lacking:
                save_letter(edition=edition, outcome=outcome, subject=subject, body=body, by=by, at=at)
                written += len(lacking)
    return written


def write_own(*, member: TeamMember, subject: str, body: str, by: Person, at: datetime) -> OwnLetter:
    """Write the letter to one recipient by hand, for what is decided now. Refused: `letter_empty`, access."""
    subject, body = " ".join(subject.split()), body.strip()
    if not subject or not body:
        raise Denied(Refusal("letter_empty"))
    return _keep_own(member, by, at, subject=subject[: mail.LONGEST_SUBJECT], body=body, held_back=False)


def hold_back(*, member: TeamMember, by: Person, at: datetime) -> OwnLetter:
    """Do not send the letter to this recipient."""
    return _keep_own(member, by, at, subject="", body="", held_back=True)


def take_ours_again(*, member: TeamMember, by: Person, at: datetime) -> None:
    """Forget what was written by hand, or that the letter was held back."""
    edition = member.application.call.edition
    with transaction.atomic():
        stop_if(access.why_not_write_letters(by, edition))
        found = OwnLetter.objects.filter(application=member.application_id, person=member.person_id).first()
        if found is not None:
            audit.record(by=by, at=at, verb="took_letter_back", thing=found, scope=edition.scope, before=_said(found))
            found.delete()


def try_again(*, edition: Edition, by: Person, at: datetime) -> int:
    """Have every letter of the edition sent again that the mail server refused; returns how many."""
    stop_if(access.why_not_try_letters(by, edition))
    failed = Letter.objects.filter(scope=edition.scope, state=LetterState.FAILED.value)
    count = 0
    with transaction.atomic():
        for letter in failed.select_for_update():
            mail.retry(letter=letter, by=by, at=at)
            count += 1
        if count:
            audit.record(
                by=by, at=at, verb="tried_letters_again", thing=edition, scope=edition.scope, after={"letters": count}
            )
    return count


# --- Pieces ----------------------------------------------------------------------------------------------------------
def _ours(outcome: Outcome, language: str) -> tuple[str, str]:
    with translation.override(language):
        subject, _, body = render_to_string(f"selection/mail/{outcome.value}.txt").strip().partition("\n")
    return subject.strip(), body.strip()


def _keep_own(member: TeamMember, by: Person, at: datetime, **said: object) -> OwnLetter:
    application = member.application
    edition = application.call.edition
    with transaction.atomic():
        stop_if(access.why_not_write_letters(by, edition))
        decided = dict(Decision.objects.filter(application=application).values_list("candidacy", "outcome"))
        if not decided or member.person_id is None:
            raise Denied(Refusal("no_such_recipient"))
        found = OwnLetter.objects.filter(application=application, person=member.person_id).first()
        before = _said(found) if found else None
        own, _ = OwnLetter.objects.update_or_create(
            application=application,
            person_id=member.person_id,
            defaults={
                "told": {str(one): outcome for one, outcome in decided.items() if outcome in FINAL},
                "written_at": at,
                "written_by": by,
                **said,
            },
        )
        audit.record(
            by=by, at=at, verb="wrote_own_letter", thing=own, scope=edition.scope, before=before, after=_said(own)
        )
    return own


def _said(own: OwnLetter) -> Mapping[str, object]:
    return {
        "told": sorted(set(own.told.values())),
        "subject": own.subject,
        "body": own.body,
        "held_back": own.held_back,
    }
