"""Readers and the phase they read in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kinolab.calls.events import EditionCopied
from kinolab.calls.models import Strand
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.people import actions as people
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.labs.domain.calendar import shift_moment
from kinolab.labs.models import Edition
from kinolab.reviews import access
from kinolab.reviews.actions import readings
from kinolab.reviews.domain.lifecycle import DUE, ReadingState, ReadingStep
from kinolab.reviews.models import Reader, Reading, ReviewPhase
from kinolab.reviews.queries import letters
from kinolab.reviews.queries.facts import strands_read

MOST_LANGUAGES = 30


def set_phase(*, edition: Edition, changes: Mapping[str, Any], by: Person, at: datetime) -> ReviewPhase:
    """Set the dates and switches of the edition's phase of reading; made the first time.

    Refused: `phase_ends_before_start`; `strands_read_already` where readings are given and `each_strand` would change.
    """
    stop_if(access.why_not_configure(by, edition))
    starts, ends = changes.get("starts_at"), changes.get("ends_at")
    if starts and ends and ends <= starts:
        raise Denied(Refusal("phase_ends_before_start"))
    with transaction.atomic():
        phase, made = ReviewPhase.objects.select_for_update().get_or_create(edition=edition, order=1)
        before = {} if made else {name: getattr(phase, name) for name in changes}
        if before.get("each_strand", False) != changes.get("each_strand", before.get("each_strand", False)):
            given = Reading.objects.filter(phase=phase).exclude(state=ReadingState.RELEASED.value)
            if given.exists():
                raise Denied(Refusal("strands_read_already"))
        for name, value in changes.items():
            setattr(phase, name, value)
        phase.save()
        audit.record(
            by=by,
            at=at,
            verb="set_phase",
            thing=phase,
            scope=edition.scope,
            before=_kept(before),
            after=_kept(changes),
        )
    return phase


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """As the record keeps them: texts by language, the rest as it is."""
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items()}


def on_edition_copied(event: EditionCopied) -> None:
    """Answer `EditionCopied`: reading has the same switches, its dates as many years later. Readers are asked anew."""
    for phase in ReviewPhase.objects.filter(edition=event.original).select_related("edition"):
        zone = phase.edition.timezone
        dates = {
            name: getattr(phase, name) and shift_moment(getattr(phase, name), zone, event.years)
            for name in ("starts_at", "ends_at")
        }
        same = {
            name: getattr(phase, name)
            for name in (
                "order",
                "name",
                "note",
                "readings_each",
                "each_strand",
                "see_names",
                "see_others",
                "tells_corrected",
            )
        }
        ReviewPhase.objects.create(edition_id=event.copy, **same, **dates)


def add_reader(
    *,
    edition: Edition,
    email: str,
    name: str,
    languages: Sequence[str],
    capacity: int,
    company: str = "",
    strands: Sequence[str] = (),
    by: Person,
    at: datetime,
) -> Reader:
    """Invite somebody to read: the languages they read, for which strands (none: all), how many readings at most.

    Somebody who left comes back as they were. Refused: `no_languages_read`, `already_reader`.
    """
    stop_if(access.why_not_assign(by, edition))
    if not languages:
        raise Denied(Refusal("no_languages_read"))
    with transaction.atomic():
        person = people.ensure_person(email=email, name=name, at=at)
        reader, made = Reader.objects.select_for_update().get_or_create(
            edition=edition, person=person, defaults={"added_at": at, "added_by": by}
        )
        if not made and reader.left_at is None:
            raise Denied(Refusal("already_reader", {"name": str(person)}))
        reader.languages, reader.capacity, reader.company = list(languages)[:MOST_LANGUAGES], capacity, company
        reader.left_at = None
        reader.save()
        own = _read_for(reader, strands)
        audit.record(
            by=by,
            at=at,
            verb="added_reader",
            thing=reader,
            scope=edition.scope,
            after={"languages": list(languages), "capacity": capacity} | ({"strands": own} if own else {}),
        )
        mail.write(
            key=f"reader:{reader.pk}:{at.isoformat()}",
            to=person,
            kind="reader_invited",
            template="reviews/mail/invited.txt",
            context={"edition": edition, "by": by, "link": letters.home(person)},
            at=at,
            scope=edition.scope,
        )
    return reader


def change_reader(
    *,
    reader: Reader,
    languages: Sequence[str],
    capacity: int,
    company: str,
    strands: Sequence[str] | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Change what a reader reads and how much; the strands (by their slugs, none: all) stay as they are unless given."""
    stop_if(access.why_not_assign(by, reader.edition))
    if not languages:
        raise Denied(Refusal("no_languages_read"))
    before = {"languages": reader.languages, "capacity": reader.capacity, "company": reader.company}
    after = {"languages": list(languages), "capacity": capacity, "company": company}
    if strands is not None:
        before["strands"], after["strands"] = strands_read(reader), sorted(strands)
    if before == after:
        return
    with transaction.atomic():
        if strands is not None:
            after["strands"] = _read_for(reader, strands)
        reader.languages, reader.capacity, reader.company = list(languages), capacity, company
        reader.save(update_fields=["languages", "capacity", "company"])
        audit.record(
            by=by, at=at, verb="changed_reader", thing=reader, scope=reader.edition.scope, before=before, after=after
        )


def _read_for(reader: Reader, slugs: Sequence[str]) -> list[str]:
    """Let a reader read for these strands alone; unknown names are left out. Returns those that stand now."""
    reader.strands.set(Strand.objects.filter(call__edition=reader.edition_id, slug__in=slugs))
    return strands_read(reader)


def remove_reader(*, reader: Reader, by: Person, at: datetime) -> None:
    """Let a reader go: what they have not begun goes back, what they handed in stays. Refused: `reader_has_begun`."""
    stop_if(access.why_not_assign(by, reader.edition))
    if reader.left_at is not None:
        return
    with transaction.atomic():
        due = Reading.objects.select_for_update().filter(reader=reader, state__in=[one.value for one in DUE])
        for reading in due:
            if reading.state == "draft":
                raise Denied(Refusal("reader_has_begun", {"name": str(reader)}))
            readings.take_step(reading, ReadingStep.RELEASE, at)
        reader.left_at = at
        reader.save(update_fields=["left_at"])
        audit.record(by=by, at=at, verb="removed_reader", thing=reader, scope=reader.edition.scope)


def remind(*, edition: Edition, numbers: Sequence[int], by: Person, at: datetime) -> int:
    """Write to readers who still have something to read, once a day each; returns how many letters are new."""
    stop_if(access.why_not_assign(by, edition))
    written = 0
    phase = access.get_phase(edition)
    if phase is None:
        raise Denied(Refusal("no_phase"))
    due = Reading.objects.filter(phase=phase, state__in=[one.value for one in DUE], reader__in=numbers)
    late = Reader.objects.filter(edition=edition, left_at=None, pk__in=due.values("reader")).order_by("pk")
    with transaction.atomic():
        for reader in late.select_related("person"):
            letter = mail.write(
                key=f"remind-reader:{reader.pk}:{at.date().isoformat()}",
                to=reader.person,
                kind="reader_reminder",
                template=letters.REMINDER,
                context=letters.reminder(phase, reader),
                at=at,
                scope=edition.scope,
            )
            written += letter.created_at == at
        audit.record(
            by=by, at=at, verb="reminded_readers", thing=edition, scope=edition.scope, after={"letters": written}
        )
    return written
