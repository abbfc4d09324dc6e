"""The shape of a letter that the office writes anew. Nothing is saved here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kinolab.foundation.mail.actions import LONGEST_SUBJECT

LONGEST_LETTER = 20_000  # characters


class LetterForm(forms.Form):
    """Subject and text of one letter; `seen` says which text was there when it was opened."""

    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    body = forms.CharField(
        label=_("Text"), max_length=LONGEST_LETTER, widget=forms.Textarea(attrs={"rows": 18}), strip=False
    )
    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)
