"""The shape of what is said of pictures, of the trailer, of subtitles, of awards and of places."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.catalogue import words
from kinolab.catalogue.domain.dates import why_not_date
from kinolab.catalogue.domain.places import coordinates
from kinolab.catalogue.domain.works import AwardResult
from kinolab.catalogue.forms.credits import FIELD_OF, ReleaseForm
from kinolab.catalogue.forms.fields import InLanguages, NamesField, choices
from kinolab.catalogue.models import Agent, Still
from kinolab.catalogue.queries import names
from kinolab.foundation.files.forms import PictureForm
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Refusal

EVENT_LONGEST = 200  # characters


class StillForm(PictureForm):
    """What a picture of a film shows, and whether visitors see it."""

    shown = forms.BooleanField(label=_("Visitors see this picture"), required=False)

    def __init__(self, *args: Any, still: Still, **kwargs: Any) -> None:
        super().__init__(*args, picture=still.picture, languages=list(still.film.title) or ["ky", "ru", "en"], **kwargs)
        self.fields["shown"].initial = still.shown

    def said(self) -> dict[str, Any]:
        """What `actions.pictures.describe_still` takes."""
        return super().said() | {"shown": self.cleaned_data["shown"]}


class TrailerForm(forms.Form):
    """Where the trailer is."""

    trailer = forms.CharField(
        label=_("Address of the trailer"), max_length=300, required=False, widget=forms.URLInput(),
        validators=[URLValidator(schemes=["https"])],
        help_text=_("On YouTube, Vimeo or elsewhere. The page carries a link alone; nothing is loaded from there."),
    )  # fmt: skip


class SubtitlesForm(forms.Form):
    """A file with subtitles."""

    file = forms.FileField(
        label=_("File with subtitles"), allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".srt,.vtt", "class": "input"}),
        help_text=_("SRT or WebVTT, in UTF-8 or an older encoding."),
    )  # fmt: skip
    language = forms.CharField(
        label=_("Language of the subtitles"), max_length=35, widget=forms.TextInput(attrs={"class": "input--short"}),
        help_text=_("A tag such as ky, ru, en or uz-Cyrl."),
    )  # fmt: skip
    hearing = forms.BooleanField(
        label=_("For the deaf and hard of hearing"), required=False,
        help_text=_("They tell sounds and who speaks too."),
    )  # fmt: skip


class AwardForm(ReleaseForm):
    """What a film was chosen for, with as much of its date as is known, and to whom it went."""

    texts = {
        "event": (EVENT_LONGEST, 0, _("Festival or prize")),
        "category": (EVENT_LONGEST, 0, pgettext_lazy("of an award", "Category")),
    }
    kind = None
    season = None
    result = forms.ChoiceField(
        label=pgettext_lazy("of an award", "Result"), choices=lambda: choices(words.AWARD_RESULTS)
    )
    recipient = forms.ChoiceField(
        label=pgettext_lazy("of an award", "Went to"), required=False,
        help_text=_("Whoever the credits of the film or of its parts name."),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Iterable[Agent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = {str(one.pk): one for one in offered}
        self.fields["recipient"].choices = [
            ("", _("the film")), *((key, str(one)) for key, one in self._offered.items()),
        ]  # fmt: skip
        self.fields["country"].label = pgettext_lazy("of a festival", "Country")

    def clean(self) -> dict[str, Any]:
        """The pieces of the date go together, and somebody gave the award."""
        said = InLanguages.clean(self) or {}
        said["season"] = ""
        if not self.text("event"):
            self.add_error(None, reasons.explain(Refusal("award_of_nobody")))
        if not self.errors and (why := why_not_date(self.pieces)):
            self.add_error(FIELD_OF[why.code], reasons.explain(why))
        return said

    def said(self) -> dict[str, Any]:
        """What `actions.awards` takes."""
        given = self.cleaned_data
        return {
            "event": self.text("event"), "category": self.text("category"), "result": AwardResult(given["result"]),
            "on": self.when, "country": given["country"], "recipient": self._offered.get(given["recipient"]),
        }  # fmt: skip


class PlaceForm(InLanguages):
    """Where a film was shot."""

    texts = {"name": (EVENT_LONGEST, 0, pgettext_lazy("of a place", "Name"))}
    country = NamesField(
        names.COUNTRIES,
        _("“%(name)s” is no country we know."),
        single=True,
        label=pgettext_lazy("of a place", "Country"),
    )
    coordinates = forms.CharField(
        label=_("Latitude and longitude"), max_length=60, required=False,
        help_text=_("As maps give them: 43.2380, 76.9452. Leave it empty where they are not known."),
    )  # fmt: skip

    def clean_country(self) -> str:
        """One code."""
        return next(iter(self.cleaned_data["country"]), "")

    def clean(self) -> dict[str, Any]:
        """A place has a name."""
        said = super().clean() or {}
        if not self.text("name"):
            self.add_error(None, reasons.explain(Refusal("place_unnamed")))
        return said

    def clean_coordinates(self) -> Any:
        """Latitude and longitude, or None."""
        typed = self.cleaned_data["coordinates"]
        found = coordinates(typed)
        if typed and found is None:
            raise forms.ValidationError(_("This is no place on earth. Write two numbers, as in 43.2380, 76.9452."))
        return found

    def said(self) -> dict[str, Any]:
        """What `actions.awards` takes."""
        given = self.cleaned_data
        return {"name": self.text("name"), "country": given["country"], "at_place": given["coordinates"]}
