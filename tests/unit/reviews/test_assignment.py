from dataclasses import replace
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinolab.reviews.domain.assignment import (
    Item,
    Load,
    Pair,
    Plan,
    Problem,
    Reader,
    Unmet,
    UnmetReason,
    balanced,
    fingerprint,
)


def problem(applications: int, readers: int, each: int, capacity: int | None = None) -> Problem:
    return Problem(
        tuple(Item(f"a{n}") for n in range(applications)),
        tuple(Reader(f"r{n}", capacity=capacity) for n in range(readers)),
        each,
    )


@st.composite
def problems(draw: st.DrawFn, applications: int = 12, readers: int = 5) -> Problem:
    languages = st.sampled_from(["ky", "ru", "kk"])
    items = [
        Item(f"a{n}", draw(st.just("") | languages), draw(st.integers(0, 90)))
        for n in range(draw(st.integers(0, applications)))
    ]
    people = [
        Reader(f"r{n}", frozenset(draw(st.sets(languages))), draw(st.none() | st.integers(0, 8)))
        for n in range(draw(st.integers(0, readers)))
    ]
    pairs = [(item.key, reader.key) for item in items for reader in people]
    some = st.frozensets(st.sampled_from(pairs), max_size=6) if pairs else st.just(frozenset[Pair]())
    return Problem(tuple(items), tuple(people), draw(st.integers(0, 3)), draw(some), draw(some))


def able(one: Problem, item: Item, reader: Reader) -> bool:
    knows = not item.language or item.language in reader.languages
    return knows and (item.key, reader.key) not in one.forbidden


@settings(max_examples=150)
@given(problems(), st.integers())
def test_plan_when_any_problem_is_given_keeps_every_constraint(one: Problem, seed: int) -> None:
    plan = balanced(one, seed)
    items = {item.key: item for item in one.applications}
    readers = {reader.key: reader for reader in one.readers}

    assert set(plan.pairs) == one.kept | set(plan.added)
    assert one.kept.isdisjoint(plan.added)
    assert all(able(one, items[application], readers[reader]) for application, reader in plan.added)
    for load in plan.loads:
        held = [application for application, reader in plan.pairs if reader == load.reader]
        kept = sum(reader == load.reader for _, reader in one.kept)
        capacity = readers[load.reader].capacity
        assert load == Load(load.reader, len(held), sum(items[application].minutes for application in held))
        assert capacity is None or load.readings <= max(capacity, kept)
    for item in one.applications:
        has = sum(application == item.key for application, _ in plan.pairs)
        kept = sum(application == item.key for application, _ in one.kept)
        needed = [unmet.needed for unmet in plan.unmet if unmet.application == item.key]
        assert has <= max(one.readings_each, kept)
        assert needed == ([one.readings_each - has] if has < one.readings_each else [])
    assert all(unmet.reasons for unmet in plan.unmet)


@settings(max_examples=60)
@given(problems(), st.integers(), st.randoms(use_true_random=False))
def test_plan_when_the_problem_is_written_in_another_order_is_the_same(one: Problem, seed: int, dice: Random) -> None:
    items, readers = list(one.applications), list(one.readers)
    dice.shuffle(items)
    dice.shuffle(readers)
    other = replace(one, applications=tuple(items), readers=tuple(readers))

    assert balanced(other, seed) == balanced(one, seed)
    assert fingerprint(other) == fingerprint(one)


def renumbered(one: Problem, application: int, reader: int) -> Problem:
    """The same problem in a database whose tables had so many rows before."""

    def pairs(given: frozenset[Pair]) -> frozenset[Pair]:
        return frozenset((moved(a, application), moved(r, reader)) for a, r in given)

    return replace(
        one,
        applications=tuple(replace(item, key=moved(item.key, application)) for item in one.applications),
        readers=tuple(replace(item, key=moved(item.key, reader)) for item in one.readers),
        forbidden=pairs(one.forbidden),
        kept=pairs(one.kept),
    )


def moved(key: str, by: int) -> str:
    return f"{key[0]}{int(key[1:]) + by}"


@settings(max_examples=60)
@given(problems(), st.integers(), st.integers(0, 1000), st.integers(0, 1000))
def test_plan_when_rows_are_numbered_from_elsewhere_is_the_same(
    one: Problem, seed: int, before: int, readers: int
) -> None:
    plan, other = balanced(one, seed), balanced(renumbered(one, before, readers), seed)

    assert other.pairs == tuple((moved(a, before), moved(r, readers)) for a, r in plan.pairs)
    assert [load.readings for load in other.loads] == [load.readings for load in plan.loads]


def best_by_trying_all(one: Problem) -> tuple[int, int]:
    """Return the most readings that can be added, and the least sum of squared loads among such plans."""
    choices = []
    for item in one.applications:
        kept = {reader for application, reader in one.kept if application == item.key}
        free = [reader.key for reader in one.readers if able(one, item, reader) and reader.key not in kept]
        most = max(0, one.readings_each - len(kept))
        choices.append([group for size in range(most + 1) for group in combinations(free, size)])
    at_first = {reader.key: sum(held == reader.key for _, held in one.kept) for reader in one.readers}
    results = []
    for groups in product(*choices):
        added = [reader for group in groups for reader in group]
        load = {reader: at_first[reader] + added.count(reader) for reader in at_first}
        if all(
            reader.capacity is None or reader.key not in added or load[reader.key] <= reader.capacity
            for reader in one.readers
        ):
            results.append((-len(added), sum(each**2 for each in load.values())))
    most, squares = min(results)
    return -most, squares


@settings(max_examples=150)
@given(problems(applications=4, readers=3), st.integers())
def test_plan_when_compared_with_every_other_places_most_and_is_most_even(one: Problem, seed: int) -> None:
    plan = balanced(one, seed)

    assert (len(plan.added), sum(load.readings**2 for load in plan.loads)) == best_by_trying_all(one)


@pytest.mark.parametrize(("applications", "readers", "each"), [(10, 4, 2), (7, 3, 3), (40, 7, 3), (5, 5, 1)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_loads_when_only_the_number_binds_differ_by_at_most_one(
    applications: int, readers: int, each: int, seed: int
) -> None:
    plan = balanced(problem(applications, readers, each), seed)
    loads = [load.readings for load in plan.loads]

    assert plan.unmet == ()
    assert sum(loads) == applications * each
    assert max(loads) - min(loads) <= 1


def test_plan_when_the_seed_differs_differs() -> None:
    one = problem(20, 5, 2)

    assert len({balanced(one, seed).pairs for seed in range(5)}) == 5


def test_plan_when_the_last_place_needs_a_chain_of_moves_finds_it() -> None:
    # Only r0 reads Kazakh, only r1 Tajik; the two others fit anywhere, but every place is needed.
    one = Problem(
        (Item("kk", "kk"), Item("tg", "tg"), Item("ru1", "ru"), Item("ru2", "ru")),
        (
            Reader("r0", frozenset({"kk", "ru"}), 1),
            Reader("r1", frozenset({"tg", "ru"}), 1),
            Reader("r2", frozenset({"ru"}), 2),
        ),
        1,
    )

    for seed in range(20):
        plan = balanced(one, seed)
        assert plan.pairs == (("kk", "r0"), ("tg", "r1"), ("ru1", "r2"), ("ru2", "r2"))


def test_plan_when_new_applications_arrive_keeps_what_was_assigned() -> None:
    first = balanced(problem(10, 4, 2), 1)
    grown = replace(problem(14, 4, 2), kept=frozenset(first.pairs))

    plan = balanced(grown, 2)

    assert set(first.pairs) <= set(plan.pairs)
    assert (len(plan.pairs), plan.unmet) == (28, ())
    assert [load.readings for load in plan.loads] == [7, 7, 7, 7]


def test_plan_when_a_new_reader_joins_gives_them_more_but_takes_nothing_away() -> None:
    kept = frozenset((f"a{n}", f"r{n % 2}") for n in range(6))
    one = replace(problem(10, 3, 1), kept=kept)

    plan = balanced(one, 1)

    assert kept <= set(plan.pairs)
    assert sorted(load.readings for load in plan.loads) == [3, 3, 4]


def test_plan_when_kept_is_over_capacity_or_in_conflict_still_keeps_it() -> None:
    kept = frozenset({("a0", "r0"), ("a1", "r0")})
    one = replace(problem(2, 2, 1, capacity=1), kept=kept, forbidden=frozenset({("a0", "r0")}))

    assert balanced(one, 1) == Plan(tuple(sorted(kept)), (), (), (Load("r0", 2, 0), Load("r1", 0, 0)))


def test_plan_when_a_kept_application_is_not_to_be_assigned_counts_its_load() -> None:
    one = replace(problem(1, 2, 1), kept=frozenset({("withdrawn", "r0")}))

    plan = balanced(one, 1)

    assert plan.added == (("a0", "r1"),)
    assert plan.loads == (Load("r0", 1, 0), Load("r1", 1, 0))


KY, RU = frozenset({"ky"}), frozenset({"ru"})
OWN, OTHER = frozenset({"writers"}), frozenset({"producers"})


@pytest.mark.parametrize(
    ("readers", "forbidden", "reasons"),
    [
        ((Reader("r0", KY),), set(), (UnmetReason.TOO_FEW_READERS,)),
        ((Reader("r0", KY), Reader("r1", RU)), set(), (UnmetReason.LANGUAGE,)),
        (
            (Reader("r0", KY, strands=OWN), Reader("r1", KY, strands=OTHER)),
            set(),
            (UnmetReason.STRAND,),
        ),
        ((Reader("r0", KY), Reader("r1", KY)), {("a", "r1")}, (UnmetReason.CONFLICT,)),
        ((Reader("r0", KY), Reader("r1", KY, 0)), set(), (UnmetReason.CAPACITY,)),
        (
            (Reader("r0", KY, 0), Reader("r1", RU)),
            set(),
            (UnmetReason.LANGUAGE, UnmetReason.CAPACITY),
        ),
        (
            (Reader("r0", KY), Reader("r1", RU)),
            {("a", "r0")},
            (UnmetReason.LANGUAGE, UnmetReason.CONFLICT),
        ),
        (
            (Reader("r0", KY), Reader("r1", KY, 0), Reader("r2", KY)),
            {("a", "r2")},
            (UnmetReason.CAPACITY,),
        ),
    ],
)
def test_unmet_when_a_reading_cannot_be_placed_says_why(
    readers: tuple[Reader, ...], forbidden: set[Pair], reasons: tuple[UnmetReason, ...]
) -> None:
    one = Problem((Item("a", "ky", 30, "writers"),), readers, 2, frozenset(forbidden))

    assert [unmet.reasons for unmet in balanced(one, 1).unmet] == [reasons]


def test_unmet_when_kept_readers_know_another_language_counts_only_what_lacks() -> None:
    one = Problem((Item("a", "ky"),), (Reader("r0", RU), Reader("r1", RU)), 2, kept=frozenset({("a", "r0")}))

    assert balanced(one, 1).unmet == (Unmet("a", 1, (UnmetReason.LANGUAGE,)),)


@pytest.mark.parametrize(
    "changed",
    [
        {"applications": (Item("a0", "ky"),)},
        {"readers": (Reader("r0", capacity=1),)},
        {"readings_each": 2},
        {"forbidden": frozenset({("a0", "r0")})},
        {"kept": frozenset({("a0", "r0")})},
    ],
)
def test_fingerprint_when_a_fact_changes_changes(changed: dict[str, object]) -> None:
    one = problem(1, 1, 1)

    assert fingerprint(replace(one, **changed)) != fingerprint(one)  # type: ignore[arg-type]


def test_plan_when_the_lab_is_large_is_made_at_once() -> None:
    languages = ["ky", "ru", "kk", "uz", "tg"]
    items = tuple(Item(f"a{n}", languages[n % 5], n % 60) for n in range(600))
    readers = tuple(Reader(f"r{n}", frozenset({languages[n % 5], "ru"}), 100) for n in range(20))

    plan = balanced(Problem(items, readers, 3), 7)

    assert (len(plan.pairs), plan.unmet) == (1800, ())
    assert {load.readings for load in plan.loads} == {90}
