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
}

REASONS: dict[str, Promise] = {
    "too_many_tries": _("Too many tries in a short time. Wait %(minutes)s minutes, then try again."),
    "wrong_password": _("The address and the password do not belong together. Try again, or ask for a link by mail."),
    "link_used_up": _("This link has expired or was already used. Ask for a new one: it comes in a minute."),
}
