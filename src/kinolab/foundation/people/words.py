"""Sentences of the room."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# The people of the demonstration, by what one can try as them.
DEMO_ROLES: dict[str, Promise] = {
    "organiser": pgettext_lazy("person of the demonstration", "Organiser"),
    "coordinator": pgettext_lazy("person of the demonstration", "Coordinator"),
    "reader": pgettext_lazy("person of the demonstration", "Reader"),
    "juror": pgettext_lazy("person of the demonstration", "Juror"),
    "director": pgettext_lazy("person of the demonstration", "Director"),
    "producer": pgettext_lazy("person of the demonstration", "Producer"),
    "tutor": pgettext_lazy("person of the demonstration", "Tutor"),
}

REASONS: dict[str, Promise] = {
    "too_many_tries": _("Too many tries in a short time. Wait %(minutes)s minutes, then try again."),
    "too_many_today": _("Too many tries today. Use a link that has come already, or try again tomorrow."),
    "wrong_password": _("The address and the password do not belong together. Try again, or ask for a link by mail."),
    "wrong_present_password": _("This is not your present password."),
    "prove_first": _("Sign in once more by a link before this can be changed: it shows that this is your account."),
    "same_address": _("This is your address already."),
    "link_dead": _(
        "This link does not work any more. It was used already, is older than %(minutes)s minutes, or was cut short on "
        "the way. Ask for a new one: it comes in a minute."
    ),
    "address_link_dead": _(
        "This link does not work. It was used already, is older than %(minutes)s minutes, or belongs to another account. "
        "Ask for a new one here."
    ),
}
