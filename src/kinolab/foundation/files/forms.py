"""The shape of what is said of a picture. Nothing is saved here."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.foundation.files import contents
from kinolab.foundation.files.models import Picture
from kinolab.foundation.i18n import formats

LONGEST_ALT = 300  # characters
_ACCEPT = ",".join(contents.ENDINGS["image"])


class NewPictureForm(forms.Form):
    """One picture to bring."""

    picture = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,  # refused with its own sentence
        widget=forms.ClearableFileInput(attrs={"accept": _ACCEPT, "class": "input"}),
        help_text=_("JPEG, PNG or WebP, at most 40 megapixels. Where it was taken and by whom is not kept with it."),
    )


class PictureForm(forms.Form):
    """What a picture shows, in each of the languages; whose it is; what of it must stay in sight."""

    credit = forms.CharField(
        label=_("Photographer and rights"), max_length=200, required=False, help_text=_("Stands beside the picture.")
    )
    focus_x = forms.IntegerField(
        label=pgettext_lazy("what must stay in sight", "From the left, in hundredths"), min_value=0, max_value=100,
        widget=forms.NumberInput(attrs={"type": "range", "step": "1"}),
    )  # fmt: skip
    focus_y = forms.IntegerField(
        label=pgettext_lazy("what must stay in sight", "From the top, in hundredths"), min_value=0, max_value=100,
        widget=forms.NumberInput(attrs={"type": "range", "step": "1"}),
    )  # fmt: skip

    def __init__(self, *args: Any, picture: Picture, languages: Iterable[str], **kwargs: Any) -> None:
        said = {"credit": picture.credit, "focus_x": picture.focus_x, "focus_y": picture.focus_y}
        super().__init__(*args, initial=said, **kwargs)
        self.languages = list(dict.fromkeys([*languages, *picture.alt]))
        for tag in self.languages:
            self.fields[f"alt_{tag}"] = forms.CharField(
                label=formats.language_name(tag).capitalize(), max_length=LONGEST_ALT, required=False,
                initial=picture.alt.in_language(tag), widget=forms.Textarea(attrs={"rows": 2, "lang": tag}),
            )  # fmt: skip

    @property
    def alts(self) -> list[forms.BoundField]:
        """The fields of the description, one a language."""
        return [self[f"alt_{tag}"] for tag in self.languages]

    def said(self) -> dict[str, Any]:
        """What `actions.describe_picture` takes."""
        given = self.cleaned_data
        return {
            "alt": {tag: given[f"alt_{tag}"] for tag in self.languages if given[f"alt_{tag}"]},
            "credit": given["credit"],
            "focus": (given["focus_x"], given["focus_y"]),
        }
