"""Previous films tell the rules how many are long and how many short, as far as their running times are known."""

import pytest

from kinolab.applications.queries.telling import telling
from kinolab.calls.domain.eligibility import Facts, Outcome, SoFar, check
from kinolab.calls.domain.regulations import Rule, parse_rule
from kinolab.foundation.questions.models import Question

LONG = {"title": "Эки суу", "runtime": "92"}
HOUR = {"title": "Бир саат", "runtime": 60}
SHORT = {"title": "Таң", "runtime": "14,5"}
UNTIMED = {"title": "Белгисиз", "runtime": ""}


def told(*films: dict[str, object]) -> dict[str, object]:
    return telling(Question(kind="films", fact="person.previous_films"), list(films))


@pytest.mark.parametrize(
    ("films", "features", "shorts"),
    [
        ([LONG, HOUR, SHORT], ["Эки суу", "Бир саат"], ["Таң"]),
        ([SHORT, UNTIMED], SoFar(), SoFar(["Таң"])),
        ([LONG], ["Эки суу"], []),
    ],
)
def test_films_are_parted_at_an_hour(films: list[dict[str, object]], features: object, shorts: object) -> None:
    known = told(*films)

    assert (known["person.previous_films.features"], known["person.previous_films.shorts"]) == (features, shorts)


def test_films_that_nobody_has_listed_tell_nothing() -> None:
    assert telling(Question(kind="films", fact="person.previous_films"), None) == {}


@pytest.mark.parametrize(
    ("films", "outcome"),
    [
        ([LONG], Outcome.YES), ([SHORT, SHORT], Outcome.YES), ([SHORT], Outcome.NO), ([SHORT, UNTIMED], Outcome.UNKNOWN),
        ([LONG, UNTIMED], Outcome.YES),
    ],
)  # fmt: skip
def test_one_feature_or_two_shorts_is_known_as_soon_as_it_can_be(
    films: list[dict[str, object]], outcome: Outcome
) -> None:
    rule = parse_rule({"code": "films", "op": "any_of", "children": [
        {"scope": "project", "field": "films.features", "op": "count_gte", "value": 1},
        {"scope": "project", "field": "films.shorts", "op": "count_gte", "value": 2},
    ]})  # fmt: skip
    assert isinstance(rule, Rule)
    known = telling(Question(kind="films", fact="project.films"), films)

    assert check([rule], Facts(known), {})[0].outcome is outcome
