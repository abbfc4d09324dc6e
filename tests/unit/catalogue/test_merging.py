"""Two people at one film: what each keeps, and where they meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.catalogue.domain.merging import merged

facts = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2) | st.none(), min_size=3, max_size=3)


@pytest.mark.parametrize(
    ("seen", "now", "typed", "kept", "clashes"),
    [
        ({"a": 1}, {"a": 1}, {"a": 2}, {"a": 2}, []),
        ({"a": 1}, {"a": 2}, {"a": 1}, {"a": 2}, []),
        ({"a": 1}, {"a": 2}, {"a": 2}, {"a": 2}, []),
        ({"a": 1}, {"a": 2}, {"a": 3}, {"a": 3}, ["a"]),
        ({}, {"a": 2}, {"a": 3}, {"a": 3}, []),
        ({"t": {"ky": "x"}}, {"t": {"ky": "x", "ru": "y"}}, {"t": {"ky": "z"}}, {"t": {"ru": "y", "ky": "z"}}, []),
        ({"t": {"ky": "x"}}, {"t": {"ky": "y"}}, {"t": {"ky": "z"}}, {"t": {"ky": "z"}}, ["t.ky"]),
        ({"t": {"ky": "x"}}, {"t": {"ky": "y"}}, {"t": {}}, {"t": {}}, ["t.ky"]),
        ({"t": {"ky": "x"}}, {"t": {"ky": "x"}}, {"t": {}}, {"t": {}}, []),
        ({"g": ["a"]}, {"g": ["a", "b"]}, {"g": ["c", "a"]}, {"g": ["c", "a", "b"]}, []),
        ({"g": ["a"]}, {"g": ["a", "b"]}, {"g": ["a", "c"]}, {"g": ["a", "b", "c"]}, []),
        ({"g": ["a", "b", "c"]}, {"g": ["c", "a", "b"]}, {"g": ["b", "a", "c"]}, {"g": ["b", "a", "c"]}, ["g"]),
        ({"g": ["a", "b", "c"]}, {"g": ["c", "b", "a"]}, {"g": ["a", "b", "d"]}, {"g": ["b", "a", "d"]}, []),
        ({"g": ["a", "b", "c"]}, {"g": ["a", "b", "c", "d"]}, {"g": ["c", "b"]}, {"g": ["c", "b", "d"]}, []),
        (
            {"g": ["a", "b", "c", "d"]},
            {"g": ["b", "a", "c", "d"]},
            {"g": ["a", "b", "d", "c"]},
            {"g": ["a", "b", "d", "c"]},
            ["g"],
        ),
        (
            {"synopsis": {"ky": "Бир. Эки."}},
            {"synopsis": {"ky": "Бир. Эки. Үч."}},
            {"synopsis": {"ky": "Биринчи. Эки."}},
            {"synopsis": {"ky": "Биринчи. Эки. Үч."}},
            [],
        ),
        ({"t": 5}, {"t": {"ky": "x"}}, {"t": {"ky": "z"}}, {"t": {"ky": "z"}}, ["t"]),
    ],
)
def test_each_keeps_what_the_other_has_not_touched(seen, now, typed, kept, clashes) -> None:
    meeting = merged(seen, now, typed)

    assert (meeting.values, meeting.clashes) == (kept, clashes)


@given(*[st.lists(st.sampled_from("abcde"), unique=True) for _ in range(3)])
def test_a_list_loses_nothing_and_keeps_an_order_that_only_one_has_changed(seen, now, typed) -> None:
    meeting = merged({"g": seen}, {"g": now}, {"g": typed})

    if not meeting.clashes:
        expected = ({*now} & {*typed}) | ({*now} - {*seen}) | ({*typed} - {*seen})
        assert sorted(meeting.values["g"]) == sorted(expected)
        stay = [one for one in seen if one in now and one in typed]
        orders = [[one for one in order if one in stay] for order in (now, typed, meeting.values["g"])]
        assert orders[2] in orders[:2] or stay not in orders[:2]
        assert orders[2] != stay or stay in orders[:2]


@given(facts, facts)
def test_nobody_else_means_what_was_typed(now, typed) -> None:
    meeting = merged(now, now, typed)

    assert (meeting.values, meeting.clashes) == (typed, [])


@given(facts, facts)
def test_whoever_touched_nothing_overwrites_nothing(seen, now) -> None:
    meeting = merged(seen, now, seen)

    assert (meeting.values, meeting.clashes) == (now, [])
