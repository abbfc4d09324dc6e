"""Words of the dashboard: tasks and dates on the edition's way."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TASKS: dict[str, tuple[Promise, Promise]] = {
    "not_published": (_("The call is not published"), _("Publishing shows what is still missing.")),
    "letters_failed": (
        _("Letters that could not be delivered"),
        _("The mail server refused them. See why and try again."),
    ),
    "objections": (_("Teams have answered a finding"), _("They object to a rule's no and wait for a person.")),
    "to_check": (_("Applications to check"), _("A rule says no or does not know. Confirm or override.")),
    "too_few_readings": (_("Applications with too few readings"), _("Assign readers or remind them.")),
    "new_conflicts": (_("Conflicts declared this week"), _("Their readings need other readers.")),
}
NEXT: dict[str, Promise] = {
    "opens": pgettext_lazy("date of an edition", "The call opens"),
    "closes": pgettext_lazy("date of an edition", "The call closes"),
    "reading_ends": pgettext_lazy("date of an edition", "Reading ends"),
    "results": pgettext_lazy("date of an edition", "Results"),
    "starts": pgettext_lazy("date of an edition", "The lab begins"),
    "ends": pgettext_lazy("date of an edition", "The lab ends"),
}
