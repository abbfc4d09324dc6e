"""What a reader hears when the team sends a corrected version after their reading was handed in."""

from kinolab.applications.events import SentAgain
from kinolab.foundation.mail import actions as mail
from kinolab.reviews import access
from kinolab.reviews.domain.lifecycle import ReadingState
from kinolab.reviews.models import Conflict, Reading
from kinolab.reviews.queries import corrected, letters


def on_sent_again(event: SentAgain) -> None:
    """Answer `SentAgain`: mark the readings that were handed in, where readers see something else now; one letter each.

    The letter goes while the phase is open, for then the reading may be taken up again, and only where the phase tells;
    not to whoever a conflict keeps away.
    """
    done = Reading.objects.filter(
        application=event.application, state=ReadingState.SUBMITTED.value, reader__left_at=None
    ).select_related("phase__edition", "reader__person")
    kept_away = set(Conflict.objects.filter(application=event.application).values_list("reader", flat=True))
    for reading in done:
        if reading.reader_id in kept_away or not corrected.labels(reading):
            continue
        told = reading.corrected_at is not None
        Reading.objects.filter(pk=reading.pk).update(corrected_at=event.at)
        if reading.phase.tells_corrected and not told and access.why_not_in_time(reading.phase, event.at) is None:
            _tell(reading, event)


def _tell(reading: Reading, event: SentAgain) -> None:
    """No number and no title in it, as in every letter to readers."""
    mail.write(
        key=f"corrected:{reading.pk}:{event.version}",
        to=reading.reader.person,
        kind="corrected_reading",
        template="reviews/mail/corrected.txt",
        context={
            "edition": reading.phase.edition,
            "phase": reading.phase,
            "link": letters.home(reading.reader.person),
        },
        at=event.at,
        scope=reading.phase.edition.scope,
    )
