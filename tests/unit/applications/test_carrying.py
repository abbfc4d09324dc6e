"""Which answers of an earlier application fit which questions."""

import pytest

from kinolab.applications.domain.carrying import Asked, fitting
from kinolab.foundation.questions.domain.answers import Kind

TITLE = Asked(1, "title", Kind.TEXT, "project.title")


@pytest.mark.parametrize(
    "now, before, value, taken",
    [
        (TITLE, Asked(7, "title", Kind.TEXT), "Суу", "Суу"),
        (TITLE, Asked(7, "name", Kind.TEXT, "project.title"), "Суу", "Суу"),  # another key, the same fact
        (TITLE, Asked(7, "title", Kind.LONG_TEXT), "Суу", None),  # of another kind
        (TITLE, Asked(7, "logline", Kind.TEXT), "Суу", None),
        (TITLE, Asked(7, "title", Kind.TEXT, own=True), "Суу", None),  # a person's own is not the team's
        (TITLE, Asked(7, "title", Kind.TEXT), "  ", None),
        (Asked(1, "stage", Kind.CHOICE, choices=frozenset({"edit"})), Asked(7, "stage", Kind.CHOICE), "edit", "edit"),
        (Asked(1, "stage", Kind.CHOICE, choices=frozenset({"edit"})), Asked(7, "stage", Kind.CHOICE), "idea", None),
        (Asked(1, "themes", Kind.MANY, choices=frozenset({"a"})), Asked(7, "themes", Kind.MANY), ["a", "b"], ["a"]),
        (Asked(1, "agreed", Kind.CONSENT), Asked(7, "agreed", Kind.CONSENT), True, None),
        (Asked(1, "script", Kind.FILE), Asked(7, "script", Kind.FILE), [3, 4], [3, 4]),  # files, by their numbers
        (Asked(1, "strand", Kind.CHOICE, "application.strand"), Asked(7, "strand", Kind.CHOICE), "debut", None),
    ],
)  # fmt: skip
def test_answer_comes_along_where_it_fits(now, before, value, taken):
    assert fitting([now], {before: value}) == ({} if taken is None else {1: taken})


def test_key_goes_before_fact():
    by_fact, by_key = Asked(7, "name", Kind.TEXT, "project.title"), Asked(8, "title", Kind.TEXT)

    assert fitting([TITLE], {by_fact: "Башка", by_key: "Суу"}) == {1: "Суу"}
