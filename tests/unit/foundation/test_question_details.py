# ruff: noqa: E501 (tables of one line a case)
"""What only some kinds of question need: languages, parts of a link, exactness of a date, columns, versions, modules."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.questions.domain import consents, tables
from kinolab.foundation.questions.domain.answers import (
    Kind,
    Limit,
    QuestionSpec,
    problems,
    shape_problem,
    spec_problems,
)
from kinolab.foundation.questions.domain.counting import Unit
from kinolab.foundation.questions.domain.links import Link, link_of
from kinolab.foundation.questions.domain.seeing import SeenBy, may_see, seen_by_of
from kinolab.foundation.questions.domain.tables import Plan, columns_of, plan_facts, plans
from kinolab.foundation.refusals import Refusal

WORDS = Limit(Unit.WORDS, 2)


def spec(
    kind: Kind, *limits: Limit, choices: tuple[str, ...] = (), needed: tuple[str, ...] = (), **details: Any
) -> QuestionSpec:
    return QuestionSpec("q", kind, True, limits, choices, details, needed)


# --- Texts in several languages --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "refusals"),
    [
        ({"ky": "бир эки", "ru": "раз два"}, []),
        ({"ky": "бир эки үч", "ru": "раз"}, [Refusal("too_long_in", {"unit": "words", "limit": 2, "count": 3, "over": 1, "in_language": "ky"})]),
        ({"ky": "бир"}, [Refusal("language_missing", {"in_language": "ru"})]),
        ("написано одним текстом", [
            Refusal("too_long_in", {"unit": "words", "limit": 2, "count": 3, "over": 1, "in_language": "ky"}),
            Refusal("language_missing", {"in_language": "ru"}),
        ]),
        ({"ky": " "}, [Refusal("required_missing")]),
    ],
)  # fmt: skip
def test_problems_when_a_text_is_asked_in_two_languages_are_said_for_each(
    value: object, refusals: list[Refusal]
) -> None:
    assert problems(spec(Kind.LONG_TEXT, WORDS, languages=["ky", "ru"]), value) == refusals


def test_problems_when_an_optional_text_is_given_in_one_language_are_none() -> None:
    optional = QuestionSpec("q", Kind.TEXT, details={"languages": ["ky", "ru"]})

    assert problems(optional, {"ru": "раз"}) == []


@pytest.mark.parametrize(
    ("asked", "value", "fits"),
    [
        (spec(Kind.TEXT, languages=["ky"]), {"ky": "а"}, True),
        (spec(Kind.TEXT, languages=["ky"]), {"ru": "а"}, False),
        (spec(Kind.TEXT, languages=["ky"]), {"ky": 5}, False),
        (spec(Kind.TEXT), {"ky": "а"}, False),
        (spec(Kind.LINK), {"url": "x", "password": "y"}, True),
        (spec(Kind.LINK), {"address": "x"}, False),
        (spec(Kind.CONSENT), {"agreed": True, "version": 1}, True),
        (spec(Kind.MONEY), {"amount": True}, False),
        (spec(Kind.MODULES), ["1"], True),
        (spec(Kind.MODULES), [1], False),
        (spec(Kind.FINANCE_PLAN), [{"source": "x", "amount": 5}], True),
        (spec(Kind.FINANCE_PLAN), [{"title": "x"}], False),
    ],
)
def test_shape_when_a_question_has_details_follows_them(asked: QuestionSpec, value: object, fits: bool) -> None:
    refusal = shape_problem(asked, value)

    assert refusal == (None if fits else Refusal("wrong_shape", {"kind": asked.kind}))


# --- Dates -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("precision", "value", "refusals"),
    [
        ("day", "2026-09", [Refusal("date_not_exact", {"seen": "2026-09"})]),
        ("month", "2026-09", []),
        ("month", "2026-09-30", []),
        ("month", "2026", [Refusal("date_not_exact", {"seen": "2026"})]),
        ("year", "2026", []),
        ("year", "2026-13", [Refusal("not_a_date", {"seen": "2026-13"})]),
        ("year", "2026--03", [Refusal("not_a_date", {"seen": "2026--03"})]),
        ("hour", "2026-09-30", []),
    ],
)
def test_problems_when_a_date_is_less_exact_depend_on_what_is_taken(
    precision: str, value: str, refusals: list[Refusal]
) -> None:
    assert problems(spec(Kind.DATE, precision=precision), value) == refusals


# --- Links -----------------------------------------------------------------------------------------------------------
VIDEO = spec(Kind.LINK, Limit(Unit.MINUTES, 10), choices=("trailer", "scenes"), password=True, minutes={"trailer": 3})


@pytest.mark.parametrize(
    ("value", "refusals"),
    [
        ({"url": "https://example.org", "kind": "trailer", "minutes": "2,5"}, []),
        ({"url": "https://example.org", "kind": "trailer", "minutes": "4"}, [Refusal("video_too_long", {"limit": 3, "over": Decimal(1)})]),
        ({"url": "https://example.org", "kind": "scenes", "minutes": "12"}, [Refusal("too_large", {"unit": "minutes", "limit": 10, "count": 12, "over": 2})]),
        ({"url": "https://example.org", "kind": "scenes", "minutes": "long"}, [Refusal("not_a_number", {"seen": "long"})]),
        ({"url": "https://example.org"}, [Refusal("video_kind_missing")]),
        ({"url": "https://example.org", "kind": "song"}, [Refusal("not_a_choice", {"seen": "song"})]),
        ({"password": "x", "kind": "scenes"}, [Refusal("not_a_link", {"seen": ""})]),
        ({"url": "https://[", "kind": "scenes"}, [Refusal("not_a_link", {"seen": "https://["})]),
    ],
)  # fmt: skip
def test_problems_of_a_link_to_a_video(value: object, refusals: list[Refusal]) -> None:
    assert problems(VIDEO, value) == refusals


def test_link_when_it_is_an_address_alone_or_a_record_reads_alike() -> None:
    assert link_of(" https://example.org ") == link_of({"url": "https://example.org"}) == Link("https://example.org")
    assert link_of({"url": "u", "password": "p", "kind": "k", "minutes": "2,5"}) == Link("u", "p", "k", Decimal("2.5"))
    assert not spec(Kind.LINK).has_parts


# --- Tables ----------------------------------------------------------------------------------------------------------
def test_columns_when_a_question_names_some_keep_their_order_and_what_is_always_asked() -> None:
    assert [one.name for one in columns_of(Kind.FILMS, {})] == ["title", "year", "role"]
    assert [one.name for one in columns_of(Kind.FILMS, {"columns": ["festivals", "year"]})] == [
        "title",
        "year",
        "festivals",
    ]


@pytest.mark.parametrize(
    ("asked", "row", "refusals"),
    [
        (spec(Kind.FILMS), {"title": "Суу", "year": "1700", "role": "director"}, [Refusal("not_a_year", {"position": 1, "seen": "1700"})]),
        (spec(Kind.FILMS, columns=["runtime"]), {"title": "Суу", "runtime": "long"}, [Refusal("not_a_number_in_row", {"position": 1, "seen": "long"})]),
        (spec(Kind.PERSON), {"name": "Айгүл"}, [Refusal("person_incomplete", {"position": 1, "part": "role"})]),
        (spec(Kind.PERSON), {"name": "А", "role": "x", "country": "XX"}, [Refusal("bad_country_in_row", {"position": 1, "seen": "XX"})]),
        (spec(Kind.PERSON), {"name": "А", "role": "x", "link": "no"}, [Refusal("not_a_link_in_row", {"position": 1, "seen": "no"})]),
        (spec(Kind.PERSON, choices=("director",)), {"name": "А", "role": "x"}, [Refusal("not_a_choice", {"seen": "x"})]),
        (spec(Kind.FINANCE_PLAN), {"source": "a", "amount": "-1", "currency": "usd", "status": "hoped"}, [
            Refusal("not_an_amount_in_row", {"position": 1, "seen": "-1"}),
            Refusal("bad_currency_in_row", {"position": 1, "seen": "usd"}),
            Refusal("bad_status", {"position": 1, "seen": "hoped"}),
        ]),
        (spec(Kind.FINANCE_PLAN), {"source": "a"}, [Refusal("source_incomplete", {"position": 1, "part": part}) for part in ("amount", "currency", "status")]),
        (spec(Kind.FINANCE_PLAN, choices=("KGS",)), {"source": "a", "amount": 1, "currency": "USD", "status": "confirmed"}, [Refusal("bad_currency_in_row", {"position": 1, "seen": "USD"})]),
    ],
)  # fmt: skip
def test_problems_of_a_row(asked: QuestionSpec, row: dict[str, object], refusals: list[Refusal]) -> None:
    assert problems(asked, [row]) == refusals


def _source(amount: object, status: str = "requested", currency: object = "USD") -> dict[str, object]:
    return {"source": "x", "amount": amount, "currency": currency, "status": status}


def test_plan_when_it_is_in_one_currency_tells_total_confirmed_and_percent_rounded_down() -> None:
    plan = [_source("100", "confirmed"), _source("199,5"), _source("much"), _source("5", currency="dollar"), "no row"]

    assert plans(plan) == [Plan("USD", Decimal("299.5"), Decimal(100))]
    assert plan_facts(plan) == {"total": 299.5, "confirmed": 100.0, "percent": 33.3}


@pytest.mark.parametrize("plan", [None, [], [_source(0)], [_source(1), _source(1, currency="KGS")]])
def test_plan_when_there_is_no_one_sum_tells_nothing(plan: object) -> None:
    assert plan_facts(plan) == {}


def test_percent_of_nothing_is_nothing() -> None:
    assert Plan("USD", Decimal(0), Decimal(0)).percent == 0


AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


@given(st.lists(st.tuples(AMOUNTS, st.booleans()), min_size=1, max_size=8))
def test_percent_is_a_hundred_only_when_everything_is_confirmed(sources: list[tuple[Decimal, bool]]) -> None:
    value = [_source(str(amount), "confirmed" if sure else "requested") for amount, sure in sources]
    [plan] = plans(value)

    assert 0 <= plan.confirmed <= plan.total == sum(amount for amount, _ in sources)
    assert (plan.percent == 100) == (plan.total > 0 and plan.confirmed == plan.total)


def test_rows_when_an_entry_lacks_a_part_hold_an_empty_text() -> None:
    columns = tables.columns_of(Kind.FILMS, {})

    assert tables.rows_of([{"title": "Суу", "year": 2023}], columns) == [["Суу", "2023", ""]]


# --- Modules ---------------------------------------------------------------------------------------------------------
def test_problems_when_a_module_that_must_be_attended_is_not_ticked() -> None:
    modules = spec(Kind.MODULES, choices=("1", "2", "3"), needed=("1", "2"))

    assert problems(modules, ["3", "1"]) == [Refusal("module_missing", {"count": 1})]
    assert problems(modules, ["1", "2"]) == []


# --- Consents --------------------------------------------------------------------------------------------------------
AT = datetime(2026, 9, 1, tzinfo=UTC)
MEERIM = consents.Agreeing(7, "Meerim", "ky", AT)
GIVEN = {"agreed": True, "version": 1, "by": 7, "name": "Meerim", "language": "ky", "at": AT.isoformat()}


def test_consent_when_given_says_who_when_and_to_which_version_and_keeps_its_first_name() -> None:
    azamat = consents.Agreeing(8, "Azamat", "ru", AT)

    assert consents.kept(True, None, 1, MEERIM) == GIVEN
    assert consents.kept(True, GIVEN, 1, azamat) == GIVEN
    assert consents.kept(True, True, 1, azamat) is True  # as it was kept before versions were
    assert consents.kept(True, GIVEN, 2, azamat) == {**GIVEN, "version": 2, "by": 8, "name": "Azamat", "language": "ru"}
    assert consents.kept(False, GIVEN, 1, azamat) is False


def test_consent_when_the_text_has_been_corrected_is_asked_again() -> None:
    corrected = spec(Kind.CONSENT, version=2)

    assert problems(spec(Kind.CONSENT), GIVEN) == problems(spec(Kind.CONSENT), True) == []
    assert problems(corrected, GIVEN) == [Refusal("consent_changed", {"version": 2})]
    assert problems(corrected, {**GIVEN, "version": 2}) == []
    assert problems(corrected, consents.of_version(True, 1)) == [Refusal("consent_changed", {"version": 2})]
    assert problems(corrected, {"agreed": False}) == [Refusal("consent_needed")]
    assert consents.of_version(GIVEN, 5) == GIVEN
    assert [consents.as_typed(one) for one in (GIVEN, "text", {"ky": "а"})] == [True, "text", {"ky": "а"}]
    assert [consents.version_of(GIVEN), consents.version_of({})] == [1, 1]
    assert [consents.is_agreed(one) for one in (True, GIVEN, False, None, {})] == [True, True, False, False, False]


# --- The question itself ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (spec(Kind.TEXT, colour="red"), "unknown_detail"),
        (spec(Kind.FILMS, columns=["budget"]), "unknown_column"),
        (spec(Kind.DATE, precision="hour"), "unknown_precision_of_date"),
        (spec(Kind.TEXT, languages=["kyrgyz!"]), "bad_language"),
        (spec(Kind.LINK, minutes={"trailer": 3}), "bad_minutes"),
        (spec(Kind.LINK, choices=("trailer",), minutes={"trailer": "long"}), "bad_minutes"),
        (spec(Kind.TEXT, WORDS, WORDS), "unit_twice"),
    ],
)
def test_spec_problems_of_details(asked: QuestionSpec, code: str) -> None:
    assert [one.code for one in spec_problems(asked)] == [code]


@pytest.mark.parametrize("asked", [VIDEO, spec(Kind.DATE, precision="year"), spec(Kind.FILMS, columns=["festivals"])])
def test_spec_problems_of_good_details_are_none(asked: QuestionSpec) -> None:
    assert spec_problems(asked) == []


# --- Who sees --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("seen_by", "reads", "decides", "named"),
    [(SeenBy.READERS, True, True, False), (SeenBy.DECIDERS, False, True, False), (SeenBy.NAMED, False, False, True)],
)
def test_may_see(seen_by: SeenBy, reads: bool, decides: bool, named: bool) -> None:
    assert may_see(seen_by, reads=True, decides=False, named=False) is reads
    assert may_see(seen_by, reads=True, decides=True, named=False) is decides
    assert may_see(seen_by, reads=False, decides=False, named=True) is named


def test_seen_by_when_a_snapshot_is_of_the_first_format_is_read_too() -> None:
    assert seen_by_of({"seen_by": "named"}) is SeenBy.NAMED
    assert seen_by_of({"readers_see": False}) is SeenBy.DECIDERS
    assert seen_by_of({}) is SeenBy.READERS
