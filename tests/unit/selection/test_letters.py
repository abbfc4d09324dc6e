import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.refusals import Refusal
from kinolab.selection.domain.letters import LONGEST_VALUE, PLACEHOLDERS, fill, harmless, problems

VALUES = dict.fromkeys(PLACEHOLDERS, "") | {"name": "Meerim", "title": "Суу", "number": "7"}


def _unknown(*texts: str) -> tuple[Refusal, ...]:
    return tuple(Refusal("unknown_placeholder", {"placeholder": text}) for text in texts)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("No braces at all", ()),
        ("Dear {name}, “{title}” (No. {number}), {edition}: {feedback} {results_page} {contact}", ()),
        ("A sum in {{braces}}", ()),
        ("{nmae}", _unknown("{nmae}")),
        ("{}", _unknown("{}")),
        ("{name} and {Title}", _unknown("{Title}")),
        ("an open { brace", _unknown("{")),
        ("a closed } brace", _unknown("}")),
        ("{title.__class__}", _unknown("{title.__class__}")),
        ("{0} {title!r} {title:>9}", _unknown("{0}", "{title!r}", "{title:>9}")),
        ("{" + "x" * 90 + "}", _unknown("{" + "x" * 39)),
    ],
)
def test_problems_when_a_text_is_looked_through_names_each(text: str, found: tuple[Refusal, ...]) -> None:
    assert problems(text) == found


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hello, {name}!", "Hello, Meerim!"),
        ("{title}{title}", "СууСуу"),
        ("{{not a placeholder}}", "{not a placeholder}"),
        ("No. {number}.", "No. 7."),
    ],
)
def test_fill_when_values_are_known_puts_them_in(text: str, filled: str) -> None:
    assert fill(text, VALUES) == filled


def test_fill_when_there_is_no_feedback_leaves_no_hole() -> None:
    assert fill("One.\n\n{feedback}\n\nTwo.", VALUES) == "One.\n\nTwo."


def test_fill_when_there_is_feedback_keeps_its_lines() -> None:
    assert fill("One.\n\n{feedback}\n\nTwo.", VALUES | {"feedback": "Good.\nMore."}) == "One.\n\nGood.\nMore.\n\nTwo."


def test_fill_when_a_value_looks_like_a_placeholder_does_not_fill_it_again() -> None:
    assert fill("{title}", VALUES | {"title": "{name}"}) == "{name}"


def test_fill_when_a_value_is_missing_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        fill("{title}", {"feedback": ""})


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Суу бөлгүч", "Суу бөлгүч"),
        ("  two   spaces ", "two spaces"),
        ("a\r\nBcc: all@example.org", "a Bcc: all@\u200bexample.\u200borg"),
        ("win.example", "win.\u200bexample"),
        ("https://win.example/now", "https:\u200b/\u200b/\u200bwin.\u200bexample/\u200bnow"),
        ("wa\u200bit", "wait"),
        ("\u202egnol", "gnol"),
        ("line\u2028next", "line next"),
        ("Д. Айтматов", "Д. Айтматов"),
        ("12:30", "12:\u200b30"),
    ],
)
def test_harmless_when_somebody_typed_it_has_no_address_and_one_line(typed: str, shown: str) -> None:
    assert harmless(typed) == shown


@given(st.text())
def test_harmless_when_anything_was_typed_is_short_and_on_one_line(typed: str) -> None:
    shown = harmless(typed)

    assert len(shown.replace("\u200b", "")) <= LONGEST_VALUE
    assert len(shown.splitlines()) <= 1
    assert "://" not in shown


@given(st.text(alphabet=st.characters(exclude_characters="{}")))
def test_fill_when_a_text_has_no_braces_changes_nothing_but_empty_lines(text: str) -> None:
    assert fill(text, VALUES | {"feedback": "x"}) == text
