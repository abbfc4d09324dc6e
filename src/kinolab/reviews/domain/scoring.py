"""From a reader's marks to a score, and from several readings to a summary.

A score is the weighted mean of the marks, each mark taken as a share of its criterion's maximum, on a scale from 0 to
5. Only submitted readings count: an abstention is never a zero, it is simply not there.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kinolab.foundation.refusals import Refusal
from kinolab.reviews.domain.lifecycle import ReadingState, Recommendation

SCALE = 5
SPLIT_AT = 2.0  # points between the kindest and the severest reader


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the rubric: marks are whole numbers from 0 to `maximum`."""

    code: str
    weight: float
    maximum: int = 5
    required: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's result: the score on 0–5 (None: not all required marks given) and the recommendation."""

    state: ReadingState
    score: float | None = None
    recommendation: Recommendation | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What several readings say together; the numbers are None where nothing counts.

    `spread` is highest minus lowest, `sd` the standard deviation of these readings (population), `count` how many
    scores count, `split` whether the readers disagree, `recommendations` how often each was given.
    """

    mean: float | None
    spread: float | None
    sd: float | None
    count: int
    split: bool
    recommendations: Mapping[Recommendation, int]


def score(criteria: Sequence[Criterion], marks: Mapping[str, int]) -> float | None:
    """Return the weighted score on 0–5, or None until every required criterion is marked.

    Criteria that are not required and not marked are left out of the weights.
    """
    if any(criterion.required and criterion.code not in marks for criterion in criteria):
        return None
    marked = [criterion for criterion in criteria if criterion.code in marks]
    weights = math.fsum(criterion.weight for criterion in marked)
    if weights <= 0:
        return None
    total = math.fsum(criterion.weight * marks[criterion.code] / criterion.maximum for criterion in marked)
    return min(float(SCALE), SCALE * total / weights)


def why_not_complete(
    criteria: Sequence[Criterion], marks: Mapping[str, int], recommendation: Recommendation | None
) -> Refusal | None:
    """Say the first thing that keeps a reading from being submitted."""
    if not criteria:
        return Refusal("rubric_empty")
    known = {criterion.code: criterion for criterion in criteria}
    for code, mark in marks.items():
        if code not in known:
            return Refusal("unknown_criterion", {"criterion": code})
        if not 0 <= mark <= known[code].maximum:
            return Refusal("mark_out_of_range", {"criterion": code, "mark": mark, "maximum": known[code].maximum})
    lacking = tuple(criterion.code for criterion in criteria if criterion.required and criterion.code not in marks)
    if lacking:
        return Refusal("marks_missing", {"criteria": lacking, "count": len(lacking)})
    return Refusal("recommendation_missing") if recommendation is None else None


def summary(readings: Iterable[Reading]) -> Summary:
    """Sum up the submitted readings.

    They are split when scores lie `SPLIT_AT` points or more apart, or when one says yes and another no.
    """
    counted = [reading for reading in readings if reading.state is ReadingState.SUBMITTED]
    scores = [reading.score for reading in counted if reading.score is not None]
    advice = {each: sum(reading.recommendation is each for reading in counted) for each in Recommendation}
    opposed = advice[Recommendation.YES] > 0 and advice[Recommendation.NO] > 0
    if not scores:
        return Summary(None, None, None, 0, opposed, advice)
    mean = math.fsum(scores) / len(scores)
    spread = max(scores) - min(scores)
    sd = math.sqrt(math.fsum((one - mean) ** 2 for one in scores) / len(scores))
    return Summary(mean, spread, sd, len(scores), opposed or spread >= SPLIT_AT, advice)
