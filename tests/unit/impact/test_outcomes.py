"""What may be shown, what an answer does, when somebody is asked."""

from datetime import UTC, date, datetime

import pytest

from kinolab.foundation.refusals import Refusal
from kinolab.impact.domain import outcomes, survey
from kinolab.impact.domain.outcomes import Told
from kinolab.impact.domain.vocabularies import OutcomeKind, Publishing, Standing

AT = datetime(2027, 3, 1, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("publishing", Publishing)
@pytest.mark.parametrize("objection", ["", "It was another year."])
def test_outcome_when_shown_is_verified_agreed_to_and_not_called_wrong(
    standing: Standing, publishing: Publishing, objection: str
) -> None:
    open_ = publishing in {Publishing.AGREED, Publishing.PUBLIC_ALREADY, Publishing.OF_THE_LAB}

    assert outcomes.is_shown(standing, publishing, objection) == (
        standing is Standing.VERIFIED and open_ and not objection
    )


@pytest.mark.parametrize(
    ("before", "agrees", "after"),
    [
        (Publishing.ASKED, True, Publishing.AGREED),
        (Publishing.NOT_ASKED, False, Publishing.REFUSED),
        (Publishing.AGREED, False, Publishing.WITHDRAWN),
        (Publishing.PUBLIC_ALREADY, False, Publishing.WITHDRAWN),
        (Publishing.WITHDRAWN, False, Publishing.WITHDRAWN),
        (Publishing.WITHDRAWN, True, Publishing.AGREED),
    ],
)
def test_answer_when_given_moves_what_may_be_published(before: Publishing, agrees: bool, after: Publishing) -> None:
    assert outcomes.answered(before, agrees=agrees) is after


def test_outcomes_when_told_twice_are_known_by_kind_title_and_year() -> None:
    first = Told(OutcomeKind.PRIZE, "Golden  Yurt", date(2026, 3, 1))

    assert first.key == Told(OutcomeKind.PRIZE, "golden yurt", date(2026, 1, 1)).key
    assert first.key != Told(OutcomeKind.PRIZE, "golden yurt", date(2027, 1, 1)).key
    assert outcomes.counted([OutcomeKind.PRIZE, OutcomeKind.JOB, OutcomeKind.PRIZE]) == {
        OutcomeKind.PRIZE: 2, OutcomeKind.JOB: 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("source", "url", "why"),
    [("", " ", Refusal("outcome_needs_source")), ("Press", "", None), ("", "https://example.org", None)],
)
def test_verifying_when_there_is_no_source_is_refused(source: str, url: str, why: Refusal | None) -> None:
    assert outcomes.why_not_verify(source, url) == why


@pytest.mark.parametrize(
    ("asked", "today", "due"),
    [
        (None, date(2027, 9, 30), False),
        (None, date(2027, 10, 1), True),
        (date(2027, 10, 5), date(2028, 10, 4), False),
        (date(2027, 10, 5), date(2028, 10, 5), True),
        (date(2026, 1, 1), date(2027, 9, 30), False),  # a new edition: a year after its results
    ],
)
def test_question_when_a_year_has_gone_is_due(asked: date | None, today: date, due: bool) -> None:
    assert survey.is_due(date(2026, 10, 1), asked, today) is due


def test_year_when_it_begins_on_a_leap_day_ends_on_the_first_of_march() -> None:
    assert survey.a_year_after(date(2028, 2, 29)) == date(2029, 3, 1)


@pytest.mark.parametrize(
    ("answered", "expires", "why"),
    [
        (False, AT.replace(day=2), None),
        (False, AT, Refusal("survey_expired")),
        (True, AT.replace(day=2), Refusal("survey_answered")),
    ],
)
def test_link_when_used_or_too_old_says_why(answered: bool, expires: datetime, why: Refusal | None) -> None:
    assert survey.why_not_answer(answered, expires, AT) == why
