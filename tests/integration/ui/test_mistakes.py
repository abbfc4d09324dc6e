"""What a form says of a mistake: our sentences, in the reader's language, in place of Django's own."""

import pytest
from django import forms
from django.utils import translation

WRONG = {"title": "Өткөл", "number": "0", "kind": "b", "link": "no address"}
ENGLISH = """Too long. Characters here: 5; at most: 3.
The smallest number possible: 1.
This is not among the choices. Choose again.
Write an address that begins with https://.
An answer is needed here."""
KYRGYZ = """Өтө узун. Белгилердин саны: 5, чеги: 3.
Болушу мүмкүн болгон эң кичине сан: 1.
Тандоолордун арасында мындай жок. Кайра тандаңыз.
https:// менен башталган даректи жазыңыз.
Бул жерге жооп керек."""


class Form(forms.Form):
    title = forms.CharField(max_length=3)
    number = forms.IntegerField(min_value=1)
    kind = forms.ChoiceField(choices=[("a", "A")])
    link = forms.URLField(assume_scheme="https")
    email = forms.EmailField()


@pytest.mark.parametrize("language, said", [("en", ENGLISH), ("ky", KYRGYZ)])
def test_a_mistake_is_told_in_our_words(language, said):
    with translation.override(language):
        assert [str(error) for errors in Form(WRONG).errors.values() for error in errors] == said.splitlines()
