"""What Django says of a mistake, in our voice: a short sentence that says how to mend it, whatever the form."""

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

_NOT_THERE = _("This is not among the choices. Choose again.")
_ADDRESS = _("Write an address that begins with https://.")
_SAID = {
    forms.Field: {"required": _("An answer is needed here.")},
    forms.IntegerField: {"invalid": _("Write a whole number.")},
    forms.DecimalField: {"invalid": _("Write a number.")},
    forms.DateField: {"invalid": _("Choose a date.")},
    forms.TimeField: {"invalid": _("Write a time, as in 14:30.")},
    forms.URLField: {"invalid": _ADDRESS},
    forms.FileField: {"required": _("Choose a file."), "empty": _("This file is empty. Choose another one.")},
    forms.ChoiceField: {"invalid_choice": _NOT_THERE},
    forms.MultipleChoiceField: {"invalid_choice": _NOT_THERE},
    forms.ModelChoiceField: {"invalid_choice": _NOT_THERE},
}
_TOLD = {
    validators.MaxLengthValidator: _("Too long. Characters here: %(show_value)s; at most: %(limit_value)s."),
    validators.MinLengthValidator: _("Too short. Characters here: %(show_value)s; at least: %(limit_value)s."),
    validators.MinValueValidator: _("The smallest number possible: %(limit_value)s."),
    validators.MaxValueValidator: _("The largest number possible: %(limit_value)s."),
    validators.EmailValidator: _("Write an e-mail address, as in name@example.org."),
    validators.URLValidator: _ADDRESS,
}


def speak() -> None:
    """Put these sentences in the place of Django's own."""
    for field, sentences in _SAID.items():
        field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **sentences}
    for validator, sentence in _TOLD.items():
        validator.message = sentence
