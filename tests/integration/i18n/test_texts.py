"""One text in several languages: what is shown, what is kept."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from kinolab.foundation.i18n.fields import TranslatedField
from kinolab.foundation.i18n.texts import Text
from tests.factories import labs


@pytest.mark.parametrize(
    ("active", "there", "shown"),
    [
        ("ky", {"ky": "К", "ru": "Р", "en": "E"}, "К"),
        ("ky", {"ru": "Р", "en": "E"}, "Р"),
        ("kk", {"ky": "К", "en": "E"}, "E"),
        ("en", {"ky": "К", "ru": "Р"}, "Р"),
        ("ru", {"uz": "U"}, "U"),
        ("en", {"en": "", "ru": "Р"}, "Р"),
        ("en", {}, ""),
    ],
)
def test_text_is_shown_in_the_language_the_reader_understands_best(active, there, shown):
    with translation.override(active):
        text = Text(there)
        assert (str(text), text.in_language(text.language_shown)) == (shown, shown)
        assert bool(text) == bool(shown)


def test_text_is_a_mapping_that_knows_what_is_missing():
    text = Text({"ky": "К", "ru": "", "en": "E"})

    assert (dict(text), len(text), list(text)) == ({"ky": "К", "en": "E"}, 2, ["ky", "en"])
    assert text.missing(["ky", "ru", "en"]) == ["ru"]
    assert text == {"ky": "К", "en": "E", "ru": ""}
    assert hash(text) == hash(Text({"en": "E", "ky": "К"}))
    assert repr(text) == "Text({'ky': 'К', 'en': 'E'})"
    assert text != "К"


def test_languages_follow_one_another_in_our_order_whatever_order_a_database_kept_them_in():
    assert list(Text({"xx": "X", "en": "E", "aa": "A", "ky": "К", "ru": ""})) == ["ky", "en", "aa", "xx"]


def test_field_gives_back_a_text_whatever_was_put_in():
    programme = labs.programme(name={"ky": "Лаборатория"})
    programme.refresh_from_db()
    assert programme.name == Text({"ky": "Лаборатория"})

    programme.name = None
    programme.save()
    programme.refresh_from_db()
    assert not programme.name
    field = TranslatedField()
    assert field.get_prep_value({"en": "E"}) == {"en": "E"}
    with pytest.raises(ValidationError):
        field.validate(Text({}), None)


def test_field_writes_itself_into_a_fixture():
    programme = labs.programme(name={"en": "Lab"})

    assert programme._meta.get_field("name").value_to_string(programme) == {"en": "Lab"}


@pytest.mark.parametrize("language", ["kk", "uz", "tg", "tk"])
def test_interface_that_is_not_translated_yet_is_read_in_russian(client, language):
    page = client.get(f"/{language}/sign-in/").content.decode()

    assert f'<html lang="{language}"' in page
    assert "По ссылке из письма" in page
