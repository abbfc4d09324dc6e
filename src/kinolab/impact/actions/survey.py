"""The yearly question and other links to what is known about somebody: sent, kept as a draft, answered once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import get_random_string

from kinolab.applications.models import Application
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail.queries import absolute_url, language_of
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.impact.actions import outcomes
from kinolab.impact.domain import survey as rules
from kinolab.impact.domain.outcomes import OPEN
from kinolab.impact.domain.vocabularies import FollowUpAnswer, FollowUpKind, Publishing, Standing
from kinolab.impact.models import FollowingUp, FollowUp, Outcome, Quiet
from kinolab.impact.queries import outcomes as queries
from kinolab.impact.queries.survey import digest_of
from kinolab.labs.models import Programme

LETTERS_A_TURN = 200  # the clock turns again
TOKEN = 32  # letters
LONGEST = 2000  # characters of one answer


@dataclass(frozen=True, slots=True)
class New:
    """Something that somebody tells: about themselves, or about a film in whose team they are."""

    kind: str
    title: str
    year: int
    country: str = ""
    source_url: str = ""
    film: Application | None = None
    agrees: bool = False


# --- Sending ---------------------------------------------------------------------------------------------------------------
def send(
    *, programme: Programme, person: Person, kind: FollowUpKind, at: datetime, year: int | None = None
) -> FollowUp:  # fmt: skip
    """Write a letter with a link that is good once. Its token is in the letter alone, and there until it has left."""
    token = get_random_string(TOKEN)
    made = FollowUp.objects.create(
        programme=programme, person=person, kind=kind.value, year=year, digest=digest_of(token), made_at=at,
        expires_at=at + rules.GOOD_FOR,
    )  # fmt: skip
    with translation.override(language_of(person)):
        path = reverse("impact:survey", args=[programme.slug, token])
        films = [str(one) for one in queries.films_of(person, programme)]
    mail.write(
        key=f"follow-up:{made.pk}", to=person, kind="follow_up", template="impact/mail/survey.txt",
        context={
            "kind": kind.value, "programme": programme.name, "name": person.name, "films": films,
            "until": made.expires_at.date(), "url": absolute_url(path),
        },
        at=at, scope=f"programme:{programme.pk}", secret=token,
    )  # fmt: skip
    return made


@transaction.atomic
def ask(*, outcome: Outcome, by: Person, at: datetime) -> int:
    """Ask whoever an outcome is about whether it may be published; returns how many. Asking again writes again.

    Refused: by access; `outcome_gone`, `outcome_not_asked`.
    """
    found = outcomes.lock(outcome, by)
    people = queries.concerned(found)
    stop_if(None if people else Refusal("outcome_not_asked"))
    for person in people:
        send(programme=found.programme, person=person, kind=FollowUpKind.CONSENT, at=at)
    if Publishing(found.publishing) not in OPEN:
        found.publishing = Publishing.ASKED.value
    outcomes.save(found, "asked_consent", by, at)
    return len(people)


def send_due(*, at: datetime) -> int:
    """Ask everybody who is to be asked today, once a year; returns how many letters. Two at once write one."""
    sent = 0
    for one in FollowingUp.objects.filter(surveys=True).select_related("programme").order_by("pk"):
        for alumnus in queries.to_ask(one.programme):
            last = alumnus.asked_at.date() if alumnus.asked_at else None
            if sent >= LETTERS_A_TURN or not rules.is_due(alumnus.announced_at.date(), last, at.date()):
                continue
            sent += _asked(one.programme, alumnus.person, at)
    return sent


def _asked(programme: Programme, person: Person, at: datetime) -> int:
    try:
        with transaction.atomic():
            send(programme=programme, person=person, kind=FollowUpKind.SURVEY, at=at, year=at.year)
    except IntegrityError:  # another process has just asked them
        return 0
    return 1


@transaction.atomic
def send_again(*, programme: Programme, at: datetime, email: str = "", token: str = "") -> int:
    """Send a new link to whoever reads this mailbox, or had this link; to nobody who is not concerned. Says how many."""
    if token:
        old = FollowUp.objects.filter(programme=programme, digest=digest_of(token)).select_related("person").first()
        person = old.person if old else None
    else:
        person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None or not _knows(programme, person):
        return 0
    send(programme=programme, person=person, kind=FollowUpKind.AGAIN, at=at)
    return 1


def _knows(programme: Programme, person: Person) -> bool:
    return queries.films_of(person, programme).exists() or queries.about(person, programme).exists()


# --- Answering -------------------------------------------------------------------------------------------------------------
@transaction.atomic
def keep(*, token: str, typed: Mapping[str, str], at: datetime) -> FollowUp:
    """Keep what was typed until it is sent. Refused: `survey_unknown`, `survey_expired`, `survey_answered`."""
    found = _open(token, at)
    found.draft = {name: text[:LONGEST] for name, text in typed.items()}
    found.save(update_fields=["draft"])
    return found


@transaction.atomic
def still_so(*, token: str, at: datetime) -> None:
    """Everything that is known is still so. Refused as `keep`."""
    found = _open(token, at)
    _close(found, FollowUpAnswer.STILL_SO, at)


@transaction.atomic
def tell(
    *, token: str, new: Sequence[New], wrong: Mapping[int, str], agrees: Mapping[int, bool], at: datetime
) -> int:  # fmt: skip
    """Take what somebody tells: new outcomes as they tell them, what is wrong in known ones, what may be published.

    Returns how many are new; what stood there already is not told twice. Refused as `keep`.
    """
    found = _open(token, at)
    person = found.person
    known = {one.pk: one for one in queries.about(person, found.programme).select_for_update(of=("self",))}
    for number, text in wrong.items():
        if number in known and text.strip():
            known[number].objection = text.strip()[:LONGEST]
            known[number].version += 1
            known[number].save(update_fields=["objection", "version"])
    for number, yes in agrees.items():
        if number in known:
            outcomes.say(known[number], agrees=yes, by=person, at=at)
    own = {one.pk: one for one in queries.films_of(person, found.programme)}
    told = sum(_add(found, one, own, at) for one in new)
    _close(found, FollowUpAnswer.TOLD, at, {"new": told, "wrong": len(wrong)})
    return told


def _add(follow_up: FollowUp, told: New, own: Mapping[int, Application], at: datetime) -> int:
    person = follow_up.person
    film = own.get(told.film.pk) if told.film else None
    latest = film or next(iter(own.values()), None)
    made = Outcome(
        programme=follow_up.programme, edition=latest.call.edition if latest else None,
        person=None if film else person, film=film, kind=told.kind, title=told.title.strip(),
        on=date(told.year, 1, 1), precision="year", country=told.country, source_url=told.source_url,
        standing=Standing.SELF_REPORTED.value, told_at=at, told_by=person,
    )  # fmt: skip
    if outcomes.why_not_tell(made, at):
        return 0
    if told.agrees:
        made.publishing, made.consent_at, made.consent_by = Publishing.AGREED.value, at, person
    else:
        made.publishing = Publishing.REFUSED.value
    made.save()
    outcomes.note("added", made, person, at)
    return 1


@transaction.atomic
def hush(*, token: str, at: datetime) -> None:
    """Never ask this person again for this programme. Refused as `keep`, but a used link still does it."""
    found = FollowUp.objects.select_for_update(of=("self",)).filter(digest=digest_of(token)).first()
    if found is None:
        raise Denied(Refusal("survey_unknown"))
    Quiet.objects.get_or_create(programme=found.programme, person=found.person, defaults={"at": at})
    if not found.answer:
        _close(found, FollowUpAnswer.QUIET, at)


def _open(token: str, at: datetime) -> FollowUp:
    found = (
        FollowUp.objects.select_for_update(of=("self",))
        .select_related("programme", "person")
        .filter(digest=digest_of(token))
        .first()
    )
    if found is None:
        raise Denied(Refusal("survey_unknown"))
    stop_if(rules.why_not_answer(bool(found.answer), found.expires_at, at))
    return found


def _close(found: FollowUp, answer: FollowUpAnswer, at: datetime, after: Mapping[str, object] | None = None) -> None:
    found.answer, found.answered_at, found.draft = answer.value, at, {}
    found.save(update_fields=["answer", "answered_at", "draft"])
    audit.record(
        by=found.person, at=at, verb="told_outcomes", thing=found, scope=f"programme:{found.programme_id}",
        after={"answer": answer.value} | dict(after or {}),
    )  # fmt: skip
