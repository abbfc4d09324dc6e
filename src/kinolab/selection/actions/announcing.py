"""The announcement: one instant for everybody, then the letters, once each."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.labs.models import Edition
from kinolab.selection import access
from kinolab.selection.actions.deciding import hold
from kinolab.selection.domain.lifecycle import AnnouncementState, AnnouncementStep, step
from kinolab.selection.models import Announcement, Decision
from kinolab.selection.queries import letters as queries

BATCH = 100  # applications whose letters are written in one transaction


def announce(
    *, edition: Edition, letters: int, by: Person, at: datetime, note: Mapping[str, str] | None = None
) -> Announcement:
    """Make every decision true at this instant; the letters follow (`write_letters`).

    `letters` is how many letters `by` was shown. Refused: everything of `lifecycle.obstacles`, `letters_counted_anew`
    {count} when that number has changed. Of two at once the second is refused as `announcement_running`.
    """
    with transaction.atomic():
        hold(edition)
        stop_if(access.why_not_announce(by, edition, at))
        decisions = list(queries.decided(edition))
        going = sum(one.goes for one in queries.rendered(edition, decisions))
        if going != letters:
            raise Denied(Refusal("letters_counted_anew", {"count": going}))
        made = Announcement.objects.create(
            edition=edition, announced_at=at, announced_by=by, note=dict(note or {}), letters=going
        )
        Decision.objects.filter(pk__in=[one.pk for one in decisions]).update(announced_at=at)
        counts = Counter(one.outcome for one in decisions)
        audit.record(
            by=by, at=at, verb="announced", thing=made, scope=edition.scope, after={**counts, "letters": going}
        )
    return made


def write_letters(*, announcement: Announcement, at: datetime) -> int:
    """Put the letters of an announcement into the outbox, batch by batch; returns how many were written now.

    Safe to run twice and at the same time as itself: the key of a letter names application and person. What a process
    left half-way the next run takes up.
    """
    edition = announcement.edition
    teams = queries.by_team(queries.decided(edition).filter(announced_at__isnull=False))
    before = _in_outbox(edition)
    for start in range(0, len(teams), BATCH):
        batch = [one for team in teams[start : start + BATCH] for one in team]
        mail.write_many([_letter(edition, one, at) for one in queries.rendered(edition, batch) if one.goes])
    with transaction.atomic():
        held = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
        if held.state == AnnouncementState.RUNNING:
            _move(held, AnnouncementStep.FINISH)
            held.finished_at = at
            held.save(update_fields=["state", "finished_at"])
            audit.record(by=None, at=at, verb="wrote_letters", thing=held, scope=edition.scope)
    return _in_outbox(edition) - before


def go_on(*, at: datetime) -> int:
    """Write the letters of every announcement that is under way; returns how many were written."""
    running = Announcement.objects.filter(state=AnnouncementState.RUNNING.value)
    return sum(
        write_letters(announcement=one, at=at)
        for one in running.select_related("edition__programme__organisation", "edition__call")
    )


def _in_outbox(edition: Edition) -> int:
    return Letter.objects.filter(scope=edition.scope, kind=queries.KIND).count()


def _letter(edition: Edition, one: queries.Rendered, at: datetime) -> Letter:
    return mail.ready(
        key=one.key, to=one.member.person, kind=queries.KIND, subject=one.subject, body=one.body, at=at,
        scope=edition.scope, language=one.language, pieces=one.pieces,
    )  # fmt: skip


def _move(announcement: Announcement, taken: AnnouncementStep) -> None:
    """The only place that changes an announcement's state; the caller saves."""
    after = step(AnnouncementState(announcement.state), taken)
    if isinstance(after, Refusal):
        raise Denied(after)
    announcement.state = after.value
