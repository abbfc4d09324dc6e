"""Two people write in one row: columns meet one by one, and only what cannot be put together waits for a person."""

import pytest

from kinolab.impact.domain.writing import Met, meet

BEFORE = {"name": "Well", "text": "a girl shares water"}


@pytest.mark.parametrize(
    ("typed", "now", "values", "apart", "merged"),
    [
        ({"name": "Spring"}, BEFORE, {"name": "Spring"}, {}, {}),  # nobody else wrote
        ({"name": "Spring"}, BEFORE | {"text": "other words"}, {"name": "Spring"}, {}, {}),  # elsewhere
        ({"name": "Spring"}, BEFORE | {"name": "Ditch"}, {}, {"name": "Spring"}, {}),
        ({"text": "a woman shares water"}, BEFORE | {"text": "a girl shares bread"},
         {"text": "a woman shares bread"}, {}, {"text": "a woman shares water"}),
        ({"name": "Spring", "text": "a boy shares water"}, {"name": "Ditch", "text": BEFORE["text"]},
         {"text": "a boy shares water"}, {"name": "Spring"}, {}),
        ({}, BEFORE, {}, {}, {}),
    ],
)  # fmt: skip
def test_columns_meet_one_by_one(
    typed: dict[str, object], now: dict[str, object], values: dict[str, object], apart: dict[str, object],
    merged: dict[str, object],
) -> None:  # fmt: skip
    met = meet(typed, BEFORE, now, frozenset({"text"}))

    assert met == Met(values, apart)
    assert met.merged(typed) == merged
