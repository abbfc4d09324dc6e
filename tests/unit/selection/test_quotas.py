import pytest

from kinolab.selection.domain.quotas import Candidate, Change, Meter, MeterState, Quota, meters, what_if

OK, SHORT, OVER = MeterState.OK, MeterState.SHORT, MeterState.OVER


def candidate(key: str, *countries: str, **traits: str) -> Candidate:
    values = {name: frozenset({value}) for name, value in traits.items()}
    return Candidate(key, {"country": frozenset(countries), **values})


KG = candidate("1", "KG", gender="woman")
KZ = candidate("2", "KZ")
BOTH = candidate("3", "KG", "KZ", gender="man")
FROM_KG = Quota("kg", "country", frozenset({"KG"}), minimum=1, maximum=1)
WOMEN = Quota("women", "gender", frozenset({"woman", "аял"}), minimum=1)


@pytest.mark.parametrize(
    ("chosen", "count", "unknown", "state"),
    [
        ([], 0, 0, SHORT),
        ([KZ], 0, 0, SHORT),
        ([KG, KZ], 1, 0, OK),
        ([KG, BOTH], 2, 0, OVER),
        ([candidate("9")], 0, 1, SHORT),
    ],
)
def test_meter_when_projects_are_chosen_counts_them(
    chosen: list[Candidate], count: int, unknown: int, state: MeterState
) -> None:
    assert meters([FROM_KG], chosen) == [Meter(FROM_KG, count, unknown, state)]


def test_meter_when_a_dimension_is_not_told_counts_it_as_unknown() -> None:
    assert meters([WOMEN], [KG, KZ, BOTH]) == [Meter(WOMEN, 1, 1, OK)]


def test_meter_when_people_say_the_same_in_several_words_counts_them_all() -> None:
    assert meters([WOMEN], [KG, BOTH, candidate("4", gender="аял")]) == [Meter(WOMEN, 2, 0, OK)]


def test_meter_when_a_quota_has_no_bounds_is_always_kept() -> None:
    free = Quota("free", "country", frozenset({"UZ"}))

    assert meters([free], [KG]) == [Meter(free, 0, 0, OK)]


def test_what_if_when_one_is_swapped_shows_what_breaks_and_mends() -> None:
    changes = what_if([FROM_KG, WOMEN], [KZ], add=[KG])
    swap = what_if([FROM_KG, WOMEN], [KG, KZ], add=[BOTH], remove=["1", "2"])

    assert changes == [
        Change(Meter(FROM_KG, 0, 0, SHORT), Meter(FROM_KG, 1, 0, OK)),
        Change(Meter(WOMEN, 0, 1, SHORT), Meter(WOMEN, 1, 1, OK)),
    ]
    assert [(change.breaks, change.mends) for change in changes] == [(False, True), (False, True)]
    assert [(change.after.quota.code, change.breaks, change.mends) for change in swap] == [("women", True, False)]


def test_what_if_when_nothing_would_change_is_empty() -> None:
    assert what_if([FROM_KG], [KG], add=[KG]) == []
    assert what_if([FROM_KG], [KG], remove=["unknown"]) == []


def test_meter_when_a_project_is_chosen_in_two_strands_counts_it_once_and_in_both_strands() -> None:
    country, women = frozenset({"KG"}), frozenset({"woman"})
    first = Candidate("1-a", {"country": country, "strand": frozenset({"a"}), "gender": women}, project="1")
    second = Candidate("1-b", {"country": country, "strand": frozenset({"b"}), "gender": women}, project="1")
    kept = [FROM_KG, WOMEN, Quota("a", "strand", frozenset({"a"})), Quota("b", "strand", frozenset({"b"}))]

    assert [(one.count, one.unknown) for one in meters(kept, [first, second])] == [(1, 0), (1, 0), (1, 0), (1, 0)]
