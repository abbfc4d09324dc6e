"""Writing down what became of people and films; verifying it, publishing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from kinolab.applications.actions import projects
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.impact import access
from kinolab.impact.domain import outcomes as rules
from kinolab.impact.domain.vocabularies import Publishing, Standing
from kinolab.impact.models import FollowingUp, Outcome
from kinolab.impact.queries import outcomes as queries
from kinolab.labs.models import Edition, Programme

SUBJECT = ("person", "project_of", "film", "edition_itself", "name")
# What was agreed to and verified is what these say.
CONTENT = ("kind", "title", "on", "precision", "place", "country", "rank")
COLUMNS = (*CONTENT, "source", "source_url", "note")


@transaction.atomic
def record(
    *, programme: Programme, edition: Edition | None, about: Mapping[str, Any], values: Mapping[str, Any], by: Person,
    at: datetime,
) -> Outcome:  # fmt: skip
    """Write down an outcome; `about` has one of `person`, `project_of` (a film of it), `film`, `edition_itself`, `name`.

    Refused: by access; `outcome_needs_someone`, `no_such_subject`, `outcome_in_future`, `outcome_there_already`.
    """
    stop_if(access.why_not_record(by, programme, edition.pk if edition else None))
    subject = {name: value for name, value in about.items() if name in SUBJECT and value}
    stop_if(None if len(subject) == 1 else Refusal("outcome_needs_someone"))
    stop_if(_why_no_subject(programme, edition, subject))
    if film := subject.pop("project_of", None):
        subject["project"] = projects.project_of(application=film, by=by)
    said = {name: value for name, value in values.items() if name in COLUMNS}
    made = Outcome(programme=programme, edition=edition, told_at=at, told_by=by, **subject, **said)
    stop_if(why_not_tell(made, at))
    made.save()
    note("added", made, by, at)
    return made


def why_not_tell(told: Outcome, at: datetime) -> Refusal | None:
    """Say why an outcome cannot be told so: it has not happened yet, or stands there already."""
    if told.on and told.on > at.date():
        return Refusal("outcome_in_future")
    same = Outcome.objects.filter(
        programme=told.programme, person=told.person, film=told.film, project=told.project, name=told.name,
        edition_itself=told.edition_itself, kind=told.kind,
    ).exclude(pk=told.pk)  # fmt: skip
    key = queries.told(told).key
    return Refusal("outcome_there_already") if any(queries.told(one).key == key for one in same) else None


def _why_no_subject(programme: Programme, edition: Edition | None, subject: Mapping[str, Any]) -> Refusal | None:
    if edition is not None and edition.programme_id != programme.pk:
        return Refusal("no_such_subject")
    person, film = subject.get("person"), subject.get("film") or subject.get("project_of")
    known = (
        (person is None or queries.alumni(programme).filter(pk=person.pk).exists())
        and (film is None or queries.chosen(programme).filter(pk=film.pk).exists())
        and ("edition_itself" not in subject or edition is not None)
    )
    return None if known else Refusal("no_such_subject")


@transaction.atomic
def change(*, outcome: Outcome, values: Mapping[str, Any], seen: int, by: Person, at: datetime) -> Outcome:
    """Change what it says, as seen in this version. What had been verified, and agreed to, has to be so once more.

    Refused: by access; `outcome_gone`, `outcome_changed`, `outcome_in_future`, `outcome_there_already`.
    """
    found = lock(outcome, by)
    stop_if(Refusal("outcome_changed") if found.version != seen else None)
    new = {name: value for name, value in values.items() if name in COLUMNS and getattr(found, name) != value}
    for name, value in new.items():
        setattr(found, name, value)
    stop_if(why_not_tell(found, at))
    if new.keys() & set(CONTENT):
        _unverified(found)
        if found.publishing == Publishing.AGREED:
            found.publishing, found.consent_at, found.consent_by = Publishing.NOT_ASKED.value, None, None
    found.objection = ""  # whoever changes it has read what was said against it
    save(found, "changed", by, at, {"columns": sorted(new)})
    return found


@transaction.atomic
def remove(*, outcome: Outcome, by: Person, at: datetime) -> None:
    """Take it out for good. Refused: by access; `outcome_gone`."""
    found = lock(outcome, by)
    note("removed", found, by, at)
    found.delete()


@transaction.atomic
def verify(*, outcome: Outcome, by: Person, at: datetime) -> None:
    """Say that somebody of the lab has looked at the source. Refused: by access; `outcome_gone`, `outcome_needs_source`."""
    found = lock(outcome, by)
    stop_if(rules.why_not_verify(found.source, found.source_url))
    found.standing, found.verified_at, found.verified_by = Standing.VERIFIED.value, at, by
    save(found, "verified", by, at)


@transaction.atomic
def publish_known(*, outcome: Outcome, by: Person, at: datetime) -> None:
    """Show what needs nobody's consent: what stands in a public source already, or is about an edition itself.

    Refused: by access; `outcome_gone`, `outcome_needs_source`, `outcome_not_theirs` (somebody can be asked, or has said no).
    """
    found = lock(outcome, by)
    stop_if(Refusal("outcome_not_theirs") if queries.concerned(found) or _said_no(found) else None)
    stop_if(rules.why_not_verify(found.source, found.source_url))
    found.publishing = (Publishing.OF_THE_LAB if found.edition_itself else Publishing.PUBLIC_ALREADY).value
    save(found, "published", by, at)


@transaction.atomic
def unpublish(*, outcome: Outcome, by: Person, at: datetime) -> None:
    """Show it no more: at somebody's wish, for good. Refused: by access; `outcome_gone`."""
    found = lock(outcome, by)
    found.publishing, found.consent_at, found.consent_by = Publishing.WITHDRAWN.value, None, None
    save(found, "unpublished", by, at)


@transaction.atomic
def answer(*, outcome: Outcome, agrees: bool, by: Person, at: datetime) -> None:
    """Agree that it is published, or take that back: it is gone from every public page with the next look.

    Refused: `outcome_gone`, `outcome_not_theirs`.
    """
    found = Outcome.objects.select_for_update(of=("self",)).filter(pk=outcome.pk).first()
    if found is None:
        raise Denied(Refusal("outcome_gone"))
    stop_if(None if by in queries.concerned(found) else Refusal("outcome_not_theirs"))
    say(found, agrees=agrees, by=by, at=at)


def say(found: Outcome, *, agrees: bool, by: Person, at: datetime) -> None:
    """What follows from a person's yes or no; the row is locked, and theirs."""
    after = rules.answered(Publishing(found.publishing), agrees=agrees)
    if found.publishing == after:
        return
    found.publishing = after.value
    found.consent_at, found.consent_by = (at, by) if agrees else (None, None)
    save(found, "agreed" if agrees else "disagreed", by, at)


@transaction.atomic
def switch(*, programme: Programme, surveys: bool, report_public: bool, by: Person, at: datetime) -> FollowingUp:
    """Decide whether alumni are asked each year, and whether everybody may read the report. Refused: by access."""
    stop_if(access.why_not_record(by, programme, None))
    found, _ = FollowingUp.objects.select_for_update().get_or_create(programme=programme, defaults={"changed_at": at})
    before = {"surveys": found.surveys, "report_public": found.report_public}
    found.surveys, found.report_public, found.changed_at, found.changed_by = surveys, report_public, at, by
    found.save()
    audit.record(
        by=by, at=at, verb="changed", thing=found, scope=f"programme:{programme.pk}", before=before,
        after={"surveys": surveys, "report_public": report_public},
    )  # fmt: skip
    return found


# --- From a file -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file, and why it cannot be taken."""

    number: int
    shown: str
    refusal: Refusal | None


def take_rows(
    *, programme: Programme, edition: Edition | None, rows: Sequence[Mapping[str, Any] | Refusal], by: Person,
    at: datetime, dry: bool,
) -> list[Line]:  # fmt: skip
    """Record every row that can be; `dry` writes nothing and says the same. Refused: by access."""
    stop_if(access.why_not_record(by, programme, edition.pk if edition else None))
    lines = []
    with transaction.atomic():
        for number, row in enumerate(rows, start=2):  # the head is the first
            lines.append(_line(programme, edition, number, row, by, at))
        if dry:
            transaction.set_rollback(True)
    return lines


def _line(
    programme: Programme,
    edition: Edition | None,
    number: int,
    row: Mapping[str, Any] | Refusal,
    by: Person,
    at: datetime,
) -> Line:
    if isinstance(row, Refusal):
        return Line(number, "", row)
    shown = f"{row['about'].get('name') or row['about'].get('person') or row['about'].get('film')}: {row['title']}"
    try:
        with transaction.atomic():
            record(programme=programme, edition=edition, about=row["about"], values=row, by=by, at=at)
    except Denied as denied:
        return Line(number, shown, denied.refusal)
    return Line(number, shown, None)


# --- One row ---------------------------------------------------------------------------------------------------------------
def lock(outcome: Outcome, by: Person) -> Outcome:
    """The row for writing. Refused: by access; `outcome_gone`."""
    found = (
        Outcome.objects.select_for_update(of=("self",))
        .select_related("programme", "edition", "person", "film", "project")
        .filter(pk=outcome.pk)
        .first()
    )
    if found is None:
        raise Denied(Refusal("outcome_gone"))
    stop_if(access.why_not_record(by, found.programme, found.edition_id))
    return found


def _said_no(outcome: Outcome) -> bool:
    return outcome.publishing in (Publishing.REFUSED, Publishing.WITHDRAWN)


def _unverified(outcome: Outcome) -> None:
    outcome.standing, outcome.verified_at, outcome.verified_by = Standing.SELF_REPORTED.value, None, None


def save(outcome: Outcome, verb: str, by: Person | None, at: datetime, after: Mapping[str, Any] | None = None) -> None:
    """Save the row and put it on the record."""
    outcome.version += 1
    outcome.save()
    note(verb, outcome, by, at, after)


def note(verb: str, outcome: Outcome, by: Person | None, at: datetime, after: Mapping[str, Any] | None = None) -> None:
    """Put on the record what was done to an outcome."""
    scope = f"edition:{outcome.edition_id}" if outcome.edition_id else f"programme:{outcome.programme_id}"
    audit.record(by=by, at=at, verb=verb, thing=outcome, scope=scope, after=after)
