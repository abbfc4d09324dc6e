"""What a reader does with one reading: writing, handing in, taking up again, abstaining; and every refusal."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.reviews.actions import readings
from kinolab.reviews.domain.lifecycle import AbstainReason, Recommendation
from kinolab.reviews.models import Score
from tests.factories import reviews as make
from tests.factories.reviews import BEGINS, ENDS, NOW

OTHER = AbstainReason.OTHER


def refused(action: Any, **arguments: Any) -> Refusal:
    with pytest.raises(Denied) as denied:
        action(**arguments)
    return denied.value.refusal


def save(reading: Any, field: str, value: str, version: int = 0, **more: Any) -> int:
    who = {"by": reading.reader.person, "at": NOW} | more
    return readings.save_field(reading=reading, field=field, value=value, version=version, **who)


def table(application: Any) -> tuple[Any, Any, int]:
    """What the applications' table was handed down: mean, spread, how many."""
    application.refresh_from_db()
    return application.score, application.spread, application.readings_done


# --- Opening ---------------------------------------------------------------------------------------------------------
def test_opening_is_noted_once(reading):
    readings.open_reading(reading=reading, by=reading.reader.person, at=NOW)
    readings.open_reading(reading=reading, by=reading.reader.person, at=NOW + timedelta(days=1))

    reading.refresh_from_db()
    assert (reading.state, reading.opened_at) == ("opened", NOW)


def test_opening_is_not_noted_before_the_reading_begins(reading):
    readings.open_reading(reading=reading, by=reading.reader.person, at=BEGINS - timedelta(seconds=1))

    reading.refresh_from_db()
    assert (reading.state, reading.opened_at) == ("assigned", None)


# --- Writing ---------------------------------------------------------------------------------------------------------
def test_each_field_is_kept_with_a_version_of_its_own(reading):
    story = make.field(reading, "story")

    assert save(reading, story, "4") == 1
    assert save(reading, story, "5", version=1) == 2
    assert save(reading, "recommendation", "yes_if") == 1
    assert save(reading, "private_note", "Между нами") == 1
    assert save(reading, "shareable_note", "Жакшы") == 1

    reading.refresh_from_db()
    assert (reading.state, reading.recommendation) == ("draft", "yes_if")
    assert (reading.private_note, reading.shareable_note) == ("Между нами", "Жакшы")
    assert reading.versions == {story: 2, "recommendation": 1, "private_note": 1, "shareable_note": 1}
    assert list(Score.objects.values_list("criterion__code", "value")) == [("story", 5)]


def test_zero_is_a_mark(reading):
    save(reading, make.field(reading, "story"), "0")

    assert Score.objects.get().value == 0


def test_the_same_value_again_changes_nothing(reading):
    save(reading, "private_note", "One")

    assert save(reading, "private_note", "One", version=0) == 1


def test_two_windows_do_not_overwrite_each_other(reading):
    save(reading, "private_note", "From the first window")

    refusal = refused(save, reading=reading, field="private_note", value="From the second", version=0)

    assert refusal == Refusal("reading_changed", {"version": 1, "value": "From the first window"})
    reading.refresh_from_db()
    assert reading.private_note == "From the first window"
    assert save(reading, "private_note", "From the second", version=1) == 2  # chosen by the reader


def test_two_windows_do_not_overwrite_a_mark(reading):
    story = make.field(reading, "story")
    save(reading, story, "4")

    assert refused(save, reading=reading, field=story, value="1") == Refusal(
        "reading_changed", {"version": 1, "value": "4"}
    )
    assert Score.objects.get().value == 4


def test_of_many_fields_the_good_ones_are_kept(reading):
    save(reading, "private_note", "Kept")
    typed = {
        "private_note": ("Typed elsewhere", 0),
        "shareable_note": ("Good", 0),
        make.field(reading, "story"): ("3", 0),
    }

    refused_fields = readings.save_fields(reading=reading, typed=typed, by=reading.reader.person, at=NOW)

    assert refused_fields == {"private_note": Refusal("reading_changed", {"version": 1, "value": "Kept"})}
    reading.refresh_from_db()
    assert (reading.private_note, reading.shareable_note, Score.objects.get().value) == ("Kept", "Good", 3)


@pytest.mark.parametrize(
    "field, value, refusal",
    [
        ("story", "6", Refusal("mark_out_of_range", {"criterion": "story", "mark": "6", "maximum": 5})),
        ("story", "-1", Refusal("mark_out_of_range", {"criterion": "story", "mark": "-1", "maximum": 5})),
        ("story", "3.5", Refusal("mark_out_of_range", {"criterion": "story", "mark": "3.5", "maximum": 5})),
        ("c999999", "3", Refusal("unknown_criterion", {"criterion": 999999})),
        ("c" + "9" * 5000, "3", Refusal("unknown_field", {"field": "c" + "9" * 39})),
        ("recommendation", "perhaps", Refusal("unknown_field", {"field": "recommendation"})),
        ("score", "5", Refusal("unknown_field", {"field": "score"})),
        ("private_note", "x" * 10_001, Refusal("note_too_long", {"limit": 10_000})),
        ("shareable_note", "x" * 10_001, Refusal("note_too_long", {"limit": 10_000})),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_changes(reading, field, value, refusal):
    name = make.field(reading, "story") if field == "story" else field

    assert refused(save, reading=reading, field=name, value=value) == refusal
    reading.refresh_from_db()
    assert (reading.state, reading.versions, Score.objects.count()) == ("assigned", {}, 0)


def test_writing_is_refused_to_others_and_outside_the_phase(reading):
    timur = make.reader(reading.phase.edition, "Timur")
    zone = reading.phase.edition.timezone
    note = {"reading": reading, "field": "private_note", "value": "x"}

    assert refused(save, **note, by=timur.person) == Refusal("not_your_reading")
    assert refused(save, **note, at=BEGINS - timedelta(seconds=1)) == Refusal(
        "phase_not_begun", {"starts": BEGINS, "zone": zone}
    )
    assert refused(save, **note, at=ENDS + timedelta(seconds=1)) == Refusal("phase_over", {"ended": ENDS, "zone": zone})
    make.hand_in(reading)
    assert refused(save, **note) == Refusal("reading_submitted")


# --- Handing in ------------------------------------------------------------------------------------------------------
def test_handing_in_keeps_the_weighted_score_and_hands_it_to_the_table(reading, application):
    make.hand_in(reading, story=5, film=2)

    assert (reading.state, reading.submitted_at, reading.score) == ("submitted", NOW, Decimal("4.000"))
    assert table(application) == (Decimal("4.000"), Decimal("0.000"), 1)
    entry = Entry.objects.get(verb="submitted_reading")
    assert (entry.actor, entry.key, entry.after) == (reading.reader.person, str(reading.pk), {"score": "4.000"})


def test_two_readings_make_a_mean_and_a_spread(reading, application, phase):
    make.hand_in(reading, story=5, film=5)
    make.hand_in(make.reading(phase, make.reader(phase.edition, "Timur"), application), story=2, film=2)

    assert table(application) == (Decimal("3.500"), Decimal("3.000"), 2)


def test_handing_in_lacks_marks_or_the_recommendation(reading):
    submit = {"reading": reading, "by": reading.reader.person, "at": NOW}

    assert refused(readings.submit, **submit).facts == {"criteria": ("story", "film"), "count": 2}
    make.write(reading, story="4", film="0")
    assert refused(readings.submit, **submit) == Refusal("recommendation_missing")
    make.write(reading, recommendation="no")
    readings.submit(**submit)
    assert refused(readings.submit, **submit) == Refusal("reading_submitted")


def test_handing_in_is_refused_to_others_and_after_the_end(reading, nodira):
    make.write(reading, story="4", film="0", recommendation="no")
    timur = make.reader(reading.phase.edition, "Timur").person

    assert refused(readings.submit, reading=reading, by=timur, at=NOW).code == "not_your_reading"
    late = ENDS + timedelta(seconds=1)
    assert refused(readings.submit, reading=reading, by=nodira.person, at=late).code == "phase_over"


def test_taken_up_again_it_does_not_count_until_it_is_handed_in_anew(reading, application):
    make.hand_in(reading)
    reopen = {"reading": reading, "by": reading.reader.person, "at": NOW}

    readings.reopen(**reopen)

    reading.refresh_from_db()
    assert (reading.state, reading.score, reading.submitted_at) == ("draft", None, None)
    assert table(application) == (None, None, 0)
    assert Entry.objects.filter(verb="reopened_reading").count() == 1
    assert refused(readings.reopen, **reopen) == Refusal("reading_not_submitted")
    make.write(reading, story="1")
    readings.submit(**reopen)
    assert table(application) == (Decimal("1.000"), Decimal("0.000"), 1)


def test_taking_up_again_is_refused_to_others_and_after_the_end(reading):
    make.hand_in(reading)
    timur = make.reader(reading.phase.edition, "Timur").person

    assert refused(readings.reopen, reading=reading, by=timur, at=NOW).code == "not_your_reading"
    late = ENDS + timedelta(seconds=1)
    assert refused(readings.reopen, reading=reading, by=reading.reader.person, at=late).code == "phase_over"


# --- Abstaining ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("reason", list(AbstainReason))
def test_abstaining_counts_as_nothing_and_never_as_zero(reading, application, phase, reason):
    make.hand_in(make.reading(phase, make.reader(phase.edition, "Timur"), application))
    make.hand_in(reading, story=0, film=0)
    assert table(application) == (Decimal("1.500"), Decimal("3.000"), 2)

    readings.abstain(reading=reading, reason=reason, note=" I know the tutor ", by=reading.reader.person, at=NOW)

    reading.refresh_from_db()
    assert (reading.state, reading.abstain_reason, reading.abstain_note) == ("abstained", reason, "I know the tutor")
    assert reading.score is None
    assert table(application) == (Decimal("3.000"), Decimal("0.000"), 1)
    assert Entry.objects.get(verb="abstained").after == {"reason": reason.value}


def test_abstaining_is_possible_after_the_end_and_once(reading):
    reader = reading.reader.person
    late = ENDS + timedelta(days=1)

    readings.abstain(reading=reading, reason=OTHER, note="", by=reader, at=late)

    assert refused(readings.abstain, reading=reading, reason=OTHER, note="", by=reader, at=late).code == (
        "reading_step_not_possible"
    )


def test_nobody_abstains_for_another(reading):
    timur = make.reader(reading.phase.edition, "Timur").person

    assert refused(readings.abstain, reading=reading, reason=OTHER, note="", by=timur, at=NOW).code == (
        "not_your_reading"
    )


def test_recommendations_are_all_kept(reading):
    for version, advice in enumerate(Recommendation):
        save(reading, "recommendation", advice.value, version=version)

    reading.refresh_from_db()
    assert reading.recommendation == list(Recommendation)[-1]
