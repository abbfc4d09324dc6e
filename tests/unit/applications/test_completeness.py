import pytest

from kinolab.applications.domain.completeness import (
    TEAM,
    Member,
    Missing,
    TeamNeeds,
    meter,
    missing,
    progress,
    team_problems,
)
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.calls.domain.teams import RoleNeed
from kinolab.foundation.questions.domain.answers import Kind, Limit, QuestionSpec
from kinolab.foundation.questions.domain.counting import Unit
from kinolab.foundation.refusals import Refusal

TITLE = QuestionSpec("title", Kind.TEXT, required=True)
LOGLINE = QuestionSpec("logline", Kind.TEXT, required=True, limits=(Limit(Unit.WORDS, 3),))
NOTE = QuestionSpec("note", Kind.TEXT, limits=(Limit(Unit.WORDS, 1),))
SPECS = [TITLE, LOGLINE, NOTE]

MEERIM = Member(frozenset({"director"}), MemberState.JOINED)
AZAMAT = Member(frozenset({"producer"}), MemberState.INVITED)
GONE = Member(frozenset({"producer"}), MemberState.DECLINED)
NEEDS = TeamNeeds(roles=("director", "producer"), maximum=2)
TOO_LONG = Refusal("too_long", {"unit": Unit.WORDS, "limit": 3, "count": 4, "over": 1})


def test_missing_when_answers_and_team_lack_something_lists_all_in_order() -> None:
    assert missing(SPECS, {"logline": "a b c d"}, [MEERIM, GONE], NEEDS) == [
        Missing("title", Refusal("required_missing")),
        Missing("logline", TOO_LONG),
        Missing(TEAM, Refusal("role_unfilled", {"role": "producer"})),
    ]


def test_missing_when_everything_is_there_is_empty() -> None:
    assert missing(SPECS, {"title": "Суу", "logline": "a b"}, [MEERIM, AZAMAT], NEEDS) == []


@pytest.mark.parametrize(
    ("team", "needs", "refusals"),
    [
        ([], TeamNeeds(), [Refusal("team_too_small", {"count": 0, "minimum": 1})]),
        ([MEERIM], TeamNeeds(minimum=2), [Refusal("team_too_small", {"count": 1, "minimum": 2})]),
        ([MEERIM, AZAMAT], TeamNeeds(minimum=2), []),
        ([MEERIM, AZAMAT], TeamNeeds(maximum=1), [Refusal("team_too_large", {"count": 2, "maximum": 1})]),
        ([MEERIM, GONE], TeamNeeds(maximum=1), []),
        (
            [MEERIM, AZAMAT],
            TeamNeeds(roles=("producer",), minimum=2, everyone_joined=True),
            [
                Refusal("role_unfilled", {"role": "producer"}),
                Refusal("members_not_joined", {"count": 1}),
                Refusal("team_too_small", {"count": 1, "minimum": 2}),
            ],
        ),
        ([MEERIM, GONE], TeamNeeds(everyone_joined=True), []),
    ],
)
def test_team_when_compared_with_the_needs_says_what_lacks(
    team: list[Member], needs: TeamNeeds, refusals: list[Refusal]
) -> None:
    assert team_problems(team, needs) == refusals


@pytest.mark.parametrize(
    ("answers", "team", "done"),
    [
        ({}, [], (0, 3)),
        ({"title": "Суу"}, [MEERIM, AZAMAT], (2, 3)),
        ({"title": "Суу", "logline": "a"}, [MEERIM, AZAMAT], (3, 3)),
        ({"title": "Суу", "logline": "a", "note": "too long"}, [MEERIM, AZAMAT], (3, 4)),
    ],
)
def test_progress_when_parts_are_filled_counts_them(
    answers: dict[str, object], team: list[Member], done: tuple[int, int]
) -> None:
    assert progress(SPECS, answers, team, NEEDS) == done


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, 3, 0), (2, 3, 66), (299, 300, 99), (3, 3, 100), (0, 0, 100), (4, 3, 100)]
)
def test_meter_when_not_everything_is_done_stays_below_a_hundred(done: int, total: int, percent: int) -> None:
    assert meter(done, total) == percent


@pytest.mark.parametrize(
    "need, found",
    [
        (RoleNeed("director", 1, 1), []),
        (RoleNeed("director", 2), [Refusal("role_too_few", {"role": "director", "count": 1, "minimum": 2})]),
        (RoleNeed("writer", 1), [Refusal("role_unfilled", {"role": "writer", "count": 0, "minimum": 1})]),
        (RoleNeed("producer", 0, 0), [Refusal("role_too_many", {"role": "producer", "count": 1, "maximum": 0})]),
    ],
)
def test_numbers_of_a_role_when_too_few_or_too_many_are_said(need: RoleNeed, found: list[Refusal]) -> None:
    assert team_problems([MEERIM, AZAMAT, GONE], TeamNeeds(numbers=(need,))) == found
