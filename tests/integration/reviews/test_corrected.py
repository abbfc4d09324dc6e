"""A corrected version after a reading was handed in: marked, told once, and the reading may be taken up again."""

from datetime import timedelta

import pytest

from kinolab.applications.actions import submission
from kinolab.applications.events import SentAgain
from kinolab.applications.models import Snapshot
from kinolab.foundation.mail.models import Letter
from kinolab.reviews.actions import readings
from kinolab.reviews.actions.corrected import on_sent_again
from kinolab.reviews.models import Reading
from tests.factories import applications as applying
from tests.factories import reviews as make
from tests.factories.reviews import NOW
from tests.kit import client_of

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def done(reading: Reading) -> Reading:
    make.hand_in(reading)
    reading.refresh_from_db()
    return reading


def sends_again(reading: Reading, *, key: str = "logline", version: int = 2) -> None:
    """The team's next version, another in one answer."""
    last = Snapshot.objects.filter(application=reading.application).latest("version")
    content = dict(last.content)
    for section in content["sections"]:
        for one in section["questions"]:
            if one["key"] == key:
                one["value"] = f"Оңдолгон {version}"
    Snapshot.objects.create(
        application=reading.application, version=version, taken_at=LATER, content=content, sha256=f"{version}" * 64
    )
    on_sent_again(SentAgain(reading.application_id, version, LATER))
    reading.refresh_from_db()


def letters() -> list[str]:
    return list(Letter.objects.filter(kind="corrected_reading").values_list("to_email", flat=True))


def test_reader_is_told_once_and_sees_what_changed_until_they_hand_in_anew(done: Reading) -> None:
    sends_again(done)
    sends_again(done, version=3)

    assert (done.corrected_at, done.state, letters()) == (LATER, "submitted", [done.reader.person.email])
    letter = Letter.objects.get(kind="corrected_reading")
    assert done.application.title not in letter.body  # the outbox tells nobody who reads what
    client = client_of(done.reader.person)
    room = client.get(f"/en/reading/{done.pk}/").content.decode()
    question = applying.question(done.application.call, "logline")
    assert ("Corrected since you handed in" in room, str(question.label) in room) == (True, True)
    assert "corrected since" in client.get("/en/reading/").content.decode()
    readings.reopen(reading=done, by=done.reader.person, at=LATER)
    done.refresh_from_db()
    assert done.corrected_at is None


def test_nothing_is_said_of_what_readers_do_not_see_or_where_the_phase_does_not_tell(done: Reading) -> None:
    applying.question(done.application.call, "logline")
    for one in Snapshot.objects.filter(application=done.application):
        for section in one.content["sections"]:
            for question in section["questions"]:
                if question["key"] == "logline":
                    question["seen_by"] = "deciders"
        one.save()
    sends_again(done)
    assert (done.corrected_at, letters()) == (None, [])

    done.phase.tells_corrected = False
    done.phase.save()
    sends_again(done, key="title", version=3)
    assert (done.corrected_at, letters()) == (LATER, [])  # marked in any case


def test_phase_that_is_over_and_a_conflict_keep_the_letter_back(done: Reading) -> None:
    done.phase.ends_at = LATER - timedelta(minutes=1)
    done.phase.save()
    sends_again(done)
    assert (done.corrected_at, letters()) == (LATER, [])

    Reading.objects.update(corrected_at=None)
    make.conflict(done.reader, done.application, make.bakyt(done.phase.edition))
    sends_again(done, version=3)
    assert (done.corrected_at, letters()) == (None, [])


def test_sending_again_is_told_by_the_action_itself(done: Reading) -> None:
    one, minute = done.application, NOW + timedelta(minutes=1)
    submission.reopen(application=one, by=one.lead, at=NOW)
    applying.answer(one, "logline", "Башка сөз")
    one.refresh_from_db()
    submission.submit(application=one, by=one.lead, at=minute)

    done.refresh_from_db()
    assert (done.corrected_at, letters()) == (minute, [done.reader.person.email])
