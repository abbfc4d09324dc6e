from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.questions.domain.answers import (
    HARD_ITEMS,
    HARD_MAXIMUM,
    MEASURES,
    Kind,
    Limit,
    QuestionSpec,
    as_number,
    is_empty,
    measure,
    problems,
    shape_problem,
    spec_problems,
)
from kinolab.foundation.questions.domain.counting import Unit
from kinolab.foundation.refusals import Refusal

FILM = {"title": "Суу бөлгүч", "year": 2023, "role": "director"}
GOOD: dict[Kind, object] = {
    Kind.TEXT: "Логлайн",
    Kind.LONG_TEXT: "Бир\r\nэки",
    Kind.CHOICE: "fiction",
    Kind.MANY: ["fiction", "documentary"],
    Kind.NUMBER: 0,
    Kind.MONEY: {"amount": "12 500,50", "currency": "KGS"},
    Kind.DATE: "2024-02-29",
    Kind.COUNTRY: "KG",
    Kind.LANGUAGE: "uz-Cyrl",
    Kind.LINK: "https://example.org/film?x=1",
    Kind.FILE: {"code": "abc", "name": "script.pdf", "size": 1_000_000, "pages": 90},
    Kind.CONSENT: True,
    Kind.FILMS: [FILM, {**FILM, "year": "1999"}],
    Kind.PERSON: [{"name": "Айгүл", "role": "director", "country": "KG", "link": "https://example.org/a"}],
    Kind.FINANCE_PLAN: [{"source": "Фонд", "amount": "1 000", "currency": "KGS", "status": "confirmed", "proof": ""}],
    Kind.MODULES: ["1", "2"],
}


def spec(kind: Kind, *limits: Limit, required: bool = True, choices: tuple[str, ...] = ()) -> QuestionSpec:
    if kind in (Kind.CHOICE, Kind.MANY) and not choices:
        choices = ("fiction", "documentary")
    return QuestionSpec("q", kind, required, limits, choices)


@pytest.mark.parametrize("kind", list(Kind))
def test_problems_when_the_answer_is_good_are_none(kind: Kind) -> None:
    assert problems(spec(kind), GOOD[kind]) == []
    assert shape_problem(spec(kind), GOOD[kind]) is None


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("value", [None, "", " \n ", [], {}, {"currency": "KGS"}, {"code": None}, False])
def test_problems_when_nothing_is_answered_depend_on_required(kind: Kind, value: object) -> None:
    code = "consent_needed" if kind is Kind.CONSENT else "required_missing"

    assert is_empty(value)
    assert problems(spec(kind), value) == [Refusal(code)]
    assert problems(spec(kind, required=False), value) == []


@pytest.mark.parametrize(
    ("kind", "value", "refusals"),
    [
        (Kind.CHOICE, "animation", [Refusal("not_a_choice", {"seen": "animation"})]),
        (Kind.MANY, ["animation"], [Refusal("not_a_choice", {"seen": "animation"})]),
        (Kind.MANY, ["fiction", "fiction"], [Refusal("chosen_twice", {"seen": "fiction"})]),
        (Kind.NUMBER, "ninety", [Refusal("not_a_number", {"seen": "ninety"})]),
        (Kind.NUMBER, "NaN", [Refusal("not_a_number", {"seen": "NaN"})]),
        (Kind.MONEY, {"amount": "-1", "currency": "KGS"}, [Refusal("not_an_amount", {"seen": "-1"})]),
        (Kind.MONEY, {"amount": "1", "currency": "som"}, [Refusal("bad_currency", {"seen": "som"})]),
        (
            Kind.MONEY,
            {"amount": "much"},
            [Refusal("not_an_amount", {"seen": "much"}), Refusal("bad_currency", {"seen": ""})],
        ),
        (Kind.DATE, "2023-02-29", [Refusal("not_a_date", {"seen": "2023-02-29"})]),
        (Kind.DATE, "20230228", [Refusal("not_a_date", {"seen": "20230228"})]),
        (Kind.COUNTRY, "kg", [Refusal("bad_country", {"seen": "kg"})]),
        (Kind.COUNTRY, "SU", [Refusal("bad_country", {"seen": "SU"})]),
        (Kind.LANGUAGE, "Kyrgyz", [Refusal("bad_language", {"seen": "Kyrgyz"})]),
        (Kind.LINK, "example.org", [Refusal("not_a_link", {"seen": "example.org"})]),
        (Kind.LINK, "javascript:alert(1)", [Refusal("not_a_link", {"seen": "javascript:alert(1)"})]),
        (Kind.LINK, "https://localhost", [Refusal("not_a_link", {"seen": "https://localhost"})]),
        (Kind.LINK, "https://a b.org", [Refusal("not_a_link", {"seen": "https://a b.org"})]),
        (Kind.LINK, "https://[a.org", [Refusal("not_a_link", {"seen": "https://[a.org"})]),
        (Kind.FILE, {"name": "script.pdf"}, [Refusal("required_missing")]),
        (Kind.FILE, {"code": "a", "kind": "image"}, []),
        (
            Kind.FILE,
            {"code": "a", "name": "a.mp4", "kind": "video"},
            [Refusal("file_kind_not_taken", {"name": "a.mp4"})],
        ),
        (Kind.FILMS, [{**FILM, "title": " "}], [Refusal("film_incomplete", {"position": 1, "part": "title"})]),
        (
            Kind.FILMS,
            [FILM, {"title": "Суу"}],
            [
                Refusal("film_incomplete", {"position": 2, "part": "year"}),
                Refusal("film_incomplete", {"position": 2, "part": "role"}),
            ],
        ),
        (Kind.FILMS, [{**FILM, "year": "soon"}], [Refusal("not_a_year", {"position": 1, "seen": "soon"})]),
        (Kind.FILMS, [{**FILM, "year": 1800}], [Refusal("not_a_year", {"position": 1, "seen": 1800})]),
        (Kind.FILMS, [{**FILM, "year": 1999.5}], [Refusal("not_a_year", {"position": 1, "seen": 1999.5})]),
    ],
)
def test_problems_when_the_answer_is_wrong_say_what(kind: Kind, value: object, refusals: list[Refusal]) -> None:
    assert problems(spec(kind), value) == refusals
    assert shape_problem(spec(kind), value) is None


@pytest.mark.parametrize(
    ("kind", "choices", "good", "bad"),
    [
        (Kind.COUNTRY, ("KG", "KZ"), "KZ", "DE"),
        (Kind.LANGUAGE, ("ky", "ru"), "ky", "de"),
    ],
)
def test_problems_when_choices_narrow_a_kind_hold_them(
    kind: Kind, choices: tuple[str, ...], good: str, bad: str
) -> None:
    assert problems(spec(kind, choices=choices), good) == []
    assert problems(spec(kind, choices=choices), bad) == [Refusal("not_a_choice", {"seen": bad})]


def test_problems_when_choices_narrow_parts_hold_them() -> None:
    money = spec(Kind.MONEY, choices=("USD",))
    films = spec(Kind.FILMS, choices=("director",))

    assert problems(money, {"amount": 1, "currency": "USD"}) == []
    assert problems(money, {"amount": 1, "currency": "EUR"}) == [Refusal("bad_currency", {"seen": "EUR"})]
    assert problems(films, [FILM]) == []
    assert problems(films, [{**FILM, "role": "cook"}]) == [Refusal("not_a_choice", {"seen": "cook"})]


@pytest.mark.parametrize(
    ("kind", "limit", "value", "refusal"),
    [
        (
            Kind.LONG_TEXT,
            Limit(Unit.CHARS, 3),
            "a\r\nbc",
            Refusal("too_long", {"unit": Unit.CHARS, "limit": 3, "count": 4, "over": 1}),
        ),
        (
            Kind.TEXT,
            Limit(Unit.WORDS, 5, 2),
            "one",
            Refusal("too_short", {"unit": Unit.WORDS, "limit": 2, "count": 1, "under": 1}),
        ),
        (Kind.TEXT, Limit(Unit.WORDS, 2, 2), "one two", None),
        (Kind.TEXT, Limit(Unit.WORDS, None, 1), "one two", None),
        (
            Kind.MANY,
            Limit(Unit.ITEMS, 1),
            ["fiction", "documentary"],
            Refusal("too_many", {"unit": Unit.ITEMS, "limit": 1, "count": 2, "over": 1}),
        ),
        (
            Kind.FILMS,
            Limit(Unit.ITEMS, None, 2),
            [FILM],
            Refusal("too_few", {"unit": Unit.ITEMS, "limit": 2, "count": 1, "under": 1}),
        ),
        (
            Kind.NUMBER,
            Limit(Unit.MINUTES, 120, 52),
            "51,5",
            Refusal(
                "too_small", {"unit": Unit.MINUTES, "limit": 52, "count": Decimal("51.5"), "under": Decimal("0.5")}
            ),
        ),
        (
            Kind.MONEY,
            Limit(Unit.ITEMS, 100),
            {"amount": "101", "currency": "KGS"},
            Refusal("too_large", {"unit": Unit.ITEMS, "limit": 100, "count": 101, "over": 1}),
        ),
        (
            Kind.FILE,
            Limit(Unit.MEGABYTES, 20),
            {"code": "a", "size": 21_000_000},
            Refusal("too_large", {"unit": Unit.MEGABYTES, "limit": 20, "count": 21, "over": 1}),
        ),
        (Kind.FILE, Limit(Unit.MEGABYTES, 20), {"code": "a"}, None),
        (
            Kind.FILE,
            Limit(Unit.PAGES, 10),
            {"code": "a", "pages": 12},
            Refusal("too_large", {"unit": Unit.PAGES, "limit": 10, "count": 12, "over": 2}),
        ),
        (Kind.FILE, Limit(Unit.PAGES, 10), {"code": "a"}, None),
        (Kind.COUNTRY, Limit(Unit.CHARS, 1), "KG", None),  # a limit that makes no sense here is not held
    ],
)
def test_problems_when_a_limit_is_set_count_by_its_unit(
    kind: Kind, limit: Limit, value: object, refusal: Refusal | None
) -> None:
    assert problems(spec(kind, limit), value) == ([refusal] if refusal else [])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.TEXT, 5),
        (Kind.TEXT, ["a"]),
        (Kind.CHOICE, {"a": 1}),
        (Kind.MANY, "fiction"),
        (Kind.MANY, [1]),
        (Kind.NUMBER, True),
        (Kind.NUMBER, [1]),
        (Kind.MONEY, "12 KGS"),
        (Kind.MONEY, {"sum": 1}),
        (Kind.MONEY, {"amount": [1]}),
        (Kind.FILE, "abc"),
        (Kind.CONSENT, "yes"),
        (Kind.FILMS, [{"name": "x"}]),
        (Kind.FILMS, FILM),
    ],
)
def test_shape_when_the_type_is_wrong_is_not_stored(kind: Kind, value: object) -> None:
    assert shape_problem(spec(kind), value) == Refusal("wrong_shape", {"kind": kind})
    assert problems(spec(kind), value) == [Refusal("wrong_shape", {"kind": kind})]


@pytest.mark.parametrize(
    ("kind", "value", "refusal"),
    [
        (Kind.TEXT, "a\x00b", Refusal("unstorable_text")),
        (Kind.MANY, ["fiction", "\ud83c"], Refusal("unstorable_text")),
        (Kind.FILMS, [{"title": "a\x00"}], Refusal("unstorable_text")),
        (
            Kind.LONG_TEXT,
            "x" * (HARD_MAXIMUM + 1),
            Refusal("far_too_long", {"limit": HARD_MAXIMUM, "count": HARD_MAXIMUM + 1}),
        ),
        (
            Kind.MANY,
            ["a"] * (HARD_ITEMS + 1),
            Refusal("far_too_many", {"limit": HARD_ITEMS, "count": HARD_ITEMS + 1}),
        ),
    ],
)
def test_shape_when_it_cannot_be_stored_says_why(kind: Kind, value: object, refusal: Refusal) -> None:
    assert shape_problem(spec(kind), value) == refusal


@pytest.mark.parametrize("kind", list(Kind))
def test_shape_when_nothing_is_typed_yet_is_fine(kind: Kind) -> None:
    assert shape_problem(spec(kind), None) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12,5", Decimal("12.5")),
        ("1\u00a0000.25", Decimal("1000.25")),
        (7, Decimal(7)),
        (0.1, Decimal("0.1")),
        ("1.000,5", None),
        ("Infinity", None),
        (True, None),
        (None, None),
    ],
)
def test_as_number_when_typed_by_people_reads_it(typed: object, number: Decimal | None) -> None:
    assert as_number(typed) == number


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        (QuestionSpec("q", Kind.TEXT, limits=(Limit(Unit.WORDS, 50, 10),)), []),
        (QuestionSpec("q", Kind.CHOICE), ["choices_missing"]),
        (QuestionSpec("q", Kind.MANY, choices=("a", "a")), ["choices_repeated"]),
        (QuestionSpec("q", Kind.TEXT, limits=(Limit(Unit.PAGES, 1),)), ["unit_not_for_kind"]),
        (QuestionSpec("q", Kind.CONSENT, limits=(Limit(Unit.CHARS, 1),)), ["unit_not_for_kind"]),
        (QuestionSpec("q", Kind.TEXT, limits=(Limit(Unit.WORDS, 5, 6),)), ["impossible_limit"]),
        (QuestionSpec("q", Kind.TEXT, limits=(Limit(Unit.WORDS, None, -1),)), ["impossible_limit"]),
        (QuestionSpec("q", Kind.FILE, details={"accepts": ["sheet", "sound"]}), []),
        (QuestionSpec("q", Kind.FILE, details={"accepts": ["pdf", "exe"]}), ["unknown_file_kind"]),
        (QuestionSpec("q", Kind.FILE, details={"accepts": "pdf"}), ["unknown_file_kind"]),
        (QuestionSpec("q", Kind.TEXT, details={"accepts": ["pdf"]}), ["unknown_detail"]),
        (
            QuestionSpec("q", Kind.FILE, False, (Limit(Unit.MINUTES, 3),), (), {"accepts": ["pdf"]}),
            ["minutes_of_no_film"],
        ),
        (QuestionSpec("q", Kind.FILE, False, (Limit(Unit.PAGES, 3),), (), {"accepts": ["image"]}), ["pages_of_no_pdf"]),
    ],
)
def test_spec_problems_when_a_question_is_built_say_what_is_impossible(
    question: QuestionSpec, codes: list[str]
) -> None:
    assert [problem.code for problem in spec_problems(question)] == codes


@pytest.mark.parametrize(
    ("limits", "said", "taken"),
    [
        ((), [], ("pdf", "image")),
        ((Limit(Unit.MINUTES, 3),), [], ("pdf", "image", "video")),
        ((Limit(Unit.MINUTES, 3),), ["sound", "document"], ("document", "sound")),
    ],
)
def test_accepts_when_a_question_says_nothing_are_papers(
    limits: tuple[Limit, ...], said: list[str], taken: tuple[str, ...]
) -> None:
    assert QuestionSpec("q", Kind.FILE, limits=limits, details={"accepts": said}).accepts == taken


@pytest.mark.parametrize(("kind", "unit"), [(kind, unit) for kind, units in MEASURES.items() for unit in sorted(units)])
def test_measure_when_a_unit_fits_the_kind_measures_the_good_answer(kind: Kind, unit: Unit) -> None:
    held = measure(unit, kind, GOOD[kind])

    unsaid = unit is Unit.MINUTES and kind in (Kind.FILE, Kind.LINK)  # neither need say how long it is
    assert held is None if unsaid else held is not None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["amount", "code", "title"]), inner),
    max_leaves=6,
)


@given(st.sampled_from(Kind), JSON, st.booleans())
def test_problems_when_anything_at_all_is_sent_never_break(kind: Kind, value: object, required: bool) -> None:
    question = spec(kind, Limit(Unit.ITEMS, 1, 1), Limit(Unit.CHARS, 3), required=required)

    found = problems(question, value)

    if shape_problem(question, value) is not None and not is_empty(value):
        assert found == [shape_problem(question, value)]
