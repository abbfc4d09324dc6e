"""The shape of input. Nothing here saves, and nothing here knows whether it is allowed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.applications import words
from kinolab.applications.queries.form import countries
from kinolab.foundation.i18n.formats import language_name


class StartForm(forms.Form):
    """The key of the page from which a draft is begun."""

    key = forms.CharField(min_length=8, max_length=40)


class LateCodeForm(forms.Form):
    """A code of the lab as somebody types it, and the key of the page."""

    code = forms.CharField(
        label=_("Code of the lab"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    key = forms.CharField(min_length=8, max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, auto_id="late_%s", **kwargs)


class EnterForm(forms.Form):
    """For whom an application is typed in, and why after the close."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As it should be printed, in any script."))
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254,
        help_text=_("The person gets a letter, signs in with this address and may take the application over."),
    )  # fmt: skip
    role = forms.ChoiceField(label=pgettext_lazy("team", "Role"), required=False)
    language = forms.ChoiceField(label=_("Language of the application"))
    reason = forms.CharField(
        label=_("Why it is taken after the close"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The record keeps it."),
    )  # fmt: skip

    def __init__(
        self, *args: object, roles: Sequence[str], languages: Sequence[str], closed: bool, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = words.role_choices(roles)
        self.fields["language"].choices = [(tag, language_name(tag)) for tag in languages]
        if not closed:
            del self.fields["reason"]
        if not roles:
            del self.fields["role"]

    def values(self) -> dict[str, str]:
        """What the action takes."""
        return {name: self.cleaned_data.get(name, "") for name in ("name", "email", "role", "language", "reason")}


class TableForm(forms.Form):
    """A table of somebody else."""

    table = forms.FileField(
        label=_("Table"), max_length=255, help_text=_("CSV in any encoding, or XLSX. The first line names the columns."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )  # fmt: skip


class SaveForm(forms.Form):
    """One answer on its way: which field, and which version of it was seen; the texts are read by kind.

    `run` names the run of typing, `settles` a text set aside that this one decides about.
    """

    field = forms.RegexField(r"^q\d{1,18}$")
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)
    run = forms.RegexField(r"^[0-9A-Za-z-]{1,40}$", required=False)
    settles = forms.IntegerField(min_value=1, required=False)


class HereForm(forms.Form):
    """Where somebody is in the form, and when they last looked."""

    field = forms.CharField(max_length=60, required=False)
    since = forms.DateTimeField(required=False)

    @property
    def question(self) -> int:
        """The question of the field they stand at; 0 for none."""
        number = str(self.cleaned_data["field"]).removeprefix("q")
        return int(number) if number.isdecimal() and len(number) < 19 else 0


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    role = forms.ChoiceField(label=pgettext_lazy("team", "Role"))
    may_submit = forms.BooleanField(label=_("May send the application too"), required=False)

    def __init__(self, *args: object, roles: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, auto_id="invite_%s", **kwargs)
        self.fields["role"].choices = words.role_choices(roles)


class TypedMemberForm(forms.Form):
    """Somebody of the team whom the staff put there."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    role = forms.ChoiceField(label=pgettext_lazy("team", "Role"), required=False)

    def __init__(self, *args: object, roles: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, auto_id="member_%s", **kwargs)
        self.fields["role"].choices = words.role_choices(roles)

    def values(self) -> dict[str, str]:
        """What the action takes."""
        return {name: self.cleaned_data.get(name, "") for name in ("email", "name", "role")}


class OwnPartForm(forms.Form):
    """What a member says of themselves."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As it should be printed, in any script."))
    role = forms.ChoiceField(label=pgettext_lazy("team", "Role"))
    organisation = forms.CharField(label=_("Organisation you speak for"), max_length=200, required=False)
    position = forms.CharField(label=_("Your position there"), max_length=120, required=False)
    residence = forms.ChoiceField(label=_("Where you live"), required=False)
    citizenship = forms.ChoiceField(label=_("Citizenship"), required=False)
    birth_date = forms.DateField(
        label=_("Date of birth"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    gender = forms.CharField(
        label=_("Gender"), max_length=60, required=False, help_text=_("In your own words. You may leave it empty.")
    )
    films_made = forms.IntegerField(label=_("Films made before"), min_value=0, max_value=500, required=False)
    about = forms.CharField(
        label=_("About you"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: object, roles: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = words.role_choices(roles)
        for name in ("residence", "citizenship"):
            self.fields[name].choices = [("", "—"), *countries()]


class UploadForm(forms.Form):
    """A file."""

    file = forms.FileField(label=_("File"), allow_empty_file=True, max_length=255)


class WithdrawForm(forms.Form):
    """Why an application is withdrawn, if somebody wishes to say."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ObjectionForm(forms.Form):
    """The team's answer to a rule."""

    objection = forms.CharField(label=_("Your answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class AppealForm(forms.Form):
    """The team's statement; its length is a rule, not a shape."""

    statement = forms.CharField(
        label=_("Your statement"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("At most 3,000 characters, in any of the languages of the call. An appeal is sent once and cannot be changed."),
    )  # fmt: skip


class VerdictForm(forms.Form):
    """What the panel decides about an appeal."""

    upheld = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes")
    reason = forms.CharField(max_length=4000, required=False)
    result = forms.ChoiceField(choices=[(key, label) for key, label in words.APPEAL_RESULTS.items()], required=False)
    strands = forms.TypedMultipleChoiceField(required=False)

    def __init__(self, *args: Any, strands: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["strands"].choices = [(slug, slug) for slug in strands]


class AppealsUntilForm(forms.Form):
    """Until when appeals are taken, on the wall clock of the call's zone; empty: not at all."""

    until = forms.CharField(
        label=_("Appeals are taken until"), required=False, widget=forms.TextInput(attrs={"type": "datetime-local"}),
        help_text=_("On the clock of the call’s time zone. Empty: no appeals."),
    )  # fmt: skip

    def clean_until(self) -> datetime | None:
        """A time without a zone."""
        typed = self.cleaned_data["until"].strip()
        if not typed:
            return None
        try:
            return datetime.fromisoformat(typed).replace(tzinfo=None)
        except ValueError:
            raise forms.ValidationError(_("Write the day and the hour, for example 2026-08-05T18:00.")) from None


class DecideFindingForm(forms.Form):
    """What a person makes of a finding."""

    outcome = forms.ChoiceField(choices=words.outcomes)
    reason = forms.CharField(max_length=2000, required=False)
    tell = forms.BooleanField(required=False)


class CorrectionForm(forms.Form):
    """What the lab writes to a team whose answers are opened for correction, and until when."""

    message = forms.CharField(
        label=_("To the team"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What is wrong, and what you need. It goes to everybody in the team by letter."),
    )  # fmt: skip
    until = forms.CharField(
        label=_("Open until"), widget=forms.TextInput(attrs={"type": "datetime-local"}),
        help_text=_("On the clock of the call’s time zone."),
    )  # fmt: skip

    def clean_until(self) -> datetime:
        """A time without a zone."""
        try:
            return datetime.fromisoformat(self.cleaned_data["until"]).replace(tzinfo=None)
        except ValueError:
            raise forms.ValidationError(_("Write the day and the hour, for example 2026-08-05T18:00.")) from None
