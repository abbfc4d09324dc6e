import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.refusals import Refusal
from kinolab.reviews.domain.lifecycle import ReadingState, Recommendation
from kinolab.reviews.domain.scoring import (
    Criterion,
    Reading,
    Summary,
    score,
    summary,
    why_not_complete,
)

STORY, IMPACT = Criterion("story", 2), Criterion("impact", 1)
EXTRA = Criterion("extra", 1, maximum=10, required=False)
RUBRIC = [STORY, IMPACT, EXTRA]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ({}, None),
        ({"story": 5}, None),
        ({"story": 5, "impact": 2}, 4.0),
        ({"story": 5, "impact": 2, "extra": 0}, 3.0),
        ({"story": 5, "impact": 5, "extra": 10}, 5.0),
        ({"story": 0, "impact": 0}, 0.0),
    ],
)
def test_score_when_marks_are_given_weighs_them(marks: dict[str, int], expected: float | None) -> None:
    assert score(RUBRIC, marks) == expected


def test_score_when_nothing_weighs_is_none() -> None:
    assert score([], {}) is None
    assert score([Criterion("a", 1, required=False)], {}) is None


CRITERIA = st.lists(
    st.builds(Criterion, st.sampled_from("abcdef"), st.floats(0.01, 100), st.integers(1, 10)),
    min_size=1,
    max_size=6,
    unique_by=lambda criterion: criterion.code,
)


@given(CRITERIA, st.data())
def test_score_when_complete_lies_between_the_lowest_and_highest_mark(
    rubric: list[Criterion], data: st.DataObject
) -> None:
    marks = {each.code: data.draw(st.integers(0, each.maximum)) for each in rubric}
    shares = [5 * marks[each.code] / each.maximum for each in rubric]

    result = score(rubric, marks)

    assert result is not None
    assert min(shares) - 1e-9 <= result <= max(shares) + 1e-9
    assert 0 <= result <= 5


@pytest.mark.parametrize(
    ("marks", "recommendation", "refusal"),
    [
        ({"story": 5, "impact": 2}, Recommendation.YES, None),
        ({"story": 5}, Recommendation.YES, Refusal("marks_missing", {"criteria": ("impact",), "count": 1})),
        ({"story": 5, "impact": 2}, None, Refusal("recommendation_missing")),
        (
            {"story": 6, "impact": 2},
            None,
            Refusal("mark_out_of_range", {"criterion": "story", "mark": 6, "maximum": 5}),
        ),
        (
            {"story": -1, "impact": 2},
            None,
            Refusal("mark_out_of_range", {"criterion": "story", "mark": -1, "maximum": 5}),
        ),
        ({"charm": 1}, None, Refusal("unknown_criterion", {"criterion": "charm"})),
    ],
)
def test_why_not_complete_when_something_lacks_says_the_first(
    marks: dict[str, int], recommendation: Recommendation | None, refusal: Refusal | None
) -> None:
    assert why_not_complete(RUBRIC, marks, recommendation) == refusal


def test_why_not_complete_when_the_rubric_is_empty_says_so() -> None:
    assert why_not_complete([], {}, Recommendation.YES) == Refusal("rubric_empty")


def submitted(points: float | None, recommendation: Recommendation | None = None) -> Reading:
    return Reading(ReadingState.SUBMITTED, points, recommendation)


NONE = dict.fromkeys(Recommendation, 0)


def test_summary_when_nothing_is_submitted_is_empty() -> None:
    readings = [Reading(state, 1.0, Recommendation.NO) for state in ReadingState if state is not ReadingState.SUBMITTED]

    assert summary(readings) == summary([]) == Summary(None, None, None, 0, split=False, recommendations=NONE)


def test_summary_when_readers_differ_gives_mean_spread_and_deviation() -> None:
    readings = [submitted(4.0, Recommendation.YES), submitted(3.0, Recommendation.YES_IF)]

    assert summary(readings) == Summary(
        3.5, 1.0, 0.5, 2, split=False, recommendations=NONE | {Recommendation.YES: 1, Recommendation.YES_IF: 1}
    )


@pytest.mark.parametrize(
    ("readings", "split"),
    [
        ([submitted(4.0), submitted(2.1)], False),
        ([submitted(4.0), submitted(2.0)], True),
        ([submitted(3.0, Recommendation.YES), submitted(3.0, Recommendation.NO)], True),
        ([submitted(None, Recommendation.YES), submitted(None, Recommendation.NO)], True),
        ([submitted(3.0, Recommendation.YES), Reading(ReadingState.ABSTAINED, 0.0, Recommendation.NO)], False),
    ],
)
def test_summary_when_readers_disagree_is_split(readings: list[Reading], split: bool) -> None:
    assert summary(readings).split is split


@given(st.lists(st.floats(0, 5), max_size=6), st.integers(0, 4))
def test_summary_when_somebody_abstains_does_not_move(points: list[float], abstentions: int) -> None:
    readings = [submitted(each) for each in points]
    abstained = [Reading(ReadingState.ABSTAINED, 0.0, Recommendation.NO)] * abstentions

    assert summary(readings + abstained) == summary(readings)
