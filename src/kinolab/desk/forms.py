"""The shape of a letter that the office writes anew. Nothing is saved here."""

from django import forms

from kinolab.selection.forms import OwnLetterForm


class LetterForm(OwnLetterForm):
    """Subject and text of one letter; `seen` says which text was there when it was opened."""

    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)
