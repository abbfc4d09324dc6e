"""Two windows, two readers, two organisers, one instant: under real threads."""

from decimal import Decimal
from typing import Any

import pytest

from kinolab.foundation.mail.models import Letter
from kinolab.reviews.actions import assignment, readings
from kinolab.reviews.models import Proposal, Reading, Score
from tests.factories import reviews as make
from tests.factories.reviews import NOW
from tests.integration.applications.test_at_once import at_once


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_field_written_in_four_windows_at_once_keeps_one_and_tells_the_others(reading):
    story = make.field(reading, "story")

    def save(value: int) -> Any:
        fresh = Reading.objects.get(pk=reading.pk)
        return readings.save_field(
            reading=fresh, field=story, value=str(value), version=0, by=fresh.reader.person, at=NOW
        )

    told = at_once(*[lambda value=value: save(value) for value in range(1, 5)])

    assert sorted(map(str, told)) == ["1", "reading_changed", "reading_changed", "reading_changed"]
    assert Score.objects.get().value == told.index(1) + 1
    reading.refresh_from_db()
    assert reading.versions == {story: 1}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_readers_who_hand_in_at_once_are_all_counted(phase, application):
    marked = [make.reading(phase, make.reader(phase.edition, f"Reader{number}"), application) for number in range(4)]
    for number, one in enumerate(marked):
        make.write(one, story=str(number + 1), film=str(number + 1), recommendation="yes")

    def submit(one: Reading) -> None:
        readings.submit(reading=one, by=one.reader.person, at=NOW)

    assert at_once(*[lambda one=one: submit(one) for one in marked]) == [None] * 4

    application.refresh_from_db()
    assert (application.score, application.spread, application.readings_done) == (
        Decimal("2.500"),
        Decimal("3.000"),
        4,
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_proposal_accepted_by_two_at_once_gives_once(phase, nodira, application, aigul):
    proposal = assignment.propose(phase=phase, by=aigul, at=NOW, seed=1)

    def accept() -> int:
        fresh = Proposal.objects.select_related("phase__edition__programme").get(pk=proposal.pk)
        return assignment.accept(proposal=fresh, by=aigul, at=NOW)

    assert sorted(map(str, at_once(accept, accept))) == ["1", "proposal_accepted"]
    assert Reading.objects.count() == 1
    assert Letter.objects.filter(kind="readings_given").count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_reading_begun_and_taken_back_at_once_is_one_or_the_other(reading, aigul):
    def write() -> int:
        fresh = Reading.objects.get(pk=reading.pk)
        return readings.save_field(
            reading=fresh, field="private_note", value="Begun", version=0, by=fresh.reader.person, at=NOW
        )

    def take_back() -> None:
        fresh = Reading.objects.select_related("phase__edition__programme").get(pk=reading.pk)
        assignment.release(reading=fresh, by=aigul, at=NOW)

    written, taken = at_once(write, take_back)

    reading.refresh_from_db()
    if reading.state == "draft":
        assert (written, taken) == (1, "reading_begun")
    else:
        assert (written, taken, reading.state) == ("reading_step_not_possible", None, "released")
