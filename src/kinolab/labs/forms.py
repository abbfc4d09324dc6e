"""The shape of what is typed about a team. Nothing is saved here."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kinolab.labs import words
from kinolab.labs.domain.roles import Role


class InviteForm(forms.Form):
    """Who, and as what."""

    email = forms.EmailField(label=_("E-mail"))
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=words.roles, initial=Role.COORDINATOR.value)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)


class RoleForm(forms.Form):
    """Another role."""

    role = forms.ChoiceField(label=_("Role"), choices=words.roles)
