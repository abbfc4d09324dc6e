"""The shape of what people type about themselves."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class LinkForm(forms.Form):
    """An address to which a link is sent."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})
    )


class PasswordForm(LinkForm):
    """An address and a password."""

    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class SettingsForm(forms.Form):
    """What a person chooses for themselves."""

    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("As it should be printed, in any script.")
    )
    language = forms.ChoiceField(label=_("Language of letters"), choices=settings.LANGUAGES, required=False)
    timezone = forms.CharField(
        label=_("Time zone"),
        required=False,
        max_length=64,
        help_text=_("For example Asia/Bishkek. Empty: the zone of each call."),
    )

    def clean_timezone(self) -> str:
        """Only zones that exist."""
        zone = self.cleaned_data["timezone"].strip()
        if zone and zone not in available_timezones():
            raise ValidationError(_("There is no such time zone. Write it like Asia/Almaty."))
        return zone


class NewPasswordForm(forms.Form):
    """A new password."""

    password = forms.CharField(
        label=_("New password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: object, person: object = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """Long enough and not a common one."""
        password = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password
