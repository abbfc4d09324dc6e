"""The shape of input. Nothing here saves."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kinolab.reviews import words

LOCAL = "%Y-%m-%dT%H:%M"


def _when(label: object) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class PhaseForm(forms.Form):
    """Dates (wall clock of the edition's zone) and switches of the phase."""

    starts_at = _when(_("Reading begins"))
    ends_at = _when(_("Reading ends"))
    readings_each = forms.IntegerField(label=_("Readings for each application"), min_value=1, max_value=9)
    each_strand = forms.BooleanField(
        label=_("Each strand is read on its own"), required=False,
        help_text=_("Off: an application is read once for all its strands. Fixed once readings are given."),
    )  # fmt: skip
    see_names = forms.BooleanField(label=_("Readers see the names of the team"), required=False)
    see_others = forms.ChoiceField(label=_("Readers see what others wrote"), choices=words.seeing)
    tells_corrected = forms.BooleanField(
        label=_("Readers get a letter when a team corrects what they have read"), required=False,
        help_text=_("In the reading room it is marked in any case."),
    )  # fmt: skip

    def __init__(self, *args: object, zone: str, several: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)
        if not several:
            del self.fields["each_strand"]

    def _instant(self, name: str) -> datetime | None:
        typed = self.cleaned_data[name].strip()
        if not typed:
            return None
        try:
            return datetime.fromisoformat(typed).replace(tzinfo=self.zone)
        except ValueError:
            raise forms.ValidationError(_("Write the date and time like 2026-08-05 18:00.")) from None

    def clean_starts_at(self) -> datetime | None:
        """As an instant."""
        return self._instant("starts_at")

    def clean_ends_at(self) -> datetime | None:
        """As an instant."""
        return self._instant("ends_at")


class ReaderForm(forms.Form):
    """A reader: address, languages, how many readings."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages they read"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": words.REASONS["no_languages_read"]},
    )  # fmt: skip
    capacity = forms.IntegerField(label=_("Readings at most"), min_value=1, max_value=500, initial=40)
    company = forms.CharField(
        label=_("Company or studio"),
        max_length=200,
        required=False,
        help_text=_("Applications from the same one are kept away."),
    )
    strands = forms.MultipleChoiceField(
        label=_("Reads for these strands alone"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None: for all of them."),
    )  # fmt: skip

    def __init__(self, *args: object, strands: Sequence[tuple[str, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["strands"].choices = strands
        if not strands:
            del self.fields["strands"]


class AbstainForm(forms.Form):
    """Why a reader does not judge."""

    reason = forms.ChoiceField(choices=words.abstain_reasons)
    note = forms.CharField(max_length=2000, required=False)


class SaveForm(forms.Form):
    """One field on its way."""

    field = forms.CharField(max_length=40)
    value = forms.CharField(required=False, strip=False)
    version = forms.IntegerField(min_value=0)


class FileForm(forms.Form):
    """Pairs of application and reader as CSV."""

    file = forms.FileField(label=_("CSV file"))
    sure = forms.BooleanField(required=False)
