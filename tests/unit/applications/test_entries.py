import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.applications.domain.entries import read, write
from kinolab.foundation.questions.domain.answers import Kind, QuestionSpec, is_empty, shape_problem

FILM = {"title": "Суу", "year": "2023", "role": "director"}


@pytest.mark.parametrize(
    ("kind", "texts", "value"),
    [
        (Kind.TEXT, [], None),
        (Kind.TEXT, [""], None),
        (Kind.LONG_TEXT, [" a\r\nb "], " a\nb "),
        (Kind.LINK, [" https://example.org "], "https://example.org"),
        (Kind.NUMBER, [" "], None),
        (Kind.MANY, ["", "b", "a", "b"], ["b", "a"]),
        (Kind.MANY, [""], None),
        (Kind.CONSENT, ["", "yes"], True),
        (Kind.CONSENT, [""], False),
        (Kind.CONSENT, [], False),
        (Kind.MONEY, [" 12 500 ", "KGS"], {"amount": "12 500", "currency": "KGS"}),
        (Kind.MONEY, ["12"], {"amount": "12", "currency": ""}),
        (Kind.MONEY, ["", "KGS"], None),
        (Kind.FILMS, ["Суу", " 2023", "director", "", "", ""], [FILM]),
        (Kind.FILMS, ["Суу"], [{"title": "Суу", "year": "", "role": ""}]),
        (Kind.FILMS, ["", "", ""], None),
    ],
)
def test_read_when_controls_send_texts_gives_the_value(kind: Kind, texts: list[str], value: object) -> None:
    assert read(QuestionSpec("q", kind), texts) == value


@pytest.mark.parametrize(
    ("kind", "value", "texts"),
    [
        (Kind.TEXT, None, [""]),
        (Kind.NUMBER, 12.5, ["12.5"]),
        (Kind.CONSENT, True, ["yes"]),
        (Kind.CONSENT, None, [""]),
        (Kind.MANY, ["a", "b"], ["a", "b"]),
        (Kind.MANY, [], [""]),
        (Kind.MANY, None, [""]),
        (Kind.MONEY, {"amount": 5}, ["5", ""]),
        (Kind.MONEY, None, [""]),
        (Kind.FILMS, [FILM, {"title": "Өрт"}], ["Суу", "2023", "director", "Өрт", "", ""]),
        (Kind.FILMS, [], [""]),
        (Kind.FILMS, None, [""]),
    ],
)
def test_write_when_a_value_is_shown_gives_the_texts_of_its_controls(
    kind: Kind, value: object, texts: list[str]
) -> None:
    assert write(QuestionSpec("q", kind), value) == texts


PLAN = {"source": "Фонд", "amount": "1 000", "currency": "USD", "status": "requested", "proof": ""}
TRAILER = {"url": "https://example.org/v", "password": "сыр", "kind": "trailer", "minutes": "2,5"}
KY_RU = QuestionSpec("q", Kind.LONG_TEXT, details={"languages": ["ky", "ru"]})
VIDEO = QuestionSpec("q", Kind.LINK, choices=("trailer",), details={"password": True})
MONTH = QuestionSpec("q", Kind.DATE, details={"precision": "month"})
LONG_FILMS = QuestionSpec("q", Kind.FILMS, details={"columns": ["title", "festivals"]})
FINANCE = QuestionSpec("q", Kind.FINANCE_PLAN)


@pytest.mark.parametrize(
    ("spec", "texts", "value"),
    [
        (KY_RU, ["Суу\r\nбөлгүч", ""], {"ky": "Суу\nбөлгүч"}),
        (KY_RU, ["", ""], None),
        (VIDEO, [" https://example.org/v ", "сыр", "trailer", "2,5"], TRAILER),
        (VIDEO, ["https://example.org/v"], {"url": "https://example.org/v"}),
        (VIDEO, ["", "", "", ""], None),
        (MONTH, ["2026", "9", ""], "2026-09"),
        (MONTH, ["2026", "09", "3"], "2026-09-03"),
        (MONTH, ["2026", "", ""], "2026"),
        (MONTH, ["2026", "", "3"], "2026--03"),  # a day without a month: kept as typed, and said to be no date
        (MONTH, ["", "", ""], None),
        (MONTH, ["2026-9-3", "", ""], "2026-09-03"),  # put in as a whole
        (MONTH, ["-", "", ""], None),
        (LONG_FILMS, ["Суу", "Бишкек, 2023", "", ""], [{"title": "Суу", "festivals": "Бишкек, 2023"}]),
        (FINANCE, ["Фонд", "1 000", "USD", "requested", "", "", "", "USD", "requested", ""], [PLAN]),
        (QuestionSpec("q", Kind.MODULES), ["3", "1", "3", ""], ["3", "1"]),
        (
            QuestionSpec("q", Kind.PERSON),
            ["Айгүл", "", "KG", ""],
            [{"name": "Айгүл", "role": "", "country": "KG", "link": ""}],
        ),
    ],
)
def test_read_when_a_question_has_details_follows_them(spec: QuestionSpec, texts: list[str], value: object) -> None:
    assert read(spec, texts) == value
    assert read(spec, write(spec, value)) == value


@pytest.mark.parametrize(
    ("spec", "value", "texts"),
    [
        (KY_RU, "Написано до того, как спросили на двух языках", ["Написано до того, как спросили на двух языках", ""]),
        (QuestionSpec("q", Kind.LINK), TRAILER, ["https://example.org/v"]),
        (VIDEO, "https://example.org/v", ["https://example.org/v", "", "", ""]),
        (QuestionSpec("q", Kind.CONSENT), {"agreed": True, "version": 2}, ["yes"]),
        (MONTH, "2026-09-03", ["2026", "09", "03"]),
    ],
)
def test_write_when_the_question_was_another_before_shows_what_there_is(
    spec: QuestionSpec, value: object, texts: list[str]
) -> None:
    assert write(spec, value) == texts


SPECS = [
    *(QuestionSpec("q", kind) for kind in Kind if kind is not Kind.FILE),
    *(KY_RU, VIDEO, MONTH, LONG_FILMS, QuestionSpec("q", Kind.DATE, details={"precision": "year"})),
]


@given(st.sampled_from(SPECS), st.lists(st.text(max_size=8), max_size=7))
def test_read_when_written_and_read_again_gives_the_same(spec: QuestionSpec, texts: list[str]) -> None:
    value = read(spec, texts)

    assert read(spec, write(spec, value)) == value
    if not any("\x00" in text for text in texts):
        assert shape_problem(spec, value) is None or is_empty(value)
