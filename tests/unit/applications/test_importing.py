"""Columns guessed by name, and cells read by the kind of their question."""

import pytest

from kinolab.applications.domain import importing
from kinolab.applications.domain.importing import EMAIL, NAME, Target, Words, guess, value_of
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.refusals import Refusal

WORDS = Words(
    {"кыргызстан": "KG", "kyrgyzstan": "KG", "kg": "KG", "kazakhstan": "KZ"},
    {"кыргызча": "ky", "kyrgyz": "ky", "ru": "ru"},
)
STAGES = {
    "edit": "edit",
    "editing": "edit",
    "монтаж": "edit",
    "rights, land": "rights",
    "rights": "rights",
    "nature": "nature",
}


def known(key: str, fact: str = "") -> frozenset[str]:
    return frozenset({key, *importing.names_known_for(key, fact)})


def code_of(value: object) -> object:
    """The value, or the code of a refusal."""
    return value.code if isinstance(value, Refusal) else value


TARGETS = [
    Target("q1", known("title", "project.title") | {"Аталышы", "What is your film called?"}, Kind.TEXT),
    Target("q2", known("origin", "project.country"), Kind.COUNTRY),
    Target("q3", known("runtime"), Kind.NUMBER),
    Target("q4", known("synopsis"), Kind.LONG_TEXT),
    Target(EMAIL, frozenset({EMAIL, *importing.KNOWN[EMAIL]})),
    Target(NAME, frozenset({NAME, *importing.KNOWN[NAME]})),
]


@pytest.mark.parametrize(
    ("head", "mapping"),
    [
        # Google Forms in English, in Russian
        (["Timestamp", "Email Address", "Your name", "What is your film called?"], ["", EMAIL, NAME, "q1"]),
        (["Отметка времени", "Адрес электронной почты", "Имя и фамилия", "Аталышы:"], ["", EMAIL, NAME, "q1"]),
        # FilmFreeway
        (
            [
                "Submission Date",
                "Project Title",
                "Duration",
                "Country of Origin",
                "Synopsis",
                "First Name",
                "Last Name",
                "Email",
            ],
            ["", "q1", "q3", "q2", "q4", NAME, NAME, EMAIL],
        ),
        # our own export
        (["number", "lead_name", "lead_email", "title"], ["", NAME, EMAIL, "q1"]),
        # a question takes one column
        (["Title", "Project title"], ["q1", ""]),
        (["", "Nonsense"], ["", ""]),
    ],
)
def test_columns_are_guessed_by_their_names(head: list[str], mapping: list[str]) -> None:
    assert guess(head, TARGETS, {}) == mapping


def test_what_was_chosen_before_goes_first_and_a_target_that_has_gone_is_forgotten() -> None:
    before = {"title": "q4", "synopsis": "", "code name": "q1", "gone": "q99"}

    assert guess(["Title", "Synopsis", "Code name", "gone"], TARGETS, before) == ["q4", "", "q1", ""]


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Kind.TEXT, " Суу ", "Суу"),
        (Kind.LONG_TEXT, "a\nb", "a\nb"),
        (Kind.TEXT, "   ", None),
        (Kind.CHOICE, "МОНТАЖ.", "edit"),
        (Kind.CHOICE, "Zzz", "cell_not_a_choice"),
        (Kind.MANY, "Nature, Editing", ["nature", "edit"]),
        (Kind.MANY, "Rights, land", ["rights"]),  # a comma inside of one choice
        (Kind.MANY, "Rights, land; Nature;Nature", ["rights", "nature"]),
        (Kind.MANY, "Nature, Zzz", "cell_not_a_choice"),
        (Kind.NUMBER, "95", "95"),
        (Kind.NUMBER, "12,5 min", "12,5"),
        (Kind.NUMBER, "01:35:00", "95"),
        (Kind.NUMBER, "00:12:30", "13"),
        (Kind.NUMBER, "long", "cell_not_a_number"),
        (Kind.MONEY, "1 000 USD", {"amount": "1000", "currency": "USD"}),
        (Kind.MONEY, "$1,000", {"amount": "1000", "currency": "USD"}),
        (Kind.MONEY, "1000,50 €", {"amount": "1000.50", "currency": "EUR"}),
        (Kind.MONEY, "1000", "cell_not_money"),
        (Kind.DATE, "2026-08-05 18:30", "2026-08-05"),
        (Kind.DATE, "5.8.2026", "2026-08-05"),
        (Kind.DATE, "08/25/2026", "2026-08-25"),
        (Kind.DATE, "25/08/2026", "2026-08-25"),
        (Kind.DATE, "05/08/2026", "cell_day_two_ways"),
        (Kind.DATE, "31.02.2026", "cell_not_a_day"),
        (Kind.DATE, "soon", "cell_not_a_day"),
        (Kind.COUNTRY, "Кыргызстан", "KG"),
        (Kind.COUNTRY, "Kazakhstan, Kyrgyzstan", "KZ"),
        (Kind.COUNTRY, "Atlantis", "cell_not_a_country"),
        (Kind.LANGUAGE, "Kyrgyz; Russian", "ky"),
        (Kind.LANGUAGE, "Elvish", "cell_not_a_language"),
        (Kind.CONSENT, "Да", True),
        (Kind.CONSENT, "I agree with everything", True),
        (Kind.CONSENT, "жок", False),
        (Kind.CONSENT, "perhaps", "cell_not_yes_or_no"),
        (Kind.LINK, "https://example.org", "https://example.org"),
        (Kind.FILMS, "Суу, 2020, director\nТоо | 2022", [
            {"title": "Суу", "year": "2020", "role": "director"}, {"title": "Тоо", "year": "2022", "role": ""},
        ]),
    ],
)  # fmt: skip
def test_cell_is_read_by_the_kind_of_its_question(kind: Kind, cell: str, value: object) -> None:
    choices = STAGES if kind in (Kind.CHOICE, Kind.MANY) else {}

    assert code_of(value_of(Target("q1", frozenset(), kind, choices), cell, WORDS)) == value


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (" Meerim@Example.org ", "meerim@example.org"),
        ("", "cell_email_missing"),
        ("meerim at example", "cell_not_an_email"),
        ("a b@example.org", "cell_not_an_email"),
        ("x" * 260 + "@example.org", "cell_not_an_email"),
    ],
)
def test_address_is_read_in_small_letters(cell: str, said: object) -> None:
    assert code_of(importing.email_of(cell)) == said


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("https://a.kg/x.pdf", ("https://a.kg/x.pdf",)),
        ("https://a.kg/x.pdf, https://a.kg/y,z.pdf", ("https://a.kg/x.pdf", "https://a.kg/y,z.pdf")),
        ("https://a.kg/1;https://a.kg/2\nhttps://a.kg/1", ("https://a.kg/1", "https://a.kg/2")),
        ("", ()),
        ("script.pdf", "cell_not_a_link"),
        ("file:///etc/passwd", "cell_not_a_link"),
    ],
)
def test_addresses_of_files_are_read(cell: str, said: object) -> None:
    assert code_of(importing.files_of(cell)) == said


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("https://drive.google.com/open?id=1AbCdEfGhIjK", "https://drive.google.com/uc?export=download&id=1AbCdEfGhIjK"),
        ("https://drive.google.com/file/d/1AbCdEfGhIjK/view", "https://drive.google.com/uc?export=download&id=1AbCdEfGhIjK"),
        ("https://www.dropbox.com/s/x/a.pdf?rlkey=1&dl=0", "https://www.dropbox.com/s/x/a.pdf?rlkey=1&dl=1"),
        ("https://a.kg/x.pdf", "https://a.kg/x.pdf"),
    ],
)  # fmt: skip
def test_page_around_a_file_is_passed_by(address: str, there: str) -> None:
    assert importing.to_fetch(address) == there


def test_columns_of_people_and_of_languages_are_guessed_by_their_names() -> None:
    word = importing.names_of_member(2, {"Why you"})
    about = importing.names_in_language({"About"}, "ky", ("Kyrgyz", "киргизский"))
    targets = [Target("m2:q1", word), Target("q2:ky", about)]

    head = ["Member 2: Why you", "About (ky)"]
    assert guess(head, targets, {}) == ["m2:q1", "q2:ky"]
    assert guess(["участник 2 why you", "ABOUT (Киргизский)"], targets, {}) == ["m2:q1", "q2:ky"]
