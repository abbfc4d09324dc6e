from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kinolab.selection.domain.ranking import Entry, Ranked, rank


def test_rank_when_scores_differ_orders_by_mean_then_spread_then_number() -> None:
    entries = [
        Entry(7, None),
        Entry(6, 4.0, 1.0),
        Entry(5, 4.5, 2.0),
        Entry(4, 4.0, 0.5),
        Entry(3, 4.0, 1.0 + 1e-9),
        Entry(2, 4.5),
        Entry(1, None),
    ]

    assert rank(entries) == (
        Ranked(1, 2, place=1, tied=False),
        Ranked(2, 5, place=2, tied=False),
        Ranked(3, 4, place=3, tied=False),
        Ranked(4, 3, place=4, tied=True),
        Ranked(5, 6, place=4, tied=True),
        Ranked(6, 1, place=6, tied=True),
        Ranked(7, 7, place=6, tied=True),
    )


def test_rank_when_there_is_nothing_or_one_has_no_ties() -> None:
    assert rank([]) == ()
    assert rank([Entry(9, None)]) == (Ranked(1, 9, place=1, tied=False),)


ENTRIES = st.lists(
    st.builds(Entry, st.integers(1, 99), st.none() | st.floats(0, 5), st.none() | st.floats(0, 5)),
    unique_by=lambda entry: entry.number,
    max_size=12,
)


@given(ENTRIES, st.randoms(use_true_random=False))
def test_rank_when_entries_come_in_any_order_is_one_total_order(entries: list[Entry], dice: Random) -> None:
    shuffled = list(entries)
    dice.shuffle(shuffled)
    means = {entry.number: entry.mean for entry in entries}

    ranked = rank(entries)

    assert rank(shuffled) == ranked
    assert [one.position for one in ranked] == list(range(1, len(entries) + 1))
    scored = [round(mean, 6) for one in ranked if (mean := means[one.number]) is not None]
    assert scored == sorted(scored, reverse=True)
    assert all(means[one.number] is None for one in ranked[len(scored) :])
