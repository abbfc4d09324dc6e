"""The shape of what people type about themselves."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kinolab.foundation.people.models import Person

# Offered while typing; every other zone may be written out.
NEAR_ZONES = (
    "Asia/Bishkek", "Asia/Almaty", "Asia/Tashkent", "Asia/Samarkand", "Asia/Dushanbe", "Asia/Ashgabat", "Asia/Istanbul",
    "Europe/Moscow", "Europe/Berlin", "Europe/London", "America/New_York", "UTC",
)  # fmt: skip


class LinkForm(forms.Form):
    """An address to which a link is sent."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def clean_email(self) -> str:
        """One spelling for one mailbox."""
        return str(self.cleaned_data["email"]).lower()


class PasswordForm(LinkForm):
    """An address and a password."""

    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class SettingsForm(forms.Form):
    """What a person chooses for themselves."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("As it should be printed, in any script."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language of letters"), choices=settings.LANGUAGES)
    timezone = forms.CharField(
        label=_("Time zone"),
        required=False,
        help_text=_("For example Asia/Bishkek. Empty: the zone of each call."),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )

    def clean_timezone(self) -> str:
        """Only zones that exist."""
        zone = self.cleaned_data["timezone"].strip()
        if zone and zone not in available_timezones():
            raise ValidationError(_("There is no such time zone. Write it like Asia/Almaty."))
        return zone


class _ProvenForm(forms.Form):
    """Asks for the present password, unless there is none or the person has just come in by a link."""

    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: object, person: Person, fresh: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if fresh or not person.has_usable_password():
            del self.fields["present"]


class NewPasswordForm(_ProvenForm):
    """A new password."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("Ten characters or more; three or four unusual words are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Long enough and not a common one."""
        password = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class NewAddressForm(_ProvenForm):
    """A new address."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
