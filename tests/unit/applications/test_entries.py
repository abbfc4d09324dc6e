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
    assert read(kind, texts) == value


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
    assert write(kind, value) == texts


@given(st.sampled_from([kind for kind in Kind if kind is not Kind.FILE]), st.lists(st.text(max_size=8), max_size=7))
def test_read_when_written_and_read_again_gives_the_same(kind: Kind, texts: list[str]) -> None:
    value = read(kind, texts)

    assert read(kind, write(kind, value)) == value
    if not any("\x00" in text for text in texts):
        assert shape_problem(QuestionSpec("q", kind), value) is None or is_empty(value)
