import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.catalogue.domain.parts import RunningTime, Standing, in_a_circle, running_time, why_not_place
from kinolab.catalogue.domain.works import PartState

IN, OUT = PartState.IN_FILM, PartState.DROPPED


@pytest.mark.parametrize(
    ("new", "standings", "code"),
    [
        (Standing(1, 2), [], None),
        (Standing(1, 1), [], "parts_in_a_circle"),
        (Standing(2, 1), [Standing(1, 2)], "parts_in_a_circle"),
        (Standing(3, 1), [Standing(1, 2), Standing(2, 3)], "parts_in_a_circle"),
        (Standing(2, 1, OUT), [Standing(1, 2, OUT)], "parts_in_a_circle"),
        (Standing(1, 2), [Standing(1, 2)], None),
        (Standing(3, 2), [Standing(1, 2)], "segment_elsewhere"),
        (Standing(3, 2), [Standing(1, 2, OUT)], None),
        (Standing(3, 2, OUT), [Standing(1, 2)], None),
    ],
)
def test_part_stands_in_one_film_and_never_in_itself(new, standings, code) -> None:
    refusal = why_not_place(new, standings)

    assert (refusal.code if refusal else None) == code


@given(st.dictionaries(st.integers(0, 9), st.sets(st.integers(0, 9), max_size=3)), st.integers(0, 9), st.integers(0, 9))
def test_circle_is_found_exactly_when_one_leads_back(parents, child, parent) -> None:
    above, grown = {parent}, True
    while grown:
        more = above | {one for each in above for one in parents.get(each, ())}
        above, grown = more, more != above

    assert in_a_circle(child, parent, parents) == (child in above)


@pytest.mark.parametrize(
    ("stated", "parts", "together", "agrees"),
    [
        (1200, [(IN, 600), (IN, 540)], 1140, True),
        (1200, [(IN, 600), (IN, 539)], 1139, False),
        (1200, [(IN, 1200), (OUT, 480)], 1200, True),
        (1200, [(IN, 600), (IN, None)], None, True),
        (1200, [(OUT, 480)], None, True),
        (None, [(IN, 600)], 600, True),
    ],
)
def test_running_time_is_that_of_the_parts_in_the_film_and_is_only_reported(stated, parts, together, agrees) -> None:
    found = running_time(stated, parts)

    assert (found, found.agrees) == (RunningTime(stated, together), agrees)
