"""In which strands an application may stand, and what it lacks for those it chose."""

import pytest

from kinolab.applications.domain.strands import StrandFacts, lacking, why_not_choose, why_not_without_project
from kinolab.foundation.refusals import Refusal

FILMS = StrandFacts("films", "Films")
PRODUCERS = StrandFacts("producers", "Producers", frozenset({"producer", "executive"}))
WRITING = StrandFacts("writing", "Writing", without_project=True)
ALL = [FILMS, PRODUCERS, WRITING]

NEEDED = Refusal("strand_needed")
TOO_MANY = Refusal("too_many_strands", {"count": 2, "maximum": 1})
FILMS_NEED = Refusal("strand_needs_project", {"strand": "Films"})
NO_PRODUCER = Refusal("strand_role_missing", {"strand": "Producers", "roles": ("executive", "producer")})


@pytest.mark.parametrize(
    ("chosen", "maximum", "without_project", "refusal"),
    [
        ([], None, False, NEEDED),
        ([], 0, True, NEEDED),
        ([FILMS], 1, False, None),
        ([FILMS, WRITING], 2, False, None),
        ([FILMS, WRITING], None, False, None),
        ([FILMS, WRITING], 1, False, TOO_MANY),
        ([FILMS, WRITING], 1, True, TOO_MANY),  # how many comes first
        ([WRITING], 1, True, None),
        ([WRITING, FILMS, PRODUCERS], None, True, FILMS_NEED),
    ],
)
def test_choice_is_one_strand_or_more_but_no_more_than_the_call_says(
    chosen: list[StrandFacts], maximum: int | None, without_project: bool, refusal: Refusal | None
) -> None:
    assert why_not_choose(chosen, maximum=maximum, without_project=without_project) == refusal


@pytest.mark.parametrize(
    ("chosen", "refusal"),
    [([], None), ([WRITING], None), ([WRITING, FILMS], FILMS_NEED), ([FILMS, PRODUCERS], FILMS_NEED)],
)
def test_first_strand_that_asks_for_a_project_is_named(chosen: list[StrandFacts], refusal: Refusal | None) -> None:
    assert why_not_without_project(chosen) == refusal


@pytest.mark.parametrize(
    ("known", "chosen", "roles", "lacks"),
    [
        ([], [], set(), []),  # a call without strands asks nothing
        ([], [PRODUCERS], set(), []),
        (ALL, [], {"producer"}, [NEEDED]),
        (ALL, [FILMS], set(), []),
        (ALL, [PRODUCERS], {"director"}, [NO_PRODUCER]),
        (ALL, [PRODUCERS], {"director", "executive"}, []),
        (ALL, [PRODUCERS, FILMS], set(), [TOO_MANY, NO_PRODUCER]),
    ],
)
def test_everything_that_is_lacking_is_said(
    known: list[StrandFacts], chosen: list[StrandFacts], roles: set[str], lacks: list[Refusal]
) -> None:
    assert lacking(known, chosen, roles=frozenset(roles), maximum=1, without_project=False) == lacks
